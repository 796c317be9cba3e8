//! What a query asks for, read from what was typed.
//!
//! A *run* is a stretch of Vietnamese syllables without a stop between them. In a run of two or more,
//! a syllable counts as found only where it stands beside a neighbour that it has in the run: that is
//! how *cải cách hành chính* may be found as *cải cách* and *hành chính* apart, but never as four
//! syllables strewn over a page. Numbers and foreign words stand alone.

use std::sync::Arc;

use crate::reading::{Reader, Reading, Writer};
use crate::spelling::Spelling;

const TEXT_CHARS_MAX: usize = 512;
const SYLLABLES_MAX: usize = 32;

/// A stretch of syllables that belong together.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// Its syllables, in order.
    pub words: Vec<Arc<Spelling>>,
    /// Whether it was typed in quotation marks: then exactly so, in this order.
    pub is_quoted: bool,
}

/// A query, read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ask {
    /// The runs, in order.
    pub runs: Vec<Run>,
    /// Document numbers and abbreviations, as their tokens.
    pub atoms: Vec<String>,
}

/// How strictly the words of a query must be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Strictness {
    /// A marked syllable must be spelt so.
    pub is_exact: bool,
    /// Syllables must stand beside their neighbours.
    pub is_near: bool,
}

impl Ask {
    /// Reads what was typed; what is beyond the limits is cut, never refused.
    pub fn read(text: &str, reader: &mut Reader) -> Self {
        let text: String = text.chars().take(TEXT_CHARS_MAX).collect();
        let text = base::text::nfc(&text);
        let parts: Vec<&str> = text.split(['"', '“', '”', '„']).collect();
        let mut ask = Self::default();
        for (i, part) in parts.iter().enumerate() {
            // Odd parts are inside quotation marks, if these were closed.
            let is_quoted = i % 2 == 1 && i + 1 < parts.len();
            ask.add(&reader.read(part, Writer::Searcher), is_quoted);
        }
        ask.cut();
        ask
    }

    fn add(&mut self, reading: &Reading, is_quoted: bool) {
        let short: Vec<_> = reading.atoms.iter().filter(|atom| atom.is_short).collect();
        let mut position_before = None;
        for (i, syllable) in reading.syllables.iter().enumerate() {
            let atom = short.iter().find(|atom| atom.syllables.contains(&i));
            // Inside quotation marks an abbreviation is its phrase, as it is in the text.
            if let Some(atom) = atom.filter(|atom| !is_quoted || atom.token.starts_with('#')) {
                if atom.syllables.start == i {
                    self.atoms.push(atom.token.clone());
                }
                position_before = None;
                continue;
            }
            let spelling = Arc::clone(&syllable.spelling);
            let is_alone = spelling.is_alone && !is_quoted;
            let continues = !is_alone && position_before == Some(syllable.position);
            position_before = (!is_alone).then_some(syllable.position + 1);
            match self.runs.last_mut().filter(|_| continues) {
                Some(run) => run.words.push(spelling),
                None => self.runs.push(Run {
                    words: vec![spelling],
                    is_quoted,
                }),
            }
        }
    }

    fn cut(&mut self) {
        self.atoms.truncate(SYLLABLES_MAX);
        let mut left = SYLLABLES_MAX - self.atoms.len();
        for run in &mut self.runs {
            run.words.truncate(left);
            left -= run.words.len();
        }
        self.runs.retain(|run| !run.words.is_empty());
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty() && self.atoms.is_empty()
    }

    /// Whether any syllable carries marks.
    pub fn is_marked(&self) -> bool {
        self.words().any(|word| word.is_marked)
    }

    /// Whether loosening the neighbourhood could find more. Two syllables are nearly always one
    /// word, and strewn over a page they are nothing: *đường bộ … giám sát* is not *đường sắt*.
    pub fn can_scatter(&self) -> bool {
        self.runs
            .iter()
            .any(|run| !run.is_quoted && run.words.len() > 2)
    }

    /// Every syllable, in order.
    pub fn words(&self) -> impl Iterator<Item = &Arc<Spelling>> {
        self.runs.iter().flat_map(|run| &run.words)
    }
}

impl Run {
    /// The pairs of neighbours without which no text can match: all of them in quotation marks, else
    /// the first and the last. The flag says the same for each pair in order.
    pub fn pairs(&self) -> impl Iterator<Item = (bool, &Spelling, &Spelling)> {
        let last = self.words.len().saturating_sub(2);
        self.words.windows(2).enumerate().map(move |(i, pair)| {
            let is_required = self.is_quoted || i == 0 || i == last;
            (is_required, &*pair[0], &*pair[1])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(text: &str) -> Ask {
        Ask::read(text, &mut Reader::default())
    }

    fn runs(text: &str) -> Vec<String> {
        let join = |run: &Run| {
            let words: Vec<_> = run.words.iter().map(|w| w.exact.as_str()).collect();
            words.join(" ")
        };
        ask(text).runs.iter().map(join).collect()
    }

    #[test]
    fn runs_end_at_stops_numbers_and_foreign_words() {
        assert_eq!(
            runs("Kế hoạch cải cách 2023"),
            ["kế hoạch cải cách", "2023"]
        );
        assert_eq!(runs("Sở Tư pháp, Bình Định"), ["sở tư pháp", "bình định"]);
        assert_eq!(runs("chỉ số PAR INDEX"), ["chỉ số", "par", "index"]);
    }

    #[test]
    fn numbers_and_abbreviations_are_one_word() {
        let numbered = ask("quyết định 152/QĐ-STP về CCHC");
        assert_eq!(numbered.atoms, ["#152/qd-stp", "@cchc"]);
        assert_eq!(numbered.runs.len(), 2);
    }

    #[test]
    fn closed_quotation_marks_quote_and_open_ones_do_not() {
        let quoted = ask("“một cửa” liên thông");
        assert!(quoted.runs[0].is_quoted && !quoted.runs[1].is_quoted);
        assert!(ask("\"một cửa").runs.iter().all(|run| !run.is_quoted));
        assert_eq!(runs("\"công tác CCHC\""), ["công tác cải cách hành chính"]);
    }

    #[test]
    fn ten_thousand_words_are_cut_to_thirty_two() {
        let long = ask(&"đường sắt ".repeat(5_000));
        assert_eq!(long.words().count(), 32);
        assert!(ask(" , . \" ' \u{0} ").is_empty());
    }
}

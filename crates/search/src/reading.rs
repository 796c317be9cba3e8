//! Reads a text as the search sees it: syllables at positions, and *atoms*, which are longer things
//! found as one word (`152/QĐ-STP`, CCHC or its phrase).
//!
//! The same reader serves the index, the query and the snippet, so they cannot disagree.

use std::ops::Range;
use std::sync::Arc;

use crate::abbreviation;
use crate::spelling::{Speller, Spelling};

/// One syllable of a text.
#[derive(Clone, Debug)]
pub(crate) struct Syllable {
    /// How it is spelt.
    pub spelling: Arc<Spelling>,
    /// Where it stands in the text, in bytes; all syllables of an abbreviation stand where it does.
    pub span: Range<usize>,
    /// Neighbours differ by 1; a full stop or a comma between them makes it 2.
    pub position: usize,
}

/// Something found as one word that has a syllable or more.
#[derive(Clone, Debug)]
pub(crate) struct Atom {
    /// The token: `#152/qd-stp` or `@cchc`.
    pub token: String,
    /// Which syllables it is made of.
    pub syllables: Range<usize>,
    /// Whether the text has the short form, not the phrase (for a number: always).
    pub is_short: bool,
}

/// A text, read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// Its syllables, in order.
    pub syllables: Vec<Syllable>,
    /// Its atoms, in order of their first syllable.
    pub atoms: Vec<Atom>,
    /// The position of the next syllable to come.
    next_position: usize,
}

impl Reading {
    fn push(&mut self, spelling: Arc<Spelling>, span: Range<usize>) {
        self.syllables.push(Syllable {
            spelling,
            span,
            position: self.next_position,
        });
        self.next_position += 1;
    }

    /// Leaves a gap before the next syllable, one gap however many marks stand there.
    fn separate(&mut self) {
        if let Some(last) = self.syllables.last() {
            self.next_position = last.position + 2;
        }
    }
}

/// Who wrote the text: an author writes CCHC in capitals, a searcher may type `cchc`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writer {
    Author,
    Searcher,
}

/// Longer "words" are noise (base64, a lost space); their head is kept.
const WORD_CHARS_MAX: usize = 40;

/// Reads texts; keep one for many, it remembers spellings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reader {
    speller: Speller,
}

impl Reader {
    /// Reads a text. The text should be NFC already (entries are made so when added).
    pub fn read(&mut self, text: &str, writer: Writer) -> Reading {
        let mut reading = Reading::default();
        let mut at = 0;
        let mut before = ' ';
        while let Some(c) = text[at..].chars().next() {
            let rest = &text[at..];
            if is_word(c) {
                let number = number_len(rest);
                let len = number.unwrap_or_else(|| word_len(rest));
                let span = at..at + len;
                if number.is_some() {
                    self.push_number(&mut reading, text, span);
                } else {
                    self.push_word(&mut reading, text, span, writer);
                }
                at += len;
                before = 'a';
                continue;
            }
            at += c.len_utf8();
            if is_break(c, before, text[at..].chars().next()) {
                reading.separate();
            }
            before = c;
        }
        find_phrases(&mut reading);
        reading
    }

    fn push_word(&mut self, reading: &mut Reading, text: &str, span: Range<usize>, writer: Writer) {
        let word = &text[span.clone()];
        let spelling = self.speller.spell(head(word));
        let is_capital = || !word.chars().any(char::is_lowercase);
        let abbreviation = abbreviation::of_word(&spelling.exact)
            .filter(|_| writer == Writer::Searcher || is_capital());
        let Some(abbreviation) = abbreviation else {
            reading.push(spelling, span);
            return;
        };
        let first = reading.syllables.len();
        for spelling in &abbreviation.phrase {
            reading.push(Arc::clone(spelling), span.clone());
        }
        reading.atoms.push(Atom {
            token: abbreviation.token.clone(),
            syllables: first..reading.syllables.len(),
            is_short: true,
        });
    }

    fn push_number(&mut self, reading: &mut Reading, text: &str, span: Range<usize>) {
        let first = reading.syllables.len();
        let mut at = span.start;
        while at < span.end {
            let rest = &text[at..span.end];
            let len = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
            if len > 0 {
                let spelling = self.speller.spell(head(&rest[..len]));
                reading.push(spelling, at..at + len);
            }
            at += len + rest[len..].chars().next().map_or(0, char::len_utf8);
        }
        let token = base::text::fold(&text[span]).replace('–', "-");
        reading.atoms.push(Atom {
            token: format!("#{token}"),
            syllables: first..reading.syllables.len(),
            is_short: true,
        });
    }
}

/// Adds an atom wherever the phrase of an abbreviation is written out. A comma inside is no
/// obstacle: the law itself is called *Phổ biến, giáo dục pháp luật*.
fn find_phrases(reading: &mut Reading) {
    let short: Vec<_> = reading.atoms.iter().map(|a| a.syllables.clone()).collect();
    let mut found = Vec::new();
    for (first, syllable) in reading.syllables.iter().enumerate() {
        for abbreviation in abbreviation::beginning_with(&syllable.spelling.exact) {
            let range = first..first + abbreviation.phrase.len();
            let written = reading.syllables.get(range.clone());
            let is_phrase = written.is_some_and(|syllables| {
                syllables
                    .iter()
                    .zip(&abbreviation.phrase)
                    .all(|(is, should)| is.spelling.exact == should.exact)
            });
            if is_phrase && !short.contains(&range) {
                found.push(Atom {
                    token: abbreviation.token.clone(),
                    syllables: range,
                    is_short: false,
                });
            }
        }
    }
    reading.atoms.extend(found);
    reading.atoms.sort_by_key(|atom| atom.syllables.start);
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether a mark between two words separates them. Quotes and brackets do not: mô hình "một cửa".
fn is_break(c: char, before: char, after: Option<char>) -> bool {
    match c {
        '.' | ',' | ';' | ':' | '!' | '?' | '…' | '\n' | '\r' | '|' | '•' | '–' | '—' => {
            true
        }
        '-' => before.is_whitespace() && after.is_none_or(char::is_whitespace),
        _ => false,
    }
}

/// Length of the word at the start of a text; `1.234,5` and `82,66` are words.
fn word_len(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut before_is_digit = false;
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '.' | ',')
            && before_is_digit
            && chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        if !is_word(c) && !joins {
            return at;
        }
        before_is_digit = c.is_ascii_digit();
    }
    text.len()
}

/// Length of the document number at the start of a text, if there is one: digits first, a slash and
/// a letter in it, as in `152/QĐ-STP`, `42/2022/NĐ-CP`, `60-NQ/TW`. Not `29/12/2022`, not `km/h`.
fn number_len(text: &str) -> Option<usize> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '/' | '-' | '–' | '.' | '&')
            && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !is_word(c) && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    let number = &text[..end];
    let is_number = number.contains('/')
        && number.contains(char::is_alphabetic)
        && number.chars().count() <= WORD_CHARS_MAX;
    is_number.then_some(end)
}

fn head(word: &str) -> &str {
    word.char_indices()
        .nth(WORD_CHARS_MAX)
        .map_or(word, |(at, _)| &word[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<(String, usize)> {
        Reader::default()
            .read(text, Writer::Author)
            .syllables
            .iter()
            .map(|s| (s.spelling.folded.clone(), s.position))
            .collect()
    }

    fn atoms(text: &str, writer: Writer) -> Vec<String> {
        let reading = Reader::default().read(text, writer);
        reading.atoms.into_iter().map(|a| a.token).collect()
    }

    #[test]
    fn a_stop_or_a_comma_separates_and_a_quote_does_not() {
        let positions = |text| folded(text).into_iter().map(|s| s.1).collect::<Vec<_>>();
        assert_eq!(positions("mô hình \"một cửa\""), [0, 1, 2, 3]);
        assert_eq!(positions("đường bộ. Sắt thép"), [0, 1, 3, 4]);
        assert_eq!(positions("e-mail - thư"), [0, 1, 3]);
        assert_eq!(positions("...đường"), [0]);
    }

    #[test]
    fn numbers_stay_whole() {
        let words: Vec<_> = folded("đạt 82,66%, tăng 1.234,5.")
            .into_iter()
            .map(|s| s.0)
            .collect();
        assert_eq!(words, ["dat", "82,66", "tang", "1.234,5"]);
        assert_eq!(
            atoms(
                "Quyết định số 152/QĐ-STP ngày 29/12/2022, 60-NQ/TW.",
                Writer::Author
            ),
            ["#152/qd-stp", "#60-nq/tw"]
        );
        assert_eq!(atoms("5 km/h, 24/7, 1/126", Writer::Author), [""; 0]);
    }

    #[test]
    fn an_abbreviation_and_its_phrase_are_the_same_atom() {
        assert_eq!(atoms("công tác CCHC", Writer::Author), ["@cchc"]);
        assert_eq!(atoms("cải cách hành chính", Writer::Author), ["@cchc"]);
        assert_eq!(atoms("cchc", Writer::Author), [""; 0]);
        assert_eq!(atoms("cchc", Writer::Searcher), ["@cchc"]);
        assert_eq!(
            atoms("Phổ biến, giáo dục pháp luật", Writer::Author),
            ["@pbgdpl"]
        );
        let words: Vec<_> = folded("TGPL lưu động").into_iter().map(|s| s.0).collect();
        assert_eq!(words, ["tro", "giup", "phap", "li", "luu", "dong"]);
    }
}

//! The lines around what was found: matched in folded or exact form, shown as written.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use crate::ask::{Ask, Strictness};
use crate::reading::{Reader, Reading, Syllable, Writer};
use crate::spelling::Spelling;

/// How many syllables a snippet shows.
const SHOWN: usize = 40;
/// How many of them before the first one found.
const BEFORE: usize = 8;
/// How much of a long text is looked through, in bytes.
const LOOKED_AT: usize = 48_000;

type Pair = (Arc<Spelling>, Arc<Spelling>);

/// Makes the snippets of one search.
pub(crate) struct Snippets<'a> {
    ask: &'a Ask,
    strictness: Strictness,
    reader: &'a mut Reader,
    /// Neighbours in the query, by their folded forms.
    pairs: HashMap<(String, String), Vec<Pair>>,
    /// Syllables that count by themselves, by their folded form.
    singles: HashMap<String, Vec<Arc<Spelling>>>,
}

impl<'a> Snippets<'a> {
    /// Prepares the snippets of what is asked, as strictly as it was found.
    pub fn new(ask: &'a Ask, strictness: Strictness, reader: &'a mut Reader) -> Self {
        let mut pairs: HashMap<_, Vec<_>> = HashMap::new();
        let mut singles: HashMap<_, Vec<_>> = HashMap::new();
        for run in &ask.runs {
            for pair in run.words.windows(2) {
                let key = (pair[0].folded.clone(), pair[1].folded.clone());
                let pair = (Arc::clone(&pair[0]), Arc::clone(&pair[1]));
                pairs.entry(key).or_default().push(pair);
            }
            if run.words.len() == 1 || !strictness.is_near {
                for word in &run.words {
                    let same = singles.entry(word.folded.clone()).or_default();
                    same.push(Arc::clone(word));
                }
            }
        }
        Self {
            ask,
            strictness,
            reader,
            pairs,
            singles,
        }
    }

    /// The snippet of one text: about [`SHOWN`] syllables around the most that was found together,
    /// escaped, with `<mark>` around what was found.
    pub fn of(&mut self, text: &str) -> String {
        let mut end = text.len().min(LOOKED_AT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = text[..end].trim_start();
        let reading = self.reader.read(text, Writer::Author);
        let found = self.found(&reading);
        let shown = window(&reading.syllables, &found);
        render(text, &reading.syllables, &found, shown)
    }

    /// For each syllable whether it was asked for.
    fn found(&self, reading: &Reading) -> Vec<bool> {
        let mut found = vec![false; reading.syllables.len()];
        for (i, syllable) in reading.syllables.iter().enumerate() {
            found[i] |= self.is_single(&syllable.spelling);
            let next = reading.syllables.get(i + 1);
            let Some(next) = next.filter(|next| next.position == syllable.position + 1) else {
                continue;
            };
            if self.is_pair(&syllable.spelling, &next.spelling) {
                found[i] = true;
                found[i + 1] = true;
            }
        }
        for atom in &reading.atoms {
            let is_asked = |asked: &String| {
                *asked == atom.token || (asked.starts_with('#') && atom.token.starts_with(asked))
            };
            if self.ask.atoms.iter().any(is_asked) {
                found[atom.syllables.clone()].fill(true);
            }
        }
        found
    }

    fn is_single(&self, is: &Spelling) -> bool {
        let asked = self.singles.get(&is.folded);
        asked.is_some_and(|asked| asked.iter().any(|asked| self.agrees(asked, is)))
    }

    fn is_pair(&self, first: &Spelling, second: &Spelling) -> bool {
        let key = (first.folded.clone(), second.folded.clone());
        self.pairs.get(&key).is_some_and(|asked| {
            asked
                .iter()
                .any(|(one, two)| self.agrees(one, first) && self.agrees(two, second))
        })
    }

    fn agrees(&self, asked: &Spelling, is: &Spelling) -> bool {
        if self.strictness.is_exact && asked.is_marked {
            asked.exact == is.exact
        } else {
            asked.folded == is.folded
        }
    }
}

/// The stretch that shows the most different words found; the earliest of equals.
fn window(syllables: &[Syllable], found: &[bool]) -> Range<usize> {
    let mut best = (0, 0);
    for first in (0..syllables.len()).filter(|i| found[*i]) {
        let end = syllables.len().min(first + SHOWN - BEFORE);
        let words: HashSet<&str> = (first..end)
            .filter(|i| found[*i])
            .map(|i| syllables[i].spelling.folded.as_str())
            .collect();
        if words.len() > best.1 {
            best = (first, words.len());
        }
    }
    // Begin with the sentence if it begins nearby.
    let earliest = best.0.saturating_sub(BEFORE);
    let start = (earliest..=best.0)
        .find(|i| *i == 0 || syllables[*i].position > syllables[*i - 1].position + 1)
        .unwrap_or(earliest);
    start..syllables.len().min(start + SHOWN)
}

fn render(text: &str, syllables: &[Syllable], found: &[bool], shown: Range<usize>) -> String {
    let Some(first) = syllables.get(shown.start) else {
        return String::new();
    };
    let mut html = String::new();
    if shown.start > 0 {
        html.push('…');
    }
    // Signs before the very first word belong to the text; before any other they end what is cut.
    let mut at = if shown.start == 0 {
        0
    } else {
        first.span.start
    };
    let mut is_marked = false;
    for i in shown.clone() {
        let span = &syllables[i].span;
        if found[i] != is_marked && span.start >= at {
            // A mark ends with its last word; the space and the comma after it are not found.
            if is_marked {
                html.push_str("</mark>");
            }
            escape(&mut html, &text[at..span.start]);
            if found[i] {
                html.push_str("<mark>");
            }
            is_marked = found[i];
            at = span.start;
        }
        if span.end > at {
            escape(&mut html, &text[at..span.end]);
            at = span.end;
        }
    }
    if is_marked {
        html.push_str("</mark>");
    }
    if shown.end < syllables.len() {
        html.push('…');
    } else {
        escape(&mut html, text[at..].trim_end());
    }
    html
}

/// Text as HTML shows it; a line end becomes a space.
fn escape(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' | '\r' => {
                if !html.ends_with(' ') {
                    html.push(' ');
                }
            }
            c if c.is_control() => {}
            c => {
                let _ = html.write_char(c);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snippet(text: &str, asked: &str) -> String {
        let ask = Ask::read(asked, &mut Reader::default());
        let strictness = Strictness {
            is_exact: true,
            is_near: true,
        };
        Snippets::new(&ask, strictness, &mut Reader::default()).of(text)
    }

    #[test]
    fn what_is_found_is_shown_as_written() {
        assert_eq!(
            snippet("Tuyến ĐƯỜNG SẮT, đường bộ", "duong sat"),
            "Tuyến <mark>ĐƯỜNG SẮT</mark>, đường bộ"
        );
        assert_eq!(
            snippet("công tác CCHC năm nay", "cai cach hanh chinh"),
            "công tác <mark>CCHC</mark> năm nay"
        );
        assert_eq!(
            snippet("theo Quyết định 152/QĐ-STP ấy", "152/qd"),
            "theo Quyết định <mark>152/QĐ-STP</mark> ấy"
        );
    }

    #[test]
    fn markup_in_a_text_is_only_text() {
        assert_eq!(
            snippet("<script>alert('đường sắt')</script> & \"hết\"", "đường sắt"),
            "&lt;script&gt;alert(&#39;<mark>đường sắt</mark>&#39;)&lt;/script&gt; &amp; &quot;hết&quot;"
        );
    }

    #[test]
    fn a_long_text_is_cut_around_what_was_found() {
        let text = format!(
            "{} Tuyến đường sắt mới. {}",
            "mở đầu ".repeat(200),
            "kết thúc ".repeat(200)
        );
        let html = snippet(&text, "đường sắt");
        assert!(html.starts_with('…') && html.ends_with('…'), "{html}");
        assert!(html.contains("Tuyến <mark>đường sắt</mark> mới"), "{html}");
        assert!(html.chars().count() < 400);
        assert_eq!(snippet("", "đường sắt"), "");
    }
}

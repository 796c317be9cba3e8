//! Which encoding a text without fonts was written in, by what would become Vietnamese syllables.

use super::{LegacyEncoding, decode};
use crate::text::is_vietnamese_syllable;

/// Fewest words with letters beyond ASCII on which a verdict is given.
const WORDS_MIN: usize = 2;
/// Least share of those words that must become syllables, in percent.
const SHARE_MIN_PERCENT: usize = 80;

/// The old encoding that the text is in, if the statistics are clear: most of its words with
/// letters beyond ASCII become Vietnamese syllables by that encoding, and more than by any other
/// reading. To be reported, never to be acted upon silently.
///
/// Capitals cannot be told without the font, so TCVN3 is always given with `capitals: false`.
pub fn guess(text: &str) -> Option<LegacyEncoding> {
    let words = marked_words(text);
    let as_it_is = n_syllables(&words, |word| Some(word.to_owned()));
    let (encoding, n, rival) = best_legacy(&words);
    (is_clear(n, words.len()) && n > as_it_is && n > rival).then_some(encoding)
}

/// The better of the two encodings, how many words it makes syllables of, and how many the other.
pub(super) fn best_legacy(words: &[&str]) -> (LegacyEncoding, usize, usize) {
    let tcvn3 = LegacyEncoding::Tcvn3 { capitals: false };
    let count = |encoding| n_syllables(words, |word| decode(word, encoding).ok());
    let (n_tcvn3, n_vni) = (count(tcvn3), count(LegacyEncoding::Vni));
    if n_tcvn3 >= n_vni {
        (tcvn3, n_tcvn3, n_vni)
    } else {
        (LegacyEncoding::Vni, n_vni, n_tcvn3)
    }
}

/// Whether so many syllables of so many words leave no doubt.
pub(super) fn is_clear(n_syllables: usize, n_words: usize) -> bool {
    n_words >= WORDS_MIN && n_syllables * 100 >= n_words * SHARE_MIN_PERCENT
}

/// How many of the words become Vietnamese syllables when they are read in this way.
pub(super) fn n_syllables(words: &[&str], read: impl Fn(&str) -> Option<String>) -> usize {
    words
        .iter()
        .filter(|word| read(word).is_some_and(|word| is_vietnamese_syllable(&word)))
        .count()
}

/// The words that hold a character beyond ASCII. Signs of Latin-1 count as letters, because old
/// encodings use their codes.
pub(super) fn marked_words(text: &str) -> Vec<&str> {
    text.split(|c: char| {
        c.is_whitespace() || (c.is_ascii() && !c.is_ascii_alphabetic()) || is_typographic(c)
    })
    .filter(|word| !word.is_ascii())
    .collect()
}

fn is_typographic(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{203A}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clear_texts_are_told_apart() {
        let tcvn3 = "KÕ ho¹ch truyÒn th«ng c«ng t¸c c¶i c¸ch hµnh chÝnh";
        let vni = "Keá hoaïch truyeàn thoâng coâng taùc caûi caùch haønh chính";
        assert_eq!(
            guess(tcvn3),
            Some(LegacyEncoding::Tcvn3 { capitals: false })
        );
        assert_eq!(guess(vni), Some(LegacyEncoding::Vni));
    }

    #[test]
    fn unicode_text_and_foreign_text_are_left_alone() {
        for text in [
            "Kế hoạch truyền thông công tác cải cách hành chính",
            "Già, bà, và, là, cà phê, thì",
            "L’été déjà passé, où êtes-vous né à Nîmes",
            "plain words",
            "¶",
            "",
        ] {
            assert_eq!(guess(text), None, "{text}");
        }
    }
}

//! Tones of Vietnamese vowels, and where the tone mark is written.
//!
//! "hòa" and "hoà" are the same word in two spellings that stay different even after NFC, because
//! the mark sits on another letter. It concerns open syllables in *oa*, *oe* and *uy*; after *qu*
//! the *u* belongs to the onset, so "quý" has one spelling. Source: the rule of the 1984 school
//! spelling against the older print tradition; both are official in names.

/// The twelve vowels, each with its six tones in the order of the dictionary:
/// ngang, huyền, hỏi, ngã, sắc, nặng.
const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'ả', 'ã', 'á', 'ạ'],
    ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'],
    ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'],
    ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'],
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'],
    ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'],
    ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'],
    ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'],
    ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'],
    ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'],
    ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'],
    ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'],
];

/// A lower-case letter without its tone, and the tone: 0 ngang, 1 huyền, 2 hỏi, 3 ngã, 4 sắc,
/// 5 nặng. A letter that bears no Vietnamese tone comes back as it is, with tone 0.
pub(crate) fn split(c: char) -> (char, usize) {
    if c.is_ascii() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') {
        return (c, 0);
    }
    VOWELS
        .iter()
        .find_map(|row| row.iter().position(|v| *v == c).map(|tone| (row[0], tone)))
        .unwrap_or((c, 0))
}

/// A toneless lower-case vowel with the tone; any other letter unchanged.
pub(crate) fn join(vowel: char, tone: usize) -> char {
    VOWELS
        .iter()
        .find(|row| row[0] == vowel)
        .and_then(|row| row.get(tone))
        .copied()
        .unwrap_or(vowel)
}

/// Whether the lower-case letter is one of the twelve vowels, with or without a tone.
pub(crate) fn is_vowel(c: char) -> bool {
    VOWELS.iter().any(|row| row.contains(&c))
}

/// Writes the tone mark of lower-case NFC text in one place: on the first vowel of an open
/// *oa, oe, uy* ("hòa", "thúy"), on the second when a letter follows ("hoàn", also when it was
/// mistyped "hòan"), and on *y* after *qu* ("quý", also from "qúy").
pub(crate) fn place_marks(lower: &str) -> String {
    let mut chars: Vec<char> = lower.chars().collect();
    for i in 1..chars.len() {
        let (first, first_tone) = split(chars[i - 1]);
        let (second, second_tone) = split(chars[i]);
        let is_pair = matches!((first, second), ('o', 'a' | 'e') | ('u', 'y'));
        if !is_pair || (first_tone != 0) == (second_tone != 0) {
            continue;
        }
        let next = chars.get(i + 1).copied();
        if next.is_some_and(is_combining) {
            continue;
        }
        let tone = first_tone.max(second_tone);
        let is_after_q = first == 'u' && i >= 2 && chars[i - 2] == 'q';
        if is_after_q || next.is_some_and(char::is_alphabetic) {
            chars[i - 1] = first;
            chars[i] = join(second, tone);
        } else {
            chars[i - 1] = join(first, tone);
            chars[i] = second;
        }
    }
    chars.into_iter().collect()
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_syllable_become_one() {
        for (new, old) in [
            ("hoà", "hòa"),
            ("hoè", "hòe"),
            ("thuý", "thúy"),
            ("uỷ", "ủy"),
            ("khoẻ", "khỏe"),
            ("toàn", "tòan"),
            ("huỳnh", "hùynh"),
            ("hoài", "hòai"),
            ("quý", "qúy"),
        ] {
            assert_eq!(place_marks(new), place_marks(old), "{new} {old}");
        }
        assert_eq!(place_marks("quý"), "quý");
        assert_eq!(place_marks("hoà bình, uỷ ban"), "hòa bình, ủy ban");
        assert_eq!(place_marks("khuỷu tay"), "khuỷu tay");
        assert_ne!(place_marks("hoà"), place_marks("hoá"));
    }

    #[test]
    fn every_vowel_comes_apart_and_together() {
        for row in VOWELS {
            for (tone, vowel) in row.into_iter().enumerate() {
                assert_eq!(split(vowel), (row[0], tone));
                assert_eq!(join(row[0], tone), vowel);
            }
        }
        assert_eq!(split('đ'), ('đ', 0));
        assert_eq!(join('b', 3), 'b');
    }
}

//! The order of Vietnamese lists, as keys that a database can compare byte by byte.
//!
//! Order of CLDR `vi` (standard): letters a ă â b c d đ e ê … o ô ơ … u ư are different letters;
//! tones ngang < huyền < hỏi < ngã < sắc < nặng decide among equal letters; capitals come after
//! small letters when all else is equal. White space, signs and digits come before letters.
//! SQLite and PostgreSQL collate differently and neither knows `vi` everywhere, hence keys.

use icu_normalizer::DecomposingNormalizerBorrowed;

use super::sort_weights::{
    COMMON, MARK_CIRCUMFLEX, Weight, base_weight, hatted_letter, is_ignored, mark_weight,
};

/// Separates the levels of a key, below every weight.
const LEVEL_END: u8 = 0;

/// The three levels of one text: letters, tones and other marks, case.
#[derive(Default)]
struct Levels {
    letters: Vec<u8>,
    marks: Vec<u8>,
    case: Vec<u8>,
}

/// The key of a text in the order of Vietnamese dictionaries and lists.
///
/// Keys compare byte by byte; texts that differ only in normal form have equal keys.
pub fn sort_key(text: &str) -> Vec<u8> {
    let Levels {
        letters,
        marks,
        case,
    } = levels(text);
    [letters, marks, case].join(&LEVEL_END)
}

/// The key of a person's name in the order of Vietnamese lists of people: by given name (the last
/// syllable) with its tones, then middle names, then family name; capitals decide last.
pub fn person_sort_key(name: &str) -> Vec<u8> {
    let syllables: Vec<&str> = name.split_whitespace().collect();
    let (given, rest) = match syllables.split_last() {
        Some((given, rest)) => (*given, rest),
        None => ("", &[][..]),
    };
    let (family, middle) = match rest.split_first() {
        Some((family, middle)) => (*family, middle.join(" ")),
        None => ("", String::new()),
    };
    let mut key = Vec::new();
    let mut case = Vec::new();
    for part in [given, &middle, family] {
        let part = levels(part);
        key.extend(part.letters);
        key.push(LEVEL_END);
        key.extend(part.marks);
        key.push(LEVEL_END);
        case.extend(part.case);
        case.push(LEVEL_END);
    }
    key.extend(case);
    key
}

/// [`sort_key`] in hexadecimal digits, for a column of text; the order is the same.
pub fn sort_key_hex(text: &str) -> String {
    hex(&sort_key(text))
}

/// [`person_sort_key`] in hexadecimal digits, for a column of text; the order is the same.
pub fn person_sort_key_hex(name: &str) -> String {
    hex(&person_sort_key(name))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]])
        .map(char::from)
        .collect()
}

fn levels(text: &str) -> Levels {
    let apart: Vec<char> = DecomposingNormalizerBorrowed::new_nfd()
        .normalize(text)
        .chars()
        .filter(|c| !is_ignored(*c))
        .collect();
    let mut levels = Levels::default();
    let mut i = 0;
    while i < apart.len() {
        let base = apart[i];
        let n_marks = apart[i + 1..]
            .iter()
            .take_while(|c| mark_weight(**c).is_some())
            .count();
        let marks = &apart[i + 1..i + 1 + n_marks];
        push_letter(&mut levels, base, marks);
        i += 1 + n_marks;
    }
    levels
}

/// One letter with its marks: a hat or horn that makes another letter is taken into the letter,
/// the other marks are weighed after it.
fn push_letter(levels: &mut Levels, base: char, marks: &[char]) {
    let hatted = marks
        .iter()
        .enumerate()
        .find_map(|(at, mark)| hatted_letter(base, *mark).map(|weight| (at, weight)));
    let (taken, weight) = match hatted {
        Some((at, weight)) => (Some(at), weight),
        None => (None, base_weight(base)),
    };
    match weight {
        Weight::Short { letter, case } => {
            levels.letters.push(letter);
            levels.marks.push(COMMON);
            levels.case.push(case);
        }
        Weight::Long(letters) => {
            levels.letters.extend(letters);
            levels.marks.push(COMMON);
            levels.case.push(COMMON);
        }
        Weight::Mark(mark) => {
            levels.marks.push(mark);
            levels.case.push(COMMON);
        }
    }
    for (at, mark) in marks.iter().enumerate() {
        if Some(at) != taken {
            levels
                .marks
                .push(mark_weight(*mark).unwrap_or(MARK_CIRCUMFLEX));
            levels.case.push(COMMON);
        }
    }
}

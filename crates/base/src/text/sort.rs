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
///
/// ```
/// use base::text::sort_key;
/// assert!(sort_key("Dương") < sort_key("Đà Nẵng"));
/// assert!(sort_key("Đà Nẵng") < sort_key("Đông"));
/// ```
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

#[cfg(test)]
mod tests {
    use super::super::sort_weights::{LETTERS, SIGNS};
    use super::*;
    use icu_collator::options::{CollatorOptions, Strength};
    use icu_collator::{Collator, CollatorBorrowed};
    use icu_locale_core::locale;
    use proptest::prelude::*;
    use proptest::sample::select;
    use std::cmp::Ordering;
    use std::sync::OnceLock;

    /// ICU's order, made once for each strength.
    fn vietnamese(strength: Strength) -> &'static CollatorBorrowed<'static> {
        static TERTIARY: OnceLock<CollatorBorrowed<'static>> = OnceLock::new();
        static SECONDARY: OnceLock<CollatorBorrowed<'static>> = OnceLock::new();
        let made = match strength {
            Strength::Secondary => &SECONDARY,
            _ => &TERTIARY,
        };
        made.get_or_init(|| {
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            Collator::try_new(locale!("vi").into(), options).unwrap()
        })
    }

    fn sorted(key: fn(&str) -> Vec<u8>, list: &str) -> String {
        let mut list: Vec<&str> = list.split(", ").collect();
        list.reverse();
        list.sort_by_key(|text| key(text));
        list.join(", ")
    }

    #[test]
    fn lists_are_in_the_order_of_the_dictionary() {
        for list in [
            "a, à, ả, ã, á, ạ, ă, â, b",
            "Dương, Đà Nẵng, Đông, Em",
            "1 bài, 2 bài, an, An, AN, ân",
            "ba, bà, bá, bạc, bác sĩ", // letters first: "c" decides before the tones
            "Sở Nội vụ, Sở Tư pháp, Sở Y tế",
        ] {
            assert_eq!(sorted(sort_key, list), list);
        }
    }

    #[test]
    fn people_are_in_the_order_of_their_given_names() {
        for list in [
            "Trần Văn An, Lê Thị Bình, Nguyễn Văn Bình, Phạm Văn Bình, Lê An Bính, Đỗ Cường",
            "Nguyễn Thị Lan Anh, Trần Văn Anh, Hồ Ánh, Bùi Văn Ân",
        ] {
            assert_eq!(sorted(person_sort_key, list), list);
        }
        assert_eq!(
            sorted(person_sort_key, "NGUYỄN VĂN AN, Nguyễn Văn Bình"),
            "NGUYỄN VĂN AN, Nguyễn Văn Bình"
        );
    }

    #[test]
    fn both_normal_forms_have_one_key() {
        assert_eq!(
            sort_key("Nguyễn Độ"),
            sort_key("Nguye\u{302}\u{303}n Đo\u{302}\u{323}")
        );
        assert_eq!(sort_key_hex("a"), "9000050005");
    }

    #[test]
    fn signs_digits_and_letters_follow_each_other_as_in_icu() {
        let collator = vietnamese(Strength::Tertiary);
        let all: Vec<String> = SIGNS
            .iter()
            .copied()
            .chain('0'..='9')
            .chain(LETTERS.iter().copied())
            .map(String::from)
            .collect();
        for two in all.windows(2) {
            assert_eq!(
                collator.compare(&two[0], &two[1]),
                Ordering::Less,
                "{two:?}"
            );
            assert!(sort_key(&two[0]) < sort_key(&two[1]), "{two:?}");
        }
    }

    /// Syllables with every onset, vowel and tone, in either case.
    fn syllable() -> impl Strategy<Value = String> {
        let vowels = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ";
        let vowels: Vec<char> = vowels.chars().collect();
        (
            select(vec![
                "", "b", "c", "ch", "d", "đ", "g", "ng", "ngh", "nh", "t", "tr", "x", "f", "z",
            ]),
            select(vowels),
            select(vec!["", "a", "i", "n", "ng", "nh", "c", "t"]),
            0u8..4,
        )
            .prop_map(|(onset, vowel, coda, case)| {
                let syllable = format!("{onset}{vowel}{coda}");
                match case {
                    0 => syllable.to_uppercase(),
                    1 => {
                        let mut chars = syllable.chars();
                        let first = chars.next().map(|c| c.to_uppercase().to_string());
                        first.unwrap_or_default() + chars.as_str()
                    }
                    _ => syllable,
                }
            })
    }

    fn line() -> impl Strategy<Value = String> {
        let separator = select(vec![" ", "-", ", ", " (", "/", "", "2023", " 10"]);
        proptest::collection::vec((syllable(), separator), 0..4)
            .prop_map(|parts| parts.into_iter().map(|(s, end)| s + end).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn keys_agree_with_icu(a in line(), b in line()) {
            let icu = vietnamese(Strength::Tertiary).compare(&a, &b);
            prop_assert_eq!(sort_key(&a).cmp(&sort_key(&b)), icu, "{:?} {:?}", a, b);
            prop_assert_eq!(sort_key_hex(&a).cmp(&sort_key_hex(&b)), icu);
        }

        #[test]
        fn near_syllables_agree_with_icu(a in syllable(), b in syllable(), c in syllable()) {
            let (left, right) = (format!("{a} {c}"), format!("{b} {c}"));
            let icu = vietnamese(Strength::Tertiary).compare(&left, &right);
            prop_assert_eq!(sort_key(&left).cmp(&sort_key(&right)), icu);
        }

        #[test]
        fn names_agree_with_icu_part_by_part(
            a in proptest::collection::vec(syllable(), 1..5),
            b in proptest::collection::vec(syllable(), 1..5),
        ) {
            let collator = vietnamese(Strength::Secondary);
            let parts = |name: &[String]| -> [String; 3] {
                let n = name.len();
                [
                    name[n - 1].clone(),
                    if n > 2 { name[1..n - 1].join(" ") } else { String::new() },
                    if n > 1 { name[0].clone() } else { String::new() },
                ]
            };
            let icu = parts(&a)
                .iter()
                .zip(&parts(&b))
                .map(|(a, b)| collator.compare(a, b))
                .find(|order| *order != Ordering::Equal);
            let (left, right) = (a.join(" "), b.join(" "));
            let ours = person_sort_key(&left).cmp(&person_sort_key(&right));
            if let Some(icu) = icu {
                prop_assert_eq!(ours, icu, "{} {}", left, right);
            }
            prop_assert_eq!(person_sort_key_hex(&left).cmp(&person_sort_key_hex(&right)), ours);
        }

        #[test]
        fn any_text_has_a_key_without_a_zero_within_a_level(text in "\\PC*") {
            let key = sort_key(&text);
            prop_assert_eq!(key.iter().filter(|b| **b == LEVEL_END).count(), 2);
            prop_assert_eq!(&sort_key(&crate::text::nfc(&text)), &key);
        }
    }
}

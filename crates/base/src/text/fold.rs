//! Two views of a text for comparing and searching: with the marks, and without.

use icu_normalizer::DecomposingNormalizerBorrowed;

use super::{nfc, tone};

/// Lower case without any marks, `đ` as `d`: "Đắk Lắk" is "dak lak".
///
/// This is our own folding because no locale's collation gives it: `vi` holds `đ` and `d`, `ă` and
/// `a` apart, and marks stripped after NFD leave `đ` as it is. Spaces and signs stay.
///
/// ```
/// assert_eq!(base::text::fold("Đắk Lắk"), "dak lak");
/// ```
pub fn fold(text: &str) -> String {
    let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(text);
    let bare: String = apart
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_mark(*c))
        .map(|c| match c {
            'đ' | 'ð' | 'ɖ' => 'd',
            c => c,
        })
        .collect();
    nfc(&bare)
}

/// Lower case, NFC, the tone mark in one place and the look-alikes of `đ` mapped to it: for
/// comparison and search that respects the marks. "Khánh Hoà" equals "Khánh Hòa"; "dân" and "dẫn"
/// stay apart.
///
/// ```
/// use base::text::canonical;
/// assert_eq!(canonical("Khánh Hoà"), canonical("KHÁNH HÒA"));
/// ```
pub fn canonical(text: &str) -> String {
    let lower: String = nfc(text)
        .chars()
        .map(|c| match c {
            'Ð' | 'ð' | 'Ɖ' | 'ɖ' => 'đ',
            c => c,
        })
        .flat_map(char::to_lowercase)
        .collect();
    tone::place_marks(&nfc(&lower))
}

/// The combining marks of Unicode's five blocks of diacritics.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folding_drops_every_mark_and_the_stroke_of_d() {
        for (text, folded) in [
            ("Đắk Lắk", "dak lak"),
            ("Ðắk", "dak"),
            ("Kế hoạch Truyền thông", "ke hoach truyen thong"),
            ("NGƯỜI Ở", "nguoi o"),
            ("Dương, Đông, 2023", "duong, dong, 2023"),
            ("Nguyê\u{303}n", "nguyen"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn the_canonical_view_keeps_marks_and_evens_out_spelling() {
        assert_eq!(canonical("Khánh Hoà"), canonical("KHÁNH HÒA"));
        assert_eq!(canonical("QÐ-UBND"), "qđ-ubnd");
        assert_eq!(canonical("Uỷ ban"), canonical("Ủy ban"));
        assert_ne!(canonical("dân"), canonical("dẫn"));
        assert_ne!(canonical("dân"), canonical("đân"));
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![
            "\\PC*",
            "[aoeuyqhnăâđÐðƉòóọùỳẠỘ\u{300}\u{301}\u{302}\u{303}\u{309}\u{323}\u{31B} ]*"
        ]
    }

    proptest! {
        #[test]
        fn both_views_are_their_own_view(text in any_text()) {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
            prop_assert_eq!(canonical(&canonical(&text)), canonical(&text));
            prop_assert_eq!(fold(&canonical(&text)), fold(&text));
        }
    }
}

//! The readable part of an address.

use super::fold;

/// Longest slug, in characters.
pub const SLUG_CHARS_MAX: usize = 80;

/// The readable part of an address: `[a-z0-9]` joined by single dashes, at most
/// [`SLUG_CHARS_MAX`], cut between words where it can be; `muc` when nothing is left.
///
/// "Quyết định 876/QĐ-BNV" is `quyet-dinh-876-qd-bnv`: `đ` becomes `d` and is never dropped. Slugs
/// collide often (every unit has a plan of the year), so an address carries an id besides.
///
/// ```
/// assert_eq!(base::text::slug("Quyết định 876/QĐ-BNV"), "quyet-dinh-876-qd-bnv");
/// ```
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in fold(text).chars() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'ß' => slug.push_str("ss"),
            'æ' => slug.push_str("ae"),
            'œ' => slug.push_str("oe"),
            'ø' => slug.push('o'),
            'ł' => slug.push('l'),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    if slug.len() > SLUG_CHARS_MAX {
        let cut = match slug.as_bytes()[SLUG_CHARS_MAX] {
            b'-' => SLUG_CHARS_MAX,
            _ => slug[..SLUG_CHARS_MAX].rfind('-').unwrap_or(SLUG_CHARS_MAX),
        };
        slug.truncate(cut);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        slug.push_str("muc");
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_slug_spells_the_title_without_marks() {
        assert_eq!(
            slug("Kế hoạch Truyền thông công tác CCHC năm 2023"),
            "ke-hoach-truyen-thong-cong-tac-cchc-nam-2023"
        );
        assert_eq!(slug("Quyết định 876/QĐ-BNV"), "quyet-dinh-876-qd-bnv");
        assert_eq!(slug(" … 漢字 … "), "muc");
    }

    #[test]
    fn a_long_slug_is_cut_between_words() {
        let title = "truyền thông ".repeat(20);
        let slug = slug(&title);
        assert!(slug.len() <= SLUG_CHARS_MAX);
        assert!(
            slug.ends_with("-thong") || slug.ends_with("-truyen"),
            "{slug}"
        );
        assert_eq!(super::slug(&"x".repeat(200)).len(), SLUG_CHARS_MAX);
    }

    proptest! {
        #[test]
        fn a_slug_is_words_of_letters_and_digits_joined_by_single_dashes(text in "\\PC*|[ -~]{0,200}") {
            let slug = slug(&text);
            prop_assert!(!slug.is_empty() && slug.len() <= SLUG_CHARS_MAX);
            prop_assert!(slug.split('-').all(|word| !word.is_empty()
                && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())));
            prop_assert_eq!(super::slug(&slug), slug);
        }
    }
}

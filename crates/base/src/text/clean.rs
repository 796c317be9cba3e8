//! What is done to every text that comes in: one normal form, nothing invisible.

use icu_normalizer::ComposingNormalizerBorrowed;

/// The text in Unicode normal form C, the only form the house stores.
///
/// Covers decomposed names of files from a Mac and the third form of Windows-1258 (hat composed,
/// tone combining). Changes nothing else: look-alikes such as `Ð` (U+00D0) stay.
pub fn nfc(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(text)
        .into_owned()
}

/// A single line as a form takes it: NFC, trimmed, white space folded to one space each, control
/// characters and characters that steer the direction of writing dropped.
///
/// Line breaks count as white space. No-break spaces become ordinary ones.
pub fn clean_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_invisible(c) {
            line.push(c);
        }
    }
    line.truncate(line.trim_end().len());
    nfc(&line)
}

/// Text of several lines as a form takes it: as [`clean_line`] within each line, with the line
/// breaks kept as LF, at most one empty line in a row, none at the start or the end.
pub fn clean_text(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut n_breaks = 0usize;
    let unified = text.replace("\r\n", "\n");
    for line in unified.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        let line = clean_line(line);
        if !line.is_empty() {
            if !clean.is_empty() {
                clean.push_str(&"\n\n"[..n_breaks.min(2)]);
            }
            n_breaks = 0;
            clean.push_str(&line);
        }
        n_breaks += 1;
    }
    clean
}

/// Characters that show nothing and only mislead: controls, byte-order mark, zero-width space,
/// soft hyphen, and the marks, embeddings, overrides and isolates of writing direction.
///
/// The zero-width joiner stays, because pictographs are built with it.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn composed_decomposed_and_mixed_forms_become_one() {
        let composed = "Nguyễn";
        assert_eq!(composed.chars().count(), 6);
        assert_eq!(nfc("Nguye\u{302}\u{303}n"), composed);
        assert_eq!(nfc("Nguyê\u{303}n"), composed);
        assert_eq!(nfc("Ðắk"), "Ðắk", "a look-alike is not a normal form");
    }

    #[test]
    fn a_line_has_no_breaks_and_nothing_invisible() {
        assert_eq!(
            clean_line("\u{FEFF} Kế\u{A0}\u{A0}hoạch\r\n\u{202E}truyền\0 thông\t"),
            "Kế hoạch truyền thông"
        );
        assert_eq!(clean_line("a\u{200B}\u{302}"), "â");
        assert_eq!(clean_line(" \n "), "");
    }

    #[test]
    fn a_text_keeps_its_lines_and_one_empty_line_between_paragraphs() {
        assert_eq!(
            clean_text("\n\nmột \r\nhai\r\n\r\n\r\n\r\n  ba\n\n"),
            "một\nhai\n\nba"
        );
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing_more(text in "\\PC*|[\\s\\x00-\\x1f\u{300}-\u{323}aeuăâđ\u{200E}\u{FEFF}]*") {
            prop_assert_eq!(nfc(&nfc(&text)), nfc(&text));
            prop_assert_eq!(clean_line(&clean_line(&text)), clean_line(&text));
            prop_assert_eq!(clean_text(&clean_text(&text)), clean_text(&text));
        }
    }
}

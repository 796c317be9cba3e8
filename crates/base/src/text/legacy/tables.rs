//! The tables of the old encodings. Source: TCVN 5712:1993 VN3; VNI for Windows; Microsoft code
//! page 1258.

/// TCVN3: the character of each code, in the order of the codes. Bytes A1–A7 are the seven base
/// capitals, the rest are small letters.
const TCVN3: &[(u8, &str)] = &[
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
];

/// The letter of a TCVN3 code, if the code is taken by one.
pub(super) fn tcvn3(c: char) -> Option<char> {
    let code = u8::try_from(u32::from(c)).ok()?;
    let (first, run) = TCVN3.iter().rev().find(|(first, _)| *first <= code)?;
    run.chars().nth(usize::from(code - first))
}

/// VNI marks after a small letter, with the combining characters they stand for.
const VNI_MARKS: &[(char, &str)] = &[
    ('ù', "\u{301}"),
    ('ø', "\u{300}"),
    ('û', "\u{309}"),
    ('õ', "\u{303}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('á', "\u{302}\u{301}"),
    ('à', "\u{302}\u{300}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('é', "\u{306}\u{301}"),
    ('è', "\u{306}\u{300}"),
    ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"),
    ('ë', "\u{306}\u{323}"),
];

/// VNI letters of one code.
const VNI_LETTERS: &[(char, char)] = &[
    ('í', 'í'),
    ('ì', 'ì'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
    ('ñ', 'đ'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
];

/// The letter of a VNI code with the mark after it, and how many codes were used.
pub(super) fn vni(c: char, next: Option<char>) -> (Option<char>, usize) {
    let small = lower(c);
    let letter = match small {
        'a' | 'e' | 'o' | 'u' | 'y' => Some(small),
        _ => VNI_LETTERS
            .iter()
            .find(|(code, _)| *code == small)
            .map(|(_, letter)| *letter),
    };
    let Some(letter) = letter else {
        return (None, 1);
    };
    let marked = next.and_then(|mark| vni_marked(letter, lower(mark)));
    let length = if marked.is_some() { 2 } else { 1 };
    let letter = marked.unwrap_or(letter);
    let is_capital = small != c;
    let shown = if is_capital {
        letter.to_uppercase().next().unwrap_or(letter)
    } else {
        letter
    };
    (Some(shown), length)
}

/// The Vietnamese letter that the base and the mark make together, if they make one.
fn vni_marked(letter: char, mark: char) -> Option<char> {
    let (_, combining) = VNI_MARKS.iter().find(|(code, _)| *code == mark)?;
    let is_toned_only = combining.chars().count() == 1 && !matches!(mark, 'â' | 'ê');
    let fits = match mark {
        _ if is_toned_only => matches!(letter, 'a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư'),
        'ê' | 'é' | 'è' | 'ú' | 'ü' | 'ë' => letter == 'a',
        _ => matches!(letter, 'a' | 'e' | 'o'),
    };
    let mut composed = crate::text::nfc(&format!("{letter}{combining}"))
        .chars()
        .collect::<Vec<_>>();
    match (fits, composed.len()) {
        (true, 1) => composed.pop(),
        _ => None,
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Windows-1252 for bytes 80–9F; U+FFFD where the byte means nothing.
const WINDOWS_80_9F: &str = "€\u{FFFD}‚ƒ„…†‡ˆ‰\u{FFFD}‹Œ\u{FFFD}\u{FFFD}\u{FFFD}\
    \u{FFFD}‘’“”•–—˜™\u{FFFD}›œ\u{FFFD}\u{FFFD}Ÿ";

/// The character of a byte of code page 1252, as far as 1258 shares it.
pub(super) fn windows_1252(byte: u8) -> Option<char> {
    match byte {
        0x80..=0x9F => WINDOWS_80_9F
            .chars()
            .nth(usize::from(byte - 0x80))
            .filter(|c| *c != '\u{FFFD}'),
        _ => Some(char::from(byte)),
    }
}

/// The character of a byte of code page 1258: letters with hats, tones as combining marks.
pub(super) fn windows_1258(byte: u8) -> Option<char> {
    Some(match byte {
        0xC3 => 'Ă',
        0xE3 => 'ă',
        0xCC => '\u{300}',
        0xEC => '\u{301}',
        0xD2 => '\u{309}',
        0xDE => '\u{303}',
        0xF2 => '\u{323}',
        0xD0 => 'Đ',
        0xF0 => 'đ',
        0xD5 => 'Ơ',
        0xF5 => 'ơ',
        0xDD => 'Ư',
        0xFD => 'ư',
        0xFE => '₫',
        _ => return windows_1252(byte),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_tcvn3_has_one_letter_and_every_small_letter_a_code() {
        let letters: Vec<char> = (0xA1..=0xFFu8)
            .filter_map(|b| tcvn3(char::from(b)))
            .collect();
        assert_eq!(letters.len(), 7 + 67);
        for (code, letter) in [
            (0xAD, 'ư'),
            (0xB6, 'ả'),
            (0xCA, 'ấ'),
            (0xD6, 'ệ'),
            (0xDF, 'ò'),
            (0xFE, 'ỵ'),
        ] {
            assert_eq!(tcvn3(char::from(code)), Some(letter));
        }
        for free in [0xA0, 0xB0, 0xBA, 0xBF, 0xCD, 0xD9, 0xE0, 0xF0, 0xFF] {
            assert_eq!(tcvn3(char::from(free)), None, "{free:x}");
        }
    }
}

//! The weights behind the sort keys. Source: CLDR root order for signs and digits, CLDR `vi`
//! (standard) for letters and tones.

/// The weight that says "nothing particular" on the levels of marks and case.
pub(super) const COMMON: u8 = 5;
/// The weight of a capital on the level of case.
const CAPITAL: u8 = 9;
/// The weight of a circumflex that makes no letter of its own (on `z`, say).
pub(super) const MARK_CIRCUMFLEX: u8 = 0x23;

/// White space, signs and symbols in the order of the CLDR root collation.
pub(super) const SIGNS: &[char] = &[
    '\t', '\n', '\u{B}', '\u{C}', '\r', '\u{85}', '\u{2028}', '\u{2029}', ' ', '_', '-', '‐', '‑',
    '‒', '–', '—', '―', ',', ';', ':', '!', '¡', '?', '¿', '.', '…', '·', '\'', '‘', '’', '‚', '‹',
    '›', '"', '“', '”', '„', '«', '»', '(', ')', '[', ']', '{', '}', '§', '¶', '@', '*', '/', '\\',
    '&', '#', '%', '‰', '†', '‡', '•', '`', '´', '˜', '^', '¨', '°', '©', '®', '+', '±', '÷', '×',
    '<', '=', '>', '|', '¦', '~', '¤', '¢', '$', '£', '¥', '₫', '€',
];

/// The letters of the Vietnamese dictionary with f, j, w, z of foreign words in their Latin place.
pub(super) const LETTERS: &[char] = &[
    'a', 'ă', 'â', 'b', 'c', 'd', 'đ', 'e', 'ê', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
    'ô', 'ơ', 'p', 'q', 'r', 's', 't', 'u', 'ư', 'v', 'w', 'x', 'y', 'z',
];

const FIRST_SIGN: u8 = 0x02;
const FIRST_DIGIT: u8 = 0x80;
const FIRST_LETTER: u8 = 0x90;
const OTHER_SIGN: u8 = 0x7E;
const OTHER_LETTER: u8 = 0xF0;

/// What one character adds to a key.
pub(super) enum Weight {
    /// A sign, a digit or a letter of ours.
    Short {
        /// Weight on the first level.
        letter: u8,
        /// Weight on the level of case.
        case: u8,
    },
    /// Any other character: a lead byte and its code point.
    Long([u8; 4]),
    /// A mark that stands alone.
    Mark(u8),
}

/// The weight of a character without its marks.
pub(super) fn base_weight(c: char) -> Weight {
    if let Some(mark) = mark_weight(c) {
        return Weight::Mark(mark);
    }
    let mut lower = c.to_lowercase();
    let small = lower.next().unwrap_or(c);
    let case = if small == c { COMMON } else { CAPITAL };
    let short = |letter| Weight::Short { letter, case };
    match c {
        '\u{A0}' | '\u{202F}' => Weight::Short {
            letter: place(SIGNS, ' ', FIRST_SIGN).unwrap_or(FIRST_SIGN),
            case: CAPITAL,
        },
        '0'..='9' => short(FIRST_DIGIT + (c as u32 - '0' as u32) as u8),
        _ => match place(LETTERS, small, FIRST_LETTER).or_else(|| place(SIGNS, c, FIRST_SIGN)) {
            Some(letter) => short(letter),
            None if c.is_alphanumeric() => Weight::Long(long(OTHER_LETTER, small)),
            None => Weight::Long(long(OTHER_SIGN, c)),
        },
    }
}

/// The letter that a base and a hat, breve or horn make together, if they make one.
pub(super) fn hatted_letter(base: char, mark: char) -> Option<Weight> {
    let small = base.to_ascii_lowercase();
    let letter = match (small, mark) {
        ('a', '\u{306}') => 'ă',
        ('a', '\u{302}') => 'â',
        ('e', '\u{302}') => 'ê',
        ('o', '\u{302}') => 'ô',
        ('o', '\u{31B}') => 'ơ',
        ('u', '\u{31B}') => 'ư',
        _ => return None,
    };
    let case = if small == base { COMMON } else { CAPITAL };
    place(LETTERS, letter, FIRST_LETTER).map(|letter| Weight::Short { letter, case })
}

/// The weight of a combining mark on the level of marks: the five tones first, in their order.
pub(super) fn mark_weight(c: char) -> Option<u8> {
    Some(match c {
        '\u{300}' => 0x11,
        '\u{309}' => 0x12,
        '\u{303}' => 0x13,
        '\u{301}' => 0x14,
        '\u{323}' => 0x15,
        '\u{306}' => 0x22,
        '\u{302}' => MARK_CIRCUMFLEX,
        '\u{30C}' => 0x24,
        '\u{30A}' => 0x25,
        '\u{308}' => 0x26,
        '\u{30B}' => 0x27,
        '\u{307}' => 0x28,
        '\u{31B}' => 0x29,
        '\u{327}' => 0x2A,
        '\u{328}' => 0x2B,
        '\u{304}' => 0x2C,
        c if super::fold::is_mark(c) => 0x30,
        _ => return None,
    })
}

/// Controls and invisible characters weigh nothing.
pub(super) fn is_ignored(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

fn place(table: &[char], c: char, first: u8) -> Option<u8> {
    let at = table.iter().position(|entry| *entry == c)?;
    u8::try_from(at).ok().map(|at| first + at)
}

/// A lead byte and the code point in three groups of seven bits, none of them zero.
fn long(lead: u8, c: char) -> [u8; 4] {
    let code = c as u32;
    let group = |shift: u32| ((code >> shift) & 0x7F) as u8 + 1;
    [lead, group(14), group(7), group(0)]
}

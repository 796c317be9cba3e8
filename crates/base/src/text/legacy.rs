//! Old encodings of Vietnamese: TCVN3 (ABC), VNI-Windows, Windows-1258, and files in UTF-8 or
//! UTF-16. Nothing is guessed away: what cannot be converted is named by its place.

mod bytes;
mod guess;
mod tables;

pub use bytes::{Place, SourceEncoding, Unreadable, decode_bytes};
pub use guess::guess;

use super::nfc;

/// An encoding that hides behind a font: the text holds Latin letters, the font shows Vietnamese.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LegacyEncoding {
    /// TCVN 5712:1993 part 3, called ABC: fonts `.VnTime`, `.VnArial`, ….
    Tcvn3 {
        /// A font of capitals (`.VnTimeH`): the same codes mean capital letters, because capitals
        /// with tones have no code of their own.
        capitals: bool,
    },
    /// VNI for Windows: a base letter, then a letter that means hat and tone: `VNI-Times`.
    Vni,
}

impl LegacyEncoding {
    /// The encoding that a font of this name hides; `None` for fonts of Unicode.
    pub fn of_font(name: &str) -> Option<Self> {
        let name = name.trim();
        let lower = name.to_ascii_lowercase();
        if lower.starts_with(".vn") {
            let capitals = name.ends_with('H');
            return Some(Self::Tcvn3 { capitals });
        }
        (lower.starts_with("vni-") || lower.starts_with("vni ") || lower == "vni")
            .then_some(Self::Vni)
    }
}

/// Converts text that was written with an old font to NFC. The characters are those that an
/// office document holds: Latin letters up to U+00FF.
///
/// Typographic signs above U+00FF (dashes, quotes, the ellipsis) stay. `Err` holds the place, in
/// characters, of the first letter that the encoding does not know: the run is mixed, or the font
/// name lied.
pub fn decode(text: &str, encoding: LegacyEncoding) -> Result<String, usize> {
    let chars: Vec<char> = text.chars().collect();
    let mut decoded = String::with_capacity(text.len() + text.len() / 2);
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let (letter, length) = match encoding {
            LegacyEncoding::Tcvn3 { .. } => (tables::tcvn3(c), 1),
            LegacyEncoding::Vni => tables::vni(c, chars.get(at + 1).copied()),
        };
        match letter {
            Some(letter) => decoded.push(letter),
            None if !c.is_alphabetic() || c.is_ascii() => decoded.push(c),
            None => return Err(at),
        }
        at += length;
    }
    Ok(nfc(&match encoding {
        LegacyEncoding::Tcvn3 { capitals: true } => decoded.to_uppercase(),
        LegacyEncoding::Tcvn3 { capitals: false } | LegacyEncoding::Vni => decoded,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TCVN3: LegacyEncoding = LegacyEncoding::Tcvn3 { capitals: false };
    const TCVN3_CAPITALS: LegacyEncoding = LegacyEncoding::Tcvn3 { capitals: true };

    #[test]
    fn the_font_tells_the_encoding() {
        assert_eq!(LegacyEncoding::of_font(".VnTime"), Some(TCVN3));
        assert_eq!(LegacyEncoding::of_font(".VnTimeH"), Some(TCVN3_CAPITALS));
        assert_eq!(
            LegacyEncoding::of_font("VNI-Times"),
            Some(LegacyEncoding::Vni)
        );
        assert_eq!(LegacyEncoding::of_font("Times New Roman"), None);
    }

    #[test]
    fn tcvn3_is_converted_and_its_capitals_come_from_the_font() {
        assert_eq!(
            decode("C¶i c¸ch hµnh chÝnh", TCVN3).unwrap(),
            "Cải cách hành chính"
        );
        assert_eq!(
            decode("céng hoµ x· héi", TCVN3_CAPITALS).unwrap(),
            "CỘNG HOÀ XÃ HỘI"
        );
        assert_eq!(
            decode("§\u{AD}êng – “lèi”", TCVN3).unwrap(),
            "Đường – “lối”"
        );
    }

    #[test]
    fn vni_is_converted_letter_and_mark_together() {
        assert_eq!(
            decode(
                "Caûi caùch haønh chính, ñöôøng loái, ÑAÛNG",
                LegacyEncoding::Vni
            )
            .unwrap(),
            "Cải cách hành chính, đường lối, ĐẢNG"
        );
        assert_eq!(
            decode("Nguyeãn Vaên Ñöùc, Thuûy, kyõ, kyù", LegacyEncoding::Vni).unwrap(),
            "Nguyễn Văn Đức, Thủy, kỹ, ký"
        );
    }

    #[test]
    fn what_cannot_be_converted_is_named_by_its_place() {
        assert_eq!(decode("c¸ch ế", TCVN3), Err(5));
        assert_eq!(decode("caùch ế", LegacyEncoding::Vni), Err(6));
    }

    proptest! {
        #[test]
        fn a_place_lies_within_the_text(text in "\\PC*|[\u{20}-\u{ff}]*") {
            for encoding in [TCVN3, TCVN3_CAPITALS, LegacyEncoding::Vni] {
                match decode(&text, encoding) {
                    Ok(decoded) => prop_assert_eq!(nfc(&decoded), decoded),
                    Err(place) => prop_assert!(place < text.chars().count()),
                }
            }
            guess(&text);
        }
    }
}

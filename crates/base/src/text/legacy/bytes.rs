//! Text files of unknown encoding.

use super::guess::{best_legacy, is_clear, marked_words, n_syllables};
use super::{LegacyEncoding, decode, tables};
use crate::text::nfc;

/// What a text file turned out to be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceEncoding {
    /// UTF-8, with or without a byte-order mark; also plain ASCII.
    Utf8,
    /// UTF-16, little end first, with a byte-order mark.
    Utf16Le,
    /// UTF-16, big end first, with a byte-order mark.
    Utf16Be,
    /// Windows-1258: letters with hats, tones as separate characters.
    Windows1258,
    /// TCVN3 (ABC), by clear statistics; what a font showed as capitals is in small letters.
    Tcvn3,
    /// VNI-Windows, by clear statistics.
    Vni,
}

/// Why a file is not read as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unreadable {
    /// It holds control bytes that no text has.
    Binary,
    /// It begins in one encoding and this byte does not belong to it.
    Mixed,
    /// The encoding cannot be told; this is the first byte beyond ASCII.
    Unknown,
}

/// The byte at which a file stops being readable text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Offset in the file, from 0.
    pub byte: usize,
    /// What is wrong there.
    pub reason: Unreadable,
}

/// Reads a text file: UTF-8, UTF-16 with a byte-order mark, Windows-1258, or TCVN3 and VNI where
/// the statistics leave no doubt. The text is NFC and has no byte-order mark.
///
/// The caller shows the encoding that was found. `Err` names the byte at fault; nothing is
/// replaced by question marks.
pub fn decode_bytes(bytes: &[u8]) -> Result<(String, SourceEncoding), Place> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => {
            utf16(rest, u16::from_le_bytes).map(|text| (text, SourceEncoding::Utf16Le))
        }
        [0xFE, 0xFF, rest @ ..] => {
            utf16(rest, u16::from_be_bytes).map(|text| (text, SourceEncoding::Utf16Be))
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => {
            refuse_binary(rest, 3)?;
            let text = std::str::from_utf8(rest).map_err(|error| Place {
                byte: 3 + error.valid_up_to(),
                reason: Unreadable::Mixed,
            })?;
            Ok((nfc(text), SourceEncoding::Utf8))
        }
        _ => without_mark(bytes),
    }
}

fn without_mark(bytes: &[u8]) -> Result<(String, SourceEncoding), Place> {
    refuse_binary(bytes, 0)?;
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((nfc(text), SourceEncoding::Utf8)),
        Err(error) => error,
    };
    if is_mostly_utf8(bytes) {
        return Err(Place {
            byte: error.valid_up_to(),
            reason: Unreadable::Mixed,
        });
    }
    by_statistics(bytes)
}

/// Whether sequences of UTF-8 outweigh stray bytes. The old encodings make such sequences only by
/// rare accident.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut n_sequences, mut n_stray) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        n_sequences += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_stray += usize::from(!chunk.invalid().is_empty());
    }
    n_sequences > n_stray
}

fn by_statistics(bytes: &[u8]) -> Result<(String, SourceEncoding), Place> {
    let latin: Vec<Option<char>> = bytes.iter().map(|b| tables::windows_1252(*b)).collect();
    let latin_text: String = latin.iter().map(|c| c.unwrap_or('\u{FFFD}')).collect();
    let words = marked_words(&latin_text);
    let (encoding, n_legacy, n_rival) = best_legacy(&words);
    let n_1258 = n_syllables(&words, as_1258);
    let first_stray = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let unknown = |byte| Place {
        byte,
        reason: Unreadable::Unknown,
    };
    if is_clear(n_1258, words.len()) && n_1258 > n_legacy {
        let text = bytes
            .iter()
            .enumerate()
            .map(|(at, byte)| tables::windows_1258(*byte).ok_or_else(|| unknown(at)));
        return Ok((
            nfc(&text.collect::<Result<String, Place>>()?),
            SourceEncoding::Windows1258,
        ));
    }
    if !is_clear(n_legacy, words.len()) || n_legacy <= n_rival.max(n_1258) {
        return Err(unknown(first_stray));
    }
    if let Some(byte) = latin.iter().position(Option::is_none) {
        return Err(unknown(byte));
    }
    let text = decode(&latin_text, encoding).map_err(|byte| Place {
        byte,
        reason: Unreadable::Mixed,
    })?;
    Ok(match encoding {
        LegacyEncoding::Tcvn3 { .. } => (text, SourceEncoding::Tcvn3),
        LegacyEncoding::Vni => (text, SourceEncoding::Vni),
    })
}

/// A word of Latin letters read anew as Windows-1258.
fn as_1258(word: &str) -> Option<String> {
    let letters: Option<String> = word
        .chars()
        .map(|c| {
            u8::try_from(u32::from(c))
                .ok()
                .and_then(tables::windows_1258)
        })
        .collect();
    letters.map(|text| nfc(&text))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Place> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(Place {
            byte: 2 + bytes.len() - 1,
            reason: Unreadable::Mixed,
        });
    }
    let mut text = String::with_capacity(bytes.len());
    let mut byte = 2;
    for read in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match read {
            Ok(c) if is_binary(c) => {
                return Err(Place {
                    byte,
                    reason: Unreadable::Binary,
                });
            }
            Ok(c) => {
                byte += 2 * c.len_utf16();
                text.push(c);
            }
            Err(_) => {
                return Err(Place {
                    byte,
                    reason: Unreadable::Mixed,
                });
            }
        }
    }
    Ok(nfc(&text))
}

fn refuse_binary(bytes: &[u8], offset: usize) -> Result<(), Place> {
    match bytes.iter().position(|b| is_binary(char::from(*b))) {
        Some(at) => Err(Place {
            byte: offset + at,
            reason: Unreadable::Binary,
        }),
        None => Ok(()),
    }
}

fn is_binary(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{E}'..='\u{1F}' | '\u{7F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "Kế hoạch truyền thông công tác cải cách hành chính";

    #[test]
    fn unicode_files_are_read_with_and_without_their_marks() {
        let with_mark = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
        assert_eq!(
            decode_bytes(&with_mark),
            Ok((TEXT.into(), SourceEncoding::Utf8))
        );
        assert_eq!(
            decode_bytes(TEXT.as_bytes()),
            Ok((TEXT.into(), SourceEncoding::Utf8))
        );
        let units: Vec<u16> = TEXT.encode_utf16().collect();
        let little: Vec<u8> = [0xFEFFu16]
            .iter()
            .chain(&units)
            .flat_map(|u| u.to_le_bytes())
            .collect();
        let big: Vec<u8> = [0xFEFFu16]
            .iter()
            .chain(&units)
            .flat_map(|u| u.to_be_bytes())
            .collect();
        assert_eq!(
            decode_bytes(&little),
            Ok((TEXT.into(), SourceEncoding::Utf16Le))
        );
        assert_eq!(
            decode_bytes(&big),
            Ok((TEXT.into(), SourceEncoding::Utf16Be))
        );
    }

    #[test]
    fn old_encodings_are_read_when_the_statistics_are_clear() {
        // "Kế hoạch truyền thông" with ê + acute, a + dot, ê + grave, ô.
        let windows = b"K\xEA\xEC hoa\xF2ch truy\xEA\xCCn th\xF4ng";
        let (text, encoding) = decode_bytes(windows).unwrap();
        assert_eq!(
            (text.as_str(), encoding),
            ("Kế hoạch truyền thông", SourceEncoding::Windows1258)
        );
        let tcvn3: Vec<u8> = "KÕ ho¹ch truyÒn th«ng".chars().map(|c| c as u8).collect();
        assert_eq!(
            decode_bytes(&tcvn3),
            Ok(("Kế hoạch truyền thông".into(), SourceEncoding::Tcvn3))
        );
        let vni: Vec<u8> = "Keá hoaïch truyeàn thoâng"
            .chars()
            .map(|c| c as u8)
            .collect();
        assert_eq!(
            decode_bytes(&vni),
            Ok(("Kế hoạch truyền thông".into(), SourceEncoding::Vni))
        );
    }

    #[test]
    fn what_is_not_text_or_not_one_encoding_is_refused_with_its_byte() {
        let at = |byte, reason| Err(Place { byte, reason });
        assert_eq!(decode_bytes(b"PK\x03\x04"), at(2, Unreadable::Binary));
        let mixed = ["hành chính".as_bytes(), b" c\xB8ch"].concat();
        assert_eq!(decode_bytes(&mixed), at(14, Unreadable::Mixed));
        assert_eq!(decode_bytes(b"caf\xE9"), at(3, Unreadable::Unknown));
        assert_eq!(decode_bytes(b"\xFF\xFEa"), at(2, Unreadable::Mixed));
        assert_eq!(decode_bytes(b"\xFF\xFE\x00\xD8"), at(2, Unreadable::Mixed));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_within_the_file(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            if let Err(place) = decode_bytes(&bytes) {
                prop_assert!(place.byte < bytes.len());
            }
        }
    }
}

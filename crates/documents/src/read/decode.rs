//! From bytes to characters: Unicode, or an old Vietnamese encoding that the statistics prove.

use base::text::legacy::{self, LegacyEncoding, SourceEncoding, Unreadable, decode_bytes, guess};

use super::problem::{Place, ReadCode, ReadProblem};

/// Text with the encoding it was converted from, if that is worth telling.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: String,
    pub encoding: Option<&'static str>,
    /// Where letters stood apart from their marks: characters of the first line concerned.
    pub decomposed: Option<(usize, usize)>,
}

/// Fewest letters of Latin-1 that make a line worth a second look.
const SUSPECT_LETTERS_MIN: usize = 3;

/// Decodes a text file.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, ReadProblem> {
    let (text, encoding) = decode_bytes(bytes).map_err(|place| problem(&place))?;
    let name = match encoding {
        SourceEncoding::Utf8 => None,
        SourceEncoding::Utf16Le | SourceEncoding::Utf16Be => Some("UTF-16"),
        SourceEncoding::Windows1258 => Some("windows-1258"),
        SourceEncoding::Tcvn3 => Some("TCVN3"),
        SourceEncoding::Vni => Some("VNI"),
    };
    let unicode = matches!(
        encoding,
        SourceEncoding::Utf8 | SourceEncoding::Utf16Le | SourceEncoding::Utf16Be
    );
    if !unicode {
        return Ok(Decoded {
            text,
            encoding: name,
            decomposed: None,
        });
    }
    if let Some(hidden) = guess(&text) {
        return hidden_in_unicode(&text, hidden);
    }
    if let Some((at, hidden)) = stray_line(&text) {
        return Err(mixed(&text, at, "Unicode", name_of(hidden)));
    }
    let decomposed = std::str::from_utf8(bytes)
        .ok()
        .and_then(|raw| first_decomposed(raw, &text));
    Ok(Decoded {
        text,
        encoding: None,
        decomposed,
    })
}

/// Text of an old encoding that was saved as Unicode letter by letter: converted as a whole, or
/// refused where it is not of one piece.
fn hidden_in_unicode(text: &str, hidden: LegacyEncoding) -> Result<Decoded, ReadProblem> {
    match legacy::decode(text, hidden) {
        Ok(text) => Ok(Decoded {
            text,
            encoding: Some(name_of(hidden)),
            decomposed: None,
        }),
        Err(at) => Err(mixed(text, at, name_of(hidden), "Unicode")),
    }
}

fn name_of(encoding: LegacyEncoding) -> &'static str {
    match encoding {
        LegacyEncoding::Tcvn3 { .. } => "TCVN3",
        LegacyEncoding::Vni => "VNI",
    }
}

/// The first line of an old encoding in a text that is otherwise Unicode: its first character.
fn stray_line(text: &str) -> Option<(usize, LegacyEncoding)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mut suspects = 0;
        let mut vietnamese = false;
        let mut chars = 0;
        for c in line.chars() {
            chars += 1;
            suspects += usize::from(matches!(c, '\u{a1}'..='\u{ff}'));
            vietnamese |= matches!(c, '\u{1ea0}'..='\u{1ef9}' | 'ơ' | 'ư' | 'đ' | 'ă');
        }
        if suspects >= SUSPECT_LETTERS_MIN
            && !vietnamese
            && let Some(hidden) = guess(line)
        {
            return Some((at, hidden));
        }
        at += chars;
    }
    None
}

/// The first line that normalising changed, counted in the normalised text. Normalising keeps
/// every line feed, so the lines correspond.
fn first_decomposed(raw: &str, composed: &str) -> Option<(usize, usize)> {
    let raw = raw.strip_prefix('\u{feff}').unwrap_or(raw);
    if raw == composed {
        return None;
    }
    let mut at = 0;
    for (was, is) in raw
        .split_inclusive('\n')
        .zip(composed.split_inclusive('\n'))
    {
        let chars = is.chars().count();
        if was != is {
            return Some((at, at + is.trim_end().chars().count()));
        }
        at += chars;
    }
    None
}

fn mixed(text: &str, at: usize, first: &str, second: &str) -> ReadProblem {
    let line = text.chars().take(at).filter(|c| *c == '\n').count() + 1;
    ReadProblem::of(ReadCode::MixedEncodings)
        .at(Place::Character { at, line })
        .with("first", first)
        .with("second", second)
}

fn problem(place: &legacy::Place) -> ReadProblem {
    let at = Place::Byte(place.byte as u64);
    match place.reason {
        Unreadable::Binary => ReadProblem::of(ReadCode::UnknownKind)
            .at(at)
            .with("found", "binary"),
        Unreadable::Mixed => ReadProblem::of(ReadCode::MixedEncodings)
            .at(at)
            .with("first", "Unicode")
            .with("second", "8-bit"),
        Unreadable::Unknown => ReadProblem::of(ReadCode::UnknownEncoding).at(at),
    }
}

/// Text of a run converted by its font; `None` if the font hides no encoding, or the font's name
/// lies and the text is Unicode already.
pub(super) fn from_font(font: Option<&str>, text: &str) -> Option<(String, &'static str)> {
    let encoding = LegacyEncoding::of_font(font?)?;
    let name = name_of(encoding);
    if text.is_ascii() {
        // Nothing to convert but the case that a font of capitals shows.
        let capitals = encoding == (LegacyEncoding::Tcvn3 { capitals: true });
        return capitals.then(|| (text.to_uppercase(), name));
    }
    legacy::decode(text, encoding).ok().map(|text| (text, name))
}

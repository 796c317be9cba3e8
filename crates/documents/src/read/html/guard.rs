//! A look at the tags before they are parsed: duplicates among attributes are searched one by one
//! by every HTML tokenizer, so a tag with a hundred thousand of them would take minutes.

use crate::read::problem::{Place, ReadCode, ReadProblem};

/// Refuses a page in which one tag has more attributes than allowed.
pub(super) fn check(html: &str, attributes_max: usize) -> Result<(), ReadProblem> {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|b| *b == b'<') {
        at += step;
        if bytes[at..].starts_with(b"<!--") {
            at = after(bytes, at + 4, b"-->");
            continue;
        }
        let (end, words) = tag(bytes, at + 1);
        if words > attributes_max {
            let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
            let place = Place::Character {
                at: html.get(..at).map_or(0, |t| t.chars().count()),
                line,
            };
            return Err(ReadProblem::of(ReadCode::TooManyAttributes)
                .at(place)
                .with("limit", attributes_max));
        }
        let name = &bytes[at + 1..end.min(at + 10)];
        at = match raw_name(name) {
            Some(close) => after(bytes, end, close),
            None => end,
        };
    }
    Ok(())
}

/// End of the tag that opens here, and how many words stand in it outside of quotes.
fn tag(bytes: &[u8], start: usize) -> (usize, usize) {
    if !bytes
        .get(start)
        .is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/')
    {
        return (start, 0);
    }
    let mut words = 0;
    let mut quote = None;
    let mut before = b' ';
    for (n, byte) in bytes[start..].iter().enumerate() {
        match (quote, *byte) {
            (Some(q), b) if q == b => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return (start + n, words),
            (None, b'"' | b'\'') if before == b'=' => quote = Some(*byte),
            (None, b) if is_gap(before) && !is_gap(b) => words += 1,
            (None, _) => {}
        }
        if quote.is_none() && !(before == b'=' && byte.is_ascii_whitespace()) {
            before = *byte;
        }
    }
    (bytes.len(), words)
}

fn is_gap(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'')
}

fn raw_name(name: &[u8]) -> Option<&'static [u8]> {
    let opens =
        |word: &[u8]| name.len() >= word.len() && name[..word.len()].eq_ignore_ascii_case(word);
    if opens(b"script") {
        Some(b"</script")
    } else if opens(b"style") {
        Some(b"</style")
    } else {
        None
    }
}

/// The place after the next mark (letters in any case), or the end.
fn after(bytes: &[u8], from: usize, mark: &[u8]) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.windows(mark.len())
        .position(|w| w.eq_ignore_ascii_case(mark))
        .map_or(bytes.len(), |at| from + at + mark.len())
}

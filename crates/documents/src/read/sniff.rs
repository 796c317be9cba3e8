//! What a file is, told from its bytes.

use super::problem::{Place, ReadCode, ReadProblem};

/// The roads a file can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A ZIP archive, perhaps DOCX or XLSX.
    Zip,
    /// Text in some encoding, perhaps HTML.
    Text,
}

/// How far into a file its marks are looked for.
const HEAD_BYTES: usize = 4096;

/// Tells ZIP from text, and names whatever is neither.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, ReadProblem> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadProblem::of(ReadCode::Empty));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Zip);
    }
    if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Err(ole(bytes));
    }
    if head.starts_with(b"{\\rtf") {
        return Err(ReadProblem::of(ReadCode::Rtf).at(Place::Byte(0)));
    }
    if let Some(at) = find(&head[..head.len().min(1024)], b"%PDF-") {
        return Err(ReadProblem::of(ReadCode::Pdf).at(Place::Byte(at as u64)));
    }
    if let Some(found) = signature(head) {
        return Err(ReadProblem::of(ReadCode::UnknownKind)
            .at(Place::Byte(0))
            .with("found", found));
    }
    Ok(Kind::Text)
}

/// An OLE container: encrypted Office, old Word, old Excel, or something else, by the names of its streams.
fn ole(bytes: &[u8]) -> ReadProblem {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        find(bytes, &wide).is_some()
    };
    let code = if holds("EncryptedPackage") {
        ReadCode::Encrypted
    } else if holds("WordDocument") {
        ReadCode::OldWord
    } else if holds("Workbook") || holds("Book") {
        ReadCode::OldBook
    } else {
        ReadCode::OldOffice
    };
    ReadProblem::of(code).at(Place::Byte(0))
}

fn signature(head: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 12] = [
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF8", "GIF"),
        (b"\x1f\x8b", "gzip"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"Rar!", "RAR"),
        (b"BZh", "bzip2"),
        (b"\xfd7zXZ", "xz"),
        (b"\x7fELF", "ELF"),
        (b"MZ\x90", "EXE"),
        (b"SQLite format 3", "SQLite"),
        (b"MIME-Version:", "MHTML"),
    ];
    SIGNATURES
        .iter()
        .find(|(mark, _)| head.starts_with(mark))
        .map(|(_, name)| *name)
}

/// Whether text is HTML: it opens as a page, or has block tags early and closes them.
pub(super) fn is_html(text: &str) -> bool {
    let mut end = text.len().min(HEAD_BYTES * 4);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_ascii_lowercase();
    let opening = head.trim_start();
    if opening.starts_with("<!doctype html") || opening.starts_with("<html") {
        return true;
    }
    const TAGS: [&str; 9] = [
        "<html", "<head", "<body", "<div", "<p>", "<p ", "<article", "<table", "<h1",
    ];
    let opens = opening.starts_with('<') && !opening.starts_with("<%");
    let tags = TAGS.iter().filter(|tag| head.contains(**tag)).count();
    (opens && tags >= 1 && head.contains("</")) || (tags >= 3 && head.contains("</p>"))
}

/// First place of a short needle.
pub(super) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

//! What a file is, by its bytes; the sender's word is never taken.

/// Our type of some bytes, from the few kinds that the house keeps.
///
/// Returns the type and the usual ending; unknown bytes are `application/octet-stream`.
pub fn kind(bytes: &[u8]) -> (&'static str, &'static str) {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"\x89PNG\r\n\x1a\n") {
        ("image/png", "png")
    } else if starts(b"\xff\xd8\xff") {
        ("image/jpeg", "jpg")
    } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        ("image/webp", "webp")
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        ("image/gif", "gif")
    } else if starts(b"%PDF-") {
        ("application/pdf", "pdf")
    } else if starts(b"PK\x03\x04") {
        zip_kind(bytes)
    } else if starts(b"From:") || starts(b"MIME-Version:") {
        ("multipart/related", "mhtml")
    } else if is_text(bytes) {
        ("text/plain; charset=utf-8", "txt")
    } else {
        ("application/octet-stream", "bin")
    }
}

/// Whether a type is an image that may show inside a page.
pub fn is_image(media_type: &str) -> bool {
    matches!(
        media_type,
        "image/png" | "image/jpeg" | "image/webp" | "image/gif"
    )
}

fn zip_kind(bytes: &[u8]) -> (&'static str, &'static str) {
    let start = &bytes[..bytes.len().min(4096)];
    let holds = |word: &[u8]| start.windows(word.len()).any(|window| window == word);
    if holds(b"word/") {
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "docx",
        )
    } else if holds(b"xl/") {
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        )
    } else {
        ("application/zip", "zip")
    }
}

fn is_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    let cut = match std::str::from_utf8(start) {
        Ok(_) => return !start.contains(&0),
        Err(error) => error,
    };
    cut.error_len().is_none() && bytes.len() > start.len() && !start.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_calls_itself_an_image_is_text() {
        assert_eq!(
            kind(b"<script>alert(1)</script>").0,
            "text/plain; charset=utf-8"
        );
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n....").0, "image/png");
        assert_eq!(kind(b"\x00\x01\x02").0, "application/octet-stream");
        assert!(!is_image(
            kind(b"<svg xmlns='http://www.w3.org/2000/svg'/>").0
        ));
    }
}

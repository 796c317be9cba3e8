//! The same bytes in the encodings that browsers take.

use std::io::Write;

use bytes::Bytes;
use http::HeaderMap;
use http::header;

/// How the bytes of an answer are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

impl Encoding {
    /// The word of `content-encoding`, none for identity.
    pub(crate) fn word(self) -> Option<&'static str> {
        match self {
            Encoding::Identity => None,
            Encoding::Gzip => Some("gzip"),
            Encoding::Brotli => Some("br"),
        }
    }

    /// The end of a strong ETag in this encoding: other bytes, other tag.
    pub(crate) fn etag_end(self) -> &'static str {
        match self {
            Encoding::Identity => "",
            Encoding::Gzip => "-gz",
            Encoding::Brotli => "-br",
        }
    }
}

/// The best encoding that the visitor takes: brotli, gzip, identity.
pub(crate) fn accepted(headers: &HeaderMap) -> Encoding {
    let Some(line) = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|line| line.to_str().ok())
    else {
        return Encoding::Identity;
    };
    let takes = |name: &str| {
        line.split(',').any(|part| {
            let mut words = part.split(';');
            words
                .next()
                .is_some_and(|word| word.trim().eq_ignore_ascii_case(name))
                && !words.any(|word| matches!(word.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    };
    if takes("br") {
        Encoding::Brotli
    } else if takes("gzip") {
        Encoding::Gzip
    } else {
        Encoding::Identity
    }
}

/// The bytes compressed by gzip, or nothing if that makes them no smaller.
pub(crate) fn gzip(bytes: &[u8]) -> Option<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(
        Vec::with_capacity(bytes.len() / 3),
        flate2::Compression::new(6),
    );
    encoder.write_all(bytes).ok()?;
    smaller(encoder.finish().ok()?, bytes)
}

/// The bytes compressed by brotli, or nothing if that makes them no smaller.
pub(crate) fn brotli(bytes: &[u8], quality: u32) -> Option<Bytes> {
    let mut out = Vec::with_capacity(bytes.len() / 3);
    let mut encoder = brotli::CompressorWriter::new(&mut out, 4096, quality, 20);
    encoder.write_all(bytes).ok()?;
    encoder.flush().ok()?;
    drop(encoder);
    smaller(out, bytes)
}

fn smaller(made: Vec<u8>, than: &[u8]) -> Option<Bytes> {
    // A box has no spare room, and these bytes are kept for long.
    (made.len() < than.len()).then(|| Bytes::from(made.into_boxed_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_encoding_that_is_taken_is_chosen() {
        for (line, expected) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip", Encoding::Gzip),
            ("br;q=0, gzip;q=0.5", Encoding::Gzip),
            ("identity", Encoding::Identity),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, line.parse().unwrap());
            assert_eq!(accepted(&headers), expected, "{line}");
        }
    }

    #[test]
    fn compressed_bytes_come_back_the_same() {
        use std::io::Read;
        let page = "cải cách hành chính ".repeat(200);
        let mut back = String::new();
        flate2::read::GzDecoder::new(gzip(page.as_bytes()).unwrap().as_ref())
            .read_to_string(&mut back)
            .unwrap();
        assert_eq!(back, page);
        let mut back = String::new();
        brotli::Decompressor::new(brotli(page.as_bytes(), 5).unwrap().as_ref(), 4096)
            .read_to_string(&mut back)
            .unwrap();
        assert_eq!(back, page);
        assert!(gzip(b"x").is_none());
    }
}

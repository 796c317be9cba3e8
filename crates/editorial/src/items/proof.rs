//! The file or address that proves something done: which are accepted, and when two are the same.

use base::Refusal;
use house::evidence::{Capture, CaptureKind, CapturedFile};
use house::files::{image, sniff};

/// The file that proves a publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Bytes that came with the form, without the metadata of a camera.
    Sent {
        /// Its name on the sender's machine.
        name: String,
        /// Our type of it.
        media_type: &'static str,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// A file that was kept when the form came with mistakes before.
    Kept(CapturedFile),
}

impl Proof {
    /// Checks a file: a PDF, an image (whose metadata is taken off) or a saved page (MHTML).
    ///
    /// # Refusals
    /// `item-file-kind`; those of [`image::check`].
    pub fn of(name: &str, bytes: &[u8]) -> Result<Self, Refusal> {
        let (media_type, ending) = sniff::kind(bytes);
        let name = if name.trim().is_empty() {
            format!("tep.{ending}")
        } else {
            name.to_owned()
        };
        if sniff::is_image(media_type) {
            let image = image::check(bytes, "file")?;
            return Ok(Self::Sent {
                name,
                media_type: image.media_type,
                bytes: image.bytes,
            });
        }
        if !is_proof(media_type) {
            return Err(Refusal::at("file", "item-file-kind"));
        }
        Ok(Self::Sent {
            name,
            media_type,
            bytes: bytes.to_vec(),
        })
    }

    /// The description of the file, as evidence names it.
    pub fn captured(&self) -> CapturedFile {
        match self {
            Self::Sent {
                name,
                media_type,
                bytes,
            } => CapturedFile::of(name, media_type, bytes),
            Self::Kept(file) => file.clone(),
        }
    }
}

/// Whether a file of this type proves a publication.
pub fn is_proof(media_type: &str) -> bool {
    sniff::is_image(media_type) || matches!(media_type, "application/pdf" | "multipart/related")
}

/// What is kept: the address with the file, or the file alone.
pub fn capture(title: &str, link: &str, proof: Option<&Proof>, now: i64) -> Capture {
    Capture {
        kind: if link.is_empty() {
            CaptureKind::File
        } else {
            CaptureKind::Link
        },
        title: title.to_owned(),
        url: link.to_owned(),
        taken_at_ms: now,
        files: proof.map(Proof::captured).into_iter().collect(),
    }
}

/// By what two addresses are the same: without scheme, `www.`, fragment and closing stroke, the host
/// in small letters. `None` when it is no address of the web.
pub fn link_key(link: &str) -> Option<String> {
    let link = link.trim();
    let (scheme, rest) = link.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let is_clean = !rest.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
    if !is_web || !is_clean {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let cut = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(cut);
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let is_host = host.contains('.') && !host.starts_with('.') && !host.contains('@');
    is_host.then(|| format!("{host}{}", path.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_an_address_are_the_same() {
        let key = link_key("https://www.Bao.example/Tin/1/#x").unwrap();
        assert_eq!(key, "bao.example/Tin/1");
        assert_eq!(link_key("http://bao.example/Tin/1"), Some(key));
        assert_ne!(
            link_key("https://bao.example/?id=1"),
            link_key("https://bao.example/?id=2")
        );
        for bad in [
            "bao.example",
            "ftp://a.b",
            "https://",
            "https://a b.c",
            "javascript:alert(1)",
            "https://x@a.b",
        ] {
            assert_eq!(link_key(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_pdf_images_and_saved_pages_are_proof() {
        assert!(Proof::of("a.pdf", b"%PDF-1.7").is_ok());
        assert!(Proof::of("a.mhtml", b"From: <x>").is_ok());
        let page = Proof::of("a.pdf", b"<html>").unwrap_err();
        assert_eq!(page, Refusal::at("file", "item-file-kind"));
        assert_eq!(
            Proof::of("a.png", b"\x89PNG\r\n\x1a\n").unwrap_err().code(),
            "image-broken"
        );
        assert!(!is_proof("text/html; charset=utf-8"));
    }
}

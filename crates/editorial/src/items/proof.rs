//! The file or address that proves something done: which are accepted, and when two are the same.

use base::Refusal;
use house::evidence::{Capture, CaptureKind, CapturedFile, Picture};
use house::files::{image, sniff};

pub use house::evidence::link::link_key;

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
        /// What it looks like, once somebody has looked.
        picture: Option<Picture>,
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
        Self::accepted(name, bytes, is_proof)
    }

    /// Checks a file against a wider or narrower choice of types.
    ///
    /// # Refusals
    /// `item-file-kind` for a type that is not accepted; those of [`image::check`].
    pub fn accepted(name: &str, bytes: &[u8], accepts: fn(&str) -> bool) -> Result<Self, Refusal> {
        let (media_type, ending) = sniff::kind(bytes);
        let name = if name.trim().is_empty() {
            format!("tep.{ending}")
        } else {
            name.to_owned()
        };
        if sniff::is_image(media_type) && accepts(media_type) {
            let image = image::check(bytes, "file")?;
            return Ok(Self::Sent {
                name,
                media_type: image.media_type,
                bytes: image.bytes,
                picture: None,
            });
        }
        if !accepts(media_type) {
            return Err(Refusal::at("file", "item-file-kind"));
        }
        Ok(Self::Sent {
            name,
            media_type,
            bytes: bytes.to_vec(),
            picture: None,
        })
    }

    /// The description of the file, as evidence names it.
    pub fn captured(&self) -> CapturedFile {
        match self {
            Self::Sent {
                name,
                media_type,
                bytes,
                ..
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wider_choice_takes_papers_too_and_still_no_pages() {
        let word = [&b"PK\x03\x04"[..], b"....word/document.xml"].concat();
        assert!(Proof::of("a.docx", &word).is_err());
        let accepts = |kind: &str| is_proof(kind) || kind.contains("wordprocessingml");
        assert!(Proof::accepted("a.docx", &word, accepts).is_ok());
        assert!(Proof::accepted("a.html", b"<html>", accepts).is_err());
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

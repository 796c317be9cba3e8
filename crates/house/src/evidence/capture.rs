//! A capture: what was published, as it was at one moment.

use base::Fault;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// What was captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptureKind {
    /// A page of our own portal: the rendered bytes and every file that it shows.
    Page,
    /// A file without a page: minutes, a list of those present, a photograph of a panel.
    File,
    /// Something published elsewhere: its address, with what was uploaded as proof of it.
    Link,
}

impl CaptureKind {
    /// The word that tables and the log use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::File => "file",
            Self::Link => "link",
        }
    }

    /// The kind of a word, if there is one.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Page, Self::File, Self::Link]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// One file of a capture: which bytes, not the bytes themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapturedFile {
    /// What the person called it, such as `Biên bản.pdf`; a rendered page is `page.html`.
    pub name: String,
    /// Type of the content, such as `application/pdf`.
    pub media_type: String,
    /// SHA-256 of the bytes, in lower-case hex.
    pub sha256: String,
    /// Number of bytes.
    pub size: u64,
}

impl CapturedFile {
    /// The description of these bytes.
    pub fn of(name: &str, media_type: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            sha256: hex::encode(Sha256::digest(bytes)),
            size: bytes.len() as u64,
        }
    }
}

/// What was published, as it was at one moment. The rendered page, if there is one, is the first file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capture {
    /// What was captured.
    pub kind: CaptureKind,
    /// Title, as readers saw it.
    pub title: String,
    /// Where it was to be read; empty for a file that was never at an address.
    pub url: String,
    /// When it was taken, in milliseconds since 1970 (UTC).
    pub taken_at_ms: i64,
    /// Its files, in order.
    pub files: Vec<CapturedFile>,
}

/// Member of an entry's `data` under which a capture is committed to.
pub const CAPTURE_MEMBER: &str = "capture";

impl Capture {
    /// A page of our own portal; gives back the rendered bytes' own description as first file.
    pub fn page(title: &str, url: &str, taken_at_ms: i64, html: &[u8]) -> Self {
        Self {
            kind: CaptureKind::Page,
            title: title.to_owned(),
            url: url.to_owned(),
            taken_at_ms,
            files: vec![CapturedFile::of(
                "page.html",
                "text/html; charset=utf-8",
                html,
            )],
        }
    }

    /// The same capture with one more file.
    #[must_use]
    pub fn with_file(mut self, file: CapturedFile) -> Self {
        self.files.push(file);
        self
    }

    /// What an entry must hold in its `data` under [`CAPTURE_MEMBER`], so that the log commits to
    /// every byte of every file. A feature adds members of its own beside it.
    pub fn to_data(&self) -> Value {
        json!({
            "kind": self.kind.as_str(),
            "title": self.title,
            "url": self.url,
            "taken_at_ms": self.taken_at_ms,
            "files": self.files.iter().map(|file| json!({
                "name": file.name,
                "media_type": file.media_type,
                "sha256": file.sha256,
                "size": file.size,
            })).collect::<Vec<_>>(),
        })
    }

    /// The capture that an entry's `data` commits to, if it commits to one.
    pub fn from_data(data: &Value) -> Option<Self> {
        serde_json::from_value(data.get(CAPTURE_MEMBER)?.clone()).ok()
    }

    /// The time it was taken, as RFC 3339 in Vietnam's offset, for people and manifests.
    ///
    /// # Faults
    /// The time is not one that a calendar has.
    pub fn taken_at(&self) -> Result<String, Fault> {
        rfc3339(self.taken_at_ms)
    }
}

/// A time as contracts write it: RFC 3339 with the offset of Vietnam, to the second.
///
/// # Faults
/// The time is not one that a calendar has.
pub fn rfc3339(at_ms: i64) -> Result<String, Fault> {
    let seven_hours_east = jiff::tz::Offset::constant(7);
    Timestamp::from_millisecond(at_ms)
        .map(|at| at.display_with_offset(seven_hours_east).to_string())
        .map_err(|e| Fault::from_source("a time of evidence is not a time", e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::canonical::to_canonical;

    #[test]
    fn what_an_entry_commits_to_comes_back_as_the_capture() {
        let capture = Capture::page(
            "Tin mới",
            "https://stp.example.vn/tin/tin-moi-1",
            1_678_095_660_000,
            b"<h1>",
        )
        .with_file(CapturedFile::of("Ảnh 1.jpg", "image/jpeg", b"\xff\xd8"));
        let data = json!({ CAPTURE_MEMBER: capture.to_data(), "edition": "1" });
        let canonical = to_canonical(&data).unwrap();
        assert_eq!(
            Capture::from_data(&serde_json::from_str(&canonical).unwrap()),
            Some(capture.clone())
        );
        assert_eq!(Capture::from_data(&json!({})), None);
        assert_eq!(capture.taken_at().unwrap(), "2023-03-06T16:41:00+07:00");
        for kind in [CaptureKind::Page, CaptureKind::File, CaptureKind::Link] {
            assert_eq!(CaptureKind::parse(kind.as_str()), Some(kind));
        }
    }
}

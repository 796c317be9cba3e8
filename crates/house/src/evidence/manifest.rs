//! `manifest.json`: what is in a pack, for whom, and the hash of every other file in it.
//!
//! The manifest fixes the whole pack: the files stand in the archive in the order in which it lists
//! them (of each item its files and its proof, then the rest), then it itself, then `manifest.sig`,
//! which is a signed note over the manifest's SHA-256. With the container's one form, every byte of
//! the pack follows from the manifest, the files and the signature.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::capture::CaptureKind;

/// The form and its version, the first member of a manifest.
pub const FORMAT: &str = "loa-evidence-pack/1";
/// Path of the manifest.
pub const MANIFEST: &str = "manifest.json";
/// Path of the signed note over the manifest.
pub const SIGNATURE: &str = "manifest.sig";
/// Path of the log's checkpoint.
pub const CHECKPOINT: &str = "checkpoint";
/// Path of the explanation.
pub const README: &str = "README.txt";
/// Path of the list of everything, to be read in a browser.
pub const INDEX: &str = "index.html";
/// Path of the proof that the log continues that of the previous pack.
pub const CONSISTENCY: &str = "proofs/consistency.json";
/// Longest manifest that is written or read, in bytes.
pub const MANIFEST_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// What a pack is about; what its maker says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackHeading {
    /// What: such as the title of the plan.
    pub title: String,
    /// The plan, if the pack is of one.
    pub plan: Option<String>,
    /// Whose: id and name of the agency.
    pub agency: (String, String),
    /// The unit, if the pack is of one.
    pub unit: Option<String>,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day, `YYYY-MM-DD`.
    pub to: String,
    /// When it is made, in milliseconds since 1970 (UTC).
    pub made_at_ms: i64,
}

/// The manifest as its file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// What the pack is about.
    pub title: String,
    /// The plan's id, if it is of one.
    pub plan: Option<String>,
    /// Whose evidence it is.
    pub agency: Agency,
    /// The unit, if it is of one.
    pub unit: Option<String>,
    /// Which days.
    pub period: Period,
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// The log that it is proved by.
    pub log: Log,
    /// The evidence.
    pub items: Vec<Item>,
    /// The other files, in the order of the archive.
    pub files: Vec<Listed>,
}

/// Whose evidence it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Its id in the log.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// From a day to a day, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day, `YYYY-MM-DD`.
    pub to: String,
}

/// The head of the log, the same as in `checkpoint`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Name of the log.
    pub origin: String,
    /// Its public key: `name+id+base64`.
    pub key: String,
    /// Leaves of the tree.
    pub tree_size: u64,
    /// Root of the tree, base64.
    pub root: String,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its number in the pack, from 1.
    pub n: u64,
    /// What was captured.
    pub kind: CaptureKind,
    /// Title, as readers saw it.
    pub title: String,
    /// Where it was to be read.
    pub url: String,
    /// When it was captured, RFC 3339 to the second.
    pub taken_at: String,
    /// What it shows, as the log has it.
    pub shown: Shown,
    /// What it is evidence for.
    pub proves: String,
    /// Id of the log entry that commits to it.
    pub entry: String,
    /// Number of that entry in the log, from 0.
    pub leaf_index: u64,
    /// Its files.
    pub files: Vec<ItemFile>,
    /// The proof that the entry is in the log.
    pub proof: Listed,
}

/// What a piece shows, as who added it said: in the log's entry, beside the capture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// What sort of proof it is: `minutes`, `photo`; empty where nobody said.
    pub evidence_kind: String,
    /// The day of what it shows, `YYYY-MM-DD`; empty where nobody said.
    pub shown_on: String,
    /// Where that was.
    pub place: String,
    /// Who says so.
    pub source: String,
    /// What it proves, in the words of who added it.
    pub statement: String,
}

impl Shown {
    /// What the data of an entry says; empty where it says nothing.
    pub fn of_data(data: &Value) -> Self {
        let text = |name: &str| {
            let found = data.get(name).and_then(Value::as_str);
            found.unwrap_or_default().to_owned()
        };
        Self {
            evidence_kind: text("kind"),
            shown_on: text("shown_on"),
            place: text("place"),
            source: text("source"),
            statement: text("proves"),
        }
    }

    /// What the canonical data of an entry says.
    pub(super) fn from_data(data: &str) -> Self {
        let data = serde_json::from_str(data).unwrap_or(Value::Null);
        Self::of_data(&data)
    }
}

/// A file of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemFile {
    /// Where it stands in the pack.
    pub path: String,
    /// What people called it.
    pub name: String,
    /// Type of its content.
    pub media_type: String,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// Any other file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Where it stands in the pack.
    pub path: String,
    /// Type of its content.
    pub media_type: String,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

impl Manifest {
    /// Path, SHA-256 and size of every file but the manifest and its signature, in archive order.
    pub fn listed(&self) -> impl Iterator<Item = (&str, &str, u64)> {
        let items = self.items.iter().flat_map(|item| {
            let proof = &item.proof;
            item.files
                .iter()
                .map(|f| (f.path.as_str(), f.sha256.as_str(), f.size))
                .chain([(proof.path.as_str(), proof.sha256.as_str(), proof.size)])
        });
        let rest = self
            .files
            .iter()
            .map(|f| (f.path.as_str(), f.sha256.as_str(), f.size));
        items.chain(rest)
    }

    /// The JSON before and after the items, so that they can be written one after the other.
    ///
    /// # Errors
    /// Never with texts and numbers.
    pub(super) fn around_items(&self) -> serde_json::Result<(String, String)> {
        let bare = Self {
            items: Vec::new(),
            ..self.clone()
        };
        let whole = serde_json::to_string_pretty(&bare)?;
        // The items stand between two members, and no text can hold a bare quote.
        let (head, foot) = whole.split_once("\"items\": []").unwrap_or((&whole, ""));
        Ok((format!("{head}\"items\": ["), format!("\n  ]{foot}\n")))
    }

    /// Whether a file of this path is listed beside the items.
    pub fn has_file(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.path == path)
    }
}

/// The text of the signed note over a manifest with this SHA-256 (lower-case hex).
///
/// It cannot be mistaken for a checkpoint, whose second line is a number.
pub fn signature_text(sha256: &str) -> String {
    format!("{FORMAT}\nsha256:{sha256}\n{MANIFEST}\n")
}

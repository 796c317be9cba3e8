//! What a walk over the whole log found, for people and for `--json`.

use serde::Serialize;

/// Faults that are listed one by one; the rest are only counted.
pub(super) const FAULTS_MAX: usize = 1_000;

/// What is wrong at a place of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFaultKind {
    /// The row of the entry is not as it was written.
    Changed,
    /// A leaf or the entry of a leaf is gone.
    Missing,
    /// A leaf stands where another one was sealed.
    Inserted,
    /// A sealed leaf stands at another number than its own.
    Renumbered,
    /// Rows agree with each other but not with a signed checkpoint: they were written anew together.
    Rewritten,
    /// A signed checkpoint knows of leaves that the log no longer has.
    Truncated,
    /// The entry is older than the newest leaf and was never sealed.
    Unsequenced,
    /// Leaves that no checkpoint covers.
    Unsigned,
    /// A stored tile does not agree with the leaves.
    Tile,
    /// A checkpoint is not signed by the log's key, or not in its form.
    Signature,
    /// The counter of leaves does not agree with the leaves.
    Head,
    /// What is sealed of a person cannot be opened: the key was changed, or is gone without the act
    /// that erases it.
    Key,
    /// A person's words were erased on request, and their key is there again.
    Unerased,
}

impl LogFaultKind {
    /// The stable word, the same as in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Inserted => "inserted",
            Self::Renumbered => "renumbered",
            Self::Rewritten => "rewritten",
            Self::Truncated => "truncated",
            Self::Unsequenced => "unsequenced",
            Self::Unsigned => "unsigned",
            Self::Tile => "tile",
            Self::Signature => "signature",
            Self::Head => "head",
            Self::Key => "key",
            Self::Unerased => "unerased",
        }
    }
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogFault {
    /// What is wrong.
    pub kind: LogFaultKind,
    /// The first sequence number at fault.
    pub seq: u64,
    /// The last one that may be at fault; the same as `seq` when the place is exact.
    pub last_seq: u64,
    /// The entry, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
}

/// What the walk found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LogVerdict {
    /// Whether nothing at all is wrong.
    pub ok: bool,
    /// Leaves walked.
    pub leaves: u64,
    /// Checkpoints checked, those known from elsewhere included.
    pub checkpoints: u64,
    /// Entries that wait for the sequencer; not a fault.
    pub pending: u64,
    /// The root over all leaves, in base64.
    pub root: String,
    /// The first sequence number at fault.
    pub first_bad: Option<u64>,
    /// The faults, first place first, at most 1,000.
    pub faults: Vec<LogFault>,
    /// Faults beyond those listed.
    pub more_faults: u64,
}

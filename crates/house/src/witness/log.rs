//! What a running house knows of its log beside the rows: the key, what it remembers of the newest
//! checkpoint, where else that is written, and how the last look went.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use base::Fault;

use crate::audit::{Checkpoint, CosigningKey, SigningKey};

use super::egress::Egress;

/// What the operator chose for the log.
#[derive(Clone, Debug, Default)]
pub struct LogOptions {
    /// The house's own note of the newest checkpoint, outside the database; none keeps none.
    pub own_file: Option<PathBuf>,
    /// A file on another disk, to which every checkpoint is added.
    pub witness_file: Option<PathBuf>,
    /// How witnesses are reached.
    pub egress: Egress,
}

/// The log of a running house. Cheap to clone.
#[derive(Clone)]
pub struct Log {
    inner: Arc<Inner>,
}

struct Inner {
    key: Arc<SigningKey>,
    cosigner: CosigningKey,
    options: LogOptions,
    state: Mutex<State>,
    turn: tokio::sync::Mutex<()>,
}

/// A checkpoint with the note that signs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// The signed note.
    pub note: String,
}

/// How the last look went.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// When, in milliseconds since 1970; 0 before the first.
    pub at_ms: i64,
    /// From where a checkpoint was remembered and held against the log: words of [`Source`].
    pub sources: Vec<&'static str>,
    /// What the witness file's disk said, if it failed.
    pub file_trouble: Option<String>,
}

#[derive(Default)]
struct State {
    newest: Option<Known>,
    in_file: Option<(u64, i64)>,
    look: Look,
}

/// Where a checkpoint was remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// This process.
    Memory,
    /// The house's own file, beside the database.
    Folder,
    /// The file on another disk.
    File,
    /// The newest note of the database itself.
    Database,
    /// Somebody who brought a note to be checked.
    Reader,
}

impl Source {
    /// The word that tables use; people read `log-source-{word}`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Folder => "folder",
            Self::File => "file",
            Self::Database => "database",
            Self::Reader => "reader",
        }
    }
}

impl Log {
    /// The log that this key signs.
    ///
    /// # Faults
    /// As [`CosigningKey::of`].
    pub fn new(key: Arc<SigningKey>, options: LogOptions) -> Result<Self, Fault> {
        let cosigner = CosigningKey::of(&key)?;
        Ok(Self {
            inner: Arc::new(Inner {
                key,
                cosigner,
                options,
                state: Mutex::default(),
                turn: tokio::sync::Mutex::default(),
            }),
        })
    }

    /// The key that signs checkpoints.
    pub fn key(&self) -> &SigningKey {
        &self.inner.key
    }

    /// The key that signs for us as a witness of others.
    pub fn cosigner(&self) -> &CosigningKey {
        &self.inner.cosigner
    }

    /// What the operator chose.
    pub fn options(&self) -> &LogOptions {
        &self.inner.options
    }

    /// Reads a note that the log's key signed.
    pub fn open(&self, note: &str) -> Option<Known> {
        let checkpoint = Checkpoint::open(note, self.key().verifier()).ok()?;
        Some(Known {
            checkpoint,
            note: note.to_owned(),
        })
    }

    /// How the last look went.
    pub fn last_look(&self) -> Look {
        let state = self.inner.state.lock();
        state.map(|state| state.look.clone()).unwrap_or_default()
    }

    /// The newest checkpoint that this process saw.
    pub(super) fn newest(&self) -> Option<Known> {
        self.inner.state.lock().ok()?.newest.clone()
    }

    /// Remembers the newest checkpoint; after an alarm was settled, also a smaller one.
    pub(super) fn remember(&self, known: Known) {
        if let Ok(mut state) = self.inner.state.lock() {
            state.newest = Some(known);
        }
    }

    /// Forgets it: what was remembered belongs to a history that a person has given up.
    pub(super) fn forget(&self) {
        if let Ok(mut state) = self.inner.state.lock() {
            state.newest = None;
        }
    }

    pub(super) fn looked(&self, look: Look) {
        if let Ok(mut state) = self.inner.state.lock() {
            state.look = look;
        }
    }

    /// The size and time of the note that was last added to the witness file.
    pub(super) fn in_file(&self) -> Option<(u64, i64)> {
        self.inner.state.lock().ok()?.in_file
    }

    pub(super) fn wrote(&self, size: u64, at_ms: i64) {
        if let Ok(mut state) = self.inner.state.lock() {
            state.in_file = Some((size, at_ms));
        }
    }

    /// One sealing and one look at a time in each process.
    pub(super) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.inner.turn.lock().await
    }
}

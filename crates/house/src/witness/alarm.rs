//! An alarm: the log of today is not the one that was signed before. Both signed notes are kept, and
//! whoever has them can prove it without us.

use base::id::RowId;

use crate::audit::Checkpoint;
use crate::audit::tree::Hash;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlarmKind {
    /// The log is shorter than one that was signed: the database was put back, or its end deleted.
    RolledBack,
    /// The log has as many entries, but others: there are two histories.
    Forked,
}

impl AlarmKind {
    /// The word that tables use; people read `log-alarm-{word}`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RolledBack => "rolled_back",
            Self::Forked => "forked",
        }
    }

    /// The kind of a word, if there is one.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::RolledBack, Self::Forked]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }

    /// What a checkpoint that was signed before says of the log of today: how many leaves it has,
    /// and the root of as many as the checkpoint knows, if it can still be computed.
    pub fn of(known: &Checkpoint, length: u64, root: Option<Hash>) -> Option<Self> {
        if known.size > length {
            Some(Self::RolledBack)
        } else if root != Some(known.root) {
            Some(Self::Forked)
        } else {
            None
        }
    }
}

/// An alarm as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Its id.
    pub id: RowId,
    /// What is wrong.
    pub kind: AlarmKind,
    /// Where the earlier checkpoint was remembered; the name of a witness for one.
    pub source: String,
    /// The note that was signed before.
    pub known_note: String,
    /// The newest note of the log as it was found; empty if it had none.
    pub own_note: String,
    /// When, in milliseconds since 1970.
    pub found_at: i64,
    /// How it ended: when, by whom, why.
    pub settled: Option<Settled>,
}

/// How an alarm ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// The name of who settled it.
    pub by: String,
    /// Why the log of today is the one to go on with.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::SigningKey;
    use crate::audit::tree::{empty_root, leaf_hash};

    #[test]
    fn a_shorter_log_is_rolled_back_and_another_root_is_a_fork() {
        let key = SigningKey::from_seed("a", [1; 32]).unwrap();
        let known = Checkpoint::new(&key, 5, leaf_hash(b"x"));
        assert_eq!(AlarmKind::of(&known, 5, Some(leaf_hash(b"x"))), None);
        assert_eq!(AlarmKind::of(&known, 9, Some(leaf_hash(b"x"))), None);
        assert_eq!(AlarmKind::of(&known, 4, None), Some(AlarmKind::RolledBack));
        let other = Some(empty_root());
        assert_eq!(AlarmKind::of(&known, 5, other), Some(AlarmKind::Forked));
        assert_eq!(AlarmKind::of(&known, 6, None), Some(AlarmKind::Forked));
        for kind in [AlarmKind::RolledBack, AlarmKind::Forked] {
            assert_eq!(AlarmKind::parse(kind.as_str()), Some(kind));
        }
    }
}

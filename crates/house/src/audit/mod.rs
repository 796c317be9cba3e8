//! The log of the house: every act, in the order in which it was sealed, so that nobody can change
//! the past unseen, not even with the database in hand.
//!
//! An act writes its [`Entry`] in its own transaction. Within a second a single sequencer makes the
//! new entries leaves of a Merkle tree ([`tree`], RFC 6962) and signs its root as a checkpoint
//! ([`checkpoint`], C2SP tlog-checkpoint). [`check`] walks the whole log and names the first place
//! where the rows and the signed past disagree. `docs/decisions/0006-audit-in-the-same-transaction.md`
//! tells why it is built so.
//!
//! What is not here: what an act means (its feature knows), and personal data of the public, which
//! must not enter `data` because a leaf can never be taken back.

pub mod audit_store;
pub mod canonical;
pub mod check;
pub mod checkpoint;
pub mod entry;
pub mod key;
pub mod note;
pub mod sequencer;
pub mod tree;
pub mod verdict;
pub mod walk;

pub use audit_store::append;
pub use check::LogCheck;
pub use checkpoint::Checkpoint;
pub use entry::{Doer, Entry, EntryRow};
pub use key::{SigningKey, VerifierKey};
pub use note::{NoteError, SignedNote};
pub use sequencer::{Proven, prove, prove_consistency, seal};
pub use verdict::{LogFault, LogFaultKind, LogVerdict};
pub use walk::verify_log;

#[cfg(test)]
mod tests;

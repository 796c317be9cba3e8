//! The log of the house: every act, in the order in which it was sealed, so that nobody can change
//! the past unseen, not even with the database in hand.
//!
//! An act writes its [`Entry`] in its own transaction. Within a second a single sequencer makes the
//! new entries leaves of a Merkle tree ([`tree`], RFC 6962) and signs its root as a checkpoint
//! ([`checkpoint`], C2SP tlog-checkpoint). [`check`] walks the whole log and names the first place
//! where the rows and the signed past disagree. `docs/decisions/0006-audit-in-the-same-transaction.md`
//! tells why it is built so.
//!
//! A leaf can never be taken back, so what is personal in it is sealed under a key of the person's
//! own ([`personal`], [`person_store`]): erasing the key forgets the words, and every proof holds.
//! [`cosignature`] is what a witness says of a checkpoint.
//!
//! What is not here: what an act means (its feature knows), who keeps watch over the log and the
//! pages of it (`house::witness`), and personal data of the public, which must not enter `data`.

pub mod audit_store;
pub mod canonical;
pub mod check;
pub mod checkpoint;
pub mod cosignature;
pub mod entry;
pub mod entry_store;
pub mod key;
mod key_check;
pub mod note;
pub mod person_store;
pub mod personal;
pub mod proof_file;
pub mod sequencer;
pub mod short_note;
pub mod tree;
pub mod verdict;
pub mod walk;

pub use audit_store::append;
pub use check::LogCheck;
pub use checkpoint::Checkpoint;
pub use cosignature::{CosigningKey, WitnessKey};
pub use entry::{Doer, Entry, EntryRow};
pub use key::{SigningKey, VerifierKey};
pub use note::{NoteError, SignedNote};
pub use personal::personal;
pub use proof_file::ProofFile;
pub use sequencer::{Proven, is_waiting, prove, prove_consistency, prove_leaf, root_at, seal};
pub use verdict::{LogFault, LogFaultKind, LogVerdict};
pub use walk::verify_log;

/// The newest signed checkpoint, a C2SP note with one signature: what a report prints as a QR code.
/// `None` while nothing has been sealed.
///
/// # Faults
/// The database does not answer.
pub async fn checkpoint_note(conn: &mut db::Conn) -> Result<Option<String>, base::Fault> {
    audit_store::newest_checkpoint(conn).await
}

#[cfg(test)]
mod tests;

//! Evidence (*minh chứng, tài liệu kiểm chứng*): what was published, kept as it was at that moment,
//! and provable to somebody who trusts neither the agency nor this program.
//!
//! A [`Capture`] is taken when something is published; its files and their hashes go into the
//! `data` of the act's log entry, so that the log commits to every byte. A pack ([`PackWriter`]) is
//! a ZIP that carries captures, the proof that each is in the log, and all that a stranger needs to
//! check it; [`verify::pack`] checks it with nothing else.
//!
//! A piece says what sort of proof it is ([`EvidenceKind`]), the day and place of what it shows, and what
//! it proves: any number of things ([`attach`], [`of_subject`]), of whatever kind. One that seems to be
//! an older one again is told and kept with a reason ([`alike`]); none is ever taken away ([`withdraw`]).
//!
//! `docs/decisions/0006-audit-in-the-same-transaction.md` and the README inside every pack
//! (`readme.txt` here) say how. What is not here: which items are evidence for which activity
//! (the newsroom and the plan know), and the files' own storage.

pub mod capture;
pub mod container;
pub mod evidence_store;
pub mod fault;
mod index_page;
mod items;
mod keeping;
pub mod kind;
mod likeness;
pub mod likeness_store;
pub mod link;
pub mod manifest;
pub mod pack;
pub mod picture;
pub mod proof_file;
mod shelf;
mod spool;
mod subject_store;
mod subjects;
pub mod verify;

pub use capture::{Capture, CaptureKind, CapturedFile};
pub use evidence_store::{Evidence, Withdrawal};
pub use fault::{PackFault, PackFaultCode};
pub use keeping::{NewPiece, keep, withdraw};
pub use kind::EvidenceKind;
pub use likeness::{Alike, Likeness, alike, keep_both, picture_of};
pub use manifest::{Manifest, PackHeading};
pub use pack::{ItemHeading, PackReceipt, PackWriter, ReportForm};
pub use picture::Picture;
pub use subjects::{attach, count_of_subjects, detach, of_subject, subjects_of};
pub use verify::{KeySource, Verdict};

#[cfg(test)]
mod tests;

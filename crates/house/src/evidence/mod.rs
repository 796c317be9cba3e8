//! Evidence (*minh chứng, tài liệu kiểm chứng*): what was published, kept as it was at that moment,
//! and provable to somebody who trusts neither the agency nor this program.
//!
//! A [`Capture`] is taken when something is published; its files and their hashes go into the
//! `data` of the act's log entry, so that the log commits to every byte. A pack ([`PackWriter`]) is
//! a ZIP that carries captures, the proof that each is in the log, and all that a stranger needs to
//! check it; [`verify::pack`] checks it with nothing else.
//!
//! `docs/decisions/0006-audit-in-the-same-transaction.md` and the README inside every pack
//! (`readme.txt` here) say how. What is not here: which items are evidence for which activity
//! (the newsroom and the plan know), and the files' own storage.

pub mod capture;
pub mod container;
pub mod evidence_store;
pub mod fault;
mod items;
pub mod manifest;
pub mod pack;
pub mod proof_file;
mod shelf;
pub mod verify;

pub use capture::{Capture, CaptureKind, CapturedFile};
pub use fault::{PackFault, PackFaultCode};
pub use manifest::{Manifest, PackHeading};
pub use pack::{ItemHeading, PackReceipt, PackWriter, ReportForm};
pub use verify::{KeySource, Verdict};

#[cfg(test)]
mod tests;

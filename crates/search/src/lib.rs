//! Search: entries in, hits out. It knows Vietnamese and no feature.
//!
//! Everything here is derived data: an index that is damaged, or was written by an older Loa, is
//! thrown away and filled again from the database. [`Index::mark`] says up to which change the
//! index has been filled; a fresh index says 0.
//!
//! How words are found (the reasons are in `ask.rs` and `reading.rs`):
//! - a query without marks finds every spelling (`duong` finds *đường*, *dương*, *đương*);
//! - a syllable typed with marks finds only itself (*đường* does not find *đương*); when nothing at
//!   all is found so, marks are set aside and [`Hits::fallback`] says it;
//! - Vietnamese words are several syllables, so a syllable counts only beside a neighbour it has in
//!   the query: *đường sắt* does not find "đường bộ … sắt thép";
//! - *hoà* and *hòa* are one word, *kỹ* and *kĩ* too, CCHC and *cải cách hành chính* too;
//! - `"…"` asks for the words just as they stand;
//! - `152/QĐ-STP` is one word, and `QD` does for `QĐ` in it.
//!
//! # Example
//!
//! ```
//! use search::{Entry, Index, Query};
//!
//! let index = Index::in_memory()?;
//! index.add(&[Entry {
//!     id: "a1".into(),
//!     agency: "stp".into(),
//!     title: "Kế hoạch cải cách hành chính".into(),
//!     ..Entry::default()
//! }])?;
//! index.commit(1)?;
//! let hits = index.search(&Query::new("stp", "cai cach hanh chinh"))?;
//! assert_eq!(hits.total, 1);
//! # Ok::<(), base::Fault>(())
//! ```
#![deny(missing_docs)]

mod abbreviation;
mod ask;
mod clauses;
mod entry;
mod fields;
mod find;
mod index;
mod reading;
mod snippet;
mod spelling;
mod telex;

pub use entry::{Entry, Hit, Hits, Query};
pub use index::Index;

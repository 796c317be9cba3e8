//! The document tree of everything that is written: blocks and inlines, and nothing else.
//!
//! **No HTML is ever stored.** What people paste, type or import becomes a [`Doc`]; every byte of
//! markup that leaves the house is made from it by [`render`]. So there is no list of forbidden
//! markup to keep up with: what the tree cannot say is gone by construction.
//!
//! Ways in: [`editor`] (JSON of the rich editor), [`html`] (clipboard of a word processor or a
//! web page), [`markup`] (a small text form for people without JavaScript and for files).
//! Ways out: [`render`], [`editor`], [`markup`], and the stored form ([`Doc::to_json`]).
//! Every way in gives a tidy document (see [`Doc::tidy`]), so two documents that look the same
//! are the same. [`diff`] compares two of them for review.
//!
//! Not here: files (only their hashes), pages, languages, and any message to a person.
#![deny(missing_docs)]

mod address;
mod check;
mod count;
mod runs;
mod tidy;
mod tree;
mod wire;

pub mod diff;
pub mod editor;
pub mod html;
pub mod markup;
pub mod render;

pub use address::{FileRef, Href};
pub use check::{BLOCKS_MAX, CELLS_MAX, COLUMNS_MAX, DEPTH_MAX};
pub use tree::{Block, Cell, Doc, Inline, Level, Marks};

//! Files that leave and enter the agency: DOCX and PDF written from one neutral document in the
//! layout of Decree 30/2020/NĐ-CP, and readers of foreign documents with hard budgets.
//!
//! [`paper`] says what a document is, [`layout`] every measure of the decree, [`docx`] and [`pdf`]
//! set it. [`sheet`] says what a list is; [`xlsx`] and [`csv`] write it row by row, and
//! [`read::grids`] reads it. Nothing here knows a feature, reads a file or asks the time.
#![deny(missing_docs)]

// The sample is shared with the example, which knows this crate by its name.
#[cfg(test)]
extern crate self as documents;

mod code;
pub mod csv;
pub mod decree;
pub mod docx;
mod fonts;
pub mod form;
pub mod html;
pub mod layout;
mod lines;
pub mod paper;
pub mod pdf;
pub mod read;
#[cfg(test)]
mod sample;
pub mod sheet;
mod wording;
pub mod xlsx;
mod xml;

//! Published indices (*chỉ số đã công bố*): what others measured and published about the province and
//! the agency, year by year, each value with the document that says so.
//!
//! It serves the officer who is asked how the numbers moved, the public who look them up, and the
//! criteria that score by them. Its words: *chỉ số* (index), *kết quả* (result), *chỉ số thành phần*
//! (component). Its law: the decisions by which each index is made (892/QĐ-BNV of 2024 for PAR INDEX,
//! 1001/QĐ-BNV of 2023 for SIPAS, 766/QĐ-TTg of 2022), named in the data; the list is open.
//!
//! What an official body published and what the agency surveyed itself are told apart everywhere.
//! Values of bodies that were merged are never added up: each stays in its own line, and the merger
//! is told.
//!
//! What is not here: surveys themselves (citizen), scoring by an index (criteria).

pub mod index;
pub mod index_store;

use editorial::Editorial;
use web::{Route, WordFile};

pub use index_store::{YearValue, values_of_year};

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "indices",
    vi: include_str!("indices.vi.ftl"),
    en: include_str!("indices.en.ftl"),
};

/// Every route of this feature.
pub fn routes() -> Vec<Route<Editorial>> {
    Vec::new()
}

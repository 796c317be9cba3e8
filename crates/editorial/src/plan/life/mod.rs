//! The life of a plan: opinions of the units, signature, issue, amendments, lessons, and the next
//! year's draft. Each step is an act with its row in [`rules`]; nobody types a state.
//!
//! A plan as issued is its first *baseline*; each amendment in force adds one. They are never
//! changed, and the log has their hashes. What the public reads as "promised" and "changed" comes
//! from them.
//!
//! Words: *lấy ý kiến* (opinions), *trình ký* (submit), *ban hành* (issue), *điều chỉnh* (amend),
//! *kết thúc* (close). Law: numbers and days of documents, Decree 30/2020/NĐ-CP.

pub mod amending;
pub mod amendment;
pub mod amendment_store;
pub mod closing;
pub mod copying;
pub mod difference;
pub mod difference_words;
pub mod issue;
pub mod issuing;
pub mod life_store;
pub mod next_year;
pub mod opinion;
pub mod opinion_store;
pub mod opinions;
pub mod rules;
pub mod signing;
pub mod taking;
pub mod tree;

use web::WordFile;

/// The words of a plan's life.
pub const WORDS: WordFile = WordFile {
    name: "life",
    vi: include_str!("life.vi.ftl"),
    en: include_str!("life.en.ftl"),
};

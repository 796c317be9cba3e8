//! Items: each is one thing done, counted once however many channels carry it.
//!
//! It serves the officer who counts, and every feature whose work fulfils activities: an article is
//! an item, and so is something published elsewhere that was registered with its link and a file.
//! Its words: *sản phẩm* (item), *kênh* (channel), *lượt đăng* (publication), *sản phẩm đăng nơi
//! khác* (external item). Domain notes 3.5: one article on three channels is one item and three
//! publications.
//!
//! What is not here: what an article is (newsroom), and what an activity asks for (plan).

pub mod item;
pub mod item_store;

use web::{NavItem, Route, WordFile};

use crate::Editorial;

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "items",
    vi: include_str!("items.vi.ftl"),
    en: include_str!("items.en.ftl"),
};

/// Where the desk shows it.
pub const NAV: [NavItem; 0] = [];

/// Every route of this feature.
pub fn routes() -> Vec<Route<Editorial>> {
    Vec::new()
}

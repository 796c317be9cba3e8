//! Items: each is one thing done, counted once however many channels carry it.
//!
//! It serves the officer who counts, and every feature whose work fulfils activities: an article is
//! an item, and so is something published elsewhere that was registered with its link and a file.
//! Its words: *sản phẩm* (item), *kênh* (channel), *lượt đăng* (publication), *sản phẩm đăng nơi
//! khác* (external item). Domain notes 3.5: one article on three channels is one item and three
//! publications.
//!
//! What is not here: what an article is (newsroom), and what an activity asks for (plan).

mod desk;
pub mod item;
pub mod item_store;
mod register;
mod register_store;
pub mod registration;
pub mod rules;

use web::{NavItem, Policy, Route, WordFile, get, post};

use crate::Editorial;

pub use register::{add_appearance, register};
pub use registration::{Appearance, ChosenChannel, Proof, Registration};

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "items",
    vi: include_str!("items.vi.ftl"),
    en: include_str!("items.en.ftl"),
};

/// Where the desk shows it.
pub const NAV: [NavItem; 1] = [NavItem {
    key: "nav-items",
    path: "/desk/items",
    icon: "link",
    roles: rules::STAFF,
}];

/// Every route of this feature.
pub fn routes() -> Vec<Route<Editorial>> {
    use desk::{item_list, item_new, item_show};
    let (staff, registrars) = (
        Policy::Roles(rules::STAFF),
        Policy::Roles(rules::REGISTRARS),
    );
    vec![
        get("/desk/items", staff, item_list::show),
        get("/desk/items/new", registrars, item_new::show),
        post("/desk/items/new", registrars, item_new::save).act("item.add"),
        get("/desk/items/{id}", staff, item_show::show),
        post(
            "/desk/items/{id}/publications",
            registrars,
            item_show::publish,
        )
        .act("item.publication"),
    ]
}

//! Channels: what was published elsewhere, registered with its link and a file that proves it.
//!
//! It serves whoever sees a publication outside the own portal: in a newspaper, on the province's
//! site, at an event. Its words: *kênh* (channel), *lượt đăng* (publication), *sản phẩm đăng nơi
//! khác* (external item). A link will die (domain notes 6, 5), so a file is asked for and sealed.
//!
//! What is not here: counting (items, plan), and sending things out to channels (a later issue).

mod desk;
mod register;
mod register_store;
pub mod registration;
pub mod rules;

use web::{NavItem, Policy, Route, WordFile, get, post};

use crate::Editorial;
use crate::items::REGISTRARS;

pub use crate::items::proof::Proof;
pub use register::{add_appearance, register};
pub use registration::{Appearance, ChosenChannel, Registration};

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "channels",
    vi: include_str!("channels.vi.ftl"),
    en: include_str!("channels.en.ftl"),
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
    use desk::{item_counting, item_list, item_new, item_show};
    let (staff, registrars) = (Policy::Roles(rules::STAFF), Policy::Roles(REGISTRARS));
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
        post(
            "/desk/items/{id}/counting",
            Policy::Roles(rules::SHARERS),
            item_counting::save,
        )
        .act("item.counting"),
    ]
}

//! What the agency says: the plan, the newsroom, and the items that fulfil the one and come from
//! the other.

mod context;
pub mod items;
pub mod newsroom;
pub mod plan;
#[cfg(feature = "testing")]
pub mod testing;

use web::{NavItem, Route, WordFile};

pub use context::Editorial;

/// The words of these features.
pub const WORDS: [WordFile; 3] = [items::WORDS, plan::WORDS, newsroom::WORDS];

/// Every route of these features.
pub fn routes() -> Vec<Route<Editorial>> {
    let mut routes = plan::routes();
    routes.extend(items::routes());
    routes.extend(newsroom::routes());
    routes
}

/// The desk's navigation of these features, in order.
pub fn nav() -> Vec<NavItem> {
    let mut nav = plan::NAV.to_vec();
    nav.extend(newsroom::NAV);
    nav.extend(items::NAV);
    nav
}

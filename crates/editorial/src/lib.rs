//! What the agency says: the plan, the newsroom, the items that fulfil the one and come from the
//! other, and what is owed of both.

pub mod channels;
mod context;
pub mod items;
pub mod newsroom;
pub mod owed;
pub mod plan;
mod post;
#[cfg(feature = "testing")]
pub mod testing;

use base::id::AgencyId;
use db::Conn;
use house::ReadingMenu;
use house::people::following::Follower;
use web::{NavItem, Route, Say, WordFile};

pub use context::Editorial;
pub use post::Composer;

/// The words of these features.
pub const WORDS: [WordFile; 5] = [
    channels::WORDS,
    plan::WORDS,
    plan::life::WORDS,
    newsroom::WORDS,
    owed::WORDS,
];

/// The features that hold work of units.
pub static FOLLOWERS: [&dyn Follower; 2] = [&plan::OpenActivities, &newsroom::OpenArticles];

/// The portal's menu, for the pages of the house that the public sees.
pub fn portal_menu(conn: &mut Conn, agency: AgencyId, say: Say) -> ReadingMenu<'_> {
    Box::pin(newsroom::portal_menu(conn, agency, say))
}

/// Every route of these features.
pub fn routes() -> Vec<Route<Editorial>> {
    let mut routes = plan::routes();
    routes.extend(channels::routes());
    routes.extend(newsroom::routes());
    routes.extend(owed::routes());
    routes
}

/// The desk's navigation of these features, in order.
pub fn nav() -> Vec<NavItem> {
    let mut nav = owed::NAV.to_vec();
    nav.extend(plan::NAV);
    nav.extend(newsroom::NAV);
    nav.extend(channels::NAV);
    nav
}

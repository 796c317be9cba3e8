//! What is owed (*việc đến hạn*): what each unit and each person owes this week, and letters that
//! say so before somebody has to ask.
//!
//! It serves everybody who promised something, the heads who answer for a unit, the officer who
//! would otherwise chase, and the director who decides from a phone. Its words: *việc đến hạn*
//! (debt), *nhắc việc* (reminder), *thư tuần* (digest), *báo lên* (escalation). Its rules: `owed`.
//!
//! Nothing here is typed: a debt is derived from plans and articles, and is gone when the thing is
//! done, also from letters that have not left yet. What is not here: progress (plan), sending
//! (house), releasing by a link (newsroom).

mod calendar_file;
mod compose;
mod desk;
mod gather;
mod numbers;
#[expect(
    clippy::module_inception,
    reason = "a feature and its first thing share a word"
)]
pub mod owed;
mod owed_store;
mod portal;
mod remind;
mod words;

use base::{Role, Roles};
use web::{NavItem, Policy, Route, WordFile, get, post};

use crate::Editorial;

pub use compose::compose;
pub use desk::{Row, list_of};
pub use gather::gather;
pub use remind::{KIND, remind};

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "owed",
    vi: include_str!("owed.vi.ftl"),
    en: include_str!("owed.en.ftl"),
};

/// Who owes anything, or answers for who does.
pub const STAFF: Roles = Roles::of(&[
    Role::Writer,
    Role::Editor,
    Role::Approver,
    Role::Officer,
    Role::Head,
    Role::Director,
    Role::Clerk,
]);

/// Who sees what everybody owes.
const OVERSEERS: Roles = Roles::of(&[Role::Officer, Role::Director]);

/// Where the desk shows it.
pub const NAV: [NavItem; 2] = [
    NavItem {
        key: "nav-director",
        path: "/desk/director",
        icon: "chart",
        roles: Roles::of(&[Role::Director]),
    },
    NavItem {
        key: "nav-owed",
        path: "/desk/owed",
        icon: "clock",
        roles: STAFF,
    },
];

/// Every route of this feature.
pub fn routes() -> Vec<Route<Editorial>> {
    use desk::{director_show, numbers_edit, owed_show, settings_edit};
    use portal::calendar_show;
    let staff = Policy::Roles(STAFF);
    let keepers = Policy::roles(&[Role::Officer, Role::Administrator]);
    vec![
        get("/desk/owed", staff, owed_show::show),
        get("/desk/owed/settings", staff, settings_edit::show),
        post("/desk/owed/settings", staff, settings_edit::save).act("owed.choose"),
        post("/desk/owed/feeds", staff, settings_edit::add_feed).act("calendar_feed.add"),
        post(
            "/desk/owed/feeds/{id}/revoke",
            staff,
            settings_edit::revoke_feed,
        )
        .act("calendar_feed.revoke"),
        get("/desk/owed/numbers", keepers, numbers_edit::show),
        post("/desk/owed/numbers", keepers, numbers_edit::save).act("owed.numbers"),
        get(
            "/desk/director",
            Policy::roles(&[Role::Director]),
            director_show::show,
        ),
        get("/lich/{file}", Policy::Public, calendar_show::show),
    ]
}

//! People: agencies and units with the names they bore, accounts, roles, sessions.
//!
//! It serves everybody who signs in, and the administrator who lets them. Its words: *cơ quan*
//! (agency), *đơn vị, phòng* (unit), *tài khoản* (account), *vai trò* (role). Its law: domain notes
//! 5.2 (session and password limits) and 6 (names by date).
//!
//! What is not here: rights on single things (each feature's `rules.rs`), second factors and
//! sign-in by others (a later issue).

pub mod account;
mod account_acts;
pub mod account_rules;
pub mod account_store;
pub mod agency;
pub mod agency_store;
mod dated_store;
mod desk;
mod erasing;
pub mod first_password;
pub mod following;
pub mod lineage;
pub mod password;
pub mod reorganisation;
pub mod session;
mod session_store;
pub mod setting_store;
pub mod sign_in;
pub mod succession;
mod succession_store;
pub mod throttle;
pub mod unit_history;

use base::Role;
use web::{NavItem, Policy, Rate, Route, WordFile, get, post};

use crate::House;

pub use session_store::{hash as hash_secret, new_secret};

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "people",
    vi: include_str!("people.vi.ftl"),
    en: include_str!("people.en.ftl"),
};

const ADMINISTRATORS: Policy = Policy::roles(&[Role::Administrator]);

/// Where administrators find it.
pub const NAV: [NavItem; 2] = [
    NavItem {
        key: "nav-accounts",
        path: "/desk/accounts",
        icon: "users",
        roles: base::Roles::of(&[Role::Administrator]),
    },
    NavItem {
        key: "nav-units",
        path: "/desk/units",
        icon: "settings",
        roles: base::Roles::of(&[Role::Administrator]),
    },
];

/// Every route of this feature.
pub fn routes() -> Vec<Route<House>> {
    let mut routes = account_routes();
    routes.extend(unit_routes());
    routes
}

fn account_routes() -> Vec<Route<House>> {
    use desk::{account_edit, account_erase, account_list, agency_edit, signer_edit};
    use desk::{language, password_edit, session_alive, sign_in, sign_out};
    vec![
        get("/desk/sign-in", Policy::Anyone, sign_in::show),
        post("/desk/sign-in", Policy::Anyone, sign_in::save)
            .act("session.begin")
            .rate(Rate::SignIn),
        post("/desk/sign-out", Policy::Anyone, sign_out::save).act("session.end"),
        post("/desk/session/alive", Policy::SignedIn, session_alive::save).act("session.stay"),
        post("/desk/language", Policy::SignedIn, language::save).act("account.language"),
        get("/desk/password", Policy::SignedIn, password_edit::show),
        post("/desk/password", Policy::SignedIn, password_edit::save).act("account.password"),
        get("/desk/accounts", ADMINISTRATORS, account_list::show),
        get("/desk/accounts/new", ADMINISTRATORS, account_edit::blank),
        post("/desk/accounts/new", ADMINISTRATORS, account_edit::add).act("account.add"),
        get("/desk/accounts/{id}", ADMINISTRATORS, account_edit::show),
        post("/desk/accounts/{id}", ADMINISTRATORS, account_edit::save).act("account.save"),
        post(
            "/desk/accounts/{id}/suspension",
            ADMINISTRATORS,
            account_edit::suspend,
        )
        .act("account.suspend"),
        post(
            "/desk/accounts/{id}/password",
            ADMINISTRATORS,
            account_edit::reset,
        )
        .act("account.reset"),
        get(
            "/desk/accounts/{id}/erasure",
            ADMINISTRATORS,
            account_erase::show,
        ),
        post(
            "/desk/accounts/{id}/erasure",
            ADMINISTRATORS,
            account_erase::save,
        )
        .act("account.erase"),
        get("/desk/agency", ADMINISTRATORS, agency_edit::show),
        post("/desk/agency", ADMINISTRATORS, agency_edit::save).act("agency.save"),
        post("/desk/agency/signer", ADMINISTRATORS, signer_edit::save).act("agency.signer"),
    ]
}

fn unit_routes() -> Vec<Route<House>> {
    use desk::{unit_edit, unit_list, unit_merge, unit_moves, unit_split};
    vec![
        get("/desk/units", ADMINISTRATORS, unit_list::show),
        get("/desk/units/new", ADMINISTRATORS, unit_edit::blank),
        post("/desk/units/new", ADMINISTRATORS, unit_edit::add).act("unit.add"),
        get("/desk/units/merge", ADMINISTRATORS, unit_merge::show),
        post("/desk/units/merge", ADMINISTRATORS, unit_merge::save).act("unit.merge"),
        get("/desk/units/{id}", ADMINISTRATORS, unit_edit::show),
        post("/desk/units/{id}", ADMINISTRATORS, unit_edit::save).act("unit.save"),
        get("/desk/units/{id}/split", ADMINISTRATORS, unit_split::show),
        post("/desk/units/{id}/split", ADMINISTRATORS, unit_split::save).act("unit.split"),
        get("/desk/units/{id}/moves", ADMINISTRATORS, unit_moves::show),
    ]
}

//! The desk's home page.

pub mod home;

use base::{Role, Roles};
use web::{NavItem, WordFile};

/// The words of the home page.
pub const WORDS: WordFile = WordFile {
    name: "desk",
    vi: include_str!("desk.vi.ftl"),
    en: include_str!("desk.en.ftl"),
};

/// Where the desk begins.
pub const NAV: NavItem = NavItem {
    key: "nav-home",
    path: "/desk",
    icon: "home",
    roles: Roles::of(&Role::ALL),
};

//! How the agency is judged: the period's report of a plan with the evidence behind it, criteria sets,
//! the yearly round of scoring by them.

mod chart;
pub mod criteria;
pub mod evidence;
pub mod indices;
pub mod reports;
pub mod rounds;

use editorial::Editorial;
use web::{NavItem, Route, WordFile};

/// The words of these features.
pub const WORDS: [WordFile; 5] = [
    reports::WORDS,
    evidence::WORDS,
    criteria::WORDS,
    indices::WORDS,
    rounds::WORDS,
];

/// Every route of these features.
pub fn routes() -> Vec<Route<Editorial>> {
    let mut routes = reports::routes();
    routes.extend(evidence::routes());
    routes.extend(criteria::routes());
    routes.extend(indices::routes());
    routes.extend(rounds::routes());
    routes
}

/// The desk's navigation of these features, in order.
pub fn nav() -> Vec<NavItem> {
    let mut nav = evidence::NAV.to_vec();
    nav.extend(reports::NAV);
    nav.extend(criteria::NAV);
    nav.extend(rounds::NAV);
    nav
}

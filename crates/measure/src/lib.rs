//! How the agency is judged: the period's report of a plan, and the evidence behind it.

pub mod reports;

use editorial::Editorial;
use web::{NavItem, Route, WordFile};

/// The words of these features.
pub const WORDS: [WordFile; 1] = [reports::WORDS];

/// Every route of these features.
pub fn routes() -> Vec<Route<Editorial>> {
    reports::routes()
}

/// The desk's navigation of these features, in order.
pub fn nav() -> Vec<NavItem> {
    reports::NAV.to_vec()
}

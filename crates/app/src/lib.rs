//! The binary `loa`: commands, configuration, the router that merges every feature's routes, the
//! desk's home page, and what the house does by itself.

pub mod cli;
pub mod cli_log;
pub mod cli_mail;
mod cli_report;
pub mod commands;
mod demo;
mod desk;
mod jobs;
mod made_up;
mod office;
mod openapi;

use editorial::Editorial;
use web::{NavItem, Policy, Route, RouteCard, WordFile, get};

pub use office::{Office, Place};

/// The words of the whole house.
pub fn words() -> Vec<WordFile> {
    let mut words = vec![web::WORDS, desk::WORDS];
    words.extend(house::WORDS);
    words.extend(editorial::WORDS);
    words.extend(measure::WORDS);
    words
}

/// The desk's navigation, in order.
pub fn nav() -> Vec<NavItem> {
    let mut nav = vec![desk::NAV];
    nav.extend(editorial::nav());
    nav.extend(measure::nav());
    nav.extend(house::calendar::NAV);
    nav.extend(house::witness::NAV);
    nav.extend(house::people::NAV);
    nav.extend(house::outbox::NAV);
    nav
}

/// Every route that stands on the editorial context.
fn editorial_routes() -> Vec<Route<Editorial>> {
    let mut routes = vec![
        get("/desk", Policy::SignedIn, desk::home::show),
        get("/api/v1/openapi.json", Policy::Public, openapi::show),
    ];
    routes.extend(editorial::routes());
    routes.extend(measure::routes());
    routes
}

/// What is known of every route, without its handler.
pub fn route_cards() -> Vec<RouteCard> {
    let mut cards: Vec<RouteCard> = editorial_routes()
        .iter()
        .map(|route| route.card().clone())
        .collect();
    cards.extend(house::routes().iter().map(|route| route.card().clone()));
    cards
}

//! What every feature stands on: people, the log, evidence, files.

pub mod audit;
pub mod calendar;
mod context;
pub mod evidence;
pub mod files;
pub mod people;
#[cfg(feature = "testing")]
pub mod testing;

use web::{Route, WordFile};

pub use context::House;

/// The words of these features.
pub const WORDS: [WordFile; 3] = [people::WORDS, files::WORDS, calendar::WORDS];

/// Every route of these features.
pub fn routes() -> Vec<Route<House>> {
    let mut routes = people::routes();
    routes.extend(files::routes());
    routes.extend(calendar::routes());
    routes
}

//! What every feature stands on: people, the log and who watches it, evidence, files, mail that leaves.

pub mod audit;
pub mod calendar;
mod context;
pub mod evidence;
pub mod files;
pub mod outbox;
pub mod people;
#[cfg(feature = "testing")]
pub mod testing;
pub mod witness;

use web::{Route, WordFile};

pub use context::{House, ReadingMenu};

/// The words of these features.
pub const WORDS: [WordFile; 5] = [
    people::WORDS,
    files::WORDS,
    calendar::WORDS,
    outbox::WORDS,
    witness::WORDS,
];

/// Every route of these features.
pub fn routes() -> Vec<Route<House>> {
    let mut routes = people::routes();
    routes.extend(files::routes());
    routes.extend(calendar::routes());
    routes.extend(outbox::routes());
    routes.extend(witness::routes());
    routes
}

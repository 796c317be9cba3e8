//! Stories of the period's report and its evidence pack, told on both databases.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod criteria;
mod indices;
mod office;
mod organisation;
mod pack;
mod papers;
mod report;

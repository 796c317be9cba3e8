//! Stories of the yearly round and of points at risk, told on both databases.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod guarding;
mod office;
mod risking;
mod scoring;

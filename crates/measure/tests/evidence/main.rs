//! Stories of evidence at the desk, told on both databases.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod asking;
mod keeping;
#[path = "../report/office.rs"]
#[expect(dead_code, reason = "the same office serves the stories of reports")]
mod office;
mod taking;

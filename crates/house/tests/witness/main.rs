//! Stories of the log: who witnesses it, what a stranger can check, what happens when the database
//! is put back, and how a person is forgotten.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod checking;
mod forgetting;
mod office;
mod tampering;
mod watching;
mod witnessing;

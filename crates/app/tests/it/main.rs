//! The tests that keep the house: they read its sources, its tables and its routes, and say where a
//! rule of ARCHITECTURE.md is broken. Each check is a function of text that has its own test with a
//! text that breaks it, so that a check that has gone blind is seen.
#![expect(
    clippy::unwrap_used,
    reason = "a check that cannot read what it checks fails"
)]

mod assets;
mod durability;
mod glossary;
mod group_commit;
mod layering;
mod routes;
mod rust_text;
mod schema;
mod sources;
mod template_text;
mod tidy;
mod tidy_templates;
mod translations;
mod word_uses;

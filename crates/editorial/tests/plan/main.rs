//! Stories of plans, told on both databases.

mod editing;
mod office;
mod reading;

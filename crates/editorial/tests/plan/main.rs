//! Stories of plans, told on both databases.

mod deadlines;
mod editing;
mod office;
mod reading;

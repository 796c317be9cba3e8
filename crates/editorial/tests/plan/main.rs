//! Stories of plans, told on both databases.

mod annex;
mod charts;
mod deadlines;
mod editing;
mod office;
mod organisation;
mod reading;

//! Stories of plans, told on both databases.

mod amending;
mod annex;
mod charts;
mod closing;
mod counting;
mod deadlines;
mod editing;
mod issuing;
mod office;
mod organisation;
mod reading;

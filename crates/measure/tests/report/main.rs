//! Stories of the period's report and its evidence pack, told on both databases.

mod office;
mod pack;
mod report;

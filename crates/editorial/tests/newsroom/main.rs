//! Stories of the newsroom and the portal, told on both databases.

mod guarding;
mod office;
mod pictures;
mod portal;
mod releasing;
mod writing;

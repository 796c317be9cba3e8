//! Tests of the whole crate through its public door.

mod compare;
mod made_up;
mod page;
mod paste;
mod round_trips;
mod safety;

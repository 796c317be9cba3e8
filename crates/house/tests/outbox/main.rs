//! Stories of mail that leaves: servers that take it, refuse it, delay it and die.

mod administering;
mod delivering;
mod dying;
mod office;
mod real;
mod server;

//! What programs of staff read without signing in: calendars, by an address that nobody guesses.

pub mod calendar_show;

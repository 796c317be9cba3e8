//! Stories of what is owed: reminders, pages, calendars, releasing by a link.

mod office;
mod pages;
mod releasing;
mod reminding;

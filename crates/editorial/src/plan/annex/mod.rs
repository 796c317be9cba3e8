//! The annex (*phụ lục phân công nhiệm vụ*) as a spreadsheet: out with everything that the plan
//! promises and how far it is, changed where people like to change lists, and in again.
//!
//! A hidden column carries the id of every row, so that a row is known again after it was sorted,
//! renumbered or retitled; without ids rows are matched by title, and by number where titles repeat.
//! What a file would change is worked out before anything is stored ([`changes`]): rows added, fields
//! changed with old and new, rows left alone. A problem names its cell; with one, nothing is stored.
//! Rows that a file does not hold stay as they are: taking away is done on the desk, one by one.
//!
//! `fields`, `rows`, `reading` and `change` are pure.

mod change;
mod fields;
mod preview;
mod reading;
mod rows;
mod sheet;
mod storing;

use super::activity::ActivityDetails;

pub use change::{AddedTask, Changes, changes};
pub use preview::{FieldChange, field_changes, told};
pub use reading::Around;
pub use sheet::{csv, file_stem, xlsx};
pub use storing::store;

/// The targets of an activity in words: `12 tin, bài; 1 hội nghị`.
pub fn targets_told(details: &ActivityDetails) -> String {
    fields::targets_words(&fields::targets(details))
}

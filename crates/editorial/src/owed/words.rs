//! A debt in words, the same on pages, in letters and in calendars.

use base::calendar::{date_long_en, date_short};
use jiff::civil::Date;
use web::{Lang, Say};

use super::owed::{Debt, Place};

/// A day in words.
pub fn day(say: &Say, day: Date) -> String {
    match say.lang {
        Lang::Vi => date_short(day),
        Lang::En => date_long_en(day),
    }
}

/// Where a debt stands in time; a day off is told with the working day that the law reads.
pub fn place(say: &Say, debt: &Debt, place: Place) -> String {
    let written = day(say, debt.due.written);
    match place {
        Place::Late(days) => {
            let due = written;
            say.t2("owed-late", ("days", &days), ("due", &due))
        }
        Place::Waiting(days) => say.t2("owed-waiting", ("days", &days), ("since", &written)),
        Place::ThisWeek | Place::Soon | Place::Later if debt.due.is_moved() => {
            let after = day(say, debt.due.after);
            say.t2("owed-due-moved", ("due", &written), ("after", &after))
        }
        Place::ThisWeek | Place::Soon | Place::Later => say.t1("owed-due", "due", written),
    }
}

/// What is missing, if it is counted.
pub fn missing(say: &Say, debt: &Debt) -> Option<String> {
    let (number, unit) = debt.missing.as_ref()?;
    Some(say.t2("owed-missing", ("number", number), ("unit", unit)))
}

//! Why a deadline stands where it stands: what has moved since another calendar was known.

use base::calendar::working::WorkCalendar;
use jiff::civil::Date;

/// Which reading of a due day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The last working day up to it.
    Before,
    /// The first working day from it on.
    After,
}

/// A reading of a due day that another calendar put elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Which reading.
    pub reading: Reading,
    /// Where it stood by the old calendar.
    pub from: Date,
    /// Where it stands by the new.
    pub to: Date,
    /// The day that is worked in one of the calendars and off in the other.
    pub day: Date,
    /// Whether that day is off now.
    pub is_off: bool,
    /// What the day is called now, or was called when it was off; may be empty.
    pub name: String,
}

/// The readings of a due day that differ between two calendars, each with the first day that makes
/// the difference.
pub fn moved(written: Date, old: &WorkCalendar, new: &WorkCalendar) -> Vec<Moved> {
    let (was, is) = (old.deadline(written), new.deadline(written));
    [
        (Reading::Before, was.before, is.before),
        (Reading::After, was.after, is.after),
    ]
    .into_iter()
    .filter(|(_, from, to)| from != to)
    .map(|(reading, from, to)| {
        let day = differing((from, to), old, new);
        let is_off = !new.is_working(day);
        let calendar = if is_off { new } else { old };
        let mark = new.mark(day).map(|mark| mark.name.as_str());
        let name = calendar.why_off(day).filter(|name| !name.is_empty());
        Moved {
            reading,
            from,
            to,
            day,
            is_off,
            name: name.or(mark).unwrap_or_default().to_owned(),
        }
    })
    .collect()
}

/// The day of one of two readings that is worked in only one of the calendars: the old reading if it
/// is off now, or else the new one, which was off before.
fn differing((from, to): (Date, Date), old: &WorkCalendar, new: &WorkCalendar) -> Date {
    if old.is_working(from) && !new.is_working(from) {
        from
    } else {
        to
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::calendar::working::{DayKind, MarkedDay};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn mark(day: Date, kind: DayKind, name: &str) -> MarkedDay {
        let name = name.to_owned();
        MarkedDay { day, kind, name }
    }

    #[test]
    fn a_new_holiday_says_what_it_moved_and_why() {
        let old = WorkCalendar::default();
        let name = "Nghỉ bù Quốc khánh";
        let new = WorkCalendar::new([mark(date(2023, 9, 1), DayKind::Holiday, name)], false);
        let found = moved(date(2023, 9, 1), &old, &new);
        let both: Vec<_> = found.iter().map(|one| (one.reading, one.to)).collect();
        let expected = [
            (Reading::Before, date(2023, 8, 31)),
            (Reading::After, date(2023, 9, 4)),
        ];
        assert_eq!(both, expected);
        assert!(found.iter().all(|one| one.is_off && one.name == name));
        assert!(moved(date(2023, 9, 7), &old, &new).is_empty());
    }

    #[test]
    fn a_day_worked_in_exchange_brings_a_deadline_forward() {
        let old = WorkCalendar::default();
        let saturday = date(2023, 4, 22);
        let new = WorkCalendar::new(
            [mark(
                saturday,
                DayKind::SwappedWork,
                "Làm bù cho thứ hai 24/4",
            )],
            false,
        );
        let found = moved(saturday, &old, &new);
        let after = found.last().unwrap();
        assert_eq!((after.from, after.to), (date(2023, 4, 24), saturday));
        assert!(!after.is_off && after.name.contains("Làm bù"));
    }

    fn calendar(marks: &[(i32, bool)]) -> WorkCalendar {
        let marks = marks.iter().map(|(n, is_off)| {
            let kind = if *is_off {
                DayKind::Holiday
            } else {
                DayKind::SwappedWork
            };
            mark(at(*n), kind, "x")
        });
        WorkCalendar::new(marks, false)
    }

    fn at(n: i32) -> Date {
        date(2023, 1, 1).saturating_add(jiff::Span::new().days(n))
    }

    proptest! {
        #[test]
        fn a_calendar_change_moves_exactly_the_deadlines_that_it_should(
            marks in proptest::collection::vec((0i32..120, any::<bool>()), 0..12),
            changed in 0i32..120,
            due in 0i32..120,
        ) {
            let old = calendar(&marks);
            prop_assume!(old.is_working(at(changed)));
            let more: Vec<(i32, bool)> = marks.iter().copied().chain([(changed, true)]).collect();
            let new = calendar(&more);
            let found = moved(at(due), &old, &new);
            let was = old.deadline(at(due));
            let hit = usize::from(was.before == at(changed)) + usize::from(was.after == at(changed));
            prop_assert_eq!(found.len(), hit, "only what stood on the day moves");
            for one in found {
                prop_assert_eq!(one.day, at(changed));
                prop_assert!(one.is_off);
            }
        }
    }
}

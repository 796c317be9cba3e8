//! A year as twelve months of weeks, each day saying whether it is worked: pure.

use base::calendar::working::WorkCalendar;
use jiff::Span;
use jiff::civil::{Date, Weekday, date};

/// One day in the table of its month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCell {
    /// The day.
    pub date: Date,
    /// The word by which it is coloured; empty for an ordinary working day.
    pub look: &'static str,
    /// What it is called, if it has a name.
    pub name: String,
    /// Whether it is today.
    pub is_today: bool,
}

impl DayCell {
    fn of(day: Date, calendar: &WorkCalendar, today: Date) -> Self {
        let mark = calendar.mark(day);
        let look = match mark {
            Some(mark) => mark.kind.as_str(),
            None if calendar.is_working(day) => "",
            None => "weekend",
        };
        Self {
            date: day,
            look,
            name: mark.map(|mark| mark.name.clone()).unwrap_or_default(),
            is_today: day == today,
        }
    }
}

/// A month: its number and its weeks from Monday to Sunday, with gaps before the first day and
/// after the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// 1–12.
    pub number: i8,
    /// Its weeks, seven places each.
    pub weeks: Vec<Vec<Option<DayCell>>>,
    /// How many of its days are worked.
    pub n_working: i64,
}

/// The twelve months of a year.
pub fn months(year: i16, calendar: &WorkCalendar, today: Date) -> Vec<Month> {
    (1..=12)
        .map(|number| month(date(year, number, 1), calendar, today))
        .collect()
}

fn month(first: Date, calendar: &WorkCalendar, today: Date) -> Month {
    let n_before = first.weekday().since(Weekday::Monday);
    let days = first
        .series(Span::new().days(1))
        .take(usize::try_from(first.days_in_month()).unwrap_or(0));
    let mut places: Vec<Option<DayCell>> = (0..n_before).map(|_| None).collect();
    places.extend(days.map(|day| Some(DayCell::of(day, calendar, today))));
    places.resize(places.len().next_multiple_of(7), None);
    let n_working = places
        .iter()
        .flatten()
        .filter(|cell| calendar.is_working(cell.date))
        .count();
    Month {
        number: first.month(),
        weeks: places.chunks(7).map(<[_]>::to_vec).collect(),
        n_working: i64::try_from(n_working).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::calendar::working::{DayKind, MarkedDay};

    #[test]
    fn a_year_is_laid_out_in_whole_weeks_and_every_day_stands_under_its_weekday() {
        for (year, n_days) in [(2023, 365), (2024, 366)] {
            let months = months(year, &WorkCalendar::default(), date(year, 3, 6));
            let mut n = 0;
            for week in months.iter().flat_map(|month| &month.weeks) {
                assert_eq!(week.len(), 7);
                for (cell, place) in week.iter().zip(0..) {
                    let Some(cell) = cell else { continue };
                    n += 1;
                    assert_eq!(cell.date.weekday().to_monday_zero_offset(), place);
                    assert_eq!(cell.look == "weekend", place >= 5);
                    assert_eq!(cell.is_today, cell.date == date(year, 3, 6));
                }
            }
            assert_eq!((months.len(), n), (12, n_days));
        }
    }

    #[test]
    fn a_marked_day_shows_its_kind_and_name_and_working_days_are_counted() {
        let mark = |day, kind: DayKind, name: &str| MarkedDay {
            day,
            kind,
            name: name.to_owned(),
        };
        let calendar = WorkCalendar::new(
            [
                mark(date(2024, 4, 29), DayKind::SwappedOff, "Nghỉ hoán đổi"),
                mark(date(2024, 4, 30), DayKind::Holiday, "Ngày Chiến thắng"),
                mark(date(2024, 5, 4), DayKind::SwappedWork, "Làm bù"),
            ],
            false,
        );
        let months = months(2024, &calendar, date(2024, 1, 1));
        let cell = |month: usize, day: Date| {
            let cells = months[month].weeks.iter().flatten().flatten();
            cells.clone().find(|cell| cell.date == day).unwrap().clone()
        };
        assert_eq!(cell(3, date(2024, 4, 29)).look, "swapped_off");
        assert_eq!(cell(3, date(2024, 4, 30)).name, "Ngày Chiến thắng");
        assert_eq!(cell(4, date(2024, 5, 4)).look, "swapped_work");
        // April 2024 has 22 weekdays; May has 23, and one Saturday is worked.
        assert_eq!((months[3].n_working, months[4].n_working), (20, 24));
    }
}

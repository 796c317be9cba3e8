//! The reporting year of administrative reform, 15 December to 14 December, and its reports.
//!
//! | Report | Window | Due |
//! |---|---|---|
//! | Quý I | 15/12 of the year before – 14/03 | 20/03 |
//! | 6 tháng | 15/12 of the year before – 14/06 | 20/06 |
//! | Quý III | 15/06 – 14/09, the quarter alone | 20/09 |
//! | Năm | 15/12 of the year before – 14/12 | 20/12 |
//!
//! Source: văn bản 581/BNV-CCHC of the Ministry of Home Affairs. It knows no second-quarter, no
//! fourth-quarter and no nine-month report. A province may set other windows and earlier due days:
//! those come from its settings as a [`PeriodDefinition`].

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use jiff::{Span, Timestamp};

use super::at_local;
use crate::Refusal;

/// A reporting year, named by the calendar year in which it ends: 2023 runs from 15/12/2022 to
/// 14/12/2023.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportingYear(pub i16);

impl ReportingYear {
    /// The year to whose reports this day belongs: 20/12/2023 belongs to 2024.
    pub fn of_date(date: Date) -> Self {
        let is_next = (date.month(), date.day()) >= (12, 15);
        Self(date.year().saturating_add(i16::from(is_next)))
    }

    /// The first day, 15 December of the year before.
    pub fn first(self) -> Date {
        self.whole().first()
    }

    /// The last day, 14 December.
    pub fn last(self) -> Date {
        self.whole().last()
    }

    /// The period of this kind.
    pub fn period(self, kind: PeriodKind) -> Period {
        Period { year: self, kind }
    }

    fn whole(self) -> Period {
        self.period(PeriodKind::Year)
    }
}

/// The four reports that the ministry asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    /// Báo cáo quý I.
    Q1,
    /// Báo cáo 6 tháng: from the beginning of the reporting year.
    H1,
    /// Báo cáo quý III: the quarter alone.
    Q3,
    /// Báo cáo năm.
    Year,
}

impl PeriodKind {
    /// The four, in the order of their due days.
    pub const ALL: [PeriodKind; 4] = [Self::Q1, Self::H1, Self::Q3, Self::Year];

    /// The window and due day of the ministry's guidance.
    pub const fn definition(self) -> PeriodDefinition {
        let begin = DayOfYear::new(-1, 12, 15);
        let (first, last, due) = match self {
            Self::Q1 => (begin, DayOfYear::new(0, 3, 14), DayOfYear::new(0, 3, 20)),
            Self::H1 => (begin, DayOfYear::new(0, 6, 14), DayOfYear::new(0, 6, 20)),
            Self::Q3 => (
                DayOfYear::new(0, 6, 15),
                DayOfYear::new(0, 9, 14),
                DayOfYear::new(0, 9, 20),
            ),
            Self::Year => (begin, DayOfYear::new(0, 12, 14), DayOfYear::new(0, 12, 20)),
        };
        PeriodDefinition { first, last, due }
    }
}

/// A day of a reporting year, before the year is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct DayOfYear {
    /// Calendar years from the year that names the reporting year: -1 is the year before.
    pub years_after: i16,
    /// Month, 1–12.
    pub month: i8,
    /// Day of the month; beyond its end means its last day.
    pub day: i8,
}

impl DayOfYear {
    /// A day by month and day, so many calendar years after the year of the name.
    pub const fn new(years_after: i16, month: i8, day: i8) -> Self {
        Self {
            years_after,
            month,
            day,
        }
    }

    /// The day in a year; a month that does not exist is taken as the nearest that does, and the
    /// ends of the calendar (years -9999 and 9999) are its limits.
    pub fn in_year(self, year: ReportingYear) -> Date {
        let calendar_year = year.0.saturating_add(self.years_after);
        match Date::new(calendar_year, self.month.clamp(1, 12), 1) {
            Ok(month) => {
                let day = self.day.clamp(1, month.days_in_month());
                month.with().day(day).build().unwrap_or(month)
            }
            Err(_) if calendar_year < 0 => Date::MIN,
            Err(_) => Date::MAX,
        }
    }
}

/// What a periodic report covers and when it is due: the ministry's, or a province's from data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct PeriodDefinition {
    /// First day of the window.
    pub first: DayOfYear,
    /// Last day of the window, to 23:59:59 local time.
    pub last: DayOfYear,
    /// Day by which the report is due.
    pub due: DayOfYear,
}

impl PeriodDefinition {
    /// The window in UTC milliseconds since 1970: the start belongs to it, the end does not.
    pub fn window_ms(&self, year: ReportingYear) -> (i64, i64) {
        let end = match self.last.in_year(year).tomorrow() {
            Ok(next) => midnight(next),
            Err(_) => Timestamp::MAX,
        };
        (
            midnight(self.first.in_year(year)).as_millisecond(),
            end.as_millisecond(),
        )
    }
}

/// A report's period: `2023-Q1`, `2023-H1`, `2023-Q3` or `2023`.
///
/// ```
/// let period: base::calendar::period::Period = "2023-Q1".parse().unwrap();
/// assert_eq!(period.first().to_string(), "2022-12-15");
/// assert_eq!(period.last().to_string(), "2023-03-14");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The reporting year.
    pub year: ReportingYear,
    /// Which of its reports.
    pub kind: PeriodKind,
}

impl Period {
    /// First day of the window.
    pub fn first(self) -> Date {
        self.kind.definition().first.in_year(self.year)
    }

    /// Last day of the window.
    pub fn last(self) -> Date {
        self.kind.definition().last.in_year(self.year)
    }

    /// Whether the day is in the window.
    pub fn contains(self, date: Date) -> bool {
        self.first() <= date && date <= self.last()
    }

    /// The window in UTC milliseconds since 1970: the start belongs to it, the end does not.
    pub fn window_ms(self) -> (i64, i64) {
        self.kind.definition().window_ms(self.year)
    }

    /// The due day as the guidance writes it, even if it falls on a weekend.
    pub fn due(self) -> Date {
        self.kind.definition().due.in_year(self.year)
    }

    /// The other reading of the due day: the Monday after, if it falls on a weekend. Public
    /// holidays are data of the agency and not known here.
    pub fn due_workday(self) -> Date {
        next_workday(self.due())
    }
}

/// The day itself, or the Monday after a Saturday or Sunday.
pub fn next_workday(date: Date) -> Date {
    let days = match date.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        _ => 0,
    };
    date.saturating_add(Span::new().days(days))
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suffix = match self.kind {
            PeriodKind::Q1 => "-Q1",
            PeriodKind::H1 => "-H1",
            PeriodKind::Q3 => "-Q3",
            PeriodKind::Year => "",
        };
        write!(f, "{:04}{suffix}", self.year.0)
    }
}

impl FromStr for Period {
    type Err = Refusal;

    /// Takes the four forms, years 1900 to 9998; anything else is `period-unknown`.
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let refusal = || Refusal::because("period-unknown");
        let (year, kind) = match text.split_once('-') {
            None => (text, PeriodKind::Year),
            Some((year, "Q1")) => (year, PeriodKind::Q1),
            Some((year, "H1")) => (year, PeriodKind::H1),
            Some((year, "Q3")) => (year, PeriodKind::Q3),
            Some(_) => return Err(refusal()),
        };
        let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
        match year.parse() {
            Ok(year @ 1900..=9998) if is_year => Ok(ReportingYear(year).period(kind)),
            _ => Err(refusal()),
        }
    }
}

fn midnight(date: Date) -> Timestamp {
    at_local(date.at(0, 0, 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn the_windows_are_those_of_the_ministry() {
        for (name, first, last, due) in [
            (
                "2023-Q1",
                date(2022, 12, 15),
                date(2023, 3, 14),
                date(2023, 3, 20),
            ),
            (
                "2023-H1",
                date(2022, 12, 15),
                date(2023, 6, 14),
                date(2023, 6, 20),
            ),
            (
                "2023-Q3",
                date(2023, 6, 15),
                date(2023, 9, 14),
                date(2023, 9, 20),
            ),
            (
                "2023",
                date(2022, 12, 15),
                date(2023, 12, 14),
                date(2023, 12, 20),
            ),
        ] {
            let period = period(name);
            assert_eq!((period.first(), period.last()), (first, last), "{name}");
            assert_eq!(period.due(), due, "{name}");
            assert_eq!(period.to_string(), name);
        }
    }

    #[test]
    fn what_is_published_on_20_december_belongs_to_next_years_report() {
        assert_eq!(
            ReportingYear::of_date(date(2023, 12, 20)),
            ReportingYear(2024)
        );
        assert_eq!(
            ReportingYear::of_date(date(2023, 12, 14)),
            ReportingYear(2023)
        );
        assert_eq!(
            ReportingYear::of_date(date(2023, 12, 15)),
            ReportingYear(2024)
        );
    }

    #[test]
    fn a_window_ends_with_the_last_local_second_of_its_last_day() {
        let (from, to) = period("2023-Q1").window_ms();
        let ms = |text: &str| text.parse::<Timestamp>().unwrap().as_millisecond();
        assert_eq!(from, ms("2022-12-15T00:00:00+07:00"));
        assert_eq!(to, ms("2023-03-15T00:00:00+07:00"));
    }

    #[test]
    fn a_due_day_on_a_weekend_has_two_readings() {
        let year = period("2025-Q3");
        assert_eq!(year.due(), date(2025, 9, 20));
        assert_eq!(year.due_workday(), date(2025, 9, 22));
        assert_eq!(period("2023-Q1").due_workday(), date(2023, 3, 20));
    }

    #[test]
    fn periods_that_the_guidance_does_not_know_are_refused() {
        for text in [
            "2023-Q2", "2023-Q4", "2023-M9", "23", "+202", "9999", "", "2023-",
        ] {
            assert_eq!(
                text.parse::<Period>(),
                Err(Refusal::because("period-unknown")),
                "{text}"
            );
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_limits_not_failures() {
        for year in [i16::MIN, -9999, 9999, i16::MAX] {
            for kind in PeriodKind::ALL {
                let (from, to) = ReportingYear(year).period(kind).window_ms();
                assert!(from <= to, "{year} {kind:?}");
            }
        }
        assert_eq!(
            DayOfYear::new(0, 2, 31).in_year(ReportingYear(2024)),
            date(2024, 2, 29)
        );
    }

    proptest! {
        #[test]
        fn windows_tile_the_years(year in 1901i16..9000, day in 1i16..366) {
            let this = ReportingYear(year);
            let window = |kind| this.period(kind).window_ms();
            prop_assert_eq!(window(PeriodKind::H1).1, window(PeriodKind::Q3).0);
            prop_assert_eq!(window(PeriodKind::Q1).0, window(PeriodKind::Year).0);
            prop_assert_eq!(window(PeriodKind::H1).0, window(PeriodKind::Year).0);
            let next = ReportingYear(year + 1).period(PeriodKind::Year);
            prop_assert_eq!(window(PeriodKind::Year).1, next.window_ms().0);
            let date = date(year, 1, 1).with().day_of_year(day).build().unwrap();
            let owner = ReportingYear::of_date(date);
            prop_assert!(owner.first() <= date && date <= owner.last());
        }
    }
}

//! Which periods an agency reports on: the four of the ministry, and those that its province defines
//! beside them or in their place. Pure.
//!
//! A period of the agency's own with the code of one of the ministry's (`Q1`, `H1`, `Q3`, `YEAR`)
//! takes its place: usually to set an earlier due day. Any other code is one more report
//! (`M9`: nine months). Whether it is cumulative says its first day: 15 December of the year before.

use std::fmt;
use std::str::FromStr;

use base::calendar::period::{DayOfYear, Period, PeriodDefinition, PeriodKind, ReportingYear};
use base::id::RowId;
use base::{Problem, Refusal};
use jiff::civil::Date;

use super::window::Window;

/// Longest code of a period.
const CODE_CHARS_MAX: usize = 8;
/// The first day of the reporting year.
const YEAR_BEGINS: DayOfYear = DayOfYear::new(-1, 12, 15);

/// A due day so many months before the last day is one of the year after.
const MONTHS_EARLY_MAX: i8 = 6;

/// The name of one report's period: `2023-Q1`, `2023-M9`, `2023`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodName {
    /// The reporting year.
    pub year: ReportingYear,
    /// The code of the period; `YEAR` for the whole year.
    pub code: String,
}

/// A period that an agency reports on every year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportingPeriod {
    /// Its row; none for one of the ministry's.
    pub id: Option<RowId>,
    /// Its code.
    pub code: String,
    /// What people call it, without the year; empty for one of the ministry's.
    pub name: String,
    /// Its days.
    pub definition: PeriodDefinition,
}

impl ReportingPeriod {
    /// Whether it counts from the first day of the reporting year.
    pub fn is_cumulative(&self) -> bool {
        self.definition.first == YEAR_BEGINS
    }

    /// The period of a year.
    pub fn of_year(&self, year: ReportingYear) -> PeriodName {
        PeriodName {
            year,
            code: self.code.clone(),
        }
    }

    fn last(&self, year: ReportingYear) -> Date {
        self.definition.last.in_year(year)
    }
}

/// The code of one of the ministry's periods.
fn code_of(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Q1 => "Q1",
        PeriodKind::H1 => "H1",
        PeriodKind::Q3 => "Q3",
        PeriodKind::Year => "YEAR",
    }
}

/// The periods of an agency: the ministry's, with its own in their place or beside them, by their
/// last day.
pub fn periods(own: Vec<ReportingPeriod>) -> Vec<ReportingPeriod> {
    let ministry = PeriodKind::ALL.map(|kind| ReportingPeriod {
        id: None,
        code: code_of(kind).to_owned(),
        name: String::new(),
        definition: kind.definition(),
    });
    let is_replaced = |found: &ReportingPeriod| own.iter().any(|one| one.code == found.code);
    let mut all: Vec<ReportingPeriod> = ministry.into_iter().filter(|p| !is_replaced(p)).collect();
    all.extend(own);
    all.sort_by_key(|period| {
        let year = ReportingYear(2000);
        (period.last(year), period.code.clone())
    });
    all
}

/// The window of a period, with the days of the one that follows it.
///
/// # Refusals
/// `report-period-unknown`: the agency has no period of this code.
pub fn window(periods: &[ReportingPeriod], name: &PeriodName) -> Result<Window, Refusal> {
    let found = periods.iter().find(|period| period.code == name.code);
    let Some(period) = found else {
        return Err(Refusal::because("report-period-unknown"));
    };
    let last = period.last(name.year);
    let next_year = ReportingYear(name.year.0.saturating_add(1));
    let ends = |year: ReportingYear| periods.iter().map(move |one| one.last(year));
    let next = ends(name.year)
        .chain(ends(next_year))
        .filter(|end| *end > last);
    Ok(Window {
        period: name.to_string(),
        name: period.name.clone(),
        first: period.definition.first.in_year(name.year),
        last,
        due: Some(period.definition.due.in_year(name.year)),
        due_workday: None,
        next_first: last.tomorrow().ok(),
        next_last: next.min(),
    })
}

/// The days of a period as a person writes them: `15/12`, `14/3`, `20/3`.
#[derive(Clone, Copy, Debug)]
pub struct WrittenDays<'a> {
    /// First day; not read when the period is cumulative.
    pub first: &'a str,
    /// Last day.
    pub last: &'a str,
    /// Due day.
    pub due: &'a str,
    /// Whether it counts from 15 December of the year before.
    pub is_cumulative: bool,
}

/// What these days define. A first day later in the calendar than the last one belongs to the year
/// before; a due day more than half a year before the last one to the year after. (Provinces do ask
/// for a report some days before its period ends.)
///
/// # Refusals
/// `report-period-day` at `first`, `last` or `due`, all at once.
pub fn define(days: WrittenDays<'_>) -> Result<PeriodDefinition, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut read = |field: &'static str, text: &str| {
        let found = day_of(text);
        if found.is_none() {
            problems.push(Problem::at(field, "report-period-day").with("value", text));
        }
        found.unwrap_or((1, 1))
    };
    let last = read("last", days.last);
    let due = read("due", days.due);
    let first = match days.is_cumulative {
        true => (12, 15),
        false => read("first", days.first),
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    let day = |years: i16, (month, day): (i8, i8)| DayOfYear::new(years, month, day);
    let before = days.is_cumulative || first > last;
    Ok(PeriodDefinition {
        first: day(-i16::from(before), first),
        last: day(0, last),
        due: day(i16::from(last.0 - due.0 > MONTHS_EARLY_MAX), due),
    })
}

/// A day and month, `15/12`, as month and day.
fn day_of(text: &str) -> Option<(i8, i8)> {
    let (day, month) = text.trim().split_once(['/', '-', '.'])?;
    let (day, month): (i8, i8) = (day.trim().parse().ok()?, month.trim().parse().ok()?);
    // 2000 is a leap year: 29/02 is a day of some years, and its last day in the others.
    Date::new(2000, month, day).ok().map(|_| (month, day))
}

/// Whether a text is a code: capitals and figures.
pub fn is_code(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    !text.is_empty() && text.chars().count() <= CODE_CHARS_MAX && text.chars().all(is_letter)
}

impl fmt::Display for PeriodName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code.as_str() {
            "YEAR" => write!(f, "{:04}", self.year.0),
            code => write!(f, "{:04}-{code}", self.year.0),
        }
    }
}

impl FromStr for PeriodName {
    type Err = Refusal;

    /// Takes the year alone or with a code; anything else is `report-period-unknown`.
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let refusal = || Refusal::because("report-period-unknown");
        let (year, code) = text.split_once('-').unwrap_or((text, "YEAR"));
        let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
        match year.parse() {
            Ok(year @ 1900..=9998) if is_year && is_code(code) => Ok(Self {
                year: ReportingYear(year),
                code: code.to_owned(),
            }),
            _ => Err(refusal()),
        }
    }
}

impl From<Period> for PeriodName {
    fn from(period: Period) -> Self {
        Self {
            year: period.year,
            code: code_of(period.kind).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn own(code: &str, days: WrittenDays<'_>) -> ReportingPeriod {
        ReportingPeriod {
            id: Some(RowId::from(Uuid::nil())),
            code: code.to_owned(),
            name: "9 tháng".to_owned(),
            definition: define(days).unwrap(),
        }
    }

    const NINE_MONTHS: WrittenDays<'_> = WrittenDays {
        first: "",
        last: "14/9",
        due: "17/9",
        is_cumulative: true,
    };

    #[test]
    fn the_windows_of_the_ministry_are_those_of_base() {
        let all = periods(Vec::new());
        for kind in PeriodKind::ALL {
            let period = ReportingYear(2023).period(kind);
            let window = window(&all, &period.into()).unwrap();
            assert_eq!(
                window,
                Window {
                    due_workday: None,
                    ..Window::of_period(period)
                }
            );
        }
    }

    #[test]
    fn a_province_asks_for_nine_months_from_december_on() {
        let all = periods(vec![own("M9", NINE_MONTHS)]);
        assert_eq!(all.len(), 5);
        let window = window(&all, &"2023-M9".parse().unwrap()).unwrap();
        assert_eq!(
            (window.first, window.last),
            (date(2022, 12, 15), date(2023, 9, 14))
        );
        assert_eq!(window.due, Some(date(2023, 9, 17)));
        assert_eq!(window.next_last, Some(date(2023, 12, 14)));
        assert!(all.iter().find(|p| p.code == "M9").unwrap().is_cumulative());
        assert!(!all.iter().find(|p| p.code == "Q3").unwrap().is_cumulative());
    }

    #[test]
    fn an_own_period_takes_the_place_of_the_ministrys_of_its_code() {
        let earlier = WrittenDays {
            first: "",
            last: "14/3",
            due: "10/3",
            is_cumulative: true,
        };
        let all = periods(vec![own("Q1", earlier)]);
        assert_eq!(all.len(), 4);
        let window = window(&all, &"2023-Q1".parse().unwrap()).unwrap();
        assert_eq!(
            window.due,
            Some(date(2023, 3, 10)),
            "before the period ends"
        );
        let year = own(
            "Y2",
            WrittenDays {
                last: "31/12",
                due: "15/1",
                ..earlier
            },
        );
        assert_eq!(
            year.definition.due.in_year(ReportingYear(2023)),
            date(2024, 1, 15)
        );
    }

    #[test]
    fn days_are_read_as_people_write_them_and_wrong_ones_are_all_named() {
        let alone = WrittenDays {
            first: "15/3",
            last: "14-6",
            due: "18.06",
            is_cumulative: false,
        };
        let definition = define(alone).unwrap();
        assert_eq!(
            definition.first.in_year(ReportingYear(2023)),
            date(2023, 3, 15)
        );
        assert_eq!(
            definition.due.in_year(ReportingYear(2023)),
            date(2023, 6, 18)
        );
        let over_new_year = define(WrittenDays {
            first: "1/12",
            ..alone
        })
        .unwrap();
        assert_eq!(over_new_year.first.years_after, -1);
        let wrong = WrittenDays {
            first: "x",
            last: "31/2",
            due: "",
            is_cumulative: false,
        };
        let problems = define(wrong).unwrap_err();
        let fields: Vec<_> = problems.iter().map(|p| p.field.unwrap()).collect();
        assert_eq!(fields, ["last", "due", "first"]);
    }

    #[test]
    fn names_that_are_no_period_are_refused() {
        for text in [
            "",
            "23",
            "2023-",
            "2023-q1",
            "2023-Q1-X",
            "2023-LONGCODE9",
            "9999",
        ] {
            assert!(text.parse::<PeriodName>().is_err(), "{text}");
        }
        let unknown = window(&periods(Vec::new()), &"2023-M9".parse().unwrap());
        assert_eq!(unknown, Err(Refusal::because("report-period-unknown")));
    }

    proptest! {
        #[test]
        fn a_name_is_read_as_it_is_written(year in 1900i16..9998, code in "[A-Z0-9]{1,8}") {
            let name = PeriodName { year: ReportingYear(year), code };
            prop_assert_eq!(name.to_string().parse::<PeriodName>().unwrap(), name);
        }
    }
}

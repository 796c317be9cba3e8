//! The stretch of days that a report covers.

use base::calendar::period::{Period, PeriodKind};
use base::calendar::working::WorkCalendar;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The stretch of days that a report covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// `2023-Q1`, `2023-H1`, `2023-Q3`, `2023`; empty for days that are no reporting period.
    pub period: String,
    /// What people call a period that a province defined, without the year; empty for others.
    #[serde(default)]
    pub name: String,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// The day by which the report is due, as the guidance writes it.
    pub due: Option<Date>,
    /// The next working day, when the due day is off.
    pub due_workday: Option<Date>,
    /// First day of the period after it.
    pub next_first: Option<Date>,
    /// Last day of the period after it.
    pub next_last: Option<Date>,
}

impl Window {
    /// The window of a reporting period.
    pub fn of_period(period: Period) -> Self {
        let next = after(period);
        Self {
            period: period.to_string(),
            name: String::new(),
            first: period.first(),
            last: period.last(),
            due: Some(period.due()),
            due_workday: Some(period.due_workday()),
            next_first: period.last().tomorrow().ok(),
            next_last: Some(next.last()),
        }
    }

    /// The same window with its due day read by an agency's calendar: holidays move it too.
    #[must_use]
    pub fn read_by(mut self, calendar: &WorkCalendar) -> Self {
        self.due_workday = self.due.map(|due| calendar.deadline(due).after);
        self
    }

    /// Days that are no reporting period.
    pub fn of_days(first: Date, last: Date) -> Self {
        Self {
            period: String::new(),
            name: String::new(),
            first,
            last: last.max(first),
            due: None,
            due_workday: None,
            next_first: None,
            next_last: None,
        }
    }
}

/// The report after this one: what is still to be done is done in it.
fn after(period: Period) -> Period {
    let mut year = period.year;
    let kind = match period.kind {
        PeriodKind::Q1 => PeriodKind::H1,
        PeriodKind::H1 => PeriodKind::Q3,
        PeriodKind::Q3 => PeriodKind::Year,
        PeriodKind::Year => {
            year.0 = year.0.saturating_add(1);
            PeriodKind::Q1
        }
    };
    year.period(kind)
}

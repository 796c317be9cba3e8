//! Which reports are due, and which were sent in time: pure rules, and the door by which other
//! features ask.
//!
//! A due day has two readings: the last working day up to it (careful), and the first from it on
//! (the law's). A report is late only by the second; whether it kept the first is told too.

use base::Fault;
use base::calendar::period::ReportingYear;
use base::calendar::working::Deadline;
use base::id::{AgencyId, PlanId, RowId};
use db::Conn;
use jiff::civil::Date;

use super::report_store::ReportLine;
use super::window::Window;
use super::{period_store, periods, report_store, source_store};

/// Reports of a plan that are looked through.
const REPORTS_MAX: i64 = 200;

/// How far a report of a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueState {
    /// The period has not begun.
    Ahead,
    /// The period runs.
    Running,
    /// The period is over and the report is to be made.
    Due,
    /// The due day is over, by its later reading, and nothing was sent.
    Late,
    /// Made, and not yet numbered and sent.
    Made,
    /// Sent by the due day, by its later reading.
    Sent,
    /// Sent after it.
    SentLate,
}

impl DueState {
    /// The word that pages and programs use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Running => "running",
            Self::Due => "due",
            Self::Late => "late",
            Self::Made => "made",
            Self::Sent => "sent",
            Self::SentLate => "sent-late",
        }
    }
}

/// A report that an agency owes or has made.
#[derive(Clone, Debug)]
pub struct DueReport {
    /// On which plan.
    pub plan: PlanId,
    /// Its title.
    pub plan_title: String,
    /// Its days; `period` names it.
    pub window: Window,
    /// By when, in both readings.
    pub deadline: Deadline,
    /// The newest report that was made, if one was.
    pub report: Option<RowId>,
    /// The day on which it was issued, if it was.
    pub sent_on: Option<Date>,
    /// How far it is.
    pub state: DueState,
    /// The reports that were made, newest first.
    pub made: Vec<ReportLine>,
}

impl DueReport {
    /// Whether it was sent in time: by the careful reading and by that of the law; none while it is
    /// neither sent nor late.
    pub fn is_on_time(&self) -> Option<(bool, bool)> {
        match (self.sent_on, self.state) {
            (Some(day), _) => Some((day <= self.deadline.before, day <= self.deadline.after)),
            (None, DueState::Late) => Some((false, false)),
            (None, _) => None,
        }
    }
}

/// How far a report is.
pub fn state(
    today: Date,
    window: &Window,
    deadline: &Deadline,
    (is_made, sent_on): (bool, Option<Date>),
) -> DueState {
    match sent_on {
        Some(day) if day <= deadline.after => DueState::Sent,
        Some(_) => DueState::SentLate,
        None if today > deadline.after => DueState::Late,
        None if is_made && today > window.last => DueState::Made,
        None if today < window.first => DueState::Ahead,
        None if today <= window.last => DueState::Running,
        None => DueState::Due,
    }
}

/// The reports that an agency owes on its plans, by plan and due day.
///
/// # Faults
/// The database does not answer.
pub async fn due(conn: &mut Conn, agency: AgencyId, today: Date) -> Result<Vec<DueReport>, Fault> {
    let calendar = house::calendar::of(conn, agency).await?;
    let kinds = period_store::all(conn, agency).await?;
    let mut found = Vec::new();
    for plan in source_store::plans(conn, agency).await? {
        let made = report_store::list(conn, plan.id, REPORTS_MAX).await?;
        for kind in &kinds {
            let name = kind.of_year(ReportingYear(plan.year));
            let Ok(window) = periods::window(&kinds, &name) else {
                continue;
            };
            let window = window.read_by(&calendar);
            let deadline = calendar.deadline(window.due.unwrap_or(window.last));
            let own: Vec<ReportLine> = made
                .iter()
                .filter(|line| line.period == window.period)
                .cloned()
                .collect();
            let sent_on = own.iter().filter_map(|line| line.issued_on).min();
            found.push(DueReport {
                plan: plan.id,
                plan_title: plan.title.clone(),
                state: state(today, &window, &deadline, (!own.is_empty(), sent_on)),
                report: own.first().map(|line| line.id),
                sent_on,
                window,
                deadline,
                made: own,
            });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_report_is_late_only_by_the_later_reading_of_its_due_day() {
        let mut window = Window::of_days(date(2022, 12, 15), date(2023, 3, 14));
        window.due = Some(date(2023, 3, 18));
        // A Saturday.
        let deadline = Deadline {
            written: date(2023, 3, 18),
            before: date(2023, 3, 17),
            after: date(2023, 3, 20),
        };
        let of = |today, made: (bool, Option<Date>)| state(today, &window, &deadline, made);
        let cases = [
            (date(2022, 12, 14), (false, None), DueState::Ahead),
            (date(2023, 3, 14), (false, None), DueState::Running),
            (date(2023, 3, 14), (true, None), DueState::Running),
            (date(2023, 3, 15), (false, None), DueState::Due),
            (date(2023, 3, 15), (true, None), DueState::Made),
            (date(2023, 3, 20), (false, None), DueState::Due),
            (date(2023, 3, 21), (false, None), DueState::Late),
            (date(2023, 3, 21), (true, None), DueState::Late),
            (
                date(2023, 4, 1),
                (true, Some(date(2023, 3, 20))),
                DueState::Sent,
            ),
            (
                date(2023, 4, 1),
                (true, Some(date(2023, 3, 21))),
                DueState::SentLate,
            ),
        ];
        for (today, made, state) in cases {
            assert_eq!(of(today, made), state, "{today} {made:?}");
        }
    }
}

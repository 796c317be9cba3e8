//! By when things are due, and what becomes of those days when the calendar changes. No deadline
//! is stored: it is the written day, read by the calendar of the moment.

use base::Error;
use base::calendar::period::ReportingYear;
use base::calendar::working::{Deadline, WorkCalendar};
use base::id::{ActivityId, AgencyId, PlanId};
use db::Conn;
use house::people::agency_store;
use jiff::civil::Date;

use super::activity::When;
use super::import::Recurrence;
use super::plan::{Plan, PlanState};
use super::progress::Promise;
use super::{activity_store, board, plan_store, task_store};

/// A day by which an activity of a running plan is due, as the plan writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueDay {
    /// The plan.
    pub plan: PlanId,
    /// Its year.
    pub year: i16,
    /// The activity.
    pub activity: ActivityId,
    /// Its number in the tree.
    pub no: String,
    /// What it is called.
    pub title: String,
    /// Who leads it; empty when nobody is named.
    pub lead: String,
    /// The last day of its window, or of one of its slots.
    pub day: Date,
}

/// A deadline that is another one in another calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedDeadline {
    /// What is due.
    pub due: DueDay,
    /// Its readings in the old calendar.
    pub old: Deadline,
    /// Its readings in the new one.
    pub new: Deadline,
}

/// The days that the running plans of an agency write, the next first.
///
/// # Faults
/// The database does not answer.
pub async fn due_days(conn: &mut Conn, agency: AgencyId) -> Result<Vec<DueDay>, Error> {
    let plans = plan_store::list(conn, agency).await?;
    let running = plans
        .into_iter()
        .filter(|plan| plan.details.state == PlanState::Issued);
    let mut days = Vec::new();
    for plan in running {
        days.extend(of_plan(conn, &plan).await?);
    }
    days.sort_by(|a, b| (a.day, &a.no).cmp(&(b.day, &b.no)));
    Ok(days)
}

async fn of_plan(conn: &mut Conn, plan: &Plan) -> Result<Vec<DueDay>, Error> {
    let tasks = task_store::list(conn, plan.id).await?;
    let mut activities = activity_store::list(conn, plan.id).await?;
    let numbers = board::numbered(&tasks, &mut activities);
    let names_on = ReportingYear(plan.details.year).last();
    let units = agency_store::units(conn, plan.agency, names_on).await?;
    let mut days = Vec::new();
    for activity in activities {
        let details = activity.details;
        let ends = ends(&details.when, plan.details.year);
        let unit = units.iter().find(|unit| Some(unit.id) == details.lead_unit);
        let lead = unit.map_or(details.lead_unit_text, |unit| unit.name.clone());
        days.extend(ends.into_iter().map(|day| DueDay {
            plan: plan.id,
            year: plan.details.year,
            activity: activity.id,
            no: numbers.get(&activity.id).cloned().unwrap_or_default(),
            title: details.title.clone(),
            lead: lead.clone(),
            day,
        }));
    }
    Ok(days)
}

/// The days by which something is due: the end of each slot of a month or more, or the last day of
/// the window; none where the plan tells no day. Shorter slots are not deadlines that anybody
/// would look up.
fn ends(when: &When, year: i16) -> Vec<Date> {
    match when.recurs {
        Some(recurs) if recurs >= Recurrence::Monthly => {
            let slots = Promise::of(when, year).slots;
            slots.into_iter().map(|(_, last)| last).collect()
        }
        _ => when.to.into_iter().collect(),
    }
}

/// The deadlines of running plans that one calendar reads otherwise than another, the next first:
/// what a change of holidays moves, and nothing else.
///
/// # Faults
/// The database does not answer.
pub async fn moved_deadlines(
    conn: &mut Conn,
    agency: AgencyId,
    old: &WorkCalendar,
    new: &WorkCalendar,
) -> Result<Vec<MovedDeadline>, Error> {
    Ok(moved(due_days(conn, agency).await?, old, new))
}

fn moved(days: Vec<DueDay>, old: &WorkCalendar, new: &WorkCalendar) -> Vec<MovedDeadline> {
    let both = |due: DueDay| MovedDeadline {
        old: old.deadline(due.day),
        new: new.deadline(due.day),
        due,
    };
    let all = days.into_iter().map(both);
    all.filter(|moved| moved.old != moved.new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::calendar::working::{DayKind, MarkedDay};
    use base::id::Uuid;
    use jiff::Span;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn due(day: Date) -> DueDay {
        DueDay {
            plan: PlanId::from(Uuid::nil()),
            year: 2023,
            activity: ActivityId::from(Uuid::nil()),
            no: "1".to_owned(),
            title: "Hội nghị".to_owned(),
            lead: String::new(),
            day,
        }
    }

    fn mark(day: Date) -> MarkedDay {
        MarkedDay {
            day,
            kind: DayKind::Holiday,
            name: "Dữ liệu thử".to_owned(),
        }
    }

    #[test]
    fn only_what_falls_on_the_new_day_off_moves() {
        let old = WorkCalendar::default();
        let new = old.with([mark(date(2023, 5, 1))]);
        let days = [date(2023, 4, 28), date(2023, 5, 1), date(2023, 5, 2)];
        let found = moved(days.map(due).to_vec(), &old, &new);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].due.day, date(2023, 5, 1));
        assert_eq!(found[0].new.before, date(2023, 4, 28));
        assert_eq!(found[0].new.after, date(2023, 5, 2));
    }

    #[test]
    fn a_recurring_activity_is_due_at_the_end_of_each_slot() {
        let when = |recurs| When {
            text: String::new(),
            from: Some(date(2023, 1, 1)),
            to: Some(date(2023, 12, 31)),
            recurs,
        };
        let quarters = ends(&when(Some(Recurrence::Quarterly)), 2023);
        assert_eq!(
            quarters,
            [
                date(2023, 3, 31),
                date(2023, 6, 30),
                date(2023, 9, 30),
                date(2023, 12, 31)
            ]
        );
        for once in [None, Some(Recurrence::Weekly), Some(Recurrence::Continuous)] {
            assert_eq!(ends(&when(once), 2023), [date(2023, 12, 31)], "{once:?}");
        }
        assert!(ends(&When::default(), 2023).is_empty(), "no day is told");
    }

    #[test]
    fn a_sunday_before_a_new_holiday_moves_too() {
        let old = WorkCalendar::default();
        let new = old.with([mark(date(2023, 5, 1))]);
        let found = moved(vec![due(date(2023, 4, 30))], &old, &new);
        assert_eq!(found[0].old.after, date(2023, 5, 1));
        assert_eq!(found[0].new.after, date(2023, 5, 2));
    }

    proptest! {
        #[test]
        fn a_change_moves_exactly_the_deadlines_whose_readings_it_touches(
            off in proptest::collection::btree_set(0i32..365, 0..30), days in proptest::collection::vec(0i32..365, 0..40)
        ) {
            let day = |n: i32| date(2023, 1, 1).saturating_add(Span::new().days(n));
            let old = WorkCalendar::default();
            let new = old.with(off.iter().map(|n| mark(day(*n))));
            let dues: Vec<DueDay> = days.iter().map(|n| due(day(*n))).collect();
            let found = moved(dues.clone(), &old, &new);
            for one in dues {
                let readings = old.deadline(one.day);
                let is_touched = [readings.before, readings.after]
                    .iter()
                    .any(|reading| off.iter().any(|n| day(*n) == *reading));
                let n_found = found.iter().filter(|moved| moved.due.day == one.day).count();
                prop_assert_eq!(n_found > 0, is_touched, "{}", one.day);
            }
        }
    }
}

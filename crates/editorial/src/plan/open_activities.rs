//! The open activities of units, which go on with their heirs when units merge or split.

use base::calendar::period::ReportingYear;
use base::id::{ActivityId, UnitId};
use base::{Error, SubjectKind};
use db::{Act, Conn};
use house::people::following::{Answering, Belonging, Follower, Handover, Leaving};

use super::activity::Activity;
use super::board::Board;
use super::plan::{Plan, PlanState};
use super::{activity_store, activity_unit_store, plan_store};

/// Activities that are not done, of plans that are not closed and whose reporting year had not
/// ended when the units changed. What is done, and what past years promised, stays with the unit
/// that did it, so that past reports keep their names.
pub struct OpenActivities;

impl Follower for OpenActivities {
    fn open_work<'a>(
        &'a self,
        conn: &'a mut Conn,
        leaving: &'a Leaving,
    ) -> Answering<'a, Vec<Belonging>> {
        Box::pin(open_work(conn, leaving))
    }

    fn hand_over<'a>(
        &'a self,
        act: &'a mut Act,
        handovers: &'a [Handover],
        now: i64,
    ) -> Answering<'a, ()> {
        Box::pin(hand_over(act, handovers, now))
    }
}

async fn open_work(conn: &mut Conn, leaving: &Leaving) -> Result<Vec<Belonging>, Error> {
    let plans = plan_store::list(conn, leaving.agency).await?;
    let mut found = Vec::new();
    for plan in plans.into_iter().filter(|plan| goes_on(plan, leaving)) {
        let board = Board::load(conn, plan, leaving.today).await?;
        for activity in &board.activities {
            if board.progress(activity).status.is_done() {
                continue;
            }
            let units = leaving.units.iter();
            for unit in units.filter(|unit| names(activity, **unit)) {
                let no = board.number(activity.id);
                found.push(Belonging {
                    kind: SubjectKind::Activity,
                    id: activity.id.to_string(),
                    title: format!(
                        "{} · {no} · {}",
                        board.plan.details.year, activity.details.title
                    ),
                    unit: *unit,
                });
            }
        }
    }
    Ok(found)
}

/// Whether an activity names a unit. What is asked of every unit names none and moves by itself.
fn names(activity: &Activity, unit: UnitId) -> bool {
    let details = &activity.details;
    details.lead_unit == Some(unit) || details.supporting_units.contains(&unit)
}

/// Whether a plan still promises something after the change.
fn goes_on(plan: &Plan, leaving: &Leaving) -> bool {
    let last = ReportingYear(plan.details.year).last();
    plan.details.state != PlanState::Closed && leaving.day <= last
}

async fn hand_over(act: &mut Act, handovers: &[Handover], now: i64) -> Result<(), Error> {
    let own = handovers
        .iter()
        .filter(|handover| handover.what.kind == SubjectKind::Activity);
    for handover in own {
        let id: ActivityId = handover.what.id.parse()?;
        let units = (handover.what.unit, handover.to);
        activity_unit_store::give(act, id, units, handover.accountable, now).await?;
        if let Some(plan) = activity_store::plan_of(act, id).await? {
            act.touch(format!("plan/{plan}"));
            act.touch("plans");
        }
    }
    Ok(())
}

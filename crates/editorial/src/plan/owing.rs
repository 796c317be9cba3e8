//! What the running plans still owe: for every activity that is not done, the first slot that is not
//! filled, who owes it, and by when. Derived, like every status.

use base::Error;
use base::id::{AccountId, ActivityId, AgencyId, PlanId, UnitId};
use db::Conn;
use jiff::civil::Date;

use super::activity::Activity;
use super::board::Board;
use super::plan::PlanState;
use super::plan_store;
use super::progress::{SlotProgress, WHOLE};

/// What an activity of a running plan still owes.
#[derive(Clone, Debug)]
pub struct Owing {
    /// The plan.
    pub plan: PlanId,
    /// The activity.
    pub activity: ActivityId,
    /// Its number in the tree.
    pub no: String,
    /// What is to be done.
    pub title: String,
    /// The unit that leads, if it is one of ours.
    pub unit: Option<UnitId>,
    /// Who leads, as the plan calls them.
    pub lead: String,
    /// The person who answers for it.
    pub accountable: Option<AccountId>,
    /// Whether it is asked of each unit, and this is one unit's part.
    pub is_part: bool,
    /// The last day for the first thing missing: of a recurring activity, the end of the first slot
    /// that is not filled; of any other, the end of its window.
    pub due: Date,
    /// How many are missing by that day.
    pub missing: i64,
    /// Of what.
    pub unit_of: String,
    /// Counts its saves.
    pub version: i64,
}

/// What the running plans of an agency still owe, what is due first first.
///
/// # Faults
/// The database does not answer.
pub async fn owing(conn: &mut Conn, agency: AgencyId, today: Date) -> Result<Vec<Owing>, Error> {
    let mut all = Vec::new();
    for plan in plan_store::list(conn, agency).await? {
        if plan.details.state == PlanState::Issued {
            let board = Board::load(conn, plan, today).await?;
            all.extend(
                board
                    .activities
                    .iter()
                    .flat_map(|it| of_activity(&board, it)),
            );
        }
    }
    all.sort_by(|a, b| (a.due, &a.no).cmp(&(b.due, &b.no)));
    Ok(all)
}

/// What an activity owes: of each unit when it is asked of each, of all together otherwise.
fn of_activity(board: &Board, activity: &Activity) -> Vec<Owing> {
    let progress = board.progress(activity);
    if progress.status.is_done() {
        return Vec::new();
    }
    let mut firsts: Vec<SlotProgress> = Vec::new();
    for slot in board.slots(activity) {
        if missing(&slot) == 0 {
            continue;
        }
        match firsts.iter_mut().find(|first| first.unit == slot.unit) {
            Some(first) if slot.to < first.to => *first = slot,
            Some(_) => {}
            None => firsts.push(slot),
        }
    }
    let owing = |slot: &SlotProgress| of_slot(board, activity, slot);
    firsts.iter().map(owing).collect()
}

/// How many a slot lacks: whole ones, so that half an item is still one.
fn missing(slot: &SlotProgress) -> i64 {
    slot.number - slot.done.max(0) / WHOLE
}

fn of_slot(board: &Board, activity: &Activity, slot: &SlotProgress) -> Owing {
    let details = &activity.details;
    let is_other = slot.unit.is_some() && slot.unit != details.lead_unit;
    let target = details.targets.get(slot.target);
    Owing {
        plan: board.plan.id,
        activity: activity.id,
        no: board.number(activity.id).to_owned(),
        title: details.title.clone(),
        unit: slot.unit.or(details.lead_unit),
        lead: match slot.unit {
            Some(unit) => board.unit_name(unit).to_owned(),
            None => board.lead(activity),
        },
        // Who answers for the leading unit does not answer for another unit's part.
        accountable: details.accountable.filter(|_| !is_other),
        is_part: slot.unit.is_some(),
        due: slot.to,
        missing: missing(slot),
        unit_of: target.map(|target| target.unit.clone()).unwrap_or_default(),
        version: activity.version,
    }
}

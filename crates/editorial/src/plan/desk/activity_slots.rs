//! The slots of an activity as a table, and why its deadline stands where it stands.

use base::Fault;
use base::calendar::working::{Deadline, WorkCalendar};
use base::calendar::{at_local, date_short};
use base::id::UnitId;
use db::Conn;
use web::Say;

use crate::plan::activity::Activity;
use crate::plan::board::Board;
use crate::plan::lines::hundredths;
use crate::plan::plan::Plan;
use crate::plan::plan_store;
use crate::plan::progress::deadline::{Moved, Reading, moved};
use crate::plan::progress::{Promise, SlotProgress, Status};

/// A slot as a row: of several units, all together.
pub(crate) struct SlotRow {
    pub days: String,
    pub target: String,
    pub deadline: String,
    pub done: String,
    pub tag: String,
    pub state: &'static str,
    /// The units that have not done theirs although it is due, or that did it late.
    pub lacking: Vec<String>,
}

impl SlotRow {
    /// How many units lack.
    pub fn n_lacking(&self) -> i64 {
        i64::try_from(self.lacking.len()).unwrap_or(i64::MAX)
    }
}

/// The slots of an activity; none while it has a single one and nobody is asked for himself.
pub(super) fn rows(board: &Board, activity: &Activity, say: &Say) -> Vec<SlotRow> {
    let all = board.slots(activity);
    let asked = board.asked(activity);
    let promise = Promise::of(&activity.details.when, board.plan.details.year);
    if !promise.is_recurring && asked == [None] {
        return Vec::new();
    }
    let n_slots = promise.slots.len();
    let mut rows = Vec::new();
    for (place, target) in activity.details.targets.iter().enumerate() {
        let own: Vec<&SlotProgress> = all.iter().filter(|slot| slot.target == place).collect();
        for n in 0..n_slots {
            let same: Vec<&SlotProgress> = own.iter().skip(n).step_by(n_slots).copied().collect();
            rows.extend(together(board, &same, (&target.unit, say)));
        }
    }
    rows
}

/// The slots of one unit, of all activities that are asked of it for itself: those whose days have
/// begun, the newest first, and the next.
pub(super) fn of_unit(
    board: &Board,
    unit: UnitId,
    say: &Say,
) -> Vec<(String, String, Vec<SlotRow>)> {
    let is_own = |activity: &&Activity| board.asked(activity).contains(&Some(unit));
    let own = board.activities.iter().filter(is_own);
    own.map(|activity| {
        let slots = board.slots(activity);
        let begun = slots.iter().filter(|slot| slot.from <= board.today);
        let next = slots.iter().find(|slot| slot.from > board.today);
        let mut rows: Vec<SlotRow> = begun
            .chain(next)
            .filter_map(|slot| {
                let target = activity.details.targets.get(slot.target)?;
                together(board, &[slot], (&target.unit, say))
            })
            .collect();
        rows.reverse();
        let details = &activity.details;
        (activity.id.to_string(), details.title.clone(), rows)
    })
    .collect()
}

fn together(board: &Board, same: &[&SlotProgress], (unit, say): (&str, &Say)) -> Option<SlotRow> {
    let first = same.first()?;
    let status = Status::of_all(same.iter().map(|slot| slot.status));
    let number: i64 = same.iter().map(|slot| slot.number).sum();
    let done: i64 = same.iter().map(|slot| slot.done).sum();
    let lacking = same.iter().filter_map(|slot| {
        let is_told = matches!(
            slot.status,
            Status::Late | Status::AtRisk | Status::DoneLate
        );
        let name = board.unit_name(slot.unit.filter(|_| is_told && same.len() > 1)?);
        Some(format!("{name} ({})", slot_words(slot.status, say)))
    });
    Some(SlotRow {
        days: days(first, say),
        target: unit.to_owned(),
        deadline: deadline_short(first.deadline),
        done: format!("{} / {number}", hundredths(done)),
        tag: slot_words(status, say),
        state: status.look(),
        lacking: lacking.collect(),
    })
}

/// A slot that is late was missed: it stays so, whatever the total.
fn slot_words(status: Status, say: &Say) -> String {
    match status {
        Status::Late => say.t("plan-slot-missed"),
        other => say.t(&format!("plan-status-{}", other.as_str())),
    }
}

fn days(slot: &SlotProgress, say: &Say) -> String {
    if slot.from == slot.to {
        return date_short(slot.from);
    }
    let (from, to) = (date_short(slot.from), date_short(slot.to));
    say.with("plan-slot-days", &[("from", &from), ("to", &to)])
}

/// Both readings of a deadline in short: one day when they are the same.
fn deadline_short(deadline: Deadline) -> String {
    if deadline.is_moved() {
        let (before, after) = (date_short(deadline.before), date_short(deadline.after));
        format!("{before} / {after}")
    } else {
        date_short(deadline.written)
    }
}

/// The sentences about the deadline of an activity: both readings of a day that is off, and what
/// has moved since the plan was issued.
pub(super) async fn deadline_words(
    conn: &mut Conn,
    board: &Board,
    activity: &Activity,
    say: &Say,
) -> Result<Vec<String>, Fault> {
    let promise = Promise::of(&activity.details.when, board.plan.details.year);
    let mut words = readings(board.calendar.deadline(promise.to), &board.calendar, say);
    if let Some(known_at) = known_at(conn, &board.plan).await? {
        let then = house::calendar::as_of(conn, board.plan.agency, known_at).await?;
        for slot in promise.slots.iter().map(|(_, to)| *to) {
            let all = moved(slot, &then, &board.calendar);
            words.extend(all.iter().map(|one| moved_words(one, say)));
        }
    }
    Ok(words)
}

/// When the calendar of the plan's issue was known: at the end of the day of issue, or when the plan
/// came into the house, if that was later. None before it is issued.
async fn known_at(conn: &mut Conn, plan: &Plan) -> Result<Option<i64>, Fault> {
    let Some(day) = plan.details.issued_on else {
        return Ok(None);
    };
    let end = day.tomorrow().unwrap_or(day).at(0, 0, 0, 0);
    let created_at = plan_store::created_at(conn, plan.id).await?;
    Ok(Some(at_local(end).as_millisecond().max(created_at)))
}

fn readings(deadline: Deadline, calendar: &WorkCalendar, say: &Say) -> Vec<String> {
    if !deadline.is_moved() {
        return Vec::new();
    }
    let name = calendar.why_off(deadline.written).unwrap_or_default();
    let why = if name.is_empty() {
        say.t("plan-deadline-weekend")
    } else {
        name.to_owned()
    };
    let all = [
        ("written", &*date_short(deadline.written)),
        ("why", &why),
        ("before", &date_short(deadline.before)),
        ("after", &date_short(deadline.after)),
    ];
    vec![say.with("plan-deadline-readings", &all)]
}

fn moved_words(one: &Moved, say: &Say) -> String {
    let key = match one.reading {
        Reading::Before => "plan-deadline-moved-before",
        Reading::After => "plan-deadline-moved-after",
    };
    let day = date_short(one.day);
    let why = match (one.is_off, one.name.as_str()) {
        (true, "") => say.t1("plan-deadline-off", "day", &day),
        (true, name) => say.with("plan-deadline-off-named", &[("day", &day), ("name", name)]),
        (false, _) => say.t1("plan-deadline-worked", "day", &day),
    };
    let all = [
        ("from", &*date_short(one.from)),
        ("to", &date_short(one.to)),
        ("why", &why),
    ];
    say.with(key, &all)
}

//! The targets of activities, in rows.

use std::collections::HashMap;

use base::id::{ActivityId, PlanId};
use base::{Error, Fault, Problem, Refusal};
use db::{Act, Conn, Row, values};

use super::target::{Counts, FIELDS, Target, kept_numbers};

/// The targets of all activities of a plan, each activity's in their order.
pub async fn list(
    conn: &mut Conn,
    plan: PlanId,
) -> Result<HashMap<ActivityId, Vec<Target>>, Fault> {
    let rows = conn
        .rows(
            "SELECT target.* FROM activity JOIN target ON target.activity_id = activity.id
             WHERE activity.plan_id = ? ORDER BY target.activity_id, target.position",
            &values![plan],
        )
        .await?;
    let mut all: HashMap<ActivityId, Vec<Target>> = HashMap::new();
    for row in &rows {
        all.entry(row.parse("activity_id")?)
            .or_default()
            .push(read(row)?);
    }
    Ok(all)
}

/// The targets of one activity with their numbers, in their order.
pub async fn of_activity(
    conn: &mut Conn,
    activity: ActivityId,
) -> Result<Vec<(i64, Target)>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM target WHERE activity_id = ? ORDER BY position",
            &values![activity],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((row.int("no")?, read(row)?)))
        .collect()
}

/// Makes these the targets of an activity; each keeps its number as [`kept_numbers`] says.
///
/// # Refusals
/// `plan-target-counted` for one that is taken out although figures were entered for it.
pub async fn save(act: &mut Act, activity: ActivityId, targets: &[Target]) -> Result<(), Error> {
    let saved = of_activity(act, activity).await?;
    let units: Vec<(i64, String)> = saved
        .iter()
        .map(|(no, target)| (*no, target.unit.clone()))
        .collect();
    let numbers = kept_numbers(&units, targets);
    for (place, (no, target)) in saved.iter().enumerate() {
        if !numbers.contains(no) {
            refuse_counted(act, activity, (*no, place, target)).await?;
            act.run(
                "DELETE FROM target WHERE activity_id = ? AND no = ?",
                &values![activity, *no],
            )
            .await?;
        }
    }
    for ((target, no), position) in targets.iter().zip(numbers).zip(0i64..) {
        act.run(
            "INSERT INTO target (activity_id, no, position, number, unit, counts)
             VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (activity_id, no) DO UPDATE SET position = excluded.position,
                 number = excluded.number, unit = excluded.unit, counts = excluded.counts",
            &values![
                activity,
                no,
                position,
                target.number,
                &target.unit,
                target.counts.as_str()
            ],
        )
        .await?;
    }
    Ok(())
}

async fn refuse_counted(
    act: &mut Act,
    activity: ActivityId,
    (no, place, target): (i64, usize, &Target),
) -> Result<(), Error> {
    let n = act
        .count(
            "SELECT COUNT(*) AS n FROM figure WHERE activity_id = ? AND target_no = ?",
            &values![activity, no],
        )
        .await?;
    if n == 0 {
        return Ok(());
    }
    let field = FIELDS.get(place).map_or("target_unit", |row| row.1);
    let problem = Problem::at(field, "plan-target-counted").with("unit", &target.unit);
    Err(Refusal::Invalid(vec![problem]).into())
}

/// Takes the targets of an activity away, with it.
pub async fn remove(act: &mut Act, activity: ActivityId) -> Result<(), Fault> {
    act.run(
        "DELETE FROM target WHERE activity_id = ?",
        &values![activity],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Target, Fault> {
    let word = row.text("counts")?;
    Ok(Target {
        number: row.int("number")?,
        unit: row.text("unit")?,
        counts: Counts::parse(&word)
            .ok_or_else(|| Fault::new(format!("a target counts {word:?}")))?,
    })
}

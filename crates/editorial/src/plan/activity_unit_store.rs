//! Activities that go to another unit, in rows.

use base::Fault;
use base::id::{AccountId, ActivityId, UnitId};
use db::{Act, values};

/// Gives an activity's lead or support from one unit to another; who answers for it changes only
/// with the lead, and only if somebody is named. A unit never leads and supports at once.
pub async fn give(
    act: &mut Act,
    id: ActivityId,
    (from, to): (UnitId, UnitId),
    accountable: Option<AccountId>,
    now: i64,
) -> Result<(), Fault> {
    act.run(
        "UPDATE activity SET lead_unit_id = ?, accountable_id = COALESCE(?, accountable_id)
         WHERE id = ? AND lead_unit_id = ?",
        &values![to, accountable, id, from],
    )
    .await?;
    act.run(
        "INSERT INTO activity_supporting_unit (activity_id, unit_id)
         SELECT activity_id, ? FROM activity_supporting_unit
         WHERE activity_id = ? AND unit_id = ?
         ON CONFLICT (activity_id, unit_id) DO NOTHING",
        &values![to, id, from],
    )
    .await?;
    act.run(
        "DELETE FROM activity_supporting_unit WHERE activity_id = ? AND (unit_id = ?
             OR unit_id = (SELECT lead_unit_id FROM activity WHERE id = ?))",
        &values![id, from, id],
    )
    .await?;
    act.run(
        "UPDATE activity SET version = version + 1, changed_at = ? WHERE id = ?",
        &values![now, id],
    )
    .await?;
    Ok(())
}

//! Rounds of opinions and what the units answered, in rows.

use base::id::{AccountId, AgencyId, PlanId, RowId, UnitId};
use base::{Error, Fault, Refusal};
use db::{Act, Conn, Row, values};

use super::opinion::{Answer, Answering, Asking, AwaitedOpinion, Opinion, Resolution, Round};

/// The rounds of a plan, the newest first.
pub async fn rounds(conn: &mut Conn, plan: PlanId) -> Result<Vec<Round>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM opinion_round WHERE plan_id = ? ORDER BY no DESC",
            &values![plan],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Round {
                id: row.parse("id")?,
                plan: row.parse("plan_id")?,
                no: row.int("no")?,
                deadline: row.parse("deadline")?,
                note: row.text("note")?,
                asked_at: row.int("asked_at")?,
                ended_at: row.maybe_int("ended_at")?,
            })
        })
        .collect()
}

/// What the units were asked and said in one round, in the order of the units.
pub async fn of_round(conn: &mut Conn, round: RowId) -> Result<Vec<Opinion>, Fault> {
    let rows = conn
        .rows(
            "SELECT opinion.*, account.name AS answered_by_name FROM opinion
             JOIN unit ON unit.id = opinion.unit_id
             LEFT JOIN account ON account.id = opinion.answered_by
             WHERE opinion.round_id = ? ORDER BY unit.position, unit.id",
            &values![round],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// What the units said in all rounds of a plan.
pub async fn of_plan(conn: &mut Conn, plan: PlanId) -> Result<Vec<Opinion>, Fault> {
    let rows = conn
        .rows(
            "SELECT opinion.*, account.name AS answered_by_name FROM opinion
             JOIN opinion_round ON opinion_round.id = opinion.round_id
             LEFT JOIN account ON account.id = opinion.answered_by
             WHERE opinion_round.plan_id = ? ORDER BY opinion_round.no, opinion.id",
            &values![plan],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Whose opinion is still awaited in an agency: units that were asked in a round that is open and
/// have not answered.
pub async fn awaited(conn: &mut Conn, agency: AgencyId) -> Result<Vec<AwaitedOpinion>, Fault> {
    let rows = conn
        .rows(
            "SELECT plan.id AS plan_id, plan.title AS title, opinion.unit_id AS unit_id,
                 opinion_round.no AS no, opinion_round.deadline AS deadline
             FROM opinion_round
             JOIN plan ON plan.id = opinion_round.plan_id
             JOIN opinion ON opinion.round_id = opinion_round.id
             WHERE plan.agency_id = ? AND plan.state = 'opinions'
               AND opinion_round.ended_at IS NULL AND opinion.answer IS NULL
             ORDER BY opinion_round.deadline, plan.id, opinion.id",
            &values![agency],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(AwaitedOpinion {
                plan: row.parse("plan_id")?,
                title: row.text("title")?,
                unit: row.parse("unit_id")?,
                round: row.int("no")?,
                deadline: row.parse("deadline")?,
            })
        })
        .collect()
}

/// Begins a round and asks these units.
pub async fn ask(
    act: &mut Act,
    (round, plan): (RowId, PlanId),
    asking: &Asking,
    units: &[(RowId, UnitId)],
    now: i64,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO opinion_round (id, plan_id, no, deadline, note, asked_at)
         SELECT ?, ?, COALESCE(MAX(no), 0) + 1, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS BIGINT)
         FROM opinion_round WHERE plan_id = ?",
        &values![
            round,
            plan,
            asking.deadline.to_string(),
            &asking.note,
            now,
            plan
        ],
    )
    .await?;
    for (row, unit) in units {
        act.run(
            "INSERT INTO opinion (id, round_id, unit_id) VALUES (?, ?, ?)",
            &values![*row, round, *unit],
        )
        .await?;
    }
    Ok(())
}

/// Ends the open round of a plan; how many there were.
pub async fn end(act: &mut Act, plan: PlanId, now: i64) -> Result<u64, Fault> {
    act.run(
        "UPDATE opinion_round SET ended_at = ? WHERE plan_id = ? AND ended_at IS NULL",
        &values![now, plan],
    )
    .await
}

/// Keeps what a unit answers; an answer that changes has to be resolved anew.
///
/// # Refusals
/// Not found: the unit was not asked in this round.
pub async fn answer(
    act: &mut Act,
    (round, unit): (RowId, UnitId),
    answering: &Answering,
    (by, now): (AccountId, i64),
) -> Result<(), Error> {
    let n = act
        .run(
            "UPDATE opinion SET answer = ?, text = ?, answered_by = ?, answered_at = ?,
                 is_taken = NULL, reply = '', resolved_by = NULL, resolved_at = NULL
             WHERE round_id = ? AND unit_id = ?",
            &values![
                answering.answer.as_str(),
                &answering.text,
                by,
                now,
                round,
                unit
            ],
        )
        .await?;
    if n == 0 {
        Err(Refusal::NotFound.into())
    } else {
        Ok(())
    }
}

/// Keeps what is decided on a unit's remarks.
pub async fn resolve(
    act: &mut Act,
    opinion: RowId,
    resolution: &Resolution,
    (by, now): (AccountId, i64),
) -> Result<(), Fault> {
    act.run(
        "UPDATE opinion SET is_taken = ?, reply = ?, resolved_by = ?, resolved_at = ? WHERE id = ?",
        &values![resolution.is_taken, &resolution.reply, by, now, opinion],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Opinion, Fault> {
    Ok(Opinion {
        id: row.parse("id")?,
        unit: row.parse("unit_id")?,
        answer: row.maybe_text("answer")?.as_deref().and_then(Answer::parse),
        text: row.text("text")?,
        answered_by: row.maybe_text("answered_by_name")?.unwrap_or_default(),
        answered_at: row.maybe_int("answered_at")?,
        is_taken: row.maybe_int("is_taken")?.map(|n| n != 0),
        reply: row.text("reply")?,
    })
}

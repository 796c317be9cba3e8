//! The result of a round as it was decided, in rows.

use base::Fault;
use base::id::{RoundBodyId, RoundId};
use db::{Act, Conn, values};
use rust_decimal::Decimal;

use super::total::Total;

/// The place of a body in a decided round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The body.
    pub body: RoundBodyId,
    /// What it was called.
    pub name: String,
    /// Its rank; none when it did not submit.
    pub rank: Option<usize>,
    /// Its class; empty without one.
    pub class: String,
    /// Its sum.
    pub total: Total,
}

/// Keeps the place of a body.
///
/// # Faults
/// The database refuses it.
pub async fn add(act: &mut Act, round: RoundId, placed: &Placed) -> Result<(), Fault> {
    let total = &placed.total;
    act.run(
        "INSERT INTO round_result (body_id, round_id, rank, class, points, counted, whole)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        &values![
            placed.body,
            round,
            placed.rank.and_then(|rank| i64::try_from(rank).ok()),
            &placed.class,
            total.points.to_string(),
            total.of.to_string(),
            total.whole.to_string(),
        ],
    )
    .await?;
    Ok(())
}

/// The places of a decided round, the first first, those without a rank at the end.
///
/// # Faults
/// The database does not answer.
pub async fn list(conn: &mut Conn, round: RoundId) -> Result<Vec<Placed>, Fault> {
    let rows = conn
        .rows(
            "SELECT round_result.*, round_body.name FROM round_result
             JOIN round_body ON round_body.id = round_result.body_id
             WHERE round_result.round_id = ?
             ORDER BY CASE WHEN rank IS NULL THEN 1 ELSE 0 END, rank, round_body.position,
                 round_body.id",
            &values![round],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let total = Total {
                points: row.parse::<Decimal>("points")?,
                of: row.parse("counted")?,
                whole: row.parse("whole")?,
                n_open: 0,
            };
            let rank = row.maybe_int("rank")?;
            Ok(Placed {
                body: row.parse("body_id")?,
                name: row.text("name")?,
                rank: rank.and_then(|rank| usize::try_from(rank).ok()),
                class: row.text("class")?,
                total,
            })
        })
        .collect()
}

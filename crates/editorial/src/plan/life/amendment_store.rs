//! Amendments in rows.

use base::id::{PlanId, RowId};
use base::{Error, Fault, Refusal};
use db::{Act, Conn, Row, values};

use super::amendment::{Amendment, AmendmentState, Copies};
use super::issue::{Scan, Signed};
use super::life_store::parts;
use crate::plan::plan_store::day;

/// The amendments of a plan, the first first.
pub async fn list(conn: &mut Conn, plan: PlanId) -> Result<Vec<Amendment>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM amendment WHERE plan_id = ? ORDER BY no",
            &values![plan],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// One amendment of a plan.
///
/// # Refusals
/// Not found.
pub async fn find(conn: &mut Conn, plan: PlanId, id: RowId) -> Result<Amendment, Error> {
    let row = conn
        .row(
            "SELECT * FROM amendment WHERE id = ? AND plan_id = ?",
            &values![id, plan],
        )
        .await?;
    Ok(read(&row)?)
}

/// The open amendment of which this is the working copy.
pub async fn of_copy(conn: &mut Conn, copy: PlanId) -> Result<Option<Amendment>, Fault> {
    let row = conn
        .maybe("SELECT * FROM amendment WHERE copy_id = ?", &values![copy])
        .await?;
    row.as_ref().map(read).transpose()
}

/// Keeps a new, open amendment.
pub async fn add(act: &mut Act, amendment: &Amendment, now: i64) -> Result<(), Fault> {
    let copies = serde_json::to_string(&amendment.copies)
        .map_err(|error| Fault::from_source("an amendment's copies cannot be written", error))?;
    act.run(
        "INSERT INTO amendment (id, plan_id, copy_id, no, state, reason, copies, opened_at)
         SELECT ?, ?, ?, COALESCE(MAX(no), 0) + 1, 'open', CAST(? AS TEXT), CAST(? AS TEXT),
             CAST(? AS BIGINT)
         FROM amendment WHERE plan_id = ?",
        &values![
            amendment.id,
            amendment.plan,
            amendment.copy,
            &amendment.reason,
            copies,
            now,
            amendment.plan
        ],
    )
    .await?;
    Ok(())
}

/// Lets go of the working copy, before it is removed.
pub async fn release_copy(act: &mut Act, id: RowId) -> Result<(), Fault> {
    act.run(
        "UPDATE amendment SET copy_id = NULL WHERE id = ?",
        &values![id],
    )
    .await?;
    Ok(())
}

/// Keeps that an open amendment was dropped.
///
/// # Refusals
/// [`Refusal::Stale`]: it is no longer open.
pub async fn drop(act: &mut Act, id: RowId) -> Result<(), Error> {
    let n = act
        .run(
            "UPDATE amendment SET state = 'dropped' WHERE id = ? AND state = 'open'",
            &values![id],
        )
        .await?;
    if n == 0 {
        Err(Refusal::Stale.into())
    } else {
        Ok(())
    }
}

/// Keeps that an open amendment is in force, by which decision, and to which baseline it led.
///
/// # Refusals
/// [`Refusal::Stale`]: it is no longer open.
pub async fn put_in_force(
    act: &mut Act,
    id: RowId,
    signed: &Signed,
    baseline_no: i64,
) -> Result<(), Error> {
    let (scan, name) = parts(signed.scan.as_ref());
    let n = act
        .run(
            "UPDATE amendment SET state = 'in_force', number = ?, decided_on = ?, signer = ?,
                 scan_file = ?, scan_name = ?, baseline_no = ?
             WHERE id = ? AND state = 'open'",
            &values![
                &signed.number,
                day(signed.day),
                &signed.signer,
                scan,
                name,
                baseline_no,
                id
            ],
        )
        .await?;
    if n == 0 {
        Err(Refusal::Stale.into())
    } else {
        Ok(())
    }
}

fn read(row: &Row) -> Result<Amendment, Fault> {
    let state = row.text("state")?;
    let state = AmendmentState::parse(&state)
        .ok_or_else(|| Fault::new(format!("an amendment's state is {state:?}")))?;
    let copies: Copies = serde_json::from_str(&row.text("copies")?)
        .map_err(|error| Fault::from_source("an amendment's copies", error))?;
    let name = row.text("scan_name")?;
    let scan = row.maybe_text("scan_file")?;
    Ok(Amendment {
        id: row.parse("id")?,
        plan: row.parse("plan_id")?,
        copy: row.maybe_parse("copy_id")?,
        no: row.int("no")?,
        state,
        reason: row.text("reason")?,
        signed: Signed {
            number: row.text("number")?,
            day: row.maybe_parse("decided_on")?,
            signer: row.text("signer")?,
            scan: scan.map(|sha256| Scan { sha256, name }),
        },
        baseline_no: row.maybe_int("baseline_no")?,
        copies,
    })
}

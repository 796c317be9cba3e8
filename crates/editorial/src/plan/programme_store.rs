//! Programmes and what belongs to them, in rows.

use std::collections::HashMap;

use base::id::{ActivityId, AgencyId, ItemId, PlanId, ProgrammeId};
use base::{Error, Fault, Problem, Refusal};
use db::{Act, Conn, Row, values};
use jiff::civil::Date;

use super::programme::{Programme, ProgrammeDetails};
use crate::items::item::ItemKind;

/// More programmes than any agency reports under.
const PROGRAMMES_MAX: i64 = 200;

/// All programmes of an agency, in their order.
pub async fn list(conn: &mut Conn, agency: AgencyId) -> Result<Vec<Programme>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM programme WHERE agency_id = ? ORDER BY position, id LIMIT ?",
            &values![agency, PROGRAMMES_MAX],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The programme with this id, in this agency.
pub async fn find(conn: &mut Conn, agency: AgencyId, id: ProgrammeId) -> Result<Programme, Error> {
    let row = conn
        .row(
            "SELECT * FROM programme WHERE id = ? AND agency_id = ?",
            &values![id, agency],
        )
        .await?;
    Ok(read(&row)?)
}

/// Adds a programme at the end.
///
/// # Refusals
/// `programme-code-known` at its field.
pub async fn add(act: &mut Act, programme: &Programme, now: i64) -> Result<(), Error> {
    refuse_known(act, programme).await?;
    act.run(
        "INSERT INTO programme (id, agency_id, code, name, position, version, created_at)
         SELECT ?, ?, ?, ?, COALESCE(MAX(position), 0) + 1, 1, CAST(? AS BIGINT)
         FROM programme WHERE agency_id = ?",
        &values![
            programme.id,
            programme.agency,
            &programme.details.code,
            &programme.details.name,
            now,
            programme.agency
        ],
    )
    .await?;
    Ok(())
}

/// Saves a programme, if nobody saved it since its version was read.
///
/// # Refusals
/// `programme-code-known` at its field; [`Refusal::Stale`].
pub async fn save(act: &mut Act, programme: &Programme) -> Result<(), Error> {
    refuse_known(act, programme).await?;
    let n = act
        .run(
            "UPDATE programme SET code = ?, name = ?, version = version + 1
             WHERE id = ? AND version = ?",
            &values![
                &programme.details.code,
                &programme.details.name,
                programme.id,
                programme.version
            ],
        )
        .await?;
    if n == 0 {
        Err(Refusal::Stale.into())
    } else {
        Ok(())
    }
}

async fn refuse_known(conn: &mut Conn, programme: &Programme) -> Result<(), Error> {
    let n = conn
        .count(
            "SELECT COUNT(*) AS n FROM programme WHERE agency_id = ? AND code = ? AND id <> ?",
            &values![programme.agency, &programme.details.code, programme.id],
        )
        .await?;
    if n == 0 {
        return Ok(());
    }
    let ProgrammeDetails { code, .. } = &programme.details;
    let problem = Problem::at("code", "programme-code-known").with("code", code);
    Err(Refusal::Invalid(vec![problem]).into())
}

/// The programmes of each activity of a plan, in the agency's order.
pub async fn of_plan(
    conn: &mut Conn,
    plan: PlanId,
) -> Result<HashMap<ActivityId, Vec<ProgrammeId>>, Fault> {
    let rows = conn
        .rows(
            "SELECT activity_programme.activity_id, activity_programme.programme_id
             FROM activity_programme
             JOIN activity ON activity.id = activity_programme.activity_id
             JOIN programme ON programme.id = activity_programme.programme_id
             WHERE activity.plan_id = ? ORDER BY programme.position, programme.id",
            &values![plan],
        )
        .await?;
    let mut all: HashMap<ActivityId, Vec<ProgrammeId>> = HashMap::new();
    for row in &rows {
        all.entry(row.parse("activity_id")?)
            .or_default()
            .push(row.parse("programme_id")?);
    }
    Ok(all)
}

/// Makes these the programmes of an activity.
pub async fn save_of_activity(
    act: &mut Act,
    activity: ActivityId,
    programmes: &[ProgrammeId],
) -> Result<(), Fault> {
    act.run(
        "DELETE FROM activity_programme WHERE activity_id = ?",
        &values![activity],
    )
    .await?;
    for programme in programmes {
        act.run(
            "INSERT INTO activity_programme (activity_id, programme_id) VALUES (?, ?)
             ON CONFLICT (activity_id, programme_id) DO NOTHING",
            &values![activity, *programme],
        )
        .await?;
    }
    Ok(())
}

/// The programmes that an item belongs to by itself, in the agency's order.
pub async fn of_item(conn: &mut Conn, item: ItemId) -> Result<Vec<ProgrammeId>, Fault> {
    let rows = conn
        .rows(
            "SELECT item_programme.programme_id FROM item_programme
             JOIN programme ON programme.id = item_programme.programme_id
             WHERE item_programme.item_id = ? ORDER BY programme.position, programme.id",
            &values![item],
        )
        .await?;
    rows.iter().map(|row| row.parse("programme_id")).collect()
}

/// Makes these the programmes that an item belongs to by itself.
pub async fn save_of_item(
    act: &mut Act,
    item: ItemId,
    programmes: &[ProgrammeId],
) -> Result<(), Fault> {
    act.run(
        "DELETE FROM item_programme WHERE item_id = ?",
        &values![item],
    )
    .await?;
    for programme in programmes {
        act.run(
            "INSERT INTO item_programme (item_id, programme_id) VALUES (?, ?)
             ON CONFLICT (item_id, programme_id) DO NOTHING",
            &values![item, *programme],
        )
        .await?;
    }
    Ok(())
}

/// One thing done for a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeItem {
    /// The item.
    pub id: ItemId,
    /// What kind.
    pub kind: ItemKind,
    /// What it is called.
    pub title: String,
    /// The day from which it counts.
    pub done_on: Date,
}

/// How many items each programme of an agency has between two days, each item once.
pub async fn counts(
    conn: &mut Conn,
    agency: AgencyId,
    (first, last): (Date, Date),
) -> Result<HashMap<ProgrammeId, i64>, Fault> {
    let rows = conn
        .rows(
            "SELECT programme_id, COUNT(*) AS n FROM (
                 SELECT activity_programme.programme_id, activity_item.item_id
                 FROM programme
                 JOIN activity_programme ON activity_programme.programme_id = programme.id
                 JOIN activity_item
                     ON activity_item.activity_id = activity_programme.activity_id
                 WHERE programme.agency_id = ?
                 UNION
                 SELECT item_programme.programme_id, item_programme.item_id
                 FROM programme
                 JOIN item_programme ON item_programme.programme_id = programme.id
                 WHERE programme.agency_id = ?) belonging
             JOIN item ON item.id = belonging.item_id
             WHERE item.done_on >= ? AND item.done_on <= ? GROUP BY programme_id",
            &values![agency, agency, first.to_string(), last.to_string()],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((row.parse("programme_id")?, row.int("n")?)))
        .collect()
}

/// One page of the items of a programme between two days, newest first, each once.
pub async fn items(
    conn: &mut Conn,
    programme: ProgrammeId,
    (first, last): (Date, Date),
    (limit, offset): (i64, i64),
) -> Result<Vec<ProgrammeItem>, Fault> {
    let rows = conn
        .rows(
            "SELECT item.id, item.kind, item.title, item.done_on FROM (
                 SELECT activity_item.item_id FROM activity_programme
                 JOIN activity_item
                     ON activity_item.activity_id = activity_programme.activity_id
                 WHERE activity_programme.programme_id = ?
                 UNION
                 SELECT item_id FROM item_programme WHERE programme_id = ?) belonging
             JOIN item ON item.id = belonging.item_id
             WHERE item.done_on >= ? AND item.done_on <= ?
             ORDER BY item.done_on DESC, item.id DESC LIMIT ? OFFSET ?",
            &values![
                programme,
                programme,
                first.to_string(),
                last.to_string(),
                limit,
                offset
            ],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(ProgrammeItem {
                id: row.parse("id")?,
                kind: ItemKind::of(&row.text("kind")?),
                title: row.text("title")?,
                done_on: row.parse("done_on")?,
            })
        })
        .collect()
}

/// An activity that belongs to a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeActivity {
    /// Its id.
    pub id: ActivityId,
    /// Its plan.
    pub plan: PlanId,
    /// What the plan is called.
    pub plan_title: String,
    /// What is done.
    pub title: String,
}

/// The activities of a programme in the plans of a year.
pub async fn activities(
    conn: &mut Conn,
    programme: ProgrammeId,
    year: i16,
) -> Result<Vec<ProgrammeActivity>, Fault> {
    let rows = conn
        .rows(
            "SELECT activity.id, activity.plan_id, activity.title, plan.title AS plan_title
             FROM activity_programme
             JOIN activity ON activity.id = activity_programme.activity_id
             JOIN plan ON plan.id = activity.plan_id
             WHERE activity_programme.programme_id = ? AND plan.year = ?
             ORDER BY plan.title, plan.id, activity.position, activity.id",
            &values![programme, year],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(ProgrammeActivity {
                id: row.parse("id")?,
                plan: row.parse("plan_id")?,
                plan_title: row.text("plan_title")?,
                title: row.text("title")?,
            })
        })
        .collect()
}

fn read(row: &Row) -> Result<Programme, Fault> {
    Ok(Programme {
        id: row.parse("id")?,
        agency: row.parse("agency_id")?,
        details: ProgrammeDetails {
            code: row.text("code")?,
            name: row.text("name")?,
        },
        version: row.int("version")?,
    })
}

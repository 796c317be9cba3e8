//! Which kinds of evidence activities must have and which they have, in rows.

use std::collections::{HashMap, HashSet};

use base::id::{AccountId, ActivityId, AgencyId, ItemId, PlanId, UnitId};
use base::{Error, Fault};
use db::{Act, Conn, Row, values};
use house::evidence::EvidenceKind;
use house::evidence::kind::{kinds_of, words_of};
use jiff::civil::Date;

use super::requirement::{Asked, Had};

/// What was chosen for an activity; `None` while nobody has.
pub async fn chosen(
    conn: &mut Conn,
    activity: ActivityId,
) -> Result<Option<Vec<EvidenceKind>>, Fault> {
    let row = conn
        .maybe(
            "SELECT kinds FROM activity_requirement WHERE activity_id = ?",
            &values![activity],
        )
        .await?;
    row.map(|row| Ok(kinds_of(&row.text("kinds")?))).transpose()
}

/// Chooses the kinds that an activity must have.
pub async fn choose(
    act: &mut Act,
    activity: ActivityId,
    kinds: &[EvidenceKind],
    (by, now): (AccountId, i64),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO activity_requirement (activity_id, kinds, chosen_at, chosen_by)
         VALUES (?, ?, ?, ?)
         ON CONFLICT (activity_id) DO UPDATE SET kinds = excluded.kinds,
             chosen_at = excluded.chosen_at, chosen_by = excluded.chosen_by",
        &values![activity, words_of(kinds), now, by],
    )
    .await?;
    Ok(())
}

/// An activity as pages of evidence name it.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its id.
    pub id: ActivityId,
    /// Its plan.
    pub plan: PlanId,
    /// What is to be done.
    pub title: String,
    /// How, in the plan's words.
    pub form: String,
    /// What comes out, in the plan's words.
    pub output: String,
    /// The unit that leads, if it is one of ours.
    pub lead_unit: Option<UnitId>,
}

/// An activity of a plan of this agency.
///
/// # Refusals
/// Not found.
pub async fn find(conn: &mut Conn, agency: AgencyId, activity: ActivityId) -> Result<Named, Error> {
    let row = conn
        .row(
            "SELECT activity.* FROM activity JOIN plan ON plan.id = activity.plan_id
             WHERE activity.id = ? AND plan.agency_id = ?",
            &values![activity, agency],
        )
        .await?;
    Ok(named(&row)?)
}

/// The activities of an agency's running and closed plans of a year for which nobody has chosen yet.
pub async fn unchosen(conn: &mut Conn, agency: AgencyId, year: i16) -> Result<Vec<Named>, Fault> {
    let rows = conn
        .rows(
            "SELECT activity.* FROM activity JOIN plan ON plan.id = activity.plan_id
             WHERE plan.agency_id = ? AND plan.year = ? AND plan.state IN ('issued', 'closed')
               AND NOT EXISTS (SELECT 1 FROM activity_requirement
                   WHERE activity_requirement.activity_id = activity.id)
             ORDER BY plan.created_at, activity.position, activity.id",
            &values![agency, year],
        )
        .await?;
    rows.iter().map(named).collect()
}

fn named(row: &Row) -> Result<Named, Fault> {
    Ok(Named {
        id: row.parse("id")?,
        plan: row.parse("plan_id")?,
        title: row.text("title")?,
        form: row.text("form")?,
        output: row.text("output")?,
        lead_unit: row.maybe_parse("lead_unit_id")?,
    })
}

/// The activities of an agency's running and closed plans of a year that must have evidence. `every`
/// are the units of the agency, for what is asked of every unit.
pub async fn asked(
    conn: &mut Conn,
    agency: AgencyId,
    year: i16,
    every: &[UnitId],
) -> Result<Vec<Asked>, Fault> {
    let supporting = supporting(conn, agency, year).await?;
    let rows = conn
        .rows(
            "SELECT activity.*, activity_requirement.kinds FROM activity_requirement
             JOIN activity ON activity.id = activity_requirement.activity_id
             JOIN plan ON plan.id = activity.plan_id
             WHERE plan.agency_id = ? AND plan.year = ? AND plan.state IN ('issued', 'closed')
               AND activity_requirement.kinds <> ''
             ORDER BY plan.created_at, activity.position, activity.id",
            &values![agency, year],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let activity = row.parse("id")?;
            let lead: Option<UnitId> = row.maybe_parse("lead_unit_id")?;
            let per_unit = row.text("per_unit")?;
            let units = match per_unit.as_str() {
                "every" => every.iter().copied().map(Some).collect(),
                "involved" => {
                    let own = supporting.get(&activity).cloned().unwrap_or_default();
                    lead.into_iter().chain(own).map(Some).collect()
                }
                _ => vec![lead],
            };
            Ok(Asked {
                plan: row.parse("plan_id")?,
                activity,
                title: row.text("title")?,
                kinds: kinds_of(&row.text("kinds")?),
                units,
                lead: row.text("lead_unit_text")?,
                is_per_unit: per_unit != "together",
                due: row.maybe_parse("window_to")?,
            })
        })
        .collect()
}

async fn supporting(
    conn: &mut Conn,
    agency: AgencyId,
    year: i16,
) -> Result<HashMap<ActivityId, Vec<UnitId>>, Fault> {
    let rows = conn
        .rows(
            "SELECT activity.id, activity_supporting_unit.unit_id FROM activity_supporting_unit
             JOIN activity ON activity.id = activity_supporting_unit.activity_id
             JOIN plan ON plan.id = activity.plan_id
             WHERE plan.agency_id = ? AND plan.year = ? AND activity.per_unit = 'involved'",
            &values![agency, year],
        )
        .await?;
    let mut units: HashMap<ActivityId, Vec<UnitId>> = HashMap::new();
    for row in &rows {
        units
            .entry(row.parse("id")?)
            .or_default()
            .push(row.parse("unit_id")?);
    }
    Ok(units)
}

/// The kinds of evidence that the activities of a year have: attached to them, to items that fulfil
/// them, or to figures that were entered for them. What was withdrawn is not had.
pub async fn had(conn: &mut Conn, agency: AgencyId, year: i16) -> Result<HashSet<Had>, Fault> {
    let rows = conn
        .rows(
            "WITH proof AS (
                 SELECT evidence_subject.subject_kind, evidence_subject.subject_id,
                     evidence.proof_kind, evidence.unit_id
                 FROM evidence_subject
                 JOIN evidence ON evidence.id = evidence_subject.evidence_id
                 WHERE evidence.agency_id = ? AND evidence.withdrawn_at IS NULL
                   AND evidence_subject.subject_kind IN ('activity', 'item')),
             own AS (
                 SELECT activity.id FROM activity JOIN plan ON plan.id = activity.plan_id
                 WHERE plan.agency_id = ? AND plan.year = ? AND plan.state IN ('issued', 'closed'))
             SELECT own.id AS activity_id, proof.proof_kind, proof.unit_id
             FROM proof JOIN own ON own.id = proof.subject_id WHERE proof.subject_kind = 'activity'
             UNION
             SELECT own.id, proof.proof_kind, proof.unit_id
             FROM proof JOIN activity_item ON activity_item.item_id = proof.subject_id
             JOIN own ON own.id = activity_item.activity_id
             JOIN item ON item.id = activity_item.item_id AND item.done_on IS NOT NULL
             WHERE proof.subject_kind = 'item'
             UNION
             SELECT own.id, proof.proof_kind, proof.unit_id
             FROM proof JOIN figure ON figure.item_id = proof.subject_id
             JOIN own ON own.id = figure.activity_id
             WHERE proof.subject_kind = 'item' AND figure.withdrawn_at IS NULL",
            &values![agency, agency, year],
        )
        .await?;
    let mut all = HashSet::with_capacity(rows.len());
    for row in &rows {
        if let Some(kind) = EvidenceKind::parse(&row.text("proof_kind")?) {
            all.insert((row.parse("activity_id")?, row.maybe_parse("unit_id")?, kind));
        }
    }
    Ok(all)
}

/// An item that is done and has no standing evidence.
#[derive(Clone, Debug)]
pub struct BareItem {
    /// Its id.
    pub id: ItemId,
    /// What it is called.
    pub title: String,
    /// Which unit did it.
    pub unit: Option<UnitId>,
    /// The day from which it counts.
    pub done_on: Date,
}

/// Items of an agency that were done between two days and have no standing evidence, oldest first; of
/// one unit, or of all (`None`).
pub async fn bare_items(
    conn: &mut Conn,
    agency: AgencyId,
    (first, last): (Date, Date),
    unit: Option<UnitId>,
) -> Result<Vec<BareItem>, Fault> {
    let rows = conn
        .rows(
            "SELECT item.id, item.title, item.unit_id, item.done_on FROM item
             WHERE item.agency_id = ? AND item.done_on >= ? AND item.done_on <= ?
               AND (? = '' OR item.unit_id = ?)
               AND NOT EXISTS (
                   SELECT 1 FROM evidence_subject
                   JOIN evidence ON evidence.id = evidence_subject.evidence_id
                   WHERE evidence_subject.subject_kind = 'item'
                     AND evidence_subject.subject_id = item.id AND evidence.withdrawn_at IS NULL)
             ORDER BY item.done_on, item.id LIMIT ?",
            &values![
                agency,
                first.to_string(),
                last.to_string(),
                unit.map(|unit| unit.to_string()).unwrap_or_default(),
                unit,
                BARE_ITEMS_MAX
            ],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(BareItem {
                id: row.parse("id")?,
                title: row.text("title")?,
                unit: row.maybe_parse("unit_id")?,
                done_on: row.parse("done_on")?,
            })
        })
        .collect()
}

/// Most items without evidence that a list tells.
const BARE_ITEMS_MAX: i64 = 500;

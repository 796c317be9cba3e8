//! Which pieces of evidence go into a pack, page by page, in rows.

use base::Fault;
use base::id::{AgencyId, EvidenceId, ItemId, PlanId, RowId, UnitId};
use db::{Conn, Row, Value, values};
use jiff::civil::Date;

/// Pieces that are read at a time.
const PIECES_AT_A_TIME: i64 = 200;

/// A piece for a pack.
#[derive(Clone, Debug)]
pub(super) struct PackPiece {
    pub(super) id: EvidenceId,
    pub(super) entry: RowId,
    /// The day by which it is asked for: that of its item, or of what it shows.
    pub(super) day: Date,
}

/// Which standing pieces are asked for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) agency: AgencyId,
    /// First and last day.
    pub(super) days: (Date, Date),
    /// Only what proves an activity of this plan, or an item or figure of one.
    pub(super) plan: Option<PlanId>,
    /// Only what this unit did.
    pub(super) unit: Option<UnitId>,
    /// Only what proves this criterion or component, or a self-score of it.
    pub(super) criterion: Option<String>,
}

/// The values of a page, in the order of its placeholders.
fn asked(wanted: &Wanted, after: Option<&PackPiece>) -> Vec<Value> {
    let (day, id) = match after {
        Some(piece) => (piece.day.to_string(), piece.id.to_string()),
        None => (String::new(), String::new()),
    };
    let plan = wanted.plan.map(|id| id.to_string()).unwrap_or_default();
    let unit = wanted.unit.map(|id| id.to_string()).unwrap_or_default();
    let criterion = wanted.criterion.clone().unwrap_or_default();
    let (first, last) = wanted.days;
    let mut values = values![wanted.agency, first.to_string(), last.to_string()].to_vec();
    values.extend(values![&unit, &unit, &plan, &plan, &plan, &plan]);
    values.extend(values![
        &criterion, &criterion, &criterion, &criterion, &criterion
    ]);
    values.extend(values![&day, &day, id, PIECES_AT_A_TIME]);
    values
}

/// The next pieces after one; none when there are no more.
pub(super) async fn page(
    conn: &mut Conn,
    wanted: &Wanted,
    after: Option<&PackPiece>,
) -> Result<Vec<PackPiece>, Fault> {
    let rows = conn
        .rows(
            "SELECT id, entry_id, day FROM (
                 SELECT evidence.id, evidence.entry_id,
                     COALESCE(item.done_on, evidence.shown_on) AS day,
                     COALESCE(evidence.unit_id, item.unit_id, '') AS unit
                 FROM evidence LEFT JOIN item ON item.id = evidence.item_id
                 WHERE evidence.agency_id = ? AND evidence.withdrawn_at IS NULL
                   AND (evidence.item_id IS NULL OR item.done_on IS NOT NULL)) AS piece
             WHERE day >= ? AND day <= ? AND (? = '' OR unit = ?)
               AND (? = '' OR EXISTS (
                   SELECT 1 FROM evidence_subject
                   WHERE evidence_subject.evidence_id = piece.id
                     AND ((subject_kind = 'activity' AND subject_id IN (
                             SELECT activity.id FROM activity WHERE activity.plan_id = ?))
                       OR (subject_kind = 'item' AND subject_id IN (
                             SELECT activity_item.item_id FROM activity_item
                             JOIN activity ON activity.id = activity_item.activity_id
                             WHERE activity.plan_id = ?
                             UNION
                             SELECT figure.item_id FROM figure
                             JOIN activity ON activity.id = figure.activity_id
                             WHERE activity.plan_id = ? AND figure.withdrawn_at IS NULL)))))
               AND (? = '' OR EXISTS (
                   SELECT 1 FROM evidence_subject
                   WHERE evidence_subject.evidence_id = piece.id
                     AND ((subject_kind = 'component' AND subject_id IN (
                             SELECT component.id FROM component
                             WHERE component.id = ? OR component.criterion_id = ?))
                       OR (subject_kind = 'self_score' AND subject_id IN (
                             SELECT self_score.id FROM self_score
                             JOIN component ON component.id = self_score.component_id
                             WHERE component.id = ? OR component.criterion_id = ?)))))
               AND (day > ? OR (day = ? AND id > ?))
             ORDER BY day, id LIMIT ?",
            &asked(wanted, after),
        )
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<PackPiece, Fault> {
    Ok(PackPiece {
        id: row.parse("id")?,
        entry: row.parse("entry_id")?,
        day: row.parse("day")?,
    })
}

/// The standing pieces that prove an item, oldest first.
pub(super) async fn of_item(conn: &mut Conn, item: ItemId) -> Result<Vec<PackPiece>, Fault> {
    let rows = conn
        .rows(
            "SELECT evidence.id, evidence.entry_id, evidence.shown_on AS day FROM evidence_subject
             JOIN evidence ON evidence.id = evidence_subject.evidence_id
             WHERE evidence_subject.subject_kind = 'item' AND evidence_subject.subject_id = ?
               AND evidence.withdrawn_at IS NULL
             ORDER BY evidence.taken_at, evidence.id",
            &values![item],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The activities that a piece proves, by itself or through items and figures: id and title.
pub(super) async fn proves(
    conn: &mut Conn,
    id: EvidenceId,
) -> Result<Vec<(String, String)>, Fault> {
    let rows = conn
        .rows(
            "SELECT DISTINCT activity.id, activity.title, activity.position FROM evidence_subject
             LEFT JOIN activity_item ON evidence_subject.subject_kind = 'item'
                 AND activity_item.item_id = evidence_subject.subject_id
             LEFT JOIN figure ON evidence_subject.subject_kind = 'item'
                 AND figure.item_id = evidence_subject.subject_id
             JOIN activity ON activity.id = activity_item.activity_id
                 OR activity.id = figure.activity_id
                 OR (evidence_subject.subject_kind = 'activity'
                     AND activity.id = evidence_subject.subject_id)
             JOIN plan ON plan.id = activity.plan_id AND plan.state <> 'amendment'
             WHERE evidence_subject.evidence_id = ? ORDER BY activity.position, activity.id",
            &values![id],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((row.text("id")?, row.text("title")?)))
        .collect()
}

/// What a criterion or component of the agency's criteria sets is called.
pub(super) async fn criterion_title(
    conn: &mut Conn,
    agency: AgencyId,
    id: &str,
) -> Result<Option<String>, Fault> {
    let row = conn
        .maybe(
            "SELECT criterion.no, criterion.title FROM criterion
             JOIN area ON area.id = criterion.area_id
             JOIN criteria_set ON criteria_set.id = area.set_id
             WHERE criteria_set.agency_id = ? AND criterion.id = ?
             UNION ALL
             SELECT component.no, component.title FROM component
             JOIN criterion ON criterion.id = component.criterion_id
             JOIN area ON area.id = criterion.area_id
             JOIN criteria_set ON criteria_set.id = area.set_id
             WHERE criteria_set.agency_id = ? AND component.id = ?",
            &values![agency, id, agency, id],
        )
        .await?;
    row.map(|row| Ok(format!("{} {}", row.text("no")?, row.text("title")?)))
        .transpose()
}

/// The criteria of the agency's sets, newest set first: id and words.
pub(super) async fn criteria(
    conn: &mut Conn,
    agency: AgencyId,
) -> Result<Vec<(String, String)>, Fault> {
    let rows = conn
        .rows(
            "SELECT criterion.id, criterion.no, criterion.title, criteria_set.year_from FROM criterion
             JOIN area ON area.id = criterion.area_id
             JOIN criteria_set ON criteria_set.id = area.set_id
             WHERE criteria_set.agency_id = ?
             ORDER BY criteria_set.year_from DESC, criteria_set.id, area.position, criterion.position
             LIMIT 500",
            &values![agency],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let (year, no) = (row.int("year_from")?, row.text("no")?);
            let words = format!("{year} · {no} · {}", row.text("title")?);
            Ok((row.text("id")?, words))
        })
        .collect()
}

/// The size of the log at which the agency's last pack was exported, and its signed head.
pub(super) async fn last_export(
    conn: &mut Conn,
    agency: AgencyId,
) -> Result<Option<(u64, String)>, Fault> {
    let last = conn
        .maybe(
            "SELECT data FROM audit_entry
             WHERE subject_kind = 'agency' AND subject_id = ? AND act = 'evidence.export'
             ORDER BY at DESC, id DESC LIMIT 1",
            &values![agency],
        )
        .await?;
    let Some(row) = last else { return Ok(None) };
    let data: serde_json::Value = serde_json::from_str(&row.text("data")?).unwrap_or_default();
    let Some(size) = data.get("tree_size").and_then(serde_json::Value::as_i64) else {
        return Ok(None);
    };
    let note = conn
        .maybe(
            "SELECT note FROM audit_checkpoint WHERE size = ?",
            &values![size],
        )
        .await?;
    let Some(note) = note else { return Ok(None) };
    Ok(Some((u64::try_from(size).unwrap_or(0), note.text("note")?)))
}

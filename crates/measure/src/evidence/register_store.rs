//! The register of evidence: what stands in it and what does not, in rows.

use base::Fault;
use base::id::{ActivityId, AgencyId, EvidenceId, UnitId};
use db::{Conn, Row, Value, values};
use house::evidence::EvidenceKind;
use jiff::civil::Date;

use super::wish::Wish;

/// A piece in a list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its id.
    pub id: EvidenceId,
    /// What sort of proof it is.
    pub kind: EvidenceKind,
    /// What it is called.
    pub title: String,
    /// The day of what it shows.
    pub shown_on: Date,
    /// The unit whose work it shows.
    pub unit: Option<UnitId>,
    /// How many things it proves.
    pub n_subjects: i64,
    /// Its number in the log; none while it waits.
    pub leaf: Option<i64>,
    /// Whether it was withdrawn.
    pub is_withdrawn: bool,
}

/// The values of a wish, in the order of the placeholders that both statements share.
fn asked(agency: AgencyId, wish: &Wish) -> Vec<Value> {
    let text = |id: Option<String>| id.unwrap_or_default();
    let activity = text(wish.activity.map(|id: ActivityId| id.to_string()));
    let unit = text(wish.unit.map(|id: UnitId| id.to_string()));
    let kind = wish.kind.map_or("", EvidenceKind::as_str);
    let standing = wish.standing.as_str();
    let [one, two, three, four, five] = wish.patterns();
    values![
        agency,
        kind,
        kind,
        &unit,
        &unit,
        wish.from.map_or_else(String::new, |day| day.to_string()),
        wish.to
            .map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string()),
        standing,
        standing,
        &activity,
        &activity,
        &activity,
        &activity,
        one,
        two,
        three,
        four,
        five,
    ]
    .to_vec()
}

/// How many pieces a wish finds.
pub async fn count(conn: &mut Conn, agency: AgencyId, wish: &Wish) -> Result<i64, Fault> {
    conn.count(
        "SELECT COUNT(*) AS n FROM evidence
         WHERE agency_id = ? AND (? = '' OR proof_kind = ?)
           AND (? = '' OR COALESCE(unit_id, '') = ?) AND shown_on >= ? AND shown_on <= ?
           AND (? <> 'standing' OR withdrawn_at IS NULL)
           AND (? <> 'withdrawn' OR withdrawn_at IS NOT NULL)
           AND (? = '' OR EXISTS (
               SELECT 1 FROM evidence_subject WHERE evidence_subject.evidence_id = evidence.id
               AND ((subject_kind = 'activity' AND subject_id = ?)
                 OR (subject_kind = 'item' AND subject_id IN (
                     SELECT item_id FROM activity_item WHERE activity_id = ?
                     UNION SELECT item_id FROM figure
                     WHERE activity_id = ? AND withdrawn_at IS NULL)))))
           AND words LIKE ? ESCAPE '!' AND words LIKE ? ESCAPE '!' AND words LIKE ? ESCAPE '!'
           AND words LIKE ? ESCAPE '!' AND words LIKE ? ESCAPE '!'",
        &asked(agency, wish),
    )
    .await
}

/// One page of the pieces that a wish finds, what was shown last first.
pub async fn list(
    conn: &mut Conn,
    agency: AgencyId,
    wish: &Wish,
    (limit, offset): (i64, i64),
) -> Result<Vec<Line>, Fault> {
    let mut values = asked(agency, wish);
    values.extend(values![limit, offset]);
    let rows = conn
        .rows(
            "SELECT evidence.id, evidence.proof_kind, evidence.title, evidence.shown_on,
                 evidence.unit_id, evidence.withdrawn_at, audit_leaf.seq,
                 (SELECT COUNT(*) FROM evidence_subject
                  WHERE evidence_subject.evidence_id = evidence.id) AS n_subjects
             FROM evidence LEFT JOIN audit_leaf ON audit_leaf.entry_id = evidence.entry_id
             WHERE agency_id = ? AND (? = '' OR proof_kind = ?)
               AND (? = '' OR COALESCE(unit_id, '') = ?) AND shown_on >= ? AND shown_on <= ?
               AND (? <> 'standing' OR withdrawn_at IS NULL)
               AND (? <> 'withdrawn' OR withdrawn_at IS NOT NULL)
               AND (? = '' OR EXISTS (
                   SELECT 1 FROM evidence_subject WHERE evidence_subject.evidence_id = evidence.id
                   AND ((subject_kind = 'activity' AND subject_id = ?)
                     OR (subject_kind = 'item' AND subject_id IN (
                         SELECT item_id FROM activity_item WHERE activity_id = ?
                         UNION SELECT item_id FROM figure
                         WHERE activity_id = ? AND withdrawn_at IS NULL)))))
               AND words LIKE ? ESCAPE '!' AND words LIKE ? ESCAPE '!' AND words LIKE ? ESCAPE '!'
               AND words LIKE ? ESCAPE '!' AND words LIKE ? ESCAPE '!'
             ORDER BY evidence.shown_on DESC, evidence.id DESC LIMIT ? OFFSET ?",
            &values,
        )
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Line, Fault> {
    let kind = row.text("proof_kind")?;
    Ok(Line {
        id: row.parse("id")?,
        kind: EvidenceKind::parse(&kind)
            .ok_or_else(|| Fault::new(format!("no such kind of evidence: {kind}")))?,
        title: row.text("title")?,
        shown_on: row.parse("shown_on")?,
        unit: row.maybe_parse("unit_id")?,
        n_subjects: row.int("n_subjects")?,
        leaf: row.maybe_int("seq")?,
        is_withdrawn: row.maybe_int("withdrawn_at")?.is_some(),
    })
}

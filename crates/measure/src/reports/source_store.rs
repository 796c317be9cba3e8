//! What reports are counted from: rows of other features, read only, by a number of statements that
//! does not grow with the plan.

use base::Fault;
use base::id::{AgencyId, PlanId, UnitId};
use db::{Conn, Row, values};
use house::evidence::capture::rfc3339;
use jiff::civil::Date;

use super::figures::{EvidenceRow, ForcedPublication, SignerFacts, UnlinkedItem};
use super::report::{SourceItem, SourcePublication};

/// More plans than any agency reports on in one list.
const PLANS_MAX: i64 = 50;
/// Items without an activity that a report lists; it counts them all.
const UNLINKED_MAX: i64 = 500;

/// A plan that can be reported on.
#[derive(Clone, Debug)]
pub struct PlanLine {
    /// Its id.
    pub id: PlanId,
    /// Its title.
    pub title: String,
    /// The year it is for.
    pub year: i16,
}

/// The plans that an agency has issued, newest year first.
pub async fn plans(conn: &mut Conn, agency: AgencyId) -> Result<Vec<PlanLine>, Fault> {
    let rows = conn
        .rows(
            "SELECT id, title, year FROM plan WHERE agency_id = ? AND state IN ('issued', 'closed')
             ORDER BY year DESC, COALESCE(issued_on, '') DESC, created_at DESC, id LIMIT ?",
            &values![agency, PLANS_MAX],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let year = i16::try_from(row.int("year")?)
                .map_err(|error| Fault::from_source("a plan's year", error))?;
            Ok(PlanLine {
                id: row.parse("id")?,
                title: row.text("title")?,
                year,
            })
        })
        .collect()
}

/// The items that fulfil activities of a plan, done between two days, with their units.
pub async fn items(
    conn: &mut Conn,
    plan: PlanId,
    (first, last): (Date, Date),
) -> Result<Vec<(SourceItem, Option<UnitId>)>, Fault> {
    let rows = conn
        .rows(
            "SELECT id, kind, title, author, unit_id, done_on FROM item
             WHERE done_on >= ? AND done_on <= ? AND id IN (
                 SELECT activity_item.item_id FROM activity_item
                 JOIN activity ON activity.id = activity_item.activity_id
                 WHERE activity.plan_id = ?)
             ORDER BY done_on, id",
            &values![first.to_string(), last.to_string(), plan],
        )
        .await?;
    rows.iter().map(read_item).collect()
}

fn read_item(row: &Row) -> Result<(SourceItem, Option<UnitId>), Fault> {
    let item = SourceItem {
        id: row.parse("id")?,
        kind: row.text("kind")?,
        title: row.text("title")?,
        author: row.text("author")?,
        unit: String::new(),
        done_on: row.parse("done_on")?,
    };
    Ok((item, row.maybe_parse("unit_id")?))
}

/// How many items of an agency were done between two days and fulfil no activity.
pub async fn count_unlinked(
    conn: &mut Conn,
    agency: AgencyId,
    (first, last): (Date, Date),
) -> Result<i64, Fault> {
    conn.count(
        "SELECT COUNT(*) AS n FROM item
         WHERE agency_id = ? AND done_on >= ? AND done_on <= ? AND kind <> 'by_hand'
           AND NOT EXISTS (SELECT 1 FROM activity_item WHERE activity_item.item_id = item.id)",
        &values![agency, first.to_string(), last.to_string()],
    )
    .await
}

/// The first items of an agency that were done between two days and fulfil no activity.
pub async fn unlinked(
    conn: &mut Conn,
    agency: AgencyId,
    (first, last): (Date, Date),
) -> Result<Vec<UnlinkedItem>, Fault> {
    let rows = conn
        .rows(
            "SELECT item.id, item.title, item.done_on FROM item
             WHERE agency_id = ? AND done_on >= ? AND done_on <= ? AND kind <> 'by_hand'
               AND NOT EXISTS (SELECT 1 FROM activity_item WHERE activity_item.item_id = item.id)
             ORDER BY item.done_on, item.id LIMIT ?",
            &values![agency, first.to_string(), last.to_string(), UNLINKED_MAX],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(UnlinkedItem {
                item: row.parse("id")?,
                title: row.text("title")?,
                done_on: row.parse("done_on")?,
            })
        })
        .collect()
}

/// The publications, up to a day, of the items that fulfil activities of a plan.
pub async fn publications(
    conn: &mut Conn,
    plan: PlanId,
    last: Date,
) -> Result<Vec<SourcePublication>, Fault> {
    let rows = conn
        .rows(
            "SELECT publication.item_id, publication.channel_id, publication.published_on,
                 publication.url, channel.name, channel.kind
             FROM publication JOIN channel ON channel.id = publication.channel_id
             WHERE publication.published_on <= ? AND publication.item_id IN (
                 SELECT activity_item.item_id FROM activity_item
                 JOIN activity ON activity.id = activity_item.activity_id
                 WHERE activity.plan_id = ?)
             ORDER BY publication.published_on, publication.id",
            &values![last.to_string(), plan],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(SourcePublication {
                item: row.parse("item_id")?,
                channel: row.parse("channel_id")?,
                name: row.text("name")?,
                kind: row.text("kind")?,
                published_on: row.parse("published_on")?,
                url: row.text("url")?,
            })
        })
        .collect()
}

/// The forced publications, within a window of time, of articles that fulfil activities of a plan.
pub async fn forced(
    conn: &mut Conn,
    plan: PlanId,
    (from_ms, to_ms): (i64, i64),
) -> Result<Vec<ForcedPublication>, Fault> {
    let rows = conn
        .rows(
            "SELECT item.id, item.title, edition.published_at, edition.confirmed_by,
                 (SELECT remark.text FROM remark
                  WHERE remark.edition_id = edition.id AND remark.kind = 'forced'
                  ORDER BY remark.said_at, remark.id LIMIT 1) AS reason
             FROM edition JOIN item ON item.id = edition.article_id
             WHERE edition.is_forced = 1 AND edition.published_at >= ? AND edition.published_at < ?
               AND item.id IN (
                 SELECT activity_item.item_id FROM activity_item
                 JOIN activity ON activity.id = activity_item.activity_id
                 WHERE activity.plan_id = ?)
             ORDER BY edition.published_at, edition.id",
            &values![from_ms, to_ms, plan],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(ForcedPublication {
                item: row.parse("id")?,
                title: row.text("title")?,
                published_on: day_of(row.int("published_at")?)?,
                reason: row.maybe_text("reason")?.unwrap_or_default(),
                is_confirmed: row.maybe_text("confirmed_by")?.is_some(),
            })
        })
        .collect()
}

fn day_of(ms: i64) -> Result<Date, Fault> {
    jiff::Timestamp::from_millisecond(ms)
        .map(|at| base::calendar::local(at).date())
        .map_err(|error| Fault::from_source("a time of publication is none", error))
}

/// What was kept of the items that fulfil activities of a plan and were done between two days: a row
/// for each file, with its number in the log.
pub async fn evidence(
    conn: &mut Conn,
    plan: PlanId,
    (first, last): (Date, Date),
) -> Result<Vec<EvidenceRow>, Fault> {
    let rows = conn
        .rows(
            "SELECT evidence.id, evidence.item_id, item.title, evidence.kind, evidence.taken_at,
                 evidence_file.name, evidence_file.sha256, evidence_file.size_bytes, audit_leaf.seq
             FROM item JOIN evidence ON evidence.item_id = item.id
             LEFT JOIN evidence_file ON evidence_file.evidence_id = evidence.id
             LEFT JOIN audit_leaf ON audit_leaf.entry_id = evidence.entry_id
             WHERE item.done_on >= ? AND item.done_on <= ? AND item.id IN (
                 SELECT activity_item.item_id FROM activity_item
                 JOIN activity ON activity.id = activity_item.activity_id
                 WHERE activity.plan_id = ?
                 UNION
                 SELECT figure.item_id FROM figure
                 JOIN activity ON activity.id = figure.activity_id
                 WHERE activity.plan_id = ? AND figure.withdrawn_at IS NULL)
             ORDER BY item.done_on, item.id, evidence.taken_at, evidence.id, evidence_file.position",
            &values![first.to_string(), last.to_string(), plan, plan],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(EvidenceRow {
                evidence: row.parse("id")?,
                item: row.parse("item_id")?,
                title: row.text("title")?,
                kind: row.text("kind")?,
                file: row.maybe_text("name")?.unwrap_or_default(),
                sha256: row.maybe_text("sha256")?.unwrap_or_default(),
                size: row.maybe_int("size_bytes")?.unwrap_or(0),
                taken_at: rfc3339(row.int("taken_at")?)?,
                leaf: row.maybe_int("seq")?,
            })
        })
        .collect()
}

/// Who signs the reports of an agency; empty texts where nothing is set.
pub async fn signer(conn: &mut Conn, agency: AgencyId) -> Result<SignerFacts, Fault> {
    let rows = conn
        .rows(
            "SELECT name, value FROM setting
             WHERE agency_id = ? AND name IN ('report.signer_title', 'report.signer_name')",
            &values![agency],
        )
        .await?;
    let mut signer = SignerFacts::default();
    for row in &rows {
        let value = row.text("value")?;
        match row.text("name")?.as_str() {
            "report.signer_title" => signer.title = value,
            _ => signer.name = value,
        }
    }
    Ok(signer)
}

//! Looking for what was registered before, and the lists of the desk, in rows.

use base::Fault;
use base::id::{ActivityId, AgencyId, ItemId, PlanId};
use db::{Conn, Row, values};
use jiff::civil::Date;

use crate::items::item::ItemKind;
use crate::items::proof::link_key;

/// An item in a list.
#[derive(Clone, Debug)]
pub struct ItemLine {
    /// Its id.
    pub id: ItemId,
    /// What kind.
    pub kind: ItemKind,
    /// What it is called.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// The day from which it counts.
    pub done_on: Date,
    /// Its publications.
    pub n_publications: i64,
    /// Its pieces of evidence.
    pub n_evidence: i64,
}

/// An activity that an item fulfils.
#[derive(Clone, Debug)]
pub struct Fulfilled {
    /// Its id.
    pub id: ActivityId,
    /// Its plan.
    pub plan: PlanId,
    /// What was to be done.
    pub title: String,
}

/// The title of an item of the agency that is registered at an address with this key.
pub async fn title_of_link(
    conn: &mut Conn,
    agency: AgencyId,
    key: &str,
) -> Result<Option<String>, Fault> {
    // The path is a part of every spelling of an address, so it narrows the rows down; what follows it
    // may come in another order with other parts, so the key decides.
    let path = key.split_once('/').map_or("", |(_, path)| path);
    let path = path.split('?').next().unwrap_or_default();
    let rows = conn
        .rows(
            "SELECT publication.url, item.title FROM publication
             JOIN item ON item.id = publication.item_id
             WHERE item.agency_id = ? AND publication.url LIKE ? ESCAPE '!'
             ORDER BY publication.published_on, publication.id",
            &values![agency, format!("%{}%", escaped(path))],
        )
        .await?;
    for row in &rows {
        if link_key(&row.text("url")?).as_deref() == Some(key) {
            return Ok(Some(row.text("title")?));
        }
    }
    Ok(None)
}

/// A text that stands for itself in a pattern of `LIKE`.
fn escaped(text: &str) -> String {
    text.replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_")
}

/// How many items of an agency are done, of one kind or of all (`None`).
pub async fn count(
    conn: &mut Conn,
    agency: AgencyId,
    kind: Option<ItemKind>,
) -> Result<i64, Fault> {
    let kind = kind.map_or("", ItemKind::as_str);
    conn.count(
        "SELECT COUNT(*) AS n FROM item
         WHERE agency_id = ? AND done_on IS NOT NULL AND (? = '' OR kind = ?)",
        &values![agency, kind, kind],
    )
    .await
}

/// One page of the items of an agency that are done, newest first.
pub async fn list(
    conn: &mut Conn,
    agency: AgencyId,
    kind: Option<ItemKind>,
    (limit, offset): (i64, i64),
) -> Result<Vec<ItemLine>, Fault> {
    let kind = kind.map_or("", ItemKind::as_str);
    let rows = conn
        .rows(
            "SELECT item.id, item.kind, item.title, item.author, item.done_on,
                 (SELECT COUNT(*) FROM publication WHERE publication.item_id = item.id)
                     AS n_publications,
                 (SELECT COUNT(*) FROM evidence_subject
                  JOIN evidence ON evidence.id = evidence_subject.evidence_id
                  WHERE evidence_subject.subject_kind = 'item' AND evidence_subject.subject_id = item.id
                    AND evidence.withdrawn_at IS NULL) AS n_evidence
             FROM item
             WHERE item.agency_id = ? AND item.done_on IS NOT NULL AND (? = '' OR item.kind = ?)
             ORDER BY item.done_on DESC, item.id DESC LIMIT ? OFFSET ?",
            &values![agency, kind, kind, limit, offset],
        )
        .await?;
    rows.iter().map(read_line).collect()
}

fn read_line(row: &Row) -> Result<ItemLine, Fault> {
    Ok(ItemLine {
        id: row.parse("id")?,
        kind: ItemKind::of(&row.text("kind")?),
        title: row.text("title")?,
        author: row.text("author")?,
        done_on: row.parse("done_on")?,
        n_publications: row.int("n_publications")?,
        n_evidence: row.int("n_evidence")?,
    })
}

/// The activities that an item fulfils, with their plans.
pub async fn fulfilled(conn: &mut Conn, item: ItemId) -> Result<Vec<Fulfilled>, Fault> {
    let rows = conn
        .rows(
            "SELECT activity.id, activity.plan_id, activity.title FROM activity_item
             JOIN activity ON activity.id = activity_item.activity_id
             WHERE activity_item.item_id = ? ORDER BY activity.position, activity.id",
            &values![item],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Fulfilled {
                id: row.parse("id")?,
                plan: row.parse("plan_id")?,
                title: row.text("title")?,
            })
        })
        .collect()
}

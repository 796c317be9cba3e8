//! Articles that wait for somebody, in rows: given back to who wrote them, sent to be released,
//! released by force and not confirmed.

use base::Fault;
use base::id::{AccountId, AgencyId, ArticleId, UnitId};
use db::{Conn, Row, values};

/// An article that waits for somebody.
#[derive(Clone, Debug)]
pub struct Pending {
    /// The article.
    pub article: ArticleId,
    /// Its title.
    pub title: String,
    /// The name under it.
    pub author: String,
    /// The unit that wrote it.
    pub unit: Option<UnitId>,
    /// For what it waits.
    pub wait: Wait,
    /// Since when.
    pub since: i64,
    /// Who wrote it: for what was given back, the person it waits for.
    pub writer: AccountId,
    /// Who may not release or confirm it: began, sent, saved or forced it (four eyes).
    pub own: Vec<AccountId>,
}

/// For what an article waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// To be written on by who wrote it.
    Rewriting,
    /// To be released by somebody else.
    Release,
    /// To be confirmed by somebody else, after a forced release.
    Confirmation,
}

/// Every article of an agency that waits for somebody, the longest wait first.
///
/// # Faults
/// The database does not answer.
pub async fn list(conn: &mut Conn, agency: AgencyId) -> Result<Vec<Pending>, Fault> {
    let rows = conn.rows(PENDING, &values![agency, agency]).await?;
    rows.iter().map(read).collect()
}

const PENDING: &str = "SELECT w.id, w.unit_id, w.wait, w.since, w.created_by, w.submitted_by,
        w.published_by, r.title, r.author, r.saved_by
    FROM (SELECT a.id AS id, a.unit_id AS unit_id, e.revision_id AS revision_id,
                 CASE WHEN e.state = 'returned' THEN 'rewriting' ELSE 'release' END AS wait,
                 e.changed_at AS since, e.created_by AS created_by, e.submitted_by AS submitted_by,
                 e.published_by AS published_by
          FROM edition e JOIN article a ON a.id = e.article_id
          WHERE e.state IN ('submitted', 'returned') AND a.agency_id = ?
          UNION ALL
          SELECT a.id, a.unit_id, e.revision_id, 'confirmation', e.changed_at, e.created_by,
                 e.submitted_by, e.published_by
          FROM edition e CROSS JOIN article a
          WHERE a.id = e.article_id AND a.live_edition_id = e.id AND a.agency_id = ?
            AND a.is_withdrawn = 0 AND e.is_forced = 1 AND e.confirmed_by IS NULL) w
    JOIN revision r ON r.id = w.revision_id
    ORDER BY w.since, w.id";

fn read(row: &Row) -> Result<Pending, Fault> {
    let writer = row.parse("created_by")?;
    let mut own = vec![writer, row.parse("saved_by")?];
    own.extend(row.maybe_parse::<AccountId>("submitted_by")?);
    own.extend(row.maybe_parse::<AccountId>("published_by")?);
    Ok(Pending {
        article: row.parse("id")?,
        title: row.text("title")?,
        author: row.text("author")?,
        unit: row.maybe_parse("unit_id")?,
        wait: match row.text("wait")?.as_str() {
            "rewriting" => Wait::Rewriting,
            "release" => Wait::Release,
            _ => Wait::Confirmation,
        },
        since: row.int("since")?,
        writer,
        own,
    })
}

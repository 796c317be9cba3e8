//! What the desk lists of the newsroom, in rows. Each shelf is picked from an index of its own
//! (`migrations/0003_editorial.sql`), so that a page costs the same among a hundred articles and
//! among a hundred thousand.

use base::Fault;
use base::id::{AccountId, AgencyId, ArticleId};
use db::{Conn, Row, values};

/// An article as the desk lists it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its id.
    pub id: ArticleId,
    /// Title; may be empty.
    pub title: String,
    /// The name under it.
    pub author: String,
    /// The word of its state, `forced` while a forced release is unconfirmed.
    pub tag: String,
    /// When it last changed.
    pub changed_at: i64,
}

/// Which articles of the newsroom to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Waiting for release, and forced releases waiting for confirmation; newest change first.
    Waiting,
    /// What this person is writing or has sent; newest change first.
    Mine(AccountId),
    /// What the public sees, also while a next edition is being written; newest first.
    Published,
    /// Every article with its newest edition; the last begun first.
    All,
}

/// One page of a shelf.
pub async fn list(
    conn: &mut Conn,
    agency: AgencyId,
    shelf: Shelf,
    (limit, offset): (i64, i64),
) -> Result<Vec<Line>, Fault> {
    let values = values![agency, limit, offset];
    let rows = match shelf {
        Shelf::Waiting => {
            let values = values![agency, agency, limit, offset];
            conn.rows(WAITING, &values).await?
        }
        Shelf::Mine(account) => {
            let values = values![account, agency, limit, offset];
            conn.rows(MINE, &values).await?
        }
        Shelf::Published => conn.rows(PUBLISHED, &values).await?,
        Shelf::All => conn.rows(ALL, &values).await?,
    };
    rows.iter().map(read).collect()
}

/// SQLite reads the tables of a cross join in the order in which they stand: the few unconfirmed
/// editions first, not every public article.
const WAITING: &str = "SELECT w.id, r.title, r.author, w.changed_at, w.tag
    FROM (SELECT a.id AS id, e.revision_id AS revision_id, e.changed_at AS changed_at,
                 'submitted' AS tag
          FROM edition e JOIN article a ON a.id = e.article_id
          WHERE e.state = 'submitted' AND a.agency_id = ?
          UNION ALL
          SELECT a.id, e.revision_id, e.changed_at, 'forced'
          FROM edition e CROSS JOIN article a
          WHERE a.id = e.article_id AND a.live_edition_id = e.id AND a.agency_id = ?
            AND a.is_withdrawn = 0 AND e.is_forced = 1 AND e.confirmed_by IS NULL
          ORDER BY changed_at DESC, id LIMIT ? OFFSET ?) w
    JOIN revision r ON r.id = w.revision_id
    ORDER BY w.changed_at DESC, w.id";

const MINE: &str = "SELECT a.id, r.title, r.author, e.changed_at, e.state AS tag
    FROM edition e JOIN article a ON a.id = e.article_id
    JOIN revision r ON r.id = e.revision_id
    WHERE e.created_by = ? AND e.state IN ('draft', 'submitted', 'returned') AND a.agency_id = ?
    ORDER BY e.changed_at DESC, a.id LIMIT ? OFFSET ?";

const PUBLISHED: &str = "SELECT a.id, r.title, r.author, e.changed_at,
           CASE WHEN e.is_forced = 1 AND e.confirmed_by IS NULL THEN 'forced'
                ELSE 'published' END AS tag
    FROM (SELECT id, live_edition_id, first_published_at, number FROM article
          WHERE agency_id = ? AND first_published_at IS NOT NULL AND is_withdrawn = 0
          ORDER BY first_published_at DESC, number DESC LIMIT ? OFFSET ?) a
    JOIN edition e ON e.id = a.live_edition_id
    JOIN revision r ON r.id = e.revision_id
    ORDER BY a.first_published_at DESC, a.number DESC";

const ALL: &str = "SELECT a.id, r.title, r.author, e.changed_at,
           CASE WHEN e.state = 'published' AND e.is_forced = 1 AND e.confirmed_by IS NULL
                THEN 'forced' ELSE e.state END AS tag
    FROM (SELECT id, number FROM article
          WHERE agency_id = ? ORDER BY number DESC LIMIT ? OFFSET ?) a
    JOIN edition e ON e.article_id = a.id
        AND e.no = (SELECT MAX(no) FROM edition WHERE article_id = a.id)
    JOIN revision r ON r.id = e.revision_id
    ORDER BY a.number DESC";

/// How many lines a shelf has.
pub async fn count(conn: &mut Conn, agency: AgencyId, shelf: Shelf) -> Result<i64, Fault> {
    match shelf {
        Shelf::Waiting => {
            conn.count(
                "SELECT (SELECT COUNT(*) FROM edition e JOIN article a ON a.id = e.article_id
                         WHERE e.state = 'submitted' AND a.agency_id = ?)
                      + (SELECT COUNT(*) FROM edition e CROSS JOIN article a
                         WHERE a.id = e.article_id AND a.live_edition_id = e.id
                           AND a.agency_id = ? AND a.is_withdrawn = 0
                           AND e.is_forced = 1 AND e.confirmed_by IS NULL) AS n",
                &values![agency, agency],
            )
            .await
        }
        Shelf::Mine(account) => {
            conn.count(
                "SELECT COUNT(*) AS n FROM edition e JOIN article a ON a.id = e.article_id
                 WHERE e.created_by = ? AND e.state IN ('draft', 'submitted', 'returned')
                   AND a.agency_id = ?",
                &values![account, agency],
            )
            .await
        }
        Shelf::Published => {
            conn.count(
                "SELECT COUNT(*) AS n FROM article
                 WHERE agency_id = ? AND first_published_at IS NOT NULL AND is_withdrawn = 0",
                &values![agency],
            )
            .await
        }
        Shelf::All => {
            conn.count(
                "SELECT COUNT(*) AS n FROM article WHERE agency_id = ?",
                &values![agency],
            )
            .await
        }
    }
}

fn read(row: &Row) -> Result<Line, Fault> {
    Ok(Line {
        id: row.parse("id")?,
        title: row.text("title")?,
        author: row.text("author")?,
        tag: row.text("tag")?,
        changed_at: row.int("changed_at")?,
    })
}

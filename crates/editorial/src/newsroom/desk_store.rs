//! What the desk lists of the newsroom, in rows.

use base::Fault;
use base::id::{AccountId, AgencyId, ArticleId};
use db::{Conn, Row, Value, values};

/// An article as the desk lists it: its newest edition.
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
    /// Waiting for release, and forced releases waiting for confirmation.
    Waiting,
    /// Begun by this person and not public.
    Mine(AccountId),
    /// Public.
    Published,
    /// Everything.
    All,
}

impl Shelf {
    fn values(self, agency: AgencyId) -> [Value; 5] {
        let is = |on: bool| i64::from(on);
        let mine = match self {
            Shelf::Mine(account) => account.to_string(),
            _ => String::new(),
        };
        let all = is(self == Shelf::All);
        let waiting = is(self == Shelf::Waiting);
        let published = is(self == Shelf::Published);
        values![agency, all, waiting, published, mine]
    }
}

/// One page of a shelf, newest change first.
pub async fn list(
    conn: &mut Conn,
    agency: AgencyId,
    shelf: Shelf,
    (limit, offset): (i64, i64),
) -> Result<Vec<Line>, Fault> {
    let [agency, all, waiting, published, mine] = shelf.values(agency);
    let rows = conn
        .rows(
            "SELECT a.id, r.title, r.author, e.changed_at,
                 CASE WHEN e.state = 'published' AND e.is_forced = 1 AND e.confirmed_by IS NULL
                      THEN 'forced' ELSE e.state END AS tag
             FROM article a JOIN edition e ON e.article_id = a.id
             JOIN revision r ON r.id = e.revision_id
             WHERE a.agency_id = ?
               AND e.no = (SELECT MAX(no) FROM edition WHERE article_id = a.id)
               AND (CAST(? AS BIGINT) = 1
                 OR (CAST(? AS BIGINT) = 1 AND (e.state = 'submitted' OR (e.state = 'published'
                     AND e.is_forced = 1 AND e.confirmed_by IS NULL)))
                 OR (CAST(? AS BIGINT) = 1 AND e.state = 'published')
                 OR (e.created_by = ? AND e.state IN ('draft', 'returned', 'submitted')))
             ORDER BY e.changed_at DESC, a.id LIMIT ? OFFSET ?",
            &[
                agency,
                all,
                waiting,
                published,
                mine,
                Value::from(limit),
                Value::from(offset),
            ],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// How many articles a shelf has.
pub async fn count(conn: &mut Conn, agency: AgencyId, shelf: Shelf) -> Result<i64, Fault> {
    let [agency, all, waiting, published, mine] = shelf.values(agency);
    conn.count(
        "SELECT COUNT(*) AS n
         FROM article a JOIN edition e ON e.article_id = a.id
         WHERE a.agency_id = ? AND e.no = (SELECT MAX(no) FROM edition WHERE article_id = a.id)
           AND (CAST(? AS BIGINT) = 1
             OR (CAST(? AS BIGINT) = 1 AND (e.state = 'submitted' OR (e.state = 'published'
                 AND e.is_forced = 1 AND e.confirmed_by IS NULL)))
             OR (CAST(? AS BIGINT) = 1 AND e.state = 'published')
             OR (e.created_by = ? AND e.state IN ('draft', 'returned', 'submitted')))",
        &[agency, all, waiting, published, mine],
    )
    .await
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

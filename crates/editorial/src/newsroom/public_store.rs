//! What the public sees of the newsroom, in rows: one query for each list, which picks its page
//! from an index before it reads what the page shows.

use base::id::{AgencyId, ArticleId, RowId};
use base::{Error, Fault};
use db::{Conn, Row, values};

use super::article::{Article, Genre, Text};
use super::article_store::{read_article, read_text};

/// An article as lists show it.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its id.
    pub id: ArticleId,
    /// Its number in public addresses.
    pub number: i64,
    /// Its slug.
    pub slug: String,
    /// Its category.
    pub category: RowId,
    /// Title.
    pub title: String,
    /// Lead.
    pub lead: String,
    /// Author.
    pub author: String,
    /// Hash of its picture, if it has one.
    pub image: Option<String>,
    /// What the picture shows.
    pub image_alt: String,
    /// When it first became public.
    pub published_at: i64,
    /// When what the public sees last changed.
    pub changed_at: i64,
    /// Views in all, as of the query.
    pub n_views: i64,
}

impl Card {
    /// Its public path, without the language.
    pub fn path(&self) -> String {
        format!("/tin/{}-{}", self.slug, self.number)
    }
}

/// An article as its page shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The article.
    pub article: Article,
    /// What it says.
    pub text: Text,
    /// News or feature.
    pub genre: Genre,
    /// When it first became public.
    pub published_at: i64,
    /// When its edition became public, if it is not the first.
    pub updated_at: Option<i64>,
    /// What changed then.
    pub change_note: String,
    /// Why it was withdrawn; empty while it is public.
    pub withdrawal: String,
    /// Views in all.
    pub n_views: i64,
}

/// A statement that reads cards: what a card shows, then the rest of it, which names the articles
/// `a` and what they show: the revision `r`.
macro_rules! cards {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.number, a.slug, a.category_id, a.first_published_at, a.changed_at,
                 r.title, r.lead, r.author, r.image_file, r.image_alt,
                 COALESCE((SELECT CAST(SUM(n_views) AS BIGINT) FROM view_day
                           WHERE article_id = a.id), 0) AS n_views ",
            $rest
        )
    };
}

/// The newest cards of what a column names, by page; the page is picked from an index before the
/// rest of its rows is read.
macro_rules! newest_cards {
    ($column:literal) => {
        concat!(
            cards!("FROM (SELECT * FROM article WHERE "),
            $column,
            " = ? AND first_published_at IS NOT NULL AND is_withdrawn = 0
                   ORDER BY first_published_at DESC, number DESC LIMIT ? OFFSET ?) a
             JOIN edition e ON e.id = a.live_edition_id
             JOIN revision r ON r.id = e.revision_id
             ORDER BY a.first_published_at DESC, a.number DESC"
        )
    };
}

/// The newest public articles of an agency, by page.
pub async fn newest(
    conn: &mut Conn,
    agency: AgencyId,
    limit: i64,
    offset: i64,
) -> Result<Vec<Card>, Fault> {
    let args = values![agency, limit, offset];
    let rows = conn.rows(newest_cards!("agency_id"), &args).await?;
    rows.iter().map(read_card).collect()
}

/// The newest public articles of a category, by page.
pub async fn newest_of_category(
    conn: &mut Conn,
    category: RowId,
    limit: i64,
    offset: i64,
) -> Result<Vec<Card>, Fault> {
    let args = values![category, limit, offset];
    let rows = conn.rows(newest_cards!("category_id"), &args).await?;
    rows.iter().map(read_card).collect()
}

/// How many public articles a category has.
pub async fn count_of_category(conn: &mut Conn, category: RowId) -> Result<i64, Fault> {
    conn.count(
        "SELECT COUNT(*) AS n FROM article
         WHERE category_id = ? AND first_published_at IS NOT NULL AND is_withdrawn = 0",
        &values![category],
    )
    .await
}

/// Public articles after a number, for programs that walk them all and for the site map.
pub async fn after(
    conn: &mut Conn,
    agency: AgencyId,
    number: i64,
    limit: i64,
) -> Result<Vec<Card>, Fault> {
    let rows = conn
        .rows(
            cards!(
                "FROM article a JOIN edition e ON e.id = a.live_edition_id
                 JOIN revision r ON r.id = e.revision_id
                 WHERE a.agency_id = ? AND a.number > ? AND a.first_published_at IS NOT NULL
                   AND a.is_withdrawn = 0
                 ORDER BY a.number LIMIT ?"
            ),
            &values![agency, number, limit],
        )
        .await?;
    rows.iter().map(read_card).collect()
}

/// The highest number of a public article; 0 if there is none.
pub async fn highest_number(conn: &mut Conn, agency: AgencyId) -> Result<i64, Fault> {
    conn.count(
        "SELECT COALESCE((SELECT number FROM article
             WHERE agency_id = ? AND first_published_at IS NOT NULL AND is_withdrawn = 0
             ORDER BY number DESC LIMIT 1), 0) AS n",
        &values![agency],
    )
    .await
}

/// The id of an article that the public sees or saw, by its number.
pub async fn find_id(conn: &mut Conn, agency: AgencyId, number: i64) -> Result<ArticleId, Error> {
    let row = conn
        .row(
            "SELECT id FROM article
             WHERE agency_id = ? AND number = ? AND first_published_at IS NOT NULL",
            &values![agency, number],
        )
        .await?;
    Ok(row.parse("id")?)
}

/// An article as the public sees it; drafts are not found.
pub async fn find(conn: &mut Conn, agency: AgencyId, number: i64) -> Result<Shown, Error> {
    let row = conn
        .row(
            "SELECT a.*, e.genre, e.published_at, e.no AS edition_no, e.change_note, e.withdrawal,
                 r.title, r.lead, r.author, r.body, r.image_file, r.image_alt, r.image_caption,
                 COALESCE((SELECT CAST(SUM(n_views) AS BIGINT) FROM view_day
                           WHERE article_id = a.id), 0) AS n_views
             FROM article a JOIN edition e ON e.id = a.live_edition_id
             JOIN revision r ON r.id = e.revision_id
             WHERE a.agency_id = ? AND a.number = ? AND a.first_published_at IS NOT NULL",
            &values![agency, number],
        )
        .await?;
    Ok(read_shown(&row)?)
}

/// One article that changed, for the search index: its text if the public sees it, else none.
pub struct Changed {
    /// The article.
    pub article: Article,
    /// What it says, if the public sees it.
    pub text: Option<Text>,
    /// When it changed.
    pub changed_at: i64,
}

/// Articles changed since a time, oldest change first; pages by `(changed_at, id)`.
pub async fn changed_since(
    conn: &mut Conn,
    (since, after): (i64, &str),
    limit: i64,
) -> Result<Vec<Changed>, Fault> {
    let rows = conn
        .rows(
            "SELECT a.*, r.title, r.lead, r.author, r.body, r.image_file, r.image_alt,
                 r.image_caption
             FROM article a LEFT JOIN edition e ON e.id = a.live_edition_id
             LEFT JOIN revision r ON r.id = e.revision_id
             WHERE a.changed_at >= ? AND (a.changed_at > ? OR a.id > ?)
             ORDER BY a.changed_at, a.id LIMIT ?",
            &values![since, since, after, limit],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let article = read_article(row)?;
            let is_public = article.first_published_at.is_some() && !article.is_withdrawn;
            let text = if is_public {
                Some(read_text(row)?)
            } else {
                None
            };
            Ok(Changed {
                article,
                text,
                changed_at: row.int("changed_at")?,
            })
        })
        .collect()
}

fn read_card(row: &Row) -> Result<Card, Fault> {
    Ok(Card {
        id: row.parse("id")?,
        number: row.int("number")?,
        slug: row.text("slug")?,
        category: row.parse("category_id")?,
        title: row.text("title")?,
        lead: row.text("lead")?,
        author: row.text("author")?,
        image: row.maybe_text("image_file")?,
        image_alt: row.text("image_alt")?,
        published_at: row.int("first_published_at")?,
        changed_at: row.int("changed_at")?,
        n_views: row.int("n_views")?,
    })
}

fn read_shown(row: &Row) -> Result<Shown, Fault> {
    let article = read_article(row)?;
    let published_at = row.int("first_published_at")?;
    let edition_at = row.maybe_int("published_at")?;
    let is_first = row.int("edition_no")? == 1;
    let withdrawal = if article.is_withdrawn {
        row.text("withdrawal")?
    } else {
        String::new()
    };
    Ok(Shown {
        text: read_text(row)?,
        genre: Genre::of(&row.text("genre")?),
        published_at,
        updated_at: if is_first { None } else { edition_at },
        change_note: row.text("change_note")?,
        withdrawal,
        n_views: row.int("n_views")?,
        article,
    })
}

//! Articles, editions, revisions and remarks, in rows.

use base::id::{AccountId, AgencyId, ArticleId, EditionId, RevisionId, RowId};
use base::{Error, Fault, Refusal};
use db::{Act, Conn, Row, values};
use prose::{Doc, FileRef};
use sha2::{Digest, Sha256};

use super::article::{Article, Edition, Genre, Picture, Revision, State, Text};

/// Adds an article with its first edition and an empty text.
pub async fn add(
    act: &mut Act,
    article: &Article,
    edition: &Edition,
    revision: &Revision,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO article (id, agency_id, number, slug, category_id, unit_id, created_at,
             created_by, changed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            article.id,
            article.agency,
            article.number,
            &article.slug,
            article.category,
            article.unit,
            edition.changed_at,
            article.created_by,
            edition.changed_at,
        ],
    )
    .await?;
    add_edition(act, edition).await?;
    add_revision(act, edition.id, revision).await
}

/// The article with this id, in this agency.
pub async fn find(conn: &mut Conn, agency: AgencyId, id: ArticleId) -> Result<Article, Error> {
    let row = conn
        .row(
            "SELECT * FROM article WHERE id = ? AND agency_id = ?",
            &values![id, agency],
        )
        .await?;
    Ok(read_article(&row)?)
}

/// Saves an article's address, category and what the public sees.
pub async fn save(act: &mut Act, article: &Article, now: i64) -> Result<(), Fault> {
    act.run(
        "UPDATE article SET slug = ?, category_id = ?, unit_id = ?, live_edition_id = ?,
             first_published_at = ?, is_withdrawn = ?, changed_at = ? WHERE id = ?",
        &values![
            &article.slug,
            article.category,
            article.unit,
            article.live_edition,
            article.first_published_at,
            article.is_withdrawn,
            now,
            article.id,
        ],
    )
    .await?;
    Ok(())
}

/// Adds the next edition of an article.
///
/// # Faults
/// Another edition is being worked on.
pub async fn add_edition(act: &mut Act, edition: &Edition) -> Result<(), Fault> {
    act.run(
        "INSERT INTO edition (id, article_id, no, state, genre, category_id, revision_id, created_by,
             version, created_at, changed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            edition.id,
            edition.article,
            edition.no,
            edition.state.as_str(),
            edition.genre.as_str(),
            edition.category,
            edition.revision,
            edition.created_by,
            edition.version,
            edition.changed_at,
            edition.changed_at,
        ],
    )
    .await?;
    Ok(())
}

/// The edition with this id.
pub async fn find_edition(conn: &mut Conn, id: EditionId) -> Result<Edition, Error> {
    let row = conn
        .row("SELECT * FROM edition WHERE id = ?", &values![id])
        .await?;
    Ok(read_edition(&row)?)
}

/// The newest edition of an article: the one being worked on, or else the last one.
pub async fn newest_edition(conn: &mut Conn, article: ArticleId) -> Result<Edition, Error> {
    let row = conn
        .row(
            "SELECT * FROM edition WHERE article_id = ? ORDER BY no DESC LIMIT 1",
            &values![article],
        )
        .await?;
    Ok(read_edition(&row)?)
}

/// Saves an edition that was changed from the version before.
///
/// # Refusals
/// [`Refusal::Stale`] when somebody else saved in between.
pub async fn save_edition(act: &mut Act, edition: &Edition) -> Result<(), Error> {
    let n = act
        .run(
            "UPDATE edition SET state = ?, genre = ?, category_id = ?, revision_id = ?, submitted_by = ?,
                 submitted_at = CASE WHEN ? = 'submitted' THEN ? ELSE submitted_at END,
                 published_by = ?, published_at = ?, is_forced = ?, confirmed_by = ?,
                 confirmed_at = CASE WHEN confirmed_by IS NULL AND ? IS NOT NULL THEN ?
                                     ELSE confirmed_at END,
                 change_note = ?, withdrawal = ?, version = ?, changed_at = ?
             WHERE id = ? AND version = ?",
            &values![
                edition.state.as_str(),
                edition.genre.as_str(),
                edition.category,
                edition.revision,
                edition.submitted_by,
                edition.state.as_str(),
                edition.changed_at,
                edition.published_by,
                edition.published_at,
                edition.is_forced,
                edition.confirmed_by,
                edition.confirmed_by,
                edition.changed_at,
                &edition.change_note,
                &edition.withdrawal,
                edition.version,
                edition.changed_at,
                edition.id,
                edition.version - 1,
            ],
        )
        .await?;
    if n == 0 {
        Err(Refusal::Stale.into())
    } else {
        Ok(())
    }
}

/// The edition that was public until now is no more.
pub async fn supersede(act: &mut Act, id: EditionId, now: i64) -> Result<(), Fault> {
    act.run(
        "UPDATE edition SET state = 'superseded', version = version + 1, changed_at = ?
         WHERE id = ? AND state IN ('published', 'withdrawn')",
        &values![now, id],
    )
    .await?;
    Ok(())
}

/// Adds a saved text to an edition.
pub async fn add_revision(
    act: &mut Act,
    edition: EditionId,
    revision: &Revision,
) -> Result<(), Fault> {
    let text = &revision.text;
    let image = text.image.as_ref();
    act.run(
        "INSERT INTO revision (id, edition_id, no, title, lead, author, body, image_file, image_alt,
             image_caption, sha256, is_sealed, saved_by, saved_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            revision.id,
            edition,
            revision.no,
            &text.title,
            &text.lead,
            &text.author,
            text.body.to_json(),
            image.map(|image| image.file.to_string()),
            image.map_or("", |image| &image.alt),
            image.map_or("", |image| &image.caption),
            hash(text),
            revision.is_sealed,
            revision.saved_by,
            revision.saved_at,
        ],
    )
    .await?;
    Ok(())
}

/// Writes over a text that is not sealed yet.
pub async fn save_revision(act: &mut Act, revision: &Revision) -> Result<(), Error> {
    let text = &revision.text;
    let image = text.image.as_ref();
    let n = act
        .run(
            "UPDATE revision SET title = ?, lead = ?, author = ?, body = ?, image_file = ?,
                 image_alt = ?, image_caption = ?, sha256 = ?, saved_by = ?, saved_at = ?
             WHERE id = ? AND is_sealed = 0",
            &values![
                &text.title,
                &text.lead,
                &text.author,
                text.body.to_json(),
                image.map(|image| image.file.to_string()),
                image.map_or("", |image| &image.alt),
                image.map_or("", |image| &image.caption),
                hash(text),
                revision.saved_by,
                revision.saved_at,
                revision.id,
            ],
        )
        .await?;
    if n == 0 {
        Err(Refusal::Stale.into())
    } else {
        Ok(())
    }
}

/// Seals a text: from now on it never changes.
pub async fn seal(act: &mut Act, id: RevisionId) -> Result<(), Fault> {
    act.run(
        "UPDATE revision SET is_sealed = 1 WHERE id = ?",
        &values![id],
    )
    .await?;
    Ok(())
}

/// The text with this id.
pub async fn find_revision(conn: &mut Conn, id: RevisionId) -> Result<Revision, Error> {
    let row = conn
        .row("SELECT * FROM revision WHERE id = ?", &values![id])
        .await?;
    Ok(read_revision(&row)?)
}

/// What somebody said of an edition, or what happened to it.
#[derive(Clone, Debug)]
pub struct Remark {
    /// What happened, such as `returned`.
    pub kind: String,
    /// The words; empty when none were asked for.
    pub text: String,
    /// Who, by the name they bear now.
    pub said_by: String,
    /// When.
    pub said_at: i64,
}

/// Adds to the timeline of an edition.
pub async fn add_remark(
    act: &mut Act,
    id: RowId,
    edition: EditionId,
    (kind, text): (&str, &str),
    (by, now): (AccountId, i64),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO remark (id, edition_id, kind, text, said_by, said_at)
         VALUES (?, ?, ?, ?, ?, ?)",
        &values![id, edition, kind, text, by, now],
    )
    .await?;
    Ok(())
}

/// The timeline of all editions of an article, oldest first.
pub async fn remarks(conn: &mut Conn, article: ArticleId) -> Result<Vec<Remark>, Fault> {
    let rows = conn
        .rows(
            "SELECT remark.kind, remark.text, remark.said_at, account.name
             FROM edition JOIN remark ON remark.edition_id = edition.id
             JOIN account ON account.id = remark.said_by
             WHERE edition.article_id = ? ORDER BY remark.said_at, remark.id",
            &values![article],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Remark {
                kind: row.text("kind")?,
                text: row.text("text")?,
                said_by: row.text("name")?,
                said_at: row.int("said_at")?,
            })
        })
        .collect()
}

/// Hash of what a text says: its title, lead, author, picture and body.
pub fn hash(text: &Text) -> String {
    let mut hasher = Sha256::new();
    let image = text.image.as_ref();
    let file = image
        .map(|image| image.file.to_string())
        .unwrap_or_default();
    for part in [
        text.title.as_str(),
        &text.lead,
        &text.author,
        &file,
        image.map_or("", |image| &image.alt),
        image.map_or("", |image| &image.caption),
        &text.body.to_json(),
    ] {
        hasher.update(part.len().to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hex::encode(hasher.finalize())
}

pub(super) fn read_article(row: &Row) -> Result<Article, Fault> {
    Ok(Article {
        id: row.parse("id")?,
        agency: row.parse("agency_id")?,
        number: row.int("number")?,
        slug: row.text("slug")?,
        category: row.parse("category_id")?,
        unit: row.maybe_parse("unit_id")?,
        live_edition: row.maybe_parse("live_edition_id")?,
        first_published_at: row.maybe_int("first_published_at")?,
        is_withdrawn: row.flag("is_withdrawn")?,
        created_by: row.parse("created_by")?,
    })
}

fn read_edition(row: &Row) -> Result<Edition, Fault> {
    let state = row.text("state")?;
    Ok(Edition {
        id: row.parse("id")?,
        article: row.parse("article_id")?,
        no: row.int("no")?,
        state: State::parse(&state).ok_or_else(|| Fault::new(format!("no such state: {state}")))?,
        genre: Genre::of(&row.text("genre")?),
        category: row.parse("category_id")?,
        revision: row.parse("revision_id")?,
        created_by: row.parse("created_by")?,
        submitted_by: row.maybe_parse("submitted_by")?,
        published_by: row.maybe_parse("published_by")?,
        published_at: row.maybe_int("published_at")?,
        is_forced: row.flag("is_forced")?,
        confirmed_by: row.maybe_parse("confirmed_by")?,
        change_note: row.text("change_note")?,
        withdrawal: row.text("withdrawal")?,
        version: row.int("version")?,
        changed_at: row.int("changed_at")?,
    })
}

pub(super) fn read_text(row: &Row) -> Result<Text, Fault> {
    let image = match row.maybe_text("image_file")? {
        Some(file) => Some(Picture {
            file: FileRef::parse(&file).ok_or_else(|| Fault::new("a stored hash is no hash"))?,
            alt: row.text("image_alt")?,
            caption: row.text("image_caption")?,
        }),
        None => None,
    };
    Ok(Text {
        title: row.text("title")?,
        lead: row.text("lead")?,
        author: row.text("author")?,
        body: Doc::from_json(&row.text("body")?)?,
        image,
    })
}

fn read_revision(row: &Row) -> Result<Revision, Fault> {
    Ok(Revision {
        id: row.parse("id")?,
        no: row.int("no")?,
        text: read_text(row)?,
        sha256: row.text("sha256")?,
        is_sealed: row.flag("is_sealed")?,
        saved_by: row.parse("saved_by")?,
        saved_at: row.int("saved_at")?,
    })
}

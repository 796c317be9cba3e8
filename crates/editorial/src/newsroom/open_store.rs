//! Articles that are being written, by their unit, in rows.

use base::id::{AgencyId, ArticleId, UnitId};
use base::{Fault, SubjectKind};
use db::{Act, Conn, values};
use house::people::following::Belonging;

/// The articles of a unit that were never published and are being worked on, the oldest first. A
/// correction of a published one stays with its unit: the item takes the article's unit when it is
/// published again, and what was done keeps whose it was.
pub async fn open_of(
    conn: &mut Conn,
    agency: AgencyId,
    unit: UnitId,
) -> Result<Vec<Belonging>, Fault> {
    let rows = conn
        .rows(
            "SELECT article.id, article.number, revision.title
             FROM article JOIN edition ON edition.article_id = article.id
             JOIN revision ON revision.id = edition.revision_id
             WHERE article.agency_id = ? AND article.unit_id = ?
                 AND article.first_published_at IS NULL
                 AND edition.state IN ('draft', 'submitted', 'returned')
             ORDER BY article.number",
            &values![agency, unit],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let title = row.text("title")?;
            Ok(Belonging {
                kind: SubjectKind::Article,
                id: row.text("id")?,
                title: match title.is_empty() {
                    true => format!("#{}", row.int("number")?),
                    false => title,
                },
                unit,
            })
        })
        .collect()
}

/// Gives an article from one unit to another.
pub async fn give(act: &mut Act, id: ArticleId, (from, to): (UnitId, UnitId)) -> Result<(), Fault> {
    act.run(
        "UPDATE article SET unit_id = ? WHERE id = ? AND unit_id = ?",
        &values![to, id, from],
    )
    .await?;
    Ok(())
}

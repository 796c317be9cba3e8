//! Which files the public sees in which article, in rows.

use base::Fault;
use base::id::ArticleId;
use db::{Act, values};
use prose::FileRef;

/// From now on an article shows exactly these files; answers those that it showed before and that
/// no article of its agency shows any more.
pub async fn replace(
    act: &mut Act,
    article: ArticleId,
    files: &[FileRef],
) -> Result<Vec<String>, Fault> {
    let before = act
        .rows(
            "SELECT sha256 FROM shown_file WHERE article_id = ? ORDER BY sha256",
            &values![article],
        )
        .await?;
    act.run(
        "DELETE FROM shown_file WHERE article_id = ?",
        &values![article],
    )
    .await?;
    for file in files {
        act.run(
            "INSERT INTO shown_file (article_id, sha256) VALUES (?, ?)
             ON CONFLICT (article_id, sha256) DO NOTHING",
            &values![article, file.to_string()],
        )
        .await?;
    }
    let mut left = Vec::new();
    for row in &before {
        let sha256 = row.text("sha256")?;
        let shown_by = act
            .count(
                "SELECT COUNT(*) AS n FROM shown_file s JOIN article a ON a.id = s.article_id
                 WHERE s.sha256 = ? AND a.agency_id =
                     (SELECT agency_id FROM article WHERE id = ?)",
                &values![&sha256, article],
            )
            .await?;
        if shown_by == 0 {
            left.push(sha256);
        }
    }
    Ok(left)
}

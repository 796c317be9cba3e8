//! Views by article and day, in rows.

use base::Fault;
use base::id::ArticleId;
use db::{Act, Conn, values};
use jiff::civil::Date;

/// Adds views of a day.
pub async fn add(act: &mut Act, article: ArticleId, day: Date, n: i64) -> Result<(), Fault> {
    act.run(
        "INSERT INTO view_day (article_id, day, n_views) VALUES (?, ?, ?)
         ON CONFLICT (article_id, day) DO UPDATE SET n_views = view_day.n_views + excluded.n_views",
        &values![article, day.to_string(), n],
    )
    .await?;
    Ok(())
}

/// All views of an article so far.
pub async fn total(conn: &mut Conn, article: ArticleId) -> Result<i64, Fault> {
    conn.count(
        "SELECT CAST(COALESCE(SUM(n_views), 0) AS BIGINT) AS n FROM view_day WHERE article_id = ?",
        &values![article],
    )
    .await
}

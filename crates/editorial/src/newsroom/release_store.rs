//! Links to release, in rows. Of a secret only the hash is kept.

use base::id::{AccountId, AgencyId, ArticleId, RowId};
use base::{Error, Fault};
use db::{Act, Conn, Row, values};

use super::release::ReleaseLink;

/// Adds a link that has no secret yet: it is made when the letter leaves.
pub async fn add(act: &mut Act, link: &ReleaseLink) -> Result<(), Fault> {
    act.run(
        "INSERT INTO release_link (id, agency_id, article_id, edition_id, sha256, account_id,
             asked_by, made_at, ends_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            link.id,
            link.agency,
            link.article,
            link.edition,
            &link.sha256,
            link.account,
            link.asked_by,
            link.made_at,
            link.ends_at
        ],
    )
    .await?;
    Ok(())
}

/// Gives a link its secret; one that it had before opens nothing any more.
pub async fn save_secret(act: &mut Act, id: RowId, secret_hash: &str) -> Result<(), Fault> {
    act.run(
        "UPDATE release_link SET secret_hash = ? WHERE id = ?",
        &values![secret_hash, id],
    )
    .await?;
    Ok(())
}

/// The link of an id.
pub async fn find(conn: &mut Conn, agency: AgencyId, id: RowId) -> Result<ReleaseLink, Error> {
    let row = conn
        .row(
            "SELECT * FROM release_link WHERE id = ? AND agency_id = ?",
            &values![id, agency],
        )
        .await?;
    Ok(read(&row)?)
}

/// The link of a secret.
pub async fn of_secret(conn: &mut Conn, secret_hash: &str) -> Result<ReleaseLink, Error> {
    let row = conn
        .row(
            "SELECT * FROM release_link WHERE secret_hash = ?",
            &values![secret_hash],
        )
        .await?;
    Ok(read(&row)?)
}

/// The links of an article, the newest first.
pub async fn list(conn: &mut Conn, article: ArticleId) -> Result<Vec<ReleaseLink>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM release_link WHERE article_id = ? ORDER BY made_at DESC, id LIMIT 20",
            &values![article],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Uses a link up; false when it was used, revoked or has ended. Of two who press at once, one gets
/// true.
pub async fn take(act: &mut Act, id: RowId, now: i64) -> Result<bool, Fault> {
    let n = act
        .run(
            "UPDATE release_link SET used_at = ?
             WHERE id = ? AND used_at IS NULL AND revoked_at IS NULL AND ends_at > ?",
            &values![now, id, now],
        )
        .await?;
    Ok(n > 0)
}

/// Takes a link back; false when it opened nothing any more.
pub async fn revoke(act: &mut Act, id: RowId, now: i64) -> Result<bool, Fault> {
    let n = act
        .run(
            "UPDATE release_link SET revoked_at = ?
             WHERE id = ? AND used_at IS NULL AND revoked_at IS NULL",
            &values![now, id],
        )
        .await?;
    Ok(n > 0)
}

/// Takes back every open link of an article to a person: a newer one takes their place.
pub async fn revoke_of(
    act: &mut Act,
    (article, person): (ArticleId, AccountId),
    now: i64,
) -> Result<(), Fault> {
    act.run(
        "UPDATE release_link SET revoked_at = ?
         WHERE article_id = ? AND account_id = ? AND used_at IS NULL AND revoked_at IS NULL",
        &values![now, article, person],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<ReleaseLink, Fault> {
    Ok(ReleaseLink {
        id: row.parse("id")?,
        agency: row.parse("agency_id")?,
        article: row.parse("article_id")?,
        edition: row.parse("edition_id")?,
        sha256: row.text("sha256")?,
        account: row.parse("account_id")?,
        asked_by: row.parse("asked_by")?,
        made_at: row.int("made_at")?,
        ends_at: row.int("ends_at")?,
        used_at: row.maybe_int("used_at")?,
        revoked_at: row.maybe_int("revoked_at")?,
    })
}

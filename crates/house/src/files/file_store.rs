//! Files and who may see them, in rows.

use base::id::AgencyId;
use base::{Error, Fault};
use db::{Act, Conn, values};

use super::NewFile;

/// A file as its row.
#[derive(Clone, Debug)]
pub struct FileRow {
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size.
    pub size_bytes: i64,
    /// Our type of it.
    pub media_type: String,
}

/// A file as one agency uses it.
#[derive(Clone, Debug)]
pub struct FileUse {
    /// Its name for people.
    pub name: String,
    /// Whether the public may see it.
    pub is_public: bool,
}

pub(super) async fn add(
    act: &mut Act,
    sha256: &str,
    n_bytes: usize,
    file: NewFile<'_>,
    now: i64,
) -> Result<(), Fault> {
    let size = i64::try_from(n_bytes).unwrap_or(i64::MAX);
    act.run(
        "INSERT INTO file (sha256, size_bytes, media_type, created_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (sha256) DO NOTHING",
        &values![sha256, size, file.media_type, now],
    )
    .await?;
    act.run(
        "INSERT INTO file_use (agency_id, sha256, name, uploaded_by, uploaded_at, is_public)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (agency_id, sha256) DO UPDATE SET
             is_public = CASE WHEN excluded.is_public = 1 THEN 1 ELSE file_use.is_public END",
        &values![file.agency, sha256, file.name, file.by, now, file.is_public],
    )
    .await?;
    Ok(())
}

/// The file of this hash.
pub async fn find(conn: &mut Conn, sha256: &str) -> Result<FileRow, Error> {
    let row = conn
        .row("SELECT * FROM file WHERE sha256 = ?", &values![sha256])
        .await?;
    Ok(FileRow {
        sha256: row.text("sha256")?,
        size_bytes: row.int("size_bytes")?,
        media_type: row.text("media_type")?,
    })
}

/// How an agency uses a file; not found when it does not.
pub async fn find_use(conn: &mut Conn, agency: AgencyId, sha256: &str) -> Result<FileUse, Error> {
    let row = conn
        .row(
            "SELECT name, is_public FROM file_use WHERE agency_id = ? AND sha256 = ?",
            &values![agency, sha256],
        )
        .await?;
    Ok(FileUse {
        name: row.text("name")?,
        is_public: row.flag("is_public")?,
    })
}

/// Lets the public see a file of the agency: when what shows it is published.
pub async fn publish(act: &mut Act, agency: AgencyId, sha256: &str) -> Result<(), Fault> {
    act.run(
        "UPDATE file_use SET is_public = 1 WHERE agency_id = ? AND sha256 = ?",
        &values![agency, sha256],
    )
    .await?;
    Ok(())
}

/// Takes a file of the agency from the public: when the last thing that showed it was withdrawn.
pub async fn withhold(act: &mut Act, agency: AgencyId, sha256: &str) -> Result<(), Fault> {
    act.run(
        "UPDATE file_use SET is_public = 0 WHERE agency_id = ? AND sha256 = ?",
        &values![agency, sha256],
    )
    .await?;
    Ok(())
}

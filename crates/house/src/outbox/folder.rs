//! Mail as files of a folder: `{id}.eml`. The name is the message's own, so that writing it again
//! after a crash makes no second one.

use std::path::Path;

use base::Fault;
use base::id::RowId;
use tokio::io::AsyncWriteExt;

/// Writes a mail: all of it, on the disk, or nothing.
///
/// # Faults
/// The disk refuses.
pub async fn write(folder: &Path, id: RowId, bytes: &[u8]) -> Result<(), Fault> {
    let wrong = |error| {
        Fault::from_source(
            format!("mail: cannot write into {}", folder.display()),
            error,
        )
    };
    tokio::fs::create_dir_all(folder).await.map_err(wrong)?;
    let part = folder.join(format!("{id}.part"));
    let mut file = tokio::fs::File::create(&part).await.map_err(wrong)?;
    file.write_all(bytes).await.map_err(wrong)?;
    file.sync_all().await.map_err(wrong)?;
    drop(file);
    tokio::fs::rename(&part, path(folder, id))
        .await
        .map_err(wrong)?;
    let folder_file = tokio::fs::File::open(folder).await.map_err(wrong)?;
    folder_file.sync_all().await.map_err(wrong)
}

/// The mail of a message, if it was written.
///
/// # Faults
/// The disk refuses.
pub async fn read(folder: &Path, id: RowId) -> Result<Option<Vec<u8>>, Fault> {
    match tokio::fs::read(path(folder, id)).await {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Fault::from_source("mail: cannot read a letter", error)),
    }
}

fn path(folder: &Path, id: RowId) -> std::path::PathBuf {
    folder.join(format!("{id}.eml"))
}

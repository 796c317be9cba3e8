//! Files, by the SHA-256 of their bytes.
//!
//! A file goes to a temporary name, is synced, gets its name, its folder is synced, and only then
//! its row is written: a row never names bytes that a power cut could take. Files are served with
//! our own type, never with the sender's; only images show inside pages, everything else is saved.

mod file_store;
pub mod image;
mod portal;
pub mod sniff;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::id::{AccountId, AgencyId};
use base::{Error, Fault, Refusal, Role};
use db::Act;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use web::{Policy, Route, WordFile, get, post};

use crate::House;

pub use file_store::{FileRow, FileUse, find, find_use, publish, withhold};
pub use portal::answer;

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "files",
    vi: include_str!("files.vi.ftl"),
    en: include_str!("files.en.ftl"),
};

/// Who brings images: everybody who writes or registers something.
const WRITERS: Policy = Policy::roles(&[
    Role::Writer,
    Role::Editor,
    Role::Officer,
    Role::Head,
    Role::Director,
    Role::Clerk,
]);

/// Every route of this feature.
pub fn routes() -> Vec<Route<House>> {
    vec![
        get("/tep/{sha256}", Policy::Public, portal::show),
        get("/desk/files/{sha256}", Policy::SignedIn, portal::show_desk),
        post("/desk/files/images", WRITERS, portal::add_image).act("file.add"),
    ]
}

/// The folder of files. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Files {
    dir: Arc<PathBuf>,
}

/// What is known of a file before it is kept.
#[derive(Clone, Copy, Debug)]
pub struct NewFile<'a> {
    /// Whose it is.
    pub agency: AgencyId,
    /// Its name for people.
    pub name: &'a str,
    /// Our type of it.
    pub media_type: &'a str,
    /// Who brought it, if a person did.
    pub by: Option<AccountId>,
    /// Whether the public may see it.
    pub is_public: bool,
}

impl Files {
    /// The files below a folder, which is made if it is not there.
    ///
    /// # Faults
    /// The folder cannot be made.
    pub fn open(dir: &Path) -> Result<Self, Fault> {
        std::fs::create_dir_all(dir)
            .map_err(|error| Fault::from_source(format!("cannot make {}", dir.display()), error))?;
        Ok(Self {
            dir: Arc::new(dir.to_owned()),
        })
    }

    /// Keeps bytes and writes their rows into the act; returns their SHA-256 in hexadecimal.
    ///
    /// # Faults
    /// The disk or the database refuses them.
    pub async fn put(
        &self,
        act: &mut Act,
        bytes: &[u8],
        file: NewFile<'_>,
        now: i64,
    ) -> Result<String, Fault> {
        let sha256 = hex::encode(Sha256::digest(bytes));
        self.write(&sha256, bytes).await?;
        file_store::add(act, &sha256, bytes.len(), file, now).await?;
        Ok(sha256)
    }

    /// The bytes of a file, checked against their name.
    ///
    /// # Refusals
    /// [`Refusal::NotFound`] when the name is no hash or there is no such file.
    /// # Faults
    /// The bytes are not those that were kept.
    pub async fn read(&self, sha256: &str) -> Result<Vec<u8>, Error> {
        let path = self.path(sha256)?;
        let bytes = match tokio::fs::read(&path).await {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Refusal::NotFound.into());
            }
            Err(error) => return Err(Fault::from_source("cannot read a file", error).into()),
        };
        if hex::encode(Sha256::digest(&bytes)) != sha256 {
            return Err(Fault::new(format!("file {sha256} is damaged")).into());
        }
        Ok(bytes)
    }

    /// Where a file lies: for exports that stream it.
    ///
    /// # Refusals
    /// [`Refusal::NotFound`] when the name is no hash.
    pub fn path(&self, sha256: &str) -> Result<PathBuf, Refusal> {
        let is_hash = sha256.len() == 64
            && sha256
                .bytes()
                .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hash {
            return Err(Refusal::NotFound);
        }
        Ok(self.dir.join(&sha256[..2]).join(sha256))
    }

    async fn write(&self, sha256: &str, bytes: &[u8]) -> Result<(), Fault> {
        let path = self
            .path(sha256)
            .map_err(|_| Fault::new("a hash is no hash"))?;
        if tokio::fs::try_exists(&path).await? {
            return Ok(());
        }
        let folder = self.dir.join(&sha256[..2]);
        tokio::fs::create_dir_all(&folder).await?;
        let temporary = folder.join(format!("{sha256}.{}.new", std::process::id()));
        let mut file = tokio::fs::File::create(&temporary).await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        drop(file);
        tokio::fs::rename(&temporary, &path).await?;
        for dir in [folder.as_path(), self.dir.as_path()] {
            tokio::fs::File::open(dir).await?.sync_all().await?;
        }
        Ok(())
    }
}

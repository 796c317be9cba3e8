//! An installation, opened: its rows, files, key and index, and the context of every feature.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::{Clock, Fault, Ids};
use db::{Db, Options, Target};
use editorial::Editorial;
use editorial::newsroom::Views;
use house::House;
use house::audit::SigningKey;
use house::files::Files;
use house::outbox::Mail;
use house::people::password::Passwords;
use house::people::sign_in::SessionFinder;
use house::witness::{Log, LogOptions};
use web::{Assets, Dictionary, PageCache, Parts, Site, SiteOptions};

use crate::cli::PlaceArgs;

/// Where an installation keeps what it has.
#[derive(Clone, Debug)]
pub struct Place {
    /// The data folder.
    pub dir: PathBuf,
    /// Where the rows are.
    pub target: Target,
}

impl Place {
    /// An installation with its rows in the data folder.
    pub fn in_folder(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
            target: Target::Sqlite(dir.join("loa.db")),
        }
    }

    /// What the command line says.
    pub fn of(args: &PlaceArgs) -> Self {
        match &args.database_url {
            Some(url) => Self {
                dir: args.data.clone(),
                target: Target::Postgres(url.clone()),
            },
            None => Self::in_folder(&args.data),
        }
    }

    /// The file of the log's key.
    pub fn key_file(&self) -> PathBuf {
        self.dir.join("keys").join("log.key")
    }

    /// The house's own note of the newest checkpoint of its log.
    pub fn seen_file(&self) -> PathBuf {
        self.dir.join("keys").join("log.seen")
    }

    /// Whether an installation is there.
    pub fn exists(&self) -> bool {
        self.key_file().exists()
    }
}

/// How an installation is opened.
pub struct Opening {
    /// The clock.
    pub clock: Clock,
    /// Whether commits wait for the disk; false only while made-up data is made.
    pub is_durable: bool,
    /// What the operator chose for the site.
    pub site: SiteOptions,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Whether this process keeps the search index. Only one may: a second one would take the
    /// first one's files for leftovers.
    pub keeps_search: bool,
    /// How mail leaves.
    pub mail: Mail,
    /// Where checkpoints are kept outside the database, and how witnesses are reached.
    pub log: LogOptions,
}

impl Opening {
    /// As commands at the machine open it.
    ///
    /// # Faults
    /// As [`Passwords::new`].
    pub fn for_command() -> Result<Self, Fault> {
        Ok(Self {
            clock: Clock::system(),
            is_durable: true,
            site: SiteOptions {
                base_url: "http://localhost".to_owned(),
                cache_bytes_max: 16 * 1024 * 1024,
            },
            passwords: Passwords::new()?,
            keeps_search: false,
            mail: Mail::default(),
            log: LogOptions::default(),
        })
    }
}

/// An open installation.
#[derive(Clone)]
pub struct Office {
    /// The context of every feature.
    pub editorial: Editorial,
    /// The key that signs the log.
    pub key: Arc<SigningKey>,
}

impl Office {
    /// Opens an installation that `loa init` has made; its tables are brought up to date.
    ///
    /// # Faults
    /// There is none, or it cannot be opened.
    pub async fn open(place: &Place, opening: Opening) -> Result<Self, Fault> {
        if !place.exists() {
            return Err(Fault::new(format!(
                "{} is not a data folder of loa; make one with: loa init {}",
                place.dir.display(),
                place.dir.display()
            )));
        }
        let line = std::fs::read_to_string(place.key_file())
            .map_err(|error| Fault::from_source("cannot read the log's key", error))?;
        let key: Arc<SigningKey> = Arc::new(line.parse()?);
        let readers_max = 4;
        let options = Options {
            readers_max,
            is_durable: opening.is_durable,
        };
        let db = Db::open(&place.target, &options).await?;
        db.migrate(opening.clock.now_ms()).await?;
        let editorial = furnish(place, db, opening, key.clone())?;
        Ok(Self { editorial, key })
    }
}

fn furnish(
    place: &Place,
    db: Db,
    opening: Opening,
    key: Arc<SigningKey>,
) -> Result<Editorial, Fault> {
    let words = Dictionary::new(&crate::words())?;
    let sessions = SessionFinder {
        db: db.clone(),
        clock: opening.clock.clone(),
    };
    let site = Site::new(Parts {
        db,
        clock: opening.clock,
        ids: Ids::random(),
        pages: PageCache::new(opening.site.cache_bytes_max),
        // Both live as long as the process; a reference costs pages nothing.
        assets: Box::leak(Box::new(Assets::embedded())),
        words: Box::leak(Box::new(words)),
        nav: crate::nav(),
        sessions: Box::new(sessions),
        options: opening.site,
    });
    let files = Files::open(&place.dir.join("files"))?;
    let house = House {
        site,
        files,
        passwords: opening.passwords,
        followers: &editorial::FOLLOWERS,
        mail: opening.mail,
        log: Log::new(
            key,
            LogOptions {
                own_file: Some(place.seen_file()),
                ..opening.log
            },
        )?,
        menu: editorial::portal_menu,
    };
    let search = match opening.keeps_search {
        true => search::Index::open(place.dir.join("search"))?,
        false => search::Index::in_memory()?,
    };
    Ok(Editorial {
        house,
        search: Arc::new(search),
        views: Arc::new(Views::default()),
    })
}

/// Makes the folders and the key of a new installation.
///
/// # Faults
/// The folder holds an installation already, or cannot be written.
pub fn lay_out(place: &Place, origin: &str) -> Result<(), Fault> {
    if place.exists() {
        return Err(Fault::new(format!(
            "{} already holds an installation",
            place.dir.display()
        )));
    }
    if std::fs::read_dir(&place.dir).is_ok_and(|mut inside| inside.next().is_some()) {
        return Err(Fault::new(format!(
            "{} is not empty: name a folder that is empty or not there yet",
            place.dir.display()
        )));
    }
    let keys = place.dir.join("keys");
    make_folder(&keys)
        .map_err(|error| Fault::from_source(format!("cannot make {}", keys.display()), error))?;
    let key = SigningKey::generate(origin)?;
    write_secret(&place.key_file(), &format!("{}\n", key.to_secret_line()))?;
    std::fs::write(keys.join("log.pub"), format!("{}\n", key.verifier()))?;
    Ok(())
}

/// Makes a folder, and what is missing above it, for its owner alone: in the data folder lie drafts,
/// addresses and hashes of passwords.
fn make_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

/// Writes a file that only its owner can read.
#[cfg(unix)]
fn write_secret(path: &Path, text: &str) -> Result<(), Fault> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(())
}

/// Writes a file; the folder's own rights protect it.
#[cfg(not(unix))]
fn write_secret(path: &Path, text: &str) -> Result<(), Fault> {
    Ok(std::fs::write(path, text)?)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_new_data_folder_is_its_owners_alone() {
        let above = tempfile::tempdir().unwrap();
        let place = Place::in_folder(&above.path().join("loa"));
        lay_out(&place, "loa.log/test").unwrap();
        for path in [place.dir.clone(), place.dir.join("keys"), place.key_file()] {
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{}", path.display());
        }
    }
}

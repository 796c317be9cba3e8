//! The only crate that names SQLite or PostgreSQL.
//!
//! A statement is one text with `?` for its values, the same for both databases (the portable
//! subset of `docs/decisions/0002-one-sql-two-databases.md`). Rows are read by column name. A
//! [`Read`] sees committed rows; an [`Act`] is one transaction, and once its [`Act::commit`] has
//! returned, its rows are on the disk.
//!
//! ```ignore
//! let mut act = db.act().await?;
//! act.run("UPDATE unit SET name = ? WHERE id = ?", &values![name, id]).await?;
//! act.touch("unit");
//! act.commit().await?;
//! ```
//!
//! What is not here: any table's name (they belong to the features) but the migrator's own.
#![deny(missing_docs)]

mod act;
mod conn;
mod dialect;
mod migration;
mod postgres;
mod row;
mod sqlite;
#[cfg(feature = "testing")]
pub mod testing;
mod value;

use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use base::Fault;

pub use act::Act;
pub use conn::{Conn, Read};
pub use dialect::Backend;
pub use migration::{Migration, migrations};
pub use row::Row;
pub use value::Value;

/// Where the rows are kept.
#[derive(Clone, Debug)]
pub enum Target {
    /// A SQLite file, made if it does not exist.
    Sqlite(PathBuf),
    /// A PostgreSQL address, `postgres://…`.
    Postgres(String),
}

/// How the database is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// Connections that read at the same time.
    pub readers_max: u32,
    /// Whether a commit waits for the disk. Always true but in tests and made-up data.
    pub is_durable: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            readers_max: 4,
            is_durable: true,
        }
    }
}

/// The tag that stands for all tags.
pub const EVERYTHING: &str = "*";

/// Called after each commit with the tags that the act touched.
pub type Listener = Box<dyn Fn(&[String]) + Send + Sync>;

/// The database: cheap to clone, shared by everything that runs.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) kind: Kind,
    pub(crate) listeners: RwLock<Vec<Listener>>,
}

pub(crate) enum Kind {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

impl Db {
    /// Opens the database; its tables are as they are until [`Db::migrate`].
    ///
    /// # Faults
    /// The file or server cannot be opened, or SQLite is older than 3.51.3 (its write-ahead log
    /// could lose rows before that).
    pub async fn open(target: &Target, options: &Options) -> Result<Self, Fault> {
        let kind = match target {
            Target::Sqlite(path) => Kind::Sqlite(sqlite::Sqlite::open(path, options).await?),
            Target::Postgres(url) => Kind::Postgres(postgres::Postgres::open(url, options).await?),
        };
        let db = Self {
            inner: Arc::new(Inner {
                kind,
                listeners: RwLock::new(Vec::new()),
            }),
        };
        if let Kind::Postgres(postgres) = &db.inner.kind {
            postgres.listen(Arc::downgrade(&db.inner)).await?;
        }
        Ok(db)
    }

    /// Which database this is; only for messages and the few forks of [`Backend`].
    pub fn backend(&self) -> Backend {
        match &self.inner.kind {
            Kind::Sqlite(_) => Backend::Sqlite,
            Kind::Postgres(_) => Backend::Postgres,
        }
    }

    /// Brings the tables up to this binary's migrations; returns the names of those applied now.
    ///
    /// # Faults
    /// A migration of the database is unknown to this binary (it is newer) or was edited since.
    pub async fn migrate(&self, now_ms: i64) -> Result<Vec<&'static str>, Fault> {
        migration::run(self, now_ms).await
    }

    /// Whether the tables are those of this binary; nothing is written.
    ///
    /// # Faults
    /// They are older, newer, or not there.
    pub async fn check_migrated(&self) -> Result<(), Fault> {
        migration::check(self).await
    }

    /// A connection that reads; each statement sees all that was committed before it.
    pub async fn read(&self) -> Result<Read, Fault> {
        match &self.inner.kind {
            Kind::Sqlite(sqlite) => sqlite.read().await,
            Kind::Postgres(postgres) => postgres.read().await,
        }
    }

    /// A reading transaction: all its statements see the same moment. For reports and exports.
    pub async fn snapshot(&self) -> Result<Read, Fault> {
        match &self.inner.kind {
            Kind::Sqlite(sqlite) => sqlite.snapshot().await,
            Kind::Postgres(postgres) => postgres.snapshot().await,
        }
    }

    /// A writing transaction; on SQLite it waits until the act before it has done its statements.
    ///
    /// # Faults
    /// Writing has stopped because the disk failed to keep an earlier group of acts.
    pub async fn act(&self) -> Result<Act, Fault> {
        Act::begin(self).await
    }

    /// Adds what is to be told the tags of every committed act, here and on other nodes.
    pub fn on_commit(&self, listener: Listener) {
        if let Ok(mut listeners) = self.inner.listeners.write() {
            listeners.push(listener);
        }
    }

    /// Waits until writing has failed for good; the process should then say so and end.
    pub async fn failed(&self) -> Fault {
        match &self.inner.kind {
            Kind::Sqlite(sqlite) => sqlite.failed().await,
            Kind::Postgres(_) => std::future::pending().await,
        }
    }

    /// Ends all connections; what was acknowledged is kept.
    pub async fn close(&self) {
        match &self.inner.kind {
            Kind::Sqlite(sqlite) => sqlite.close().await,
            Kind::Postgres(postgres) => postgres.close().await,
        }
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    pub(crate) fn tell(&self, tags: &[String]) {
        self.inner.tell(tags);
    }
}

impl Inner {
    pub(crate) fn tell(&self, tags: &[String]) {
        if tags.is_empty() {
            return;
        }
        if let Ok(listeners) = self.listeners.read() {
            for listener in listeners.iter() {
                listener(tags);
            }
        }
    }
}

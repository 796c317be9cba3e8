//! SQLite: one writer that groups commits, and a pool of readers.
//!
//! An act works inside a savepoint of an open transaction. When it commits, it releases its
//! savepoint, lets the connection go, and queues for it again: whoever gets it first after the acts
//! that were already waiting ends the transaction, with one fsync, for all of them. The lock is
//! fair, so no act waits for more than the acts before it.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use base::Fault;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot, watch};

use crate::Options;
use crate::conn::{Conn, ConnKind, Read};

/// The oldest SQLite whose write-ahead log keeps what it acknowledged (fixed in 3.51.3).
const VERSION_MIN: (u32, u32, u32) = (3, 51, 3);

pub(crate) struct Sqlite {
    writer: Arc<Mutex<Writer>>,
    readers: SqlitePool,
    failure: watch::Sender<Option<String>>,
}

/// The writing connection and the group of acts that share its transaction.
pub(crate) struct Writer {
    pub(crate) conn: SqliteConnection,
    is_open: bool,
    waiting: Vec<oneshot::Sender<Result<(), String>>>,
}

impl Sqlite {
    pub(crate) async fn open(path: &Path, options: &Options) -> Result<Self, Fault> {
        let synchronous = if options.is_durable {
            SqliteSynchronous::Full
        } else {
            SqliteSynchronous::Off
        };
        let common = SqliteConnectOptions::new()
            .filename(path)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(300)
            .disable_statement_logging();
        let mut conn = common
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .connect()
            .await
            .map_err(|e| Fault::from_source(format!("cannot open {}", path.display()), e))?;
        check_version(&mut conn).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(options.readers_max)
            .acquire_timeout(Duration::from_secs(30))
            .connect_lazy_with(common.read_only(true).pragma("query_only", "ON"));
        let writer = Writer {
            conn,
            is_open: false,
            waiting: Vec::new(),
        };
        let (failure, _) = watch::channel(None);
        Ok(Self {
            writer: Arc::new(Mutex::new(writer)),
            readers,
            failure,
        })
    }

    pub(crate) async fn read(&self) -> Result<Read, Fault> {
        let conn = self
            .readers
            .acquire()
            .await
            .map_err(|e| Fault::from_source("no reading connection", e))?;
        Ok(Read {
            conn: Conn::new(ConnKind::SqliteRead(conn)),
        })
    }

    pub(crate) async fn snapshot(&self) -> Result<Read, Fault> {
        let tx = self
            .readers
            .begin()
            .await
            .map_err(|e| Fault::from_source("no reading connection", e))?;
        Ok(Read {
            conn: Conn::new(ConnKind::SqliteSnapshot(tx)),
        })
    }

    pub(crate) async fn begin(&self) -> Result<Conn, Fault> {
        let mut writer = self.writer.clone().lock_owned().await;
        if let Some(reason) = self.failure.borrow().as_ref() {
            return Err(Fault::new(format!("writing has stopped: {reason}")));
        }
        if !writer.is_open {
            writer.run("BEGIN IMMEDIATE").await?;
            writer.is_open = true;
        }
        writer.run("SAVEPOINT act").await?;
        Ok(Conn::new(ConnKind::SqliteWrite(writer)))
    }

    /// Ends an act: its savepoint now, its group with the next owner of the connection.
    pub(crate) async fn commit(
        &self,
        mut writer: OwnedMutexGuard<Writer>,
        is_lost: bool,
    ) -> Result<(), Fault> {
        if is_lost {
            return Err(self
                .lose(&mut writer, "SQLite gave up the transaction")
                .await);
        }
        if let Err(fault) = writer.run("RELEASE act").await {
            return Err(self.lose(&mut writer, &fault.to_string()).await);
        }
        let (sender, mut receiver) = oneshot::channel();
        writer.waiting.push(sender);
        drop(writer);
        let mut writer = self.writer.clone().lock_owned().await;
        if let Ok(ended) = receiver.try_recv() {
            return ended.map_err(Fault::new);
        }
        self.end_group(&mut writer).await;
        drop(writer);
        match receiver.await {
            Ok(ended) => ended.map_err(Fault::new),
            Err(_) => Err(Fault::new("the group of acts was lost")),
        }
    }

    /// Takes back an act that was dropped; the others of its group are untouched.
    pub(crate) async fn abandon(&self, mut writer: OwnedMutexGuard<Writer>, is_lost: bool) {
        if is_lost {
            let _ = self
                .lose(&mut writer, "SQLite gave up the transaction")
                .await;
            return;
        }
        let undone = match writer.run("ROLLBACK TO act").await {
            Ok(()) => writer.run("RELEASE act").await,
            Err(fault) => Err(fault),
        };
        if let Err(fault) = undone {
            let _ = self.lose(&mut writer, &fault.to_string()).await;
        } else if writer.waiting.is_empty() {
            writer.is_open = false;
            let _ = writer.run("ROLLBACK").await;
        }
    }

    pub(crate) async fn failed(&self) -> Fault {
        let mut failure = self.failure.subscribe();
        let reason = match failure.wait_for(Option::is_some).await {
            Ok(reason) => reason.clone().unwrap_or_default(),
            Err(_) => std::future::pending().await,
        };
        Fault::new(format!("writing has stopped: {reason}"))
    }

    pub(crate) async fn close(&self) {
        self.readers.close().await;
        let mut writer = self.writer.lock().await;
        let _ = writer.run("PRAGMA wal_checkpoint(TRUNCATE)").await;
    }

    async fn end_group(&self, writer: &mut Writer) {
        match writer.run("COMMIT").await {
            Ok(()) => {
                writer.is_open = false;
                for act in writer.waiting.drain(..) {
                    let _ = act.send(Ok(()));
                }
            }
            Err(fault) => {
                // Never try the same fsync again: what it lost is lost (invariant 3).
                self.failure.send_replace(Some(fault.to_string()));
                let _ = self.lose(writer, &fault.to_string()).await;
            }
        }
    }

    /// The whole group is gone: every act in it is told so.
    async fn lose(&self, writer: &mut Writer, reason: &str) -> Fault {
        let _ = writer.run("ROLLBACK").await;
        writer.is_open = false;
        for act in writer.waiting.drain(..) {
            let _ = act.send(Err(format!("the group of acts failed: {reason}")));
        }
        Fault::new(format!("the group of acts failed: {reason}"))
    }
}

impl Writer {
    async fn run(&mut self, sql: &'static str) -> Result<(), Fault> {
        sqlx::query(sql)
            .execute(&mut self.conn)
            .await
            .map(|_| ())
            .map_err(|error| Fault::from_source(sql, error))
    }
}

/// Whether SQLite rolls the whole transaction back at this error, not only the statement:
/// no memory (7), read-only disk (8), interrupted (9), input or output (10), damaged (11), full (13).
/// Source: sqlite.org "Response To Errors Within A Transaction".
pub(crate) fn loses_transaction(error: &sqlx::Error) -> bool {
    let sqlx::Error::Database(error) = error else {
        return matches!(error, sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed);
    };
    let code = error
        .code()
        .and_then(|code| i32::from_str(&code).ok())
        .unwrap_or(0);
    matches!(code & 0xff, 7..=11 | 13)
}

async fn check_version(conn: &mut SqliteConnection) -> Result<(), Fault> {
    let text: String = sqlx::query_scalar("SELECT sqlite_version()")
        .fetch_one(&mut *conn)
        .await
        .map_err(|e| Fault::from_source("SQLite does not say its version", e))?;
    conn.ping()
        .await
        .map_err(|e| Fault::from_source("SQLite does not answer", e))?;
    let mut parts = text.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    let found = (next(), next(), next());
    if found < VERSION_MIN {
        return Err(Fault::new(format!(
            "SQLite {text} can lose acknowledged rows; at least 3.51.3 is needed"
        )));
    }
    Ok(())
}

//! PostgreSQL: a pool, and a listener that hears which tags other nodes have touched.

use std::sync::Weak;
use std::time::Duration;

use base::Fault;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Postgres as PostgresDriver, Transaction};

use crate::conn::{Conn, ConnKind, Read};
use crate::{Inner, Options};

/// The name under which nodes tell each other what they touched.
const TOUCHED: &str = "loa_touched";

/// PostgreSQL takes notices of less than 8,000 bytes; more tags than fit are told as "everything".
const NOTICE_BYTES_MAX: usize = 7_500;

/// Between the tags of one notice; no tag holds a line break.
const BETWEEN: &str = "\n";

pub(crate) struct Postgres {
    pool: PgPool,
}

impl Postgres {
    pub(crate) async fn open(url: &str, options: &Options) -> Result<Self, Fault> {
        let connect: PgConnectOptions = url
            .parse()
            .map_err(|e: sqlx::Error| Fault::from_source("not a PostgreSQL address", e))?;
        let mut connect = connect.disable_statement_logging();
        if !options.is_durable {
            connect = connect.options([("synchronous_commit", "off")]);
        }
        let pool = PgPoolOptions::new()
            .max_connections(options.readers_max + 4)
            .acquire_timeout(Duration::from_secs(30))
            .connect_with(connect)
            .await
            .map_err(|e| Fault::from_source("cannot reach PostgreSQL", e))?;
        Ok(Self { pool })
    }

    pub(crate) async fn read(&self) -> Result<Read, Fault> {
        let conn = self
            .pool
            .acquire()
            .await
            .map_err(|e| Fault::from_source("no connection", e))?;
        Ok(Read {
            conn: Conn::new(ConnKind::PostgresRead(conn)),
        })
    }

    pub(crate) async fn snapshot(&self) -> Result<Read, Fault> {
        let tx = self
            .pool
            .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .await
            .map_err(|e| Fault::from_source("no connection", e))?;
        Ok(Read {
            conn: Conn::new(ConnKind::PostgresWrite(tx)),
        })
    }

    pub(crate) async fn begin(&self) -> Result<Conn, Fault> {
        let tx = self
            .pool
            .begin()
            .await
            .map_err(|e| Fault::from_source("no connection", e))?;
        Ok(Conn::new(ConnKind::PostgresWrite(tx)))
    }

    /// Commits, and tells the other nodes the tags in the same transaction.
    pub(crate) async fn commit(
        &self,
        mut tx: Transaction<'static, PostgresDriver>,
        tags: &[String],
    ) -> Result<(), Fault> {
        if !tags.is_empty() {
            let notice = tags.join(BETWEEN);
            let notice = if notice.len() > NOTICE_BYTES_MAX {
                crate::EVERYTHING
            } else {
                &notice
            };
            sqlx::query("SELECT pg_notify($1, $2)")
                .bind(TOUCHED)
                .bind(notice)
                .execute(&mut *tx)
                .await
                .map_err(|e| Fault::from_source("cannot tell the other nodes", e))?;
        }
        tx.commit()
            .await
            .map_err(|e| Fault::from_source("cannot commit", e))
    }

    /// Hears the other nodes until the database is dropped. Its own notices come back too, which
    /// drops a page twice and harms nothing.
    pub(crate) async fn listen(&self, inner: Weak<Inner>) -> Result<(), Fault> {
        let mut listener = PgListener::connect_with(&self.pool)
            .await
            .map_err(|e| Fault::from_source("cannot hear the other nodes", e))?;
        listener
            .listen(TOUCHED)
            .await
            .map_err(|e| Fault::from_source("cannot hear the other nodes", e))?;
        tokio::spawn(async move {
            loop {
                match listener.recv().await {
                    Ok(notice) => {
                        let Some(inner) = inner.upgrade() else { return };
                        let tags: Vec<String> =
                            notice.payload().split(BETWEEN).map(str::to_owned).collect();
                        inner.tell(&tags);
                    }
                    Err(error) => {
                        if inner.upgrade().is_none() {
                            return;
                        }
                        tracing::warn!(%error, "lost the other nodes for a moment");
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                }
            }
        });
        Ok(())
    }

    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}

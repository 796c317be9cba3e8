//! An act: one writing transaction with everything it does.

use std::ops::{Deref, DerefMut};

use base::Fault;

use crate::conn::{Conn, ConnKind};
use crate::value::Value;
use crate::{Db, Kind};

/// One writing transaction. Dropped without [`Act::commit`], it leaves no trace.
pub struct Act {
    conn: Option<Conn>,
    db: Db,
    tags: Vec<String>,
}

impl Act {
    pub(crate) async fn begin(db: &Db) -> Result<Self, Fault> {
        let db = db.clone();
        // A task of its own: an asker who goes away in the middle leaves a whole act, and the drop
        // of it takes it back. Half a BEGIN would be in the way of every act after it.
        let beginning = tokio::spawn(async move {
            let conn = match &db.inner().kind {
                Kind::Sqlite(sqlite) => sqlite.begin().await?,
                Kind::Postgres(postgres) => postgres.begin().await?,
            };
            Ok(Self {
                conn: Some(conn),
                db,
                tags: Vec::new(),
            })
        });
        beginning
            .await
            .map_err(|error| Fault::from_source("the act was cut off", error))?
    }

    /// Runs a statement that changes rows; returns how many.
    ///
    /// # Faults
    /// The database refuses the statement; the act can then only be dropped.
    pub async fn run(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, Fault> {
        self.deref_mut().run(sql, values).await
    }

    /// Says that what carries this tag has changed; told to all listeners once it is committed.
    pub fn touch(&mut self, tag: impl Into<String>) {
        self.tags.push(tag.into());
    }

    pub(crate) async fn run_raw(&mut self, sql: &str) -> Result<(), Fault> {
        self.deref_mut().run_raw(sql).await
    }

    /// Ends the act; when this returns without a fault, its rows outlive a power cut.
    ///
    /// On SQLite the connection goes to the next act at once, and the answer comes after the one
    /// fsync that the whole group shares.
    ///
    /// # Faults
    /// The disk did not keep the group; nothing of this act can be relied on.
    pub async fn commit(mut self) -> Result<(), Fault> {
        let tags = std::mem::take(&mut self.tags);
        let Some(conn) = self.conn.take() else {
            return Err(Fault::new("an act ends once"));
        };
        let db = self.db.clone();
        // A task of its own: a caller that goes away must not leave the group without an end.
        let ending = tokio::spawn(async move {
            match (&db.inner().kind, conn.kind) {
                (Kind::Sqlite(sqlite), ConnKind::SqliteWrite(writer)) => {
                    sqlite.commit(writer, conn.is_lost).await?;
                }
                (Kind::Postgres(postgres), ConnKind::PostgresWrite(tx)) => {
                    postgres.commit(tx, &tags).await?;
                }
                _ => return Err(Fault::new("an act of another database")),
            }
            db.tell(&tags);
            Ok(())
        });
        ending
            .await
            .map_err(|error| Fault::from_source("the commit was cut off", error))?
    }
}

impl Drop for Act {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        let db = self.db.clone();
        // PostgreSQL's transaction rolls itself back; SQLite's savepoint must be taken back by hand.
        if let ConnKind::SqliteWrite(writer) = conn.kind
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(async move {
                if let Kind::Sqlite(sqlite) = &db.inner().kind {
                    sqlite.abandon(writer, conn.is_lost).await;
                }
            });
        }
    }
}

impl Deref for Act {
    type Target = Conn;
    #[expect(
        clippy::expect_used,
        reason = "only commit and drop take the connection, and both end the act"
    )]
    fn deref(&self) -> &Conn {
        self.conn
            .as_ref()
            .expect("an act that has not ended has a connection")
    }
}

impl DerefMut for Act {
    #[expect(
        clippy::expect_used,
        reason = "only commit and drop take the connection, and both end the act"
    )]
    fn deref_mut(&mut self) -> &mut Conn {
        self.conn
            .as_mut()
            .expect("an act that has not ended has a connection")
    }
}

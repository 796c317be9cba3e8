//! A connection that runs statements: what a reading and a writing transaction share.

use std::ops::{Deref, DerefMut};

use base::{Error, Fault, Refusal};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgConnection};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteConnection};
use sqlx::{Postgres, Sqlite, Transaction};
use tokio::sync::OwnedMutexGuard;

use crate::dialect::{Backend, numbered};
use crate::row::{Inner, Row};
use crate::sqlite::Writer;
use crate::value::Value;

/// Runs statements on one connection. Stores take `&mut Conn` where they only look.
pub struct Conn {
    pub(crate) kind: ConnKind,
    /// Set when SQLite has given up the whole transaction, and with it every act of the group.
    pub(crate) is_lost: bool,
}

pub(crate) enum ConnKind {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteSnapshot(Transaction<'static, Sqlite>),
    SqliteWrite(OwnedMutexGuard<Writer>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

enum Link<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

impl Conn {
    pub(crate) fn new(kind: ConnKind) -> Self {
        Self {
            kind,
            is_lost: false,
        }
    }

    /// Which database runs the statements.
    pub fn backend(&self) -> Backend {
        match self.kind {
            ConnKind::SqliteRead(_) | ConnKind::SqliteSnapshot(_) | ConnKind::SqliteWrite(_) => {
                Backend::Sqlite
            }
            ConnKind::PostgresRead(_) | ConnKind::PostgresWrite(_) => Backend::Postgres,
        }
    }

    /// All rows of a statement. Ask for a page of them (`LIMIT ?`) unless their number is bounded.
    ///
    /// # Faults
    /// The database refuses the statement.
    pub async fn rows(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        let answer = match self.link() {
            Link::Sqlite(conn) => bind_sqlite(sql, values).fetch_all(conn).await.map(|rows| {
                rows.into_iter()
                    .map(|row| Row {
                        inner: Inner::Sqlite(row),
                    })
                    .collect()
            }),
            Link::Postgres(conn) => bind_postgres(sql, values)
                .fetch_all(conn)
                .await
                .map(|rows| {
                    rows.into_iter()
                        .map(|row| Row {
                            inner: Inner::Postgres(row),
                        })
                        .collect()
                }),
        };
        answer.map_err(|error| self.fault(sql, error))
    }

    /// The first row of a statement, if there is one.
    ///
    /// # Faults
    /// The database refuses the statement.
    pub async fn maybe(
        &mut self,
        sql: &'static str,
        values: &[Value],
    ) -> Result<Option<Row>, Fault> {
        let answer = match self.link() {
            Link::Sqlite(conn) => bind_sqlite(sql, values)
                .fetch_optional(conn)
                .await
                .map(|row| {
                    row.map(|row| Row {
                        inner: Inner::Sqlite(row),
                    })
                }),
            Link::Postgres(conn) => {
                bind_postgres(sql, values)
                    .fetch_optional(conn)
                    .await
                    .map(|row| {
                        row.map(|row| Row {
                            inner: Inner::Postgres(row),
                        })
                    })
            }
        };
        answer.map_err(|error| self.fault(sql, error))
    }

    /// The first row of a statement; none is [`Refusal::NotFound`].
    pub async fn row(&mut self, sql: &'static str, values: &[Value]) -> Result<Row, Error> {
        Ok(self.maybe(sql, values).await?.ok_or(Refusal::NotFound)?)
    }

    /// The whole number `n` of a statement's only row, such as a count.
    ///
    /// # Faults
    /// The database refuses the statement, or answers without a row or without `n`.
    pub async fn count(&mut self, sql: &'static str, values: &[Value]) -> Result<i64, Fault> {
        let row = self.maybe(sql, values).await?;
        row.ok_or_else(|| Fault::new(format!("no row to count in: {sql}")))?
            .int("n")
    }

    /// Runs a statement that changes rows; returns how many. Only an act can.
    ///
    /// # Faults
    /// The database refuses the statement.
    pub(crate) async fn run(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, Fault> {
        let answer = match self.link() {
            Link::Sqlite(conn) => bind_sqlite(sql, values)
                .execute(conn)
                .await
                .map(|done| done.rows_affected()),
            Link::Postgres(conn) => bind_postgres(sql, values)
                .execute(conn)
                .await
                .map(|done| done.rows_affected()),
        };
        answer.map_err(|error| self.fault(sql, error))
    }

    /// Runs a text of the migrations, without values.
    pub(crate) async fn run_raw(&mut self, sql: &str) -> Result<(), Fault> {
        let text = sqlx::AssertSqlSafe(sql.to_owned());
        let answer = match self.link() {
            Link::Sqlite(conn) => sqlx::raw_sql(text).execute(conn).await.map(|_| ()),
            Link::Postgres(conn) => sqlx::raw_sql(text).execute(conn).await.map(|_| ()),
        };
        answer.map_err(|error| self.fault(sql, error))
    }

    fn link(&mut self) -> Link<'_> {
        match &mut self.kind {
            ConnKind::SqliteRead(conn) => Link::Sqlite(conn),
            ConnKind::SqliteSnapshot(conn) => Link::Sqlite(conn),
            ConnKind::SqliteWrite(writer) => Link::Sqlite(&mut writer.conn),
            ConnKind::PostgresRead(conn) => Link::Postgres(conn),
            ConnKind::PostgresWrite(conn) => Link::Postgres(conn),
        }
    }

    fn fault(&mut self, sql: &str, error: sqlx::Error) -> Fault {
        if self.backend() == Backend::Sqlite && crate::sqlite::loses_transaction(&error) {
            self.is_lost = true;
        }
        let start: String = sql.chars().take(160).collect();
        Fault::from_source(format!("statement failed: {start}"), error)
    }
}

/// A connection that only reads.
pub struct Read {
    pub(crate) conn: Conn,
}

impl Deref for Read {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Read {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

fn bind_sqlite<'q>(sql: &'static str, values: &'q [Value]) -> Query<'q, Sqlite, SqliteArguments> {
    values
        .iter()
        .fold(sqlx::query(sql), |query, value| match value {
            Value::Int(value) => query.bind(*value),
            Value::Real(value) => query.bind(*value),
            Value::Text(value) => query.bind(value.clone()),
            Value::Bytes(value) => query.bind(value.clone()),
        })
}

fn bind_postgres<'q>(sql: &'static str, values: &'q [Value]) -> Query<'q, Postgres, PgArguments> {
    values
        .iter()
        .fold(sqlx::query(numbered(sql)), |query, value| match value {
            Value::Int(value) => query.bind(*value),
            Value::Real(value) => query.bind(*value),
            Value::Text(value) => query.bind(value.as_deref()),
            Value::Bytes(value) => query.bind(value.as_deref()),
        })
}

//! A fresh database for a test, on either kind.
//!
//! PostgreSQL is reached through the address in `LOA_TEST_POSTGRES` (`./test` starts one); when it
//! is missing the test fails, it never skips.

use std::sync::atomic::{AtomicU32, Ordering};

use base::Fault;
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

use crate::{Backend, Db, Options, Target};

/// Both databases; every store test and story test runs once for each.
pub const BOTH: [Backend; 2] = [Backend::Sqlite, Backend::Postgres];

/// A fresh, migrated database that goes away with this value.
pub struct Fresh {
    /// The database.
    pub db: Db,
    /// How to open it again.
    pub target: Target,
    /// The folder of the SQLite file, also free for a test's own files.
    pub dir: TempDir,
}

/// A fresh, migrated database.
///
/// # Faults
/// PostgreSQL is not there, or a migration fails.
pub async fn fresh(backend: Backend) -> Result<Fresh, Fault> {
    let fresh = empty(backend).await?;
    fresh.db.migrate(0).await?;
    Ok(fresh)
}

/// A fresh database without tables.
///
/// # Faults
/// PostgreSQL is not there.
pub async fn empty(backend: Backend) -> Result<Fresh, Fault> {
    let dir = tempfile::tempdir()?;
    let target = match backend {
        Backend::Sqlite => Target::Sqlite(dir.path().join("loa.db")),
        Backend::Postgres => Target::Postgres(new_schema().await?),
    };
    let db = Db::open(
        &target,
        &Options {
            readers_max: 2,
            is_durable: false,
        },
    )
    .await?;
    Ok(Fresh { db, target, dir })
}

async fn new_schema() -> Result<String, Fault> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    #[expect(
        clippy::disallowed_methods,
        reason = "a test asks where the server of the tests is"
    )]
    let url = std::env::var("LOA_TEST_POSTGRES").map_err(|_| {
        Fault::new(
            "LOA_TEST_POSTGRES is not set: run ./test, which starts a PostgreSQL for the tests",
        )
    })?;
    let n = COUNT.fetch_add(1, Ordering::Relaxed);
    let schema = format!("t{}_{n}", std::process::id());
    let mut conn = PgConnection::connect(&url)
        .await
        .map_err(|e| Fault::from_source("the PostgreSQL of the tests does not answer", e))?;
    let text = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(text))
        .execute(&mut conn)
        .await
        .map_err(|e| Fault::from_source("cannot make a schema", e))?;
    let mark = if url.contains('?') { '&' } else { '?' };
    Ok(format!("{url}{mark}options=-csearch_path%3D{schema}"))
}

//! The migrations: one list for both databases, each applied once, in order, never edited.
//!
//! Outside of blocks a statement ends with `;` at the end of a line. What must differ stands
//! between `-- @sqlite` or `-- @postgres` and `-- @end`; inside, each statement begins after a line
//! `-- @statement`, because the body of a trigger holds semicolons of its own.

use base::Fault;
use sha2::{Digest, Sha256};

use crate::dialect::Backend;
use crate::{Db, values};

/// One migration.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its file name without the ending.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! list {
    ($($name:literal),* $(,)?) => {
        &[$(Migration {
            name: $name,
            text: include_str!(concat!("../../../migrations/", $name, ".sql")),
        }),*]
    };
}

/// Every migration, oldest first.
pub fn migrations() -> &'static [Migration] {
    list![
        "0001_house",
        "0002_audit",
        "0003_editorial",
        "0004_calendar",
        "0005_outbox",
        "0006_plan_life",
        "0007_targets",
        "0008_organisation",
        "0009_evidence",
        "0010_witness",
        "0011_criteria",
        "0012_indices",
        "0013_rounds",
        "0014_reports",
    ]
}

impl Migration {
    /// The statements for one database.
    pub fn statements(&self, backend: Backend) -> Vec<String> {
        let mut out = Vec::new();
        let mut current = String::new();
        let mut block: Option<bool> = None;
        for line in self.text.lines() {
            let word = line.trim();
            match word {
                "-- @sqlite" => block = Some(backend == Backend::Sqlite),
                "-- @postgres" => block = Some(backend == Backend::Postgres),
                "-- @end" | "-- @statement" => {
                    push(&mut out, &mut current);
                    if word == "-- @end" {
                        block = None;
                    }
                }
                _ if word.starts_with("--") || word.is_empty() || block == Some(false) => {}
                _ => {
                    current.push_str(line);
                    current.push('\n');
                    if block.is_none() && word.ends_with(';') {
                        push(&mut out, &mut current);
                    }
                }
            }
        }
        push(&mut out, &mut current);
        out
    }

    fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.text.as_bytes()))
    }
}

/// Whether the tables are this binary's, without touching them.
pub(crate) async fn check(db: &Db) -> Result<(), Fault> {
    let mut read = db.read().await?;
    let rows = read
        .rows("SELECT name, hash FROM schema_migration ORDER BY name", &[])
        .await?;
    let mut applied = Vec::with_capacity(rows.len());
    for row in &rows {
        applied.push((row.text("name")?, row.text("hash")?));
    }
    refuse_foreign(&applied)?;
    if applied.len() < migrations().len() {
        return Err(Fault::new(
            "the tables are older than this loa; run: loa migrate",
        ));
    }
    Ok(())
}

/// Refuses migrations that this binary does not know, or that were edited after they ran.
fn refuse_foreign(applied: &[(String, String)]) -> Result<(), Fault> {
    for (name, hash) in applied {
        match migrations().iter().find(|migration| migration.name == name) {
            None => {
                return Err(Fault::new(format!(
                    "the database has migration {name}, which this version of loa does not know; \
                     use the newer loa, or restore a backup from before the upgrade"
                )));
            }
            Some(migration) if migration.hash() != *hash => {
                return Err(Fault::new(format!(
                    "migration {name} was edited after it was applied"
                )));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

pub(crate) async fn run(db: &Db, now_ms: i64) -> Result<Vec<&'static str>, Fault> {
    let mut act = db.act().await?;
    act.run_raw(
        "CREATE TABLE IF NOT EXISTS schema_migration (
            name TEXT PRIMARY KEY, hash TEXT NOT NULL, applied_at BIGINT NOT NULL)",
    )
    .await?;
    let rows = act
        .rows("SELECT name, hash FROM schema_migration ORDER BY name", &[])
        .await?;
    let mut applied = Vec::with_capacity(rows.len());
    for row in &rows {
        applied.push((row.text("name")?, row.text("hash")?));
    }
    refuse_foreign(&applied)?;
    let known = migrations();
    let mut done = Vec::new();
    for migration in &known[applied.len()..] {
        for statement in migration.statements(db.backend()) {
            act.run_raw(&statement).await?;
        }
        act.run(
            "INSERT INTO schema_migration (name, hash, applied_at) VALUES (?, ?, ?)",
            &values![migration.name, migration.hash(), now_ms],
        )
        .await?;
        done.push(migration.name);
    }
    act.commit().await?;
    Ok(done)
}

fn push(out: &mut Vec<String>, current: &mut String) {
    let statement = current.trim().trim_end_matches(';').trim();
    if !statement.is_empty() {
        // The body of a SQLite trigger ends with its own `END;`.
        out.push(statement.to_owned());
    }
    current.clear();
}

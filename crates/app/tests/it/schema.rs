//! The schema: one list of migrations gives the same tables on both databases, is applied once, and
//! is never edited; the log's rows cannot be changed.

use std::collections::BTreeSet;

use db::testing::{BOTH, fresh};
use db::{Backend, Conn, Db, values};

use crate::sources::none_of;

/// Where the two may differ: a counter that each database declares in its own way.
const OWN_WAY: [&str; 1] = ["column audit_pending.position"];

/// The tables whose rows are added and never changed: those of the log, and plans as put in force.
const SEALED: [[&str; 3]; 5] = [
    [
        "SELECT COUNT(*) AS n FROM audit_entry",
        "UPDATE audit_entry SET act = 'a.b'",
        "DELETE FROM audit_entry",
    ],
    [
        "SELECT COUNT(*) AS n FROM audit_leaf",
        "UPDATE audit_leaf SET seq = 7",
        "DELETE FROM audit_leaf",
    ],
    [
        "SELECT COUNT(*) AS n FROM audit_tile",
        "UPDATE audit_tile SET tile = 7",
        "DELETE FROM audit_tile",
    ],
    [
        "SELECT COUNT(*) AS n FROM audit_checkpoint",
        "UPDATE audit_checkpoint SET note = ''",
        "DELETE FROM audit_checkpoint",
    ],
    [
        "SELECT COUNT(*) AS n FROM baseline",
        "UPDATE baseline SET body = '{}'",
        "DELETE FROM baseline",
    ],
];

/// The names of the tables that the migrations make.
pub fn declared_tables() -> BTreeSet<String> {
    let lines = db::migrations()
        .iter()
        .flat_map(|migration| migration.text.lines());
    let tables: BTreeSet<String> = lines
        .filter_map(|line| line.trim().strip_prefix("CREATE TABLE "))
        .map(|rest| rest.trim_end_matches([' ', '(']).to_owned())
        .collect();
    assert!(tables.len() > 20, "no tables were found in the migrations");
    tables
}

#[tokio::test]
async fn both_databases_have_the_same_tables() {
    let sqlite = fresh(Backend::Sqlite).await.unwrap();
    let postgres = fresh(Backend::Postgres).await.unwrap();
    let sqlite = Shape::read(&sqlite.db).await;
    let postgres = Shape::read(&postgres.db).await;
    let declared = declared_tables();
    assert_eq!(sqlite.tables, declared);
    assert_eq!(postgres.tables, declared);
    none_of(
        "SQLite and PostgreSQL have the same tables",
        differences(&sqlite.parts, &postgres.parts),
    );
}

#[tokio::test]
async fn migrations_are_applied_once() {
    for backend in BOTH {
        let fresh = fresh(backend).await.unwrap();
        let before = Shape::read(&fresh.db).await;
        assert_eq!(fresh.db.migrate(1).await.unwrap(), [""; 0], "{backend:?}");
        assert_eq!(
            Shape::read(&fresh.db).await.parts,
            before.parts,
            "{backend:?}"
        );
    }
}

#[tokio::test]
async fn an_edited_migration_is_refused_by_its_name() {
    for backend in BOTH {
        let fresh = fresh(backend).await.unwrap();
        let newest = db::migrations().last().unwrap().name;
        let sql = "UPDATE schema_migration SET hash = 'other' WHERE name = ?";
        run(&fresh.db, sql, &values![newest]).await.unwrap();
        let refused = fresh.db.migrate(1).await.unwrap_err().to_string();
        assert!(
            refused.contains(newest) && refused.contains("edited"),
            "{backend:?}: {refused}"
        );
    }
}

#[tokio::test]
async fn a_migration_of_a_newer_program_is_refused_by_its_name() {
    for backend in BOTH {
        let fresh = fresh(backend).await.unwrap();
        let sql = "INSERT INTO schema_migration (name, hash, applied_at) VALUES (?, '', 0)";
        run(&fresh.db, sql, &values!["9999_tomorrow"])
            .await
            .unwrap();
        let refused = fresh.db.migrate(1).await.unwrap_err().to_string();
        assert!(refused.contains("9999_tomorrow"), "{backend:?}: {refused}");
    }
}

#[tokio::test]
async fn rows_of_the_log_and_baselines_are_never_changed_or_deleted() {
    for backend in BOTH {
        let fresh = fresh(backend).await.unwrap();
        fill_log(&fresh.db).await;
        for [count, change, delete] in SEALED {
            for sql in [change, delete] {
                let refused = run(&fresh.db, sql, &[]).await.unwrap_err();
                assert!(
                    refused.contains("rows are added"),
                    "{backend:?}: {sql}: {refused}"
                );
            }
            let left = fresh
                .db
                .read()
                .await
                .unwrap()
                .count(count, &[])
                .await
                .unwrap();
            assert_eq!(left, 1, "{backend:?}: {count}");
        }
    }
}

#[test]
fn constraints_are_checked_at_their_statement() {
    // A constraint that waits for the commit would fail every act of a group for the fault of one.
    let waits = |text: &str| text.to_uppercase().contains("DEFERR");
    let found = db::migrations()
        .iter()
        .filter(|migration| waits(migration.text));
    none_of(
        "no constraint is deferred",
        found.map(|migration| migration.name.to_owned()).collect(),
    );
}

#[test]
fn a_difference_between_the_databases_is_seen() {
    let parts =
        |texts: &[&str]| -> BTreeSet<String> { texts.iter().map(|t| (*t).to_owned()).collect() };
    let sqlite = parts(&["column a.b text", "column audit_pending.position integer"]);
    let postgres = parts(&["column a.b bigint", "column audit_pending.position bigint"]);
    assert_eq!(
        differences(&sqlite, &postgres),
        [
            "only SQLite: column a.b text",
            "only PostgreSQL: column a.b bigint"
        ]
    );
}

/// What a database says of its tables, one line a part.
struct Shape {
    tables: BTreeSet<String>,
    parts: BTreeSet<String>,
}

impl Shape {
    async fn read(db: &Db) -> Self {
        let mut read = db.read().await.unwrap();
        let questions = match db.backend() {
            Backend::Sqlite => SQLITE,
            Backend::Postgres => POSTGRES,
        };
        let conn: &mut Conn = &mut read;
        let mut parts = BTreeSet::new();
        let mut tables = BTreeSet::new();
        for (word, sql) in questions {
            for row in conn.rows(sql, &[]).await.unwrap() {
                let table = row.text("of_table").unwrap();
                if table == "schema_migration" || table.starts_with("sqlite_") {
                    continue;
                }
                let part = row.text("part").unwrap().to_lowercase();
                parts.insert(format!("{word} {table}.{part}"));
                tables.insert(table);
            }
        }
        assert!(
            parts.len() > 200,
            "{:?} says little of its tables",
            db.backend()
        );
        Self { tables, parts }
    }
}

/// A text primary key is not null on both: SQLite does not say so, ids are never null in an act.
const SQLITE: [(&str, &str); 5] = [
    (
        "column",
        "SELECT m.name AS of_table, p.name || ' ' || p.type || CASE WHEN p.\"notnull\" = 1 OR p.pk > 0 \
         THEN ' not null' ELSE '' END AS part \
         FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'",
    ),
    (
        "key",
        "SELECT m.name AS of_table, p.name || ' ' || p.pk AS part \
         FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND p.pk > 0",
    ),
    (
        "reference",
        "SELECT m.name AS of_table, f.\"from\" || ' ' || f.\"table\" AS part \
         FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
    ),
    (
        "unique",
        "SELECT m.name AS of_table, group_concat(c.name, ',' ORDER BY c.seqno) AS part \
         FROM sqlite_master m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c \
         WHERE m.type = 'table' AND i.origin = 'u' GROUP BY m.name, i.name",
    ),
    (
        "index",
        "SELECT tbl_name AS of_table, name AS part \
         FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    ),
];

const POSTGRES: [(&str, &str); 5] = [
    (
        "column",
        "SELECT CAST(c.table_name AS TEXT) AS of_table, c.column_name || ' ' || c.data_type || \
         CASE WHEN c.is_nullable = 'NO' THEN ' not null' ELSE '' END AS part \
         FROM information_schema.columns c WHERE c.table_schema = current_schema()",
    ),
    (
        "key",
        "SELECT CAST(c.table_name AS TEXT) AS of_table, u.column_name || ' ' || u.ordinal_position AS part \
         FROM information_schema.table_constraints c JOIN information_schema.key_column_usage u \
         ON u.constraint_name = c.constraint_name AND u.constraint_schema = c.constraint_schema \
         AND u.table_name = c.table_name \
         WHERE c.table_schema = current_schema() AND c.constraint_type = 'PRIMARY KEY'",
    ),
    (
        "reference",
        "SELECT CAST(t.relname AS TEXT) AS of_table, a.attname || ' ' || r.relname AS part \
         FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid \
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
         JOIN pg_namespace n ON n.oid = t.relnamespace \
         WHERE c.contype = 'f' AND n.nspname = current_schema()",
    ),
    (
        "unique",
        "SELECT CAST(c.table_name AS TEXT) AS of_table, \
         string_agg(u.column_name, ',' ORDER BY u.ordinal_position) AS part \
         FROM information_schema.table_constraints c JOIN information_schema.key_column_usage u \
         ON u.constraint_name = c.constraint_name AND u.constraint_schema = c.constraint_schema \
         AND u.table_name = c.table_name \
         WHERE c.table_schema = current_schema() AND c.constraint_type = 'UNIQUE' \
         GROUP BY c.table_name, c.constraint_name",
    ),
    (
        "index",
        "SELECT CAST(i.tablename AS TEXT) AS of_table, CAST(i.indexname AS TEXT) AS part FROM pg_indexes i \
         WHERE i.schemaname = current_schema() AND NOT EXISTS (SELECT 1 FROM pg_constraint c \
         JOIN pg_namespace n ON n.oid = c.connamespace \
         WHERE c.conname = i.indexname AND n.nspname = i.schemaname)",
    ),
];

fn differences(sqlite: &BTreeSet<String>, postgres: &BTreeSet<String>) -> Vec<String> {
    let is_known = |part: &str| OWN_WAY.iter().any(|way| part.starts_with(way));
    let only = |name: &str, here: &BTreeSet<String>, there: &BTreeSet<String>| -> Vec<String> {
        let parts = here.difference(there).filter(|part| !is_known(part));
        parts.map(|part| format!("only {name}: {part}")).collect()
    };
    let mut found = only("SQLite", sqlite, postgres);
    found.extend(only("PostgreSQL", postgres, sqlite));
    found
}

async fn run(db: &Db, sql: &'static str, values: &[db::Value]) -> Result<(), String> {
    let mut act = db.act().await.unwrap();
    act.run(sql, values)
        .await
        .map_err(|fault| fault.to_string())?;
    act.commit().await.map_err(|fault| fault.to_string())
}

/// One row in each table of the log.
async fn fill_log(db: &Db) {
    let hash = vec![0_u8; 32];
    let entry = "INSERT INTO audit_entry (id, agency_id, at, actor_kind, act, subject_kind, subject_id, data, hash) \
                 VALUES ('e', 'a', 0, 'system', 'unit.add', 'unit', 'u', '{}', ?)";
    run(db, entry, &values![hash.clone()]).await.unwrap();
    let leaf = "INSERT INTO audit_leaf (seq, entry_id, hash) VALUES (0, 'e', ?)";
    run(db, leaf, &values![hash.clone()]).await.unwrap();
    let tile = "INSERT INTO audit_tile (level, tile, hashes, root) VALUES (0, 0, ?, ?)";
    run(db, tile, &values![vec![0_u8; 8192], hash])
        .await
        .unwrap();
    run(
        db,
        "INSERT INTO audit_checkpoint (size, note) VALUES (1, 'n')",
        &[],
    )
    .await
    .unwrap();
    for sql in [
        "INSERT INTO agency (id, created_at) VALUES ('a', 0)",
        "INSERT INTO plan (id, agency_id, year, title, issuer, state, is_public, version, created_at)
         VALUES ('p', 'a', 2023, 't', '', 'issued', 0, 1, 0)",
        "INSERT INTO baseline (id, plan_id, no, body, sha256, made_at) VALUES ('b', 'p', 0, '{}', '', 0)",
    ] {
        run(db, sql, &[]).await.unwrap();
    }
}

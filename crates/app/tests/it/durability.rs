//! Killed in the middle of a hundred acts: what was acknowledged is kept, everything else is whole
//! or absent, and the log still holds.
//!
//! The test runs itself a second time as a child that writes and says what was acknowledged; the
//! parent kills it with SIGKILL after a number of lines, reads what was still said, and looks.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use base::id::{AgencyId, RowId};
use base::{Clock, Ids, Subject, SubjectKind};
use db::{Conn, Db, Options, Target, values};
use house::audit::{Doer, Entry, SigningKey, append, seal, verify_log};
use serde_json::json;
use tokio::task::JoinSet;

/// Tells the child where to write.
const FOLDER: &str = "LOA_TEST_KILLED_FOLDER";
/// What stands before an acknowledged id.
const KEPT: &str = "kept ";
const ROUNDS: u64 = 10;
const TASKS: usize = 8;

#[test]
fn what_was_acknowledged_outlives_a_kill() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    if let Some(folder) = std::env::var_os(FOLDER) {
        runtime.block_on(write_until_killed(Path::new(&folder)));
    }
    let folder = tempfile::tempdir().unwrap();
    runtime.block_on(async { open(folder.path()).await.migrate(0).await.unwrap() });
    let mut kept = BTreeSet::new();
    let mut moment = 0x9e37_79b9_u64;
    for round in 0..ROUNDS {
        // A different moment each round, the same at each run of the test.
        moment = moment
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(round + 1);
        let n_lines = 1 + (moment >> 33) % 100;
        let new = write_and_kill(folder.path(), n_lines);
        assert!(
            new.len() as u64 >= n_lines,
            "the child wrote {} of {n_lines}",
            new.len()
        );
        kept.extend(new);
        runtime.block_on(look(folder.path(), &kept, round));
    }
    assert!(
        kept.len() > 100,
        "a hundred acts were interrupted, not {}",
        kept.len()
    );
}

/// Runs the child until it has said so many lines, kills it, and returns all that it said.
fn write_and_kill(folder: &Path, n_lines: u64) -> BTreeSet<String> {
    let mut child: Child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "durability::what_was_acknowledged_outlives_a_kill",
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let mut kept = BTreeSet::new();
    while (kept.len() as u64) < n_lines && read_line(&mut said, &mut kept) {}
    child.kill().unwrap();
    while read_line(&mut said, &mut kept) {}
    assert!(
        !child.wait().unwrap().success(),
        "the child ends by the kill, not before"
    );
    kept
}

/// Reads one whole line; a line that the kill cut short acknowledges nothing.
fn read_line(said: &mut BufReader<ChildStdout>, kept: &mut BTreeSet<String>) -> bool {
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    if let Some(id) = line
        .strip_suffix('\n')
        .and_then(|line| line.strip_prefix(KEPT))
    {
        kept.insert(id.to_owned());
    }
    line.ends_with('\n')
}

/// The child: acts of three rows each from many tasks, and a sequencer that seals them.
async fn write_until_killed(folder: &Path) -> ! {
    let db = open(folder).await;
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        let db = db.clone();
        tasks.spawn(async move {
            loop {
                let id = write(&db).await;
                // One call of write: the line is said whole or not at all.
                std::io::stdout()
                    .write_all(format!("{KEPT}{id}\n").as_bytes())
                    .unwrap();
            }
        });
    }
    loop {
        seal(&db, &key()).await.unwrap();
    }
}

/// One act: an agency, its name and its entry in the log, all under one id.
async fn write(db: &Db) -> RowId {
    let (clock, ids) = (Clock::system(), Ids::random());
    let id: RowId = ids.next(&clock);
    let agency: AgencyId = id.to_string().parse().unwrap();
    let mut act = db.act().await.unwrap();
    let sql = "INSERT INTO agency (id, created_at) VALUES (?, ?)";
    act.run(sql, &values![agency, clock.now_ms()])
        .await
        .unwrap();
    let sql = "INSERT INTO agency_version (id, agency_id, name, short_name, symbol, superior, place, valid_from) \
               VALUES (?, ?, 'Sở', 'Sở', 'S', 'UBND', 'Cảnh Thủy', '2023-01-01')";
    act.run(sql, &values![id, agency]).await.unwrap();
    let entry = Entry {
        id,
        agency,
        at_ms: clock.now_ms(),
        actor: Doer::System,
        act: "agency.add",
        subject: Subject::new(SubjectKind::Agency, agency),
        data: json!({ "name": "Sở" }),
    };
    append(&mut act, &entry).await.unwrap();
    act.commit().await.unwrap();
    id
}

/// After the kill: acknowledged rows are there, acts are whole, the log holds and goes on.
async fn look(folder: &Path, kept: &BTreeSet<String>, round: u64) {
    let db = open(folder).await;
    let mut read = db.read().await.unwrap();
    let agencies = ids(&mut read, "SELECT id FROM agency").await;
    let names = ids(&mut read, "SELECT agency_id AS id FROM agency_version").await;
    let entries = ids(&mut read, "SELECT id FROM audit_entry").await;
    let lost: Vec<&String> = kept.difference(&agencies).collect();
    assert!(lost.is_empty(), "round {round}: lost {lost:?}");
    assert_eq!(agencies, names, "round {round}: half an act");
    assert_eq!(agencies, entries, "round {round}: an act without its entry");
    let sql = "SELECT entry_id AS id FROM audit_leaf UNION ALL SELECT entry_id FROM audit_pending";
    assert_eq!(
        ids(&mut read, sql).await,
        entries,
        "round {round}: an entry out of the log"
    );
    drop(read);

    for _ in 0..2 {
        let keys = vec![key().verifier().clone()];
        let verdict = verify_log(&db, keys, &[]).await.unwrap();
        assert!(verdict.ok, "round {round}: {:?}", verdict.faults);
        assert_eq!(
            verdict.leaves + verdict.pending,
            entries.len() as u64,
            "round {round}"
        );
        // What waits is sealed now, and the log is looked at again.
        seal(&db, &key()).await.unwrap();
    }
    db.close().await;
}

async fn ids(conn: &mut Conn, sql: &'static str) -> BTreeSet<String> {
    let rows = conn.rows(sql, &[]).await.unwrap();
    rows.iter().map(|row| row.text("id").unwrap()).collect()
}

async fn open(folder: &Path) -> Db {
    Db::open(&Target::Sqlite(folder.join("loa.db")), &Options::default())
        .await
        .unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_seed("loa.example/log", [7; 32]).unwrap()
}

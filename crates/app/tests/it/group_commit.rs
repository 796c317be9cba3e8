//! Acts that share a commit: each stands or falls alone, until the commit itself fails.

use db::testing::{BOTH, Fresh, empty};
use db::{Act, Backend, Db, Options, values};
use tokio::task::{JoinSet, yield_now};

const TASKS: i64 = 64;
const ACTS: i64 = 20;

/// A number of its own, and a word that says which act wrote it.
const ADD: &str = "INSERT INTO mark (id, word) VALUES (?, ?)";
const COUNT: &str = "SELECT COUNT(*) AS n FROM mark";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn acts_of_many_are_all_kept() {
    for backend in BOTH {
        let stage = stage(backend).await;
        let mut tasks = JoinSet::new();
        for task in 0..TASKS {
            let db = stage.db.clone();
            tasks.spawn(async move {
                for n in 0..ACTS {
                    add(&db, task * ACTS + n, "kept").await.unwrap();
                }
            });
        }
        tasks.join_all().await;
        assert_eq!(count(&stage.db).await, TASKS * ACTS, "{backend:?}");
        let sum = "SELECT CAST(SUM(id) AS BIGINT) AS n FROM mark";
        let n = TASKS * ACTS;
        let found = stage
            .db
            .read()
            .await
            .unwrap()
            .count(sum, &[])
            .await
            .unwrap();
        assert_eq!(found, n * (n - 1) / 2, "{backend:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_act_that_fails_or_is_dropped_harms_no_neighbour() {
    for backend in BOTH {
        let stage = stage(backend).await;
        add(&stage.db, -1, "taken").await.unwrap();
        let mut tasks = JoinSet::new();
        for task in 0..16 {
            let db = stage.db.clone();
            tasks.spawn(async move {
                for n in 0..ACTS {
                    let id = task * ACTS + n;
                    match n % 4 {
                        0 => fail(&db, id).await,
                        1 => leave(&db, id).await,
                        _ => add(&db, id, "kept").await.unwrap(),
                    }
                }
            });
        }
        tasks.join_all().await;
        // The drop of the last act is taken back by a task of its own; a next act waits for it.
        add(&stage.db, -2, "after").await.unwrap();
        let kept = "SELECT COUNT(*) AS n FROM mark WHERE word = 'kept'";
        let n_kept = stage
            .db
            .read()
            .await
            .unwrap()
            .count(kept, &[])
            .await
            .unwrap();
        assert_eq!(n_kept, 16 * ACTS / 2, "{backend:?}");
        assert_eq!(count(&stage.db).await, 16 * ACTS / 2 + 2, "{backend:?}");
    }
}

#[tokio::test]
async fn a_dropped_act_leaves_nothing_and_tells_nobody() {
    for backend in BOTH {
        let stage = stage(backend).await;
        let (told, heard) = std::sync::mpsc::channel();
        let told = std::sync::Mutex::new(told);
        stage.db.on_commit(Box::new(move |tags| {
            told.lock().unwrap().send(tags.to_vec()).unwrap()
        }));
        let mut act = stage.db.act().await.unwrap();
        act.run(ADD, &values![1_i64, "dropped"]).await.unwrap();
        act.touch("mark/1");
        drop(act);
        let mut act = stage.db.act().await.unwrap();
        act.run(ADD, &values![2_i64, "kept"]).await.unwrap();
        act.touch("mark/2");
        act.commit().await.unwrap();
        assert_eq!(heard.recv().unwrap(), ["mark/2"], "{backend:?}");
        assert_eq!(count(&stage.db).await, 1, "{backend:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_asker_who_goes_away_at_any_moment_stops_nobody() {
    for backend in BOTH {
        let stage = stage(backend).await;
        let mut kept = 0;
        for round in 0..400_u32 {
            let db = stage.db.clone();
            let id = i64::from(round);
            let asker = tokio::spawn(async move { add(&db, id, "perhaps").await });
            for _ in 0..round % 40 {
                yield_now().await;
            }
            asker.abort();
            if matches!(asker.await, Ok(Ok(()))) {
                kept += 1;
            }
        }
        add(&stage.db, -1, "after").await.unwrap();
        // An asker who went away while it was committed does not know that it was.
        assert!(count(&stage.db).await > kept, "{backend:?}");
    }
}

#[tokio::test]
async fn a_commit_that_fails_fails_every_act_of_its_group_and_ends_writing() {
    let stage = stage(Backend::Sqlite).await;
    let mut first = stage.db.act().await.unwrap();
    // The others queue for the connection before the first lets it go, so all three share a commit.
    let second = tokio::spawn(add_later(stage.db.clone(), 2));
    let third = tokio::spawn(add_later(stage.db.clone(), 3));
    for _ in 0..20 {
        yield_now().await;
    }
    // This reference is only checked by the commit, which it makes fail.
    let orphan = "INSERT INTO late (id, mark_id) VALUES (1, 999)";
    first.run(orphan, &[]).await.unwrap();
    first.run(ADD, &values![1_i64, "first"]).await.unwrap();
    assert!(first.commit().await.is_err());
    assert!(
        second.await.unwrap().is_err(),
        "the second shared the failed commit"
    );
    assert!(
        third.await.unwrap().is_err(),
        "the third shared the failed commit"
    );

    let stopped = stage
        .db
        .act()
        .await
        .err()
        .expect("writing has stopped")
        .to_string();
    assert!(stopped.contains("writing has stopped"), "{stopped}");
    assert!(
        stage
            .db
            .failed()
            .await
            .to_string()
            .contains("writing has stopped")
    );
    assert_eq!(count(&stage.db).await, 0, "reading goes on");
    stage.db.close().await;
    let again = Db::open(&stage.target, &Options::default()).await.unwrap();
    assert_eq!(count(&again).await, 0, "nothing of the group was kept");
    add(&again, 4, "kept").await.unwrap();
}

#[tokio::test]
async fn sqlite_waits_for_the_disk_at_every_commit() {
    let stage = stage(Backend::Sqlite).await;
    let durable = Db::open(&stage.target, &Options::default()).await.unwrap();
    let mut act = durable.act().await.unwrap();
    let synchronous = act.row("PRAGMA synchronous", &[]).await.unwrap();
    assert_eq!(synchronous.int("synchronous").unwrap(), 2, "FULL");
    let journal = act.row("PRAGMA journal_mode", &[]).await.unwrap();
    assert_eq!(journal.text("journal_mode").unwrap(), "wal");
}

async fn stage(backend: Backend) -> Fresh {
    let stage = empty(backend).await.unwrap();
    let mut act = stage.db.act().await.unwrap();
    act.run(
        "CREATE TABLE mark (id BIGINT PRIMARY KEY, word TEXT NOT NULL)",
        &[],
    )
    .await
    .unwrap();
    let late = "CREATE TABLE late (id BIGINT PRIMARY KEY, \
                mark_id BIGINT REFERENCES mark (id) DEFERRABLE INITIALLY DEFERRED)";
    act.run(late, &[]).await.unwrap();
    act.commit().await.unwrap();
    stage
}

async fn add(db: &Db, id: i64, word: &str) -> Result<(), base::Fault> {
    let mut act = db.act().await?;
    act.run(ADD, &values![id, word]).await?;
    act.commit().await
}

async fn add_later(db: Db, id: i64) -> Result<(), base::Fault> {
    add(&db, id, "later").await
}

/// Writes a row, then one that is there already.
async fn fail(db: &Db, id: i64) {
    let mut act = db.act().await.unwrap();
    act.run(ADD, &values![id, "failed"]).await.unwrap();
    act.run(ADD, &values![-1_i64, "again"]).await.unwrap_err();
}

async fn leave(db: &Db, id: i64) {
    let mut act: Act = db.act().await.unwrap();
    act.run(ADD, &values![id, "left"]).await.unwrap();
}

async fn count(db: &Db) -> i64 {
    db.read().await.unwrap().count(COUNT, &[]).await.unwrap()
}

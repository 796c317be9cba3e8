//! What the house does by itself: seals the log, follows changes with the search index, writes
//! views, begins a new day. Each job runs until the process ends; a job that fails says so and tries again.

use std::sync::Arc;
use std::time::Duration;

use base::Fault;
use editorial::newsroom;
use house::audit;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::Office;

/// The log is sealed at most this long after an act.
const SEAL_EVERY: Duration = Duration::from_millis(500);

/// The index follows a commit at once; changes of other nodes and missed ones within this.
const INDEX_EVERY: Duration = Duration::from_secs(5);

/// Views wait in memory at most this long.
const VIEWS_EVERY: Duration = Duration::from_secs(10);

/// How soon after midnight the pages of the day before are gone, at most.
const DAY_LOOK_EVERY: Duration = Duration::from_secs(20);

/// Starts every job; they end when the set is dropped.
pub fn start(office: &Office) -> JoinSet<()> {
    let changed = Arc::new(Notify::new());
    let told = changed.clone();
    office.editorial.db.on_commit(Box::new(move |tags| {
        if tags
            .iter()
            .any(|tag| tag == "articles" || tag == db::EVERYTHING)
        {
            told.notify_one();
        }
    }));
    let mut jobs = JoinSet::new();
    jobs.spawn(seal(office.clone()));
    jobs.spawn(index(office.clone(), changed));
    jobs.spawn(views(office.clone()));
    jobs.spawn(new_day(office.clone()));
    jobs
}

/// What must not be lost at the end.
///
/// # Faults
/// The database refuses.
pub async fn finish(office: &Office) -> Result<(), Fault> {
    newsroom::flush_views(&office.editorial).await?;
    audit::seal(&office.editorial.db, &office.key).await?;
    Ok(())
}

async fn seal(office: Office) {
    loop {
        tell(
            "sealing the log",
            audit::seal(&office.editorial.db, &office.key)
                .await
                .map(|_| ()),
        );
        tokio::time::sleep(SEAL_EVERY).await;
    }
}

async fn index(office: Office, changed: Arc<Notify>) {
    loop {
        tell(
            "filling the index",
            newsroom::fill_index(&office.editorial).await.map(|_| ()),
        );
        let _ = tokio::time::timeout(INDEX_EVERY, changed.notified()).await;
    }
}

async fn views(office: Office) {
    loop {
        tokio::time::sleep(VIEWS_EVERY).await;
        tell(
            "writing views",
            newsroom::flush_views(&office.editorial).await,
        );
    }
}

/// At midnight all public pages are made anew: what is late and what an agency is called depend on
/// the day, and no commit says that it has changed.
async fn new_day(office: Office) {
    let mut day = office.editorial.today();
    loop {
        tokio::time::sleep(DAY_LOOK_EVERY).await;
        let today = office.editorial.today();
        if today != day {
            day = today;
            office
                .editorial
                .pages
                .drop_tags(&[db::EVERYTHING.to_owned()]);
        }
    }
}

fn tell(job: &str, done: Result<(), Fault>) {
    if let Err(fault) = done {
        tracing::error!(job, %fault, "a job failed and will try again");
    }
}

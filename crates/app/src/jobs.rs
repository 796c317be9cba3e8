//! What the house does by itself: seals the log, follows changes with the search index, writes
//! views, begins a new day, writes reminders, sends mail. Each job runs until the process ends; a job that fails says so and tries again.

use std::sync::Arc;
use std::time::Duration;

use base::Fault;
use editorial::{newsroom, owed};
use house::{audit, outbox};
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

/// Mail leaves as soon as it is written; what failed, and what other nodes wrote, within this.
const MAIL_EVERY: Duration = Duration::from_secs(15);

/// How soon after their hour the day's reminders are written, at most.
const REMIND_LOOK_EVERY: Duration = Duration::from_secs(30);

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
    let written = Arc::new(Notify::new());
    let told = written.clone();
    office.editorial.db.on_commit(Box::new(move |tags| {
        if tags.iter().any(|tag| tag == "outbox") {
            told.notify_one();
        }
    }));
    let mut jobs = JoinSet::new();
    jobs.spawn(seal(office.clone()));
    jobs.spawn(index(office.clone(), changed));
    jobs.spawn(views(office.clone()));
    jobs.spawn(new_day(office.clone()));
    jobs.spawn(remind(office.clone()));
    jobs.spawn(mail(office.clone(), written));
    jobs
}

/// What must not be lost at the end.
///
/// # Faults
/// The database refuses.
pub async fn finish(office: &Office) -> Result<(), Fault> {
    office.editorial.mail.end().await;
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

async fn remind(office: Office) {
    loop {
        tell(
            "writing reminders",
            owed::remind(&office.editorial).await.map(|_| ()),
        );
        tokio::time::sleep(REMIND_LOOK_EVERY).await;
    }
}

/// Each round is a task of its own: when the process ends in an orderly way, the letter that is on
/// its way is not cut off (see [`finish`]).
async fn mail(office: Office, written: Arc<Notify>) {
    loop {
        let editorial = office.editorial.clone();
        let round = tokio::spawn(async move {
            let composer = editorial::Composer(editorial.clone());
            outbox::deliver(&editorial, &composer).await
        });
        if let Ok(done) = round.await {
            tell("sending mail", done.map(|_| ()));
        }
        let _ = tokio::time::timeout(MAIL_EVERY, written.notified()).await;
    }
}

fn tell(job: &str, done: Result<(), Fault>) {
    if let Err(fault) = done {
        tracing::error!(job, %fault, "a job failed and will try again");
    }
}

//! What the house does by itself: seals the log and watches over it, follows changes with the search index, writes
//! views, begins a new day, writes reminders, sends mail. A job that fails says so and tries again.
//!
//! Every job ends between two rounds, never within one: a round that is cut off in the middle may
//! leave its blocking half behind, which then writes into a folder that others believe closed.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use base::Fault;
use editorial::{newsroom, owed};
use house::{outbox, witness};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::Office;

/// The log is sealed at most this long after an act.
const SEAL_EVERY: Duration = Duration::from_millis(500);

/// What is remembered of the log outside the database is held against it this often; an older copy
/// of the database is noticed within a minute.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// Other houses are asked to cosign, and what they remember is learnt, this often.
const ASK_EVERY: Duration = Duration::from_secs(20);

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

/// How long the process waits at its end for rounds that have begun.
const LAST_ROUND: Duration = Duration::from_secs(15);

/// The jobs of a process, running.
pub struct Jobs {
    running: JoinSet<()>,
    stop: watch::Sender<bool>,
}

impl Jobs {
    /// Waits until every job has finished its round and ended; one that hangs in its round is left.
    pub async fn end(mut self) {
        self.stop.send_replace(true);
        let all = async { while self.running.join_next().await.is_some() {} };
        if tokio::time::timeout(LAST_ROUND, all).await.is_err() {
            tracing::warn!("a job did not end; it is left");
        }
    }
}

/// What a job waits for between two rounds.
#[derive(Clone)]
struct Pause(watch::Receiver<bool>);

impl Pause {
    /// Whether there is another round: after the time, or as soon as the work is there.
    async fn over(&mut self, time: Duration, work: impl Future<Output = ()>) -> bool {
        tokio::select! {
            biased;
            _ = self.0.wait_for(|stop| *stop) => false,
            () = work => true,
            () = tokio::time::sleep(time) => true,
        }
    }

    /// Whether there is another round after the time.
    async fn ended(&mut self, time: Duration) -> bool {
        self.over(time, std::future::pending()).await
    }
}

/// Starts every job.
pub fn start(office: &Office) -> Jobs {
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
    let (stop, stopped) = watch::channel(false);
    let pause = Pause(stopped);
    let mut running = JoinSet::new();
    running.spawn(seal(office.clone(), pause.clone()));
    running.spawn(look(office.clone(), pause.clone()));
    running.spawn(ask(office.clone(), pause.clone()));
    running.spawn(index(office.clone(), pause.clone(), changed));
    running.spawn(views(office.clone(), pause.clone()));
    running.spawn(new_day(office.clone(), pause.clone()));
    running.spawn(remind(office.clone(), pause.clone()));
    running.spawn(mail(office.clone(), pause, written));
    Jobs { running, stop }
}

/// What must not be lost at the end.
///
/// # Faults
/// The database refuses.
pub async fn finish(office: &Office) -> Result<(), Fault> {
    newsroom::flush_views(&office.editorial).await?;
    witness::seal(&office.editorial).await?;
    Ok(())
}

async fn seal(office: Office, mut pause: Pause) {
    loop {
        tell("sealing the log", witness::seal(&office.editorial).await);
        if !pause.ended(SEAL_EVERY).await {
            break;
        }
    }
}

async fn look(office: Office, mut pause: Pause) {
    loop {
        tell("looking at the log", witness::look(&office.editorial).await);
        if !pause.ended(LOOK_EVERY).await {
            break;
        }
    }
}

async fn ask(office: Office, mut pause: Pause) {
    loop {
        tell(
            "asking witnesses",
            witness::ask_all(&office.editorial).await,
        );
        if !pause.ended(ASK_EVERY).await {
            break;
        }
    }
}

async fn index(office: Office, mut pause: Pause, changed: Arc<Notify>) {
    loop {
        tell(
            "filling the index",
            newsroom::fill_index(&office.editorial).await.map(|_| ()),
        );
        if !pause.over(INDEX_EVERY, changed.notified()).await {
            break;
        }
    }
}

async fn views(office: Office, mut pause: Pause) {
    while pause.ended(VIEWS_EVERY).await {
        tell(
            "writing views",
            newsroom::flush_views(&office.editorial).await,
        );
    }
}

/// At midnight all public pages are made anew: what is late and what an agency is called depend on
/// the day, and no commit says that it has changed.
async fn new_day(office: Office, mut pause: Pause) {
    let mut day = office.editorial.today();
    while pause.ended(DAY_LOOK_EVERY).await {
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

async fn remind(office: Office, mut pause: Pause) {
    loop {
        tell(
            "writing reminders",
            owed::remind(&office.editorial).await.map(|_| ()),
        );
        if !pause.ended(REMIND_LOOK_EVERY).await {
            break;
        }
    }
}

/// Each round is a task of its own: a letter that is on its way when the process ends is not cut
/// off (see [`finish`]).
async fn mail(office: Office, mut pause: Pause, written: Arc<Notify>) {
    loop {
        let editorial = office.editorial.clone();
        let round = tokio::spawn(async move {
            let composer = editorial::Composer(editorial.clone());
            outbox::deliver(&editorial, &composer).await
        });
        if let Ok(done) = round.await {
            tell("sending mail", done.map(|_| ()));
        }
        if !pause.over(MAIL_EVERY, written.notified()).await {
            break;
        }
    }
}

fn tell(job: &str, done: Result<(), Fault>) {
    if let Err(fault) = done {
        tracing::error!(job, %fault, "a job failed and will try again");
    }
}

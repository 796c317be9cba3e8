//! Counting views: dated, without bots, once per visitor and half hour, gathered in memory and
//! written together. No visitor is written down: the memory of who has seen what is a hash with a
//! secret that is forgotten every half hour.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::Mutex;

use base::Fault;
use base::id::ArticleId;
use db::Db;
use jiff::civil::Date;

use super::view_store;

/// One visitor counts once in this long.
const AGAIN_MS: i64 = 30 * 60 * 1000;

/// Most visitors remembered at a time; beyond it they count again, which a flood cannot turn into
/// memory.
const SEEN_MAX: usize = 200_000;

/// Words by which programs that are no readers name themselves.
const BOTS: [&str; 12] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "curl",
    "wget",
    "python",
    "headlesschrome",
    "preview",
    "monitor",
    "scan",
    "http",
];

#[derive(Default)]
struct Memory {
    waiting: HashMap<(ArticleId, Date), i64>,
    seen: HashSet<u64>,
    since: i64,
    secret: RandomState,
}

/// Views that wait to be written.
#[derive(Default)]
pub struct Views {
    memory: Mutex<Memory>,
}

impl Views {
    /// Counts a view, unless it is a bot's or a repetition; returns the views that wait for the
    /// article.
    pub fn count(&self, article: ArticleId, (day, now): (Date, i64), who: (IpAddr, &str)) -> i64 {
        let Ok(mut memory) = self.memory.lock() else {
            return 0;
        };
        if now - memory.since >= AGAIN_MS || memory.seen.len() >= SEEN_MAX {
            memory.seen.clear();
            memory.secret = RandomState::new();
            memory.since = now;
        }
        let visitor = memory.secret.hash_one((article, who));
        if !is_bot(who.1) && memory.seen.insert(visitor) {
            *memory.waiting.entry((article, day)).or_default() += 1;
        }
        // What waits from before midnight is written within seconds; it is not worth a search.
        memory
            .waiting
            .get(&(article, day))
            .copied()
            .unwrap_or_default()
    }

    /// Writes what waits; what cannot be written waits on.
    ///
    /// # Faults
    /// The database refuses.
    pub async fn flush(&self, db: &Db) -> Result<(), Fault> {
        let waiting = match self.memory.lock() {
            Ok(mut memory) => std::mem::take(&mut memory.waiting),
            Err(_) => return Ok(()),
        };
        if waiting.is_empty() {
            return Ok(());
        }
        if let Err(fault) = write(db, &waiting).await {
            if let Ok(mut memory) = self.memory.lock() {
                for (key, n) in waiting {
                    *memory.waiting.entry(key).or_default() += n;
                }
            }
            return Err(fault);
        }
        Ok(())
    }
}

async fn write(db: &Db, waiting: &HashMap<(ArticleId, Date), i64>) -> Result<(), Fault> {
    let mut act = db.act().await?;
    for ((article, day), n) in waiting {
        view_store::add(&mut act, *article, *day, *n).await?;
    }
    act.commit().await
}

fn is_bot(agent: &str) -> bool {
    let agent = agent.to_ascii_lowercase();
    agent.is_empty() || BOTS.iter().any(|word| agent.contains(word))
}

#[cfg(test)]
mod tests {
    use base::id::Uuid;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn bots_and_repetitions_do_not_count_but_readers_do() {
        let views = Views::default();
        let article = ArticleId::from(Uuid::from_u128(1));
        let reader = (
            IpAddr::from([10, 0, 0, 1]),
            "Mozilla/5.0 (X11) Gecko Firefox/140",
        );
        let other = (IpAddr::from([10, 0, 0, 2]), reader.1);
        let bot = (IpAddr::from([10, 0, 0, 3]), "Googlebot/2.1");
        let at = |now| (date(2023, 3, 6), now);
        assert_eq!(views.count(article, at(0), reader), 1);
        assert_eq!(views.count(article, at(1), reader), 1);
        assert_eq!(views.count(article, at(1), bot), 1);
        assert_eq!(views.count(article, at(1), other), 2);
        assert_eq!(views.count(article, at(AGAIN_MS), reader), 3);
    }
}

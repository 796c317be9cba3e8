//! Articles that are being written when their unit merges or splits: they go on with its heir. What
//! was published stays in the count of the unit that published it.

use base::id::ArticleId;
use base::{Error, SubjectKind};
use db::{Act, Conn};
use house::people::following::{Answering, Belonging, Follower, Handover, Leaving};

use super::open_store;
use crate::items::item_store;

/// The articles that are being worked on and were never published.
pub struct OpenArticles;

impl Follower for OpenArticles {
    fn open_work<'a>(
        &'a self,
        conn: &'a mut Conn,
        leaving: &'a Leaving,
    ) -> Answering<'a, Vec<Belonging>> {
        Box::pin(open_work(conn, leaving))
    }

    fn hand_over<'a>(
        &'a self,
        act: &'a mut Act,
        handovers: &'a [Handover],
        _now: i64,
    ) -> Answering<'a, ()> {
        Box::pin(hand_over(act, handovers))
    }
}

async fn open_work(conn: &mut Conn, leaving: &Leaving) -> Result<Vec<Belonging>, Error> {
    let mut found = Vec::new();
    for unit in &leaving.units {
        found.extend(open_store::open_of(conn, leaving.agency, *unit).await?);
    }
    Ok(found)
}

async fn hand_over(act: &mut Act, handovers: &[Handover]) -> Result<(), Error> {
    let own = handovers
        .iter()
        .filter(|handover| handover.what.kind == SubjectKind::Article);
    for handover in own {
        let id: ArticleId = handover.what.id.parse()?;
        let units = (handover.what.unit, handover.to);
        open_store::give(act, id, units).await?;
        item_store::give_open(act, id.into(), units).await?;
        act.touch(format!("article/{id}"));
    }
    Ok(())
}

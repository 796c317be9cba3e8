//! What the newsroom does by itself: the search index follows the articles, views are written.

use base::Fault;
use base::id::AgencyId;
use search::Entry;

use super::public_store::{self, Changed};
use crate::Editorial;

/// Articles read at a time.
const BATCH: i64 = 500;

/// Rows that are written at the same moment may become visible in another order; what changed this
/// long before the mark is read again, as long as the mark is young.
const OVERLAP_MS: i64 = 10_000;

/// A mark this old has been overtaken by every row before it.
const SETTLED_MS: i64 = 6 * OVERLAP_MS;

/// Brings the search index up to the articles; returns how many it read.
///
/// # Faults
/// The database or the index fails; the next call goes on where this one ended.
pub async fn fill_index(editorial: &Editorial) -> Result<u64, Fault> {
    let mark = editorial.search.mark();
    let is_settled = editorial.clock.now_ms().saturating_sub(mark) > SETTLED_MS;
    let first = if is_settled {
        mark.saturating_add(1)
    } else {
        mark.saturating_sub(OVERLAP_MS)
    };
    let mut since = (first, String::new());
    let mut n = 0;
    loop {
        let mut read = editorial.db.read().await?;
        let batch = public_store::changed_since(&mut read, (since.0, &since.1), BATCH).await?;
        drop(read);
        let Some(last) = batch.last() else { break };
        since = (last.changed_at, last.article.id.to_string());
        n += batch.len() as u64;
        let is_last = batch.len() < usize::try_from(BATCH).unwrap_or(usize::MAX);
        let search = editorial.search.clone();
        let at = since.0;
        tokio::task::spawn_blocking(move || put(&search, &batch, at))
            .await
            .map_err(|error| Fault::from_source("the index was cut off", error))??;
        if is_last {
            break;
        }
    }
    Ok(n)
}

fn put(search: &search::Index, batch: &[Changed], mark: i64) -> Result<(), Fault> {
    let mut entries = Vec::new();
    for changed in batch {
        match entry(changed) {
            Some(entry) => entries.push(entry),
            None => search.remove(&changed.article.id.to_string())?,
        }
    }
    search.add(&entries)?;
    search.commit(mark)
}

fn entry(changed: &Changed) -> Option<Entry> {
    let text = changed.text.as_ref()?;
    let article = &changed.article;
    Some(Entry {
        id: article.id.to_string(),
        number: article.number,
        agency: AgencyId::to_string(&article.agency),
        kind: "article".to_owned(),
        title: text.title.clone(),
        lead: text.lead.clone(),
        body: prose::render::text(&text.body),
        category: Some(article.category.to_string()),
        url: article.path(),
        published_at_ms: article.first_published_at?,
    })
}

/// Writes the views that wait.
///
/// # Faults
/// The database refuses; they wait on.
pub async fn flush_views(editorial: &Editorial) -> Result<(), Fault> {
    editorial.views.flush(&editorial.db).await
}

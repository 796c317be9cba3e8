//! Feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1 of the newest articles.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use base::id::AgencyId;
use serde_json::json;
use web::{AskamaPage, Cacheable, Frame, Page, Public};

use super::{at, rfc3339};
use crate::Editorial;
use crate::newsroom::category_store;
use crate::newsroom::public_store::{self, Card};

/// Entries of a feed.
const ENTRIES: i64 = 30;

#[derive(Template)]
#[template(path = "newsroom/portal/feed_atom.xml", escape = "html")]
struct AtomFeed {
    frame: Frame,
    title: String,
    own: String,
    updated: String,
    entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "newsroom/portal/feed_rss.xml", escape = "html")]
struct RssFeed {
    frame: Frame,
    title: String,
    own: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    lead: String,
    author: String,
    url: String,
    published: String,
    published_mail: String,
    updated: String,
}

/// `/feed.atom`
pub async fn atom(State(editorial): State<Editorial>, public: Public) -> Page {
    let portal = editorial.portal(&public, "").await?;
    let entries = newest(&editorial, portal.agency, &portal.frame).await?;
    let title = portal.frame.agency.name.clone();
    atom_of(portal.frame, title, entries, "articles".to_owned())
}

/// `/chuyen-muc/{slug}/feed.atom`
pub async fn category_atom(
    State(editorial): State<Editorial>,
    public: Public,
    Path(slug): Path<String>,
) -> Page {
    let portal = editorial.portal(&public, "").await?;
    let mut read = editorial.db.read().await?;
    let category = category_store::find_slug(&mut read, portal.agency, &slug).await?;
    let cards = public_store::newest_of_category(&mut read, category.id, ENTRIES, 0).await?;
    drop(read);
    let entries = cards
        .iter()
        .map(|card| entry(card, &portal.frame))
        .collect();
    let title = format!(
        "{} · {}",
        category.name(public.lang),
        portal.frame.agency.name
    );
    atom_of(
        portal.frame,
        title,
        entries,
        format!("category/{}", category.id),
    )
}

/// `/rss.xml`
pub async fn rss(State(editorial): State<Editorial>, public: Public) -> Page {
    let portal = editorial.portal(&public, "").await?;
    let entries = newest(&editorial, portal.agency, &portal.frame).await?;
    let title = portal.frame.agency.name.clone();
    let own = portal.frame.canonical();
    let feed = RssFeed {
        frame: portal.frame,
        title,
        own,
        entries,
    };
    let tags = vec!["articles".to_owned()];
    Ok(Cacheable::of("application/rss+xml; charset=utf-8", feed.html()?, tags).into_response())
}

/// `/feed.json`
pub async fn json(State(editorial): State<Editorial>, public: Public) -> Page {
    let portal = editorial.portal(&public, "").await?;
    let entries = newest(&editorial, portal.agency, &portal.frame).await?;
    let items: Vec<_> = entries
        .iter()
        .map(|entry| {
            json!({
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "summary": entry.lead,
                "content_text": entry.lead,
                "date_published": entry.published,
                "date_modified": entry.updated,
                "authors": [{"name": entry.author}],
                "language": "vi",
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": portal.frame.agency.name,
        "home_page_url": portal.frame.absolute(&format!("{}/", portal.frame.prefix())),
        "feed_url": portal.frame.canonical(),
        "language": "vi",
        "items": items,
    });
    let tags = vec!["articles".to_owned()];
    Ok(Cacheable::of(
        "application/feed+json; charset=utf-8",
        feed.to_string(),
        tags,
    )
    .into_response())
}

fn atom_of(frame: Frame, title: String, entries: Vec<Entry>, tag: String) -> Page {
    let own = frame.canonical();
    let updated = entries.iter().map(|entry| entry.updated.clone()).max();
    let updated = updated.unwrap_or_else(|| rfc3339(0));
    let feed = AtomFeed {
        frame,
        title,
        own,
        updated,
        entries,
    };
    let body = feed.html()?;
    Ok(Cacheable::of("application/atom+xml; charset=utf-8", body, vec![tag]).into_response())
}

async fn newest(
    editorial: &Editorial,
    agency: AgencyId,
    frame: &Frame,
) -> Result<Vec<Entry>, base::Error> {
    let mut read = editorial.db.read().await?;
    let cards = public_store::newest(&mut read, agency, ENTRIES, 0).await?;
    Ok(cards.iter().map(|card| entry(card, frame)).collect())
}

fn entry(card: &Card, frame: &Frame) -> Entry {
    let mail =
        jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_string(&at(card.published_at));
    Entry {
        id: format!("urn:uuid:{}", card.id),
        title: card.title.clone(),
        lead: card.lead.clone(),
        author: card.author.clone(),
        url: frame.absolute(&format!("{}{}", frame.prefix(), card.path())),
        published: rfc3339(card.published_at),
        published_mail: mail.unwrap_or_default(),
        updated: rfc3339(card.changed_at.max(card.published_at)),
    }
}

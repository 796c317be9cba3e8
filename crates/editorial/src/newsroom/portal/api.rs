//! Articles and search for programs.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use base::{Fault, Refusal};
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Cacheable, Page, Public};

use super::rfc3339;
use crate::Editorial;
use crate::newsroom::public_store::{self, Card};

/// Most rows of one answer.
const LIMIT_MAX: i64 = 100;

/// What is asked of the search.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    limit: Option<i64>,
}

/// `GET /api/v1/search?q=&limit=`
pub async fn search(
    State(editorial): State<Editorial>,
    public: Public,
    Query(asked): Query<Asked>,
) -> Page {
    let portal = editorial.portal(&public, "").await?;
    let limit = limit(asked.limit, 20)?;
    let mut query = search::Query::new(portal.agency.to_string(), asked.q);
    query.limit = usize::try_from(limit).unwrap_or(20);
    let index = editorial.search.clone();
    let found = tokio::task::spawn_blocking(move || index.search(&query))
        .await
        .map_err(|error| Fault::from_source("the search was cut off", error))??;
    let hits: Vec<Value> = found
        .hits
        .into_iter()
        .map(|hit| {
            json!({
                "id": hit.id,
                "number": hit.number,
                "title": hit.title,
                "url": editorial.options.base_url.clone() + &hit.url,
                "published_at": rfc3339(hit.published_at_ms),
                "snippet_html": hit.snippet_html,
            })
        })
        .collect();
    Ok(Json(json!({"total": found.total, "hits": hits})).into_response())
}

/// After which number, and how many.
#[derive(Debug, Default, Deserialize)]
pub struct Window {
    after: Option<i64>,
    limit: Option<i64>,
}

/// `GET /api/v1/articles?after=&limit=`
pub async fn list(
    State(editorial): State<Editorial>,
    public: Public,
    Query(window): Query<Window>,
) -> Page {
    let portal = editorial.portal(&public, "").await?;
    let limit = limit(window.limit, 50)?;
    let mut read = editorial.db.read().await?;
    let after = window.after.unwrap_or(0);
    let cards = public_store::after(&mut read, portal.agency, after, limit).await?;
    drop(read);
    let next = (cards.len() == usize::try_from(limit).unwrap_or(0))
        .then(|| cards.last().map(|card| card.number))
        .flatten();
    let articles: Vec<Value> = cards
        .iter()
        .map(|card| brief(card, &editorial.options.base_url))
        .collect();
    let body = json!({"articles": articles, "next_after": next}).to_string();
    let tags = vec!["articles".to_owned()];
    Ok(Cacheable::of("application/json", body, tags).into_response())
}

/// `GET /api/v1/articles/{number}`
pub async fn find(
    State(editorial): State<Editorial>,
    public: Public,
    Path(number): Path<String>,
) -> Page {
    let number = number_of(&number).ok_or(Refusal::NotFound)?;
    let portal = editorial.portal(&public, "").await?;
    let mut read = editorial.db.read().await?;
    let shown = public_store::find(&mut read, portal.agency, number).await?;
    drop(read);
    if shown.article.is_withdrawn {
        return Err(Refusal::NotFound.into());
    }
    let base = &editorial.options.base_url;
    let address = |file: &prose::FileRef| format!("{base}/tep/{file}");
    let body = json!({
        "id": shown.article.id,
        "number": number,
        "title": shown.text.title,
        "lead": shown.text.lead,
        "author": shown.text.author,
        "genre": shown.genre.as_str(),
        "url": format!("{base}{}", shown.article.path()),
        "published_at": rfc3339(shown.published_at),
        "updated_at": shown.updated_at.map(rfc3339),
        "views": shown.n_views,
        "body_html": prose::render::html(&shown.text.body, &address),
        "body_text": prose::render::text(&shown.text.body),
    });
    let tags = vec![format!("article/{number}")];
    Ok(Cacheable::of("application/json", body.to_string(), tags).into_response())
}

/// A number as we write it: other spellings would be further addresses of the same answer.
fn number_of(text: &str) -> Option<i64> {
    text.parse()
        .ok()
        .filter(|number: &i64| number.to_string() == text)
}

fn brief(card: &Card, base: &str) -> Value {
    json!({
        "id": card.id,
        "number": card.number,
        "title": card.title,
        "lead": card.lead,
        "author": card.author,
        "url": format!("{base}{}", card.path()),
        "published_at": rfc3339(card.published_at),
        "views": card.n_views,
    })
}

fn limit(asked: Option<i64>, usual: i64) -> Result<i64, Refusal> {
    match asked {
        None => Ok(usual),
        Some(limit) if (1..=LIMIT_MAX).contains(&limit) => Ok(limit),
        Some(_) => Err(Refusal::at("limit", "api-limit")),
    }
}

//! Search: with or without marks.

use askama::Template;
use axum::extract::{Query, State};
use base::Fault;
use base::calendar::{date_short, local};
use serde::Deserialize;
use web::{Frame, Markup, Page, Pager, Public, encode_query, render};

use super::{at, rfc3339};
use crate::Editorial;

/// Hits on one page.
const PAGE_HITS: i64 = 20;

#[derive(Template)]
#[template(path = "newsroom/portal/search.html")]
struct SearchPage {
    frame: Frame,
    asked: String,
    is_fallback: bool,
    total: i64,
    hits: Vec<Found>,
    pager: Pager,
}

struct Found {
    title: String,
    href: String,
    snippet: Markup,
    datetime: String,
    date: String,
}

/// What is asked, and which page.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    #[serde(default)]
    q: String,
    page: Option<i64>,
}

/// The hits.
pub async fn show(
    State(editorial): State<Editorial>,
    public: Public,
    Query(wish): Query<Wish>,
) -> Page {
    let say = editorial.say(public.lang);
    let portal = editorial.portal(&public, &say.t("search-title")).await?;
    let asked: String = base::text::clean_line(&wish.q).chars().take(200).collect();
    let page = wish.page.unwrap_or(1).clamp(1, 50);
    let mut query = search::Query::new(portal.agency.to_string(), asked.clone());
    query.limit = usize::try_from(PAGE_HITS).unwrap_or(20);
    query.offset = usize::try_from((page - 1) * PAGE_HITS).unwrap_or(0);
    let index = editorial.search.clone();
    let found = tokio::task::spawn_blocking(move || index.search(&query))
        .await
        .map_err(|error| Fault::from_source("the search was cut off", error))??;
    let prefix = public.lang.prefix();
    let hits = found
        .hits
        .into_iter()
        .map(|hit| Found {
            title: hit.title,
            href: format!("{prefix}{}", hit.url),
            snippet: Markup::made_here(hit.snippet_html),
            datetime: rfc3339(hit.published_at_ms),
            date: date_short(local(at(hit.published_at_ms)).date()),
        })
        .collect();
    let total = i64::try_from(found.total).unwrap_or(i64::MAX);
    let base = format!("{prefix}/tim-kiem?q={}", encode_query(&asked));
    let pager = Pager::new(page, total.min(50 * PAGE_HITS), PAGE_HITS, base);
    let is_fallback = found.fallback;
    render(&SearchPage {
        frame: portal.frame,
        asked,
        is_fallback,
        total,
        hits,
        pager,
    })
}

//! A category, page by page.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use base::limits::PAGE_ROWS;
use serde::Deserialize;
use web::{AskamaPage, Cacheable, Frame, Page, Pager, Public};

use super::Tile;
use crate::Editorial;
use crate::newsroom::{category_store, public_store};

#[derive(Template)]
#[template(path = "newsroom/portal/category.html")]
struct CategoryPage {
    frame: Frame,
    tiles: Vec<Tile>,
    pager: Pager,
    feed: String,
}

/// Which page.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    page: Option<i64>,
}

/// The page.
pub async fn show(
    State(editorial): State<Editorial>,
    public: Public,
    Path(slug): Path<String>,
    Query(wish): Query<Wish>,
) -> Page {
    let portal = editorial.portal(&public, "").await?;
    let mut read = editorial.db.read().await?;
    let category = category_store::find_slug(&mut read, portal.agency, &slug).await?;
    let total = public_store::count_of_category(&mut read, category.id).await?;
    let prefix = public.lang.prefix();
    let base = format!("{prefix}{}", category.path());
    let pager = Pager::new(wish.page.unwrap_or(1), total, PAGE_ROWS, base);
    if wish
        .page
        .is_some_and(|page| page != pager.page || page == 1)
    {
        // One address for one page.
        return Ok(Redirect::to(&pager.href(&pager.page)).into_response());
    }
    let offset = (pager.page - 1) * PAGE_ROWS;
    let cards = public_store::newest_of_category(&mut read, category.id, PAGE_ROWS, offset).await?;
    drop(read);
    let tiles = cards
        .iter()
        .map(|card| Tile::of(card, "", prefix))
        .collect();
    let tags = vec![
        format!("category/{}", category.id),
        format!("agency/{}", portal.agency),
    ];
    let frame = portal.frame.titled(category.name(public.lang));
    let feed = format!("{prefix}{}/feed.atom", category.path());
    let page = CategoryPage {
        frame,
        tiles,
        pager,
        feed,
    };
    Ok(Cacheable::html(page.html()?, tags).paged().into_response())
}

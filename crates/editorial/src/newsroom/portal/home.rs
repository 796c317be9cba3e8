//! The home page: the newest article large, the next ones as tiles.

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use web::{AskamaPage, Cacheable, Frame, Page, Public};

use super::Tile;
use crate::Editorial;
use crate::newsroom::{category_store, public_store};

/// Articles on the home page.
const TILES: i64 = 13;

#[derive(Template)]
#[template(path = "newsroom/portal/home.html")]
struct HomePage {
    frame: Frame,
    first: Option<Tile>,
    tiles: Vec<Tile>,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, public: Public) -> Page {
    let say = editorial.say(public.lang);
    let portal = editorial.portal(&public, &say.t("home")).await?;
    let mut read = editorial.db.read().await?;
    let categories = category_store::list(&mut read, portal.agency).await?;
    let cards = public_store::newest(&mut read, portal.agency, TILES, 0).await?;
    drop(read);
    let mut tiles = cards.iter().map(|card| {
        let category = categories
            .iter()
            .find(|category| category.id == card.category);
        Tile::of(
            card,
            category.map_or("", |c| c.name(public.lang)),
            public.lang.prefix(),
        )
    });
    let first = tiles.next();
    let tiles = tiles.collect();
    let tags = vec!["articles".to_owned(), format!("agency/{}", portal.agency)];
    let page = HomePage {
        frame: portal.frame,
        first,
        tiles,
    };
    Ok(Cacheable::html(page.html()?, tags).into_response())
}

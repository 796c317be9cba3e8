//! What waits, what is mine, what is public.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect};
use base::limits::PAGE_ROWS;
use serde::Deserialize;
use web::{By, Frame, Page, Pager, render};

use super::moment;
use crate::Editorial;
use crate::newsroom::desk_store::{self, Shelf};
use crate::newsroom::{acts, rules};

#[derive(Template)]
#[template(path = "newsroom/desk/article_list.html")]
struct ListPage {
    frame: Frame,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    pager: Pager,
    may_write: bool,
}

struct Tab {
    text: String,
    href: &'static str,
    n: i64,
    is_current: bool,
}

struct Row {
    href: String,
    title: String,
    author: String,
    tag: String,
    state: String,
    changed: String,
}

/// Which shelf, which page.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    shelf: Option<String>,
    page: Option<i64>,
}

const SHELVES: [(&str, &str, &str); 4] = [
    (
        "waiting",
        "articles-waiting",
        "/desk/newsroom/articles?shelf=waiting",
    ),
    (
        "mine",
        "articles-mine",
        "/desk/newsroom/articles?shelf=mine",
    ),
    (
        "published",
        "articles-published",
        "/desk/newsroom/articles?shelf=published",
    ),
    ("all", "articles-all", "/desk/newsroom/articles?shelf=all"),
];

/// One page of a shelf.
pub async fn show(State(editorial): State<Editorial>, by: By, Query(wish): Query<Wish>) -> Page {
    let actor = by.actor();
    let frame = editorial.desk(&by, "nav-articles").await?;
    let frame = frame.at("/desk/newsroom/articles");
    let releases = actor.roles.meets(rules::RELEASERS);
    let chosen = wish
        .shelf
        .as_deref()
        .unwrap_or(if releases { "waiting" } else { "mine" });
    let shelf_of = |word: &str| match word {
        "waiting" => Shelf::Waiting,
        "published" => Shelf::Published,
        "all" => Shelf::All,
        _ => Shelf::Mine(actor.account),
    };
    let mut read = editorial.db.read().await?;
    let mut tabs = Vec::new();
    let (mut total, mut base) = (0, SHELVES[1].2);
    for (word, key, href) in SHELVES {
        let n = desk_store::count(&mut read, actor.agency, shelf_of(word)).await?;
        let is_current = word == chosen;
        if is_current {
            (total, base) = (n, href);
        }
        tabs.push(Tab {
            text: frame.t(key),
            href,
            n,
            is_current,
        });
    }
    let pager = Pager::new(wish.page.unwrap_or(1), total, PAGE_ROWS, base);
    let window = (PAGE_ROWS, (pager.page - 1) * PAGE_ROWS);
    let lines = desk_store::list(&mut read, actor.agency, shelf_of(chosen), window).await?;
    let rows = lines
        .into_iter()
        .map(|line| Row {
            href: format!("/desk/newsroom/articles/{}", line.id),
            title: if line.title.is_empty() {
                frame.t("article-untitled")
            } else {
                line.title
            },
            author: line.author,
            state: frame.t(&format!("article-state-{}", line.tag)),
            tag: line.tag,
            changed: moment(&frame.say, line.changed_at),
        })
        .collect();
    let may_write = actor.roles.meets(rules::WRITERS);
    render(&ListPage {
        frame,
        tabs,
        rows,
        pager,
        may_write,
    })
}

/// Begins an article and opens its text.
pub async fn begin(State(editorial): State<Editorial>, by: By) -> Page {
    let id = acts::begin(&editorial, by.actor()).await?;
    Ok(Redirect::to(&format!("/desk/newsroom/articles/{id}/edit")).into_response())
}

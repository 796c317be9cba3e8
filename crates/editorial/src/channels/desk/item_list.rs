//! What was done, newest first: our own articles and what was registered from elsewhere.

use askama::Template;
use axum::extract::{Query, State};
use base::calendar::date_short;
use base::limits::PAGE_ROWS;
use serde::Deserialize;
use web::{By, Frame, Page, Pager, render};

use crate::Editorial;
use crate::channels::register_store::{self, ItemLine};
use crate::channels::rules;
use crate::items::item::ItemKind;

#[derive(Template)]
#[template(path = "channels/desk/item_list.html")]
struct ListPage {
    frame: Frame,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    pager: Pager,
    may_register: bool,
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
    kind: String,
    author: String,
    day: String,
    n_publications: i64,
    n_evidence: i64,
}

/// Which kind, which page.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    kind: Option<String>,
    page: Option<i64>,
}

const TABS: [(Option<ItemKind>, &str, &str); 4] = [
    (None, "items-all", "/desk/items"),
    (
        Some(ItemKind::Article),
        "items-articles",
        "/desk/items?kind=article",
    ),
    (
        Some(ItemKind::External),
        "items-external",
        "/desk/items?kind=external",
    ),
    (
        Some(ItemKind::ByHand),
        "items-by-hand",
        "/desk/items?kind=by_hand",
    ),
];

/// One page of the list.
pub async fn show(State(editorial): State<Editorial>, by: By, Query(wish): Query<Wish>) -> Page {
    let agency = by.actor().agency;
    let frame = editorial.desk(&by, "nav-items").await?;
    let frame = frame.at("/desk/items");
    let chosen = match wish.kind.as_deref() {
        Some("article") => Some(ItemKind::Article),
        Some("external") => Some(ItemKind::External),
        Some("by_hand") => Some(ItemKind::ByHand),
        _ => None,
    };
    let mut read = editorial.db.read().await?;
    let mut tabs = Vec::new();
    let (mut total, mut base) = (0, "/desk/items");
    for (kind, key, href) in TABS {
        let n = register_store::count(&mut read, agency, kind).await?;
        let is_current = kind == chosen;
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
    let lines = register_store::list(&mut read, agency, chosen, window).await?;
    let rows = lines.into_iter().map(|line| row(&frame, line)).collect();
    let may_register = rules::may_register(by.actor()).is_ok();
    render(&ListPage {
        frame,
        tabs,
        rows,
        pager,
        may_register,
    })
}

fn row(frame: &Frame, line: ItemLine) -> Row {
    Row {
        href: format!("/desk/items/{}", line.id),
        title: line.title,
        kind: frame.t(&format!("item-kind-{}", line.kind.as_str())),
        author: line.author,
        day: date_short(line.done_on),
        n_publications: line.n_publications,
        n_evidence: line.n_evidence,
    }
}

//! Pieces that seem to be an older one again: those that nobody has explained first.

use askama::Template;
use axum::extract::{Query, State};
use base::limits::PAGE_ROWS;
use editorial::Editorial;
use house::evidence::likeness_store::{self, Pair};
use serde::Deserialize;
use web::{By, Frame, Page, Pager, Say, render};

#[derive(Template)]
#[template(path = "evidence/desk/duplicate_list.html")]
struct DuplicatePage {
    frame: Frame,
    rows: Vec<Row>,
    pager: Pager,
}

struct Row {
    newer: (String, String),
    older: (String, String),
    words: String,
    kept_because: String,
}

/// Which page.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    page: Option<i64>,
}

/// One page of the list.
pub async fn show(State(editorial): State<Editorial>, by: By, Query(wish): Query<Wish>) -> Page {
    let agency = by.actor().agency;
    let frame = editorial.desk(&by, "evidence-duplicates").await?;
    let say = frame.say;
    let frame = frame
        .under(say.t("nav-evidence"), "/desk/evidence")
        .at("/desk/evidence/duplicates");
    let mut read = editorial.db.read().await?;
    let total = likeness_store::count_pairs(&mut read, agency, true).await?;
    let page = wish.page.unwrap_or(1);
    let pager = Pager::new(page, total, PAGE_ROWS, "/desk/evidence/duplicates");
    let window = (PAGE_ROWS, (pager.page - 1) * PAGE_ROWS);
    let pairs = likeness_store::list_pairs(&mut read, agency, window).await?;
    render(&DuplicatePage {
        rows: pairs.into_iter().map(|pair| row(&say, pair)).collect(),
        frame,
        pager,
    })
}

fn row(say: &Say, pair: Pair) -> Row {
    Row {
        newer: (format!("/desk/evidence/{}", pair.newer.0), pair.newer.1),
        older: (format!("/desk/evidence/{}", pair.older.0), pair.older.1),
        words: say.t(&format!("evidence-like-{}", pair.likeness.as_str())),
        kept_because: pair.kept_because,
    }
}

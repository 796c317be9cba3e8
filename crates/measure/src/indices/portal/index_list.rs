//! The published indices for everybody: pictures over years, tables, mergers, sources.

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use editorial::Editorial;
use web::{AskamaPage, Cacheable, Frame, Page, Public};

use crate::indices::acts::TAG;
use crate::indices::index_store;
use crate::indices::view::{IndexView, view};

#[derive(Template)]
#[template(path = "indices/portal/index_list.html")]
struct IndicesPage {
    frame: Frame,
    official: Vec<IndexView>,
    own: Vec<IndexView>,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, public: Public) -> Page {
    let portal = editorial.portal(&public, "").await?;
    let say = portal.frame.say;
    let mut read = editorial.db.read().await?;
    let bodies = index_store::bodies(&mut read, portal.agency).await?;
    let (mut official, mut own) = (Vec::new(), Vec::new());
    for index in index_store::list(&mut read, portal.agency).await? {
        let results = index_store::results(&mut read, index.id).await?;
        if results.is_empty() {
            continue;
        }
        let shown = view(&index, (&results, &bodies), &say);
        match shown.is_official {
            true => official.push(shown),
            false => own.push(shown),
        }
    }
    let page = IndicesPage {
        frame: portal.frame.titled(say.t("indices-public-title")),
        official,
        own,
    };
    let tags = vec![TAG.to_owned(), format!("agency/{}", portal.agency)];
    Ok(Cacheable::html(page.html()?, tags).into_response())
}

//! The decided rounds of the agency, the newest year first.

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use editorial::Editorial;
use web::{AskamaPage, Cacheable, Frame, Page, Public};

use crate::rounds::deciding::TAG;
use crate::rounds::round_store;

#[derive(Template)]
#[template(path = "rounds/portal/ranking_list.html")]
struct ListPage {
    frame: Frame,
    rounds: Vec<(String, String)>,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, public: Public) -> Page {
    let title = editorial.say(public.lang).t("rounds-public-title");
    let portal = editorial.portal(&public, &title).await?;
    let mut read = editorial.db.read().await?;
    let rounds = round_store::list_decided(&mut read, portal.agency).await?;
    drop(read);
    let prefix = portal.frame.prefix();
    let page = ListPage {
        rounds: rounds
            .into_iter()
            .map(|round| (format!("{prefix}/xep-hang/{}", round.id), round.title))
            .collect(),
        frame: portal.frame,
    };
    let tags = vec![TAG.to_owned(), format!("agency/{}", portal.agency)];
    Ok(Cacheable::html(page.html()?, tags).into_response())
}

//! A decided ranking for the public, with its decision; the same as a spreadsheet and as CSV.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use base::Error;
use base::id::RoundId;
use editorial::Editorial;
use web::{AskamaPage, Cacheable, Frame, Page, Public, Say};

use crate::rounds::deciding::TAG;
use crate::rounds::desk::download;
use crate::rounds::desk::ranking_show::{
    CSV, PlaceRow, XLSX, bytes, file_name, heading, place_row, status,
};
use crate::rounds::result_store::{self, Placed};
use crate::rounds::round::Round;
use crate::rounds::round_store;

#[derive(Template)]
#[template(path = "rounds/portal/ranking_page.html")]
struct RankingPage {
    frame: Frame,
    base: String,
    status: String,
    scan: String,
    rows: Vec<PlaceRow>,
}

async fn open(editorial: &Editorial, id: RoundId) -> Result<(Round, Vec<Placed>), Error> {
    let mut read = editorial.db.read().await?;
    let agency = house::people::agency_store::of_host(&mut read, "").await?;
    let round = round_store::find_decided(&mut read, agency, id).await?;
    let places = result_store::list(&mut read, id).await?;
    Ok((round, places))
}

/// The page.
pub async fn show(
    State(editorial): State<Editorial>,
    public: Public,
    Path(id): Path<RoundId>,
) -> Page {
    let (round, places) = open(&editorial, id).await?;
    let portal = editorial.portal(&public, &round.title).await?;
    let say = portal.frame.say;
    let decision = round.decision.as_ref();
    let page = RankingPage {
        base: format!("{}/xep-hang/{id}", portal.frame.prefix()),
        status: status(&round, &say),
        scan: decision
            .map(|one| format!("/tep/{}", one.file))
            .unwrap_or_default(),
        rows: places
            .iter()
            .map(|placed| place_row(placed, &say))
            .collect(),
        frame: portal.frame,
    };
    let tags = vec![TAG.to_owned(), format!("agency/{}", portal.agency)];
    Ok(Cacheable::html(page.html()?, tags).into_response())
}

/// The ranking as XLSX.
pub async fn xlsx(
    State(editorial): State<Editorial>,
    public: Public,
    Path(id): Path<RoundId>,
) -> Page {
    file(&editorial, editorial.say(public.lang), (id, false)).await
}

/// The ranking as CSV.
pub async fn csv(
    State(editorial): State<Editorial>,
    public: Public,
    Path(id): Path<RoundId>,
) -> Page {
    file(&editorial, editorial.say(public.lang), (id, true)).await
}

async fn file(editorial: &Editorial, say: Say, (id, is_csv): (RoundId, bool)) -> Page {
    let (round, places) = open(editorial, id).await?;
    let heading = heading(editorial, &round, &say).await?;
    let bytes = bytes(&say, (&heading, &places), is_csv)?;
    let (media_type, ending) = match is_csv {
        true => (CSV, "csv"),
        false => (XLSX, "xlsx"),
    };
    Ok(download(bytes, media_type, &file_name(&round, ending)))
}

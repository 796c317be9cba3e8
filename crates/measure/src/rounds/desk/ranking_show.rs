//! The ranking of a round, as it stands or as it was decided; the same as a spreadsheet and as CSV.

use askama::Template;
use axum::extract::{Path, State};
use base::id::RoundId;
use base::{Actor, Error, Fault, Refusal};
use db::Conn;
use editorial::Editorial;
use house::people::agency_store;
use web::{By, Frame, Page, Say, render};

use super::{download, points, runs, under_round};
use crate::rounds::phase::Phase;
use crate::rounds::result_sheet::{self, Heading};
use crate::rounds::result_store::{self, Placed};
use crate::rounds::round::Round;
use crate::rounds::{round_store, standing};

pub(in crate::rounds) const XLSX: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
pub(in crate::rounds) const CSV: &str = "text/csv; charset=utf-8";

#[derive(Template)]
#[template(path = "rounds/desk/ranking_show.html")]
struct RankingPage {
    frame: Frame,
    base: String,
    status: String,
    is_decided: bool,
    rows: Vec<PlaceRow>,
}

/// A place as pages show it.
pub(in crate::rounds) struct PlaceRow {
    /// The rank; empty without one.
    pub rank: String,
    /// The body.
    pub name: String,
    /// The score of the whole.
    pub score: String,
    /// In per cent.
    pub percent: String,
    /// The class.
    pub class: String,
    /// How the score was rescaled, where it was.
    pub rescaled: String,
}

/// A place in the reader's words.
pub(in crate::rounds) fn place_row(placed: &Placed, say: &Say) -> PlaceRow {
    let total = &placed.total;
    let is_ranked = placed.rank.is_some();
    let of = |value| match is_ranked {
        true => points(value, say),
        false => String::new(),
    };
    let (own, counted) = (points(total.points, say), points(total.of, say));
    PlaceRow {
        rank: placed.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        name: placed.name.clone(),
        score: of(total.score()),
        percent: of(total.percent()),
        class: placed.class.clone(),
        rescaled: match is_ranked && total.is_rescaled() {
            true => say.t2("rounds-rescaled-from", ("points", &own), ("most", &counted)),
            false => String::new(),
        },
    }
}

/// Who sees the ranking: those who run the round from the appraisal on, everybody once it is decided.
pub(super) fn is_seen(actor: &Actor, round: &Round) -> bool {
    round.phase == Phase::Decided || (runs(actor, round) && round.phase >= Phase::Appraisal)
}

/// The places of a round: as decided, else as they stand.
pub(in crate::rounds) async fn places(
    conn: &mut Conn,
    round: Round,
) -> Result<(Round, Vec<Placed>), Error> {
    if round.phase == Phase::Decided {
        let places = result_store::list(conn, round.id).await?;
        return Ok((round, places));
    }
    let standing = standing::of_round(conn, round).await?;
    let places = standing.ranking();
    Ok((standing.round, places))
}

async fn open(editorial: &Editorial, by: &By, id: RoundId) -> Result<(Round, Vec<Placed>), Error> {
    let mut read = editorial.db.read().await?;
    let round = round_store::find(&mut read, by.actor().agency, id).await?;
    if !is_seen(by.actor(), &round) {
        return Err(Refusal::Forbidden("rounds-ranking-closed").into());
    }
    places(&mut read, round).await
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<RoundId>) -> Page {
    let (round, places) = open(&editorial, &by, id).await?;
    let frame = under_round(editorial.desk(&by, "rounds-ranking").await?, &round);
    let say = frame.say;
    render(&RankingPage {
        base: super::address(id),
        status: status(&round, &say),
        is_decided: round.phase == Phase::Decided,
        rows: places
            .iter()
            .map(|placed| place_row(placed, &say))
            .collect(),
        frame,
    })
}

/// By which decision, or that there is none yet.
pub(in crate::rounds) fn status(round: &Round, say: &Say) -> String {
    super::round_show::decision_words(round, say)
        .unwrap_or_else(|| say.t("rounds-ranking-provisional"))
}

/// The ranking as XLSX.
pub async fn xlsx(State(editorial): State<Editorial>, by: By, Path(id): Path<RoundId>) -> Page {
    let (round, places) = open(&editorial, &by, id).await?;
    let say = editorial.say(by.lang());
    let heading = heading(&editorial, &round, &say).await?;
    let bytes = result_sheet::write_xlsx(Vec::new(), &say, (&heading, &places))?;
    Ok(download(bytes, XLSX, &file_name(&round, "xlsx")))
}

/// The ranking as CSV.
pub async fn csv(State(editorial): State<Editorial>, by: By, Path(id): Path<RoundId>) -> Page {
    let (round, places) = open(&editorial, &by, id).await?;
    let say = editorial.say(by.lang());
    let heading = heading(&editorial, &round, &say).await?;
    let bytes = result_sheet::write_csv(Vec::new(), &say, (&heading, &places))?;
    Ok(download(bytes, CSV, &file_name(&round, "csv")))
}

/// What stands above the rows of a file.
pub(in crate::rounds) async fn heading(
    editorial: &Editorial,
    round: &Round,
    say: &Say,
) -> Result<Heading, Error> {
    let mut read = editorial.db.read().await?;
    let agency = agency_store::find(&mut read, round.agency, editorial.today()).await?;
    Ok(Heading {
        title: round.title.clone(),
        status: status(round, say),
        author: agency.names.name,
        made_at: editorial.clock.now(),
    })
}

/// A name of plain letters.
pub(in crate::rounds) fn file_name(round: &Round, ending: &str) -> String {
    format!("xep-hang-{}.{ending}", round.year)
}

/// The two files of the ranking for the public.
///
/// # Faults
/// Only a programming error makes one.
pub(in crate::rounds) fn bytes(
    say: &Say,
    (heading, places): (&Heading, &[Placed]),
    is_csv: bool,
) -> Result<Vec<u8>, Fault> {
    match is_csv {
        true => result_sheet::write_csv(Vec::new(), say, (heading, places)),
        false => result_sheet::write_xlsx(Vec::new(), say, (heading, places)),
    }
}

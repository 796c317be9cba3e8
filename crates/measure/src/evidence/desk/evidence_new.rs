//! Adding a piece of evidence: its kind, its file or address, the day, and what it proves.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect};
use base::id::{ActivityId, EvidenceId, ItemId};
use base::{Error, Problem, Refusal};
use editorial::Editorial;
use editorial::items::item_store;
use editorial::items::proof::{Proof, capture};
use editorial::items::sent_file;
use editorial::plan;
use house::evidence::{Alike, EvidenceKind};
use house::people::agency_store;
use http::StatusCode;
use serde::Deserialize;
use web::{By, Choice, Form, Frame, Page, Problems, render, with_status};

use super::kind_choices;
use crate::evidence::adding::{self, problems};
use crate::evidence::entry::{Entry, is_accepted};

#[derive(Template)]
#[template(path = "evidence/desk/evidence_new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    activities: Vec<Choice>,
    /// What the item is called that the piece is added to.
    item: Option<String>,
    /// Name of a file that was kept when the form came with mistakes.
    kept_file: String,
    /// The older pieces that this one is like.
    alike: Vec<Alike>,
    is_repeat: bool,
}

/// What the piece is added to.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    activity: Option<ActivityId>,
    item: Option<ItemId>,
    kind: Option<String>,
}

/// The form, filled in as far as the address says.
pub async fn show(State(editorial): State<Editorial>, by: By, Query(wish): Query<Wish>) -> Page {
    let words = |id: Option<String>| id.unwrap_or_default();
    let form = Form::filled([
        ("activities", words(wish.activity.map(|id| id.to_string()))),
        ("item", words(wish.item.map(|id| id.to_string()))),
        ("kind", words(wish.kind)),
        ("unit", words(by.actor().unit.map(|unit| unit.to_string()))),
    ]);
    render(&page(&editorial, &by, form, Refused::default()).await?)
}

/// Keeps the piece.
pub async fn save(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    let proof = match sent_file::accepted(&editorial, &by, &form, is_accepted).await {
        Err(Error::Fault(fault)) => return Err(fault.into()),
        Err(Error::Refusal(refusal)) => Err(refusal),
        Ok(proof) => Ok(proof),
    };
    match add(&editorial, &by, &form, &proof).await {
        Ok(id) => {
            let to = format!("/desk/evidence/{id}?done=evidence-added");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let proof = proof.ok().flatten();
            let alike = alike(&editorial, &by, &form, proof.as_ref()).await?;
            let form = sent_file::keep(&editorial, &by, form, proof.as_ref()).await?;
            let refused = Refused {
                refusal: Some(refusal),
                alike,
            };
            let page = page(&editorial, &by, form, refused).await?;
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn add(
    editorial: &Editorial,
    by: &By,
    form: &Form,
    proof: &Result<Option<Proof>, Refusal>,
) -> Result<EvidenceId, Error> {
    // A file that was refused is a file: its own problem is told, not that there is none.
    let media_type = match proof {
        Ok(proof) => proof.as_ref().map(|proof| proof.captured().media_type),
        Err(_) => Some(String::new()),
    };
    let read = Entry::of(form, media_type.as_deref(), editorial.today());
    match (read, proof) {
        (Ok(entry), Ok(proof)) => adding::add(editorial, by.actor(), &entry, proof.as_ref()).await,
        (read, proof) => {
            let mut all: Vec<Problem> = Vec::new();
            for refusal in [read.err(), proof.as_ref().err().cloned()]
                .into_iter()
                .flatten()
            {
                match refusal {
                    Refusal::Invalid(problems) => all.extend(problems),
                    other => return Err(other.into()),
                }
            }
            if !form.has("anyway", "1") {
                let file = proof.as_ref().ok().and_then(Option::as_ref);
                all.extend(problems(&alike(editorial, by, form, file).await?));
            }
            Err(Refusal::Invalid(all).into())
        }
    }
}

/// The older pieces that what was sent is like.
async fn alike(
    editorial: &Editorial,
    by: &By,
    form: &Form,
    proof: Option<&Proof>,
) -> Result<Vec<Alike>, Error> {
    let pictures = sent_file::pictures(editorial, proof).await?;
    let link = base::text::clean_line(form.value("link"));
    let capture = capture("", &link, proof, 0);
    let mut read = editorial.db.read().await?;
    let agency = by.actor().agency;
    Ok(house::evidence::alike(&mut read, agency, &capture, &pictures).await?)
}

/// Why a form comes back.
#[derive(Default)]
struct Refused {
    refusal: Option<Refusal>,
    alike: Vec<Alike>,
}

async fn page(
    editorial: &Editorial,
    by: &By,
    form: Form,
    refused: Refused,
) -> Result<NewPage, Error> {
    let agency = by.actor().agency;
    let frame = editorial.desk(by, "evidence-new").await?;
    let say = frame.say;
    let frame = frame
        .under(say.t("nav-evidence"), "/desk/evidence")
        .at("/desk/evidence/new");
    let mut read = editorial.db.read().await?;
    let item = match form.value("item").parse::<ItemId>() {
        Ok(id) => Some(item_store::find(&mut read, agency, id).await?.title),
        Err(_) => None,
    };
    let today = editorial.today();
    let mut units = vec![Choice::new("", say.t("evidence-no-unit"))];
    let open = agency_store::units(&mut read, agency, today).await?;
    let open = open.into_iter().filter(|unit| unit.is_open(today));
    units.extend(open.map(|unit| Choice::new(unit.id, unit.name)));
    let activities = plan::choices(&mut read, agency).await?;
    let brought = EvidenceKind::ALL
        .into_iter()
        .filter(|kind| kind.is_brought());
    let mut kinds = vec![Choice::new("", say.t("evidence-choose"))];
    kinds.extend(kind_choices(&say, brought));
    let is_repeat = !refused.alike.is_empty() || form.has("anyway", "1");
    let problems = refused
        .refusal
        .as_ref()
        .map_or_else(Problems::none, |refusal| Problems::of(refusal, &say));
    Ok(NewPage {
        problems,
        kinds,
        units,
        activities: activities
            .into_iter()
            .map(|(id, words)| Choice::new(id, words))
            .collect(),
        item,
        kept_file: form.value("file_name").to_owned(),
        alike: refused.alike,
        is_repeat,
        frame,
        form,
    })
}

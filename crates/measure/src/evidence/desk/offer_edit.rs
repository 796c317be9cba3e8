//! Which kinds of evidence are offered for each form of communication: the agency's own choice.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use editorial::Editorial;
use editorial::items::item::CHANNEL_KINDS;
use editorial::items::requiring::{offers, save_offers};
use house::evidence::EvidenceKind;
use house::evidence::kind::kinds_of;
use web::{By, Choice, Form, Frame, Page, render};

use super::kind_choices;

#[derive(Template)]
#[template(path = "evidence/desk/offer_edit.html")]
struct OfferPage {
    frame: Frame,
    forms: Vec<Offer>,
}

struct Offer {
    field: String,
    words: String,
    boxes: Vec<(Choice, bool)>,
}

/// The offers as they are.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    let frame = editorial.desk(&by, "evidence-offers").await?;
    let say = frame.say;
    let frame = frame
        .under(say.t("nav-evidence"), "/desk/evidence")
        .under(say.t("evidence-missing"), "/desk/evidence/missing")
        .at("/desk/evidence/offers");
    let mut read = editorial.db.read().await?;
    let offers = offers(&mut read, by.actor().agency).await?;
    let forms = offers.into_iter().map(|(form, kinds)| {
        let choices = kind_choices(&say, EvidenceKind::ALL);
        let ticked = |choice: &Choice| kinds.iter().any(|kind| kind.as_str() == choice.value);
        Offer {
            field: field(form),
            words: say.t(&format!("channel-kind-{form}")),
            boxes: choices
                .into_iter()
                .map(|choice| (choice.clone(), ticked(&choice)))
                .collect(),
        }
    });
    render(&OfferPage {
        forms: forms.collect(),
        frame,
    })
}

/// Saves what was ticked.
pub async fn save(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    let offers: Vec<(&'static str, Vec<EvidenceKind>)> = CHANNEL_KINDS
        .into_iter()
        .map(|word| (word, kinds_of(&form.all(&field(word)).join(" "))))
        .collect();
    save_offers(&editorial, by.actor(), &offers).await?;
    let to = "/desk/evidence/missing?done=evidence-offers-saved";
    Ok(Redirect::to(to).into_response())
}

fn field(form: &str) -> String {
    format!("offer-{form}")
}

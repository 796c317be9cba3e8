//! The evidence of one activity: which kinds it must have, which it has, and every piece.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::id::ActivityId;
use base::limits::PAGE_ROWS;
use editorial::Editorial;
use editorial::items::requirement_store;
use editorial::items::requiring::{offers, require};
use house::evidence::EvidenceKind;
use house::evidence::kind::kinds_of;
use serde::Deserialize;
use web::{By, Choice, Form, Frame, Page, Pager, Problems, render};

use super::{kind_choices, kind_words, kinds_words};
use crate::evidence::offering::offer;
use crate::evidence::register_store;
use crate::evidence::rules::{CHOOSERS, may_add};
use crate::evidence::wish::Wish;

#[derive(Template)]
#[template(path = "evidence/desk/activity_show.html")]
struct ActivityPage {
    frame: Frame,
    id: ActivityId,
    address: String,
    states: Vec<Asked>,
    is_chosen: bool,
    offer: String,
    rows: Vec<Row>,
    pager: Pager,
    kinds: Vec<Choice>,
    form: Form,
    problems: Problems,
    can_choose: bool,
    can_add: bool,
}

/// A kind that the activity must have.
struct Asked {
    word: &'static str,
    words: String,
    n: i64,
}

struct Row {
    href: String,
    title: String,
    kind: String,
    day: String,
}

/// Which page, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Turn {
    page: Option<i64>,
}

/// The page.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<ActivityId>,
    Query(turn): Query<Turn>,
) -> Page {
    let agency = by.actor().agency;
    let frame = editorial.desk(&by, "nav-evidence").await?;
    let say = frame.say;
    let mut read = editorial.db.read().await?;
    let activity = requirement_store::find(&mut read, agency, id).await?;
    let chosen = requirement_store::chosen(&mut read, id).await?;
    let all_offers = offers(&mut read, agency).await?;
    let offer = offer(&all_offers, &activity);
    let wish = Wish {
        activity: Some(id),
        ..Wish::default()
    };
    let mut states = Vec::new();
    for kind in chosen.clone().unwrap_or_default() {
        let of_kind = Wish {
            kind: Some(kind),
            ..wish.clone()
        };
        states.push(Asked {
            word: kind.as_str(),
            words: kind_words(&say, kind),
            n: register_store::count(&mut read, agency, &of_kind).await?,
        });
    }
    let total = register_store::count(&mut read, agency, &wish).await?;
    let address = format!("/desk/evidence/activities/{id}");
    let pager = Pager::new(turn.page.unwrap_or(1), total, PAGE_ROWS, address);
    let window = (PAGE_ROWS, (pager.page - 1) * PAGE_ROWS);
    let lines = register_store::list(&mut read, agency, &wish, window).await?;
    // What is ticked: what was chosen, or what is offered until somebody chooses.
    let ticked = chosen.clone().unwrap_or_else(|| offer.clone());
    let fields = ticked
        .iter()
        .map(|kind| ("kinds", kind.as_str().to_owned()));
    let frame = frame
        .titled(say.t1("evidence-of-activity", "title", &activity.title))
        .under(say.t("nav-evidence"), "/desk/evidence")
        .at(&format!("/desk/evidence/activities/{id}"));
    render(&ActivityPage {
        id,
        address: format!("/desk/plans/{}/activities/{id}", activity.plan),
        states,
        is_chosen: chosen.is_some(),
        offer: kinds_words(&say, &offer),
        rows: lines
            .into_iter()
            .map(|line| Row {
                href: format!("/desk/evidence/{}", line.id),
                title: line.title,
                kind: kind_words(&say, line.kind),
                day: date_short(line.shown_on),
            })
            .collect(),
        pager,
        kinds: kind_choices(&say, EvidenceKind::ALL),
        form: Form::filled(fields),
        problems: Problems::none(),
        can_choose: by.actor().roles.meets(CHOOSERS),
        can_add: may_add(by.actor()).is_ok(),
        frame,
    })
}

/// Chooses the kinds that the activity must have.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<ActivityId>,
    form: Form,
) -> Page {
    let kinds = kinds_of(&form.all("kinds").join(" "));
    let mut act = editorial.db.act().await?;
    require(&editorial, &mut act, by.actor(), (id, &kinds)).await?;
    act.commit().await?;
    let to = format!("/desk/evidence/activities/{id}?done=evidence-required");
    Ok(Redirect::to(&to).into_response())
}

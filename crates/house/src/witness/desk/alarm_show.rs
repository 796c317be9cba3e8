//! An alarm: what was found, both notes as proof, and how an administrator ends it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::RowId;
use base::limits::TEXT_CHARS_MAX;
use base::text::number::whole;
use base::{Error, Refusal, Role};
use http::StatusCode;
use web::{By, Form, Frame, Page, Problems, Say, with_status};

use super::log_show::download;
use super::moment;
use crate::House;
use crate::audit::Checkpoint;
use crate::witness::alarm::Alarm;
use crate::witness::{alarm_store, watching};

/// A reason shorter than this says nothing.
const REASON_CHARS_MIN: usize = 10;

#[derive(Template)]
#[template(path = "witness/desk/alarm_show.html")]
struct AlarmPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    href: String,
    text: String,
    facts: Vec<(String, String)>,
    known_note: String,
    own_note: String,
    is_open: bool,
    can_settle: bool,
}

/// The page.
///
/// # Refusals
/// Not found.
pub async fn show(State(house): State<House>, by: By, Path(id): Path<RowId>) -> Page {
    page(&house, &by, (id, Form::default(), None)).await
}

/// Both signed notes in one file, for whoever must be shown.
///
/// # Refusals
/// Not found.
pub async fn notes(State(house): State<House>, Path(id): Path<RowId>) -> Page {
    let alarm = alarm_store::find(&mut *house.db.read().await?, id).await?;
    let key = house.log.key().verifier();
    let text = format!(
        "{key}\n\n= known\n{}\n= found\n{}",
        alarm.known_note, alarm.own_note
    );
    let kind = "text/plain; charset=utf-8";
    Ok(download(kind, &format!("log-alarm-{id}.txt"), text))
}

/// Ends it, with a reason.
pub async fn settle(State(house): State<House>, by: By, Path(id): Path<RowId>, form: Form) -> Page {
    match end(&house, &by, id, &form).await {
        Ok(()) => {
            let to = format!("/desk/log/alarms/{id}?done=log-settled");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&house, &by, (id, form, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn end(house: &House, by: &By, id: RowId, form: &Form) -> Result<(), Error> {
    let mut check = form.check();
    let reason = check.required_text("reason", TEXT_CHARS_MAX);
    check.done()?;
    if reason.chars().count() < REASON_CHARS_MIN {
        return Err(Refusal::at("reason", "log-reason-short").into());
    }
    watching::settle(house, by.actor(), id, &reason).await
}

async fn page(house: &House, by: &By, (id, form, refusal): (RowId, Form, Option<Refusal>)) -> Page {
    let alarm = alarm_store::find(&mut *house.db.read().await?, id).await?;
    let frame = house.desk(by, "log-alarm").await?;
    let say = frame.say;
    let kind = alarm.kind.as_str();
    let mut frame = frame
        .under(say.t("nav-log"), "/desk/log")
        .titled(say.t(&format!("log-alarm-{kind}")))
        .at("/desk/log");
    // The page itself is what the warning leads to.
    frame.warning = None;
    let problems = refusal
        .as_ref()
        .map_or_else(Problems::none, |refusal| Problems::of(refusal, &say));
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    with_status(
        status,
        &AlarmPage {
            href: format!("/desk/log/alarms/{id}"),
            text: say.t(&format!("log-alarm-text-{kind}")),
            facts: facts(&alarm, &say),
            is_open: alarm.settled.is_none(),
            can_settle: by.actor().is(Role::Administrator),
            known_note: alarm.known_note,
            own_note: alarm.own_note,
            form,
            problems,
            frame,
        },
    )
}

fn facts(alarm: &Alarm, say: &Say) -> Vec<(String, String)> {
    let size = |note: &str| {
        let size = Checkpoint::peek(note).map_or(0, |c| c.size);
        whole(i64::try_from(size).unwrap_or(i64::MAX))
    };
    let source_key = format!("log-source-{}", alarm.source);
    let source = match say.knows(&source_key) {
        true => say.t(&source_key),
        false => alarm.source.clone(),
    };
    let mut facts = vec![
        (say.t("log-alarm-found"), moment(Some(alarm.found_at), say)),
        (say.t("log-alarm-source"), source),
        (say.t("log-alarm-known"), size(&alarm.known_note)),
        (say.t("log-alarm-own"), size(&alarm.own_note)),
    ];
    if let Some(settled) = &alarm.settled {
        let when = moment(Some(settled.at_ms), say);
        facts.push((
            say.t("log-alarm-settled-when"),
            format!("{when} · {}", settled.by),
        ));
        facts.push((say.t("log-alarm-reason"), settled.reason.clone()));
    }
    facts
}

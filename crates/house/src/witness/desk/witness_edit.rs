//! Who witnesses our log, whose logs we witness, and what others need to be our witness or ours
//! theirs.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::RowId;
use base::text::number::whole;
use base::{Error, Refusal, Role, Subject, SubjectKind};
use http::StatusCode;
use serde_json::json;
use web::{By, Form, Frame, Page, Problems, Say, with_status};

use super::moment;
use crate::House;
use crate::audit::Checkpoint;
use crate::witness::witness_store;
use crate::witness::witnesses::{NewWitness, State as Standing, Witness, WitnessedLog};

#[derive(Template)]
#[template(path = "witness/desk/witness_edit.html")]
struct WitnessPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    witnesses: Vec<WitnessRow>,
    logs: Vec<LogRow>,
    file: String,
    ours: Vec<(String, String)>,
    can_edit: bool,
}

struct WitnessRow {
    id: String,
    name: String,
    url: String,
    state: String,
    tag: &'static str,
    hint: String,
    size: String,
    answered: String,
}

struct LogRow {
    origin: String,
    size: String,
    cosigned: String,
    /// The two notes that prove two histories, if there are.
    fork: Option<String>,
}

/// The page.
pub async fn show(State(house): State<House>, by: By) -> Page {
    page(&house, &by, (Form::default(), None)).await
}

/// Adds a witness.
pub async fn add(State(house): State<House>, by: By, form: Form) -> Page {
    match save(&house, &by, &form).await {
        Ok(()) => Ok(Redirect::to("/desk/log/witnesses?done=witness-added").into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&house, &by, (form, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn save(house: &House, by: &By, form: &Form) -> Result<(), Error> {
    let new = NewWitness::of(form)?;
    let actor = by.actor();
    let id: RowId = house.ids.next(&house.clock);
    let mut act = house.db.act().await?;
    let when = (house.clock.now_ms(), actor.account);
    witness_store::add(&mut act, id, &new, when).await?;
    let data = json!({ "witness": id.to_string(), "url": new.url, "key": new.key.to_string() });
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    house
        .record(&mut act, actor, "witness.add", subject, data)
        .await?;
    act.commit().await?;
    Ok(())
}

/// Asks a witness no more.
pub async fn remove(State(house): State<House>, by: By, Path(id): Path<RowId>) -> Page {
    let actor = by.actor();
    let mut act = house.db.act().await?;
    let witness = witness_store::find(&mut act, id).await?;
    witness_store::remove(&mut act, id, house.clock.now_ms()).await?;
    let data = json!({ "witness": id.to_string(), "url": witness.url });
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    house
        .record(&mut act, actor, "witness.remove", subject, data)
        .await?;
    act.commit().await?;
    Ok(Redirect::to("/desk/log/witnesses?done=witness-removed").into_response())
}

/// The page with its forms; the other form of it lies in `witnessed_edit`.
pub(super) async fn page(house: &House, by: &By, (form, refusal): (Form, Option<Refusal>)) -> Page {
    let frame = house.desk(by, "witness-title").await?;
    let say = frame.say;
    let frame = frame
        .under(say.t("nav-log"), "/desk/log")
        .at("/desk/log/witnesses");
    let mut read = house.db.read().await?;
    let witnesses = witness_store::list(&mut read).await?;
    let logs = witness_store::logs(&mut read).await?;
    drop(read);
    let problems = refusal
        .as_ref()
        .map_or_else(Problems::none, |refusal| Problems::of(refusal, &say));
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let file = house.log.options().witness_file.as_ref();
    with_status(
        status,
        &WitnessPage {
            witnesses: witnesses.iter().map(|w| witness_row(w, &say)).collect(),
            logs: logs.iter().map(|log| log_row(log, &say)).collect(),
            file: file
                .map(|path| path.display().to_string())
                .unwrap_or_default(),
            ours: ours(house, &say),
            can_edit: by.actor().is(Role::Administrator),
            form,
            problems,
            frame,
        },
    )
}

/// What another house needs to witness us, and for us to witness it.
fn ours(house: &House, say: &Say) -> Vec<(String, String)> {
    let base = &house.options.base_url;
    vec![
        (
            say.t("witness-our-log-key"),
            house.log.key().verifier().to_string(),
        ),
        (say.t("witness-our-address"), format!("{base}/api/v1/log")),
        (
            say.t("witness-our-key"),
            house.log.cosigner().witness().to_string(),
        ),
    ]
}

fn count(size: u64) -> String {
    whole(i64::try_from(size).unwrap_or(i64::MAX))
}

fn witness_row(witness: &Witness, say: &Say) -> WitnessRow {
    let word = witness.state.as_str();
    WitnessRow {
        id: witness.id.to_string(),
        name: witness.key.name().to_owned(),
        url: witness.url.clone(),
        state: say.t(&format!("witness-state-{word}")),
        tag: match witness.state {
            Standing::Cosigned => "done",
            Standing::New => "not_started",
            Standing::Silent | Standing::Stranger => "at_risk",
            Standing::Ahead | Standing::Refused => "late",
        },
        hint: match witness.state {
            Standing::Cosigned | Standing::New => String::new(),
            _ => say.t1(&format!("witness-hint-{word}"), "reply", &witness.reply),
        },
        size: count(witness.size),
        answered: match witness.answered_at {
            Some(_) => moment(witness.answered_at, say),
            None => say.t("witness-never"),
        },
    }
}

fn log_row(log: &WitnessedLog, say: &Say) -> LogRow {
    let fork = (!log.refused_note.is_empty()).then(|| {
        let size = Checkpoint::peek(&log.refused_note).map_or(0, |c| c.size);
        say.t2(
            "witnessed-fork",
            ("when", &moment(log.refused_at, say)),
            ("count", &count(size)),
        )
    });
    LogRow {
        origin: log.origin.clone(),
        size: count(log.size),
        cosigned: match log.cosigned_at {
            Some(_) => moment(log.cosigned_at, say),
            None => say.t("witness-never"),
        },
        fork,
    }
}

//! Logs of other houses that we witness: begun with their public key, ended without forgetting.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::{Error, Refusal, Subject, SubjectKind};
use serde_json::json;
use web::{By, Form, Page};

use super::witness_edit;
use crate::House;
use crate::witness::{witness_store, witnesses};

/// Watches a log from now on.
pub async fn add(State(house): State<House>, by: By, form: Form) -> Page {
    match save(&house, &by, &form).await {
        Ok(()) => Ok(Redirect::to("/desk/log/witnesses?done=witnessed-added").into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            witness_edit::page(&house, &by, (form, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn save(house: &House, by: &By, form: &Form) -> Result<(), Error> {
    let key = witnesses::log_key(form)?;
    if key == *house.log.key().verifier() {
        return Err(Refusal::at("log_key", "witnessed-own").into());
    }
    let actor = by.actor();
    let mut act = house.db.act().await?;
    let when = (house.clock.now_ms(), actor.account);
    witness_store::watch(&mut act, (key.name(), &key.to_string()), when).await?;
    let data = json!({ "origin": key.name(), "key": key.to_string() });
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    house
        .record(&mut act, actor, "witnessed.add", subject, data)
        .await?;
    act.commit().await?;
    Ok(())
}

/// Watches a log no more.
///
/// # Refusals
/// Not found.
pub async fn remove(State(house): State<House>, by: By, form: Form) -> Page {
    let origin = form.value("origin");
    let actor = by.actor();
    let mut act = house.db.act().await?;
    if !witness_store::unwatch(&mut act, origin).await? {
        return Err(Refusal::NotFound.into());
    }
    let data = json!({ "origin": origin });
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    house
        .record(&mut act, actor, "witnessed.remove", subject, data)
        .await?;
    act.commit().await?;
    Ok(Redirect::to("/desk/log/witnesses?done=witnessed-removed").into_response())
}

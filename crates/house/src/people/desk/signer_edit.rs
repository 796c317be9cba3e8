//! Who signs the agency's reports.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::{Error, Refusal, Subject, SubjectKind};
use serde_json::json;
use web::{By, Form, Page};

use super::agency_edit;
use crate::House;
use crate::people::setting_store::{self, SIGNER_NAME, SIGNER_TITLE};

/// The fields of the form with the names of their settings.
pub(super) const SIGNER_FIELDS: [(&str, &str); 2] =
    [("signer_title", SIGNER_TITLE), ("signer_name", SIGNER_NAME)];

/// Saves it; reports that were made keep who signed them.
pub async fn save(State(house): State<House>, by: By, form: Form) -> Page {
    match update(&house, &by, &form).await {
        Ok(()) => Ok(Redirect::to("/desk/agency?done=signer").into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let mut shown = agency_edit::current(&house, &by).await?;
            for (field, _) in SIGNER_FIELDS {
                shown.set(field, form.value(field));
            }
            agency_edit::page(&house, &by, (shown, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn update(house: &House, by: &By, form: &Form) -> Result<(), Error> {
    let mut check = form.check();
    let (title, name) = (
        check.line_of("signer_title", 120),
        check.line_of("signer_name", 120),
    );
    check.done()?;
    let actor = by.actor();
    let mut act = house.db.act().await?;
    setting_store::save(&mut act, actor.agency, SIGNER_TITLE, &title).await?;
    setting_store::save(&mut act, actor.agency, SIGNER_NAME, &name).await?;
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    let data = json!({ "title": title, "name": name });
    house
        .record(&mut act, actor, "agency.signer", subject, data)
        .await?;
    act.commit().await?;
    Ok(())
}

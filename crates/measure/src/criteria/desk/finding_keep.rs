//! Keeping a finding as it is, with the reason.

use axum::extract::{Path, State};
use base::id::CriteriaSetId;
use base::{Error, Refusal};
use editorial::Editorial;
use serde_json::json;
use web::{By, Form, Page};

use super::set_show;
use crate::criteria::acts::{open, subject};
use crate::criteria::arithmetic::{Kept, Place, findings};
use crate::criteria::change_store;
use crate::criteria::rules::Deed;

/// Longest reason, in characters.
const NOTE_CHARS_MAX: usize = 500;

/// The place of a finding in forms: `0-1-2`, empty for the set itself.
pub(super) fn place_word(place: Place) -> String {
    let steps = [place.area, place.criterion, place.component];
    let steps: Vec<String> = steps
        .into_iter()
        .flatten()
        .map(|at| at.to_string())
        .collect();
    steps.join("-")
}

/// Keeps it.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<CriteriaSetId>,
    form: Form,
) -> Page {
    let done = keep(&editorial, &by, id, &form).await;
    set_show::answer(&editorial, &by, id, done, "criteria-kept").await
}

async fn keep(editorial: &Editorial, by: &By, id: CriteriaSetId, form: &Form) -> Result<(), Error> {
    let mut check = form.check();
    let note = check.required_line("note", NOTE_CHARS_MAX);
    check.done()?;
    let mut act = editorial.db.act().await?;
    let seen = form.value("version");
    let mut set = open(&mut act, by.actor(), (id, Deed::Edit), seen).await?;
    let wanted = (form.value("place"), form.value("code"));
    let found = findings(&set.details, &set.areas);
    let mut found = found
        .iter()
        .filter(|one| (place_word(one.place).as_str(), one.code) == wanted);
    let finding = found.next().ok_or(Refusal::NotFound)?;
    let kept = Kept {
        code: finding.code.to_owned(),
        note: note.clone(),
    };
    let place = finding.place;
    let area = place.area.and_then(|at| set.areas.get_mut(at));
    match (area, place.criterion, place.component) {
        (None, _, _) => {
            set.details.kept.push(kept);
            change_store::save_details(&mut act, id, &set.details).await?;
        }
        (Some(area), None, _) => {
            area.kept.push(kept);
            change_store::save_area(&mut act, area).await?;
        }
        (Some(area), Some(at), component) => {
            let criterion = area.criteria.get_mut(at).ok_or(Refusal::NotFound)?;
            match component {
                None => {
                    criterion.kept.push(kept);
                    change_store::save_criterion(&mut act, criterion).await?;
                }
                Some(at) => {
                    let component = criterion.components.get_mut(at);
                    let component = component.ok_or(Refusal::NotFound)?;
                    component.kept.push(kept);
                    change_store::save_component(&mut act, component).await?;
                }
            }
        }
    }
    let data = json!({"place": wanted.0, "code": wanted.1, "note": note});
    editorial
        .record(&mut act, by.actor(), "criteria.keep", subject(id), data)
        .await?;
    Ok(act.commit().await?)
}

//! Entering the points of the survey, with where they come from.

use base::id::RoundId;
use base::{Actor, Error, Problem, Refusal};
use editorial::Editorial;
use serde_json::json;

use super::mark_store::{self, SurveyPoint};
use super::rules::Deed;
use super::running::{held, subject};
use super::scoring::bounds;
use super::survey_sheet::{Brought, Column};
use super::total::is_survey;
use crate::criteria::set::CriteriaSet;

/// Longest note of a source, in characters.
pub const SOURCE_CHARS_MAX: usize = 300;

/// The components of the survey, in the order of the set.
pub fn columns(set: &CriteriaSet) -> Vec<Column> {
    let own = set.components().filter(|component| is_survey(component));
    own.map(|component| Column {
        id: component.id,
        no: component.no.clone(),
        bounds: bounds(component),
    })
    .collect()
}

/// Enters points of the survey.
///
/// # Refusals
/// Not found; not now; no source.
pub async fn enter(
    editorial: &Editorial,
    actor: &Actor,
    id: RoundId,
    (brought, source): (&[Brought], &str),
) -> Result<(), Error> {
    if source.is_empty() {
        return Err(Refusal::Invalid(vec![Problem::at("source", "field-required")]).into());
    }
    let mut act = editorial.db.act().await?;
    let round = held(&mut act, actor, id, Deed::Survey).await?;
    let when = (editorial.clock.now_ms(), actor.account);
    let mut log = Vec::with_capacity(brought.len());
    for one in brought {
        let point = SurveyPoint {
            body: one.body,
            component: one.component,
            points: one.points,
            source: source.to_owned(),
        };
        mark_store::save_survey_point(&mut act, round.id, &point, when).await?;
        log.push(json!([one.body, one.component, one.points.to_string()]));
    }
    let data = json!({ "source": source, "points": log });
    editorial
        .record(&mut act, actor, "round.survey", subject(id), data)
        .await?;
    act.commit().await.map_err(Error::from)
}

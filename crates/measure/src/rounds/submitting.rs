//! Submitting a self-score as a whole, and what keeps it from that.

use std::collections::HashMap;

use base::id::{ComponentId, RoundBodyId, RoundId, SelfScoreId};
use base::{Actor, Error, Fault, Problem, Refusal};
use db::Conn;
use editorial::Editorial;
use serde_json::json;

use super::entry::{Claim, Missing};
use super::entry_store::{self, Score};
use super::rules::Deed;
use super::scoring::{bounds, claim_of, held, refuse_submitted};
use super::total::is_survey;
use super::{proof_store, round_store, running};
use crate::criteria::criteria_store;
use crate::criteria::set::CriteriaSet;

/// A component with what keeps it from being submitted.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The component.
    pub component: ComponentId,
    /// Its number.
    pub no: String,
    /// What it is called.
    pub title: String,
    /// What is missing.
    pub missing: Vec<Missing>,
}

/// What keeps a body from submitting, in the order of the set. A bonus or penalty that is not
/// claimed is no gap.
///
/// # Faults
/// The database does not answer.
pub async fn gaps(
    conn: &mut Conn,
    set: &CriteriaSet,
    body: RoundBodyId,
) -> Result<Vec<Gap>, Fault> {
    let scores = entry_store::of_body(conn, body).await?;
    let counts = proof_store::evidence_counts(conn, body).await?;
    Ok(gaps_of(set, &scores, &counts))
}

/// The same from rows that are at hand.
pub fn gaps_of(
    set: &CriteriaSet,
    scores: &HashMap<ComponentId, Score>,
    counts: &HashMap<SelfScoreId, i64>,
) -> Vec<Gap> {
    let own = set.components().filter(|component| !is_survey(component));
    own.filter_map(|component| {
        let claim = match scores.get(&component.id) {
            None if component.rule.is_extra() => return None,
            None => Claim::default(),
            Some(score) => {
                let n_evidence = counts.get(&score.id).copied().unwrap_or(0);
                claim_of(component, score, n_evidence)
            }
        };
        let is_idle = component.rule.is_extra() && claim.points.is_none() && !claim.is_absent;
        let missing = claim.missing(bounds(component));
        (!missing.is_empty() && !is_idle).then(|| Gap {
            component: component.id,
            no: component.no.clone(),
            title: component.title.clone(),
            missing,
        })
    })
    .collect()
}

/// Submits the self-score of a body as a whole, when nothing is missing; Loa's own figures are
/// frozen as they were saved.
///
/// # Refusals
/// Not found; not now; `rounds-gaps` with how many components are not ready.
pub async fn submit(
    editorial: &Editorial,
    actor: &Actor,
    place: (RoundId, RoundBodyId),
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let (round, body) = held(&mut act, actor, place, Deed::Submit).await?;
    refuse_submitted(&body)?;
    let set = criteria_store::find(&mut act, round.agency, round.set).await?;
    let gaps = gaps(&mut act, &set, body.id).await?;
    if !gaps.is_empty() {
        let problem = Problem::of("rounds-gaps").with("n", gaps.len());
        return Err(Refusal::Invalid(vec![problem]).into());
    }
    let now = editorial.clock.now_ms();
    round_store::save_submitted(&mut act, body.id, Some((now, actor.account))).await?;
    let data = json!({ "body": body.id, "name": body.name });
    editorial
        .record(
            &mut act,
            actor,
            "self_score.submit",
            running::subject(round.id),
            data,
        )
        .await?;
    act.commit().await.map_err(Error::from)
}

/// Takes a submitted self-score back, while the phase lasts.
///
/// # Refusals
/// Not found; not now; not submitted.
pub async fn take_back(
    editorial: &Editorial,
    actor: &Actor,
    place: (RoundId, RoundBodyId),
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let (round, body) = held(&mut act, actor, place, Deed::TakeBack).await?;
    round_store::save_submitted(&mut act, body.id, None).await?;
    let data = json!({ "body": body.id, "name": body.name });
    editorial
        .record(
            &mut act,
            actor,
            "self_score.take_back",
            running::subject(round.id),
            data,
        )
        .await?;
    act.commit().await.map_err(Error::from)
}

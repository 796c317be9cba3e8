//! Evidence of a self-score: brought in, attached, taken off.

use base::id::{ComponentId, EvidenceId, RoundBodyId, RoundId, SelfScoreId};
use base::{Actor, Error, Problem, Refusal};
use db::Act;
use editorial::Editorial;
use editorial::channels::Proof;
use editorial::items::sent_file;
use house::evidence::{self, Capture, CaptureKind, EvidenceKind, NewPiece};

use super::entry::{Claim, Entry};
use super::entry_store::{self, Score};
use super::phase::Phase;
use super::round::{Body, Round};
use super::rules::Deed;
use super::scoring::{held, own_component, record_score, refuse_submitted, subject};
use crate::criteria::criteria_store;
use crate::criteria::input::Input;

/// The score of a body for a component, made empty when there is none: evidence needs one to hang on.
async fn score_for_evidence(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (round, body, component): (&Round, &Body, ComponentId),
) -> Result<SelfScoreId, Error> {
    if let Some(score) = entry_store::maybe(act, body.id, component).await? {
        return Ok(score.id);
    }
    let set = criteria_store::find(act, round.agency, round.set).await?;
    let component = own_component(&set, component)?;
    let score = Score {
        id: editorial.ids.next(&editorial.clock),
        body: body.id,
        component: component.id,
        input: Input::Nothing,
        is_by_hand: true,
        reading: None,
        reading_reason: String::new(),
        entry: Entry {
            claim: Claim {
                saved_by: Some(actor.account),
                ..Claim::default()
            },
            ..Entry::default()
        },
        saved_at: editorial.clock.now_ms(),
        version: 0,
    };
    entry_store::save(act, round.id, &score).await?;
    record_score(editorial, act, actor, (body, component, &score)).await?;
    Ok(score.id)
}

/// A new piece of evidence for a component.
pub struct Brought {
    /// What it is.
    pub title: String,
    /// Where it was published, if anywhere.
    pub link: String,
    /// Its file, if it has one.
    pub proof: Option<Proof>,
}

/// Keeps a new piece of evidence and says that it proves the self-score. During appeals the body
/// may bring further evidence.
///
/// # Refusals
/// Not found; not now; submitted, while the phase is the self-score; neither file nor link.
pub async fn bring(
    editorial: &Editorial,
    actor: &Actor,
    (round, body, component): (RoundId, RoundBodyId, ComponentId),
    brought: &Brought,
) -> Result<EvidenceId, Error> {
    let mut problems = Vec::new();
    if brought.title.is_empty() {
        problems.push(Problem::at("evidence_title", "field-required"));
    }
    if brought.proof.is_none() && brought.link.is_empty() {
        problems.push(Problem::at("file", "rounds-proof-missing"));
    }
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems).into());
    }
    let pictures = sent_file::pictures(editorial, brought.proof.as_ref()).await?;
    let mut act = editorial.db.act().await?;
    let (round, body) = held_for_evidence(&mut act, actor, (round, body)).await?;
    let place = (&round, &body, component);
    let score = score_for_evidence(editorial, &mut act, actor, place).await?;
    let now = editorial.clock.now_ms();
    sent_file::put(editorial, &mut act, actor, brought.proof.as_ref()).await?;
    let capture = Capture {
        kind: match brought.link.is_empty() {
            true => CaptureKind::File,
            false => CaptureKind::Link,
        },
        title: brought.title.clone(),
        url: brought.link.clone(),
        taken_at_ms: now,
        files: brought.proof.iter().map(Proof::captured).collect(),
    };
    let kind = EvidenceKind::of_capture(capture.kind);
    let piece = NewPiece {
        unit: actor.unit,
        subjects: vec![subject(score)],
        pictures,
        ..NewPiece::new(kind, capture)
    };
    let id = evidence::keep(&editorial.house, &mut act, actor, &piece).await?;
    act.commit().await?;
    Ok(id)
}

async fn held_for_evidence(
    act: &mut Act,
    actor: &Actor,
    place: (RoundId, RoundBodyId),
) -> Result<(Round, Body), Error> {
    match held(act, actor, place, Deed::Score).await {
        Ok((round, body)) => {
            refuse_submitted(&body)?;
            Ok((round, body))
        }
        Err(Error::Refusal(Refusal::Forbidden(_))) => held(act, actor, place, Deed::Appeal).await,
        Err(other) => Err(other),
    }
}

/// Says that a piece of evidence which is kept already proves the self-score too, or takes it back.
///
/// # Refusals
/// Not found; not now; submitted.
pub async fn attach(
    editorial: &Editorial,
    actor: &Actor,
    (round, body, component): (RoundId, RoundBodyId, ComponentId),
    (piece, is_attached): (EvidenceId, bool),
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let (round, body) = held_for_evidence(&mut act, actor, (round, body)).await?;
    let place = (&round, &body, component);
    let score = score_for_evidence(editorial, &mut act, actor, place).await?;
    let which = (piece, &subject(score));
    match is_attached {
        true => evidence::attach(&editorial.house, &mut act, actor, which).await?,
        // What an appraiser has seen stays: only while it is being scored is it taken back.
        false if round.phase != Phase::SelfScore => {
            return Err(Refusal::Forbidden("rounds-not-now").into());
        }
        false => evidence::detach(&editorial.house, &mut act, actor, which).await?,
    }
    act.commit().await.map_err(Error::from)
}

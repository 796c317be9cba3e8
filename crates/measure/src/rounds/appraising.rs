//! Appraising, appeals and their answers: each an act of its own.

use base::id::{ComponentId, RoundBodyId, RoundId, RowId};
use base::{Actor, Error, Refusal};
use db::Act;
use editorial::Editorial;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::entry::Verdict;
use super::entry_store::{self, Score};
use super::question_store;
use super::round::{Body, Round};
use super::rules::Deed;
use super::scoring::{bounds, held, subject};
use crate::criteria::criteria_store;
use crate::criteria::set::Component;

/// A submitted score on which an actor may do a deed now.
struct Opened {
    round: Round,
    score: Score,
    component: Component,
}

async fn open(
    act: &mut Act,
    actor: &Actor,
    (round, body, component): (RoundId, RoundBodyId, ComponentId),
    deed: Deed,
) -> Result<Opened, Error> {
    let (round, body) = held(act, actor, (round, body), deed).await?;
    refuse_unsubmitted(&body)?;
    let set = criteria_store::find(act, round.agency, round.set).await?;
    let component = set.component(component)?.clone();
    let score = entry_store::maybe(act, body.id, component.id).await?;
    Ok(Opened {
        round,
        score: score.ok_or(Refusal::NotFound)?,
        component,
    })
}

fn refuse_unsubmitted(body: &Body) -> Result<(), Refusal> {
    match body.submitted {
        Some(_) => Ok(()),
        None => Err(Refusal::because("rounds-not-submitted")),
    }
}

/// Accepts these components of a body as they were claimed; those that an appraiser may not accept
/// refuse the whole.
///
/// # Refusals
/// Not found; not now; not submitted; none chosen; one that was not claimed or is one's own.
pub async fn accept(
    editorial: &Editorial,
    actor: &Actor,
    (round, body): (RoundId, RoundBodyId),
    components: &[ComponentId],
) -> Result<usize, Error> {
    if components.is_empty() {
        return Err(Refusal::because("rounds-none-chosen").into());
    }
    let mut act = editorial.db.act().await?;
    let (round, body) = held(&mut act, actor, (round, body), Deed::Appraise).await?;
    refuse_unsubmitted(&body)?;
    let mut scores = entry_store::of_body(&mut act, body.id).await?;
    let mut n_accepted = 0;
    for component in components {
        let mut score = scores.remove(component).ok_or(Refusal::NotFound)?;
        score.entry.accept(actor.account)?;
        if let Some(verdict) = &score.entry.verdict {
            keep_verdict(editorial, &mut act, actor, (&round, &score, verdict)).await?;
            n_accepted += 1;
        }
    }
    act.commit().await?;
    Ok(n_accepted)
}

/// Gives less than claimed, with the reason.
///
/// # Refusals
/// Not found; not now; not submitted; those of [`super::entry::Entry::reduce`].
pub async fn reduce(
    editorial: &Editorial,
    actor: &Actor,
    place: (RoundId, RoundBodyId, ComponentId),
    (points, reason): (Decimal, &str),
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let mut opened = open(&mut act, actor, place, Deed::Appraise).await?;
    let given = (points, reason.to_owned());
    let entry = &mut opened.score.entry;
    entry.reduce(actor.account, given, bounds(&opened.component))?;
    if let Some(verdict) = &opened.score.entry.verdict {
        let kept = (&opened.round, &opened.score, verdict);
        keep_verdict(editorial, &mut act, actor, kept).await?;
    }
    act.commit().await.map_err(Error::from)
}

async fn keep_verdict(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (round, score, verdict): (&Round, &Score, &Verdict),
) -> Result<(), Error> {
    let when = (editorial.clock.now_ms(), actor.account);
    entry_store::save_verdict(act, (round.id, score.id), verdict, when).await?;
    let points = verdict.points.map(|points| points.to_string());
    let data = json!({ "points": points, "reason": verdict.reason });
    record(editorial, act, actor, ("appraisal.give", score, data)).await
}

async fn record(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (name, score, data): (&'static str, &Score, Value),
) -> Result<(), Error> {
    editorial
        .record(act, actor, name, subject(score.id), data)
        .await?;
    Ok(())
}

/// Asks the body about a component.
///
/// # Refusals
/// Not found; not now; not submitted; no question.
pub async fn ask(
    editorial: &Editorial,
    actor: &Actor,
    place: (RoundId, RoundBodyId, ComponentId),
    question: &str,
) -> Result<(), Error> {
    if question.is_empty() {
        return Err(Refusal::at("question", "field-required").into());
    }
    let mut act = editorial.db.act().await?;
    let opened = open(&mut act, actor, place, Deed::Ask).await?;
    let id: RowId = editorial.ids.next(&editorial.clock);
    let when = (editorial.clock.now_ms(), actor.account);
    question_store::ask(&mut act, (id, opened.score.id), question, when).await?;
    let data = json!({ "question": question });
    record(
        editorial,
        &mut act,
        actor,
        ("appraisal.ask", &opened.score, data),
    )
    .await?;
    act.commit().await.map_err(Error::from)
}

/// Appeals against a reduced score.
///
/// # Refusals
/// Not found; not now; those of [`super::entry::Entry::make_appeal`].
pub async fn appeal(
    editorial: &Editorial,
    actor: &Actor,
    place: (RoundId, RoundBodyId, ComponentId),
    (asked, reason): (Decimal, &str),
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let mut opened = open(&mut act, actor, place, Deed::Appeal).await?;
    let wanted = (asked, reason.to_owned());
    let entry = &mut opened.score.entry;
    entry.make_appeal(actor.account, wanted, bounds(&opened.component))?;
    if let Some(appeal) = &opened.score.entry.appeal {
        let which = (opened.round.id, opened.score.id);
        let now = editorial.clock.now_ms();
        entry_store::add_appeal(&mut act, which, appeal, now).await?;
    }
    let data = json!({ "asked": asked.to_string(), "reason": reason });
    record(
        editorial,
        &mut act,
        actor,
        ("appeal.make", &opened.score, data),
    )
    .await?;
    act.commit().await.map_err(Error::from)
}

/// Answers an appeal.
///
/// # Refusals
/// Not found; not now; those of [`super::entry::Entry::settle`].
pub async fn settle(
    editorial: &Editorial,
    actor: &Actor,
    place: (RoundId, RoundBodyId, ComponentId),
    (points, answer): (Decimal, &str),
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let mut opened = open(&mut act, actor, place, Deed::Settle).await?;
    let entry = &mut opened.score.entry;
    entry.settle(actor.account, (points, answer.to_owned()))?;
    let when = (editorial.clock.now_ms(), actor.account);
    entry_store::settle(&mut act, opened.score.id, (points, answer), when).await?;
    let data = json!({ "points": points.to_string(), "answer": answer });
    record(
        editorial,
        &mut act,
        actor,
        ("appeal.settle", &opened.score, data),
    )
    .await?;
    act.commit().await.map_err(Error::from)
}

//! Scoring oneself, a component at a time.

use base::id::{AccountId, ComponentId, RoundBodyId, RoundId, RowId, SelfScoreId};
use base::{Actor, Error, Fault, Refusal, Subject, SubjectKind};
use db::{Act, Conn};
use editorial::Editorial;
use serde_json::json;
use web::Form;

use super::entry::{Bounds, Claim, Entry, REASON_CHARS_MAX};
use super::entry_store::{self, ReadingChosen, Score};
use super::input_form;
use super::round::{Body, Round};
use super::rules::{Deed, may};
use super::total::is_survey;
use super::{question_store, round_store};
use crate::criteria::criteria_store;
use crate::criteria::facts::Facts;
use crate::criteria::input::Input;
use crate::criteria::scored::Answer;
use crate::criteria::set::{BothScored, Component, CriteriaSet};

/// The least and the most points of a component.
pub fn bounds(component: &Component) -> Bounds {
    let (least, most) = component.rule.range();
    let most = match component.rule.is_extra() {
        true => most,
        false => component.max,
    };
    Bounds { least, most }
}

/// A self-score as the log and evidence name it.
pub fn subject(id: SelfScoreId) -> Subject {
    Subject::new(SubjectKind::SelfScore, id)
}

/// A body of a round on which an actor may do a deed now, the round held for the rest of the act.
///
/// # Refusals
/// Not found; `rounds-not-now`; the round was moved meanwhile.
pub async fn held(
    act: &mut Act,
    actor: &Actor,
    (round, body): (RoundId, RoundBodyId),
    deed: Deed,
) -> Result<(Round, Body), Error> {
    let round = round_store::find(act, actor.agency, round).await?;
    let body = round_store::find_body(act, round.id, body).await?;
    if !may(actor, deed, round.phase, (round.runner(), &body.whose)) {
        return Err(Refusal::Forbidden("rounds-not-now").into());
    }
    round_store::hold(act, &round).await?;
    Ok((round, body))
}

/// Refuses to change what was submitted.
pub(super) fn refuse_submitted(body: &Body) -> Result<(), Refusal> {
    match body.submitted {
        None => Ok(()),
        Some(_) => Err(Refusal::because("rounds-submitted")),
    }
}

/// What is typed of a component.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The answer.
    pub input: Input,
    /// Whether Loa's own figure was set aside for a typed one.
    pub is_by_hand: bool,
    /// By which reading it is to be scored.
    pub reading: Option<ReadingChosen>,
    /// Why.
    pub reading_reason: String,
    /// Why there is no evidence, or only some; or anything else to know.
    pub explanation: String,
    /// The version that was looked at; 0 for a score that was not there yet.
    pub version: i64,
}

impl Typed {
    /// Reads the form of a component; Loa's own figure is taken unless a typed one is wanted.
    ///
    /// # Refusals
    /// Every field that is wrong, at once.
    pub fn of(component: &Component, computed: &Input, form: &Form) -> Result<Self, Refusal> {
        let is_by_hand = !computed.is_given() || form.has("origin", "hand");
        let mut check = form.check();
        let reading_reason = check.text("reading_reason", REASON_CHARS_MAX);
        let explanation = check.text("explanation", REASON_CHARS_MAX);
        let version = check.number("version", 0, i64::MAX).unwrap_or(0);
        let mut problems = check.problems();
        let input = match is_by_hand {
            false => computed.clone(),
            true => match input_form::read(component, form) {
                Ok(input) => input,
                Err(Refusal::Invalid(more)) => {
                    problems.extend(more);
                    Input::Nothing
                }
                Err(other) => return Err(other),
            },
        };
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        let reading = ReadingChosen::parse(form.value("reading"));
        Ok(Self {
            input,
            is_by_hand,
            reading: reading.filter(|_| component.second.is_some()),
            reading_reason,
            explanation,
            version,
        })
    }
}

/// What an answer claims by the reading that was chosen; where the readings agree, by the rule.
pub fn claim(
    component: &Component,
    input: &Input,
    (reading, reason): (Option<ReadingChosen>, &str),
) -> Claim {
    let both: BothScored = component.score(input);
    let (differs, answer) = (both.differs(), both.first.answer);
    let scored = match (reading, both.second) {
        (Some(ReadingChosen::Second), Some(second)) => second,
        _ => both.first,
    };
    let is_absent = answer == Answer::NoOccasion;
    Claim {
        points: (answer == Answer::Given).then_some(scored.points),
        is_absent,
        lacks_reading: differs && reading.is_none(),
        lacks_reason: differs && reading.is_some() && reason.is_empty(),
        ..Claim::default()
    }
}

/// The claim of a saved score, with what is missing of its reading and how much evidence it has.
pub fn claim_of(component: &Component, score: &Score, n_evidence: i64) -> Claim {
    let chosen = (score.reading, score.reading_reason.as_str());
    let now = claim(component, &score.input, chosen);
    Claim {
        n_evidence,
        lacks_reading: now.lacks_reading,
        lacks_reason: now.lacks_reason,
        ..score.entry.claim.clone()
    }
}

/// Saves what a body says of a component; work that is not finished is saved too.
///
/// # Refusals
/// Not found; not now; submitted; somebody else saved meanwhile.
pub async fn save(
    editorial: &Editorial,
    actor: &Actor,
    (round, body, component): (RoundId, RoundBodyId, ComponentId),
    typed: &Typed,
) -> Result<SelfScoreId, Error> {
    let mut act = editorial.db.act().await?;
    let (round, body) = held(&mut act, actor, (round, body), Deed::Score).await?;
    refuse_submitted(&body)?;
    let set = criteria_store::find(&mut act, round.agency, round.set).await?;
    let component = own_component(&set, component)?;
    let known = entry_store::maybe(&mut act, body.id, component.id).await?;
    if known.as_ref().map_or(0, |score| score.version) != typed.version {
        return Err(Refusal::Stale.into());
    }
    let chosen = (typed.reading, typed.reading_reason.as_str());
    let claim = Claim {
        explanation: typed.explanation.clone(),
        saved_by: Some(actor.account),
        ..claim(component, &typed.input, chosen)
    };
    let score = Score {
        id: known.map_or_else(|| editorial.ids.next(&editorial.clock), |score| score.id),
        body: body.id,
        component: component.id,
        input: typed.input.clone(),
        is_by_hand: typed.is_by_hand,
        reading: typed.reading,
        reading_reason: typed.reading_reason.clone(),
        entry: Entry {
            claim,
            ..Entry::default()
        },
        saved_at: editorial.clock.now_ms(),
        version: typed.version,
    };
    entry_store::save(&mut act, round.id, &score).await?;
    record_score(editorial, &mut act, actor, (&body, component, &score)).await?;
    act.commit().await?;
    Ok(score.id)
}

/// A component that a body scores itself.
pub(super) fn own_component(set: &CriteriaSet, id: ComponentId) -> Result<&Component, Refusal> {
    let component = set.component(id)?;
    match is_survey(component) {
        true => Err(Refusal::because("rounds-survey-scores")),
        false => Ok(component),
    }
}

pub(super) async fn record_score(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (body, component, score): (&Body, &Component, &Score),
) -> Result<(), Fault> {
    let claim = &score.entry.claim;
    let data = json!({
        "body": body.id, "component": component.no, "rule_version": component.rule_version,
        "input": score.input, "by_hand": score.is_by_hand, "absent": claim.is_absent,
        "points": claim.points.map(|points| points.to_string()),
        "reading": score.reading.map(ReadingChosen::as_str), "reading_reason": score.reading_reason,
        "explanation": claim.explanation,
    });
    editorial
        .record(act, actor, "self_score.save", subject(score.id), data)
        .await?;
    Ok(())
}

/// Answers a question of the appraiser.
///
/// # Refusals
/// Not found; not now; no answer.
pub async fn answer(
    editorial: &Editorial,
    actor: &Actor,
    (round, body, component): (RoundId, RoundBodyId, ComponentId),
    (question, text): (RowId, &str),
) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Refusal::at("reply", "field-required").into());
    }
    let mut act = editorial.db.act().await?;
    let (_, body) = held(&mut act, actor, (round, body), Deed::Answer).await?;
    let score = entry_store::maybe(&mut act, body.id, component).await?;
    let score = score.ok_or(Refusal::NotFound)?.id;
    let when: (i64, AccountId) = (editorial.clock.now_ms(), actor.account);
    question_store::answer(&mut act, (question, score), text, when).await?;
    let data = json!({ "question": question, "answer": text });
    editorial
        .record(&mut act, actor, "appraisal.answer", subject(score), data)
        .await?;
    act.commit().await.map_err(Error::from)
}

/// What Loa computes for a body: the inputs of an agency of this installation come from its own
/// rows; of a unit or an outside body nothing is computed.
///
/// # Faults
/// The database does not answer.
pub async fn facts(
    editorial: &Editorial,
    conn: &mut Conn,
    (round, body): (&Round, &Body),
) -> Result<Option<Facts>, Error> {
    match body.whose.agency {
        None => Ok(None),
        Some(agency) => Facts::gather(editorial, conn, agency, round.year)
            .await
            .map(Some),
    }
}

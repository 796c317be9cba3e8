//! One component of one body: the rule as a sentence, the answer with its working in both readings,
//! evidence with its proofs, and what the appraiser made of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::{ComponentId, RoundBodyId, RoundId};
use base::{Actor, Error, Refusal};
use db::Conn;
use editorial::Editorial;
use house::evidence::{self, Evidence};
use web::{By, Choice, Form, Frame, Page, Problems, with_status};

use super::score_view::{
    AppealView, ComputedView, PieceView, QuestionView, ReadingView, RuleView, Said, VerdictView,
    appeal_view, computed_view, piece_view, question_view, readings, rule_view, said, verdict_view,
};
use super::{body_address, problems, under_round};
use crate::criteria::criteria_store;
use crate::criteria::input::Input;
use crate::criteria::set::Component;
use crate::rounds::entry::Counted;
use crate::rounds::entry_store::{self, ReadingChosen, Score};
use crate::rounds::input_form::{self, Asked};
use crate::rounds::question_store::{self, Question};
use crate::rounds::round::{Body, Round};
use crate::rounds::rules::{Deed, may};
use crate::rounds::scoring::{self, Typed};
use crate::rounds::total::is_survey;
use crate::rounds::{mark_store, proof_store, round_store};

/// Pieces of evidence that the page offers to attach.
const OFFERED_MAX: i64 = 12;

/// Which component of which body of which round.
pub type Place = (RoundId, RoundBodyId, ComponentId);

#[derive(Template)]
#[template(path = "rounds/desk/score_edit.html")]
struct ScorePage {
    frame: Frame,
    problems: Problems,
    form: Form,
    base: String,
    title: String,
    rule: RuleView,
    asked: Asked,
    may_be_absent: bool,
    computed: Option<ComputedView>,
    readings: Vec<ReadingView>,
    differs: bool,
    reading_choices: Vec<Choice>,
    is_survey: bool,
    said: Said,
    pieces: Vec<PieceView>,
    offered: Vec<Choice>,
    questions: Vec<QuestionView>,
    verdict: Option<VerdictView>,
    appeal: Option<AppealView>,
    may: May,
}

/// What this person may do now.
struct May {
    score: bool,
    bring: bool,
    appraise: bool,
    answer: bool,
    appeal: bool,
    settle: bool,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(place): Path<Place>) -> Page {
    page(&editorial, &by, (place, None)).await
}

/// Saves what is said of the component.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(place): Path<Place>,
    form: Form,
) -> Page {
    let ground = ground(&editorial, by.actor(), place).await?;
    let saved = match Typed::of(&ground.component, &ground.computed, &form) {
        Ok(typed) => scoring::save(&editorial, by.actor(), place, &typed).await,
        Err(refusal) => Err(refusal.into()),
    };
    after(
        &editorial,
        &by,
        (place, form),
        (saved.map(drop), "score-saved"),
    )
    .await
}

/// Back to the page after an act, or the page again with what was typed.
pub(super) async fn after(
    editorial: &Editorial,
    by: &By,
    (place, form): (Place, Form),
    (done, word): (Result<(), Error>, &str),
) -> Page {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?done={word}", address(place))).into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(editorial, by, (place, Some((form, refusal)))).await
        }
        Err(error) => Err(error.into()),
    }
}

fn address((round, body, component): Place) -> String {
    format!("{}/components/{component}", body_address(round, body))
}

/// Everything that the page is made of.
pub(super) struct Ground {
    pub round: Round,
    pub body: Body,
    pub component: Component,
    pub computed: Input,
    pub computed_href: Option<String>,
    pub score: Option<Score>,
    pub pieces: Vec<(Evidence, Option<i64>)>,
    pub offered: Vec<Evidence>,
    pub questions: Vec<Question>,
    pub survey: Option<(Counted, String)>,
}

async fn ground(
    editorial: &Editorial,
    actor: &Actor,
    (round, body, component): Place,
) -> Result<Ground, Error> {
    let mut read = editorial.db.read().await?;
    let round = round_store::find(&mut read, actor.agency, round).await?;
    let body = round_store::find_body(&mut read, round.id, body).await?;
    super::may_read(actor, &round, &body)?;
    let set = criteria_store::find(&mut read, round.agency, round.set).await?;
    let component = set.component(component)?.clone();
    let score = entry_store::maybe(&mut read, body.id, component.id).await?;
    let (mut computed, mut href) = (Input::Nothing, None);
    // Only while it is scored: later what was saved stands, and nothing is computed anew.
    let is_scored = may(
        actor,
        Deed::Score,
        round.phase,
        (round.runner(), &body.whose),
    );
    if is_scored && body.submitted.is_none() && component.source.is_computed() {
        let facts = scoring::facts(editorial, &mut read, (&round, &body)).await?;
        if let Some(facts) = facts {
            computed = facts.input(&component);
            href = facts
                .plans
                .first()
                .map(|plan| format!("/desk/plans/{}", plan.id));
        }
    }
    let agency = body.whose.agency.unwrap_or(round.agency);
    let (mut pieces, mut questions) = (Vec::new(), Vec::new());
    if let Some(score) = &score {
        let subject = scoring::subject(score.id);
        for piece in evidence::of_subject(&mut read, agency, &subject).await? {
            let leaf = proof_store::leaf_of(&mut read, piece.entry).await?;
            pieces.push((piece, leaf));
        }
        questions = question_store::questions(&mut read, score.id).await?;
    }
    let offered = match is_scored && body.submitted.is_none() {
        true => offered(&mut read, actor, &pieces).await?,
        false => Vec::new(),
    };
    let survey = match is_survey(&component) {
        true => survey(&mut read, &round, (body.id, component.id)).await?,
        false => None,
    };
    Ok(Ground {
        round,
        body,
        component,
        computed,
        computed_href: href,
        score,
        pieces,
        offered,
        questions,
        survey,
    })
}

/// The newest pieces of the agency that are not attached yet.
async fn offered(
    conn: &mut Conn,
    actor: &Actor,
    pieces: &[(Evidence, Option<i64>)],
) -> Result<Vec<Evidence>, Error> {
    let mut newest = Vec::new();
    for id in proof_store::newest_evidence(conn, actor.agency, OFFERED_MAX).await? {
        if pieces.iter().all(|(piece, _)| piece.id != id) {
            newest.push(evidence::evidence_store::find(conn, actor.agency, id).await?);
        }
    }
    Ok(newest)
}

async fn survey(
    conn: &mut Conn,
    round: &Round,
    (body, component): (RoundBodyId, ComponentId),
) -> Result<Option<(Counted, String)>, Error> {
    let points = mark_store::survey_points(conn, round.id).await?;
    let own = points
        .into_iter()
        .find(|point| point.body == body && point.component == component);
    Ok(own.map(|point| (Counted::Points(point.points), point.source)))
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (place, refused): (Place, Option<(Form, Refusal)>),
) -> Page {
    let actor = by.actor();
    let ground = ground(editorial, actor, place).await?;
    let frame = under_round(editorial.desk(by, "nav-rounds").await?, &ground.round);
    let body = body_address(ground.round.id, ground.body.id);
    let frame = frame.under(ground.body.name.clone(), body).titled(format!(
        "{} {}",
        ground.component.no, ground.component.title
    ));
    let (form, refusal) = match refused {
        Some((typed, refusal)) => (form_again(&ground, typed), Some(refusal)),
        None => (form_of(&ground), None),
    };
    let (problems, status) = problems(refusal.as_ref(), &frame.say);
    let may = what_may(actor, &ground);
    let page = view(&ground, (frame, place), (form, problems, may));
    with_status(status, &page)
}

fn view(
    ground: &Ground,
    (frame, place): (Frame, Place),
    (form, problems, may): (Form, Problems, May),
) -> ScorePage {
    let (say, component) = (frame.say, &ground.component);
    let (readings, differs) = readings(ground, &say);
    let entry = ground.score.as_ref().map(|score| &score.entry);
    let choice = |reading: ReadingChosen| {
        let text = say.t(&format!("rounds-reading-{}", reading.as_str()));
        Choice::new(reading.as_str(), text)
    };
    let offered = ground.offered.iter();
    let pieces = ground.pieces.iter();
    let questions = ground.questions.iter();
    ScorePage {
        problems,
        base: address(place),
        title: component.title.clone(),
        rule: rule_view(component, &say),
        asked: input_form::asked(component),
        may_be_absent: input_form::may_be_absent(component),
        computed: computed_view(ground, &say),
        readings,
        differs,
        reading_choices: [ReadingChosen::First, ReadingChosen::Second]
            .map(choice)
            .to_vec(),
        is_survey: is_survey(component),
        said: said(ground, &say),
        pieces: pieces
            .map(|(piece, leaf)| piece_view(piece, *leaf, place, &say))
            .collect(),
        offered: offered
            .map(|piece| Choice::new(piece.id, piece.capture.title.clone()))
            .collect(),
        questions: questions.map(|one| question_view(one, &say)).collect(),
        verdict: entry.and_then(|entry| verdict_view(entry, &say)),
        appeal: entry.and_then(|entry| appeal_view(entry, &say)),
        may,
        form,
        frame,
    }
}

/// The forms that stand beside the answer on the page, by their fields.
const BESIDE: [&str; 10] = [
    "evidence_title",
    "link",
    "question",
    "reply",
    "points",
    "reason",
    "asked",
    "appeal_reason",
    "settled",
    "answer",
];

/// What was typed, again. When another form of the page was refused, the answer stands as it was
/// saved: shown empty, its next saving would take away what is there.
fn form_again(ground: &Ground, typed: Form) -> Form {
    if !typed.value("version").is_empty() {
        return typed;
    }
    let mut form = form_of(ground);
    for name in BESIDE {
        form.set(name, typed.value(name));
    }
    form
}

fn form_of(ground: &Ground) -> Form {
    let Some(score) = &ground.score else {
        return Form::filled([("origin", "computed".to_owned())]);
    };
    let mut fields = input_form::fields(&score.input);
    let origin = match score.is_by_hand && score.input.is_given() {
        true => "hand",
        false => "computed",
    };
    let reading = score.reading.map_or("", ReadingChosen::as_str);
    fields.push(("origin", origin.to_owned()));
    fields.push(("reading", reading.to_owned()));
    fields.push(("reading_reason", score.reading_reason.clone()));
    fields.push(("explanation", score.entry.claim.explanation.clone()));
    Form::filled(fields)
}

fn what_may(actor: &Actor, ground: &Ground) -> May {
    let (round, body) = (&ground.round, &ground.body);
    let may = |deed| may(actor, deed, round.phase, (round.runner(), &body.whose));
    let is_submitted = body.submitted.is_some();
    let entry = ground.score.as_ref().map(|score| &score.entry);
    let is_reduced = entry.is_some_and(|entry| {
        matches!((entry.claimed(), &entry.verdict), (claimed, Some(verdict))
            if verdict.points.is_some_and(|given| claimed != Counted::Points(given)))
    });
    let has_appeal = entry.is_some_and(|entry| entry.appeal.is_some());
    let awaits = entry
        .and_then(|entry| entry.appeal.as_ref())
        .is_some_and(|appeal| appeal.answer.is_none());
    let is_scored = !is_survey(&ground.component);
    May {
        score: may(Deed::Score) && !is_submitted && is_scored,
        bring: is_scored && ((may(Deed::Score) && !is_submitted) || may(Deed::Appeal)),
        appraise: may(Deed::Appraise) && is_submitted && ground.score.is_some(),
        answer: may(Deed::Answer),
        appeal: may(Deed::Appeal) && is_reduced && !has_appeal,
        settle: may(Deed::Settle) && awaits,
    }
}

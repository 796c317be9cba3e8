//! What a body says of itself, component by component, and what became of it; the whole is submitted
//! and accepted here.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::{ComponentId, RoundBodyId, RoundId, SelfScoreId};
use base::{Actor, Error, Refusal};
use editorial::Editorial;
use web::{By, Form, Frame, Page, Problems, Say, with_status};

use super::{body_address, counted, moment, points, problems, under_round};
use crate::criteria::criteria_store;
use crate::criteria::set::{Component, CriteriaSet};
use crate::rounds::entry::{Counted, Missing};
use crate::rounds::entry_store::{self, Score};
use crate::rounds::round::{Body, Round};
use crate::rounds::rules::{Deed, may};
use crate::rounds::submitting::{self, Gap};
use crate::rounds::total::{Part, Total, is_survey};
use crate::rounds::{appraising, mark_store, proof_store, question_store, round_store};

#[derive(Template)]
#[template(path = "rounds/desk/body_show.html")]
struct BodyPage {
    frame: Frame,
    problems: Problems,
    base: String,
    facts: Vec<(String, String)>,
    n_gaps: i64,
    gaps: Vec<GapRow>,
    areas: Vec<AreaTable>,
    shows_given: bool,
    may_submit: bool,
    may_take_back: bool,
    may_accept: bool,
    is_submitted: bool,
}

struct GapRow {
    href: String,
    title: String,
    missing: String,
}

struct AreaTable {
    title: String,
    rows: Vec<Row>,
}

struct Row {
    id: ComponentId,
    href: String,
    no: String,
    title: String,
    most: String,
    claimed: String,
    given: String,
    n_evidence: i64,
    marks: Vec<(&'static str, String)>,
    may_accept: bool,
}

/// The page.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path(place): Path<(RoundId, RoundBodyId)>,
) -> Page {
    page(&editorial, &by, (place, None)).await
}

/// Submits the whole.
pub async fn submit(
    State(editorial): State<Editorial>,
    by: By,
    Path(place): Path<(RoundId, RoundBodyId)>,
) -> Page {
    let done = submitting::submit(&editorial, by.actor(), place).await;
    after(&editorial, &by, place, (done, "score-submitted")).await
}

/// Takes it back.
pub async fn take_back(
    State(editorial): State<Editorial>,
    by: By,
    Path(place): Path<(RoundId, RoundBodyId)>,
) -> Page {
    let done = submitting::take_back(&editorial, by.actor(), place).await;
    after(&editorial, &by, place, (done, "score-taken-back")).await
}

/// Accepts the chosen components.
pub async fn accept(
    State(editorial): State<Editorial>,
    by: By,
    Path(place): Path<(RoundId, RoundBodyId)>,
    form: Form,
) -> Page {
    let chosen = form.all("components").iter().map(|text| text.parse());
    let chosen: Vec<ComponentId> = chosen.collect::<Result<_, Refusal>>()?;
    let done = appraising::accept(&editorial, by.actor(), place, &chosen).await;
    let done = (done.map(drop), "score-accepted");
    after(&editorial, &by, place, done).await
}

/// A file among the evidence of a body, for who may read what the body says.
pub async fn file(
    State(editorial): State<Editorial>,
    by: By,
    Path((round, body, sha256)): Path<(RoundId, RoundBodyId, String)>,
) -> Page {
    let mut read = editorial.db.read().await?;
    let round = round_store::find(&mut read, by.actor().agency, round).await?;
    let body = round_store::find_body(&mut read, round.id, body).await?;
    super::may_read(by.actor(), &round, &body)?;
    let name = proof_store::evidence_file(&mut read, body.id, &sha256).await?;
    let name = name.ok_or(Refusal::NotFound)?;
    Ok(house::files::answer(&editorial.house, &mut read, &sha256, &name).await?)
}

async fn after(
    editorial: &Editorial,
    by: &By,
    place: (RoundId, RoundBodyId),
    (done, word): (Result<(), Error>, &str),
) -> Page {
    match done {
        Ok(()) => {
            let to = format!("{}?done={word}", body_address(place.0, place.1));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(editorial, by, (place, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Everything that the page is made of.
struct Ground {
    round: Round,
    body: Body,
    set: CriteriaSet,
    scores: HashMap<ComponentId, Score>,
    counts: HashMap<SelfScoreId, i64>,
    asked: HashSet<ComponentId>,
    survey: HashMap<ComponentId, Counted>,
}

async fn ground(
    editorial: &Editorial,
    actor: &Actor,
    (round, body): (RoundId, RoundBodyId),
) -> Result<Ground, Error> {
    let mut read = editorial.db.read().await?;
    let round = round_store::find(&mut read, actor.agency, round).await?;
    let body = round_store::find_body(&mut read, round.id, body).await?;
    super::may_read(actor, &round, &body)?;
    let set = criteria_store::find(&mut read, round.agency, round.set).await?;
    let points = mark_store::survey_points(&mut read, round.id).await?;
    let own = points.into_iter().filter(|point| point.body == body.id);
    Ok(Ground {
        scores: entry_store::of_body(&mut read, body.id).await?,
        counts: proof_store::evidence_counts(&mut read, body.id).await?,
        asked: question_store::asked(&mut read, body.id)
            .await?
            .into_iter()
            .collect(),
        survey: own
            .map(|point| (point.component, Counted::Points(point.points)))
            .collect(),
        set,
        round,
        body,
    })
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (place, refusal): ((RoundId, RoundBodyId), Option<Refusal>),
) -> Page {
    let actor = by.actor();
    let ground = ground(editorial, actor, place).await?;
    let Ground { round, body, .. } = &ground;
    let frame = under_round(editorial.desk(by, "nav-rounds").await?, round);
    let frame = frame.titled(body.name.clone());
    let say = frame.say;
    let may = |deed| may(actor, deed, round.phase, (round.runner(), &body.whose));
    let is_submitted = body.submitted.is_some();
    let gaps = match is_submitted {
        true => Vec::new(),
        false => submitting::gaps_of(&ground.set, &ground.scores, &ground.counts),
    };
    let may_accept = may(Deed::Appraise) && is_submitted;
    let base = body_address(round.id, body.id);
    let (problems, status) = problems(refusal.as_ref(), &say);
    let page = BodyPage {
        facts: facts(&ground, &say),
        n_gaps: i64::try_from(gaps.len()).unwrap_or(0),
        gaps: gaps.iter().map(|gap| gap_row(gap, &base, &say)).collect(),
        areas: areas(&ground, (&base, may_accept), &say),
        shows_given: ground
            .scores
            .values()
            .any(|score| score.entry.verdict.is_some()),
        may_submit: may(Deed::Submit) && !is_submitted,
        may_take_back: may(Deed::TakeBack) && is_submitted,
        may_accept,
        is_submitted,
        base,
        problems,
        frame,
    };
    with_status(status, &page)
}

fn facts(ground: &Ground, say: &Say) -> Vec<(String, String)> {
    let part = |component: &Component, of: fn(&Score) -> Counted| {
        let score = ground.scores.get(&component.id);
        Part::new(component, score.map_or(Counted::Open, of))
    };
    let own = ground.set.components().filter(|one| !is_survey(one));
    let claimed = own.map(|one| part(one, |score| score.entry.claimed()));
    let claimed = Total::of(claimed, true);
    let given = ground.set.components().map(|one| match is_survey(one) {
        true => Part::new(
            one,
            ground.survey.get(&one.id).copied().unwrap_or(Counted::Open),
        ),
        false => part(one, |score| score.entry.given()),
    });
    let given = Total::of(given, ground.round.is_surveyed);
    let of = |total: &Total| {
        let (sum, most) = (points(total.points, say), points(total.of, say));
        say.t2("rounds-points-of", ("points", &sum), ("most", &most))
    };
    let submitted = match ground.body.submitted {
        Some((at, _)) => moment(at, say),
        None => say.t("rounds-not-yet"),
    };
    let mut facts = vec![
        (say.t("rounds-claimed"), of(&claimed)),
        (say.t("rounds-submitted-at"), submitted),
    ];
    if ground
        .scores
        .values()
        .any(|score| score.entry.verdict.is_some())
    {
        facts.insert(1, (say.t("rounds-given"), of(&given)));
        if given.is_rescaled() {
            facts.insert(2, (say.t("rounds-rescaled"), points(given.score(), say)));
        }
    }
    facts
}

fn gap_row(gap: &Gap, base: &str, say: &Say) -> GapRow {
    GapRow {
        href: format!("{base}/components/{}", gap.component),
        title: format!("{} {}", gap.no, gap.title),
        missing: missing_words(&gap.missing, say),
    }
}

/// What is missing of a component, in words.
pub(super) fn missing_words(missing: &[Missing], say: &Say) -> String {
    let words: Vec<String> = missing
        .iter()
        .map(|one| say.t(&format!("rounds-missing-{}", one.as_str())))
        .collect();
    words.join("; ")
}

fn areas(ground: &Ground, (base, may_accept): (&str, bool), say: &Say) -> Vec<AreaTable> {
    let row = |component: &Component| row(ground, component, (base, may_accept), say);
    ground
        .set
        .areas
        .iter()
        .map(|area| AreaTable {
            title: format!("{} {}", area.no, area.title),
            rows: area
                .criteria
                .iter()
                .flat_map(|criterion| &criterion.components)
                .map(row)
                .collect(),
        })
        .collect()
}

fn row(ground: &Ground, component: &Component, (base, may_accept): (&str, bool), say: &Say) -> Row {
    let score = ground.scores.get(&component.id);
    let entry = score.map(|score| &score.entry);
    let given = match is_survey(component) {
        true => ground
            .survey
            .get(&component.id)
            .copied()
            .unwrap_or(Counted::Open),
        false => entry.map_or(Counted::Open, |entry| entry.given()),
    };
    let claimed = entry.map_or(Counted::Open, |entry| entry.claimed());
    let mut marks = Vec::new();
    if is_survey(component) {
        marks.push(("not_started", say.t("rounds-mark-survey")));
    }
    if score.is_some_and(|score| score.is_by_hand && component.source.is_computed()) {
        marks.push(("at_risk", say.t("rounds-mark-by-hand")));
    }
    if ground.asked.contains(&component.id) {
        marks.push(("submitted", say.t("rounds-mark-asked")));
    }
    let is_reduced = matches!((claimed, given), (Counted::Points(a), Counted::Points(b)) if b < a);
    if is_reduced {
        marks.push(("returned", say.t("rounds-mark-reduced")));
    }
    if let Some(appeal) = entry.and_then(|entry| entry.appeal.as_ref()) {
        marks.push(match appeal.answer {
            None => ("submitted", say.t("rounds-mark-appealed")),
            Some(_) => ("done", say.t("rounds-mark-settled")),
        });
    }
    Row {
        id: component.id,
        href: format!("{base}/components/{}", component.id),
        no: component.no.clone(),
        title: component.title.clone(),
        most: points(component.max, say),
        claimed: counted(claimed, say),
        given: counted(given, say),
        n_evidence: score.map_or(0, |score| {
            ground.counts.get(&score.id).copied().unwrap_or(0)
        }),
        marks,
        may_accept: may_accept && claimed != Counted::Open && given == Counted::Open,
    }
}

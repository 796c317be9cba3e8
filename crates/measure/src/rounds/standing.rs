//! How a whole round stands: every body with its sums, from a number of statements that does not
//! grow with the bodies.

use std::collections::HashMap;

use base::id::{AgencyId, ComponentId, RoundBodyId, RoundId};
use base::{Error, Fault};
use db::Conn;

use super::entry::Counted;
use super::gate::Facts;
use super::mark_store::{self, Mark};
use super::ranking::{class_of, rank};
use super::result_store::Placed;
use super::round::{Body, Round};
use super::total::{Part, Total, is_survey};
use super::{question_store, round_store};
use crate::criteria::criteria_store;
use crate::criteria::set::{Component, CriteriaSet};

/// A round with everything that its pages count.
pub struct Standing {
    /// The round.
    pub round: Round,
    /// Its set.
    pub set: CriteriaSet,
    /// Its bodies in their order.
    pub bodies: Vec<BodyStanding>,
    n_questions: usize,
}

/// How a body stands.
pub struct BodyStanding {
    /// The body.
    pub body: Body,
    /// What it counts for itself, the components of the survey left out.
    pub claimed: Total,
    /// What is given, with the points of the survey.
    pub given: Total,
    /// Components that it has to score.
    pub n_components: usize,
    /// Of these, those that it has scored.
    pub n_scored: usize,
    /// Of these, those that are appraised.
    pub n_judged: usize,
    /// Appeals that wait for an answer.
    pub n_appeals: usize,
    /// Points of the survey that are missing.
    pub n_survey: usize,
}

/// Loads a round that an agency runs or is judged in.
///
/// # Refusals
/// Not found.
pub async fn load(conn: &mut Conn, agency: AgencyId, id: RoundId) -> Result<Standing, Error> {
    let round = round_store::find(conn, agency, id).await?;
    of_round(conn, round).await
}

/// Loads how a round stands.
///
/// # Refusals
/// Its set is not found.
pub async fn of_round(conn: &mut Conn, round: Round) -> Result<Standing, Error> {
    let set = criteria_store::find(conn, round.agency, round.set).await?;
    let bodies = round_store::bodies(conn, round.id).await?;
    let marks = by_body(mark_store::marks(conn, round.id).await?);
    let survey = survey_of(conn, &round).await?;
    let n_questions = question_store::count_open_questions(conn, round.id).await?;
    let components: Vec<&Component> = set.components().collect();
    let (no_marks, no_points) = (Marks::new(), Points::new());
    let bodies = bodies
        .into_iter()
        .map(|body| {
            let own = marks.get(&body.id).unwrap_or(&no_marks);
            let points = survey.get(&body.id).unwrap_or(&no_points);
            stand(&components, (own, points), body, round.is_surveyed)
        })
        .collect();
    Ok(Standing {
        round,
        bodies,
        n_questions: usize::try_from(n_questions).unwrap_or(0),
        set,
    })
}

type Marks = HashMap<ComponentId, Mark>;
type Points = HashMap<ComponentId, Counted>;

fn by_body(marks: Vec<Mark>) -> HashMap<RoundBodyId, Marks> {
    let mut all: HashMap<RoundBodyId, Marks> = HashMap::new();
    for mark in marks {
        all.entry(mark.body)
            .or_default()
            .insert(mark.component, mark);
    }
    all
}

async fn survey_of(conn: &mut Conn, round: &Round) -> Result<HashMap<RoundBodyId, Points>, Fault> {
    let mut all: HashMap<RoundBodyId, Points> = HashMap::new();
    if round.is_surveyed {
        for point in mark_store::survey_points(conn, round.id).await? {
            let counted = Counted::Points(point.points);
            all.entry(point.body)
                .or_default()
                .insert(point.component, counted);
        }
    }
    Ok(all)
}

fn stand(
    components: &[&Component],
    (marks, survey): (&Marks, &Points),
    body: Body,
    is_surveyed: bool,
) -> BodyStanding {
    let (mut claimed, mut given) = (Vec::new(), Vec::new());
    let mut counts = (0, 0, 0, 0, 0);
    for component in components {
        if is_survey(component) {
            let counted = survey.get(&component.id).copied().unwrap_or(Counted::Open);
            counts.4 += usize::from(is_surveyed && counted == Counted::Open);
            given.push(Part::new(component, counted));
            continue;
        }
        let mark = marks.get(&component.id);
        let is_scored = mark.is_some_and(|mark| mark.claimed != Counted::Open);
        // A bonus or penalty that nobody claims is nothing to do.
        if !component.rule.is_extra() || is_scored {
            counts.0 += 1;
            counts.1 += usize::from(is_scored);
            counts.2 += usize::from(mark.is_some_and(|mark| mark.given != Counted::Open));
        }
        counts.3 += usize::from(mark.is_some_and(|mark| mark.awaits));
        let of = |counted: fn(&Mark) -> Counted| mark.map_or(Counted::Open, counted);
        claimed.push(Part::new(component, of(|mark| mark.claimed)));
        given.push(Part::new(component, of(|mark| mark.given)));
    }
    BodyStanding {
        body,
        claimed: Total::of(claimed, true),
        given: Total::of(given, is_surveyed),
        n_components: counts.0,
        n_scored: counts.1,
        n_judged: counts.2,
        n_appeals: counts.3,
        n_survey: counts.4,
    }
}

impl Standing {
    /// How far the bodies are, for the gate between phases.
    pub fn facts(&self) -> Facts {
        let submitted = || {
            self.bodies
                .iter()
                .filter(|one| one.body.submitted.is_some())
        };
        Facts {
            n_bodies: self.bodies.len(),
            n_submitted: submitted().count(),
            n_unjudged: submitted().map(|one| one.n_components - one.n_judged).sum(),
            n_questions: self.n_questions,
            n_appeals: submitted().map(|one| one.n_appeals).sum(),
            n_survey: submitted().map(|one| one.n_survey).sum(),
        }
    }

    /// The ranking of those that submitted; the others follow without a rank, in their order.
    pub fn ranking(&self) -> Vec<Placed> {
        let (submitted, others): (Vec<_>, Vec<_>) = self
            .bodies
            .iter()
            .partition(|one| one.body.submitted.is_some());
        let scored = submitted.into_iter().map(|one| (one, one.given)).collect();
        let placed = |rank: Option<usize>, one: &BodyStanding| Placed {
            body: one.body.id,
            name: one.body.name.clone(),
            rank,
            class: rank
                .and_then(|_| class_of(&one.given, &self.round.classes))
                .unwrap_or_default()
                .to_owned(),
            total: one.given,
        };
        let ranked = rank(scored).into_iter();
        let mut all: Vec<Placed> = ranked
            .map(|(rank, one, _)| placed(Some(rank), one))
            .collect();
        all.extend(others.into_iter().map(|one| placed(None, one)));
        all
    }
}

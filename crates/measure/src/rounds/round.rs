//! A round (*đợt chấm điểm*) and the bodies that are judged in it: pure.

use base::id::{AccountId, AgencyId, CriteriaSetId, RoundBodyId, RoundId, UnitId};
use base::limits::TITLE_CHARS_MAX;
use base::{Problem, Refusal};
use jiff::civil::Date;
use web::Form;

use super::phase::{Phase, Stretch, contradictions};
use super::ranking::{Class, classes_of};
use super::rules::{BodyKind, Runner, Whose};

/// Most bodies that one round judges.
pub const BODIES_MAX: usize = 1_000;
/// Longest name of a body, in characters.
const NAME_CHARS_MAX: usize = 200;

/// The decision that ends a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its number.
    pub number: String,
    /// Its day.
    pub on: Date,
    /// Who decided.
    pub issuer: String,
    /// The signed scan, by its hash.
    pub file: String,
}

/// A round.
#[derive(Clone, Debug)]
pub struct Round {
    /// Its id.
    pub id: RoundId,
    /// The agency that runs it.
    pub agency: AgencyId,
    /// By which set.
    pub set: CriteriaSetId,
    /// The year that is judged.
    pub year: i16,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub phase: Phase,
    /// Whether a survey belongs to it; without one the rest is rescaled.
    pub is_surveyed: bool,
    /// The classes of its ranking.
    pub classes: Vec<Class>,
    /// The days of its phases, in their order, all of [`Phase::is_dated`].
    pub stretches: Vec<Stretch>,
    /// Counts its changes.
    pub version: i64,
    /// The decision, once entered.
    pub decision: Option<Decision>,
}

impl Round {
    /// Who runs it.
    pub fn runner(&self) -> Runner {
        Runner(self.agency)
    }

    /// The days of the phase it stands in.
    pub fn stretch(&self) -> Option<&Stretch> {
        self.stretches
            .iter()
            .find(|stretch| stretch.phase == self.phase)
    }

    /// The last day of a phase, if it is set.
    pub fn ends_on(&self, phase: Phase) -> Option<Date> {
        let stretch = self.stretches.iter().find(|one| one.phase == phase)?;
        stretch.to
    }
}

/// A body that is judged.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its id.
    pub id: RoundBodyId,
    /// In which round.
    pub round: RoundId,
    /// What it is, and whose people are its own.
    pub whose: Whose,
    /// What it was called on the day it was named.
    pub name: String,
    /// That day.
    pub named_on: Date,
    /// When its self-score was submitted, and by whom.
    pub submitted: Option<(i64, Option<AccountId>)>,
}

/// What is typed of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// What it is called.
    pub title: String,
    /// Whether a survey belongs to it.
    pub is_surveyed: bool,
    /// The classes.
    pub classes: Vec<Class>,
    /// The days of the phases.
    pub stretches: Vec<Stretch>,
}

/// The field of a phase's first or last day.
pub fn day_fields(phase: Phase) -> (&'static str, &'static str) {
    match phase {
        Phase::Opening => ("opening_from", "opening_to"),
        Phase::SelfScore => ("self_score_from", "self_score_to"),
        Phase::Appraisal => ("appraisal_from", "appraisal_to"),
        Phase::Appeal => ("appeal_from", "appeal_to"),
        Phase::Survey => ("survey_from", "survey_to"),
        Phase::Ranking => ("ranking_from", "ranking_to"),
        Phase::Decision | Phase::Decided => ("decision_from", "decision_to"),
    }
}

impl Details {
    /// Reads the form of a round; every problem at once.
    ///
    /// # Refusals
    /// No title, a class line that is none, days that are none or contradict each other.
    pub fn of(form: &Form) -> Result<Self, Refusal> {
        let mut check = form.check();
        let title = check.required_line("title", TITLE_CHARS_MAX);
        let stretches: Vec<Stretch> = Phase::ALL
            .into_iter()
            .filter(|phase| phase.is_dated())
            .map(|phase| {
                let (from, to) = day_fields(phase);
                let (from, to) = (check.date(from), check.date(to));
                Stretch { phase, from, to }
            })
            .collect();
        for phase in contradictions(&stretches) {
            check.add(Problem::at(day_fields(phase).1, "rounds-days-contradict"));
        }
        let classes = match classes_of(form.value("classes")) {
            Ok(classes) => classes,
            Err(Refusal::Invalid(problems)) => {
                problems.into_iter().for_each(|problem| check.add(problem));
                Vec::new()
            }
            Err(other) => return Err(other),
        };
        check.done()?;
        Ok(Self {
            title,
            is_surveyed: !form.has("survey", "none"),
            classes,
            stretches,
        })
    }
}

/// A body to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBody {
    /// What it is.
    pub whose: Whose,
    /// Its name on the day.
    pub name: String,
}

/// The outside bodies of a form, one name on each line.
///
/// # Refusals
/// A name that is too long, or stands twice.
pub fn outside_bodies(text: &str) -> Result<Vec<NewBody>, Refusal> {
    let mut problems = Vec::new();
    let mut bodies: Vec<NewBody> = Vec::new();
    for line in text.lines() {
        let name = base::text::clean_line(line);
        let is_long = name.chars().count() > NAME_CHARS_MAX;
        let is_doubled = bodies.iter().any(|body| body.name == name);
        if is_long || is_doubled {
            let key = match is_long {
                true => "rounds-name-long",
                false => "rounds-name-twice",
            };
            problems.push(Problem::at("names", key).with("name", &name));
        } else if !name.is_empty() {
            bodies.push(NewBody {
                whose: outside(),
                name,
            });
        }
    }
    match problems.is_empty() {
        true => Ok(bodies),
        false => Err(Refusal::Invalid(problems)),
    }
}

/// A body without accounts here.
pub fn outside() -> Whose {
    Whose {
        kind: BodyKind::Outside,
        agency: None,
        unit: None,
    }
}

/// An agency of this installation.
pub fn of_agency(agency: AgencyId) -> Whose {
    Whose {
        kind: BodyKind::Agency,
        agency: Some(agency),
        unit: None,
    }
}

/// A unit of the agency that runs the round.
pub fn of_unit(unit: UnitId) -> Whose {
    Whose {
        kind: BodyKind::Unit,
        agency: None,
        unit: Some(unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_form_is_answered_with_every_problem() {
        let form = Form::filled([
            ("title", String::new()),
            ("classes", "Tốt".to_owned()),
            ("self_score_from", "10/01/2024".to_owned()),
            ("self_score_to", "05/01/2024".to_owned()),
            ("appeal_to", "ngày mai".to_owned()),
        ]);
        let Err(Refusal::Invalid(problems)) = Details::of(&form) else {
            panic!("accepted")
        };
        let fields: Vec<_> = problems
            .iter()
            .filter_map(|problem| problem.field)
            .collect();
        assert_eq!(fields, ["title", "appeal_to", "self_score_to", "classes"]);
    }

    #[test]
    fn days_that_are_not_typed_are_not_made_up() {
        let form = Form::filled([("title", "Chấm điểm năm 2023".to_owned())]);
        let details = Details::of(&form).unwrap();
        assert!(
            details
                .stretches
                .iter()
                .all(|one| one.from.is_none() && one.to.is_none())
        );
        assert_eq!(details.stretches.len(), 7);
        assert!(details.is_surveyed && details.classes.is_empty());
    }

    #[test]
    fn outside_bodies_are_named_one_on_each_line_and_once() {
        let names = |text: &str| {
            outside_bodies(text).map(|all| all.into_iter().map(|one| one.name).collect::<Vec<_>>())
        };
        assert_eq!(names("Xã A\n\n  Xã   B \n").unwrap(), ["Xã A", "Xã B"]);
        assert_eq!(names("Xã A\nXã A").unwrap_err().code(), "rounds-name-twice");
    }
}

//! What must be done before a round leaves a phase: pure. Nothing is passed over in silence.

use base::{Problem, Refusal};

use super::phase::Phase;

/// How far the bodies of a round are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Bodies.
    pub n_bodies: usize,
    /// Bodies that have submitted.
    pub n_submitted: usize,
    /// Components of submitted bodies that nobody has appraised.
    pub n_unjudged: usize,
    /// Questions that are not answered.
    pub n_questions: usize,
    /// Appeals that are not answered.
    pub n_appeals: usize,
    /// Points of the survey that are missing, of submitted bodies.
    pub n_survey: usize,
}

/// Refuses to leave a phase while its work is not done.
///
/// A body that has not submitted does not hold the others up: it gets no rank, and is shown so.
///
/// # Refusals
/// One for each thing that is open.
pub fn may_leave(phase: Phase, facts: &Facts) -> Result<(), Refusal> {
    let open: &[(&'static str, usize)] = &match phase {
        Phase::Opening => [("rounds-open-bodies", usize::from(facts.n_bodies == 0))].to_vec(),
        Phase::SelfScore => {
            [("rounds-open-submitted", usize::from(facts.n_submitted == 0))].to_vec()
        }
        Phase::Appraisal => [
            ("rounds-open-unjudged", facts.n_unjudged),
            ("rounds-open-questions", facts.n_questions),
        ]
        .to_vec(),
        Phase::Appeal => [("rounds-open-appeals", facts.n_appeals)].to_vec(),
        Phase::Survey => [("rounds-open-survey", facts.n_survey)].to_vec(),
        Phase::Ranking | Phase::Decision | Phase::Decided => Vec::new(),
    };
    let problems: Vec<Problem> = open
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(key, n)| Problem::of(key).with("n", n))
        .collect();
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Refusal::Invalid(problems)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_is_not_left_while_its_work_is_open() {
        let done = Facts {
            n_bodies: 3,
            n_submitted: 2,
            ..Facts::default()
        };
        for phase in Phase::ALL {
            assert!(may_leave(phase, &done).is_ok(), "{phase:?}");
        }
        let refused = |phase, facts: Facts| match may_leave(phase, &facts) {
            Err(Refusal::Invalid(problems)) => problems.iter().map(|problem| problem.key).collect(),
            _ => Vec::new(),
        };
        let none = Facts::default();
        assert_eq!(refused(Phase::Opening, none), ["rounds-open-bodies"]);
        assert_eq!(refused(Phase::SelfScore, none), ["rounds-open-submitted"]);
        let open = Facts {
            n_unjudged: 1,
            n_questions: 2,
            n_appeals: 3,
            n_survey: 4,
            ..done
        };
        assert_eq!(
            refused(Phase::Appraisal, open),
            ["rounds-open-unjudged", "rounds-open-questions"]
        );
        assert_eq!(refused(Phase::Appeal, open), ["rounds-open-appeals"]);
        assert_eq!(refused(Phase::Survey, open), ["rounds-open-survey"]);
        assert!(refused(Phase::Ranking, open).is_empty());
    }
}

//! Points at risk (*điểm có nguy cơ mất*): what a component would lose today, why, whose it is and by
//! when: pure. All year, also before a round is open.
//!
//! A component that Loa computes loses what its rule would not give today. One that a person answers
//! loses all its points until it is answered and proved or explained. Components of the survey are
//! nobody's to mend by hand, and a bonus is no loss.

use base::id::{AccountId, ComponentId, UnitId};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::duty_store::Duty;
use super::entry::{Claim, Missing};
use super::scoring::bounds;
use super::total::is_survey;
use crate::criteria::input::Input;
use crate::criteria::rule::Way;
use crate::criteria::scored::Answer;
use crate::criteria::set::Component;

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// What is missing.
    pub what: What,
    /// Whose it is, if that is known.
    pub unit: Option<UnitId>,
    /// Who answers for it.
    pub accountable: Vec<AccountId>,
    /// By when, if a day is known.
    pub due: Option<Date>,
}

/// What is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Items of a target of the plan: the activity, how many of what, its page.
    Items {
        /// The activity.
        title: String,
        /// How many are missing, and of what; none when the plan sets no number.
        missing: Option<(i64, String)>,
        /// Where it is done, below the desk.
        path: String,
    },
    /// A line of a checklist that nothing meets yet.
    Form {
        /// The line.
        title: String,
    },
    /// Something was not sent by its day, or is not sent yet.
    Report,
    /// A figure stays below what gives all points.
    Figure,
    /// There is no figure to compute from.
    Source,
    /// A person's answer or its proof.
    Claim(Missing),
}

/// A component with points at risk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    /// The component.
    pub component: ComponentId,
    /// Its number.
    pub no: String,
    /// What it is called.
    pub title: String,
    /// What would be lost today.
    pub loss: Decimal,
    /// What it can give.
    pub most: Decimal,
    /// Why, thing by thing.
    pub lacks: Vec<Lack>,
}

/// An activity of the plan that has not reached its target.
#[derive(Clone, Debug)]
pub struct Owed {
    /// What is missing.
    pub what: What,
    /// Which unit owes it.
    pub unit: Option<UnitId>,
    /// Who answers for it.
    pub accountable: Vec<AccountId>,
    /// By when.
    pub due: Date,
}

/// What is known of a component today.
pub struct Known<'k> {
    /// What Loa computes.
    pub computed: Input,
    /// What the agency says in the open round; none before it is open.
    pub claim: Option<Claim>,
    /// Evidence that is said to prove the component itself, before a round is open.
    pub n_evidence: i64,
    /// Who answers for it.
    pub duty: Duty,
    /// The heads of that unit.
    pub heads: Vec<AccountId>,
    /// By when at the latest: the end of the self-score, if it is set.
    pub ends_on: Option<Date>,
    /// What is owed of the plan.
    pub owed: &'k [Owed],
}

/// What a component would lose today; none when it would lose nothing.
pub fn risk(component: &Component, known: &Known<'_>) -> Option<Risk> {
    if is_survey(component) || component.rule.is_extra() {
        return None;
    }
    let most = bounds(component).most;
    let (loss, whats) = match &known.claim {
        Some(claim) => of_claim(component, claim, known),
        None => before_a_round(component, known),
    };
    if loss <= Decimal::ZERO {
        return None;
    }
    let own = |what| Lack {
        what,
        unit: known.duty.unit,
        accountable: known.heads.clone(),
        due: known.duty.due_on.or(known.ends_on),
    };
    let mut lacks: Vec<Lack> = Vec::new();
    for what in whats {
        match what {
            Cause::Own(what) => lacks.push(own(what)),
            Cause::Plan => lacks.extend(known.owed.iter().map(|owed| Lack {
                what: owed.what.clone(),
                unit: owed.unit,
                accountable: owed.accountable.clone(),
                due: Some(owed.due),
            })),
        }
    }
    if lacks.is_empty() {
        lacks.push(own(What::Figure));
    }
    Some(Risk {
        component: component.id,
        no: component.no.clone(),
        title: component.title.clone(),
        loss,
        most,
        lacks,
    })
}

enum Cause {
    /// The component's own people.
    Own(What),
    /// What the plan owes.
    Plan,
}

/// Before a round is open: what Loa computes counts as it stands; what a person must answer is at
/// risk until something is kept that proves it.
fn before_a_round(component: &Component, known: &Known<'_>) -> (Decimal, Vec<Cause>) {
    let most = bounds(component).most;
    if component.source.is_computed() {
        return of_computed(component, &known.computed);
    }
    match known.n_evidence {
        0 => (most, vec![Cause::Own(What::Claim(Missing::Proof))]),
        _ => (Decimal::ZERO, Vec::new()),
    }
}

/// In a round: what is claimed counts if it is proved or explained; what nobody has saved counts as
/// it would be computed, and still has to be claimed.
fn of_claim(component: &Component, claim: &Claim, known: &Known<'_>) -> (Decimal, Vec<Cause>) {
    let most = bounds(component).most;
    let missing = claim.missing(bounds(component));
    if !missing.is_empty() {
        let mut causes: Vec<Cause> = missing
            .into_iter()
            .map(|missing| Cause::Own(What::Claim(missing)))
            .collect();
        if claim.points.is_none() && component.source.is_computed() {
            causes.extend(of_computed(component, &known.computed).1);
        }
        return (most, causes);
    }
    if claim.is_absent {
        return (Decimal::ZERO, Vec::new());
    }
    let loss = most - claim.points.unwrap_or_default();
    match component.source.is_computed() {
        true => (loss, of_computed(component, &known.computed).1),
        false => (loss, vec![Cause::Own(What::Figure)]),
    }
}

/// What a computed component loses, and what would mend it.
fn of_computed(component: &Component, input: &Input) -> (Decimal, Vec<Cause>) {
    use crate::criteria::source::Source;
    let most = bounds(component).most;
    let scored = component.score(input).first;
    if scored.answer == Answer::Missing {
        let cause = match component.source {
            Source::PlanTargets => Cause::Plan,
            _ => Cause::Own(What::Source),
        };
        return (most, vec![cause]);
    }
    let causes = match (&component.source, input, &component.rule.way) {
        (Source::PlanTargets, ..) => vec![Cause::Plan],
        (Source::Forms, Input::Checked { codes }, Way::Checklist { items, .. }) => items
            .iter()
            .filter(|item| !codes.contains(&item.code))
            .map(|item| {
                Cause::Own(What::Form {
                    title: item.title.clone(),
                })
            })
            .collect(),
        (Source::Report { .. }, ..) => vec![Cause::Own(What::Report)],
        _ => vec![Cause::Own(What::Figure)],
    };
    (most - scored.points, causes)
}

/// What all of these would lose.
pub fn loss(risks: &[Risk]) -> Decimal {
    risks.iter().map(|risk| risk.loss).sum()
}

/// The risks that touch a unit, each with what is that unit's only.
pub fn of_unit(risks: Vec<Risk>, unit: UnitId) -> Vec<Risk> {
    let own = risks.into_iter().map(|mut risk| {
        risk.lacks.retain(|lack| lack.unit == Some(unit));
        risk
    });
    own.filter(|risk| !risk.lacks.is_empty()).collect()
}

#[cfg(test)]
#[path = "risk_tests.rs"]
mod tests;

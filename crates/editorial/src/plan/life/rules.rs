//! The steps of a plan's life: who may take which, and from where. All of it is in [`TABLE`] and
//! [`may`].

use base::{Actor, Refusal, Role, Roles};
use jiff::civil::Date;

use crate::plan::plan::{Plan, PlanState};
use crate::plan::rules::refusal_of;

/// A step of a plan's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Ask every unit for its opinion.
    Ask,
    /// Answer for a unit.
    Answer,
    /// Take a remark over, or say why not.
    Resolve,
    /// End the round: who has not answered has kept silent.
    EndRound,
    /// Lay it before the director.
    Submit,
    /// Take it back from the director to write on.
    Recall,
    /// Give it back with a reason.
    GiveBack,
    /// Record its issue: number, day, signer, signed scan.
    Issue,
    /// Take a plan that was issued on paper before it came in as issued.
    Adopt,
    /// Mend number, day, signer or scan of an issue.
    Correct,
    /// Begin an amendment.
    Amend,
    /// Record the decision on an amendment: it comes into force.
    Decide,
    /// Drop an amendment: the plan stays as it was.
    Drop,
    /// Close the year with what was learnt.
    Close,
    /// Open a closed plan again.
    Reopen,
    /// Make the next year's draft of it.
    Copy,
}

const OFFICER: Roles = Roles::of(&[Role::Officer]);
const OFFICER_OR_HEAD: Roles = Roles::of(&[Role::Officer, Role::Head]);
const DIRECTOR: Roles = Roles::of(&[Role::Director]);

/// Who may record what was signed: the director, and who holds the signed paper.
pub const SIGNING: Roles = Roles::of(&[Role::Officer, Role::Director, Role::Clerk]);
const CLERKS: Roles = Roles::of(&[Role::Officer, Role::Clerk]);

use PlanState::{Closed, Draft, Issued, Opinions, Submitted};

/// Each step, who may take it, and from which states.
///
/// Beyond the table: a head answers for the own unit only (the officer enters what came on paper);
/// a plan has one open amendment at most, is decided and dropped while one is open, and is not
/// closed then; it is closed and copied once it runs. Whoever records what was signed without
/// being the director brings the signed scan (`issue`).
const TABLE: [(Step, Roles, &[PlanState]); 16] = [
    (Step::Ask, OFFICER, &[Draft]),
    (Step::Answer, OFFICER_OR_HEAD, &[Opinions]),
    (Step::Resolve, OFFICER, &[Draft, Opinions]),
    (Step::EndRound, OFFICER, &[Opinions]),
    (Step::Submit, OFFICER, &[Draft]),
    (Step::Recall, OFFICER, &[Submitted]),
    (Step::GiveBack, DIRECTOR, &[Submitted]),
    (Step::Issue, SIGNING, &[Submitted]),
    (Step::Adopt, OFFICER, &[Draft]),
    (Step::Correct, CLERKS, &[Issued]),
    (Step::Amend, OFFICER, &[Issued]),
    (Step::Decide, SIGNING, &[Issued]),
    (Step::Drop, OFFICER, &[Issued]),
    (Step::Close, OFFICER, &[Issued]),
    (Step::Reopen, OFFICER, &[Closed]),
    (Step::Copy, OFFICER, &[Issued, Closed]),
];

/// Whether the actor may take this step with the plan today.
///
/// # Refusals
/// Not found for a plan of another agency; `refusal-role`; the refusals of the plan's state
/// (`plan::rules`); `life-refusal-amending`, `life-refusal-not-amending`, `life-refusal-not-running`.
pub fn may(actor: &Actor, step: Step, plan: &Plan, today: Date) -> Result<(), Refusal> {
    if plan.agency != actor.agency {
        return Err(Refusal::NotFound);
    }
    let Some((_, roles, states)) = TABLE.iter().find(|(found, _, _)| *found == step) else {
        return Err(Refusal::Forbidden("refusal-role"));
    };
    if !actor.roles.meets(*roles) {
        return Err(Refusal::Forbidden("refusal-role"));
    }
    let state = plan.details.state;
    if !states.contains(&state) {
        return Err(Refusal::Forbidden(refusal_of(state)));
    }
    let is_over = state == Closed;
    match step {
        Step::Amend | Step::Close if plan.is_amending => {
            Err(Refusal::Forbidden("life-refusal-amending"))
        }
        Step::Decide | Step::Drop if !plan.is_amending => {
            Err(Refusal::Forbidden("life-refusal-not-amending"))
        }
        Step::Close | Step::Copy if !is_over && !plan.is_running(today) => {
            Err(Refusal::Forbidden("life-refusal-not-running"))
        }
        _ => Ok(()),
    }
}

/// Whether it is the plan's state that refuses, not the person: another state would allow the step.
pub fn is_of_state(refusal: &Refusal) -> bool {
    let Refusal::Forbidden(why) = refusal else {
        return false;
    };
    why.starts_with("plan-refusal-")
        || matches!(
            *why,
            "life-refusal-amending" | "life-refusal-not-amending" | "life-refusal-not-running"
        )
}

/// Whether the actor may answer for this unit: its head, or the officer for an answer on paper.
///
/// # Refusals
/// `life-refusal-other-unit`.
pub fn answers_for(actor: &Actor, unit: base::id::UnitId) -> Result<(), Refusal> {
    if actor.is(Role::Officer) || (actor.is(Role::Head) && actor.unit == Some(unit)) {
        Ok(())
    } else {
        Err(Refusal::Forbidden("life-refusal-other-unit"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan::{PlanDetails, PlanSource};
    use base::id::{AccountId, AgencyId, PlanId, UnitId, Uuid};
    use jiff::civil::date;

    const N: fn(u128) -> Uuid = Uuid::from_u128;
    const TODAY: Date = date(2023, 6, 1);

    fn actor(roles: &[Role], unit: Option<u128>) -> Actor {
        Actor {
            account: AccountId::from(N(1)),
            agency: AgencyId::from(N(2)),
            unit: unit.map(|n| UnitId::from(N(n))),
            name: "Lê Thu An".to_owned(),
            roles: Roles::of(roles),
        }
    }

    fn plan(state: PlanState, is_amending: bool) -> Plan {
        Plan {
            id: PlanId::from(N(3)),
            agency: AgencyId::from(N(2)),
            details: PlanDetails {
                title: "Kế hoạch".to_owned(),
                number: None,
                issued_on: Some(date(2023, 3, 3)),
                issuer: String::new(),
                year: 2023,
                state,
                is_public: false,
            },
            source: PlanSource::default(),
            is_amending,
            version: 1,
        }
    }

    /// The steps that a role may take, by the plan's state.
    fn steps(role: Role, state: PlanState, is_amending: bool) -> Vec<Step> {
        let (actor, plan) = (actor(&[role], Some(7)), plan(state, is_amending));
        let all = TABLE.iter().map(|(step, _, _)| *step);
        all.filter(|step| may(&actor, *step, &plan, TODAY).is_ok())
            .collect()
    }

    #[test]
    fn the_officer_leads_a_plan_through_its_life() {
        use Step::*;
        let of = |state, amending| steps(Role::Officer, state, amending);
        assert_eq!(of(Draft, false), [Ask, Resolve, Submit, Adopt]);
        assert_eq!(of(Opinions, false), [Answer, Resolve, EndRound]);
        assert_eq!(of(Submitted, false), [Recall, Issue]);
        assert_eq!(of(Issued, false), [Correct, Amend, Close, Copy]);
        assert_eq!(of(Issued, true), [Correct, Decide, Drop, Copy]);
        assert_eq!(of(Closed, false), [Reopen, Copy]);
        assert_eq!(of(PlanState::Amendment, false), [] as [Step; 0]);
    }

    #[test]
    fn the_director_gives_back_and_issues_and_the_clerk_records_what_was_signed() {
        assert_eq!(
            steps(Role::Director, Submitted, false),
            [Step::GiveBack, Step::Issue]
        );
        assert_eq!(steps(Role::Director, Issued, true), [Step::Decide]);
        assert_eq!(steps(Role::Clerk, Submitted, false), [Step::Issue]);
        assert_eq!(
            steps(Role::Clerk, Issued, true),
            [Step::Correct, Step::Decide]
        );
    }

    #[test]
    fn nobody_else_takes_any_step_but_a_head_who_is_asked() {
        let leaders = [Role::Officer, Role::Director, Role::Clerk];
        for role in Role::ALL.into_iter().filter(|role| !leaders.contains(role)) {
            for state in PlanState::ALL {
                for is_amending in [false, true] {
                    let found = steps(role, state, is_amending);
                    let is_asked = role == Role::Head && state == Opinions;
                    let expected: &[Step] = if is_asked { &[Step::Answer] } else { &[] };
                    assert_eq!(found, expected, "{role:?} {state:?}");
                }
            }
        }
    }

    #[test]
    fn a_head_answers_for_the_own_unit_and_the_officer_for_any() {
        let unit = |n| UnitId::from(N(n));
        let head = actor(&[Role::Head], Some(7));
        assert_eq!(answers_for(&head, unit(7)), Ok(()));
        let refused = Err(Refusal::Forbidden("life-refusal-other-unit"));
        assert_eq!(answers_for(&head, unit(8)), refused);
        assert_eq!(
            answers_for(&actor(&[Role::Writer], Some(7)), unit(7)),
            refused
        );
        assert_eq!(answers_for(&actor(&[Role::Officer], None), unit(8)), Ok(()));
    }

    #[test]
    fn each_refusal_has_its_name() {
        let officer = actor(&[Role::Officer], None);
        let why = |step, plan: &Plan| match may(&officer, step, plan, TODAY) {
            Err(Refusal::Forbidden(key)) => key,
            other => panic!("{other:?}"),
        };
        let amending = plan(Issued, true);
        assert_eq!(why(Step::Close, &amending), "life-refusal-amending");
        assert_eq!(why(Step::Amend, &amending), "life-refusal-amending");
        let running = plan(Issued, false);
        assert_eq!(why(Step::Drop, &running), "life-refusal-not-amending");
        assert_eq!(why(Step::Submit, &running), "plan-refusal-issued");
        assert_eq!(
            why(Step::Close, &plan(Submitted, false)),
            "plan-refusal-waiting"
        );
        let mut early = plan(Issued, false);
        early.details.issued_on = Some(date(2023, 6, 2));
        assert_eq!(why(Step::Close, &early), "life-refusal-not-running");
        let mut foreign = plan(Draft, false);
        foreign.agency = AgencyId::from(N(9));
        assert_eq!(
            may(&officer, Step::Submit, &foreign, TODAY),
            Err(Refusal::NotFound)
        );
    }
}

//! Who may do what with a plan. All of it is in [`TABLE`] and [`may`].

use base::id::UnitId;
use base::{Actor, Refusal, Role, Roles};

use super::activity::{Activity, PerUnit};
use super::plan::{Plan, PlanState};

/// What people do with plans, the steps of their life aside (`life::rules`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Read plans, their findings and their progress.
    See,
    /// Bring in a plan from a document.
    Import,
    /// Open the form of a plan: whether the public sees it and, while it is a draft, its head.
    EditPlan,
    /// Change what it stands on, or take the whole draft away.
    EditHead,
    /// Change its tasks and activities.
    EditContent,
    /// Settle what was found in it.
    SettleFinding,
    /// Name who answers for an activity of one's own unit, and its note.
    AnswerFor,
    /// Enter a figure with its evidence for an activity, and withdraw one.
    CountByHand,
    /// Keep the register of programmes.
    EditProgrammes,
}

/// What the deed is done to.
#[derive(Clone, Copy, Debug)]
pub enum On<'a> {
    /// The agency's plans as such.
    Plans,
    /// One plan.
    Plan(&'a Plan),
    /// One activity of a plan.
    Activity(&'a Plan, &'a Activity),
}

/// Everybody on the staff.
pub const STAFF: Roles = Roles::of(&Role::ALL);
const OFFICER: Roles = Roles::of(&[Role::Officer]);
const OFFICER_OR_HEAD: Roles = Roles::of(&[Role::Officer, Role::Head]);

use PlanState::{Amendment, Closed, Draft, Issued, Opinions, Submitted};

/// Each deed, who may do it, and in which states of the plan.
///
/// Beyond the table: a head answers only for activities that the head's own unit leads, and enters
/// figures for these and for what is asked of the own unit.
const TABLE: [(Deed, Roles, &[PlanState]); 9] = [
    (Deed::See, STAFF, &PlanState::ALL),
    (Deed::Import, OFFICER, &PlanState::ALL),
    (Deed::EditPlan, OFFICER, &[Draft, Issued, Closed]),
    (Deed::EditHead, OFFICER, &[Draft]),
    (Deed::EditContent, OFFICER, &[Draft, Amendment]),
    (
        Deed::SettleFinding,
        OFFICER,
        &[Draft, Opinions, Submitted, Issued, Amendment],
    ),
    (
        Deed::AnswerFor,
        OFFICER_OR_HEAD,
        &[Draft, Issued, Amendment],
    ),
    (
        Deed::CountByHand,
        OFFICER_OR_HEAD,
        &[Draft, Opinions, Submitted, Issued],
    ),
    (Deed::EditProgrammes, OFFICER, &PlanState::ALL),
];

/// Whether the actor may do this.
///
/// # Refusals
/// `refusal-role`, `plan-refusal-other-unit`; for the plan's state `plan-refusal-waiting`,
/// `plan-refusal-issued`, `plan-refusal-closed`, `plan-refusal-amendment`; not found for a plan of
/// another agency.
pub fn may(actor: &Actor, deed: Deed, on: On<'_>) -> Result<(), Refusal> {
    let plan = match on {
        On::Plans => None,
        On::Plan(plan) | On::Activity(plan, _) => Some(plan),
    };
    if plan.is_some_and(|plan| plan.agency != actor.agency) {
        return Err(Refusal::NotFound);
    }
    let Some((_, roles, states)) = TABLE.iter().find(|(found, _, _)| *found == deed) else {
        return Err(Refusal::Forbidden("refusal-role"));
    };
    if !actor.roles.meets(*roles) {
        return Err(Refusal::Forbidden("refusal-role"));
    }
    if matches!(deed, Deed::AnswerFor | Deed::CountByHand) && !actor.is(Role::Officer) {
        let On::Activity(_, activity) = on else {
            return Err(Refusal::Forbidden("refusal-role"));
        };
        let is_own =
            activity.details.lead_unit.is_some() && activity.details.lead_unit == actor.unit;
        let is_asked =
            deed == Deed::CountByHand && actor.unit.is_some_and(|unit| asks_of(activity, unit));
        if !is_own && !is_asked {
            return Err(Refusal::Forbidden("plan-refusal-other-unit"));
        }
    }
    match plan {
        Some(plan) if !states.contains(&plan.details.state) => {
            Err(Refusal::Forbidden(refusal_of(plan.details.state)))
        }
        _ => Ok(()),
    }
}

/// Why a plan in this state does not allow what another would.
pub fn refusal_of(state: PlanState) -> &'static str {
    match state {
        Draft => "plan-refusal-draft",
        Opinions | Submitted => "plan-refusal-waiting",
        Issued => "plan-refusal-issued",
        Closed => "plan-refusal-closed",
        Amendment => "plan-refusal-amendment",
    }
}

/// Whether an activity asks its targets of this unit for itself.
fn asks_of(activity: &Activity, unit: UnitId) -> bool {
    match activity.details.per_unit {
        PerUnit::Together => false,
        PerUnit::Involved => activity.details.supporting_units.contains(&unit),
        PerUnit::Every => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::activity::ActivityDetails;
    use crate::plan::plan::{PlanDetails, PlanSource};
    use base::id::{AccountId, ActivityId, AgencyId, PlanId, UnitId, Uuid};

    const N: fn(u128) -> Uuid = Uuid::from_u128;

    fn actor(roles: &[Role], unit: Option<u128>) -> Actor {
        Actor {
            account: AccountId::from(N(1)),
            agency: AgencyId::from(N(2)),
            unit: unit.map(|n| UnitId::from(N(n))),
            name: "Võ Hà".to_owned(),
            roles: Roles::of(roles),
        }
    }

    fn plan(agency: u128, state: PlanState) -> Plan {
        Plan {
            id: PlanId::from(N(3)),
            agency: AgencyId::from(N(agency)),
            details: PlanDetails {
                title: "Kế hoạch".to_owned(),
                number: None,
                issued_on: None,
                issuer: String::new(),
                year: 2023,
                state,
                is_public: false,
            },
            source: PlanSource::default(),
            is_amending: false,
            version: 1,
        }
    }

    fn activity(lead: u128) -> Activity {
        Activity {
            id: ActivityId::from(N(4)),
            plan: PlanId::from(N(3)),
            task: None,
            position: 1,
            details: ActivityDetails {
                lead_unit: Some(UnitId::from(N(lead))),
                ..ActivityDetails::default()
            },
            version: 1,
        }
    }

    #[test]
    fn everybody_reads_and_only_the_officer_edits() {
        let plan = plan(2, PlanState::Draft);
        for role in Role::ALL {
            let actor = actor(&[role], Some(7));
            assert_eq!(may(&actor, Deed::See, On::Plan(&plan)), Ok(()), "{role:?}");
            for deed in [Deed::Import, Deed::EditPlan, Deed::EditContent] {
                let is_allowed = may(&actor, deed, On::Plan(&plan)).is_ok();
                assert_eq!(is_allowed, role == Role::Officer, "{role:?} {deed:?}");
            }
        }
    }

    #[test]
    fn a_head_answers_for_the_own_unit_only() {
        let plan = plan(2, PlanState::Issued);
        let on =
            |actor: &Actor, lead| may(actor, Deed::AnswerFor, On::Activity(&plan, &activity(lead)));
        let head = actor(&[Role::Head], Some(7));
        assert_eq!(on(&head, 7), Ok(()));
        assert_eq!(
            on(&head, 8),
            Err(Refusal::Forbidden("plan-refusal-other-unit"))
        );
        let nowhere = actor(&[Role::Head], None);
        assert_eq!(
            on(&nowhere, 8),
            Err(Refusal::Forbidden("plan-refusal-other-unit"))
        );
        assert_eq!(on(&actor(&[Role::Officer], None), 8), Ok(()));
        assert_eq!(
            on(&actor(&[Role::Writer], Some(7)), 7),
            Err(Refusal::Forbidden("refusal-role"))
        );
    }

    #[test]
    fn a_head_enters_figures_of_the_own_unit_only() {
        let plan = plan(2, PlanState::Issued);
        let head = actor(&[Role::Head], Some(7));
        let on = |activity: &Activity| may(&head, Deed::CountByHand, On::Activity(&plan, activity));
        let other = Err(Refusal::Forbidden("plan-refusal-other-unit"));
        assert_eq!(on(&activity(7)), Ok(()));
        let mut supported = activity(8);
        supported.details.supporting_units = vec![UnitId::from(N(7))];
        assert_eq!(
            on(&supported),
            other,
            "the lead counts what is done together"
        );
        supported.details.per_unit = PerUnit::Involved;
        assert_eq!(on(&supported), Ok(()), "each unit counts its own");
        let mut every = activity(8);
        assert_eq!(on(&every), other);
        every.details.per_unit = PerUnit::Every;
        assert_eq!(on(&every), Ok(()));
        let writer = actor(&[Role::Writer], Some(7));
        let refused = may(
            &writer,
            Deed::CountByHand,
            On::Activity(&plan, &activity(7)),
        );
        assert_eq!(refused, Err(Refusal::Forbidden("refusal-role")));
    }

    #[test]
    fn the_words_of_a_plan_are_changed_in_its_draft_or_an_amendment_only() {
        let officer = actor(&[Role::Officer], None);
        let content = |state| may(&officer, Deed::EditContent, On::Plan(&plan(2, state)));
        for state in [Draft, Amendment] {
            assert_eq!(content(state), Ok(()));
        }
        for (state, why) in [
            (Opinions, "plan-refusal-waiting"),
            (Submitted, "plan-refusal-waiting"),
            (Issued, "plan-refusal-issued"),
            (Closed, "plan-refusal-closed"),
        ] {
            assert_eq!(content(state), Err(Refusal::Forbidden(why)));
        }
        let head = may(&officer, Deed::EditHead, On::Plan(&plan(2, Amendment)));
        assert_eq!(head, Err(Refusal::Forbidden("plan-refusal-amendment")));
        let running = activity(8);
        let on = |state| {
            may(
                &officer,
                Deed::AnswerFor,
                On::Activity(&plan(2, state), &running),
            )
        };
        assert_eq!(on(Issued), Ok(()));
        assert_eq!(on(Closed), Err(Refusal::Forbidden("plan-refusal-closed")));
    }

    #[test]
    fn the_plan_of_another_agency_does_not_exist() {
        let plan = plan(5, PlanState::Draft);
        for deed in [Deed::See, Deed::EditPlan, Deed::EditContent] {
            let found = may(&actor(&Role::ALL, None), deed, On::Plan(&plan));
            assert_eq!(found, Err(Refusal::NotFound));
        }
    }
}

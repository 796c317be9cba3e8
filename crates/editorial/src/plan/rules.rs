//! Who may do what with a plan. All of it is in [`TABLE`] and [`may`].

use base::id::UnitId;
use base::{Actor, Refusal, Role, Roles};

use super::activity::{Activity, PerUnit};
use super::plan::{Plan, PlanState};

/// What people do with plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Read plans, their findings and their progress.
    See,
    /// Bring in a plan from a document.
    Import,
    /// Change what a plan says of itself, also whether it runs and whether the public sees it.
    EditPlan,
    /// Change its tasks and activities, and settle its findings.
    EditContent,
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

/// Each deed, who may do it, and whether a closed plan allows it.
///
/// Beyond the table: a head answers only for activities that the head's own unit leads, and enters
/// figures for these and for what is asked of the own unit.
const TABLE: [(Deed, Roles, bool); 7] = [
    (Deed::See, STAFF, true),
    (Deed::Import, OFFICER, true),
    (Deed::EditPlan, OFFICER, true),
    (Deed::EditContent, OFFICER, false),
    (Deed::AnswerFor, OFFICER_OR_HEAD, false),
    (Deed::CountByHand, OFFICER_OR_HEAD, false),
    (Deed::EditProgrammes, OFFICER, true),
];

/// Whether the actor may do this.
///
/// # Refusals
/// `refusal-role`, `plan-refusal-other-unit`, `plan-refusal-closed`; not found for a plan of
/// another agency.
pub fn may(actor: &Actor, deed: Deed, on: On<'_>) -> Result<(), Refusal> {
    let plan = match on {
        On::Plans => None,
        On::Plan(plan) | On::Activity(plan, _) => Some(plan),
    };
    if plan.is_some_and(|plan| plan.agency != actor.agency) {
        return Err(Refusal::NotFound);
    }
    let Some((_, roles, of_closed)) = TABLE.iter().find(|(found, _, _)| *found == deed) else {
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
    if !of_closed && plan.is_some_and(|plan| plan.details.state == PlanState::Closed) {
        return Err(Refusal::Forbidden("plan-refusal-closed"));
    }
    Ok(())
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
        let plan = plan(2, PlanState::Running);
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
        let plan = plan(2, PlanState::Running);
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
        let plan = plan(2, PlanState::Running);
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
    fn a_closed_plan_may_be_opened_again_but_not_changed() {
        let plan = plan(2, PlanState::Closed);
        let officer = actor(&[Role::Officer], None);
        assert_eq!(may(&officer, Deed::EditPlan, On::Plan(&plan)), Ok(()));
        let refusal = Err(Refusal::Forbidden("plan-refusal-closed"));
        assert_eq!(may(&officer, Deed::EditContent, On::Plan(&plan)), refusal);
    }

    #[test]
    fn the_plan_of_another_agency_does_not_exist() {
        let plan = plan(5, PlanState::Running);
        for deed in [Deed::See, Deed::EditPlan, Deed::EditContent] {
            let found = may(&actor(&Role::ALL, None), deed, On::Plan(&plan));
            assert_eq!(found, Err(Refusal::NotFound));
        }
    }
}

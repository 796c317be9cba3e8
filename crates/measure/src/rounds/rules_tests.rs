//! The table of a round, cell by cell.

use base::id::{AccountId, AgencyId, UnitId, Uuid};
use base::{Actor, Role, Roles};

use super::Deed::{self, *};
use super::Phase::{self, *};
use super::{BodyKind, Runner, Whose, may, may_run};

fn agency(n: u128) -> AgencyId {
    AgencyId::from(Uuid::from_u128(n))
}

fn unit(n: u128) -> UnitId {
    UnitId::from(Uuid::from_u128(n))
}

fn actor(role: Role, at: u128, of: Option<u128>) -> Actor {
    Actor {
        account: AccountId::from(Uuid::from_u128(9)),
        agency: agency(at),
        unit: of.map(unit),
        name: "Trần Thị Minh".to_owned(),
        roles: Roles::of(&[role]),
    }
}

const DEEDS: [Deed; 14] = [
    LayOut,
    Date,
    Advance,
    GoBack,
    Score,
    Submit,
    TakeBack,
    Appraise,
    Ask,
    Answer,
    Deed::Appeal,
    Settle,
    Deed::Survey,
    Decide,
];

/// Every deed that somebody may do in a phase, in the order of [`DEEDS`].
fn deeds(who: &Actor, phase: Phase, body: &Whose) -> Vec<Deed> {
    let runner = Runner(agency(1));
    DEEDS
        .into_iter()
        .filter(|deed| may(who, *deed, phase, (runner, body)))
        .collect()
}

const OTHER_AGENCY: u128 = 2;

fn judged_agency() -> Whose {
    Whose {
        kind: BodyKind::Agency,
        agency: Some(agency(OTHER_AGENCY)),
        unit: None,
    }
}

#[test]
fn the_people_of_a_judged_agency_do_their_part_in_their_phases_only() {
    let body = judged_agency();
    let none: [Deed; 0] = [];
    for phase in Phase::ALL {
        let of = |role| deeds(&actor(role, OTHER_AGENCY, None), phase, &body);
        let (officer, head, director) = match phase {
            SelfScore => (vec![Score], vec![Score], vec![Submit, TakeBack]),
            Appraisal => (vec![Answer], vec![Answer], vec![Answer]),
            Phase::Appeal => (vec![Deed::Appeal], vec![Deed::Appeal], vec![Deed::Appeal]),
            Opening | Phase::Survey | Ranking | Decision | Decided => (vec![], vec![], vec![]),
        };
        assert_eq!(of(Role::Officer), officer, "{phase:?}");
        assert_eq!(of(Role::Head), head, "{phase:?}");
        assert_eq!(of(Role::Director), director, "{phase:?}");
        for role in [
            Role::Appraiser,
            Role::Clerk,
            Role::Writer,
            Role::Editor,
            Role::Approver,
            Role::FeedbackHandler,
            Role::Administrator,
        ] {
            assert_eq!(of(role), none, "{phase:?} {role:?}");
        }
    }
}

#[test]
fn those_who_run_the_round_never_score_for_an_agency_and_never_appeal() {
    let body = judged_agency();
    for phase in Phase::ALL {
        let of = |role| deeds(&actor(role, 1, None), phase, &body);
        let (officer, director, appraiser, clerk) = match phase {
            Opening => (
                vec![LayOut, Date, Advance],
                vec![LayOut, Date, Advance],
                vec![],
                vec![],
            ),
            SelfScore | Ranking => (
                vec![Date, Advance],
                vec![Date, Advance, GoBack],
                vec![],
                vec![],
            ),
            Appraisal => (
                vec![Date, Advance],
                vec![Date, Advance, GoBack],
                vec![Appraise, Ask],
                vec![],
            ),
            Phase::Appeal => (
                vec![Date, Advance],
                vec![Date, Advance, GoBack, Settle],
                vec![Settle],
                vec![],
            ),
            Phase::Survey => (
                vec![Date, Advance, Deed::Survey],
                vec![Date, Advance, GoBack],
                vec![],
                vec![],
            ),
            Decision => (vec![Date], vec![Date, GoBack], vec![], vec![Decide]),
            Decided => (vec![], vec![], vec![], vec![]),
        };
        assert_eq!(of(Role::Officer), officer, "{phase:?}");
        assert_eq!(of(Role::Director), director, "{phase:?}");
        assert_eq!(of(Role::Appraiser), appraiser, "{phase:?}");
        assert_eq!(of(Role::Clerk), clerk, "{phase:?}");
        let none: [Deed; 0] = [];
        for role in [
            Role::Head,
            Role::Writer,
            Role::Editor,
            Role::Approver,
            Role::FeedbackHandler,
            Role::Administrator,
        ] {
            assert_eq!(of(role), none, "{phase:?} {role:?}");
        }
    }
}

#[test]
fn an_agency_that_judges_itself_leaves_appeals_to_the_appraiser() {
    let body = Whose {
        kind: BodyKind::Agency,
        agency: Some(agency(1)),
        unit: None,
    };
    let of = |role| deeds(&actor(role, 1, None), Phase::Appeal, &body);
    assert!(!of(Role::Director).contains(&Settle));
    assert!(of(Role::Director).contains(&Deed::Appeal));
    assert_eq!(of(Role::Appraiser), [Settle]);
}

#[test]
fn a_unit_is_scored_and_submitted_by_its_own_head() {
    let body = Whose {
        kind: BodyKind::Unit,
        agency: None,
        unit: Some(unit(7)),
    };
    let own = deeds(&actor(Role::Head, 1, Some(7)), SelfScore, &body);
    assert_eq!(own, [Score, Submit, TakeBack]);
    let none: [Deed; 0] = [];
    assert_eq!(
        deeds(&actor(Role::Head, 1, Some(8)), SelfScore, &body),
        none
    );
    assert_eq!(deeds(&actor(Role::Head, 1, None), SelfScore, &body), none);
    assert_eq!(
        deeds(&actor(Role::Head, OTHER_AGENCY, Some(7)), SelfScore, &body),
        none
    );
    // The director of the agency is not of the unit: takes the round back, answers its appeals.
    assert_eq!(
        deeds(&actor(Role::Director, 1, None), SelfScore, &body),
        [Date, Advance, GoBack]
    );
    assert!(deeds(&actor(Role::Director, 1, None), Phase::Appeal, &body).contains(&Settle));
}

#[test]
fn for_an_outside_body_those_who_run_the_round_enter() {
    let body = Whose {
        kind: BodyKind::Outside,
        agency: None,
        unit: None,
    };
    let of = |role, phase| deeds(&actor(role, 1, None), phase, &body);
    assert_eq!(of(Role::Officer, SelfScore), [Date, Advance, Score]);
    assert_eq!(
        of(Role::Director, SelfScore),
        [Date, Advance, GoBack, Submit, TakeBack]
    );
    assert!(of(Role::Director, Phase::Appeal).contains(&Settle));
    let none: [Deed; 0] = [];
    assert_eq!(
        deeds(&actor(Role::Officer, OTHER_AGENCY, None), SelfScore, &body),
        none
    );
}

#[test]
fn a_stranger_does_nothing_in_any_phase() {
    let none: [Deed; 0] = [];
    for phase in Phase::ALL {
        for role in Role::ALL {
            let stranger = actor(role, 77, Some(7));
            assert_eq!(
                deeds(&stranger, phase, &judged_agency()),
                none,
                "{phase:?} {role:?}"
            );
            for deed in DEEDS {
                assert!(!may_run(&stranger, deed, phase, Runner(agency(1))));
            }
        }
    }
}

#[test]
fn a_phase_says_whose_turn_it_is() {
    use super::waits_for;
    assert_eq!(waits_for(Appraisal), [Role::Appraiser]);
    assert_eq!(waits_for(Decision), [Role::Clerk]);
    assert_eq!(
        waits_for(SelfScore),
        [Role::Officer, Role::Head, Role::Director]
    );
    assert!(waits_for(Decided).is_empty());
    assert!(
        Phase::ALL
            .iter()
            .filter(|phase| waits_for(**phase).is_empty())
            .eq([&Decided])
    );
    assert_eq!(Phase::ALL.first().copied().unwrap(), Opening);
}

//! What is at risk today, and why.

use base::id::Uuid;
use jiff::civil::date;

use super::*;
use crate::criteria::rule::Rule;
use crate::criteria::source::Source;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Xuân Lộc 4.1: all of the plan gives one point, from 90 % pro rata, below nothing.
fn of_plan() -> Component {
    let mut component = Component::new("4.1", "Mức độ thực hiện kế hoạch", Decimal::ONE);
    component.source = Source::PlanTargets;
    component.rule = Rule::of(Way::Proportion {
        max: Decimal::ONE,
        floor: Some(Decimal::from(90)),
        cap: Decimal::ONE_HUNDRED,
    });
    component
}

fn by_hand() -> Component {
    Component::new("4.2", "Ban hành kế hoạch", d("0.5"))
}

fn unit(n: u128) -> UnitId {
    UnitId::from(Uuid::from_u128(n))
}

fn known(owed: &[Owed]) -> Known<'_> {
    Known {
        computed: Input::Nothing,
        claim: None,
        n_evidence: 0,
        duty: Duty {
            unit: Some(unit(1)),
            due_on: None,
        },
        heads: Vec::new(),
        ends_on: Some(date(2024, 1, 15)),
        owed,
    }
}

fn owed() -> Vec<Owed> {
    vec![Owed {
        what: What::Items {
            title: "Đăng tin trên cổng".to_owned(),
            missing: Some((1, "tin".to_owned())),
            path: "/plans/x".to_owned(),
        },
        unit: Some(unit(2)),
        accountable: Vec::new(),
        due: date(2023, 6, 30),
    }]
}

#[test]
fn four_of_five_targets_would_lose_the_whole_point_and_the_missing_one_is_named() {
    let owed = owed();
    let known = Known {
        computed: Input::Figures {
            part: Decimal::from(4),
            whole: Decimal::from(5),
        },
        ..known(&owed)
    };
    let risk = risk(&of_plan(), &known).unwrap();
    assert_eq!((risk.loss, risk.most), (Decimal::ONE, Decimal::ONE));
    assert_eq!(risk.lacks[0].unit, Some(unit(2)));
    assert_eq!(risk.lacks[0].due, Some(date(2023, 6, 30)));
    assert!(matches!(
        &risk.lacks[0].what,
        What::Items {
            missing: Some((1, _)),
            ..
        }
    ));
}

#[test]
fn what_is_reached_is_not_at_risk() {
    let known = Known {
        computed: Input::Figures {
            part: Decimal::from(5),
            whole: Decimal::from(5),
        },
        ..known(&[])
    };
    assert_eq!(risk(&of_plan(), &known), None);
}

#[test]
fn what_a_person_answers_is_at_risk_until_it_is_proved() {
    let bare = risk(&by_hand(), &known(&[])).unwrap();
    assert_eq!(bare.loss, d("0.5"));
    assert_eq!(bare.lacks[0].what, What::Claim(Missing::Proof));
    // Nothing says by when but the end of the self-score; the unit's own day goes before it.
    assert_eq!(bare.lacks[0].due, Some(date(2024, 1, 15)));
    let proved = Known {
        n_evidence: 1,
        ..known(&[])
    };
    assert_eq!(risk(&by_hand(), &proved), None);
}

#[test]
fn in_a_round_a_claim_without_proof_is_worth_nothing() {
    let claimed = |n_evidence| Known {
        claim: Some(Claim {
            points: Some(d("0.5")),
            n_evidence,
            ..Claim::default()
        }),
        ..known(&[])
    };
    assert_eq!(risk(&by_hand(), &claimed(0)).unwrap().loss, d("0.5"));
    assert_eq!(risk(&by_hand(), &claimed(1)), None);
}

#[test]
fn a_head_sees_what_is_the_own_unit_s_only() {
    let owed = owed();
    let risks = vec![
        risk(&of_plan(), &known(&owed)).unwrap(),
        risk(&by_hand(), &known(&owed)).unwrap(),
    ];
    assert_eq!(loss(&risks), d("1.5"));
    let own = of_unit(risks.clone(), unit(1));
    assert_eq!(
        own.iter().map(|risk| risk.no.as_str()).collect::<Vec<_>>(),
        ["4.2"]
    );
    assert_eq!(of_unit(risks, unit(2)).len(), 1);
}

#[test]
fn the_survey_and_a_bonus_are_nobody_s_risk() {
    let mut survey = by_hand();
    survey.rule = Rule::of(Way::Survey {
        max: Decimal::ONE,
        options: Vec::new(),
    });
    let mut bonus = by_hand();
    bonus.rule = Rule::of(Way::Bonus {
        each: Decimal::ONE,
        max: Decimal::ONE,
    });
    assert_eq!(risk(&survey, &known(&[])), None);
    assert_eq!(risk(&bonus, &known(&[])), None);
}

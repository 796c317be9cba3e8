//! Each way of scoring in tables of cases, and what holds for all of them.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::exact::dec;
use super::*;

fn figures(part: &str, whole: &str) -> Input {
    Input::Figures {
        part: dec(part),
        whole: dec(whole),
    }
}

fn given(way: Way, input: &Input) -> Decimal {
    Rule::of(way).score(input).points
}

fn proportion(floor: Option<&str>, cap: &str) -> Way {
    Way::Proportion {
        max: dec("1"),
        floor: floor.map(dec),
        cap: dec(cap),
    }
}

fn item(code: &str, points: &str) -> CheckItem {
    CheckItem {
        code: code.to_owned(),
        title: code.to_owned(),
        points: dec(points),
        kinds: Vec::new(),
    }
}

fn option(code: &str, weight: &str) -> SurveyOption {
    SurveyOption {
        code: code.to_owned(),
        title: code.to_owned(),
        weight: dec(weight),
    }
}

#[test]
fn a_proportion_has_a_floor_and_a_cap() {
    for (part, whole, points) in [
        ("5", "5", "1"),
        ("6", "5", "1"),
        ("9", "10", "0.9"),
        ("899999", "1000000", "0"),
        ("4", "5", "0"),
        ("0", "5", "0"),
        ("0", "0", "0"),
        ("19", "21", "0.9"),
        ("195", "200", "0.98"),
    ] {
        let found = given(proportion(Some("90"), "100"), &figures(part, whole));
        assert_eq!(found, dec(points), "{part}/{whole}");
    }
    assert_eq!(
        given(proportion(None, "100"), &figures("4", "5")),
        dec("0.8")
    );
    assert_eq!(
        given(proportion(None, "80"), &figures("4", "10")),
        dec("0.5")
    );
}

#[test]
fn steps_give_the_points_of_the_highest_rung_that_is_reached() {
    let rung = |at: &str, points: &str| Rung {
        at_least: dec(at),
        points: dec(points),
    };
    let way = Way::Steps {
        rungs: vec![rung("80", "0.5"), rung("100", "1")],
        otherwise: dec("0"),
    };
    for (part, points) in [
        ("10", "1"),
        ("11", "1"),
        ("9", "0.5"),
        ("8", "0.5"),
        ("7", "0"),
    ] {
        let found = given(way.clone(), &figures(part, "10"));
        assert_eq!(found, dec(points), "{part}/10");
    }
}

#[test]
fn a_ratio_runs_on_a_line_also_when_less_is_better() {
    let ratio = |zero: &str, full: &str| Way::Ratio {
        max: dec("2"),
        part: "hồ sơ".into(),
        whole: "tất cả".into(),
        zero_at: dec(zero),
        full_at: dec(full),
    };
    for (part, points) in [
        ("95", "2"),
        ("100", "2"),
        ("87.5", "1"),
        ("80", "0"),
        ("1", "0"),
    ] {
        assert_eq!(
            given(ratio("80", "95"), &figures(part, "100")),
            dec(points),
            "{part}"
        );
    }
    for (part, points) in [("0", "2"), ("5", "1"), ("10", "0"), ("50", "0")] {
        assert_eq!(
            given(ratio("10", "0"), &figures(part, "100")),
            dec(points),
            "{part}"
        );
    }
}

#[test]
fn a_checklist_adds_what_is_met_and_no_more_than_its_maximum() {
    let way = |max: &str| Way::Checklist {
        items: vec![item("a", "0.25"), item("b", "0.25"), item("c", "0.5")],
        max: dec(max),
    };
    let ticked = |codes: &[&str]| Input::Checked {
        codes: codes.iter().map(|code| (*code).to_owned()).collect(),
    };
    assert_eq!(given(way("1"), &ticked(&["a", "c"])), dec("0.75"));
    assert_eq!(given(way("1"), &ticked(&["a", "a", "x"])), dec("0.25"));
    assert_eq!(given(way("0.5"), &ticked(&["a", "b", "c"])), dec("0.5"));
    assert_eq!(given(way("1"), &ticked(&[])), dec("0"));
}

#[test]
fn something_due_is_on_time_late_or_missing() {
    let way = |late_days| Way::OnTime {
        full: dec("1"),
        late: dec("0.5"),
        late_days,
    };
    let sent = |on: Option<Date>| Input::Sent {
        due: date(2023, 12, 20),
        sent: on,
    };
    let on = |day| sent(Some(date(2023, 12, day)));
    assert_eq!(given(way(None), &on(20)), dec("1"));
    assert_eq!(given(way(None), &on(21)), dec("0.5"));
    assert_eq!(given(way(Some(5)), &on(25)), dec("0.5"));
    assert_eq!(given(way(Some(5)), &on(26)), dec("0"));
    assert_eq!(given(way(None), &sent(None)), dec("0"));
}

#[test]
fn a_survey_weighs_its_answers() {
    // The weights of the system of Yên Bái.
    let way = Way::Survey {
        max: dec("2"),
        options: vec![
            option("A", "100"),
            option("B", "60"),
            option("C", "20"),
            option("D", "0"),
        ],
    };
    let answers = |counts: [u32; 4]| Input::Answers {
        counts: ["A", "B", "C", "D"]
            .iter()
            .zip(counts)
            .map(|(option, n)| AnswerCount {
                option: (*option).to_owned(),
                n,
            })
            .collect(),
    };
    assert_eq!(given(way.clone(), &answers([10, 0, 0, 0])), dec("2"));
    assert_eq!(given(way.clone(), &answers([1, 1, 1, 1])), dec("0.9"));
    assert_eq!(given(way.clone(), &answers([1, 1, 1, 0])), dec("1.2"));
    assert_eq!(given(way, &answers([0, 0, 0, 0])), dec("0"));
}

#[test]
fn bonus_and_penalty_stand_outside_what_could_be_reached() {
    let (each, max) = (dec("0.5"), dec("1"));
    let bonus = Rule::of(Way::Bonus { each, max }).score(&Input::Times { n: 3 });
    assert_eq!((bonus.points, bonus.max), (dec("1"), dec("0")));
    let penalty = Rule::of(Way::Penalty { each, max }).score(&Input::Times { n: 1 });
    assert_eq!((penalty.points, penalty.max), (dec("-0.5"), dec("0")));
    let penalty = Rule::of(Way::Penalty { each, max }).score(&Input::Times { n: 9 });
    assert_eq!(penalty.points, dec("-1"));
}

#[test]
fn without_occasion_both_practices_are_known() {
    let rule = |no_occasion| Rule {
        way: proportion(None, "100"),
        no_occasion,
    };
    let scored = |practice| {
        let scored = rule(practice).score(&Input::NoOccasion);
        (scored.points, scored.max, scored.answer)
    };
    let (one, zero) = (dec("1"), dec("0"));
    assert_eq!(
        scored(NoOccasion::FullPoints),
        (one, one, Answer::NoOccasion)
    );
    assert_eq!(
        scored(NoOccasion::LeftOut),
        (zero, zero, Answer::NoOccasion)
    );
    assert_eq!(scored(NoOccasion::NotTaken), (zero, one, Answer::Missing));
    let all = [
        rule(NoOccasion::LeftOut).score(&Input::NoOccasion),
        rule(NoOccasion::LeftOut).score(&figures("4", "5")),
    ];
    let total = Total::of(&all);
    assert_eq!((total.points, total.max), (dec("0.8"), one));
    assert_eq!(total.rescaled(dec("2")), Some(dec("1.6")));
    assert_eq!(Total::default().rescaled(one), None);
}

#[test]
fn an_answer_of_another_kind_is_no_answer() {
    let scored = Rule::of(proportion(None, "100")).score(&Input::Answered { yes: true });
    assert_eq!((scored.points, scored.answer), (dec("0"), Answer::Missing));
}

#[test]
fn points_are_kept_within_what_the_table_states() {
    let mut component = Component::new("1", "Một", dec("0.5"));
    component.rule = Rule::of(proportion(None, "100"));
    let scored = component.score(&figures("1", "1")).first;
    assert_eq!((scored.points, scored.max), (dec("0.5"), dec("0.5")));
    assert_eq!(
        scored.working.last().map(|step| step.key),
        Some("criteria-work-stated-max")
    );
}

#[test]
fn a_rule_comes_back_from_its_json() {
    for word in rule::WAYS {
        let rule = some_rule(word);
        let text = serde_json::to_string(&rule).unwrap();
        assert_eq!(serde_json::from_str::<Rule>(&text).unwrap(), rule, "{text}");
        assert_eq!(rule.way.as_str(), word);
    }
    assert!(serde_json::from_str::<Rule>(r#"{"way":"bonus","each":0.1,"max":"1"}"#).is_err());
}

fn some_rule(word: &str) -> Rule {
    let (one, half) = (dec("1"), dec("0.5"));
    let way = match word {
        "steps" => Way::Steps {
            rungs: vec![Rung {
                at_least: dec("80"),
                points: one,
            }],
            otherwise: half,
        },
        "proportion" => proportion(Some("90"), "100"),
        "checklist" => Way::Checklist {
            items: vec![item("a", "0.5")],
            max: one,
        },
        "yes_no" => Way::YesNo { yes: one, no: half },
        "on_time" => Way::OnTime {
            full: one,
            late: half,
            late_days: Some(5),
        },
        "ratio" => Way::Ratio {
            max: one,
            part: "a".into(),
            whole: "b".into(),
            zero_at: half,
            full_at: one,
        },
        "survey" => Way::Survey {
            max: one,
            options: vec![option("A", "100")],
        },
        "bonus" => Way::Bonus {
            each: half,
            max: one,
        },
        _ => Way::Penalty {
            each: half,
            max: one,
        },
    };
    Rule {
        way,
        no_occasion: NoOccasion::LeftOut,
    }
}

prop_compose! {
    fn some_points()(hundredths in 0i64..=10_000) -> Decimal { Decimal::new(hundredths, 2) }
}

prop_compose! {
    fn some_share()(tenths in 0i64..=1_500) -> Decimal { Decimal::new(tenths, 1) }
}

fn some_way() -> impl Strategy<Value = Way> {
    let codes = prop::sample::subsequence(vec!["a", "b", "c", "d"], 0..=4);
    let rungs = prop::collection::vec((some_share(), some_points()), 0..5);
    prop_oneof![
        (rungs, some_points()).prop_map(|(rungs, otherwise)| Way::Steps {
            rungs: rungs
                .into_iter()
                .map(|(at_least, points)| Rung { at_least, points })
                .collect(),
            otherwise,
        }),
        (some_points(), prop::option::of(some_share()), some_share())
            .prop_map(|(max, floor, cap)| Way::Proportion { max, floor, cap }),
        (codes, some_points(), some_points()).prop_map(|(codes, each, max)| Way::Checklist {
            items: codes
                .into_iter()
                .map(|code| CheckItem {
                    points: each,
                    ..item(code, "0")
                })
                .collect(),
            max,
        }),
        (some_points(), some_points()).prop_map(|(yes, no)| Way::YesNo { yes, no }),
        (some_points(), some_points(), prop::option::of(0u32..400)).prop_map(
            |(full, late, late_days)| Way::OnTime {
                full,
                late,
                late_days
            }
        ),
        (some_points(), some_share(), some_share()).prop_map(|(max, zero_at, full_at)| {
            Way::Ratio {
                max,
                part: "a".into(),
                whole: "b".into(),
                zero_at,
                full_at,
            }
        }),
        (some_points(), some_share()).prop_map(|(max, weight)| Way::Survey {
            max,
            options: vec![SurveyOption {
                weight,
                ..option("a", "0")
            }],
        }),
        (some_points(), some_points()).prop_map(|(each, max)| Way::Bonus { each, max }),
        (some_points(), some_points()).prop_map(|(each, max)| Way::Penalty { each, max }),
    ]
}

fn some_input() -> impl Strategy<Value = Input> {
    let codes = prop::sample::subsequence(vec!["a", "b", "c", "d"], 0..=4);
    let day = (0i32..700).prop_map(|days| {
        let first = date(2023, 1, 1);
        first
            .checked_add(jiff::Span::new().days(days))
            .unwrap_or(first)
    });
    prop_oneof![
        Just(Input::Nothing),
        Just(Input::NoOccasion),
        (-5i64..2_000, -5i64..2_000).prop_map(|(part, whole)| Input::Figures {
            part: Decimal::new(part, 1),
            whole: Decimal::new(whole, 1),
        }),
        (any::<i64>(), any::<i64>()).prop_map(|(part, whole)| Input::Figures {
            part: Decimal::from(part),
            whole: Decimal::from(whole),
        }),
        codes.prop_map(|codes| Input::Checked {
            codes: codes.into_iter().map(str::to_owned).collect(),
        }),
        any::<bool>().prop_map(|yes| Input::Answered { yes }),
        (day.clone(), prop::option::of(day)).prop_map(|(due, sent)| Input::Sent { due, sent }),
        any::<u32>().prop_map(|n| Input::Answers {
            counts: vec![AnswerCount {
                option: "a".into(),
                n,
            }],
        }),
        any::<u32>().prop_map(|n| Input::Times { n }),
    ]
}

fn some_scores() -> impl Strategy<Value = Vec<Scored>> {
    prop::collection::vec((some_way(), some_input()), 0..12).prop_map(|pairs| {
        let score = |(way, input): (Way, Input)| Rule::of(way).score(&input);
        pairs.into_iter().map(score).collect()
    })
}

proptest! {
    #[test]
    fn points_lie_between_zero_and_the_maximum(way in some_way(), input in some_input(), stated in some_points()) {
        let rule = Rule::of(way);
        let scored = rule.score(&input);
        let (least, most) = rule.range();
        prop_assert!(least <= scored.points && scored.points <= most);
        let is_penalty = rule.way.as_str() == "penalty";
        prop_assert!(scored.points >= Decimal::ZERO || is_penalty);
        prop_assert!(scored.points.normalize().scale() <= 2);
        let mut component = Component::new("1", "Một", stated);
        component.rule = rule;
        let by_table = component.score(&input).first;
        prop_assert!(component.rule.is_extra() || by_table.points <= stated);
        prop_assert!(component.rule.is_extra() || by_table.points <= by_table.max);
    }

    #[test]
    fn any_order_of_components_gives_the_same_total(scores in some_scores(), turn in 0usize..12) {
        let total = Total::of(&scores);
        let mut turned = scores.clone();
        turned.reverse();
        let len = turned.len().max(1);
        turned.rotate_left(turn % len);
        prop_assert_eq!(Total::of(&turned), total);
    }

    #[test]
    fn what_is_shown_adds_up_to_the_total_that_is_shown(scores in some_scores()) {
        let shown: Decimal = scores.iter().map(|scored| exact::rounded(scored.points)).sum();
        prop_assert_eq!(shown, exact::rounded(Total::of(&scores).points));
    }
}

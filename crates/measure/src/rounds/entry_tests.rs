//! Claims, verdicts and appeals, act by act and in any order.

use base::id::{AccountId, Uuid};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::criteria::rule::NoOccasion;
use crate::rounds::total::{Part, Total};

fn who(n: u128) -> AccountId {
    AccountId::from(Uuid::from_u128(n))
}

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

const OFFICER: u128 = 1;
const APPRAISER: u128 = 2;

fn bounds(most: &str) -> Bounds {
    Bounds {
        least: Decimal::ZERO,
        most: d(most),
    }
}

fn claimed(points: &str) -> Entry {
    Entry {
        claim: Claim {
            points: Some(d(points)),
            n_evidence: 1,
            saved_by: Some(who(OFFICER)),
            ..Claim::default()
        },
        ..Entry::default()
    }
}

fn because() -> String {
    "Thiếu biên bản hội nghị.".to_owned()
}

#[test]
fn nothing_is_submitted_without_evidence_or_an_explanation() {
    let claim = |n_evidence, explanation: &str| Claim {
        points: Some(d("0.5")),
        n_evidence,
        explanation: explanation.to_owned(),
        ..Claim::default()
    };
    let missing = |claim: Claim| claim.missing(bounds("1"));
    assert_eq!(missing(claim(0, "")), [Missing::Proof]);
    assert!(missing(claim(1, "")).is_empty() && missing(claim(0, "Chưa có.")).is_empty());
    assert_eq!(missing(Claim::default()), [Missing::Score, Missing::Proof]);
    // That no occasion arose must be explained or proved too.
    let absent = Claim {
        is_absent: true,
        ..Claim::default()
    };
    assert_eq!(missing(absent), [Missing::Proof]);
    let unread = Claim {
        lacks_reading: true,
        ..claim(1, "")
    };
    assert_eq!(missing(unread), [Missing::Reading]);
    let beyond = Claim {
        points: Some(d("1.01")),
        ..claim(1, "")
    };
    assert_eq!(missing(beyond), [Missing::Bounds]);
}

#[test]
fn a_verdict_accepts_or_gives_less_with_a_reason() {
    let mut entry = claimed("0.8");
    entry.accept(who(APPRAISER)).unwrap();
    assert_eq!(entry.given(), Counted::Points(d("0.8")));
    let reduce = |points: &str, reason: String| {
        claimed("0.8").reduce(who(APPRAISER), (d(points), reason), bounds("1"))
    };
    assert!(reduce("0.5", because()).is_ok());
    assert_eq!(
        reduce("0.8", because()).unwrap_err().code(),
        "rounds-not-less"
    );
    assert_eq!(
        reduce("0.9", because()).unwrap_err().code(),
        "rounds-not-less"
    );
    assert_eq!(
        reduce("-0.1", because()).unwrap_err().code(),
        "rounds-not-less"
    );
    assert_eq!(
        reduce("0.5", String::new()).unwrap_err().code(),
        "field-required"
    );
    assert_eq!(
        Entry::default().accept(who(APPRAISER)).unwrap_err().code(),
        "rounds-nothing-claimed"
    );
}

#[test]
fn who_claimed_it_does_not_appraise_it_and_who_appealed_does_not_answer() {
    let mut entry = claimed("1");
    assert_eq!(
        entry.accept(who(OFFICER)).unwrap_err().code(),
        "rounds-own-score"
    );
    entry
        .reduce(who(APPRAISER), (d("0.5"), because()), bounds("1"))
        .unwrap();
    entry
        .make_appeal(who(OFFICER), (d("1"), because()), bounds("1"))
        .unwrap();
    let answer = (d("1"), because());
    assert_eq!(
        entry
            .settle(who(OFFICER), answer.clone())
            .unwrap_err()
            .code(),
        "rounds-own-appeal"
    );
    entry.settle(who(APPRAISER), answer.clone()).unwrap();
    assert_eq!(entry.given(), Counted::Points(d("1")));
    assert_eq!(
        entry.settle(who(APPRAISER), answer).unwrap_err().code(),
        "rounds-no-appeal"
    );
}

#[test]
fn an_appeal_is_made_once_against_what_was_reduced() {
    let mut entry = claimed("1");
    let ask = |entry: &mut Entry, asked: &str| {
        entry.make_appeal(who(OFFICER), (d(asked), because()), bounds("1"))
    };
    assert_eq!(
        ask(&mut entry, "1").unwrap_err().code(),
        "rounds-nothing-reduced"
    );
    entry.accept(who(APPRAISER)).unwrap();
    assert_eq!(
        ask(&mut entry, "1").unwrap_err().code(),
        "rounds-nothing-reduced"
    );
    entry
        .reduce(who(APPRAISER), (d("0.5"), because()), bounds("1"))
        .unwrap();
    assert_eq!(
        ask(&mut entry, "0.5").unwrap_err().code(),
        "rounds-asked-not-more"
    );
    assert_eq!(
        ask(&mut entry, "1.5").unwrap_err().code(),
        "rounds-asked-not-more"
    );
    ask(&mut entry, "0.75").unwrap();
    assert_eq!(
        ask(&mut entry, "1").unwrap_err().code(),
        "rounds-appeal-stands"
    );
    assert_eq!(
        entry.accept(who(APPRAISER)).unwrap_err().code(),
        "rounds-appeal-stands"
    );
    let beyond = entry.settle(who(APPRAISER), (d("0.8"), because()));
    assert_eq!(beyond.unwrap_err().code(), "rounds-settled-between");
}

/// What may be tried on a component; most of it is refused at most moments.
#[derive(Clone, Debug)]
enum Act {
    Accept,
    Reduce(i64),
    Appeal(i64),
    Settle(i64),
}

fn acts() -> impl Strategy<Value = Vec<(usize, Act)>> {
    let points = -50i64..=250;
    let act = prop_oneof![
        Just(Act::Accept),
        points.clone().prop_map(Act::Reduce),
        points.clone().prop_map(Act::Appeal),
        points.prop_map(Act::Settle),
    ];
    prop::collection::vec((0usize..4, act), 0..40)
}

fn begun() -> Vec<Entry> {
    ["0.5", "1", "1.5", "2"].map(claimed).to_vec()
}

fn apply(entries: &mut [Entry], (at, act): &(usize, Act)) {
    let most = bounds("2");
    let given = |points: &i64| (Decimal::new(*points, 2), because());
    let entry = &mut entries[*at];
    // A refusal leaves everything as it was.
    let before = entry.clone();
    let done = match act {
        Act::Accept => entry.accept(who(APPRAISER)),
        Act::Reduce(points) => entry.reduce(who(APPRAISER), given(points), most),
        Act::Appeal(points) => entry.make_appeal(who(OFFICER), given(points), most),
        Act::Settle(points) => entry.settle(who(APPRAISER), given(points)),
    };
    if done.is_err() {
        assert_eq!(*entry, before);
    }
}

fn total(entries: &[Entry]) -> Total {
    let part = |entry: &Entry| Part {
        most: d("2"),
        is_of_whole: true,
        is_survey: false,
        no_occasion: NoOccasion::NotTaken,
        counted: entry.given(),
    };
    Total::of(entries.iter().map(part), true)
}

proptest! {
    /// Acts on different components may come in any order among each other.
    #[test]
    fn any_order_of_acts_gives_the_same_totals(acts in acts()) {
        let mut told = begun();
        acts.iter().for_each(|act| apply(&mut told, act));
        let mut by_component = acts;
        by_component.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        let mut again = begun();
        by_component.iter().for_each(|act| apply(&mut again, act));
        prop_assert_eq!(total(&told), total(&again));
        again.reverse();
        prop_assert_eq!(total(&told), total(&again));
    }

    /// Whatever is tried, nothing is given beyond the maximum or below the least, and a verdict
    /// never gives more than was claimed.
    #[test]
    fn what_is_given_never_exceeds_the_maximum(acts in acts()) {
        let mut entries = begun();
        for act in &acts {
            apply(&mut entries, act);
            for entry in &entries {
                if let Counted::Points(points) = entry.given() {
                    prop_assert!(bounds("2").hold(points));
                }
                let verdict = entry.verdict.as_ref().and_then(|verdict| verdict.points);
                prop_assert!(verdict <= entry.claim.points);
            }
        }
        prop_assert!(total(&entries).points <= total(&entries).of);
    }
}

//! The ranking: exact, total, ties shared (1, 2, 2, 4), classes by thresholds that the round brings.
//! Pure.

use std::cmp::Ordering;

use base::{Problem, Refusal};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use web::Lang;

use super::total::Total;
use crate::criteria::exact;

/// Most classes of a round.
const CLASSES_MAX: usize = 10;

/// A class with the share from which it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// What it is called, such as `Tốt`.
    pub name: String,
    /// From how many per cent, exact.
    #[serde(with = "exact::as_text")]
    pub from_percent: Decimal,
}

/// The classes as typed, one on each line: the name, a colon, from how many per cent. Empty is no
/// classes. Sorted, the highest first.
///
/// # Refusals
/// A line that is not so, a share beyond 100, the same share twice, too many.
pub fn classes_of(text: &str) -> Result<Vec<Class>, Refusal> {
    let mut classes = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let read = line.rsplit_once(':').and_then(|(name, from)| {
            let from_percent = exact::parse_percent(from)?;
            let fits = from_percent <= Decimal::ONE_HUNDRED;
            let name = name.trim().to_owned();
            (fits && !name.is_empty() && name.chars().count() <= 60)
                .then_some(Class { name, from_percent })
        });
        let Some(class) = read else {
            let problem = Problem::at("classes", "rounds-class-line").with("line", line);
            return Err(Refusal::Invalid(vec![problem]));
        };
        classes.push(class);
    }
    classes.sort_by_key(|class: &Class| std::cmp::Reverse(class.from_percent));
    let is_doubled = classes
        .windows(2)
        .any(|two| matches!(two, [a, b] if a.from_percent == b.from_percent || a.name == b.name));
    if is_doubled {
        return Err(Refusal::at("classes", "rounds-class-twice"));
    }
    if classes.len() > CLASSES_MAX {
        return Err(Refusal::at("classes", "rounds-class-many"));
    }
    Ok(classes)
}

/// The classes as they are typed.
pub fn classes_text(classes: &[Class]) -> String {
    let line = |class: &Class| {
        format!(
            "{}: {}",
            class.name,
            exact::worded(class.from_percent, Lang::Vi)
        )
    };
    classes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The class of a score; none below the lowest.
pub fn class_of<'c>(total: &Total, classes: &'c [Class]) -> Option<&'c str> {
    classes
        .iter()
        .find(|class| total.reaches(class.from_percent))
        .map(|class| class.name.as_str())
}

/// Sorts by score, the highest first, and gives every one its rank: who is equal shares it, and the
/// ranks that are shared are left out after it. Equal ones keep the order they came in.
pub fn rank<T>(mut all: Vec<(T, Total)>) -> Vec<(usize, T, Total)> {
    all.sort_by(|(_, a), (_, b)| b.cmp_score(a));
    let mut ranked: Vec<(usize, T, Total)> = Vec::with_capacity(all.len());
    for (place, (who, total)) in all.into_iter().enumerate() {
        let shared = ranked
            .last()
            .filter(|(_, _, before)| before.cmp_score(&total) == Ordering::Equal)
            .map(|(rank, _, _)| *rank);
        ranked.push((shared.unwrap_or(place + 1), who, total));
    }
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn total(points: i64, of: i64) -> Total {
        Total {
            points: Decimal::new(points, 2),
            of: Decimal::from(of),
            whole: Decimal::ONE_HUNDRED,
            n_open: 0,
        }
    }

    #[test]
    fn who_is_equal_shares_a_rank_and_the_next_one_is_left_out() {
        let all = vec![
            ("c", total(8_000, 100)),
            ("a", total(9_000, 100)),
            ("d", total(7_000, 100)),
            ("b", total(6_400, 80)),
        ];
        let ranks: Vec<(usize, &str)> = rank(all).into_iter().map(|(n, who, _)| (n, who)).collect();
        assert_eq!(ranks, [(1, "a"), (2, "c"), (2, "b"), (4, "d")]);
    }

    #[test]
    fn classes_are_data_and_their_thresholds_are_met_exactly() {
        let classes = classes_of("Khá: 80\nTốt: 90%\n\nTrung bình: 65,5").unwrap();
        assert_eq!(classes_text(&classes), "Tốt: 90\nKhá: 80\nTrung bình: 65,5");
        assert_eq!(class_of(&total(9_000, 100), &classes), Some("Tốt"));
        assert_eq!(class_of(&total(8_999, 100), &classes), Some("Khá"));
        assert_eq!(class_of(&total(6_549, 100), &classes), None);
        for bad in [
            "Tốt",
            "Tốt: chín mươi",
            ": 90",
            "Tốt: 101",
            "Tốt: 90\nKhá: 90",
        ] {
            assert!(classes_of(bad).is_err(), "{bad}");
        }
        assert!(classes_of("").unwrap().is_empty());
    }

    proptest! {
        /// Every body has one rank; a rank is one more than the number of those that are better;
        /// and it does not matter in which order they come.
        #[test]
        fn a_ranking_is_exact_and_total(scores in prop::collection::vec((0i64..=400, 1i64..=4), 1..60)) {
            let all: Vec<(usize, Total)> = scores
                .iter()
                .map(|(points, of)| total(points * of, of * 4))
                .enumerate()
                .collect();
            let mut ranks: Vec<(usize, usize)> =
                rank(all.clone()).into_iter().map(|(rank, who, _)| (who, rank)).collect();
            ranks.sort_unstable();
            for (who, rank) in &ranks {
                let own = all[*who].1;
                let better = all.iter().filter(|(_, other)| other.cmp_score(&own) == Ordering::Greater);
                prop_assert_eq!(*rank, better.count() + 1);
            }
            let mut turned = all;
            turned.reverse();
            let mut again: Vec<(usize, usize)> =
                rank(turned).into_iter().map(|(rank, who, _)| (who, rank)).collect();
            again.sort_unstable();
            prop_assert_eq!(ranks, again);
        }
    }
}

//! Sums of a body's points, exact, and what they are of: pure.
//!
//! Two things leave a sum (domain notes, 1.3): a component of which *no occasion arose*, where its
//! rule says so (else it gets its full points); and the components of the survey where *no survey
//! was made*. What is left is rescaled to the whole: a score is `points × whole / counted`; as long
//! as nothing is out, that is `points`.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::entry::Counted;
use crate::criteria::rule::{NoOccasion, Way};
use crate::criteria::set::Component;

/// What one component brings into a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The most points.
    pub most: Decimal,
    /// Whether it belongs to the whole of the set: bonus and penalty lines do not.
    pub is_of_whole: bool,
    /// Whether its points come from the survey.
    pub is_survey: bool,
    /// What its rule says of a year without occasion.
    pub no_occasion: NoOccasion,
    /// What it counts for.
    pub counted: Counted,
}

impl Part {
    /// The part of a component that counts for so much.
    pub fn new(component: &Component, counted: Counted) -> Self {
        Self {
            most: component.max,
            is_of_whole: !component.rule.is_extra(),
            is_survey: is_survey(component),
            no_occasion: component.rule.no_occasion,
            counted,
        }
    }
}

/// Whether a component is scored by the survey, not by the body itself.
pub fn is_survey(component: &Component) -> bool {
    matches!(component.rule.way, Way::Survey { .. })
}

/// The sum of a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Points, exact.
    pub points: Decimal,
    /// The most that was to be had in the components that count.
    pub of: Decimal,
    /// The most of the whole set.
    pub whole: Decimal,
    /// Components that have no points yet.
    pub n_open: usize,
}

impl Total {
    /// The sum of these components; without a survey those of the survey are out of it.
    pub fn of(parts: impl IntoIterator<Item = Part>, is_surveyed: bool) -> Self {
        let mut total = Self::default();
        for part in parts {
            total.add(part, is_surveyed);
        }
        total
    }

    fn add(&mut self, part: Part, is_surveyed: bool) {
        let most = match part.is_of_whole {
            true => part.most,
            false => Decimal::ZERO,
        };
        self.whole += most;
        if part.is_survey && !is_surveyed {
            return;
        }
        match (part.counted, part.no_occasion) {
            (Counted::Absent, NoOccasion::LeftOut) => return,
            (Counted::Absent, NoOccasion::FullPoints) => self.points += most,
            (Counted::Absent, NoOccasion::NotTaken) | (Counted::Open, _) => {
                // An extra line that nobody claimed is no gap: most bodies have none.
                self.n_open += usize::from(part.is_of_whole);
            }
            (Counted::Points(points), _) => self.points += points,
        }
        self.of += most;
    }

    /// The points of the whole: rescaled when something is out of the sum.
    pub fn score(&self) -> Decimal {
        if self.of == self.whole {
            return self.points;
        }
        let scaled = self.points.checked_mul(self.whole);
        scaled
            .and_then(|scaled| scaled.checked_div(self.of))
            .unwrap_or_default()
    }

    /// In per cent of the whole.
    pub fn percent(&self) -> Decimal {
        let hundredfold = self.points.checked_mul(Decimal::ONE_HUNDRED);
        hundredfold
            .and_then(|hundredfold| hundredfold.checked_div(self.of))
            .unwrap_or_default()
    }

    /// Whether something is out of the sum, so that the score is a rescaled one.
    pub fn is_rescaled(&self) -> bool {
        self.of != self.whole
    }

    /// Whether at least so many per cent were reached, without rounding.
    pub fn reaches(&self, percent: Decimal) -> bool {
        match (
            self.points.checked_mul(Decimal::ONE_HUNDRED),
            percent.checked_mul(self.of),
        ) {
            (Some(points), Some(asked)) => self.of > Decimal::ZERO && points >= asked,
            _ => self.percent() >= percent,
        }
    }

    /// Which of two scores is higher, without rounding: fractions are compared, not quotients.
    pub fn cmp_score(&self, other: &Self) -> Ordering {
        let own = self.points.checked_mul(other.of);
        let others = other.points.checked_mul(self.of);
        match (own, others) {
            (Some(own), Some(others)) if !self.of.is_zero() && !other.of.is_zero() => {
                own.cmp(&others)
            }
            _ => self.percent().cmp(&other.percent()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn part(most: &str, counted: Counted) -> Part {
        Part {
            most: d(most),
            is_of_whole: true,
            is_survey: false,
            no_occasion: NoOccasion::NotTaken,
            counted,
        }
    }

    #[test]
    fn what_had_no_occasion_gets_full_points_or_leaves_the_sum_as_its_rule_says() {
        let sum = |no_occasion| {
            let absent = Part {
                no_occasion,
                ..part("40", Counted::Absent)
            };
            Total::of([part("60", Counted::Points(d("45"))), absent], true)
        };
        let full = sum(NoOccasion::FullPoints);
        assert_eq!((full.score(), full.percent()), (d("85"), d("85")));
        let out = sum(NoOccasion::LeftOut);
        assert_eq!((out.points, out.of), (d("45"), d("60")));
        assert_eq!((out.score(), out.percent()), (d("75"), d("75")));
        let refused = sum(NoOccasion::NotTaken);
        assert_eq!((refused.score(), refused.n_open), (d("45"), 1));
    }

    #[test]
    fn without_a_survey_the_rest_is_rescaled_to_the_whole() {
        let survey = Part {
            is_survey: true,
            ..part("30", Counted::Open)
        };
        let parts = [part("70", Counted::Points(d("56"))), survey];
        let without = Total::of(parts, false);
        assert_eq!((without.score(), without.n_open), (d("80"), 0));
        assert!(without.is_rescaled());
        let with = Total::of(parts, true);
        assert_eq!((with.score(), with.n_open), (d("56"), 1));
    }

    #[test]
    fn a_bonus_adds_points_and_nothing_to_what_they_are_of() {
        let extra = |counted| Part {
            is_of_whole: false,
            ..part("2", counted)
        };
        let parts = [
            part("100", Counted::Points(d("90"))),
            extra(Counted::Points(d("1.5"))),
            extra(Counted::Open),
        ];
        let total = Total::of(parts, true);
        assert_eq!((total.points, total.of), (d("91.5"), d("100")));
        assert_eq!((total.whole, total.n_open), (d("100"), 0));
    }

    #[test]
    fn two_thirds_of_different_sums_are_the_same_score() {
        let of = |points: &str, of: &str| Total {
            points: d(points),
            of: d(of),
            whole: d("100"),
            n_open: 0,
        };
        assert_eq!(of("40", "60").cmp_score(&of("60", "90")), Ordering::Equal);
        assert_eq!(
            of("40", "60").cmp_score(&of("60.0001", "90")),
            Ordering::Less
        );
        assert!(of("59.4", "66").reaches(d("90")) && !of("59.39", "66").reaches(d("90")));
        // An empty sum is no score at all, and nothing divides by it.
        assert_eq!(of("0", "0").score(), Decimal::ZERO);
        assert!(!of("0", "0").reaches(Decimal::ZERO));
    }
}

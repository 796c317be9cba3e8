//! What a rule gave: points, what could have been reached, and the working line by line.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::exact;
use super::rule::NoOccasion;

/// A value in a line of the working, shown in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A number with at most two places: points, figures.
    Number(Decimal),
    /// A number with all its places, before it is rounded.
    Whole(Decimal),
    /// A share in per cent.
    Percent(Decimal),
    /// A day.
    Day(Date),
    /// Words of the set itself.
    Words(String),
}

/// One line of the working: a message and its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The message, a key of the Fluent files.
    pub key: &'static str,
    /// Its values by name.
    pub values: Vec<(&'static str, Shown)>,
}

impl Step {
    /// A line with these values.
    pub fn of(key: &'static str, values: Vec<(&'static str, Shown)>) -> Self {
        Self { key, values }
    }
}

/// Whether there was anything to score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It was answered.
    Given,
    /// Nobody has answered, or with something that the rule does not ask for.
    Missing,
    /// The occasion did not arise, and the rule says what then.
    NoOccasion,
}

/// What a rule gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// The points: two places; below zero only for a penalty.
    pub points: Decimal,
    /// What counts as reachable in the sum: nothing for a bonus, a penalty, and what is left out.
    pub max: Decimal,
    /// Whether there was anything to score.
    pub answer: Answer,
    /// How it came about, line by line.
    pub working: Vec<Step>,
}

impl Scored {
    /// Points with the lines that led to them.
    pub fn of(points: Decimal, working: Vec<Step>) -> Self {
        Self {
            points,
            max: Decimal::ZERO,
            answer: Answer::Given,
            working,
        }
    }

    /// Rounds the points and keeps them within what can be given; the working says when either
    /// changed them.
    pub(super) fn settle(&mut self, (least, most): (Decimal, Decimal)) {
        let within = self.points.max(least).min(most);
        if within != self.points {
            self.working.push(Step::of(
                "criteria-work-kept-within",
                vec![
                    ("points", Shown::Number(self.points)),
                    ("kept", Shown::Number(within)),
                ],
            ));
        }
        let points = exact::rounded(within).max(least).min(most);
        if points != within {
            self.working.push(Step::of(
                "criteria-work-rounded",
                vec![
                    ("exact", Shown::Whole(within.round_dp(6))),
                    ("points", Shown::Number(points)),
                ],
            ));
        }
        self.points = points;
    }
}

/// Nobody has answered.
pub(super) fn no_answer(max: Decimal) -> Scored {
    Scored {
        points: Decimal::ZERO,
        max,
        answer: Answer::Missing,
        working: vec![Step::of("criteria-work-missing", Vec::new())],
    }
}

/// The occasion did not arise.
pub(super) fn no_occasion(practice: NoOccasion, max: Decimal) -> Scored {
    let shown = vec![("points", Shown::Number(max))];
    let (points, max, answer, key) = match practice {
        NoOccasion::NotTaken => (
            Decimal::ZERO,
            max,
            Answer::Missing,
            "criteria-work-occasion-not-taken",
        ),
        NoOccasion::FullPoints => (max, max, Answer::NoOccasion, "criteria-work-occasion-full"),
        NoOccasion::LeftOut => (
            Decimal::ZERO,
            Decimal::ZERO,
            Answer::NoOccasion,
            "criteria-work-occasion-left-out",
        ),
    };
    Scored {
        points,
        max,
        answer,
        working: vec![Step::of(key, shown)],
    }
}

/// The sum of many: exact, so that any order gives the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Points together.
    pub points: Decimal,
    /// What could have been reached.
    pub max: Decimal,
}

impl Total {
    /// The sum of these.
    pub fn of<'a>(all: impl IntoIterator<Item = &'a Scored>) -> Self {
        all.into_iter().fold(Self::default(), |sum, one| Self {
            points: sum.points.saturating_add(one.points),
            max: sum.max.saturating_add(one.max),
        })
    }

    /// The points as if so many could have been reached: what is done where a part (a survey that
    /// nobody held, a component without occasion) is left out. `None` when nothing could be reached.
    ///
    /// Source: the frame of Hà Nội for departments rescales to 100% where no survey is made.
    pub fn rescaled(self, to: Decimal) -> Option<Decimal> {
        exact::share_of(to, self.points, self.max).map(exact::rounded)
    }
}

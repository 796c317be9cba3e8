//! A scoring rule (*cách chấm*): how what was reached becomes points. Data, not code: a set brings
//! its own rules, and each kind here is one way in which published guides score (the guide of the
//! commune index of Xuân Lộc of 08/2022, 2948/QĐ-BNV of 2017 and their like).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::input::Input;
use super::scored::{Scored, no_answer, no_occasion};
use super::scoring;

/// Rungs, forms or options that one rule may have.
pub const PARTS_MAX: usize = 30;

/// What happens when the occasion never arose; both practices exist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoOccasion {
    /// It cannot be said to be without occasion: somebody must answer.
    #[default]
    NotTaken,
    /// All points.
    FullPoints,
    /// Neither points nor a place in the sum of what could be reached.
    LeftOut,
}

impl NoOccasion {
    /// Every practice.
    pub const ALL: [NoOccasion; 3] = [
        NoOccasion::NotTaken,
        NoOccasion::FullPoints,
        NoOccasion::LeftOut,
    ];

    /// The word that tables and forms use.
    pub fn as_str(self) -> &'static str {
        match self {
            NoOccasion::NotTaken => "not_taken",
            NoOccasion::FullPoints => "full_points",
            NoOccasion::LeftOut => "left_out",
        }
    }

    /// The practice of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// A rung of a step function: from so many per cent, so many points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// From how many per cent.
    #[serde(with = "super::exact::as_text")]
    pub at_least: Decimal,
    /// The points.
    #[serde(with = "super::exact::as_text")]
    pub points: Decimal,
}

/// One line of a checklist: a form of communication, a document that must exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckItem {
    /// Its short code, once in its list.
    pub code: String,
    /// What it is, as the guide words it.
    pub title: String,
    /// What it is worth.
    #[serde(with = "super::exact::as_text")]
    pub points: Decimal,
    /// Kinds of channels, or forms of items, that meet it when Loa computes it from what was published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
}

/// One answer of a survey question with what it is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyOption {
    /// Its short code, once in its list.
    pub code: String,
    /// Its words.
    pub title: String,
    /// Its weight, in per cent of the points.
    #[serde(with = "super::exact::as_text")]
    pub weight: Decimal,
}

/// The way in which points are found. Points have at most two places, shares are per cent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum Way {
    /// Fixed points from fixed shares: from 100% one, from 80% a half, else nothing.
    Steps {
        /// The rungs; the highest that is reached counts.
        rungs: Vec<Rung>,
        /// Points below the lowest rung.
        #[serde(with = "super::exact::as_text")]
        otherwise: Decimal,
    },
    /// As many of the points as of the target; nothing below the floor, all from the cap.
    Proportion {
        /// Points at the cap.
        #[serde(with = "super::exact::as_text")]
        max: Decimal,
        /// Below so many per cent there is nothing.
        #[serde(default, with = "super::exact::as_text_maybe")]
        floor: Option<Decimal>,
        /// From so many per cent there is everything.
        #[serde(with = "super::exact::as_text")]
        cap: Decimal,
    },
    /// The sum of what is met, never more than the maximum.
    Checklist {
        /// The lines.
        items: Vec<CheckItem>,
        /// What the sum never passes.
        #[serde(with = "super::exact::as_text")]
        max: Decimal,
    },
    /// Yes or no.
    YesNo {
        /// Points of yes.
        #[serde(with = "super::exact::as_text")]
        yes: Decimal,
        /// Points of no, usually none.
        #[serde(with = "super::exact::as_text")]
        no: Decimal,
    },
    /// By a day: all, a part when late, nothing when it never came.
    OnTime {
        /// Points when on time.
        #[serde(with = "super::exact::as_text")]
        full: Decimal,
        /// Points when late.
        #[serde(with = "super::exact::as_text")]
        late: Decimal,
        /// After so many days late there is nothing; none: late is late.
        #[serde(default)]
        late_days: Option<u32>,
    },
    /// A ratio of two figures on a line between two shares; falling when less is better.
    Ratio {
        /// Points at the good end.
        #[serde(with = "super::exact::as_text")]
        max: Decimal,
        /// What stands above the line.
        part: String,
        /// What stands below it.
        whole: String,
        /// The share from which there is nothing.
        #[serde(with = "super::exact::as_text")]
        zero_at: Decimal,
        /// The share from which there is everything; below `zero_at` when less is better.
        #[serde(with = "super::exact::as_text")]
        full_at: Decimal,
    },
    /// The answers of a survey by the weights of their options.
    Survey {
        /// Points if everybody gave the best answer.
        #[serde(with = "super::exact::as_text")]
        max: Decimal,
        /// The options.
        options: Vec<SurveyOption>,
    },
    /// Points on top, outside the sum of what could be reached.
    Bonus {
        /// For each time.
        #[serde(with = "super::exact::as_text")]
        each: Decimal,
        /// At most.
        #[serde(with = "super::exact::as_text")]
        max: Decimal,
    },
    /// Points taken away.
    Penalty {
        /// For each time.
        #[serde(with = "super::exact::as_text")]
        each: Decimal,
        /// At most.
        #[serde(with = "super::exact::as_text")]
        max: Decimal,
    },
}

/// The words of the ways, in the order in which forms offer them.
pub const WAYS: [&str; 9] = [
    "steps",
    "proportion",
    "checklist",
    "yes_no",
    "on_time",
    "ratio",
    "survey",
    "bonus",
    "penalty",
];

impl Way {
    /// Its word, one of [`WAYS`].
    pub fn as_str(&self) -> &'static str {
        match self {
            Way::Steps { .. } => "steps",
            Way::Proportion { .. } => "proportion",
            Way::Checklist { .. } => "checklist",
            Way::YesNo { .. } => "yes_no",
            Way::OnTime { .. } => "on_time",
            Way::Ratio { .. } => "ratio",
            Way::Survey { .. } => "survey",
            Way::Bonus { .. } => "bonus",
            Way::Penalty { .. } => "penalty",
        }
    }
}

/// A rule: a way, and what happens without occasion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// How points are found.
    #[serde(flatten)]
    pub way: Way,
    /// What happens when the occasion never arose.
    #[serde(default)]
    pub no_occasion: NoOccasion,
}

impl Rule {
    /// A rule that must always be answered.
    pub fn of(way: Way) -> Self {
        Self {
            way,
            no_occasion: NoOccasion::NotTaken,
        }
    }

    /// The fewest and the most points it can give. Only a penalty is below zero.
    pub fn range(&self) -> (Decimal, Decimal) {
        let zero = Decimal::ZERO;
        match &self.way {
            Way::Steps { rungs, otherwise } => {
                let points = rungs.iter().map(|rung| rung.points);
                let most = points.chain([*otherwise]).max();
                (zero, most.unwrap_or_default())
            }
            Way::YesNo { yes, no } => (zero, *yes.max(no)),
            Way::OnTime { full, late, .. } => (zero, *full.max(late)),
            Way::Penalty { max, .. } => (-*max, zero),
            Way::Proportion { max, .. }
            | Way::Checklist { max, .. }
            | Way::Ratio { max, .. }
            | Way::Survey { max, .. }
            | Way::Bonus { max, .. } => (zero, *max),
        }
    }

    /// The most points it can give.
    pub fn max(&self) -> Decimal {
        self.range().1
    }

    /// Whether it stands outside the sum of what could be reached: a bonus or a penalty.
    pub fn is_extra(&self) -> bool {
        matches!(self.way, Way::Bonus { .. } | Way::Penalty { .. })
    }

    /// The points of an input, with the working line by line.
    ///
    /// Points have two places, rounded half away from zero, and lie within [`Rule::range`]. An input
    /// that is missing, or of another kind than the rule asks for, gives nothing and says so.
    pub fn score(&self, input: &Input) -> Scored {
        let max = match self.is_extra() {
            true => Decimal::ZERO,
            false => self.max(),
        };
        match input {
            Input::Nothing => no_answer(max),
            Input::NoOccasion => no_occasion(self.no_occasion, max),
            given => {
                let mut scored = scoring::score(&self.way, given).unwrap_or_else(|| no_answer(max));
                scored.max = max;
                scored.settle(self.range());
                scored
            }
        }
    }
}

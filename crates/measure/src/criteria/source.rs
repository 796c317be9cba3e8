//! Where the input of a component comes from: Loa computes it all year, or somebody answers it.

use serde::{Deserialize, Serialize};

/// Where an input comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Source {
    /// A person answers.
    #[default]
    ByHand,
    /// The targets of the year's plan: how many are reached of how many are set.
    PlanTargets,
    /// The forms of communication: which lines of a checklist are met by the channels on which
    /// anything was published in the reporting year.
    Forms,
    /// A report of the plan for a period, sent by its day: `Q1`, `H1`, `Q3` or `year`.
    Report {
        /// The period.
        period: String,
    },
    /// Two figures that were entered by hand in the plan, named by their units.
    Figures {
        /// The unit of those above the line.
        part: String,
        /// The unit of those below it.
        whole: String,
    },
    /// A published index: its value out of a hundred.
    Index {
        /// The index, by its code: `sipas`.
        index: String,
        /// The body, by its name as published; empty for the agency's own.
        #[serde(default)]
        body: String,
    },
}

/// The words of the sources, in the order in which forms offer them.
pub const SOURCES: [&str; 6] = [
    "by_hand",
    "plan_targets",
    "forms",
    "report",
    "figures",
    "index",
];

impl Source {
    /// Its word, one of [`SOURCES`].
    pub fn as_str(&self) -> &'static str {
        match self {
            Source::ByHand => "by_hand",
            Source::PlanTargets => "plan_targets",
            Source::Forms => "forms",
            Source::Report { .. } => "report",
            Source::Figures { .. } => "figures",
            Source::Index { .. } => "index",
        }
    }

    /// Whether Loa computes the input.
    pub fn is_computed(&self) -> bool {
        *self != Source::ByHand
    }
}

//! What a rule is asked with: figures, ticks, days, answers; by hand or computed.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// How often one answer of a survey was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerCount {
    /// The code of the option.
    pub option: String,
    /// How many gave it.
    pub n: u32,
}

/// What a rule is asked with. A rule that is asked with another kind than its own has no answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Input {
    /// Nobody has answered yet.
    #[default]
    Nothing,
    /// The occasion did not arise this year (*không phát sinh*).
    NoOccasion,
    /// A part and its whole: targets done of targets set, dossiers on time of all dossiers.
    Figures {
        /// What was reached.
        #[serde(with = "super::exact::as_text")]
        part: Decimal,
        /// Out of how much.
        #[serde(with = "super::exact::as_text")]
        whole: Decimal,
    },
    /// Which points of a checklist are met, by their codes.
    Checked {
        /// The codes.
        codes: Vec<String>,
    },
    /// Yes or no.
    Answered {
        /// Whether yes.
        yes: bool,
    },
    /// Something that was due on a day.
    Sent {
        /// By when.
        due: Date,
        /// When; none if it never was.
        sent: Option<Date>,
    },
    /// The answers of a survey.
    Answers {
        /// How often each.
        counts: Vec<AnswerCount>,
    },
    /// How often something happened: what earns a bonus or a penalty.
    Times {
        /// How often.
        n: u32,
    },
}

impl Input {
    /// Whether anybody or anything has answered.
    pub fn is_given(&self) -> bool {
        *self != Input::Nothing
    }
}

//! Criteria sets (*bộ tiêu chí*): what a body is judged by each year, as dated data.
//!
//! It serves the officer who scores the agency, the appraiser who must find the same points, and
//! whoever asks why a point was lost. Its words: *bộ tiêu chí* (criteria set), *lĩnh vực* (area),
//! *tiêu chí* (criterion), *tiêu chí thành phần* (component), *cách chấm* (rule), *cách hiểu*
//! (reading). Its law: the decision of each set, for example 876/QĐ-BNV of 10/11/2022; none is
//! built in, each is data with its number, day and years.
//!
//! `rule`, `scored`, `scoring`, `set`, `source`, `arithmetic` and `rules` are pure. A rule reads as a
//! sentence beside its formula (`sentence`), is versioned with an appraiser's note, and may carry a
//! second reading with its reason; both are always computed ([`Component::score`]). Sums that a
//! table states and its parts do not give are findings, never repaired in silence
//! ([`arithmetic::findings`]).
//!
//! What is not here: the yearly round of scoring, appraising and ranking (rounds); the published
//! indices themselves (indices).

pub mod arithmetic;
pub mod criteria_store;
pub mod exact;
pub mod facts;
mod facts_store;
pub mod guide;
pub mod input;
pub mod rule;
pub mod rules;
pub mod scored;
mod scoring;
pub mod sentence;
pub mod set;
pub mod set_json;
pub mod source;

use editorial::Editorial;
use web::{Route, WordFile};

pub use facts::Facts;
pub use input::{AnswerCount, Input};
pub use rule::{CheckItem, NoOccasion, Rule, Rung, SurveyOption, Way};
pub use scored::{Answer, Scored, Shown, Step, Total};
pub use set::{
    Area, BothScored, Component, CriteriaSet, Criterion, Example, Reading, SetDetails, SetState,
};
pub use source::Source;

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "criteria",
    vi: include_str!("criteria.vi.ftl"),
    en: include_str!("criteria.en.ftl"),
};

/// Every route of this feature.
pub fn routes() -> Vec<Route<Editorial>> {
    Vec::new()
}

#[cfg(test)]
mod rule_tests;

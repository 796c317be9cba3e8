//! Import of a plan: the grammar of administrative documents, from a read [`Source`] to an
//! [`ImportedPlan`].
//!
//! Four steps, all pure: lines with their labels ([`line`], [`label`]), a tree by numbering,
//! indentation and colons ([`outline`]), sections by the words of their headings ([`section`]), and
//! what each section holds ([`content`], [`annex`], [`detail`]). Words are compared in a plain view
//! without marks ([`flat`]); spans count characters of the source's text.
//!
//! Nothing is filled in that the text does not say: what is missing becomes a finding.
//! Not here: reading files, storing plans, words of pages.

mod agency;
mod annex;
mod assemble;
mod audience;
mod bases;
mod byline;
mod channel;
mod columns;
mod content;
mod detail;
mod finding;
mod flat;
mod furniture;
mod head;
mod imported;
mod label;
mod line;
mod moment;
mod outline;
mod problem;
mod section;
mod target;
mod text;
mod window;

pub use assemble::read;
pub use channel::kinds_in as channel_kinds_in;
pub(super) use columns::{Column, Header, Heading, header_of};
pub use finding::message as finding_message;
pub use imported::{
    ChannelKind, Finding, ImportedActivity, ImportedBasis, ImportedChannel, ImportedPlan,
    ImportedSource, ImportedTask, Recurrence, Severity, Span, Target, Window,
};
pub use problem::{ImportCode, ImportProblem};
pub use text::to_text;
pub use window::cell as window_of_cell;

/// Text in the plain view in which words are compared: no marks, no capitals, single blanks.
pub(super) fn plain(text: &str) -> String {
    flat::folded(text)
}

#[cfg(test)]
mod tests;

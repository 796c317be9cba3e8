//! How an agency's reports are worded: which sections in which order, their headings and sentences
//! with places for figures, who signs in whose name, who receives. Pure.
//!
//! A template is data of the agency, dated: a report keeps the one that was in force on the day it
//! was made. Whatever a template leaves empty is worded by Loa.

use std::collections::BTreeMap;

use base::Problem;
use serde::{Deserialize, Serialize};

/// The sections of a report, in Loa's own order. Those from [`WRITTEN`] on hold only what people
/// write and are left out while nothing is written.
pub const SECTIONS: [&str; 10] = [
    "standing",
    "tasks",
    "channels",
    "statistics",
    "shortfalls",
    "assessment",
    "difficulties",
    "next",
    "proposals",
    "own",
];

/// The sections that hold only what people write.
pub const WRITTEN: [&str; 4] = ["assessment", "difficulties", "proposals", "own"];

/// The authorities under which somebody signs (Decree 30/2020/NĐ-CP, article 13 and annex I).
pub const AUTHORITIES: [&str; 5] = ["", "TM.", "KT.", "TL.", "TUQ."];

/// Longest heading.
pub const HEADING_CHARS_MAX: usize = 200;
/// Longest text of a section.
pub const TEXT_CHARS_MAX: usize = 10_000;
/// Recipients at most.
pub const RECIPIENTS_MAX: usize = 30;

/// How an agency's reports are worded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Its sections, in order; each of [`SECTIONS`] once.
    pub sections: Vec<Section>,
    /// The first sentence; empty for Loa's.
    pub opening: String,
    /// The last sentence; empty for Loa's.
    pub closing: String,
    /// `TM.`, `KT.`, `TL.`, `TUQ.` or empty.
    pub authority: String,
    /// In whose name: "ỦY BAN NHÂN DÂN", "GIÁM ĐỐC"; with an authority only.
    pub principal: String,
    /// The office of who signs; empty for the setting of the agency.
    pub signer_title: String,
    /// The name of who signs; empty for the setting of the agency.
    pub signer_name: String,
    /// Who receives the report; empty for Loa's list.
    pub recipients: Vec<String>,
}

/// A section of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Which one.
    pub code: String,
    /// Whether reports have it.
    pub is_on: bool,
    /// Its heading; empty for Loa's.
    pub heading: String,
    /// What stands under the heading before the figures, with places for figures.
    pub text: String,
}

impl Default for Template {
    fn default() -> Self {
        let section = |code: &&str| Section {
            code: (*code).to_owned(),
            is_on: true,
            heading: String::new(),
            text: String::new(),
        };
        Self {
            sections: SECTIONS.iter().map(section).collect(),
            opening: String::new(),
            closing: String::new(),
            authority: String::new(),
            principal: String::new(),
            signer_title: String::new(),
            signer_name: String::new(),
            recipients: Vec::new(),
        }
    }
}

impl Template {
    /// Sections that a stored template does not know yet come last; unknown ones are dropped.
    #[must_use]
    pub fn completed(mut self) -> Self {
        self.sections
            .retain(|own| SECTIONS.contains(&own.code.as_str()));
        for section in Self::default().sections {
            if !self.sections.iter().any(|own| own.code == section.code) {
                self.sections.push(section);
            }
        }
        self
    }

    /// The line of authority: `KT. GIÁM ĐỐC`.
    pub fn authority_line(&self) -> Option<String> {
        let line = format!("{} {}", self.authority, self.principal);
        let line = line.trim().to_owned();
        (!self.authority.is_empty()).then_some(line)
    }

    /// What is wrong with it: places for figures that nobody fills.
    pub fn problems(&self, known: &BTreeMap<String, String>) -> Vec<Problem> {
        let texts = self.sections.iter().map(|section| &section.text);
        let all = texts.chain([&self.opening, &self.closing]);
        let unknown = all
            .flat_map(|text| places(text))
            .filter(|name| !known.contains_key(*name));
        unknown
            .map(|name| Problem::of("report-template-place").with("place", name))
            .collect()
    }
}

/// The names of the places of a text: `{tien_do}` is `tien_do`.
pub fn places(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| {
        let (name, _) = rest.split_once('}')?;
        is_name(name).then_some(name)
    })
}

fn is_name(name: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !name.is_empty() && name.chars().all(is_letter)
}

/// The text with its places filled; a place that nothing fills stays as it is.
pub fn filled(text: &str, values: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}') {
            Some((name, tail)) if values.contains_key(name) => {
                out.push_str(values.get(name).map_or("", String::as_str));
                rest = tail;
            }
            _ => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The paragraphs of what a person wrote: lines that hold anything.
pub fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values() -> BTreeMap<String, String> {
        [("tien_do", "83%"), ("tin_bai", "05")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into()
    }

    #[test]
    fn places_are_filled_and_what_is_none_stays() {
        let text = "Đạt {tien_do}, {tin_bai} tin, bài; {la} {Không} { } {tien_do";
        assert_eq!(
            filled(text, &values()),
            "Đạt 83%, 05 tin, bài; {la} {Không} { } {tien_do"
        );
        assert_eq!(
            places(text).collect::<Vec<_>>(),
            ["tien_do", "tin_bai", "la"]
        );
        let template = Template {
            opening: text.to_owned(),
            ..Template::default()
        };
        let problems = template.problems(&values());
        assert_eq!(problems.len(), 1, "{problems:?}");
    }

    #[test]
    fn a_stored_template_is_completed_and_loses_what_is_unknown() {
        let mut template = Template::default();
        template.sections.reverse();
        template.sections.retain(|section| section.code != "next");
        template.sections[0].code = "gone".to_owned();
        let codes: Vec<String> = template
            .completed()
            .sections
            .into_iter()
            .map(|section| section.code)
            .collect();
        assert_eq!(codes.len(), SECTIONS.len());
        assert_eq!(codes.first().map(String::as_str), Some("proposals"));
        assert_eq!(codes.last().map(String::as_str), Some("own"));
    }

    #[test]
    fn the_line_of_authority_needs_an_authority() {
        let mut template = Template {
            principal: "GIÁM ĐỐC".to_owned(),
            ..Template::default()
        };
        assert_eq!(template.authority_line(), None);
        template.authority = "KT.".to_owned();
        assert_eq!(template.authority_line().as_deref(), Some("KT. GIÁM ĐỐC"));
    }

    proptest! {
        #[test]
        fn a_text_without_places_is_kept_letter_by_letter(text in "[^{]{0,60}") {
            prop_assert_eq!(filled(&text, &values()), text);
        }
    }
}

//! The check of a DOCX against every parameter of Decree 30/2020/NĐ-CP that a file can show: page,
//! margins, face, sizes, header cells, numbering, spacing, indents, signature, recipients, annexes.
//!
//! It looks at the file as a reader's word processor would, styles resolved, and knows no style
//! names: elements are recognised by what they say and where they stand, so that a paper from any
//! program can be checked. It answers with what is and what should be, and mends nothing.
//!
//! ```
//! let paper = documents::paper::Paper::new("Báo cáo", "Kết quả quý I", "Sở Tư pháp");
//! let verdict = documents::decree::check(&documents::docx::write(&paper)?).unwrap();
//! assert!(verdict.findings.iter().any(|found| found.parameter == "margin-left" && found.is_met));
//! # Ok::<(), base::Fault>(())
//! ```
//!
//! Source: Decree 30/2020/NĐ-CP, annex I. What the decree leaves open is not checked.

mod around;
mod elements;
mod format;
mod look;
mod page;
mod running;
mod tally;

use serde::Serialize;

use crate::read::{Limits, ReadProblem};

/// Every parameter, by its code, in the order of the verdict.
pub const PARAMETERS: [&str; 43] = [
    "page-size",
    "margin-top",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "font",
    "colour",
    "page-number",
    "page-number-place",
    "page-number-face",
    "page-number-first",
    "nation",
    "motto",
    "motto-rule",
    "superior",
    "issuer",
    "issuer-rule",
    "number",
    "number-zero",
    "date-line",
    "date-zero",
    "kind",
    "abstract",
    "abstract-rule",
    "addressee",
    "basis",
    "basis-end",
    "body",
    "body-align",
    "body-indent",
    "body-gap",
    "body-line",
    "heading",
    "heading-case",
    "office",
    "signer-name",
    "signer-title",
    "recipients-title",
    "recipients",
    "recipients-marks",
    "recipients-archive",
    "annex-label",
    "annex-title",
];

/// What was found of one parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its code, one of [`PARAMETERS`].
    pub parameter: &'static str,
    /// Whether the paper keeps it.
    pub is_met: bool,
    /// What the paper has: measures, and the words `bold`, `italic`, `regular`, `upper`, `mixed`,
    /// `left`, `centre`, `right`, `justified`, `missing`, `present`, `shown`, `hidden`, joined by
    /// commas.
    pub is: String,
    /// What the decree asks for, in the same words.
    pub should: String,
    /// The first words of the paragraph that is wrong; empty when the page is meant or all is well.
    pub place: String,
}

/// The findings of a paper. Parameters of elements that a paper need not have (addressees, legal
/// bases, annexes) are left out when it has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// In the order of [`PARAMETERS`].
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Whether every parameter is met.
    pub fn is_met(&self) -> bool {
        self.findings.iter().all(|found| found.is_met)
    }

    /// What is not met.
    pub fn faults(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|found| !found.is_met)
    }
}

/// Checks a DOCX file.
///
/// # Refusals
/// A [`ReadProblem`] when it is no DOCX file or cannot be read within the usual limits.
pub fn check(docx: &[u8]) -> Result<Verdict, ReadProblem> {
    let limits = Limits::default();
    let look = look::read(docx, &limits)?;
    let mut findings = page::findings(&look);
    findings.extend(around::findings(&look));
    let order = |found: &Finding| PARAMETERS.iter().position(|code| *code == found.parameter);
    findings.sort_by_key(order);
    Ok(Verdict { findings })
}

#[cfg(test)]
mod tests;

//! Making a report again from what was frozen: the proof that its figures are what they were.
//!
//! Three things must hold. The stored text of the figures has the hash that the log keeps of the act
//! that made the report; everything that can be counted from the frozen lists counts to the frozen
//! numbers; and the text written anew from the figures is the stored text, letter by letter. No later
//! act can change any of them, because none is read from the rows of today.

use base::Error;
use base::id::{AgencyId, RowId};
use db::Conn;
use sha2::{Digest, Sha256};

use super::figures::{self, Figures};
use super::report_store::{self, Report};
use super::statistic;

/// What making a report again came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remade {
    /// SHA-256 of the stored figures, in hexadecimal.
    pub sha256: String,
    /// Whether the log holds this hash for this report.
    pub is_in_log: bool,
    /// Number of the leaf that seals it, from 0; none while it waits.
    pub leaf: Option<i64>,
    /// Names of the numbers that do not follow from the frozen lists; none when all do.
    pub wrong: Vec<&'static str>,
    /// Whether the figures written anew are the stored text.
    pub is_same_text: bool,
}

impl Remade {
    /// Whether the report is what it was.
    pub fn is_whole(&self) -> bool {
        self.is_in_log && self.wrong.is_empty() && self.is_same_text
    }
}

/// Makes the report with this id again.
///
/// # Refusals
/// Not found: no such report of the agency.
pub async fn remake_of(conn: &mut Conn, agency: AgencyId, id: RowId) -> Result<Remade, Error> {
    let report = report_store::find(conn, agency, id).await?;
    remake(conn, agency, &report).await
}

/// Makes a report again.
///
/// # Faults
/// The database does not answer; the stored text is no report.
pub async fn remake(conn: &mut Conn, agency: AgencyId, report: &Report) -> Result<Remade, Error> {
    let sha256 = hex::encode(Sha256::digest(report.json.as_bytes()));
    let (told, leaf) = report_store::sealed(conn, agency, report.id).await?;
    Ok(Remade {
        is_in_log: told == sha256,
        leaf,
        wrong: recounted(&report.figures),
        // A report of an earlier form of the figures lacks fields; then its hash alone speaks.
        is_same_text: figures::to_json(&report.figures)? == report.json || told == sha256,
        sha256,
    })
}

/// The numbers that do not follow from the frozen lists.
pub fn recounted(figures: &Figures) -> Vec<&'static str> {
    let counted = &figures.counted;
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let publications = || counted.items.iter().flat_map(|item| &item.publications);
    let mut wrong = Vec::new();
    if counted.n_items != whole(counted.items.len()) {
        wrong.push("items");
    }
    if counted.n_publications != whole(publications().count()) {
        wrong.push("publications");
    }
    let posts: i64 = counted
        .channels
        .iter()
        .map(|channel| channel.n_publications)
        .sum();
    if posts != counted.n_publications {
        wrong.push("channels");
    }
    let statistics = &figures.statistics;
    if statistics
        .iter()
        .any(|own| own.number != statistic::number(counted, own))
    {
        wrong.push("statistics");
    }
    let standing = &figures.standing;
    let n_activities = whole(figures.all_activities().count());
    if n_activities != standing.activities {
        wrong.push("activities");
    }
    wrong
}

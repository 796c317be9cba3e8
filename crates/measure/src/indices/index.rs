//! A published index, the bodies that it measures, and their results: pure.

use base::id::{AgencyId, RowId};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What values are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Per cent.
    #[default]
    Percent,
    /// Points.
    Points,
}

impl Unit {
    /// The word that tables and forms use.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Percent => "percent",
            Unit::Points => "points",
        }
    }

    /// The unit of a word.
    pub fn parse(word: &str) -> Option<Self> {
        [Unit::Percent, Unit::Points]
            .into_iter()
            .find(|unit| unit.as_str() == word)
    }
}

/// What is said of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexDetails {
    /// Its short word in addresses and files: `par-index`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Who publishes it.
    pub issuer: String,
    /// What it measures, in a few sentences.
    pub about: String,
    /// The most that it can be.
    pub out_of: Decimal,
    /// What it is counted in.
    pub unit: Unit,
    /// Whether a body that is not the agency publishes it; the agency's own survey is none of these.
    pub is_official: bool,
}

/// An index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedIndex {
    /// Its id.
    pub id: RowId,
    /// Whose list it stands in.
    pub agency: AgencyId,
    /// What is said of it.
    pub details: IndexDetails,
}

/// As which a body goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merger {
    /// The body as which it goes on.
    pub into: RowId,
    /// From when.
    pub on: Date,
    /// By which decision.
    pub decision: String,
}

/// A body that is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its id.
    pub id: RowId,
    /// Its name as published.
    pub name: String,
    /// Whether it is the agency itself.
    pub is_own: bool,
    /// As which it goes on, if it was merged.
    pub merger: Option<Merger>,
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexResult {
    /// Its id.
    pub id: RowId,
    /// The body.
    pub body: RowId,
    /// The year that it is about, not the one in which it was published.
    pub year: i16,
    /// The component, empty for the whole index.
    pub component: String,
    /// The value.
    pub value: Decimal,
    /// Its place among the bodies, if it was told.
    pub place: Option<i64>,
    /// Among how many.
    pub n_bodies: Option<i64>,
    /// The document that says so.
    pub source: String,
    /// Where it can be read.
    pub source_url: String,
    /// The day on which it was published.
    pub published_on: Option<Date>,
    /// What should be known about it.
    pub note: String,
}

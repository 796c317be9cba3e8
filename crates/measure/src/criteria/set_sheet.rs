//! A set as a spreadsheet: a row for each area, criterion and component, what the set says of itself
//! on a second sheet. A hidden column carries what has no readable cell, so that the way out and in
//! again changes nothing.
//!
//! The legal form is Vietnamese, whatever the reader's language: the file is read by its headings.

use base::{Fault, Refusal};
use documents::sheet::{Book, Column, Look, Sheet, Value};
use documents::xlsx::Writer;
use jiff::Timestamp;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use web::Say;

use super::arithmetic::Kept;
use super::rule_fields;
use super::sentence;
use super::set::{Component, Example, Reading};
use super::set_json::SetFile;
use super::source::Source;

/// Columns: key of the heading, width in letters, whether texts stand in the middle.
pub(super) const COLUMNS: [(&str, u16, bool); 8] = [
    ("criteria-col-level", 12, true),
    ("criteria-col-no", 8, true),
    ("criteria-col-title", 46, false),
    ("criteria-col-max", 10, true),
    ("criteria-col-guidance", 44, false),
    ("criteria-col-evidence", 30, false),
    ("criteria-col-rule", 40, false),
    ("criteria-col-sentence", 44, false),
];

/// The facts of the second sheet, in their order.
pub(super) const FACTS: [&str; 10] = [
    "title",
    "number",
    "issued_on",
    "issuer",
    "level",
    "year_from",
    "year_to",
    "total",
    "note",
    "kept",
];

/// What has no readable cell of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct More {
    /// Findings that stay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept>,
    /// Where the input comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// What the appraiser says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The second reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<Reading>,
    /// The worked example.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<Example>,
}

/// The set as a spreadsheet.
///
/// # Faults
/// Never with a set that was made here.
pub fn write(file: &SetFile, legal: &Say, made_at: Timestamp) -> Result<Vec<u8>, Fault> {
    let mut writer = Writer::begin(Vec::new(), &book(file, legal, made_at))?;
    for area in &file.areas {
        let more = kept(&area.kept)?;
        let row = head(legal, "area", (&area.no, &area.title, area.max), more);
        writer.row(Look::Group, &row)?;
        for criterion in &area.criteria {
            let more = kept(&criterion.kept)?;
            let texts = (&criterion.no, &criterion.title, criterion.max);
            writer.row(
                Look::Total,
                &head(legal, "criterion", (texts.0, texts.1, texts.2), more),
            )?;
            for component in &criterion.components {
                writer.row(Look::Plain, &row_of(component, legal)?)?;
            }
        }
    }
    writer.next_sheet()?;
    for fact in FACTS {
        let label = legal.t(&format!("criteria-fact-{fact}"));
        let row = [Value::text(label), fact_value(file, fact)?];
        writer.row(Look::Plain, &row)?;
    }
    writer.finish()
}

/// An empty set as a spreadsheet to begin from: one row of each level, as an example.
///
/// # Faults
/// Never: it is made here.
///
/// # Refusals
/// Never: a test reads every guide.
pub fn template(legal: &Say, made_at: Timestamp) -> Result<Vec<u8>, base::Error> {
    let guide = super::guide::Guide::named("xuan-loc-2022").ok_or(Refusal::NotFound)?;
    Ok(write(&guide.read()?, legal, made_at)?)
}

fn book(file: &SetFile, legal: &Say, made_at: Timestamp) -> Book {
    let column = |(key, chars, is_middle): (&str, u16, bool)| {
        let column = Column::new(legal.t(key), chars);
        if is_middle { column.centered() } else { column }
    };
    let more = Column::new(legal.t("criteria-col-more"), 12).hidden();
    Book {
        title: file.details.title.clone(),
        author: file.details.issuer.clone(),
        made_at,
        sheets: vec![
            Sheet {
                name: legal.t("criteria-sheet"),
                lines: vec![file.details.title.clone()],
                columns: COLUMNS.into_iter().map(column).chain([more]).collect(),
                has_filter: false,
            },
            Sheet {
                name: legal.t("criteria-sheet-facts"),
                lines: Vec::new(),
                columns: vec![
                    Column::new(legal.t("criteria-col-fact"), 28),
                    Column::new(legal.t("criteria-col-value"), 80),
                ],
                has_filter: false,
            },
        ],
    }
}

/// A number as a cell holds it: typed, so that it adds up.
fn number(value: Decimal) -> Value {
    match value.fract().is_zero() {
        true => value.to_i64().map_or(Value::Empty, Value::Whole),
        false => value.to_f64().map_or(Value::Empty, Value::Decimal),
    }
}

fn head(
    legal: &Say,
    level: &str,
    (no, title, max): (&str, &str, Decimal),
    more: Value,
) -> Vec<Value> {
    let mut row = vec![
        Value::text(legal.t(&format!("criteria-level-{level}"))),
        Value::text(no),
        Value::text(title),
        number(max),
    ];
    row.resize(COLUMNS.len(), Value::Empty);
    row.push(more);
    row
}

fn row_of(component: &Component, legal: &Say) -> Result<Vec<Value>, Fault> {
    let more = More {
        kept: component.kept.clone(),
        source: Some(component.source.clone()).filter(Source::is_computed),
        note: component.note.clone(),
        second: component.second.clone(),
        example: component.example.clone(),
    };
    Ok(vec![
        Value::text(legal.t("criteria-level-component")),
        Value::text(component.no.as_str()),
        Value::text(component.title.as_str()),
        number(component.max),
        Value::text(component.guidance.as_str()),
        Value::text(component.evidence.as_str()),
        Value::text(rule_fields::to_cell(&component.rule, legal)),
        Value::text(sentence::sentence(&component.rule, legal)),
        more_cell(&more)?,
    ])
}

fn kept(kept: &[Kept]) -> Result<Value, Fault> {
    more_cell(&More {
        kept: kept.to_vec(),
        ..More::default()
    })
}

fn more_cell(more: &More) -> Result<Value, Fault> {
    if *more == More::default() {
        return Ok(Value::Empty);
    }
    let text = serde_json::to_string(more);
    let text = text.map_err(|error| Fault::from_source("a criteria set", error))?;
    Ok(Value::text(text))
}

fn fact_value(file: &SetFile, fact: &str) -> Result<Value, Fault> {
    let details = &file.details;
    Ok(match fact {
        "title" => Value::text(details.title.as_str()),
        "number" => Value::text(details.number.as_str()),
        "issued_on" => Value::day(details.issued_on),
        "issuer" => Value::text(details.issuer.as_str()),
        "level" => Value::text(details.level.as_str()),
        // As text: a year has no dot between its thousands.
        "year_from" => Value::text(details.year_from.to_string()),
        "year_to" => Value::text(details.year_to.map(|y| y.to_string()).unwrap_or_default()),
        "total" => details.total.map_or(Value::Empty, number),
        "note" => Value::text(details.note.as_str()),
        _ => kept(&details.kept)?,
    })
}

//! An index as pages show it: the picture over years, the table behind it, mergers, sources.

use base::calendar::date_short;
use rust_decimal::Decimal;
use web::Say;

use super::decimal;
use super::index::{Body, IndexResult, PublishedIndex, Unit};
use super::line::{Line, lines};
use crate::chart::{Amount, Chart, bars};

/// Lines that the picture draws; the table has all.
const DRAWN_MAX: usize = 8;

/// An index with its results.
pub struct IndexView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether an official body publishes it.
    pub is_official: bool,
    /// Who publishes it.
    pub issuer: String,
    /// What it measures.
    pub about: String,
    /// What its values are counted in.
    pub scale: String,
    /// The years of the table.
    pub years: Vec<i16>,
    /// The rows of the table.
    pub rows: Vec<RowView>,
    /// The picture.
    pub picture: Chart,
    /// Mergers in words, in the order of their footnotes.
    pub mergers: Vec<String>,
    /// Every source once, with what is known of it.
    pub sources: Vec<SourceView>,
}

/// A row of the table.
pub struct RowView {
    /// The body, and the component after it.
    pub name: String,
    /// Numbers of its footnotes, from 1.
    pub notes: Vec<usize>,
    /// A cell for each year: value, place in words, number of its source from 1.
    pub cells: Vec<Option<CellView>>,
}

/// A cell of the table.
pub struct CellView {
    /// The value.
    pub value: String,
    /// The place, in words; empty when it was not told.
    pub place: String,
    /// The number of its source, from 1.
    pub source: usize,
    /// What should be known.
    pub note: String,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceView {
    /// The document.
    pub words: String,
    /// Where it can be read; empty when nobody said.
    pub href: String,
}

/// A value with its unit.
pub fn value_words(value: Decimal, unit: Unit, say: &Say) -> String {
    let shown = decimal::shown(value, say.lang);
    match unit {
        Unit::Percent => format!("{shown}%"),
        Unit::Points => shown,
    }
}

/// The index as pages show it.
pub fn view(
    index: &PublishedIndex,
    (results, bodies): (&[IndexResult], &[Body]),
    say: &Say,
) -> IndexView {
    let details = &index.details;
    let made = lines(results, bodies);
    let mut sources: Vec<SourceView> = Vec::new();
    let rows: Vec<RowView> = made
        .lines
        .iter()
        .map(|line| row(line, details.unit, &mut sources, say))
        .collect();
    let drawn: Vec<(String, Vec<Amount>)> = made
        .lines
        .iter()
        .filter(|line| line.component.is_empty())
        .take(DRAWN_MAX)
        .map(|line| (line.body.name.clone(), amounts(line, details.unit, say)))
        .collect();
    let scale = say.t1(
        &format!("indices-scale-{}", details.unit.as_str()),
        "most",
        decimal::plain(details.out_of, say.lang),
    );
    IndexView {
        code: details.code.clone(),
        name: details.name.clone(),
        is_official: details.is_official,
        issuer: details.issuer.clone(),
        about: details.about.clone(),
        scale,
        rows,
        picture: bars(&drawn, decimal::hundredths(details.out_of)),
        mergers: made
            .mergers
            .iter()
            .filter_map(|(from, into)| merger_words(from, into, say))
            .collect(),
        sources,
        years: made.years,
    }
}

fn row(line: &Line<'_>, unit: Unit, sources: &mut Vec<SourceView>, say: &Say) -> RowView {
    let cells = line.results.iter();
    RowView {
        name: match line.component.is_empty() {
            true => line.body.name.clone(),
            false => format!("{}: {}", line.body.name, line.component),
        },
        notes: line.notes.iter().map(|place| place + 1).collect(),
        cells: cells
            .map(|result| result.map(|result| cell(result, unit, sources, say)))
            .collect(),
    }
}

fn cell(result: &IndexResult, unit: Unit, sources: &mut Vec<SourceView>, say: &Say) -> CellView {
    let words = match result.published_on {
        Some(day) => say.t2(
            "indices-source-words",
            ("source", &result.source),
            ("day", &date_short(day)),
        ),
        None => result.source.clone(),
    };
    let source = SourceView {
        words,
        href: result.source_url.clone(),
    };
    let at = sources.iter().position(|known| *known == source);
    let number = at.unwrap_or_else(|| {
        sources.push(source);
        sources.len() - 1
    });
    CellView {
        value: value_words(result.value, unit, say),
        place: match (result.place, result.n_bodies) {
            (Some(place), Some(n)) => say.t2("indices-place-of", ("place", &place), ("n", &n)),
            (Some(place), None) => say.t1("indices-place", "place", place),
            _ => String::new(),
        },
        source: number + 1,
        note: result.note.clone(),
    }
}

fn amounts(line: &Line<'_>, unit: Unit, say: &Say) -> Vec<Amount> {
    let told = line.results.iter().flatten();
    told.map(|result| Amount {
        label: result.year.to_string(),
        amount: decimal::hundredths(result.value),
        text: value_words(result.value, unit, say),
    })
    .collect()
}

fn merger_words(from: &Body, into: &Body, say: &Say) -> Option<String> {
    let merger = from.merger.as_ref()?;
    let key = match merger.decision.is_empty() {
        true => "indices-merged",
        false => "indices-merged-by",
    };
    let day = date_short(merger.on);
    Some(say.with(
        key,
        &[
            ("from", &from.name),
            ("into", &into.name),
            ("day", &day),
            ("decision", &merger.decision),
        ],
    ))
}

//! Long lists on paper: what is in them by kind, month and channel, their first rows, and where the
//! whole list stands.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use base::id::ItemId;
use base::text::number::whole;
use documents::paper::{Cell, Column, Part, Table};

use super::figures::EvidenceRow;
use super::file_name;
use super::report_paper::Writer;

/// Rows of a list that the document shows; a longer one is told in figures and stands whole in the
/// spreadsheet. Five hundred are some forty pages: more than anybody reads on paper.
pub(super) const ROWS_MAX: usize = 500;

/// The kinds of evidence, in the order of the table.
const KINDS: [&str; 3] = ["page", "file", "link"];

/// The sentence that says how much of a list is shown and where the rest is; none when all is.
pub(super) fn cut(writer: &Writer<'_>, n_rows: usize) -> Option<Part> {
    let count = |n: usize| whole(i64::try_from(n).unwrap_or(i64::MAX));
    (n_rows > ROWS_MAX).then(|| {
        Part::paragraph(writer.say.with(
            "report-list-cut",
            &[
                ("shown", &count(ROWS_MAX)),
                ("total", &count(n_rows)),
                ("file", &file_name(writer.figures, "bao-cao", "xlsx")),
            ],
        ))
    })
}

/// What the evidence is in figures: by month and kind, then by channel; nothing for a short list.
pub(super) fn evidence(writer: &Writer<'_>) -> Vec<Part> {
    if writer.figures.evidence.len() <= ROWS_MAX {
        return Vec::new();
    }
    vec![by_month(writer).into(), by_channel(writer).into()]
}

/// Pieces of evidence by the month in which they were taken, and by kind.
fn by_month(writer: &Writer<'_>) -> Table {
    let say = writer.say;
    let months = counted_by_month(&writer.figures.evidence);
    let mut columns = vec![Column::new(say.t("report-col-month"), 4)];
    columns.extend(
        KINDS.map(|kind| Column::new(say.t(&format!("report-evidence-{kind}")), 3).right()),
    );
    columns.push(Column::new(say.t("report-col-sum"), 3).right());
    let table = Table::new(columns).caption(say.t("report-evidence-by-month"));
    let row = |name: String, counts: &[i64; 3]| -> Vec<Cell> {
        let sum: i64 = counts.iter().sum();
        let counts = counts.iter().chain([&sum]).map(|n| Cell::from(whole(*n)));
        std::iter::once(Cell::from(name)).chain(counts).collect()
    };
    let mut total = [0; 3];
    let table = months.iter().fold(table, |table, (month, counts)| {
        for (sum, n) in total.iter_mut().zip(counts) {
            *sum += n;
        }
        let (year, month) = month.split_once('-').unwrap_or((month, ""));
        table.row(row(format!("{month}/{year}"), counts))
    });
    table.total(row(say.t("report-col-sum"), &total))
}

/// The counts of each month, `2023-03`, by kind.
fn counted_by_month(evidence: &[EvidenceRow]) -> BTreeMap<String, [i64; 3]> {
    let mut months: BTreeMap<String, [i64; 3]> = BTreeMap::new();
    for row in evidence {
        let month: String = row.taken_at.chars().take(7).collect();
        let kind = KINDS.iter().position(|kind| *kind == row.kind);
        let counts = months.entry(month).or_default();
        if let Some(count) = kind.and_then(|kind| counts.get_mut(kind)) {
            *count += 1;
        }
    }
    months
}

/// Pieces of evidence of the items that each channel carried; an item on two channels stands in
/// both rows, so they do not add up.
fn by_channel(writer: &Writer<'_>) -> Table {
    let say = writer.say;
    let figures = writer.figures;
    let mut pieces: HashMap<ItemId, i64> = HashMap::new();
    for row in &figures.evidence {
        *pieces.entry(row.item).or_default() += 1;
    }
    let mut by_name: HashMap<&str, i64> = HashMap::new();
    for item in &figures.counted.items {
        let n = pieces.get(&item.id).copied().unwrap_or(0);
        let channels: BTreeSet<&str> = item
            .publications
            .iter()
            .map(|found| found.channel.as_str())
            .collect();
        for channel in channels {
            *by_name.entry(channel).or_default() += n;
        }
    }
    let table = Table::new(vec![
        Column::new(say.t("report-col-channel"), 8),
        Column::new(say.t("report-col-evidence"), 4).right(),
    ])
    .caption(say.t("report-evidence-by-channel"));
    figures
        .counted
        .channels
        .iter()
        .fold(table, |table, channel| {
            let n = by_name.get(channel.name.as_str()).copied().unwrap_or(0);
            table.row([channel.name.clone(), whole(n)])
        })
}

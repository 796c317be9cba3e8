//! The whole lists of a report as a spreadsheet: activities, items, publications, evidence.
//!
//! The document shows the first rows of long lists; here stands every row, with days that sort and
//! checksums in full. Rows are streamed: ten thousand of them take the memory of one.

use std::io::Write;

use base::Fault;
use base::calendar::local;
use documents::sheet::{Book, Column, Look, Sheet, Value};
use documents::xlsx::Writer;
use jiff::Timestamp;
use web::Say;

use super::figures::{ActivityFigures, EvidenceRow, Figures};
use super::report_words as words;

/// Writes the lists of a report into an output, and gives it back.
///
/// # Faults
/// The output does not take them.
pub fn write<W: Write>(out: W, say: &Say, figures: &Figures) -> Result<W, Fault> {
    let mut writer = Writer::begin(out, &book(say, figures))?;
    for activity in figures.all_activities() {
        writer.row(Look::Plain, &of_activity(say, activity))?;
    }
    writer.next_sheet()?;
    for (item, n) in figures.counted.items.iter().zip(1i64..) {
        let row = [
            Value::Whole(n),
            Value::Day(item.done_on),
            Value::text(&item.title),
            Value::text(&item.author),
            Value::text(&item.unit),
            Value::text(item.activities.join("; ")),
            Value::text(&item.link),
        ];
        writer.row(Look::Plain, &row)?;
    }
    writer.next_sheet()?;
    for (item, n) in figures.counted.items.iter().zip(1i64..) {
        for publication in &item.publications {
            let row = [
                Value::Whole(n),
                Value::Day(publication.published_on),
                Value::text(&publication.channel),
                Value::text(&item.title),
                Value::text(&publication.url),
            ];
            writer.row(Look::Plain, &row)?;
        }
    }
    writer.next_sheet()?;
    for (evidence, n) in figures.evidence.iter().zip(1i64..) {
        writer.row(Look::Plain, &of_evidence(say, n, evidence))?;
    }
    writer.finish()
}

fn of_activity(say: &Say, activity: &ActivityFigures) -> [Value; 10] {
    [
        Value::text(&activity.no),
        Value::text(&activity.title),
        Value::text(&activity.lead_unit),
        Value::whole(activity.target),
        Value::text(&activity.target_unit),
        Value::Whole(activity.done_in_window),
        Value::Whole(activity.done_in_total),
        Value::Day(activity.from),
        Value::Day(activity.to),
        Value::text(say.t(&format!("report-status-{}", activity.status))),
    ]
}

fn of_evidence(say: &Say, n: i64, row: &EvidenceRow) -> [Value; 8] {
    let taken = row.taken_at.parse::<Timestamp>();
    [
        Value::Whole(n),
        Value::text(&row.title),
        Value::text(say.t(&format!("report-evidence-{}", row.kind))),
        Value::text(&row.file),
        Value::text(&row.sha256),
        Value::Whole(row.size),
        taken.map_or(Value::Empty, |at| Value::Moment(local(at))),
        Value::whole(row.leaf),
    ]
}

/// A sheet: key of its name, its columns by key of the heading and width in letters.
type Plan = (&'static str, &'static [(&'static str, u16)]);

const SHEETS: [Plan; 4] = [
    (
        "report-sheet-activities",
        &[
            ("report-col-no", 8),
            ("report-col-activity", 46),
            ("report-col-lead", 24),
            ("report-col-target", 10),
            ("report-col-measure", 14),
            ("report-col-window", 10),
            ("report-col-total", 10),
            ("report-col-begin", 12),
            ("report-col-end", 12),
            ("report-col-status", 18),
        ],
    ),
    (
        "report-sheet-items",
        &[
            ("report-col-row", 7),
            ("report-col-day", 12),
            ("report-col-title", 50),
            ("report-col-author", 18),
            ("report-col-unit", 24),
            ("report-col-activities", 14),
            ("report-col-link", 40),
        ],
    ),
    (
        "report-sheet-publications",
        &[
            ("report-col-item-row", 10),
            ("report-col-day", 12),
            ("report-col-channel", 26),
            ("report-col-title", 50),
            ("report-col-link", 40),
        ],
    ),
    (
        "report-sheet-evidence",
        &[
            ("report-col-row", 7),
            ("report-col-item", 46),
            ("report-col-evidence-kind", 16),
            ("report-col-file", 26),
            ("report-col-hash-whole", 68),
            ("report-col-size", 12),
            ("report-col-taken", 18),
            ("report-col-leaf", 12),
        ],
    ),
];

/// Columns up to this width hold marks and short words, which stand in the middle.
const SHORT_CHARS: u16 = 18;

fn book(say: &Say, figures: &Figures) -> Book {
    let title = say.t2(
        "report-abstract",
        ("plan", &words::plan_name(&figures.plan)),
        ("period", &words::period(say, &figures.window)),
    );
    let column = |(key, chars): &(&str, u16)| {
        let column = Column::new(say.t(key), *chars);
        if *chars <= SHORT_CHARS {
            column.centered()
        } else {
            column
        }
    };
    let sheet = |(key, columns): Plan| Sheet {
        name: say.t(key),
        lines: vec![say.t(key), title.clone()],
        columns: columns.iter().map(column).collect(),
        has_filter: true,
    };
    Book {
        title: title.clone(),
        author: figures.agency.name.clone(),
        made_at: figures.made_at.parse().unwrap_or_default(),
        sheets: SHEETS.map(sheet).into_iter().collect(),
    }
}

//! The annexes of a report: the items, what was out of order, the evidence.

use base::calendar::{date_short, local};
use base::text::number::whole;
use documents::paper::{Annex, Cell, Column, Part, Run, Table};
use jiff::Timestamp;

use super::figures::{EvidenceRow, ItemFigures};
use super::report_paper::{Leads, Writer};
use super::report_summary::{self as summary, ROWS_MAX};

/// Figures of a SHA-256 that the annex shows; the JSON has all 64.
const HASH_FIGURES: usize = 16;

/// The items of the window, by day.
pub(super) fn items(writer: &Writer<'_>) -> Annex {
    let say = writer.say;
    let all = &writer.figures.counted.items;
    let title = say.t("report-annex-items");
    if all.is_empty() {
        return Annex::wide(title, vec![Part::paragraph(say.t("report-no-items"))]);
    }
    let mut table = Table::new(vec![
        Column::new(say.t("report-col-row"), 2).centered(),
        Column::new(say.t("report-col-day"), 4).centered(),
        Column::new(say.t("report-col-title"), 14),
        Column::new(say.t("report-col-author"), 4),
        Column::new(say.t("report-col-unit"), 6),
        Column::new(say.t("report-col-channels"), 8),
        Column::new(say.t("report-col-activities"), 4).centered(),
    ]);
    for (at, item) in all.iter().take(ROWS_MAX).enumerate() {
        table = table.row(vec![
            Cell::from((at + 1).to_string()),
            Cell::from(date_short(item.done_on)),
            Cell::runs(vec![title_of(writer, item)]),
            Cell::from(item.author.clone()),
            Cell::from(item.unit.clone()),
            Cell::runs(channels_of(item)),
            Cell::from(item.activities.join(", ")),
        ]);
    }
    let mut body: Vec<Part> = summary::cut(writer, all.len()).into_iter().collect();
    body.push(table.into());
    Annex::wide(title, body)
}

fn title_of(writer: &Writer<'_>, item: &ItemFigures) -> Run {
    let run = Run::new(item.title.clone());
    match writer.leads {
        Leads::Desk(_) => run.to(format!("/desk/items/{}", item.id)),
        Leads::Public if item.link.is_empty() => run,
        Leads::Public => run.to(item.link.clone()),
    }
}

/// The channels with their days, each leading to its publication.
fn channels_of(item: &ItemFigures) -> Vec<Run> {
    let mut runs = Vec::new();
    for (at, publication) in item.publications.iter().enumerate() {
        let line = if at == 0 { "" } else { "\n" };
        let text = Run::new(format!("{line}{}", publication.channel));
        runs.push(if publication.url.is_empty() {
            text
        } else {
            text.to(publication.url.clone())
        });
        runs.push(Run::new(format!(
            " ({})",
            date_short(publication.published_on)
        )));
    }
    runs
}

/// Late items and forced publications; no annex when there is neither.
pub(super) fn exceptions(writer: &Writer<'_>) -> Option<Annex> {
    let mut body = Vec::new();
    if !writer.figures.late_items.is_empty() {
        body.push(Part::paragraph(writer.definition("late_items")));
        body.extend(summary::cut(writer, writer.figures.late_items.len()));
        body.push(late_items(writer).into());
    }
    if !writer.figures.forced.is_empty() {
        body.push(Part::paragraph(writer.definition("forced")));
        body.extend(summary::cut(writer, writer.figures.forced.len()));
        body.push(forced(writer).into());
    }
    (!body.is_empty()).then(|| Annex::wide(writer.say.t("report-annex-exceptions"), body))
}

fn late_items(writer: &Writer<'_>) -> Table {
    let say = writer.say;
    let table = Table::new(vec![
        Column::new(say.t("report-col-day"), 3).centered(),
        Column::new(say.t("report-col-title"), 10),
        Column::new(say.t("report-col-activities"), 3).centered(),
        Column::new(say.t("report-col-end"), 3).centered(),
        Column::new(say.t("report-col-days-late"), 3).right(),
    ]);
    let shown = writer.figures.late_items.iter().take(ROWS_MAX);
    shown.fold(table, |table, late| {
        let address = format!("/desk/items/{}", late.item);
        table.row(vec![
            Cell::from(date_short(late.done_on)),
            Cell::runs(vec![writer.lead(Run::new(late.title.clone()), &address)]),
            Cell::from(late.activity.clone()),
            Cell::from(date_short(late.to)),
            Cell::from(whole(late.days_late)),
        ])
    })
}

fn forced(writer: &Writer<'_>) -> Table {
    let say = writer.say;
    let table = Table::new(vec![
        Column::new(say.t("report-col-day"), 3).centered(),
        Column::new(say.t("report-col-title"), 9),
        Column::new(say.t("report-col-reason"), 9),
        Column::new(say.t("report-col-confirmed"), 4).centered(),
    ]);
    let shown = writer.figures.forced.iter().take(ROWS_MAX);
    shown.fold(table, |table, forced| {
        let address = format!("/desk/items/{}", forced.item);
        let is_confirmed = forced.is_confirmed;
        let key = if is_confirmed {
            "report-confirmed"
        } else {
            "report-unconfirmed"
        };
        table.row(vec![
            Cell::from(date_short(forced.published_on)),
            Cell::runs(vec![writer.lead(Run::new(forced.title.clone()), &address)]),
            Cell::from(forced.reason.clone()),
            Cell::from(say.t(key)),
        ])
    })
}

/// What was kept, with the hashes and the numbers in the log; then the head of the log.
pub(super) fn evidence(writer: &Writer<'_>) -> Annex {
    let (say, figures) = (writer.say, writer.figures);
    let mut body = vec![Part::paragraph(writer.definition("evidence"))];
    if figures.evidence.is_empty() {
        body.push(Part::paragraph(say.t("report-no-evidence")));
    } else {
        let mut table = Table::new(vec![
            Column::new(say.t("report-col-row"), 2).centered(),
            Column::new(say.t("report-col-item"), 12),
            Column::new(say.t("report-col-evidence-kind"), 5),
            Column::new(say.t("report-col-file"), 7),
            Column::new(say.t("report-col-hash"), 8),
            Column::new(say.t("report-col-taken"), 5).centered(),
            Column::new(say.t("report-col-leaf"), 4).right(),
        ]);
        body.extend(summary::evidence(writer));
        body.extend(summary::cut(writer, figures.evidence.len()));
        for (at, row) in figures.evidence.iter().take(ROWS_MAX).enumerate() {
            table = table.row(evidence_row(writer, at + 1, row));
        }
        body.push(table.into());
    }
    body.push(match &figures.checkpoint {
        Some(head) => Part::paragraph(say.with(
            "report-log-head",
            &[
                ("origin", &head.origin),
                ("size", &whole(head.size)),
                ("root", &head.root),
            ],
        )),
        None => Part::paragraph(say.t("report-log-unsealed")),
    });
    Annex::wide(say.t("report-annex-evidence"), body)
}

fn evidence_row(writer: &Writer<'_>, at: usize, row: &EvidenceRow) -> Vec<Cell> {
    let say = writer.say;
    let hash: String = row.sha256.chars().take(HASH_FIGURES).collect();
    let taken = row.taken_at.parse::<Timestamp>().unwrap_or_default();
    let taken = local(taken);
    let taken = format!(
        "{}\n{:02}:{:02}",
        date_short(taken.date()),
        taken.hour(),
        taken.minute()
    );
    let file = Run::new(row.file.clone());
    let file = match row.sha256.is_empty() {
        true => file,
        false => writer.lead(file, &format!("/desk/files/{}", row.sha256)),
    };
    let item = writer.lead(
        Run::new(row.title.clone()),
        &format!("/desk/items/{}", row.item),
    );
    vec![
        Cell::from(at.to_string()),
        Cell::runs(vec![item]),
        Cell::from(say.t(&format!("report-evidence-{}", row.kind))),
        Cell::runs(vec![file]),
        Cell::from(hash),
        Cell::from(taken),
        Cell::from(
            row.leaf
                .map_or_else(|| say.t("report-leaf-waiting"), |leaf| leaf.to_string()),
        ),
    ]
}

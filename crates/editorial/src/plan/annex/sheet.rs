//! The annex as it leaves: every task and activity in the order of the tree, with typed cells.
//!
//! The legal form is Vietnamese, whatever the reader's language: the file is read back by its
//! headings.

use base::Fault;
use base::id::TaskId;
use base::text::slug;
use documents::sheet::{Book, Column, Look, Sheet, Value};
use documents::{csv as comma, xlsx as office};
use jiff::Timestamp;
use web::Say;

use super::fields;
use super::reading::NO_TASK;
use crate::plan::activity::{Activity, recurrence_word};
use crate::plan::board::Board;

/// Columns of the annex: key of the heading, width in letters, whether texts stand in the middle.
const COLUMNS: [(&str, u16, bool); 16] = [
    ("plan-annex-col-no", 7, true),
    ("plan-annex-col-title", 46, false),
    ("plan-annex-col-form", 20, false),
    ("plan-annex-col-output", 24, false),
    ("plan-annex-col-targets", 18, false),
    ("plan-annex-col-lead", 22, false),
    ("plan-annex-col-supporting", 26, false),
    ("plan-annex-col-accountable", 20, false),
    ("plan-annex-col-when", 18, false),
    ("plan-annex-col-from", 12, true),
    ("plan-annex-col-to", 12, true),
    ("plan-annex-col-recurs", 14, true),
    ("plan-annex-col-note", 26, false),
    ("plan-annex-col-done", 10, true),
    ("plan-annex-col-percent", 8, true),
    ("plan-annex-col-status", 16, true),
];

/// The annex as a spreadsheet.
///
/// # Faults
/// Never with a board that was loaded.
pub fn xlsx(board: &Board, say: &Say, made_at: Timestamp) -> Result<Vec<u8>, Fault> {
    let mut writer = office::Writer::begin(Vec::new(), &book(board, say, made_at))?;
    each(board, say, &mut |look, row| writer.row(look, &row))?;
    writer.finish()
}

/// The annex as comma-separated values.
///
/// # Faults
/// Never with a board that was loaded.
pub fn csv(board: &Board, say: &Say, made_at: Timestamp) -> Result<Vec<u8>, Fault> {
    let book = book(board, say, made_at);
    let sheet = book.sheets.first().cloned().unwrap_or_default();
    let mut writer = comma::Writer::begin(Vec::new(), &sheet)?;
    each(board, say, &mut |_, row| writer.row(&row))?;
    writer.finish()
}

/// What a file of the plan is called, without its ending: `phu-luc-12-kh-stp`.
pub fn file_stem(board: &Board, what: &str) -> String {
    let details = &board.plan.details;
    let number = details.number.as_deref().map(slug).unwrap_or_default();
    match number.is_empty() {
        true => format!("{what}-{}", details.year),
        false => format!("{what}-{number}"),
    }
}

fn book(board: &Board, say: &Say, made_at: Timestamp) -> Book {
    let details = &board.plan.details;
    let column = |(key, chars, is_middle): (&str, u16, bool)| {
        let column = Column::new(say.t(key), chars);
        if is_middle { column.centered() } else { column }
    };
    let id = Column::new(say.t("plan-annex-col-id"), 12).hidden();
    Book {
        title: details.title.clone(),
        author: details.issuer.clone(),
        made_at,
        sheets: vec![Sheet {
            name: say.t("plan-annex-sheet"),
            lines: vec![details.title.clone(), reference(board, say)],
            columns: COLUMNS.into_iter().map(column).chain([id]).collect(),
            has_filter: false,
        }],
    }
}

/// To which document the annex belongs.
fn reference(board: &Board, say: &Say) -> String {
    let details = &board.plan.details;
    let mut words = say.t("plan-annex-of");
    if let Some(number) = &details.number {
        words = say.t1("plan-annex-of-number", "number", number);
    }
    if let Some(day) = details.issued_on {
        words = format!("{words} {}", base::calendar::date_long(day));
    }
    if !details.issuer.is_empty() {
        words = format!(
            "{words} {}",
            say.t1("plan-annex-of-issuer", "issuer", &details.issuer)
        );
    }
    format!("({words})")
}

/// Hands over every row: a task, its activities, its parts; at the end what belongs to no task.
fn each(
    board: &Board,
    say: &Say,
    put: &mut dyn FnMut(Look, Vec<Value>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let own = |task: Option<TaskId>| board.activities.iter().filter(move |a| a.task == task);
    for task in &board.tasks {
        put(
            Look::Group,
            heading(&task.no, &task.title, &task.id.to_string()),
        )?;
        for activity in own(Some(task.id)) {
            put(Look::Plain, row(board, say, activity))?;
        }
    }
    if own(None).next().is_some() && !board.tasks.is_empty() {
        put(
            Look::Group,
            heading("", &say.t("plan-annex-no-task"), NO_TASK),
        )?;
    }
    for activity in own(None) {
        put(Look::Plain, row(board, say, activity))?;
    }
    Ok(())
}

fn heading(no: &str, title: &str, id: &str) -> Vec<Value> {
    let mut row = vec![Value::text(no), Value::text(title)];
    row.resize(COLUMNS.len(), Value::Empty);
    row.push(Value::text(id));
    row
}

fn row(board: &Board, say: &Say, activity: &Activity) -> Vec<Value> {
    let (details, progress) = (&activity.details, board.progress(activity));
    let when = &details.when;
    let recurs = when.recurs.map(recurrence_word);
    let recurs = recurs.map(|word| say.t(&format!("plan-recurs-{word}")));
    let percent = progress.target.map(|_| progress.percent() as f64 / 100.0);
    vec![
        Value::text(board.number(activity.id)),
        Value::text(&details.title),
        Value::text(&details.form),
        Value::text(&details.output),
        Value::text(fields::targets_words(&fields::targets(details))),
        Value::text(board.lead(activity)),
        Value::text(fields::names_words(&board.supporting(activity))),
        Value::text(board.accountable(activity)),
        Value::text(&when.text),
        Value::day(when.from),
        Value::day(when.to),
        Value::text(recurs.unwrap_or_default()),
        Value::text(&details.note),
        Value::Whole(progress.done),
        percent.map_or(Value::Empty, Value::Share),
        Value::text(say.t(&format!("plan-status-{}", progress.status.as_str()))),
        Value::text(activity.id.to_string()),
    ]
}

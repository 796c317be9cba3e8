//! The check of a report's DOCX against every parameter of Decree 30/2020/NĐ-CP.

use askama::Template;
use axum::extract::{Path, State};
use base::Fault;
use base::id::RowId;
use documents::decree::{self, Finding};
use editorial::Editorial;
use web::{By, Frame, Page, Say, render};

use super::report_frame;
use crate::reports::{report_store, to_docx};

#[derive(Template)]
#[template(path = "reports/desk/check_show.html")]
struct CheckPage {
    frame: Frame,
    id: RowId,
    lead: String,
    rows: Vec<CheckRow>,
}

struct CheckRow {
    name: String,
    is_met: bool,
    is: String,
    should: String,
    place: String,
}

/// Checks the DOCX as it would be saved now.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    let mut read = editorial.db.read().await?;
    let report = report_store::find(&mut read, by.actor().agency, id).await?;
    drop(read);
    let frame = editorial.desk(&by, "report-check-title").await?;
    let say = frame.say;
    let frame = report_frame(frame, &report).at(&format!("/desk/reports/{id}/check"));
    let checked = tokio::task::spawn_blocking(move || {
        let docx = to_docx(&say, &report.figures, &report.dress)?;
        decree::check(&docx).map_err(|problem| Fault::new(problem.to_string()))
    });
    let verdict = checked
        .await
        .map_err(|error| Fault::from_source("the report was not checked", error))??;
    let rows: Vec<CheckRow> = verdict
        .findings
        .iter()
        .map(|found| row(&say, found))
        .collect();
    let n_met = rows.iter().filter(|row| row.is_met).count();
    render(&CheckPage {
        lead: frame
            .say
            .t2("report-check-lead", ("met", &n_met), ("all", &rows.len())),
        frame,
        id,
        rows,
    })
}

fn row(say: &Say, found: &Finding) -> CheckRow {
    CheckRow {
        name: say.t(&format!("report-decree-{}", found.parameter)),
        is_met: found.is_met,
        is: told(say, &found.is),
        should: told(say, &found.should),
        place: found.place.clone(),
    }
}

/// The words of a finding in the reader's language; measures stay as they are.
fn told(say: &Say, words: &str) -> String {
    let word = |word: &str| {
        let key = format!("report-decree-word-{word}");
        let is_word = !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
        match is_word && say.knows(&key) {
            true => say.t(&key),
            false => word.to_owned(),
        }
    };
    words.split(", ").map(word).collect::<Vec<_>>().join(", ")
}

//! The figures of a report, and the list behind each: two clicks from any number to its sources.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use base::calendar::date_short;
use base::id::RowId;
use base::{Error, Refusal};
use documents::csv;
use documents::sheet::{Column, Sheet, Value};
use editorial::Editorial;
use serde::Deserialize;
use web::{By, Frame, Page, Pager, Say, render};

use super::{download, report_frame};
use crate::reports::figure_list::{self, Figure};
use crate::reports::figure_rows::{self, Listing};
use crate::reports::report_store::{self, Report};
use crate::reports::{file_name, report_words};

/// Rows of a page.
const PER_PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "reports/desk/figure_table.html")]
struct TablePage {
    frame: Frame,
    id: RowId,
    figures: Vec<Figure>,
}

#[derive(Template)]
#[template(path = "reports/desk/figure_show.html")]
struct FigurePage {
    frame: Frame,
    id: RowId,
    figure: Figure,
    definition: String,
    window: String,
    heads: Vec<String>,
    rows: Vec<Vec<(String, Option<String>)>>,
    pager: Pager,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    page: Option<i64>,
}

/// All figures of a report.
pub async fn table(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    let report = find(&editorial, &by, id).await?;
    let frame = editorial.desk(&by, "report-figures-title").await?;
    let frame = report_frame(frame, &report).at(&format!("/desk/reports/{id}/figures"));
    render(&TablePage {
        figures: figure_list::all(&frame.say, &report.figures),
        frame,
        id,
    })
}

/// One figure with the list behind it.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, code)): Path<(RowId, String)>,
    Query(asked): Query<Asked>,
) -> Page {
    let report = find(&editorial, &by, id).await?;
    let frame = editorial.desk(&by, "report-figures-title").await?;
    let say = frame.say;
    let (figure, list) = behind(&say, &report, &code)?;
    let address = format!("/desk/reports/{id}/figures/{code}");
    let frame = report_frame(frame, &report)
        .under(
            say.t("report-figures-title"),
            format!("/desk/reports/{id}/figures"),
        )
        .titled(figure.name.clone())
        .at(&address);
    let total = i64::try_from(list.rows.len()).unwrap_or(i64::MAX);
    let pager = Pager::new(asked.page.unwrap_or(1), total, PER_PAGE, address);
    let first = usize::try_from((pager.page - 1) * PER_PAGE).unwrap_or(0);
    let shown = list.rows.into_iter().skip(first).take(PER_PAGE as usize);
    let cells = |row: Vec<figure_rows::Listed>| {
        row.into_iter()
            .map(|(value, href)| (value.shown(), href))
            .collect()
    };
    let figures = &report.figures;
    let window = (date_short(figures.window.first), date_short(figures.as_of));
    render(&FigurePage {
        definition: report_words::definition(&say, figure.defined),
        window: say.t2(
            "reports-window-days",
            ("from", &window.0),
            ("to", &window.1),
        ),
        heads: list.columns.iter().map(|key| say.t(key)).collect(),
        rows: shown.map(cells).collect(),
        pager,
        figure,
        frame,
        id,
    })
}

/// The list behind a figure, for programs; `all` gives every figure by its code.
pub async fn csv(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, code)): Path<(RowId, String)>,
) -> Page {
    let report = find(&editorial, &by, id).await?;
    let say = editorial.say(by.lang());
    let (heads, rows) = match code.as_str() {
        "all" => everything(&say, &report),
        code => {
            let (_, list) = behind(&say, &report, code)?;
            let heads = list.columns.iter().map(|key| say.t(key)).collect();
            let values = |row: Vec<figure_rows::Listed>| row.into_iter().map(|(v, _)| v).collect();
            (heads, list.rows.into_iter().map(values).collect())
        }
    };
    let sheet = Sheet {
        columns: heads
            .into_iter()
            .map(|head: String| Column::new(head, 20))
            .collect(),
        ..Sheet::default()
    };
    let mut writer = csv::Writer::begin(Vec::new(), &sheet)?;
    for row in rows {
        let row: Vec<Value> = row;
        writer.row(&row)?;
    }
    let bytes = writer.finish()?;
    let name = file_name(&report.figures, &format!("so-lieu-{code}"), "csv");
    Ok(download(
        Body::from(bytes),
        "text/csv; charset=utf-8",
        &name,
    ))
}

/// Every figure: code, name, number, whether typed, definition.
fn everything(say: &Say, report: &Report) -> (Vec<String>, Vec<Vec<Value>>) {
    let heads = [
        "report-col-code",
        "report-col-statistic",
        "report-col-number",
        "report-col-typed",
        "report-col-definition",
    ];
    let rows = figure_list::all(say, &report.figures)
        .into_iter()
        .map(|figure| {
            vec![
                Value::text(&figure.code),
                Value::text(&figure.name),
                figure.value(),
                Value::Flag(figure.is_typed),
                Value::text(report_words::definition(say, figure.defined)),
            ]
        });
    (heads.iter().map(|key| say.t(key)).collect(), rows.collect())
}

fn behind(say: &Say, report: &Report, code: &str) -> Result<(Figure, Listing), Error> {
    let mut all = figure_list::all(say, &report.figures).into_iter();
    let figure = all
        .find(|figure| figure.code == code)
        .ok_or(Refusal::NotFound)?;
    let list = figure_list::listing(say, &report.figures, code).ok_or(Refusal::NotFound)?;
    Ok((figure, list))
}

async fn find(editorial: &Editorial, by: &By, id: RowId) -> Result<Report, Error> {
    let mut read = editorial.db.read().await?;
    report_store::find(&mut read, by.actor().agency, id).await
}

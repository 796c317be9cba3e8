//! Results from a file: choose it, look at what it says, accept it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::text::clean_line;
use base::{Error, Fault, Problem, Refusal};
use db::Conn;
use documents::read::{Limits, grids};
use editorial::Editorial;
use house::files::{NewFile, find_use, sniff};
use rust_decimal::Decimal;
use serde_json::json;
use sha2::{Digest, Sha256};
use web::{By, Form, Frame, Lang, Page, Problems, Say, render, with_status};

use super::{address, refused, under_index};
use crate::indices::acts::{self, subject};
use crate::indices::decimal;
use crate::indices::index::PublishedIndex;
use crate::indices::index_store;
use crate::indices::result_file::{ReadResults, of_csv, read};

/// Rows that the preview shows; the rest is told as a number.
const SHOWN_MAX: usize = 200;

#[derive(Template)]
#[template(path = "indices/desk/index_import.html")]
struct ImportPage {
    frame: Frame,
    problems: Problems,
    base: String,
    preview: Option<Preview>,
}

struct Preview {
    file: String,
    name: String,
    mark: String,
    n_rows: i64,
    rows: Vec<RowView>,
    wrong: Vec<(String, String)>,
}

struct RowView {
    year: i16,
    body: String,
    component: String,
    value: String,
    source: String,
}

/// The form.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(code): Path<String>) -> Page {
    render(&page(&editorial, &by, &code).await?)
}

/// Keeps the file and leads to what it says.
pub async fn keep(
    State(editorial): State<Editorial>,
    by: By,
    Path(code): Path<String>,
    form: Form,
) -> Page {
    match put(&editorial, &by, &code, &form).await {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(error) => {
            let mut page = page(&editorial, &by, &code).await?;
            let (status, problems) = refused(error, &page.frame.say)?;
            page.problems = problems;
            with_status(status, &page)
        }
    }
}

/// What the kept file says.
pub async fn preview(
    State(editorial): State<Editorial>,
    by: By,
    Path((code, file)): Path<(String, String)>,
) -> Page {
    let mut page = page(&editorial, &by, &code).await?;
    page.preview = Some(preview_of(&editorial, &by, (&code, &file)).await?);
    render(&page)
}

/// Stores what was shown.
pub async fn accept(
    State(editorial): State<Editorial>,
    by: By,
    Path((code, file)): Path<(String, String)>,
    form: Form,
) -> Page {
    match store(&editorial, &by, (&code, &file), form.value("mark")).await {
        Ok(()) => {
            let to = format!("{}?done=index-imported", address(&code));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let mut page = page(&editorial, &by, &code).await?;
            let (status, problems) = refused(error, &page.frame.say)?;
            page.problems = problems;
            page.preview = Some(preview_of(&editorial, &by, (&code, &file)).await?);
            with_status(status, &page)
        }
    }
}

async fn put(editorial: &Editorial, by: &By, code: &str, form: &Form) -> Result<String, Error> {
    let Some(upload) = form.upload("file") else {
        return Err(Refusal::at("file", "indices-file-nothing").into());
    };
    let name = clean_line(&upload.name);
    let mut act = editorial.db.act().await?;
    let index = index_store::find(&mut act, by.actor().agency, code).await?;
    results_of(upload.bytes.to_vec(), name.clone(), index.details.out_of).await?;
    let file = NewFile {
        agency: by.actor().agency,
        name: &name,
        media_type: sniff::kind(&upload.bytes).0,
        by: Some(by.actor().account),
        is_public: false,
    };
    let now = editorial.clock.now_ms();
    let sha256 = editorial
        .files
        .put(&mut act, &upload.bytes, file, now)
        .await?;
    let data = json!({"file": sha256, "name": name});
    editorial
        .record(&mut act, by.actor(), "index.read", subject(index.id), data)
        .await?;
    act.commit().await?;
    Ok(format!("{}/import/{sha256}", address(code)))
}

/// The results of a file; unpacking takes long on long files, so it runs on a thread of its own.
async fn results_of(bytes: Vec<u8>, name: String, out_of: Decimal) -> Result<ReadResults, Error> {
    let reading = tokio::task::spawn_blocking(move || {
        let grids = match bytes.starts_with(b"PK") {
            true => grids(&bytes, &name, &Limits::default())
                .map_err(|problem| problem.sentence(Lang::Vi.as_str()))?,
            false => of_csv(&bytes, "CSV").into_iter().collect(),
        };
        Ok(read(&grids, out_of))
    });
    let found: Result<ReadResults, String> = reading
        .await
        .map_err(|error| Fault::from_source("reading results was cut off", error))?;
    found.map_err(|why| {
        let problem = Problem::at("file", "indices-file-unread").with("why", why);
        Refusal::Invalid(vec![problem]).into()
    })
}

struct Work {
    index: PublishedIndex,
    found: ReadResults,
    name: String,
    mark: String,
}

async fn work(
    editorial: &Editorial,
    conn: &mut Conn,
    by: &By,
    (code, file): (&str, &str),
) -> Result<Work, Error> {
    let agency = by.actor().agency;
    let index = index_store::find(conn, agency, code).await?;
    let name = find_use(conn, agency, file).await?.name;
    let bytes = editorial.files.read(file).await?;
    let found = results_of(bytes, name.clone(), index.details.out_of).await?;
    let mark = hex::encode(Sha256::digest(format!("{code} {found:?}").as_bytes()));
    Ok(Work {
        index,
        found,
        name,
        mark,
    })
}

async fn store(
    editorial: &Editorial,
    by: &By,
    place: (&str, &str),
    mark: &str,
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let work = work(editorial, &mut act, by, place).await?;
    if work.mark != mark {
        return Err(Refusal::Stale.into());
    }
    if !work.found.problems.is_empty() || work.found.rows.is_empty() {
        return Err(Refusal::because("indices-cells-wrong").into());
    }
    let given = (&work.index, work.found.rows.as_slice());
    acts::keep(&editorial.house, &mut act, by.actor(), given).await?;
    Ok(act.commit().await?)
}

async fn page(editorial: &Editorial, by: &By, code: &str) -> Result<ImportPage, Error> {
    let mut read = editorial.db.read().await?;
    let index = index_store::find(&mut read, by.actor().agency, code).await?;
    let frame = editorial.desk(by, "indices-import").await?;
    Ok(ImportPage {
        frame: under_index(frame, &index),
        problems: Problems::none(),
        base: address(code),
        preview: None,
    })
}

async fn preview_of(editorial: &Editorial, by: &By, place: (&str, &str)) -> Result<Preview, Error> {
    let mut read = editorial.db.read().await?;
    let work = work(editorial, &mut read, by, place).await?;
    drop(read);
    let say = editorial.say(by.lang());
    let rows = work.found.rows.iter().take(SHOWN_MAX);
    let wrong = work.found.problems.iter();
    Ok(Preview {
        file: place.1.to_owned(),
        name: work.name,
        mark: work.mark,
        n_rows: i64::try_from(work.found.rows.len()).unwrap_or(i64::MAX),
        rows: rows
            .map(|row| RowView {
                year: row.year,
                body: row.body.clone(),
                component: row.component.clone(),
                value: decimal::shown(row.value, say.lang),
                source: row.source.clone(),
            })
            .collect(),
        wrong: wrong
            .map(|(cell, problem)| (cell.clone(), told(problem, &say)))
            .collect(),
    })
}

fn told(problem: &Problem, say: &Say) -> String {
    let values = problem.values.iter();
    let values: Vec<(&str, &str)> = values
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    say.with(problem.key, &values)
}

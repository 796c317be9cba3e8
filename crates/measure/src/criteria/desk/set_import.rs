//! A set from a file: choose it, look at what it says and what does not fit, accept it as a draft.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::CriteriaSetId;
use base::limits::TITLE_CHARS_MAX;
use base::text::clean_line;
use base::{Error, Problem, Refusal};
use db::Conn;
use editorial::Editorial;
use house::files::{NewFile, find_use, sniff};
use serde_json::json;
use sha2::{Digest, Sha256};
use web::{By, Form, Frame, Lang, Page, Problems, Say, render, with_status};

use super::set_show::{AreaView, FindingView, Tree};
use super::{address, decision, refused, years};
use crate::criteria::acts::{self, Bringer};
use crate::criteria::arithmetic::{Place, findings};
use crate::criteria::bringing;
use crate::criteria::rules::EDITORS;
use crate::criteria::set::SetDetails;
use crate::criteria::sheet_reading::ReadSet;
use base::{Subject, SubjectKind};

#[derive(Template)]
#[template(path = "criteria/desk/set_import.html")]
struct ImportPage {
    frame: Frame,
    problems: Problems,
    preview: Option<Preview>,
}

/// What a file says, in words.
struct Preview {
    file: String,
    name: String,
    title: String,
    year: String,
    /// Stands for exactly what was shown.
    mark: String,
    facts: Vec<(String, String)>,
    wrong: Vec<(String, String)>,
    skipped: Vec<(String, String)>,
    n_findings: i64,
    findings: Vec<FindingView>,
    areas: Vec<AreaView>,
}

/// The form.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    render(&page(&editorial, &by).await?)
}

/// Keeps the file and leads to what it says.
pub async fn read(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    match keep(&editorial, &by, &form).await {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(error) => {
            let mut page = page(&editorial, &by).await?;
            let (status, problems) = refused(error, &page.frame.say)?;
            page.problems = problems;
            with_status(status, &page)
        }
    }
}

/// What the kept file says.
pub async fn preview(State(editorial): State<Editorial>, by: By, Path(file): Path<String>) -> Page {
    let mut page = page(&editorial, &by).await?;
    page.preview = Some(preview_of(&editorial, &by, &file).await?);
    render(&page)
}

/// Stores what was shown.
pub async fn accept(
    State(editorial): State<Editorial>,
    by: By,
    Path(file): Path<String>,
    form: Form,
) -> Page {
    match store(&editorial, &by, &file, &form).await {
        Ok(set) => {
            let to = format!("{}?done=criteria-added", address(set));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let mut page = page(&editorial, &by).await?;
            let (status, problems) = refused(error, &page.frame.say)?;
            page.problems = problems;
            page.preview = Some(preview_of(&editorial, &by, &file).await?);
            with_status(status, &page)
        }
    }
}

async fn keep(editorial: &Editorial, by: &By, form: &Form) -> Result<String, Error> {
    may_bring(by)?;
    let Some(upload) = form.upload("file") else {
        return Err(Refusal::at("file", "criteria-file-nothing").into());
    };
    let name = clean_line(&upload.name);
    let legal = editorial.say(Lang::Vi);
    bringing::read_apart(upload.bytes.to_vec(), name.clone(), legal).await?;
    let agency = by.actor().agency;
    let file = NewFile {
        agency,
        name: &name,
        media_type: sniff::kind(&upload.bytes).0,
        by: Some(by.actor().account),
        is_public: false,
    };
    let now = editorial.clock.now_ms();
    let mut act = editorial.db.act().await?;
    let sha256 = editorial
        .files
        .put(&mut act, &upload.bytes, file, now)
        .await?;
    let data = json!({"file": sha256, "name": name});
    let subject = Subject::new(SubjectKind::Agency, agency);
    editorial
        .record(&mut act, by.actor(), "criteria.read", subject, data)
        .await?;
    act.commit().await?;
    Ok(format!("/desk/criteria/import/{sha256}"))
}

fn may_bring(by: &By) -> Result<(), Refusal> {
    match by.actor().roles.meets(EDITORS) {
        true => Ok(()),
        false => Err(Refusal::Forbidden("refusal-role")),
    }
}

/// What a kept file says, its name, and the mark of exactly that.
async fn work(
    editorial: &Editorial,
    conn: &mut Conn,
    by: &By,
    file: &str,
) -> Result<(ReadSet, String, String), Error> {
    may_bring(by)?;
    let name = find_use(conn, by.actor().agency, file).await?.name;
    let bytes = editorial.files.read(file).await?;
    let legal = editorial.say(Lang::Vi);
    let found = bringing::read_apart(bytes, name.clone(), legal).await?;
    let mark = hex::encode(Sha256::digest(format!("{found:?}").as_bytes()));
    Ok((found, name, mark))
}

async fn store(
    editorial: &Editorial,
    by: &By,
    file: &str,
    form: &Form,
) -> Result<CriteriaSetId, Error> {
    let mut act = editorial.db.act().await?;
    let (mut found, _, now) = work(editorial, &mut act, by, file).await?;
    if now != form.value("mark") {
        return Err(Refusal::Stale.into());
    }
    if !found.problems.is_empty() {
        return Err(Refusal::because("criteria-cells-wrong").into());
    }
    name_it(&mut found.file.details, form)?;
    let bringer = Bringer {
        agency: by.actor().agency,
        actor: Some(by.actor()),
    };
    let set = acts::store(&editorial.house, &mut act, bringer, (found.file, None)).await?;
    act.commit().await?;
    Ok(set)
}

/// A table of a decision says neither what the set is called nor for which years: the person does.
fn name_it(details: &mut SetDetails, form: &Form) -> Result<(), Refusal> {
    let mut check = form.check();
    let title = check.line_of("title", TITLE_CHARS_MAX);
    let year = check.number("year_from", 2000, 2100);
    check.done()?;
    if !title.is_empty() {
        details.title = title;
    }
    if let Some(year) = year.and_then(|year| i16::try_from(year).ok()) {
        details.year_from = year;
    }
    Ok(())
}

async fn page(editorial: &Editorial, by: &By) -> Result<ImportPage, Error> {
    let frame = editorial.desk(by, "criteria-import").await?;
    let list = frame.t("nav-criteria");
    Ok(ImportPage {
        frame: frame.at("/desk/criteria").under(list, "/desk/criteria"),
        problems: Problems::none(),
        preview: None,
    })
}

async fn preview_of(editorial: &Editorial, by: &By, file: &str) -> Result<Preview, Error> {
    let mut read = editorial.db.read().await?;
    let (found, name, mark) = work(editorial, &mut read, by, file).await?;
    drop(read);
    let say = editorial.say(by.lang());
    let open = findings(&found.file.details, &found.file.areas);
    let tree = Tree {
        say: &say,
        found: &open,
        base: "",
        link: "",
        version: 0,
    };
    let wrong = found.problems.iter();
    Ok(Preview {
        file: file.to_owned(),
        name,
        mark,
        title: found.file.details.title.clone(),
        year: match found.file.details.year_from {
            0 => String::new(),
            year => year.to_string(),
        },
        facts: facts(&found, &say),
        wrong: wrong
            .map(|one| (one.cell.clone(), told(&one.problem, &say)))
            .collect(),
        skipped: found.skipped,
        n_findings: i64::try_from(open.len()).unwrap_or(i64::MAX),
        findings: tree.at(Place::default()),
        areas: tree.areas(&found.file.areas),
    })
}

fn facts(found: &ReadSet, say: &Say) -> Vec<(String, String)> {
    let details = &found.file.details;
    vec![
        (say.t("criteria-decision"), decision(details, say)),
        (say.t("criteria-fact-issuer"), details.issuer.clone()),
        (say.t("criteria-years"), years(details, say)),
        (
            say.t("criteria-components"),
            found.file.components().count().to_string(),
        ),
    ]
}

fn told(problem: &Problem, say: &Say) -> String {
    let values = problem.values.iter();
    let values: Vec<(&str, &str)> = values
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    say.with(problem.key, &values)
}

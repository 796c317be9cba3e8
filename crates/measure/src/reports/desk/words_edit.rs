//! The words of a report: its number and day, and own paragraphs under each section. Its figures are
//! not here: nobody changes them.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use base::id::RowId;
use base::text::{clean_line, clean_text};
use base::{Error, Problem, Refusal, Subject, SubjectKind};
use editorial::Editorial;
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use web::{By, Form, Frame, Page, Problems, with_status};

use super::{moment, report_frame};
use crate::reports::dressing::Words;
use crate::reports::dressing_store::{self, WordsVersion};
use crate::reports::report_store;
use crate::reports::template::TEXT_CHARS_MAX;

/// Longest number of a document.
const NUMBER_CHARS_MAX: usize = 60;

#[derive(Template)]
#[template(path = "reports/desk/words_edit.html")]
struct WordsPage {
    frame: Frame,
    id: RowId,
    form: Form,
    problems: Problems,
    sections: Vec<SectionField>,
    versions: Vec<(RowId, String)>,
}

struct SectionField {
    name: String,
    heading: String,
    text: String,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    version: Option<RowId>,
}

/// The newest words, or those of a version.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<RowId>,
    Query(asked): Query<Asked>,
) -> Page {
    let mut read = editorial.db.read().await?;
    report_store::find(&mut read, by.actor().agency, id).await?;
    let versions = dressing_store::words(&mut read, id).await?;
    drop(read);
    let wanted = versions.iter().find(|own| Some(own.id) == asked.version);
    let words = wanted.or_else(|| versions.first());
    let words = words
        .map(|version| version.words.clone())
        .unwrap_or_default();
    let form = form_of(&words);
    page(&editorial, &by, (id, form, None)).await
}

/// Keeps a new version of the words.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<RowId>,
    form: Form,
) -> Page {
    match add(&editorial, &by, id, &form).await {
        Ok(()) => {
            Ok(Redirect::to(&format!("/desk/reports/{id}?done=report-words")).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&editorial, &by, (id, form, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn add(editorial: &Editorial, by: &By, id: RowId, form: &Form) -> Result<(), Error> {
    let actor = by.actor();
    let mut act = editorial.db.act().await?;
    let report = report_store::find(&mut act, actor.agency, id).await?;
    let mut check = form.check();
    let number = check.line_of("number", NUMBER_CHARS_MAX);
    let issued_on = check.date("issued_on");
    let mut texts = BTreeMap::new();
    for section in &report.dress.template.sections {
        let text = clean_text(form.value(&field(&section.code)));
        if text.chars().count() > TEXT_CHARS_MAX {
            let problem = Problem::of("report-words-long").with("most", TEXT_CHARS_MAX);
            check.add(problem);
        }
        if !text.trim().is_empty() {
            texts.insert(section.code.clone(), text);
        }
    }
    check.done()?;
    let words = Words {
        number: clean_line(&number),
        issued_on,
        texts,
    };
    let now = (editorial.clock.now_ms(), actor.account);
    let row = editorial.ids.next(&editorial.clock);
    dressing_store::add_words(&mut act, (row, id), &words, now).await?;
    let subject = Subject::new(SubjectKind::Report, id);
    let data = json!({
        "version": row.to_string(), "number": words.number,
        "issued_on": words.issued_on.map(|day| day.to_string()),
    });
    editorial
        .record(&mut act, actor, "report.words", subject, data)
        .await?;
    act.commit().await.map_err(Error::from)
}

fn field(code: &str) -> String {
    format!("text-{code}")
}

fn form_of(words: &Words) -> Form {
    let mut form = Form::default();
    form.set("number", &words.number);
    let day = words.issued_on.map(base::calendar::date_short);
    form.set("issued_on", day.unwrap_or_default());
    for (code, text) in &words.texts {
        form.set(&field(code), text);
    }
    form
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (id, form, refusal): (RowId, Form, Option<Refusal>),
) -> Page {
    let mut read = editorial.db.read().await?;
    let report = report_store::find(&mut read, by.actor().agency, id).await?;
    let versions = dressing_store::words(&mut read, id).await?;
    drop(read);
    let frame = editorial.desk(by, "report-words-title").await?;
    let say = frame.say;
    let frame = report_frame(frame, &report).at(&format!("/desk/reports/{id}/words"));
    let sections = report
        .dress
        .template
        .sections
        .iter()
        .filter(|section| section.is_on);
    let sections = sections.map(|section| SectionField {
        name: field(&section.code),
        heading: match section.heading.is_empty() {
            true => say.t(&format!("report-part-{}", section.code)),
            false => section.heading.clone(),
        },
        text: form.value(&field(&section.code)).to_owned(),
    });
    let version = |own: WordsVersion| {
        let at = moment(&say, own.made_at);
        let name = own.made_by;
        (
            own.id,
            say.t2("report-words-version", ("moment", &at), ("name", &name)),
        )
    };
    let page = WordsPage {
        sections: sections.collect(),
        versions: versions.into_iter().map(version).collect(),
        problems: refusal
            .as_ref()
            .map_or_else(Problems::none, |found| Problems::of(found, &say)),
        frame,
        id,
        form,
    };
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    with_status(status, &page)
}

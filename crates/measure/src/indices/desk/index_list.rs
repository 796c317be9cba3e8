//! The indices that are kept, and a form for another one.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::Error;
use editorial::Editorial;
use web::{By, Choice, Form, Frame, Page, Problems, render, with_status};

use super::{address, details, kinds, refused, units};
use crate::indices::acts::{self, EDITORS};
use crate::indices::index_store;

#[derive(Template)]
#[template(path = "indices/desk/index_list.html")]
struct ListPage {
    frame: Frame,
    problems: Problems,
    form: Form,
    indices: Vec<Line>,
    units: Vec<Choice>,
    kinds: Vec<Choice>,
    may_edit: bool,
}

struct Line {
    href: String,
    name: String,
    issuer: String,
    kind: String,
    is_official: bool,
    n_results: usize,
    last: String,
}

/// The list.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    let form = Form::filled([("unit", "percent".to_owned()), ("out_of", "100".to_owned())]);
    render(&page(&editorial, &by, form).await?)
}

/// Adds an index.
pub async fn add(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    match insert(&editorial, &by, &form).await {
        Ok(code) => {
            let to = format!("{}?done=index-added", address(&code));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let mut page = page(&editorial, &by, form).await?;
            let (status, problems) = refused(error, &page.frame.say)?;
            page.problems = problems;
            with_status(status, &page)
        }
    }
}

async fn insert(editorial: &Editorial, by: &By, form: &Form) -> Result<String, Error> {
    let details = details(form)?;
    let mut act = editorial.db.act().await?;
    let index = acts::add(&editorial.house, &mut act, by.actor(), details).await?;
    act.commit().await?;
    Ok(index.details.code)
}

async fn page(editorial: &Editorial, by: &By, form: Form) -> Result<ListPage, Error> {
    let frame = editorial.desk(by, "indices-title").await?;
    let list = frame.t("nav-criteria");
    let frame = frame.at("/desk/criteria").under(list, "/desk/criteria");
    let say = frame.say;
    let mut read = editorial.db.read().await?;
    let mut indices = Vec::new();
    for index in index_store::list(&mut read, by.actor().agency).await? {
        let results = index_store::results(&mut read, index.id).await?;
        let details = index.details;
        let kind = match details.is_official {
            true => "indices-tag-official",
            false => "indices-tag-own",
        };
        indices.push(Line {
            href: address(&details.code),
            name: details.name,
            issuer: details.issuer,
            kind: say.t(kind),
            is_official: details.is_official,
            n_results: results.len(),
            last: results
                .last()
                .map(|result| result.year.to_string())
                .unwrap_or_default(),
        });
    }
    Ok(ListPage {
        problems: Problems::none(),
        form,
        indices,
        units: units(&say),
        kinds: kinds(&say),
        may_edit: by.actor().roles.meets(EDITORS),
        frame,
    })
}

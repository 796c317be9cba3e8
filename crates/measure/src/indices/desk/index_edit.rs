//! What is said of an index.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::Error;
use editorial::Editorial;
use web::{By, Choice, Form, Frame, Page, Problems, render, with_status};

use super::{address, details, kinds, refused, under_index, units};
use crate::indices::index::IndexDetails;
use crate::indices::{acts, index_store};

#[derive(Template)]
#[template(path = "indices/desk/index_edit.html")]
struct EditPage {
    frame: Frame,
    problems: Problems,
    form: Form,
    units: Vec<Choice>,
    kinds: Vec<Choice>,
    back: String,
}

/// The form.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(code): Path<String>) -> Page {
    render(&page(&editorial, &by, &code).await?)
}

/// Saves it.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(code): Path<String>,
    mut form: Form,
) -> Page {
    // Addresses name the code: it stays.
    form.set("code", code.clone());
    match change(&editorial, &by, &code, &form).await {
        Ok(()) => {
            let to = format!("{}?done=index-saved", address(&code));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let mut page = page(&editorial, &by, &code).await?;
            let (status, problems) = refused(error, &page.frame.say)?;
            (page.problems, page.form) = (problems, form);
            with_status(status, &page)
        }
    }
}

async fn change(editorial: &Editorial, by: &By, code: &str, form: &Form) -> Result<(), Error> {
    let details: IndexDetails = details(form)?;
    let mut act = editorial.db.act().await?;
    let mut index = index_store::find(&mut act, by.actor().agency, code).await?;
    index.details = details;
    acts::edit(&editorial.house, &mut act, by.actor(), &index).await?;
    Ok(act.commit().await?)
}

async fn page(editorial: &Editorial, by: &By, code: &str) -> Result<EditPage, Error> {
    let mut read = editorial.db.read().await?;
    let index = index_store::find(&mut read, by.actor().agency, code).await?;
    let frame = editorial.desk(by, "indices-edit").await?;
    let say = frame.say;
    let details = &index.details;
    let kind = if details.is_official {
        "official"
    } else {
        "own"
    };
    let form = Form::filled([
        ("name", details.name.clone()),
        ("issuer", details.issuer.clone()),
        ("about", details.about.clone()),
        ("out_of", details.out_of.normalize().to_string()),
        ("unit", details.unit.as_str().to_owned()),
        ("kind", kind.to_owned()),
    ]);
    Ok(EditPage {
        problems: Problems::none(),
        form,
        units: units(&say),
        kinds: kinds(&say),
        back: address(code),
        frame: under_index(frame, &index),
    })
}

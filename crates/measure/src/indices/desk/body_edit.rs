//! As which a body goes on, and whether it is the agency itself.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::RowId;
use base::{Error, Problem, Refusal};
use editorial::Editorial;
use web::{By, Form, Page, with_status};

use super::{address, index_show, refused};
use crate::indices::index::Merger;
use crate::indices::{acts, index_store};

/// Saves it.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path((code, body)): Path<(String, RowId)>,
    form: Form,
) -> Page {
    match change(&editorial, &by, body, &form).await {
        Ok(()) => {
            let to = format!("{}?done=index-body", address(&code));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let form = Form::default();
            let mut page = index_show::page(&editorial, &by, &code, form).await?;
            let (status, problems) = refused(error, &page.frame.say)?;
            page.problems = problems;
            with_status(status, &page)
        }
    }
}

async fn change(editorial: &Editorial, by: &By, id: RowId, form: &Form) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let bodies = index_store::bodies(&mut act, by.actor().agency).await?;
    let own = bodies.iter().find(|body| body.id == id);
    let mut body = own.ok_or(Refusal::NotFound)?.clone();
    let mut check = form.check();
    let on = check.date("on");
    let decision = check.line_of("decision", 120);
    let into = form.value("into");
    body.merger = None;
    if !into.is_empty() {
        let into: RowId = into.parse()?;
        if bodies.iter().all(|other| other.id != into) {
            return Err(Refusal::NotFound.into());
        }
        match on {
            Some(on) => body.merger = Some(Merger { into, on, decision }),
            None => check.add(Problem::of("indices-body-day")),
        }
    }
    check.done()?;
    body.is_own = form.has("own", "1");
    acts::describe_body(&editorial.house, &mut act, by.actor(), &body).await?;
    Ok(act.commit().await?)
}

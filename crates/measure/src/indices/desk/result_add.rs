//! Keeps a result that was typed.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::{Error, Problem, Refusal};
use editorial::Editorial;
use rust_decimal::Decimal;
use web::{By, Form, Page, with_status};

use super::{address, index_show, refused};
use crate::indices::result_file::{TypedResult, is_url, value_of};
use crate::indices::{acts, index_store};

/// Saves it.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(code): Path<String>,
    form: Form,
) -> Page {
    match keep(&editorial, &by, &code, &form).await {
        Ok(()) => {
            let to = format!("{}?done=index-result", address(&code));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let mut page = index_show::page(&editorial, &by, &code, form).await?;
            let (status, problems) = refused(error, &page.frame.say)?;
            page.problems = problems;
            with_status(status, &page)
        }
    }
}

async fn keep(editorial: &Editorial, by: &By, code: &str, form: &Form) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let index = index_store::find(&mut act, by.actor().agency, code).await?;
    let result = typed(form, index.details.out_of)?;
    let (house, actor) = (&editorial.house, by.actor());
    acts::keep(house, &mut act, actor, (&index, &[result])).await?;
    Ok(act.commit().await?)
}

fn typed(form: &Form, out_of: Decimal) -> Result<TypedResult, Refusal> {
    let mut check = form.check();
    let year = check.number("year", 2000, 2100);
    if form.value("year").trim().is_empty() {
        check.missing("year");
    }
    let value = value_of(form.value("value"), out_of);
    if let Err(problem) = &value {
        check.add(problem.clone());
    }
    let result = TypedResult {
        year: year
            .and_then(|year| i16::try_from(year).ok())
            .unwrap_or_default(),
        body: check.required_line("body", 200),
        component: check.line_of("component", 200),
        value: value.unwrap_or_default(),
        place: check.number("place", 1, 10_000),
        n_bodies: check.number("n_bodies", 1, 10_000),
        source: check.required_line("source", 300),
        source_url: check.line_of("source_url", 500),
        published_on: check.date("published_on"),
        note: check.line_of("note", 500),
    };
    if !is_url(&result.source_url) {
        let problem = Problem::at("source_url", "indices-url-wrong");
        check.add(problem.with("value", &result.source_url));
    }
    if let (Some(place), Some(n)) = (result.place, result.n_bodies)
        && place > n
    {
        check.add(Problem::at("place", "indices-place-wrong").with("value", place));
    }
    check.done()?;
    Ok(result)
}

//! The numbers by which the agency reminds.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::{Error, Problem, Refusal, Subject, SubjectKind};
use house::people::setting_store;
use http::StatusCode;
use serde_json::{Map, Value};
use web::{By, Choice, Form, Frame, Page, Problems, render, with_status};

use crate::Editorial;
use crate::newsroom;
use crate::owed::gather::numbers;
use crate::owed::numbers::{Numbers, SETTINGS, WEEKDAYS};

#[derive(Template)]
#[template(path = "owed/desk/numbers_edit.html")]
struct NumbersPage {
    frame: Frame,
    problems: Problems,
    form: Form,
    weekdays: Vec<Choice>,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    let agency = by.actor().agency;
    let mut read = editorial.db.read().await?;
    let numbers = numbers(&mut read, agency).await?;
    let hours = newsroom::link_hours(&mut read, agency).await?;
    drop(read);
    let mut fields = numbers.fields();
    fields.push(("link_hours", hours.to_string()));
    render(&page(&editorial, &by, (Form::filled(fields), None)).await?)
}

/// Saves the numbers.
pub async fn save(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    let (found, hours) = match read(&form) {
        Ok(found) => found,
        Err(refusal) => {
            let page = page(&editorial, &by, (form, Some(refusal))).await?;
            return with_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let actor = by.actor();
    let mut act = editorial.db.act().await?;
    let mut data = Map::new();
    for (name, value) in found.fields() {
        setting_store::save(&mut act, actor.agency, &format!("{SETTINGS}{name}"), &value).await?;
        data.insert(name.to_owned(), Value::String(value));
    }
    newsroom::save_link_hours(&mut act, actor.agency, hours).await?;
    data.insert("link_hours".to_owned(), hours.into());
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    editorial
        .record(
            &mut act,
            actor,
            "owed.numbers",
            subject,
            Value::Object(data),
        )
        .await?;
    act.commit().await?;
    Ok(Redirect::to("/desk/owed/numbers?done=owed-numbers").into_response())
}

/// Both parts of the form, every problem at once.
fn read(form: &Form) -> Result<(Numbers, i64), Refusal> {
    let mut check = form.check();
    let hours = check.number("link_hours", 1, newsroom::LINK_HOURS_MAX);
    let mut problems = match check.done() {
        Err(Refusal::Invalid(problems)) => problems,
        Err(other) => return Err(other),
        Ok(()) if hours.is_none() => vec![Problem::at("link_hours", "field-required")],
        Ok(()) => Vec::new(),
    };
    match (Numbers::of_form(form), hours) {
        (Ok(numbers), Some(hours)) if problems.is_empty() => Ok((numbers, hours)),
        (Err(Refusal::Invalid(first)), _) => {
            problems.splice(0..0, first);
            Err(Refusal::Invalid(problems))
        }
        (Err(other), _) => Err(other),
        (Ok(_), _) => Err(Refusal::Invalid(problems)),
    }
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (form, refusal): (Form, Option<Refusal>),
) -> Result<NumbersPage, Error> {
    let frame = editorial.desk(by, "owed-numbers").await?;
    let above = frame.t("nav-owed");
    let frame = frame.under(above, "/desk/owed").at("/desk/owed/numbers");
    let say = frame.say;
    let day = |(_, word): &(_, &str)| Choice::new(word, say.t(&format!("owed-day-{word}")));
    Ok(NumbersPage {
        problems: refusal
            .as_ref()
            .map_or_else(Problems::none, |refusal| Problems::of(refusal, &say)),
        weekdays: WEEKDAYS.iter().map(day).collect(),
        form,
        frame,
    })
}

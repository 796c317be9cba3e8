//! Staff pages of published indices: one file per page, its template beside it.

pub mod body_edit;
pub mod index_edit;
pub mod index_import;
pub mod index_list;
pub mod index_show;
pub mod result_add;
pub mod result_remove;

use base::{Error, Problem, Refusal};
use http::StatusCode;
use rust_decimal::Decimal;
use web::{Choice, Form, Frame, Problems, Say};

use super::decimal;
use super::index::{IndexDetails, PublishedIndex, Unit};

fn address(code: &str) -> String {
    format!("/desk/indices/{code}")
}

/// The frame of a page below an index.
fn under_index(frame: Frame, index: &PublishedIndex) -> Frame {
    let list = frame.t("indices-title");
    frame
        .at("/desk/criteria")
        .under(list, "/desk/indices")
        .under(index.details.name.clone(), address(&index.details.code))
}

/// What a refused form shows again; other errors go on.
fn refused(error: Error, say: &Say) -> Result<(StatusCode, Problems), Error> {
    let (status, refusal) = match error {
        Error::Refusal(refusal @ Refusal::Invalid(_)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, refusal)
        }
        Error::Refusal(Refusal::Stale) => (StatusCode::CONFLICT, Refusal::Stale),
        other => return Err(other),
    };
    Ok((status, Problems::of(&refusal, say)))
}

/// Most that an index may be.
const OUT_OF_MAX: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);

/// What is said of an index, as a form gives it.
fn details(form: &Form) -> Result<IndexDetails, Refusal> {
    let mut check = form.check();
    let code = check.required_line("code", 40);
    let is_code = code
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_code || code == "import" {
        check.add(Problem::at("code", "indices-code-wrong").with("value", &code));
    }
    let name = check.required_line("name", 300);
    let issuer = check.required_line("issuer", 200);
    let about = check.text("about", 5_000);
    let typed = form.value("out_of").trim();
    let out_of = decimal::parse(typed)
        .filter(|most| !most.is_zero() && *most <= OUT_OF_MAX && most.scale() <= 2);
    if out_of.is_none() {
        check.add(Problem::at("out_of", "indices-out-of-wrong").with("value", typed));
    }
    let unit = Unit::parse(form.value("unit"));
    if unit.is_none() {
        check.add(Problem::at("unit", "field-choice"));
    }
    let is_official = match form.value("kind") {
        "official" => true,
        "own" => false,
        _ => {
            check.add(Problem::at("kind", "field-choice"));
            false
        }
    };
    check.done()?;
    Ok(IndexDetails {
        code,
        name,
        issuer,
        about,
        out_of: out_of.unwrap_or_default(),
        unit: unit.unwrap_or_default(),
        is_official,
    })
}

fn units(say: &Say) -> Vec<Choice> {
    ["percent", "points"]
        .iter()
        .map(|word| Choice::new(word, say.t(&format!("indices-unit-{word}"))))
        .collect()
}

fn kinds(say: &Say) -> Vec<Choice> {
    ["official", "own"]
        .iter()
        .map(|word| Choice::new(word, say.t(&format!("indices-kind-{word}"))))
        .collect()
}

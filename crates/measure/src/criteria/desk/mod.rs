//! Staff pages of criteria sets: one file per page, its template beside it.

pub mod component_edit;
pub mod component_show;
pub mod finding_keep;
pub mod part_edit;
pub mod rule_edit;
pub mod set_compare;
pub mod set_edit;
pub mod set_file;
pub mod set_import;
pub mod set_list;
pub mod set_show;

use base::calendar::date_short;
use base::id::CriteriaSetId;
use base::{Error, Refusal};
use http::StatusCode;
use web::{Frame, Problems, Say};

use super::set::{CriteriaSet, SetDetails};

fn address(set: CriteriaSetId) -> String {
    format!("/desk/criteria/{set}")
}

/// The frame of a page below a set.
fn under_set(frame: Frame, set: &CriteriaSet) -> Frame {
    let list = frame.t("nav-criteria");
    frame
        .at("/desk/criteria")
        .under(list, "/desk/criteria")
        .under(set.details.title.clone(), address(set.id))
}

/// The years that a set judges, in words.
fn years(details: &SetDetails, say: &Say) -> String {
    match details.year_to {
        Some(last) if last == details.year_from => last.to_string(),
        Some(last) => format!("{}–{last}", details.year_from),
        None => say.t1("criteria-years-from", "year", details.year_from),
    }
}

/// The decision of a set, in words.
fn decision(details: &SetDetails, say: &Say) -> String {
    match (details.number.is_empty(), details.issued_on) {
        (true, _) => say.t("criteria-decision-none"),
        (false, None) => details.number.clone(),
        (false, Some(day)) => say.t2(
            "criteria-decision-words",
            ("number", &details.number),
            ("day", &date_short(day)),
        ),
    }
}

/// What a refused form shows again: the status, and the problems; other errors go on.
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

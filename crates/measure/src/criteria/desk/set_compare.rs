//! Two versions of a set beside each other: what was added, changed and removed.

use askama::Template;
use axum::extract::{Path, Query, State};
use base::id::CriteriaSetId;
use editorial::Editorial;
use serde::Deserialize;
use web::{By, Frame, Page, Say, render};

use super::{address, under_set, years};
use crate::criteria::comparison::{Difference, Field, differences};
use crate::criteria::criteria_store;
use crate::criteria::sentence;
use crate::criteria::set::CriteriaSet;

#[derive(Template)]
#[template(path = "criteria/desk/set_compare.html")]
struct ComparePage {
    frame: Frame,
    before: String,
    after: String,
    max: (String, String),
    rows: Vec<Row>,
    back: String,
}

struct Row {
    no: String,
    title: String,
    state: &'static str,
    what: String,
    fields: Vec<(String, String, String)>,
}

/// With which other set.
#[derive(Debug, Deserialize)]
pub struct With {
    with: CriteriaSetId,
}

/// The comparison.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<CriteriaSetId>,
    Query(other): Query<With>,
) -> Page {
    let agency = by.actor().agency;
    let mut read = editorial.db.read().await?;
    let after = criteria_store::find(&mut read, agency, id).await?;
    let before = criteria_store::find(&mut read, agency, other.with).await?;
    drop(read);
    let frame = editorial.desk(&by, "criteria-compare").await?;
    let say = frame.say;
    let name = |set: &CriteriaSet| format!("{} ({})", set.details.title, years(&set.details, &say));
    let found = differences(&before, &after);
    render(&ComparePage {
        before: name(&before),
        after: name(&after),
        max: (
            sentence::points(before.max(), &say),
            sentence::points(after.max(), &say),
        ),
        rows: found.iter().map(|one| row(one, &say)).collect(),
        back: address(id),
        frame: under_set(frame, &after),
    })
}

fn row(found: &Difference, say: &Say) -> Row {
    let (component, state) = match found {
        Difference::Added(new) => (new, "added"),
        Difference::Removed(old) => (old, "removed"),
        Difference::Changed { after, .. } => (after, "changed"),
    };
    let fields = match found {
        Difference::Changed {
            before,
            after,
            fields,
        } => fields
            .iter()
            .map(|field| {
                let (key, before, after) = told(field, (before, after), say);
                (say.t(key), before, after)
            })
            .collect(),
        _ => Vec::new(),
    };
    Row {
        no: component.no.clone(),
        title: component.title.clone(),
        state,
        what: say.t(&format!("criteria-compare-{state}")),
        fields,
    }
}

type Pair<'a> = (
    &'a crate::criteria::Component,
    &'a crate::criteria::Component,
);

/// A field with what it was and what it is.
fn told(field: &Field, (before, after): Pair<'_>, say: &Say) -> (&'static str, String, String) {
    let second = |component: &crate::criteria::Component| {
        let reading = component.second.as_ref();
        reading.map_or(String::new(), |reading| {
            format!(
                "{} {}",
                sentence::sentence(&reading.rule, say),
                reading.reason
            )
        })
    };
    match field {
        Field::Title(old, new) => ("criteria-col-title", old.clone(), new.clone()),
        Field::Max(old, new) => (
            "criteria-col-max",
            sentence::points(*old, say),
            sentence::points(*new, say),
        ),
        Field::Rule(old, new) => (
            "criteria-col-rule",
            sentence::sentence(old, say),
            sentence::sentence(new, say),
        ),
        Field::Second => ("criteria-reading-second", second(before), second(after)),
        Field::Guidance => (
            "criteria-col-guidance",
            format!("{} {}", before.guidance, before.evidence),
            format!("{} {}", after.guidance, after.evidence),
        ),
        Field::Source => (
            "criteria-source",
            sentence::source(&before.source, say),
            sentence::source(&after.source, say),
        ),
    }
}

//! How a component is scored, or how its rule can also be read. Every saving is a new version of the
//! rule, with what is said of it; in force only with a reason.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use base::id::{ComponentId, CriteriaSetId};
use base::{Error, Refusal};
use editorial::Editorial;
use serde::Deserialize;
use serde_json::json;
use web::{By, Choice, Form, Frame, Page, Problems, Say, render, with_status};

use super::{address, refused, under_set};
use crate::criteria::acts::{open, subject};
use crate::criteria::criteria_store::Writing;
use crate::criteria::rule::{NoOccasion, WAYS};
use crate::criteria::rule_fields;
use crate::criteria::rules::{Deed, may};
use crate::criteria::sentence;
use crate::criteria::set::{Component, Reading, SetState};
use crate::criteria::{change_store, criteria_store};

/// Longest reason or note, in characters.
const NOTE_CHARS_MAX: usize = 2_000;

#[derive(Template)]
#[template(path = "criteria/desk/rule_edit.html")]
struct RulePage {
    frame: Frame,
    problems: Problems,
    form: Form,
    way: String,
    ways: Vec<Choice>,
    fields: Vec<FieldView>,
    occasions: Vec<Choice>,
    is_second: bool,
    has_second: bool,
    needs_note: bool,
    now: String,
    back: String,
}

/// A field of the rule.
struct FieldView {
    name: &'static str,
    label: String,
    hint: String,
    is_required: bool,
    is_list: bool,
}

/// Which rule, scored in which way.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    reading: String,
    #[serde(default)]
    way: String,
}

type Ids = (CriteriaSetId, ComponentId);

/// The form of the way that it has, or of the way that was chosen.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path(ids): Path<Ids>,
    Query(wanted): Query<Wanted>,
) -> Page {
    let form = Form::filled([("reading", wanted.reading), ("way", wanted.way)]);
    render(&page(&editorial, &by, ids, (form, true)).await?)
}

/// Saves a new version.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(ids): Path<Ids>,
    form: Form,
) -> Page {
    match change(&editorial, &by, ids, &form).await {
        Ok(()) => {
            let to = format!(
                "{}/components/{}?done=criteria-rule-saved",
                address(ids.0),
                ids.1
            );
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let mut page = page(&editorial, &by, ids, (form, false)).await?;
            let (status, problems) = refused(error, &page.frame.say)?;
            page.problems = problems;
            with_status(status, &page)
        }
    }
}

async fn change(
    editorial: &Editorial,
    by: &By,
    (id, component): Ids,
    form: &Form,
) -> Result<(), Error> {
    let is_second = form.value("reading") == "second";
    let is_dropped = is_second && form.has("drop", "1");
    let mut check = form.check();
    let note = check.text("note", NOTE_CHARS_MAX);
    let reason = match is_second && !is_dropped {
        true => check.required_text("reason", NOTE_CHARS_MAX),
        false => String::new(),
    };
    let rule = match is_dropped {
        true => None,
        false => match rule_fields::read(|name| form.value(name).to_owned()) {
            Ok(rule) => Some(rule),
            Err(problems) => {
                problems.into_iter().for_each(|problem| check.add(problem));
                None
            }
        },
    };
    check.done()?;
    let mut act = editorial.db.act().await?;
    let seen = form.value("version");
    let set = open(&mut act, by.actor(), (id, Deed::Clarify), seen).await?;
    if set.state == SetState::InForce && note.is_empty() {
        return Err(Refusal::at("note", "criteria-note-needed").into());
    }
    let before = set.component(component)?;
    let mut after = Component {
        note,
        rule_version: before.rule_version + 1,
        ..before.clone()
    };
    match (rule, is_second) {
        (Some(rule), false) => after.rule = rule,
        (rule, _) => after.second = rule.map(|rule| Reading { rule, reason }),
    }
    if set.state == SetState::InForce && after.rule.max() != before.rule.max() {
        return Err(Refusal::because("criteria-max-in-force").into());
    }
    let writing = Writing {
        by: Some(by.actor().account),
        now: editorial.clock.now_ms(),
    };
    let row = editorial.ids.next(&editorial.clock);
    criteria_store::add_rule(&mut act, row, &after, writing).await?;
    change_store::save_component(&mut act, &after).await?;
    let data = json!({
        "no": after.no, "rule_version": after.rule_version, "rule": after.rule,
        "second": after.second, "note": after.note,
    });
    editorial
        .record(&mut act, by.actor(), "criteria.rule", subject(id), data)
        .await?;
    Ok(act.commit().await?)
}

/// The fields of a way, in words.
fn fields(way: &str, say: &Say) -> Vec<FieldView> {
    let own = rule_fields::fields_of(way).iter();
    own.map(|name| match *name {
        "lines" => FieldView {
            name,
            label: say.t(&format!("criteria-lines-{way}")),
            hint: say.t(&format!("criteria-lines-{way}-hint")),
            is_required: true,
            is_list: true,
        },
        name => FieldView {
            name,
            label: say.t(&format!("criteria-rule-{name}")),
            hint: String::new(),
            is_required: !matches!(name, "floor" | "late_days"),
            is_list: false,
        },
    })
    .collect()
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (id, component): Ids,
    (mut form, is_fresh): (Form, bool),
) -> Result<RulePage, Error> {
    let mut read = editorial.db.read().await?;
    let set = criteria_store::find(&mut read, by.actor().agency, id).await?;
    drop(read);
    may(by.actor(), Deed::Clarify, set.state)?;
    let component = set.component(component)?;
    let is_second = form.value("reading") == "second";
    let known = match (is_second, &component.second) {
        (true, Some(reading)) => &reading.rule,
        _ => &component.rule,
    };
    let way = match form.value("way") {
        "" => known.way.as_str().to_owned(),
        way => way.to_owned(),
    };
    if is_fresh {
        form.set("version", set.version.to_string());
        form.set("max", rule_fields::points_of(component.max));
        if known.way.as_str() == way {
            for (field, value) in rule_fields::write(known) {
                form.set(field, value);
            }
        }
        form.set("way", way.clone());
        let reason = component.second.as_ref().map(|reading| &reading.reason);
        form.set("reason", reason.cloned().unwrap_or_default());
    }
    let key = match is_second {
        true => "criteria-edit-second",
        false => "criteria-edit-rule",
    };
    let frame = editorial.desk(by, key).await?;
    let say = frame.say;
    let back = format!("{}/components/{}", address(id), component.id);
    let name = format!("{} {}", component.no, component.title);
    Ok(RulePage {
        problems: Problems::none(),
        form,
        fields: fields(&way, &say),
        ways: WAYS
            .iter()
            .map(|word| Choice::new(word, say.t(&format!("criteria-way-{word}"))))
            .collect(),
        way,
        occasions: NoOccasion::ALL
            .iter()
            .map(|one| {
                let word = one.as_str();
                Choice::new(word, say.t(&format!("criteria-occasion-{word}")))
            })
            .collect(),
        is_second,
        has_second: component.second.is_some(),
        needs_note: set.state == SetState::InForce,
        now: sentence::sentence(known, &say),
        frame: under_set(frame, &set).under(name, back.clone()),
        back,
    })
}

//! A change in words: which field, what it said, what it will say.

use web::Say;

use super::change::{ChangedActivity, Under};
use super::fields;
use super::reading::Around;
use crate::plan::activity::{ActivityDetails, recurrence_word};
use crate::plan::plan::shown;

/// One field that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// What the field is called.
    pub label: String,
    /// What it says.
    pub before: String,
    /// What it will say.
    pub after: String,
}

/// What an activity says, field by field, in the order of its form.
pub fn told(details: &ActivityDetails, around: &Around<'_>, say: &Say) -> Vec<(String, String)> {
    let unit = |id| around.board.unit_name(id).to_owned();
    let outside = |text: &str| match text.is_empty() {
        true => String::new(),
        false => say.t1("plan-annex-outside", "name", text),
    };
    let lead = details.lead_unit.map(unit);
    let mut supporting: Vec<String> = details
        .supporting_units
        .iter()
        .map(|id| unit(*id))
        .collect();
    supporting.push(outside(&details.supporting_units_text));
    supporting.retain(|name| !name.is_empty());
    let person = details.accountable.and_then(|id| {
        let found = around.people.iter().find(|(person, _)| *person == id);
        found.map(|(_, name)| name.clone())
    });
    let when = &details.when;
    let recurs = when.recurs.map(recurrence_word);
    let recurs = recurs.map(|word| say.t(&format!("plan-recurs-{word}")));
    [
        ("plan-activity-title", details.title.clone()),
        ("plan-form", details.form.clone()),
        ("plan-output", details.output.clone()),
        (
            "plan-target-number",
            fields::targets_words(&fields::targets(details)),
        ),
        (
            "plan-lead-unit",
            lead.unwrap_or_else(|| outside(&details.lead_unit_text)),
        ),
        ("plan-supporting-units", supporting.join("; ")),
        ("plan-accountable", person.unwrap_or_default()),
        ("plan-window-text", when.text.clone()),
        ("plan-window-from", shown(when.from)),
        ("plan-window-to", shown(when.to)),
        ("plan-recurs", recurs.unwrap_or_default()),
        ("plan-note", details.note.clone()),
    ]
    .map(|(key, words)| (say.t(key), words))
    .into_iter()
    .collect()
}

/// The fields that an activity changes, with the title of the task that it moves to.
pub fn field_changes(
    changed: &ChangedActivity,
    added_tasks: &[super::AddedTask],
    around: &Around<'_>,
    say: &Say,
) -> Vec<FieldChange> {
    let before = told(&changed.before.details, around, say);
    let after = told(&changed.details, around, say);
    let pairs = before.into_iter().zip(after);
    let mut all: Vec<FieldChange> = pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|((label, before), (_, after))| FieldChange {
            label,
            before,
            after,
        })
        .collect();
    let own = changed.before.task.map_or(Under::NoTask, Under::Task);
    if own != changed.under {
        let title = |under: Under| match under {
            Under::NoTask => say.t("plan-task-none"),
            Under::Added(at) => added_tasks
                .get(at)
                .map_or(String::new(), |task| task.title.clone()),
            Under::Task(id) => {
                let task = around.board.tasks.iter().find(|task| task.id == id);
                task.map_or(String::new(), |task| format!("{}. {}", task.no, task.title))
            }
        };
        all.push(FieldChange {
            label: say.t("plan-task"),
            before: title(own),
            after: title(changed.under),
        });
    }
    all
}

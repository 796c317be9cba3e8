//! What differs between two trees of a plan, activity by activity, field by field.
//!
//! It follows from the trees alone, not from the way between them: whatever order of edits led to
//! a tree, the differences are the same. The order of siblings is no promise and no difference.

use base::id::TaskId;
use serde::Serialize;

use super::tree::{Tree, TreeActivity, TreeTask};
use crate::plan::activity::{PerUnit, When};
use crate::plan::target::Target;

/// What happened to a task or an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It is new.
    Added,
    /// It is promised otherwise.
    Changed,
    /// It is no longer promised.
    Removed,
}

impl What {
    /// The word that programs use.
    pub fn as_str(self) -> &'static str {
        match self {
            What::Added => "added",
            What::Changed => "changed",
            What::Removed => "removed",
        }
    }
}

/// Whether a task or an activity differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A task.
    Task,
    /// An activity.
    Activity,
}

/// What is said in one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Said {
    /// Words; empty when nothing is said.
    Words(String),
    /// Targets: how many of what.
    Targets(Vec<Target>),
    /// Names of units.
    Names(Vec<String>),
    /// A time.
    When(When),
    /// Of whom the targets are asked.
    PerUnit(PerUnit),
}

impl Said {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        match self {
            Said::Words(words) => words.is_empty(),
            Said::Targets(all) => all.is_empty(),
            Said::Names(all) => all.is_empty(),
            Said::When(when) => *when == When::default(),
            Said::PerUnit(per_unit) => *per_unit == PerUnit::Together,
        }
    }
}

/// One field of an activity or task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What is done.
    Title,
    /// The task that it belongs to.
    Task,
    /// In which form.
    Form,
    /// What comes out, in words.
    Output,
    /// How many come out.
    Target,
    /// Of whom they are asked.
    PerUnit,
    /// How much it weighs, in points.
    Weight,
    /// Who leads.
    LeadUnit,
    /// Who supports.
    SupportingUnits,
    /// When.
    Window,
}

/// A field that is said otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Which.
    pub field: Field,
    /// What was said.
    pub before: Said,
    /// What is said.
    pub after: Said,
}

/// A task or activity that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What happened to it.
    pub what: What,
    /// Task or activity.
    pub part: Part,
    /// Its number, after the change if it is still there.
    pub no: String,
    /// Its title, after the change if it is still there.
    pub title: String,
    /// Its fields that differ; of what is new or gone, all that say something.
    pub fields: Vec<FieldChange>,
}

/// What differs, in the order of the second tree; what is gone follows in the order of the first.
pub fn differences(before: &Tree, after: &Tree) -> Vec<Difference> {
    let mut all = Vec::new();
    for task in &after.tasks {
        let old = before.tasks.iter().find(|found| found.id == task.id);
        all.extend(of_task((before, old), (after, Some(task))));
    }
    for activity in &after.activities {
        let old = before
            .activities
            .iter()
            .find(|found| found.id == activity.id);
        all.extend(of_activity((before, old), (after, Some(activity))));
    }
    for task in &before.tasks {
        if after.tasks.iter().all(|found| found.id != task.id) {
            all.extend(of_task((before, Some(task)), (after, None)));
        }
    }
    for activity in &before.activities {
        if after.activities.iter().all(|found| found.id != activity.id) {
            all.extend(of_activity((before, Some(activity)), (after, None)));
        }
    }
    all
}

fn of_task(
    (before, old): (&Tree, Option<&TreeTask>),
    (after, new): (&Tree, Option<&TreeTask>),
) -> Option<Difference> {
    let shown = new.or(old)?;
    let parent = |task: Option<&TreeTask>| task.and_then(|task| task.parent);
    let title = |task: Option<&TreeTask>| words(task.map(|task| task.title.as_str()));
    let mut fields = vec![(Field::Title, title(old), title(new))];
    if parent(old) != parent(new) {
        let under = |tree, task| words(task_words(tree, parent(task)).as_deref());
        fields.push((Field::Task, under(before, old), under(after, new)));
    }
    made(
        (Part::Task, old.is_some(), new.is_some()),
        (&shown.no, &shown.title),
        fields,
    )
}

fn of_activity(
    (before, old): (&Tree, Option<&TreeActivity>),
    (after, new): (&Tree, Option<&TreeActivity>),
) -> Option<Difference> {
    let shown = new.or(old)?;
    let (was, is) = (sayings(before, old), sayings(after, new));
    let mut fields: Vec<(Field, Said, Said)> = was
        .into_iter()
        .zip(is)
        .map(|((field, was), (_, is))| (field, was, is))
        .collect();
    // A unit that is only called otherwise is the same unit; a task that is only numbered otherwise
    // is the same task.
    if let (Some(old), Some(new)) = (old, new) {
        fields.retain(|(field, _, _)| !is_same(*field, old, new));
    }
    made(
        (Part::Activity, old.is_some(), new.is_some()),
        (&shown.no, &shown.details.title),
        fields,
    )
}

fn is_same(field: Field, old: &TreeActivity, new: &TreeActivity) -> bool {
    let (was, is) = (&old.details, &new.details);
    match field {
        Field::Task => old.task == new.task,
        Field::LeadUnit => was.lead_unit == is.lead_unit && was.lead_unit_text == is.lead_unit_text,
        Field::SupportingUnits => {
            let sorted = |mut units: Vec<_>| {
                units.sort_unstable();
                units
            };
            sorted(was.supporting_units.clone()) == sorted(is.supporting_units.clone())
                && was.supporting_units_text == is.supporting_units_text
        }
        _ => false,
    }
}

fn made(
    (part, was, is): (Part, bool, bool),
    (no, title): (&str, &str),
    fields: Vec<(Field, Said, Said)>,
) -> Option<Difference> {
    let what = match (was, is) {
        (false, _) => What::Added,
        (true, false) => What::Removed,
        (true, true) => What::Changed,
    };
    let fields: Vec<FieldChange> = fields
        .into_iter()
        .filter(|(_, before, after)| before != after && !(before.is_empty() && after.is_empty()))
        .map(|(field, before, after)| FieldChange {
            field,
            before,
            after,
        })
        .collect();
    (what != What::Changed || !fields.is_empty()).then(|| Difference {
        what,
        part,
        no: no.to_owned(),
        title: title.to_owned(),
        fields,
    })
}

/// Every field of an activity with what it says, always in this order.
pub fn sayings(tree: &Tree, activity: Option<&TreeActivity>) -> Vec<(Field, Said)> {
    let empty = crate::plan::activity::ActivityDetails::default();
    let details = activity.map_or(&empty, |activity| &activity.details);
    let names = |ids: &mut dyn Iterator<Item = base::id::UnitId>, text: &str| {
        let mut names: Vec<String> = ids.map(|id| tree.unit_name(id).to_owned()).collect();
        names.push(text.to_owned());
        names.retain(|name| !name.is_empty());
        Said::Names(names)
    };
    let task = activity.and_then(|activity| task_words(tree, activity.task));
    let weight = details.weight.map(|points| points.to_string());
    vec![
        (Field::Title, words(Some(&details.title))),
        (Field::Task, words(task.as_deref())),
        (Field::Form, words(Some(&details.form))),
        (Field::Output, words(Some(&details.output))),
        (Field::Target, Said::Targets(details.targets.clone())),
        (Field::PerUnit, Said::PerUnit(details.per_unit)),
        (Field::Weight, words(weight.as_deref())),
        (
            Field::LeadUnit,
            names(&mut details.lead_unit.into_iter(), &details.lead_unit_text),
        ),
        (
            Field::SupportingUnits,
            names(
                &mut details.supporting_units.iter().copied(),
                &details.supporting_units_text,
            ),
        ),
        (Field::Window, Said::When(details.when.clone())),
    ]
}

fn task_words(tree: &Tree, id: Option<TaskId>) -> Option<String> {
    let task = tree.tasks.iter().find(|task| Some(task.id) == id)?;
    Some(format!("{}. {}", task.no, task.title))
}

fn words(text: Option<&str>) -> Said {
    Said::Words(text.unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests;

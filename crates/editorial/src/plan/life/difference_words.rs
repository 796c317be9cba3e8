//! Differences in words, for pages: what was and what is, in the reader's language.

use base::calendar::date_short;
use web::Say;

use super::difference::{Difference, Field, Said};
use crate::plan::activity::{When, recurrence_word};
use crate::plan::target::Target;

/// A task or activity that differs, in words.
pub struct DifferenceLine {
    /// `added`, `changed` or `removed`.
    pub what: &'static str,
    /// The same in words.
    pub what_words: String,
    /// Whether it is a task.
    pub is_task: bool,
    /// Its number.
    pub no: String,
    /// Its title.
    pub title: String,
    /// Its fields: what each is called, what was said, what is said.
    pub fields: Vec<FieldLine>,
}

/// A field that is said otherwise, in words.
pub struct FieldLine {
    /// What it is called.
    pub label: String,
    /// What was said; empty if nothing.
    pub before: String,
    /// What is said; empty if nothing.
    pub after: String,
}

/// The differences in words.
pub fn lines(all: &[Difference], say: &Say) -> Vec<DifferenceLine> {
    all.iter().map(|difference| line(difference, say)).collect()
}

fn line(difference: &Difference, say: &Say) -> DifferenceLine {
    let what = difference.what.as_str();
    let fields = difference.fields.iter();
    DifferenceLine {
        what,
        what_words: say.t(&format!("life-what-{what}")),
        is_task: difference.part == super::difference::Part::Task,
        no: difference.no.clone(),
        title: difference.title.clone(),
        fields: fields
            .map(|change| FieldLine {
                label: say.t(label(change.field)),
                before: words(&change.before, say),
                after: words(&change.after, say),
            })
            .collect(),
    }
}

/// The key of a field's name.
fn label(field: Field) -> &'static str {
    match field {
        Field::Title => "life-field-title",
        Field::Task => "plan-task",
        Field::Form => "plan-form",
        Field::Output => "plan-output",
        Field::Target => "plan-target-number",
        Field::PerUnit => "plan-per-unit",
        Field::Weight => "plan-weight",
        Field::LeadUnit => "plan-lead-unit",
        Field::SupportingUnits => "plan-supporting-units",
        Field::Window => "plan-when",
    }
}

/// What a field says, in words; empty when it says nothing.
pub fn words(said: &Said, say: &Say) -> String {
    match said {
        Said::Words(words) => words.clone(),
        Said::Names(names) => names.join("; "),
        Said::Targets(all) => {
            let each = all.iter().map(|target| target_words(target, say));
            each.collect::<Vec<_>>().join("; ")
        }
        Said::PerUnit(per_unit) => say.t(&format!("plan-per-{}", per_unit.as_str())),
        Said::When(when) => when_words(when, say),
    }
}

/// A target as written; what counts for it is told unless it follows from the unit.
fn target_words(target: &Target, say: &Say) -> String {
    let written = format!("{} {}", target.number, target.unit);
    if target.counts == Target::new(target.number, &target.unit).counts {
        return written;
    }
    let counts = say.t(&format!("plan-counts-{}", target.counts.as_str()));
    format!("{written} ({counts})")
}

/// A time as written, with its days: two plans may write the same words and mean other days.
fn when_words(when: &When, say: &Say) -> String {
    let recurs = when
        .recurs
        .map(|recurs| say.t(&format!("plan-recurs-{}", recurrence_word(recurs))));
    let days = match (when.from, when.to) {
        (Some(from), Some(to)) if from == to => date_short(from),
        (Some(from), Some(to)) => format!("{} – {}", date_short(from), date_short(to)),
        (Some(from), None) => say.t1("plan-from", "day", date_short(from)),
        (None, Some(to)) => say.t1("plan-until", "day", date_short(to)),
        (None, None) => String::new(),
    };
    let mut parts = vec![when.text.clone(), recurs.unwrap_or_default(), days];
    parts.retain(|part| !part.is_empty());
    parts.dedup();
    parts.join(", ")
}

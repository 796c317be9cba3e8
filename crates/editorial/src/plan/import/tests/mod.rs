//! Plans of invented agencies in every usual shape, and texts that are no plans.

mod files;
mod holds;
mod shapes;

use documents::read::{Limits, Source, source};

use super::*;

fn source_of(bytes: &[u8]) -> Source {
    source(bytes, "plan", &Limits::default()).unwrap()
}

fn plan(text: &str) -> ImportedPlan {
    read(&source_of(text.as_bytes())).unwrap()
}

/// The tasks as one line each: depth by number, title.
fn tree(plan: &ImportedPlan) -> Vec<String> {
    fn walk(tasks: &[ImportedTask], out: &mut Vec<String>) {
        for task in tasks {
            out.push(format!("{} {}", task.no, task.title));
            walk(&task.tasks, out);
        }
    }
    let mut out = Vec::new();
    walk(&plan.tasks, &mut out);
    out
}

fn codes(plan: &ImportedPlan) -> Vec<&str> {
    plan.findings.iter().map(|f| f.code.as_str()).collect()
}

fn day(date: Option<jiff::civil::Date>) -> String {
    date.map_or("-".to_owned(), |d| d.to_string())
}

/// An activity in short: task, title, target, lead, window.
fn short(activity: &ImportedActivity) -> String {
    let target = activity
        .target
        .as_ref()
        .map_or("-".to_owned(), |t| format!("{} {}", t.number, t.unit));
    let window = activity.window.as_ref().map_or("-".to_owned(), |w| {
        let recurs = w.recurs.map_or(String::new(), |r| format!(" {r:?}"));
        format!("{}..{}{recurs}", day(w.from), day(w.to))
    });
    format!(
        "{} | {} | {target} | {} | {window}",
        activity.task_no.as_deref().unwrap_or("-"),
        activity.title,
        activity.lead_unit.as_deref().unwrap_or("-"),
    )
}

fn shorts(plan: &ImportedPlan) -> Vec<String> {
    plan.activities.iter().map(short).collect()
}

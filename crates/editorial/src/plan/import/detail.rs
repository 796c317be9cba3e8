//! Activities told in sentences: targets, windows and units beside a task.

use super::agency::{self, Units};
use super::content::{Content, subtree};
use super::flat::Flat;
use super::imported::{ImportedActivity, Window};
use super::line::Line;
use super::outline::Outline;
use super::{target, window};

/// Beginnings of lines that say something of the task above them instead of naming another.
const ATTRIBUTES: [&str; 20] = [
    "don vi chu tri",
    "co quan chu tri",
    "chu tri",
    "don vi thuc hien",
    "co quan thuc hien",
    "don vi phoi hop",
    "co quan phoi hop",
    "phoi hop",
    "thoi gian",
    "thoi gian thuc hien",
    "thoi gian hoan thanh",
    "thoi han",
    "tien do",
    "san pham",
    "ket qua",
    "ket qua dau ra",
    "chi tieu",
    "so luong",
    "kinh phi",
    "hinh thuc",
];

/// Whether a line says something of the task above it ("Thời gian: Quý II").
pub fn is_attribute(body: &str) -> bool {
    body.split_once(':').is_some_and(|(name, _)| {
        let name = name.trim();
        ATTRIBUTES.iter().any(|a| {
            name.strip_prefix(a)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
                && name.len() <= 40
        })
    })
}

/// What the whole text tells somewhere, even if no activity could be made of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    pub deadline: bool,
    pub lead_unit: bool,
    pub target: bool,
    pub budget: bool,
}

/// What the sentences of the body tell.
pub fn told(lines: &[&Line<'_>], content: &Content, outline: &Outline, year: Option<i16>) -> Told {
    let mut told = Told {
        deadline: content.has_time,
        budget: content.has_budget,
        ..Told::default()
    };
    for line in lines
        .iter()
        .filter(|l| !l.look.caption && !l.body().starts_with("can cu "))
    {
        told.target = told.target || target::in_sentence(&line.flat).is_some();
        told.deadline = told.deadline || window::in_sentence(&line.flat, year).is_some();
        told.lead_unit = told.lead_unit || agency::units_in(&line.flat).lead.is_some();
        told.budget = told.budget || line.flat.has("kinh phi");
    }
    for n in &content.organisation {
        for line in subtree(lines, outline, *n) {
            told.lead_unit |=
                line.label.is_some() && line.flat.len() < 120 && agency::is_name(line.body());
        }
    }
    told
}

/// Activities from the sentences of tasks, means and assignments: whatever has a target, or both a
/// leader and a window.
pub fn activities(
    lines: &[&Line<'_>],
    outline: &Outline,
    content: &Content,
    year: Option<i16>,
) -> Vec<ImportedActivity> {
    let mut found = Vec::new();
    for (no, n) in &content.task_nodes {
        found.extend(of_node(lines, outline, *n, year).map(|a| ImportedActivity {
            task_no: Some(no.clone()),
            ..a
        }));
    }
    let tasks: std::collections::HashSet<usize> =
        content.task_nodes.iter().map(|(_, n)| *n).collect();
    for root in content.means.iter().chain(&content.organisation) {
        let mut unit = None;
        let mut stack = vec![*root];
        while let Some(n) = stack.pop() {
            stack.extend(outline.nodes[n].children.iter().rev());
            let line = lines[outline.nodes[n].line];
            let is_unit =
                line.label.is_some() && line.flat.len() < 120 && agency::is_name(line.body());
            if is_unit && !outline.nodes[n].children.is_empty() {
                unit = Some(line.words());
                continue;
            }
            if tasks.contains(&n) {
                continue;
            }
            if let Some(mut activity) = of_node(lines, outline, n, year) {
                let own = activity.lead_unit.take();
                activity.lead_unit =
                    own.or_else(|| unit.clone().filter(|_| content.organisation.contains(root)));
                found.push(activity);
            }
        }
    }
    found
}

fn of_node(
    lines: &[&Line<'_>],
    outline: &Outline,
    n: usize,
    year: Option<i16>,
) -> Option<ImportedActivity> {
    let node = &outline.nodes[n];
    let line = lines[node.line];
    let mut activity = ImportedActivity {
        title: line.words(),
        span: line.words_span(),
        ..ImportedActivity::default()
    };
    read(&line.flat, line.body_at(), year, &mut activity);
    let attributes = node.children.iter().map(|c| lines[outline.nodes[*c].line]);
    for other in attributes.chain(node.body.iter().map(|l| lines[*l])) {
        let is_body = other.label.is_none();
        if is_attribute(other.body()) {
            attribute(other, year, &mut activity);
        } else if is_body && other.rows.is_none() {
            read(&other.flat, 0, year, &mut activity);
        }
    }
    let assigned = activity.lead_unit.is_some() && activity.window.is_some();
    (activity.target.is_some() || assigned).then_some(activity)
}

/// Takes from a sentence what is not known yet.
fn read(flat: &Flat<'_>, from: usize, year: Option<i16>, activity: &mut ImportedActivity) {
    let text = Flat::of(flat.cut(from, flat.len()));
    let targets = target::all_in_sentence(&text);
    if activity.target.is_none()
        && let (Some(found), Some(last)) = (targets.first(), targets.last())
    {
        activity.output = Some(base::text::clean_line(text.cut(found.span.0, last.span.1)));
        activity.target = Some(found.target.clone());
        activity.per_unit = found.per_unit;
        activity.targets = targets.iter().map(|found| found.target.clone()).collect();
        if let (None, Some(recurs)) = (&activity.window, found.recurs) {
            let whole = window::cell("cả năm", year).unwrap_or_default();
            activity.window = Some(Window {
                text: activity.output.clone().unwrap_or_default(),
                recurs: Some(recurs),
                ..whole
            });
        }
    }
    if let Some(window) = window::in_sentence(&text, year)
        && activity
            .window
            .as_ref()
            .is_none_or(|w| w.recurs.is_some() && window.recurs.is_none())
    {
        activity.window = Some(window);
    }
    let Units { lead, supporting } = agency::units_in(&text);
    activity.lead_unit = activity.lead_unit.take().or(lead);
    if activity.supporting_units.is_empty() {
        activity.supporting_units = supporting;
    }
}

fn attribute(line: &Line<'_>, year: Option<i16>, activity: &mut ImportedActivity) {
    let view = line.flat.flat();
    let Some(colon) = view.find(':') else { return };
    let name = view.get(line.body_at()..colon).unwrap_or_default().trim();
    let (from, to) = line.flat.core(colon + 1, line.flat.len());
    let text = base::text::clean_line(line.flat.cut(from, to));
    let value = Flat::of(&text);
    if name.starts_with("thoi") || name.starts_with("tien do") {
        activity.window = window::cell(&text, year);
    } else if name.contains("phoi hop") && !name.contains("chu tri") {
        activity.supporting_units = agency::split(&value, 0, value.len());
    } else if name.contains("chu tri") || name.contains("thuc hien") {
        let units = agency::units_in(&line.flat);
        activity.lead_unit = units.lead.or(Some(text.clone()));
        if activity.supporting_units.is_empty() {
            activity.supporting_units = units.supporting;
        }
    } else if name.starts_with("hinh thuc") {
        activity.form = Some(text);
    } else if !name.starts_with("kinh phi") {
        let found = target::all_in_cell(&value);
        if let Some(first) = found.first() {
            activity.target = Some(first.target.clone());
            activity.per_unit = first.per_unit;
            activity.targets = found.into_iter().map(|found| found.target).collect();
        }
        activity.output = Some(text);
    }
}

//! Puts the plan together.

use documents::read::Source;

use super::annex::{self, Row};
use super::content::{self, Content};
use super::flat::{Flat, folded};
use super::head::{self, Head};
use super::imported::{ImportedActivity, ImportedPlan, ImportedTask};
use super::line::{self, Line};
use super::outline::outline;
use super::problem::{ImportCode, ImportProblem};
use super::{bases, channel, detail, finding, furniture};

/// Reads a plan from a source.
///
/// # Refusals
/// [`ImportProblem`] when the text is empty, another document, a decision without its plan, or
/// names nothing to do.
pub fn read(source: &Source) -> Result<ImportedPlan, ImportProblem> {
    if !source.text.chars().any(char::is_alphabetic) {
        return Err(ImportProblem::of(ImportCode::Empty));
    }
    let lines = line::lines(source, &|rows| annex::is_data(source, rows));
    let head = head::head(&lines, &source.head)?;
    let kept = furniture::kept(&lines, head.body_from);
    let body: Vec<&Line<'_>> = kept.iter().map(|n| &lines[*n]).collect();
    if !is_administrative(&head.title, &body) {
        return Err(ImportProblem::of(ImportCode::NotAPlan));
    }
    let tree = outline(&body);
    let mut content = content::content(&body, &tree);
    let mut activities = Vec::new();
    let listed = content.tasks.len();
    for table in body.iter().filter_map(|l| l.rows) {
        let rows = annex::rows(source, table, head.year);
        place_rows(rows, &mut content, &mut activities);
    }
    if activities.is_empty() {
        activities = detail::activities(&body, &tree, &content, head.year);
    }
    if content.tasks.is_empty() && activities.is_empty() {
        let line = head.body_from.max(1);
        return Err(ImportProblem::of(ImportCode::NoTasks).at(head.title_span, line));
    }
    let told = detail::told(&body, &content, &tree, head.year);
    let before = content.first_task_line.unwrap_or(body.len());
    let before_all = kept.get(before).copied().unwrap_or(lines.len());
    let own = head.number.clone();
    let legal_bases = bases::bases(&lines, before_all, own.as_deref());
    let title_span = head.title_span;
    let mut plan = plan_of(head, content, activities);
    plan.legal_bases = legal_bases;
    plan.findings = finding::of_plan(&plan, told, title_span);
    plan.findings
        .extend(finding::of_count(&body, before, listed));
    plan.findings
        .extend(finding::of_text(&lines, &source.notes));
    attach(&mut plan.tasks, &plan.activities);
    Ok(plan)
}

fn plan_of(head: Head, content: Content, activities: Vec<ImportedActivity>) -> ImportedPlan {
    let title = folded(&head.title);
    let communicates = ["truyen thong", "tuyen truyen", "pho bien"]
        .iter()
        .any(|w| title.contains(w));
    let mut channels = content.channels;
    for form in activities.iter().filter_map(|a| a.form.as_deref()) {
        channel::add_from(&Flat::of(form), &mut channels);
    }
    ImportedPlan {
        title: head.title,
        year: head.year,
        kind: if communicates {
            "communication_plan"
        } else {
            "plan"
        }
        .to_owned(),
        number: head.number,
        issued_on: head.issued_on,
        issuer: head.issuer,
        source: head.source,
        legal_bases: Vec::new(),
        purposes: content.purposes,
        audiences: content.audiences,
        tasks: content.tasks,
        activities,
        channels,
        findings: Vec::new(),
    }
}

/// Whether the text speaks as a plan of an agency does. A title about communication or reform says
/// so itself, one about spreading the law needs one sign more, any other plan three.
fn is_administrative(title: &str, body: &[&Line<'_>]) -> bool {
    const SIGNS: [&str; 16] = [
        "can cu",
        "muc dich",
        "yeu cau",
        "nhiem vu",
        "to chuc thuc hien",
        "ban hanh",
        "co quan",
        "don vi",
        "uy ban nhan dan",
        "ubnd",
        "cong chuc",
        "cai cach hanh chinh",
        "tuyen truyen",
        "truyen thong",
        "chu tri",
        "kinh phi",
    ];
    let title = Flat::of(title);
    let needed = if title.has_any(&["truyen thong", "tuyen truyen", "cai cach hanh chinh"]) {
        0
    } else if title.has("pho bien") {
        1
    } else {
        3
    };
    let mut seen = [false; SIGNS.len()];
    for line in body {
        for (n, sign) in SIGNS.iter().enumerate() {
            seen[n] = seen[n] || line.flat.has(sign);
        }
    }
    let in_tables = body.iter().any(|l| l.rows.is_some());
    seen.iter().filter(|s| **s).count() + usize::from(in_tables) >= needed
}

/// Groups become tasks (or the tasks they repeat), rows their activities.
fn place_rows(rows: Vec<Row>, content: &mut Content, activities: &mut Vec<ImportedActivity>) {
    let mut open: Vec<String> = Vec::new();
    for row in rows {
        match row {
            Row::Group { depth, title, span } => {
                open.truncate(depth - 1);
                let parent = open.last().cloned();
                let task = ImportedTask {
                    title,
                    span,
                    ..ImportedTask::default()
                };
                open.push(add_task(&mut content.tasks, parent.as_deref(), task));
            }
            Row::Activity(mut activity) => {
                activity.task_no = open
                    .last()
                    .cloned()
                    .or_else(|| same_title(&content.tasks, &activity.title));
                activities.push(*activity);
            }
        }
    }
}

/// Adds a task under a parent unless its siblings hold one of the same title; its number.
fn add_task(tasks: &mut Vec<ImportedTask>, parent: Option<&str>, mut task: ImportedTask) -> String {
    let siblings = match parent {
        Some(no) => match find(tasks, no) {
            Some(parent) => &mut parent.tasks,
            None => return no.to_owned(),
        },
        None => tasks,
    };
    if let Some(no) = same_title(siblings, &task.title) {
        return no;
    }
    let n = siblings.len() + 1;
    task.no = parent.map_or_else(|| n.to_string(), |p| format!("{p}.{n}"));
    let no = task.no.clone();
    siblings.push(task);
    no
}

fn find<'a>(tasks: &'a mut [ImportedTask], no: &str) -> Option<&'a mut ImportedTask> {
    for task in tasks {
        if task.no == no {
            return Some(task);
        }
        let under = no
            .strip_prefix(&task.no)
            .is_some_and(|rest| rest.starts_with('.'));
        if under {
            return find(&mut task.tasks, no);
        }
    }
    None
}

/// The task of the same title, or of one that the other begins with.
fn same_title(tasks: &[ImportedTask], title: &str) -> Option<String> {
    const CHARS_MIN: usize = 20;
    /// With more tasks than any plan has, titles are no longer compared each with each.
    const TASKS_MAX: usize = 500;
    if tasks.len() > TASKS_MAX {
        return None;
    }
    let wanted = folded(title);
    tasks
        .iter()
        .find(|task| {
            let own = folded(&task.title);
            let long = wanted.len().min(own.len()) >= CHARS_MIN;
            own == wanted || (long && (own.starts_with(&wanted) || wanted.starts_with(&own)))
        })
        .map(|task| task.no.clone())
}

/// Puts every activity once more beside its task.
fn attach(tasks: &mut [ImportedTask], activities: &[ImportedActivity]) {
    for task in tasks {
        task.activities = activities
            .iter()
            .filter(|a| a.task_no.as_deref() == Some(task.no.as_str()))
            .cloned()
            .collect();
        attach(&mut task.tasks, activities);
    }
}

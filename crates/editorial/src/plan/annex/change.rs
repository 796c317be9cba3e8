//! What a file would change in a plan: worked out before anything is stored.

use std::collections::{HashMap, HashSet};

use base::Problem;
use base::id::{ActivityId, TaskId};
use documents::sheet::Grid;

use super::reading::{self, Around, CellProblem, Known};
use super::rows::{Cells, tables};
use crate::plan::activity::{Activity, ActivityDetails, WORDS_CHARS_MAX};
use crate::plan::import::{Column, plain};

/// More activities than any plan has.
const ACTIVITIES_MAX: usize = 5_000;

/// Under which task an activity stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    /// Under none.
    NoTask,
    /// Under a task of the plan.
    Task(TaskId),
    /// Under a task that the file adds: its place among [`Changes::tasks_added`].
    Added(usize),
}

/// A task that the file adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedTask {
    /// The task that it is part of.
    pub parent: Option<TaskId>,
    /// What is to be done.
    pub title: String,
    /// Where it stands in the file.
    pub cell: String,
}

/// An activity that the file adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedActivity {
    /// Under which task.
    pub under: Under,
    /// What it says.
    pub details: ActivityDetails,
    /// Where it stands in the file.
    pub cell: String,
}

/// An activity that the file changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedActivity {
    /// As it is.
    pub before: Activity,
    /// What it says then.
    pub details: ActivityDetails,
    /// Under which task then.
    pub under: Under,
    /// Where it stands in the file.
    pub cell: String,
}

/// What a file would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Tasks added at the end of their siblings.
    pub tasks_added: Vec<AddedTask>,
    /// Tasks with other titles: which, the new title, the cell.
    pub tasks_renamed: Vec<(TaskId, String, String)>,
    /// Activities added at the end of their task.
    pub added: Vec<AddedActivity>,
    /// Activities changed.
    pub changed: Vec<ChangedActivity>,
    /// How many activities the file holds as they are.
    pub n_same: usize,
    /// Activities of the plan that the file does not hold: they stay.
    pub absent: Vec<ActivityId>,
    /// What is wrong with the file; with one problem nothing is stored.
    pub problems: Vec<CellProblem>,
}

impl Changes {
    /// Whether the file changes nothing.
    pub fn is_empty(&self) -> bool {
        self.tasks_added.is_empty()
            && self.tasks_renamed.is_empty()
            && self.added.is_empty()
            && self.changed.is_empty()
    }
}

/// What a file would change in the plan of `around`.
pub fn changes(grids: &[Grid], around: &Around<'_>) -> Changes {
    let mut work = Work {
        around,
        changes: Changes::default(),
        met: HashSet::new(),
        under: None,
        titles: titles(around),
    };
    let tables = tables(grids);
    if tables.is_empty() {
        let sheet = grids.first().map(|grid| grid.name.clone());
        work.changes.problems.push(CellProblem {
            cell: sheet.unwrap_or_default(),
            problem: Problem::of("plan-annex-no-headings"),
        });
        return work.changes;
    }
    for table in &tables {
        work.under = None;
        let rows: Vec<Cells<'_>> = table.rows().collect();
        for (n, cells) in rows.iter().enumerate() {
            work.take(cells, rows.get(n + 1));
        }
    }
    let activities = around.board.activities.iter().map(|found| found.id);
    work.changes.absent = activities.filter(|id| !work.met.contains(id)).collect();
    work.changes
}

/// The activities by their titles, for rows without an id.
fn titles(around: &Around<'_>) -> HashMap<String, Vec<ActivityId>> {
    let mut titles: HashMap<String, Vec<ActivityId>> = HashMap::new();
    for activity in &around.board.activities {
        let title = plain(&activity.details.title);
        titles.entry(title).or_default().push(activity.id);
    }
    titles
}

struct Work<'a> {
    around: &'a Around<'a>,
    changes: Changes,
    /// Activities that the file has named so far.
    met: HashSet<ActivityId>,
    /// The task under whose heading the rows stand; none before the first heading.
    under: Option<Under>,
    titles: HashMap<String, Vec<ActivityId>>,
}

impl Work<'_> {
    fn take(&mut self, cells: &Cells<'_>, next: Option<&Cells<'_>>) {
        match self.around.known(cells) {
            Err(problem) => self.changes.problems.push(problem),
            Ok(Known::NoTask) => self.under = Some(Under::NoTask),
            Ok(Known::Task(id)) => self.known_task(id, cells),
            Ok(Known::Activity(id)) => self.known_activity(id, cells),
            Ok(Known::Nothing) if self.heads_no_task(cells) => self.under = Some(Under::NoTask),
            Ok(Known::Nothing) if is_heading(cells, next) || self.is_task(cells) => {
                self.heading(cells);
            }
            Ok(Known::Nothing) => match self.same(cells) {
                Some(id) => self.known_activity(id, cells),
                None => self.new_activity(cells),
            },
        }
    }

    fn heads_no_task(&self, cells: &Cells<'_>) -> bool {
        !cells.has_details() && plain(&cells.line(cells.contents())) == plain(self.around.no_task)
    }

    /// Whether a row without an id is a task of the plan by its title, and no activity by it.
    fn is_task(&self, cells: &Cells<'_>) -> bool {
        let title = plain(&without_number(&cells.line(cells.contents())));
        let mut tasks = self.around.board.tasks.iter();
        !cells.has_details()
            && !self.titles.contains_key(&title)
            && tasks.any(|task| plain(&task.title) == title)
    }

    fn wrong(&mut self, cells: &Cells<'_>, column: Column, problem: Problem) {
        self.changes
            .problems
            .push(reading::at(cells, column, problem));
    }

    fn known_task(&mut self, id: TaskId, cells: &Cells<'_>) {
        self.under = Some(Under::Task(id));
        let column = cells.contents();
        let title = cells.line(column);
        let task = self.around.board.tasks.iter().find(|task| task.id == id);
        if title.is_empty() {
            self.wrong(cells, column, Problem::of("plan-annex-no-title"));
        } else if title.chars().count() > WORDS_CHARS_MAX {
            let problem = Problem::of("plan-annex-too-long").with("max", WORDS_CHARS_MAX);
            self.wrong(cells, column, problem);
        } else if task.is_some_and(|task| task.title != title) {
            let cell = cells.name(column);
            self.changes.tasks_renamed.push((id, title, cell));
        }
    }

    /// A heading without an id: a task of the plan by its title, or one to be added.
    fn heading(&mut self, cells: &Cells<'_>) {
        let column = cells.contents();
        let title = without_number(&cells.line(column));
        let number = cells.line(Column::No);
        let tasks = &self.around.board.tasks;
        let same: Vec<_> = tasks
            .iter()
            .filter(|task| plain(&task.title) == plain(&title))
            .collect();
        let by_number = same.iter().find(|task| task.no == bare(&number));
        if let Some(task) = by_number.or(same.first()) {
            self.under = Some(Under::Task(task.id));
            return;
        }
        if title.is_empty() || title.chars().count() > WORDS_CHARS_MAX {
            self.wrong(cells, column, Problem::of("plan-annex-no-title"));
            return;
        }
        let parent = bare(&number).rsplit_once('.').and_then(|(parent, _)| {
            let parent = tasks.iter().find(|task| task.no == parent);
            parent.map(|task| task.id)
        });
        self.under = Some(Under::Added(self.changes.tasks_added.len()));
        self.changes.tasks_added.push(AddedTask {
            parent,
            title,
            cell: cells.name(column),
        });
    }

    /// The activity with the row's title; of several, the one with its number.
    fn same(&self, cells: &Cells<'_>) -> Option<ActivityId> {
        let title = plain(&without_number(&cells.line(cells.contents())));
        let found = self.titles.get(&title)?;
        let number = bare(&cells.line(Column::No)).to_owned();
        let free = found.iter().filter(|id| !self.met.contains(id));
        let free: Vec<ActivityId> = free.copied().collect();
        let by_number = free
            .iter()
            .find(|id| self.around.board.number(**id) == number);
        by_number.or(free.first()).copied()
    }

    fn known_activity(&mut self, id: ActivityId, cells: &Cells<'_>) {
        let Ok(before) = self.around.board.activity(id) else {
            return;
        };
        if !self.met.insert(id) {
            self.wrong(cells, Column::Id, Problem::of("plan-annex-twice"));
            return;
        }
        let old = &before.details;
        let mut details = reading::details(cells, old, self.around, &mut self.changes.problems);
        if plain(&without_number(&details.title)) == plain(&old.title) {
            // Only its number was written before it, or its letters are others for the eye alone.
            details.title.clone_from(&old.title);
        }
        let own = before.task.map_or(Under::NoTask, Under::Task);
        let under = self.under.unwrap_or(own);
        if details == *old && under == own {
            self.changes.n_same += 1;
            return;
        }
        self.changes.changed.push(ChangedActivity {
            before: before.clone(),
            details,
            under,
            cell: cells.name(cells.contents()),
        });
    }

    fn new_activity(&mut self, cells: &Cells<'_>) {
        if self.around.board.activities.len() + self.changes.added.len() >= ACTIVITIES_MAX {
            let problem = Problem::of("plan-annex-too-many").with("max", ACTIVITIES_MAX);
            self.wrong(cells, Column::No, problem);
            return;
        }
        let empty = ActivityDetails::default();
        let mut details = reading::details(cells, &empty, self.around, &mut self.changes.problems);
        details.title = without_number(&details.title);
        self.changes.added.push(AddedActivity {
            under: self.under.unwrap_or(Under::NoTask),
            details,
            cell: cells.name(cells.contents()),
        });
    }
}

/// Whether a row without an id heads those below it: nothing but a title, and it looks like a
/// heading, is numbered in Roman figures or capitals, or the next row is numbered as its part.
fn is_heading(cells: &Cells<'_>, next: Option<&Cells<'_>>) -> bool {
    let number = cells.line(Column::No);
    let number = bare(&number);
    let is_roman = !number.is_empty() && number.chars().all(|c| "IVXL".contains(c));
    let is_capital = number.chars().count() == 1 && number.chars().all(char::is_uppercase);
    let leads = next.is_some_and(|next| {
        let below = next.line(Column::No);
        !number.is_empty() && bare(&below).starts_with(&format!("{number}."))
    });
    !cells.has_details() && (is_roman || is_capital || leads || cells.looks_like_heading())
}

/// A number without the mark behind it: `1.2.` is `1.2`.
fn bare(number: &str) -> &str {
    number.trim().trim_end_matches(['.', ')', '/'])
}

/// A title without the number before it, as people write both into one cell: `1.2. Viết tin`.
fn without_number(title: &str) -> String {
    let rest = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let is_numbered = rest.len() < title.len() && rest.starts_with([' ', ')']);
    let has_stop = title[..title.len() - rest.len()].contains('.') || rest.starts_with(')');
    match is_numbered && has_stop {
        true => rest.trim_start_matches([' ', ')']).to_owned(),
        false => title.to_owned(),
    }
}

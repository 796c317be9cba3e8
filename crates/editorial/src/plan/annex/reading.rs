//! A row of the annex as what it means: a task, or an activity with its fields; and what is wrong
//! with it, cell by cell.

use base::Problem;
use base::calendar::parse_date;
use base::id::{AccountId, ActivityId, TaskId};
use base::limits::TEXT_CHARS_MAX;
use documents::sheet::Value;
use house::people::agency::Unit;
use jiff::civil::Date;

use super::fields;
use super::rows::Cells;
use crate::plan::activity::{ActivityDetails, WORDS_CHARS_MAX};
use crate::plan::board::Board;
use crate::plan::import::{Column, Recurrence, plain, window_of_cell};
use crate::plan::intake::unit_of;

/// What the id of a heading says under which activities stand that belong to no task.
pub const NO_TASK: &str = "-";

/// Something wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellProblem {
    /// The cell: `Sheet1!F12`.
    pub cell: String,
    /// What is wrong, and the way out.
    pub problem: Problem,
}

/// What the cells of a file can name.
pub struct Around<'a> {
    /// The plan as it stands.
    pub board: &'a Board,
    /// The people who may answer for an activity, by name.
    pub people: &'a [(AccountId, String)],
    /// How often, in words.
    pub recurs: &'a [(Recurrence, String)],
    /// What the heading says under which activities stand that belong to no task.
    pub no_task: &'a str,
}

/// A row with an id, or without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// An activity of the plan.
    Activity(ActivityId),
    /// A task of the plan.
    Task(TaskId),
    /// The heading over activities that belong to no task.
    NoTask,
    /// It carries no id.
    Nothing,
}

impl Around<'_> {
    fn units(&self) -> &[Unit] {
        &self.board.units
    }

    /// What the id of a row says.
    pub fn known(&self, cells: &Cells<'_>) -> Result<Known, CellProblem> {
        let id = cells.line(Column::Id);
        if id.is_empty() {
            return Ok(Known::Nothing);
        }
        if id == NO_TASK {
            return Ok(Known::NoTask);
        }
        let activities = &self.board.activities;
        if let Some(found) = activities.iter().find(|found| found.id.to_string() == id) {
            return Ok(Known::Activity(found.id));
        }
        let tasks = &self.board.tasks;
        if let Some(found) = tasks.iter().find(|found| found.id.to_string() == id) {
            return Ok(Known::Task(found.id));
        }
        Err(at(cells, Column::Id, Problem::of("plan-annex-id-unknown")))
    }
}

/// A problem of a cell.
pub fn at(cells: &Cells<'_>, column: Column, problem: Problem) -> CellProblem {
    CellProblem {
        cell: cells.name(column),
        problem,
    }
}

/// Reads a row into details: what the file has no column for stays as it was.
pub fn details(
    cells: &Cells<'_>,
    before: &ActivityDetails,
    around: &Around<'_>,
    problems: &mut Vec<CellProblem>,
) -> ActivityDetails {
    let mut reader = Reader {
        cells,
        around,
        problems,
        details: before.clone(),
    };
    reader.broken();
    reader.words();
    reader.targets(before);
    reader.people();
    reader.time(before);
    reader.details
}

struct Reader<'a> {
    cells: &'a Cells<'a>,
    around: &'a Around<'a>,
    problems: &'a mut Vec<CellProblem>,
    details: ActivityDetails,
}

impl Reader<'_> {
    fn has(&self, column: Column) -> bool {
        self.cells.table.has(column)
    }

    fn wrong(&mut self, column: Column, problem: Problem) {
        self.problems.push(at(self.cells, column, problem));
    }

    /// Formulas without a result.
    fn broken(&mut self) {
        use Column::{
            Accountable, Activity, Form, From, Lead, Note, Output, Quantity, Recurs, Support, Time,
            To,
        };
        let read = [
            Activity,
            Form,
            Output,
            Quantity,
            Lead,
            Support,
            Accountable,
            Time,
            From,
            To,
            Recurs,
            Note,
        ];
        for column in read {
            if let Value::Broken(found) = self.cells.value(column) {
                let problem = Problem::of("plan-annex-broken").with("found", found);
                self.wrong(column, problem);
            }
        }
    }

    /// The text of a column, if the file has it.
    fn words_of(&mut self, column: Column, chars_max: usize) -> Option<String> {
        if !self.has(column) {
            return None;
        }
        let text = match column {
            Column::Note => self.cells.text(column),
            _ => self.cells.line(column),
        };
        if text.chars().count() > chars_max {
            let problem = Problem::of("plan-annex-too-long").with("max", chars_max);
            self.wrong(column, problem);
            return None;
        }
        Some(text)
    }

    fn words(&mut self) {
        let contents = self.cells.contents();
        match self.words_of(contents, WORDS_CHARS_MAX) {
            Some(title) if title.is_empty() => {
                self.wrong(contents, Problem::of("plan-annex-no-title"));
            }
            Some(title) => self.details.title = title,
            None => {}
        }
        if let Some(form) = self.words_of(Column::Form, WORDS_CHARS_MAX) {
            self.details.form = form;
        }
        if let Some(output) = self.words_of(Column::Output, WORDS_CHARS_MAX) {
            self.details.output = output;
        }
        if let Some(note) = self.words_of(Column::Note, TEXT_CHARS_MAX) {
            self.details.note = note;
        }
    }

    fn targets(&mut self, before: &ActivityDetails) {
        if !self.has(Column::Quantity) {
            return;
        }
        let cell = self.cells.text(Column::Quantity);
        let known = fields::targets(before);
        if cell == fields::targets_words(&known) {
            return;
        }
        let beside = self.cells.line(Column::Measure);
        let unit = match (beside.is_empty(), known.as_slice()) {
            (true, [(_, unit)]) => unit.clone(),
            _ => beside,
        };
        match fields::targets_of(&cell, &unit) {
            Some(targets) => {
                if !fields::set_targets(&mut self.details, targets) {
                    self.wrong(Column::Quantity, Problem::of("plan-annex-targets-many"));
                }
            }
            None => self.wrong(Column::Quantity, Problem::of("plan-annex-target")),
        }
    }

    fn people(&mut self) {
        let units = self.around.units();
        if let Some(lead) = self.words_of(Column::Lead, WORDS_CHARS_MAX) {
            self.details.lead_unit = unit_of(&lead, units);
            self.details.lead_unit_text = match self.details.lead_unit {
                Some(_) => String::new(),
                None => lead,
            };
        }
        if self.has(Column::Support) {
            let (ours, others) = fields::names_of(&self.cells.text(Column::Support), units);
            if self
                .details
                .lead_unit
                .is_some_and(|lead| ours.contains(&lead))
            {
                self.wrong(Column::Support, Problem::of("plan-lead-supports"));
            }
            if others.chars().count() > WORDS_CHARS_MAX {
                let problem = Problem::of("plan-annex-too-long").with("max", WORDS_CHARS_MAX);
                self.wrong(Column::Support, problem);
            }
            // In the order of the units, as they are kept.
            let ordered = units.iter().map(|unit| unit.id);
            self.details.supporting_units = ordered.filter(|unit| ours.contains(unit)).collect();
            self.details.supporting_units_text = others;
        }
        if self.has(Column::Accountable) {
            self.accountable();
        }
    }

    fn accountable(&mut self) {
        let name = self.cells.line(Column::Accountable);
        let wanted = plain(&name);
        if wanted.is_empty() {
            self.details.accountable = None;
            return;
        }
        let all = self.around.people.iter();
        let found: Vec<AccountId> = all
            .filter(|(_, name)| {
                let bare = name.split(" (").next().unwrap_or_default();
                plain(name) == wanted || plain(bare) == wanted
            })
            .map(|(id, _)| *id)
            .collect();
        match found.as_slice() {
            [one] => self.details.accountable = Some(*one),
            // The one who answers already keeps on, whoever else bears the name.
            several
                if self
                    .details
                    .accountable
                    .is_some_and(|id| several.contains(&id)) => {}
            [] => {
                let problem = Problem::of("plan-annex-person").with("name", name);
                self.wrong(Column::Accountable, problem);
            }
            _ => {
                let problem = Problem::of("plan-annex-persons").with("name", name);
                self.wrong(Column::Accountable, problem);
            }
        }
    }

    /// The time in words, and its days: those told in their own columns, or read from the words
    /// where only the words changed.
    fn time(&mut self, before: &ActivityDetails) {
        let text = self.words_of(Column::Time, WORDS_CHARS_MAX);
        let from = self.day(Column::From);
        let to = self.day(Column::To);
        let recurs = self.recurs();
        let when = &mut self.details.when;
        let told = (
            from.unwrap_or(when.from),
            to.unwrap_or(when.to),
            recurs.unwrap_or(when.recurs),
        );
        let is_same = told == (when.from, when.to, when.recurs);
        (when.from, when.to, when.recurs) = told;
        if let Some(text) = text
            && text != before.when.text
        {
            let year = self.around.board.plan.details.year;
            let window = window_of_cell(&text, Some(year)).unwrap_or_default();
            if is_same {
                (when.from, when.to, when.recurs) = (window.from, window.to, window.recurs);
            }
            when.text = text;
        }
        if let (Some(from), Some(to)) = (self.details.when.from, self.details.when.to)
            && to < from
        {
            let column = if self.has(Column::To) {
                Column::To
            } else {
                Column::Time
            };
            self.wrong(column, Problem::of("plan-window-ends-before"));
        }
    }

    /// The day of a column, if the file has it and it is one.
    fn day(&mut self, column: Column) -> Option<Option<Date>> {
        if !self.has(column) {
            return None;
        }
        let day = match self.cells.value(column) {
            Value::Empty => return Some(None),
            Value::Day(day) => Some(*day),
            Value::Moment(at) => Some(at.date()),
            Value::Text(text) => parse_date(text),
            _ => None,
        };
        let day = day.filter(|day| (1900..=2200).contains(&day.year()));
        if day.is_none() && !matches!(self.cells.value(column), Value::Broken(_)) {
            let found = self.cells.line(column);
            self.wrong(column, Problem::of("plan-annex-day").with("found", found));
        }
        day.map(Some)
    }

    fn recurs(&mut self) -> Option<Option<Recurrence>> {
        if !self.has(Column::Recurs) {
            return None;
        }
        let found = self.cells.line(Column::Recurs);
        let wanted = plain(&found);
        if wanted.is_empty() {
            return Some(None);
        }
        let known = self.around.recurs.iter();
        let recurs = known
            .filter(|(_, words)| plain(words) == wanted)
            .map(|(recurs, _)| *recurs)
            .next();
        let recurs = recurs.or_else(|| window_of_cell(&found, None).and_then(|w| w.recurs));
        if recurs.is_none() {
            let problem = Problem::of("plan-annex-recurs").with("found", found);
            self.wrong(Column::Recurs, problem);
        }
        recurs.map(Some)
    }
}

//! Rows of an annex table: groups become tasks, the others activities.

use documents::read::{Source, SourceCell};

use super::agency;
use super::columns::{Column, Header, header};
use super::flat::Flat;
use super::imported::{ImportedActivity, Recurrence, Span, Target, Window};
use super::label::{label, roman};
use super::{target, window};

/// A row as the plan means it.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A heading among the rows: how deep, from 1, and what it says.
    Group {
        /// Depth, from 1.
        depth: usize,
        /// What it says.
        title: String,
        /// Where.
        span: Span,
    },
    /// An activity.
    Activity(Box<ImportedActivity>),
}

/// Whether a table holds rows of a plan.
pub fn is_data(source: &Source, rows: &[Vec<SourceCell>]) -> bool {
    header(source, rows).is_some()
}

/// The rows of a table below its headings.
pub fn rows(source: &Source, table: &[Vec<SourceCell>], year: Option<i16>) -> Vec<Row> {
    let Some(header) = header(source, table) else {
        return Vec::new();
    };
    let mut reader = Reader {
        source,
        header: &header,
        year,
        above: Vec::new(),
        roman_open: false,
        group_open: false,
        found: Vec::new(),
    };
    let data = table.get(header.first_row..).unwrap_or_default();
    for (n, row) in data.iter().enumerate() {
        reader.take(row, data.get(n + 1));
    }
    reader.found
}

/// What stands in a row by column, with the text inherited from merged cells.
#[derive(Clone, Debug, Default)]
struct Cells {
    by_column: Vec<(Column, String, Span)>,
    /// Columns whose cell begins in this very row and is not empty.
    own: Vec<Column>,
    widest: usize,
}

impl Cells {
    fn text(&self, column: Column) -> &str {
        self.get(column).map_or("", |(_, text, _)| text)
    }

    fn get(&self, column: Column) -> Option<&(Column, String, Span)> {
        self.by_column
            .iter()
            .find(|(c, text, _)| *c == column && !text.is_empty())
    }

    fn has_own(&self, column: Column) -> bool {
        self.own.contains(&column)
    }

    fn has_details(&self) -> bool {
        use Column::{Budget, Form, Lead, Output, Quantity, Support, Time};
        [Form, Output, Quantity, Lead, Support, Time, Budget]
            .iter()
            .any(|c| self.has_own(*c))
    }
}

struct Reader<'a> {
    source: &'a Source,
    header: &'a Header,
    year: Option<i16>,
    /// Per column of the grid: text and place of the cell that reaches down.
    above: Vec<(String, Span)>,
    roman_open: bool,
    group_open: bool,
    found: Vec<Row>,
}

impl Reader<'_> {
    fn take(&mut self, row: &[SourceCell], next: Option<&Vec<SourceCell>>) {
        let cells = self.cells(row);
        if cells.by_column.iter().all(|(_, text, _)| text.is_empty())
            || self.is_header_again(&cells)
        {
            return;
        }
        if let Some((depth, title, span)) = self.group(&cells, row, next) {
            self.found.push(Row::Group { depth, title, span });
            return;
        }
        if cells.has_own(Column::Task) && cells.get(Column::Activity).is_some() {
            let depth = 1 + usize::from(self.group_open);
            if let Some((_, title, span)) = cells.get(Column::Task) {
                let (title, span) = (without_label(title), *span);
                self.found.push(Row::Group { depth, title, span });
            }
        }
        self.activity(&cells);
    }

    fn cells(&mut self, row: &[SourceCell]) -> Cells {
        let mut cells = Cells::default();
        for cell in row {
            let end = (cell.column + cell.width).min(64);
            if self.above.len() < end {
                self.above.resize(end, (String::new(), (0, 0)));
            }
            let text = base::text::clean_text(self.source.text_of(&cell.place));
            cells.widest = cells.widest.max(cell.width);
            for n in cell.column..end {
                if !cell.continues {
                    self.above[n] = (text.clone(), cell.place.span);
                }
                let Some(column) = self.header.columns.get(n).copied().flatten() else {
                    continue;
                };
                if cells.by_column.iter().any(|(c, ..)| *c == column) {
                    continue;
                }
                let (text, span) = self.above[n].clone();
                if !cell.continues && !text.is_empty() && (cell.width == 1 || n == cell.column) {
                    cells.own.push(column);
                }
                cells.by_column.push((column, text, span));
            }
        }
        cells
    }

    /// A header repeated on the next page.
    fn is_header_again(&self, cells: &Cells) -> bool {
        matches!(
            super::flat::folded(cells.text(Column::No)).as_str(),
            "stt" | "tt" | "so tt"
        )
    }

    fn group(
        &mut self,
        cells: &Cells,
        row: &[SourceCell],
        next: Option<&Vec<SourceCell>>,
    ) -> Option<(usize, String, Span)> {
        let is_id = |c: &SourceCell| self.header.columns.get(c.column) == Some(&Some(Column::Id));
        let filled: Vec<&SourceCell> = row
            .iter()
            .filter(|c| !c.continues && !c.place.bytes.is_empty() && !is_id(c))
            .collect();
        let number = cells
            .text(Column::No)
            .trim()
            .trim_end_matches(['.', ')', '/'])
            .to_owned();
        let wide = filled.len() <= 2
            && filled
                .iter()
                .any(|c| c.width >= 2 && c.width * 2 >= self.header.columns.len());
        let is_roman = roman(&number).is_some();
        let is_upper = number.chars().count() == 1 && number.chars().all(char::is_uppercase);
        if !wide && cells.has_details() {
            return None;
        }
        let (text, span) = if wide {
            let cell = filled.iter().max_by_key(|c| c.width)?;
            (
                base::text::clean_line(self.source.text_of(&cell.place)),
                cell.place.span,
            )
        } else {
            let (_, text, span) = cells
                .get(Column::Activity)
                .or_else(|| cells.get(Column::Task))?;
            (base::text::clean_line(text), *span)
        };
        let inner = label(&Flat::of(&text)).map(|l| l.form);
        // Loa itself writes a status beside every activity: a row with a code and nothing else is a task.
        let is_known_task = cells.get(Column::Id).is_some() && filled.len() <= 2;
        let heads = is_roman
            || is_upper
            || is_known_task
            || wide
            || (filled.iter().all(|c| c.bold) && !filled.is_empty() && filled.len() <= 2)
            || self.leads_to_parts(&number, next);
        if !heads || text.is_empty() {
            return None;
        }
        use super::label::Form;
        let top =
            is_roman || is_upper || matches!(inner, Some(Form::Roman | Form::Upper | Form::Part));
        // "1.2" is a part of "1".
        let inside = number.matches('.').count();
        let depth = inside + if top || !self.roman_open { 1 } else { 2 };
        self.roman_open |= top;
        self.group_open = true;
        Some((depth, without_label(&text), span))
    }

    /// Whether the next row is numbered as a part of this one: "1" then "1.1", "a" or "-"; "1.1"
    /// then "1.1.1".
    fn leads_to_parts(&self, number: &str, next: Option<&Vec<SourceCell>>) -> bool {
        let Some(at) = self
            .header
            .columns
            .iter()
            .position(|c| *c == Some(Column::No))
        else {
            return false;
        };
        let Some(cell) = next.and_then(|row| row.iter().find(|c| c.column == at)) else {
            return false;
        };
        let below = self.source.text_of(&cell.place).trim();
        !number.is_empty()
            && number.split('.').all(|part| part.parse::<u16>().is_ok())
            && (below.starts_with(&format!("{number}."))
                || matches!(below.trim_end_matches(['.', ')']), "a" | "-" | "+" | "i"))
    }

    fn activity(&mut self, cells: &Cells) {
        let content = cells
            .get(Column::Activity)
            .or_else(|| cells.get(Column::Task));
        let content_is_own = cells.has_own(Column::Activity) || cells.has_own(Column::Task);
        let Some((_, text, span)) = content.filter(|_| content_is_own || cells.has_details())
        else {
            self.continue_last(cells);
            return;
        };
        let lines = |column| base::text::clean_line(cells.text(column));
        let some = |text: String| (!text.is_empty() && text != "-").then_some(text);
        let (lead_unit, supporting_units) = units(cells);
        let (targets, recurs_by_target, per_unit) = self.targets(cells, text);
        let mut window = window::cell(&time(cells), self.year);
        if window.is_none() {
            window = window::in_sentence(&Flat::of(text), self.year);
        }
        if let Some(window) = &mut window
            && window.recurs.is_none()
            && window.from.is_none()
            && window.to.is_none()
        {
            window.recurs = recurs_by_target;
        }
        self.found.push(Row::Activity(Box::new(ImportedActivity {
            task_no: None,
            title: without_label(text),
            form: some(lines(Column::Form)),
            output: some(lines(Column::Output)).or_else(|| some(lines(Column::Quantity))),
            target: targets.first().cloned(),
            targets,
            per_unit,
            lead_unit,
            supporting_units,
            window,
            span: *span,
        })));
    }

    /// The targets of a row, how often they fall due, and whether they are asked of every unit.
    fn targets(&self, cells: &Cells, content: &str) -> (Vec<Target>, Option<Recurrence>, bool) {
        let quantity = base::text::clean_line(cells.text(Column::Quantity));
        let measure = base::text::clean_line(cells.text(Column::Measure));
        let output = base::text::clean_line(cells.text(Column::Output));
        if let Some(number) = target::lone_number(&quantity) {
            let unit = if measure.is_empty() { output } else { measure };
            return (vec![Target { number, unit }], None, false);
        }
        let in_sentence = |text: &str| target::all_in_sentence(&Flat::of(text));
        let found = [
            target::all_in_cell(&Flat::of(&quantity)),
            target::all_in_cell(&Flat::of(&output)),
            in_sentence(content),
            in_sentence(cells.text(Column::Form)),
        ];
        let found = found.into_iter().find(|all| !all.is_empty());
        let found = found.unwrap_or_default();
        let recurs = found.first().and_then(|first| first.recurs);
        let per_unit = found.first().is_some_and(|first| first.per_unit);
        let targets = found.into_iter().map(|found| found.target).collect();
        (targets, recurs, per_unit)
    }

    /// A row without contents of its own goes on with the one above.
    fn continue_last(&mut self, cells: &Cells) {
        let Some(Row::Activity(last)) = self.found.last_mut() else {
            return;
        };
        let output = base::text::clean_line(cells.text(Column::Output));
        if cells.has_own(Column::Output) && !output.is_empty() {
            last.output = Some(match last.output.take() {
                Some(before) => format!("{before}; {output}"),
                None => output,
            });
        }
        if last.window.is_none() && cells.has_own(Column::Time) {
            last.window = window::cell(&time(cells), self.year);
        }
        if last.lead_unit.is_none() && cells.has_own(Column::Lead) {
            (last.lead_unit, _) = units(cells);
        }
    }
}

/// When, from one cell of words or from cells of their own for the first day, the last and how often.
fn time(cells: &Cells) -> String {
    let words = cells.text(Column::Time);
    let (from, to) = (cells.text(Column::From), cells.text(Column::To));
    if !words.is_empty() || (from.is_empty() && to.is_empty()) {
        return words.to_owned();
    }
    let days = match (from, to) {
        (from, "") => format!("từ {from}"),
        ("", to) => format!("trước {to}"),
        (from, to) => format!("từ {from} đến {to}"),
    };
    match cells.text(Column::Recurs) {
        "" => days,
        recurs => format!("{recurs}, {days}"),
    }
}

/// Who leads and supports; a cell may hold both ("Văn phòng chủ trì; các phòng phối hợp").
fn units(cells: &Cells) -> (Option<String>, Vec<String>) {
    let mut supporting: Vec<String> = Vec::new();
    for line in cells.text(Column::Support).lines() {
        let line = line.trim_start_matches(['-', '+', '•', ' ']);
        let flat = Flat::of(line);
        supporting.extend(agency::split(&flat, 0, flat.len()));
    }
    let lead = cells.text(Column::Lead);
    let flat = Flat::of(lead);
    if !flat.has("phoi hop") && !flat.has("chu tri") {
        let lines: Vec<&str> = lead
            .lines()
            .map(|l| l.trim_start_matches(['-', '+', '•', ' ']))
            .collect();
        let text = base::text::clean_line(&lines.join("; "))
            .trim_end_matches([';', '.', ' '])
            .to_owned();
        return (
            (!text.is_empty() && text != "-").then_some(text),
            supporting,
        );
    }
    let mut leader = None;
    for piece in lead.split([';', '\n']).flat_map(|p| p.split(", ")) {
        let flat = Flat::of(piece);
        let helps = flat.find_from("phoi hop", 0);
        let leads = flat.find_from("chu tri", 0);
        let trimmed = |from, to| {
            let (from, to) = flat.core(from, to);
            let text = flat
                .cut(from, to)
                .trim_matches(|c: char| "-:() ".contains(c));
            base::text::clean_line(text)
        };
        match (leads, helps) {
            (Some(at), _) => {
                let before = trimmed(0, at);
                let text = if before.is_empty() {
                    trimmed(at + 7, flat.len())
                } else {
                    before
                };
                leader = leader.or(Some(text));
            }
            (None, Some(at)) => {
                let after = trimmed(at + 8, flat.len());
                let after = after.strip_prefix("với ").unwrap_or(&after).to_owned();
                supporting.push(if after.is_empty() {
                    trimmed(0, at)
                } else {
                    after
                });
            }
            (None, None) if leader.is_none() => leader = Some(trimmed(0, flat.len())),
            (None, None) => supporting.push(trimmed(0, flat.len())),
        }
    }
    supporting.retain(|s| !s.is_empty());
    (leader.filter(|l| !l.is_empty()), supporting)
}

/// The words of a cell without the number before them and the stop behind.
fn without_label(text: &str) -> String {
    let flat = Flat::of(text);
    let start = label(&flat).map_or(0, |l| l.end);
    let (from, to) = flat.core(start, flat.len());
    base::text::clean_line(flat.cut(from, to))
}

/// Whether a window says nothing that can be dated.
pub fn is_undated(window: &Window) -> bool {
    window.from.is_none() && window.to.is_none() && window.recurs.is_none()
}

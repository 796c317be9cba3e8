//! Reading a set from a spreadsheet: our own, or a table that somebody typed from a decision. What
//! cannot be read is told with its cell; what is read is not repaired.

use base::Problem;
use base::calendar::parse_date;
use base::text::{clean_line, clean_text, fold};
use documents::sheet::{Grid, GridRow, Value, cell_name};
use rust_decimal::Decimal;
use web::Say;

use super::exact::parse_points;
use super::rule_fields;
use super::set::{Area, CHILDREN_MAX, Component, Criterion, SetDetails, no_id};
use super::set_json::SetFile;
use super::set_sheet::{FACTS, More};

/// Rows among which the headings are looked for.
const HEADING_ROWS: usize = 30;
/// Longest title, in characters.
const TITLE_CHARS_MAX: usize = 1_000;
/// Longest guidance, in characters.
const TEXT_CHARS_MAX: usize = 10_000;

/// Something wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellProblem {
    /// The cell: `Sheet1!F12`.
    pub cell: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What a file gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadSet {
    /// The set, as far as it could be read.
    pub file: SetFile,
    /// What could not be read; with any, nothing is stored.
    pub problems: Vec<CellProblem>,
    /// Rows that are no part of the table: told, and left out.
    pub skipped: Vec<(String, String)>,
}

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Level,
    No,
    Title,
    Max,
    Guidance,
    Evidence,
    Rule,
    More,
}

/// Words in headings, folded, with what they mean; the first that fits counts.
const HEADINGS: [(&str, Meaning); 16] = [
    ("du lieu cua loa", Meaning::More),
    ("cach cham", Meaning::Rule),
    ("stt", Meaning::No),
    ("tt", Meaning::No),
    ("so", Meaning::No),
    ("ma", Meaning::No),
    ("diem toi da", Meaning::Max),
    ("diem chuan", Meaning::Max),
    ("thang diem", Meaning::Max),
    ("diem", Meaning::Max),
    ("huong dan", Meaning::Guidance),
    ("cach tinh", Meaning::Guidance),
    ("tai lieu kiem chung", Meaning::Evidence),
    ("minh chung", Meaning::Evidence),
    ("noi dung", Meaning::Title),
    ("tieu chi", Meaning::Title),
];

/// Reads the sheets of a file.
pub fn read(grids: &[Grid], legal: &Say) -> ReadSet {
    let mut reading = Reading::new(legal);
    let table = grids.iter().find_map(|grid| {
        let rows = grid.rows.iter().take(HEADING_ROWS).enumerate();
        rows.filter_map(|(at, row)| Some((grid, at, columns(row, legal)?)))
            .next()
    });
    match table {
        Some((grid, at, columns)) => {
            let rows = &grid.rows[at + 1..];
            let has_roman = rows
                .iter()
                .any(|row| is_roman(&line(cell(row, &columns, Meaning::No))));
            for row in rows {
                reading.row((grid, row), &columns, has_roman);
            }
        }
        None => {
            let problem = Problem::of("criteria-no-table");
            reading.problems.push(CellProblem {
                cell: grids
                    .first()
                    .map(|grid| grid.name.clone())
                    .unwrap_or_default(),
                problem,
            });
        }
    }
    for grid in grids {
        reading.facts(grid);
    }
    reading.finish()
}

/// The columns of a heading row: it has a title and points.
fn columns(row: &GridRow, legal: &Say) -> Option<Vec<(usize, Meaning)>> {
    let sentence = fold(&legal.t("criteria-col-sentence"));
    let mut found: Vec<(usize, Meaning)> = Vec::new();
    for cell in &row.cells {
        let title = fold(&clean_line(&cell.value.shown()));
        if title == sentence {
            continue;
        }
        let meaning = match title == fold(&legal.t("criteria-col-level")) {
            true => Some(Meaning::Level),
            false => HEADINGS
                .iter()
                .find(|(words, _)| is_heading(&title, words))
                .map(|(_, meaning)| *meaning),
        };
        if let Some(meaning) = meaning
            && found.iter().all(|(_, known)| *known != meaning)
        {
            found.push((cell.column, meaning));
        }
    }
    let has = |meaning| found.iter().any(|(_, known)| *known == meaning);
    (has(Meaning::Title) && has(Meaning::Max)).then_some(found)
}

fn is_heading(title: &str, words: &str) -> bool {
    let begins = title
        .strip_prefix(words)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    begins || (words.len() > 5 && title.contains(words))
}

fn cell<'a>(row: &'a GridRow, columns: &[(usize, Meaning)], meaning: Meaning) -> &'a Value {
    const EMPTY: &Value = &Value::Empty;
    let at = columns.iter().find(|(_, known)| *known == meaning);
    let found = at.and_then(|(at, _)| row.cells.iter().find(|cell| cell.column == *at));
    found.map_or(EMPTY, |cell| &cell.value)
}

fn line(value: &Value) -> String {
    clean_line(&value.shown())
}

/// Points of a cell: a number, or as people type one.
fn points(value: &Value) -> Option<Decimal> {
    match value {
        Value::Whole(number) => parse_points(&number.to_string()),
        Value::Decimal(number) => parse_points(&number.to_string()),
        other => parse_points(&line(other)),
    }
}

fn is_roman(text: &str) -> bool {
    let bare = text.trim_end_matches('.');
    !bare.is_empty() && bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Area,
    Criterion,
    Component,
}

struct Reading<'a> {
    legal: &'a Say,
    details: SetDetails,
    areas: Vec<Area>,
    problems: Vec<CellProblem>,
    skipped: Vec<(String, String)>,
}

impl<'a> Reading<'a> {
    fn new(legal: &'a Say) -> Self {
        Self {
            legal,
            details: SetDetails::default(),
            areas: Vec::new(),
            problems: Vec::new(),
            skipped: Vec::new(),
        }
    }

    fn wrong(&mut self, place: (&Grid, &GridRow, usize), problem: Problem) {
        let (grid, row, column) = place;
        self.problems.push(CellProblem {
            cell: cell_name(&grid.name, row.number, column),
            problem,
        });
    }

    fn level(&self, told: &str, no: &str, has_roman: bool) -> Option<Level> {
        let levels = [
            ("area", Level::Area),
            ("criterion", Level::Criterion),
            ("component", Level::Component),
        ];
        if !told.is_empty() {
            let is_told =
                |word: &str| fold(&self.legal.t(&format!("criteria-level-{word}"))) == fold(told);
            let found = levels.iter().find(|(word, _)| is_told(word));
            return found.map(|(_, level)| *level);
        }
        if is_roman(no) {
            return Some(Level::Area);
        }
        let bare = no.trim_end_matches('.');
        let is_number = bare.starts_with(|c: char| c.is_ascii_digit())
            && bare.chars().all(|c| c.is_ascii_digit() || c == '.');
        let depth = bare.split('.').count() + usize::from(has_roman);
        match depth {
            _ if !is_number => None,
            1 => Some(Level::Area),
            2 => Some(Level::Criterion),
            _ => Some(Level::Component),
        }
    }

    fn row(
        &mut self,
        (grid, row): (&Grid, &GridRow),
        columns: &[(usize, Meaning)],
        has_roman: bool,
    ) {
        let column = |meaning| {
            let found = columns.iter().find(|(_, known)| *known == meaning);
            found.map_or(0, |(at, _)| *at)
        };
        let value = |meaning| cell(row, columns, meaning);
        let no = line(value(Meaning::No)).trim_end_matches('.').to_owned();
        let title = line(value(Meaning::Title));
        let stated = value(Meaning::Max);
        if title.is_empty() && no.is_empty() {
            return;
        }
        let first = cell_name(&grid.name, row.number, column(Meaning::Title));
        let words = fold(if title.is_empty() { &no } else { &title });
        if words.starts_with("tong cong") || words.starts_with("tong diem") {
            self.details.total = points(stated);
            return;
        }
        let Some(level) = self.level(&line(value(Meaning::Level)), &no, has_roman) else {
            self.skipped.push((first, title));
            return;
        };
        if title.is_empty() || title.chars().count() > TITLE_CHARS_MAX {
            let problem = Problem::of("criteria-title-wrong").with("max", TITLE_CHARS_MAX);
            self.wrong((grid, row, column(Meaning::Title)), problem);
        }
        let max = points(stated);
        if max.is_none() {
            let problem = Problem::of("criteria-points-wrong").with("value", line(stated));
            self.wrong((grid, row, column(Meaning::Max)), problem);
        }
        let more = match value(Meaning::More) {
            Value::Empty => More::default(),
            given => serde_json::from_str(&given.shown()).unwrap_or_else(|error| {
                let problem = Problem::of("criteria-json").with("why", error);
                self.wrong((grid, row, column(Meaning::More)), problem);
                More::default()
            }),
        };
        let mut component = Component::new(&no, &title, max.unwrap_or_default());
        component.guidance = self.long((grid, row), columns, Meaning::Guidance);
        component.evidence = self.long((grid, row), columns, Meaning::Evidence);
        let notation = clean_text(&value(Meaning::Rule).shown());
        if level == Level::Component && !notation.is_empty() {
            match rule_fields::of_cell(&notation, self.legal) {
                Ok(rule) => component.rule = rule,
                Err(problems) => {
                    for problem in problems {
                        self.wrong((grid, row, column(Meaning::Rule)), problem);
                    }
                }
            }
        }
        if !self.put(level, component, more) {
            let problem = Problem::of("criteria-row-without-head");
            self.wrong((grid, row, column(Meaning::Title)), problem);
        }
    }

    fn long(
        &mut self,
        (grid, row): (&Grid, &GridRow),
        columns: &[(usize, Meaning)],
        meaning: Meaning,
    ) -> String {
        let text = clean_text(&cell(row, columns, meaning).shown());
        if text.chars().count() > TEXT_CHARS_MAX {
            let at = columns.iter().find(|(_, known)| *known == meaning);
            let problem = Problem::of("criteria-text-long").with("max", TEXT_CHARS_MAX);
            self.wrong((grid, row, at.map_or(0, |(at, _)| *at)), problem);
        }
        text
    }

    /// Puts a row under the one above; false when there is none, or there are too many.
    fn put(&mut self, level: Level, read: Component, more: More) -> bool {
        match level {
            Level::Area => {
                self.areas.push(Area {
                    id: no_id(),
                    no: read.no,
                    title: read.title,
                    max: read.max,
                    kept: more.kept,
                    criteria: Vec::new(),
                });
                self.areas.len() <= CHILDREN_MAX
            }
            Level::Criterion => {
                let Some(area) = self.areas.last_mut() else {
                    return false;
                };
                let mut criterion = Criterion {
                    id: no_id(),
                    no: read.no.clone(),
                    title: read.title.clone(),
                    max: read.max,
                    kept: more.kept,
                    components: Vec::new(),
                };
                // Scored as a whole, unless rows of components follow.
                if !read.guidance.is_empty() || !read.evidence.is_empty() {
                    criterion.components.push(read);
                }
                area.criteria.push(criterion);
                area.criteria.len() <= CHILDREN_MAX
            }
            Level::Component => {
                let last = self
                    .areas
                    .last_mut()
                    .and_then(|area| area.criteria.last_mut());
                let Some(criterion) = last else { return false };
                let component = Component {
                    kept: more.kept,
                    source: more.source.unwrap_or_default(),
                    note: more.note,
                    second: more.second,
                    example: more.example,
                    ..read
                };
                let is_whole =
                    |one: &Component| one.no == criterion.no && one.title == criterion.title;
                let stands_in = criterion.components.len() == 1
                    && criterion.components.first().is_some_and(is_whole);
                if stands_in {
                    criterion.components.clear();
                }
                criterion.components.push(component);
                criterion.components.len() <= CHILDREN_MAX
            }
        }
    }

    /// What a sheet of two columns says of the set.
    fn facts(&mut self, grid: &Grid) {
        for row in &grid.rows {
            let [label, value] = &row.cells[..] else {
                continue;
            };
            let label_text = fold(&line(&label.value));
            let is_own =
                |fact: &&&str| fold(&self.legal.t(&format!("criteria-fact-{fact}"))) == label_text;
            if let Some(fact) = FACTS.iter().find(is_own) {
                self.fact(fact, &value.value, (grid, row, value.column));
            }
        }
    }

    fn fact(&mut self, fact: &str, value: &Value, place: (&Grid, &GridRow, usize)) {
        let text = line(value);
        let details = &mut self.details;
        let year = || {
            text.parse::<i16>()
                .ok()
                .filter(|year| (2000..=2100).contains(year))
        };
        let is_read = match fact {
            "title" => {
                details.title = text;
                true
            }
            "number" => {
                details.number = text;
                true
            }
            "issuer" => {
                details.issuer = text;
                true
            }
            "level" => {
                details.level = text;
                true
            }
            "note" => {
                details.note = clean_text(&value.shown());
                true
            }
            "issued_on" => {
                details.issued_on = parse_date(&text);
                details.issued_on.is_some()
            }
            "year_from" => {
                details.year_from = year().unwrap_or_default();
                year().is_some()
            }
            "year_to" => {
                details.year_to = year();
                details.year_to.is_some()
            }
            "total" => {
                details.total = points(value);
                details.total.is_some()
            }
            _ => match serde_json::from_str::<More>(&value.shown()) {
                Ok(more) => {
                    details.kept = more.kept;
                    true
                }
                Err(_) => false,
            },
        };
        if !is_read {
            let problem = Problem::of("criteria-fact-wrong").with("value", value.shown());
            self.wrong(place, problem);
        }
    }

    fn finish(mut self) -> ReadSet {
        for area in &mut self.areas {
            for criterion in &mut area.criteria {
                if criterion.components.is_empty() {
                    let whole = Component::new(&criterion.no, &criterion.title, criterion.max);
                    criterion.components.push(whole);
                }
            }
        }
        ReadSet {
            file: SetFile::of(self.details, self.areas),
            problems: self.problems,
            skipped: self.skipped,
        }
    }
}

//! One sheet: its rows and cells in the order of the file, then its merged cells.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::formats::Formats;
use super::problem;
use super::strings::{Gathering, put};
use crate::read::Limits;
use crate::read::package::{Part, attribute};
use crate::read::problem::{ReadCode, ReadProblem};
use crate::sheet::{GridCell, GridRow, Value, cell_name};
use crate::xlsx::ROWS_MAX;

/// Columns of a sheet: what the format can hold.
const COLUMNS_MAX: usize = 16_384;
/// Merged areas of a sheet.
const MERGES_MAX: usize = 50_000;

/// What the cells of a sheet refer to.
pub struct Around<'a> {
    /// The sheet's name, for problems.
    pub sheet: &'a str,
    /// The shared texts.
    pub strings: &'a [String],
    /// The styles.
    pub formats: &'a Formats,
    /// The limits, for all sheets together.
    pub limits: &'a Limits,
}

/// What all sheets have taken so far.
#[derive(Default)]
pub struct Taken {
    pieces: usize,
    text_bytes: usize,
}

impl Taken {
    /// One more cell or row.
    fn piece(&mut self, around: &Around<'_>) -> Result<(), ReadProblem> {
        self.pieces += 1;
        if self.pieces > around.limits.blocks_max {
            let place = around.sheet.to_owned();
            let limit = around.limits.blocks_max;
            return Err(problem(ReadCode::TooManyCells, place).with("limit", limit));
        }
        Ok(())
    }

    /// One more text of so many bytes.
    fn text(&mut self, bytes: usize, around: &Around<'_>) -> Result<(), ReadProblem> {
        self.text_bytes = self.text_bytes.saturating_add(bytes);
        if self.text_bytes > around.limits.text_bytes_max {
            return Err(ReadProblem::too_much_text(around.limits.text_bytes_max));
        }
        Ok(())
    }
}

type Rows = BTreeMap<u32, BTreeMap<usize, GridCell>>;

/// The rows of a sheet that hold anything.
pub fn read(
    part: &mut Part<'_>,
    around: &Around<'_>,
    taken: &mut Taken,
) -> Result<Vec<GridRow>, ReadProblem> {
    let mut sheet = SheetReader {
        around,
        taken,
        row: 0,
        column: 0,
        cell: None,
        rows: Rows::new(),
        merges: Vec::new(),
    };
    part.each(|event| sheet.take(event))?;
    sheet.fill()?;
    let rows = sheet
        .rows
        .into_iter()
        .filter(|(_, cells)| !cells.is_empty());
    Ok(rows
        .map(|(number, cells)| GridRow {
            number,
            cells: cells.into_values().collect(),
        })
        .collect())
}

/// A cell whose end has not been met.
#[derive(Default)]
struct Open {
    kind: String,
    style: usize,
    value: String,
    in_value: bool,
    inline: Gathering,
    in_inline: bool,
}

struct SheetReader<'a, 't> {
    around: &'a Around<'a>,
    taken: &'t mut Taken,
    row: u32,
    column: usize,
    cell: Option<Open>,
    rows: Rows,
    merges: Vec<(Corner, Corner)>,
}

/// Row from 1, column from 0.
type Corner = (u32, usize);

impl SheetReader<'_, '_> {
    fn take(&mut self, event: &Event<'_>) -> Result<(), ReadProblem> {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::Empty(tag) => {
                let name: &str = tag.local_name().into_inner();
                if matches!(name, "row" | "c" | "mergeCell") {
                    self.open(tag)?;
                    self.close(name)?;
                }
                Ok(())
            }
            Event::End(tag) => {
                let name: &str = tag.local_name().into_inner();
                if let Some(cell) = &mut self.cell
                    && cell.in_inline
                {
                    cell.inline.take(event);
                }
                self.close(name)
            }
            other => {
                match &mut self.cell {
                    Some(cell) if cell.in_value => put(other, &mut cell.value),
                    Some(cell) if cell.in_inline => cell.inline.take(other),
                    _ => {}
                }
                Ok(())
            }
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadProblem> {
        match tag.local_name().into_inner() {
            "row" => {
                self.taken.piece(self.around)?;
                let told = attribute(tag, "r").map(|r| self.row_of(&r)).transpose()?;
                self.row = told.unwrap_or(self.row.saturating_add(1));
                self.column = 0;
                self.in_reach()
            }
            "c" => self.open_cell(tag),
            "mergeCell" if self.merges.len() < MERGES_MAX => {
                let place = attribute(tag, "ref").unwrap_or_default();
                let corners = place.split_once(':').and_then(|(from, to)| {
                    let (from, to) = (corner(from)?, corner(to)?);
                    (from.0 <= to.0 && from.1 <= to.1).then_some((from, to))
                });
                self.merges.extend(corners);
                Ok(())
            }
            name => {
                if let Some(cell) = &mut self.cell {
                    match name {
                        "v" => cell.in_value = true,
                        "is" => cell.in_inline = true,
                        _ if cell.in_inline => cell.inline.take(&Event::Start(tag.borrow())),
                        _ => {}
                    }
                }
                Ok(())
            }
        }
    }

    fn open_cell(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadProblem> {
        self.taken.piece(self.around)?;
        if let Some(place) = attribute(tag, "r") {
            let found = corner(&place).ok_or_else(|| {
                let sheet = self.around.sheet.to_owned();
                problem(ReadCode::BrokenCell, sheet).with("found", shown(&place))
            })?;
            (self.row, self.column) = found;
        }
        self.in_reach()?;
        let style = attribute(tag, "s").and_then(|s| s.parse().ok());
        self.cell = Some(Open {
            kind: attribute(tag, "t").unwrap_or_default(),
            style: style.unwrap_or(0),
            ..Open::default()
        });
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadProblem> {
        match (name, &mut self.cell) {
            ("v", Some(cell)) => cell.in_value = false,
            ("is", Some(cell)) => cell.in_inline = false,
            ("c", _) => {
                if let Some(cell) = self.cell.take() {
                    self.put(cell)?;
                }
                self.column += 1;
            }
            _ => {}
        }
        Ok(())
    }

    fn put(&mut self, mut cell: Open) -> Result<(), ReadProblem> {
        let is_bold = self.around.formats.is_bold(cell.style);
        let value = self.value(&mut cell)?;
        if value == Value::Empty {
            return Ok(());
        }
        if let Value::Text(text) = &value {
            self.taken.text(text.len(), self.around)?;
        }
        let found = GridCell {
            column: self.column,
            width: 1,
            continues: false,
            is_bold,
            value,
        };
        self.rows
            .entry(self.row)
            .or_default()
            .insert(self.column, found);
        Ok(())
    }

    fn value(&self, cell: &mut Open) -> Result<Value, ReadProblem> {
        let told = cell.value.trim();
        let broken = || self.broken(told);
        let inline = cell.inline.end();
        Ok(match cell.kind.as_str() {
            "inlineStr" => text(&inline),
            "str" => text(&super::strings::decoded(&cell.value)),
            _ if told.is_empty() => text(&inline),
            "s" => {
                let at: usize = told.parse().map_err(|_| broken())?;
                text(self.around.strings.get(at).ok_or_else(broken)?)
            }
            "b" => Value::Flag(matches!(told, "1" | "true")),
            "e" => Value::Broken(shown(told)),
            "d" => moment(told).ok_or_else(broken)?,
            _ => {
                let number: f64 = told.parse().map_err(|_| broken())?;
                match number.is_finite() {
                    true => self.around.formats.value(number, cell.style),
                    false => return Err(broken()),
                }
            }
        })
    }

    fn broken(&self, found: &str) -> ReadProblem {
        let place = cell_name(self.around.sheet, self.row, self.column);
        problem(ReadCode::BrokenCell, place).with("found", shown(found))
    }

    fn row_of(&self, told: &str) -> Result<u32, ReadProblem> {
        let row = told.parse().ok().filter(|row| (1..=ROWS_MAX).contains(row));
        row.ok_or_else(|| {
            let sheet = self.around.sheet.to_owned();
            problem(ReadCode::BrokenCell, sheet).with("found", shown(told))
        })
    }

    fn in_reach(&self) -> Result<(), ReadProblem> {
        if self.row > ROWS_MAX || self.column >= COLUMNS_MAX {
            return Err(self.broken(""));
        }
        Ok(())
    }

    /// Gives every cell under a merged one its value; areas do not reach below the last row.
    fn fill(&mut self) -> Result<(), ReadProblem> {
        let last_row = self.rows.keys().next_back().copied().unwrap_or(0);
        for (from, to) in std::mem::take(&mut self.merges) {
            let first = self.rows.get(&from.0).and_then(|row| row.get(&from.1));
            let Some(first) = first.cloned() else {
                continue;
            };
            for row in from.0..=to.0.min(last_row) {
                self.taken.piece(self.around)?;
                if let Value::Text(text) = &first.value {
                    self.taken.text(text.len(), self.around)?;
                }
                let cells = self.rows.entry(row).or_default();
                clear(cells, from.1, to.1);
                let filled = GridCell {
                    width: to.1 - from.1 + 1,
                    continues: row > from.0,
                    ..first.clone()
                };
                cells.insert(from.1, filled);
            }
        }
        Ok(())
    }
}

/// Takes away the cells of a row that reach into these columns.
fn clear(cells: &mut BTreeMap<usize, GridCell>, from: usize, to: usize) {
    let inside: Vec<usize> = cells.range(from..=to).map(|(column, _)| *column).collect();
    let before = cells.range(..from).next_back();
    let reaching = before.filter(|(column, cell)| *column + cell.width > from);
    let reaching = reaching.map(|(column, _)| *column);
    for column in inside.into_iter().chain(reaching) {
        cells.remove(&column);
    }
}

/// The corner of a cell's name: `F12` is row 12, column 5; signs of fixed places do not matter.
fn corner(name: &str) -> Option<Corner> {
    let name = name.replace('$', "");
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_alphabetic())
    {
        return None;
    }
    let column = letters.bytes().fold(0usize, |sum, letter| {
        sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let row: u32 = row.parse().ok()?;
    ((1..=ROWS_MAX).contains(&row) && column <= COLUMNS_MAX).then_some((row, column - 1))
}

/// Text without control characters; blank text is no value.
fn text(text: &str) -> Value {
    let clean = crate::wording::clean(text);
    match clean.trim().is_empty() {
        true => Value::Empty,
        false => Value::Text(clean.trim().to_owned()),
    }
}

/// A day or moment as ISO 8601 writes it.
fn moment(text: &str) -> Option<Value> {
    let bare = text.trim_end_matches('Z');
    if let Ok(day) = bare.parse() {
        let is_day = !bare.contains('T');
        return Some(match is_day {
            true => Value::Day(day),
            false => Value::Moment(bare.parse().ok()?),
        });
    }
    bare.parse().ok().map(Value::Moment)
}

/// The beginning of what was found, for a message.
fn shown(found: &str) -> String {
    found.chars().take(40).collect()
}

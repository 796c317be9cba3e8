//! The neutral spreadsheet: tables of typed values, and how a program names their cells.
//!
//! A [`Book`] says what a spreadsheet to be written holds besides its rows; rows are streamed into
//! it, so that a list of any length takes the memory of one row ([`crate::xlsx`], [`crate::csv`]).
//! A [`Grid`] is a sheet that was read ([`crate::read::grids`]), as people see it. No value is a
//! formula, in either direction: what people typed stays text.

use base::calendar::date_short;
use base::text::number::{decimal, whole};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::paper::Align;

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text; whatever it begins with, it is never a formula.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with a fraction.
    Decimal(f64),
    /// A share shown in per cent: 0.82 is shown as 82 %.
    Share(f64),
    /// True or false.
    Flag(bool),
    /// A day.
    Day(Date),
    /// A day and the time on the agency's clock.
    Moment(DateTime),
    /// A formula without a result (`#REF!`, `#DIV/0!`): read only.
    Broken(String),
}

impl Value {
    /// Text; an empty one is [`Value::Empty`].
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// A day, if there is one.
    pub fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// A whole number, if there is one.
    pub fn whole(number: Option<i64>) -> Self {
        number.map_or(Self::Empty, Self::Whole)
    }

    /// As a Vietnamese reader sees it: `15/06/2023`, `1.234`, `2,5`, `82%`.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Broken(text) => text.clone(),
            Self::Whole(number) => whole(*number),
            Self::Decimal(number) => decimal(*number, 6),
            Self::Share(share) => format!("{}%", decimal(share * 100.0, 4)),
            Self::Flag(true) => "TRUE".to_owned(),
            Self::Flag(false) => "FALSE".to_owned(),
            Self::Day(day) => date_short(*day),
            Self::Moment(at) => format!(
                "{} {:02}:{:02}",
                date_short(at.date()),
                at.hour(),
                at.minute()
            ),
        }
    }
}

/// A spreadsheet to be written: everything but its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// What it is, for its metadata.
    pub title: String,
    /// Whose it is, for its metadata.
    pub author: String,
    /// When it was made; goes into its metadata only.
    pub made_at: Timestamp,
    /// Its sheets, in order; at least one.
    pub sheets: Vec<Sheet>,
}

/// A sheet to be written: everything but its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// On its tab; cut and cleaned as spreadsheets ask.
    pub name: String,
    /// Lines above the headings, over the full width: a title, to what it belongs.
    pub lines: Vec<String>,
    /// Its columns, left to right; at least one.
    pub columns: Vec<Column>,
    /// Whether readers may filter by the headings; not with [`Look::Group`] rows, which do not sort.
    pub has_filter: bool,
}

/// A column of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Its width, in letters of the usual size.
    pub chars: u16,
    /// How texts stand in it; numbers and days stand as their kind asks.
    pub align: Align,
    /// Whether readers do not see it unless they ask.
    pub is_hidden: bool,
}

impl Column {
    /// A column of words with this heading and width.
    pub fn new(title: impl Into<String>, chars: u16) -> Self {
        Self {
            title: title.into(),
            chars,
            align: Align::Left,
            is_hidden: false,
        }
    }

    /// The same column with its texts in the middle.
    #[must_use]
    pub fn centered(mut self) -> Self {
        self.align = Align::Center;
        self
    }

    /// The same column, not shown unless asked for.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.is_hidden = true;
        self
    }
}

/// What a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Look {
    /// An ordinary row.
    #[default]
    Plain,
    /// Heads the rows below it: bold on a tinted ground.
    Group,
    /// A sum: bold.
    Total,
}

/// A sheet that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// On its tab.
    pub name: String,
    /// Its rows that hold anything, from above.
    pub rows: Vec<GridRow>,
}

/// A row that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridRow {
    /// Its number as the spreadsheet shows it, from 1.
    pub number: u32,
    /// Its cells that hold anything, from the left; no two overlap.
    pub cells: Vec<GridCell>,
}

/// A cell that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridCell {
    /// Its column, from 0.
    pub column: usize,
    /// Columns that it covers, at least 1: merged cells cover several.
    pub width: usize,
    /// Whether it only continues the merged cell above, whose value it repeats.
    pub continues: bool,
    /// Whether it stands in bold letters.
    pub is_bold: bool,
    /// What it holds; of a formula, the result that was stored with it.
    pub value: Value,
}

impl GridRow {
    /// The cell that covers a column.
    pub fn cell(&self, column: usize) -> Option<&GridCell> {
        self.cells
            .iter()
            .find(|cell| (cell.column..cell.column + cell.width).contains(&column))
    }
}

/// A cell as people name it: `Sheet1!F12`. Columns count from 0, rows from 1.
pub fn cell_name(sheet: &str, row: u32, column: usize) -> String {
    let is_plain = !sheet.is_empty() && sheet.chars().all(|c| c.is_alphanumeric() || c == '_');
    if is_plain {
        format!("{sheet}!{}{row}", column_name(column))
    } else {
        let sheet = sheet.replace('\'', "''");
        format!("'{sheet}'!{}{row}", column_name(column))
    }
}

/// The letters of a column, from 0: `A`, `Z`, `AA`.
pub fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column.saturating_add(1);
    while rest > 0 {
        rest -= 1;
        // Below 26: no letter is lost.
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The row (from 1) and column (from 0) of a cell as people name it, `F12`; none for anything else.
pub fn parse_cell(name: &str) -> Option<(u32, usize)> {
    let name = name.trim();
    let at = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at(at);
    if !(1..=3).contains(&letters.len()) || !letters.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let row: u32 = digits.parse().ok()?;
    let column = letters
        .to_ascii_uppercase()
        .bytes()
        .fold(0usize, |column, letter| {
            column * 26 + usize::from(letter - b'A') + 1
        });
    let is_known = (1..=16_384).contains(&column) && (1..=1_048_576).contains(&row);
    is_known.then(|| (row, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        let names = [0, 25, 26, 51, 52, 701, 702, 16_383].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
        assert_eq!(cell_name("Sheet1", 12, 5), "Sheet1!F12");
        assert_eq!(cell_name("Phụ lục", 3, 0), "'Phụ lục'!A3");
        assert_eq!(cell_name("Q'1", 3, 0), "'Q''1'!A3");
        for (name, place) in [
            ("A1", (1, 0)),
            ("f12", (12, 5)),
            ("XFD1048576", (1_048_576, 16_383)),
        ] {
            assert_eq!(parse_cell(name), Some(place));
        }
        for name in ["", "1", "A", "A0", "XFE1", "A1048577", "ÀA1", "A1B", "A-1"] {
            assert_eq!(parse_cell(name), None, "{name}");
        }
    }

    #[test]
    fn values_are_shown_as_vietnamese_readers_write_them() {
        let moment = date(2023, 3, 6).at(16, 41, 0, 0);
        for (value, text) in [
            (Value::Whole(1234), "1.234"),
            (Value::Decimal(2.5), "2,5"),
            (Value::Share(0.82), "82%"),
            (Value::Day(date(2023, 6, 15)), "15/06/2023"),
            (Value::Moment(moment), "06/03/2023 16:41"),
            (Value::text(""), ""),
            (Value::Broken("#REF!".to_owned()), "#REF!"),
        ] {
            assert_eq!(value.shown(), text);
        }
    }
}

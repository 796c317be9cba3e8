//! XLSX: lists as Office Open XML spreadsheets, streamed row by row.
//!
//! Values keep their type: days sort and subtract, numbers add up, and what people typed is text
//! that no spreadsheet evaluates. The heading stays in view and on every printed page; pages are A4
//! on their side, as wide as the sheet. Equal lists give equal bytes.
//!
//! # Example
//!
//! ```
//! use documents::sheet::{Book, Column, Look, Sheet, Value};
//! use documents::xlsx::Writer;
//!
//! let book = Book {
//!     title: "Sản phẩm quý I".into(),
//!     sheets: vec![Sheet {
//!         name: "Sản phẩm".into(),
//!         columns: vec![Column::new("Tên", 40), Column::new("Ngày", 12)],
//!         ..Sheet::default()
//!     }],
//!     ..Book::default()
//! };
//! let mut writer = Writer::begin(Vec::new(), &book)?;
//! let day = jiff::civil::date(2023, 3, 6);
//! writer.row(Look::Plain, &[Value::text("=1+1 là văn bản"), Value::Day(day)])?;
//! assert!(writer.finish()?.starts_with(b"PK"));
//! # Ok::<(), base::Fault>(())
//! ```

mod book;
mod styles;

use std::io::Write;

use base::Fault;
use jiff::Span;
use jiff::civil::{Date, date};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::paper::Align;
use crate::sheet::{Book, Look, Sheet, Value, column_name};
use crate::xml::escaped;
use styles::Face;

/// Rows of a sheet: what the format can hold.
pub const ROWS_MAX: u32 = 1_048_576;
/// Longest text of a cell, in UTF-16 units: what the format can hold.
const TEXT_UNITS_MAX: usize = 32_767;
/// Largest whole number that a double holds without loss.
const WHOLE_MAX: u64 = 1 << 53;

/// Writes a book whose rows come one after the other, sheet by sheet, in the memory of one row.
pub struct Writer<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    sheets: Vec<Sheet>,
    /// The sheet that rows go to, from 0.
    at: usize,
    /// The last row that was written, from 1.
    row: u32,
}

impl<W: Write> Writer<W> {
    /// Begins the file, and its first sheet with its headings.
    ///
    /// # Faults
    /// A book without sheets, a sheet without columns; the output does not take it.
    pub fn begin(out: W, book: &Book) -> Result<Self, Fault> {
        let mut writer = Self {
            zip: ZipWriter::new_stream(out),
            sheets: book.sheets.clone(),
            at: 0,
            row: 0,
        };
        for (name, bytes) in book::parts(book)? {
            writer.start(&name)?;
            writer.zip.write_all(&bytes)?;
        }
        writer.open_sheet()?;
        Ok(writer)
    }

    /// Writes a row into the open sheet; missing values at its end are empty.
    ///
    /// # Faults
    /// More values than columns, more rows than the format holds; the output does not take it.
    pub fn row(&mut self, look: Look, values: &[Value]) -> Result<(), Fault> {
        let columns = self.sheet()?.columns.len();
        if values.len() > columns {
            return Err(Fault::new(format!(
                "a row has {} values for {columns} columns",
                values.len()
            )));
        }
        let row = self.next_row()?;
        let mut xml = format!("<row r=\"{row}\">");
        for n in 0..columns {
            let value = values.get(n).unwrap_or(&Value::Empty);
            let align = self.sheet()?.columns[n].align;
            cell(&mut xml, (row, n), Face::of(look, align, value), value);
        }
        xml.push_str("</row>");
        Ok(self.zip.write_all(xml.as_bytes())?)
    }

    /// Closes the open sheet and begins the next one of the book.
    ///
    /// # Faults
    /// There is none; the output does not take it.
    pub fn next_sheet(&mut self) -> Result<(), Fault> {
        self.close_sheet()?;
        self.at += 1;
        self.open_sheet()
    }

    /// Ends the file and gives the output back. Sheets that were not begun stay empty.
    ///
    /// # Faults
    /// The output does not take it.
    pub fn finish(mut self) -> Result<W, Fault> {
        while self.at + 1 < self.sheets.len() {
            self.next_sheet()?;
        }
        self.close_sheet()?;
        Ok(self.zip.finish().map_err(fault)?.into_inner())
    }

    fn sheet(&self) -> Result<&Sheet, Fault> {
        let sheet = self.sheets.get(self.at);
        sheet.ok_or_else(|| Fault::new(format!("the book has no sheet {}", self.at + 1)))
    }

    fn start(&mut self, name: &str) -> Result<(), Fault> {
        // A fixed time makes equal lists equal bytes; the real one is in the properties.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        self.zip.start_file(name, options).map_err(fault)
    }

    fn next_row(&mut self) -> Result<u32, Fault> {
        if self.row >= ROWS_MAX {
            return Err(Fault::new(format!(
                "a spreadsheet holds at most {ROWS_MAX} rows"
            )));
        }
        self.row += 1;
        Ok(self.row)
    }

    fn open_sheet(&mut self) -> Result<(), Fault> {
        let sheet = self.sheet()?.clone();
        if sheet.columns.is_empty() {
            return Err(Fault::new(format!("sheet {} has no columns", self.at + 1)));
        }
        self.start(&format!("xl/worksheets/sheet{}.xml", self.at + 1))?;
        self.row = 0;
        self.zip.write_all(book::opening(&sheet).as_bytes())?;
        for (n, line) in sheet.lines.iter().enumerate() {
            let face = if n == 0 { Face::TITLE } else { Face::SUBTITLE };
            let row = self.next_row()?;
            let mut xml = format!("<row r=\"{row}\">");
            cell(&mut xml, (row, 0), face, &Value::text(line.clone()));
            xml.push_str("</row>");
            self.zip.write_all(xml.as_bytes())?;
        }
        let row = self.next_row()?;
        let mut xml = format!("<row r=\"{row}\">");
        for (n, column) in sheet.columns.iter().enumerate() {
            let title = Value::text(column.title.clone());
            cell(&mut xml, (row, n), Face::HEADING, &title);
        }
        xml.push_str("</row>");
        Ok(self.zip.write_all(xml.as_bytes())?)
    }

    fn close_sheet(&mut self) -> Result<(), Fault> {
        let closing = book::closing(self.sheet()?, self.row);
        Ok(self.zip.write_all(closing.as_bytes())?)
    }
}

fn fault(error: zip::result::ZipError) -> Fault {
    Fault::from_source("the XLSX package", error)
}

fn cell(xml: &mut String, (row, column): (u32, usize), face: Face, value: &Value) {
    let place = format!(
        "<c r=\"{}{row}\" s=\"{}\"",
        column_name(column),
        face.index()
    );
    let number = |n: String| format!("{place}><v>{n}</v></c>");
    xml.push_str(&match value {
        Value::Whole(n) if n.unsigned_abs() <= WHOLE_MAX => number(n.to_string()),
        Value::Decimal(n) | Value::Share(n) if n.is_finite() => number(n.to_string()),
        Value::Flag(flag) => format!("{place} t=\"b\"><v>{}</v></c>", u8::from(*flag)),
        Value::Day(day) if serial(*day).is_some() => number(serial(*day).unwrap_or(0).to_string()),
        Value::Moment(at) if serial(at.date()).is_some() => {
            let minutes = i32::from(at.hour()) * 60 + i32::from(at.minute());
            let days = f64::from(serial(at.date()).unwrap_or(0));
            number((days + f64::from(minutes) / 1440.0).to_string())
        }
        Value::Empty | Value::Decimal(_) | Value::Share(_) => format!("{place}/>"),
        other => {
            let text = text(&other.shown());
            format!("{place} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
        }
    });
}

/// Text as the format holds it: cut to its length, and no `_x0041_` read back as a letter.
pub(crate) fn text(text: &str) -> String {
    let mut units = 0;
    let cut: String = text
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= TEXT_UNITS_MAX
        })
        .collect();
    let mut out = String::with_capacity(cut.len());
    let mut rest = cut.as_str();
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.as_bytes().get(at + 2..at + 7);
        let is_code =
            code.is_some_and(|c| c[4] == b'_' && c[..4].iter().all(u8::is_ascii_hexdigit));
        out.push_str(if is_code { "_x005F_x" } else { "_x" });
        rest = &rest[at + 2..];
    }
    out.push_str(rest);
    escaped(&out)
}

/// The number of a day: days since 30/12/1899; none before March 1900, where the format counts a
/// 29 February that never was.
pub(crate) fn serial(day: Date) -> Option<i32> {
    let first = date(1900, 3, 1);
    let days = date(1899, 12, 30).until((jiff::Unit::Day, day)).ok()?;
    (day >= first).then(|| days.get_days())
}

/// The day of a number, the other way round; what a reader needs.
pub(crate) fn day_of_serial(number: f64) -> Option<Date> {
    let is_known = (61.0..2_958_466.0).contains(&number);
    // In range, so nothing is cut off but the time of the day.
    let days = Span::new().try_days(number.floor() as i64).ok()?;
    is_known
        .then(|| date(1899, 12, 30).checked_add(days).ok())
        .flatten()
}

/// How a column's texts stand, as the format says it.
pub(crate) fn align_word(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}

#[cfg(test)]
mod tests;

//! The XML of a sheet with values put into some of its cells.

use std::collections::BTreeMap;

use base::Fault;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use super::Values;
use crate::read::package::attribute;
use crate::sheet::{Value, column_name, parse_cell};
use crate::xlsx::{serial, text};

/// Why a sheet cannot be patched.
pub enum Wrong {
    /// A cell that holds a formula: row from 1, column from 0.
    Formula(u32, usize),
    /// The XML is broken.
    Broken(String),
    /// It could not be written.
    Fault(Fault),
}

impl From<quick_xml::Error> for Wrong {
    fn from(error: quick_xml::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<std::io::Error> for Wrong {
    fn from(error: std::io::Error) -> Self {
        Self::Fault(Fault::from_source("the form's sheet", error))
    }
}

struct Patch<'a> {
    out: Writer<Vec<u8>>,
    rows: BTreeMap<u32, BTreeMap<usize, &'a Value>>,
    /// What stands before the names of elements: empty, or `x:`.
    prefix: String,
    row: u32,
    column: usize,
    /// Values of the open row that have not been written.
    open: BTreeMap<usize, &'a Value>,
    in_data: bool,
}

/// The sheet with these values.
pub fn sheet(xml: &str, values: &Values<'_>) -> Result<Vec<u8>, Wrong> {
    let mut patch = Patch {
        out: Writer::new(Vec::new()),
        rows: values.clone(),
        prefix: String::new(),
        row: 0,
        column: 0,
        open: BTreeMap::new(),
        in_data: false,
    };
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            event => patch.take(event, &mut reader)?,
        }
    }
    Ok(patch.out.into_inner())
}

impl<'v> Patch<'v> {
    fn take(&mut self, event: Event<'_>, reader: &mut Reader<&[u8]>) -> Result<(), Wrong> {
        let name = match &event {
            Event::Start(tag) | Event::Empty(tag) => tag.local_name().into_inner().to_owned(),
            Event::End(tag) => tag.local_name().into_inner().to_owned(),
            _ => String::new(),
        };
        match (&event, name.as_str()) {
            (Event::Start(tag), "sheetData") => {
                self.begin_data(tag);
                Ok(self.out.write_event(event)?)
            }
            (Event::Empty(tag), "sheetData") => {
                self.begin_data(tag);
                self.raw(&format!("<{}sheetData>", self.prefix))?;
                self.rows_before(u32::MAX)?;
                self.raw(&format!("</{}sheetData>", self.prefix))
            }
            (Event::End(_), "sheetData") => {
                self.rows_before(u32::MAX)?;
                self.in_data = false;
                Ok(self.out.write_event(event)?)
            }
            (Event::Start(tag), "row") if self.in_data => {
                self.begin_row(tag)?;
                Ok(self.out.write_event(event)?)
            }
            (Event::Empty(tag), "row") if self.in_data => {
                self.begin_row(tag)?;
                if self.open.is_empty() {
                    return Ok(self.out.write_event(event)?);
                }
                self.out.write_event(Event::Start(tag.to_owned()))?;
                self.cells_before(usize::MAX)?;
                self.raw(&format!("</{}row>", self.prefix))
            }
            (Event::End(_), "row") if self.in_data => {
                self.cells_before(usize::MAX)?;
                Ok(self.out.write_event(event)?)
            }
            (Event::Start(tag), "c") if self.in_data => {
                let value = self.begin_cell(tag)?;
                match value {
                    Some(value) => {
                        self.skip_cell(reader)?;
                        self.cell(attribute(tag, "s").as_deref(), value)
                    }
                    None => Ok(self.out.write_event(event)?),
                }
            }
            (Event::Empty(tag), "c") if self.in_data => match self.begin_cell(tag)? {
                Some(value) => self.cell(attribute(tag, "s").as_deref(), value),
                None => Ok(self.out.write_event(event)?),
            },
            _ => Ok(self.out.write_event(event)?),
        }
    }

    fn begin_data(&mut self, tag: &BytesStart<'_>) {
        let name: &str = tag.name().into_inner();
        if let Some((prefix, _)) = name.split_once(':') {
            self.prefix = format!("{prefix}:");
        }
        self.in_data = true;
    }

    fn begin_row(&mut self, tag: &BytesStart<'_>) -> Result<(), Wrong> {
        let told = attribute(tag, "r").and_then(|number| number.parse().ok());
        let number = told.unwrap_or(self.row.saturating_add(1));
        self.rows_before(number)?;
        self.row = number;
        self.column = 0;
        self.open = self.rows.remove(&number).unwrap_or_default();
        Ok(())
    }

    /// The value for the cell that begins here; those for cells before it are written.
    fn begin_cell(&mut self, tag: &BytesStart<'_>) -> Result<Option<&'v Value>, Wrong> {
        let told = attribute(tag, "r").and_then(|name| parse_cell(&name));
        let column = told.map_or(self.column, |(_, column)| column);
        self.cells_before(column)?;
        self.column = column;
        let found = self.open.remove(&column);
        if found.is_none() {
            self.column = column.saturating_add(1);
        }
        Ok(found)
    }

    /// Reads to the end of a cell whose content is replaced.
    fn skip_cell(&self, reader: &mut Reader<&[u8]>) -> Result<(), Wrong> {
        let mut depth = 1;
        while depth > 0 {
            match reader.read_event()? {
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().into_inner() == "f" => {
                    return Err(Wrong::Formula(self.row, self.column));
                }
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(Wrong::Broken("a cell has no end".to_owned())),
                _ => {}
            }
        }
        Ok(())
    }

    /// Rows of values before this row, which the form does not have.
    fn rows_before(&mut self, number: u32) -> Result<(), Wrong> {
        while let Some(first) = self.rows.first_entry().filter(|row| *row.key() < number) {
            let row = *first.key();
            self.open = first.remove();
            self.row = row;
            self.raw(&format!("<{}row r=\"{row}\">", self.prefix))?;
            self.cells_before(usize::MAX)?;
            self.raw(&format!("</{}row>", self.prefix))?;
        }
        Ok(())
    }

    /// Values of the open row before this column, in cells that the form does not have.
    fn cells_before(&mut self, column: usize) -> Result<(), Wrong> {
        while let Some(first) = self.open.first_entry().filter(|cell| *cell.key() < column) {
            self.column = *first.key();
            let value = first.remove();
            self.cell(None, value)?;
        }
        Ok(())
    }

    /// The cell at the open row and column with a value, in the style of the form.
    fn cell(&mut self, style: Option<&str>, value: &Value) -> Result<(), Wrong> {
        let p = self.prefix.clone();
        let style = style.filter(|style| style.bytes().all(|b| b.is_ascii_digit()));
        let style = style.map_or_else(String::new, |style| format!(" s=\"{style}\""));
        let place = format!(
            "<{p}c r=\"{}{}\"{style}",
            column_name(self.column),
            self.row
        );
        let number = |n: String| format!("{place}><{p}v>{n}</{p}v></{p}c>");
        let cell = match value {
            Value::Empty => format!("{place}/>"),
            Value::Whole(n) => number(n.to_string()),
            Value::Decimal(n) | Value::Share(n) if n.is_finite() => number(n.to_string()),
            Value::Day(day) if serial(*day).is_some() => {
                number(serial(*day).unwrap_or_default().to_string())
            }
            other => {
                let shown = text(&other.shown());
                format!(
                    "{place} t=\"inlineStr\"><{p}is><{p}t xml:space=\"preserve\">{shown}</{p}t></{p}is></{p}c>"
                )
            }
        };
        self.column = self.column.saturating_add(1);
        self.raw(&cell)
    }

    fn raw(&mut self, xml: &str) -> Result<(), Wrong> {
        let out = self.out.get_mut();
        out.extend_from_slice(xml.as_bytes());
        Ok(())
    }
}

/// What stands before the properties of counting in the main part of a book (ISO/IEC 29500-1,
/// section 18.2.27).
const BEFORE_COUNTING: [&str; 9] = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
];

/// The main part of the book, told to count its formulas again when it is opened: the results that
/// are stored with them are those of the empty form.
pub fn book(xml: &str) -> Result<Vec<u8>, Wrong> {
    let mut out = Writer::new(Vec::new());
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut has_sheets, mut is_told) = (0usize, false, false);
    loop {
        let event = reader.read_event()?;
        let name = match &event {
            Event::Eof => return Ok(out.into_inner()),
            Event::Start(tag) | Event::Empty(tag) => tag.local_name().into_inner().to_owned(),
            Event::End(tag) => tag.local_name().into_inner().to_owned(),
            _ => String::new(),
        };
        has_sheets |= name == "sheets";
        let is_after = match &event {
            Event::Start(_) | Event::Empty(_) => {
                depth == 1 && !BEFORE_COUNTING.contains(&name.as_str())
            }
            Event::End(_) => depth == 1,
            _ => false,
        };
        if is_after && has_sheets && !is_told && name != "calcPr" {
            let whole = match &event {
                Event::End(tag) => tag.name().into_inner().to_owned(),
                Event::Start(tag) | Event::Empty(tag) => tag.name().into_inner().to_owned(),
                _ => String::new(),
            };
            let prefix = whole
                .split_once(':')
                .map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
            let told = format!("<{prefix}calcPr fullCalcOnLoad=\"1\"/>");
            out.get_mut().extend_from_slice(told.as_bytes());
            is_told = true;
        }
        match event {
            Event::Start(tag) => {
                depth += 1;
                is_told |= name == "calcPr";
                let tag = if name == "calcPr" {
                    counting(&tag)
                } else {
                    tag
                };
                out.write_event(Event::Start(tag))?;
            }
            Event::Empty(tag) => {
                is_told |= name == "calcPr";
                let tag = if name == "calcPr" {
                    counting(&tag)
                } else {
                    tag
                };
                out.write_event(Event::Empty(tag))?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                out.write_event(Event::End(tag))?;
            }
            other => out.write_event(other)?,
        }
    }
}

/// The same properties of counting, with the wish to count when opened.
fn counting(tag: &BytesStart<'_>) -> BytesStart<'static> {
    let name: &str = tag.name().into_inner();
    let mut changed = BytesStart::new(name.to_owned());
    for found in tag.attributes().with_checks(false).flatten() {
        let key: &str = found.key.into_inner();
        if key != "fullCalcOnLoad" {
            changed.push_attribute(found);
        }
    }
    changed.push_attribute(("fullCalcOnLoad", "1"));
    changed
}

//! Filling somebody else's XLSX form: values go into cells that were named, everything else in the
//! file stays as it is, byte for byte where it is not touched.
//!
//! The XML of the sheets is patched, not rewritten: styles, widths, merged cells, drawings, other
//! sheets and rules of the form survive. A cell with a formula is not overwritten, because the form
//! counts it itself; the book is told to count again when it is opened.
//!
//! ```
//! use documents::form::{Entry, fill};
//! use documents::sheet::{Book, Column, Sheet, Value};
//!
//! let mut sheet = Sheet { name: "Biểu".into(), ..Sheet::default() };
//! sheet.columns = vec![Column::new("Chỉ tiêu", 30), Column::new("Số liệu", 12)];
//! let book = Book { sheets: vec![sheet], ..Book::default() };
//! let form = documents::xlsx::Writer::begin(Vec::new(), &book)?.finish()?;
//! let entry = Entry { sheet: "Biểu".into(), cell: "B2".into(), value: Value::Whole(12) };
//! assert!(fill(&form, &[entry]).is_ok());
//! # Ok::<(), base::Fault>(())
//! ```

mod patch;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use base::Fault;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::read::package::{Main, Package};
use crate::read::{Limits, ReadCode, ReadProblem, grids, xlsx};
use crate::sheet::{Grid, Value, cell_name, parse_cell};

/// A value and the cell that it goes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The sheet, by the name on its tab.
    pub sheet: String,
    /// The cell, as people name it: `B5`.
    pub cell: String,
    /// What goes there; it takes the style that the form gave the cell.
    pub value: Value,
}

/// Why a form was not filled.
#[derive(Debug)]
pub enum FillProblem {
    /// The file is no spreadsheet that can be read.
    Unreadable(ReadProblem),
    /// It has no sheet of this name.
    NoSheet(String),
    /// This is no cell, or one that lies under a merged cell.
    NoCell(String),
    /// The cell holds a formula.
    Formula(String),
    /// The file could not be written.
    Fault(Fault),
}

impl From<ReadProblem> for FillProblem {
    fn from(problem: ReadProblem) -> Self {
        Self::Unreadable(problem)
    }
}

impl From<Fault> for FillProblem {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The values of one sheet, by row and column.
type Values<'a> = BTreeMap<u32, BTreeMap<usize, &'a Value>>;

/// The form with these values in it.
///
/// # Errors
/// A [`FillProblem`] that names the sheet or cell.
pub fn fill(form: &[u8], entries: &[Entry]) -> Result<Vec<u8>, FillProblem> {
    let limits = Limits::default();
    // Reads every sheet within the budgets: after this the parts are known to be of honest size.
    let read = grids(form, "form.xlsx", &limits)?;
    let mut package = Package::open(form, &limits)?;
    let Main::Book(main) = package.main_part()? else {
        return Err(ReadProblem::of(ReadCode::NotABook).into());
    };
    let (sheets, _) = xlsx::sheets(&mut package, &main)?;
    let mut by_part: BTreeMap<String, (String, Values)> = BTreeMap::new();
    for entry in entries {
        let part = sheets.iter().find(|(name, _)| *name == entry.sheet);
        let Some((name, part)) = part else {
            return Err(FillProblem::NoSheet(entry.sheet.clone()));
        };
        let Some((row, column)) = parse_cell(&entry.cell) else {
            return Err(FillProblem::NoCell(entry.cell.clone()));
        };
        if is_covered(&read, &entry.sheet, (row, column)) {
            return Err(FillProblem::NoCell(entry.cell.clone()));
        }
        let (_, values) = by_part
            .entry(part.clone())
            .or_insert_with(|| (name.clone(), Values::new()));
        values.entry(row).or_default().insert(column, &entry.value);
    }
    repack(form, &main, by_part)
}

/// Whether a merged cell lies over this one, so that nobody would see what stands in it.
fn is_covered(read: &[Grid], sheet: &str, (row, column): (u32, usize)) -> bool {
    let grid = read.iter().find(|grid| grid.name == sheet);
    let row = grid.and_then(|grid| grid.rows.iter().find(|found| found.number == row));
    let cell = row.and_then(|row| row.cell(column));
    cell.is_some_and(|cell| cell.column != column || cell.continues)
}

/// The archive with the changed parts; all others are copied as they are packed.
fn repack(
    form: &[u8],
    main: &str,
    by_part: BTreeMap<String, (String, Values)>,
) -> Result<Vec<u8>, FillProblem> {
    let zipped = |error| FillProblem::Fault(Fault::from_source("the form's archive", error));
    let told = |error| FillProblem::Fault(Fault::from_source("the form's archive", error));
    let mut archive = ZipArchive::new(Cursor::new(form)).map_err(zipped)?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..archive.len() {
        let name = {
            let entry = archive.by_index_raw(n).map_err(zipped)?;
            entry
                .name()
                .map(|name| name.into_owned())
                .unwrap_or_default()
        };
        let changed = by_part.get(&name);
        if changed.is_none() && name != main {
            let entry = archive.by_index_raw(n).map_err(zipped)?;
            out.raw_copy_file(entry).map_err(zipped)?;
            continue;
        }
        let mut text = String::new();
        let mut entry = archive.by_index(n).map_err(zipped)?;
        entry.read_to_string(&mut text).map_err(told)?;
        let text = match changed {
            Some((_, values)) => patch::sheet(&text, values).map_err(|wrong| at(changed, wrong))?,
            None => patch::book(&text).map_err(|wrong| at(None, wrong))?,
        };
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        out.start_file(name, options).map_err(zipped)?;
        out.write_all(&text).map_err(told)?;
    }
    Ok(out.finish().map_err(zipped)?.into_inner())
}

/// Names the sheet of a cell that cannot be written.
fn at(sheet: Option<&(String, Values)>, wrong: patch::Wrong) -> FillProblem {
    let name = sheet.map_or("", |(name, _)| name);
    match wrong {
        patch::Wrong::Formula(row, column) => FillProblem::Formula(cell_name(name, row, column)),
        patch::Wrong::Broken(reason) => FillProblem::Unreadable(ReadProblem::damaged(name, reason)),
        patch::Wrong::Fault(fault) => FillProblem::Fault(fault),
    }
}

#[cfg(test)]
mod tests;

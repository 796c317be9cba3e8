//! XLSX: the sheets that people see, cell by cell, under the same budgets as every other file.
//!
//! Our own reader, because the budgets must hold while it reads: a sheet may declare seventeen
//! thousand million cells in forty bytes, or repeat one long text half a million times.

mod cells;
mod formats;
mod strings;

use std::collections::HashMap;

use quick_xml::events::Event;

use self::formats::Formats;
use super::build::{Draft, DraftCell};
use super::package::{Package, attribute};
use super::problem::{Place, ReadCode, ReadProblem};
use super::{Look, Source, SourceKind};
use crate::sheet::{Grid, GridRow};

/// Sheets of one book that are read.
const SHEETS_MAX: usize = 100;
/// Columns of a table in a source; what stands further right is no part of a plan.
const COLUMNS_MAX: usize = 256;
/// A row with so many filled cells belongs to a table, one with fewer stands above or below it.
const TABLE_CELLS_MIN: usize = 3;

/// What the main part says: the sheets by name and relation, and how days are counted.
#[derive(Default)]
struct Book {
    sheets: Vec<(String, String)>,
    counts_from_1904: bool,
}

/// The sheets that people see and that hold any value.
pub(super) fn grids(package: &mut Package<'_>, main: &str) -> Result<Vec<Grid>, ReadProblem> {
    let (sheets, counts_from_1904) = sheets(package, main)?;
    let limits = package.limits();
    let strings = match package.sibling(main, "sharedStrings.xml") {
        Some(name) => package.part(&name, |part| strings::read(part, limits))?,
        None => Vec::new(),
    };
    let mut formats = match package.sibling(main, "styles.xml") {
        Some(name) => package.part(&name, formats::read)?,
        None => Formats::default(),
    };
    formats.counts_from_1904 = counts_from_1904;
    let mut taken = cells::Taken::default();
    let mut grids = Vec::new();
    for (name, part) in sheets {
        if !package.has(&part) {
            return Err(ReadProblem::damaged(&part, "the sheet is missing"));
        }
        let around = cells::Around {
            sheet: &name,
            strings: &strings,
            formats: &formats,
            limits,
        };
        let rows = package.part(&part, |part| cells::read(part, &around, &mut taken))?;
        if !rows.is_empty() {
            grids.push(Grid { name, rows });
        }
    }
    Ok(grids)
}

/// The sheets that people see, by name, with the parts that hold them; and whether days are counted
/// from 1904.
pub(crate) fn sheets(
    package: &mut Package<'_>,
    main: &str,
) -> Result<(Vec<(String, String)>, bool), ReadProblem> {
    let book = package.part(main, book)?;
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let relations = format!("{folder}/_rels/{file}.rels");
    let targets = match package.has(&relations) {
        true => package.part(&relations, targets)?,
        false => HashMap::new(),
    };
    let named = book.sheets.into_iter().filter_map(|(name, relation)| {
        let target = targets.get(&relation)?;
        Some((name, place(folder, target)))
    });
    Ok((named.collect(), book.counts_from_1904))
}

/// Where a relation leads, seen from the folder of the main part.
fn place(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("{folder}/{target}"),
    }
}

fn book(part: &mut super::package::Part<'_>) -> Result<Book, ReadProblem> {
    let mut book = Book::default();
    part.each(|event| {
        let (Event::Start(tag) | Event::Empty(tag)) = event else {
            return Ok(());
        };
        match tag.local_name().into_inner() {
            "workbookPr" => {
                let flag = attribute(tag, "date1904");
                book.counts_from_1904 = matches!(flag.as_deref(), Some("1" | "true"));
            }
            "sheet" => {
                let is_shown = matches!(attribute(tag, "state").as_deref(), None | Some("visible"));
                if let (Some(name), Some(id), true) =
                    (attribute(tag, "name"), attribute(tag, "id"), is_shown)
                {
                    if book.sheets.len() >= SHEETS_MAX {
                        let limit = SHEETS_MAX;
                        return Err(ReadProblem::of(ReadCode::TooManyEntries).with("limit", limit));
                    }
                    book.sheets.push((name, id));
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(book)
}

/// The parts of sheets by their relation.
fn targets(part: &mut super::package::Part<'_>) -> Result<HashMap<String, String>, ReadProblem> {
    let mut found = HashMap::new();
    part.each(|event| {
        if let Event::Start(tag) | Event::Empty(tag) = event
            && attribute(tag, "Type").is_some_and(|kind| kind.ends_with("/worksheet"))
            && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
        {
            found.insert(id, target);
        }
        Ok(())
    })?;
    Ok(found)
}

/// The book as a source: what stands above a table in paragraphs, then the table.
pub(super) fn source(mut package: Package<'_>, main: &str) -> Result<Source, ReadProblem> {
    let grids = grids(&mut package, main)?;
    if grids.is_empty() {
        return Err(ReadProblem::of(ReadCode::Empty));
    }
    let mut draft = Draft::new(package.limits());
    for grid in &grids {
        let is_wide = |row: &GridRow| row.cells.len() >= TABLE_CELLS_MIN;
        let first = grid
            .rows
            .iter()
            .position(is_wide)
            .unwrap_or(grid.rows.len());
        for row in &grid.rows[..first] {
            let looks = row.cells.iter().all(|cell| cell.is_bold);
            let words: Vec<String> = row.cells.iter().map(|cell| cell.value.shown()).collect();
            let look = Look {
                bold: looks,
                ..Look::default()
            };
            draft.paragraph(&words.join("\n"), look)?;
        }
        draft.table(grid.rows[first..].iter().map(cells_of).collect())?;
    }
    Ok(draft.finish(SourceKind::Xlsx))
}

fn cells_of(row: &GridRow) -> Vec<DraftCell> {
    let cells = row.cells.iter().filter(|cell| cell.column < COLUMNS_MAX);
    cells
        .map(|cell| DraftCell {
            text: cell.value.shown(),
            column: cell.column,
            width: cell.width.min(COLUMNS_MAX - cell.column),
            continues: cell.continues,
            bold: cell.is_bold,
        })
        .collect()
}

/// A problem of a cell or of a whole sheet.
fn problem(code: ReadCode, place: String) -> ReadProblem {
    ReadProblem::of(code).at(Place::Cell(place))
}

#[cfg(test)]
mod tests;

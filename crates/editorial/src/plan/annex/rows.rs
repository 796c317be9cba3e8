//! Where in a spreadsheet the annex stands: its headings, its rows, and their cells by column.

use base::text::clean_line;
use documents::sheet::{Grid, GridCell, GridRow, Value, cell_name};

use crate::plan::import::{Column, Header, Heading, header_of, plain};

/// Rows among which the headings are looked for.
const HEADING_ROWS: usize = 12;

/// A sheet that holds the annex.
pub struct Table<'a> {
    grid: &'a Grid,
    header: Header,
}

/// The sheets that hold an annex: those with the headings of one.
pub fn tables(grids: &[Grid]) -> Vec<Table<'_>> {
    grids.iter().filter_map(table).collect()
}

fn table(grid: &Grid) -> Option<Table<'_>> {
    let first: Vec<Vec<(String, &GridCell)>> = grid
        .rows
        .iter()
        .take(HEADING_ROWS)
        .map(|row| {
            let cells = row.cells.iter();
            cells.map(|cell| (cell.value.shown(), cell)).collect()
        })
        .collect();
    let headings: Vec<Vec<Heading<'_>>> = first
        .iter()
        .map(|row| {
            let cells = row.iter().map(|(text, cell)| Heading {
                text,
                column: cell.column,
                width: cell.width,
                continues: cell.continues,
            });
            cells.collect()
        })
        .collect();
    let header = header_of(&headings)?;
    Some(Table { grid, header })
}

impl<'a> Table<'a> {
    /// Whether the headings name this column.
    pub fn has(&self, column: Column) -> bool {
        self.header.columns.contains(&Some(column))
    }

    /// The rows below the headings that hold anything we read; repeated headings are left out.
    pub fn rows(&'a self) -> impl Iterator<Item = Cells<'a>> {
        let rows = self.grid.rows.iter().skip(self.header.first_row);
        rows.map(|row| Cells { table: self, row })
            .filter(|cells| !cells.is_blank() && !cells.is_heading())
    }
}

/// The cells of one row, by what they hold.
#[derive(Clone, Copy)]
pub struct Cells<'a> {
    /// The sheet with its headings.
    pub table: &'a Table<'a>,
    row: &'a GridRow,
}

impl Cells<'_> {
    fn place(&self, column: Column) -> Option<usize> {
        let columns = &self.table.header.columns;
        columns.iter().position(|found| *found == Some(column))
    }

    /// What stands in a column.
    pub fn value(&self, column: Column) -> &Value {
        let cell = self.place(column).and_then(|at| self.row.cell(at));
        cell.map_or(&Value::Empty, |cell| &cell.value)
    }

    /// What stands in a column, on one line.
    pub fn line(&self, column: Column) -> String {
        clean_line(&self.text(column))
    }

    /// What stands in a column, with its lines.
    pub fn text(&self, column: Column) -> String {
        base::text::clean_text(&self.value(column).shown())
    }

    /// The name of the cell in a column; without the column, of the row's first cell.
    pub fn name(&self, column: Column) -> String {
        let at = self.place(column).unwrap_or(0);
        cell_name(&self.table.grid.name, self.row.number, at)
    }

    /// The column of contents: that of the activity, or of the task where there is no other.
    pub fn contents(&self) -> Column {
        match self.table.has(Column::Activity) {
            true if self.value(Column::Activity) != &Value::Empty => Column::Activity,
            true if self.value(Column::Task) != &Value::Empty => Column::Task,
            true => Column::Activity,
            false => Column::Task,
        }
    }

    /// Whether nothing stands in any column that is understood.
    fn is_blank(&self) -> bool {
        let columns = self.table.header.columns.iter().enumerate();
        let mut known = columns.filter(|(_, column)| column.is_some());
        known.all(|(at, _)| self.row.cell(at).is_none())
    }

    fn is_heading(&self) -> bool {
        matches!(
            plain(&self.line(Column::No)).as_str(),
            "stt" | "tt" | "so tt"
        )
    }

    /// Whether the row says anything beyond a number and a title.
    pub fn has_details(&self) -> bool {
        use Column::{Accountable, Budget, Form, Lead, Output, Quantity, Support, Time};
        let details = [
            Form,
            Output,
            Quantity,
            Lead,
            Support,
            Accountable,
            Time,
            Budget,
        ];
        let contents = self.place(self.contents());
        details.iter().any(|column| {
            let at = self.place(*column);
            let cell = at.and_then(|at| self.row.cell(at));
            // A title that is merged over the row reaches into these columns and is none of them.
            cell.is_some_and(|cell| {
                contents.is_none_or(|at| !(cell.column..cell.column + cell.width).contains(&at))
            })
        })
    }

    /// Whether it looks like a heading among the rows: bold, or merged over several columns.
    pub fn looks_like_heading(&self) -> bool {
        let filled = self.row.cells.iter().filter(|cell| !cell.continues);
        let filled: Vec<&GridCell> = filled.collect();
        let is_wide = filled.iter().any(|cell| cell.width > 2);
        is_wide || filled.iter().all(|cell| cell.is_bold)
    }
}

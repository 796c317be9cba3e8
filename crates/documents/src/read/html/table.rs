//! Tables of a page while they are read.

use crate::read::build::DraftCell;

/// Columns a table may have, and rows a cell may reach down.
const SPAN_MAX: usize = 256;

/// A table that grows cell by cell; row spans become cells that continue the one above.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Vec<DraftCell>>,
    row: Vec<DraftCell>,
    cell: Option<(DraftCell, usize)>,
    /// Per column: rows still covered from above, and the width of the covering cell.
    reach: Vec<(usize, usize)>,
    column: usize,
}

impl Table {
    pub fn open_row(&mut self) {
        self.close_row();
        self.column = 0;
    }

    pub fn open_cell(&mut self, columns: usize, rows: usize, bold: bool) {
        self.close_cell();
        self.fill_from_above();
        let width = columns.clamp(1, SPAN_MAX);
        let cell = DraftCell {
            column: self.column,
            width,
            bold,
            ..DraftCell::default()
        };
        self.cell = Some((cell, rows.clamp(1, SPAN_MAX)));
    }

    /// Adds a line of text to the open cell; text between cells is dropped with the gap.
    pub fn add(&mut self, text: &str) {
        if let Some((cell, _)) = &mut self.cell
            && !text.trim().is_empty()
        {
            if !cell.text.is_empty() {
                cell.text.push('\n');
            }
            cell.text.push_str(text.trim());
        }
    }

    pub fn close_cell(&mut self) {
        let Some((cell, rows)) = self.cell.take() else {
            return;
        };
        if self.reach.len() <= cell.column {
            self.reach.resize(cell.column + 1, (0, 0));
        }
        self.reach[cell.column] = (rows - 1, cell.width);
        self.column = cell.column + cell.width;
        self.row.push(cell);
    }

    pub fn close_row(&mut self) {
        self.close_cell();
        if !self.row.is_empty() {
            self.fill_from_above();
            self.rows.push(std::mem::take(&mut self.row));
        }
    }

    pub fn finish(mut self) -> Vec<Vec<DraftCell>> {
        self.close_row();
        self.rows
    }

    /// Cells that reach down into this row at the present column.
    fn fill_from_above(&mut self) {
        while self.column < SPAN_MAX {
            let Some((left, width)) = self.reach.get_mut(self.column) else {
                return;
            };
            if *left == 0 {
                return;
            }
            *left -= 1;
            self.row.push(DraftCell {
                column: self.column,
                width: *width,
                continues: true,
                ..DraftCell::default()
            });
            self.column += *width;
        }
    }
}

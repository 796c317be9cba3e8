//! A table of a page.

use super::blocks::{Around, Walk};
use super::page::{Element, Node};
use super::style;
use crate::{Block, Cell, Inline};

/// The table as a block, after whatever stands in it outside its cells.
pub(super) fn read(walk: Walk<'_>, table: &Element, around: &Around) -> Vec<Block> {
    let mut parts = Parts {
        walk,
        around,
        head: Vec::new(),
        body: Vec::new(),
        stray: Vec::new(),
        caption: String::new(),
    };
    parts.collect(table, false);
    let mut blocks = walk.blocks(&parts.stray, around);
    let head_rows = parts.head.len();
    let mut rows = parts.head;
    rows.append(&mut parts.body);
    if head_rows == 0 && table.attribute("class").contains("Mso") {
        name_columns(&mut rows);
    }
    blocks.push(Block::Table {
        head_rows,
        rows,
        caption: parts.caption,
    });
    blocks
}

struct Parts<'a> {
    walk: Walk<'a>,
    around: &'a Around,
    head: Vec<Vec<Cell>>,
    body: Vec<Vec<Cell>>,
    /// Nodes that a table may not hold.
    stray: Vec<usize>,
    caption: String,
}

impl Parts<'_> {
    fn collect(&mut self, holder: &Element, in_head: bool) {
        for at in &holder.children {
            let Some(child) = self.walk.page.element(*at) else {
                self.keep_stray(*at);
                continue;
            };
            match child.name() {
                "thead" => self.collect(child, true),
                "tbody" | "tfoot" => self.collect(child, false),
                "tr" => {
                    let row = self.row(child, in_head);
                    if in_head {
                        self.head.push(row);
                    } else {
                        self.body.push(row);
                    }
                }
                "caption" => self.caption = self.walk.words(&child.children),
                "col" | "colgroup" => {}
                "td" | "th" => {
                    let cell = self.cell(child, in_head);
                    self.body.push(vec![cell]);
                }
                _ => self.keep_stray(*at),
            }
        }
    }

    fn row(&mut self, row: &Element, in_head: bool) -> Vec<Cell> {
        let mut cells = Vec::new();
        for at in &row.children {
            match self.walk.page.element(*at) {
                Some(cell) if matches!(cell.name(), "td" | "th") => {
                    if !style::of(cell).is_hidden {
                        cells.push(self.cell(cell, in_head));
                    }
                }
                _ => self.keep_stray(*at),
            }
        }
        cells
    }

    fn cell(&self, cell: &Element, in_head: bool) -> Cell {
        let mut inside = self.around.clone();
        inside.marks = style::of(cell).marks(cell.name(), inside.marks);
        let rowspan = cell.number("rowspan").unwrap_or(1);
        Cell {
            header: in_head || cell.name() == "th",
            colspan: cell.number("colspan").unwrap_or(1),
            // In HTML, 0 means "to the end of the table"; tidying cuts it there.
            rowspan: if rowspan == 0 { u32::MAX } else { rowspan },
            blocks: self.walk.blocks(&cell.children, &inside),
        }
    }

    fn keep_stray(&mut self, at: usize) {
        let is_blank = match self.walk.page.node(at) {
            Some(Node::Text(text)) => text.trim().is_empty(),
            Some(Node::Element(_)) => false,
            None => true,
        };
        if !is_blank {
            self.stray.push(at);
        }
    }
}

/// Word processors say what the columns are by a bold first row only.
fn name_columns(rows: &mut [Vec<Cell>]) {
    let is_bold = |row: &[Cell]| !row.is_empty() && row.iter().all(|cell| all_bold(&cell.blocks));
    let Some((first, others)) = rows.split_first_mut() else {
        return;
    };
    let is_heading = is_bold(first) && !others.is_empty() && !others.iter().all(|row| is_bold(row));
    if !is_heading {
        return;
    }
    for cell in first {
        cell.header = true;
        for block in &mut cell.blocks {
            let Block::Paragraph(inlines) = block else {
                continue;
            };
            for inline in inlines {
                if let Inline::Text { marks, .. } = inline {
                    marks.bold = false;
                }
            }
        }
    }
}

fn all_bold(blocks: &[Block]) -> bool {
    let bold = |inline: &Inline| match inline {
        Inline::Text { text, marks } => marks.bold || text.trim().is_empty(),
        Inline::Break => true,
        Inline::Link { .. } => false,
    };
    let is_bold = |block: &Block| matches!(block, Block::Paragraph(line) if line.iter().all(bold));
    !blocks.is_empty() && blocks.iter().all(is_bold)
}

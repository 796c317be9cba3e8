//! Tables: one line for each row.

use super::inlines::{self, NewLine};
use super::{escape, read as reader, unescape, write as writer};
use crate::{Block, Cell};

pub(super) fn write(head_rows: usize, rows: &[Vec<Cell>], caption: &str) -> String {
    let mut lines = Vec::with_capacity(rows.len() + 2);
    for (at, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| write_cell(cell, at < head_rows))
            .collect();
        lines.push(format!("| {} |", cells.join(" | ")));
        if at + 1 == head_rows {
            lines.push(format!("| {} |", vec!["---"; row.len()].join(" | ")));
        }
    }
    if !caption.is_empty() {
        // Every dash, so that a caption is never taken for the line under the heading rows.
        lines.push(format!("|: {}", escape(caption, &['-'])));
    }
    lines.join("\n")
}

fn write_cell(cell: &Cell, in_head: bool) -> String {
    let mut notes = Vec::new();
    if cell.header != in_head {
        notes.push(if cell.header { "h" } else { "d" }.to_owned());
    }
    for (letter, span) in [('c', cell.colspan), ('r', cell.rowspan)] {
        if span > 1 {
            notes.push(format!("{letter}{span}"));
        }
    }
    let text = match cell.blocks.as_slice() {
        [] => String::new(),
        [Block::Paragraph(words)] => {
            let text = inlines::write(words, NewLine::Written);
            let needs_care = text.starts_with(['{', '-', ':']);
            if needs_care {
                format!("\\{text}")
            } else {
                text
            }
        }
        blocks => {
            notes.push("b".to_owned());
            escape(&writer::blocks(blocks), &['|']).replace('\n', "\\n")
        }
    };
    match notes.is_empty() {
        true => text,
        false => format!("{{{}}} {text}", notes.join(" ")),
    }
}

/// Reads the table at the beginning of the lines; says how many lines it takes.
pub(super) fn read(lines: &[&str], room: usize, out: &mut Vec<Block>) -> usize {
    let mut caption = String::new();
    let mut head_rows = 0;
    let mut rows: Vec<Vec<(Notes, Vec<Block>)>> = Vec::new();
    let mut n_taken = 0;
    for line in lines {
        let line = line.trim();
        let Some(inside) = line.strip_prefix('|') else {
            break;
        };
        n_taken += 1;
        if is_separator(line) {
            head_rows = if head_rows == 0 {
                rows.len()
            } else {
                head_rows
            };
        } else if let (Some(words), false) = (inside.strip_prefix(':'), rows.is_empty()) {
            caption = unescape(words.trim());
            break;
        } else {
            rows.push(
                split(inside)
                    .into_iter()
                    .map(|cell| read_cell(cell, room))
                    .collect(),
            );
        }
    }
    let cell_of = |at: usize, notes: Notes, blocks: Vec<Block>| Cell {
        header: notes.header.unwrap_or(at < head_rows),
        colspan: notes.colspan,
        rowspan: notes.rowspan,
        blocks,
    };
    let row_of = |(at, row): (usize, Vec<(Notes, Vec<Block>)>)| {
        let cells = row
            .into_iter()
            .map(|(notes, blocks)| cell_of(at, notes, blocks));
        cells.collect()
    };
    out.push(Block::Table {
        // Which rows are headings is told by their cells, so that `{d}` can stand among them.
        head_rows: 0,
        rows: rows.into_iter().enumerate().map(row_of).collect(),
        caption,
    });
    n_taken.max(1)
}

/// `| --- | :-: |`
fn is_separator(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The cells of a row; the `|` at its end is optional.
fn split(inside: &str) -> Vec<&str> {
    let mut cells = Vec::new();
    let mut rest = inside;
    while let Some(end) = super::find_unescaped(rest, '|') {
        let (cell, after) = rest.split_at(end);
        cells.push(cell.trim());
        rest = after.get(1..).unwrap_or_default();
    }
    if !rest.trim().is_empty() || cells.is_empty() {
        cells.push(rest.trim());
    }
    cells
}

/// What `{…}` at the beginning of a cell says.
struct Notes {
    header: Option<bool>,
    colspan: u32,
    rowspan: u32,
    holds_blocks: bool,
}

impl Notes {
    const NONE: Self = Self {
        header: None,
        colspan: 1,
        rowspan: 1,
        holds_blocks: false,
    };

    fn of(words: &str) -> Option<Self> {
        let mut notes = Self::NONE;
        for word in words.split(' ') {
            let span = |n: &str| n.parse::<u32>().ok();
            match word {
                "h" => notes.header = Some(true),
                "d" => notes.header = Some(false),
                "b" => notes.holds_blocks = true,
                _ => match (word.strip_prefix('c'), word.strip_prefix('r')) {
                    (Some(n), _) => notes.colspan = span(n)?,
                    (_, Some(n)) => notes.rowspan = span(n)?,
                    _ => return None,
                },
            }
        }
        Some(notes)
    }
}

fn read_cell(cell: &str, room: usize) -> (Notes, Vec<Block>) {
    let noted = cell.strip_prefix('{').and_then(|rest| rest.split_once('}'));
    let noted = noted.and_then(|(words, text)| Some((Notes::of(words)?, text.trim())));
    let (notes, text) = noted.unwrap_or((Notes::NONE, cell));
    if notes.holds_blocks && room > 0 {
        let inside = unfold(text);
        let lines: Vec<&str> = inside.lines().collect();
        return (notes, reader::blocks(&lines, room - 1));
    }
    let words = inlines::read(text);
    let blocks = if words.is_empty() {
        Vec::new()
    } else {
        vec![Block::Paragraph(words)]
    };
    (notes, blocks)
}

/// The lines of a cell that holds blocks.
fn unfold(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = if c == '\\' {
            chars.peek().copied()
        } else {
            None
        };
        match next {
            Some('n') => lines.push('\n'),
            Some(sign @ ('\\' | '|')) => lines.push(sign),
            _ => {
                lines.push(c);
                continue;
            }
        }
        chars.next();
    }
    lines
}

//! A paper as a page of the desk shows it: the same parts that the DOCX and the PDF set.

use documents::paper::{Align, Annex, Cell, Column, Part, Row, RowKind, Run, Table};

/// One part of the content.
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(Vec<Piece>),
    /// A list.
    Bullets(Vec<Vec<Piece>>),
    /// A table.
    Table(TableView),
}

/// A piece of text in one face.
pub struct Piece {
    /// Its lines.
    pub lines: Vec<String>,
    /// Italic.
    pub is_italic: bool,
    /// Where it leads.
    pub href: Option<String>,
}

/// A table.
pub struct TableView {
    /// Headings with their class.
    pub heads: Vec<(String, &'static str)>,
    /// Rows.
    pub rows: Vec<RowView>,
}

/// A row.
pub struct RowView {
    /// Whether its cells head the rows below it.
    pub is_group: bool,
    /// Whether it is a sum.
    pub is_total: bool,
    /// Its cells.
    pub cells: Vec<CellView>,
}

/// A cell.
pub struct CellView {
    /// Its text.
    pub pieces: Vec<Piece>,
    /// `number` for figures.
    pub class: &'static str,
    /// Columns that it takes.
    pub span: usize,
}

/// An annex.
pub struct AnnexView {
    /// Its number in Roman numerals.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// The annexes, numbered.
pub fn annexes(annexes: &[Annex]) -> Vec<AnnexView> {
    const ROMAN: [&str; 5] = ["I", "II", "III", "IV", "V"];
    let number = |at: usize| {
        ROMAN
            .get(at)
            .map_or_else(|| (at + 1).to_string(), |n| (*n).to_owned())
    };
    let view = |(at, annex): (usize, &Annex)| AnnexView {
        number: number(at),
        title: annex.title.clone(),
        blocks: blocks(&annex.body),
    };
    annexes.iter().enumerate().map(view).collect()
}

/// The parts of a paper.
pub fn blocks(parts: &[Part]) -> Vec<Block> {
    let block = |part: &Part| match part {
        Part::Heading { number, text, .. } => {
            Block::Heading(format!("{number} {text}").trim().to_owned())
        }
        Part::Paragraph(runs) => Block::Paragraph(pieces(runs)),
        Part::Bullets(items) => Block::Bullets(items.iter().map(|runs| pieces(runs)).collect()),
        Part::Table(table) => Block::Table(view(table)),
    };
    parts.iter().map(block).collect()
}

fn pieces(runs: &[Run]) -> Vec<Piece> {
    runs.iter()
        .map(|run| Piece {
            lines: run.text.split('\n').map(str::to_owned).collect(),
            is_italic: run.italic,
            href: run.link.clone().filter(|link| is_safe(link)),
        })
        .collect()
}

/// Only pages of our own and of the web: an address is typed by a person.
fn is_safe(link: &str) -> bool {
    let is_own = link.starts_with('/') && !link.starts_with("//");
    is_own || link.starts_with("https://") || link.starts_with("http://")
}

fn view(table: &Table) -> TableView {
    let heads = table
        .columns
        .iter()
        .map(|column| (column.title.clone(), class(column)))
        .collect();
    TableView {
        heads,
        rows: table.rows.iter().map(|row| row_view(table, row)).collect(),
    }
}

fn row_view(table: &Table, row: &Row) -> RowView {
    let is_group = row.kind == RowKind::Group;
    let missing = table.columns.len().saturating_sub(row.cells.len());
    let last = row.cells.len().saturating_sub(1);
    let cell = |(at, (cell, column)): (usize, (&Cell, &Column))| CellView {
        pieces: pieces(&cell.0),
        class: class(column),
        span: if is_group && at == last {
            missing + 1
        } else {
            1
        },
    };
    let cells = row
        .cells
        .iter()
        .zip(&table.columns)
        .enumerate()
        .map(cell)
        .collect();
    RowView {
        is_group,
        is_total: row.kind == RowKind::Total,
        cells,
    }
}

fn class(column: &Column) -> &'static str {
    match column.align {
        Align::Right => "number",
        Align::Left | Align::Center => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_our_own_and_of_the_web_are_led_to() {
        for link in ["/desk/items/1", "https://a.example/x", "http://a.example"] {
            assert!(is_safe(link), "{link}");
        }
        for link in [
            "javascript:alert(1)",
            "//evil.example",
            "data:text/html,x",
            "",
        ] {
            assert!(!is_safe(link), "{link}");
        }
    }

    #[test]
    fn a_group_row_runs_on_to_the_right_edge() {
        let columns = vec![
            Column::new("a", 1),
            Column::new("b", 1),
            Column::new("c", 1).right(),
        ];
        let table = Table::new(columns).group(["1", "x"]).row(["1", "2", "3"]);
        let view = view(&table);
        let spans = |at: usize| {
            view.rows[at]
                .cells
                .iter()
                .map(|cell| cell.span)
                .collect::<Vec<_>>()
        };
        assert_eq!(spans(0), [1, 2]);
        assert_eq!(spans(1), [1, 1, 1]);
        assert_eq!(view.rows[1].cells[2].class, "number");
    }
}

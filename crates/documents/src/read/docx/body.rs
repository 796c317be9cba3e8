//! The main part: paragraphs and tables in reading order.

use quick_xml::events::{BytesStart, Event};

use super::numbering::Numbering;
use super::styles::{Format, Styles};
use crate::read::Look;
use crate::read::build::{Draft, DraftCell};
use crate::read::decode;
use crate::read::package::{Part, attribute, referred};
use crate::read::problem::ReadProblem;

/// Columns that a table may have; a wider cell is cut to this.
const COLUMNS_MAX: usize = 256;
/// Twips of one column of a typewriter.
const TWIPS_PER_COLUMN: i64 = 120;

pub fn read(
    part: &mut Part<'_>,
    styles: &Styles,
    numbering: Numbering,
    draft: &mut Draft<'_>,
) -> Result<(), ReadProblem> {
    let mut body = Body {
        styles,
        numbering,
        draft,
        skip: 0,
        paragraphs: Vec::new(),
        tables: Vec::new(),
        in_paragraph_format: 0,
        in_run_format: false,
        in_text: false,
    };
    part.each(|event| body.take(event))
}

/// A stretch of a paragraph in one font.
struct Run {
    font: Option<String>,
    text: String,
}

#[derive(Default)]
struct Paragraph {
    style: Option<String>,
    own: Format,
    run: Format,
    runs: Vec<Run>,
    shown: usize,
    bold: usize,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<DraftCell>>,
    row: Vec<DraftCell>,
    column: usize,
    cell: Option<DraftCell>,
    cell_runs: (usize, usize),
}

struct Body<'a, 'd, 'l> {
    styles: &'a Styles,
    numbering: Numbering,
    draft: &'d mut Draft<'l>,
    /// Depth inside something that people do not see; 0 is outside.
    skip: usize,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    in_paragraph_format: usize,
    in_run_format: bool,
    in_text: bool,
}

impl Body<'_, '_, '_> {
    fn take(&mut self, event: &Event<'_>) -> Result<(), ReadProblem> {
        match event {
            Event::Start(tag) => {
                if self.skip > 0 || is_hidden(tag.local_name().into_inner()) {
                    self.skip += 1;
                    return Ok(());
                }
                self.open(tag);
                Ok(())
            }
            Event::Empty(tag) if self.skip == 0 => {
                let name: &str = tag.local_name().into_inner();
                if !is_hidden(name) {
                    self.open(tag);
                    return self.close(name);
                }
                Ok(())
            }
            Event::End(_) if self.skip > 0 => {
                self.skip -= 1;
                Ok(())
            }
            Event::End(tag) => self.close(tag.local_name().into_inner()),
            Event::Text(text) if self.in_text && self.skip == 0 => {
                self.text(&text.xml10_content());
                Ok(())
            }
            Event::CData(text) if self.in_text && self.skip == 0 => {
                self.text(&text.xml10_content());
                Ok(())
            }
            Event::GeneralRef(name) if self.in_text && self.skip == 0 => {
                self.text(&referred(name));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>) {
        let name: &str = tag.local_name().into_inner();
        match name {
            "p" => self.paragraphs.push(Paragraph::default()),
            "pPr" => self.in_paragraph_format += 1,
            "rPr" => self.in_run_format = self.in_paragraph_format == 0,
            "r" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.run = Format::default();
                }
            }
            "t" => self.in_text = true,
            "tab" if self.in_paragraph_format == 0 => self.text("\t"),
            "br" | "cr" => self.text("\n"),
            "noBreakHyphen" => self.text("-"),
            "tbl" => self.tables.push(Table::default()),
            "tr" | "tc" | "gridSpan" | "vMerge" | "gridBefore" => self.open_cell(name, tag),
            name => self.format(name, tag),
        }
    }

    fn format(&mut self, name: &str, tag: &BytesStart<'_>) {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let value = |key: &str| attribute(tag, key);
        if self.in_paragraph_format > 0 {
            match name {
                "pStyle" => paragraph.style = value("val"),
                // The format of the paragraph mark says nothing about the words.
                "b" | "rFonts" | "caps" => {}
                name => paragraph.own.take(name, &value),
            }
        } else if self.in_run_format {
            paragraph.run.take(name, &value);
        }
    }

    fn open_cell(&mut self, name: &str, tag: &BytesStart<'_>) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let count = || {
            let n = attribute(tag, "val").and_then(|v| v.parse::<usize>().ok());
            n.unwrap_or(1).clamp(1, COLUMNS_MAX)
        };
        match (name, &mut table.cell) {
            ("tr", _) => {
                table.column = 0;
                table.row.clear();
            }
            ("gridBefore", None) => table.column += count(),
            ("tc", _) => {
                table.cell_runs = (0, 0);
                table.cell = Some(DraftCell {
                    column: table.column,
                    width: 1,
                    ..DraftCell::default()
                });
            }
            ("gridSpan", Some(cell)) => cell.width = count(),
            ("vMerge", Some(cell)) => {
                cell.continues = attribute(tag, "val").as_deref() != Some("restart");
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let styles = self.styles;
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let under = styles.paragraph(paragraph.style.as_deref());
        let format = paragraph.run.over(&under);
        let shown = text.chars().filter(|c| !c.is_whitespace()).count();
        paragraph.shown += shown;
        if format.bold == Some(true) {
            paragraph.bold += shown;
        }
        let text = if format.caps == Some(true) {
            text.to_uppercase()
        } else {
            text.to_owned()
        };
        match paragraph.runs.last_mut() {
            Some(last) if last.font == format.font => last.text.push_str(&text),
            _ => paragraph.runs.push(Run {
                font: format.font,
                text,
            }),
        }
    }

    fn close(&mut self, name: &str) -> Result<(), ReadProblem> {
        match name {
            "pPr" => self.in_paragraph_format = self.in_paragraph_format.saturating_sub(1),
            "rPr" => self.in_run_format = false,
            "t" => self.in_text = false,
            "p" => self.close_paragraph()?,
            "tc" => {
                if let Some(table) = self.tables.last_mut()
                    && let Some(mut cell) = table.cell.take()
                {
                    let (shown, bold) = table.cell_runs;
                    cell.bold = shown > 0 && shown == bold;
                    table.column += cell.width;
                    table.row.push(cell);
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    let row = std::mem::take(&mut table.row);
                    table.rows.push(row);
                }
            }
            "tbl" => self.close_table()?,
            _ => {}
        }
        Ok(())
    }

    fn close_paragraph(&mut self) -> Result<(), ReadProblem> {
        let Some(paragraph) = self.paragraphs.pop() else {
            return Ok(());
        };
        let format = paragraph
            .own
            .over(&self.styles.paragraph(paragraph.style.as_deref()));
        let mut text = String::new();
        for run in &paragraph.runs {
            match decode::from_font(run.font.as_deref(), &run.text) {
                Some((converted, encoding)) => {
                    self.draft.note_legacy(encoding, converted.chars().count());
                    text.push_str(&converted);
                }
                None => text.push_str(&run.text),
            }
        }
        let level = format.level.unwrap_or(0);
        let list = format.list.as_deref().filter(|id| *id != "0");
        let mut indent = format.indent_twips;
        if let Some(list) = list.filter(|_| !text.trim().is_empty()) {
            if let Some(label) = self.numbering.next(list, level) {
                text = format!("{label} {}", text.trim_start());
            }
            indent = indent.or_else(|| self.numbering.indent_twips(list, level));
        }
        let columns = indent.unwrap_or(0).max(0) / TWIPS_PER_COLUMN;
        let look = Look {
            heading: format.outline.filter(|n| *n < 9).map(|n| n + 1),
            list: list.map(|_| level),
            indent: u16::try_from(columns).unwrap_or(u16::MAX),
            bold: paragraph.shown > 0 && paragraph.bold == paragraph.shown,
            centred: format.centred == Some(true),
            caption: false,
        };
        self.place(&text, look, (paragraph.shown, paragraph.bold))
    }

    fn place(&mut self, text: &str, look: Look, runs: (usize, usize)) -> Result<(), ReadProblem> {
        let Some(table) = self.tables.last_mut() else {
            return self.draft.paragraph(text, look);
        };
        if let Some(cell) = &mut table.cell
            && !text.trim().is_empty()
        {
            if !cell.text.is_empty() {
                cell.text.push('\n');
            }
            cell.text.push_str(text.trim());
            table.cell_runs.0 += runs.0;
            table.cell_runs.1 += runs.1;
        }
        Ok(())
    }

    /// A finished table; one inside a cell becomes lines of that cell.
    fn close_table(&mut self) -> Result<(), ReadProblem> {
        let Some(table) = self.tables.pop() else {
            return Ok(());
        };
        let Some(cell) = self.tables.last_mut().and_then(|t| t.cell.as_mut()) else {
            return self.draft.table(table.rows);
        };
        for row in table.rows {
            let texts: Vec<String> = row.into_iter().map(|c| c.text).collect();
            if !cell.text.is_empty() {
                cell.text.push('\n');
            }
            cell.text.push_str(&texts.join("\t"));
        }
        Ok(())
    }
}

/// Elements whose text people do not see, or see a second time.
fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "del" | "moveFrom" | "Fallback" | "pPrChange" | "rPrChange" | "tcPrChange" | "tblPrChange"
    )
}

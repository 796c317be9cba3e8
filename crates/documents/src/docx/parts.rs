//! Paragraphs, runs and tables of the content.

use super::package::link_id;
use super::styles::names;
use crate::layout::{self, Element, Length};
use crate::paper::{Align, Part, Row, RowKind, Run, Table};
use crate::wording::{capitals, clean, line};
use crate::xml::Xml;

/// The text of the document under construction and the addresses it leads to.
pub(super) struct Text<'a> {
    pub(super) xml: &'a mut Xml,
    pub(super) links: &'a mut Vec<String>,
}

impl Text<'_> {
    /// The content of the paper or of an annex, set to this width. `signed` content keeps its last
    /// paragraph with the signature, which must not stand on a page alone.
    pub(super) fn body(&mut self, parts: &[Part], width: Length, signed: bool) {
        for (at, part) in parts.iter().enumerate() {
            let last = signed && at + 1 == parts.len();
            match part {
                Part::Heading {
                    level,
                    number,
                    text,
                } => self.heading(*level, number, text),
                Part::Paragraph(runs) => self.set(Element::Body, keeping(last), runs),
                Part::Bullets(items) => {
                    for (item, runs) in items.iter().enumerate() {
                        let last = last && item + 1 == items.len();
                        self.set(Element::Bullet, keeping(last), runs);
                    }
                }
                Part::Table(table) => self.table(table, width),
            }
        }
    }

    /// A paragraph of one text in the style of an element.
    pub(super) fn paragraph(&mut self, element: Element, text: &str) {
        self.runs(element, &[Run::new(text)]);
    }

    /// A paragraph of runs in the style of an element.
    pub(super) fn runs(&mut self, element: Element, runs: &[Run]) {
        self.set(element, |_| {}, runs);
    }

    /// A paragraph in the style of an element with properties of its own.
    pub(super) fn set(&mut self, element: Element, own: impl FnOnce(&mut Xml), runs: &[Run]) {
        let links = &mut *self.links;
        self.xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| {
                xml.value("w:pStyle", names(element).0);
                own(xml);
            });
            for run in runs {
                place(xml, links, run);
            }
        });
    }

    fn heading(&mut self, level: u8, number: &str, text: &str) {
        let level = level.clamp(1, 4);
        let text = if level == 1 {
            capitals(text)
        } else {
            line(text)
        };
        let text = line(&format!("{number} {text}"));
        self.paragraph(Element::Heading(level), &text);
    }

    fn table(&mut self, table: &Table, width: Length) {
        if let Some(caption) = &table.caption {
            self.paragraph(Element::Caption, &line(caption));
        }
        self.gap(layout::TABLE_GAP);
        let widths = table.widths(width.in_twentieths());
        let links = &mut *self.links;
        self.xml.within("w:tbl", &[], |xml| {
            ruled(xml, &widths);
            head(xml, table, &widths);
            for row in &table.rows {
                ordinary(&mut Text { xml, links }, table, row, &widths);
            }
        });
        // What follows brings its own gap; a table needs a paragraph after it, so that two of them
        // do not become one.
        self.gap(layout::TABLE_GAP.less(layout::PARAGRAPH_GAP));
    }

    /// An empty paragraph of exactly this height.
    pub(super) fn gap(&mut self, height: Length) {
        self.xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| {
                xml.empty("w:keepNext", &[]);
                exact(xml, height);
            });
        });
    }
}

/// The property of a paragraph that stays with the next one, or none.
fn keeping(with_next: bool) -> impl FnOnce(&mut Xml) {
    move |xml| {
        if with_next {
            xml.empty("w:keepNext", &[]);
        }
    }
}

/// Lines of exactly this height.
pub(super) fn exact(xml: &mut Xml, height: Length) {
    let height = height.in_twentieths().to_string();
    let spacing = [
        ("w:before", "0"),
        ("w:after", "0"),
        ("w:line", height.as_str()),
        ("w:lineRule", "exact"),
    ];
    xml.empty("w:spacing", &spacing);
}

/// The grid of a table: widths of its columns in twentieths of a point.
pub(super) fn grid(xml: &mut Xml, widths: &[u32]) {
    xml.within("w:tblGrid", &[], |xml| {
        for width in widths {
            xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
        }
    });
}

/// A width in twentieths of a point.
pub(super) fn width(xml: &mut Xml, name: &str, width: u32) {
    xml.empty(name, &[("w:w", &width.to_string()), ("w:type", "dxa")]);
}

/// The properties of a table with rules around every cell.
fn ruled(xml: &mut Xml, widths: &[u32]) {
    let weight = layout::RULE_WEIGHT.in_eighths().to_string();
    let rule = [
        ("w:val", "single"),
        ("w:sz", weight.as_str()),
        ("w:space", "0"),
        ("w:color", "000000"),
    ];
    xml.within("w:tblPr", &[], |xml| {
        width(xml, "w:tblW", widths.iter().sum());
        xml.within("w:tblBorders", &[], |xml| {
            for side in [
                "w:top",
                "w:left",
                "w:bottom",
                "w:right",
                "w:insideH",
                "w:insideV",
            ] {
                xml.empty(side, &rule);
            }
        });
        xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        xml.within("w:tblCellMar", &[], |xml| {
            width(xml, "w:top", layout::CELL_RIM.in_twentieths());
            width(xml, "w:left", layout::CELL_SIDE.in_twentieths());
            width(xml, "w:bottom", layout::CELL_RIM.in_twentieths());
            width(xml, "w:right", layout::CELL_SIDE.in_twentieths());
        });
    });
    grid(xml, widths);
}

/// The heading row; it repeats on every page.
fn head(xml: &mut Xml, table: &Table, widths: &[u32]) {
    xml.within("w:tr", &[], |xml| {
        xml.within("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            xml.empty("w:tblHeader", &[]);
        });
        for (column, own) in table.columns.iter().zip(widths) {
            xml.within("w:tc", &[], |xml| {
                cell_properties(xml, *own, 1);
                let links = &mut Vec::new();
                Text { xml, links }.paragraph(Element::TableHead, &line(&column.title));
            });
        }
    });
}

fn ordinary(text: &mut Text, table: &Table, row: &Row, widths: &[u32]) {
    let links = &mut *text.links;
    text.xml.within("w:tr", &[], |xml| {
        xml.within("w:trPr", &[], |xml| xml.empty("w:cantSplit", &[]));
        let mut column = 0;
        for (cell, span) in table.spans(row) {
            let own = widths[column..column + span].iter().sum();
            let align = if row.kind == RowKind::Group && span > 1 {
                Align::Left
            } else {
                table.columns[column].align
            };
            column += span;
            xml.within("w:tc", &[], |xml| {
                cell_properties(xml, own, span);
                let mut runs = cell.map(|cell| cell.0.clone()).unwrap_or_default();
                if row.kind != RowKind::Plain {
                    runs.iter_mut().for_each(|run| run.bold = true);
                }
                let own = |xml: &mut Xml| xml.value("w:jc", jc(align));
                Text { xml, links }.set(Element::TableText, own, &runs);
            });
        }
    });
}

fn jc(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}

fn cell_properties(xml: &mut Xml, own: u32, span: usize) {
    xml.within("w:tcPr", &[], |xml| {
        width(xml, "w:tcW", own);
        if span > 1 {
            xml.value("w:gridSpan", span);
        }
        xml.value("w:vAlign", "center");
    });
}

/// A run, inside its link if it leads somewhere.
fn place(xml: &mut Xml, links: &mut Vec<String>, run: &Run) {
    match run.target() {
        None => letters(xml, run, false),
        Some(url) => {
            let known = links.iter().position(|known| *known == url);
            let at = known.unwrap_or(links.len());
            if known.is_none() {
                links.push(url);
            }
            xml.within("w:hyperlink", &[("r:id", &link_id(at))], |xml| {
                letters(xml, run, true);
            });
        }
    }
}

fn letters(xml: &mut Xml, run: &Run, linked: bool) {
    xml.within("w:r", &[], |xml| {
        if run.bold || run.italic || linked {
            xml.within("w:rPr", &[], |xml| {
                if linked {
                    xml.value("w:rStyle", "Hyperlink");
                }
                if run.bold {
                    xml.empty("w:b", &[]);
                    xml.empty("w:bCs", &[]);
                }
                if run.italic {
                    xml.empty("w:i", &[]);
                    xml.empty("w:iCs", &[]);
                }
            });
        }
        for (at, text) in clean(&run.text).split('\n').enumerate() {
            if at > 0 {
                xml.empty("w:br", &[]);
            }
            if !text.is_empty() {
                xml.texted("w:t", &[("xml:space", "preserve")], text);
            }
        }
    });
}

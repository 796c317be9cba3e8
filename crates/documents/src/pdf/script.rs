//! The typesetter's text of a paper: measures, the template, then one call for each element.
//!
//! Whatever comes from the paper is written as a quoted string and by [`quoted`] alone, so that no
//! text can become a command.

use crate::fonts::Fonts;
use crate::layout::{self, Element, Length, Place, style};
use crate::paper::{Align, Part, Row, RowKind, Run, Table};
use crate::wording::{capitals, clean, line};

const TEMPLATE: &str = include_str!("paper.typ");

/// Words longer than this many letters may be broken.
const WORD_LETTERS_MAX: usize = 24;
/// A long word may be broken after each so many letters.
const BREAK_EVERY: usize = 8;
/// A row that is likely to have more lines than this may be broken over two pages.
const ROW_LINES_MAX: u32 = 24;

/// The text under construction.
pub(super) struct Script<'a> {
    pub(super) out: String,
    pub(super) fonts: &'a Fonts,
}

impl<'a> Script<'a> {
    /// The measures and the template; `language` and `region` are codes of our own.
    pub(super) fn new(fonts: &'a Fonts, language: &str, region: &str) -> Self {
        let mut out = String::new();
        out.push_str(&measures());
        out.push_str(&styles());
        out.push_str(TEMPLATE);
        out.push_str(&format!(
            "#set text(lang: \"{language}\", region: \"{region}\")\n"
        ));
        Self { out, fonts }
    }

    /// A call in the text.
    pub(super) fn call(&mut self, call: &str) {
        self.out.push('#');
        self.out.push_str(call);
        self.out.push('\n');
    }

    /// An element with one text.
    pub(super) fn put(&mut self, element: Element, text: &str) {
        let call = self.element(element, text);
        self.call(&call);
    }

    /// The call that sets an element with one text.
    pub(super) fn element(&self, element: Element, text: &str) -> String {
        format!("put(\"{}\", {})", key(element), self.letters(text))
    }

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
                Part::Paragraph(runs) => {
                    let runs = self.runs(runs, false);
                    let key = key(Element::Body);
                    self.call(&format!("put(\"{key}\", {runs}, sticky: {last})"));
                }
                Part::Bullets(items) => {
                    for (item, runs) in items.iter().enumerate() {
                        let last = last && item + 1 == items.len();
                        let runs = self.runs(runs, false);
                        let key = key(Element::Bullet);
                        let text = format!("{{ \"- \"; {runs} }}");
                        self.call(&format!("put(\"{key}\", {text}, sticky: {last})"));
                    }
                }
                Part::Table(table) => self.table(table, width),
            }
        }
    }

    fn heading(&mut self, level: u8, number: &str, text: &str) {
        let level = level.clamp(1, 4);
        let text = if level == 1 {
            capitals(text)
        } else {
            line(text)
        };
        let text = self.letters(&line(&format!("{number} {text}")));
        self.call(&format!("heading(level: {level}, {text})"));
    }

    fn table(&mut self, table: &Table, width: Length) {
        if let Some(caption) = &table.caption {
            self.put(Element::Caption, &line(caption));
        }
        let widths = table.widths(width.in_twentieths());
        let columns: String = widths
            .iter()
            .map(|w| format!("{}, ", points(Length::twentieths(*w))))
            .collect();
        let heads: String = table
            .columns
            .iter()
            .map(|column| format!("{}, ", self.letters(&line(&column.title))))
            .collect();
        let rows: String = table
            .rows
            .iter()
            .map(|row| self.row(table, row, &widths))
            .collect();
        let above = points(layout::TABLE_GAP);
        self.call(&format!("ruled(({columns}), ({heads}), ({rows}), {above})"));
        let below = points(layout::TABLE_GAP.less(layout::PARAGRAPH_GAP));
        self.call(&format!("v({below})"));
    }

    fn row(&self, table: &Table, row: &Row, widths: &[u32]) -> String {
        let mut column = 0;
        let mut cells = Vec::new();
        let mut lines_max = 0;
        for (cell, span) in table.spans(row) {
            let align = if row.kind == RowKind::Group && span > 1 {
                Align::Left
            } else {
                table.columns[column].align
            };
            let width: u32 = widths[column..column + span].iter().sum();
            column += span;
            let runs = cell.map(|cell| cell.0.as_slice()).unwrap_or_default();
            lines_max = lines_max.max(self.lines(runs, width));
            cells.push((align, span, self.runs(runs, row.kind != RowKind::Plain)));
        }
        let breakable = lines_max > ROW_LINES_MAX;
        let call = |(align, span, runs): &(Align, usize, String)| {
            format!("cell({}, {span}, {breakable}, {runs}), ", place_of(*align))
        };
        cells.iter().map(call).collect()
    }

    /// How many lines these runs are likely to take in a cell of this width.
    fn lines(&self, runs: &[Run], width: u32) -> u32 {
        let sides = 2 * layout::CELL_SIDE.in_twentieths();
        let room = width.saturating_sub(sides).max(1);
        let set = style(Element::TableText);
        runs.iter()
            .flat_map(|run| run.text.split('\n'))
            .map(|text| self.fonts.width(text, &set).in_twentieths() / room + 1)
            .fold(0, u32::saturating_add)
    }

    /// Runs as one piece of code.
    fn runs(&self, runs: &[Run], bold: bool) -> String {
        let filled = runs.iter().filter(|run| !run.text.is_empty());
        let runs: Vec<String> = filled.map(|run| self.run(run, bold)).collect();
        format!("{{ {} }}", runs.join("; "))
    }

    fn run(&self, run: &Run, bold: bool) -> String {
        let mut code = self.letters(&run.text);
        if run.bold || bold {
            code = format!("text(weight: \"bold\", {code})");
        }
        if run.italic {
            code = format!("text(style: \"italic\", {code})");
        }
        match run.target() {
            Some(url) => format!("link({}, underline({code}))", quoted(&url)),
            None => code,
        }
    }

    /// Text as one piece of code: strings, line breaks, chances to break a long word. A letter
    /// that the face does not have becomes a box.
    pub(super) fn letters(&self, text: &str) -> String {
        let shown: String = clean(text)
            .chars()
            .map(|c| {
                if c == '\n' || self.fonts.has(c) {
                    c
                } else {
                    '□'
                }
            })
            .collect();
        let pieces: Vec<String> = shown
            .split('\n')
            .map(|line| {
                let words: Vec<String> = chances(line).iter().map(|word| quoted(word)).collect();
                words.join("; chance; ")
            })
            .collect();
        format!("{{ {} }}", pieces.join("; linebreak(); "))
    }
}

/// A line cut where a long word may be broken. Between the pieces stands no character, so that a
/// checksum or an address is copied whole.
fn chances(line: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for word in line.split_inclusive(' ') {
        let letters: Vec<char> = word.trim_end_matches(' ').chars().collect();
        if letters.len() > WORD_LETTERS_MAX {
            let mut chunks = letters.chunks(BREAK_EVERY);
            extend_last(&mut pieces, chunks.next().unwrap_or_default());
            pieces.extend(chunks.map(|chunk| chunk.iter().collect()));
            extend_last(
                &mut pieces,
                &[' '][..word.len() - word.trim_end_matches(' ').len()],
            );
        } else {
            extend_last(&mut pieces, &word.chars().collect::<Vec<_>>());
        }
    }
    pieces
}

fn extend_last(pieces: &mut [String], letters: &[char]) {
    if let Some(last) = pieces.last_mut() {
        last.extend(letters);
    }
}

/// Text as a string of the typesetter's language: nothing in it can end the string.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in clean(text).chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push(' '),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// A length as code.
pub(super) fn points(length: Length) -> String {
    format!("{}pt", length.in_points())
}

fn place_of(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}

/// The name of an element in the template.
fn key(element: Element) -> String {
    match element {
        Element::Heading(level) => format!("heading{level}"),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn measures() -> String {
    let lengths = [
        ("page-width", layout::PAGE_WIDTH),
        ("page-height", layout::PAGE_HEIGHT),
        ("margin-top", layout::MARGIN_TOP),
        ("margin-bottom", layout::MARGIN_BOTTOM),
        ("margin-left", layout::MARGIN_LEFT),
        ("margin-right", layout::MARGIN_RIGHT),
        ("rule-gap", layout::RULE_GAP),
        ("rule-weight", layout::RULE_WEIGHT),
        ("cell-side", layout::CELL_SIDE),
        ("cell-rim", layout::CELL_RIM),
    ];
    let font = layout::FONT_TWIN;
    let mut text = format!("#let measures = (font: \"{font}\", ");
    for (name, length) in lengths {
        text.push_str(&format!("{name}: {}, ", points(length)));
    }
    text.push_str(")\n");
    text
}

fn styles() -> String {
    let mut text = String::from("#let styles = (\n");
    for element in Element::ALL {
        let set = style(element);
        let leading = set.leading();
        let above = Length::twentieths(set.above.in_twentieths() + leading.in_twentieths());
        let place = match set.place {
            Place::Center => "center",
            Place::Left | Place::Justified => "left",
        };
        text.push_str(&format!(
            "  {}: (size: {}, weight: \"{}\", slant: \"{}\", place: {place}, justify: {}, \
             first-line: {}, above: {}, leading: {}, sticky: {}),\n",
            key(element),
            points(set.size),
            if set.bold { "bold" } else { "regular" },
            if set.italic { "italic" } else { "normal" },
            set.place == Place::Justified,
            points(set.first_line),
            points(above),
            points(leading),
            set.keeps_with_next,
        ));
    }
    text.push_str(")\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_cannot_be_ended_by_its_text() {
        assert_eq!(quoted(r#"a"b\"#), r#""a\"b\\""#);
        assert_eq!(quoted("#$[]{}\u{0}\n"), "\"#$[]{} \"");
    }

    #[test]
    fn long_words_may_be_broken_and_keep_every_letter() {
        let line = format!("xem {} nhé", "a1".repeat(32));
        let pieces = chances(&line);
        assert_eq!(pieces.len(), 8);
        assert_eq!(pieces.concat(), line);
        assert_eq!(chances("một dòng ngắn"), ["một dòng ngắn"]);
    }
}

//! A DOCX as a word processor shows it: sections with their pages, paragraphs with the formats that
//! hold for them, and the page headers.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::format::{Format, Styles, styles};
use crate::read::package::{Main, Package, Part, attribute, referred};
use crate::read::{Limits, ReadCode, ReadProblem};

/// Paragraphs that are looked at: several times the longest report.
const PARAGRAPHS_MAX: usize = 200_000;

/// A paper as it looks.
#[derive(Debug, Default)]
pub struct Look {
    pub sections: Vec<Section>,
    pub paragraphs: Vec<Paragraph>,
    /// The paragraphs of the page header that is shown on every page.
    pub header: Vec<Paragraph>,
    /// Whether the first page has a header of its own with a page number in it.
    pub is_first_numbered: bool,
}

/// How the pages of a section lie; lengths in twentieths of a point.
#[derive(Clone, Debug, Default)]
pub struct Section {
    pub width: u32,
    pub height: u32,
    pub top: i64,
    pub bottom: i64,
    pub left: i64,
    pub right: i64,
    pub has_first_page: bool,
    headers: Vec<(String, String)>,
}

/// Where a paragraph stands in the tables of a paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub table: usize,
    pub row: usize,
    pub column: usize,
    /// Width of the cell; 0 when the file does not say it.
    pub width: u32,
}

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    pub format: Format,
    pub runs: Vec<Run>,
    pub cell: Option<Place>,
    /// Whether a line is drawn above or below it.
    pub is_ruled: bool,
    /// Width of a picture or drawn line in it.
    pub drawn: Option<u32>,
    pub is_page_number: bool,
}

/// A run of text with the format that holds for it.
#[derive(Clone, Debug)]
pub struct Run {
    pub text: String,
    pub format: Format,
}

impl Paragraph {
    /// Its text, spaces made one.
    pub fn text(&self) -> String {
        let text: String = self.runs.iter().map(|run| run.text.as_str()).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Its runs that show anything.
    pub fn shown(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| !run.text.trim().is_empty())
    }
}

/// Reads a file.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Look, ReadProblem> {
    if !bytes.starts_with(b"PK") {
        return Err(ReadProblem::of(ReadCode::OtherArchive).with("found", ""));
    }
    let mut package = Package::open(bytes, limits)?;
    let Main::Word(main) = package.main_part()? else {
        return Err(ReadProblem::of(ReadCode::OtherArchive).with("found", "XLSX"));
    };
    let styles = match package.sibling(&main, "styles.xml") {
        Some(name) => package.part(&name, styles)?,
        None => Styles::default(),
    };
    let (sections, paragraphs) = package.part(&main, |part| content(part, &styles))?;
    let mut look = Look {
        sections,
        paragraphs,
        ..Look::default()
    };
    headers(&mut look, &mut package, &main, &styles)?;
    Ok(look)
}

/// The headers of the first section that names them.
fn headers(
    look: &mut Look,
    package: &mut Package<'_>,
    main: &str,
    styles: &Styles,
) -> Result<(), ReadProblem> {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let relations = format!("{folder}/_rels/{file}.rels");
    let targets = match package.has(&relations) {
        true => package.part(&relations, targets)?,
        false => HashMap::new(),
    };
    let named = |look: &Look, kind: &str| {
        let all = look.sections.iter().flat_map(|section| &section.headers);
        let id = all.into_iter().find(|(found, _)| found == kind)?.1.clone();
        targets.get(&id).map(|target| format!("{folder}/{target}"))
    };
    if let Some(name) = named(look, "default").filter(|name| package.has(name)) {
        look.header = package.part(&name, |part| content(part, styles))?.1;
    }
    if let Some(name) = named(look, "first").filter(|name| package.has(name)) {
        let first = package.part(&name, |part| content(part, styles))?.1;
        look.is_first_numbered = first.iter().any(|paragraph| paragraph.is_page_number);
    }
    Ok(())
}

fn targets(part: &mut Part<'_>) -> Result<HashMap<String, String>, ReadProblem> {
    let mut found = HashMap::new();
    part.each(|event| {
        if let Event::Start(tag) | Event::Empty(tag) = event
            && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
        {
            found.insert(id, target);
        }
        Ok(())
    })?;
    Ok(found)
}

/// The sections and paragraphs of a part.
fn content(
    part: &mut Part<'_>,
    styles: &Styles,
) -> Result<(Vec<Section>, Vec<Paragraph>), ReadProblem> {
    let mut reader = Reader {
        styles,
        sections: Vec::new(),
        done: Vec::new(),
        open: Vec::new(),
        section: None,
        tables: Vec::new(),
        n_tables: 0,
        inside: Inside::default(),
    };
    part.each(|event| reader.take(event))?;
    Ok((reader.sections, reader.done))
}

/// Which properties are being read.
#[derive(Default)]
struct Inside {
    paragraph_properties: bool,
    /// The letters of the paragraph's end mark, which nobody sees.
    mark_properties: bool,
    run_properties: bool,
    borders: bool,
    text: bool,
    instruction: bool,
}

/// A paragraph under construction.
#[derive(Default)]
struct Open {
    own: Format,
    runs: Vec<(String, Format)>,
    shown: Paragraph,
}

struct Reader<'a> {
    styles: &'a Styles,
    sections: Vec<Section>,
    done: Vec<Paragraph>,
    open: Vec<Open>,
    section: Option<Section>,
    tables: Vec<Place>,
    n_tables: usize,
    inside: Inside,
}

impl Reader<'_> {
    fn take(&mut self, event: &Event<'_>) -> Result<(), ReadProblem> {
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::Empty(tag) => {
                self.begin(tag)?;
                self.end(tag.local_name().into_inner());
                Ok(())
            }
            Event::End(tag) => {
                self.end(tag.local_name().into_inner());
                Ok(())
            }
            Event::Text(text) => {
                self.words(&text.xml10_content());
                Ok(())
            }
            Event::GeneralRef(name) => {
                self.words(&referred(name));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn words(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        if self.inside.instruction {
            open.shown.is_page_number |= is_page_field(text);
        } else if self.inside.text
            && let Some((shown, _)) = open.runs.last_mut()
        {
            shown.push_str(text);
        }
    }

    fn begin(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadProblem> {
        match tag.local_name().into_inner() {
            "tbl" => {
                self.tables.push(Place {
                    table: self.n_tables,
                    ..Place::default()
                });
                self.n_tables += 1;
            }
            "tcW" => {
                if let Some(place) = self.tables.last_mut() {
                    place.width = number(tag, "w");
                }
            }
            "p" => {
                if self.done.len() >= PARAGRAPHS_MAX {
                    let limit = PARAGRAPHS_MAX;
                    return Err(ReadProblem::of(ReadCode::TooManyEntries).with("limit", limit));
                }
                let mut open = Open::default();
                open.shown.cell = self.tables.last().copied();
                self.open.push(open);
            }
            "sectPr" => self.section = Some(Section::default()),
            _ => self.begin_inside(tag),
        }
        Ok(())
    }

    fn begin_inside(&mut self, tag: &BytesStart<'_>) {
        if let Some(section) = &mut self.section {
            of_section(section, tag);
            return;
        }
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let inside = &mut self.inside;
        match tag.local_name().into_inner() {
            "pPr" => inside.paragraph_properties = true,
            "rPr" if inside.paragraph_properties => inside.mark_properties = true,
            "rPr" => inside.run_properties = true,
            "pBdr" => inside.borders = true,
            "top" | "bottom" | "between" if inside.borders => open.shown.is_ruled = true,
            "r" => open.runs.push((String::new(), Format::default())),
            "t" => inside.text = true,
            "instrText" => inside.instruction = true,
            "fldSimple" => {
                let told = attribute(tag, "instr").unwrap_or_default();
                open.shown.is_page_number |= is_page_field(&told);
            }
            "br" | "tab" if !inside.paragraph_properties => {
                if let Some((text, _)) = open.runs.last_mut() {
                    text.push(' ');
                }
            }
            // A drawn length is in English metric units, 635 to a twentieth of a point.
            "extent" => open.shown.drawn = Some(number(tag, "cx") / 635),
            "pict" => open.shown.drawn = open.shown.drawn.or(Some(0)),
            _ if inside.mark_properties => {}
            _ if inside.run_properties => {
                if let Some((_, format)) = open.runs.last_mut() {
                    format.take(tag);
                }
            }
            _ if inside.paragraph_properties => open.own.take(tag),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "tbl" => {
                self.tables.pop();
            }
            "tr" => {
                if let Some(place) = self.tables.last_mut() {
                    place.row += 1;
                    place.column = 0;
                }
            }
            "tc" => {
                if let Some(place) = self.tables.last_mut() {
                    place.column += 1;
                }
            }
            "sectPr" => self.sections.extend(self.section.take()),
            "pPr" => self.inside.paragraph_properties = false,
            "rPr" if self.inside.mark_properties => self.inside.mark_properties = false,
            "rPr" => self.inside.run_properties = false,
            "pBdr" => self.inside.borders = false,
            "t" => self.inside.text = false,
            "instrText" => self.inside.instruction = false,
            "p" => self.end_paragraph(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let style = open.own.style.clone();
        let format = open.own.over(&self.styles.paragraph(style.as_deref()));
        let run = |(text, own): (String, Format)| {
            let style = own.style.clone();
            let named = own.over(&self.styles.run(style.as_deref()));
            Run {
                text,
                format: named.over(&format),
            }
        };
        let runs = open.runs.into_iter().map(run).collect();
        self.done.push(Paragraph {
            format,
            runs,
            ..open.shown
        });
    }
}

fn of_section(section: &mut Section, tag: &BytesStart<'_>) {
    match tag.local_name().into_inner() {
        "pgSz" => (section.width, section.height) = (number(tag, "w"), number(tag, "h")),
        "pgMar" => {
            let side = |name: &str| i64::from(number(tag, name));
            section.top = side("top");
            section.bottom = side("bottom");
            section.left = side("left");
            section.right = side("right");
        }
        "titlePg" => section.has_first_page = true,
        "headerReference" => {
            let kind = attribute(tag, "type").unwrap_or_default();
            section
                .headers
                .push((kind, attribute(tag, "id").unwrap_or_default()));
        }
        _ => {}
    }
}

fn number(tag: &BytesStart<'_>, name: &str) -> u32 {
    let told = attribute(tag, name);
    told.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// Whether a field shows the number of the page in Arabic figures.
fn is_page_field(instruction: &str) -> bool {
    let mut words = instruction.split_whitespace();
    let is_page = words
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("PAGE"));
    is_page && !words.any(|word| word.to_ascii_lowercase().contains("roman"))
}

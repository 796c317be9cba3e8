//! DOCX: the paper as an Office Open XML file that Word and LibreOffice open without repair.
//!
//! Named styles for every element, headings by which readers navigate, table headings that repeat,
//! rows that stay whole, the page number as a field, one section for each annex. Equal papers give
//! equal bytes.

mod frame;
mod package;
mod parts;
mod styles;

use base::Fault;

use crate::fonts::{Fonts, fonts};
use crate::layout::{TEXT_WIDTH, TEXT_WIDTH_LANDSCAPE};
use crate::paper::Paper;
use crate::wording;
use crate::xml::Xml;
use parts::Text;

/// The paper as the bytes of a DOCX file.
///
/// # Faults
/// A table that cannot be set ([`Paper::check`]).
pub fn write(paper: &Paper) -> Result<Vec<u8>, Fault> {
    paper.check()?;
    let fonts = fonts()?;
    let mut links = Vec::new();
    let spaces = [("xmlns:w", package::MAIN), ("xmlns:r", package::RELATIONS)];
    let document = Xml::document("w:document", &spaces, |xml| {
        xml.within("w:body", &[], |xml| sheets(xml, &mut links, paper, fonts));
    })?;
    package::pack(paper, document, &links)
}

/// The document itself, then each annex in a section of its own.
fn sheets(xml: &mut Xml, links: &mut Vec<String>, paper: &Paper, fonts: &Fonts) {
    let text = &mut Text { xml, links };
    frame::head(text, paper, fonts);
    frame::opening(text, paper, fonts);
    text.body(&wording::body(paper), TEXT_WIDTH, true);
    frame::closing(text, paper);
    frame::mark(text, paper);
    let mut landscape = false;
    for (at, annex) in paper.annexes.iter().enumerate() {
        frame::section_end(text.xml, landscape, at == 0);
        landscape = annex.landscape;
        let width = if landscape {
            TEXT_WIDTH_LANDSCAPE
        } else {
            TEXT_WIDTH
        };
        frame::annex(text, paper, at, width, fonts);
        text.body(&annex.body, width, false);
    }
    frame::section(text.xml, landscape, paper.annexes.is_empty());
}

#[cfg(test)]
mod tests;

//! DOCX: the main part of a Word document, read as a stream under hard budgets.
//!
//! Numbers of lists are worked out as Word prints them and stand in the text. Deleted text, field
//! codes, headers, footers and notes are left out. Runs in TCVN3 or VNI fonts are converted.

mod body;
mod numbering;
mod package;
mod styles;

pub(super) use numbering::roman;

use super::build::Draft;
use super::problem::{ReadCode, ReadProblem};
use super::{Limits, Source, SourceKind};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Source, ReadProblem> {
    let mut package = package::Package::open(bytes, limits)?;
    let main = package.main_part()?;
    let styles = match package.sibling(&main, "styles.xml") {
        Some(name) => package.part(&name, styles::read)?,
        None => styles::Styles::default(),
    };
    let numbering = match package.sibling(&main, "numbering.xml") {
        Some(name) => package.part(&name, numbering::read)?,
        None => numbering::Numbering::default(),
    };
    let mut draft = Draft::new(limits);
    package.part(&main, |part| {
        body::read(part, &styles, numbering, &mut draft)
    })?;
    let source = draft.finish(SourceKind::Docx);
    if source.blocks.is_empty() {
        return Err(ReadProblem::of(ReadCode::Empty));
    }
    Ok(source)
}

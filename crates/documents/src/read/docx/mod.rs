//! DOCX: the main part of a Word document, read as a stream under hard budgets.
//!
//! Numbers of lists are worked out as Word prints them and stand in the text. Deleted text, field
//! codes, headers, footers and notes are left out. Runs in TCVN3 or VNI fonts are converted.

mod body;
mod numbering;
mod styles;

pub(super) use numbering::roman;

use super::build::Draft;
use super::package::Package;
use super::problem::{ReadCode, ReadProblem};
use super::{Source, SourceKind};

/// Reads the document whose main part has this name.
pub(super) fn read(mut package: Package<'_>, main: &str) -> Result<Source, ReadProblem> {
    let styles = match package.sibling(main, "styles.xml") {
        Some(name) => package.part(&name, styles::read)?,
        None => styles::Styles::default(),
    };
    let numbering = match package.sibling(main, "numbering.xml") {
        Some(name) => package.part(&name, numbering::read)?,
        None => numbering::Numbering::default(),
    };
    let mut draft = Draft::new(package.limits());
    package.part(main, |part| {
        body::read(part, &styles, numbering, &mut draft)
    })?;
    let source = draft.finish(SourceKind::Docx);
    if source.blocks.is_empty() {
        return Err(ReadProblem::of(ReadCode::Empty));
    }
    Ok(source)
}

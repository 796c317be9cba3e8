//! PDF: the paper as a tagged PDF/A-2a file with its fonts inside.
//!
//! Set by Typst in a world that holds one text and four fonts and nothing else. Equal papers give
//! equal bytes.

mod frame;
mod script;
mod world;

use base::Fault;
use jiff::tz::Offset;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::fonts::{Fonts, fonts};
use crate::layout::TEXT_WIDTH;
use crate::paper::Paper;
use crate::wording::{self, line, title, words};
use script::{Script, quoted};
use world::Sheet;

/// Vietnam, all year: seven hours east of Greenwich.
const OFFSET_HOURS: i8 = 7;

/// The paper as the bytes of a PDF file.
///
/// Letters that the embedded face does not have (emoji, Chinese) are shown as a box: an archivable
/// file must hold every letter it shows.
///
/// # Faults
/// A table that cannot be set ([`Paper::check`]); a fault of the typesetter, in its own words.
pub fn write(paper: &Paper) -> Result<Vec<u8>, Fault> {
    let bytes = set(paper).and_then(|document| {
        typst_pdf::pdf(&document, &options(paper)).map_err(|errors| fault(&errors))
    });
    // The typesetter remembers every paper it has set; forgetting keeps memory flat.
    typst::comemo::evict(0);
    bytes
}

/// The pages of the paper.
fn set(paper: &Paper) -> Result<PagedDocument, Fault> {
    paper.check()?;
    let fonts = fonts()?;
    let sheet = Sheet::new(script_of(paper, fonts)?, fonts);
    let document = typst::compile::<PagedDocument>(&sheet).output;
    document.map_err(|errors| fault(&errors))
}

fn script_of(paper: &Paper, fonts: &Fonts) -> Result<String, Fault> {
    let (language, region) = words(paper).tag.split_once('-').unwrap_or(("vi", "VN"));
    let mut script = Script::new(fonts, language, region);
    let (title, issuer) = (quoted(&title(paper)), quoted(&line(&paper.issuer)));
    script.call(&format!("set document(title: {title}, author: {issuer})"));
    frame::head(&mut script, paper);
    frame::opening(&mut script, paper);
    script.body(&wording::body(paper), TEXT_WIDTH, true);
    frame::closing(&mut script, paper);
    frame::mark(&mut script, paper)?;
    if paper.is_long() {
        frame::contents(&mut script, paper);
    }
    for at in 0..paper.annexes.len() {
        frame::annex(&mut script, paper, at);
    }
    Ok(script.out)
}

fn options(paper: &Paper) -> PdfOptions {
    let identity = (
        &paper.issuer,
        &paper.number,
        &paper.abstract_,
        paper.made_at,
    );
    PdfOptions {
        ident: Smart::Custom(format!("{identity:?}")),
        creator: Smart::Custom(Some("Loa".to_owned())),
        timestamp: made_at(paper),
        // Archivable and tagged for screen readers: decree 30 asks for PDF 1.4 or later.
        standards: PdfStandards::new(&[PdfStandard::A_2a]).unwrap_or_default(),
        ..PdfOptions::default()
    }
}

fn made_at(paper: &Paper) -> Option<Timestamp> {
    let at = Offset::constant(OFFSET_HOURS).to_datetime(paper.made_at);
    let part = |value: i8| u8::try_from(value).unwrap_or(0);
    let year = i32::from(at.year());
    let (month, day) = (part(at.month()), part(at.day()));
    let (hour, minute, second) = (part(at.hour()), part(at.minute()), part(at.second()));
    let epoch = Datetime::from_ymd(1970, 1, 1);
    Datetime::from_ymd_hms(year, month, day, hour, minute, second)
        .or(epoch)
        .and_then(|at| Timestamp::new_local(at, i32::from(OFFSET_HOURS) * 60))
}

fn fault(errors: &[SourceDiagnostic]) -> Fault {
    let told: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    Fault::new(format!("the PDF could not be set: {}", told.join("; ")))
}

#[cfg(test)]
mod tests;

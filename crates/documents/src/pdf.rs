//! PDF: the paper as an archivable PDF file.

use base::Fault;

use crate::paper::Paper;

/// The paper as the bytes of a PDF file.
///
/// # Faults
/// A table that cannot be set ([`Paper::check`]).
pub fn write(paper: &Paper) -> Result<Vec<u8>, Fault> {
    paper.check()?;
    Err(Fault::new("not written yet"))
}

//! Bringing a set in from a file: what kind of file it is, and what it says.

use base::{Fault, Problem, Refusal};
use documents::read::{Limits, grids};
use web::Say;

use super::set_json;
use super::sheet_reading::{self, ReadSet};

/// Reads a set from the bytes of a file: JSON, or a spreadsheet. Takes the time of unpacking: call it
/// where waiting harms nobody.
///
/// # Refusals
/// It is neither; it is damaged, locked or larger than the reader takes.
pub fn read(bytes: &[u8], name: &str, legal: &Say) -> Result<ReadSet, Refusal> {
    let begins = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if begins == Some(&b'{') {
        let wrong = || Refusal::at("file", "criteria-file-unknown");
        let text = std::str::from_utf8(bytes).map_err(|_| wrong())?;
        return Ok(ReadSet {
            file: set_json::read(text)?,
            problems: Vec::new(),
            skipped: Vec::new(),
        });
    }
    let grids = grids(bytes, name, &Limits::default()).map_err(|problem| {
        let why = problem.sentence(legal.lang.as_str());
        Refusal::Invalid(vec![
            Problem::at("file", "criteria-file-unread").with("why", why),
        ])
    })?;
    Ok(sheet_reading::read(&grids, legal))
}

/// The same on a thread of its own.
///
/// # Refusals
/// As [`read`].
///
/// # Faults
/// The reading was cut off.
pub async fn read_apart(bytes: Vec<u8>, name: String, legal: Say) -> Result<ReadSet, base::Error> {
    let reading = tokio::task::spawn_blocking(move || read(&bytes, &name, &legal));
    let read = reading
        .await
        .map_err(|error| Fault::from_source("reading a criteria set was cut off", error))?;
    Ok(read?)
}

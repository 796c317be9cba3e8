//! Writes the sample report as DOCX and PDF, to look at them side by side:
//! `cargo run -p documents --example paper -- FOLDER`.

#[path = "../src/sample.rs"]
mod sample;

use std::path::PathBuf;

fn main() -> Result<(), base::Fault> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    let report = sample::report();
    std::fs::write(folder.join("report.docx"), documents::docx::write(&report)?)?;
    std::fs::write(folder.join("report.pdf"), documents::pdf::write(&report)?)?;
    Ok(())
}

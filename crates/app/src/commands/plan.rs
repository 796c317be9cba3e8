//! `loa plan import`, `loa plan export` and `loa plan status`.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use base::{Error, Fault};
use documents::read::{self, Limits, ReadProblem};
use editorial::plan::files::{self, FileKind};
use editorial::plan::import::{self, ImportedPlan};
use editorial::plan::{self, importing};
use house::audit::Doer;
use web::Lang;

use super::first_agency;
use crate::Office;
use crate::cli::{Language, PlaceArgs, PlanFormat, PrintFormat};
use crate::office::{Opening, Place};

/// Reads a plan and prints it; findings go to standard error.
pub async fn import(
    file: &Path,
    format: PrintFormat,
    into: Option<&Path>,
    lang: Language,
) -> Result<ExitCode, Error> {
    let (plan, text, bytes) = match read(file, lang) {
        Ok(read) => read,
        Err(sentence) => {
            eprintln!("loa: {}: {sentence}", file.display());
            return Ok(ExitCode::from(1));
        }
    };
    match format {
        PrintFormat::Text => print!("{}", import::to_text(&plan, lang.code())),
        PrintFormat::Json => {
            let json = serde_json::to_string_pretty(&plan)
                .map_err(|error| Fault::from_source("cannot write the plan", error))?;
            println!("{json}");
        }
    }
    for finding in &plan.findings {
        let severity = serde_json::to_value(finding.severity).unwrap_or_default();
        eprintln!(
            "{}: {} [{}]",
            severity.as_str().unwrap_or("note"),
            finding.message,
            serde_json::to_value(&finding.code)
                .unwrap_or_default()
                .as_str()
                .unwrap_or("")
        );
    }
    if let Some(dir) = into {
        store(dir, file, (plan, text, bytes)).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The plan of a file, or one sentence that says what is wrong, where, and the way out.
fn read(file: &Path, lang: Language) -> Result<(ImportedPlan, String, Vec<u8>), String> {
    let limits = Limits::default();
    let mut opened =
        File::open(file).map_err(|error| ReadProblem::unreadable(&error).sentence(lang.code()))?;
    let bytes = read::capped(&mut opened, &limits).map_err(|p| p.sentence(lang.code()))?;
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let source = read::source(&bytes, &name.unwrap_or_default(), &limits)
        .map_err(|problem| problem.sentence(lang.code()))?;
    let plan = import::read(&source).map_err(|problem| problem.sentence(lang.code()))?;
    Ok((plan, source.text, bytes))
}

async fn store(
    dir: &Path,
    file: &Path,
    (plan, text, bytes): (ImportedPlan, String, Vec<u8>),
) -> Result<(), Error> {
    let office = Office::open(&Place::in_folder(dir), Opening::for_command()?).await?;
    let agency = first_agency(&office).await?;
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let bringing = importing::Bringing {
        agency,
        doer: Doer::System,
        by: None,
        name: &name.unwrap_or_default(),
        bytes: &bytes,
    };
    let read = importing::ReadPlan { plan, text };
    let id = importing::store(&office.editorial.house, &read, bringing).await?;
    crate::jobs::finish(&office).await?;
    office.editorial.db.close().await;
    eprintln!("/desk/plans/{id}");
    Ok(())
}

/// Writes a plan as a file; the last line is its path.
pub async fn export(
    named: &str,
    place: &PlaceArgs,
    format: PlanFormat,
    out: Option<PathBuf>,
) -> Result<ExitCode, Error> {
    let office = Office::open(&Place::of(place), Opening::for_command()?).await?;
    let agency = first_agency(&office).await?;
    let plan = super::report::find_named(&office, agency, named).await?;
    let kind = match format {
        PlanFormat::Docx => FileKind::Docx,
        PlanFormat::Pdf => FileKind::Pdf,
        PlanFormat::Xlsx => FileKind::Xlsx,
        PlanFormat::Csv => FileKind::Csv,
    };
    let mut read = office.editorial.db.read().await?;
    let (name, bytes) = files::export(&office.editorial, &mut read, (agency, plan), kind).await?;
    drop(read);
    let path = out.unwrap_or_else(|| PathBuf::from(name));
    std::fs::write(&path, bytes)
        .map_err(|error| Fault::from_source(format!("cannot write {}", path.display()), error))?;
    println!("{}", path.display());
    office.editorial.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Prints how far the plans are.
pub async fn status(place: &PlaceArgs, json: bool, lang: Language) -> Result<ExitCode, Error> {
    let office = Office::open(&Place::of(place), Opening::for_command()?).await?;
    let agency = first_agency(&office).await?;
    let mut read = office.editorial.db.read().await?;
    let today = office.editorial.today();
    let standing = plan::status(&mut read, agency, None, today).await?;
    drop(read);
    if json {
        let json = serde_json::to_string_pretty(&standing)
            .map_err(|error| Fault::from_source("cannot write the standing", error))?;
        println!("{json}");
    } else {
        print!(
            "{}",
            standing.text(&office.editorial.say(Lang::of(lang.code())))
        );
    }
    office.editorial.db.close().await;
    Ok(ExitCode::SUCCESS)
}

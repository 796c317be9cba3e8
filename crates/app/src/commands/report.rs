//! `loa report`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use base::id::{AgencyId, PlanId};
use base::{Error, Fault, Refusal};
use editorial::plan;
use measure::reports::{self, Figures, Maker, PeriodName};
use web::Lang;

use super::first_agency;
use crate::Office;
use crate::cli::{ReportArgs, ReportCommand, ReportFormat};
use crate::office::{Opening, Place};

/// Makes the report of a period and writes its files; the last lines are their paths.
pub async fn run(args: ReportArgs) -> Result<ExitCode, Error> {
    if let Some(ReportCommand::Check { file, json }) = &args.command {
        return check(file, *json);
    }
    let named = args.period.as_deref().unwrap_or_default();
    let period: PeriodName = named.parse().map_err(|_| {
        Fault::new(format!(
            "{named} is not a period; write 2023-Q1, 2023-H1, 2023-Q3, 2023, or a code of your own"
        ))
    })?;
    let office = Office::open(&Place::of(&args.place), Opening::for_command()?).await?;
    let agency = first_agency(&office).await?;
    let plan = find_plan(&office, agency, args.plan.as_deref(), period.year.0).await?;
    let report = reports::make(&office.editorial, plan, period, Maker::House(agency)).await?;
    crate::jobs::finish(&office).await?;
    let say = office.editorial.say(Lang::Vi);
    for format in &args.format {
        let bytes = match format {
            ReportFormat::Docx => reports::to_docx(&say, &report.figures, &report.dress)?,
            ReportFormat::Pdf => reports::to_pdf(&say, &report.figures, &report.dress)?,
            ReportFormat::Xlsx => reports::to_xlsx(&say, &report.figures)?,
            ReportFormat::Html => reports::to_html(&say, &report.figures, &report.dress)?,
            ReportFormat::Json => reports::to_json(&report.figures)?.into_bytes(),
        };
        let path = path_of(&args, *format, &report.figures);
        std::fs::write(&path, bytes).map_err(|error| {
            Fault::from_source(format!("cannot write {}", path.display()), error)
        })?;
        println!("{}", path.display());
    }
    office.editorial.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Checks a DOCX file and prints every parameter: what is, and what should be.
fn check(file: &Path, is_json: bool) -> Result<ExitCode, Error> {
    let bytes = std::fs::read(file)
        .map_err(|error| Fault::from_source(format!("cannot read {}", file.display()), error))?;
    let verdict = documents::decree::check(&bytes)
        .map_err(|problem| Fault::new(format!("{}: {}", file.display(), problem.sentence("en"))))?;
    if is_json {
        let text = serde_json::json!({ "is_met": verdict.is_met(), "findings": verdict.findings });
        println!("{text:#}");
    } else {
        for found in &verdict.findings {
            let word = if found.is_met { "ok  " } else { "FAIL" };
            println!(
                "{word} {:<20} {} (should be: {})",
                found.parameter, found.is, found.should
            );
            if !found.place.is_empty() {
                println!("     at: {}", found.place);
            }
        }
        let (n, all) = (verdict.faults().count(), verdict.findings.len());
        println!(
            "{} of {all} parameters of Decree 30/2020/ND-CP met",
            all - n
        );
    }
    Ok(if verdict.is_met() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn path_of(args: &ReportArgs, format: ReportFormat, _: &Figures) -> PathBuf {
    match &args.out {
        Some(path) if args.format.len() == 1 => path.clone(),
        Some(stem) => stem.with_extension(format.ending()),
        None => Path::new(&format!(
            "bao-cao-{}",
            args.period.as_deref().unwrap_or_default()
        ))
        .with_extension(format.ending()),
    }
}

/// The plan that was named by id or year, or the one of the period's year.
///
/// # Faults
/// There is none, or more than one.
pub(super) async fn find_plan(
    office: &Office,
    agency: AgencyId,
    named: Option<&str>,
    year: i16,
) -> Result<PlanId, Error> {
    match named {
        Some(named) => find_named(office, agency, named).await,
        None => of_year(office, agency, year).await,
    }
}

/// The plan of this id or year.
///
/// # Faults
/// There is none, or more than one.
pub(super) async fn find_named(
    office: &Office,
    agency: AgencyId,
    named: &str,
) -> Result<PlanId, Error> {
    match named.parse::<PlanId>() {
        Ok(id) => Ok(id),
        Err(_) => {
            let year = named.parse::<i16>().map_err(|_| Refusal::NotFound)?;
            of_year(office, agency, year).await
        }
    }
}

async fn of_year(office: &Office, agency: AgencyId, year: i16) -> Result<PlanId, Error> {
    let mut read = office.editorial.db.read().await?;
    let standing = plan::status(&mut read, agency, Some(year), office.editorial.today()).await?;
    match standing.plans.as_slice() {
        [plan] => Ok(plan.plan),
        [] => Err(Fault::new(format!("there is no plan of {year}")).into()),
        plans => {
            let names: Vec<String> = plans
                .iter()
                .map(|plan| format!("{} {}", plan.plan, plan.title))
                .collect();
            let list = names.join("\n");
            Err(Fault::new(format!(
                "{year} has several plans; name one by its id:\n{list}"
            ))
            .into())
        }
    }
}

//! `loa evidence export` and `loa evidence verify`.

use std::fs::File;
use std::path::Path;
use std::process::ExitCode;

use base::id::{AgencyId, UnitId};
use base::text::fold;
use base::{Error, Fault};
use house::audit::VerifierKey;
use house::evidence;
use house::people::agency_store;
use measure::evidence::{Scope, Stretch, export_pack};
use measure::reports::Maker;

use super::first_agency;
use crate::Office;
use crate::cli::{EvidenceCommand, Language};
use crate::office::{Opening, Place};

/// Makes a pack; the last line is its path.
pub async fn export(command: EvidenceCommand) -> Result<ExitCode, Error> {
    let EvidenceCommand::Export {
        place,
        year,
        plan,
        from,
        to,
        unit,
        criterion,
        out,
    } = command
    else {
        return Err(Fault::new("not an export").into());
    };
    let office = Office::open(&Place::of(&place), Opening::for_command()?).await?;
    let agency = first_agency(&office).await?;
    let unit = match unit {
        Some(name) => Some(find_unit(&office, agency, &name).await?),
        None => None,
    };
    let of = match (plan, year) {
        (Some(id), _) => Stretch::Plan(id.parse()?),
        (None, Some(year)) => Stretch::Year(year),
        (None, None) => {
            return Err(Fault::new("name what to export: --year 2023 or --plan ID").into());
        }
    };
    let scope = Scope {
        of,
        from,
        to,
        unit,
        criterion,
    };
    let maker = Maker::House(agency);
    let receipt = export_pack(&office.editorial, &scope, maker, &office.key, &out).await?;
    crate::jobs::finish(&office).await?;
    office.editorial.db.close().await;
    println!(
        "{} items, {} files, {} bytes",
        receipt.items, receipt.files, receipt.bytes
    );
    println!("{}", out.display());
    Ok(ExitCode::SUCCESS)
}

async fn find_unit(office: &Office, agency: AgencyId, name: &str) -> Result<UnitId, Error> {
    let mut read = office.editorial.db.read().await?;
    let units = agency_store::units(&mut read, agency, office.editorial.today()).await?;
    let wanted = fold(name);
    let found = units.iter().find(|unit| {
        unit.id.to_string() == name
            || fold(&unit.name) == wanted
            || fold(&unit.short_name) == wanted
    });
    match found {
        Some(unit) => Ok(unit.id),
        None => Err(Fault::new(format!("there is no unit {name}")).into()),
    }
}

/// Checks a pack; 0 only if everything holds.
pub fn verify(
    pack: &Path,
    key: Option<&Path>,
    json: bool,
    lang: Language,
) -> Result<ExitCode, Error> {
    let key: Option<VerifierKey> = match key {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| {
                Fault::from_source(format!("cannot read {}", path.display()), error)
            })?;
            let line = text.lines().next().unwrap_or_default();
            Some(line.trim().parse().map_err(|_| {
                Fault::new(format!("{} holds no public key of a log", path.display()))
            })?)
        }
        None => None,
    };
    let file = File::open(pack)
        .map_err(|error| Fault::from_source(format!("cannot open {}", pack.display()), error))?;
    let verdict = evidence::verify::pack(file, key.as_ref())?;
    if json {
        let json = serde_json::to_string_pretty(&verdict)
            .map_err(|error| Fault::from_source("cannot write the verdict", error))?;
        println!("{json}");
    } else {
        println!(
            "{} · {} · {} items, {} files",
            verdict.title, verdict.origin, verdict.items, verdict.files
        );
        println!("key {}", verdict.key);
        for fault in &verdict.faults {
            let words = match lang {
                Language::Vi => &fault.message_vi,
                Language::En => &fault.message_en,
            };
            println!("FAULT {}: {words}", fault.path);
        }
        println!(
            "{}",
            if verdict.ok {
                "the pack holds"
            } else {
                "the pack does NOT hold"
            }
        );
    }
    Ok(if verdict.ok {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

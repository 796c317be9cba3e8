//! `loa calendar add`.

use std::process::ExitCode;

use base::calendar::working::DayKind;
use base::{Error, Fault, Refusal};
use house::calendar::add_everywhere;
use house::calendar::day_off::{Decision, NewDays, read_lines};

use super::first_agency;
use crate::Office;
use crate::cli::{CalendarCommand, DayKindName};
use crate::office::{Opening, Place};

/// Adds the days of a file for every agency of the installation.
pub async fn run(command: CalendarCommand) -> Result<ExitCode, Error> {
    let CalendarCommand::Add {
        file,
        kind,
        decision,
        decided_on,
        place,
    } = command;
    let text = std::fs::read_to_string(&file)
        .map_err(|error| Fault::from_source(format!("cannot read {}", file.display()), error))?;
    let kind = match kind {
        DayKindName::Holiday => DayKind::Holiday,
        DayKindName::SwappedOff => DayKind::SwappedOff,
        DayKindName::SwappedWork => DayKind::SwappedWork,
    };
    let days = NewDays {
        marks: read_lines(&text, kind).map_err(Refusal::Invalid)?,
        decision: Decision {
            number: decision,
            on: decided_on,
        },
    };
    let office = Office::open(&Place::of(&place), Opening::for_command()?).await?;
    let agency = first_agency(&office).await?;
    let house = &office.editorial.house;
    let mut act = house.db.act().await?;
    add_everywhere(house, &mut act, agency, &days).await?;
    act.touch("plans");
    act.commit().await?;
    crate::jobs::finish(&office).await?;
    office.editorial.db.close().await;
    println!("{} days", days.marks.len());
    println!("/desk/calendar");
    Ok(ExitCode::SUCCESS)
}

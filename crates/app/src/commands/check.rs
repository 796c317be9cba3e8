//! `loa check`.

use std::process::ExitCode;

use base::Error;
use house::{audit, witness};

use super::first_agency;
use crate::Office;
use crate::cli::PlaceArgs;
use crate::office::{Opening, Place};

/// Looks at everything an operator would ask about; 0 only if all is well.
pub async fn run(args: &PlaceArgs) -> Result<ExitCode, Error> {
    let place = Place::of(args);
    let office = Office::open(&place, Opening::for_command()?).await?;
    let db = &office.editorial.db;
    println!("version    loa {}", env!("CARGO_PKG_VERSION"));
    println!(
        "rows       {} ({} migrations)",
        db.backend().as_str(),
        db::migrations().len()
    );
    println!("folder     {}", place.dir.display());
    println!("log key    {}", office.key.verifier());
    let is_private = key_is_private(&place);
    if !is_private {
        println!(
            "key file   FAULT: others can read {}; chmod 600",
            place.key_file().display()
        );
    }
    first_agency(&office).await?;
    // Also what the house noted beside the database: an older copy agrees with itself.
    witness::look(&office.editorial).await?;
    let verdict = audit::verify_log(db, vec![office.key.verifier().clone()], &[]).await?;
    for line in super::audit::lines(&verdict) {
        println!("log        {line}");
    }
    let alarm = witness::open_alarm(&mut *db.read().await?).await?;
    if let Some(alarm) = &alarm {
        println!(
            "log        FAULT: {}, as {} remembers; see /desk/log/alarms/{}",
            alarm.kind.as_str(),
            alarm.source,
            alarm.id
        );
    }
    db.close().await;
    Ok(if verdict.ok && is_private && alarm.is_none() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

#[cfg(unix)]
fn key_is_private(place: &Place) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(place.key_file())
        .is_ok_and(|file| file.permissions().mode().trailing_zeros() >= 6)
}

#[cfg(not(unix))]
fn key_is_private(_: &Place) -> bool {
    true
}

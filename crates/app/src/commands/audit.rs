//! `loa audit verify`.

use std::process::ExitCode;

use base::{Error, Fault};
use db::{Db, Options};
use house::audit::{self, LogVerdict, SigningKey};

use crate::cli::PlaceArgs;
use crate::office::Place;

/// Checks the whole log; 0 only if everything holds. Nothing is written.
pub async fn verify(place: &PlaceArgs, json: bool) -> Result<ExitCode, Error> {
    let place = Place::of(place);
    let line = std::fs::read_to_string(place.key_file()).map_err(|error| {
        Fault::from_source(format!("cannot read {}", place.key_file().display()), error)
    })?;
    let key: SigningKey = line.parse()?;
    let db = Db::open(&place.target, &Options::default()).await?;
    db.check_migrated().await?;
    let verdict = audit::verify_log(&db, vec![key.verifier().clone()], &[]).await?;
    db.close().await;
    if json {
        let json = serde_json::to_string_pretty(&verdict)
            .map_err(|error| Fault::from_source("cannot write the verdict", error))?;
        println!("{json}");
    } else {
        for line in lines(&verdict) {
            println!("{line}");
        }
    }
    Ok(if verdict.ok {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// What a walk found, for a terminal; the last line says it in one word.
pub(super) fn lines(verdict: &LogVerdict) -> Vec<String> {
    let mut lines = vec![format!(
        "{} leaves, {} checkpoints, {} waiting, root {}",
        verdict.leaves, verdict.checkpoints, verdict.pending, verdict.root
    )];
    for fault in &verdict.faults {
        let entry = fault.entry.as_deref().unwrap_or("-");
        lines.push(format!(
            "FAULT {} at leaf {}..{} entry {entry}",
            fault.kind.code(),
            fault.seq,
            fault.last_seq
        ));
    }
    if verdict.more_faults > 0 {
        lines.push(format!("and {} more", verdict.more_faults));
    }
    lines.push(if verdict.ok {
        "the log holds".to_owned()
    } else {
        "the log does NOT hold".to_owned()
    });
    lines
}

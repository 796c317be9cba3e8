//! `loa audit verify`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use base::{Error, Fault};
use db::{Db, Options};
use house::audit::{self, Checkpoint, LogVerdict, SigningKey, VerifierKey};
use house::witness::keeping;

use crate::cli::PlaceArgs;
use crate::office::Place;

/// Checks the whole log against itself and against checkpoints kept elsewhere, one to a file or
/// many; 0 only if everything holds. Nothing is written.
pub async fn verify(
    place: &PlaceArgs,
    (checkpoints, witnesses): (&[PathBuf], &[PathBuf]),
    json: bool,
) -> Result<ExitCode, Error> {
    let place = Place::of(place);
    let key = key_of(&place)?;
    let mut known = Vec::new();
    for path in checkpoints.iter().chain(witnesses) {
        known.extend(known_in(path, key.verifier())?);
    }
    let db = Db::open(&place.target, &Options::default()).await?;
    db.check_migrated().await?;
    let verdict = audit::verify_log(&db, vec![key.verifier().clone()], &known).await?;
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

/// The key of an installation.
pub(super) fn key_of(place: &Place) -> Result<SigningKey, Fault> {
    let line = std::fs::read_to_string(place.key_file()).map_err(|error| {
        Fault::from_source(format!("cannot read {}", place.key_file().display()), error)
    })?;
    line.parse()
}

/// The checkpoints of a file that the log's key signed.
///
/// # Faults
/// The file holds something that is no checkpoint of this log.
fn known_in(path: &Path, key: &VerifierKey) -> Result<Vec<Checkpoint>, Fault> {
    let notes = keeping::all(path)?;
    let opened = notes.iter().map(|note| Checkpoint::open(note, key));
    opened.collect::<Result<Vec<_>, _>>().map_err(|error| {
        Fault::new(format!(
            "{} holds something that is no checkpoint signed by this log: {}",
            path.display(),
            error.code()
        ))
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

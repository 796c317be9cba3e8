//! `loa audit prove` and `loa audit check-proof`.

use std::path::Path;
use std::process::ExitCode;

use base::{Error, Fault};
use db::{Conn, Db, Options};
use house::audit::{
    Checkpoint, ProofFile, VerifierKey, audit_store, checkpoint_note, prove as prove_entry,
    prove_consistency,
};
use house::witness::keeping;

use super::audit::key_of;
use crate::cli::PlaceArgs;
use crate::office::Place;

/// Writes a proof of an entry, of an earlier checkpoint, or of both; the last line is its path.
pub async fn prove(
    place: &PlaceArgs,
    (leaf, since): (Option<u64>, Option<&Path>),
    out: &Path,
) -> Result<ExitCode, Error> {
    if leaf.is_none() && since.is_none() {
        return Err(Fault::new("name what to prove: --leaf N, --since FILE, or both").into());
    }
    let place = Place::of(place);
    let key = key_of(&place)?;
    let db = Db::open(&place.target, &Options::default()).await?;
    db.check_migrated().await?;
    let mut read = db.snapshot().await?;
    let made = make(&mut read, key.verifier(), leaf, since).await;
    drop(read);
    db.close().await;
    let text = serde_json::to_string_pretty(&made?)
        .map_err(|error| Fault::from_source("cannot write the proof", error))?;
    std::fs::write(out, format!("{text}\n"))?;
    println!("{}", out.display());
    Ok(ExitCode::SUCCESS)
}

async fn make(
    conn: &mut Conn,
    key: &VerifierKey,
    leaf: Option<u64>,
    since: Option<&Path>,
) -> Result<ProofFile, Error> {
    let note = checkpoint_note(conn)
        .await?
        .ok_or_else(|| Fault::new("nothing has been sealed yet"))?;
    let open = |note: &str| {
        Checkpoint::open(note, key)
            .map_err(|error| Fault::new(format!("not a checkpoint of this log: {}", error.code())))
    };
    let head = open(&note)?;
    let mut file = ProofFile::new(key, &note);
    if let Some(leaf) = leaf {
        let missing = || Fault::new(format!("the log has no sealed entry {leaf}"));
        let entry = audit_store::entry_at(conn, leaf)
            .await?
            .ok_or_else(missing)?;
        let proven = prove_entry(conn, &entry, head.size)
            .await?
            .ok_or_else(missing)?;
        file = file.with_entry(&proven);
    }
    if let Some(path) = since {
        let notes = keeping::all(path)?;
        let last = notes
            .last()
            .ok_or_else(|| Fault::new(format!("{} holds no checkpoint", path.display())))?;
        let old = open(last)?;
        let proof = prove_consistency(conn, old.size, head.size)
            .await?
            .ok_or_else(|| Fault::new("the log is shorter than that checkpoint"))?;
        file = file.with_previous(last, &proof);
    }
    Ok(file)
}

/// Checks a proof; 0 only if everything in it holds.
pub fn check(proof: &Path, key: Option<&Path>, json: bool) -> Result<ExitCode, Error> {
    let read = |path: &Path| {
        std::fs::read_to_string(path)
            .map_err(|error| Fault::from_source(format!("cannot read {}", path.display()), error))
    };
    let key: Option<VerifierKey> = match key {
        Some(path) => Some(read(path)?.lines().next().unwrap_or_default().parse()?),
        None => None,
    };
    let file: ProofFile = serde_json::from_str(&read(proof)?)
        .map_err(|error| Fault::from_source(format!("{} is no proof", proof.display()), error))?;
    let verdict = file.check(key.as_ref());
    if json {
        let json = serde_json::to_string_pretty(&verdict)
            .map_err(|error| Fault::from_source("cannot write the verdict", error))?;
        println!("{json}");
    } else {
        println!("log {} of {} entries", verdict.origin, verdict.size);
        println!("key {}", verdict.key);
        if let (Some(index), Some(entry)) = (verdict.leaf_index, &verdict.entry) {
            println!("entry {index}: {entry}");
        }
        if let Some(size) = verdict.previous_size {
            println!("continues the log of {size} entries");
        }
        for fault in &verdict.faults {
            println!("FAULT {fault:?}");
        }
        println!(
            "{}",
            if verdict.ok {
                "the proof holds"
            } else {
                "the proof does NOT hold"
            }
        );
    }
    Ok(if verdict.ok {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

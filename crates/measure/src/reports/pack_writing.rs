//! Writing a pack: this side reads the database, a thread of its own writes the ZIP.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Read};

use base::id::ItemId;
use base::{Error, Fault};
use db::Conn;
use editorial::Editorial;
use house::audit::tree::Hash;
use house::audit::{Checkpoint, SigningKey, prove, prove_consistency};
use house::evidence::{
    CapturedFile, ItemHeading, PackHeading, PackWriter, ReportForm, evidence_store,
};
use house::files::Files;
use tokio::sync::mpsc;
use web::{Lang, Say};

use super::figures::Figures;
use super::pack::Receipt;
use super::source_store;

/// How many items wait for the writing thread at most.
const WAITING_MAX: usize = 16;

/// What goes into a pack.
pub(super) struct Contents {
    pub(super) heading: PackHeading,
    pub(super) figures: Figures,
    pub(super) items: Vec<ItemId>,
}

/// What the reading side tells the writing thread.
enum Step {
    Item(Box<ItemHeading>),
    End(Option<(String, Vec<Hash>)>),
}

/// What the writing thread knows from the start.
struct Start {
    out: File,
    heading: PackHeading,
    note: String,
    key: SigningKey,
    files: Files,
    figures: Figures,
    say: Say,
}

/// Writes a pack to an open file, and gives it back at its start.
///
/// # Faults
/// A stored file is missing or not the one that was captured; the log or the disk fails.
pub(super) async fn write(
    editorial: &Editorial,
    conn: &mut Conn,
    contents: Contents,
    (key, (head, note), out): (&SigningKey, &(Checkpoint, String), File),
) -> Result<(File, Receipt), Error> {
    let Contents {
        heading,
        figures,
        items,
    } = contents;
    let proves = Proves::of(&figures);
    let agency = heading.agency.0.parse()?;
    let start = Start {
        out,
        heading,
        note: note.clone(),
        key: key.clone(),
        files: editorial.files.clone(),
        figures,
        say: editorial.say(Lang::Vi),
    };
    let (send, receive) = mpsc::channel(WAITING_MAX);
    let writing = tokio::task::spawn_blocking(move || write_steps(start, receive));
    let previous = source_store::last_export(conn, agency).await?;
    for item in items {
        if !send_item(conn, &send, head, (item, &proves)).await? {
            // The thread has ended with a fault, which it tells below.
            break;
        }
    }
    let previous = match previous {
        Some((size, note)) if continues(size, &note, head, key) => {
            let proof = prove_consistency(conn, size, head.size).await?;
            proof.map(|proof| (note, proof))
        }
        _ => None,
    };
    let _ = send.send(Step::End(previous)).await;
    drop(send);
    let written = writing.await;
    Ok(written.map_err(|error| Fault::from_source("the pack's thread ended", error))??)
}

/// Sends what was kept of an item with its proofs; false when nobody takes it any more.
async fn send_item(
    conn: &mut Conn,
    send: &mpsc::Sender<Step>,
    head: &Checkpoint,
    (item, proves): (ItemId, &Proves),
) -> Result<bool, Fault> {
    for evidence in evidence_store::list_of_item(conn, item).await? {
        let entry = evidence.entry.to_string();
        let Some(sealed) = prove(conn, &entry, head.size).await? else {
            continue;
        };
        let heading = ItemHeading {
            proves: proves.of_item(item),
            sealed,
        };
        if send.send(Step::Item(Box::new(heading))).await.is_err() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the last pack's head is one that this log, with this key, can be shown to continue.
fn continues(size: u64, note: &str, head: &Checkpoint, key: &SigningKey) -> bool {
    size > 0 && size <= head.size && Checkpoint::open(note, key.verifier()).is_ok()
}

fn write_steps(start: Start, mut steps: mpsc::Receiver<Step>) -> Result<(File, Receipt), Fault> {
    let Start {
        out,
        heading,
        note,
        key,
        files,
        figures,
        say,
    } = start;
    let mut pack = PackWriter::new(BufWriter::new(out), heading, &note, &key)?;
    let mut open = |file: &CapturedFile| open_file(&files, file);
    let previous = loop {
        match steps.blocking_recv() {
            Some(Step::Item(item)) => pack.item(*item, &mut open)?,
            Some(Step::End(previous)) => break previous,
            None => return Err(Fault::new("the evidence could not be read to its end")),
        }
    };
    let pdf = super::to_pdf(&say, &figures)?;
    pack.report(ReportForm::Pdf, &mut pdf.as_slice())?;
    let docx = super::to_docx(&say, &figures)?;
    pack.report(ReportForm::Docx, &mut docx.as_slice())?;
    let xlsx = super::to_xlsx(&say, &figures)?;
    pack.report(ReportForm::Xlsx, &mut xlsx.as_slice())?;
    let previous = previous
        .as_ref()
        .map(|(note, proof)| (note.as_str(), proof.as_slice()));
    let (out, receipt) = pack.finish(previous)?;
    let mut out = out
        .into_inner()
        .map_err(|error| Fault::from_source("the pack cannot be written", error.into_error()))?;
    out.sync_all()?;
    std::io::Seek::rewind(&mut out)?;
    Ok((out, receipt))
}

/// The bytes of a captured file, to be read as a stream.
fn open_file(files: &Files, file: &CapturedFile) -> Result<Box<dyn Read>, Fault> {
    let path = files.path(&file.sha256).map_err(|_| {
        Fault::new(format!(
            "\"{}\" is kept under a name that is no hash",
            file.name
        ))
    })?;
    let opened = File::open(path).map_err(|error| {
        let what = format!("the stored file {} (\"{}\")", file.sha256, file.name);
        Fault::from_source(what, error)
    })?;
    Ok(Box::new(opened))
}

/// What each item is evidence for: the activities that it fulfils, in words.
struct Proves {
    by_item: HashMap<ItemId, String>,
}

impl Proves {
    fn of(figures: &Figures) -> Self {
        let titles: HashMap<&str, &str> = figures
            .all_activities()
            .map(|activity| (activity.no.as_str(), activity.title.as_str()))
            .collect();
        let words = |no: &String| match titles.get(no.as_str()) {
            Some(title) => format!("{no} {title}"),
            None => no.clone(),
        };
        let by_item = figures.counted.items.iter().map(|item| {
            let all: Vec<String> = item.activities.iter().map(words).collect();
            (item.id, all.join("; "))
        });
        Self {
            by_item: by_item.collect(),
        }
    }

    /// The words; empty for an item that fulfils no activity of the plan.
    fn of_item(&self, item: ItemId) -> String {
        self.by_item.get(&item).cloned().unwrap_or_default()
    }
}

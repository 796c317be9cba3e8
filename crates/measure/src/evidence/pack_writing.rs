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
use house::evidence::{CapturedFile, ItemHeading, PackHeading, PackWriter, ReportForm};
use house::files::Files;
use tokio::sync::mpsc;
use web::{Lang, Say};

use super::pack::Receipt;
use super::pack_store::{self, PackPiece, Wanted};
use crate::reports::{self, Dress, Figures};

/// How many items wait for the writing thread at most.
const WAITING_MAX: usize = 16;

/// What goes into a pack.
pub(super) struct Contents {
    pub(super) heading: PackHeading,
    /// The report that the pieces stand behind, where there is one.
    pub(super) figures: Option<Figures>,
    /// In what words that report speaks.
    pub(super) dress: Dress,
    pub(super) pieces: Pieces,
}

/// Which pieces.
pub(super) enum Pieces {
    /// Those of the items that a report has counted.
    OfItems(Vec<ItemId>),
    /// Those that are asked for, read page by page.
    Wanted(Wanted),
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
    figures: Option<Figures>,
    dress: Dress,
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
        dress,
        pieces,
    } = contents;
    let numbers = Numbers::of(figures.as_ref());
    let agency = heading.agency.0.parse()?;
    let start = Start {
        out,
        heading,
        note: note.clone(),
        key: key.clone(),
        files: editorial.files.clone(),
        figures,
        dress,
        say: editorial.say(Lang::Vi),
    };
    let (send, receive) = mpsc::channel(WAITING_MAX);
    let writing = tokio::task::spawn_blocking(move || write_steps(start, receive));
    let previous = pack_store::last_export(conn, agency).await?;
    let to = To {
        send: &send,
        head,
        numbers: &numbers,
    };
    match &pieces {
        Pieces::OfItems(items) => of_items(conn, items, &to).await?,
        Pieces::Wanted(wanted) => of_wanted(conn, wanted, &to).await?,
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

/// Where pieces go.
struct To<'a> {
    send: &'a mpsc::Sender<Step>,
    head: &'a Checkpoint,
    numbers: &'a Numbers,
}

async fn of_items(conn: &mut Conn, items: &[ItemId], to: &To<'_>) -> Result<(), Fault> {
    for item in items {
        for piece in pack_store::of_item(conn, *item).await? {
            if !send_piece(conn, &piece, to).await? {
                return Ok(());
            }
        }
    }
    Ok(())
}

async fn of_wanted(conn: &mut Conn, wanted: &Wanted, to: &To<'_>) -> Result<(), Fault> {
    let mut after: Option<PackPiece> = None;
    loop {
        let page = pack_store::page(conn, wanted, after.as_ref()).await?;
        for piece in &page {
            if !send_piece(conn, piece, to).await? {
                return Ok(());
            }
        }
        match page.into_iter().next_back() {
            Some(last) => after = Some(last),
            None => return Ok(()),
        }
    }
}

/// Sends a piece with its proof; false when nobody takes it any more: the thread has ended with a
/// fault, which it tells itself.
async fn send_piece(conn: &mut Conn, piece: &PackPiece, to: &To<'_>) -> Result<bool, Fault> {
    let entry = piece.entry.to_string();
    let Some(sealed) = prove(conn, &entry, to.head.size).await? else {
        return Ok(true);
    };
    let activities = pack_store::proves(conn, piece.id).await?;
    let heading = ItemHeading {
        proves: to.numbers.words(activities),
        sealed,
    };
    Ok(to.send.send(Step::Item(Box::new(heading))).await.is_ok())
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
        dress,
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
    if let Some(figures) = &figures {
        let pdf = reports::to_pdf(&say, figures, &dress)?;
        pack.report(ReportForm::Pdf, &mut pdf.as_slice())?;
        let docx = reports::to_docx(&say, figures, &dress)?;
        pack.report(ReportForm::Docx, &mut docx.as_slice())?;
        let xlsx = reports::to_xlsx(&say, figures)?;
        pack.report(ReportForm::Xlsx, &mut xlsx.as_slice())?;
    }
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

/// The numbers of activities in the plan of the pack's report: `1.2`.
struct Numbers {
    by_activity: HashMap<String, String>,
}

impl Numbers {
    fn of(figures: Option<&Figures>) -> Self {
        let all = figures.into_iter().flat_map(Figures::all_activities);
        Self {
            by_activity: all
                .map(|activity| (activity.id.to_string(), activity.no.clone()))
                .collect(),
        }
    }

    /// What a piece is evidence for, in words; empty for one that proves no activity.
    fn words(&self, activities: Vec<(String, String)>) -> String {
        let words = |(id, title): (String, String)| match self.by_activity.get(&id) {
            Some(no) => format!("{no} {title}"),
            None => title,
        };
        let all: Vec<String> = activities.into_iter().map(words).collect();
        all.join("; ")
    }
}

//! The evidence pack of a plan, a year or a report: everything that was kept of the items, the
//! proof of each from the log, and the report that they stand behind.
//!
//! The database is read here; a thread of its own writes the ZIP and reads the files as streams, so
//! memory stays flat however many there are. Evidence that is kept after the pack's checkpoint was
//! signed belongs to the next pack.

use std::fs::File;
use std::io::{BufWriter, Read};
use std::path::Path;
use std::sync::Arc;

use base::calendar::period::{Period, PeriodKind, ReportingYear};
use base::id::{ItemId, PlanId, UnitId};
use base::{Error, Fault, Problem, Refusal, Subject, SubjectKind};
use db::Conn;
use editorial::Editorial;
use house::audit::tree::{Hash, empty_root};
use house::audit::{Checkpoint, SigningKey, audit_store, prove, prove_consistency, seal};
use house::evidence::{
    CapturedFile, ItemHeading, PackHeading, PackWriter, ReportForm, evidence_store,
};
use house::files::Files;
use house::people::agency_store;
use jiff::civil::Date;
use serde_json::json;
use tempfile::NamedTempFile;
use tokio::sync::mpsc;
use web::{Lang, Say};

use super::making::{self, Maker};
use super::report::{Figures, Window};
use super::source_store;

pub use house::evidence::PackReceipt as Receipt;

/// How many items wait for the writing thread at most.
const WAITING_MAX: usize = 16;

/// The log's key, for the route that exports a pack: laid over the routes as an `axum::Extension`.
#[derive(Clone, Debug)]
pub struct PackKey(pub Arc<SigningKey>);

/// What a pack is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// The items that fulfil activities of a plan.
    Plan(PlanId),
    /// All items of a reporting year; the report is that of the year's newest plan.
    Year(i16),
}

/// Which evidence goes into a pack: that of items done between two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// A plan or a year.
    pub of: Stretch,
    /// First day; the first of the reporting year if not told.
    pub from: Option<Date>,
    /// Last day; the last of the reporting year if not told.
    pub to: Option<Date>,
    /// Only items of this unit.
    pub unit: Option<UnitId>,
}

/// Writes the evidence pack of a scope to a file, which is replaced if it is there; seals the log
/// first, and records the export in it (`evidence.export`).
///
/// # Refusals
/// `report-pack-no-plan`: no plan of that year; not found: no such plan or unit of the agency.
/// # Faults
/// A stored file is missing or damaged (the fault names it); the log does not agree with its past.
pub async fn export_pack(
    editorial: &Editorial,
    scope: &Scope,
    maker: Maker<'_>,
    key: &SigningKey,
    out: &Path,
) -> Result<Receipt, Error> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    let head = head(editorial, key).await?;
    let mut read = editorial.db.snapshot().await?;
    let contents = contents_of(editorial, &mut read, scope, maker).await?;
    let (_, receipt) = write(editorial, &mut read, contents, (key, &head, file.reopen()?)).await?;
    drop(read);
    record(editorial, maker, &head, &receipt).await?;
    file.persist(out).map_err(|error| {
        Fault::from_source(format!("cannot write {}", out.display()), error.error)
    })?;
    Ok(receipt)
}

/// The evidence pack of a report as it was made, in an open file without a name, at its start.
///
/// # Faults
/// As [`export_pack`].
pub(super) async fn of_report(
    editorial: &Editorial,
    figures: Figures,
    maker: Maker<'_>,
    key: &SigningKey,
) -> Result<(File, Receipt), Error> {
    let head = head(editorial, key).await?;
    let mut read = editorial.db.snapshot().await?;
    let items = figures.counted.items.iter().map(|item| item.id).collect();
    let contents = Contents {
        heading: heading(editorial, &figures, None),
        figures,
        items,
    };
    let file = tempfile::tempfile()?;
    let written = write(editorial, &mut read, contents, (key, &head, file)).await?;
    drop(read);
    record(editorial, maker, &head, &written.1).await?;
    Ok(written)
}

/// What goes into a pack.
struct Contents {
    heading: PackHeading,
    figures: Figures,
    items: Vec<ItemId>,
}

/// The head of the log after everything that waited was sealed.
async fn head(editorial: &Editorial, key: &SigningKey) -> Result<(Checkpoint, String), Error> {
    seal(&editorial.db, key).await?;
    let mut read = editorial.db.read().await?;
    let note = match audit_store::newest_checkpoint(&mut read).await? {
        Some(note) => note,
        None => Checkpoint::new(key, 0, empty_root()).sign(key)?,
    };
    let head = Checkpoint::open(&note, key.verifier())
        .map_err(|error| Fault::new(format!("the log's newest checkpoint: {}", error.code())))?;
    Ok((head, note))
}

async fn contents_of(
    editorial: &Editorial,
    conn: &mut Conn,
    scope: &Scope,
    maker: Maker<'_>,
) -> Result<Contents, Error> {
    let agency = maker.agency();
    let plans = source_store::plans(conn, agency).await?;
    let found = plans.iter().find(|plan| match scope.of {
        Stretch::Plan(id) => plan.id == id,
        Stretch::Year(year) => plan.year == year,
    });
    let plan = match (found, scope.of) {
        (Some(plan), _) => plan,
        (None, Stretch::Plan(_)) => return Err(Refusal::NotFound.into()),
        (None, Stretch::Year(year)) => {
            let problem = Problem::of("report-pack-no-plan").with("year", year);
            return Err(Refusal::Invalid(vec![problem]).into());
        }
    };
    let window = window(plan.year, scope);
    let days = (window.first, window.last.min(editorial.today()));
    let unit = match scope.unit {
        Some(unit) => Some(agency_store::find_unit(conn, agency, unit, days.1).await?),
        None => None,
    };
    let items = match scope.of {
        Stretch::Plan(plan) => source_store::items(conn, plan, days).await?,
        Stretch::Year(_) => source_store::items_of_agency(conn, agency, days).await?,
    };
    let items = items
        .into_iter()
        .filter(|(_, of)| scope.unit.is_none() || *of == scope.unit)
        .map(|(item, _)| item.id)
        .collect();
    let figures = making::figures_of(editorial, conn, plan.id, window, maker).await?;
    let heading = heading(editorial, &figures, unit.map(|unit| unit.name));
    Ok(Contents {
        heading,
        figures,
        items,
    })
}

/// The days of a scope; those of a reporting period keep its name.
fn window(year: i16, scope: &Scope) -> Window {
    let year = ReportingYear(year);
    let first = scope.from.unwrap_or(year.first());
    let last = scope.to.unwrap_or(year.last());
    let periods = PeriodKind::ALL.map(|kind| year.period(kind));
    let is_it = |period: &&Period| (period.first(), period.last()) == (first, last);
    match periods.iter().find(is_it) {
        Some(period) => Window::of_period(*period),
        None => Window::of_days(first, last),
    }
}

fn heading(editorial: &Editorial, figures: &Figures, unit: Option<String>) -> PackHeading {
    PackHeading {
        title: figures.plan.title.clone(),
        plan: Some(figures.plan.id.to_string()),
        agency: (figures.agency.id.clone(), figures.agency.name.clone()),
        unit,
        from: figures.window.first.to_string(),
        to: figures.window.last.to_string(),
        made_at_ms: editorial.clock.now_ms(),
    }
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

async fn write(
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
    'items: for item in items {
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
                // The thread has ended with a fault, which it tells below.
                break 'items;
            }
        }
    }
    let previous = match previous {
        Some((size, note)) if continues(size, &note, head, key) => {
            prove_consistency(conn, size, head.size)
                .await?
                .map(|proof| (note, proof))
        }
        _ => None,
    };
    let _ = send.send(Step::End(previous)).await;
    drop(send);
    let written = writing.await;
    Ok(written.map_err(|error| Fault::from_source("the pack's thread ended", error))??)
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
    let mut open = |file: &CapturedFile| -> Result<Box<dyn Read>, Fault> {
        let lost = |error: std::io::Error| {
            let what = format!("the stored file {} (\"{}\")", file.sha256, file.name);
            Fault::from_source(what, error)
        };
        let path = files.path(&file.sha256).map_err(|_| {
            Fault::new(format!(
                "\"{}\" is kept under a name that is no hash",
                file.name
            ))
        })?;
        Ok(Box::new(File::open(path).map_err(lost)?))
    };
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

async fn record(
    editorial: &Editorial,
    maker: Maker<'_>,
    (head, _): &(Checkpoint, String),
    receipt: &Receipt,
) -> Result<(), Error> {
    let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let data = json!({
        "manifest_sha256": receipt.manifest_sha256,
        "items": whole(receipt.items),
        "tree_size": whole(head.size),
    });
    let subject = Subject::new(SubjectKind::Agency, maker.agency());
    let mut act = editorial.db.act().await?;
    editorial
        .record_of(
            &mut act,
            maker.agency(),
            maker.doer(),
            ("evidence.export", subject, data),
        )
        .await?;
    act.commit().await?;
    Ok(())
}

/// What each item is evidence for: the activities that it fulfils, in words.
struct Proves {
    by_item: std::collections::HashMap<ItemId, String>,
}

impl Proves {
    fn of(figures: &Figures) -> Self {
        let titles: std::collections::HashMap<&str, &str> = figures
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

/// What a pack of these figures is called when it is saved: `minh-chung-stp-2023-q1.zip`.
pub(super) fn file_name(figures: &Figures, what: &str, ending: &str) -> String {
    let period = match figures.window.period.as_str() {
        "" => format!("{}-{}", figures.window.first, figures.window.last),
        period => period.to_lowercase(),
    };
    let agency = base::text::slug(&figures.agency.symbol);
    format!("{what}-{agency}-{period}.{ending}")
}

//! The evidence pack of a plan, a year or a report: everything that was kept of the items, the
//! proof of each from the log, and the report that they stand behind.
//!
//! The database is read here; a thread of its own writes the ZIP and reads the files as streams, so
//! memory stays flat however many there are. Evidence that is kept after the pack's checkpoint was
//! signed belongs to the next pack.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use base::calendar::period::{Period, PeriodKind, ReportingYear};
use base::id::{PlanId, UnitId};
use base::{Error, Fault, Problem, Refusal, Subject, SubjectKind};
use db::Conn;
use editorial::Editorial;
use house::audit::tree::empty_root;
use house::audit::{Checkpoint, SigningKey, audit_store, seal};
use house::evidence::PackHeading;
use house::people::agency_store;
use jiff::civil::Date;
use serde_json::json;
use tempfile::NamedTempFile;

use super::figures::Figures;
use super::making::{self, Maker};
use super::pack_writing::{Contents, write};
use super::source_store;
use super::window::Window;

pub use house::evidence::PackReceipt as Receipt;

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
    let by_hand = figures.all_activities().flat_map(|found| &found.by_hand);
    let counted = figures.counted.items.iter().map(|item| item.id);
    let items = counted.chain(by_hand.map(|figure| figure.item)).collect();
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

/// The head of the log after everything that waited was sealed.
async fn head(editorial: &Editorial, key: &SigningKey) -> Result<(Checkpoint, String), Error> {
    let mut read = editorial.db.read().await?;
    // While the log is not the one that was signed before, nothing more is signed: the pack stands on
    // the newest checkpoint that there is.
    if house::witness::open_alarm(&mut read).await?.is_none() {
        seal(&editorial.db, key).await?;
    }
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
    // Those of an agency hold the figures entered by hand already.
    let by_hand = match scope.of {
        Stretch::Plan(plan) => source_store::figure_items(conn, plan, days).await?,
        Stretch::Year(_) => Vec::new(),
    };
    let items = items
        .into_iter()
        .map(|(item, unit)| (item.id, unit))
        .chain(by_hand)
        .filter(|(_, of)| scope.unit.is_none() || *of == scope.unit)
        .map(|(id, _)| id)
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

/// What a pack of these figures is called when it is saved: `minh-chung-stp-2023-q1.zip`.
pub(super) fn file_name(figures: &Figures, what: &str, ending: &str) -> String {
    let period = match figures.window.period.as_str() {
        "" => format!("{}-{}", figures.window.first, figures.window.last),
        period => period.to_lowercase(),
    };
    let agency = base::text::slug(&figures.agency.symbol);
    format!("{what}-{agency}-{period}.{ending}")
}

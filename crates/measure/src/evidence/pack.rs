//! The evidence pack of a plan, a year, a criterion or a report: everything that was kept, the proof of
//! each piece from the log, and the report that they stand behind, where there is one.
//!
//! The database is read here, page by page; a thread of its own writes the ZIP and reads the files as
//! streams, so memory stays flat however many there are. Evidence that is kept after the pack's
//! checkpoint was signed belongs to the next pack; what was withdrawn belongs to none.

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

use super::pack_store::{self, Wanted};
use super::pack_writing::{Contents, Pieces, write};
use crate::reports::{self, Dress, Figures, Maker, Window};

pub use house::evidence::PackReceipt as Receipt;

/// The log's key, for the route that exports a pack: laid over the routes as an `axum::Extension`.
#[derive(Clone, Debug)]
pub struct PackKey(pub Arc<SigningKey>);

/// What a pack is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// What proves activities of a plan, or items and figures of them.
    Plan(PlanId),
    /// Everything of a reporting year; the report is that of the year's newest plan, if it has one.
    Year(i16),
}

/// Which evidence goes into a pack: what was done or shown between two days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// A plan or a year.
    pub of: Stretch,
    /// First day; the first of the reporting year if not told.
    pub from: Option<Date>,
    /// Last day; the last of the reporting year if not told.
    pub to: Option<Date>,
    /// Only what this unit did.
    pub unit: Option<UnitId>,
    /// Only what proves this criterion or component of a criteria set; such a pack has no report.
    pub criterion: Option<String>,
}

/// Writes the evidence pack of a scope to a file, which is replaced if it is there; seals the log
/// first, and records the export in it (`evidence.export`).
///
/// # Refusals
/// `evidence-pack-days`: the last day is before the first; not found: no such plan, unit or criterion of
/// the agency.
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

/// The evidence pack of a scope in an open file without a name, at its start.
///
/// # Refusals
/// As [`export_pack`].
/// # Faults
/// As [`export_pack`].
pub(super) async fn of_scope(
    editorial: &Editorial,
    scope: &Scope,
    maker: Maker<'_>,
    key: &SigningKey,
) -> Result<(File, Receipt), Error> {
    let head = head(editorial, key).await?;
    let mut read = editorial.db.snapshot().await?;
    let contents = contents_of(editorial, &mut read, scope, maker).await?;
    finish(editorial, &mut read, contents, (key, &head, maker)).await
}

/// The evidence pack of a report as it was made, in an open file without a name, at its start.
///
/// # Faults
/// As [`export_pack`].
pub(super) async fn of_report(
    editorial: &Editorial,
    (figures, dress): (Figures, Dress),
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
        pieces: Pieces::OfItems(items),
        figures: Some(figures),
        dress,
    };
    finish(editorial, &mut read, contents, (key, &head, maker)).await
}

async fn finish(
    editorial: &Editorial,
    read: &mut db::Read,
    contents: Contents,
    (key, head, maker): (&SigningKey, &(Checkpoint, String), Maker<'_>),
) -> Result<(File, Receipt), Error> {
    let file = tempfile::tempfile()?;
    let written = write(editorial, read, contents, (key, head, file)).await?;
    record(editorial, maker, head, &written.1).await?;
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
    if scope.from.zip(scope.to).is_some_and(|(from, to)| to < from) {
        let problem = Problem::at("to", "evidence-pack-days");
        return Err(Refusal::Invalid(vec![problem]).into());
    }
    let plans = reports::plans(conn, agency).await?;
    let found = plans.iter().find(|plan| match scope.of {
        Stretch::Plan(id) => plan.id == id,
        Stretch::Year(year) => plan.year == year,
    });
    let year = match (found, scope.of) {
        (Some(plan), _) => plan.year,
        (None, Stretch::Plan(_)) => return Err(Refusal::NotFound.into()),
        (None, Stretch::Year(year)) => year,
    };
    let window = window(year, scope);
    let days = (window.first, window.last.min(editorial.today()));
    let unit = match scope.unit {
        Some(unit) => Some(agency_store::find_unit(conn, agency, unit, days.1).await?),
        None => None,
    };
    let criterion = match &scope.criterion {
        Some(id) => Some(
            pack_store::criterion_title(conn, agency, id)
                .await?
                .ok_or(Refusal::NotFound)?,
        ),
        None => None,
    };
    let wanted = Wanted {
        agency,
        days,
        plan: match scope.of {
            Stretch::Plan(plan) => Some(plan),
            Stretch::Year(_) => None,
        },
        unit: scope.unit,
        criterion: scope.criterion.clone(),
    };
    let unit = unit.map(|unit| unit.name);
    let figures = match (found, &criterion) {
        (Some(plan), None) => {
            Some(reports::figures_of(editorial, conn, plan.id, window.clone(), maker).await?)
        }
        _ => None,
    };
    let heading = match &figures {
        Some(figures) => heading(editorial, figures, unit),
        None => {
            let title = criterion.unwrap_or_else(|| {
                let say = editorial.say(web::Lang::Vi);
                say.t1("evidence-pack-of-year", "year", year)
            });
            bare_heading(editorial, conn, &wanted, (title, unit, &window)).await?
        }
    };
    Ok(Contents {
        heading,
        pieces: Pieces::Wanted(wanted),
        figures,
        dress: reports::dressing::of_new(editorial, maker.agency()).await?,
    })
}

/// The heading of a pack without a report.
async fn bare_heading(
    editorial: &Editorial,
    conn: &mut Conn,
    wanted: &Wanted,
    (title, unit, window): (String, Option<String>, &Window),
) -> Result<PackHeading, Error> {
    let agency = wanted.agency;
    let names = agency_store::find(conn, agency, wanted.days.1).await?.names;
    Ok(PackHeading {
        title,
        plan: wanted.plan.map(|plan| plan.to_string()),
        agency: (agency.to_string(), names.name),
        unit,
        from: window.first.to_string(),
        to: window.last.to_string(),
        made_at_ms: editorial.clock.now_ms(),
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

/// What a pack is called when it is saved: `minh-chung-stp-2023-01-01-2023-03-31.zip`.
pub(super) fn file_name(symbol: &str, (first, last): (Date, Date)) -> String {
    let agency = base::text::slug(symbol);
    format!("minh-chung-{agency}-{first}-{last}.zip")
}

/// The days that a scope comes to.
pub(super) fn days_of(year: i16, scope: &Scope) -> (Date, Date) {
    let window = window(year, scope);
    (window.first, window.last)
}

//! Bringing in a plan: bytes are read, the grammar finds the plan, one act stores it with its file.

use base::id::{AccountId, AgencyId, PlanId};
use base::{Error, Fault, Problem, Refusal, Subject, SubjectKind};
use documents::read::{self, Limits};
use house::House;
use house::audit::entry::Doer;
use house::files::{NewFile, sniff};
use house::people::agency_store;
use serde_json::json;

use super::import::{self, ImportedPlan};
use super::intake::{self, Around};
use super::plan_store::{self, Storing};

/// A plan as it was read, with the text in which its spans count.
#[derive(Clone, Debug)]
pub struct ReadPlan {
    /// The plan.
    pub plan: ImportedPlan,
    /// The text.
    pub text: String,
}

/// Reads a plan from a document's bytes: text, HTML or DOCX. Takes long on long documents, so it
/// runs on a thread of its own.
///
/// # Refusals
/// One problem at the field, its words in the language: what is wrong, where, and the way out.
pub async fn read_plan(
    bytes: Vec<u8>,
    name: String,
    field: &'static str,
    lang: &'static str,
) -> Result<ReadPlan, Error> {
    let unread = move |sentence: String| {
        Refusal::Invalid(vec![
            Problem::at(field, "plan-import-unread").with("why", sentence),
        ])
    };
    let reading = tokio::task::spawn_blocking(move || {
        let source = read::source(&bytes, &name, &Limits::default())
            .map_err(|problem| unread(problem.sentence(lang)))?;
        let plan = import::read(&source).map_err(|problem| unread(problem.sentence(lang)))?;
        Ok(ReadPlan {
            plan,
            text: source.text,
        })
    });
    reading
        .await
        .map_err(|error| Fault::from_source("reading a plan was cut off", error))?
}

/// Who brings a plan in, and from which document.
#[derive(Clone, Debug)]
pub struct Bringing<'a> {
    /// For which agency.
    pub agency: AgencyId,
    /// Who does it, for the log.
    pub doer: Doer,
    /// Which account, if a person does it.
    pub by: Option<AccountId>,
    /// The document's name.
    pub name: &'a str,
    /// The document's bytes.
    pub bytes: &'a [u8],
}

/// Stores a plan as a draft, with its document, in one act.
///
/// # Faults
/// The disk or the database refuses it.
pub async fn store(
    house: &House,
    read: &ReadPlan,
    bringing: Bringing<'_>,
) -> Result<PlanId, Error> {
    let today = house.today();
    let mut act = house.db.act().await?;
    let names = agency_store::find(&mut act, bringing.agency, today)
        .await?
        .names;
    let on = read.plan.issued_on.unwrap_or(today);
    let mut units = agency_store::units(&mut act, bringing.agency, on).await?;
    units.retain(|unit| unit.is_open(on));
    let around = Around {
        agency: bringing.agency,
        agency_name: if names.short_name.is_empty() {
            &names.name
        } else {
            &names.short_name
        },
        units: &units,
        this_year: today.year(),
        text: &read.text,
        ids: &house.ids,
        clock: &house.clock,
    };
    let mut draft = intake::draft(&read.plan, &around);
    let now = house.clock.now_ms();
    let file = NewFile {
        agency: bringing.agency,
        name: bringing.name,
        media_type: sniff::kind(bringing.bytes).0,
        by: bringing.by,
        is_public: false,
    };
    let sha256 = house.files.put(&mut act, bringing.bytes, file, now).await?;
    let data = json!({
        "title": draft.plan.details.title,
        "year": draft.plan.details.year,
        "file": sha256,
        "n_tasks": draft.tasks.len(),
        "n_activities": draft.activities.len(),
    });
    draft.plan.source.file = Some(sha256);
    draft.plan.source.name = bringing.name.to_owned();
    let storing = Storing {
        by: bringing.by,
        now,
        ids: &house.ids,
        clock: &house.clock,
    };
    plan_store::add(&mut act, &draft, storing).await?;
    let id = draft.plan.id;
    let subject = Subject::new(SubjectKind::Plan, id);
    house
        .record_of(
            &mut act,
            bringing.agency,
            bringing.doer,
            ("plan.import", subject, data),
        )
        .await?;
    act.commit().await?;
    Ok(id)
}

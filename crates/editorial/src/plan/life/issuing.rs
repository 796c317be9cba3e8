//! Ban hành: recording the issue of a plan, with which its tree becomes the baseline.

use base::{Error, Refusal};
use db::Act;
use house::files::{self, NewFile, sniff};
use house::people::agency_store;
use serde_json::{Value, json};
use web::Form;

use super::amendment_store;
use super::issue::{self, Around, Paper, Scan, Signed};
use super::life_store;
use super::rules::Step;
use super::taking::{Taking, Told};
use super::tree::Tree;
use crate::plan::plan::{Plan, PlanState};
use crate::plan::{activity_store, plan_store, task_store};

/// Records the issue of a submitted plan.
///
/// # Refusals
/// Those of the step and of [`Signed::of`]; `life-scan-missing`, `life-scan-kind`.
pub async fn issue(taking: Taking<'_>, form: &Form) -> Result<(), Error> {
    let (mut act, plan) = taking.begin(Step::Issue).await?;
    let signed = read(&taking, &mut act, &plan, (form, Paper::Issue)).await?;
    issue::needs_scan(taking.actor, signed.scan.as_ref())?;
    let states = (PlanState::Submitted, PlanState::Issued);
    let data = put(&taking, &mut act, &plan, (&signed, states)).await?;
    let told = Told {
        act: "plan.issue",
        kind: "issued",
        text: &signed.number,
    };
    taking.end(act, told, data).await
}

/// Takes a draft as issued: it came in after it was signed on paper.
///
/// # Refusals
/// Those of the step and of [`Signed::of`]; `life-unresolved` never: nobody was asked here.
pub async fn adopt(taking: Taking<'_>, form: &Form) -> Result<(), Error> {
    let (mut act, plan) = taking.begin(Step::Adopt).await?;
    let signed = read(&taking, &mut act, &plan, (form, Paper::Adopted)).await?;
    let states = (PlanState::Draft, PlanState::Issued);
    let data = put(&taking, &mut act, &plan, (&signed, states)).await?;
    let told = Told {
        act: "plan.adopt",
        kind: "adopted",
        text: &signed.number,
    };
    taking.end(act, told, data).await
}

/// Mends number, day, signer or scan of an issue; what was not sent anew of the scan stays.
///
/// # Refusals
/// Those of the step and of [`Signed::of`].
pub async fn correct(taking: Taking<'_>, form: &Form) -> Result<(), Error> {
    let (mut act, plan) = taking.begin(Step::Correct).await?;
    let details = &plan.details;
    let known = (details.number.clone(), details.issued_on);
    let before = life_store::signed(&mut act, plan.id, known).await?;
    let paper = if details.number.is_some() {
        Paper::Issue
    } else {
        Paper::Adopted
    };
    let mut signed = read(&taking, &mut act, &plan, (form, paper)).await?;
    signed.scan = signed.scan.or_else(|| before.scan.clone());
    if let Some((first, _)) = first_decision(&mut act, &plan).await?
        && signed.day.is_some_and(|day| day > first)
    {
        return Err(Refusal::at("day", "life-day-after-decision").into());
    }
    life_store::save_signed(&mut act, plan.id, &signed).await?;
    publish(&mut act, &plan, signed.scan.as_ref()).await?;
    let told = Told {
        act: "plan.correct",
        kind: "corrected",
        text: &signed.number,
    };
    let data = json!({"before": data_of(&before), "after": data_of(&signed)});
    taking.end(act, told, data).await
}

/// Reads what was signed, with its scan kept among the files.
pub(super) async fn read(
    taking: &Taking<'_>,
    act: &mut Act,
    plan: &Plan,
    (form, paper): (&Form, Paper),
) -> Result<Signed, Error> {
    let whose = (plan.details.issuer.as_str(), plan.details.year);
    let taken = life_store::numbers_taken(act, plan.agency, plan.id, whose).await?;
    let not_before = match paper {
        Paper::Decision => last_paper(act, plan).await?,
        Paper::Issue | Paper::Adopted => last_basis(act, plan).await?,
    };
    let around = Around {
        plan,
        today: taking.house.today(),
        not_before,
        taken: &taken,
    };
    let mut signed = Signed::of(form, paper, around)?;
    if let Some(upload) = form.upload("scan") {
        let media_type = sniff::kind(&upload.bytes).0;
        issue::scan_kind(media_type)?;
        let file = NewFile {
            agency: plan.agency,
            name: &upload.name,
            media_type,
            by: Some(taking.actor.account),
            is_public: false,
        };
        let house = taking.house;
        let sha256 = house.files.put(act, &upload.bytes, file, taking.now());
        signed.scan = Some(Scan {
            sha256: sha256.await?,
            name: upload.name.clone(),
        });
    }
    Ok(signed)
}

type FirstDay = Option<(jiff::civil::Date, &'static str)>;

/// A plan stands on documents that were there before it.
async fn last_basis(act: &mut Act, plan: &Plan) -> Result<FirstDay, Error> {
    let bases = plan_store::bases(act, plan.id).await?;
    let last = bases.iter().filter_map(|basis| basis.issued_on).max();
    Ok(last.map(|day| (day, "life-day-before-basis")))
}

/// A decision on an amendment comes after the plan and after the decisions before it.
async fn last_paper(act: &mut Act, plan: &Plan) -> Result<FirstDay, Error> {
    let all = amendment_store::list(act, plan.id).await?;
    let decided = all.iter().filter_map(|amendment| amendment.signed.day);
    let last = decided.chain(plan.details.issued_on).max();
    Ok(last.map(|day| (day, "life-day-before-issue")))
}

async fn first_decision(act: &mut Act, plan: &Plan) -> Result<FirstDay, Error> {
    let all = amendment_store::list(act, plan.id).await?;
    let first = all
        .iter()
        .filter_map(|amendment| amendment.signed.day)
        .min();
    Ok(first.map(|day| (day, "life-day-after-decision")))
}

/// Writes an issue: what was signed, the state, the first baseline. Returns what the log keeps.
async fn put(
    taking: &Taking<'_>,
    act: &mut Act,
    plan: &Plan,
    (signed, states): (&Signed, (PlanState, PlanState)),
) -> Result<Value, Error> {
    life_store::move_on(act, plan.id, states).await?;
    life_store::save_signed(act, plan.id, signed).await?;
    let tree = tree_of(act, plan, taking.house.today()).await?;
    let row = taking.house.ids.next(&taking.house.clock);
    let (_, sha256) = life_store::add_baseline(act, row, plan.id, &tree, taking.now()).await?;
    publish(act, plan, signed.scan.as_ref()).await?;
    let mut data = data_of(signed);
    data["baseline"] = json!(sha256);
    data["activities"] = json!(tree.activities.len());
    Ok(data)
}

/// The tree of a plan as it stands.
///
/// # Faults
/// The database does not answer.
pub async fn tree_of(
    conn: &mut db::Conn,
    plan: &Plan,
    today: jiff::civil::Date,
) -> Result<Tree, Error> {
    let tasks = task_store::list(conn, plan.id).await?;
    let activities = activity_store::list(conn, plan.id).await?;
    let units = agency_store::units(conn, plan.agency, plan.names_on(today)).await?;
    Ok(Tree::of(&tasks, &activities, &units))
}

/// Lets the public see the scan of a plan that it may see.
pub(super) async fn publish(act: &mut Act, plan: &Plan, scan: Option<&Scan>) -> Result<(), Error> {
    if let Some(scan) = scan.filter(|_| plan.details.is_public) {
        files::publish(act, plan.agency, &scan.sha256).await?;
    }
    Ok(())
}

/// Lets the public see every scan of a plan: when it is made public after its issue.
///
/// # Faults
/// The database refuses.
pub async fn publish_all(act: &mut Act, plan: &Plan) -> Result<(), Error> {
    let signed = life_store::signed(act, plan.id, (None, None)).await?;
    publish(act, plan, signed.scan.as_ref()).await?;
    for amendment in amendment_store::list(act, plan.id).await? {
        publish(act, plan, amendment.signed.scan.as_ref()).await?;
    }
    Ok(())
}

/// What the log keeps of something signed.
pub(super) fn data_of(signed: &Signed) -> Value {
    json!({
        "number": signed.number,
        "day": signed.day,
        "signer": signed.signer,
        "scan": signed.scan.as_ref().map(|scan| scan.sha256.clone()),
    })
}

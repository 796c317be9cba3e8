//! A pack of evidence to hand over: of a plan, some days, a unit, a criterion, or a report as it was made.

use std::fs::File;
use std::io;

use askama::Template;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use base::calendar::period::ReportingYear;
use base::id::{PlanId, RowId, UnitId};
use base::{Error, Fault, Problem, Refusal};
use editorial::Editorial;
use futures_util::stream::{self, TryStream};
use house::audit::SigningKey;
use house::people::agency_store;
use http::StatusCode;
use tokio::io::AsyncReadExt;
use web::{By, Choice, Form, Frame, Page, Problems, render, with_status};

use super::download;
use crate::evidence::pack::{self, PackKey, Scope, Stretch, days_of, file_name};
use crate::evidence::pack_store;
use crate::reports::{self, Maker};

/// Bytes that are sent at a time.
const CHUNK_BYTES: usize = 64 * 1024;

#[derive(Template)]
#[template(path = "evidence/desk/pack_new.html")]
struct PackPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    plans: Vec<Choice>,
    units: Vec<Choice>,
    criteria: Vec<Choice>,
}

/// The form.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    let year = ReportingYear::of_date(editorial.today()).0;
    let form = Form::filled([("of", year.to_string())]);
    render(&page(&editorial, &by, (form, None)).await?)
}

/// Makes the pack in a temporary file and sends it from there.
pub async fn save(
    State(editorial): State<Editorial>,
    key: Option<Extension<PackKey>>,
    by: By,
    form: Form,
) -> Page {
    let Some(Extension(PackKey(key))) = key else {
        return Err(Fault::new("the routes of evidence are mounted without the log's key").into());
    };
    let made = match form.value("report") {
        "" => of_form(&editorial, &by, &form, &key).await,
        report => of_report(&editorial, &by, report, &key).await,
    };
    match made {
        Ok(answer) => Ok(answer),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let page = page(&editorial, &by, (form, Some(refusal))).await?;
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn of_report(
    editorial: &Editorial,
    by: &By,
    report: &str,
    key: &SigningKey,
) -> Result<Response, Error> {
    let mut read = editorial.db.read().await?;
    let id: RowId = report.parse()?;
    let report = reports::find(&mut read, by.actor().agency, id).await?;
    drop(read);
    let name = reports::file_name(&report.figures, "minh-chung", "zip");
    let maker = Maker::Person(by.actor());
    let (file, _) = pack::of_report(editorial, (report.figures, report.dress), maker, key).await?;
    Ok(download(
        Body::from_stream(chunks(file)),
        "application/zip",
        &name,
    ))
}

async fn of_form(
    editorial: &Editorial,
    by: &By,
    form: &Form,
    key: &SigningKey,
) -> Result<Response, Error> {
    let agency = by.actor().agency;
    let mut read = editorial.db.read().await?;
    let plans = reports::plans(&mut read, agency).await?;
    let names = agency_store::find(&mut read, agency, editorial.today())
        .await?
        .names;
    drop(read);
    let scope = scope(form)?;
    let year = match scope.of {
        Stretch::Year(year) => year,
        Stretch::Plan(id) => {
            let found = plans.iter().find(|plan| plan.id == id);
            found.ok_or(Refusal::at("of", "field-choice"))?.year
        }
    };
    let name = file_name(&names.symbol, days_of(year, &scope));
    let maker = Maker::Person(by.actor());
    let (file, _) = pack::of_scope(editorial, &scope, maker, key).await?;
    Ok(download(
        Body::from_stream(chunks(file)),
        "application/zip",
        &name,
    ))
}

/// Reads the form.
fn scope(form: &Form) -> Result<Scope, Refusal> {
    let mut check = form.check();
    let (from, to) = (check.date("from"), check.date("to"));
    let unit = check.parse::<UnitId>("unit");
    let of = match (
        form.value("of").parse::<i16>(),
        form.value("of").parse::<PlanId>(),
    ) {
        (Ok(year), _) => Some(Stretch::Year(year)),
        (_, Ok(plan)) => Some(Stretch::Plan(plan)),
        _ => {
            check.add(Problem::at("of", "field-choice"));
            None
        }
    };
    check.done()?;
    let criterion = form.value("criterion").trim();
    Ok(Scope {
        of: of.ok_or(Refusal::NotFound)?,
        from,
        to,
        unit,
        criterion: (!criterion.is_empty()).then(|| criterion.to_owned()),
    })
}

fn chunks(file: File) -> impl TryStream<Ok = Vec<u8>, Error = io::Error> + Send {
    let file = tokio::fs::File::from_std(file);
    stream::try_unfold(file, |mut file| async move {
        let mut chunk = vec![0; CHUNK_BYTES];
        let n = file.read(&mut chunk).await?;
        chunk.truncate(n);
        Ok((n > 0).then_some((chunk, file)))
    })
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (form, refusal): (Form, Option<Refusal>),
) -> Result<PackPage, Error> {
    let agency = by.actor().agency;
    let frame = editorial.desk(by, "evidence-pack").await?;
    let say = frame.say;
    let frame = frame
        .under(say.t("nav-evidence"), "/desk/evidence")
        .at("/desk/evidence/pack");
    let mut read = editorial.db.read().await?;
    let known = reports::plans(&mut read, agency).await?;
    let this_year = ReportingYear::of_date(editorial.today()).0;
    let mut years: Vec<i16> = known
        .iter()
        .map(|plan| plan.year)
        .chain([this_year])
        .collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    let mut plans: Vec<Choice> = years
        .iter()
        .map(|year| Choice::new(year, say.t1("evidence-pack-of-year", "year", year)))
        .collect();
    plans.extend(
        known
            .iter()
            .map(|plan| Choice::new(plan.id, plan.title.clone())),
    );
    let mut units = vec![Choice::new("", say.t("evidence-any-unit"))];
    let all = agency_store::units(&mut read, agency, editorial.today()).await?;
    units.extend(all.into_iter().map(|unit| Choice::new(unit.id, unit.name)));
    let mut criteria = vec![Choice::new("", say.t("evidence-any-criterion"))];
    let known = pack_store::criteria(&mut read, agency).await?;
    criteria.extend(known.into_iter().map(|(id, words)| Choice::new(id, words)));
    Ok(PackPage {
        problems: refusal.map_or_else(Problems::none, |refusal| Problems::of(&refusal, &say)),
        plans,
        units,
        criteria,
        form,
        frame,
    })
}

//! The forms that superiors want filled, one for each kind of period.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::id::RowId;
use base::{Error, Problem, Refusal, Subject, SubjectKind};
use documents::read::{Limits, grids};
use editorial::Editorial;
use house::files::NewFile;
use http::StatusCode;
use serde_json::json;
use web::{By, Choice, Form, Frame, Page, Problems, with_status};

use super::report_file::XLSX;
use crate::reports::form_store::{self, ReportForm};
use crate::reports::{MAKERS, period_store};

#[derive(Template)]
#[template(path = "reports/desk/form_list.html")]
struct FormsPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    periods: Vec<Choice>,
    rows: Vec<FormRow>,
    may_edit: bool,
}

struct FormRow {
    id: RowId,
    name: String,
    period: String,
    n_cells: usize,
}

/// The forms.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    page(&editorial, &by, (Form::default(), None)).await
}

/// Takes in an empty form; then its cells are mapped.
pub async fn save(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    match add(&editorial, &by, &form).await {
        Ok(id) => {
            let to = format!("/desk/reports/forms/{id}?done=report-form");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&editorial, &by, (form, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn add(editorial: &Editorial, by: &By, form: &Form) -> Result<RowId, Error> {
    let actor = by.actor();
    let lang = by.lang();
    let mut check = form.check();
    let period_code = check.line("period");
    let upload = form.upload("file");
    match upload {
        None => check.missing("file"),
        Some(upload) => {
            let read = grids(&upload.bytes, &upload.name, &Limits::default());
            if let Err(problem) = read {
                let said = problem.sentence(lang.as_str());
                check.add(Problem::at("file", "report-form-unreadable").with("reason", said));
            }
        }
    }
    let mut act = editorial.db.act().await?;
    let periods = period_store::all(&mut act, actor.agency).await?;
    if !periods.iter().any(|period| period.code == period_code) {
        check.add(Problem::at("period", "report-period-unknown"));
    }
    check.done()?;
    let Some(upload) = upload else {
        return Err(Refusal::NotFound.into());
    };
    let now = editorial.clock.now_ms();
    let new = NewFile {
        agency: actor.agency,
        name: &upload.name,
        media_type: XLSX,
        by: Some(actor.account),
        is_public: false,
    };
    let own = ReportForm {
        id: editorial.ids.next(&editorial.clock),
        period_code,
        name: upload.name.clone(),
        sha256: editorial
            .files
            .put(&mut act, &upload.bytes, new, now)
            .await?,
        mapping: Vec::new(),
    };
    form_store::add(&mut act, actor.agency, &own, (now, actor.account)).await?;
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    let data = json!({
        "form": own.id.to_string(), "name": own.name, "period": own.period_code,
        "sha256": own.sha256,
    });
    editorial
        .record(&mut act, actor, "report.form", subject, data)
        .await?;
    act.commit().await?;
    Ok(own.id)
}

async fn page(editorial: &Editorial, by: &By, (form, refusal): (Form, Option<Refusal>)) -> Page {
    let agency = by.actor().agency;
    let mut read = editorial.db.read().await?;
    let periods = period_store::all(&mut read, agency).await?;
    let forms = form_store::list(&mut read, agency).await?;
    drop(read);
    let frame = editorial.desk(by, "report-forms-title").await?;
    let say = frame.say;
    let frame = frame
        .under(say.t("nav-reports"), "/desk/reports")
        .at("/desk/reports/forms");
    let name = |code: &str| {
        let own = periods.iter().find(|period| period.code == code);
        match own.map(|period| period.name.as_str()) {
            Some("") => say.t(&format!("report-kind-{}", code.to_lowercase())),
            Some(name) => name.to_owned(),
            None => code.to_owned(),
        }
    };
    let row = |form: ReportForm| FormRow {
        id: form.id,
        period: name(&form.period_code),
        n_cells: form.mapping.len(),
        name: form.name,
    };
    let page = FormsPage {
        periods: periods
            .iter()
            .map(|p| Choice::new(&p.code, name(&p.code)))
            .collect(),
        rows: forms.into_iter().map(row).collect(),
        problems: refusal
            .as_ref()
            .map_or_else(Problems::none, |found| Problems::of(found, &say)),
        may_edit: by.actor().roles.meets(MAKERS),
        form,
        frame,
    };
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    with_status(status, &page)
}

//! The template of the agency's reports: sections, wording, who signs, who receives; with a preview
//! on the newest report.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::id::AgencyId;
use base::text::clean_text;
use base::{Error, Problem, Refusal, Subject, SubjectKind};
use db::Conn;
use editorial::Editorial;
use http::StatusCode;
use serde_json::json;
use web::{By, Choice, Form, Frame, Page, Problems, Say, with_status};

use super::document_view::{self, Block};
use super::moment;
use crate::reports::report_paper::{Leads, paper};
use crate::reports::report_store::Report;
use crate::reports::template::{
    AUTHORITIES, HEADING_CHARS_MAX, RECIPIENTS_MAX, SECTIONS, Section, TEXT_CHARS_MAX, Template,
};
use crate::reports::{dressing, dressing_store, figure_list, report_store, source_store};

/// Longest line of the signature and of a recipient.
const LINE_CHARS_MAX: usize = 200;

#[derive(askama::Template)]
#[template(path = "reports/desk/template_edit.html")]
struct TemplatePage {
    frame: Frame,
    form: Form,
    problems: Problems,
    sections: Vec<SectionFields>,
    authorities: Vec<Choice>,
    places: Vec<(String, String)>,
    versions: Vec<String>,
    preview: Option<Vec<Block>>,
}

struct SectionFields {
    code: String,
    name: String,
    order: String,
    is_on: bool,
    heading: String,
    text: String,
}

/// The template in force.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    let mut read = editorial.db.read().await?;
    let now = editorial.clock.now_ms();
    let template = dressing::template_at(&mut read, by.actor().agency, now).await?;
    drop(read);
    let mut form = form_of(&template);
    form.set("valid_from", base::calendar::date_short(editorial.today()));
    page(&editorial, &by, (form, None, None)).await
}

/// Keeps a version of the template, or shows what it would make.
pub async fn save(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    let is_preview = form.has("step", "preview");
    match keep(&editorial, &by, &form, is_preview).await {
        Ok(template) if is_preview => page(&editorial, &by, (form, None, Some(template))).await,
        Ok(_) => Ok(Redirect::to("/desk/reports/template?done=report-template").into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&editorial, &by, (form, Some(refusal), None)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn keep(
    editorial: &Editorial,
    by: &By,
    form: &Form,
    is_preview: bool,
) -> Result<Template, Error> {
    let actor = by.actor();
    let mut check = form.check();
    let valid_from = check.date("valid_from");
    if valid_from.is_none() && form.value("valid_from").trim().is_empty() {
        check.missing("valid_from");
    }
    let mut problems = check.problems();
    let template = template_of(form, &mut problems);
    let mut act = editorial.db.act().await?;
    if let Some(report) = newest(&mut act, actor.agency).await? {
        let say = editorial.say(by.lang());
        let places = figure_list::places(&say, &report.figures);
        problems.extend(template.problems(&places));
    }
    let (true, Some(valid_from)) = (problems.is_empty(), valid_from) else {
        return Err(Refusal::Invalid(problems).into());
    };
    if is_preview {
        return Ok(template);
    }
    let id = editorial.ids.next(&editorial.clock);
    let now = (editorial.clock.now_ms(), actor.account);
    let row = (id, actor.agency);
    dressing_store::add_template(&mut act, row, (&template, valid_from), now).await?;
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    let data = json!({ "template": id.to_string(), "valid_from": valid_from.to_string() });
    editorial
        .record(&mut act, actor, "report.template", subject, data)
        .await?;
    act.commit().await?;
    Ok(template)
}

/// The template that a form says.
fn template_of(form: &Form, problems: &mut Vec<Problem>) -> Template {
    let mut text = |name: &str, chars_max: usize| {
        let text = clean_text(form.value(name));
        if text.chars().count() > chars_max {
            problems.push(Problem::of("report-words-long").with("most", chars_max));
        }
        text.trim().to_owned()
    };
    let mut sections: Vec<(u32, Section)> = Vec::new();
    for code in SECTIONS {
        let order = form.value(&format!("order-{code}")).trim().parse();
        let section = Section {
            code: code.to_owned(),
            is_on: form.has(&format!("on-{code}"), "yes"),
            heading: text(&format!("heading-{code}"), HEADING_CHARS_MAX),
            text: text(&format!("text-{code}"), TEXT_CHARS_MAX),
        };
        sections.push((order.unwrap_or(u32::MAX), section));
    }
    sections.sort_by_key(|(order, _)| *order);
    let authority = form.value("authority").to_owned();
    let recipients = text("recipients", LINE_CHARS_MAX * RECIPIENTS_MAX);
    let recipients = recipients
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    Template {
        sections: sections.into_iter().map(|(_, section)| section).collect(),
        opening: text("opening", TEXT_CHARS_MAX),
        closing: text("closing", TEXT_CHARS_MAX),
        authority: match AUTHORITIES.contains(&authority.as_str()) {
            true => authority,
            false => String::new(),
        },
        principal: text("principal", LINE_CHARS_MAX),
        signer_title: text("signer_title", LINE_CHARS_MAX),
        signer_name: text("signer_name", LINE_CHARS_MAX),
        recipients: recipients.take(RECIPIENTS_MAX).map(str::to_owned).collect(),
    }
}

fn form_of(template: &Template) -> Form {
    let mut form = Form::default();
    for (section, order) in template.sections.iter().zip(1u32..) {
        let code = &section.code;
        form.set(&format!("order-{code}"), order.to_string());
        if section.is_on {
            form.set(&format!("on-{code}"), "yes");
        }
        form.set(&format!("heading-{code}"), &section.heading);
        form.set(&format!("text-{code}"), &section.text);
    }
    for (name, value) in [
        ("opening", &template.opening),
        ("closing", &template.closing),
        ("authority", &template.authority),
        ("principal", &template.principal),
        ("signer_title", &template.signer_title),
        ("signer_name", &template.signer_name),
    ] {
        form.set(name, value);
    }
    form.set("recipients", template.recipients.join("\n"));
    form
}

/// The newest report of the newest plan that has one.
async fn newest(conn: &mut Conn, agency: AgencyId) -> Result<Option<Report>, Error> {
    for plan in source_store::plans(conn, agency).await? {
        if let Some(line) = report_store::list(conn, plan.id, 1).await?.first() {
            return Ok(Some(report_store::find(conn, agency, line.id).await?));
        }
    }
    Ok(None)
}

type Shown = (Form, Option<Refusal>, Option<Template>);

async fn page(editorial: &Editorial, by: &By, (form, refusal, previewed): Shown) -> Page {
    let agency = by.actor().agency;
    let mut read = editorial.db.read().await?;
    let report = newest(&mut read, agency).await?;
    let versions = dressing_store::templates(&mut read, agency).await?;
    drop(read);
    let frame = editorial.desk(by, "report-template-title").await?;
    let say = frame.say;
    let frame = frame
        .under(say.t("nav-reports"), "/desk/reports")
        .at("/desk/reports/template");
    let preview = match (&report, previewed) {
        (Some(report), Some(template)) => {
            let mut dress = report.dress.clone();
            dress.template = template;
            let paper = paper(&say, &report.figures, &dress, Leads::Desk(report.id));
            Some(document_view::blocks(&paper.body))
        }
        _ => None,
    };
    let places = report
        .as_ref()
        .map(|report| figure_list::places(&say, &report.figures));
    let version = |own: &dressing_store::TemplateVersion| {
        let day = base::calendar::date_short(own.valid_from);
        let at = moment(&say, own.made_at);
        say.with(
            "report-template-version",
            &[("day", &day), ("moment", &at), ("name", &own.made_by)],
        )
    };
    let page = TemplatePage {
        sections: sections(&say, &form),
        authorities: authorities(&say),
        places: places.unwrap_or_default().into_iter().collect(),
        versions: versions.iter().map(version).collect(),
        problems: refusal
            .as_ref()
            .map_or_else(Problems::none, |found| Problems::of(found, &say)),
        preview,
        frame,
        form,
    };
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    with_status(status, &page)
}

/// The fields of the sections, in their order.
fn sections(say: &Say, form: &Form) -> Vec<SectionFields> {
    let fields = |code: &str| SectionFields {
        name: say.t(&format!("report-part-{code}")),
        code: code.to_owned(),
        is_on: form.has(&format!("on-{code}"), "yes"),
        order: form.value(&format!("order-{code}")).to_owned(),
        heading: form.value(&format!("heading-{code}")).to_owned(),
        text: form.value(&format!("text-{code}")).to_owned(),
    };
    let mut all: Vec<SectionFields> = SECTIONS.iter().map(|code| fields(code)).collect();
    all.sort_by_key(|section| section.order.trim().parse().unwrap_or(u32::MAX));
    all
}

fn authorities(say: &Say) -> Vec<Choice> {
    let choice = |authority: &&str| match authority.is_empty() {
        true => Choice::new("", say.t("report-template-own-right")),
        false => Choice::new(authority, (*authority).to_owned()),
    };
    AUTHORITIES.iter().map(choice).collect()
}

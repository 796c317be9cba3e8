//! What a component of a draft says, and where its input comes from; taking it away.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::{ComponentId, CriteriaSetId};
use base::limits::TITLE_CHARS_MAX;
use base::{Error, Problem};
use editorial::Editorial;
use serde_json::json;
use web::{By, Choice, Form, Frame, Lang, Page, Problems, render, with_status};

use super::{address, refused, under_set};
use crate::criteria::acts::{open, subject};
use crate::criteria::exact::{parse_points, worded};
use crate::criteria::rules::{Deed, may};
use crate::criteria::set::Component;
use crate::criteria::source::{SOURCES, Source};
use crate::criteria::{change_store, criteria_store};
use crate::indices;

/// Longest guidance, in characters.
const GUIDANCE_CHARS_MAX: usize = 10_000;

#[derive(Template)]
#[template(path = "criteria/desk/component_edit.html")]
struct ComponentEditPage {
    frame: Frame,
    problems: Problems,
    form: Form,
    sources: Vec<Choice>,
    periods: Vec<Choice>,
    indices: Vec<Choice>,
    back: String,
}

/// The form.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path(ids): Path<(CriteriaSetId, ComponentId)>,
) -> Page {
    render(&page(&editorial, &by, ids).await?)
}

/// Saves it.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(ids): Path<(CriteriaSetId, ComponentId)>,
    form: Form,
) -> Page {
    match change(&editorial, &by, ids, &form).await {
        Ok(()) => {
            let to = format!(
                "{}/components/{}?done=criteria-saved",
                address(ids.0),
                ids.1
            );
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let mut page = page(&editorial, &by, ids).await?;
            let (status, problems) = refused(error, &page.frame.say)?;
            (page.problems, page.form) = (problems, form);
            with_status(status, &page)
        }
    }
}

/// Takes it away.
pub async fn remove(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, component)): Path<(CriteriaSetId, ComponentId)>,
    form: Form,
) -> Page {
    let mut act = editorial.db.act().await?;
    let seen = form.value("version");
    let set = open(&mut act, by.actor(), (id, Deed::Edit), seen).await?;
    let no = set.component(component)?.no.clone();
    change_store::remove_component(&mut act, component).await?;
    let data = json!({"no": no});
    editorial
        .record(
            &mut act,
            by.actor(),
            "criteria.remove_part",
            subject(id),
            data,
        )
        .await?;
    act.commit().await?;
    let to = format!("{}?done=criteria-part-removed", address(id));
    Ok(Redirect::to(&to).into_response())
}

async fn change(
    editorial: &Editorial,
    by: &By,
    (id, component): (CriteriaSetId, ComponentId),
    form: &Form,
) -> Result<(), Error> {
    let mut check = form.check();
    let no = check.required_line("no", 20);
    let title = check.required_line("title", TITLE_CHARS_MAX);
    let guidance = check.text("guidance", GUIDANCE_CHARS_MAX);
    let evidence = check.text("evidence", GUIDANCE_CHARS_MAX);
    let max = parse_points(form.value("max"));
    if max.is_none() {
        let problem = Problem::at("max", "criteria-points-wrong");
        check.add(problem.with("value", form.value("max")));
    }
    let source = source(form);
    if let Err(problem) = &source {
        check.add(problem.clone());
    }
    check.done()?;
    let mut act = editorial.db.act().await?;
    let seen = form.value("version");
    let set = open(&mut act, by.actor(), (id, Deed::Edit), seen).await?;
    let component = Component {
        no,
        title,
        guidance,
        evidence,
        max: max.unwrap_or_default(),
        source: source.unwrap_or_default(),
        ..set.component(component)?.clone()
    };
    change_store::save_component(&mut act, &component).await?;
    let data = json!({
        "no": component.no, "title": component.title, "max": component.max.to_string(),
        "source": component.source.as_str(),
    });
    editorial
        .record(
            &mut act,
            by.actor(),
            "criteria.edit_part",
            subject(id),
            data,
        )
        .await?;
    Ok(act.commit().await?)
}

/// Where the input comes from, as the form says.
fn source(form: &Form) -> Result<Source, Problem> {
    let words = |name: &str| base::text::clean_line(form.value(name));
    let required = |name: &'static str| match words(name) {
        empty if empty.is_empty() => Err(Problem::at(name, "field-required")),
        long if long.chars().count() > 200 => Err(Problem::at(name, "field-required")),
        given => Ok(given),
    };
    Ok(match form.value("source") {
        "by_hand" => Source::ByHand,
        "plan_targets" => Source::PlanTargets,
        "forms" => Source::Forms,
        "report" => match form.value("period") {
            period @ ("Q1" | "H1" | "Q3" | "year") => Source::Report {
                period: period.to_owned(),
            },
            _ => return Err(Problem::at("period", "field-choice")),
        },
        "figures" => Source::Figures {
            part: required("figure_part")?,
            whole: required("figure_whole")?,
        },
        "index" => Source::Index {
            index: required("index")?,
            body: words("body"),
        },
        _ => return Err(Problem::at("source", "field-choice")),
    })
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (id, component): (CriteriaSetId, ComponentId),
) -> Result<ComponentEditPage, Error> {
    let mut read = editorial.db.read().await?;
    let set = criteria_store::find(&mut read, by.actor().agency, id).await?;
    may(by.actor(), Deed::Edit, set.state)?;
    let named = indices::choices(&mut read, by.actor().agency).await?;
    drop(read);
    let component = set.component(component)?;
    let frame = editorial.desk(by, "criteria-edit-component").await?;
    let say = frame.say;
    let back = format!("{}/components/{}", address(id), component.id);
    let name = format!("{} {}", component.no, component.title);
    let frame = under_set(frame, &set).under(name, back.clone());
    let mut form = filled(component);
    form.set("version", set.version.to_string());
    let mut listed = vec![Choice::new("", say.t("criteria-none-chosen"))];
    listed.extend(
        named
            .into_iter()
            .map(|(code, name)| Choice::new(code, name)),
    );
    Ok(ComponentEditPage {
        problems: Problems::none(),
        form,
        sources: SOURCES
            .iter()
            .map(|word| Choice::new(word, say.t(&format!("criteria-source-{word}"))))
            .collect(),
        periods: ["Q1", "H1", "Q3", "year"]
            .iter()
            .map(|word| Choice::new(word, say.t(&format!("criteria-period-{word}"))))
            .collect(),
        indices: listed,
        back,
        frame,
    })
}

fn filled(component: &Component) -> Form {
    let mut form = Form::filled([
        ("no", component.no.clone()),
        ("title", component.title.clone()),
        ("max", worded(component.max, Lang::Vi)),
        ("guidance", component.guidance.clone()),
        ("evidence", component.evidence.clone()),
        ("source", component.source.as_str().to_owned()),
    ]);
    match &component.source {
        Source::Report { period } => form.set("period", period),
        Source::Figures { part, whole } => {
            form.set("figure_part", part);
            form.set("figure_whole", whole);
        }
        Source::Index { index, body } => {
            form.set("index", index);
            form.set("body", body);
        }
        Source::ByHand | Source::PlanTargets | Source::Forms => {}
    }
    form
}

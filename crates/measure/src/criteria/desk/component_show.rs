//! One component: its rule in words and as a formula, both readings, the versions of the rule, what
//! Loa computes today, and a form to try a number.

use askama::Template;
use axum::extract::{Path, Query, State};
use base::calendar::date_short;
use base::calendar::period::ReportingYear;
use base::id::{ComponentId, CriteriaSetId};
use base::{Error, Refusal};
use db::Conn;
use editorial::Editorial;
use web::{By, Choice, Form, Frame, Page, Problems, Say, render};

use super::{address, under_set};
use crate::criteria::criteria_store::{self, RuleVersion};
use crate::criteria::facts::Facts;
use crate::criteria::input::Input;
use crate::criteria::input_form;
use crate::criteria::rule::{NoOccasion, Rule, Way};
use crate::criteria::rules::{Deed, may};
use crate::criteria::scored::Scored;
use crate::criteria::sentence;
use crate::criteria::set::{BothScored, Component};

#[derive(Template)]
#[template(path = "criteria/desk/component_show.html")]
struct ComponentPage {
    frame: Frame,
    base: String,
    max: String,
    guidance: String,
    evidence: String,
    source: String,
    first: RuleView,
    second: Option<RuleView>,
    reason: String,
    note: String,
    example: Option<(String, ScoredView)>,
    today: Option<(String, ScoredView)>,
    tried: Option<(String, ScoredView)>,
    asked: Asked,
    form: Form,
    problems: Problems,
    versions: Vec<VersionView>,
    may_edit: bool,
    may_clarify: bool,
}

struct RuleView {
    sentence: String,
    formula: Vec<String>,
}

/// A score by the rule, and by the second reading if there is one.
struct ScoredView {
    first: OneView,
    second: Option<OneView>,
    differs: bool,
}

struct OneView {
    points: String,
    max: String,
    working: Vec<String>,
}

struct VersionView {
    version: i64,
    sentence: String,
    second: String,
    note: String,
    made: String,
}

/// Which fields the form to try a number asks.
struct Asked {
    way: &'static str,
    items: Vec<Choice>,
    has_no_occasion: bool,
}

/// The component.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, component)): Path<(CriteriaSetId, ComponentId)>,
    Query(asked_for): Query<Vec<(String, String)>>,
) -> Page {
    let agency = by.actor().agency;
    let frame = editorial.desk(&by, "criteria-component").await?;
    let say = frame.say;
    let mut read = editorial.db.read().await?;
    let set = criteria_store::find(&mut read, agency, id).await?;
    let component = set.component(component)?.clone();
    let versions = criteria_store::rule_versions(&mut read, component.id).await?;
    let today = today(&editorial, &mut read, &by, &component).await?;
    drop(read);
    let pairs = asked_for.iter();
    let form = Form::filled(pairs.map(|(name, value)| (name.as_str(), value.clone())));
    let done = form.value("done").to_owned();
    let (tried, problems) = trial(&component, &form, &say)?;
    let view = |input: &Input| {
        let both = component.score(input);
        (
            sentence::input(input, &component, &say),
            scored_view(&both, &say),
        )
    };
    let example = component.example.as_ref();
    let name = format!("{} {}", component.no, component.title);
    render(&ComponentPage {
        frame: under_set(frame, &set)
            .titled(name)
            .done(Some(done.as_str()).filter(|done| !done.is_empty())),
        base: format!("{}/components/{}", address(id), component.id),
        max: sentence::points(component.max, &say),
        guidance: component.guidance.clone(),
        evidence: component.evidence.clone(),
        source: sentence::source(&component.source, &say),
        first: rule_view(&component.rule, &say),
        second: component
            .second
            .as_ref()
            .map(|reading| rule_view(&reading.rule, &say)),
        reason: component
            .second
            .as_ref()
            .map(|reading| reading.reason.clone())
            .unwrap_or_default(),
        note: component.note.clone(),
        example: example.map(|example| {
            let words = say.t2(
                "criteria-example-words",
                ("words", &example.words),
                ("points", &sentence::points(example.points, &say)),
            );
            (words, view(&example.input).1)
        }),
        today: today.as_ref().map(view),
        tried,
        asked: asked(&component),
        form,
        problems,
        versions: versions.iter().map(|one| version(one, &say)).collect(),
        may_edit: may(by.actor(), Deed::Edit, set.state).is_ok(),
        may_clarify: may(by.actor(), Deed::Clarify, set.state).is_ok(),
    })
}

/// What Loa computes for the component today, unless a person must answer.
async fn today(
    editorial: &Editorial,
    conn: &mut Conn,
    by: &By,
    component: &Component,
) -> Result<Option<Input>, Error> {
    if !component.source.is_computed() {
        return Ok(None);
    }
    let year = ReportingYear::of_date(editorial.today()).0;
    let facts = Facts::gather(editorial, conn, by.actor().agency, year).await?;
    Ok(Some(facts.input(component)))
}

fn rule_view(rule: &Rule, say: &Say) -> RuleView {
    RuleView {
        sentence: sentence::sentence(rule, say),
        formula: sentence::formula(rule, say),
    }
}

type Trial = (Option<(String, ScoredView)>, Problems);

/// What a tried number gives, if one was tried.
fn trial(component: &Component, form: &Form, say: &Say) -> Result<Trial, Error> {
    if !form.has("try", "1") {
        return Ok((None, Problems::none()));
    }
    Ok(match input_form::read(&component.rule, form) {
        Ok(input) => {
            let both = component.score(&input);
            let words = sentence::input(&input, component, say);
            (Some((words, scored_view(&both, say))), Problems::none())
        }
        Err(problems) => (None, Problems::of(&Refusal::Invalid(problems), say)),
    })
}

fn scored_view(both: &BothScored, say: &Say) -> ScoredView {
    let one = |scored: &Scored| OneView {
        points: sentence::points(scored.points, say),
        max: sentence::points(scored.max, say),
        working: sentence::working(scored, say),
    };
    ScoredView {
        first: one(&both.first),
        second: both.second.as_ref().map(one),
        differs: both.differs(),
    }
}

fn asked(component: &Component) -> Asked {
    let way = &component.rule.way;
    let items = match way {
        Way::Checklist { items, .. } => items
            .iter()
            .map(|item| Choice::new(&item.code, item.title.clone()))
            .collect(),
        Way::Survey { options, .. } => options
            .iter()
            .map(|one| Choice::new(format!("answers-{}", one.code), one.title.clone()))
            .collect(),
        _ => Vec::new(),
    };
    Asked {
        way: match way {
            Way::Steps { .. } | Way::Proportion { .. } | Way::Ratio { .. } => "figures",
            Way::Checklist { .. } => "checklist",
            Way::YesNo { .. } => "yes_no",
            Way::OnTime { .. } => "on_time",
            Way::Survey { .. } => "survey",
            Way::Bonus { .. } | Way::Penalty { .. } => "times",
        },
        items,
        has_no_occasion: component.rule.no_occasion != NoOccasion::NotTaken,
    }
}

fn version(one: &RuleVersion, say: &Say) -> VersionView {
    let at = jiff::Timestamp::from_millisecond(one.made_at).unwrap_or_default();
    let day = date_short(base::calendar::local(at).date());
    let second = one.second.as_ref();
    VersionView {
        version: one.version,
        sentence: sentence::sentence(&one.rule, say),
        second: second
            .map(|reading| sentence::sentence(&reading.rule, say))
            .unwrap_or_default(),
        note: one.note.clone(),
        made: match one.made_by.is_empty() {
            true => day,
            false => say.t2("criteria-made-by", ("day", &day), ("name", &one.made_by)),
        },
    }
}

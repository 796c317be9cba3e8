//! One set as a tree: points, the sentence and formula of each rule, where its input comes from, and
//! beside each row what does not fit. Acts on the whole set.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::Error;
use base::id::CriteriaSetId;
use editorial::Editorial;
use web::{By, Choice, Form, Frame, Page, Problems, Say, render, with_status};

use super::{address, decision, refused, years};
use crate::criteria::acts;
use crate::criteria::arithmetic::{Finding, Place, findings};
use crate::criteria::criteria_store;
use crate::criteria::rules::{Deed, may};
use crate::criteria::sentence;
use crate::criteria::set::{Area, Component, CriteriaSet, Criterion, SetDetails};

#[derive(Template)]
#[template(path = "criteria/desk/set_show.html")]
struct SetPage {
    frame: Frame,
    problems: Problems,
    base: String,
    version: i64,
    facts: Vec<(String, String)>,
    note: String,
    findings: Vec<FindingView>,
    n_open: i64,
    areas: Vec<AreaView>,
    others: Vec<Choice>,
    may_edit: bool,
    may_copy: bool,
}

/// An area as the tree shows it.
pub(super) struct AreaView {
    pub(super) no: String,
    pub(super) title: String,
    pub(super) max: String,
    pub(super) findings: Vec<FindingView>,
    pub(super) edit: String,
    pub(super) add: String,
    pub(super) criteria: Vec<CriterionView>,
}

pub(super) struct CriterionView {
    pub(super) no: String,
    pub(super) title: String,
    pub(super) max: String,
    pub(super) findings: Vec<FindingView>,
    pub(super) edit: String,
    pub(super) add: String,
    pub(super) components: Vec<ComponentView>,
}

pub(super) struct ComponentView {
    pub(super) no: String,
    pub(super) title: String,
    pub(super) href: String,
    pub(super) max: String,
    pub(super) sentence: String,
    pub(super) formula: Vec<String>,
    pub(super) source: String,
    pub(super) is_computed: bool,
    pub(super) has_second: bool,
    pub(super) findings: Vec<FindingView>,
}

/// A finding beside its row.
pub(super) struct FindingView {
    pub(super) words: String,
    pub(super) kept: String,
    /// Where to keep it; empty when nothing can be kept here.
    pub(super) action: String,
    pub(super) version: i64,
    pub(super) place: String,
    pub(super) code: &'static str,
    pub(super) mark: usize,
}

/// The set.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<CriteriaSetId>,
) -> Page {
    render(&page(&editorial, &by, id).await?)
}

/// Puts the set in force.
pub async fn force(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<CriteriaSetId>,
    form: Form,
) -> Page {
    let done = acts::put_in_force(&editorial, by.actor(), id, form.value("version")).await;
    answer(&editorial, &by, id, done, "criteria-in-force").await
}

/// Begins the next version.
pub async fn copy(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<CriteriaSetId>,
) -> Page {
    let new = acts::copy(&editorial, by.actor(), id).await?;
    let to = format!("{}?done=criteria-copied", address(new));
    Ok(Redirect::to(&to).into_response())
}

/// Takes a draft away.
pub async fn remove(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<CriteriaSetId>,
    form: Form,
) -> Page {
    match acts::remove(&editorial, by.actor(), id, form.value("version")).await {
        Ok(()) => Ok(Redirect::to("/desk/criteria?done=criteria-removed").into_response()),
        refused => answer(&editorial, &by, id, refused, "").await,
    }
}

/// The way back to the set, or the set again with what was refused.
pub(super) async fn answer(
    editorial: &Editorial,
    by: &By,
    id: CriteriaSetId,
    done: Result<(), Error>,
    word: &str,
) -> Page {
    match done {
        Ok(()) => {
            let to = format!("{}?done={word}", address(id));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let mut page = page(editorial, by, id).await?;
            let (status, problems) = refused(error, &page.frame.say)?;
            page.problems = problems;
            with_status(status, &page)
        }
    }
}

async fn page(editorial: &Editorial, by: &By, id: CriteriaSetId) -> Result<SetPage, Error> {
    let frame = editorial.desk(by, "criteria-set").await?;
    let list = frame.t("nav-criteria");
    let frame = frame.at("/desk/criteria").under(list, "/desk/criteria");
    let say = frame.say;
    let mut read = editorial.db.read().await?;
    let set = criteria_store::find(&mut read, by.actor().agency, id).await?;
    let sets = criteria_store::list(&mut read, by.actor().agency).await?;
    drop(read);
    let may_edit = may(by.actor(), Deed::Edit, set.state).is_ok();
    let found = findings(&set.details, &set.areas);
    let base = match may_edit {
        true => address(id),
        false => String::new(),
    };
    let tree = Tree {
        say: &say,
        found: &found,
        base: &base,
        link: &address(id),
        version: set.version,
    };
    let others = sets.iter().filter(|other| other.id != id);
    Ok(SetPage {
        problems: Problems::none(),
        base: address(id),
        version: set.version,
        facts: facts(&set, &say),
        note: set.details.note.clone(),
        findings: tree.at(Place::default()),
        n_open: i64::try_from(found.iter().filter(|one| one.kept.is_none()).count())
            .unwrap_or(i64::MAX),
        areas: tree.areas(&set.areas),
        others: others
            .map(|other| {
                let words = format!("{} ({})", other.details.title, years(&other.details, &say));
                Choice::new(other.id, words)
            })
            .collect(),
        may_edit,
        may_copy: may(by.actor(), Deed::Copy, set.state).is_ok(),
        frame: frame.titled(set.details.title),
    })
}

fn facts(set: &CriteriaSet, say: &Say) -> Vec<(String, String)> {
    let details: &SetDetails = &set.details;
    let stated = details.total.map(|total| sentence::points(total, say));
    let all = vec![
        (
            say.t("criteria-state"),
            say.t(&format!("criteria-state-{}", set.state.as_str())),
        ),
        (say.t("criteria-decision"), decision(details, say)),
        (say.t("criteria-fact-issuer"), details.issuer.clone()),
        (say.t("criteria-fact-level"), details.level.clone()),
        (say.t("criteria-years"), years(details, say)),
        (say.t("criteria-fact-total"), stated.unwrap_or_default()),
        (say.t("criteria-sum"), sentence::points(set.max(), say)),
    ];
    all.into_iter()
        .filter(|(_, words)| !words.is_empty())
        .collect()
}

/// Makes the rows of a set, stored or only read from a file.
pub(super) struct Tree<'a> {
    /// The language.
    pub say: &'a Say,
    /// What does not fit.
    pub found: &'a [Finding],
    /// The address under which rows are changed; empty when they are not.
    pub base: &'a str,
    /// The address under which components are looked at; empty when they are not stored.
    pub link: &'a str,
    /// The version that the person sees.
    pub version: i64,
}

impl Tree<'_> {
    /// The findings of a place.
    pub fn at(&self, place: Place) -> Vec<FindingView> {
        let own = self.found.iter().enumerate();
        own.filter(|(_, finding)| finding.place == place)
            .map(|(mark, finding)| FindingView {
                words: sentence::finding(finding, self.say),
                kept: finding.kept.clone().unwrap_or_default(),
                action: match self.base.is_empty() {
                    true => String::new(),
                    false => format!("{}/findings", self.base),
                },
                version: self.version,
                place: super::finding_keep::place_word(place),
                code: finding.code,
                mark,
            })
            .collect()
    }

    /// The rows.
    pub fn areas(&self, areas: &[Area]) -> Vec<AreaView> {
        let numbered = areas.iter().enumerate();
        numbered.map(|(at, area)| self.area(at, area)).collect()
    }

    fn edit(&self, rest: String) -> String {
        match self.base.is_empty() {
            true => String::new(),
            false => format!("{}/parts/{rest}", self.base),
        }
    }

    fn area(&self, at: usize, area: &Area) -> AreaView {
        let place = Place {
            area: Some(at),
            ..Place::default()
        };
        let criteria = area.criteria.iter().enumerate();
        AreaView {
            no: area.no.clone(),
            title: area.title.clone(),
            max: sentence::points(area.max, self.say),
            findings: self.at(place),
            edit: self.edit(area.id.to_string()),
            add: self.edit(format!("new?kind=criterion&under={}", area.id)),
            criteria: criteria
                .map(|(at, criterion)| self.criterion(place, at, criterion))
                .collect(),
        }
    }

    fn criterion(&self, place: Place, at: usize, criterion: &Criterion) -> CriterionView {
        let place = Place {
            criterion: Some(at),
            ..place
        };
        let components = criterion.components.iter().enumerate();
        CriterionView {
            no: criterion.no.clone(),
            title: criterion.title.clone(),
            max: sentence::points(criterion.max, self.say),
            findings: self.at(place),
            edit: self.edit(criterion.id.to_string()),
            add: self.edit(format!("new?kind=component&under={}", criterion.id)),
            components: components
                .map(|(at, component)| {
                    let place = Place {
                        component: Some(at),
                        ..place
                    };
                    self.component(place, component)
                })
                .collect(),
        }
    }

    fn component(&self, place: Place, component: &Component) -> ComponentView {
        let href = match self.link.is_empty() {
            true => String::new(),
            false => format!("{}/components/{}", self.link, component.id),
        };
        ComponentView {
            no: component.no.clone(),
            title: component.title.clone(),
            href,
            max: sentence::points(component.max, self.say),
            sentence: sentence::sentence(&component.rule, self.say),
            formula: sentence::formula(&component.rule, self.say),
            source: sentence::source(&component.source, self.say),
            is_computed: component.source.is_computed(),
            has_second: component.second.is_some(),
            findings: self.at(place),
        }
    }
}

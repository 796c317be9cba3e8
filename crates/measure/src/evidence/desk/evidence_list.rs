//! The register: every piece of evidence, narrowed by kind, unit, activity, days and words.

use askama::Template;
use axum::extract::{Query, State};
use base::calendar::date_short;
use base::limits::PAGE_ROWS;
use base::text::number::whole;
use editorial::Editorial;
use editorial::plan;
use house::evidence::{EvidenceKind, likeness_store};
use house::people::agency_store;
use web::{By, Choice, Form, Frame, Page, Pager, Problems, render};

use super::{kind_choices, kind_words, unit_name};
use crate::evidence::register_store;
use crate::evidence::rules::{ASKERS, TAKERS, may_add};
use crate::evidence::wish::{Asked, Standing, Wish};

#[derive(Template)]
#[template(path = "evidence/desk/evidence_list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    activities: Vec<Choice>,
    states: Vec<Choice>,
    rows: Vec<Row>,
    count: String,
    pager: Pager,
    new_href: Option<String>,
    duplicates: i64,
    sees_missing: bool,
    takes_packs: bool,
}

struct Row {
    href: String,
    title: String,
    kind: String,
    day: String,
    unit: String,
    n_subjects: i64,
    leaf: String,
    is_withdrawn: bool,
}

/// Which page, and what was just done.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Turn {
    page: Option<i64>,
}

/// One page of the register.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Query(asked): Query<Asked>,
    Query(turn): Query<Turn>,
) -> Page {
    let (wish, agency) = (Wish::of(&asked), by.actor().agency);
    let frame = editorial.desk(&by, "nav-evidence").await?;
    let frame = frame.at("/desk/evidence");
    let say = frame.say;
    let mut read = editorial.db.read().await?;
    let total = register_store::count(&mut read, agency, &wish).await?;
    let base = format!("/desk/evidence{}", wish.query());
    let pager = Pager::new(turn.page.unwrap_or(1), total, PAGE_ROWS, base);
    let window = (PAGE_ROWS, (pager.page - 1) * PAGE_ROWS);
    let lines = register_store::list(&mut read, agency, &wish, window).await?;
    let all_units = agency_store::units(&mut read, agency, editorial.today()).await?;
    let rows = lines.into_iter().map(|line| Row {
        href: format!("/desk/evidence/{}", line.id),
        kind: kind_words(&say, line.kind),
        day: date_short(line.shown_on),
        unit: unit_name(&all_units, line.unit),
        title: line.title,
        n_subjects: line.n_subjects,
        leaf: line
            .leaf
            .map_or_else(|| say.t("evidence-leaf-waiting"), whole),
        is_withdrawn: line.is_withdrawn,
    });
    let mut kinds = vec![Choice::new("", say.t("evidence-any-kind"))];
    kinds.extend(kind_choices(&say, EvidenceKind::ALL));
    let mut units = vec![Choice::new("", say.t("evidence-any-unit"))];
    units.extend(
        all_units
            .iter()
            .map(|unit| Choice::new(unit.id, unit.name.clone())),
    );
    let mut activities = vec![Choice::new("", say.t("evidence-any-activity"))];
    let known = plan::choices(&mut read, agency).await?;
    activities.extend(known.into_iter().map(|(id, words)| Choice::new(id, words)));
    let states = Standing::ALL.map(|state| {
        Choice::new(
            state.as_str(),
            say.t(&format!("evidence-state-{}", state.as_str())),
        )
    });
    let new_href = may_add(by.actor()).is_ok().then(|| match wish.activity {
        Some(activity) => format!("/desk/evidence/new?activity={activity}"),
        None => "/desk/evidence/new".to_owned(),
    });
    render(&ListPage {
        rows: rows.collect(),
        form: wish.form(),
        problems: Problems::none(),
        kinds,
        units,
        activities,
        states: states.to_vec(),
        count: say.n("evidence-count", total),
        pager,
        new_href,
        duplicates: likeness_store::count_pairs(&mut read, agency, false).await?,
        sees_missing: by.actor().roles.meets(ASKERS),
        takes_packs: by.actor().roles.meets(TAKERS),
        frame,
    })
}

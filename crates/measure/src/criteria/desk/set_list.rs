//! The sets of the agency, and how a new one begins.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::id::CriteriaSetId;
use base::{Error, Refusal};
use editorial::Editorial;
use web::{By, Choice, Form, Frame, Page, Problems, render, with_status};

use super::{address, decision, refused, years};
use crate::criteria::acts::{self, Bringer};
use crate::criteria::criteria_store;
use crate::criteria::guide::{GUIDES, Guide};
use crate::criteria::rules::EDITORS;
use crate::criteria::set::SetDetails;
use crate::criteria::set_json::SetFile;

#[derive(Template)]
#[template(path = "criteria/desk/set_list.html")]
struct ListPage {
    frame: Frame,
    problems: Problems,
    form: Form,
    sets: Vec<Line>,
    guides: Vec<Choice>,
    may_edit: bool,
}

struct Line {
    href: String,
    title: String,
    level: String,
    years: String,
    decision: String,
    state: &'static str,
    state_words: String,
    n_components: i64,
}

/// The list.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    render(&page(&editorial, &by, Form::default()).await?)
}

/// Begins a set: empty, or from a guide that comes with Loa.
pub async fn add(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    match begin(&editorial, &by, &form).await {
        Ok(set) => {
            let to = format!("{}?done=criteria-added", address(set));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let mut page = page(&editorial, &by, form).await?;
            let (status, problems) = refused(error, &page.frame.say)?;
            page.problems = problems;
            with_status(status, &page)
        }
    }
}

async fn begin(editorial: &Editorial, by: &By, form: &Form) -> Result<CriteriaSetId, Error> {
    let actor = by.actor();
    if !actor.roles.meets(EDITORS) {
        return Err(Refusal::Forbidden("refusal-role").into());
    }
    let file = match form.value("guide") {
        "" => empty(form)?,
        name => {
            let guide = Guide::named(name);
            let guide = guide.ok_or_else(|| Refusal::at("guide", "field-choice"))?;
            guide.read()?
        }
    };
    let bringer = Bringer {
        agency: actor.agency,
        actor: Some(actor),
    };
    let mut act = editorial.db.act().await?;
    let set = acts::store(&editorial.house, &mut act, bringer, (file, None)).await?;
    act.commit().await?;
    Ok(set)
}

fn empty(form: &Form) -> Result<SetFile, Refusal> {
    let mut check = form.check();
    let title = check.required_line("title", base::limits::TITLE_CHARS_MAX);
    let year = check.number("year_from", 2000, 2100);
    if form.value("year_from").trim().is_empty() {
        check.missing("year_from");
    }
    check.done()?;
    let details = SetDetails {
        title,
        year_from: i16::try_from(year.unwrap_or_default()).unwrap_or_default(),
        ..SetDetails::default()
    };
    Ok(SetFile::of(details, Vec::new()))
}

async fn page(editorial: &Editorial, by: &By, form: Form) -> Result<ListPage, Error> {
    let frame = editorial.desk(by, "criteria-sets").await?;
    let frame = frame.at("/desk/criteria");
    let say = frame.say;
    let mut read = editorial.db.read().await?;
    let sets = criteria_store::list(&mut read, by.actor().agency).await?;
    drop(read);
    let mut guides = vec![Choice::new("", say.t("criteria-guide-none"))];
    let named = GUIDES.iter();
    guides
        .extend(named.map(|guide| {
            Choice::new(guide.name, say.t(&format!("criteria-guide-{}", guide.name)))
        }));
    Ok(ListPage {
        problems: Problems::none(),
        form,
        sets: sets
            .into_iter()
            .map(|set| Line {
                href: address(set.id),
                years: years(&set.details, &say),
                decision: decision(&set.details, &say),
                state: set.state.as_str(),
                state_words: say.t(&format!("criteria-state-{}", set.state.as_str())),
                n_components: set.n_components,
                title: set.details.title,
                level: set.details.level,
            })
            .collect(),
        guides,
        may_edit: by.actor().roles.meets(EDITORS),
        frame,
    })
}

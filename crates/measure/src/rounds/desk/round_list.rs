//! The rounds that the agency runs or is judged in, and the form that opens one.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::calendar::period::ReportingYear;
use base::calendar::working::WorkCalendar;
use base::id::RoundId;
use base::limits::TITLE_CHARS_MAX;
use base::{Error, Problem, Refusal};
use editorial::Editorial;
use jiff::civil::Date;
use web::{By, Choice, Form, Frame, Page, Problems, Say, with_status};

use super::{address, problems};
use crate::criteria::criteria_store;
use crate::criteria::set::SetState;
use crate::rounds::phase::Phase;
use crate::rounds::round::Round;
use crate::rounds::running::{self, Begun, OPENERS};
use crate::rounds::{RISK_READERS, round_store};

#[derive(Template)]
#[template(path = "rounds/desk/round_list.html")]
struct ListPage {
    frame: Frame,
    problems: Problems,
    form: Form,
    rounds: Vec<Row>,
    sets: Vec<Choice>,
    may_open: bool,
    may_see_risk: bool,
}

struct Row {
    href: String,
    title: String,
    year: i16,
    phase: String,
    tag: &'static str,
    until: String,
    late: String,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    let year = ReportingYear::of_date(editorial.today()).0;
    let form = Form::filled([("year", year.to_string())]);
    page(&editorial, &by, (form, None)).await
}

/// Opens a round.
pub async fn save(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    match begin(&editorial, &by, &form).await {
        Ok(id) => Ok(Redirect::to(&format!("{}?done=round-begun", address(id))).into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&editorial, &by, (form, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn begin(editorial: &Editorial, by: &By, form: &Form) -> Result<RoundId, Error> {
    let mut check = form.check();
    let title = check.required_line("title", TITLE_CHARS_MAX);
    let year = check.number("year", 2000, 2200);
    if year.is_none() && form.value("year").trim().is_empty() {
        check.missing("year");
    }
    let set = check.parse("set");
    if set.is_none() {
        check.add(Problem::at("set", "field-choice"));
    }
    check.done()?;
    let (Some(set), Some(year)) = (set, year.and_then(|year| i16::try_from(year).ok())) else {
        return Err(Refusal::at("set", "field-choice").into());
    };
    running::begin(editorial, by.actor(), &Begun { set, year, title }).await
}

async fn page(editorial: &Editorial, by: &By, (form, refusal): (Form, Option<Refusal>)) -> Page {
    let agency = by.actor().agency;
    let frame = editorial.desk(by, "nav-rounds").await?.at("/desk/rounds");
    let say = frame.say;
    let mut read = editorial.db.read().await?;
    let calendar = house::calendar::of(&mut read, agency).await?;
    let rounds = round_store::list(&mut read, agency).await?;
    let sets = criteria_store::list(&mut read, agency).await?;
    drop(read);
    let on = (editorial.today(), &calendar);
    let in_force = sets
        .into_iter()
        .filter(|line| line.state == SetState::InForce);
    let (problems, status) = problems(refusal.as_ref(), &say);
    let page = ListPage {
        problems,
        form,
        rounds: rounds.iter().map(|round| row(round, on, &say)).collect(),
        sets: in_force
            .map(|line| Choice::new(line.id, line.details.title))
            .collect(),
        may_open: by.actor().roles.meets(OPENERS),
        may_see_risk: by.actor().roles.meets(RISK_READERS),
        frame,
    };
    with_status(status, &page)
}

fn row(round: &Round, (today, calendar): (Date, &WorkCalendar), say: &Say) -> Row {
    let stretch = round.stretch();
    let late = stretch.map_or(0, |one| one.days_late(today, calendar));
    Row {
        href: address(round.id),
        title: round.title.clone(),
        year: round.year,
        phase: say.t(&format!("rounds-phase-{}", round.phase.as_str())),
        tag: match (round.phase, late) {
            (Phase::Decided, _) => "done",
            (_, 0) => "on_course",
            _ => "late",
        },
        until: stretch
            .and_then(|one| one.to)
            .map(date_short)
            .unwrap_or_default(),
        late: match late {
            0 => String::new(),
            days => say.n("rounds-days-late", days),
        },
    }
}

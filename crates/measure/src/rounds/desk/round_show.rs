//! A round: its phases with their days, how far its bodies are, and what can be done now.

use std::cmp::Ordering;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::calendar::working::WorkCalendar;
use base::id::{RoundBodyId, RoundId};
use base::{Actor, Error, Refusal};
use db::Conn;
use editorial::Editorial;
use house::people::agency_store;
use jiff::civil::Date;
use serde::Deserialize;
use web::{By, Choice, Form, Frame, Page, Pager, Problems, Say, with_status};

use super::{address, body_address, points, problems, runs};
use crate::rounds::phase::{Phase, Stretch};
use crate::rounds::round::{Round, outside_bodies};
use crate::rounds::rules::{Deed, may_run, waits_for};
use crate::rounds::running::{self, Wanted};
use crate::rounds::standing::{self, BodyStanding, Standing};

/// Bodies on one page.
const PER_PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "rounds/desk/round_show.html")]
struct RoundPage {
    frame: Frame,
    base: String,
    lead: String,
    set_href: String,
    set_title: String,
    problems: Problems,
    form: Form,
    phase: &'static str,
    phases: Vec<PhaseRow>,
    turn: String,
    stats: Vec<(String, String)>,
    bodies: Vec<BodyRow>,
    pager: Pager,
    may: May,
    next: String,
    decision: Option<(String, String)>,
    agencies: Vec<Choice>,
    units: Vec<Choice>,
}

/// What this person may do now.
struct May {
    lay_out: bool,
    date: bool,
    advance: bool,
    go_back: bool,
    survey: bool,
    decide: bool,
    see_ranking: bool,
}

struct PhaseRow {
    name: String,
    tag: &'static str,
    state: String,
    days: String,
    is_now: bool,
}

struct BodyRow {
    id: RoundBodyId,
    href: Option<String>,
    name: String,
    kind: String,
    tag: &'static str,
    state: String,
    scored: String,
    claimed: String,
    given: String,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    page: Option<i64>,
}

/// The page.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<RoundId>,
    Query(asked): Query<Asked>,
) -> Page {
    page(&editorial, &by, (id, Form::default(), None), asked).await
}

/// Takes the round on to its next phase.
pub async fn advance(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<RoundId>,
    form: Form,
) -> Page {
    let from = Phase::parse(form.value("from")).ok_or(Refusal::Stale)?;
    let moved = running::advance(&editorial, by.actor(), id, from).await;
    let done = (moved.map(drop), "round-moved");
    after(&editorial, &by, (id, form), done).await
}

/// Takes the round back one phase.
pub async fn go_back(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<RoundId>,
    form: Form,
) -> Page {
    let from = Phase::parse(form.value("from")).ok_or(Refusal::Stale)?;
    let reason = base::text::clean_text(form.value("back_reason"));
    let moved = running::go_back(&editorial, by.actor(), id, (from, &reason)).await;
    let done = (moved.map(drop), "round-returned");
    after(&editorial, &by, (id, form), done).await
}

/// Names bodies that take part.
pub async fn add_bodies(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<RoundId>,
    form: Form,
) -> Page {
    let added = match wanted(&form) {
        Ok(wanted) => running::add_bodies(&editorial, by.actor(), id, &wanted).await,
        Err(refusal) => Err(refusal.into()),
    };
    after(&editorial, &by, (id, form), (added, "round-bodies")).await
}

fn wanted(form: &Form) -> Result<Wanted, Refusal> {
    let agencies = form.all("agencies").iter().map(|text| text.parse());
    let units = form.all("units").iter().map(|text| text.parse());
    Ok(Wanted {
        agencies: agencies.collect::<Result<_, Refusal>>()?,
        units: units.collect::<Result<_, Refusal>>()?,
        outside: outside_bodies(form.value("names"))?,
    })
}

/// Takes a body out again.
pub async fn remove_body(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, body)): Path<(RoundId, RoundBodyId)>,
) -> Page {
    let removed = running::remove_body(&editorial, by.actor(), id, body).await;
    let done = (removed, "round-bodies");
    after(&editorial, &by, (id, Form::default()), done).await
}

async fn after(
    editorial: &Editorial,
    by: &By,
    (id, form): (RoundId, Form),
    (done, word): (Result<(), Error>, &str),
) -> Page {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?done={word}", address(id))).into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let asked = Asked::default();
            page(editorial, by, (id, form, Some(refusal)), asked).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (id, form, refusal): (RoundId, Form, Option<Refusal>),
    asked: Asked,
) -> Page {
    let actor = by.actor();
    let today = editorial.today();
    let mut read = editorial.db.read().await?;
    let standing = standing::load(&mut read, actor.agency, id).await?;
    let calendar = house::calendar::of(&mut read, actor.agency).await?;
    let may = may(actor, &standing.round);
    let (agencies, units) = match may.lay_out {
        true => choices(&mut read, actor, today).await?,
        false => (Vec::new(), Vec::new()),
    };
    drop(read);
    let frame = editorial.desk(by, "nav-rounds").await?;
    let list = frame.t("nav-rounds");
    let round = &standing.round;
    let frame = frame
        .under(list, "/desk/rounds")
        .titled(round.title.clone())
        .at("/desk/rounds");
    let say = frame.say;
    let seen = seen(&standing, actor);
    let total = i64::try_from(seen.len()).unwrap_or(0);
    let pager = Pager::new(asked.page.unwrap_or(1), total, PER_PAGE, address(id));
    let skipped = usize::try_from(PER_PAGE * (pager.page - 1)).unwrap_or(0);
    let shown = seen.into_iter().skip(skipped);
    let shown = shown.take(usize::try_from(PER_PAGE).unwrap_or(50));
    let bodies = shown.map(|one| body_row(one, (actor, round), &say));
    let (problems, status) = problems(refusal.as_ref(), &say);
    let page = RoundPage {
        base: address(id),
        lead: lead(&standing, &say),
        set_href: format!("/desk/criteria/{}", round.set),
        set_title: standing.set.details.title.clone(),
        problems,
        form,
        phase: round.phase.as_str(),
        phases: phases(round, (today, &calendar), &say),
        turn: turn(round.phase, &say),
        stats: match runs(actor, round) {
            true => stats(&standing, &say),
            false => Vec::new(),
        },
        bodies: bodies.collect(),
        pager,
        next: next(round.phase, &may, &say),
        decision: decision(round, &say),
        may,
        agencies,
        units,
        frame,
    };
    with_status(status, &page)
}

/// The agencies of the installation and the units of the own one, to choose who takes part.
async fn choices(
    conn: &mut Conn,
    actor: &Actor,
    today: Date,
) -> Result<(Vec<Choice>, Vec<Choice>), Error> {
    let mut agencies = Vec::new();
    for agency in agency_store::all(conn).await? {
        let found = agency_store::find(conn, agency, today).await?;
        agencies.push(Choice::new(agency, found.names.name));
    }
    let units = agency_store::units(conn, actor.agency, today).await?;
    let open = units.into_iter().filter(|unit| unit.is_open(today));
    let units = open.map(|unit| Choice::new(unit.id, unit.name)).collect();
    Ok((agencies, units))
}

/// The bodies that a person sees: all, who runs the round; of the judged only their own.
fn seen<'s>(standing: &'s Standing, actor: &Actor) -> Vec<&'s BodyStanding> {
    let round = &standing.round;
    let is_seen =
        |one: &&BodyStanding| runs(actor, round) || one.body.whose.is_own(actor, round.runner());
    standing.bodies.iter().filter(is_seen).collect()
}

fn may(actor: &Actor, round: &Round) -> May {
    let may = |deed| may_run(actor, deed, round.phase, round.runner());
    May {
        lay_out: may(Deed::LayOut),
        date: may(Deed::Date),
        advance: may(Deed::Advance),
        go_back: may(Deed::GoBack),
        survey: may(Deed::Survey),
        decide: may(Deed::Decide),
        see_ranking: super::ranking_show::is_seen(actor, round),
    }
}

fn lead(standing: &Standing, say: &Say) -> String {
    let level = &standing.set.details.level;
    match level.is_empty() {
        true => say.t1("rounds-of-year", "year", standing.round.year),
        false => say.t2(
            "rounds-of-year-level",
            ("year", &standing.round.year),
            ("level", level),
        ),
    }
}

fn next(phase: Phase, may: &May, say: &Say) -> String {
    match phase.next().filter(|_| may.advance) {
        None => String::new(),
        Some(next) => {
            let name = say.t(&format!("rounds-phase-{}", next.as_str()));
            say.t1("rounds-advance", "phase", name)
        }
    }
}

fn decision(round: &Round, say: &Say) -> Option<(String, String)> {
    let words = decision_words(round, say)?;
    let file = &round.decision.as_ref()?.file;
    Some((words, format!("/tep/{file}")))
}

/// The decision of a round in words.
pub(in crate::rounds) fn decision_words(round: &Round, say: &Say) -> Option<String> {
    let decision = round.decision.as_ref()?;
    let day = date_short(decision.on);
    let words = [
        ("number", decision.number.as_str()),
        ("day", &day),
        ("issuer", &decision.issuer),
    ];
    Some(say.with("rounds-decision-words", &words))
}

fn turn(phase: Phase, say: &Say) -> String {
    let names: Vec<String> = waits_for(phase)
        .iter()
        .map(|role| say.t(&format!("role-{}", role.as_str())))
        .collect();
    match names.is_empty() {
        true => String::new(),
        false => say.t1("rounds-turn", "roles", names.join(", ")),
    }
}

fn phases(round: &Round, (today, calendar): (Date, &WorkCalendar), say: &Say) -> Vec<PhaseRow> {
    let row = |phase: Phase| {
        let stretch = round.stretches.iter().find(|one| one.phase == phase);
        let is_now = phase == round.phase;
        let late = match is_now {
            true => stretch.map_or(0, |one| one.days_late(today, calendar)),
            false => 0,
        };
        let (tag, state) = match (phase.cmp(&round.phase), late) {
            (Ordering::Less, _) => ("done", say.t("rounds-phase-over")),
            (Ordering::Greater, _) => ("not_started", String::new()),
            (_, 0) if phase == Phase::Decided => ("done", say.t("rounds-phase-over")),
            (_, 0) => ("on_course", say.t("rounds-phase-now")),
            (_, days) => ("late", say.n("rounds-days-late", days)),
        };
        PhaseRow {
            name: say.t(&format!("rounds-phase-{}", phase.as_str())),
            tag,
            state,
            days: stretch.map(|one| days(one, say)).unwrap_or_default(),
            is_now,
        }
    };
    Phase::ALL.into_iter().map(row).collect()
}

fn days(stretch: &Stretch, say: &Say) -> String {
    match (stretch.from.map(date_short), stretch.to.map(date_short)) {
        (Some(from), Some(to)) => say.t2("rounds-days", ("from", &from), ("to", &to)),
        (None, Some(to)) => say.t1("rounds-days-to", "to", to),
        (Some(from), None) => say.t1("rounds-days-from", "from", from),
        (None, None) => say.t("rounds-no-day"),
    }
}

fn stats(standing: &Standing, say: &Say) -> Vec<(String, String)> {
    let facts = standing.facts();
    let submitted = format!("{} / {}", facts.n_submitted, facts.n_bodies);
    let mut stats = vec![(submitted, say.t("rounds-stat-submitted"))];
    let open = [
        (facts.n_unjudged, say.t("rounds-stat-unjudged")),
        (facts.n_questions, say.t("rounds-stat-questions")),
        (facts.n_appeals, say.t("rounds-stat-appeals")),
        (facts.n_survey, say.t("rounds-stat-survey")),
    ];
    let open = open.into_iter().filter(|(n, _)| *n > 0);
    stats.extend(open.map(|(n, label)| (n.to_string(), label)));
    stats
}

fn body_row(one: &BodyStanding, (actor, round): (&Actor, &Round), say: &Say) -> BodyRow {
    let body = &one.body;
    let (tag, state) = match (body.submitted, one.n_judged == one.n_components) {
        (None, _) if round.phase > Phase::SelfScore => ("late", say.t("rounds-state-missing")),
        (None, _) => ("draft", say.t("rounds-state-scoring")),
        (Some(_), true) => ("done", say.t("rounds-state-judged")),
        (Some(_), false) => ("submitted", say.t("rounds-state-submitted")),
    };
    let is_readable = super::may_read(actor, round, body).is_ok();
    BodyRow {
        id: body.id,
        href: is_readable.then(|| body_address(round.id, body.id)),
        name: body.name.clone(),
        kind: say.t(&format!("rounds-kind-{}", body.whose.kind.as_str())),
        tag,
        state,
        scored: format!("{} / {}", one.n_scored, one.n_components),
        claimed: match is_readable {
            true => points(one.claimed.points, say),
            false => String::new(),
        },
        given: match is_readable && one.n_judged > 0 {
            true => points(one.given.score(), say),
            false => String::new(),
        },
    }
}

//! Running a round: opening it, naming who takes part, setting its days, taking it on and back.

use base::id::{AgencyId, CriteriaSetId, RoundBodyId, RoundId, UnitId};
use base::limits::TITLE_CHARS_MAX;
use base::{Actor, Error, Problem, Refusal, Role, Roles, Subject, SubjectKind};
use db::{Act, Conn};
use editorial::Editorial;
use house::people::agency_store;
use jiff::civil::Date;
use serde_json::json;

use super::phase::{Phase, Stretch};
use super::round::{self, BODIES_MAX, Details, NewBody, Round};
use super::rules::{Deed, may_run};
use super::{gate, round_store, standing};
use crate::criteria::criteria_store;
use crate::criteria::set::SetState;

/// Who opens rounds.
pub const OPENERS: Roles = Roles::of(&[Role::Officer, Role::Director]);

/// The round as the log names it.
pub fn subject(id: RoundId) -> Subject {
    Subject::new(SubjectKind::Round, id)
}

/// A round that the actor runs, on which this deed may be done now; held for the rest of the act.
///
/// # Refusals
/// Not found; `rounds-not-now`; somebody moved it meanwhile.
pub async fn held(act: &mut Act, actor: &Actor, id: RoundId, deed: Deed) -> Result<Round, Error> {
    let round = round_store::find(act, actor.agency, id).await?;
    if !may_run(actor, deed, round.phase, round.runner()) {
        return Err(Refusal::Forbidden("rounds-not-now").into());
    }
    round_store::hold(act, &round).await?;
    Ok(round)
}

/// What a new round is begun with.
#[derive(Clone, Debug)]
pub struct Begun {
    /// By which set.
    pub set: CriteriaSetId,
    /// Which year it judges.
    pub year: i16,
    /// What it is called.
    pub title: String,
}

/// Opens a round of the actor's agency by a set in force that judges the year.
///
/// # Refusals
/// No title; the set is not in force, or does not judge the year.
pub async fn begin(editorial: &Editorial, actor: &Actor, begun: &Begun) -> Result<RoundId, Error> {
    if !actor.roles.meets(OPENERS) {
        return Err(Refusal::Forbidden("refusal-role").into());
    }
    let mut act = editorial.db.act().await?;
    let set = criteria_store::find(&mut act, actor.agency, begun.set).await?;
    let mut problems = Vec::new();
    if begun.title.is_empty() || begun.title.chars().count() > TITLE_CHARS_MAX {
        problems.push(Problem::at("title", "field-required"));
    }
    if set.state != SetState::InForce {
        problems.push(Problem::at("set", "rounds-set-not-in-force"));
    }
    if !set.judges(begun.year) {
        let problem = Problem::at("year", "rounds-set-other-year");
        problems.push(problem.with("year", begun.year));
    }
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems).into());
    }
    let id: RoundId = editorial.ids.next(&editorial.clock);
    let bare = |phase| Stretch {
        phase,
        from: None,
        to: None,
    };
    let dated = Phase::ALL.into_iter().filter(|phase| phase.is_dated());
    let round = Round {
        id,
        agency: actor.agency,
        set: set.id,
        year: begun.year,
        title: begun.title.clone(),
        phase: Phase::Opening,
        is_surveyed: true,
        classes: Vec::new(),
        stretches: dated.map(bare).collect(),
        version: 1,
        decision: None,
    };
    let when = (editorial.clock.now_ms(), actor.account);
    round_store::add(&mut act, &round, when).await?;
    let data = json!({ "set": set.id, "year": begun.year, "title": begun.title });
    editorial
        .record(&mut act, actor, "round.begin", subject(id), data)
        .await?;
    act.commit().await?;
    Ok(id)
}

/// Saves what is typed of a round. Once it is laid out only its days change; how it counts does not.
///
/// # Refusals
/// Not found; not now; somebody moved it meanwhile.
pub async fn save(
    editorial: &Editorial,
    actor: &Actor,
    id: RoundId,
    details: &Details,
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let round = held(&mut act, actor, id, Deed::Date).await?;
    let is_laid_out = !may_run(actor, Deed::LayOut, round.phase, round.runner());
    let changes_counting =
        details.is_surveyed != round.is_surveyed || details.classes != round.classes;
    if is_laid_out && changes_counting {
        return Err(Refusal::at("classes", "rounds-counting-stands").into());
    }
    round_store::save(&mut act, id, details).await?;
    let days: Vec<_> = details
        .stretches
        .iter()
        .map(|one| json!({ "phase": one.phase.as_str(), "from": one.from, "to": one.to }))
        .collect();
    let data = json!({
        "title": details.title, "surveyed": details.is_surveyed, "classes": details.classes,
        "days": days,
    });
    editorial
        .record(&mut act, actor, "round.save", subject(id), data)
        .await?;
    act.commit().await.map_err(Error::from)
}

/// Who is to be added to a round.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Agencies of this installation.
    pub agencies: Vec<AgencyId>,
    /// Units of the agency that runs the round.
    pub units: Vec<UnitId>,
    /// Bodies without accounts here.
    pub outside: Vec<NewBody>,
}

/// Names bodies that take part, each as it is called today.
///
/// # Refusals
/// Not found; not now; one that takes part already; too many; none at all.
pub async fn add_bodies(
    editorial: &Editorial,
    actor: &Actor,
    id: RoundId,
    wanted: &Wanted,
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let round = held(&mut act, actor, id, Deed::LayOut).await?;
    let today = editorial.today();
    let new = named(&mut act, &round, wanted, today).await?;
    let known = round_store::bodies(&mut act, id).await?;
    let mut problems = Vec::new();
    if new.is_empty() {
        problems.push(Problem::at("names", "rounds-nobody-named"));
    }
    if known.len() + new.len() > BODIES_MAX {
        problems.push(Problem::at("names", "rounds-bodies-many").with("most", BODIES_MAX));
    }
    for body in &new {
        let is_known = known.iter().any(|one| one.name == body.name);
        let is_doubled = new.iter().filter(|one| one.name == body.name).count() > 1;
        if is_known || is_doubled {
            let problem = Problem::at("names", "rounds-name-twice");
            problems.push(problem.with("name", &body.name));
        }
    }
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems).into());
    }
    for body in &new {
        let row: RoundBodyId = editorial.ids.next(&editorial.clock);
        round_store::add_body(&mut act, (row, id), body, today).await?;
    }
    let names: Vec<&str> = new.iter().map(|body| body.name.as_str()).collect();
    let data = json!({ "bodies": names, "named_on": today.to_string() });
    editorial
        .record(&mut act, actor, "round.bodies", subject(id), data)
        .await?;
    act.commit().await.map_err(Error::from)
}

async fn named(
    conn: &mut Conn,
    round: &Round,
    wanted: &Wanted,
    today: Date,
) -> Result<Vec<NewBody>, Error> {
    let mut new = Vec::new();
    for agency in &wanted.agencies {
        let found = agency_store::find(conn, *agency, today).await?;
        new.push(NewBody {
            whose: round::of_agency(*agency),
            name: found.names.name,
        });
    }
    if !wanted.units.is_empty() {
        let units = agency_store::units(conn, round.agency, today).await?;
        for unit in &wanted.units {
            let found = units.iter().find(|one| one.id == *unit);
            let found = found.ok_or(Refusal::NotFound)?;
            new.push(NewBody {
                whose: round::of_unit(*unit),
                name: found.name.clone(),
            });
        }
    }
    new.extend(wanted.outside.iter().cloned());
    Ok(new)
}

/// Takes a body out again.
///
/// # Refusals
/// Not found; not now.
pub async fn remove_body(
    editorial: &Editorial,
    actor: &Actor,
    id: RoundId,
    body: RoundBodyId,
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    held(&mut act, actor, id, Deed::LayOut).await?;
    let found = round_store::find_body(&mut act, id, body).await?;
    round_store::remove_body(&mut act, body).await?;
    let data = json!({ "removed": found.name });
    editorial
        .record(&mut act, actor, "round.bodies", subject(id), data)
        .await?;
    act.commit().await.map_err(Error::from)
}

/// Takes the round on to its next phase, when the work of this one is done.
///
/// # Refusals
/// Not found; not now; what is open ([`gate::may_leave`]).
pub async fn advance(
    editorial: &Editorial,
    actor: &Actor,
    id: RoundId,
    from: Phase,
) -> Result<Phase, Error> {
    let mut act = editorial.db.act().await?;
    let round = held(&mut act, actor, id, Deed::Advance).await?;
    let next = round.phase.next().filter(|_| round.phase == from);
    let to = next.ok_or(Refusal::Stale)?;
    let standing = standing::of_round(&mut act, round).await?;
    gate::may_leave(from, &standing.facts())?;
    move_to(editorial, &mut act, actor, (id, from, to), "").await?;
    act.commit().await?;
    Ok(to)
}

/// Takes the round back one phase, with the reason.
///
/// # Refusals
/// Not found; not now; no reason.
pub async fn go_back(
    editorial: &Editorial,
    actor: &Actor,
    id: RoundId,
    (from, reason): (Phase, &str),
) -> Result<Phase, Error> {
    let mut act = editorial.db.act().await?;
    let round = held(&mut act, actor, id, Deed::GoBack).await?;
    if reason.is_empty() {
        return Err(Refusal::at("back_reason", "field-required").into());
    }
    let before = round.phase.before().filter(|_| round.phase == from);
    let to = before.ok_or(Refusal::Stale)?;
    move_to(editorial, &mut act, actor, (id, from, to), reason).await?;
    act.commit().await?;
    Ok(to)
}

async fn move_to(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (id, from, to): (RoundId, Phase, Phase),
    reason: &str,
) -> Result<(), Error> {
    round_store::save_phase(act, id, (from, to)).await?;
    let data = json!({ "from": from.as_str(), "to": to.as_str(), "reason": reason });
    editorial
        .record(act, actor, "round.move", subject(id), data)
        .await?;
    Ok(())
}

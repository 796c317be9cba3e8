//! Units that merge and split, as one act: the old units end, their heirs begin, and people and
//! open work go along, each move in the log. What is done or closed stays where it was done.

use std::collections::BTreeMap;

use base::id::{AgencyId, RowId, UnitId};
use base::{Actor, Error, Fault, Refusal, Subject, SubjectKind};
use db::{Act, Conn};
use jiff::civil::Date;
use serde_json::json;
use web::Form;

use super::agency_store::{self, From};
use super::following::{Belonging, Handover, Leaving};
use super::lineage::{ChangeKind, Lineage, Succession};
use super::reorganisation::{Heir, Reorganisation};
use super::succession_store;
use crate::House;

/// How the units of two days join: which goes on as which, and by which decisions.
///
/// # Faults
/// The database does not answer.
pub async fn lineage(
    conn: &mut Conn,
    agency: AgencyId,
    from_day: Date,
    to_day: Date,
) -> Result<Lineage, Fault> {
    let all = succession_store::list(conn, agency).await?;
    Ok(Lineage::of(&all, from_day, to_day))
}

/// What would go along: the people of the units, then the open work that the features hold.
///
/// # Faults
/// The database does not answer.
pub async fn belongings(
    house: &House,
    conn: &mut Conn,
    agency: AgencyId,
    change: &Reorganisation,
) -> Result<Vec<Belonging>, Error> {
    let mut all = Vec::new();
    for unit in &change.from {
        all.extend(succession_store::people(conn, agency, *unit).await?);
    }
    let leaving = Leaving {
        agency,
        units: change.from.clone(),
        day: change.day,
        today: house.today(),
    };
    for follower in house.followers {
        all.extend(follower.open_work(conn, &leaving).await?);
    }
    Ok(all)
}

/// Carries a change out in one transaction; the form says which heir takes what in a split. The
/// first of the units that go on.
///
/// # Refusals
/// A unit has ended meanwhile.
///
/// # Faults
/// The database refuses; then nothing has changed.
pub async fn carry_out(
    house: &House,
    actor: &Actor,
    change: &Reorganisation,
    form: &Form,
) -> Result<UnitId, Error> {
    let mut act = house.db.act().await?;
    // Two administrators who merge the same unit: the second is refused below.
    agency_store::hold(&mut act, actor.agency).await?;
    refuse_closed(&mut act, house, actor, change).await?;
    let heirs = begin_heirs(house, &mut act, actor, change).await?;
    let Some(first) = heirs.first().copied() else {
        return Err(Fault::new("a change of units without an heir").into());
    };
    let found = belongings(house, &mut act, actor.agency, change).await?;
    let handovers = shared(found, change, &heirs, form);
    let id: RowId = house.ids.next(&house.clock);
    hand_over(house, &mut act, actor, (id, &handovers)).await?;
    end_units(house, &mut act, actor, (id, change, &heirs)).await?;
    record(house, &mut act, actor, (change, &heirs, &handovers)).await?;
    act.touch(format!("agency/{}", actor.agency));
    act.commit().await?;
    Ok(first)
}

/// What was checked before the act may be otherwise now.
async fn refuse_closed(
    act: &mut Act,
    house: &House,
    actor: &Actor,
    change: &Reorganisation,
) -> Result<(), Error> {
    let units = agency_store::units(act, actor.agency, house.today()).await?;
    let standing = change.to.iter().filter_map(|heir| match heir {
        Heir::Standing(id) => Some(id),
        Heir::New(_) => None,
    });
    for id in change.from.iter().chain(standing) {
        let unit = units.iter().find(|unit| unit.id == *id);
        if unit.is_none_or(|unit| unit.closed_on.is_some()) {
            return Err(Refusal::because("unit-closed").into());
        }
    }
    Ok(())
}

/// The heirs, the new ones made.
async fn begin_heirs(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    change: &Reorganisation,
) -> Result<Vec<UnitId>, Error> {
    let mut heirs = Vec::new();
    for heir in &change.to {
        let names = match heir {
            Heir::Standing(id) => {
                heirs.push(*id);
                continue;
            }
            Heir::New(names) => names,
        };
        let id: UnitId = house.ids.next(&house.clock);
        let from = From {
            row: house.ids.next(&house.clock),
            day: change.day,
        };
        let now = house.clock.now_ms();
        agency_store::add_unit(act, actor.agency, id, names, from, now).await?;
        let data = json!({ "name": names.name, "valid_from": change.day.to_string() });
        let subject = Subject::new(SubjectKind::Unit, id);
        house.record(act, actor, "unit.add", subject, data).await?;
        heirs.push(id);
    }
    Ok(heirs)
}

/// Every belonging with the heir that takes it.
fn shared(
    found: Vec<Belonging>,
    change: &Reorganisation,
    heirs: &[UnitId],
    form: &Form,
) -> Vec<Handover> {
    let handover = |what: Belonging| {
        let place = change.share(form, &what);
        let accountable = change.accountable.get(place).copied().flatten();
        heirs.get(place).map(|to| Handover {
            what,
            to: *to,
            accountable,
        })
    };
    found.into_iter().filter_map(handover).collect()
}

/// Moves people and work, with a row and a log entry for each.
async fn hand_over(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    (change, handovers): (RowId, &[Handover]),
) -> Result<(), Error> {
    let now = house.clock.now_ms();
    for follower in house.followers {
        follower.hand_over(act, handovers, now).await?;
    }
    for handover in handovers {
        let what = &handover.what;
        if what.kind == SubjectKind::Account {
            succession_store::move_person(act, handover).await?;
        }
        let row = house.ids.next(&house.clock);
        succession_store::add_move(act, (row, change), handover, now).await?;
        let data = json!({ "from": what.unit, "to": handover.to, "change": change.to_string() });
        let subject = Subject::new(what.kind, &what.id);
        house.record(act, actor, "unit.move", subject, data).await?;
    }
    Ok(())
}

/// Ends the old units and says as whom they go on.
async fn end_units(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    (id, change, heirs): (RowId, &Reorganisation, &[UnitId]),
) -> Result<(), Error> {
    for from in &change.from {
        agency_store::close_unit(act, *from, change.day).await?;
        for to in heirs {
            let succession = Succession {
                change: id,
                kind: change.kind,
                from: *from,
                to: *to,
                day: change.day,
                decision_number: change.decision_number.clone(),
                decision_on: change.decision_on,
            };
            let row = (house.ids.next(&house.clock), actor.agency);
            let when = (house.clock.now_ms(), actor.account);
            succession_store::add(act, row, &succession, when).await?;
        }
    }
    Ok(())
}

async fn record(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    (change, heirs, handovers): (&Reorganisation, &[UnitId], &[Handover]),
) -> Result<(), Error> {
    let mut moved: BTreeMap<&str, usize> = BTreeMap::new();
    for handover in handovers {
        *moved.entry(handover.what.kind.as_str()).or_default() += 1;
    }
    let data = json!({
        "from": change.from, "to": heirs, "day": change.day.to_string(),
        "decision": change.decision_number,
        "decided_on": change.decision_on.map(|day| day.to_string()), "moved": moved,
    });
    let name = match change.kind {
        ChangeKind::Merge => "unit.merge",
        ChangeKind::Split => "unit.split",
    };
    for from in &change.from {
        let subject = Subject::new(SubjectKind::Unit, from);
        house
            .record(act, actor, name, subject, data.clone())
            .await?;
    }
    Ok(())
}

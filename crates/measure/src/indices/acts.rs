//! Acts on published indices that pages and the demonstration share.

use base::id::{AgencyId, RowId};
use base::text::fold;
use base::{Actor, Error, Refusal, Role, Roles, Subject, SubjectKind};
use db::Act;
use house::House;
use jiff::civil::Date;
use serde_json::json;

use super::index::{Body, IndexDetails, IndexResult, Merger, PublishedIndex};
use super::index_store;
use super::result_file::TypedResult;

/// Who enters indices.
pub const EDITORS: Roles = Roles::of(&[Role::Officer]);

/// The tag of every page that shows indices.
pub const TAG: &str = "indices";

fn may(actor: &Actor) -> Result<(), Refusal> {
    match actor.roles.meets(EDITORS) {
        true => Ok(()),
        false => Err(Refusal::Forbidden("refusal-role")),
    }
}

/// The index as the log names it.
pub(super) fn subject(index: RowId) -> Subject {
    Subject::new(SubjectKind::Index, index)
}

/// Adds an index (`index.add`).
///
/// # Refusals
/// The role; `indices-code-taken`.
///
/// # Faults
/// The database refuses.
pub async fn add(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    details: IndexDetails,
) -> Result<PublishedIndex, Error> {
    may(actor)?;
    let all = index_store::list(act, actor.agency).await?;
    if all.iter().any(|known| known.details.code == details.code) {
        return Err(Refusal::at("code", "indices-code-taken").into());
    }
    let index = PublishedIndex {
        id: house.ids.next(&house.clock),
        agency: actor.agency,
        details,
    };
    index_store::add(act, &index, house.clock.now_ms()).await?;
    let details = &index.details;
    let data = json!({
        "code": details.code, "name": details.name, "is_official": details.is_official,
    });
    house
        .record(act, actor, "index.add", subject(index.id), data)
        .await?;
    act.touch(TAG);
    Ok(index)
}

/// Saves what is said of an index (`index.edit`).
///
/// # Refusals
/// The role.
///
/// # Faults
/// The database refuses.
pub async fn edit(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    index: &PublishedIndex,
) -> Result<(), Error> {
    may(actor)?;
    index_store::save(act, index).await?;
    let details = &index.details;
    let data = json!({
        "name": details.name, "issuer": details.issuer, "out_of": details.out_of.to_string(),
        "is_official": details.is_official,
    });
    house
        .record(act, actor, "index.edit", subject(index.id), data)
        .await?;
    act.touch(TAG);
    Ok(())
}

/// Keeps results, in place of those of the same year, body and component (`index.results`). Bodies
/// that are new are added; the log keeps what each value was before.
///
/// # Refusals
/// The role.
///
/// # Faults
/// The database refuses.
pub async fn keep(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    (index, results): (&PublishedIndex, &[TypedResult]),
) -> Result<(), Error> {
    may(actor)?;
    let mut bodies = index_store::bodies(act, actor.agency).await?;
    let known = index_store::results(act, index.id).await?;
    let mut changes = Vec::new();
    for typed in results {
        let body = body_of(house, act, actor.agency, (&mut bodies, &typed.body)).await?;
        let result = IndexResult {
            id: house.ids.next(&house.clock),
            body,
            year: typed.year,
            component: typed.component.clone(),
            value: typed.value,
            place: typed.place,
            n_bodies: typed.n_bodies,
            source: typed.source.clone(),
            source_url: typed.source_url.clone(),
            published_on: typed.published_on,
            note: typed.note.clone(),
        };
        let before = known.iter().find(|one| {
            (one.body, one.year, &one.component) == (body, result.year, &result.component)
        });
        let when = (house.clock.now_ms(), Some(actor.account));
        index_store::put(act, index.id, &result, when).await?;
        changes.push(json!({
            "body": typed.body, "year": typed.year, "component": typed.component,
            "value": typed.value.to_string(),
            "before": before.map(|one| one.value.to_string()), "source": typed.source,
        }));
    }
    let data = json!({ "results": changes });
    house
        .record(act, actor, "index.results", subject(index.id), data)
        .await?;
    act.touch(TAG);
    Ok(())
}

/// The body of a name, added if it is new.
async fn body_of(
    house: &House,
    act: &mut Act,
    agency: AgencyId,
    (bodies, name): (&mut Vec<Body>, &str),
) -> Result<RowId, Error> {
    if let Some(known) = bodies.iter().find(|body| fold(&body.name) == fold(name)) {
        return Ok(known.id);
    }
    let body = Body {
        id: house.ids.next(&house.clock),
        name: name.to_owned(),
        is_own: false,
        merger: None,
    };
    index_store::add_body(act, agency, &body).await?;
    let id = body.id;
    bodies.push(body);
    Ok(id)
}

/// Takes a result away (`index.remove_result`).
///
/// # Refusals
/// The role; it is not there.
///
/// # Faults
/// The database refuses.
pub async fn remove(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    (index, result): (&PublishedIndex, RowId),
) -> Result<(), Error> {
    may(actor)?;
    let known = index_store::results(act, index.id).await?;
    let known = known.iter().find(|one| one.id == result);
    let known = known.ok_or(Refusal::NotFound)?;
    index_store::remove(act, result).await?;
    let data = json!({
        "body": known.body, "year": known.year, "component": known.component,
        "value": known.value.to_string(), "source": known.source,
    });
    house
        .record(act, actor, "index.remove_result", subject(index.id), data)
        .await?;
    act.touch(TAG);
    Ok(())
}

/// Says as which a body goes on, and whether it is the agency itself (`index.body`).
///
/// # Refusals
/// The role; `indices-body-circle`: it would go on as itself.
///
/// # Faults
/// The database refuses.
pub async fn describe_body(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    body: &Body,
) -> Result<(), Error> {
    may(actor)?;
    let bodies = index_store::bodies(act, actor.agency).await?;
    let next = |id: RowId| {
        let own = bodies.iter().find(|one| one.id == id);
        own.and_then(|one| one.merger.as_ref())
            .map(|merger| merger.into)
    };
    let mut at = body.merger.as_ref().map(|merger| merger.into);
    // Followed at most as often as there are bodies: a circle comes back to its begin.
    for _ in 0..=bodies.len() {
        match at {
            Some(id) if id == body.id => {
                return Err(Refusal::at("into", "indices-body-circle").into());
            }
            Some(id) => at = next(id),
            None => break,
        }
    }
    index_store::save_body(act, body).await?;
    let merger = body.merger.as_ref();
    let data = json!({
        "body": body.name, "is_own": body.is_own, "into": merger.map(|merger| merger.into),
        "on": merger.map(|merger| merger.on.to_string()),
        "decision": merger.map(|merger| &merger.decision),
    });
    house
        .record(act, actor, "index.body", subject(body.id), data)
        .await?;
    act.touch(TAG);
    Ok(())
}

/// Says that a body goes on as another from a day on, by a decision; both are added if they are new
/// (`index.body`).
///
/// # Refusals
/// As [`describe_body`].
///
/// # Faults
/// The database refuses.
pub async fn merge(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    (from, into, (on, decision)): (&str, &str, (Date, &str)),
) -> Result<(), Error> {
    may(actor)?;
    let mut bodies = index_store::bodies(act, actor.agency).await?;
    let from = body_of(house, act, actor.agency, (&mut bodies, from)).await?;
    let into = body_of(house, act, actor.agency, (&mut bodies, into)).await?;
    let own = bodies.into_iter().find(|body| body.id == from);
    let mut body = own.ok_or(Refusal::NotFound)?;
    body.merger = Some(Merger {
        into,
        on,
        decision: decision.to_owned(),
    });
    describe_body(house, act, actor, &body).await
}

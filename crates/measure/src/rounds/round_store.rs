//! Rounds, their days and their bodies, in rows.

use base::id::{AccountId, AgencyId, RoundBodyId, RoundId};
use base::{Error, Fault, Refusal};
use db::{Act, Conn, Row, values};

use super::phase::{Phase, Stretch};
use super::ranking::Class;
use super::round::{Body, Decision, Details, NewBody, Round};
use super::rules::{BodyKind, Whose};

/// More rounds than a person sees in a list.
const ROUNDS_MAX: i64 = 100;

/// Adds a round with its days.
///
/// # Faults
/// The database refuses it.
pub async fn add(act: &mut Act, round: &Round, (now, by): (i64, AccountId)) -> Result<(), Fault> {
    act.run(
        "INSERT INTO score_round (id, agency_id, set_id, year, title, phase, is_surveyed, classes,
             made_at, made_by, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        &values![
            round.id,
            round.agency,
            round.set,
            round.year,
            &round.title,
            round.phase.as_str(),
            round.is_surveyed,
            classes_json(&round.classes)?,
            now,
            by,
        ],
    )
    .await?;
    save_stretches(act, round.id, &round.stretches).await
}

/// Saves what is typed of a round.
///
/// # Faults
/// The database refuses it.
pub async fn save(act: &mut Act, id: RoundId, details: &Details) -> Result<(), Fault> {
    act.run(
        "UPDATE score_round SET title = ?, is_surveyed = ?, classes = ?, version = version + 1
         WHERE id = ?",
        &values![
            &details.title,
            details.is_surveyed,
            classes_json(&details.classes)?,
            id
        ],
    )
    .await?;
    save_stretches(act, id, &details.stretches).await
}

async fn save_stretches(act: &mut Act, id: RoundId, stretches: &[Stretch]) -> Result<(), Fault> {
    for stretch in stretches {
        act.run(
            "INSERT INTO round_phase (round_id, phase, from_on, to_on) VALUES (?, ?, ?, ?)
             ON CONFLICT (round_id, phase) DO UPDATE SET from_on = excluded.from_on,
                 to_on = excluded.to_on",
            &values![
                id,
                stretch.phase.as_str(),
                stretch.from.map(|day| day.to_string()),
                stretch.to.map(|day| day.to_string()),
            ],
        )
        .await?;
    }
    Ok(())
}

fn classes_json(classes: &[Class]) -> Result<String, Fault> {
    serde_json::to_string(classes).map_err(|error| Fault::from_source("classes of a round", error))
}

/// Holds a round for the rest of the act and takes it to another phase.
///
/// # Refusals
/// Somebody else moved it meanwhile.
pub async fn save_phase(
    act: &mut Act,
    id: RoundId,
    (from, to): (Phase, Phase),
) -> Result<(), Error> {
    let n = act
        .run(
            "UPDATE score_round SET phase = ?, version = version + 1 WHERE id = ? AND phase = ?",
            &values![to.as_str(), id, from.as_str()],
        )
        .await?;
    match n {
        1 => Ok(()),
        _ => Err(Refusal::Stale.into()),
    }
}

/// Holds a round in its phase for the rest of an act: who moves it on waits until the act ends.
///
/// # Refusals
/// It has left the phase meanwhile.
pub async fn hold(act: &mut Act, round: &Round) -> Result<(), Error> {
    save_phase(act, round.id, (round.phase, round.phase)).await
}

/// Enters the decision of a round.
///
/// # Faults
/// The database refuses it.
pub async fn decide(
    act: &mut Act,
    id: RoundId,
    decision: &Decision,
    (now, by): (i64, AccountId),
) -> Result<(), Fault> {
    act.run(
        "UPDATE score_round SET decision_number = ?, decision_on = ?, decision_issuer = ?,
             decision_file = ?, decided_at = ?, decided_by = ? WHERE id = ?",
        &values![
            &decision.number,
            decision.on.to_string(),
            &decision.issuer,
            &decision.file,
            now,
            by,
            id
        ],
    )
    .await?;
    Ok(())
}

/// A round that an agency runs or is judged in.
///
/// # Refusals
/// Not found.
pub async fn find(conn: &mut Conn, agency: AgencyId, id: RoundId) -> Result<Round, Error> {
    let row = conn
        .row(
            "SELECT * FROM score_round WHERE id = ? AND (agency_id = ? OR EXISTS (
                 SELECT 1 FROM round_body WHERE round_body.round_id = score_round.id
                     AND round_body.agency_id = ?))",
            &values![id, agency, agency],
        )
        .await?;
    with_stretches(conn, &row).await
}

/// A round whose decision an agency has entered.
///
/// # Refusals
/// Not found.
pub async fn find_decided(conn: &mut Conn, agency: AgencyId, id: RoundId) -> Result<Round, Error> {
    let row = conn
        .row(
            "SELECT * FROM score_round WHERE id = ? AND agency_id = ? AND phase = 'decided'",
            &values![id, agency],
        )
        .await?;
    with_stretches(conn, &row).await
}

/// The rounds that an agency runs or is judged in, the newest year first.
///
/// # Faults
/// The database does not answer.
pub async fn list(conn: &mut Conn, agency: AgencyId) -> Result<Vec<Round>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM score_round WHERE agency_id = ? OR id IN (
                 SELECT round_id FROM round_body WHERE agency_id = ?)
             ORDER BY year DESC, made_at DESC, id LIMIT ?",
            &values![agency, agency, ROUNDS_MAX],
        )
        .await?;
    let mut rounds = Vec::with_capacity(rows.len());
    for row in &rows {
        let stretches = stretches(conn, row.parse("id")?).await?;
        rounds.push(read(row, stretches)?);
    }
    Ok(rounds)
}

/// The decided rounds that an agency ran, the newest year first.
///
/// # Faults
/// The database does not answer.
pub async fn list_decided(conn: &mut Conn, agency: AgencyId) -> Result<Vec<Round>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM score_round WHERE agency_id = ? AND phase = 'decided'
             ORDER BY year DESC, decided_at DESC, id LIMIT ?",
            &values![agency, ROUNDS_MAX],
        )
        .await?;
    rows.iter().map(|row| read(row, Vec::new())).collect()
}

async fn with_stretches(conn: &mut Conn, row: &Row) -> Result<Round, Error> {
    let stretches = stretches(conn, row.parse("id")?).await?;
    Ok(read(row, stretches)?)
}

async fn stretches(conn: &mut Conn, id: RoundId) -> Result<Vec<Stretch>, Fault> {
    let rows = conn
        .rows(
            "SELECT phase, from_on, to_on FROM round_phase WHERE round_id = ?",
            &values![id],
        )
        .await?;
    let mut stretches = Vec::with_capacity(rows.len());
    for row in &rows {
        stretches.push(Stretch {
            phase: phase_of(row)?,
            from: row.maybe_parse("from_on")?,
            to: row.maybe_parse("to_on")?,
        });
    }
    stretches.sort_by_key(|stretch| stretch.phase);
    Ok(stretches)
}

fn phase_of(row: &Row) -> Result<Phase, Fault> {
    let word = row.text("phase")?;
    Phase::parse(&word).ok_or_else(|| Fault::new(format!("no such phase: {word}")))
}

fn read(row: &Row, stretches: Vec<Stretch>) -> Result<Round, Fault> {
    let year = row.int("year")?;
    let decision = match row.maybe_text("decision_number")? {
        None => None,
        Some(number) => Some(Decision {
            number,
            on: row.parse("decision_on")?,
            issuer: row.text("decision_issuer")?,
            file: row.text("decision_file")?,
        }),
    };
    Ok(Round {
        id: row.parse("id")?,
        agency: row.parse("agency_id")?,
        set: row.parse("set_id")?,
        year: i16::try_from(year).map_err(|_| Fault::new(format!("a round of the year {year}")))?,
        title: row.text("title")?,
        phase: phase_of(row)?,
        is_surveyed: row.flag("is_surveyed")?,
        classes: serde_json::from_str(&row.text("classes")?)
            .map_err(|error| Fault::from_source("classes of a round", error))?,
        stretches,
        version: row.int("version")?,
        decision,
    })
}

/// Adds a body after those that are there.
///
/// # Faults
/// The database refuses it.
pub async fn add_body(
    act: &mut Act,
    (id, round): (RoundBodyId, RoundId),
    body: &NewBody,
    named_on: jiff::civil::Date,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO round_body (id, round_id, position, kind, agency_id, unit_id, name, named_on)
         VALUES (?, ?, (SELECT COALESCE(MAX(position), 0) + 1 FROM round_body WHERE round_id = ?),
             ?, ?, ?, ?, ?)",
        &values![
            id,
            round,
            round,
            body.whose.kind.as_str(),
            body.whose.agency,
            body.whose.unit,
            &body.name,
            named_on.to_string(),
        ],
    )
    .await?;
    Ok(())
}

/// Takes a body out of a round that is being laid out.
///
/// # Faults
/// The database refuses it.
pub async fn remove_body(act: &mut Act, id: RoundBodyId) -> Result<(), Fault> {
    act.run("DELETE FROM round_body WHERE id = ?", &values![id])
        .await?;
    Ok(())
}

/// The bodies of a round in their order.
///
/// # Faults
/// The database does not answer.
pub async fn bodies(conn: &mut Conn, round: RoundId) -> Result<Vec<Body>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM round_body WHERE round_id = ? ORDER BY position, id",
            &values![round],
        )
        .await?;
    rows.iter().map(read_body).collect()
}

/// The bodies of a round that are an agency.
///
/// # Faults
/// The database does not answer.
pub async fn bodies_of_agency(
    conn: &mut Conn,
    round: RoundId,
    agency: AgencyId,
) -> Result<Vec<Body>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM round_body WHERE round_id = ? AND agency_id = ? ORDER BY position, id",
            &values![round, agency],
        )
        .await?;
    rows.iter().map(read_body).collect()
}

/// A body of a round.
///
/// # Refusals
/// Not found.
pub async fn find_body(conn: &mut Conn, round: RoundId, id: RoundBodyId) -> Result<Body, Error> {
    let row = conn
        .row(
            "SELECT * FROM round_body WHERE round_id = ? AND id = ?",
            &values![round, id],
        )
        .await?;
    Ok(read_body(&row)?)
}

fn read_body(row: &Row) -> Result<Body, Fault> {
    let word = row.text("kind")?;
    let kind = BodyKind::parse(&word)
        .ok_or_else(|| Fault::new(format!("no such kind of body: {word}")))?;
    let submitted = match row.maybe_int("submitted_at")? {
        None => None,
        Some(at) => Some((at, row.maybe_parse("submitted_by")?)),
    };
    Ok(Body {
        id: row.parse("id")?,
        round: row.parse("round_id")?,
        whose: Whose {
            kind,
            agency: row.maybe_parse("agency_id")?,
            unit: row.maybe_parse("unit_id")?,
        },
        name: row.text("name")?,
        named_on: row.parse("named_on")?,
        submitted,
    })
}

/// Says that a body has submitted, or has taken it back.
///
/// # Refusals
/// It was already so.
pub async fn save_submitted(
    act: &mut Act,
    id: RoundBodyId,
    submitted: Option<(i64, AccountId)>,
) -> Result<(), Error> {
    let (at, by) = submitted.unzip();
    let n = act
        .run(
            "UPDATE round_body SET submitted_at = ?, submitted_by = ?
             WHERE id = ? AND (submitted_at IS NULL) = (CAST(? AS BIGINT) IS NOT NULL)",
            &values![at, by, id, at],
        )
        .await?;
    match n {
        1 => Ok(()),
        _ => Err(Refusal::Stale.into()),
    }
}

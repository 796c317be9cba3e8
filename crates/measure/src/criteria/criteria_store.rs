//! Criteria sets in rows.

use std::collections::HashMap;
use std::str::FromStr;

use base::id::{AccountId, AgencyId, ComponentId, CriteriaSetId, RowId};
use base::{Error, Fault};
use db::{Act, Conn, Row, values};
use rust_decimal::Decimal;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::rule::Rule;
use super::set::{Area, Component, CriteriaSet, Criterion, Reading, SetDetails, SetState};

/// A set in a list.
#[derive(Clone, Debug)]
pub struct SetLine {
    /// Its id.
    pub id: CriteriaSetId,
    /// What it says of itself.
    pub details: SetDetails,
    /// Where it is in its life.
    pub state: SetState,
    /// The version before it.
    pub follows: Option<CriteriaSetId>,
    /// How many components it has.
    pub n_components: i64,
}

/// A version of a rule, as it was made.
#[derive(Clone, Debug)]
pub struct RuleVersion {
    /// Its number, from 1.
    pub version: i64,
    /// The rule.
    pub rule: Rule,
    /// How it can also be read.
    pub second: Option<Reading>,
    /// What was said of it.
    pub note: String,
    /// When it was made, milliseconds since 1970.
    pub made_at: i64,
    /// Who made it; empty when a command at the machine did.
    pub made_by: String,
}

/// Who writes, and when (milliseconds since 1970).
#[derive(Clone, Copy, Debug)]
pub struct Writing {
    /// The person, unless a command at the machine does it.
    pub by: Option<AccountId>,
    /// When.
    pub now: i64,
}

/// The sets of an agency, the newest years first.
///
/// # Faults
/// The database does not answer.
pub async fn list(conn: &mut Conn, agency: AgencyId) -> Result<Vec<SetLine>, Fault> {
    let rows = conn
        .rows(
            "SELECT criteria_set.*, (SELECT COUNT(*) FROM component
                 JOIN criterion ON criterion.id = component.criterion_id
                 JOIN area ON area.id = criterion.area_id
                 WHERE area.set_id = criteria_set.id) AS n_components
             FROM criteria_set WHERE agency_id = ? ORDER BY year_from DESC, id DESC",
            &values![agency],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(SetLine {
                id: row.parse("id")?,
                details: read_details(row)?,
                state: read_state(row)?,
                follows: row.maybe_parse("follows_id")?,
                n_components: row.int("n_components")?,
            })
        })
        .collect()
}

/// A set with everything in it.
///
/// # Refusals
/// Not found in this agency.
///
/// # Faults
/// The database does not answer.
pub async fn find(
    conn: &mut Conn,
    agency: AgencyId,
    id: CriteriaSetId,
) -> Result<CriteriaSet, Error> {
    let row = conn
        .row(
            "SELECT * FROM criteria_set WHERE id = ? AND agency_id = ?",
            &values![id, agency],
        )
        .await?;
    Ok(CriteriaSet {
        id,
        agency,
        details: read_details(&row)?,
        state: read_state(&row)?,
        follows: row.maybe_parse("follows_id")?,
        areas: areas(conn, id).await?,
        version: row.int("version")?,
    })
}

async fn areas(conn: &mut Conn, set: CriteriaSetId) -> Result<Vec<Area>, Fault> {
    let mut components = components(conn, set).await?;
    let rows = conn
        .rows(
            "SELECT criterion.* FROM criterion JOIN area ON area.id = criterion.area_id
             WHERE area.set_id = ? ORDER BY criterion.position, criterion.id",
            &values![set],
        )
        .await?;
    let mut criteria: HashMap<RowId, Vec<Criterion>> = HashMap::new();
    for row in &rows {
        let id: RowId = row.parse("id")?;
        let criterion = Criterion {
            id,
            no: row.text("no")?,
            title: row.text("title")?,
            max: read_decimal(row, "max_points")?,
            kept: read_json(row, "kept")?,
            components: components.remove(&id).unwrap_or_default(),
        };
        let own = criteria.entry(row.parse("area_id")?).or_default();
        own.push(criterion);
    }
    let rows = conn
        .rows(
            "SELECT * FROM area WHERE set_id = ? ORDER BY position, id",
            &values![set],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let id: RowId = row.parse("id")?;
            Ok(Area {
                id,
                no: row.text("no")?,
                title: row.text("title")?,
                max: read_decimal(row, "max_points")?,
                kept: read_json(row, "kept")?,
                criteria: criteria.remove(&id).unwrap_or_default(),
            })
        })
        .collect()
}

async fn components(
    conn: &mut Conn,
    set: CriteriaSetId,
) -> Result<HashMap<RowId, Vec<Component>>, Fault> {
    let rows = conn
        .rows(
            "SELECT component.*, component_rule.rule, component_rule.second_reading,
                 component_rule.note
             FROM component JOIN criterion ON criterion.id = component.criterion_id
             JOIN area ON area.id = criterion.area_id
             JOIN component_rule ON component_rule.component_id = component.id
                 AND component_rule.version = component.rule_version
             WHERE area.set_id = ? ORDER BY component.position, component.id",
            &values![set],
        )
        .await?;
    let mut found: HashMap<RowId, Vec<Component>> = HashMap::new();
    for row in &rows {
        let own = found.entry(row.parse("criterion_id")?).or_default();
        own.push(read_component(row)?);
    }
    Ok(found)
}

fn read_component(row: &Row) -> Result<Component, Fault> {
    Ok(Component {
        id: row.parse("id")?,
        no: row.text("no")?,
        title: row.text("title")?,
        max: read_decimal(row, "max_points")?,
        guidance: row.text("guidance")?,
        evidence: row.text("evidence")?,
        source: read_json(row, "source")?,
        rule: read_json(row, "rule")?,
        rule_version: row.int("rule_version")?,
        note: row.text("note")?,
        second: read_maybe_json(row, "second_reading")?,
        example: read_maybe_json(row, "example")?,
        kept: read_json(row, "kept")?,
    })
}

/// Adds a set with everything in it; its parts come with their ids.
///
/// # Faults
/// The database refuses.
pub async fn add(
    act: &mut Act,
    set: &CriteriaSet,
    rule_ids: &[RowId],
    writing: Writing,
) -> Result<(), Fault> {
    let details = &set.details;
    act.run(
        "INSERT INTO criteria_set (id, agency_id, title, number, issued_on, issuer, level, year_from,
             year_to, total, note, kept, state, follows_id, version, created_at, created_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            set.id,
            set.agency,
            &details.title,
            &details.number,
            details.issued_on.map(|day| day.to_string()),
            &details.issuer,
            &details.level,
            details.year_from,
            details.year_to,
            details.total.map(|total| total.to_string()),
            &details.note,
            json(&details.kept)?,
            set.state.as_str(),
            set.follows,
            set.version,
            writing.now,
            writing.by,
        ],
    )
    .await?;
    let mut rule_ids = rule_ids.iter();
    for (area, position) in set.areas.iter().zip(0i64..) {
        add_area(act, set.id, area, position).await?;
        for (criterion, position) in area.criteria.iter().zip(0i64..) {
            add_criterion(act, area.id, criterion, position).await?;
            for (component, position) in criterion.components.iter().zip(0i64..) {
                let rule = rule_ids.next();
                let rule = *rule.ok_or_else(|| Fault::new("a rule without an id"))?;
                add_component(act, criterion.id, (component, position)).await?;
                add_rule(act, rule, component, writing).await?;
            }
        }
    }
    Ok(())
}

/// Adds an area at a place.
pub(super) async fn add_area(
    act: &mut Act,
    set: CriteriaSetId,
    area: &Area,
    position: i64,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO area (id, set_id, position, no, title, max_points, kept)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        &values![
            area.id,
            set,
            position,
            &area.no,
            &area.title,
            area.max.to_string(),
            json(&area.kept)?,
        ],
    )
    .await?;
    Ok(())
}

/// Adds a criterion at a place.
pub(super) async fn add_criterion(
    act: &mut Act,
    area: RowId,
    criterion: &Criterion,
    position: i64,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO criterion (id, area_id, position, no, title, max_points, kept)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        &values![
            criterion.id,
            area,
            position,
            &criterion.no,
            &criterion.title,
            criterion.max.to_string(),
            json(&criterion.kept)?,
        ],
    )
    .await?;
    Ok(())
}

/// Adds a component at a place; its rule comes with [`add_rule`].
pub(super) async fn add_component(
    act: &mut Act,
    criterion: RowId,
    (component, position): (&Component, i64),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO component (id, criterion_id, position, no, title, max_points, guidance, evidence,
             source, example, kept, rule_version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            component.id,
            criterion,
            position,
            &component.no,
            &component.title,
            component.max.to_string(),
            &component.guidance,
            &component.evidence,
            json(&component.source)?,
            maybe_json(component.example.as_ref())?,
            json(&component.kept)?,
            component.rule_version,
        ],
    )
    .await?;
    Ok(())
}

/// Adds the version of a component's rule that the component bears.
pub(super) async fn add_rule(
    act: &mut Act,
    id: RowId,
    component: &Component,
    writing: Writing,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO component_rule (id, component_id, version, rule, second_reading, note, made_at,
             made_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            id,
            component.id,
            component.rule_version,
            json(&component.rule)?,
            maybe_json(component.second.as_ref())?,
            &component.note,
            writing.now,
            writing.by,
        ],
    )
    .await?;
    Ok(())
}

/// Every version of a component's rule, the newest first.
///
/// # Faults
/// The database does not answer.
pub async fn rule_versions(
    conn: &mut Conn,
    component: ComponentId,
) -> Result<Vec<RuleVersion>, Fault> {
    let rows = conn
        .rows(
            "SELECT component_rule.*, account.name AS made_by_name
             FROM component_rule LEFT JOIN account ON account.id = component_rule.made_by
             WHERE component_id = ? ORDER BY version DESC",
            &values![component],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(RuleVersion {
                version: row.int("version")?,
                rule: read_json(row, "rule")?,
                second: read_maybe_json(row, "second_reading")?,
                note: row.text("note")?,
                made_at: row.int("made_at")?,
                made_by: row.maybe_text("made_by_name")?.unwrap_or_default(),
            })
        })
        .collect()
}

fn read_details(row: &Row) -> Result<SetDetails, Fault> {
    let year = |column: &str, value: i64| {
        i16::try_from(value).map_err(|_| Fault::new(format!("column {column} holds {value}")))
    };
    let total = row.maybe_text("total")?;
    Ok(SetDetails {
        title: row.text("title")?,
        number: row.text("number")?,
        issued_on: row.maybe_parse("issued_on")?,
        issuer: row.text("issuer")?,
        level: row.text("level")?,
        year_from: year("year_from", row.int("year_from")?)?,
        year_to: row
            .maybe_int("year_to")?
            .map(|last| year("year_to", last))
            .transpose()?,
        total: total.map(|text| decimal("total", &text)).transpose()?,
        note: row.text("note")?,
        kept: read_json(row, "kept")?,
    })
}

fn read_state(row: &Row) -> Result<SetState, Fault> {
    let word = row.text("state")?;
    SetState::parse(&word).ok_or_else(|| Fault::new(format!("a criteria set is {word:?}")))
}

fn read_decimal(row: &Row, column: &str) -> Result<Decimal, Fault> {
    decimal(column, &row.text(column)?)
}

fn decimal(column: &str, text: &str) -> Result<Decimal, Fault> {
    Decimal::from_str(text).map_err(|_| Fault::new(format!("column {column} holds {text:?}")))
}

fn read_json<T: DeserializeOwned>(row: &Row, column: &str) -> Result<T, Fault> {
    serde_json::from_str(&row.text(column)?)
        .map_err(|error| Fault::from_source(format!("column {column}"), error))
}

fn read_maybe_json<T: DeserializeOwned>(row: &Row, column: &str) -> Result<Option<T>, Fault> {
    let text = row.maybe_text(column)?;
    text.map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|error| Fault::from_source(format!("column {column}"), error))
}

pub(super) fn json(value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::from_source("a criteria set", error))
}

pub(super) fn maybe_json(value: Option<&impl Serialize>) -> Result<Option<String>, Fault> {
    value.map(json).transpose()
}

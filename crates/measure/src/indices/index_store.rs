//! Published indices in rows.

use std::str::FromStr;

use base::id::{AccountId, AgencyId, RowId};
use base::text::fold;
use base::{Error, Fault};
use db::{Act, Conn, Row, values};
use rust_decimal::Decimal;

use super::index::{Body, IndexDetails, IndexResult, Merger, PublishedIndex, Unit};

/// The value of a year, for whoever computes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearValue {
    /// The index, by its code.
    pub index: String,
    /// The body, by its name.
    pub body: String,
    /// Whether it is the agency itself.
    pub is_own: bool,
    /// The value.
    pub value: Decimal,
    /// The most that the index can be.
    pub out_of: Decimal,
}

/// Every index of an agency, in their order.
pub async fn list(conn: &mut Conn, agency: AgencyId) -> Result<Vec<PublishedIndex>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM published_index WHERE agency_id = ? ORDER BY position, code",
            &values![agency],
        )
        .await?;
    rows.iter().map(read_index).collect()
}

/// The index of a code.
///
/// # Refusals
/// Not found in this agency.
pub async fn find(conn: &mut Conn, agency: AgencyId, code: &str) -> Result<PublishedIndex, Error> {
    let row = conn
        .row(
            "SELECT * FROM published_index WHERE agency_id = ? AND code = ?",
            &values![agency, code],
        )
        .await?;
    Ok(read_index(&row)?)
}

/// Adds an index behind the others.
pub async fn add(act: &mut Act, index: &PublishedIndex, now: i64) -> Result<(), Fault> {
    let details = &index.details;
    act.run(
        "INSERT INTO published_index (id, agency_id, code, name, issuer, about, out_of, unit,
             is_official, position, created_at)
         SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, COUNT(*) + 1, ? FROM published_index
         WHERE agency_id = ?",
        &values![
            index.id,
            index.agency,
            &details.code,
            &details.name,
            &details.issuer,
            &details.about,
            details.out_of.to_string(),
            details.unit.as_str(),
            details.is_official,
            now,
            index.agency,
        ],
    )
    .await?;
    Ok(())
}

/// Saves what is said of an index; its code stays, because addresses name it.
pub async fn save(act: &mut Act, index: &PublishedIndex) -> Result<(), Fault> {
    let details = &index.details;
    act.run(
        "UPDATE published_index SET name = ?, issuer = ?, about = ?, out_of = ?, unit = ?,
             is_official = ? WHERE id = ?",
        &values![
            &details.name,
            &details.issuer,
            &details.about,
            details.out_of.to_string(),
            details.unit.as_str(),
            details.is_official,
            index.id,
        ],
    )
    .await?;
    Ok(())
}

/// Every body of an agency's indices, by name.
pub async fn bodies(conn: &mut Conn, agency: AgencyId) -> Result<Vec<Body>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM index_body WHERE agency_id = ? ORDER BY is_own DESC, name_key",
            &values![agency],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let into: Option<RowId> = row.maybe_parse("successor_id")?;
            let on = row.maybe_parse("merged_on")?;
            let decision = row.text("merged_by")?;
            Ok(Body {
                id: row.parse("id")?,
                name: row.text("name")?,
                is_own: row.flag("is_own")?,
                merger: into.zip(on).map(|(into, on)| Merger { into, on, decision }),
            })
        })
        .collect()
}

/// Adds a body.
pub async fn add_body(act: &mut Act, agency: AgencyId, body: &Body) -> Result<(), Fault> {
    act.run(
        "INSERT INTO index_body (id, agency_id, name, name_key, is_own, successor_id, merged_on,
             merged_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            body.id,
            agency,
            &body.name,
            fold(&body.name),
            body.is_own,
            body.merger.as_ref().map(|merger| merger.into),
            body.merger.as_ref().map(|merger| merger.on.to_string()),
            body.merger
                .as_ref()
                .map_or(String::new(), |merger| merger.decision.clone()),
        ],
    )
    .await?;
    Ok(())
}

/// Saves as which a body goes on, and whether it is the agency itself.
pub async fn save_body(act: &mut Act, body: &Body) -> Result<(), Fault> {
    act.run(
        "UPDATE index_body SET is_own = ?, successor_id = ?, merged_on = ?, merged_by = ?
         WHERE id = ?",
        &values![
            body.is_own,
            body.merger.as_ref().map(|merger| merger.into),
            body.merger.as_ref().map(|merger| merger.on.to_string()),
            body.merger
                .as_ref()
                .map_or(String::new(), |merger| merger.decision.clone()),
            body.id,
        ],
    )
    .await?;
    Ok(())
}

/// The results of an index, the oldest year first.
pub async fn results(conn: &mut Conn, index: RowId) -> Result<Vec<IndexResult>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM index_result WHERE index_id = ? ORDER BY year, component, body_id",
            &values![index],
        )
        .await?;
    rows.iter().map(read_result).collect()
}

/// Keeps a result: a new one, or in place of the one of the same year, body and component.
pub async fn put(
    act: &mut Act,
    index: RowId,
    result: &IndexResult,
    (now, by): (i64, Option<AccountId>),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO index_result (id, index_id, body_id, year, component, value, place, n_bodies,
             source, source_url, published_on, note, made_at, made_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (index_id, body_id, year, component) DO UPDATE SET value = excluded.value,
             place = excluded.place, n_bodies = excluded.n_bodies, source = excluded.source,
             source_url = excluded.source_url, published_on = excluded.published_on,
             note = excluded.note, made_at = excluded.made_at, made_by = excluded.made_by",
        &values![
            result.id,
            index,
            result.body,
            result.year,
            &result.component,
            result.value.to_string(),
            result.place,
            result.n_bodies,
            &result.source,
            &result.source_url,
            result.published_on.map(|day| day.to_string()),
            &result.note,
            now,
            by,
        ],
    )
    .await?;
    Ok(())
}

/// Takes a result away.
pub async fn remove(act: &mut Act, result: RowId) -> Result<(), Fault> {
    act.run("DELETE FROM index_result WHERE id = ?", &values![result])
        .await?;
    Ok(())
}

/// The values of whole indices in a year.
pub async fn values_of_year(
    conn: &mut Conn,
    agency: AgencyId,
    year: i16,
) -> Result<Vec<YearValue>, Fault> {
    let rows = conn
        .rows(
            "SELECT published_index.code, published_index.out_of, index_body.name,
                 index_body.is_own, index_result.value
             FROM index_result JOIN published_index ON published_index.id = index_result.index_id
             JOIN index_body ON index_body.id = index_result.body_id
             WHERE published_index.agency_id = ? AND index_result.year = ?
                 AND index_result.component = ''
             ORDER BY published_index.position, index_body.name_key",
            &values![agency, year],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(YearValue {
                index: row.text("code")?,
                body: row.text("name")?,
                is_own: row.flag("is_own")?,
                value: decimal(row, "value")?,
                out_of: decimal(row, "out_of")?,
            })
        })
        .collect()
}

fn read_index(row: &Row) -> Result<PublishedIndex, Fault> {
    Ok(PublishedIndex {
        id: row.parse("id")?,
        agency: row.parse("agency_id")?,
        details: IndexDetails {
            code: row.text("code")?,
            name: row.text("name")?,
            issuer: row.text("issuer")?,
            about: row.text("about")?,
            out_of: decimal(row, "out_of")?,
            unit: Unit::parse(&row.text("unit")?).unwrap_or_default(),
            is_official: row.flag("is_official")?,
        },
    })
}

fn read_result(row: &Row) -> Result<IndexResult, Fault> {
    let year = row.int("year")?;
    Ok(IndexResult {
        id: row.parse("id")?,
        body: row.parse("body_id")?,
        year: i16::try_from(year).map_err(|_| Fault::new(format!("a result of {year}")))?,
        component: row.text("component")?,
        value: decimal(row, "value")?,
        place: row.maybe_int("place")?,
        n_bodies: row.maybe_int("n_bodies")?,
        source: row.text("source")?,
        source_url: row.text("source_url")?,
        published_on: row.maybe_parse("published_on")?,
        note: row.text("note")?,
    })
}

fn decimal(row: &Row, column: &str) -> Result<Decimal, Fault> {
    let text = row.text(column)?;
    Decimal::from_str(&text).map_err(|_| Fault::new(format!("column {column} holds {text:?}")))
}

/// The indices of an agency as code and name.
pub async fn choices(conn: &mut Conn, agency: AgencyId) -> Result<Vec<(String, String)>, Fault> {
    let all = list(conn, agency).await?;
    let pair = |index: PublishedIndex| (index.details.code, index.details.name);
    Ok(all.into_iter().map(pair).collect())
}

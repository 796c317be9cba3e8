//! The published indices for programs: `GET /api/v1/indices`, and the same as CSV.

use axum::extract::State;
use axum::response::IntoResponse;
use base::{Error, Fault};
use documents::csv::Writer;
use documents::sheet::{Column, Sheet, Value};
use editorial::Editorial;
use serde_json::{Value as Json, json};
use web::{Cacheable, Page};

use crate::indices::acts::TAG;
use crate::indices::index::{Body, IndexResult, PublishedIndex};
use crate::indices::index_store;
use crate::indices::result_file::{COLUMNS, cells};

/// An index with its results.
type Found = (PublishedIndex, Vec<IndexResult>);

/// The indices as JSON. Values are texts with a point, so that no program loses a place.
pub async fn show(State(editorial): State<Editorial>) -> Page {
    let (tags, bodies, found) = found(&editorial).await?;
    let indices: Vec<Json> = found
        .iter()
        .map(|(index, results)| {
            let details = &index.details;
            json!({
                "code": details.code,
                "name": details.name,
                "issuer": details.issuer,
                "about": details.about,
                "is_official": details.is_official,
                "out_of": details.out_of.normalize().to_string(),
                "unit": details.unit.as_str(),
                "results": results
                    .iter()
                    .filter_map(|result| of_result(result, &bodies))
                    .collect::<Vec<Json>>(),
            })
        })
        .collect();
    let mergers: Vec<Json> = bodies
        .iter()
        .filter_map(|body| {
            let merger = body.merger.as_ref()?;
            let into = bodies.iter().find(|other| other.id == merger.into)?;
            Some(json!({
                "from": body.name, "into": into.name, "on": merger.on,
                "decision": merger.decision,
            }))
        })
        .collect();
    let body = serde_json::to_vec(&json!({"indices": indices, "mergers": mergers}))
        .map_err(|error| Fault::from_source("indices cannot be written as JSON", error))?;
    Ok(Cacheable::of("application/json", body, tags).into_response())
}

/// The results as comma-separated values, with the index before each.
pub async fn csv(State(editorial): State<Editorial>) -> Page {
    let (tags, bodies, found) = found(&editorial).await?;
    let names = ["index", "is_official"].into_iter();
    let names = names.chain(COLUMNS.iter().map(|(name, _)| *name));
    let sheet = Sheet {
        name: "indices".to_owned(),
        columns: names.map(|name| Column::new(name, 12)).collect(),
        ..Sheet::default()
    };
    let mut writer = Writer::begin(Vec::new(), &sheet)?;
    for (index, results) in &found {
        for result in results {
            let Some(body) = bodies.iter().find(|body| body.id == result.body) else {
                continue;
            };
            let mut row = vec![
                Value::text(index.details.code.as_str()),
                Value::Flag(index.details.is_official),
            ];
            row.extend(cells(result, body));
            writer.row(&row)?;
        }
    }
    let bytes = writer.finish()?;
    Ok(Cacheable::of("text/csv; charset=utf-8", bytes, tags).into_response())
}

async fn found(editorial: &Editorial) -> Result<(Vec<String>, Vec<Body>, Vec<Found>), Error> {
    let mut read = editorial.db.read().await?;
    let agency = house::people::agency_store::of_host(&mut read, "").await?;
    let bodies = index_store::bodies(&mut read, agency).await?;
    let mut found = Vec::new();
    for index in index_store::list(&mut read, agency).await? {
        let results = index_store::results(&mut read, index.id).await?;
        found.push((index, results));
    }
    let tags = vec![TAG.to_owned(), format!("agency/{agency}")];
    Ok((tags, bodies, found))
}

fn of_result(result: &IndexResult, bodies: &[Body]) -> Option<Json> {
    let body = bodies.iter().find(|body| body.id == result.body)?;
    Some(json!({
        "year": result.year,
        "body": body.name,
        "is_own": body.is_own,
        "component": result.component,
        "value": result.value.normalize().to_string(),
        "place": result.place,
        "n_bodies": result.n_bodies,
        "source": result.source,
        "source_url": result.source_url,
        "published_on": result.published_on,
        "note": result.note,
    }))
}

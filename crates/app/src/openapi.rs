//! The description of the programs' interface (OpenAPI 3.1), made from the route registry.

use axum::extract::State;
use axum::response::IntoResponse;
use editorial::Editorial;
use serde_json::{Map, Value, json};
use web::{Cacheable, Page};

/// What each route of the interface is for; a test holds that none is missing.
const SUMMARIES: [(&str, &str); 6] = [
    (
        "/api/v1/indices",
        "Published indices by year, body and component, with their sources",
    ),
    (
        "/api/v1/search",
        "Finds articles by their words, with or without marks",
    ),
    ("/api/v1/articles", "Lists public articles after a number"),
    ("/api/v1/articles/{number}", "One public article"),
    (
        "/api/v1/plans/{year}",
        "What the year's plans promised and what is done",
    ),
    ("/api/v1/openapi.json", "This description"),
];

/// Parameters in the query, by path.
const QUERIES: [(&str, &str, &str); 4] = [
    ("/api/v1/search", "q", "string"),
    ("/api/v1/search", "limit", "integer"),
    ("/api/v1/articles", "after", "integer"),
    ("/api/v1/articles", "limit", "integer"),
];

/// `GET /api/v1/openapi.json`
pub async fn show(State(_): State<Editorial>) -> Page {
    let body = description().to_string();
    Ok(Cacheable::of("application/json", body, Vec::new()).into_response())
}

fn description() -> Value {
    let mut paths = Map::new();
    for card in crate::route_cards() {
        if card.path.starts_with("/api/") {
            paths.insert(card.path.to_owned(), operation(card.path));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Loa", "version": env!("CARGO_PKG_VERSION")},
        "paths": paths,
    })
}

fn operation(path: &str) -> Value {
    let summary = SUMMARIES
        .iter()
        .find(|(of, _)| *of == path)
        .map_or("", |(_, words)| words);
    let in_path = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut parameters: Vec<Value> = in_path
        .map(|name| {
            json!({"name": name, "in": "path", "required": true, "schema": {"type": "integer"}})
        })
        .collect();
    for (_, name, kind) in QUERIES.iter().filter(|(of, ..)| *of == path) {
        parameters.push(json!({"name": name, "in": "query", "schema": {"type": kind}}));
    }
    let problem = json!({
        "description": "RFC 9457 problem details; `code` never changes",
        "content": {"application/problem+json": {"schema": {"type": "object"}}},
    });
    json!({"get": {
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "The answer",
                "content": {"application/json": {"schema": {"type": "object"}}},
            },
            "4XX": problem,
        },
    }})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_for_programs_says_what_it_is_for() {
        for card in crate::route_cards() {
            if card.path.starts_with("/api/") {
                assert!(
                    SUMMARIES.iter().any(|(path, _)| *path == card.path),
                    "{}",
                    card.path
                );
            }
        }
    }
}

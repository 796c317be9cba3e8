//! The description of the programs' interface (OpenAPI 3.1), made from the route registry.

use axum::extract::State;
use axum::response::IntoResponse;
use editorial::Editorial;
use serde_json::{Map, Value, json};
use web::{Cacheable, Page};

/// What each route of the interface is for; a test holds that none is missing.
const SUMMARIES: [(&str, &str); 12] = [
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
    (
        "/api/v1/log/checkpoint",
        "The newest signed checkpoint of the log (C2SP tlog-checkpoint), with cosignatures",
    ),
    (
        "/api/v1/log/tile/{level}/{*index}",
        "Hashes of the log's tree (C2SP tlog-tiles); entries are not public",
    ),
    (
        "/api/v1/log/proof/inclusion",
        "That a leaf is in the log of a size (RFC 6962)",
    ),
    (
        "/api/v1/log/proof/consistency",
        "That the log of one size begins with that of another (RFC 6962)",
    ),
    (
        "/api/v1/log/witnessed",
        "The checkpoint of another log that this house cosigned last",
    ),
    (
        "/api/v1/log/add-checkpoint",
        "Asks this house to cosign a checkpoint (C2SP tlog-witness)",
    ),
];

/// Parameters in the query, by path.
const QUERIES: [(&str, &str, &str); 9] = [
    ("/api/v1/search", "q", "string"),
    ("/api/v1/search", "limit", "integer"),
    ("/api/v1/articles", "after", "integer"),
    ("/api/v1/articles", "limit", "integer"),
    ("/api/v1/log/proof/inclusion", "leaf", "integer"),
    ("/api/v1/log/proof/inclusion", "size", "integer"),
    ("/api/v1/log/proof/consistency", "from", "integer"),
    ("/api/v1/log/proof/consistency", "to", "integer"),
    ("/api/v1/log/witnessed", "origin", "string"),
];

/// Routes whose answer is no JSON, with what it is.
const OTHER_TYPES: [(&str, &str); 4] = [
    ("/api/v1/log/checkpoint", "text/plain"),
    (
        "/api/v1/log/tile/{level}/{*index}",
        "application/octet-stream",
    ),
    ("/api/v1/log/witnessed", "text/plain"),
    ("/api/v1/log/add-checkpoint", "text/plain"),
];

/// Parameters of a path that are not numbers.
const WORDS_IN_PATHS: [&str; 1] = ["index"];

/// `GET /api/v1/openapi.json`
pub async fn show(State(_): State<Editorial>) -> Page {
    let body = description().to_string();
    Ok(Cacheable::of("application/json", body, Vec::new()).into_response())
}

fn description() -> Value {
    let mut paths = Map::new();
    for card in crate::route_cards() {
        if card.path.starts_with("/api/") {
            let method = card.method.as_str().to_lowercase();
            let path = card.path.replace("{*", "{");
            let methods = paths.entry(path).or_insert_with(|| json!({}));
            methods[method] = operation(card.path);
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
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| name.trim_start_matches('*'));
    let mut parameters: Vec<Value> = in_path
        .map(|name| {
            let kind = match WORDS_IN_PATHS.contains(&name) {
                true => "string",
                false => "integer",
            };
            json!({"name": name, "in": "path", "required": true, "schema": {"type": kind}})
        })
        .collect();
    for (_, name, kind) in QUERIES.iter().filter(|(of, ..)| *of == path) {
        parameters.push(json!({"name": name, "in": "query", "schema": {"type": kind}}));
    }
    let problem = json!({
        "description": "RFC 9457 problem details; `code` never changes",
        "content": {"application/problem+json": {"schema": {"type": "object"}}},
    });
    let other = OTHER_TYPES.iter().find(|(of, _)| *of == path);
    let content = match other {
        Some((_, kind)) => json!({*kind: {"schema": {"type": "string"}}}),
        None => json!({"application/json": {"schema": {"type": "object"}}}),
    };
    json!({
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": "The answer", "content": content},
            "4XX": problem,
        },
    })
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

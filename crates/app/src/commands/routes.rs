//! `loa routes`.

use std::process::ExitCode;

use base::{Error, Role};
use serde_json::json;
use web::{Policy, RouteCard};

/// Prints every route.
pub fn run(as_json: bool) -> Result<ExitCode, Error> {
    let mut cards = crate::route_cards();
    cards.sort_by(|a, b| (a.path, a.method.as_str()).cmp(&(b.path, b.method.as_str())));
    if as_json {
        let list: Vec<_> = cards
            .iter()
            .map(|card| {
                json!({
                    "method": card.method.as_str(),
                    "path": card.path,
                    "policy": policy(card),
                    "act": card.act,
                    "handler": card.handler,
                })
            })
            .collect();
        println!("{}", serde_json::Value::Array(list));
    } else {
        for card in &cards {
            println!(
                "{:<5} {:<58} {:<40} {}",
                card.method,
                card.path,
                policy(card),
                card.handler
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn policy(card: &RouteCard) -> String {
    match card.policy {
        Policy::Public => "public".to_owned(),
        Policy::Anyone => "anyone".to_owned(),
        Policy::SignedIn => "signed-in".to_owned(),
        Policy::Roles(roles) => roles.iter().map(Role::as_str).collect::<Vec<_>>().join(" "),
    }
}

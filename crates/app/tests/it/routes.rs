//! Routes: each is declared once, names its act, is answered by the file that its path promises,
//! and is open to those whom docs/routes.md lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use axum::http::Method;
use base::{Role, Roles};
use web::{Policy, Rate, RouteCard};

use crate::sources::{file, none_of, root};

const LIST: &str = "docs/routes.md";

/// Desk pages that are met before anybody has signed in, or after a session has ended.
const BEFORE_SIGN_IN: [&str; 2] = ["/desk/sign-in", "/desk/sign-out"];

/// Handlers that do not stand in a folder named as their side of the house, with the reason.
const ELSEWHERE: [(&str, &str); 2] = [
    (
        "app::",
        "the home pages and the list for programs belong to no feature",
    ),
    (
        "house::files::portal::",
        "a file is answered by one page on both sides",
    ),
];

#[test]
fn every_route_is_declared_once() {
    none_of("a method and path have one route", twice(&cards()));
}

#[test]
fn every_route_that_changes_something_names_its_act() {
    none_of(
        "a POST names an act `thing.verb`, a GET none",
        wrong_acts(&cards()),
    );
}

#[test]
fn the_desk_is_closed_and_the_portal_is_open() {
    none_of(
        "desk routes ask who it is, portal routes never do",
        wrong_policies(&cards()),
    );
}

#[test]
fn every_route_is_answered_by_the_file_its_path_promises() {
    let cards = cards();
    let exists = |path: &str| file(path).is_some();
    let mut found: Vec<String> = cards
        .iter()
        .filter_map(|card| misplaced(card, exists))
        .collect();
    found.extend(shared_segments(&cards));
    none_of("a route leads to its feature, side and page", found);
}

#[test]
fn every_path_is_written_the_same_way() {
    let found = cards()
        .iter()
        .filter(|card| !is_well_written(card.path))
        .map(name)
        .collect();
    none_of("paths are lower-case nouns with hyphens", found);
}

#[test]
fn docs_list_every_route_with_its_rights() {
    let made = markdown(&cards());
    if std::env::var_os("LOA_BLESS").is_some() {
        std::fs::write(root().join(LIST), &made).unwrap();
        return;
    }
    let kept = file(LIST).unwrap_or_default();
    let differs = made
        .lines()
        .zip(kept.lines().chain(std::iter::repeat("")))
        .find(|(a, b)| a != b);
    assert!(
        made == kept,
        "rights have changed: look at them, then `LOA_BLESS=1 cargo test -p app --test it routes` \
         writes {LIST} anew. First difference: {differs:?}"
    );
}

fn cards() -> Vec<RouteCard> {
    let cards = app::route_cards();
    assert!(cards.len() > 30, "the routes were not found");
    cards
}

fn name(card: &RouteCard) -> String {
    format!("{} {}", card.method, card.path)
}

fn is_desk(card: &RouteCard) -> bool {
    card.path == "/desk" || card.path.starts_with("/desk/")
}

fn twice(cards: &[RouteCard]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    // Two names for the same part of a path are the same route to a router.
    let plain = |card: &RouteCard| {
        let parts = card
            .path
            .split('/')
            .map(|part| if part.starts_with('{') { "{}" } else { part });
        format!("{} {}", card.method, parts.collect::<Vec<_>>().join("/"))
    };
    cards
        .iter()
        .map(plain)
        .filter(|name| !seen.insert(name.clone()))
        .collect()
}

fn wrong_acts(cards: &[RouteCard]) -> Vec<String> {
    let is_wrong = |card: &&RouteCard| match card.act {
        None => card.method != Method::GET,
        Some(act) => card.method == Method::GET || !is_act(act),
    };
    cards
        .iter()
        .filter(is_wrong)
        .map(|card| format!("{}: {:?}", name(card), card.act))
        .collect()
}

/// `thing.verb`, both lower-case words.
fn is_act(act: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    act.split_once('.')
        .is_some_and(|(thing, verb)| is_word(thing) && is_word(verb))
}

fn wrong_policies(cards: &[RouteCard]) -> Vec<String> {
    let is_wrong = |card: &&RouteCard| {
        let is_counted = card.method == Method::GET || card.rate != Rate::Free;
        let fits = match card.policy {
            Policy::Public => !is_desk(card),
            Policy::Anyone => BEFORE_SIGN_IN.contains(&card.path),
            Policy::SignedIn => is_desk(card),
            Policy::Roles(roles) => is_desk(card) && roles != Roles::default(),
        };
        !fits || !is_counted
    };
    cards
        .iter()
        .filter(is_wrong)
        .map(|card| format!("{}: {:?}", name(card), card.policy))
        .collect()
}

/// What is wrong with the place of a handler, if anything.
fn misplaced(card: &RouteCard, exists: impl Fn(&str) -> bool) -> Option<String> {
    let (module, _) = card.handler.rsplit_once("::")?;
    let (krate, rest) = module.split_once("::")?;
    let file = format!("crates/{krate}/src/{}", rest.replace("::", "/"));
    if !exists(&format!("{file}.rs")) && !exists(&format!("{file}/mod.rs")) {
        return Some(format!("{}: no file for {}", name(card), card.handler));
    }
    let side = if is_desk(card) { "desk" } else { "portal" };
    let is_there = matches!(rest.split("::").collect::<Vec<_>>()[..], [_, s, _] if s == side);
    let is_excused = ELSEWHERE
        .iter()
        .any(|(start, _)| card.handler.starts_with(start));
    (!is_there && !is_excused)
        .then(|| format!("{}: {} is not in {side}/", name(card), card.handler))
}

/// First words of desk paths that lead into two features.
fn shared_segments(cards: &[RouteCard]) -> Vec<String> {
    let mut features: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for card in cards.iter().filter(|card| is_desk(card)) {
        let Some(segment) = card.path.split('/').nth(2) else {
            continue;
        };
        let feature: Vec<&str> = card.handler.split("::").take(2).collect();
        features
            .entry(segment)
            .or_default()
            .insert(feature.join("::"));
    }
    let shared = features
        .into_iter()
        .filter(|(_, features)| features.len() > 1);
    shared
        .map(|(segment, features)| format!("/desk/{segment} is shared by {features:?}"))
        .collect()
}

fn is_well_written(path: &str) -> bool {
    let is_plain = |part: &str| {
        part.chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._{}".contains(c))
    };
    // The rest of an address may be one part: `{*index}` of a tile.
    let path = &path.replace("{*", "{");
    path == "/"
        || (path.starts_with('/')
            && path[1..]
                .split('/')
                .all(|part| !part.is_empty() && is_plain(part)))
}

/// The page of docs/ that a reviewer reads.
fn markdown(cards: &[RouteCard]) -> String {
    let mut cards: Vec<&RouteCard> = cards.iter().collect();
    cards.sort_by_key(|card| (card.path, card.method == Method::POST));
    let mut page = String::from(
        "# Routes and rights\n\n\
         Made from the declarations of the features (`loa routes` prints the same); a test compares it, so that every\n\
         change of rights is seen in review. Rules about single things (four eyes, own unit) come after these, in each\n\
         feature's `rules.rs`.\n\n## Acts by role\n\n| act |",
    );
    for role in Role::ALL {
        write!(page, " {} |", role.as_str()).unwrap();
    }
    page.push_str("\n|---|");
    page.push_str(&"---|".repeat(Role::ALL.len()));
    page.push('\n');
    for (act, policies) in acts(&cards) {
        write!(page, "| {act} |").unwrap();
        for role in Role::ALL {
            let may = policies.iter().any(|policy| allows(*policy, role));
            page.push_str(if may { " yes |" } else { "  |" });
        }
        page.push('\n');
    }
    page.push_str("\n## Routes\n\n| method | path | who | act | pace | answered by |\n|---|---|---|---|---|---|\n");
    for card in cards {
        let RouteCard {
            method,
            path,
            act,
            handler,
            ..
        } = card;
        let (who, act, pace) = (who(card.policy), act.unwrap_or_default(), pace(card.rate));
        writeln!(
            page,
            "| {method} | `{path}` | {who} | {act} | {pace} | `{handler}` |"
        )
        .unwrap();
    }
    page
}

fn acts<'a>(cards: &[&'a RouteCard]) -> BTreeMap<&'a str, Vec<Policy>> {
    let mut acts: BTreeMap<&str, Vec<Policy>> = BTreeMap::new();
    for card in cards {
        if let Some(act) = card.act {
            acts.entry(act).or_default().push(card.policy);
        }
    }
    acts
}

fn allows(policy: Policy, role: Role) -> bool {
    match policy {
        Policy::Public | Policy::Anyone | Policy::SignedIn => true,
        Policy::Roles(roles) => roles.has(role),
    }
}

fn who(policy: Policy) -> String {
    match policy {
        Policy::Public => "the public".to_owned(),
        Policy::Anyone => "anyone".to_owned(),
        Policy::SignedIn => "signed in".to_owned(),
        Policy::Roles(roles) => roles
            .iter()
            .map(Role::as_str)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn pace(rate: Rate) -> &'static str {
    match rate {
        Rate::Free => "",
        Rate::Work => "work",
        Rate::PublicForm => "public form",
        Rate::SignIn => "sign-in",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(method: Method, path: &'static str, policy: Policy) -> RouteCard {
        let handler = "editorial::plan::desk::plan_show::show";
        RouteCard {
            method,
            path,
            policy,
            rate: Rate::Work,
            act: None,
            handler,
        }
    }

    #[test]
    fn a_doubled_route_or_an_act_without_a_name_is_seen() {
        let get = card(Method::GET, "/desk/plans/{id}", Policy::SignedIn);
        let same = card(Method::GET, "/desk/plans/{plan}", Policy::SignedIn);
        assert_eq!(twice(&[get.clone(), same]).len(), 1);
        let mut post = card(Method::POST, "/desk/plans", Policy::SignedIn);
        assert_eq!(wrong_acts(&[get.clone(), post.clone()]).len(), 1);
        post.act = Some("savePlan");
        assert_eq!(wrong_acts(&[post.clone()]).len(), 1);
        post.act = Some("plan.save");
        assert!(wrong_acts(&[post, get]).is_empty());
    }

    #[test]
    fn an_open_desk_or_a_closed_portal_is_seen() {
        let staff = Policy::roles(&[Role::Editor]);
        let wrong = [
            card(Method::GET, "/desk/plans", Policy::Public),
            card(Method::GET, "/desk/plans", Policy::Anyone),
            card(Method::GET, "/desk/plans", Policy::roles(&[])),
            card(Method::GET, "/tin", Policy::SignedIn),
            card(Method::GET, "/tin", staff),
        ];
        assert_eq!(wrong_policies(&wrong).len(), wrong.len());
        let right = [
            card(Method::GET, "/desk/plans", staff),
            card(Method::GET, "/tin", Policy::Public),
        ];
        assert!(wrong_policies(&right).is_empty());
    }

    #[test]
    fn a_handler_in_the_wrong_room_is_seen() {
        let desk = card(Method::GET, "/desk/plans", Policy::SignedIn);
        assert!(misplaced(&desk, |path| path.ends_with("desk/plan_show.rs")).is_none());
        assert!(misplaced(&desk, |_| false).is_some());
        assert!(misplaced(&card(Method::GET, "/tin", Policy::Public), |_| true).is_some());
        let mut other = desk.clone();
        other.handler = "house::people::desk::unit_list::show";
        assert_eq!(shared_segments(&[desk, other]).len(), 1);
        assert!(!is_well_written("/desk/Plans") && !is_well_written("/desk/plans/"));
        assert!(is_well_written("/sitemap-{part}.xml") && is_well_written("/"));
    }
}

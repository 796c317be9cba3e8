//! Layering: which crate may use which, which feature may use which, and who may name SQL, a
//! driver, the environment or a table. The tables stand here; ARCHITECTURE.md tells why.

use std::collections::{BTreeMap, BTreeSet};

use crate::rust_text::RustText;
use crate::schema::declared_tables;
use crate::sources::{FILES, RUST, crate_of, feature_of, features, none_of};
use crate::tidy::is_sql;

/// Our own crates, each with those it may use.
const CRATES: [(&str, &[&str]); 10] = [
    ("base", &[]),
    ("prose", &["base"]),
    ("search", &["base", "prose"]),
    ("documents", &["base", "prose"]),
    ("db", &["base"]),
    ("web", &["base", "db"]),
    ("house", &["base", "db", "prose", "web"]),
    (
        "editorial",
        &["base", "db", "documents", "house", "prose", "search", "web"],
    ),
    (
        "measure",
        &[
            "base",
            "db",
            "documents",
            "editorial",
            "house",
            "prose",
            "search",
            "web",
        ],
    ),
    (
        "app",
        &[
            "base",
            "db",
            "documents",
            "editorial",
            "house",
            "measure",
            "prose",
            "search",
            "web",
        ],
    ),
];

/// Features, each with those of its crate that it may use: only those below it.
const FEATURES: [(&str, &str, &[&str]); 17] = [
    ("house", "audit", &[]),
    ("house", "people", &["audit"]),
    ("house", "calendar", &["audit", "people"]),
    ("house", "files", &["people"]),
    ("house", "outbox", &["people"]),
    ("house", "evidence", &["audit", "files"]),
    (
        "house",
        "witness",
        &["audit", "evidence", "outbox", "people"],
    ),
    ("editorial", "items", &[]),
    ("editorial", "plan", &["items"]),
    ("editorial", "channels", &["plan", "items"]),
    ("editorial", "newsroom", &["plan", "items"]),
    ("editorial", "owed", &["plan", "newsroom"]),
    ("measure", "reports", &[]),
    ("measure", "evidence", &["reports"]),
    ("measure", "indices", &[]),
    ("measure", "criteria", &["indices", "reports"]),
    ("measure", "rounds", &["criteria"]),
];

/// Crates that only `db` may depend on or name.
const DRIVERS: [&str; 7] = [
    "sqlx",
    "rusqlite",
    "libsqlite3_sys",
    "tokio_postgres",
    "postgres",
    "diesel",
    "sea_orm",
];

/// Rule files: pure, given the time and the ids, knowing no database, page or clock.
const RULES: [&str; 104] = [
    "crates/editorial/src/items/item.rs",
    "crates/editorial/src/channels/registration.rs",
    "crates/editorial/src/channels/rules.rs",
    "crates/editorial/src/newsroom/article.rs",
    "crates/editorial/src/newsroom/draft.rs",
    "crates/editorial/src/newsroom/release.rs",
    "crates/editorial/src/newsroom/rules.rs",
    "crates/editorial/src/owed/calendar_file.rs",
    "crates/editorial/src/owed/numbers.rs",
    "crates/editorial/src/owed/owed.rs",
    "crates/editorial/src/plan/activity.rs",
    "crates/editorial/src/plan/annex/change.rs",
    "crates/editorial/src/plan/annex/fields.rs",
    "crates/editorial/src/plan/annex/reading.rs",
    "crates/editorial/src/plan/annex/rows.rs",
    "crates/editorial/src/plan/finding.rs",
    "crates/editorial/src/plan/life/amendment.rs",
    "crates/editorial/src/plan/life/difference.rs",
    "crates/editorial/src/plan/life/issue.rs",
    "crates/editorial/src/plan/life/next_year.rs",
    "crates/editorial/src/plan/life/opinion.rs",
    "crates/editorial/src/plan/life/rules.rs",
    "crates/editorial/src/plan/life/tree.rs",
    "crates/editorial/src/plan/plan.rs",
    "crates/editorial/src/items/proof.rs",
    "crates/editorial/src/items/requirement.rs",
    "crates/editorial/src/items/share.rs",
    "crates/editorial/src/plan/figure.rs",
    "crates/editorial/src/plan/programme.rs",
    "crates/editorial/src/plan/progress/deadline.rs",
    "crates/editorial/src/plan/progress/mod.rs",
    "crates/editorial/src/plan/progress/promise.rs",
    "crates/editorial/src/plan/progress/reckoning.rs",
    "crates/editorial/src/plan/progress/slot.rs",
    "crates/editorial/src/plan/progress/summary.rs",
    "crates/editorial/src/plan/progress/weight.rs",
    "crates/editorial/src/plan/target.rs",
    "crates/editorial/src/plan/rules.rs",
    "crates/editorial/src/plan/task.rs",
    "crates/house/src/audit/canonical.rs",
    "crates/house/src/audit/check.rs",
    "crates/house/src/audit/checkpoint.rs",
    "crates/house/src/audit/entry.rs",
    "crates/house/src/audit/cosignature.rs",
    "crates/house/src/audit/note.rs",
    "crates/house/src/audit/personal.rs",
    "crates/house/src/audit/proof_file.rs",
    "crates/house/src/audit/short_note.rs",
    "crates/house/src/audit/tree/edge.rs",
    "crates/house/src/audit/tree/mod.rs",
    "crates/house/src/audit/tree/node.rs",
    "crates/house/src/audit/tree/proof.rs",
    "crates/house/src/audit/verdict.rs",
    "crates/house/src/calendar/day_off.rs",
    "crates/house/src/calendar/month.rs",
    "crates/house/src/evidence/capture.rs",
    "crates/house/src/evidence/kind.rs",
    "crates/house/src/evidence/link.rs",
    "crates/house/src/evidence/picture.rs",
    "crates/house/src/evidence/manifest.rs",
    "crates/house/src/evidence/proof_file.rs",
    "crates/house/src/files/sniff.rs",
    "crates/house/src/outbox/message.rs",
    "crates/house/src/outbox/retry.rs",
    "crates/house/src/witness/alarm.rs",
    "crates/house/src/witness/request.rs",
    "crates/house/src/witness/tile_path.rs",
    "crates/house/src/witness/witnesses.rs",
    "crates/house/src/people/account.rs",
    "crates/house/src/people/account_rules.rs",
    "crates/house/src/people/agency.rs",
    "crates/house/src/people/lineage.rs",
    "crates/house/src/people/reorganisation.rs",
    "crates/house/src/people/session.rs",
    "crates/house/src/people/throttle.rs",
    "crates/measure/src/criteria/arithmetic.rs",
    "crates/measure/src/criteria/exact.rs",
    "crates/measure/src/criteria/input.rs",
    "crates/measure/src/criteria/rule.rs",
    "crates/measure/src/criteria/rules.rs",
    "crates/measure/src/criteria/scored.rs",
    "crates/measure/src/criteria/scoring.rs",
    "crates/measure/src/criteria/set.rs",
    "crates/measure/src/criteria/source.rs",
    "crates/measure/src/criteria/comparison.rs",
    "crates/measure/src/criteria/input_form.rs",
    "crates/measure/src/indices/index.rs",
    "crates/measure/src/indices/line.rs",
    "crates/measure/src/indices/result_file.rs",
    "crates/measure/src/evidence/entry.rs",
    "crates/measure/src/evidence/rules.rs",
    "crates/measure/src/evidence/wish.rs",
    "crates/measure/src/reports/report.rs",
    "crates/measure/src/reports/years.rs",
    "crates/measure/src/rounds/entry.rs",
    "crates/measure/src/rounds/gate.rs",
    "crates/measure/src/rounds/input_form.rs",
    "crates/measure/src/rounds/phase.rs",
    "crates/measure/src/rounds/ranking.rs",
    "crates/measure/src/rounds/risk.rs",
    "crates/measure/src/rounds/round.rs",
    "crates/measure/src/rounds/rules.rs",
    "crates/measure/src/rounds/survey_sheet.rs",
    "crates/measure/src/rounds/total.rs",
];

/// What a rule file may take from `web` all the same, with the reason.
const RULES_OF_FORMS: [(&str, &str); 5] = [
    ("Form", "what was typed, as data: no request"),
    ("Check", "gathers the problems of a form"),
    ("Upload", "a file of a form: its bytes and its name"),
    ("Lang", "a language is a word, not a page"),
    ("AgencyCard", "the names of an agency, as data for any page"),
];

/// What a rule file never names.
const IMPURE: [&str; 13] = [
    "db::",
    "axum",
    "tokio::",
    "sqlx",
    "Clock",
    "Ids",
    "std::fs",
    "std::net",
    "std::env",
    "SystemTime",
    "Instant::now",
    "getrandom",
    "house.",
];

#[test]
fn crates_use_only_those_below_them() {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for file in FILES.iter().filter(|file| is_manifest(&file.path)) {
        let name = crate_of(&file.path);
        seen.insert(name);
        let Some((_, allowed)) = CRATES.iter().find(|(krate, _)| *krate == name) else {
            found.push(format!("{name} is not in the table"));
            continue;
        };
        for used in own_dependencies(&file.text) {
            if used != name && !allowed.contains(&used.as_str()) {
                found.push(format!("{name} uses {used}"));
            }
        }
    }
    found.extend(
        CRATES
            .iter()
            .filter(|(name, _)| !seen.contains(name))
            .map(|(n, _)| format!("no crate {n}")),
    );
    none_of("crates use only those to their right", found);
}

#[test]
fn features_use_only_those_below_them() {
    let mut found = Vec::new();
    for (krate, name) in features() {
        if !FEATURES.iter().any(|(k, n, _)| *k == krate && *n == name) {
            found.push(format!("feature {krate}/{name} is not in the table"));
        }
    }
    for (krate, name, below) in FEATURES {
        let all = FEATURES
            .iter()
            .filter(|(other, _, _)| *other == krate)
            .map(|(_, name, _)| *name);
        let above: Vec<&str> = all
            .filter(|other| *other != name && !below.contains(other))
            .collect();
        let own = RUST
            .iter()
            .filter(|f| crate_of(&f.path) == krate && feature_of(&f.path) == Some(name));
        found.extend(own.flat_map(|file| names_of_features(file, &above)));
    }
    none_of("a feature uses only those below it", found);
}

#[test]
fn features_are_entered_by_their_door() {
    let mut found = Vec::new();
    for (krate, name) in features() {
        let door = format!("crates/{krate}/src/{name}/mod.rs");
        let file = RUST.iter().find(|file| file.path == door).unwrap();
        found.extend(side_doors(file));
    }
    none_of("a module of a feature is private or wholly public", found);
}

#[test]
fn only_stores_hold_sql() {
    let outside = RUST.iter().filter(|file| !is_store(&file.path));
    none_of(
        "SQL stands in *_store.rs",
        outside.flat_map(statements).collect(),
    );
    assert!(
        RUST.iter()
            .any(|file| is_store(&file.path) && !statements(file).is_empty())
    );
}

#[test]
fn only_db_names_a_driver() {
    let mut found = Vec::new();
    for file in FILES
        .iter()
        .filter(|f| is_manifest(&f.path) && crate_of(&f.path) != "db")
    {
        let named = dependencies(&file.text);
        let drivers = named
            .iter()
            .filter(|name| DRIVERS.contains(&name.replace('-', "_").as_str()));
        found.extend(drivers.map(|driver| format!("{}: {driver}", file.path)));
    }
    let outside = RUST
        .iter()
        .filter(|file| !matches!(crate_of(&file.path), "db" | "app"));
    found.extend(
        outside.flat_map(|file| named(file, &["Backend::", "Target::Sqlite", "Target::Postgres"])),
    );
    let outside = RUST.iter().filter(|file| crate_of(&file.path) != "db");
    found.extend(outside.flat_map(|file| named(file, &DRIVERS.map(|name| name))));
    none_of("only db names SQLite or PostgreSQL", found);
}

#[test]
fn only_app_reads_the_environment() {
    let outside = RUST.iter().filter(|file| crate_of(&file.path) != "app");
    let words = [
        "std::env",
        "env::var",
        "env::args",
        "env::current_dir",
        "env::temp_dir",
        "option_env!",
    ];
    none_of(
        "only app reads the environment",
        outside.flat_map(|file| named(file, &words)).collect(),
    );
}

#[test]
fn a_table_has_one_owner() {
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in RUST.iter().filter(|file| crate_of(&file.path) != "db") {
        let owner = format!(
            "{}/{}",
            crate_of(&file.path),
            feature_of(&file.path).unwrap_or("-")
        );
        for table in written_tables(file) {
            owners.entry(table).or_default().insert(owner.clone());
        }
    }
    let tables = declared_tables();
    let mut found: Vec<String> = Vec::new();
    for (table, owners) in &owners {
        if !tables.contains(table) {
            found.push(format!("{table} is written but no migration makes it"));
        }
        if owners.len() > 1 {
            found.push(format!("{table} is written by {owners:?}"));
        }
    }
    assert!(owners.len() > 15, "no writes were found");
    none_of("a table is written by one feature", found);
}

#[test]
fn rules_are_pure() {
    let mut found = Vec::new();
    for path in RULES {
        match RUST.iter().find(|file| file.path == path) {
            Some(file) => found.extend(impurities(file)),
            None => found.push(format!("{path} is not there")),
        }
    }
    let is_rules = |path: &str| path.ends_with("/rules.rs") || path.ends_with("_rules.rs");
    let all = RUST
        .iter()
        .map(|file| file.path.as_str())
        .filter(|path| is_rules(path));
    found.extend(
        all.filter(|path| !RULES.contains(path))
            .map(|path| format!("{path} is not listed")),
    );
    none_of("rule files know no database, page, clock or disk", found);
}

fn is_manifest(path: &str) -> bool {
    path.starts_with("crates/") && path.ends_with("/Cargo.toml")
}

fn is_store(path: &str) -> bool {
    path.starts_with("crates/db/") || path.ends_with("_store.rs")
}

/// Every dependency of a manifest.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut is_list = false;
    let mut names = Vec::new();
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            is_list = section.trim_end_matches(']').ends_with("dependencies");
        } else if is_list && let Some((name, _)) = line.split_once(['.', '=', ' ']) {
            names.push(name.trim().to_owned());
        }
    }
    names.retain(|name| !name.is_empty() && !name.starts_with('#'));
    names
}

fn own_dependencies(manifest: &str) -> Vec<String> {
    let mut names = dependencies(manifest);
    names.retain(|name| CRATES.iter().any(|(krate, _)| krate == name));
    names
}

/// Paths into these features, also those inside a group: `use crate::{plan, items::item}`.
fn names_of_features(file: &RustText, features: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for feature in features {
        found.extend(named(file, &[&format!("crate::{feature}")]));
        found.extend(named(file, &[&format!("super::super::{feature}")]));
    }
    for at in file.find_all("use crate::{") {
        let open = at + "use crate::".len();
        for (from, to) in file.arguments(open) {
            let item = file.code[from..to].trim();
            let first = item.split("::").next().unwrap_or_default().trim();
            if features.contains(&first) {
                found.push(format!("{}: {first}", file.place(from)));
            }
        }
    }
    found
}

/// Modules that are open to the crate only: a way around the door that the compiler allows.
fn side_doors(door: &RustText) -> Vec<String> {
    named(
        door,
        &["pub(crate) mod", "pub(super) mod", "pub(in crate) mod"],
    )
}

fn statements(file: &RustText) -> Vec<String> {
    let sql = file.literals.iter().filter(|literal| is_sql(&literal.text));
    sql.map(|literal| file.place(literal.at)).collect()
}

fn named(file: &RustText, words: &[&str]) -> Vec<String> {
    words
        .iter()
        .flat_map(|word| {
            file.find_all(word)
                .map(move |at| format!("{}: {word}", file.place(at)))
        })
        .collect()
}

/// The tables that the statements of a source write.
fn written_tables(file: &RustText) -> BTreeSet<String> {
    let mut tables = BTreeSet::new();
    for literal in file.literals.iter().filter(|literal| is_sql(&literal.text)) {
        let words: Vec<&str> = literal.text.split_whitespace().collect();
        for (i, word) in words.iter().enumerate() {
            let is_do = i >= 1 && matches!(words[i - 1], "DO" | "FOR");
            let table = match (*word, words.get(i + 1)) {
                ("INSERT", Some(&"INTO")) | ("DELETE", Some(&"FROM")) => words.get(i + 2),
                ("UPDATE", next) if !is_do => next,
                _ => None,
            };
            let name = |table: &&str| table.split('(').next().unwrap_or_default().to_owned();
            tables.extend(table.map(name));
        }
    }
    tables
}

fn impurities(file: &RustText) -> Vec<String> {
    let mut found = named(file, &IMPURE);
    for at in file.find_all("web::") {
        let rest = &file.code[at + "web::".len()..];
        let named = match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default(),
            None => rest
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default(),
        };
        for name in named
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            if !RULES_OF_FORMS.iter().any(|(allowed, _)| *allowed == name) {
                found.push(format!("{}: web::{name}", file.place(at)));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> RustText {
        RustText::read("crates/x/src/a/b.rs", text)
    }

    #[test]
    fn dependencies_of_a_manifest_are_found() {
        let manifest = "[package]\nname = \"x\"\n[dependencies]\nbase.workspace = true\n# no\nserde = \"1\"\n\
                        [dev-dependencies]\nhouse = { path = \".\" }\n[features]\nweb = []\n";
        assert_eq!(dependencies(manifest), ["base", "serde", "house"]);
        assert_eq!(own_dependencies(manifest), ["base", "house"]);
    }

    #[test]
    fn a_way_up_or_around_is_seen() {
        let up = [
            "use crate::newsroom::Draft;",
            "crate::newsroom::begin();",
            "use crate::{items, newsroom::Draft};",
        ];
        for text in up {
            assert_eq!(
                names_of_features(&source(text), &["newsroom"]).len(),
                1,
                "{text}"
            );
        }
        assert!(
            names_of_features(
                &source("use crate::newsrooms; // crate::newsroom"),
                &["newsroom"]
            )
            .is_empty()
        );
        assert_eq!(
            side_doors(&source("pub(crate) mod a;\npub mod b;\nmod c;")).len(),
            1
        );
    }

    #[test]
    fn statements_and_what_they_write_are_seen() {
        let text = "run(\"INSERT INTO a (b) VALUES (?) ON CONFLICT (b) DO UPDATE SET b = 1\"); \
                    run(\"WITH c AS (SELECT 1) DELETE FROM d\"); run(\"UPDATE e SET f = 1\"); \
                    say(\"UPDATE your browser\"); // \"SELECT 1\"";
        assert_eq!(statements(&source(text)).len(), 3);
        let tables: Vec<String> = written_tables(&source(text)).into_iter().collect();
        assert_eq!(tables, ["a", "d", "e"]);
    }

    #[test]
    fn an_impure_rule_is_seen() {
        for bad in [
            "use db::Act;",
            "fn a(clock: &Clock) {}",
            "use web::{Form, Page};",
            "axum::Json(1)",
        ] {
            assert_eq!(impurities(&source(bad)).len(), 1, "{bad}");
        }
        assert!(
            impurities(&source(
                "use web::{Form, Lang}; use base::calendar::period;"
            ))
            .is_empty()
        );
    }
}

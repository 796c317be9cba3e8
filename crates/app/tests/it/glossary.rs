//! The glossary: every table and every feature has its word in it, once.

use std::collections::BTreeMap;

use crate::schema::declared_tables;
use crate::sources::{features, file, none_of};

const GLOSSARY: &str = "docs/glossary.md";

#[test]
fn every_table_and_feature_is_in_the_glossary() {
    let rows = rows(file(GLOSSARY).expect("docs/glossary.md"));
    let tables = declared_tables()
        .into_iter()
        .map(|table| format!("table {table}"));
    let folders = features()
        .into_iter()
        .map(|(krate, name)| format!("feature {krate}/{name}"));
    let found = tables.chain(folders).filter(|thing| {
        let name = thing.rsplit([' ', '/']).next().unwrap_or_default();
        !rows.iter().any(|row| row.word == name)
    });
    none_of(
        "every table and feature has a row in docs/glossary.md",
        found.collect(),
    );
}

#[test]
fn every_word_of_the_glossary_is_told_once_and_in_full() {
    let rows = rows(file(GLOSSARY).expect("docs/glossary.md"));
    assert!(rows.len() > 30, "the table of the glossary was not found");
    none_of(
        "a word has one row with a Vietnamese term and a meaning",
        faults(&rows),
    );
}

struct Row {
    word: String,
    vietnamese: String,
    meaning: String,
}

/// The rows of the table `| word | Vietnamese | meaning | source |`.
fn rows(text: &str) -> Vec<Row> {
    let is_row = |line: &&str| line.starts_with("| ") && !line.starts_with("| ---");
    text.lines()
        .filter(is_row)
        .filter_map(|line| {
            let cells: Vec<&str> = line
                .trim()
                .trim_matches('|')
                .split('|')
                .map(str::trim)
                .collect();
            let is_head = cells
                .first()
                .is_some_and(|cell| cell.eq_ignore_ascii_case("word"));
            (cells.len() >= 4 && !is_head).then(|| Row {
                word: cells[0].trim_matches('`').to_owned(),
                vietnamese: cells[1].to_owned(),
                meaning: cells[2].to_owned(),
            })
        })
        .collect()
}

fn faults(rows: &[Row]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(&row.word).or_default() += 1;
    }
    let twice = counts
        .iter()
        .filter(|(_, n)| **n > 1)
        .map(|(word, _)| format!("twice: {word}"));
    let empty = rows
        .iter()
        .filter(|row| row.vietnamese.is_empty() || row.meaning.is_empty());
    twice
        .chain(empty.map(|row| format!("not told: {}", row.word)))
        .collect()
}

#[test]
fn a_word_that_is_told_twice_or_not_at_all_is_seen() {
    let text = "| Word | Vietnamese | Meaning | Source |\n|---|---|---|---|\n| `plan` | kế hoạch | a promise | law |\n\
                | `plan` | kế hoạch | again | law |\n| task |  | a part | law |\n";
    assert_eq!(faults(&rows(text)), ["twice: plan", "not told: task"]);
}

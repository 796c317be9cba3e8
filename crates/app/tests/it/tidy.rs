//! Tidy: sizes, names, words and SQL that the house does not use.

use crate::rust_text::RustText;
use crate::sources::{FILES, RUST, file, none_of};

const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;

/// Who may make markup that is not escaped: each has made it from a checked tree or hit.
const MARKUP_MAKERS: [&str; 5] = [
    "crates/web/src/markup.rs",
    "crates/editorial/src/newsroom/desk/article_review.rs",
    "crates/editorial/src/newsroom/portal/article.rs",
    "crates/editorial/src/newsroom/portal/release.rs",
    "crates/editorial/src/newsroom/portal/search.rs",
];

/// SQL that only one of the databases understands, or that reads the server's clock.
const NOT_PORTABLE: [&str; 13] = [
    "NOW(",
    "CURRENT_TIMESTAMP",
    "CURRENT_DATE",
    "ILIKE",
    "::",
    "JSON_",
    "->>",
    "GROUP_CONCAT",
    "ANY(",
    "= TRUE",
    "= FALSE",
    "SKIP LOCKED",
    " BLOB",
];

const VAGUE_NAMES: [&str; 12] = [
    "utils", "util", "helpers", "helper", "common", "manager", "service", "types", "misc", "stuff",
    "shared", "core",
];

#[test]
fn no_file_is_too_long_to_read() {
    let long = RUST.iter().filter(|file| file.n_lines() > FILE_LINES_MAX);
    none_of(
        "a source has at most 500 lines without its tests",
        long.map(|file| format!("{}: {} lines", file.path, file.n_lines()))
            .collect(),
    );
}

#[test]
fn no_function_is_too_long_to_read() {
    none_of(
        "a function has at most 70 lines",
        RUST.iter().flat_map(long_functions).collect(),
    );
}

#[test]
fn nothing_panics_on_input() {
    none_of(
        "outside of tests nothing panics",
        RUST.iter().flat_map(panics).collect(),
    );
}

#[test]
fn nothing_is_left_to_do() {
    none_of(
        "nothing is left unfinished",
        RUST.iter().flat_map(unfinished).collect(),
    );
    let marks = ["<<<<<<< ", ">>>>>>> ", "||||||| "];
    let has_mark = |text: &str| {
        text.lines()
            .any(|line| marks.iter().any(|m| line.starts_with(m)))
    };
    let merged = FILES.iter().filter(|file| has_mark(&file.text));
    none_of(
        "no merge is half done",
        merged.map(|file| file.path.clone()).collect(),
    );
}

#[test]
fn markup_is_made_in_few_places() {
    let mut found = Vec::new();
    for file in RUST
        .iter()
        .filter(|file| !MARKUP_MAKERS.contains(&file.path.as_str()))
    {
        found.extend(file.find_all("made_here").map(|at| file.place(at)));
    }
    for maker in MARKUP_MAKERS {
        if !RUST
            .iter()
            .any(|file| file.path == maker && file.code.contains("made_here"))
        {
            found.push(format!("{maker} no longer makes markup"));
        }
    }
    none_of("only listed files make markup that is not escaped", found);
}

#[test]
fn sql_is_the_same_for_both_databases() {
    let outside = RUST
        .iter()
        .filter(|file| !file.path.starts_with("crates/db/"));
    none_of(
        "SQL outside of db is portable",
        outside.flat_map(foreign_sql).collect(),
    );
}

#[test]
fn every_source_begins_by_saying_what_it_is() {
    let says = |path: &str| file(path).is_some_and(|text| text.starts_with("//!"));
    let silent = RUST.iter().filter(|file| !says(&file.path));
    none_of(
        "a source begins with its module doc",
        silent.map(|file| file.path.clone()).collect(),
    );
}

#[test]
fn names_say_what_is_in_the_file() {
    let vague = FILES.iter().filter(|file| is_vague(&file.path));
    none_of(
        "no file or folder has a vague name",
        vague.map(|file| file.path.clone()).collect(),
    );
}

#[test]
fn nothing_names_the_machine_it_was_made_on() {
    let found = FILES
        .iter()
        .flat_map(|file| machine_paths(&file.path, &file.text));
    none_of(
        "no path of a machine stands in the project",
        found.collect(),
    );
}

fn long_functions(file: &RustText) -> Vec<String> {
    let n_lines = |at, end| file.line(end) - file.line(at) + 1;
    file.functions()
        .iter()
        .filter(|function| n_lines(function.at, function.end) > FUNCTION_LINES_MAX)
        .map(|f| {
            format!(
                "{} {}: {} lines",
                file.place(f.at),
                f.name,
                n_lines(f.at, f.end)
            )
        })
        .collect()
}

/// `unwrap` and `expect` stand only in functions that say why they cannot fail.
fn panics(file: &RustText) -> Vec<String> {
    let functions = file.functions();
    let is_excused = |at: usize| {
        let around = functions.iter().filter(|f| (f.at..f.end).contains(&at));
        around.max_by_key(|f| f.at).is_some_and(|f| {
            f.before.contains("clippy::expect_used") || f.before.contains("clippy::unwrap_used")
        })
    };
    [
        ".unwrap()",
        ".expect(",
        "panic!",
        "unreachable!",
        ".unwrap_err()",
        ".expect_err(",
    ]
    .iter()
    .flat_map(|word| file.find_all(word).map(move |at| (word, at)))
    .filter(|(_, at)| !is_excused(*at))
    .map(|(word, at)| format!("{}: {word}", file.place(at)))
    .collect()
}

fn unfinished(file: &RustText) -> Vec<String> {
    let macros = ["todo!", "unimplemented!", "dbg!", "#[ignore"];
    let mut found: Vec<String> = macros
        .iter()
        .flat_map(|word| {
            file.find_all(word)
                .map(move |at| format!("{}: {word}", file.place(at)))
        })
        .collect();
    for (at, comment) in &file.comments {
        if ["TODO", "XXX", "HACK"]
            .iter()
            .any(|mark| comment.contains(mark))
        {
            found.push(format!("{}: {comment}", file.place(*at)));
        }
    }
    found
}

/// Whether a literal is a statement, or a part of one that begins with a clause.
pub fn is_sql(text: &str) -> bool {
    let text = text.trim_start();
    let starts = [
        "SELECT ",
        "INSERT INTO ",
        "UPDATE ",
        "DELETE FROM ",
        "CREATE TABLE ",
        "CREATE INDEX ",
        "ALTER TABLE ",
        "DROP TABLE ",
        "TRUNCATE ",
        "PRAGMA ",
        "VALUES (",
    ];
    let is_with = text.starts_with("WITH ") && text.contains(" AS (");
    let is_update = !text.starts_with("UPDATE ") || text.contains(" SET ");
    is_with || (starts.iter().any(|start| text.starts_with(start)) && is_update)
}

fn foreign_sql(file: &RustText) -> Vec<String> {
    let mut found = Vec::new();
    for literal in file.literals.iter().filter(|literal| is_sql(&literal.text)) {
        let text = without_quotes(&literal.text).to_uppercase();
        for word in NOT_PORTABLE.iter().filter(|word| text.contains(*word)) {
            found.push(format!("{}: {word}", file.place(literal.at)));
        }
    }
    found
}

fn without_quotes(sql: &str) -> String {
    sql.split('\'').step_by(2).collect::<Vec<_>>().join("''")
}

fn is_vague(path: &str) -> bool {
    path.starts_with("crates/")
        && path.split('/').any(|part| {
            let stem = part.split('.').next().unwrap_or_default();
            VAGUE_NAMES.contains(&stem)
        })
}

fn machine_paths(path: &str, text: &str) -> Vec<String> {
    let folders = ["work", "home", "root", "Users"];
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for folder in folders {
            let begins = format!("/{folder}/");
            let is_path = line.match_indices(&begins).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                before.is_none_or(|c| !c.is_alphanumeric() && !"-_./}".contains(c))
            });
            if is_path {
                found.push(format!("{path}:{}: {begins}", number + 1));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> RustText {
        RustText::read("crates/x/src/a.rs", text)
    }

    #[test]
    fn a_long_function_is_seen() {
        let body = "    a();\n".repeat(FUNCTION_LINES_MAX - 2);
        assert!(long_functions(&source(&format!("fn a() {{\n{body}}}"))).is_empty());
        assert_eq!(
            long_functions(&source(&format!("fn a() {{\n\n{body}}}"))).len(),
            1
        );
    }

    #[test]
    fn a_panic_is_seen_unless_its_function_says_why() {
        assert_eq!(
            panics(&source("fn a() { b().unwrap(); c().expect(\"d\"); }")).len(),
            2
        );
        let excused = "#[expect(clippy::expect_used, reason = \"b is whole\")]\nfn a() { b().expect(\"c\"); }\n";
        assert!(panics(&source(excused)).is_empty());
        assert_eq!(
            panics(&source(&format!("{excused}fn d() {{ e().unwrap() }}"))).len(),
            1
        );
        assert!(panics(&source("fn a() { b().unwrap_or(1); self.expect(\"c\") }")).len() == 1);
    }

    #[test]
    fn unfinished_work_is_seen() {
        assert_eq!(unfinished(&source("fn a() { todo!() } // TODO b")).len(), 2);
        assert!(unfinished(&source("fn a() { say(\"TODO\") }")).is_empty());
    }

    #[test]
    fn sql_of_one_database_is_seen() {
        let bad = [
            "SELECT NOW()",
            "UPDATE a SET b = c::text",
            "SELECT a FROM b WHERE c ILIKE ?",
            "SELECT json_extract(a, '$') FROM b",
            "SELECT a FROM b WHERE c = any(?)",
        ];
        for sql in bad {
            assert_eq!(
                foreign_sql(&source(&format!("const A: &str = {sql:?};"))).len(),
                1,
                "{sql}"
            );
        }
        for good in ["SELECT '::' FROM a", "crate::b", "UPDATE NOW()"] {
            assert!(
                foreign_sql(&source(&format!("const A: &str = {good:?};"))).is_empty(),
                "{good}"
            );
        }
    }

    #[test]
    fn vague_names_and_machine_paths_are_seen() {
        assert!(is_vague("crates/x/src/utils/a.rs") && is_vague("crates/x/src/service.rs"));
        assert!(!is_vague("crates/x/src/services/procedure.rs"));
        let path = ["/", "home", "/somebody"].concat();
        assert_eq!(machine_paths("a", &format!("see {path}")).len(), 1);
        assert!(machine_paths("a", &format!("https://b.vn{path}")).is_empty());
    }
}

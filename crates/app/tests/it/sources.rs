//! The files of the project, read once, and how a check says what it found.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::rust_text::RustText;
use crate::template_text::TemplateText;

/// Folders that hold nothing of ours.
const OTHERS: [&str; 4] = ["target", "node_modules", "dist", "test-results"];
/// Hidden folders that are ours all the same.
const OURS: [&str; 2] = [".ci", ".github"];

/// A file as text, with its path from the root of the project, `/` between its parts.
pub struct Text {
    /// The path.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

/// Every text file of the project.
pub static FILES: LazyLock<Vec<Text>> = LazyLock::new(|| {
    let mut files = Vec::new();
    walk(&root(), "", &mut files);
    assert!(files.len() > 200, "the project was not found");
    files
});

/// The Rust sources of the crates, without their tests.
pub static RUST: LazyLock<Vec<RustText>> = LazyLock::new(|| {
    let is_source = |file: &&Text| in_crates(&file.path, "src") && file.path.ends_with(".rs");
    let all: Vec<RustText> = FILES
        .iter()
        .filter(is_source)
        .map(|file| RustText::read(&file.path, &file.text))
        .collect();
    let tests: Vec<String> = all
        .iter()
        .flat_map(|file| file.test_modules.clone())
        .collect();
    all.into_iter()
        .filter(|file| {
            !tests.iter().any(|module| {
                file.path == format!("{module}.rs") || file.path.starts_with(&format!("{module}/"))
            })
        })
        .collect()
});

/// The templates of the crates.
pub static TEMPLATES: LazyLock<Vec<TemplateText>> = LazyLock::new(|| {
    let is_template = |file: &&Text| {
        file.path.starts_with("crates/")
            && !file.path.contains("/tests/")
            && (file.path.ends_with(".html") || file.path.ends_with(".xml"))
    };
    FILES
        .iter()
        .filter(is_template)
        .map(|file| TemplateText::read(&file.path, &file.text))
        .collect()
});

/// The root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The text of a file.
pub fn file(path: &str) -> Option<&'static str> {
    FILES
        .iter()
        .find(|file| file.path == path)
        .map(|file| file.text.as_str())
}

/// Whether a path is below this folder of a crate.
pub fn in_crates(path: &str, folder: &str) -> bool {
    let mut parts = path.split('/');
    parts.next() == Some("crates") && parts.nth(1) == Some(folder)
}

/// The crate of a path.
pub fn crate_of(path: &str) -> &str {
    path.split('/').nth(1).unwrap_or_default()
}

/// The feature of a path, or nothing for files at the root of a crate.
pub fn feature_of(path: &str) -> Option<&str> {
    let mut parts = path.split('/').skip(3);
    let feature = parts.next()?;
    parts.next().map(|_| feature)
}

/// The folders of features: those of the feature crates that have a door.
pub fn features() -> Vec<(String, String)> {
    FILES
        .iter()
        .filter_map(|file| {
            let parts: Vec<&str> = file.path.split('/').collect();
            match parts[..] {
                [
                    "crates",
                    krate @ ("house" | "editorial" | "measure"),
                    "src",
                    name,
                    "mod.rs",
                ] => Some((krate.to_owned(), name.to_owned())),
                _ => None,
            }
        })
        .collect()
}

/// Fails with the whole list if a check found anything.
#[track_caller]
pub fn none_of(rule: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{rule}:\n  {}\n", found.join("\n  "));
}

fn walk(dir: &Path, prefix: &str, files: &mut Vec<Text>) {
    let mut entries: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().into_string().unwrap();
        let path = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}/{name}")
        };
        let kind = entry.file_type().unwrap();
        let is_hidden = name.starts_with('.') && !OURS.contains(&name.as_str());
        if kind.is_dir() {
            if !is_hidden && !OTHERS.contains(&name.as_str()) {
                walk(&entry.path(), &path, files);
            }
        } else if kind.is_file()
            && !is_hidden
            // A file that another program removes while it is read is none of ours.
            && let Ok(text) = std::fs::read_to_string(entry.path())
        {
            files.push(Text { path, text });
        }
    }
}

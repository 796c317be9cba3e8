//! Assets: what pages name is in the binary.

use std::collections::BTreeSet;

use crate::sources::{FILES, RUST, TEMPLATES, file, none_of, root};

#[test]
fn every_asset_that_a_page_names_is_built() {
    let assets = web::Assets::embedded();
    let mut found = Vec::new();
    for (place, name) in named_assets() {
        if assets.bytes(&name).is_none() {
            found.push(format!("{place}: {name}"));
        }
        let built = root().join("assets/dist").join(&name);
        assert_eq!(
            assets.bytes(&name).is_some(),
            built.exists(),
            "{name} is built and embedded"
        );
    }
    none_of("every asset is in assets/dist", found);
}

#[test]
fn every_icon_that_a_page_names_is_drawn() {
    let drawn = drawn();
    let mut found = Vec::new();
    for template in TEMPLATES.iter() {
        for (at, name) in icons(&template.source) {
            if !drawn.contains(name) {
                found.push(format!("{}: #{name}", template.place(at)));
            }
        }
    }
    for source in RUST.iter() {
        for at in source.find_all("icon:") {
            let after = source.code[at + 5..].trim_start();
            let start = source.code.len() - after.len();
            for literal in source.literals_in(start, start + 1) {
                if !drawn.contains(&literal.text) && !literal.text.is_empty() {
                    found.push(format!("{}: {}", source.place(at), literal.text));
                }
            }
        }
    }
    none_of("every icon is in icons.svg", found);
}

#[test]
fn icons_and_assets_are_found_in_sources() {
    let template = "<use href=\"{{ frame.asset(\"icons.svg\") }}#pencil\"></use><use href=\"{{ i }}#{{ n }}\">";
    assert_eq!(icons(template), [(39, "pencil")]);
    assert!(named_assets().iter().any(|(_, name)| name == "desk.css"));
    assert!(drawn().len() > 20);
}

/// What `asset("…")` names, in templates and in code.
fn named_assets() -> Vec<(String, String)> {
    let mut named = Vec::new();
    for template in TEMPLATES.iter() {
        for (at, expression) in &template.expressions {
            for part in expression.split("asset(\"").skip(1) {
                let name = part.split('"').next().unwrap_or_default();
                named.push((template.place(*at), name.to_owned()));
            }
        }
    }
    for source in RUST.iter() {
        for call in ["asset(", "assets.url(", "assets.bytes("] {
            for at in source.find_all(call) {
                let open = at + call.len();
                let literals = source.literals_in(open, open + 1);
                named.extend(literals.map(|name| (source.place(at), name.text.clone())));
            }
        }
    }
    named
}

/// The icons of a template that are named and not computed.
fn icons(template: &str) -> Vec<(usize, &str)> {
    let mut icons = Vec::new();
    for (at, mark) in template.match_indices("}}#") {
        let rest = &template[at + mark.len()..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(rest.len());
        let is_use = template[..at]
            .rfind('<')
            .is_some_and(|tag| template[tag..].starts_with("<use"));
        if is_use && end > 0 {
            icons.push((at, &rest[..end]));
        }
    }
    icons
}

fn drawn() -> BTreeSet<String> {
    // The built folder is not walked with the sources.
    assert!(
        FILES
            .iter()
            .all(|file| !file.path.starts_with("assets/dist/"))
    );
    assert!(file("assets/img/icons.json").is_some());
    let text = std::fs::read_to_string(root().join("assets/dist/icons.svg")).unwrap();
    text.split("<symbol id=\"")
        .skip(1)
        .map(|part| part.split('"').next().unwrap().to_owned())
        .collect()
}

//! Tidy for templates: short, without words of their own, without what the content policy refuses.

use crate::sources::{TEMPLATES, none_of};
use crate::template_text::TemplateText;

const LINES_MAX: usize = 250;

/// Attributes that people read or hear.
const SPOKEN: [&str; 6] = [
    "alt",
    "aria-label",
    "title",
    "placeholder",
    "aria-description",
    "label",
];

/// Names and codes that are the same in every language.
const SAME_EVERYWHERE: [&str; 4] = ["vi", "Atom", "RSS", "JSON Feed"];

#[test]
fn no_template_is_too_long_to_read() {
    let long = TEMPLATES
        .iter()
        .filter(|template| template.source.lines().count() > LINES_MAX);
    none_of(
        "a template has at most 250 lines",
        long.map(|long| long.path.clone()).collect(),
    );
}

#[test]
fn templates_hold_no_words() {
    none_of(
        "words come from Fluent files",
        TEMPLATES.iter().flat_map(words).collect(),
    );
}

#[test]
fn templates_hold_nothing_that_the_content_policy_refuses() {
    let found = TEMPLATES.iter().flat_map(refused).collect();
    none_of(
        "no inline style, script or handler, nothing unescaped",
        found,
    );
}

fn words(template: &TemplateText) -> Vec<String> {
    let mut found = Vec::new();
    for (at, text) in template.texts() {
        let text = without_entities(&without_attributes(text));
        if is_word(&text) {
            found.push(format!("{}: {}", template.place(at), text.trim()));
        }
    }
    for (at, tag) in template.tags() {
        for (name, value) in attributes(tag) {
            if SPOKEN.contains(&name) && is_word(value) {
                found.push(format!("{}: {name}={value}", template.place(at)));
            }
        }
    }
    found
}

fn refused(template: &TemplateText) -> Vec<String> {
    let mut found = Vec::new();
    for (at, tag) in template.tags() {
        let attributes = attributes(tag);
        let value = |name: &str| {
            attributes
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, value)| *value)
        };
        let is_data = matches!(
            value("type"),
            Some("application/json" | "application/ld+json")
        );
        let is_inline = tag.starts_with("script") && value("src").is_none();
        if value("style").is_some() || tag == "style" || tag.starts_with("style ") {
            found.push(format!("{}: a style", template.place(at)));
        }
        if is_inline && !is_data && value("nonce").is_none() {
            found.push(format!(
                "{}: a script without type or nonce",
                template.place(at)
            ));
        }
        for (name, value) in &attributes {
            if name.starts_with("on") || value.trim_start().starts_with("javascript:") {
                found.push(format!("{}: {name}={value}", template.place(at)));
            }
            let is_loaded = matches!(*name, "src" | "srcset" | "action" | "poster");
            if is_loaded && (value.starts_with("http") || value.starts_with("//")) {
                found.push(format!("{}: a request to {value}", template.place(at)));
            }
        }
    }
    for (at, expression) in &template.expressions {
        if expression.replace(' ', "").contains("|safe") {
            found.push(format!("{}: |safe", template.place(*at)));
        }
    }
    found
}

/// Attributes with a quoted value.
fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let parts: Vec<&str> = tag.split('"').collect();
    parts
        .chunks_exact(2)
        .filter_map(|pair| {
            let name = pair[0].trim_end().strip_suffix('=')?;
            let name = name.rsplit(char::is_whitespace).next()?;
            Some((name, pair[1]))
        })
        .collect()
}

fn is_word(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !SAME_EVERYWHERE.contains(&text.trim())
}

/// A macro that makes attributes stands outside of any tag.
fn without_attributes(text: &str) -> String {
    let mut kept = String::new();
    for (i, part) in text.split('"').enumerate().filter(|(i, _)| i % 2 == 0) {
        let is_named = part.ends_with('=') && i + 1 < text.split('"').count();
        let end = if is_named {
            part.rfind(char::is_whitespace).unwrap_or(0)
        } else {
            part.len()
        };
        kept.push_str(&part[..end]);
    }
    kept
}

fn without_entities(text: &str) -> String {
    let mut parts = text.split('&');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once(';').map_or(part, |(_, rest)| rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(source: &str) -> TemplateText {
        TemplateText::read("a.html", source)
    }

    #[test]
    fn words_of_a_template_are_seen() {
        for bad in [
            "<p>Lưu</p>",
            "<p>{{ a }} Save</p>",
            "<img alt=\"Ảnh\">",
            "<a title=\"go\">1</a>",
        ] {
            assert_eq!(words(&template(bad)).len(), 1, "{bad}");
        }
        for good in [
            "<p class=\"a\">{{ frame.t(\"save\") }} &middot; 1</p>",
            "<img alt=\"{{ a }}\">",
        ] {
            assert!(words(&template(good)).is_empty(), "{good}");
        }
    }

    #[test]
    fn what_the_content_policy_refuses_is_seen() {
        let bad = [
            "<p style=\"a\">",
            "<script>a()</script>",
            "<a href=\"javascript:a()\">",
            "<b onclick=\"a()\">",
            "{{ a|safe }}",
            "<img src=\"https://a.vn/b.png\">",
        ];
        for bad in bad {
            assert_eq!(refused(&template(bad)).len(), 1, "{bad}");
        }
        let good = [
            "<script type=\"application/ld+json\">{{ a }}</script>",
            "<script nonce=\"{{ n }}\">a()</script>",
            "<script type=\"module\" src=\"{{ a }}\" nonce=\"{{ n }}\"></script>",
            "<a href=\"https://a.vn\">",
        ];
        for good in good {
            assert!(refused(&template(good)).is_empty(), "{good}");
        }
    }
}

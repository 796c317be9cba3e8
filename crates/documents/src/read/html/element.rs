//! What the elements of a page mean for its text.

use html5ever::tokenizer::Tag;

/// The value of an attribute.
pub(super) fn value(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs
        .iter()
        .find(|a| &*a.name.local == name)
        .map(|a| a.value.to_string())
}

/// First number and form of a list; `-` is a list without numbers.
pub(super) fn list_of(tag: &Tag) -> Option<(u32, char)> {
    match &*tag.name {
        "ul" => Some((1, '-')),
        "ol" => {
            let start = value(tag, "start")
                .and_then(|v| v.parse().ok())
                .unwrap_or(1);
            let form = value(tag, "type").and_then(|t| t.chars().next());
            let form = form.filter(|c| "1aAiI".contains(*c)).unwrap_or('1');
            Some((start, form))
        }
        _ => None,
    }
}

/// Elements that people do not read as part of the text.
pub(super) fn is_furniture(name: &str, in_article: bool) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "iframe"
            | "svg"
            | "nav"
            | "aside"
            | "select"
            | "button"
            | "textarea"
            | "object"
            | "canvas"
            | "video"
            | "audio"
            | "title"
    ) || (matches!(name, "header" | "footer") && !in_article)
}

/// Whether the class, id or role of an element names a piece of furniture.
pub(super) fn names_furniture(tag: &Tag) -> bool {
    if matches!(&*tag.name, "html" | "body" | "main" | "article") {
        return false;
    }
    const WORDS: [&str; 30] = [
        "nav",
        "navbar",
        "menu",
        "mainmenu",
        "breadcrumb",
        "breadcrumbs",
        "sidebar",
        "footer",
        "banner",
        "related",
        "othernews",
        "comment",
        "comments",
        "share",
        "social",
        "advert",
        "ads",
        "pagination",
        "cookie",
        "cookies",
        "toolbar",
        "copyright",
        "popup",
        "modal",
        "dropdown",
        "topbar",
        "contentinfo",
        "navigation",
        "widget",
        "marquee",
    ];
    ["class", "id", "role"].iter().any(|key| {
        value(tag, key).is_some_and(|v| {
            v.to_lowercase()
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| WORDS.contains(&word))
        })
    })
}

/// Whether the element is marked as the article of the page.
pub(super) fn is_article(tag: &Tag) -> bool {
    matches!(&*tag.name, "article" | "main")
        || value(tag, "itemprop").as_deref() == Some("articleBody")
        || value(tag, "role").as_deref() == Some("main")
}

/// Elements that begin and end a paragraph.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "blockquote"
            | "pre"
            | "figure"
            | "figcaption"
            | "dl"
            | "dt"
            | "dd"
            | "form"
            | "fieldset"
            | "address"
            | "center"
            | "body"
            | "html"
            | "head"
            | "details"
            | "summary"
            | "option"
            | "select"
            | "button"
    )
}

/// Elements that never hold anything.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

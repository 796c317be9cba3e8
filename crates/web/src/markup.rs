//! Markup that was made here and goes into a page as it is.

use std::fmt;

/// HTML that the house itself made from a document tree, a hit of a search, or JSON for a script.
/// Templates escape everything else; this is the only way past that, so whoever makes one answers
/// for every byte of it.
#[derive(Clone, Debug, Default)]
pub struct Markup(String);

impl Markup {
    /// HTML made by a renderer of ours from checked data.
    pub fn made_here(html: String) -> Self {
        Self(html)
    }

    /// JSON that may stand inside a `script` element: no `<` can end it.
    ///
    /// A value that cannot be written becomes `null`.
    pub fn json(value: &serde_json::Value) -> Self {
        Self(value.to_string().replace('<', "\\u003c"))
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Markup {}

//! The only place where markup is made: a document as HTML, as plain text, as an excerpt.
//!
//! Elements that [`html`] can write: `p h2 h3 h4 ul ol li blockquote div table caption thead tbody
//! tr th td figure img figcaption hr a strong em u s sub sup br`. Attributes: `id`, `start`,
//! `class`, `tabindex`, `role`, `aria-labelledby`, `scope`, `colspan`, `rowspan`, `src`, `alt`,
//! `loading`, `decoding`, `href`, `rel`. Nothing else, whatever the document holds.

mod inlines;
mod markup;
mod table;
mod text;

use std::collections::HashSet;

use crate::{Block, Doc, Level};

pub use markup::html;
pub use text::{excerpt, text};
pub(crate) use text::{of_blocks, of_inlines};

/// One line of a table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// How deep the heading stands.
    pub level: Level,
    /// Its `id` in what [`html`] writes.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// The headings at the top of the tree, with the ids that [`html`] gives them.
///
/// Ids are slugs of the words, with a number when the same words come again; so an address with a
/// `#` survives changes elsewhere in the text.
pub fn contents(doc: &Doc) -> Vec<Entry> {
    let mut ids = Ids::default();
    let mut entries = Vec::new();
    for block in &doc.blocks {
        if let Block::Heading { level, inlines } = block {
            let text = of_inlines(inlines);
            entries.push(Entry {
                level: *level,
                id: ids.heading(&text),
                text,
            });
        }
    }
    entries
}

/// Ids already given on this page.
#[derive(Default)]
struct Ids {
    taken: HashSet<String>,
    n_tables: usize,
}

impl Ids {
    /// `m-` keeps a heading's id apart from every id of the page around it.
    fn heading(&mut self, words: &str) -> String {
        let slug = format!("m-{}", base::text::slug(words));
        let mut id = slug.clone();
        let mut n = 2_usize;
        while !self.taken.insert(id.clone()) {
            id = format!("{slug}-{n}");
            n += 1;
        }
        id
    }

    fn table(&mut self) -> String {
        self.n_tables += 1;
        format!("b-{}", self.n_tables)
    }
}

/// Appends text with everything escaped that could be read as markup; characters that HTML does
/// not take are left out.
fn push_escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
}

//! Inlines as HTML: marks are opened and closed in one fixed order, so they always nest.

use super::push_escaped;
use crate::{Href, Inline, Marks};

/// The element of each mark, in the order of [`Marks::switches`].
const ELEMENTS: [&str; 6] = ["strong", "em", "u", "s", "sub", "sup"];

pub(super) fn push(inlines: &[Inline], out: &mut String) {
    let mut open = OpenMarks::default();
    for inline in inlines {
        match inline {
            Inline::Text { text, marks } => {
                open.turn_to(*marks, out);
                push_escaped(text, out);
            }
            Inline::Break => out.push_str("<br>"),
            Inline::Link { href, inlines } => {
                open.turn_to(Marks::default(), out);
                push_link(href, inlines, out);
            }
        }
    }
    open.turn_to(Marks::default(), out);
}

fn push_link(href: &Href, inlines: &[Inline], out: &mut String) {
    out.push_str("<a href=\"");
    push_escaped(href.as_str(), out);
    out.push('"');
    if href.is_external() {
        out.push_str(" rel=\"external noopener noreferrer\"");
    }
    out.push('>');
    push(inlines, out);
    out.push_str("</a>");
}

/// Marks that are open now, outermost first, by their place in [`ELEMENTS`].
#[derive(Default)]
struct OpenMarks(Vec<usize>);

impl OpenMarks {
    /// Closes and opens what it takes for the next words to look as they should.
    fn turn_to(&mut self, marks: Marks, out: &mut String) {
        let wanted = marks.switches();
        let is_wanted = |at: &usize| wanted.get(*at).copied().unwrap_or(false);
        let keep = self.0.iter().take_while(|at| is_wanted(at)).count();
        while self.0.len() > keep {
            if let Some(name) = self.0.pop().and_then(|at| ELEMENTS.get(at)) {
                out.push_str(&format!("</{name}>"));
            }
        }
        for (at, name) in ELEMENTS.iter().enumerate() {
            if is_wanted(&at) && !self.0.contains(&at) {
                out.push_str(&format!("<{name}>"));
                self.0.push(at);
            }
        }
    }
}

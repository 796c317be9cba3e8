//! Two texts side by side in one column: what goes, what comes.

use prose::Block;
use prose::diff::{Change, Piece, compare};
use web::Say;

use crate::newsroom::article::Text;

/// The changes of a text as HTML, escaped here.
pub fn html(before: &Text, after: &Text, say: &Say) -> String {
    let mut out = String::new();
    for (old, new, tag) in [
        (&before.title, &after.title, "strong"),
        (&before.lead, &after.lead, "em"),
    ] {
        if old == new {
            continue;
        }
        out.push_str("<p>");
        for (text, open) in [(old, "del"), (new, "ins")] {
            out.push_str(&format!("<{tag}>"));
            marked(&mut out, open, text, say);
            out.push_str(&format!("</{tag}> "));
        }
        out.push_str("</p>");
    }
    for change in compare(&before.body, &after.body) {
        out.push_str("<p>");
        match &change {
            Change::Same(block) => escape(&mut out, &shorten(&words(block))),
            Change::Added(block) => marked(&mut out, "ins", &words(block), say),
            Change::Removed(block) => marked(&mut out, "del", &words(block), say),
            Change::Changed { pieces, .. } => {
                for piece in pieces {
                    match piece {
                        Piece::Same(text) => escape(&mut out, text),
                        Piece::Added(text) => marked(&mut out, "ins", text, say),
                        Piece::Removed(text) => marked(&mut out, "del", text, say),
                    }
                    out.push(' ');
                }
            }
        }
        out.push_str("</p>");
    }
    out
}

fn words(block: &Block) -> String {
    prose::render::text(&prose::Doc {
        blocks: vec![block.clone()],
    })
}

/// What did not change is shown only as far as the eye needs to find its way.
fn shorten(text: &str) -> String {
    let start: String = text.chars().take(120).collect();
    if start.len() < text.len() {
        format!("{start}…")
    } else {
        start
    }
}

fn marked(out: &mut String, element: &str, text: &str, say: &Say) {
    let key = if element == "ins" {
        "change-added"
    } else {
        "change-removed"
    };
    out.push_str(&format!("<{element}><span class=\"visually-hidden\">"));
    escape(out, &say.t(key));
    out.push_str(" </span>");
    escape(out, text);
    out.push_str(&format!("</{element}>"));
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

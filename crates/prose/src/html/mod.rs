//! HTML from a clipboard or a file, read into the tree.
//!
//! Knows what word processors make: fake bullets in paragraphs, style instead of elements, empty
//! office elements, conditional comments. Only the tokenizer of `html5ever` is used; the page is
//! put together here with a bounded depth, so time and memory grow with the length of the input
//! and nothing else, however it nests.
//!
//! Safe by construction: only words, our own files and allowed addresses reach the tree.

mod blocks;
mod feed;
mod fold;
mod marker;
mod page;
mod style;
mod table;

use base::limits::UPLOAD_BYTES_MAX;
use base::{Problem, Refusal};

use crate::Doc;

/// Reads HTML of any kind; never fails.
///
/// Pictures from elsewhere give way to their description. More than
/// [`UPLOAD_BYTES_MAX`] bytes are not looked at; [`read`] refuses them instead.
pub fn parse(html: &str) -> Doc {
    let mut end = html.len().min(UPLOAD_BYTES_MAX);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let page = feed::page(without_clipboard_header(
        html.get(..end).unwrap_or_default(),
    ));
    let blocks = blocks::of_page(&page);
    Doc { blocks }.tidy()
}

/// Reads HTML that must fit into the house.
///
/// # Refusals
/// `prose-too-long` when the input is longer than [`UPLOAD_BYTES_MAX`], and those of
/// [`Doc::check`].
pub fn read(html: &str, field: &'static str) -> Result<Doc, Refusal> {
    if html.len() > UPLOAD_BYTES_MAX {
        let max = base::limits::BODY_CHARS_MAX;
        let problem = Problem::at(field, "prose-too-long").with("max", max);
        return Err(Refusal::Invalid(vec![problem]));
    }
    let doc = parse(html);
    doc.check(field)?;
    Ok(doc)
}

/// Windows puts lines like `StartHTML:00000097` in front of what is copied.
fn without_clipboard_header(html: &str) -> &str {
    let has_header = html.starts_with("Version:") && html.contains("StartHTML:");
    match html.find('<') {
        Some(at) if has_header => html.get(at..).unwrap_or_default(),
        _ => html,
    }
}

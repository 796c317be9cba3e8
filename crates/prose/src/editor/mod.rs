//! The document of the rich editor (ProseMirror JSON, as TipTap 3 writes it), in and out.
//!
//! Nodes: `doc paragraph heading{level} bulletList orderedList{start} listItem blockquote
//! horizontalRule hardBreak table{caption} tableRow tableCell tableHeader{colspan,rowspan} text`
//! and our own `figure{file,alt,caption}`. Marks: `link{href} bold italic strike underline
//! subscript superscript`. A node that is not known here gives way to the text inside it.
//!
//! `parse(write(doc)) == doc` for every tidy document.

mod read;
mod write;

pub use read::{from_value, parse};
pub use write::{to_json, to_value};

//! The tree as text.

use super::inlines::{self, NewLine};
use super::{escape, lists, table};
use crate::{Block, Doc};

/// The document in the text form, ending with a line end when there is anything.
pub fn write(doc: &Doc) -> String {
    let mut out = blocks(&doc.blocks);
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Blocks with an empty line between them.
pub(super) fn blocks(blocks: &[Block]) -> String {
    let texts: Vec<String> = blocks.iter().map(block).collect();
    texts.join("\n\n")
}

/// Blocks of an item: a list follows its words at once.
fn item(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut after_words = false;
    for (at, inner) in blocks.iter().enumerate() {
        if at > 0 {
            let is_tight = after_words && matches!(inner, Block::List { .. });
            out.push_str(if is_tight { "\n" } else { "\n\n" });
        }
        out.push_str(&block(inner));
        after_words = matches!(inner, Block::Paragraph(_));
    }
    out
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(words) => {
            let text = inlines::write(words, NewLine::Real);
            let lines: Vec<String> = text.split('\n').map(protected).collect();
            lines.join("\n")
        }
        Block::Heading { level, inlines } => {
            let signs = "#".repeat(usize::from(level.number()));
            format!("{signs} {}", inlines::write(inlines, NewLine::Written))
        }
        Block::List {
            ordered,
            start,
            items,
        } => {
            let mut number = *start;
            let mut lines = Vec::with_capacity(items.len());
            for blocks in items {
                let marker = if *ordered {
                    format!("{number}. ")
                } else {
                    "- ".to_owned()
                };
                lines.push(indented(&item(blocks), &marker, &" ".repeat(marker.len())));
                number = number.saturating_add(1);
            }
            lines.join("\n")
        }
        Block::Quote(inner) => indented(&blocks(inner), "> ", "> "),
        Block::Table {
            head_rows,
            rows,
            caption,
        } => table::write(*head_rows, rows, caption),
        Block::Image { file, alt, caption } => {
            let alt = escape(alt, &['[', ']']);
            if caption.is_empty() {
                return format!("![{alt}]({file})");
            }
            format!("![{alt}]({file} \"{}\")", escape(caption, &['"']))
        }
        Block::Rule => "---".to_owned(),
    }
}

/// Text with a marker before its first line and a margin before the others.
fn indented(text: &str, marker: &str, margin: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        out.push_str(if at == 0 { marker } else { margin });
        out.push_str(line);
        out.truncate(out.trim_end_matches(' ').len());
    }
    out
}

/// A line of words that cannot be taken for the beginning of another block.
fn protected(line: &str) -> String {
    let mark = lists::mark(line);
    let is_block = line.starts_with(['#', '>', '|', '!']) || line.starts_with("--");
    match (mark.and_then(|mark| mark.number), lists::number_width(line)) {
        (Some(_), Some(width)) => {
            let (digits, rest) = line.split_at(width - 1);
            format!("{digits}\\{rest}")
        }
        _ if is_block || mark.is_some() => format!("\\{line}"),
        _ => line.to_owned(),
    }
}

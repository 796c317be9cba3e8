//! A document as plain text: for search, feeds, counting and previews.

use crate::{Block, Doc, Inline};

/// The words of the document: one line for each paragraph, heading, item or row; the cells of a
/// row are parted by tabs. Captions and descriptions of pictures are in it.
pub fn text(doc: &Doc) -> String {
    of_blocks(&doc.blocks)
}

/// The first words of the document, at most `chars_max` characters, cut between words and closed
/// with `…` when something is left out. Headings, tables and pictures are skipped as long as there
/// is any other text.
pub fn excerpt(doc: &Doc, chars_max: usize) -> String {
    let prose = |block: &&Block| {
        matches!(
            block,
            Block::Paragraph(_) | Block::List { .. } | Block::Quote(_)
        )
    };
    let mut words = String::new();
    for block in doc.blocks.iter().filter(prose) {
        push_block(block, &mut words);
        if words.len() > chars_max.saturating_mul(4) {
            break;
        }
    }
    if words.trim().is_empty() {
        words = text(doc);
    }
    cut(&words, chars_max)
}

fn cut(text: &str, chars_max: usize) -> String {
    let mut kept = String::new();
    let mut n_chars = 0;
    for word in text.split_whitespace() {
        let n_word = word.chars().count();
        let n_gap = usize::from(n_chars > 0);
        let is_last_fit = n_chars + n_gap + n_word <= chars_max;
        if !is_last_fit {
            return closed(kept, n_chars, word, chars_max);
        }
        if n_gap == 1 {
            kept.push(' ');
        }
        kept.push_str(word);
        n_chars += n_gap + n_word;
    }
    kept
}

/// What was kept with its `…`; a first word that is too long alone is cut inside.
fn closed(mut kept: String, n_chars: usize, word: &str, chars_max: usize) -> String {
    if chars_max == 0 {
        return String::new();
    }
    if n_chars == 0 {
        kept = word.chars().take(chars_max - 1).collect();
    } else if n_chars == chars_max
        && let Some(at) = kept.rfind(' ')
    {
        kept.truncate(at);
    } else if n_chars == chars_max {
        kept.pop();
    }
    let end = kept
        .trim_end_matches([',', ';', ':', '.', '-', '–', ' '])
        .len();
    kept.truncate(end);
    kept.push('…');
    kept
}

pub(crate) fn of_blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        push_block(block, &mut out);
    }
    out.truncate(out.trim_end().len());
    out
}

/// The words of one line; a new line inside it is a line end.
pub(crate) fn of_inlines(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_inlines(inlines, &mut out);
    out
}

fn push_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } => out.push_str(text),
            Inline::Link { inlines, .. } => push_inlines(inlines, out),
            Inline::Break => out.push('\n'),
        }
    }
}

fn push_block(block: &Block, out: &mut String) {
    match block {
        Block::Paragraph(inlines) | Block::Heading { inlines, .. } => {
            push_inlines(inlines, out);
            out.push('\n');
        }
        Block::List { items, .. } => items.iter().flatten().for_each(|b| push_block(b, out)),
        Block::Quote(inner) => inner.iter().for_each(|b| push_block(b, out)),
        Block::Table { rows, caption, .. } => {
            push_line(caption, out);
            for row in rows {
                let cells: Vec<String> = row
                    .iter()
                    .map(|cell| of_blocks(&cell.blocks).replace('\n', " "))
                    .collect();
                push_line(&cells.join("\t"), out);
            }
        }
        Block::Image { alt, caption, .. } => {
            push_line(alt, out);
            if caption != alt {
                push_line(caption, out);
            }
        }
        Block::Rule => {}
    }
}

fn push_line(line: &str, out: &mut String) {
    if !line.is_empty() {
        out.push_str(line);
        out.push('\n');
    }
}

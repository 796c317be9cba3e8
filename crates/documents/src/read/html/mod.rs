//! HTML: what a person reads of a page, without its furniture.
//!
//! The page is read as a stream of html5ever's tokens into a flat list of blocks (no tree, no
//! recursion); what stands in menus, side bars, forms and the like is left out, then the article
//! is chosen if the page marks one.

mod element;
mod guard;
mod page;
mod table;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};

use super::build::Draft;
use super::decode::Decoded;
use super::problem::{ReadCode, ReadProblem};
use super::{Limits, Look, Source, SourceKind};
use page::{Content, Page, Piece};

/// Share of the page's text that its marked article must hold to be taken for the whole.
const ARTICLE_SHARE_PERCENT: usize = 30;
/// Bytes handed to the tokenizer at once.
const CHUNK_BYTES: usize = 64 * 1024;

pub(super) fn read(decoded: Decoded, limits: &Limits) -> Result<Source, ReadProblem> {
    if decoded.text.len() > limits.html_bytes_max {
        return Err(ReadProblem::too_large(limits.html_bytes_max as u64));
    }
    guard::check(&decoded.text, limits.attributes_max)?;
    let tokenizer = Tokenizer::new(Page::new(limits.blocks_max), TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut rest = decoded.text.as_str();
    while !rest.is_empty() {
        let mut cut = rest.len().min(CHUNK_BYTES);
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        input.push_back(StrTendril::from_slice(&rest[..cut]));
        let _ = tokenizer.feed(&input);
        rest = &rest[cut..];
        if tokenizer.sink.is_full() {
            return Err(ReadProblem::too_much_text(limits.blocks_max));
        }
    }
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let (pieces, head) = tokenizer.sink.finish();
    let mut draft = Draft::new(limits);
    if let Some(encoding) = decoded.encoding {
        draft.note_legacy(encoding, usize::MAX / 2);
    }
    draft.head = head;
    for piece in chosen(pieces) {
        match piece.content {
            Content::Text(text) => draft.paragraph(&text, piece.look)?,
            Content::Table(rows) => draft.table(rows)?,
        }
    }
    let source = draft.finish(SourceKind::Html);
    if source.blocks.is_empty() {
        return Err(ReadProblem::of(ReadCode::Empty));
    }
    Ok(source)
}

/// The pieces of the article: those in the element marked as such, if it holds enough of the page,
/// led by the page's first heading; otherwise all.
fn chosen(pieces: Vec<Piece>) -> Vec<Piece> {
    let total: usize = pieces.iter().map(Piece::weight).sum();
    let marked: usize = pieces
        .iter()
        .filter(|p| p.in_article)
        .map(Piece::weight)
        .sum();
    if marked * 100 < total * ARTICLE_SHARE_PERCENT || marked == 0 {
        return pieces;
    }
    let is_title = |piece: &Piece| piece.look.heading == Some(1);
    let title_outside = !pieces.iter().any(|p| p.in_article && is_title(p));
    let mut title_taken = false;
    pieces
        .into_iter()
        .filter(|piece| {
            let lead = title_outside && !title_taken && is_title(piece) && !piece.in_article;
            title_taken |= lead;
            piece.in_article || lead
        })
        .collect()
}

/// A look with a heading level.
fn heading(level: u8) -> Look {
    Look {
        heading: Some(level),
        bold: true,
        ..Look::default()
    }
}

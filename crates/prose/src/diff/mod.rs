//! Two documents compared for the review page: block by block, and word by word where a block was
//! reworked.
//!
//! Cost is bounded: what is too large to compare well is shown as removed and added.

mod pairs;
mod words;

use crate::{Block, Doc, render};

pub use words::Piece;

/// Blocks on either side of a reworked place that are tried against one another.
const PAIRED_MAX: usize = 60;
/// Least share of words, in percent of the longer block, that makes two blocks the same one
/// reworked.
const ALIKE_PERCENT: usize = 40;

/// What became of one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stands as it was.
    Same(Block),
    /// It is new.
    Added(Block),
    /// It is gone.
    Removed(Block),
    /// It was reworked; pieces that are all [`Piece::Same`] mean that only its look changed.
    Changed {
        /// As it was.
        before: Block,
        /// As it is.
        after: Block,
        /// Its words, in reading order.
        pieces: Vec<Piece>,
    },
}

/// Compares a document with its later form, in reading order; removed blocks stand before what
/// took their place.
///
/// Every block of `before` is in the answer once as same, removed or changed, every block of
/// `after` once as same, added or changed, each in its order.
pub fn compare(before: &Doc, after: &Doc) -> Vec<Change> {
    // Text decides what belongs together only after equality did: the JSON of a block is its
    // identity, cheap to hash and complete.
    let old = keys(before);
    let new = keys(after);
    let mut changes = Vec::with_capacity(old.len().max(new.len()));
    let (mut from_old, mut from_new) = (0, 0);
    let mut pairs = pairs::common(&old, &new);
    pairs.push((old.len(), new.len()));
    for (to_old, to_new) in pairs {
        let gone = before.blocks.get(from_old..to_old).unwrap_or_default();
        let come = after.blocks.get(from_new..to_new).unwrap_or_default();
        rework(gone, come, &mut changes);
        if let Some(block) = after.blocks.get(to_new) {
            changes.push(Change::Same(block.clone()));
        }
        (from_old, from_new) = (to_old + 1, to_new + 1);
    }
    changes
}

fn keys(doc: &Doc) -> Vec<String> {
    doc.blocks
        .iter()
        .map(|block| format!("{block:?}"))
        .collect()
}

/// What lies between two places that stayed: blocks that are alike are the same one reworked.
fn rework(gone: &[Block], come: &[Block], changes: &mut Vec<Change>) {
    let is_small = gone.len() <= PAIRED_MAX && come.len() <= PAIRED_MAX;
    let old: Vec<String> = gone.iter().map(words_of).collect();
    let new: Vec<String> = come.iter().map(words_of).collect();
    let bags: Vec<words::Bag<'_>> = new.iter().map(|text| words::Bag::of(text)).collect();
    let mut next = 0;
    for (block, text) in gone.iter().zip(&old) {
        let bag = words::Bag::of(text);
        let later = bags.iter().enumerate().skip(next);
        let mut alike = later.filter(|(at, other)| {
            let same_kind = come.get(*at).is_some_and(|b| kind(b) == kind(block));
            same_kind && bag.percent_shared(other) >= ALIKE_PERCENT
        });
        let Some((at, _)) = alike.next().filter(|_| is_small) else {
            changes.push(Change::Removed(block.clone()));
            continue;
        };
        let added = come.get(next..at).unwrap_or_default();
        changes.extend(added.iter().cloned().map(Change::Added));
        if let (Some(after), Some(new_text)) = (come.get(at), new.get(at)) {
            changes.push(Change::Changed {
                before: block.clone(),
                after: after.clone(),
                pieces: words::compare(text, new_text),
            });
        }
        next = at + 1;
    }
    let added = come.get(next..).unwrap_or_default();
    changes.extend(added.iter().cloned().map(Change::Added));
}

fn words_of(block: &Block) -> String {
    render::of_blocks(std::slice::from_ref(block))
}

/// Blocks of different kinds are never one another reworked, but a paragraph may become a heading
/// or an item.
fn kind(block: &Block) -> u8 {
    match block {
        Block::Paragraph(_) | Block::Heading { .. } | Block::List { .. } | Block::Quote(_) => 0,
        Block::Table { .. } => 1,
        Block::Image { .. } => 2,
        Block::Rule => 3,
    }
}

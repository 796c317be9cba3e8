//! Paragraphs that only look like a list, folded into real lists.

use super::marker::Marker;
use crate::Block;
use crate::runs::{Run, gather};

/// A part of a page on its way into the tree.
pub(super) enum Piece {
    Block(Block),
    Item(Item),
}

/// A paragraph that a word processor made look like an item.
pub(super) struct Item {
    /// From 1, the outermost.
    pub level: u8,
    /// `None` is a bullet.
    pub number: Option<u32>,
    pub line: Vec<Run>,
}

impl Item {
    /// The item, or the paragraph with its marker in the text.
    pub fn of(marker: Marker, level: u8, mut line: Vec<Run>) -> Result<Self, Vec<Run>> {
        let number = match marker {
            Marker::Bullet => None,
            Marker::Number(number) => Some(number),
            Marker::Words(words) => {
                line.insert(0, super::blocks::prefix(&words, &line));
                return Err(line);
            }
        };
        Ok(Self {
            level: level.max(1),
            number,
            line,
        })
    }
}

/// The blocks of the pieces.
pub(super) fn blocks(pieces: Vec<Piece>) -> Vec<Block> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut lists = Lists::default();
    for piece in pieces {
        match piece {
            Piece::Item(item) => lists.add(item, &mut out),
            Piece::Block(block) => {
                lists.close_below(0, &mut out);
                out.push(block);
            }
        }
    }
    lists.close_below(0, &mut out);
    out
}

struct Open {
    level: u8,
    /// Number of the first item; `None` for bullets.
    first: Option<u32>,
    items: Vec<Vec<Block>>,
}

impl Open {
    fn takes(&self, item: &Item) -> bool {
        let next = |first: u32| u64::from(first) + self.items.len() as u64;
        match (self.first, item.number) {
            (None, None) => true,
            (Some(first), Some(number)) => next(first) == u64::from(number),
            _ => false,
        }
    }
}

/// Lists that are open, the outermost first; levels grow.
#[derive(Default)]
struct Lists(Vec<Open>);

impl Lists {
    fn add(&mut self, item: Item, out: &mut Vec<Block>) {
        self.close_below(item.level, out);
        let is_same = |open: &Open| open.level == item.level && open.takes(&item);
        if self
            .0
            .last()
            .is_some_and(|open| open.level == item.level && !is_same(open))
        {
            self.close_last(out);
        }
        if !self.0.last().is_some_and(is_same) {
            self.0.push(Open {
                level: item.level,
                first: item.number,
                items: Vec::new(),
            });
        }
        if let Some(open) = self.0.last_mut() {
            open.items.push(vec![Block::Paragraph(gather(item.line))]);
        }
    }

    /// Closes lists that are deeper than the level.
    fn close_below(&mut self, level: u8, out: &mut Vec<Block>) {
        while self.0.last().is_some_and(|open| open.level > level) {
            self.close_last(out);
        }
    }

    /// The innermost list becomes part of the item above it, or of the text.
    fn close_last(&mut self, out: &mut Vec<Block>) {
        let Some(open) = self.0.pop() else { return };
        let list = Block::List {
            ordered: open.first.is_some(),
            start: open.first.unwrap_or(1),
            items: open.items,
        };
        match self.0.last_mut().and_then(|above| above.items.last_mut()) {
            Some(item) => item.push(list),
            None => out.push(list),
        }
    }
}

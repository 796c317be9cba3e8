//! Two texts compared word by word.

use std::collections::HashMap;

use super::pairs;

/// A run of words, with the blanks between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the later text.
    Added(String),
    /// Only in the earlier text.
    Removed(String),
}

/// The earlier text with what was taken out and put in. The same and removed pieces together are
/// the earlier text, the same and added ones the later.
pub(super) fn compare(before: &str, after: &str) -> Vec<Piece> {
    let old = tokens(before);
    let new = tokens(after);
    let mut pieces = Pieces(Vec::new());
    let (mut from_old, mut from_new) = (0, 0);
    let mut common = pairs::common(&old, &new);
    common.push((old.len(), new.len()));
    for (to_old, to_new) in common {
        let gone = old.get(from_old..to_old).unwrap_or_default();
        let come = new.get(from_new..to_new).unwrap_or_default();
        pieces.push(Piece::Removed(gone.concat()));
        pieces.push(Piece::Added(come.concat()));
        if let Some(word) = new.get(to_new) {
            pieces.push(Piece::Same((*word).to_owned()));
        }
        (from_old, from_new) = (to_old + 1, to_new + 1);
    }
    pieces.0
}

/// Words and the blanks between them, each a token.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_blank = first.is_whitespace();
        let end = rest.find(|c: char| c.is_whitespace() != is_blank);
        let (token, after) = rest.split_at(end.unwrap_or(rest.len()));
        tokens.push(token);
        rest = after;
    }
    tokens
}

struct Pieces(Vec<Piece>);

impl Pieces {
    /// Adds a piece to the last one when they are of a kind.
    fn push(&mut self, piece: Piece) {
        let (Piece::Same(text) | Piece::Added(text) | Piece::Removed(text)) = &piece;
        if text.is_empty() {
            return;
        }
        match (self.0.last_mut(), &piece) {
            (Some(Piece::Same(last)), Piece::Same(text))
            | (Some(Piece::Added(last)), Piece::Added(text))
            | (Some(Piece::Removed(last)), Piece::Removed(text)) => last.push_str(text),
            _ => self.0.push(piece),
        }
    }
}

/// The words of a text, counted.
pub(super) struct Bag<'a> {
    counts: HashMap<&'a str, usize>,
    n_words: usize,
}

impl<'a> Bag<'a> {
    pub fn of(text: &'a str) -> Self {
        let mut counts = HashMap::new();
        let mut n_words = 0;
        for word in text.split_whitespace() {
            *counts.entry(word).or_insert(0) += 1;
            n_words += 1;
        }
        Self { counts, n_words }
    }

    /// How many of the words are in both, in percent of the longer text.
    pub fn percent_shared(&self, other: &Self) -> usize {
        let longer = self.n_words.max(other.n_words);
        if longer == 0 {
            return 100;
        }
        let shared = |(word, n): (&&str, &usize)| other.counts.get(*word).map_or(0, |m| *n.min(m));
        let n_shared: usize = self.counts.iter().map(shared).sum();
        n_shared * 100 / longer
    }
}

//! Inclusion and consistency proofs: making them from tiles, and checking them with nothing else.
//!
//! Making follows RFC 6962 sections 2.1.1 and 2.1.2, checking RFC 9162 sections 2.1.3.2 and 2.1.4.2.

use std::collections::BTreeSet;

use base::Fault;

use super::node::{split, subtrees};
use super::{Hash, HashStore, TileRef, empty_root, fold_pairs, fold_right, node_hash};

/// What a proof is made of: ranges of leaves, each of which becomes one hash, in the order of the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts(Vec<(u64, u64)>);

impl Parts {
    /// The one part that is the whole tree; none for the empty tree.
    pub fn root(size: u64) -> Self {
        Self(if size == 0 {
            Vec::new()
        } else {
            vec![(0, size)]
        })
    }

    /// The parts of the proof that leaf `index` is in the tree of `size` leaves; `None` if it is not.
    pub fn inclusion(index: u64, size: u64) -> Option<Self> {
        if index >= size {
            return None;
        }
        let (mut from, mut to) = (0, size);
        let mut parts = Vec::new();
        while to - from > 1 {
            let middle = from + split(to - from);
            if index < middle {
                parts.push((middle, to));
                to = middle;
            } else {
                parts.push((from, middle));
                from = middle;
            }
        }
        parts.reverse();
        Some(Self(parts))
    }

    /// The parts of the proof that the tree of `new` leaves begins with that of `old`; `None` if `old > new`.
    pub fn consistency(old: u64, new: u64) -> Option<Self> {
        if old > new {
            return None;
        }
        let (mut from, mut to) = (0, new);
        let mut parts = Vec::new();
        while old != 0 && old != to {
            let middle = from + split(to - from);
            if old <= middle {
                parts.push((middle, to));
                to = middle;
            } else {
                parts.push((from, middle));
                from = middle;
            }
        }
        if old != 0 && from != 0 {
            parts.push((from, to));
        }
        parts.reverse();
        Some(Self(parts))
    }

    /// Every tile that [`Parts::resolve`] will ask for in the tree of `size` leaves.
    pub fn tiles(&self, size: u64) -> BTreeSet<TileRef> {
        self.0
            .iter()
            .flat_map(|&(from, to)| subtrees(from, to))
            .filter_map(|node| node.place(size).map(|(tile, _)| tile))
            .collect()
    }

    /// The hash of each part, in the order of the proof.
    ///
    /// # Faults
    /// The store lacks a tile, or holds one that is too short.
    pub fn resolve(&self, size: u64, store: &impl HashStore) -> Result<Vec<Hash>, Fault> {
        self.0
            .iter()
            .map(|&(from, to)| range_hash(from, to, size, store))
            .collect()
    }
}

fn range_hash(from: u64, to: u64, size: u64, store: &impl HashStore) -> Result<Hash, Fault> {
    let mut peaks = Vec::new();
    for node in subtrees(from, to) {
        let (tile, within) = node.place(size).ok_or_else(|| {
            Fault::new(format!("leaves {from} to {to} are not in a tree of {size}"))
        })?;
        let hashes = store.tile(tile)?;
        let hashes = hashes.get(within).ok_or_else(|| {
            Fault::new(format!(
                "tile {} of level {} has only {} hashes",
                tile.index,
                tile.level,
                hashes.len()
            ))
        })?;
        peaks.push(fold_pairs(hashes));
    }
    Ok(fold_right(&peaks))
}

/// Whether the proof shows that `leaf` is number `index` of the tree of `size` leaves with this root.
pub fn verify_inclusion(leaf: Hash, index: u64, size: u64, proof: &[Hash], root: Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, leaf);
    for &sibling in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(sibling, hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(hash, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == root
}

/// Whether the proof shows that the newer tree, given as (size, root), only added leaves to the older.
pub fn verify_consistency(older: (u64, Hash), newer: (u64, Hash), proof: &[Hash]) -> bool {
    let ((old, old_root), (new, new_root)) = (older, newer);
    if old == 0 {
        return proof.is_empty() && old_root == empty_root();
    }
    if old == new {
        return proof.is_empty() && old_root == new_root;
    }
    if old > new {
        return false;
    }
    let (first, rest) = match (old.is_power_of_two(), proof.split_first()) {
        (_, None) => return false,
        (true, _) => (old_root, proof),
        (false, Some((first, rest))) => (*first, rest),
    };
    let level = (old - 1).trailing_ones();
    let (mut at, mut last) = ((old - 1) >> level, (new - 1) >> level);
    let (mut old_hash, mut new_hash) = (first, first);
    for &part in rest {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            old_hash = node_hash(part, old_hash);
            new_hash = node_hash(part, new_hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(new_hash, part);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == old_root && new_hash == new_root
}

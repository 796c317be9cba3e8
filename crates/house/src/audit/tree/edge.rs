//! The right edge of a growing tree: everything that must be known to add leaves and name the root.

use base::Fault;

use super::{Hash, HashStore, TILE_WIDTH, TileRef, fold_pairs, fold_right};

/// A tile that has just become full; it is stored once and never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Level 0 holds leaf hashes.
    pub level: u32,
    /// Counted from the left within the level.
    pub index: u64,
    /// Exactly 256 hashes.
    pub hashes: Vec<Hash>,
}

impl Tile {
    /// The root of the 256 hashes: one hash of the tile above.
    pub fn root(&self) -> Hash {
        fold_pairs(&self.hashes)
    }

    /// The 8,192 bytes that tlog-tiles serves.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.hashes.iter().flat_map(|h| *h.as_bytes()).collect()
    }
}

/// The partial tiles of a tree, lowest level first: at most 255 hashes per eight levels.
#[derive(Clone, Debug, Default)]
pub struct Edge {
    size: u64,
    partial: Vec<Vec<Hash>>,
}

impl Edge {
    /// The edge of the empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// The partial tiles that [`Edge::load`] reads for a tree of `size` leaves.
    pub fn tiles(size: u64) -> Vec<TileRef> {
        (0..)
            .map_while(|level| {
                let hashes = size.checked_shr(level * 8).unwrap_or(0);
                (hashes > 0).then_some((level, hashes))
            })
            .filter_map(|(level, hashes)| TileRef::at(level, hashes / TILE_WIDTH, size))
            .collect()
    }

    /// The edge of the tree of `size` leaves, read from a store.
    ///
    /// # Faults
    /// The store lacks a tile, or holds one that is too short.
    pub fn load(size: u64, store: &impl HashStore) -> Result<Self, Fault> {
        let mut edge = Self {
            size,
            partial: Vec::new(),
        };
        for tile in Self::tiles(size) {
            let mut hashes = store.tile(tile)?;
            let width = usize::try_from(tile.width).unwrap_or(usize::MAX);
            if hashes.len() < width {
                return Err(Fault::new(format!(
                    "tile {} of level {} has {} hashes instead of {width}",
                    tile.index,
                    tile.level,
                    hashes.len()
                )));
            }
            hashes.truncate(width);
            *edge.level(tile.level) = hashes;
        }
        Ok(edge)
    }

    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf; returns the tiles that became full by it, lowest first (mostly none).
    pub fn push(&mut self, leaf: Hash) -> Vec<Tile> {
        let mut full = Vec::new();
        let (mut level, mut hash) = (0, leaf);
        self.size += 1;
        loop {
            let partial = self.level(level);
            partial.push(hash);
            if (partial.len() as u64) < TILE_WIDTH {
                return full;
            }
            let tile = Tile {
                level,
                index: (self.size >> (8 * (level + 1))) - 1,
                hashes: std::mem::take(self.level(level)),
            };
            hash = tile.root();
            full.push(tile);
            level += 1;
        }
    }

    /// The root of the tree as it stands.
    pub fn root(&self) -> Hash {
        let mut peaks = Vec::new();
        for hashes in self.partial.iter().rev() {
            let mut rest = hashes.as_slice();
            while !rest.is_empty() {
                let (peak, after) = rest.split_at(1 << rest.len().ilog2());
                peaks.push(fold_pairs(peak));
                rest = after;
            }
        }
        fold_right(&peaks)
    }

    fn level(&mut self, level: u32) -> &mut Vec<Hash> {
        let level = level as usize;
        if self.partial.len() <= level {
            self.partial.resize_with(level + 1, Vec::new);
        }
        &mut self.partial[level]
    }
}

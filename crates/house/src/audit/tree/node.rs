//! Places in the tree: complete subtrees and the tiles that hold their hashes.

/// Hashes in a full tile: eight levels of the tree.
pub const TILE_WIDTH: u64 = 256;
const LEVELS_PER_TILE: u32 = 8;

/// A complete subtree: the leaves `index << level` up to, not including, `(index + 1) << level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// 0 is a leaf.
    pub level: u32,
    /// Counted from the left within the level.
    pub index: u64,
}

/// A tile: up to 256 neighbouring hashes of one level (tlog-tiles `tile/<level>/<index>.p/<width>`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileRef {
    /// Level 0 holds leaf hashes, level 1 the roots of full level 0 tiles, and so on.
    pub level: u32,
    /// Counted from the left within the level.
    pub index: u64,
    /// Hashes in it: 1 to 256.
    pub width: u64,
}

impl TileRef {
    /// The tile at this place in the tree of `size` leaves; `None` if the tree has none there.
    pub fn at(level: u32, index: u64, size: u64) -> Option<Self> {
        let hashes = size.checked_shr(level * LEVELS_PER_TILE).unwrap_or(0);
        let width = hashes
            .saturating_sub(index.saturating_mul(TILE_WIDTH))
            .min(TILE_WIDTH);
        (width > 0).then_some(Self {
            level,
            index,
            width,
        })
    }

    /// Whether the tile is full, and so will never change.
    pub fn is_full(self) -> bool {
        self.width == TILE_WIDTH
    }
}

impl Node {
    /// The tile that holds the subtree, and which of its hashes are the subtree's.
    pub(super) fn place(self, size: u64) -> Option<(TileRef, std::ops::Range<usize>)> {
        let inner = self.level % LEVELS_PER_TILE;
        let first = self.index << inner;
        let tile = TileRef::at(self.level / LEVELS_PER_TILE, first / TILE_WIDTH, size)?;
        let from = usize::try_from(first % TILE_WIDTH).ok()?;
        let to = from + (1usize << inner);
        (to as u64 <= tile.width).then_some((tile, from..to))
    }
}

/// The complete subtrees that make up the leaves `from..to`, largest first.
///
/// `from` must be a place where RFC 6962 splits a tree; every range of a proof is.
pub(super) fn subtrees(from: u64, to: u64) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut at = from;
    while at < to {
        let level = at.trailing_zeros().min((to - at).ilog2());
        nodes.push(Node {
            level,
            index: at >> level,
        });
        at += 1 << level;
    }
    nodes
}

/// The largest power of two smaller than `n`; `n` is at least 2.
pub(super) fn split(n: u64) -> u64 {
    1 << (n.max(2) - 1).ilog2()
}

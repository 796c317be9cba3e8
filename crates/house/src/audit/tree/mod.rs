//! The Merkle tree of the log, exactly as RFC 6962 section 2.1 hashes it.
//!
//! Hash rule, all of it SHA-256:
//!
//! * empty tree: `SHA-256("")`;
//! * a leaf: `SHA-256(0x00 || leaf bytes)`;
//! * a node: `SHA-256(0x01 || left hash || right hash)`, where the left side holds the largest power
//!   of two that is smaller than the number of leaves.
//!
//! The tree is kept as *tiles* (C2SP tlog-tiles): 256 hashes of one level in one row. Only full
//! tiles are stored, so a stored tile is never changed; the ragged right edge is read from the
//! leaves and from the roots of full tiles. A root or a proof reads one or two tiles per eight
//! levels: three to six rows at ten million leaves.
//!
//! Nothing here reads a database: [`proof::Parts`] says which tiles it needs ([`proof::Parts::tiles`]),
//! the caller fetches them, and a [`HashStore`] hands them over.

pub mod edge;
pub mod node;
pub mod proof;

use std::fmt;

use base::Fault;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

pub use edge::{Edge, Tile};
pub use node::{Node, TILE_WIDTH, TileRef};
pub use proof::{Parts, verify_consistency, verify_inclusion};

/// A SHA-256 hash of a leaf, a node or a tree. Written as base64 in proofs, as hex for people.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash with these 32 bytes; `None` for any other number of bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The hash written in base64 (standard alphabet, padded, canonical).
    pub fn from_base64(text: &str) -> Option<Self> {
        Self::from_slice(&STANDARD.decode(text).ok()?)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash in base64, as checkpoints and proofs write it.
    pub fn to_base64(self) -> String {
        STANDARD.encode(self.0)
    }

    /// The hash in lower-case hex, as `sha256sum` writes it.
    pub fn to_hex(self) -> String {
        hex::encode(self.0)
    }
}

impl From<[u8; 32]> for Hash {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

/// The root of the tree without leaves.
pub fn empty_root() -> Hash {
    Hash(Sha256::digest(b"").into())
}

/// The hash of a leaf: `SHA-256(0x00 || bytes)`.
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    let mut sha = Sha256::new();
    sha.update([0x00]);
    sha.update(bytes);
    Hash(sha.finalize().into())
}

/// The hash of a node: `SHA-256(0x01 || left || right)`.
pub fn node_hash(left: Hash, right: Hash) -> Hash {
    let mut sha = Sha256::new();
    sha.update([0x01]);
    sha.update(left.0);
    sha.update(right.0);
    Hash(sha.finalize().into())
}

/// Where the hashes of a tree come from: the rows that the caller has read.
pub trait HashStore {
    /// The hashes of a tile, at least `tile.width` of them; more are ignored.
    ///
    /// # Faults
    /// The tile cannot be read, or is not there.
    fn tile(&self, tile: TileRef) -> Result<Vec<Hash>, Fault>;
}

/// The root of the tree of the first `size` leaves.
///
/// # Faults
/// The store does not have a tile that the tree needs.
pub fn root(size: u64, store: &impl HashStore) -> Result<Hash, Fault> {
    Ok(Parts::root(size)
        .resolve(size, store)?
        .pop()
        .unwrap_or_else(empty_root))
}

/// The root over complete subtrees given from left (largest) to right (smallest).
fn fold_right(peaks: &[Hash]) -> Hash {
    peaks
        .iter()
        .rev()
        .copied()
        .reduce(|right, left| node_hash(left, right))
        .unwrap_or_else(empty_root)
}

/// The root of a complete subtree over a power of two of hashes.
fn fold_pairs(hashes: &[Hash]) -> Hash {
    let mut level = hashes.to_vec();
    while level.len() > 1 {
        level = level
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => node_hash(*left, *right),
                [only] => *only,
                _ => empty_root(),
            })
            .collect();
    }
    level.first().copied().unwrap_or_else(empty_root)
}

#[cfg(test)]
mod tests;

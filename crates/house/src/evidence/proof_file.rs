//! The files under `proofs/`: JSON that carries a leaf and the hashes that lead to a root.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::audit::tree::Hash;

/// Most hashes in a proof: the tree cannot be higher.
const HASHES_MAX: usize = 130;

/// `proofs/{n}.json`: that the entry of an item is in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InclusionFile {
    /// Number of the leaf, from 0.
    pub leaf_index: u64,
    /// Leaves of the tree that the proof leads to the root of.
    pub tree_size: u64,
    /// The leaf: base64 of the entry's canonical bytes.
    pub leaf: String,
    /// The hashes from the leaf's sibling up, base64.
    pub hashes: Vec<String>,
}

/// `proofs/consistency.json`: that the log continues the log of the previous pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsistencyFile {
    /// The checkpoint of the previous pack, a signed note.
    pub previous: String,
    /// Leaves then.
    pub old_size: u64,
    /// Leaves now.
    pub new_size: u64,
    /// The hashes, base64.
    pub hashes: Vec<String>,
}

impl InclusionFile {
    /// The file for a leaf.
    pub fn new(leaf_index: u64, tree_size: u64, leaf: &[u8], proof: &[Hash]) -> Self {
        Self {
            leaf_index,
            tree_size,
            leaf: STANDARD.encode(leaf),
            hashes: encode(proof),
        }
    }

    /// The canonical bytes of the entry.
    pub fn leaf_bytes(&self) -> Option<Vec<u8>> {
        STANDARD.decode(&self.leaf).ok()
    }

    /// The hashes of the proof.
    pub fn proof(&self) -> Option<Vec<Hash>> {
        decode(&self.hashes)
    }
}

impl ConsistencyFile {
    /// The file for two heads.
    pub fn new(previous: String, sizes: (u64, u64), proof: &[Hash]) -> Self {
        Self {
            previous,
            old_size: sizes.0,
            new_size: sizes.1,
            hashes: encode(proof),
        }
    }

    /// The hashes of the proof.
    pub fn proof(&self) -> Option<Vec<Hash>> {
        decode(&self.hashes)
    }
}

fn encode(proof: &[Hash]) -> Vec<String> {
    proof.iter().map(|hash| hash.to_base64()).collect()
}

fn decode(hashes: &[String]) -> Option<Vec<Hash>> {
    if hashes.len() > HASHES_MAX {
        return None;
    }
    hashes.iter().map(|text| Hash::from_base64(text)).collect()
}

//! A proof in one file (`loa audit prove`), which anybody checks with nothing but the file and the
//! log's public key (`loa audit check-proof`): that an entry is in the log of a signed checkpoint,
//! and that this log continues an earlier checkpoint.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::canonical::is_canonical;
use super::checkpoint::Checkpoint;
use super::key::VerifierKey;
use super::note::NoteError;
use super::sequencer::Proven;
use super::tree::{Hash, leaf_hash, verify_consistency, verify_inclusion};

/// The form of this version.
pub const FORMAT: &str = "loa-log-proof/1";
/// Most hashes in a proof: the tree cannot be higher.
const HASHES_MAX: usize = 130;

/// The file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofFile {
    /// [`FORMAT`].
    pub format: String,
    /// The log's public key, as the maker of the file tells it.
    pub key: String,
    /// The signed checkpoint that everything leads to.
    pub checkpoint: String,
    /// An entry that is in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<ProvenLeaf>,
    /// An earlier checkpoint that the log continues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<Continued>,
}

/// An entry with its way to the root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvenLeaf {
    /// Its number in the log, from 0.
    pub leaf_index: u64,
    /// Base64 of its canonical bytes.
    pub leaf: String,
    /// The hashes from its sibling up, base64.
    pub hashes: Vec<String>,
}

/// An earlier checkpoint with the proof that the later log begins with its log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Continued {
    /// The signed note.
    pub checkpoint: String,
    /// The hashes, base64.
    pub hashes: Vec<String>,
}

/// What is wrong with a proof; nothing can be, or several things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofFault {
    /// The file does not have the form of a proof.
    Malformed,
    /// The key in the file is not the one that was asked for.
    OtherKey,
    /// The checkpoint is not signed by the key.
    Checkpoint,
    /// The entry is not in the log of the checkpoint.
    Entry,
    /// The earlier checkpoint is not signed by the key.
    Previous,
    /// The log of the checkpoint does not continue the earlier one.
    NotContinued,
    /// The file proves nothing.
    Empty,
}

/// What a proof file shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProofVerdict {
    /// Whether everything in it holds.
    pub ok: bool,
    /// The log it is of.
    pub origin: String,
    /// The key that was used.
    pub key: String,
    /// Leaves of the log at its checkpoint.
    pub size: u64,
    /// The entry's number, if there is one.
    pub leaf_index: Option<u64>,
    /// The entry as canonical JSON, if there is one.
    pub entry: Option<String>,
    /// Leaves at the earlier checkpoint, if there is one.
    pub previous_size: Option<u64>,
    /// What is wrong.
    pub faults: Vec<ProofFault>,
}

impl ProofFile {
    /// A proof that leads to this checkpoint and holds nothing yet.
    pub fn new(key: &VerifierKey, checkpoint: &str) -> Self {
        Self {
            format: FORMAT.to_owned(),
            key: key.to_string(),
            checkpoint: checkpoint.to_owned(),
            entry: None,
            previous: None,
        }
    }

    /// The same with an entry.
    #[must_use]
    pub fn with_entry(mut self, proven: &Proven) -> Self {
        self.entry = Some(ProvenLeaf {
            leaf_index: proven.leaf_index,
            leaf: STANDARD.encode(proven.entry.leaf()),
            hashes: encode(&proven.proof),
        });
        self
    }

    /// The same with an earlier checkpoint.
    #[must_use]
    pub fn with_previous(mut self, checkpoint: &str, proof: &[Hash]) -> Self {
        self.previous = Some(Continued {
            checkpoint: checkpoint.to_owned(),
            hashes: encode(proof),
        });
        self
    }

    /// Checks everything; the key of the file is believed only if none is given from elsewhere.
    pub fn check(&self, known: Option<&VerifierKey>) -> ProofVerdict {
        let mut verdict = ProofVerdict {
            ok: false,
            origin: String::new(),
            key: self.key.clone(),
            size: 0,
            leaf_index: None,
            entry: None,
            previous_size: None,
            faults: Vec::new(),
        };
        if let Err(fault) = self.check_all(known, &mut verdict) {
            verdict.faults.push(fault);
        }
        verdict.ok = verdict.faults.is_empty();
        verdict
    }

    fn check_all(
        &self,
        known: Option<&VerifierKey>,
        verdict: &mut ProofVerdict,
    ) -> Result<(), ProofFault> {
        if self.format != FORMAT {
            return Err(ProofFault::Malformed);
        }
        let told: VerifierKey = self.key.parse().map_err(|_| ProofFault::Malformed)?;
        if known.is_some_and(|known| *known != told) {
            verdict.faults.push(ProofFault::OtherKey);
        }
        let key = known.unwrap_or(&told);
        verdict.key = key.to_string();
        let head = open(&self.checkpoint, key, ProofFault::Checkpoint)?;
        (verdict.origin, verdict.size) = (head.origin.clone(), head.size);
        if self.entry.is_none() && self.previous.is_none() {
            return Err(ProofFault::Empty);
        }
        if let Some(proven) = &self.entry {
            verdict.leaf_index = Some(proven.leaf_index);
            verdict.entry = Some(proven.check(&head)?);
        }
        if let Some(previous) = &self.previous {
            let old = open(&previous.checkpoint, key, ProofFault::Previous)?;
            verdict.previous_size = Some(old.size);
            let proof = decode(&previous.hashes).ok_or(ProofFault::Malformed)?;
            if !verify_consistency((old.size, old.root), (head.size, head.root), &proof) {
                return Err(ProofFault::NotContinued);
            }
        }
        Ok(())
    }
}

impl ProvenLeaf {
    fn check(&self, head: &Checkpoint) -> Result<String, ProofFault> {
        let leaf = STANDARD
            .decode(&self.leaf)
            .map_err(|_| ProofFault::Malformed)?;
        let proof = decode(&self.hashes).ok_or(ProofFault::Malformed)?;
        let hash = leaf_hash(&leaf);
        if !verify_inclusion(hash, self.leaf_index, head.size, &proof, head.root) {
            return Err(ProofFault::Entry);
        }
        String::from_utf8(leaf)
            .ok()
            .filter(|leaf| is_canonical(leaf))
            .ok_or(ProofFault::Malformed)
    }
}

fn open(note: &str, key: &VerifierKey, fault: ProofFault) -> Result<Checkpoint, ProofFault> {
    Checkpoint::open(note, key).map_err(|error| match error {
        NoteError::Malformed => ProofFault::Malformed,
        NoteError::Unsigned | NoteError::Forged => fault,
    })
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

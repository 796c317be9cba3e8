//! Checking what a manifest says of its items: against the rules of a pack, and against the log.

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use base::Fault;
use serde::Deserialize;
use serde_json::Value;

use super::capture::{Capture, CapturedFile};
use super::container::{FILES_MAX, is_path};
use super::fault::PackFaultCode;
use super::manifest::{
    CHECKPOINT, CONSISTENCY, FORMAT, INDEX, Item, MANIFEST, Manifest, README, SIGNATURE, Shown,
};
use super::proof_file::{ConsistencyFile, InclusionFile};
use super::shelf::Shelf;
use super::verify::Faults;
use crate::audit::canonical::is_canonical;
use crate::audit::entry::DATA_BYTES_MAX;
use crate::audit::tree::{leaf_hash, verify_consistency, verify_inclusion};
use crate::audit::{Checkpoint, VerifierKey};

/// Longest proof file: a leaf in base64, and the hashes.
const PROOF_BYTES_MAX: u64 = 2 * DATA_BYTES_MAX as u64;

/// What a leaf says that matters to a pack; the other members are the feature's own.
#[derive(Deserialize)]
struct Leaf {
    agency: String,
    data: Value,
    id: String,
    v: u64,
}

/// Whether the manifest keeps the rules: its form, its paths, its numbers, the files it must list.
pub(super) fn is_consistent(manifest: &Manifest, is_key_own: bool) -> bool {
    let mut seen: BTreeSet<&str> = [MANIFEST, SIGNATURE].into();
    let has_plain_paths = manifest.listed().count() + 2 <= FILES_MAX
        && manifest.listed().all(|(path, _, size)| {
            is_path(path) && size < u64::from(u32::MAX) && seen.insert(path)
        });
    let has_ordered_items = manifest.items.iter().zip(1..).all(|(item, n)| {
        let folder = format!("items/{n}/");
        item.n == n
            && item.proof.path == format!("proofs/{n}.json")
            && item.files.iter().all(|file| file.path.starts_with(&folder))
    });
    manifest.format == FORMAT
        && is_key_own
        && has_plain_paths
        && has_ordered_items
        && manifest.has_file(CHECKPOINT)
        && manifest.has_file(README)
        && manifest.has_file(INDEX)
}

/// Every item against the log's head, and the log against that of the previous pack.
pub(super) fn check<R: Read + Seek>(
    manifest: &Manifest,
    head: &Checkpoint,
    key: &VerifierKey,
    shelf: &mut Shelf<R>,
    faults: &mut Faults,
) -> Result<(), Fault> {
    for item in &manifest.items {
        let path = &item.proof.path;
        let code = match shelf.read(path, PROOF_BYTES_MAX)? {
            Some(bytes) => check_item(&bytes, item, &manifest.agency.id, head),
            None if shelf.has(path) => Some(PackFaultCode::TooLarge),
            None => None,
        };
        if let Some(code) = code {
            faults.add(path, code);
        }
    }
    if manifest.has_file(CONSISTENCY)
        && let Some(bytes) = shelf.read(CONSISTENCY, PROOF_BYTES_MAX)?
        && let Some(code) = check_previous(&bytes, head, key)
    {
        faults.add(CONSISTENCY, code);
    }
    Ok(())
}

fn check_item(bytes: &[u8], item: &Item, agency: &str, head: &Checkpoint) -> Option<PackFaultCode> {
    let parsed = serde_json::from_slice(bytes)
        .ok()
        .and_then(|file: InclusionFile| Some((file.leaf_bytes()?, file.proof()?, file)));
    let Some((leaf, proof, file)) = parsed else {
        return Some(PackFaultCode::Malformed);
    };
    if file.tree_size != head.size
        || file.leaf_index != item.leaf_index
        || !verify_inclusion(
            leaf_hash(&leaf),
            file.leaf_index,
            head.size,
            &proof,
            head.root,
        )
    {
        return Some(PackFaultCode::NotInLog);
    }
    let entry: Option<Leaf> = String::from_utf8(leaf)
        .ok()
        .filter(|text| is_canonical(text))
        .and_then(|text| serde_json::from_str(&text).ok());
    let Some(entry) = entry.filter(|entry| entry.v == 1) else {
        return Some(PackFaultCode::Malformed);
    };
    let is_committed = entry.id == item.entry
        && entry.agency == agency
        && item.shown == Shown::of_data(&entry.data)
        && Capture::from_data(&entry.data).is_some_and(|capture| is_of(item, &capture));
    (!is_committed).then_some(PackFaultCode::NotCommitted)
}

/// Whether the item is exactly the capture that the log speaks of.
fn is_of(item: &Item, capture: &Capture) -> bool {
    let files: Vec<CapturedFile> = item
        .files
        .iter()
        .map(|file| CapturedFile {
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            sha256: file.sha256.clone(),
            size: file.size,
        })
        .collect();
    item.kind == capture.kind
        && item.title == capture.title
        && item.url == capture.url
        && capture.taken_at().is_ok_and(|at| at == item.taken_at)
        && files == capture.files
}

fn check_previous(bytes: &[u8], head: &Checkpoint, key: &VerifierKey) -> Option<PackFaultCode> {
    let parsed = serde_json::from_slice(bytes)
        .ok()
        .and_then(|file: ConsistencyFile| Some((file.proof()?, file)));
    let Some((proof, file)) = parsed else {
        return Some(PackFaultCode::Malformed);
    };
    let Ok(old) = Checkpoint::open(&file.previous, key) else {
        return Some(PackFaultCode::Forged);
    };
    let holds = file.old_size == old.size
        && file.new_size == head.size
        && verify_consistency((old.size, old.root), (head.size, head.root), &proof);
    (!holds).then_some(PackFaultCode::NotConsistent)
}

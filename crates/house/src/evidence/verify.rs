//! Checking a pack with nothing but the pack, offline.
//!
//! Four questions, in this order: does the log's key vouch for the manifest; is every file the one
//! that the manifest lists; is every item in the log, and does the log speak of exactly these files;
//! and is every byte of the archive around them as it must be. All are answered even if one is "no",
//! so that every file at fault is named.

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use base::Fault;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::container::{LOCAL_BYTES, Member, directory_record, end_records, local_header};
use super::fault::{PackFault, PackFaultCode, WHOLE};
use super::items;
use super::manifest::{
    CHECKPOINT, MANIFEST, MANIFEST_BYTES_MAX, Manifest, SIGNATURE, signature_text,
};
use super::shelf::Shelf;
use crate::audit::note::NOTE_BYTES_MAX;
use crate::audit::{Checkpoint, NoteError, SignedNote, VerifierKey};

/// Faults that are listed; the rest are only counted.
const FAULTS_MAX: usize = 1_000;

/// Where the key came from that the signatures were checked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeySource {
    /// The checker brought it: the pack is of the log that the checker knows.
    Given,
    /// The pack itself: it agrees with itself; whose it is, the key must still be compared.
    Pack,
}

/// What the check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Whether everything holds.
    pub ok: bool,
    /// What the pack is about, as its manifest says.
    pub title: String,
    /// Name of the log.
    pub origin: String,
    /// The public key that was used.
    pub key: String,
    /// Where that key came from.
    pub key_source: Option<KeySource>,
    /// Leaves of the log at the pack's checkpoint.
    pub tree_size: u64,
    /// Root of the log there, base64.
    pub root: String,
    /// Pieces of evidence.
    pub items: u64,
    /// Files checked.
    pub files: u64,
    /// Bytes of the archive.
    pub bytes: u64,
    /// What is wrong, at most 1,000 faults.
    pub faults: Vec<PackFault>,
    /// Faults beyond those listed.
    pub more_faults: u64,
}

/// Checks a pack. With `known`, only that key is believed; without, the one in the pack's manifest.
///
/// # Faults
/// The archive cannot be read from its disk. Whatever is wrong with its content is in the verdict.
pub fn pack<R: Read + Seek>(reader: R, known: Option<&VerifierKey>) -> Result<Verdict, Fault> {
    let mut check = Check {
        shelf: Shelf::open(reader, &[MANIFEST, SIGNATURE])?,
        faults: Faults::default(),
    };
    let mut verdict = Verdict {
        bytes: check.shelf.length(),
        ..Verdict::default()
    };
    check.all(known, &mut verdict)?;
    verdict.ok = check.faults.list.is_empty();
    verdict.faults = check.faults.list;
    verdict.more_faults = check.faults.more;
    Ok(verdict)
}

#[derive(Default)]
pub(super) struct Faults {
    list: Vec<PackFault>,
    more: u64,
}

impl Faults {
    pub(super) fn add(&mut self, path: &str, code: PackFaultCode) {
        match self.list.len() < FAULTS_MAX {
            true => self.list.push(PackFault::new(path, code)),
            false => self.more += 1,
        }
    }

    fn names(&self, path: &str) -> bool {
        self.list.iter().any(|fault| fault.path == path)
    }
}

struct Check<R> {
    shelf: Shelf<R>,
    faults: Faults,
}

impl<R: Read + Seek> Check<R> {
    fn all(&mut self, known: Option<&VerifierKey>, verdict: &mut Verdict) -> Result<(), Fault> {
        let manifest_bytes = self.small(MANIFEST, MANIFEST_BYTES_MAX)?;
        let signature = self.small(SIGNATURE, NOTE_BYTES_MAX as u64)?;
        let Some(manifest_bytes) = manifest_bytes else {
            self.faults.add(WHOLE, PackFaultCode::NotAPack);
            return Ok(());
        };
        let manifest: Option<Manifest> = serde_json::from_slice(&manifest_bytes).ok();
        let own_key = manifest.as_ref().and_then(|m| m.log.key.parse().ok());
        let key: Option<VerifierKey> = known.cloned().or(own_key);
        if let (Some(key), Some(signature)) = (&key, &signature) {
            self.signature(&manifest_bytes, signature, key);
        }
        let (Some(manifest), Some(key)) = (manifest, key) else {
            self.faults.add(MANIFEST, PackFaultCode::Malformed);
            return Ok(());
        };
        verdict.title.clone_from(&manifest.title);
        verdict.origin = key.name().to_owned();
        verdict.key = key.to_string();
        verdict.key_source = Some(match known {
            Some(_) => KeySource::Given,
            None => KeySource::Pack,
        });
        verdict.items = manifest.items.len() as u64;
        verdict.files = manifest.listed().count() as u64 + 2;

        if !items::is_consistent(
            &manifest,
            known.is_some() || manifest.log.key == key.to_string(),
        ) {
            self.faults.add(MANIFEST, PackFaultCode::Inconsistent);
        }
        let signature_size = signature.map_or(0, |s| s.len() as u64);
        self.files(&manifest, manifest_bytes.len() as u64, signature_size)?;
        if let Some(head) = self.head(&manifest, &key)? {
            verdict.tree_size = head.size;
            verdict.root = head.root.to_base64();
            items::check(&manifest, &head, &key, &mut self.shelf, &mut self.faults)?;
        }
        Ok(())
    }

    /// A small file as a whole; a fault if it is missing or too large.
    fn small(&mut self, path: &str, size_max: u64) -> Result<Option<Vec<u8>>, Fault> {
        let bytes = self.shelf.read(path, size_max)?;
        if bytes.is_none() {
            let code = match self.shelf.has(path) {
                true => PackFaultCode::TooLarge,
                false => PackFaultCode::Missing,
            };
            self.faults.add(path, code);
        }
        Ok(bytes)
    }

    /// Whether the key vouches for the manifest; blames the one of the two that was changed.
    fn signature(&mut self, manifest: &[u8], signature: &[u8], key: &VerifierKey) {
        let text = signature_text(&hex::encode(Sha256::digest(manifest)));
        let note = std::str::from_utf8(signature)
            .ok()
            .and_then(|text| SignedNote::parse(text).ok())
            .filter(SignedNote::is_single);
        let Some(note) = note else {
            return self.faults.add(SIGNATURE, PackFaultCode::Malformed);
        };
        match (note.verify(key), note.text() == text) {
            (Ok(()), true) => {}
            (Ok(()), false) => self.faults.add(MANIFEST, PackFaultCode::Changed),
            (Err(NoteError::Unsigned), true) => self.faults.add(SIGNATURE, PackFaultCode::Unsigned),
            // A manifest whose own key was changed no longer fits its signature.
            (Err(NoteError::Unsigned), false) => self.faults.add(MANIFEST, PackFaultCode::Unsigned),
            (Err(_), _) => self.faults.add(SIGNATURE, PackFaultCode::Forged),
        }
    }

    /// The head that the pack's checkpoint vouches for.
    fn head(
        &mut self,
        manifest: &Manifest,
        key: &VerifierKey,
    ) -> Result<Option<Checkpoint>, Fault> {
        let Some(bytes) = self.shelf.read(CHECKPOINT, NOTE_BYTES_MAX as u64)? else {
            return Ok(None);
        };
        let opened = std::str::from_utf8(&bytes)
            .map_err(|_| NoteError::Malformed)
            .and_then(|note| Checkpoint::open(note, key));
        let head = match opened {
            Ok(head) => head,
            Err(error) => {
                let code = match error {
                    NoteError::Malformed => PackFaultCode::Malformed,
                    NoteError::Unsigned => PackFaultCode::Unsigned,
                    NoteError::Forged => PackFaultCode::Forged,
                };
                self.faults.add(CHECKPOINT, code);
                return Ok(None);
            }
        };
        let log = &manifest.log;
        if (&log.origin, log.tree_size, &log.root)
            != (&head.origin, head.size, &head.root.to_base64())
        {
            self.faults.add(MANIFEST, PackFaultCode::Inconsistent);
        }
        Ok(Some(head))
    }

    /// Every file's content, then the archive around them.
    fn files(
        &mut self,
        manifest: &Manifest,
        manifest_size: u64,
        signature_size: u64,
    ) -> Result<(), Fault> {
        let mut members = Vec::new();
        let mut at = 0;
        for (path, sha256, size) in manifest.listed() {
            members.push(self.file(path, Some(sha256), size, &mut at)?);
        }
        members.push(self.file(MANIFEST, None, manifest_size, &mut at)?);
        members.push(self.file(SIGNATURE, None, signature_size, &mut at)?);

        let listed: BTreeSet<&str> = members.iter().map(|m| m.path.as_str()).collect();
        let unlisted: Vec<String> = self
            .shelf
            .paths()
            .filter(|path| !listed.contains(path))
            .map(str::to_owned)
            .collect();
        for path in &unlisted {
            self.faults.add(path, PackFaultCode::Unlisted);
        }
        self.container(&members, at)
    }

    /// One file: its content where it must stand, or wherever the archive says it stands.
    fn file(
        &mut self,
        path: &str,
        sha256: Option<&str>,
        size: u64,
        at: &mut u64,
    ) -> Result<Member, Fault> {
        let offset = *at;
        let start = offset.saturating_add(LOCAL_BYTES + path.len() as u64);
        *at = start.saturating_add(size);
        let here = self.shelf.digest_at(start.min(self.shelf.length()), size)?;
        if let Some(sha256) = sha256
            && (here.size != size || here.sha256 != sha256)
        {
            let there = self.shelf.digest(path, size)?;
            let code = match there {
                Some(there) if there.size == size && there.sha256 == sha256 => None,
                None if !self.shelf.has(path) => Some(PackFaultCode::Missing),
                _ => Some(PackFaultCode::Changed),
            };
            if let Some(code) = code {
                self.faults.add(path, code);
            }
        }
        Ok(Member {
            path: path.to_owned(),
            crc32: here.crc32,
            size,
            offset,
        })
    }

    /// Writes every header again and compares; `end` is where the files end.
    fn container(&mut self, members: &[Member], end: u64) -> Result<(), Fault> {
        let mut wrong = Vec::new();
        for member in members {
            let header = local_header(&member.path, member.crc32, member.size);
            if !self.stands(member.offset, &header)? {
                wrong.push(member.path.as_str());
            }
        }
        if wrong.len() > 3.max(members.len() / 2) {
            self.faults.add(WHOLE, PackFaultCode::Repacked);
            return Ok(());
        }
        let mut at = end;
        for member in members {
            let record = directory_record(member);
            if !self.stands(at, &record)? {
                wrong.push(member.path.as_str());
            }
            at = at.saturating_add(record.len() as u64);
        }
        for path in wrong {
            if !self.faults.names(path) {
                self.faults.add(path, PackFaultCode::Container);
            }
        }
        let records = end_records(members.len() as u64, end, at - end);
        if !self.stands(at, &records)? {
            self.faults.add(WHOLE, PackFaultCode::Container);
        }
        if self.shelf.length() != at.saturating_add(records.len() as u64) {
            self.faults.add(WHOLE, PackFaultCode::Length);
        }
        Ok(())
    }

    fn stands(&mut self, at: u64, expected: &[u8]) -> Result<bool, Fault> {
        if at > self.shelf.length() {
            return Ok(false);
        }
        Ok(self.shelf.bytes_at(at, expected.len())? == expected)
    }
}

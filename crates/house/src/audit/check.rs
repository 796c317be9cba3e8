//! The walk over the whole log, without reading anything itself.
//!
//! The caller hands over rows in order: for each page first its checkpoints and tiles, then its
//! leaves; at the end the entries that wait. Memory is that of one page. Three independent memories
//! of the past are held against each other: the entries (their hash recomputed from every column),
//! the leaves and tiles, and the signed checkpoints. A thief of the database can change the first two
//! together; the third only with the key; and a checkpoint kept elsewhere not even then.

use std::collections::{BTreeMap, VecDeque};

use super::checkpoint::Checkpoint;
use super::entry::EntryRow;
use super::key::VerifierKey;
use super::key_check::KeyCheck;
use super::person_store::PersonKeys;
use super::tree::{Edge, Hash, Tile};
use super::verdict::{FAULTS_MAX, LogFault, LogFaultKind, LogVerdict};

/// How much older than the newest leaf an entry may be while it waits. A transaction may stay open
/// for a while after it took its time from the clock; longer than this, somebody hid the entry.
pub const WAIT_MS_MAX: i64 = 60_000;

/// A leaf as its row has it, with the entry that it names.
#[derive(Clone, Debug)]
pub struct LeafRow {
    /// Its number, from 0.
    pub seq: u64,
    /// The entry that it seals.
    pub entry_id: String,
    /// The leaf hash.
    pub hash: Vec<u8>,
    /// The entry; `None` if its row is gone.
    pub entry: Option<EntryRow>,
}

/// A full tile as its row has it.
#[derive(Clone, Debug)]
pub struct TileRow {
    /// Level of the tile.
    pub level: u64,
    /// Its index in the level.
    pub index: u64,
    /// Its 256 hashes, one after the other.
    pub hashes: Vec<u8>,
    /// The root over them.
    pub root: Vec<u8>,
}

struct Expected {
    size: u64,
    root: Hash,
}

/// The state of a walk.
pub struct LogCheck {
    keys: Vec<VerifierKey>,
    known: VecDeque<Expected>,
    expected: VecDeque<Expected>,
    tiles: BTreeMap<(u64, u64), TileRow>,
    edge: Edge,
    /// The last size at which a stored checkpoint held, and one kept elsewhere.
    good_sizes: [u64; 2],
    signed_size: u64,
    is_broken: bool,
    newest_ms: i64,
    persons: Option<KeyCheck>,
    verdict: LogVerdict,
}

impl LogCheck {
    /// A walk that believes these keys: the log's own, and those it had before.
    ///
    /// `known` are checkpoints kept elsewhere (a witness, last week's report), already believed.
    pub fn new(keys: Vec<VerifierKey>, known: &[Checkpoint]) -> Self {
        let mut known: Vec<Expected> = known
            .iter()
            .map(|c| Expected {
                size: c.size,
                root: c.root,
            })
            .collect();
        known.sort_by_key(|c| c.size);
        Self {
            keys,
            known: known.into(),
            expected: VecDeque::new(),
            tiles: BTreeMap::new(),
            edge: Edge::new(),
            good_sizes: [0; 2],
            signed_size: 0,
            is_broken: false,
            newest_ms: i64::MIN,
            persons: None,
            verdict: LogVerdict::default(),
        }
    }

    /// The same walk, that also opens what is sealed of people.
    #[must_use]
    pub fn with_persons(mut self, keys: PersonKeys) -> Self {
        self.persons = Some(KeyCheck::new(keys));
        self
    }

    /// The next stored checkpoint, by size; before the leaf whose number is that size.
    pub fn checkpoint(&mut self, size: u64, note: &str) {
        let opened = self
            .keys
            .iter()
            .find_map(|key| Checkpoint::open(note, key).ok())
            .filter(|c| c.size == size);
        match opened {
            Some(c) => {
                self.signed_size = self.signed_size.max(size);
                self.expected.push_back(Expected { size, root: c.root });
            }
            None => self.fault(LogFaultKind::Signature, size.saturating_sub(1), None),
        }
        self.compare_heads();
    }

    /// A stored tile; before the leaf that fills it.
    pub fn tile(&mut self, row: TileRow) {
        self.tiles.insert((row.level, row.index), row);
    }

    /// The next leaf, by number.
    pub fn leaf(&mut self, row: &LeafRow) {
        let next = self.edge.size();
        if row.seq != next {
            self.gap(next, row.seq);
        }
        let hash = self.leaf_hash(row);
        for tile in self.edge.push(hash) {
            self.compare_tile(&tile);
        }
        self.compare_heads();
    }

    /// An entry without a leaf.
    pub fn pending(&mut self, entry: &EntryRow) {
        self.verdict.pending += 1;
        if entry.at_ms.saturating_add(WAIT_MS_MAX) < self.newest_ms {
            self.fault(LogFaultKind::Unsequenced, self.edge.size(), Some(&entry.id));
        } else if !entry.is_whole() {
            self.fault(LogFaultKind::Changed, self.edge.size(), Some(&entry.id));
        }
    }

    /// The end of the walk. `head_size` is the stored counter of leaves.
    pub fn finish(mut self, head_size: u64) -> LogVerdict {
        let size = self.edge.size();
        let beyond: Vec<u64> = [self.expected.back(), self.known.back()]
            .into_iter()
            .flatten()
            .map(|c| c.size)
            .collect();
        if let Some(last) = beyond.into_iter().max() {
            self.fault_range(LogFaultKind::Truncated, size, last.saturating_sub(1), None);
        }
        if self.signed_size < size {
            self.fault_range(LogFaultKind::Unsigned, self.signed_size, size - 1, None);
        }
        for (level, index) in self.tiles.keys().copied().collect::<Vec<_>>() {
            self.fault(LogFaultKind::Tile, first_leaf(level, index), None);
        }
        if head_size != size {
            self.fault(LogFaultKind::Head, size.min(head_size), None);
        }
        for (kind, seq) in self
            .persons
            .take()
            .map(KeyCheck::finish)
            .unwrap_or_default()
        {
            self.fault(kind, seq, None);
        }
        let verdict = &mut self.verdict;
        verdict.faults.sort_by_key(|f| (f.seq, f.last_seq));
        verdict.ok = verdict.faults.is_empty();
        verdict.first_bad = verdict.faults.first().map(|f| f.seq);
        verdict.leaves = size;
        verdict.root = self.edge.root().to_base64();
        self.verdict
    }

    /// Numbers that are not those that come next: after this no root can be recomputed.
    fn gap(&mut self, next: u64, found: u64) {
        if !self.is_broken {
            match found > next {
                true => self.fault_range(LogFaultKind::Missing, next, found - 1, None),
                false => self.fault(LogFaultKind::Inserted, found, None),
            }
        }
        self.is_broken = true;
    }

    /// The hash to build the tree from, after the entry has been held against it.
    fn leaf_hash(&mut self, row: &LeafRow) -> Hash {
        let stored = Hash::from_slice(&row.hash);
        match &row.entry {
            None => self.fault(LogFaultKind::Missing, row.seq, Some(&row.entry_id)),
            Some(entry) => {
                if !entry.is_whole() || stored != Some(entry.leaf_hash()) {
                    self.fault(LogFaultKind::Changed, row.seq, Some(&row.entry_id));
                }
                self.newest_ms = self.newest_ms.max(entry.at_ms);
                let is_open = self
                    .persons
                    .as_mut()
                    .is_none_or(|keys| keys.opens(row.seq, entry));
                if !is_open && !self.verdict.faults.iter().any(|fault| fault.seq == row.seq) {
                    self.fault(LogFaultKind::Key, row.seq, Some(&row.entry_id));
                }
            }
        }
        stored.unwrap_or_else(|| Hash::from([0; 32]))
    }

    /// A tile that became full, against the stored one; names the leaf that differs.
    fn compare_tile(&mut self, tile: &Tile) {
        let (level, index) = (u64::from(tile.level), tile.index);
        let first = first_leaf(level, index);
        let stored = self.tiles.remove(&(level, index));
        if self.is_broken {
            return;
        }
        let Some(stored) = stored else {
            return self.fault(LogFaultKind::Tile, first, None);
        };
        let sealed: Vec<Option<Hash>> = stored.hashes.chunks(32).map(Hash::from_slice).collect();
        let differs = tile
            .hashes
            .iter()
            .enumerate()
            .find(|(i, hash)| sealed.get(*i).copied().flatten() != Some(**hash));
        match differs {
            Some((i, hash)) => {
                let kind = match (level, sealed.contains(&Some(*hash))) {
                    (0, true) => LogFaultKind::Renumbered,
                    (0, false) => LogFaultKind::Inserted,
                    _ => LogFaultKind::Tile,
                };
                self.fault(kind, first + i as u64 * (1 << (8 * level.min(7))), None);
            }
            None if sealed.len() != tile.hashes.len()
                || Hash::from_slice(&stored.root) != Some(tile.root()) =>
            {
                self.fault(LogFaultKind::Tile, first, None);
            }
            None => {}
        }
    }

    /// The root as it stands, against every checkpoint of this size.
    fn compare_heads(&mut self) {
        let size = self.edge.size();
        let mut root = None;
        for from_elsewhere in [false, true] {
            loop {
                let queue = if from_elsewhere {
                    &mut self.known
                } else {
                    &mut self.expected
                };
                let Some(head) = queue.pop_front_if(|head| head.size <= size) else {
                    break;
                };
                self.verdict.checkpoints += 1;
                let root = *root.get_or_insert_with(|| self.edge.root());
                if self.is_broken {
                    continue;
                }
                if head.size < size {
                    self.fault(LogFaultKind::Signature, head.size, None);
                } else if head.root == root {
                    self.good_sizes[usize::from(from_elsewhere)] = size;
                } else {
                    self.mismatch(self.good_sizes[usize::from(from_elsewhere)], size);
                }
            }
        }
    }

    /// A signed root that the rows do not give: something since the last good root was rewritten.
    fn mismatch(&mut self, from: u64, size: u64) {
        self.is_broken = true;
        let is_named = self
            .verdict
            .faults
            .iter()
            .any(|f| f.seq >= from && f.seq < size);
        if !is_named {
            let last = size.saturating_sub(1);
            self.fault_range(LogFaultKind::Rewritten, from.min(last), last, None);
        }
    }

    fn fault(&mut self, kind: LogFaultKind, seq: u64, entry: Option<&str>) {
        self.fault_range(kind, seq, seq, entry);
    }

    fn fault_range(&mut self, kind: LogFaultKind, seq: u64, last_seq: u64, entry: Option<&str>) {
        if self.verdict.faults.len() >= FAULTS_MAX {
            self.verdict.more_faults += 1;
            return;
        }
        let entry = entry.map(str::to_owned);
        self.verdict.faults.push(LogFault {
            kind,
            seq,
            last_seq,
            entry,
        });
    }
}

/// The first leaf under a tile; the largest number there is for a tile that cannot be.
fn first_leaf(level: u64, index: u64) -> u64 {
    let leaves_per_tile = 1u128 << (8 * (level.min(7) + 1));
    u64::try_from(u128::from(index) * leaves_per_tile).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;

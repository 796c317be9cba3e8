use base::Subject;
use base::id::{AgencyId, RowId, Uuid};
use base::subject::SubjectKind;
use serde_json::json;

use super::*;
use crate::audit::entry::{Doer, Entry};
use crate::audit::key::SigningKey;

/// A log as the two databases keep it, open to every kind of tampering.
#[derive(Clone)]
struct Rows {
    key: SigningKey,
    leaves: Vec<LeafRow>,
    tiles: Vec<TileRow>,
    checkpoints: Vec<(u64, String)>,
    pending: Vec<EntryRow>,
    head: u64,
}

fn entry(n: u64) -> EntryRow {
    Entry {
        id: RowId::from(Uuid::from_u128(u128::from(n) + 1)),
        agency: AgencyId::from(Uuid::from_u128(1)),
        at_ms: 1_678_000_000_000 + i64::try_from(n).unwrap() * 1_000,
        actor: Doer::System,
        act: "article.publish",
        subject: Subject::new(SubjectKind::Article, n),
        data: json!({ "n": n }),
    }
    .to_row()
    .unwrap()
}

/// A log of so many entries, with a checkpoint after every `step` of them.
fn rows(n: u64, step: u64) -> Rows {
    sealed((0..n).map(entry).collect(), step)
}

fn sealed(entries: Vec<EntryRow>, step: u64) -> Rows {
    let key = SigningKey::from_seed("stp.example.vn/loa", [9; 32]).unwrap();
    let n = entries.len() as u64;
    let mut rows = Rows {
        key,
        leaves: Vec::new(),
        tiles: Vec::new(),
        checkpoints: Vec::new(),
        pending: Vec::new(),
        head: n,
    };
    let mut edge = Edge::new();
    for (seq, entry) in entries.into_iter().enumerate() {
        let seq = seq as u64;
        for tile in edge.push(entry.leaf_hash()) {
            rows.tiles.push(TileRow {
                level: u64::from(tile.level),
                index: tile.index,
                hashes: tile.to_bytes(),
                root: tile.root().as_bytes().to_vec(),
            });
        }
        rows.leaves.push(LeafRow {
            seq,
            entry_id: entry.id.clone(),
            hash: entry.hash.clone(),
            entry: Some(entry),
        });
        if (seq + 1).is_multiple_of(step) || seq + 1 == n {
            let note = Checkpoint::new(&rows.key, seq + 1, edge.root())
                .sign(&rows.key)
                .unwrap();
            rows.checkpoints.push((seq + 1, note));
        }
    }
    rows
}

impl Rows {
    fn walk_knowing(&self, known: &[Checkpoint]) -> LogVerdict {
        let mut check = LogCheck::new(vec![self.key.verifier().clone()], known);
        for (size, note) in &self.checkpoints {
            check.checkpoint(*size, note);
        }
        for tile in &self.tiles {
            check.tile(tile.clone());
        }
        for leaf in &self.leaves {
            check.leaf(leaf);
        }
        for entry in &self.pending {
            check.pending(entry);
        }
        check.finish(self.head)
    }

    fn walk(&self) -> LogVerdict {
        self.walk_knowing(&[])
    }

    fn renumber(&mut self) {
        for (seq, leaf) in self.leaves.iter_mut().enumerate() {
            leaf.seq = seq as u64;
        }
        self.head = self.leaves.len() as u64;
    }
}

#[track_caller]
fn finds(verdict: &LogVerdict, kind: LogFaultKind, seq: u64) {
    let first = verdict.faults.first().expect("a fault");
    assert_eq!((first.kind, first.seq), (kind, seq), "{:?}", verdict.faults);
    assert!(!verdict.ok);
    assert_eq!(verdict.first_bad, Some(seq));
}

#[test]
fn an_untouched_log_holds_at_every_size() {
    for n in [0, 1, 2, 10, 255, 256, 257, 600] {
        let verdict = rows(n, 7).walk();
        assert!(verdict.ok, "{n}: {:?}", verdict.faults);
        assert_eq!(verdict.leaves, n);
        assert_eq!(verdict.checkpoints, n.div_ceil(7));
    }
}

#[test]
fn a_changed_entry_is_named_by_its_number() {
    let mut log = rows(300, 10);
    let entry = log.leaves[123].entry.as_mut().unwrap();
    entry.data = "{\"n\":124}".to_owned();
    let verdict = log.walk();
    finds(&verdict, LogFaultKind::Changed, 123);
    assert_eq!(verdict.faults.len(), 1, "the rest of the log holds");
    assert_eq!(
        verdict.faults[0].entry.as_deref(),
        Some(log.leaves[123].entry_id.as_str())
    );
}

#[test]
fn every_changed_byte_of_every_row_of_a_small_log_is_found() {
    let log = rows(3, 3);
    let columns: [fn(&mut EntryRow) -> &mut String; 6] = [
        |e| &mut e.id,
        |e| &mut e.agency,
        |e| &mut e.act,
        |e| &mut e.subject_kind,
        |e| &mut e.subject_id,
        |e| &mut e.data,
    ];
    for seq in 0..3 {
        for column in columns {
            let length = column(log.clone().leaves[seq].entry.as_mut().unwrap()).len();
            for at in 0..length {
                let mut log = log.clone();
                let text = column(log.leaves[seq].entry.as_mut().unwrap());
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= 1 << (at % 7);
                *text = String::from_utf8(bytes).unwrap();
                finds(&log.walk(), LogFaultKind::Changed, seq as u64);
            }
        }
        for at in 0..32 {
            let mut log = log.clone();
            log.leaves[seq].hash[at] ^= 1;
            assert_eq!(log.walk().first_bad, Some(seq as u64));
        }
    }
    for (nth, (_, note)) in log.checkpoints.iter().enumerate() {
        for at in 0..note.len() {
            let mut bytes = note.clone().into_bytes();
            bytes[at] ^= 1;
            let mut log = log.clone();
            log.checkpoints[nth].1 = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!log.walk().ok, "checkpoint {nth}, byte {at}");
        }
    }
}

#[test]
fn a_changed_hash_of_a_tile_is_found_and_its_leaf_named() {
    let log = rows(256, 256);
    for at in (0..8_192).step_by(31 * 9) {
        let mut log = log.clone();
        log.tiles[0].hashes[at] ^= 0x10;
        let verdict = log.walk();
        assert_eq!(verdict.first_bad, Some(at as u64 / 32), "{at}");
    }
    let mut root = log.clone();
    root.tiles[0].root[5] ^= 1;
    finds(&root.walk(), LogFaultKind::Tile, 0);
    let mut gone = log.clone();
    gone.tiles.clear();
    finds(&gone.walk(), LogFaultKind::Tile, 0);
    let mut more = log;
    more.tiles.push(TileRow {
        index: 1,
        ..more.tiles[0].clone()
    });
    finds(&more.walk(), LogFaultKind::Tile, 256);
}

#[test]
fn a_deleted_entry_or_leaf_is_missing() {
    let mut log = rows(20, 5);
    log.leaves[7].entry = None;
    finds(&log.walk(), LogFaultKind::Missing, 7);
    let mut log = rows(20, 5);
    log.leaves.remove(7);
    finds(&log.walk(), LogFaultKind::Missing, 7);
}

#[test]
fn a_leaf_deleted_and_the_rest_renumbered_is_found_where_it_was() {
    let mut log = rows(20, 5);
    log.leaves.remove(7);
    log.renumber();
    let verdict = log.walk();
    finds(&verdict, LogFaultKind::Rewritten, 5);
    assert_eq!(verdict.faults[0].last_seq, 9);
    let mut tiled = rows(300, 300);
    tiled.leaves.remove(7);
    tiled.renumber();
    finds(&tiled.walk(), LogFaultKind::Renumbered, 7);
}

#[test]
fn an_inserted_or_swapped_leaf_is_found_where_it_is() {
    let foreign = rows(1_001, 1_001).leaves[1_000].clone();
    let mut log = rows(300, 300);
    log.leaves.insert(9, foreign.clone());
    log.renumber();
    finds(&log.walk(), LogFaultKind::Inserted, 9);
    let mut log = rows(20, 4);
    log.leaves.insert(9, foreign);
    log.renumber();
    finds(&log.walk(), LogFaultKind::Rewritten, 8);
    let mut log = rows(300, 300);
    log.leaves.swap(3, 4);
    log.renumber();
    finds(&log.walk(), LogFaultKind::Renumbered, 3);
    let mut log = rows(20, 5);
    log.leaves.insert(9, log.leaves[8].clone());
    finds(&log.walk(), LogFaultKind::Inserted, 8);
}

#[test]
fn a_suffix_written_anew_with_fitting_hashes_betrays_itself_by_the_signature() {
    let honest = rows(300, 10);
    let mut entries: Vec<EntryRow> = (0..300).map(entry).collect();
    for (n, e) in entries.iter_mut().enumerate().skip(150) {
        *e = entry(n as u64 + 10_000);
    }
    let mut forged = sealed(entries, 10);
    forged.checkpoints = honest.checkpoints.clone();
    let verdict = forged.walk();
    finds(&verdict, LogFaultKind::Rewritten, 150);
    assert_eq!(verdict.faults[0].last_seq, 159);
}

#[test]
fn a_log_sealed_anew_with_another_key_is_not_believed() {
    let mut log = rows(30, 10);
    log.key = SigningKey::from_seed("stp.example.vn/loa", [8; 32]).unwrap();
    finds(&log.walk(), LogFaultKind::Unsigned, 0);
}

#[test]
fn a_cut_tail_is_found_by_the_newest_checkpoint_or_by_one_kept_elsewhere() {
    let whole = rows(30, 10);
    let known = Checkpoint::open(&whole.checkpoints[2].1, whole.key.verifier()).unwrap();
    let mut cut = whole.clone();
    cut.leaves.truncate(25);
    cut.head = 25;
    finds(&cut.walk(), LogFaultKind::Truncated, 25);
    cut.checkpoints.pop();
    finds(&cut.walk(), LogFaultKind::Unsigned, 20);
    let older = rows(20, 10);
    assert!(older.walk().ok, "last week's database agrees with itself");
    let verdict = older.walk_knowing(std::slice::from_ref(&known));
    finds(&verdict, LogFaultKind::Truncated, 20);
    assert_eq!(verdict.faults[0].last_seq, 29);
    assert!(whole.walk_knowing(&[known]).ok);
}

#[test]
fn two_histories_with_the_same_key_are_told_apart_by_a_checkpoint_kept_elsewhere() {
    let one = rows(30, 10);
    let mut entries: Vec<EntryRow> = (0..30).map(entry).collect();
    entries[12] = entry(99);
    let other = sealed(entries, 10);
    assert!(other.walk().ok);
    let known = Checkpoint::open(&one.checkpoints[1].1, one.key.verifier()).unwrap();
    let verdict = other.walk_knowing(&[known]);
    finds(&verdict, LogFaultKind::Rewritten, 0);
    assert_eq!(verdict.faults[0].last_seq, 19);
}

#[test]
fn an_entry_that_waits_is_no_fault_and_a_hidden_one_is() {
    let mut log = rows(100, 10);
    log.pending.push(entry(100));
    log.pending.push(entry(60));
    let verdict = log.walk();
    assert!(verdict.ok, "{:?}", verdict.faults);
    assert_eq!(verdict.pending, 2);
    log.pending.push(entry(10));
    finds(&log.walk(), LogFaultKind::Unsequenced, 100);
    let mut changed = rows(100, 10);
    changed.pending.push(EntryRow {
        at_ms: entry(100).at_ms + 1,
        ..entry(100)
    });
    finds(&changed.walk(), LogFaultKind::Changed, 100);
}

#[test]
fn a_wrong_counter_of_leaves_is_found() {
    let mut log = rows(10, 10);
    log.head = 11;
    finds(&log.walk(), LogFaultKind::Head, 10);
}

#[test]
fn the_verdict_reads_as_json() {
    let mut log = rows(10, 10);
    log.leaves[4].entry = None;
    let json = serde_json::to_value(log.walk()).unwrap();
    assert_eq!(json["ok"], false);
    assert_eq!(json["first_bad"], 4);
    assert_eq!(json["faults"][0]["kind"], "missing");
}

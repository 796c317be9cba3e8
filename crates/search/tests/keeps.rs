//! The index over time: replaced, removed, restarted, damaged.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::fs;

use search::{Entry, Index, Query};

fn entry(id: &str, title: &str) -> Entry {
    Entry {
        id: id.into(),
        number: 7,
        agency: "stp".into(),
        title: title.into(),
        ..Entry::default()
    }
}

fn total(index: &Index, text: &str) -> usize {
    index.search(&Query::new("stp", text)).unwrap().total
}

fn filled(dir: &std::path::Path) -> Index {
    let index = Index::open(dir).unwrap();
    index
        .add(&[entry("a", "Bản tin số một"), entry("b", "Bản tin số hai")])
        .unwrap();
    index.commit(42).unwrap();
    index
}

#[test]
fn a_commit_is_seen_at_once_and_nothing_before_it() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    index.add(&[entry("a", "Bản tin")]).unwrap();
    assert_eq!((total(&index, "bản tin"), index.mark()), (0, 0));
    index.commit(1).unwrap();
    assert_eq!((total(&index, "bản tin"), index.mark()), (1, 1));
}

#[test]
fn an_entry_added_again_replaces_itself_and_a_removed_one_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let index = filled(dir.path());
    index.add(&[entry("a", "Thông báo mới")]).unwrap();
    index.remove("b").unwrap();
    index.remove("never there").unwrap();
    index.commit(43).unwrap();
    assert_eq!(total(&index, "bản tin"), 0);
    assert_eq!(total(&index, "thông báo"), 1);
    assert_eq!(index.len(), 1);
}

#[test]
fn a_restart_keeps_the_entries_and_the_mark() {
    let dir = tempfile::tempdir().unwrap();
    filled(dir.path()).settle().unwrap();
    let index = Index::open(dir.path()).unwrap();
    assert_eq!((total(&index, "bản tin"), index.mark()), (2, 42));
    index.remove("a").unwrap();
    index.commit(44).unwrap();
    assert_eq!((total(&index, "bản tin"), index.mark()), (1, 44));
}

#[test]
fn uncommitted_entries_do_not_survive_and_their_mark_neither() {
    let dir = tempfile::tempdir().unwrap();
    let index = filled(dir.path());
    index.add(&[entry("c", "Bản tin số ba")]).unwrap();
    drop(index);
    let index = Index::open(dir.path()).unwrap();
    assert_eq!((index.len(), index.mark()), (2, 42));
}

#[test]
fn a_damaged_index_is_begun_afresh_and_nothing_beside_it_is_touched() {
    for damage in ["meta.json", ".managed.json", "postings"] {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("neighbour"), "mine").unwrap();
        filled(dir.path()).settle().unwrap();
        let folder = dir.path().join("index");
        for file in fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let is_postings = matches!(path.extension().and_then(|e| e.to_str()), Some("idx"));
            if name == damage || (damage == "postings" && is_postings) {
                fs::write(&path, b"\x00damaged").unwrap();
            }
        }
        let index = Index::open(dir.path()).unwrap();
        assert_eq!((index.len(), index.mark()), (0, 0), "{damage}");
        assert!(dir.path().join("neighbour").exists());
        index.add(&[entry("a", "Bản tin")]).unwrap();
        index.commit(9).unwrap();
        assert_eq!(total(&index, "bản tin"), 1, "{damage}");
    }
}

#[test]
fn damage_inside_a_file_never_brings_the_program_down() {
    let dir = tempfile::tempdir().unwrap();
    filled(dir.path()).settle().unwrap();
    let folder = dir.path().join("index");
    let files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e != "json" && e != "lock"))
        .collect();
    assert!(files.len() >= 4);
    for path in files {
        let sound = fs::read(&path).unwrap();
        for at in (0..sound.len()).step_by(23) {
            let mut bytes = sound.clone();
            bytes[at] ^= 0x55;
            let copy = tempfile::tempdir().unwrap();
            let inside = copy.path().join("index");
            fs::create_dir(&inside).unwrap();
            for file in fs::read_dir(&folder).unwrap() {
                let file = file.unwrap().path();
                fs::copy(&file, inside.join(file.file_name().unwrap())).unwrap();
            }
            fs::write(inside.join(path.file_name().unwrap()), bytes).unwrap();
            let index = Index::open(copy.path()).unwrap();
            if index.search(&Query::new("stp", "bản tin")).is_err() {
                assert_eq!((index.len(), index.mark()), (0, 0));
            }
        }
    }
}

#[test]
fn an_index_of_another_schema_is_begun_afresh() {
    let dir = tempfile::tempdir().unwrap();
    filled(dir.path()).settle().unwrap();
    let meta = dir.path().join("index").join("meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    assert!(text.contains("1 42"), "{text}");
    fs::write(&meta, text.replace("\"1 42\"", "\"0 42\"")).unwrap();
    let index = Index::open(dir.path()).unwrap();
    assert_eq!((index.len(), index.mark()), (0, 0));
}

#[test]
fn starting_over_leaves_an_empty_index_that_can_be_filled() {
    let dir = tempfile::tempdir().unwrap();
    let index = filled(dir.path());
    index.start_over().unwrap();
    assert_eq!((index.len(), index.mark()), (0, 0));
    index.add(&[entry("a", "Bản tin")]).unwrap();
    index.commit(1).unwrap();
    assert_eq!(total(&index, "bản tin"), 1);
}

//! Packs that somebody changed, cut, stretched or made to do harm.

use std::io::{Seek, SeekFrom, Write};
use std::sync::LazyLock;

use super::*;
use crate::audit::SignedNote;
use crate::evidence::container::{
    ContainerWriter, Member, directory_record, end_records, local_header,
};
use crate::evidence::fault::{PackFaultCode, WHOLE};
use crate::evidence::manifest::{Manifest, signature_text};
use crate::evidence::shelf::Shelf;
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use zip::write::SimpleFileOptions;

/// Which file each byte of a pack belongs to; `.` for the end of the archive.
fn owners(pack: &[u8]) -> Vec<String> {
    let mut owners = vec![WHOLE.to_owned(); pack.len()];
    let mut archive = zip::ZipArchive::new(Cursor::new(pack)).unwrap();
    for i in 0..archive.len() {
        let file = archive.by_index_raw(i).unwrap();
        let name = file.name().unwrap().into_owned();
        let content = file.header_start()..file.data_start().unwrap() + file.size();
        let record = file.central_header_start();
        let record = record..record + 46 + name.len() as u64;
        for at in content.chain(record) {
            owners[at as usize].clone_from(&name);
        }
    }
    owners
}

#[test]
fn every_flipped_byte_is_found_and_its_file_is_named() {
    let (pack, _) = Office::new().pack();
    let owners = owners(&pack);
    assert_eq!(owners.iter().filter(|owner| *owner == WHOLE).count(), 22);
    // Every byte is a whole verification: shared among the cores.
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for first in 0..n_threads {
            let (pack, owners) = (&pack, &owners);
            scope.spawn(move || {
                let mut changed = pack.clone();
                for (at, owner) in owners.iter().enumerate().skip(first).step_by(n_threads) {
                    changed[at] ^= 1 << (at % 8);
                    let verdict = verify(&changed, None);
                    changed[at] = pack[at];
                    let is_named = verdict.faults.iter().any(|fault| &fault.path == owner);
                    assert!(
                        !verdict.ok && is_named,
                        "byte {at} of {owner}: {:?}",
                        verdict.faults
                    );
                }
            });
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_change_of_one_byte_or_of_a_stretch_is_found(
        at in any::<prop::sample::Index>(),
        change in 1..=u8::MAX,
        n in 1..40usize,
    ) {
        static PACK: LazyLock<Vec<u8>> = LazyLock::new(|| Office::new().pack().0);
        let start = at.index(PACK.len());
        let end = (start + n).min(PACK.len());
        for range in [start..start + 1, start..end] {
            let mut changed = PACK.clone();
            changed[range].iter_mut().for_each(|byte| *byte ^= change);
            let verdict = verify(&changed, None);
            prop_assert!(!verdict.ok && !verdict.faults.is_empty());
        }
    }
}

#[test]
fn a_pack_cut_anywhere_or_stretched_is_found() {
    let (pack, _) = Office::new().pack();
    for length in 0..pack.len() {
        let verdict = verify(&pack[..length], None);
        assert!(!verdict.ok && !verdict.faults.is_empty(), "{length}");
    }
    for more in [1, 22, 70_000] {
        let mut longer = pack.clone();
        longer.resize(pack.len() + more, 0);
        let verdict = verify(&longer, None);
        assert_eq!(verdict.faults.len(), 1, "{more}: {:?}", verdict.faults);
        assert_eq!(verdict.faults[0].code, PackFaultCode::Length);
    }
    let mut shifted = vec![0];
    shifted.extend_from_slice(&pack);
    assert!(!verify(&shifted, None).ok);
}

/// The files of a pack, to be changed and packed again.
fn unpacked(pack: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(pack)).unwrap();
    (0..archive.len())
        .map(|i| {
            let mut file = archive.by_index(i).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// As an ordinary ZIP program packs.
fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer
            .start_file(path.as_str(), SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// As a forger packs who knows the container's form.
fn contained(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ContainerWriter::new(Cursor::new(Vec::new())).unwrap();
    for (path, bytes) in files {
        writer.add(path, &mut bytes.as_slice()).unwrap();
    }
    writer.finish().unwrap().0.into_inner()
}

/// As the agency itself could forge: with its key, a manifest that fits, and a fitting container.
fn resealed(
    office: &Office,
    mut files: Vec<(String, Vec<u8>)>,
    edit: impl Fn(&mut Manifest),
) -> Vec<u8> {
    let at = |path: &str, files: &[(String, Vec<u8>)]| {
        files.iter().position(|(p, _)| p == path).unwrap()
    };
    let (m, s) = (at("manifest.json", &files), at("manifest.sig", &files));
    let mut manifest: Manifest = serde_json::from_slice(&files[m].1).unwrap();
    edit(&mut manifest);
    files[m].1 = serde_json::to_vec_pretty(&manifest).unwrap();
    let hash = hex::encode(Sha256::digest(&files[m].1));
    files[s].1 = SignedNote::sign(&signature_text(&hash), &office.key)
        .unwrap()
        .to_string()
        .into_bytes();
    contained(&files)
}

#[test]
fn a_pack_zipped_again_unchanged_is_said_to_be_just_that() {
    let (pack, _) = Office::new().pack();
    let verdict = verify(&zipped(&unpacked(&pack)), None);
    assert_eq!(verdict.faults.len(), 1, "{:?}", verdict.faults);
    assert_eq!(
        (verdict.faults[0].path.as_str(), verdict.faults[0].code),
        (WHOLE, PackFaultCode::Repacked)
    );
}

#[test]
fn a_file_edited_and_zipped_again_is_named() {
    let (pack, _) = Office::new().pack();
    let files = unpacked(&pack);
    for nth in 0..files.len() {
        for forge in [zipped, contained] {
            let mut files = files.clone();
            let middle = files[nth].1.len() / 2;
            files[nth].1[middle] ^= 1;
            let verdict = verify(&forge(&files), None);
            let path = &files[nth].0;
            assert!(
                verdict.faults.iter().any(|f| &f.path == path),
                "{path}: {:?}",
                verdict.faults
            );
        }
    }
}

#[test]
fn a_missing_and_an_added_file_are_named() {
    let (pack, _) = Office::new().pack();
    for nth in 0..unpacked(&pack).len() {
        let mut files = unpacked(&pack);
        let (path, _) = files.remove(nth);
        let verdict = verify(&contained(&files), None);
        let fault = verdict.faults.iter().find(|f| f.path == path).unwrap();
        assert_eq!(fault.code, PackFaultCode::Missing);
    }
    let mut files = unpacked(&pack);
    files.insert(3, ("items/1/9.pdf".to_owned(), b"%PDF".to_vec()));
    let verdict = verify(&contained(&files), None);
    assert!(
        verdict
            .faults
            .iter()
            .any(|f| f.path == "items/1/9.pdf" && f.code == PackFaultCode::Unlisted)
    );
}

#[test]
fn what_the_holder_of_the_key_forges_is_caught_by_the_log() {
    let office = Office::new();
    let (pack, _) = office.pack();
    let files = unpacked(&pack);
    assert!(
        verify(&resealed(&office, files.clone(), |_| {}), None)
            .faults
            .is_empty()
    );

    let mut edited = files.clone();
    edited[0].1 = b"<h1>Better news</h1>".to_vec();
    let file = CapturedFile::of("", "", &edited[0].1);
    let forged = resealed(&office, edited, |m| {
        m.items[0].files[0].sha256.clone_from(&file.sha256);
        m.items[0].files[0].size = file.size;
    });
    finds(
        &verify(&forged, None),
        "proofs/1.json",
        PackFaultCode::NotCommitted,
    );

    type Edit = fn(&mut Manifest);
    let edits: [(Edit, PackFaultCode); 8] = [
        (
            |m| m.items[0].title = "x".to_owned(),
            PackFaultCode::NotCommitted,
        ),
        (
            |m| m.items[0].url = "x".to_owned(),
            PackFaultCode::NotCommitted,
        ),
        (
            |m| m.items[0].taken_at = "x".to_owned(),
            PackFaultCode::NotCommitted,
        ),
        (
            |m| m.items[0].shown.shown_on = "2023-03-07".to_owned(),
            PackFaultCode::NotCommitted,
        ),
        (
            |m| m.items[0].shown.evidence_kind = "minutes".to_owned(),
            PackFaultCode::NotCommitted,
        ),
        (
            |m| m.items[0].entry = "x".to_owned(),
            PackFaultCode::NotCommitted,
        ),
        (
            |m| m.agency.id = "x".to_owned(),
            PackFaultCode::NotCommitted,
        ),
        (|m| m.items[0].leaf_index = 0, PackFaultCode::NotInLog),
    ];
    for (edit, code) in edits {
        finds(
            &verify(&resealed(&office, files.clone(), edit), None),
            "proofs/1.json",
            code,
        );
    }
    let edits: [fn(&mut Manifest); 7] = [
        |m| m.format = "loa-evidence-pack/2".to_owned(),
        |m| m.log.tree_size = 2,
        |m| m.items[0].n = 2,
        |m| m.items[0].proof.path = "../x".to_owned(),
        |m| m.files.retain(|f| f.path != "README.txt"),
        |m| m.files.retain(|f| f.path != "index.html"),
        |m| m.files.push(m.files[0].clone()),
    ];
    for edit in edits {
        finds(
            &verify(&resealed(&office, files.clone(), edit), None),
            "manifest.json",
            PackFaultCode::Inconsistent,
        );
    }
}

#[test]
fn a_pack_sealed_with_another_key_is_refused_by_who_knows_the_key() {
    let mut office = Office::new();
    let known = office.key.verifier().clone();
    office.key = SigningKey::from_seed("stp.example.vn/loa", [6; 32]).unwrap();
    let (pack, _) = office.pack();
    assert!(verify(&pack, None).ok, "it agrees with itself");
    let verdict = verify(&pack, Some(&known));
    finds(&verdict, "manifest.sig", PackFaultCode::Unsigned);
    finds(&verdict, "checkpoint", PackFaultCode::Unsigned);
}

#[test]
fn a_zip_bomb_is_refused_after_little_work() {
    let office = Office::new();
    let (pack, _) = office.pack();
    let mut files = unpacked(&pack);
    files[0].1 = vec![0; 200 << 20];
    let bomb = zipped(&files);
    assert!(bomb.len() < 1 << 20);
    finds(
        &verify(&bomb, None),
        "items/1/page.html",
        PackFaultCode::Changed,
    );
    let at = files
        .iter()
        .position(|(p, _)| p == "manifest.json")
        .unwrap();
    files[0].1.clear();
    files[at].1 = vec![b' '; 80 << 20];
    finds(
        &verify(&zipped(&files), None),
        "manifest.json",
        PackFaultCode::TooLarge,
    );
}

#[test]
fn files_that_lie_over_each_other_are_not_read() {
    let (pack, _) = Office::new().pack();
    let end = pack.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    let mut overlapping = pack[..end].to_vec();
    let mut bytes = 0;
    for n in 0..1_000 {
        let path = format!("x{n}");
        let record = directory_record(&Member {
            path,
            crc32: 0,
            size: end as u64,
            offset: 0,
        });
        bytes += record.len() as u64;
        overlapping.extend_from_slice(&record);
    }
    overlapping.extend_from_slice(&end_records(1_000, end as u64, bytes));
    let verdict = verify(&overlapping, None);
    assert!(!verdict.ok);
    assert!(
        verdict
            .faults
            .iter()
            .all(|fault| !fault.path.starts_with('x'))
    );
}

#[test]
fn nothing_that_is_not_a_pack_is_taken_for_one() {
    for bytes in [
        b"".as_slice(),
        b"PK",
        b"PK\x05\x06",
        b"%PDF-1.7",
        &[0xff; 5_000],
        &end_records(0, 0, 0),
    ] {
        let verdict = verify(bytes, None);
        finds(&verdict, WHOLE, PackFaultCode::NotAPack);
    }
}

/// An archive that begins with so many zeros, which nobody has to keep.
struct Holey {
    zeros: u64,
    tail: Vec<u8>,
    at: u64,
}

impl Read for Holey {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let before = self.zeros.saturating_sub(self.at).min(buffer.len() as u64) as usize;
        buffer[..before].fill(0);
        let from = (self.at + before as u64 - self.zeros.min(self.at + before as u64)) as usize;
        let mut n = before;
        if self.at + before as u64 >= self.zeros {
            n += (&self.tail[from.min(self.tail.len())..]).read(&mut buffer[before..])?;
        }
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Holey {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let length = (self.zeros + self.tail.len() as u64) as i64;
        let at = match to {
            SeekFrom::Start(at) => at as i64,
            SeekFrom::End(by) => length + by,
            SeekFrom::Current(by) => self.at as i64 + by,
        };
        self.at = u64::try_from(at).map_err(std::io::Error::other)?;
        Ok(self.at)
    }
}

#[test]
fn a_file_beyond_four_gigabytes_is_found_by_us_and_by_any_zip_program() {
    let offset = 5 << 30;
    let crc32 = 0x3610_a686;
    let mut tail = local_header("a", crc32, 5);
    tail.extend_from_slice(b"hello");
    let start = offset + tail.len() as u64;
    let record = directory_record(&Member {
        path: "a".to_owned(),
        crc32,
        size: 5,
        offset,
    });
    tail.extend_from_slice(&record);
    tail.extend_from_slice(&end_records(1, start, record.len() as u64));
    let holey = |tail: &[u8]| Holey {
        zeros: offset,
        tail: tail.to_vec(),
        at: 0,
    };

    let mut shelf = Shelf::open(holey(&tail), &["a"]).unwrap();
    assert_eq!(
        shelf.read("a", 5).unwrap().as_deref(),
        Some(b"hello".as_slice())
    );
    let mut archive = zip::ZipArchive::new(holey(&tail)).unwrap();
    let mut text = String::new();
    archive
        .by_name("a")
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, "hello");
}

#[track_caller]
fn finds(verdict: &Verdict, path: &str, code: PackFaultCode) {
    assert!(!verdict.ok);
    assert!(
        verdict
            .faults
            .iter()
            .any(|fault| fault.path == path && fault.code == code),
        "{path} {code:?}: {:?}",
        verdict.faults
    );
}

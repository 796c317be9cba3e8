//! What a good pack is, and what its maker refuses.

use super::*;
use crate::evidence::verify::KeySource;

#[test]
fn a_pack_holds_and_says_what_it_is() {
    let office = Office::new();
    let (pack, receipt) = office.pack();
    let verdict = verify(&pack, None);
    assert!(verdict.ok, "{:?}", verdict.faults);
    assert_eq!(verdict.title, "Kế hoạch truyền thông 2023");
    assert_eq!(verdict.key_source, Some(KeySource::Pack));
    assert_eq!((verdict.items, verdict.tree_size), (2, 3));
    assert_eq!((receipt.items, receipt.files), (2, verdict.files));
    assert_eq!(
        (receipt.bytes, verdict.bytes),
        (pack.len() as u64, pack.len() as u64)
    );
    let verdict = verify(&pack, Some(office.key.verifier()));
    assert!(verdict.ok);
    assert_eq!(verdict.key_source, Some(KeySource::Given));
}

#[test]
fn a_pack_without_items_reports_or_predecessor_holds() {
    let (out, receipt) = Office::new().writer().finish(None).unwrap();
    assert_eq!((receipt.items, receipt.files), (0, 5));
    assert!(verify(out.get_ref(), None).ok);
}

#[test]
fn the_same_evidence_makes_the_same_bytes() {
    assert_eq!(Office::new().pack(), Office::new().pack());
}

#[test]
fn any_zip_program_reads_a_pack_and_finds_the_contract_in_it() {
    let (pack, _) = Office::new().pack();
    let mut archive = zip::ZipArchive::new(Cursor::new(pack)).unwrap();
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let expected = [
        "items/1/page.html",
        "items/1/2.png",
        "proofs/1.json",
        "items/2/1.pdf",
        "proofs/2.json",
        "report.pdf",
        "report.docx",
        "proofs/consistency.json",
        "checkpoint",
        "README.txt",
        "index.html",
        "manifest.json",
        "manifest.sig",
    ];
    assert_eq!(names, expected);
    for i in 0..archive.len() {
        let mut bytes = Vec::new();
        archive
            .by_index(i)
            .unwrap()
            .read_to_end(&mut bytes)
            .unwrap();
        assert!(!bytes.is_empty());
    }
    let mut readme = String::new();
    archive
        .by_name("README.txt")
        .unwrap()
        .read_to_string(&mut readme)
        .unwrap();
    assert!(readme.contains(&Office::new().key.verifier().to_string()));
    assert!(!readme.contains("{key"), "no placeholder is left");
    let manifest: serde_json::Value =
        serde_json::from_reader(archive.by_name("manifest.json").unwrap()).unwrap();
    assert_eq!(manifest["items"][0]["files"][1]["name"], "Ảnh họp.png");
    assert_eq!(
        manifest["items"][0]["taken_at"],
        "2023-03-06T16:41:00+07:00"
    );
    assert_eq!(manifest["items"][1]["leaf_index"], 2);
    assert_eq!(manifest["items"][1]["proves"], "Phối hợp với báo chí");
    assert_eq!(
        manifest["items"][1]["shown"]["evidence_kind"],
        "publication"
    );
    assert_eq!(manifest["items"][1]["shown"]["shown_on"], "2023-03-06");
    let mut index = String::new();
    archive
        .by_name("index.html")
        .unwrap()
        .read_to_string(&mut index)
        .unwrap();
    assert!(index.contains("<a href=\"items/1/2.png\">Ảnh họp.png</a>"));
    assert!(index.contains("&lt;b&gt;Quy Nhơn&lt;/b&gt;") && !index.contains("<b>"));
}

/// What this process holds in memory now, in KiB; none where the system does not tell.
fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn ten_thousand_items_are_written_in_flat_memory_and_hold() {
    let office = Office::new();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("pack.zip");
    let mut writer = office.writer_to(std::fs::File::create_new(&path).unwrap());
    let item = office.item(1);
    let mut open = |file: &CapturedFile| office.open(file);
    let mut before = None;
    for n in 0..10_000 {
        writer.item(item.clone(), &mut open).unwrap();
        // What is set up once is there after the first ones.
        if n == 500 {
            before = resident_kib();
        }
    }
    let after = resident_kib();
    let (_, receipt) = writer.finish(None).unwrap();
    assert_eq!(receipt.items, 10_000);
    if let (Some(before), Some(after)) = (before, after) {
        let grown = after.saturating_sub(before);
        // Held in memory, 9,500 items take well over 10 MiB.
        assert!(grown < 2_048, "memory grew by {grown} KiB");
    }
    let verdict = verify_pack(std::fs::File::open(&path).unwrap(), None).unwrap();
    assert!(verdict.ok, "{:?}", verdict.faults.first());
    assert_eq!((verdict.items, verdict.files), (10_000, receipt.files));
}

#[test]
fn a_stored_file_that_was_edited_does_not_get_into_a_pack() {
    let office = Office::new();
    let mut writer = office.writer();
    let refused = writer.item(office.item(0), &mut |_| Ok(Box::new(b"edited".as_slice())));
    assert!(refused.unwrap_err().to_string().contains("page.html"));
}

#[test]
fn an_entry_outside_the_log_or_without_a_capture_does_not_get_into_a_pack() {
    let office = Office::new();
    let mut foreign = office.item(0);
    foreign.sealed.entry.at_ms += 1;
    assert!(
        office
            .writer()
            .item(foreign, &mut |file| office.open(file))
            .is_err()
    );
    let mut plain = office.item(0);
    plain.sealed = Proven {
        entry: office.entries[0].clone(),
        leaf_index: 0,
        proof: Parts::inclusion(0, 3).unwrap().resolve(3, &office).unwrap(),
    };
    let refused = office.writer().item(plain, &mut |file| office.open(file));
    assert!(refused.unwrap_err().to_string().contains("no capture"));
}

#[test]
fn items_stand_before_reports_and_the_log_must_continue() {
    let office = Office::new();
    let mut writer = office.writer();
    writer
        .report(ReportForm::Pdf, &mut b"%PDF".as_slice())
        .unwrap();
    assert!(
        writer
            .item(office.item(0), &mut |file| office.open(file))
            .is_err()
    );
    let old = office.checkpoint(2);
    assert!(office.writer().finish(Some((&old, &[]))).is_err());
    let stranger = SigningKey::from_seed("stp.example.vn/loa", [6; 32]).unwrap();
    let heading = PackHeading {
        title: String::new(),
        plan: None,
        agency: (String::new(), String::new()),
        unit: None,
        from: String::new(),
        to: String::new(),
        made_at_ms: 0,
    };
    assert!(PackWriter::new(Cursor::new(Vec::new()), heading, &old, &stranger).is_err());
}

//! Packs made, changed in every way, and checked.

mod honest;
mod hostile;

use std::collections::HashMap;
use std::io::{Cursor, Read, Seek, Write};

use base::Subject;
use base::id::{AgencyId, RowId, Uuid};
use base::subject::SubjectKind;
use serde_json::json;

use super::capture::{CAPTURE_MEMBER, Capture, CaptureKind, CapturedFile};
use super::manifest::PackHeading;
use super::pack::{ItemHeading, PackReceipt, PackWriter, ReportForm};
use super::verify::{Verdict, pack as verify_pack};
use crate::audit::entry::{Doer, Entry, EntryRow};
use crate::audit::tree::{Edge, Hash, HashStore, Parts, TileRef};
use crate::audit::{Checkpoint, Proven, SigningKey, VerifierKey};

/// A log, the captures in it and their bytes: enough to make packs.
struct Office {
    key: SigningKey,
    entries: Vec<EntryRow>,
    captures: Vec<(u64, String)>,
    files: HashMap<String, Vec<u8>>,
}

impl HashStore for Office {
    fn tile(&self, tile: TileRef) -> Result<Vec<Hash>, base::Fault> {
        assert_eq!((tile.level, tile.index), (0, 0), "a small log has one tile");
        Ok(self.entries.iter().map(EntryRow::leaf_hash).collect())
    }
}

impl Office {
    /// Three acts, two of them with captures: a page with an image, and a link with a file.
    fn new() -> Self {
        let mut office = Self {
            key: SigningKey::from_seed("stp.example.vn/loa", [5; 32]).unwrap(),
            entries: Vec::new(),
            captures: Vec::new(),
            files: HashMap::new(),
        };
        let html = b"<!doctype html><h1>Tin m\xe1\xbb\x9bi</h1>";
        let image = CapturedFile::of("Ảnh họp.png", "image/png", b"\x89PNG\r\n");
        let page = Capture::page(
            "Tin mới",
            "https://stp.example.vn/tin/tin-moi-1",
            1_678_095_660_000,
            html,
        )
        .with_file(image);
        office.keep(b"\x89PNG\r\n");
        office.keep(html);
        office.log(json!({"n": 0}));
        office.seal(&page, "Đăng 12 tin, bài");
        let link = Capture {
            kind: CaptureKind::Link,
            title: "Báo đưa tin".to_owned(),
            url: "https://bao.example.vn/1".to_owned(),
            taken_at_ms: 1_678_182_060_123,
            files: vec![CapturedFile::of(
                "Bài báo.pdf",
                "application/pdf",
                b"%PDF-1.7",
            )],
        };
        office.keep(b"%PDF-1.7");
        office.seal(&link, "Phối hợp với báo chí");
        office
    }

    fn keep(&mut self, bytes: &[u8]) {
        let file = CapturedFile::of("", "", bytes);
        self.files.insert(file.sha256, bytes.to_vec());
    }

    fn log(&mut self, data: serde_json::Value) -> u64 {
        let n = self.entries.len() as u64;
        let entry = Entry {
            id: RowId::from(Uuid::from_u128(u128::from(n) + 1)),
            agency: AgencyId::from(Uuid::from_u128(1)),
            at_ms: 1_678_095_660_000,
            actor: Doer::System,
            act: "article.publish",
            subject: Subject::new(SubjectKind::Article, n),
            data,
        };
        self.entries.push(entry.to_row().unwrap());
        n
    }

    fn seal(&mut self, capture: &Capture, proves: &str) {
        let index = self.log(json!({
            CAPTURE_MEMBER: capture.to_data(),
            "kind": "publication",
            "shown_on": "2023-03-06",
            "place": "<b>Quy Nhơn</b>",
        }));
        self.captures.push((index, proves.to_owned()));
    }

    fn checkpoint(&self, size: u64) -> String {
        let mut edge = Edge::new();
        for entry in &self.entries[..size as usize] {
            edge.push(entry.leaf_hash());
        }
        Checkpoint::new(&self.key, size, edge.root())
            .sign(&self.key)
            .unwrap()
    }

    fn item(&self, nth: usize) -> ItemHeading {
        let (leaf_index, proves) = self.captures[nth].clone();
        let size = self.entries.len() as u64;
        ItemHeading {
            proves,
            sealed: Proven {
                entry: self.entries[leaf_index as usize].clone(),
                leaf_index,
                proof: Parts::inclusion(leaf_index, size)
                    .unwrap()
                    .resolve(size, self)
                    .unwrap(),
            },
        }
    }

    fn writer(&self) -> PackWriter<'_, Cursor<Vec<u8>>> {
        self.writer_to(Cursor::new(Vec::new()))
    }

    fn writer_to<W: Write + Seek>(&self, out: W) -> PackWriter<'_, W> {
        let heading = PackHeading {
            title: "Kế hoạch truyền thông 2023".to_owned(),
            plan: Some("p1".to_owned()),
            agency: (Uuid::from_u128(1).to_string(), "Sở Tư pháp".to_owned()),
            unit: None,
            from: "2023-01-01".to_owned(),
            to: "2023-03-31".to_owned(),
            made_at_ms: 1_680_000_000_000,
        };
        let note = self.checkpoint(self.entries.len() as u64);
        PackWriter::new(out, heading, &note, &self.key).unwrap()
    }

    fn open(&self, file: &CapturedFile) -> Result<Box<dyn Read>, base::Fault> {
        Ok(Box::new(Cursor::new(self.files[&file.sha256].clone())))
    }

    fn pack(&self) -> (Vec<u8>, PackReceipt) {
        let mut writer = self.writer();
        for nth in 0..self.captures.len() {
            writer
                .item(self.item(nth), &mut |file| self.open(file))
                .unwrap();
        }
        writer
            .report(ReportForm::Pdf, &mut b"%PDF-report".as_slice())
            .unwrap();
        writer
            .report(ReportForm::Docx, &mut b"PK-report".as_slice())
            .unwrap();
        let size = self.entries.len() as u64;
        let proof = Parts::consistency(1, size)
            .unwrap()
            .resolve(size, self)
            .unwrap();
        let previous = self.checkpoint(1);
        let (out, receipt) = writer.finish(Some((&previous, &proof))).unwrap();
        (out.into_inner(), receipt)
    }
}

fn verify(pack: &[u8], key: Option<&VerifierKey>) -> Verdict {
    verify_pack(Cursor::new(pack), key).unwrap()
}

//! Making a pack: items one after the other, files from readers, everything hashed on its way out.

use std::io::{Read, Seek, Write};

use base::Fault;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::capture::{Capture, CaptureKind, CapturedFile, rfc3339};
use super::container::ContainerWriter;
use super::index_page;
use super::manifest::{
    Agency, CHECKPOINT, CONSISTENCY, FORMAT, INDEX, Item, ItemFile, Listed, Log, MANIFEST,
    MANIFEST_BYTES_MAX, Manifest, PackHeading, Period, README, SIGNATURE, Shown, signature_text,
};
use super::proof_file::{ConsistencyFile, InclusionFile};
use super::spool::Spool;
use crate::audit::tree::{Hash, leaf_hash, verify_consistency, verify_inclusion};
use crate::audit::{Checkpoint, NoteError, Proven, SignedNote, SigningKey};

const TEXT: &str = "text/plain; charset=utf-8";
const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";
const README_TEMPLATE: &str = include_str!("readme.txt");

/// One item for a pack: the entry that commits to a capture, its place in the log, what it is for.
#[derive(Clone, Debug)]
pub struct ItemHeading {
    /// What it is evidence for: the activity's words.
    pub proves: String,
    /// The entry that commits to its capture ([`super::capture::CAPTURE_MEMBER`]), with its proof at
    /// the size of the pack's checkpoint.
    pub sealed: Proven,
}

/// Which report a pack carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportForm {
    /// `report.pdf`
    Pdf,
    /// `report.docx`
    Docx,
    /// `report.xlsx`: the whole lists
    Xlsx,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackReceipt {
    /// SHA-256 of the manifest, in hex: names the pack.
    pub manifest_sha256: String,
    /// Pieces of evidence.
    pub items: u64,
    /// Files, the manifest and its signature included.
    pub files: u64,
    /// Bytes of the pack.
    pub bytes: u64,
}

/// Opens the bytes of a captured file, whichever store keeps them.
pub type OpenFile<'a> = &'a mut dyn FnMut(&CapturedFile) -> Result<Box<dyn Read>, Fault>;

/// Writes a pack. Memory is flat: it grows neither with the number of items nor with their size.
///
/// The order is fixed: items, reports, [`PackWriter::finish`].
pub struct PackWriter<'k, W> {
    out: ContainerWriter<W>,
    key: &'k SigningKey,
    checkpoint: Checkpoint,
    checkpoint_note: String,
    /// What the pack is of, and its files beside the items; the items themselves are in `items`.
    manifest: Manifest,
    items: Spool,
    n_items: u64,
    n_files: u64,
    index: Spool,
}

impl<'k, W: Write + Seek> PackWriter<'k, W> {
    /// Begins a pack at the start of `out`, which must be empty.
    ///
    /// # Faults
    /// The checkpoint is not of the key's log.
    pub fn new(
        out: W,
        heading: PackHeading,
        checkpoint_note: &str,
        key: &'k SigningKey,
    ) -> Result<Self, Fault> {
        let checkpoint = Checkpoint::open(checkpoint_note, key.verifier()).map_err(not_ours)?;
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            title: heading.title,
            plan: heading.plan,
            agency: Agency {
                id: heading.agency.0,
                name: heading.agency.1,
            },
            unit: heading.unit,
            period: Period {
                from: heading.from,
                to: heading.to,
            },
            made_at: rfc3339(heading.made_at_ms)?,
            log: Log {
                origin: checkpoint.origin.clone(),
                key: key.verifier().to_string(),
                tree_size: checkpoint.size,
                root: checkpoint.root.to_base64(),
            },
            items: Vec::new(),
            files: Vec::new(),
        };
        let mut index = Spool::new()?;
        index.write(index_page::head(&manifest).as_bytes())?;
        Ok(Self {
            out: ContainerWriter::new(out)?,
            key,
            checkpoint,
            checkpoint_note: checkpoint_note.to_owned(),
            manifest,
            items: Spool::new()?,
            n_items: 0,
            n_files: 0,
            index,
        })
    }

    /// Adds an item: every file of its capture, then its proof.
    ///
    /// # Faults
    /// The entry is not in the checkpoint's tree or commits to no capture; a stored file is not the
    /// one that was captured (the fault names it); a report was already added.
    pub fn item(&mut self, heading: ItemHeading, open: OpenFile) -> Result<(), Fault> {
        if !self.manifest.files.is_empty() {
            return Err(Fault::new("items stand before reports in a pack"));
        }
        let capture = self.capture_of(&heading.sealed)?;
        let n = self.n_items + 1;
        let mut files = Vec::with_capacity(capture.files.len());
        for (k, file) in capture.files.iter().enumerate() {
            let path = item_path(n, k, capture.kind, file);
            let mut reader = open(file)?;
            let written = self.out.add(&path, &mut reader)?;
            if written.sha256 != file.sha256 || written.size != file.size {
                return Err(Fault::new(format!(
                    "the stored file {} (\"{}\") is not the one that was captured",
                    file.sha256, file.name
                )));
            }
            files.push(ItemFile {
                path,
                name: file.name.clone(),
                media_type: file.media_type.clone(),
                sha256: written.sha256,
                size: written.size,
            });
        }
        let sealed = &heading.sealed;
        let size = self.checkpoint.size;
        let leaf = sealed.entry.leaf();
        let proof = InclusionFile::new(sealed.leaf_index, size, &leaf, &sealed.proof);
        let proof = self.write_json(&format!("proofs/{n}.json"), &proof)?;
        let shown = Shown::from_data(&sealed.entry.data);
        let item = Item {
            n,
            kind: capture.kind,
            taken_at: capture.taken_at()?,
            title: capture.title,
            url: capture.url,
            shown,
            proves: heading.proves,
            entry: sealed.entry.id.clone(),
            leaf_index: sealed.leaf_index,
            files,
            proof,
        };
        self.n_items = n;
        self.n_files += item.files.len() as u64 + 1;
        let line = serde_json::to_string(&item).map_err(no_json)?;
        let comma = if n == 1 { "\n" } else { ",\n" };
        self.items.write(comma.as_bytes())?;
        self.items.write(line.as_bytes())?;
        self.index.write(index_page::row(&item).as_bytes())
    }

    /// Adds the report that the items stand behind.
    ///
    /// # Faults
    /// Reading or writing fails.
    pub fn report(&mut self, form: ReportForm, from: &mut dyn Read) -> Result<(), Fault> {
        let (path, media_type) = match form {
            ReportForm::Pdf => ("report.pdf", "application/pdf"),
            ReportForm::Docx => (
                "report.docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            ReportForm::Xlsx => (
                "report.xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
        };
        let listed = self.write(path, media_type, from)?;
        self.manifest.files.push(listed);
        Ok(())
    }

    /// Ends the pack. `previous` is the checkpoint of the pack before, with the proof that this log
    /// continues it.
    ///
    /// # Faults
    /// The proof does not hold, the manifest grew over 64 MB, or writing fails.
    pub fn finish(mut self, previous: Option<(&str, &[Hash])>) -> Result<(W, PackReceipt), Fault> {
        if let Some((note, proof)) = previous {
            let file = self.consistency(note, proof)?;
            let listed = self.write_json(CONSISTENCY, &file)?;
            self.manifest.files.push(listed);
        }
        let note = std::mem::take(&mut self.checkpoint_note);
        let listed = self.write(CHECKPOINT, TEXT, &mut note.as_bytes())?;
        self.manifest.files.push(listed);
        let readme = self.readme();
        let listed = self.write(README, TEXT, &mut readme.as_bytes())?;
        self.manifest.files.push(listed);
        let empty = Spool::new()?;
        let mut index = std::mem::replace(&mut self.index, empty);
        index.write(index_page::FOOT.as_bytes())?;
        let listed = self.write(INDEX, HTML, &mut index.read()?)?;
        self.manifest.files.push(listed);

        let manifest_sha256 = self.write_manifest()?;
        let signature = SignedNote::sign(&signature_text(&manifest_sha256), self.key)?.to_string();
        self.write(SIGNATURE, TEXT, &mut signature.as_bytes())?;

        let items = self.n_items;
        let files = self.n_files + self.manifest.files.len() as u64 + 2;
        let (out, bytes) = self.out.finish()?;
        let receipt = PackReceipt {
            manifest_sha256,
            items,
            files,
            bytes,
        };
        Ok((out, receipt))
    }

    /// Writes the manifest from its head, the items as they were gathered, and the other files; gives
    /// back its SHA-256.
    fn write_manifest(&mut self) -> Result<String, Fault> {
        let (head, foot) = self.manifest.around_items().map_err(no_json)?;
        let empty = Spool::new()?;
        let items = std::mem::replace(&mut self.items, empty);
        let bytes = (head.len() + foot.len()) as u64 + items.len();
        if bytes > MANIFEST_BYTES_MAX {
            return Err(Fault::new(
                "this pack has too many items; export a shorter period",
            ));
        }
        let mut whole = head.as_bytes().chain(items.read()?).chain(foot.as_bytes());
        Ok(self.write(MANIFEST, JSON, &mut whole)?.sha256)
    }

    fn capture_of(&self, sealed: &Proven) -> Result<Capture, Fault> {
        let entry = &sealed.entry;
        let leaf = leaf_hash(&entry.leaf());
        let head = &self.checkpoint;
        if !verify_inclusion(leaf, sealed.leaf_index, head.size, &sealed.proof, head.root) {
            return Err(Fault::new(format!("entry {} is not in the log", entry.id)));
        }
        serde_json::from_str(&entry.data)
            .ok()
            .and_then(|data| Capture::from_data(&data))
            .ok_or_else(|| Fault::new(format!("entry {} commits to no capture", entry.id)))
    }

    fn consistency(&self, note: &str, proof: &[Hash]) -> Result<ConsistencyFile, Fault> {
        let old = Checkpoint::open(note, self.key.verifier()).map_err(not_ours)?;
        let new = &self.checkpoint;
        if !verify_consistency((old.size, old.root), (new.size, new.root), proof) {
            return Err(Fault::new(
                "the log does not continue that of the previous pack",
            ));
        }
        Ok(ConsistencyFile::new(
            note.to_owned(),
            (old.size, new.size),
            proof,
        ))
    }

    fn write(
        &mut self,
        path: &str,
        media_type: &str,
        from: &mut dyn Read,
    ) -> Result<Listed, Fault> {
        let written = self.out.add(path, from)?;
        Ok(Listed {
            path: path.to_owned(),
            media_type: media_type.to_owned(),
            sha256: written.sha256,
            size: written.size,
        })
    }

    fn write_json(&mut self, path: &str, value: &impl Serialize) -> Result<Listed, Fault> {
        let text = to_json(value)?;
        self.write(path, JSON, &mut text.as_bytes())
    }

    fn readme(&self) -> String {
        let key = self.key.verifier();
        README_TEMPLATE
            .replace("{title}", &one_line(&self.manifest.title))
            .replace("{agency}", &one_line(&self.manifest.agency.name))
            .replace("{from}", &self.manifest.period.from)
            .replace("{to}", &self.manifest.period.to)
            .replace("{key}", &key.to_string())
            .replace("{key_hex}", &hex::encode(key.public_bytes()))
            .replace("{key_base64}", &STANDARD.encode(key.public_bytes()))
    }
}

/// Where the `k`-th file of item `n` stands: its own name may hold anything, this only plain letters.
fn item_path(n: u64, k: usize, kind: CaptureKind, file: &CapturedFile) -> String {
    match (kind, k) {
        (CaptureKind::Page, 0) => format!("items/{n}/page.html"),
        _ => format!("items/{n}/{}.{}", k + 1, extension(&file.media_type)),
    }
}

fn extension(media_type: &str) -> &'static str {
    match media_type.split(';').next().unwrap_or_default().trim() {
        "application/pdf" => "pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "pptx",
        "application/json" => "json",
        "multipart/related" => "mhtml",
        "audio/mpeg" => "mp3",
        "image/gif" => "gif",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/svg+xml" => "svg",
        "image/webp" => "webp",
        "text/css" => "css",
        "text/csv" => "csv",
        "text/html" => "html",
        "text/plain" => "txt",
        "video/mp4" => "mp4",
        _ => "bin",
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn to_json(value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string_pretty(value)
        .map(|text| text + "\n")
        .map_err(no_json)
}

fn no_json(error: serde_json::Error) -> Fault {
    Fault::from_source("a part of the pack cannot be written as JSON", error)
}

fn not_ours(error: NoteError) -> Fault {
    Fault::new(format!(
        "the checkpoint is not of this log's key ({})",
        error.code()
    ))
}

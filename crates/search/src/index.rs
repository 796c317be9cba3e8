//! The index in its folder: opened, filled, asked, thrown away when it is no good.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use base::Fault;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::IndexWriterOptions;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy};

use crate::fields::{self, Fields, SCHEMA};
use crate::find::Finder;
use crate::{Entry, Hits, Query};

/// Memory of the one writer while it writes; it is given back at every commit.
const WRITER_BYTES: usize = 40_000_000;
/// After so much text the writer commits by itself (under the old mark), so that neither the
/// queue before it nor its memory grows with the size of a fill.
const PENDING_BYTES_MAX: usize = 8_000_000;

/// An index: many readers, one writer, safe to share between threads. Calls block; a server makes
/// them off its event loop.
pub struct Index {
    dir: Option<PathBuf>,
    opened: RwLock<Opened>,
    filling: Mutex<Filling>,
}

struct Opened {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
}

#[derive(Default)]
struct Filling {
    writer: Option<IndexWriter>,
    pending_bytes: usize,
    mark: i64,
}

impl Index {
    /// Opens the index of a folder, or makes one. An index that is damaged or of another schema is
    /// replaced by an empty one, whose mark is 0. The index keeps to a subfolder of its own; nothing
    /// else in the folder is touched.
    ///
    /// # Faults
    /// The folder cannot be made or written.
    pub fn open(dir: impl AsRef<Path>) -> Result<Self, Fault> {
        let dir = dir.as_ref().join("index");
        let (opened, mark) = match open_in(&dir) {
            Some(found) => found,
            None => (create_in(&dir)?, 0),
        };
        Ok(Self::new(Some(dir), opened, mark))
    }

    /// An index without a folder, for tests and for trying out.
    ///
    /// # Faults
    /// None but a bug.
    pub fn in_memory() -> Result<Self, Fault> {
        Ok(Self::new(None, create_in_memory()?, 0))
    }

    fn new(dir: Option<PathBuf>, opened: Opened, mark: i64) -> Self {
        let filling = Filling {
            mark,
            ..Filling::default()
        };
        Self {
            dir,
            opened: RwLock::new(opened),
            filling: Mutex::new(filling),
        }
    }

    /// The mark of the last commit: the last change that the index has seen, 0 if none.
    pub fn mark(&self) -> i64 {
        self.filling().mark
    }

    /// How many entries the last commit left in the index.
    pub fn len(&self) -> u64 {
        self.read().reader.searcher().num_docs()
    }

    /// Whether the index has no entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds entries, each in place of the one with its id. Seen after the next commit at the latest.
    ///
    /// # Faults
    /// The disk is full or broken, or another process is writing to the same index.
    pub fn add(&self, entries: &[Entry]) -> Result<(), Fault> {
        let mut filling = self.filling();
        for entry in entries {
            let fields = self.read().fields;
            let writer = self.writer(&mut filling)?;
            writer.delete_term(fields.id_term(&entry.id));
            if let Err(error) = writer.add_document(fields.document(entry)) {
                // A writer that failed stays failed; the next act makes a new one.
                filling.writer = None;
                return Err(fault("an entry cannot be added to the search index")(error));
            }
            filling.pending_bytes += entry.title.len() + entry.lead.len() + entry.body.len();
            if filling.pending_bytes >= PENDING_BYTES_MAX {
                let mark = filling.mark;
                self.write(&mut filling, mark)?;
            }
        }
        Ok(())
    }

    /// Removes an entry; one that is not there is no matter.
    ///
    /// # Faults
    /// Another process is writing to the same index.
    pub fn remove(&self, id: &str) -> Result<(), Fault> {
        let mut filling = self.filling();
        let term = self.read().fields.id_term(id);
        self.writer(&mut filling)?.delete_term(term);
        Ok(())
    }

    /// Makes everything added and removed durable and visible to the next search, and remembers the
    /// last change seen.
    ///
    /// # Faults
    /// The disk is full or broken; then nothing since the last commit is kept.
    pub fn commit(&self, mark: i64) -> Result<(), Fault> {
        let mut filling = self.filling();
        self.write(&mut filling, mark)
    }

    /// Waits until what was written is merged into few pieces, and lets go of the writer with its
    /// threads and its lock. For the end of a large fill; searching goes on meanwhile.
    ///
    /// # Faults
    /// The disk is full or broken.
    pub fn settle(&self) -> Result<(), Fault> {
        let mut filling = self.filling();
        if let Some(writer) = filling.writer.take() {
            let merged = writer.wait_merging_threads();
            merged.map_err(fault("the search index cannot be merged"))?;
        }
        let reloaded = self.read().reader.reload();
        reloaded.map_err(fault("the search index cannot be read again"))
    }

    /// Searches.
    ///
    /// # Faults
    /// The index turned out to be damaged. It has then been replaced by an empty one with mark 0,
    /// ready to be filled again.
    pub fn search(&self, query: &Query) -> Result<Hits, Fault> {
        let found = {
            let opened = self.read();
            let finder = Finder {
                searcher: &opened.reader.searcher(),
                fields: &opened.fields,
                query,
            };
            // Damaged postings can make the library panic; that must cost one answer, not the server.
            catch_unwind(AssertUnwindSafe(|| finder.find()))
        };
        let fault = match found {
            Ok(Ok(hits)) => return Ok(hits),
            Ok(Err(error)) => fault("the search index is damaged")(error),
            Err(_) => Fault::new("the search index is damaged: its reader panicked"),
        };
        self.start_over()?;
        Err(fault)
    }

    /// Throws everything away: an empty index with mark 0.
    ///
    /// # Faults
    /// The folder cannot be written.
    pub fn start_over(&self) -> Result<(), Fault> {
        let mut filling = self.filling();
        *filling = Filling::default();
        let fresh = match &self.dir {
            Some(dir) => create_in(dir)?,
            None => create_in_memory()?,
        };
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    fn write(&self, filling: &mut Filling, mark: i64) -> Result<(), Fault> {
        let writer = self.writer(filling)?;
        let committed = writer.prepare_commit().and_then(|mut prepared| {
            prepared.set_payload(&format!("{SCHEMA} {mark}"));
            prepared.commit()
        });
        filling.pending_bytes = 0;
        if let Err(error) = committed {
            filling.writer = None;
            return Err(fault("the search index cannot be written")(error));
        }
        filling.mark = mark;
        let reloaded = self.read().reader.reload();
        reloaded.map_err(fault("the search index cannot be read again"))
    }

    fn writer<'a>(&self, filling: &'a mut Filling) -> Result<&'a mut IndexWriter, Fault> {
        let writer = match filling.writer.take() {
            Some(writer) => writer,
            None => {
                let options = IndexWriterOptions::builder()
                    .num_worker_threads(1)
                    .num_merge_threads(1)
                    .memory_budget_per_thread(WRITER_BYTES)
                    .build();
                let opened = self.read().index.writer_with_options(options);
                opened.map_err(fault("the search index cannot be opened for writing"))?
            }
        };
        Ok(filling.writer.insert(writer))
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Opened> {
        self.opened.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn filling(&self) -> MutexGuard<'_, Filling> {
        self.filling.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Opened {
    fn new(index: tantivy::Index) -> tantivy::Result<Self> {
        fields::register(index.tokenizers());
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(16)
            .try_into()?;
        Ok(Self {
            index,
            reader,
            fields: Fields::new().1,
        })
    }
}

/// The index of a folder with its mark, if there is a sound one of our schema.
fn open_in(dir: &Path) -> Option<(Opened, i64)> {
    let open = || {
        let index = tantivy::Index::open_in_dir(dir).ok()?;
        let payload = index.load_metas().ok()?.payload?;
        let (schema, mark) = payload.split_once(' ')?;
        let is_ours = schema.parse() == Ok(SCHEMA) && index.schema() == Fields::new().0;
        let opened = is_ours.then(|| Opened::new(index).ok())??;
        Some((opened, mark.parse().ok()?))
    };
    catch_unwind(AssertUnwindSafe(open)).ok()?
}

fn create_in(dir: &Path) -> Result<Opened, Fault> {
    if dir.exists() {
        std::fs::remove_dir_all(dir)?;
    }
    std::fs::create_dir_all(dir)?;
    let created = MmapDirectory::open(dir)
        .map_err(tantivy::TantivyError::from)
        .and_then(|directory| {
            tantivy::Index::create(
                directory,
                Fields::new().0,
                tantivy::IndexSettings::default(),
            )
        })
        .and_then(Opened::new);
    created.map_err(fault("the search index cannot be made"))
}

fn create_in_memory() -> Result<Opened, Fault> {
    let index = tantivy::Index::create_in_ram(Fields::new().0);
    Opened::new(index).map_err(fault("the search index cannot be made"))
}

fn fault(what: &'static str) -> impl Fn(tantivy::TantivyError) -> Fault {
    move |error| Fault::from_source(what, error)
}

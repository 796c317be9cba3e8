//! The archive around an Office document: counted before it is opened, and while it is unpacked.

use std::cell::Cell;
use std::io::{BufReader, Cursor, Read};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::read::Limits;
use crate::read::problem::{Place, ReadCode, ReadProblem};

/// Below this size a part may be packed as tightly as it likes.
const RATIO_FROM_BYTES: u64 = 1024 * 1024;
/// Longest single tag or run of text.
const EVENT_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// Attributes looked at in one tag.
const ATTRIBUTES_MAX: usize = 64;

/// An opened archive.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limits: &'a Limits,
    unpacked: u64,
}

/// What an archive mainly is, with the name of the part that says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Main {
    /// A Word document.
    Word(String),
    /// A spreadsheet.
    Book(String),
}

impl<'a> Package<'a> {
    /// The limits that it is read under.
    pub fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// Opens the archive after counting what it declares.
    pub fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, ReadProblem> {
        let many = || ReadProblem::of(ReadCode::TooManyEntries).with("limit", limits.entries_max);
        if declared_entries(bytes).is_some_and(|n| n > limits.entries_max) {
            return Err(many());
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| zip_problem("", &e))?;
        if archive.len() > limits.entries_max {
            return Err(many());
        }
        let mut package = Self {
            archive,
            limits,
            unpacked: 0,
        };
        package.check_declared_sizes()?;
        Ok(package)
    }

    fn check_declared_sizes(&mut self) -> Result<(), ReadProblem> {
        let mut total = 0u64;
        for n in 0..self.archive.len() {
            let entry = self
                .archive
                .by_index_raw(n)
                .map_err(|e| zip_problem("", &e))?;
            let name = entry.name().map(|n| n.into_owned()).unwrap_or_default();
            if entry.encrypted() {
                let place = Place::Entry(name);
                return Err(ReadProblem::of(ReadCode::Encrypted).at(place));
            }
            total = total.saturating_add(entry.size());
            if total > self.limits.unpacked_bytes_max {
                return Err(bomb(&name, self.limits.unpacked_bytes_max));
            }
        }
        Ok(())
    }

    /// The main part, as the relationships of the package say.
    pub fn main_part(&mut self) -> Result<Main, ReadProblem> {
        if self.has("_rels/.rels") {
            let target = self.part("_rels/.rels", main_target)?;
            if let Some(target) = target.filter(|t| self.has(t)) {
                if target.ends_with("presentation.xml") {
                    return Err(ReadProblem::of(ReadCode::OtherArchive).with("found", target));
                }
                let is_book = target.ends_with("workbook.xml");
                return Ok(if is_book {
                    Main::Book(target)
                } else {
                    Main::Word(target)
                });
            }
        }
        if self.has("word/document.xml") {
            return Ok(Main::Word("word/document.xml".to_owned()));
        }
        if self.has("xl/workbook.xml") {
            return Ok(Main::Book("xl/workbook.xml".to_owned()));
        }
        Err(ReadProblem::of(ReadCode::OtherArchive).with("found", self.what()))
    }

    fn what(&self) -> &'static str {
        if self.has("ppt/presentation.xml") {
            "PPTX"
        } else if self.has("content.xml") {
            "OpenDocument"
        } else {
            "ZIP"
        }
    }

    /// The part beside the main one, if the archive holds it.
    pub fn sibling(&self, main: &str, name: &str) -> Option<String> {
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = format!("{folder}/{name}");
        self.has(&name).then_some(name)
    }

    /// Whether the archive holds a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Reads one part as a stream of XML.
    pub fn part<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Part<'_>) -> Result<T, ReadProblem>,
    ) -> Result<T, ReadProblem> {
        let entry = self
            .archive
            .by_name(name)
            .map_err(|e| zip_problem(name, &e))?;
        let counts = Rc::new(Counts::default());
        let cap = self
            .limits
            .part_bytes_max
            .min(self.limits.unpacked_bytes_max.saturating_sub(self.unpacked));
        let counted = Counted {
            packed: entry.compressed_size().max(1),
            inner: Box::new(entry),
            counts: Rc::clone(&counts),
            cap,
            ratio_max: self.limits.ratio_max,
        };
        let mut part = Part {
            name: name.to_owned(),
            reader: Reader::from_reader(BufReader::new(counted)),
            buffer: Vec::new(),
            counts: Rc::clone(&counts),
            cap,
        };
        let answer = read(&mut part);
        drop(part);
        self.unpacked = self.unpacked.saturating_add(counts.total.get());
        answer
    }
}

/// The number of entries that the end of the archive declares.
fn declared_entries(bytes: &[u8]) -> Option<usize> {
    let tail = bytes.len().saturating_sub(65_557);
    let end = &bytes[tail..];
    let at = end.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let count = end.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

fn main_target(part: &mut Part<'_>) -> Result<Option<String>, ReadProblem> {
    let mut found = None;
    part.each(|event| {
        if let Event::Start(tag) | Event::Empty(tag) = event
            && attribute(tag, "Type").is_some_and(|t| t.ends_with("/officeDocument"))
        {
            found = attribute(tag, "Target").map(|t| t.trim_start_matches('/').to_owned());
        }
        Ok(())
    })?;
    Ok(found)
}

/// The value of an attribute by its local name, with the common references resolved.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .take(ATTRIBUTES_MAX)
        .flatten()
        .find(|a| {
            let local: &str = a.key.local_name().into_inner();
            local == name
        })
        .map(|a| {
            let value: &str = a.value.as_ref();
            value
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&")
        })
}

#[derive(Default)]
struct Counts {
    total: Cell<u64>,
    since_event: Cell<u64>,
    over: Cell<bool>,
}

/// Counts what is unpacked and stops when it is too much.
struct Counted<'z> {
    inner: Box<dyn Read + 'z>,
    counts: Rc<Counts>,
    packed: u64,
    cap: u64,
    ratio_max: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let total = self.counts.total.get() + n as u64;
        let since = self.counts.since_event.get() + n as u64;
        self.counts.total.set(total);
        self.counts.since_event.set(since);
        let dense = total > RATIO_FROM_BYTES && total / self.packed > self.ratio_max;
        if total > self.cap || dense || since > EVENT_BYTES_MAX {
            self.counts.over.set(true);
            return Err(std::io::Error::other("over the limit"));
        }
        Ok(n)
    }
}

/// The text of a reference such as `&amp;` or `&#233;`; empty for one that no Office file has.
pub fn referred(name: &BytesRef<'_>) -> String {
    match name.resolve_char_ref() {
        Ok(Some(c)) => c.to_string(),
        _ => {
            let name: &str = name;
            let known = [
                ("lt", "<"),
                ("gt", ">"),
                ("amp", "&"),
                ("quot", "\""),
                ("apos", "'"),
            ];
            let found = known.iter().find(|(known, _)| *known == name);
            found.map_or("", |(_, text)| text).to_owned()
        }
    }
}

/// One part, read event by event.
pub struct Part<'z> {
    name: String,
    reader: Reader<BufReader<Counted<'z>>>,
    buffer: Vec<u8>,
    counts: Rc<Counts>,
    cap: u64,
}

impl Part<'_> {
    /// Hands every event to the visitor until the part ends.
    pub fn each(
        &mut self,
        mut visit: impl FnMut(&Event<'_>) -> Result<(), ReadProblem>,
    ) -> Result<(), ReadProblem> {
        loop {
            self.buffer.clear();
            self.counts.since_event.set(0);
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(_) if self.counts.over.get() => return Err(bomb(&self.name, self.cap)),
                Err(e) => return Err(ReadProblem::damaged(&self.name, e)),
            };
            match event {
                Event::Eof => return Ok(()),
                Event::DocType(_) => {
                    let place = Place::Entry(self.name.clone());
                    return Err(ReadProblem::of(ReadCode::Dtd).at(place));
                }
                event => visit(&event)?,
            }
        }
    }
}

fn bomb(entry: &str, limit_bytes: u64) -> ReadProblem {
    ReadProblem::of(ReadCode::Bomb)
        .at(Place::Entry(entry.to_owned()))
        .with("limit", format!("{} MB", limit_bytes / (1024 * 1024)))
}

fn zip_problem(entry: &str, error: &ZipError) -> ReadProblem {
    match error {
        ZipError::UnsupportedArchive(text) if *text == ZipError::PASSWORD_REQUIRED => {
            ReadProblem::of(ReadCode::Encrypted)
        }
        error => ReadProblem::damaged(entry, error),
    }
}

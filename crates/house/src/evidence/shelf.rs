//! Finding files in an archive that may be hostile, damaged, or written again by another program.
//!
//! Nothing is unpacked to a disk, nothing larger than the directory is held in memory, and no file
//! is read further than its listed size. An archive whose files would swell or overlap is not read.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom};

use flate2::read::DeflateDecoder;

use super::container::{Digested, FILES_MAX, LOCAL_BYTES, digest};

const DIRECTORY_BYTES_MAX: u64 = 64 * 1024 * 1024;
const END_BYTES: u64 = 22;
const COMMENT_BYTES_MAX: u64 = 65_535;
/// How many times its packed size a file may have, beside [`SWELL_BYTES`].
const SWELL_MAX: u64 = 100;
const SWELL_BYTES: u64 = 1024 * 1024;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Where a file's header stands, and what the directory says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    header: u64,
    packed: u64,
    method: u16,
}

/// The files of an archive by path.
pub(super) struct Shelf<R> {
    reader: R,
    length: u64,
    places: BTreeMap<String, Place>,
}

impl<R: Read + Seek> Shelf<R> {
    /// Looks through the archive: by its directory, and by the headers of the files where the
    /// directory fails or does not have what `must_have` names.
    pub(super) fn open(mut reader: R, must_have: &[&str]) -> io::Result<Self> {
        let length = reader.seek(SeekFrom::End(0))?;
        let mut shelf = Self {
            reader,
            length,
            places: BTreeMap::new(),
        };
        let by_directory = shelf.read_directory()?.unwrap_or_default();
        let packed: u64 = by_directory
            .values()
            .fold(0, |sum, place| sum.saturating_add(place.packed));
        // Files that together are longer than the archive lie over each other: made to be slow.
        if packed <= length {
            shelf.places = by_directory;
        }
        if must_have
            .iter()
            .any(|path| !shelf.places.contains_key(*path))
        {
            for (path, place) in shelf.scan()? {
                shelf.places.entry(path).or_insert(place);
            }
        }
        Ok(shelf)
    }

    /// Bytes of the archive.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Every path that the archive has.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// Bytes of the archive itself, from a place; fewer at its end.
    pub(super) fn bytes_at(&mut self, at: u64, n: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.reader.seek(SeekFrom::Start(at))?;
        (&mut self.reader).take(n as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// What stands at a place of the archive itself.
    pub(super) fn digest_at(&mut self, at: u64, size: u64) -> io::Result<Digested> {
        self.reader.seek(SeekFrom::Start(at))?;
        digest(&mut self.reader, &mut io::sink(), size)
    }

    /// What a file holds; `None` if it is not there, cannot be unpacked or is over `size_max`.
    pub(super) fn digest(&mut self, path: &str, size_max: u64) -> io::Result<Option<Digested>> {
        self.copy(path, &mut io::sink(), size_max)
    }

    /// The bytes of a small file; `None` if it is not there, cannot be unpacked or is over `size_max`.
    pub(super) fn read(&mut self, path: &str, size_max: u64) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        Ok(self.copy(path, &mut bytes, size_max)?.map(|_| bytes))
    }

    /// Whether the file is there.
    pub(super) fn has(&self, path: &str) -> bool {
        self.places.contains_key(path)
    }

    fn copy(
        &mut self,
        path: &str,
        to: &mut dyn io::Write,
        size_max: u64,
    ) -> io::Result<Option<Digested>> {
        let Some(place) = self.places.get(path).copied() else {
            return Ok(None);
        };
        let head = self.bytes_at(place.header, LOCAL_BYTES as usize)?;
        let (Some(name), Some(extra)) = (u16_at(&head, 26), u16_at(&head, 28)) else {
            return Ok(None);
        };
        let start = place.header + LOCAL_BYTES + u64::from(name) + u64::from(extra);
        self.reader.seek(SeekFrom::Start(start))?;
        let mut packed = (&mut self.reader).take(place.packed);
        let digested = match place.method {
            STORED if place.packed <= size_max => digest(&mut packed, to, size_max)?,
            DEFLATED => {
                let swell = place
                    .packed
                    .saturating_mul(SWELL_MAX)
                    .saturating_add(SWELL_BYTES);
                let limit = size_max.min(swell).saturating_add(1);
                match digest(&mut DeflateDecoder::new(packed), to, limit) {
                    Ok(digested) if digested.size < limit => digested,
                    Ok(_) => return Ok(None),
                    Err(e) if e.kind() == io::ErrorKind::Other => return Err(e),
                    Err(_) => return Ok(None),
                }
            }
            _ => return Ok(None),
        };
        Ok(Some(digested))
    }

    /// The directory, if the archive has one that can be read.
    fn read_directory(&mut self) -> io::Result<Option<BTreeMap<String, Place>>> {
        let tail_bytes = self.length.min(END_BYTES + COMMENT_BYTES_MAX + 20);
        let tail_at = self.length - tail_bytes;
        let tail = self.bytes_at(tail_at, tail_bytes as usize)?;
        let Some(at) = tail.windows(4).rposition(|w| w == b"PK\x05\x06") else {
            return Ok(None);
        };
        let end = &tail[at..];
        let (Some(bytes), Some(start)) = (u32_at(end, 12), u32_at(end, 16)) else {
            return Ok(None);
        };
        let (mut bytes, mut start) = (u64::from(bytes), u64::from(start));
        if let Some(locator) = at.checked_sub(20).map(|from| &tail[from..at])
            && locator.starts_with(b"PK\x06\x07")
            && let Some(record_at) = u64_at(locator, 8)
        {
            let record = self.bytes_at(record_at, 56)?;
            let (Some(large_bytes), Some(large_start)) = (u64_at(&record, 40), u64_at(&record, 48))
            else {
                return Ok(None);
            };
            (bytes, start) = (large_bytes, large_start);
        }
        if bytes > DIRECTORY_BYTES_MAX || start > self.length {
            return Ok(None);
        }
        let directory = self.bytes_at(start, bytes as usize)?;
        Ok(parse_directory(&directory))
    }

    /// The files by their own headers, as far as these follow each other.
    fn scan(&mut self) -> io::Result<BTreeMap<String, Place>> {
        let mut places = BTreeMap::new();
        let mut at = 0;
        while places.len() < FILES_MAX {
            let head = self.bytes_at(at, LOCAL_BYTES as usize + 256)?;
            let Some((path, place, next)) = parse_local(&head, at) else {
                break;
            };
            if next > self.length {
                break;
            }
            places.entry(path).or_insert(place);
            at = next;
        }
        Ok(places)
    }
}

/// The records of a directory; `None` if one of them is not a record or a path comes twice.
fn parse_directory(mut rest: &[u8]) -> Option<BTreeMap<String, Place>> {
    let mut places = BTreeMap::new();
    while !rest.is_empty() {
        if !rest.starts_with(b"PK\x01\x02") || places.len() >= FILES_MAX {
            return None;
        }
        let name_end = 46 + usize::from(u16_at(rest, 28)?);
        let extra_end = name_end + usize::from(u16_at(rest, 30)?);
        let next = extra_end + usize::from(u16_at(rest, 32)?);
        let name = rest.get(46..name_end)?;
        let (mut packed, mut header) = (u64::from(u32_at(rest, 20)?), u64::from(u32_at(rest, 42)?));
        let size = u32_at(rest, 24)?;
        if let Some(wide) = zip64(rest.get(name_end..extra_end)?) {
            let mut at = if size == u32::MAX { 8 } else { 0 };
            if packed == u64::from(u32::MAX) {
                packed = u64_at(wide, at)?;
                at += 8;
            }
            if header == u64::from(u32::MAX) {
                header = u64_at(wide, at)?;
            }
        }
        let place = Place {
            header,
            packed,
            method: u16_at(rest, 10)?,
        };
        if places
            .insert(String::from_utf8_lossy(name).into_owned(), place)
            .is_some()
        {
            return None;
        }
        rest = rest.get(next..)?;
    }
    Some(places)
}

/// The content of the ZIP64 extra field, if there is one.
fn zip64(mut extra: &[u8]) -> Option<&[u8]> {
    loop {
        let end = 4 + usize::from(u16_at(extra, 2)?);
        if u16_at(extra, 0)? == 1 {
            return extra.get(4..end);
        }
        extra = extra.get(end..)?;
    }
}

/// A local header of the packs' own form: path, place, and where the next header begins.
fn parse_local(head: &[u8], at: u64) -> Option<(String, Place, u64)> {
    if !head.starts_with(b"PK\x03\x04") || u16_at(head, 8)? != STORED {
        return None;
    }
    let packed = u64::from(u32_at(head, 18)?);
    let name_bytes = usize::from(u16_at(head, 26)?);
    let extra_bytes = u64::from(u16_at(head, 28)?);
    let name_end = LOCAL_BYTES as usize + name_bytes;
    let name = std::str::from_utf8(head.get(LOCAL_BYTES as usize..name_end)?).ok()?;
    let place = Place {
        header: at,
        packed,
        method: STORED,
    };
    let next = at + name_end as u64 + extra_bytes + packed;
    Some((name.to_owned(), place, next))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

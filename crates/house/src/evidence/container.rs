//! The form of the ZIP that a pack is: so narrow that its bytes follow from its files.
//!
//! Every ZIP program opens it; but of the many ways to write the same files this is the only one
//! that counts, so a verifier can write every header again and compare. The form:
//!
//! * files stored, not compressed (what is evidence is mostly compressed already, a page is small,
//!   and no pack can swell when it is read); one after the other, without gaps;
//! * local header (30 bytes and the path): version needed 10, no flags, method 0, date 1980-01-01
//!   00:00, CRC-32, size twice, no extra field; a file may have up to 4 GiB - 2 bytes;
//! * the directory in the same order: made by Unix with version 45, ordinary file, mode 0644, no
//!   comments; an offset of 4 GiB or more as ZIP64 extra field, with version needed 45;
//! * the end: with ZIP64 record and locator if, and only if, there are 65,535 files or more or the
//!   directory begins or measures 4 GiB - 1 bytes or more; no comment;
//! * paths of `a-z 0-9 . _ - /`, and the few capitals of `README.txt`, at most 120 bytes.

use std::io::{self, Read, Seek, SeekFrom, Write};

use base::Fault;
use flate2::Crc;
use sha2::{Digest as _, Sha256};

use super::spool::Spool;

/// Longest path, in bytes.
pub const PATH_BYTES_MAX: usize = 120;
/// Largest file, in bytes: what a header without ZIP64 can say.
pub const FILE_BYTES_MAX: u64 = MASK_32 as u64 - 1;
/// Most files in a pack.
pub const FILES_MAX: usize = 500_000;
pub(super) const LOCAL_BYTES: u64 = 30;
const MASK_32: u32 = u32::MAX;
const MASK_16: u16 = u16::MAX;
const DATE_1980: u16 = 0x0021;
const COPY_BYTES: usize = 64 * 1024;

/// A file of a pack as the container sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) path: String,
    pub(super) crc32: u32,
    pub(super) size: u64,
    pub(super) offset: u64,
}

/// What went through [`digest`]: how much, and its hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Digested {
    pub(super) size: u64,
    pub(super) crc32: u32,
    pub(super) sha256: String,
}

/// Whether a pack may hold a file of this path: relative, plain letters, no way out.
pub fn is_path(path: &str) -> bool {
    path == "README.txt"
        || path.len() <= PATH_BYTES_MAX
            && path
                .split('/')
                .all(|part| !part.is_empty() && !part.starts_with('.'))
            && path
                .bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'/'))
}

/// Copies at most `size_max` bytes in flat memory and says what they were.
pub(super) fn digest(
    from: &mut dyn Read,
    to: &mut dyn Write,
    size_max: u64,
) -> io::Result<Digested> {
    let (mut sha, mut crc, mut size) = (Sha256::new(), Crc::new(), 0u64);
    let mut from = from.take(size_max);
    let mut buffer = vec![0; COPY_BYTES];
    loop {
        let n = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        sha.update(&buffer[..n]);
        crc.update(&buffer[..n]);
        to.write_all(&buffer[..n])?;
        size += n as u64;
    }
    Ok(Digested {
        size,
        crc32: crc.sum(),
        sha256: hex::encode(sha.finalize()),
    })
}

/// The local header of a file.
pub(super) fn local_header(path: &str, crc32: u32, size: u64) -> Vec<u8> {
    let mut out = b"PK\x03\x04".to_vec();
    put16(&mut out, 10);
    common(&mut out, path, crc32, size);
    out.extend_from_slice(path.as_bytes());
    out
}

/// The record of a file in the directory.
pub(super) fn directory_record(member: &Member) -> Vec<u8> {
    let offset = u32::try_from(member.offset).ok().filter(|o| *o != MASK_32);
    let mut out = b"PK\x01\x02".to_vec();
    put16(&mut out, 0x0300 | 45);
    put16(&mut out, if offset.is_some() { 10 } else { 45 });
    common(&mut out, &member.path, member.crc32, member.size);
    let extra_at = out.len() - 2;
    put16(&mut out, 0);
    put16(&mut out, 0);
    put16(&mut out, 0);
    put32(&mut out, 0o100_644 << 16);
    put32(&mut out, offset.unwrap_or(MASK_32));
    out.extend_from_slice(member.path.as_bytes());
    if offset.is_none() {
        out[extra_at] = 12;
        put16(&mut out, 1);
        put16(&mut out, 8);
        put64(&mut out, member.offset);
    }
    out
}

/// What stands after the directory.
pub(super) fn end_records(n_files: u64, start: u64, bytes: u64) -> Vec<u8> {
    let mut out = Vec::new();
    let is_large =
        n_files >= u64::from(MASK_16) || start >= u64::from(MASK_32) || bytes >= u64::from(MASK_32);
    if is_large {
        out.extend_from_slice(b"PK\x06\x06");
        put64(&mut out, 44);
        put16(&mut out, 0x0300 | 45);
        put16(&mut out, 45);
        put32(&mut out, 0);
        put32(&mut out, 0);
        put64(&mut out, n_files);
        put64(&mut out, n_files);
        put64(&mut out, bytes);
        put64(&mut out, start);
        out.extend_from_slice(b"PK\x06\x07");
        put32(&mut out, 0);
        put64(&mut out, start + bytes);
        put32(&mut out, 1);
    }
    let n = u16::try_from(n_files).unwrap_or(MASK_16);
    out.extend_from_slice(b"PK\x05\x06");
    put16(&mut out, 0);
    put16(&mut out, 0);
    put16(&mut out, n);
    put16(&mut out, n);
    put32(&mut out, u32::try_from(bytes).unwrap_or(MASK_32));
    put32(&mut out, u32::try_from(start).unwrap_or(MASK_32));
    put16(&mut out, 0);
    out
}

/// Flags to extra length: what local headers and directory records share.
fn common(out: &mut Vec<u8>, path: &str, crc32: u32, size: u64) {
    put16(out, 0);
    put16(out, 0);
    put16(out, 0);
    put16(out, DATE_1980);
    put32(out, crc32);
    let size = u32::try_from(size).unwrap_or(MASK_32);
    put32(out, size);
    put32(out, size);
    put16(out, u16::try_from(path.len()).unwrap_or(MASK_16));
    put16(out, 0);
}

fn put16(out: &mut Vec<u8>, n: u16) {
    out.extend_from_slice(&n.to_le_bytes());
}

fn put32(out: &mut Vec<u8>, n: u32) {
    out.extend_from_slice(&n.to_le_bytes());
}

fn put64(out: &mut Vec<u8>, n: u64) {
    out.extend_from_slice(&n.to_le_bytes());
}

/// Writes the container. Its directory grows in a file without a name, so that memory does not grow at
/// all, neither with the number of files nor with their size.
pub(super) struct ContainerWriter<W> {
    out: W,
    at: u64,
    directory: Spool,
    n_files: usize,
}

impl<W: Write + Seek> ContainerWriter<W> {
    /// A container from the start of `out`, which must be empty.
    ///
    /// # Faults
    /// There is no room for the directory.
    pub(super) fn new(out: W) -> Result<Self, Fault> {
        Ok(Self {
            out,
            at: 0,
            directory: Spool::new()?,
            n_files: 0,
        })
    }

    /// Adds a file from a reader.
    ///
    /// # Faults
    /// The path is none of a pack, the file or the pack is too large, or reading or writing fails.
    pub(super) fn add(&mut self, path: &str, from: &mut dyn Read) -> Result<Digested, Fault> {
        if !is_path(path) || self.n_files >= FILES_MAX {
            return Err(Fault::new(format!(
                "a pack cannot hold one more file, {path}"
            )));
        }
        let offset = self.at;
        self.out.write_all(&local_header(path, 0, 0))?;
        let digested = digest(from, &mut self.out, FILE_BYTES_MAX + 1)?;
        if digested.size > FILE_BYTES_MAX {
            return Err(Fault::new(format!("{path} is too large for a pack")));
        }
        let header = local_header(path, digested.crc32, digested.size);
        self.at = offset + header.len() as u64 + digested.size;
        self.out.seek(SeekFrom::Start(offset))?;
        self.out.write_all(&header)?;
        self.out.seek(SeekFrom::Start(self.at))?;
        let record = directory_record(&Member {
            path: path.to_owned(),
            crc32: digested.crc32,
            size: digested.size,
            offset,
        });
        self.directory.write(&record)?;
        self.n_files += 1;
        Ok(digested)
    }

    /// Writes the directory and the end; gives back what was written to, and how many bytes it has.
    ///
    /// # Faults
    /// Writing fails.
    pub(super) fn finish(mut self) -> Result<(W, u64), Fault> {
        let bytes = self.directory.len();
        io::copy(&mut self.directory.read()?, &mut self.out)?;
        let end = end_records(self.n_files as u64, self.at, bytes);
        self.out.write_all(&end)?;
        self.out.flush()?;
        Ok((self.out, self.at + bytes + end.len() as u64))
    }
}

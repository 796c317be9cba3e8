//! Checkpoints in files: the house's own note beside the database, rewritten with each checkpoint,
//! and a file on another disk to which notes are only added.
//!
//! A note in the second begins after a line `= <time>`. After each note the disk is asked to keep it
//! (fsync), and the file is opened again, read and compared: a disk that lies is found at once.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use base::Fault;

/// How much of the end of a witness file is read to find the last note.
const TAIL_BYTES: u64 = 256 * 1024;

/// Most of a file of notes that is read as a whole.
const FILE_BYTES_MAX: u64 = 1 << 30;

/// Adds a note, waits for the disk, reads it back and compares.
///
/// # Faults
/// The file cannot be written, or does not hold what was written.
pub fn append(path: &Path, note: &str, at: &str) -> Result<(), Fault> {
    let record = format!("= {at}\n{note}");
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    file.write_all(record.as_bytes())?;
    file.sync_all()?;
    drop(file);
    let mut file = File::open(path)?;
    let back = i64::try_from(record.len()).unwrap_or(i64::MAX);
    file.seek(SeekFrom::End(-back))?;
    let mut read = Vec::with_capacity(record.len());
    file.read_to_end(&mut read)?;
    if read != record.as_bytes() {
        return Err(Fault::new(format!(
            "{} does not hold what was written to it",
            path.display()
        )));
    }
    Ok(())
}

/// The last note of a witness file; `None` when there is no file or it holds none.
///
/// # Faults
/// The file is there and cannot be read.
pub fn last(path: &Path) -> Result<Option<String>, Fault> {
    let Some(mut file) = open(path)? else {
        return Ok(None);
    };
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL_BYTES)))?;
    let mut bytes = Vec::new();
    file.take(TAIL_BYTES).read_to_end(&mut bytes)?;
    Ok(notes_of(&String::from_utf8_lossy(&bytes)).pop())
}

/// Every note of a witness file, or the one note of a plain file.
///
/// # Faults
/// The file cannot be read.
pub fn all(path: &Path) -> Result<Vec<String>, Fault> {
    let mut text = String::new();
    File::open(path)
        .and_then(|file| file.take(FILE_BYTES_MAX).read_to_string(&mut text))
        .map_err(|error| Fault::from_source(format!("cannot read {}", path.display()), error))?;
    match text.starts_with("= ") {
        true => Ok(notes_of(&text)),
        false => Ok(vec![text]),
    }
}

/// Rewrites a file with one note: all of it or nothing.
///
/// # Faults
/// The disk refuses.
pub fn replace(path: &Path, note: &str) -> Result<(), Fault> {
    let fresh = path.with_extension("new");
    let mut file = File::create(&fresh)?;
    file.write_all(note.as_bytes())?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(&fresh, path)?;
    Ok(())
}

/// The one note of a file; `None` when there is no file.
///
/// # Faults
/// The file is there and cannot be read.
pub fn single(path: &Path) -> Result<Option<String>, Fault> {
    let Some(file) = open(path)? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(TAIL_BYTES).read_to_end(&mut bytes)?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn open(path: &Path) -> Result<Option<File>, Fault> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Fault::from_source(
            format!("cannot read {}", path.display()),
            error,
        )),
    }
}

/// The notes of a text, in order; what stands before the first `= ` line is the rest of an older one.
fn notes_of(text: &str) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for line in text.split_inclusive('\n') {
        match (line.starts_with("= "), notes.last_mut()) {
            (true, _) => notes.push(String::new()),
            (false, Some(note)) => note.push_str(line),
            (false, None) => {}
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "a\n1\nAA==\n\n\u{2014} a BB==\n";
    const TWO: &str = "a\n2\nAA==\n\n\u{2014} a CC==\n";

    #[test]
    fn notes_are_added_and_the_last_is_found() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("witness");
        assert_eq!(last(&path).unwrap(), None);
        append(&path, ONE, "2023-03-06T16:41:00+07:00").unwrap();
        append(&path, TWO, "2023-03-06T16:42:00+07:00").unwrap();
        assert_eq!(last(&path).unwrap().as_deref(), Some(TWO));
        assert_eq!(all(&path).unwrap(), [ONE, TWO]);
        std::fs::write(&path, ONE).unwrap();
        assert_eq!(all(&path).unwrap(), [ONE]);
        assert!(append(dir.path(), ONE, "x").is_err(), "a folder is no file");
    }

    #[test]
    fn the_houses_own_note_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log.seen");
        assert_eq!(single(&path).unwrap(), None);
        replace(&path, ONE).unwrap();
        replace(&path, TWO).unwrap();
        assert_eq!(single(&path).unwrap().as_deref(), Some(TWO));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}

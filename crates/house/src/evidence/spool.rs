//! What is gathered while a pack is written and belongs at its end: in a file without a name, so that
//! memory stays flat however much it is.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, Write};

use base::Fault;

/// Bytes that are written now and read once, later.
pub(super) struct Spool {
    file: BufWriter<File>,
    len: u64,
}

impl Spool {
    /// An empty one.
    ///
    /// # Faults
    /// The system has no room for temporary files.
    pub(super) fn new() -> Result<Self, Fault> {
        let file = tempfile::tempfile()
            .map_err(|error| Fault::from_source("no temporary file for a pack", error))?;
        Ok(Self {
            file: BufWriter::new(file),
            len: 0,
        })
    }

    /// Adds bytes at the end.
    ///
    /// # Faults
    /// The disk is full.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.file.write_all(bytes)?;
        self.len += bytes.len() as u64;
        Ok(())
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Everything from the start.
    ///
    /// # Faults
    /// The disk fails.
    pub(super) fn read(self) -> Result<impl Read, Fault> {
        let mut file = self
            .file
            .into_inner()
            .map_err(|error| Fault::from_source("a temporary file", error.into_error()))?;
        file.rewind()?;
        Ok(file)
    }
}

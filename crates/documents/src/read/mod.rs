//! Readers of what people hand over: plain text, HTML, DOCX and XLSX become one [`Source`];
//! spreadsheets also become [`Grid`]s, cell by cell.
//!
//! The kind is detected from the content, never from the extension. Every reader works under
//! [`Limits`]: nothing is unpacked without being counted, no text grows past its cap, and no
//! input makes a reader recurse. What cannot be read is answered by one [`ReadProblem`] that says
//! what is wrong, where, and the way out.
//!
//! A [`Source`] is text as a person reads it, in NFC, with its blocks beside it: list numbers that
//! a word processor or browser would print stand in the text. Not here: what the text means. That
//! is the grammar of whoever asked (for instance the plan import).

mod build;
mod decode;
mod docx;
mod html;
pub(crate) mod package;
mod plain;
mod problem;
mod sniff;
pub(crate) mod xlsx;

use std::io::Read;
use std::ops::Range;

use crate::sheet::Grid;
use package::{Main, Package};
pub use problem::{Place, ReadCode, ReadProblem};

/// Where a piece of the source stands, counted twice: bytes to cut it out, characters to tell people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// Bytes of [`Source::text`].
    pub bytes: Range<usize>,
    /// Characters (Unicode scalar values) of [`Source::text`]: first, and one past the last.
    pub span: (usize, usize),
}

/// How a paragraph looks, as far as the format says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Heading level 1-9, if it is a heading.
    pub heading: Option<u8>,
    /// Depth of the list it stands in, from 0, if it stands in one.
    pub list: Option<u8>,
    /// Indentation in columns of a typewriter: spaces in text, about 120 twips in DOCX.
    pub indent: u16,
    /// Whether all of it is bold.
    pub bold: bool,
    /// Whether it is centred.
    pub centred: bool,
    /// Whether it describes a picture (caption or alternative text) and is not running text.
    pub caption: bool,
}

/// One cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceCell {
    /// Where its text stands; paragraphs inside are separated by line feeds.
    pub place: Stretch,
    /// Column it starts in, from 0.
    pub column: usize,
    /// Columns it covers, at least 1.
    pub width: usize,
    /// Whether it only continues the cell above it.
    pub continues: bool,
    /// Whether all of it is bold.
    pub bold: bool,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph, heading or list item.
    Paragraph(Look),
    /// A table, row by row.
    Table {
        /// The rows; a row may have fewer cells than another.
        rows: Vec<Vec<SourceCell>>,
    },
}

/// One block of the source, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Where its text stands.
    pub place: Stretch,
}

/// What happened to the text on the way in, worth telling a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceNote {
    /// Text in a legacy encoding was converted; which one, and where it first stood.
    Legacy {
        /// "TCVN3", "VNI", "windows-1258" or "UTF-16".
        encoding: &'static str,
        /// Characters of the first converted stretch.
        span: (usize, usize),
    },
    /// Letters stood apart from their marks (NFD or a mixture) and were joined.
    Decomposed {
        /// Characters of the first paragraph concerned.
        span: (usize, usize),
    },
}

/// What a file was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// Word (Office Open XML).
    Docx,
    /// Excel (Office Open XML).
    Xlsx,
}

/// What the head of an HTML page says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageHead {
    /// Title of the page.
    pub title: Option<String>,
    /// Author, as `meta` names it.
    pub author: Option<String>,
    /// Time of publication, as `meta` or `time` writes it.
    pub published: Option<String>,
}

/// A document as read: its text in NFC, its blocks, and what was noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What the file was.
    pub kind: SourceKind,
    /// The whole text in NFC. Character spans count in this.
    pub text: String,
    /// The blocks, in reading order; their places are inside the text and never overlap.
    pub blocks: Vec<SourceBlock>,
    /// What happened on the way in.
    pub notes: Vec<SourceNote>,
    /// What the head of an HTML page says.
    pub head: PageHead,
}

impl Source {
    /// The text of a stretch; empty if the stretch is not one of this source.
    pub fn text_of(&self, place: &Stretch) -> &str {
        self.text.get(place.bytes.clone()).unwrap_or_default()
    }
}

/// How much a reader takes before it refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes_max: usize,
    /// Bytes of the text in the end.
    pub text_bytes_max: usize,
    /// Bytes of an HTML page.
    pub html_bytes_max: usize,
    /// Attributes of one HTML tag.
    pub attributes_max: usize,
    /// Entries of an archive.
    pub entries_max: usize,
    /// Bytes of all entries of an archive, unpacked.
    pub unpacked_bytes_max: u64,
    /// Bytes of one part of a document, unpacked.
    pub part_bytes_max: u64,
    /// Unpacked bytes per packed byte (looked at once a part is over 1 MiB).
    pub ratio_max: u64,
    /// Cells of one table or spreadsheet, and blocks of one document.
    pub blocks_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes_max: base::limits::UPLOAD_BYTES_MAX,
            text_bytes_max: 16 * 1024 * 1024,
            html_bytes_max: 12 * 1024 * 1024,
            attributes_max: 256,
            entries_max: 2_000,
            unpacked_bytes_max: 200 * 1024 * 1024,
            part_bytes_max: 64 * 1024 * 1024,
            ratio_max: 100,
            blocks_max: 500_000,
        }
    }
}

/// Reads at most the allowed bytes of a file; one byte more and it is refused, unread.
///
/// # Refusals
/// [`ReadCode::TooLarge`], [`ReadCode::Unreadable`].
pub fn capped(reader: &mut dyn Read, limits: &Limits) -> Result<Vec<u8>, ReadProblem> {
    let mut bytes = Vec::new();
    let cap = u64::try_from(limits.bytes_max).unwrap_or(u64::MAX);
    reader
        .take(cap.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| ReadProblem::unreadable(&error))?;
    if bytes.len() > limits.bytes_max {
        return Err(ReadProblem::too_large(limits.bytes_max as u64));
    }
    Ok(bytes)
}

/// Reads a document from its bytes. The name is only a hint for the message.
///
/// # Refusals
/// One [`ReadProblem`] for whatever is not text, HTML, DOCX or XLSX, is damaged, encrypted, mixed in its
/// encodings, or over a limit.
pub fn source(bytes: &[u8], name_hint: &str, limits: &Limits) -> Result<Source, ReadProblem> {
    if bytes.len() > limits.bytes_max {
        return Err(ReadProblem::too_large(limits.bytes_max as u64));
    }
    let read = match sniff::kind(bytes)? {
        sniff::Kind::Zip => archive(bytes, limits),
        sniff::Kind::Text => {
            let decoded = decode::decode(bytes)?;
            if sniff::is_html(&decoded.text) {
                html::read(decoded, limits)
            } else {
                plain::read(decoded, limits)
            }
        }
    };
    read.map_err(|problem| problem.with("name", name_hint))
}

fn archive(bytes: &[u8], limits: &Limits) -> Result<Source, ReadProblem> {
    let mut package = Package::open(bytes, limits)?;
    match package.main_part()? {
        Main::Word(main) => docx::read(package, &main),
        Main::Book(main) => xlsx::source(package, &main),
    }
}

/// Reads the sheets of a spreadsheet that people see, from its bytes: values as stored (of a
/// formula, its last result), merged cells filled. Sheets without any value are left out.
///
/// # Refusals
/// One [`ReadProblem`] for whatever is not XLSX (an old `.xls` among it), is damaged, locked, or
/// over a limit; with the sheet and cell where there is one.
pub fn grids(bytes: &[u8], name_hint: &str, limits: &Limits) -> Result<Vec<Grid>, ReadProblem> {
    let read = || {
        if bytes.len() > limits.bytes_max {
            return Err(ReadProblem::too_large(limits.bytes_max as u64));
        }
        match sniff::kind(bytes)? {
            sniff::Kind::Zip => {
                let mut package = Package::open(bytes, limits)?;
                match package.main_part()? {
                    Main::Book(main) => xlsx::grids(&mut package, &main),
                    Main::Word(_) => Err(ReadProblem::of(ReadCode::NotABook)),
                }
            }
            sniff::Kind::Text => Err(ReadProblem::of(ReadCode::NotABook)),
        }
    };
    read().map_err(|problem| problem.with("name", name_hint))
}

#[cfg(test)]
mod tests;

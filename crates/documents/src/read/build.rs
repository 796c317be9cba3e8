//! Puts a source together: text in NFC, blocks with their places, caps kept while it grows.

use base::text::nfc;

use super::problem::ReadProblem;
use super::{
    BlockKind, Limits, Look, PageHead, Source, SourceBlock, SourceCell, SourceKind, SourceNote,
    Stretch,
};

/// A cell before its place is known.
#[derive(Clone, Debug, Default)]
pub(super) struct DraftCell {
    pub text: String,
    pub column: usize,
    pub width: usize,
    pub continues: bool,
    pub bold: bool,
}

/// A source that grows block by block.
pub(super) struct Draft<'a> {
    limits: &'a Limits,
    text: String,
    chars: usize,
    pieces: usize,
    blocks: Vec<SourceBlock>,
    notes: Vec<SourceNote>,
    pub head: PageHead,
}

impl<'a> Draft<'a> {
    pub fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            text: String::new(),
            chars: 0,
            pieces: 0,
            blocks: Vec::new(),
            notes: Vec::new(),
            head: PageHead::default(),
        }
    }

    /// One paragraph per line of the text; blank lines are left out.
    pub fn paragraph(&mut self, text: &str, look: Look) -> Result<(), ReadProblem> {
        for line in text.split('\n') {
            let trimmed = line.trim();
            if trimmed.is_empty() {
                continue;
            }
            let place = self.put(trimmed)?;
            self.separate('\n');
            self.blocks.push(SourceBlock {
                kind: BlockKind::Paragraph(look),
                place,
            });
        }
        Ok(())
    }

    /// A table; rows without any cell are left out.
    pub fn table(&mut self, draft: Vec<Vec<DraftCell>>) -> Result<(), ReadProblem> {
        let start = (self.text.len(), self.chars);
        let mut rows = Vec::new();
        for row in draft.into_iter().filter(|row| !row.is_empty()) {
            let mut cells = Vec::with_capacity(row.len());
            for (n, cell) in row.into_iter().enumerate() {
                if n > 0 {
                    self.separate('\t');
                }
                let place = self.put(cell.text.trim())?;
                cells.push(SourceCell {
                    place,
                    column: cell.column,
                    width: cell.width.max(1),
                    continues: cell.continues,
                    bold: cell.bold,
                });
            }
            self.separate('\n');
            rows.push(cells);
        }
        if rows.is_empty() {
            return Ok(());
        }
        let place = Stretch {
            bytes: start.0..self.text.len(),
            span: (start.1, self.chars),
        };
        self.blocks.push(SourceBlock {
            kind: BlockKind::Table { rows },
            place,
        });
        Ok(())
    }

    /// Notes that the text about to be put was converted from a legacy encoding (only the first).
    pub fn note_legacy(&mut self, encoding: &'static str, chars: usize) {
        let known = |note: &SourceNote| matches!(note, SourceNote::Legacy { encoding: e, .. } if *e == encoding);
        if !self.notes.iter().any(known) {
            self.notes.push(SourceNote::Legacy {
                encoding,
                span: (self.chars, self.chars + chars),
            });
        }
    }

    pub fn finish(mut self, kind: SourceKind) -> Source {
        let total = self.chars;
        for note in &mut self.notes {
            if let SourceNote::Legacy { span, .. } = note {
                *span = (span.0.min(total), span.1.min(total));
            }
        }
        Source {
            kind,
            text: self.text,
            blocks: self.blocks,
            notes: self.notes,
            head: self.head,
        }
    }

    fn put(&mut self, text: &str) -> Result<Stretch, ReadProblem> {
        self.pieces += 1;
        if self.pieces > self.limits.blocks_max
            || self.text.len() + text.len() > self.limits.text_bytes_max
        {
            return Err(ReadProblem::too_much_text(self.limits.text_bytes_max));
        }
        let composed = nfc(text);
        let (byte, char) = (self.text.len(), self.chars);
        self.text.push_str(&composed);
        self.chars += composed.chars().count();
        let place = Stretch {
            bytes: byte..self.text.len(),
            span: (char, self.chars),
        };
        let noted = |note: &SourceNote| matches!(note, SourceNote::Decomposed { .. });
        if composed != text && !self.notes.iter().any(noted) {
            self.notes.push(SourceNote::Decomposed { span: place.span });
        }
        Ok(place)
    }

    fn separate(&mut self, mark: char) {
        self.text.push(mark);
        self.chars += mark.len_utf8();
    }
}

/// The notes that decoding left, over a text of so many characters.
pub(super) fn notes_of(
    encoding: Option<&'static str>,
    decomposed: Option<(usize, usize)>,
    chars: usize,
) -> Vec<SourceNote> {
    let legacy = encoding.map(|encoding| SourceNote::Legacy {
        encoding,
        span: (0, chars),
    });
    let decomposed = decomposed.map(|span| SourceNote::Decomposed { span });
    legacy.into_iter().chain(decomposed).collect()
}

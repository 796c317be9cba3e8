//! Lexer: the blocks of a source become lines with their labels; lines that a text editor broke
//! are joined again.

use std::ops::Range;

use documents::read::{BlockKind, Look, Source, SourceCell, SourceKind};

use super::flat::Flat;
use super::imported::Span;
use super::label::{Label, label};

/// A paragraph of the source.
pub struct Line<'a> {
    /// Its text with the plain view.
    pub flat: Flat<'a>,
    /// First character in the source.
    pub start: usize,
    /// How it looks.
    pub look: Look,
    /// Its number or list sign.
    pub label: Option<Label>,
    /// The table that stands here instead of text.
    pub rows: Option<&'a [Vec<SourceCell>]>,
}

impl<'a> Line<'a> {
    /// Characters of the source that it covers.
    pub fn span(&self) -> Span {
        (self.start, self.start + self.flat.len())
    }

    /// Where the words begin, after the label.
    pub fn body_at(&self) -> usize {
        self.label.as_ref().map_or(0, |label| label.end)
    }

    /// The words without label and final stops, as one clean line.
    pub fn words(&self) -> String {
        let (from, to) = self.flat.core(self.body_at(), self.flat.len());
        base::text::clean_line(self.flat.cut(from, to))
    }

    /// Where [`Line::words`] stand in the source.
    pub fn words_span(&self) -> Span {
        let (from, to) = self.flat.core(self.body_at(), self.flat.len());
        (self.start + from, self.start + to)
    }

    /// The plain view of the words after the label.
    pub fn body(&self) -> &str {
        self.flat.view(self.body_at(), self.flat.len()).trim()
    }
}

/// The lines of a source. Tables that hold a plan's rows stay tables; those that only place things
/// on the page (the heading of a document) become lines.
pub fn lines<'a>(
    source: &'a Source,
    is_data: &dyn Fn(&[Vec<SourceCell>]) -> bool,
) -> Vec<Line<'a>> {
    let joiner = Joiner::of(source);
    let mut lines: Vec<Line<'a>> = Vec::new();
    let mut open: Option<Raw> = None;
    for block in &source.blocks {
        match &block.kind {
            BlockKind::Paragraph(look) => {
                let raw = Raw {
                    bytes: block.place.bytes.clone(),
                    start: block.place.span.0,
                    look: *look,
                };
                match &mut open {
                    Some(last) if joiner.joins(source, last, &raw) => {
                        last.bytes.end = raw.bytes.end
                    }
                    _ => finish(source, open.replace(raw), &mut lines),
                }
            }
            BlockKind::Table { rows } => {
                finish(source, open.take(), &mut lines);
                if is_data(rows) {
                    lines.push(Line {
                        flat: Flat::of(""),
                        start: block.place.span.0,
                        look: Look::default(),
                        label: None,
                        rows: Some(rows),
                    });
                } else {
                    layout(source, rows, &mut lines);
                }
            }
        }
    }
    finish(source, open, &mut lines);
    lines
}

/// A line before it is looked at.
struct Raw {
    bytes: Range<usize>,
    start: usize,
    look: Look,
}

fn finish<'a>(source: &'a Source, raw: Option<Raw>, lines: &mut Vec<Line<'a>>) {
    let Some(raw) = raw else { return };
    let text = source.text.get(raw.bytes).unwrap_or_default();
    lines.push(line(text, raw.start, raw.look));
}

fn line(text: &str, start: usize, look: Look) -> Line<'_> {
    let flat = Flat::of(text);
    let label = label(&flat);
    Line {
        flat,
        start,
        look,
        label,
        rows: None,
    }
}

/// The cells of a table that only lays out the page: column by column within a row, line by line.
fn layout<'a>(source: &'a Source, rows: &[Vec<SourceCell>], lines: &mut Vec<Line<'a>>) {
    for cell in rows.iter().flatten() {
        let look = Look {
            bold: cell.bold,
            ..Look::default()
        };
        let text = source.text_of(&cell.place);
        let (mut byte, mut start) = (0, cell.place.span.0);
        for piece in text.split_inclusive('\n') {
            let trimmed = piece.trim_end();
            if !trimmed.is_empty() {
                let from = cell.place.bytes.start + byte;
                let text = source
                    .text
                    .get(from..from + trimmed.len())
                    .unwrap_or_default();
                lines.push(line(text, start, look));
            }
            byte += piece.len();
            start += piece.chars().count();
        }
    }
}

/// Tells whether a text was broken into lines of one width, and which line goes on in the next.
struct Joiner {
    width: Option<usize>,
}

impl Joiner {
    /// Lines are broken if many are about as long as the longest and go on in small letters.
    fn of(source: &Source) -> Self {
        if source.kind != SourceKind::Text {
            return Self { width: None };
        }
        let mut widths = Vec::new();
        let mut small = 0usize;
        for block in &source.blocks {
            if matches!(block.kind, BlockKind::Paragraph(_)) {
                widths.push(block.place.span.1 - block.place.span.0);
                let first = source.text_of(&block.place).chars().next();
                small += usize::from(first.is_some_and(char::is_lowercase));
            }
        }
        widths.sort_unstable();
        let longest = widths.last().copied().unwrap_or(0);
        let broken = (50..=130).contains(&longest) && small >= 3 && small * 6 >= widths.len();
        Self {
            width: broken.then_some(longest),
        }
    }

    fn joins(&self, source: &Source, last: &Raw, next: &Raw) -> bool {
        if source.kind != SourceKind::Text {
            return false;
        }
        let gap = source
            .text
            .get(last.bytes.end..next.bytes.start)
            .unwrap_or_default();
        if gap.matches('\n').count() != 1 {
            return false;
        }
        let before = source.text.get(last.bytes.clone()).unwrap_or_default();
        let after = source.text.get(next.bytes.clone()).unwrap_or_default();
        let small = after.chars().next().is_some_and(char::is_lowercase);
        let unfinished = !before.ends_with(['.', ';', ':', '!', '?', '/']);
        let head: String = after.chars().take(24).collect();
        if label(&Flat::of(&head)).is_some() {
            return false;
        }
        match self.width {
            Some(width) => {
                let line = before.rsplit('\n').next().unwrap_or(before);
                let full = line.trim().chars().count() * 4 >= width * 3;
                unfinished && (small || full)
            }
            None => small && unfinished && before.len() > 60 && !before.contains('\t'),
        }
    }
}

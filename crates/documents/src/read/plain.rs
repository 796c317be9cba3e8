//! Plain text: a paragraph per line, and tables drawn with tabs or bars.
//!
//! The text of the source is the decoded text itself in NFC, line ends included, so that spans fit
//! the file as any other program reads it.

use super::build::notes_of;
use super::decode::Decoded;
use super::problem::ReadProblem;
use super::{
    BlockKind, Limits, Look, PageHead, Source, SourceBlock, SourceCell, SourceKind, Stretch,
};

/// A line of the text with its places.
struct Line<'a> {
    text: &'a str,
    byte: usize,
    char: usize,
}

/// Columns that a tab character stands for.
const TAB_COLUMNS: u16 = 4;

pub(super) fn read(decoded: Decoded, limits: &Limits) -> Result<Source, ReadProblem> {
    let text = decoded.text;
    if text.len() > limits.text_bytes_max {
        return Err(ReadProblem::too_much_text(limits.text_bytes_max));
    }
    let lines = lines(&text);
    if lines.len() > limits.blocks_max {
        return Err(ReadProblem::too_much_text(limits.blocks_max));
    }
    let chars = lines.last().map_or(0, |l| l.char + l.text.chars().count());
    let notes = notes_of(decoded.encoding, decoded.decomposed, chars);
    let blocks = blocks(&lines);
    Ok(Source {
        kind: SourceKind::Text,
        text,
        blocks,
        notes,
        head: PageHead::default(),
    })
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut byte, mut char) = (0, 0);
    let mut lines = Vec::new();
    for piece in text.split_inclusive(['\n', '\u{2028}', '\u{2029}', '\u{c}', '\u{b}']) {
        lines.push(Line {
            text: piece.trim_end_matches(['\n', '\r', '\u{2028}', '\u{2029}', '\u{c}', '\u{b}']),
            byte,
            char,
        });
        byte += piece.len();
        char += piece.chars().count();
    }
    lines
}

fn blocks(lines: &[Line<'_>]) -> Vec<SourceBlock> {
    let mut blocks = Vec::new();
    let mut n = 0;
    while n < lines.len() {
        let taken = table_length(&lines[n..]);
        if taken > 0 {
            blocks.push(table(&lines[n..n + taken]));
            n += taken;
            continue;
        }
        if let Some(block) = paragraph(&lines[n]) {
            blocks.push(block);
        }
        n += 1;
    }
    blocks
}

fn paragraph(line: &Line<'_>) -> Option<SourceBlock> {
    let place = trimmed(line.text, line.byte, line.char);
    if place.bytes.is_empty() {
        return None;
    }
    let look = Look {
        indent: indent(line.text),
        ..Look::default()
    };
    Some(SourceBlock {
        kind: BlockKind::Paragraph(look),
        place,
    })
}

fn indent(text: &str) -> u16 {
    let mut columns = 0u16;
    for c in text.chars().take(200) {
        match c {
            '\t' => columns += TAB_COLUMNS,
            c if c.is_whitespace() => columns += 1,
            _ => break,
        }
    }
    columns
}

/// The sign that separates the cells of a line, if the line looks like a row.
fn separator(text: &str) -> Option<char> {
    // Empty cells at the ends of a row are tabs too.
    if text.matches('\t').count() >= 2 && !text.trim().is_empty() && !text.contains('|') {
        return is_tabbed(text).then_some('\t');
    }
    let text = text.trim();
    let bars = text.matches('|').count();
    let edges = usize::from(text.starts_with('|')) + usize::from(text.ends_with('|'));
    if bars >= 2 && (bars > edges || edges == 2) {
        return Some('|');
    }
    (text.matches('\t').count() >= 2).then_some('\t')
}

/// Whether tabs stand between or behind words, not only before them as an indentation.
fn is_tabbed(text: &str) -> bool {
    text.trim_start().contains('\t')
}

/// How many lines from here make a table: at least two rows with one separator.
fn table_length(lines: &[Line<'_>]) -> usize {
    let Some(sign) = lines.first().and_then(|l| separator(l.text)) else {
        return 0;
    };
    let rows = lines
        .iter()
        .take_while(|l| separator(l.text) == Some(sign) || is_rule(l.text))
        .count();
    if rows >= 2 { rows } else { 0 }
}

/// A line drawn between rows: `+----+----+`, `|---|---|`.
fn is_rule(text: &str) -> bool {
    let text = text.trim();
    text.len() >= 3 && text.chars().all(|c| "+-=|:─┼│ ".contains(c))
}

fn table(lines: &[Line<'_>]) -> SourceBlock {
    let sign = separator(lines[0].text).unwrap_or('|');
    let rows: Vec<_> = lines
        .iter()
        .filter(|l| !is_rule(l.text))
        .map(|l| row(l, sign))
        .collect();
    let first = &lines[0];
    let last = &lines[lines.len() - 1];
    let place = Stretch {
        bytes: first.byte..last.byte + last.text.len(),
        span: (first.char, last.char + last.text.chars().count()),
    };
    SourceBlock {
        kind: BlockKind::Table { rows },
        place,
    }
}

fn row(line: &Line<'_>, sign: char) -> Vec<SourceCell> {
    let (mut byte, mut char) = (line.byte, line.char);
    let pieces: Vec<&str> = line.text.split(sign).collect();
    let framed = sign == '|' && line.text.trim().starts_with('|');
    let mut cells = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        let is_edge = framed && (n == 0 || (n + 1 == pieces.len() && piece.trim().is_empty()));
        if !is_edge {
            cells.push(SourceCell {
                place: trimmed(piece, byte, char),
                column: cells.len(),
                width: 1,
                continues: false,
                bold: false,
            });
        }
        byte += piece.len() + 1;
        char += piece.chars().count() + 1;
    }
    cells
}

/// The stretch of a text without the white space around it.
fn trimmed(text: &str, byte: usize, char: usize) -> Stretch {
    let core = text.trim();
    let lead = &text[..text.len() - text.trim_start().len()];
    let (byte, char) = (byte + lead.len(), char + lead.chars().count());
    Stretch {
        bytes: byte..byte + core.len(),
        span: (char, char + core.chars().count()),
    }
}

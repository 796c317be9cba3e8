//! The tidy form: one way to say each thing, so that equal looks are equal trees.

use crate::check::{COLUMNS_MAX, DEPTH_MAX, START_MAX};
use crate::runs::{Run, flatten, gather};
use crate::{Block, Cell, Doc, Inline, Marks};

impl Doc {
    /// The same document in its tidy form; tidying twice changes nothing.
    ///
    /// - Text is NFC, on one line, without control and invisible characters; blanks (no-break ones
    ///   too) are single and never stand at the edges of a paragraph.
    /// - Neighbours that look alike are one; a link holds no link and no underline of its own, and
    ///   some word.
    /// - Two line ends in a row make two paragraphs. Nothing is empty but a cell of a table.
    /// - Lists that continue one another are one. A heading is not bold all over.
    /// - A table inside a table gives way to what stands in it; spans stay inside the table; its
    ///   heading rows are the leading rows of heading cells.
    /// - Blocks nested deeper than [`DEPTH_MAX`](crate::DEPTH_MAX) are lifted up to it.
    #[must_use]
    pub fn tidy(self) -> Self {
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for block in self.blocks {
            tidy_block(block, Place::TOP, &mut blocks);
        }
        Self { blocks }
    }
}

/// Where a block stands: how deep, and whether in a cell.
#[derive(Clone, Copy)]
struct Place {
    depth: usize,
    in_table: bool,
}

impl Place {
    const TOP: Self = Self {
        depth: 1,
        in_table: false,
    };

    fn inside(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }

    /// Whether a block that holds blocks may still stand here.
    fn has_room(self) -> bool {
        self.depth < DEPTH_MAX
    }
}

fn tidy_block(block: Block, place: Place, out: &mut Vec<Block>) {
    match block {
        Block::Paragraph(inlines) => {
            let parts = paragraphs(flatten(inlines));
            out.extend(parts.into_iter().map(|runs| Block::Paragraph(gather(runs))));
        }
        Block::Heading { level, inlines } => {
            let inlines = heading(inlines);
            if !inlines.is_empty() {
                out.push(Block::Heading { level, inlines });
            }
        }
        Block::List {
            ordered,
            start,
            items,
        } => tidy_list(ordered, start, items, place, out),
        Block::Quote(inner) => {
            let blocks = tidy_inside(inner, place);
            match place.has_room() {
                true if blocks.is_empty() => {}
                true => out.push(Block::Quote(blocks)),
                false => out.extend(blocks),
            }
        }
        Block::Table {
            rows,
            caption,
            head_rows,
        } => {
            tidy_table(rows, head_rows, &caption, place, out);
        }
        Block::Image { file, alt, caption } => out.push(Block::Image {
            file,
            alt: line(&alt),
            caption: line(&caption),
        }),
        Block::Rule => out.push(Block::Rule),
    }
}

/// The tidy blocks inside a holder at `place`; when there is no room for the holder they take its
/// own place.
fn tidy_inside(blocks: Vec<Block>, place: Place) -> Vec<Block> {
    let inside = if place.has_room() {
        place.inside()
    } else {
        place
    };
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        tidy_block(block, inside, &mut out);
    }
    out
}

fn tidy_list(
    ordered: bool,
    start: u32,
    items: Vec<Vec<Block>>,
    place: Place,
    out: &mut Vec<Block>,
) {
    let tidied = items.into_iter().map(|item| tidy_inside(item, place));
    let items: Vec<Vec<Block>> = tidied.filter(|item| !item.is_empty()).collect();
    if !place.has_room() {
        out.extend(items.into_iter().flatten());
        return;
    }
    if items.is_empty() {
        return;
    }
    let start = if ordered { start.min(START_MAX) } else { 1 };
    if let Some(Block::List {
        ordered: before,
        start: first,
        items: earlier,
    }) = out.last_mut()
    {
        let next = u64::from(*first) + earlier.len() as u64;
        if *before == ordered && (!ordered || next == u64::from(start)) {
            earlier.extend(items);
            return;
        }
    }
    out.push(Block::List {
        ordered,
        start,
        items,
    });
}

fn tidy_table(
    rows: Vec<Vec<Cell>>,
    head_rows: usize,
    caption: &str,
    place: Place,
    out: &mut Vec<Block>,
) {
    let caption = line(caption);
    if place.in_table || !place.has_room() {
        if !caption.is_empty() {
            out.push(Block::plain(caption));
        }
        for cell in rows.into_iter().flatten() {
            for block in cell.blocks {
                tidy_block(block, place, out);
            }
        }
        return;
    }
    let inside = Place {
        in_table: true,
        ..place
    };
    let mut tidied = Vec::with_capacity(rows.len());
    for (at, row) in rows.into_iter().enumerate() {
        let row = row.into_iter().map(|mut cell| {
            cell.header |= at < head_rows;
            cell.blocks = tidy_inside(cell.blocks, inside);
            cell
        });
        tidied.push(row.collect::<Vec<Cell>>());
    }
    tidied.retain(|row| !row.is_empty());
    let says_something = tidied.iter().flatten().any(|cell| !cell.blocks.is_empty());
    if !says_something {
        if !caption.is_empty() {
            out.push(Block::plain(caption));
        }
        return;
    }
    let head_rows = leading_head_rows(&tidied);
    clip_spans(&mut tidied, head_rows);
    out.push(Block::Table {
        head_rows,
        rows: tidied,
        caption,
    });
}

fn leading_head_rows(rows: &[Vec<Cell>]) -> usize {
    let is_head = |row: &&Vec<Cell>| row.iter().all(|cell| cell.header);
    rows.iter().take_while(is_head).count()
}

/// Spans end where their part of the table ends, and are never zero.
fn clip_spans(rows: &mut [Vec<Cell>], head_rows: usize) {
    let total = rows.len();
    for (at, row) in rows.iter_mut().enumerate() {
        let end = if at < head_rows { head_rows } else { total };
        let below = u32::try_from(end - at).unwrap_or(u32::MAX);
        for cell in row {
            cell.rowspan = cell.rowspan.clamp(1, below);
            cell.colspan = cell.colspan.clamp(1, COLUMNS_MAX as u32);
        }
    }
}

/// A heading stays one line of thought: its double line ends become single ones.
fn heading(inlines: Vec<Inline>) -> Vec<Inline> {
    let parts = paragraphs(flatten(inlines));
    let mut runs = parts.join(&Run::line_end(None));
    if runs.iter().all(|run| run.marks.bold || run.text.is_none()) {
        for run in &mut runs {
            run.marks.bold = false;
        }
        runs = paragraphs(runs).join(&Run::line_end(None));
    }
    gather(runs)
}

/// Cleans runs and cuts them into paragraphs at double line ends; empty ones vanish.
fn paragraphs(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let spaced = spaced(merge(without_empty_links(runs)));
    let mut parts: Vec<Vec<Run>> = vec![Vec::new()];
    let mut line_ends: Vec<Run> = Vec::new();
    for run in merge(spaced) {
        let Some(part) = parts.last_mut() else { break };
        match run.text {
            None => line_ends.push(run),
            Some(_) if part.is_empty() => {
                line_ends.clear();
                part.push(run);
            }
            Some(_) => {
                match (line_ends.len(), line_ends.pop()) {
                    (1, Some(end)) => part.push(end),
                    (0, _) => {}
                    _ => parts.push(Vec::new()),
                }
                line_ends.clear();
                if let Some(part) = parts.last_mut() {
                    part.push(run);
                }
            }
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Makes neighbours that look alike one; their text is NFC as a whole.
fn merge(runs: Vec<Run>) -> Vec<Run> {
    let mut merged: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        let Some(text) = run.text else {
            merged.push(Run::line_end(run.href));
            continue;
        };
        let mut marks = run.marks;
        marks.underline &= run.href.is_none();
        match merged.last_mut() {
            Some(Run {
                text: Some(before),
                marks: same,
                href,
            }) if *same == marks && *href == run.href => before.push_str(&text),
            _ => merged.push(Run::words(text, marks, run.href)),
        }
    }
    for run in &mut merged {
        if let Some(text) = &mut run.text {
            *text = base::text::nfc(text);
        }
    }
    merged
}

/// Visible text of runs; a link without a word in it is no link.
fn without_empty_links(runs: Vec<Run>) -> Vec<Run> {
    let mut runs: Vec<Run> = runs
        .into_iter()
        .filter_map(|mut run| {
            run.text = run.text.map(|text| visible(&text));
            (run.text.as_deref() != Some("")).then_some(run)
        })
        .collect();
    let mut from = 0;
    while from < runs.len() {
        let group = runs.get(from..).unwrap_or_default();
        let href = group.first().and_then(|run| run.href.clone());
        let size = group
            .iter()
            .take_while(|run| run.href == href)
            .count()
            .max(1);
        if href.is_some() && group.iter().take(size).all(Run::is_blank) {
            for run in runs.iter_mut().skip(from).take(size) {
                run.href = None;
            }
        }
        from += size;
    }
    runs
}

/// Blanks single, none beside a line end or at the edges; runs that become empty vanish.
fn spaced(runs: Vec<Run>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::with_capacity(runs.len());
    let mut after_blank = true;
    for run in runs {
        let Some(text) = run.text else {
            cut_last_blank(&mut out);
            out.push(Run::line_end(run.href));
            after_blank = true;
            continue;
        };
        let mut kept = String::with_capacity(text.len());
        for c in text.chars() {
            if c != ' ' || !after_blank {
                kept.push(c);
            }
            after_blank = c == ' ';
        }
        if !kept.is_empty() {
            out.push(Run::words(kept, run.marks, run.href));
        }
    }
    cut_last_blank(&mut out);
    out
}

fn cut_last_blank(runs: &mut Vec<Run>) {
    let Some(Run {
        text: Some(text), ..
    }) = runs.last_mut()
    else {
        return;
    };
    if text.ends_with(' ') {
        text.pop();
    }
    if text.is_empty() {
        runs.pop();
    }
}

/// Text without characters that have no shape; every kind of blank becomes a space.
fn visible(text: &str) -> String {
    let shown = text.chars().filter_map(|c| match c {
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{206F}' => None,
        '\u{202A}'..='\u{202E}' | '\u{00AD}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => None,
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() => None,
        c => Some(c),
    });
    shown.collect()
}

/// One tidy line of plain text: a caption, a description.
pub(crate) fn line(text: &str) -> String {
    let runs = vec![Run::words(text, Marks::default(), None)];
    let spaced = spaced(merge(without_empty_links(runs)));
    spaced.into_iter().filter_map(|run| run.text).collect()
}

//! What can be asked of a document without changing it: its files, links, headings, size.

use crate::{Block, Doc, FileRef, Href, Inline, render};

/// Syllables that a person reads in a minute; Vietnamese writes each as a word.
const WORDS_PER_MINUTE: usize = 220;

impl Doc {
    /// A document of plain paragraphs: a blank line begins a new one, a line end a new line.
    pub fn from_text(text: &str) -> Self {
        let mut blocks = Vec::new();
        let mut lines: Vec<Inline> = Vec::new();
        for line in text.lines() {
            if line.trim().is_empty() {
                blocks.push(Block::Paragraph(std::mem::take(&mut lines)));
                continue;
            }
            if !lines.is_empty() {
                lines.push(Inline::Break);
            }
            lines.push(Inline::plain(line));
        }
        blocks.push(Block::Paragraph(lines));
        Self { blocks }.tidy()
    }

    /// Whether there is nothing to read or see.
    pub fn is_empty(&self) -> bool {
        let mut is_empty = true;
        visit(&self.blocks, &mut |block| match block {
            Block::Image { .. } => is_empty = false,
            Block::Table { caption, .. } if !caption.trim().is_empty() => is_empty = false,
            Block::Paragraph(inlines) | Block::Heading { inlines, .. } => {
                is_empty &= !has_words(inlines);
            }
            _ => {}
        });
        is_empty
    }

    /// The files that it shows, each once, in reading order.
    pub fn files(&self) -> Vec<FileRef> {
        let mut files = Vec::new();
        let mut seen = std::collections::HashSet::new();
        visit(&self.blocks, &mut |block| {
            if let Block::Image { file, .. } = block
                && seen.insert(*file)
            {
                files.push(*file);
            }
        });
        files
    }

    /// The addresses that it links to, each once, in reading order.
    pub fn links(&self) -> Vec<Href> {
        let mut links = Vec::new();
        let mut seen = std::collections::HashSet::new();
        visit(&self.blocks, &mut |block| {
            let (Block::Paragraph(inlines) | Block::Heading { inlines, .. }) = block else {
                return;
            };
            for inline in inlines {
                if let Inline::Link { href, .. } = inline
                    && seen.insert(href.clone())
                {
                    links.push(href.clone());
                }
            }
        });
        links
    }

    /// How many characters a reader sees, spaces included, line ends not.
    pub fn char_count(&self) -> usize {
        let text = render::text(self);
        text.chars().filter(|c| *c != '\n').count()
    }

    /// How many words (Vietnamese: syllables) it has; a lone sign such as `–` is none.
    pub fn word_count(&self) -> usize {
        let text = render::text(self);
        text.split_whitespace()
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .count()
    }

    /// Minutes that reading it takes, rounded up; 0 only when there is nothing to read.
    pub fn reading_minutes(&self) -> usize {
        self.word_count().div_ceil(WORDS_PER_MINUTE)
    }
}

/// Calls `see` for every block, outer ones first, in reading order.
pub(crate) fn visit(blocks: &[Block], see: &mut dyn FnMut(&Block)) {
    for block in blocks {
        see(block);
        match block {
            Block::List { items, .. } => items.iter().for_each(|item| visit(item, see)),
            Block::Quote(inner) => visit(inner, see),
            Block::Table { rows, .. } => {
                for cell in rows.iter().flatten() {
                    visit(&cell.blocks, see);
                }
            }
            _ => {}
        }
    }
}

fn has_words(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Text { text, .. } => !text.trim().is_empty(),
        Inline::Link { inlines, .. } => has_words(inlines),
        Inline::Break => false,
    })
}

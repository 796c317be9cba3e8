//! Walks a page and writes blocks.

use super::fold::{self, Item, Piece};
use super::marker::Marker;
use super::page::{Element, Node, Page, is_block};
use super::{style, table};
use crate::runs::{Run, gather};
use crate::{Block, FileRef, Href, Level, Marks};

pub(super) fn of_page(page: &Page) -> Vec<Block> {
    let has_title = page
        .elements()
        .any(|element| element.name() == "h1" || style::of(element).outline == Some(1));
    let walk = Walk {
        page,
        // The page's own title is `h1`, so a text that has one of its own moves a step down.
        step: u8::from(has_title),
    };
    walk.blocks(page.top(), &Around::default())
}

/// What surrounds a node.
#[derive(Clone, Default)]
pub(super) struct Around {
    pub marks: Marks,
    pub href: Option<Href>,
    keeps_lines: bool,
    is_marker: bool,
}

/// The page being walked.
#[derive(Clone, Copy)]
pub(super) struct Walk<'a> {
    pub page: &'a Page,
    step: u8,
}

impl Walk<'_> {
    /// The blocks of these nodes.
    pub fn blocks(self, nodes: &[usize], around: &Around) -> Vec<Block> {
        let mut writer = Writer {
            walk: self,
            pieces: Vec::new(),
            line: Vec::new(),
            marker: String::new(),
            paragraph: Paragraph::default(),
        };
        writer.nodes(nodes, around);
        writer.flush();
        fold::blocks(writer.pieces)
    }

    /// The words of these nodes on one line.
    pub fn words(self, nodes: &[usize]) -> String {
        let blocks = self.blocks(nodes, &Around::default());
        crate::render::of_blocks(&blocks).replace('\n', " ")
    }
}

/// What the paragraph being written is.
#[derive(Clone, Copy, Default)]
struct Paragraph {
    /// Level as the page has it, from 1.
    heading: Option<u8>,
    /// Level of a list paragraph; 0 when the page does not say which.
    list_level: Option<u8>,
}

struct Writer<'a> {
    walk: Walk<'a>,
    pieces: Vec<Piece>,
    line: Vec<Run>,
    marker: String,
    paragraph: Paragraph,
}

impl Writer<'_> {
    fn nodes(&mut self, nodes: &[usize], around: &Around) {
        for at in nodes {
            match self.walk.page.node(*at) {
                Some(Node::Text(text)) => self.text(text, around),
                Some(Node::Element(element)) => self.element(element, around),
                None => {}
            }
        }
    }

    fn text(&mut self, text: &str, around: &Around) {
        if around.is_marker {
            self.marker.push_str(text);
            return;
        }
        let lines = text.split(|c| around.keeps_lines && c == '\n');
        for (at, part) in lines.enumerate() {
            if at > 0 {
                self.line.push(Run::line_end(around.href.clone()));
            }
            self.line
                .push(Run::words(part, around.marks, around.href.clone()));
        }
    }

    fn element(&mut self, element: &Element, around: &Around) {
        let style = style::of(element);
        if style.is_hidden {
            return;
        }
        let name = element.name();
        let mut inside = around.clone();
        inside.marks = style.marks(name, around.marks);
        inside.is_marker |= style.is_marker;
        match name {
            "br" => self.line.push(Run::line_end(around.href.clone())),
            "hr" => self.block(Block::Rule),
            "img" => self.picture(element, around),
            "a" => {
                inside.href = Href::parse(element.attribute("href")).or(inside.href);
                self.nodes(&element.children, &inside);
            }
            "ul" | "ol" | "menu" | "dir" => self.list(element, &inside),
            "blockquote" => {
                let blocks = self.walk.blocks(&element.children, &inside);
                self.block(Block::Quote(blocks));
            }
            "table" if element.attribute("role") != "presentation" => {
                for block in table::read(self.walk, element, &inside) {
                    self.block(block);
                }
            }
            "figure" => self.figure(element, &inside),
            _ if is_block(name) => self.paragraph(element, &style, &mut inside),
            _ => self.nodes(&element.children, &inside),
        }
    }

    fn block(&mut self, block: Block) {
        self.flush();
        self.pieces.push(Piece::Block(block));
    }

    /// Any element that begins and ends a line.
    fn paragraph(&mut self, element: &Element, style: &style::Style, inside: &mut Around) {
        self.flush();
        let name = element.name();
        inside.keeps_lines |= matches!(name, "pre" | "xmp");
        inside.marks.bold |= name == "dt";
        let by_name = name.strip_prefix('h').and_then(|n| n.parse::<u8>().ok());
        let around = self.paragraph;
        self.paragraph = Paragraph {
            heading: by_name.or(style.outline).or(around.heading),
            list_level: style.list_level,
        };
        self.nodes(&element.children, inside);
        self.flush();
        self.paragraph = around;
    }

    /// Ends the line that is being written.
    fn flush(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        let apart = Marker::apart(&std::mem::take(&mut self.marker));
        if line.iter().all(Run::is_blank) {
            return;
        }
        if let Some(level) = self.paragraph.heading {
            if let Some(Marker::Number(number)) = apart {
                line.insert(0, prefix(&format!("{number}."), &line));
            } else if let Some(Marker::Words(words)) = apart {
                line.insert(0, prefix(&words, &line));
            }
            self.pieces.push(Piece::Block(Block::Heading {
                level: Level::nearest(u64::from(level + self.walk.step)),
                inlines: gather(line),
            }));
            return;
        }
        let list_level = self.paragraph.list_level;
        let marker = apart.or_else(|| Marker::take_from(&mut line, list_level.is_some()));
        let item = match marker {
            Some(marker) => Item::of(marker, list_level.unwrap_or(1), line),
            None => Err(line),
        };
        self.pieces.push(match item {
            Ok(item) => Piece::Item(item),
            Err(line) => Piece::Block(Block::Paragraph(gather(line))),
        });
    }

    fn list(&mut self, element: &Element, inside: &Around) {
        let mut items: Vec<Vec<Block>> = Vec::new();
        for at in &element.children {
            let child = self.walk.page.element(*at);
            let name = child.map_or("", Element::name);
            let (blocks, joins) = match child {
                Some(item) if name == "li" => {
                    let mut within = inside.clone();
                    within.marks = style::of(item).marks(name, inside.marks);
                    (self.walk.blocks(&item.children, &within), false)
                }
                // Some editors put an inner list beside the item that it belongs to.
                _ => {
                    let blocks = self.walk.blocks(&[*at], inside);
                    (blocks, matches!(name, "ul" | "ol"))
                }
            };
            match items.last_mut() {
                Some(last) if joins => last.extend(blocks),
                _ if blocks.is_empty() => {}
                _ => items.push(blocks),
            }
        }
        let ordered = element.name() == "ol";
        self.block(Block::List {
            ordered,
            start: element.number("start").unwrap_or(1),
            items,
        });
    }

    /// A picture of ours stays; of any other only what it shows, in words.
    fn picture(&mut self, element: &Element, around: &Around) {
        let alt = element.attribute("alt");
        match FileRef::of_address(element.attribute("src")) {
            Some(file) => self.block(Block::Image {
                file,
                alt: alt.to_owned(),
                caption: String::new(),
            }),
            None => self.text(alt, around),
        }
    }

    /// A picture of ours with its caption; every other figure is read as what stands in it.
    fn figure(&mut self, element: &Element, inside: &Around) {
        self.flush();
        let begins_at = self.pieces.len();
        let page = self.walk.page;
        let mut captions = element.children.iter().filter_map(|at| page.element(*at));
        let caption = captions.rfind(|child| child.name() == "figcaption");
        let others: Vec<usize> = element
            .children
            .iter()
            .filter(|at| {
                page.element(**at)
                    .is_none_or(|child| child.name() != "figcaption")
            })
            .copied()
            .collect();
        self.nodes(&others, inside);
        self.flush();
        let Some(said) = caption else { return };
        let made = self.pieces.get_mut(begins_at..).unwrap_or_default();
        match made {
            [Piece::Block(Block::Image { caption, .. })] if caption.is_empty() => {
                *caption = self.walk.words(&said.children);
            }
            _ => self.paragraph(said, &style::of(said), &mut inside.clone()),
        }
    }
}

/// A marker that stays in the text, in the look of the words that follow.
pub(super) fn prefix(words: &str, line: &[Run]) -> Run {
    let marks = line.first().map(|run| run.marks).unwrap_or_default();
    Run::words(format!("{words} "), marks, None)
}

//! Blocks as HTML.

use super::{Ids, inlines, push_escaped, table, text};
use crate::{Block, Doc, FileRef};

/// The document as HTML, for the body of a page whose own title is the `h1`.
///
/// `address` gives the address of a picture. Headings at the top of the tree carry the ids of
/// [`contents`](super::contents); a table stands in a region that scrolls and takes the keyboard.
pub fn html(doc: &Doc, address: &dyn Fn(&FileRef) -> String) -> String {
    let mut page = Page {
        out: String::new(),
        ids: Ids::default(),
        address,
    };
    for block in &doc.blocks {
        match block {
            Block::Heading { inlines: words, .. } => {
                let id = page.ids.heading(&text::of_inlines(words));
                page.block(block, Some(&id));
            }
            _ => page.block(block, None),
        }
        page.out.push('\n');
    }
    page.out
}

/// The markup written so far.
pub(super) struct Page<'a> {
    pub out: String,
    pub ids: Ids,
    address: &'a dyn Fn(&FileRef) -> String,
}

impl Page<'_> {
    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block, None);
        }
    }

    fn block(&mut self, block: &Block, id: Option<&str>) {
        match block {
            Block::Paragraph(words) => {
                self.out.push_str("<p>");
                inlines::push(words, &mut self.out);
                self.out.push_str("</p>");
            }
            Block::Heading {
                level,
                inlines: words,
            } => {
                let level = level.number();
                let id = id.map(|id| format!(" id=\"{id}\"")).unwrap_or_default();
                self.out.push_str(&format!("<h{level}{id}>"));
                inlines::push(words, &mut self.out);
                self.out.push_str(&format!("</h{level}>"));
            }
            Block::List {
                ordered,
                start,
                items,
            } => self.list(*ordered, *start, items),
            Block::Quote(inner) => {
                self.out.push_str("<blockquote>");
                self.blocks(inner);
                self.out.push_str("</blockquote>");
            }
            Block::Table { .. } => table::push(block, self),
            Block::Image { file, alt, caption } => self.figure(file, alt, caption),
            Block::Rule => self.out.push_str("<hr>"),
        }
    }

    fn list(&mut self, ordered: bool, start: u32, items: &[Vec<Block>]) {
        let name = if ordered { "ol" } else { "ul" };
        self.out.push_str(&format!("<{name}"));
        if ordered && start != 1 {
            self.out.push_str(&format!(" start=\"{start}\""));
        }
        self.out.push('>');
        for item in items {
            self.out.push_str("<li>");
            self.short(item);
            self.out.push_str("</li>");
        }
        self.out.push_str(&format!("</{name}>"));
    }

    /// Blocks of an item or a cell; the first paragraph needs no element of its own, unless another
    /// paragraph follows it.
    pub fn short(&mut self, blocks: &[Block]) {
        match blocks {
            [Block::Paragraph(words), rest @ ..]
                if !matches!(rest.first(), Some(Block::Paragraph(_))) =>
            {
                inlines::push(words, &mut self.out);
                self.blocks(rest);
            }
            _ => self.blocks(blocks),
        }
    }

    fn figure(&mut self, file: &FileRef, alt: &str, caption: &str) {
        self.out.push_str("<figure><img src=\"");
        push_escaped(&(self.address)(file), &mut self.out);
        self.out.push_str("\" alt=\"");
        push_escaped(alt, &mut self.out);
        self.out.push_str("\" loading=\"lazy\" decoding=\"async\">");
        if !caption.is_empty() {
            self.out.push_str("<figcaption>");
            push_escaped(caption, &mut self.out);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>");
    }
}

//! The token sink: elements kept as a plain stack, text gathered into pieces.

use std::cell::RefCell;

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};

use super::element::{
    is_article, is_block, is_furniture, is_void, list_of, names_furniture, value,
};
use super::heading;
use super::table::Table;
use crate::read::build::DraftCell;
use crate::read::docx::roman;
use crate::read::{Look, PageHead};

/// Open elements remembered; deeper ones are read as if they were not there.
const DEPTH_MAX: usize = 512;

/// One block of the page.
pub(super) struct Piece {
    pub content: Content,
    pub look: Look,
    pub in_article: bool,
}

pub(super) enum Content {
    Text(String),
    Table(Vec<Vec<DraftCell>>),
}

impl Piece {
    /// Characters, to weigh one part of the page against another.
    pub fn weight(&self) -> usize {
        match &self.content {
            Content::Text(text) => text.len(),
            Content::Table(rows) => rows.iter().flatten().map(|c| c.text.len()).sum(),
        }
    }
}

/// An open element.
struct Open {
    name: String,
    hidden: bool,
    article: bool,
    bold: bool,
    centred: bool,
    caption: bool,
    /// Next number and its form, for lists.
    list: Option<(u32, char)>,
}

#[derive(Default)]
struct State {
    open: Vec<Open>,
    pieces: Vec<Piece>,
    tables: Vec<Table>,
    text: String,
    shown: usize,
    bold: usize,
    link: usize,
    links: usize,
    label: Option<String>,
    look: Look,
    head: PageHead,
    in_title: bool,
}

/// Gathers the pieces of a page from its tokens.
pub(super) struct Page {
    state: RefCell<State>,
    pieces_max: usize,
}

impl Page {
    pub fn new(pieces_max: usize) -> Self {
        Self {
            state: RefCell::new(State::default()),
            pieces_max,
        }
    }

    pub fn is_full(&self) -> bool {
        self.state.borrow().pieces.len() > self.pieces_max
    }

    pub fn finish(&self) -> (Vec<Piece>, PageHead) {
        let mut state = self.state.borrow_mut();
        state.flush();
        while !state.tables.is_empty() {
            state.close_table();
        }
        (
            std::mem::take(&mut state.pieces),
            std::mem::take(&mut state.head),
        )
    }
}

impl TokenSink for Page {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.characters(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let name: &str = &tag.name;
                let raw = match name {
                    "script" => Some(RawKind::ScriptData),
                    "style" | "iframe" | "noembed" | "noframes" | "xmp" => Some(RawKind::Rawtext),
                    "title" | "textarea" => Some(RawKind::Rcdata),
                    _ => None,
                };
                state.start(&tag);
                if let Some(kind) = raw {
                    return TokenSinkResult::RawData(kind);
                }
            }
            Token::TagToken(tag) => state.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn characters(&mut self, text: &str) {
        if self.in_title {
            let title = self.head.title.get_or_insert_default();
            title.push_str(text);
            return;
        }
        if self.open.last().is_some_and(|o| o.hidden) {
            return;
        }
        let bold = self.open.last().is_some_and(|o| o.bold);
        for c in text.chars() {
            if c.is_whitespace() && c != '\u{a0}' {
                if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
                continue;
            }
            self.text.push(if c == '\u{a0}' { ' ' } else { c });
            self.shown += 1;
            self.bold += usize::from(bold);
            self.links += usize::from(self.link > 0);
        }
    }

    fn start(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        match name {
            "meta" => return self.meta(tag),
            "br" | "hr" => return self.line_break(),
            "img" => return self.picture(tag),
            "title" => self.in_title = self.head.title.is_none(),
            "a" => self.link += 1,
            "time" if self.head.published.is_none() => self.head.published = value(tag, "datetime"),
            _ => {}
        }
        if is_void(name) {
            return;
        }
        if is_block(name) {
            self.flush();
            self.close_implied(name);
        }
        self.push(tag);
        self.begin(name, tag);
    }

    fn push(&mut self, tag: &Tag) {
        if self.open.len() >= DEPTH_MAX {
            return;
        }
        let name: &str = &tag.name;
        let style = value(tag, "style").unwrap_or_default().to_lowercase();
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        let above = self.open.last();
        let in_article = above.is_some_and(|o| o.article);
        let hidden = above.is_some_and(|o| o.hidden)
            || is_furniture(name, in_article)
            || names_furniture(tag)
            || value(tag, "hidden").is_some()
            || style.contains("display:none");
        let light = style.contains("font-weight:normal");
        let open = Open {
            name: name.to_owned(),
            hidden,
            article: in_article || is_article(tag),
            bold: !light
                && (above.is_some_and(|o| o.bold)
                    || matches!(name, "b" | "strong" | "th" | "h1" | "h2" | "h3" | "h4")
                    || style.contains("font-weight:bold")
                    || style.contains("font-weight:700")),
            centred: above.is_some_and(|o| o.centred)
                || name == "center"
                || style.contains("text-align:center")
                || value(tag, "align").as_deref() == Some("center"),
            caption: above.is_some_and(|o| o.caption) || name == "figcaption",
            list: list_of(tag),
        };
        self.open.push(open);
    }

    /// What an element that has just opened does to the text after it.
    fn begin(&mut self, name: &str, tag: &Tag) {
        if self.open.last().is_some_and(|o| o.hidden) {
            return;
        }
        match name {
            "table" => self.tables.push(Table::default()),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.open_row();
                }
            }
            "td" | "th" => {
                let span = |key| value(tag, key).and_then(|v| v.parse().ok()).unwrap_or(1);
                if let Some(table) = self.tables.last_mut() {
                    table.open_cell(span("colspan"), span("rowspan"), name == "th");
                }
            }
            "li" => self.label = self.next_label(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                self.look = heading(level);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if name == "title" {
            self.in_title = false;
        }
        if name == "a" {
            self.link = self.link.saturating_sub(1);
        }
        if is_block(name) {
            self.flush();
        }
        let Some(at) = self.open.iter().rposition(|o| o.name == name) else {
            return;
        };
        // An inline end tag never closes the block around it.
        if !is_block(name) && self.open[at..].iter().any(|o| is_block(&o.name)) {
            return;
        }
        let hidden = self.open[at].hidden;
        self.open.truncate(at);
        if hidden {
            return;
        }
        match name {
            "table" => self.close_table(),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.close_row();
                }
            }
            "td" | "th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.close_cell();
                }
            }
            _ => {}
        }
    }

    /// Elements that end by themselves when their like begins.
    fn close_implied(&mut self, name: &str) {
        let (ends, walls): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "p" => (&["p"], &["td", "li", "div", "table"]),
            _ => return,
        };
        let found = self
            .open
            .iter()
            .rposition(|o| ends.contains(&&*o.name) || walls.contains(&&*o.name));
        if let Some(at) = found.filter(|at| ends.contains(&&*self.open[*at].name)) {
            self.open.truncate(at);
        }
    }

    fn line_break(&mut self) {
        if !self.open.last().is_some_and(|o| o.hidden) && !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn picture(&mut self, tag: &Tag) {
        if self.open.last().is_some_and(|o| o.hidden) || !self.tables.is_empty() {
            return;
        }
        if let Some(alt) = value(tag, "alt").filter(|alt| !alt.trim().is_empty()) {
            self.flush();
            let look = Look {
                caption: true,
                ..Look::default()
            };
            self.piece(Content::Text(alt), look);
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let name = value(tag, "property").or_else(|| value(tag, "name"));
        let Some(content) = value(tag, "content").filter(|c| !c.trim().is_empty()) else {
            return;
        };
        match name.unwrap_or_default().to_lowercase().as_str() {
            "article:published_time" => self.head.published = Some(content),
            "author" | "article:author" => self.head.author = Some(content),
            _ => {}
        }
    }

    fn next_label(&mut self) -> Option<String> {
        let list = self.open.iter_mut().rev().find_map(|o| o.list.as_mut())?;
        let (n, form) = *list;
        list.0 = n.saturating_add(1);
        Some(match form {
            'I' => format!("{}.", roman(n)),
            'i' => format!("{}.", roman(n).to_lowercase()),
            'a' | 'A' => {
                let step = u8::try_from(n.saturating_sub(1) % 26).unwrap_or(0);
                let first = if form == 'a' { b'a' } else { b'A' };
                format!("{})", char::from(first + step))
            }
            '1' => format!("{n}."),
            _ => "•".to_owned(),
        })
    }

    /// Ends the block of text that is open.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let (shown, bold) = (self.shown, self.bold);
        let links = self.links;
        (self.shown, self.bold, self.links) = (0, 0, 0);
        let mut look = std::mem::take(&mut self.look);
        if text.trim().is_empty() {
            self.look = look;
            return;
        }
        let labelled = match self.label.take() {
            Some(label) => format!("{label} {}", text.trim_start()),
            None => text,
        };
        if let Some(table) = self.tables.last_mut() {
            return table.add(&labelled);
        }
        let lists = self.open.iter().filter(|o| o.list.is_some()).count();
        look.list = lists.checked_sub(1).and_then(|n| u8::try_from(n).ok());
        look.indent = u16::try_from(lists * 2).unwrap_or(u16::MAX);
        look.bold |= shown > 0 && bold == shown;
        look.centred = self.open.last().is_some_and(|o| o.centred);
        look.caption = self.open.last().is_some_and(|o| o.caption);
        // A list item that is nothing but a link leads elsewhere.
        if look.list.is_some() && links == shown && self.list_is_links() {
            return;
        }
        self.piece(Content::Text(labelled), look);
    }

    /// Whether the present list item stands in a bulleted list, where links are menus.
    fn list_is_links(&self) -> bool {
        let list = self.open.iter().rev().find_map(|o| o.list);
        list.is_some_and(|(_, form)| form == '-')
    }

    fn piece(&mut self, content: Content, look: Look) {
        let in_article = self.open.last().is_some_and(|o| o.article);
        self.pieces.push(Piece {
            content,
            look,
            in_article,
        });
    }

    /// A finished table; one inside a cell becomes lines of that cell.
    fn close_table(&mut self) {
        let Some(table) = self.tables.pop() else {
            return;
        };
        let rows = table.finish();
        let Some(outer) = self.tables.last_mut() else {
            return self.piece(Content::Table(rows), Look::default());
        };
        for row in rows {
            let texts: Vec<String> = row.into_iter().map(|c| c.text).collect();
            outer.add(&texts.join("\t"));
        }
    }
}

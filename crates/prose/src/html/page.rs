//! The page as a flat list of nodes: what tags open and close, with a bounded depth.

use html5ever::LocalName;
use html5ever::tokenizer::Tag;

/// Most elements open at once; what nests deeper joins the element above it.
const OPEN_MAX: usize = 100;
/// Most elements in a page; after that only text is taken.
const ELEMENTS_MAX: usize = 300_000;
/// Longest value of an attribute that is kept, in bytes.
const VALUE_BYTES_MAX: usize = 4_096;
/// Attributes that mean something here.
const KEPT: [&str; 9] = [
    "alt", "class", "colspan", "href", "role", "rowspan", "src", "start", "style",
];
/// Elements that vanish with everything in them.
const DROPPED: [&str; 24] = [
    "applet", "audio", "button", "canvas", "datalist", "embed", "frameset", "iframe", "math",
    "noembed", "noframes", "noscript", "object", "optgroup", "option", "script", "select", "style",
    "svg", "template", "textarea", "title", "video", "xml",
];
const VOID: [&str; 15] = [
    "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "link",
    "meta", "param", "source", "wbr",
];
/// Elements that begin a new line; a paragraph ends where one begins.
const BLOCKS: [&str; 40] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "ul",
    "xmp",
];

pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name) || matches!(name, "tr" | "tbody" | "thead" | "tfoot")
}

/// A page; node 0 holds the others.
pub(super) struct Page {
    nodes: Vec<Node>,
}

pub(super) enum Node {
    Text(String),
    Element(Element),
}

pub(super) struct Element {
    name: LocalName,
    attributes: Vec<(LocalName, String)>,
    pub children: Vec<usize>,
}

impl Element {
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value of an attribute; empty when it is not there.
    pub fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(known, _)| &**known == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name).trim().parse().ok()
    }
}

impl Page {
    pub fn node(&self, at: usize) -> Option<&Node> {
        self.nodes.get(at)
    }

    pub fn element(&self, at: usize) -> Option<&Element> {
        match self.nodes.get(at) {
            Some(Node::Element(element)) => Some(element),
            _ => None,
        }
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The children of the whole page.
    pub fn top(&self) -> &[usize] {
        self.element(0)
            .map(|e| e.children.as_slice())
            .unwrap_or_default()
    }
}

/// Puts a page together from tags and text.
pub(super) struct Builder {
    /// Tokens seen so far; the feeder watches it.
    pub n_tokens: usize,
    nodes: Vec<Node>,
    open: Vec<usize>,
    /// Elements open beyond [`OPEN_MAX`], which have no node.
    n_beyond: usize,
    dropping: Option<Dropping>,
}

/// An element that vanishes, and how many of its name are open inside it.
struct Dropping {
    name: LocalName,
    n_open: usize,
}

impl Builder {
    pub fn new() -> Self {
        let root = Element {
            name: LocalName::from("body"),
            attributes: Vec::new(),
            children: Vec::new(),
        };
        Self {
            n_tokens: 0,
            nodes: vec![Node::Element(root)],
            open: vec![0],
            n_beyond: 0,
            dropping: None,
        }
    }

    pub fn take_page(&mut self) -> Page {
        Page {
            nodes: std::mem::take(&mut self.nodes),
        }
    }

    pub fn start(&mut self, tag: Tag) {
        let name = tag.name.clone();
        if let Some(dropping) = &mut self.dropping {
            let is_drawing = matches!(&*dropping.name, "svg" | "math");
            if !(is_drawing && is_block(&name)) {
                dropping.n_open += usize::from(dropping.name == name && !tag.self_closing);
                return;
            }
            // As in a browser: a drawing that was never closed ends where text begins.
            self.dropping = None;
        }
        let is_leaf = VOID.contains(&&*name) || (tag.self_closing && name.contains(':'));
        match &*name {
            "html" | "head" | "body" => {}
            known if DROPPED.contains(&known) => {
                let closes_itself =
                    is_leaf || (tag.self_closing && matches!(known, "svg" | "math"));
                self.dropping = (!closes_itself).then_some(Dropping { name, n_open: 1 });
            }
            known => {
                self.close_implied(known);
                let Some(at) = self.add_element(tag, is_leaf) else {
                    return;
                };
                if !is_leaf {
                    self.open.push(at);
                }
            }
        }
    }

    pub fn end(&mut self, name: &LocalName) {
        if let Some(dropping) = &mut self.dropping {
            if dropping.name == *name {
                dropping.n_open -= 1;
            }
            if dropping.n_open == 0 {
                self.dropping = None;
            }
            return;
        }
        if matches!(&**name, "html" | "head" | "body") {
            return;
        }
        if self.n_beyond > 0 {
            self.n_beyond -= 1;
            return;
        }
        let is_part = is_table_part(name);
        for place in (1..self.open.len()).rev() {
            let known = self.open_name(place);
            if known == &**name {
                self.open.truncate(place);
                return;
            }
            if is_table_part(known) && !is_part {
                return;
            }
        }
    }

    pub fn text(&mut self, text: &str) {
        if self.dropping.is_some() {
            return;
        }
        let parent = self.open.last().copied().unwrap_or(0);
        let last = match self.nodes.get(parent) {
            Some(Node::Element(element)) => element.children.last().copied(),
            _ => None,
        };
        if let Some(Node::Text(before)) = last.and_then(|at| self.nodes.get_mut(at)) {
            before.push_str(text);
        } else {
            self.add(Node::Text(text.to_owned()));
        }
    }

    fn open_name(&self, place: usize) -> &str {
        let node = self.open.get(place).and_then(|at| self.nodes.get(*at));
        match node {
            Some(Node::Element(element)) => element.name(),
            _ => "",
        }
    }

    /// Adds an element where the page stands; `None` when there is no room for it.
    fn add_element(&mut self, tag: Tag, is_leaf: bool) -> Option<usize> {
        if self.nodes.len() >= ELEMENTS_MAX || (!is_leaf && self.open.len() > OPEN_MAX) {
            self.n_beyond += usize::from(!is_leaf);
            return None;
        }
        let kept = tag.attrs.into_iter().filter(|attribute| {
            KEPT.contains(&&*attribute.name.local) && attribute.value.len() <= VALUE_BYTES_MAX
        });
        Some(self.add(Node::Element(Element {
            name: tag.name,
            attributes: kept.map(|a| (a.name.local, a.value.to_string())).collect(),
            children: Vec::new(),
        })))
    }

    fn add(&mut self, node: Node) -> usize {
        let at = self.nodes.len();
        self.nodes.push(node);
        let parent = self.open.last().copied().unwrap_or(0);
        if let Some(Node::Element(element)) = self.nodes.get_mut(parent) {
            element.children.push(at);
        }
        at
    }

    /// Closes what a new element of this name ends without saying so.
    fn close_implied(&mut self, name: &str) {
        const CELLS: [&str; 3] = ["td", "th", "caption"];
        const PARTS: [&str; 5] = ["thead", "tbody", "tfoot", "caption", "colgroup"];
        let walls: &[&str] = &["table", "td", "th", "ul", "ol", "menu", "dir", "blockquote"];
        match name {
            "td" | "th" => self.close(&CELLS, &["tr", "table"]),
            "tr" => self.close(&["tr", "caption"], &["table"]),
            "thead" | "tbody" | "tfoot" | "caption" | "colgroup" => self.close(&PARTS, &["table"]),
            "li" => self.close(&["li"], walls),
            "dt" | "dd" => self.close(&["dt", "dd"], &["dl", "table", "td", "th"]),
            _ => {}
        }
        if is_block(name) {
            self.close(&["p"], &BLOCKS.map(|b| if b == "p" { "" } else { b }));
        }
    }

    /// Closes the innermost open element with one of the names, unless a wall stands before it.
    fn close(&mut self, names: &[&str], walls: &[&str]) {
        for place in (1..self.open.len()).rev() {
            let known = self.open_name(place);
            if names.contains(&known) {
                self.open.truncate(place);
                self.n_beyond = 0;
                return;
            }
            if walls.contains(&known) {
                return;
            }
        }
    }
}

fn is_table_part(name: &str) -> bool {
    matches!(
        name,
        "table" | "td" | "th" | "tr" | "caption" | "tbody" | "thead" | "tfoot"
    )
}

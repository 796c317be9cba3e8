//! Editor JSON into the tree.

use base::Refusal;
use serde_json::Value;

use crate::runs::{Run, gather};
use crate::{Block, Cell, DEPTH_MAX, Doc, FileRef, Href, Level, Marks};

/// Deepest nesting of brackets that is read: more than any document of [`DEPTH_MAX`] needs, and
/// less than what the JSON reader gives up at.
const BRACKETS_MAX: usize = 120;

/// Reads what the editor sent; the result is tidy and of a size that the house takes.
///
/// # Refusals
/// `prose-not-a-document` when the text is not a JSON document of the editor, and those of
/// [`Doc::check`]; all at `field`.
pub fn parse(json: &str, field: &'static str) -> Result<Doc, Refusal> {
    if bracket_depth(json) > BRACKETS_MAX {
        return Err(too_deep(field));
    }
    match serde_json::from_str(json) {
        Ok(value) => from_value(&value, field),
        Err(_) => Err(Refusal::at(field, "prose-not-a-document")),
    }
}

/// Reads a document that is already parsed JSON; otherwise as [`parse`].
///
/// # Refusals
/// As [`parse`].
pub fn from_value(value: &Value, field: &'static str) -> Result<Doc, Refusal> {
    if kind(value) != "doc" {
        return Err(Refusal::at(field, "prose-not-a-document"));
    }
    let mut blocks = Vec::new();
    if !read_blocks(content(value), DEPTH_MAX * 3, &mut blocks) {
        return Err(too_deep(field));
    }
    let raw = Doc { blocks };
    // Before tidying, which would lift what is too deep and so change the text unasked.
    raw.check_depth(field)?;
    let doc = raw.tidy();
    doc.check(field)?;
    Ok(doc)
}

fn too_deep(field: &'static str) -> Refusal {
    let problem = base::Problem::at(field, "prose-too-deep").with("max", DEPTH_MAX);
    Refusal::Invalid(vec![problem])
}

/// How deep brackets nest outside strings, without reading the JSON.
fn bracket_depth(json: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

fn kind(node: &Value) -> &str {
    node.get("type").and_then(Value::as_str).unwrap_or_default()
}

fn content(node: &Value) -> &[Value] {
    let list = node.get("content").and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

fn attribute<'a>(node: &'a Value, name: &str) -> &'a Value {
    let attributes = node.get("attrs").unwrap_or(&Value::Null);
    attributes.get(name).unwrap_or(&Value::Null)
}

fn text_attribute(node: &Value, name: &str) -> String {
    attribute(node, name)
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn number_attribute(node: &Value, name: &str) -> Option<u32> {
    let number = attribute(node, name).as_u64()?;
    u32::try_from(number).ok()
}

/// Reads nodes as blocks; inline nodes among them become paragraphs. `false` when they nest deeper
/// than `room`.
fn read_blocks(nodes: &[Value], room: usize, out: &mut Vec<Block>) -> bool {
    if room == 0 {
        return false;
    }
    let mut line = Vec::new();
    for node in nodes {
        if push_inline(node, &mut line) {
            continue;
        }
        if !line.is_empty() {
            out.push(Block::Paragraph(gather(std::mem::take(&mut line))));
        }
        if !read_block(node, room - 1, out) {
            return false;
        }
    }
    if !line.is_empty() {
        out.push(Block::Paragraph(gather(line)));
    }
    true
}

fn read_block(node: &Value, room: usize, out: &mut Vec<Block>) -> bool {
    let inner = || {
        let mut blocks = Vec::new();
        read_blocks(content(node), room, &mut blocks).then_some(blocks)
    };
    match kind(node) {
        "heading" => {
            let level = attribute(node, "level").as_u64().unwrap_or(2);
            let mut line = Vec::new();
            content(node)
                .iter()
                .for_each(|piece| push_any(piece, room, &mut line));
            out.push(Block::Heading {
                level: Level::nearest(level),
                inlines: gather(line),
            });
        }
        "codeBlock" => out.push(Block::Paragraph(gather(code_lines(node)))),
        "bulletList" | "orderedList" => return read_list(node, room, out),
        "blockquote" => match inner() {
            Some(blocks) => out.push(Block::Quote(blocks)),
            None => return false,
        },
        "horizontalRule" => out.push(Block::Rule),
        "table" => return read_table(node, room, out),
        "figure" => out.push(figure(node)),
        _ => return read_unknown(node, room, out),
    }
    true
}

/// A paragraph, and every node that is not known: what it holds takes its place.
fn read_unknown(node: &Value, room: usize, out: &mut Vec<Block>) -> bool {
    if content(node).is_empty() {
        out.push(Block::plain(spoken(node)));
        return true;
    }
    read_blocks(content(node), room, out)
}

/// What a leaf that is not known says about itself: the name in a mention, the text of an image.
fn spoken(node: &Value) -> String {
    let names = ["label", "text", "alt", "title"];
    let said = names.into_iter().map(|name| text_attribute(node, name));
    said.into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

fn read_list(node: &Value, room: usize, out: &mut Vec<Block>) -> bool {
    let mut items = Vec::new();
    for item in content(node) {
        let mut blocks = Vec::new();
        let is_read = match kind(item) {
            "listItem" => read_blocks(content(item), room, &mut blocks),
            _ => read_blocks(std::slice::from_ref(item), room, &mut blocks),
        };
        if !is_read {
            return false;
        }
        items.push(blocks);
    }
    out.push(Block::List {
        ordered: kind(node) == "orderedList",
        start: number_attribute(node, "start").unwrap_or(1),
        items,
    });
    true
}

fn read_table(node: &Value, room: usize, out: &mut Vec<Block>) -> bool {
    let mut rows = Vec::new();
    for row in content(node) {
        let mut cells = Vec::new();
        for cell in content(row) {
            let mut blocks = Vec::new();
            if !read_blocks(content(cell), room, &mut blocks) {
                return false;
            }
            cells.push(Cell {
                header: kind(cell) == "tableHeader",
                colspan: number_attribute(cell, "colspan").unwrap_or(1),
                rowspan: number_attribute(cell, "rowspan").unwrap_or(1),
                blocks,
            });
        }
        rows.push(cells);
    }
    out.push(Block::Table {
        head_rows: 0,
        rows,
        caption: text_attribute(node, "caption"),
    });
    true
}

/// A picture; without a file of ours its words stay.
fn figure(node: &Value) -> Block {
    let alt = text_attribute(node, "alt");
    let caption = text_attribute(node, "caption");
    match FileRef::parse(&text_attribute(node, "file")) {
        Some(file) => Block::Image { file, alt, caption },
        None if caption.is_empty() => Block::plain(alt),
        None => Block::plain(caption),
    }
}

/// Adds an inline node to the line; `false` when the node is none.
fn push_inline(node: &Value, line: &mut Vec<Run>) -> bool {
    match (kind(node), node.get("text").and_then(Value::as_str)) {
        ("hardBreak", _) => line.push(Run::line_end(looks(node).1)),
        (_, Some(text)) => {
            let (marks, href) = looks(node);
            line.push(Run::words(text, marks, href));
        }
        ("mention" | "emoji", None) => {
            let (marks, href) = looks(node);
            line.push(Run::words(spoken(node), marks, href));
        }
        _ => return false,
    }
    true
}

/// Adds the text of any node to the line, of a block where only a line may stand too.
fn push_any(node: &Value, room: usize, line: &mut Vec<Run>) {
    if push_inline(node, line) || room == 0 {
        return;
    }
    for piece in content(node) {
        push_any(piece, room - 1, line);
    }
}

/// Code keeps its lines.
fn code_lines(node: &Value) -> Vec<Run> {
    let mut line = Vec::new();
    let texts = content(node).iter().filter_map(|piece| piece.get("text"));
    for text in texts.filter_map(Value::as_str) {
        for (at, part) in text.split('\n').enumerate() {
            if at > 0 {
                line.push(Run::line_end(None));
            }
            line.push(Run::words(part, Marks::default(), None));
        }
    }
    line
}

fn looks(node: &Value) -> (Marks, Option<Href>) {
    let (mut marks, mut href) = (Marks::default(), None);
    let list = node.get("marks").and_then(Value::as_array);
    for mark in list.map(Vec::as_slice).unwrap_or_default() {
        match kind(mark) {
            "bold" | "strong" => marks.bold = true,
            "italic" | "em" => marks.italic = true,
            "underline" => marks.underline = true,
            "strike" => marks.strike = true,
            "subscript" => marks.sub = true,
            "superscript" => marks.sup = true,
            "link" => href = Href::parse(&text_attribute(mark, "href")),
            _ => {}
        }
    }
    (marks, href)
}

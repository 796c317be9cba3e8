//! The tree as editor JSON.

use serde_json::{Value, json};

use crate::{Block, Cell, Doc, Href, Inline, Marks};

/// The document as the editor's JSON text.
pub fn to_json(doc: &Doc) -> String {
    to_value(doc).to_string()
}

/// The document as the editor's JSON; an empty one has one empty paragraph to write in.
pub fn to_value(doc: &Doc) -> Value {
    json!({ "type": "doc", "content": filled(&doc.blocks) })
}

/// Nodes of blocks, where the editor wants at least one.
fn filled(blocks: &[Block]) -> Vec<Value> {
    if blocks.is_empty() {
        return vec![json!({ "type": "paragraph" })];
    }
    blocks.iter().map(node).collect()
}

/// Nodes of an item, which in the editor always begins with a paragraph.
fn item(blocks: &[Block]) -> Value {
    let mut nodes = filled(blocks);
    if !matches!(blocks.first(), None | Some(Block::Paragraph(_))) {
        nodes.insert(0, json!({ "type": "paragraph" }));
    }
    json!({ "type": "listItem", "content": nodes })
}

fn node(block: &Block) -> Value {
    match block {
        Block::Paragraph(inlines) => json!({ "type": "paragraph", "content": line(inlines) }),
        Block::Heading { level, inlines } => json!({
            "type": "heading",
            "attrs": { "level": level.number() },
            "content": line(inlines),
        }),
        Block::List {
            ordered,
            start,
            items,
        } => {
            let items: Vec<Value> = items.iter().map(|blocks| item(blocks)).collect();
            match ordered {
                true => json!({
                    "type": "orderedList", "attrs": { "start": start }, "content": items,
                }),
                false => json!({ "type": "bulletList", "content": items }),
            }
        }
        Block::Quote(inner) => json!({ "type": "blockquote", "content": filled(inner) }),
        Block::Table { rows, caption, .. } => json!({
            "type": "table",
            "attrs": { "caption": caption },
            "content": rows.iter().map(|cells| row(cells)).collect::<Vec<_>>(),
        }),
        Block::Image { file, alt, caption } => json!({
            "type": "figure",
            "attrs": { "file": file.to_string(), "alt": alt, "caption": caption },
        }),
        Block::Rule => json!({ "type": "horizontalRule" }),
    }
}

fn row(cells: &[Cell]) -> Value {
    let cell = |cell: &Cell| {
        json!({
            "type": if cell.header { "tableHeader" } else { "tableCell" },
            "attrs": { "colspan": cell.colspan, "rowspan": cell.rowspan },
            "content": filled(&cell.blocks),
        })
    };
    json!({ "type": "tableRow", "content": cells.iter().map(cell).collect::<Vec<_>>() })
}

fn line(inlines: &[Inline]) -> Vec<Value> {
    let mut nodes = Vec::with_capacity(inlines.len());
    push_line(inlines, None, &mut nodes);
    nodes
}

fn push_line(inlines: &[Inline], link: Option<&Href>, nodes: &mut Vec<Value>) {
    for inline in inlines {
        let (mut node, marks) = match inline {
            Inline::Text { text, marks } => (json!({ "type": "text", "text": text }), *marks),
            Inline::Break => (json!({ "type": "hardBreak" }), Marks::default()),
            Inline::Link { href, inlines } => {
                push_line(inlines, Some(href), nodes);
                continue;
            }
        };
        let marks = mark_list(marks, link);
        if !marks.is_empty() {
            node["marks"] = Value::Array(marks);
        }
        nodes.push(node);
    }
}

/// Marks in the order in which the editor ranks them.
fn mark_list(marks: Marks, link: Option<&Href>) -> Vec<Value> {
    let named = [
        (marks.bold, "bold"),
        (marks.italic, "italic"),
        (marks.strike, "strike"),
        (marks.underline, "underline"),
        (marks.sub, "subscript"),
        (marks.sup, "superscript"),
    ];
    let link = link.map(|href| json!({ "type": "link", "attrs": { "href": href.as_str() } }));
    let plain = named.into_iter().filter(|(is_on, _)| *is_on);
    link.into_iter()
        .chain(plain.map(|(_, name)| json!({ "type": name })))
        .collect()
}

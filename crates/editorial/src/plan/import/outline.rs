//! The tree of a document: which line stands under which, from numbering, indentation and colons.

use super::label::{Form, Label};
use super::line::Line;
use super::section;

/// Deepest the tree goes; deeper lines become children of the deepest.
const DEPTH_MAX: usize = 12;
/// Columns that make a deeper indentation.
const INDENT_STEP: u16 = 2;

/// A node: a line, the paragraphs that continue it, and the nodes under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// The line that opens it.
    pub line: usize,
    /// How it is numbered; `None` is a plain paragraph or a table.
    pub form: Option<Form>,
    /// Lines that continue it.
    pub body: Vec<usize>,
    /// Nodes under it.
    pub children: Vec<usize>,
}

/// All nodes; the roots stand in reading order.
#[derive(Debug, Default)]
pub struct Outline {
    /// Every node.
    pub nodes: Vec<Node>,
    /// Nodes that stand under no other.
    pub roots: Vec<usize>,
}

/// An open branch of the tree.
struct Open {
    node: usize,
    form: Form,
    mark: char,
    ordinal: u32,
    indent: u16,
    ends_with_colon: bool,
}

/// Builds the tree of these lines.
pub fn outline(lines: &[&Line<'_>]) -> Outline {
    let mut outline = Outline::default();
    let mut open: Vec<Open> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let next = lines.get(n + 1).copied();
        match place(line, next, &open) {
            Place::Labelled(label) => {
                let label = settled(label, &open);
                let keep = parent_depth(&label, line, &open);
                open.truncate(keep);
                push(&mut outline, &mut open, n, line, &label);
            }
            Place::Heading(form) => {
                let label = unnumbered(form);
                // A heading without a number closes everything but the annex it stands in.
                let keep = open
                    .iter()
                    .take_while(|o| o.form.rank() < form.rank())
                    .count();
                open.truncate(keep);
                push(&mut outline, &mut open, n, line, &label);
            }
            Place::Body => {
                while open.last().is_some_and(|o| {
                    o.form == Form::Intro || (o.form.is_sign() && line.look.indent <= o.indent)
                }) {
                    open.pop();
                }
                attach_body(&mut outline, &open, n);
            }
        }
    }
    outline
}

enum Place {
    Labelled(Label),
    Heading(Form),
    Body,
}

fn place(line: &Line<'_>, next: Option<&Line<'_>>, open: &[Open]) -> Place {
    if line.rows.is_some() || line.look.caption {
        return Place::Body;
    }
    if let Some(label) = &line.label {
        return Place::Labelled(label.clone());
    }
    if section::is_heading(line) {
        return Place::Heading(Form::Heading);
    }
    let opens_list = line.flat.flat().trim_end().ends_with(':');
    let leads = next.is_some_and(|l| l.label.is_some());
    let high = open.iter().all(|o| o.form.rank() < Form::Intro.rank());
    if opens_list && leads && high {
        return Place::Heading(Form::Intro);
    }
    Place::Body
}

fn unnumbered(form: Form) -> Label {
    Label {
        form,
        mark: ' ',
        ordinal: 0,
        is_ambiguous: false,
        end: 0,
    }
}

/// A label whose letter could be Roman or not takes the side of the list that it continues.
fn settled(mut label: Label, open: &[Open]) -> Label {
    if !label.is_ambiguous {
        return label;
    }
    let continues = |form: Form, ordinal: u32| {
        open.iter()
            .any(|o| o.form == form && o.ordinal + 1 == ordinal)
    };
    let letter = match (label.form, label.ordinal) {
        (Form::Roman, 1) | (Form::Letter, 10) => 10,
        (Form::Roman, 5) => 22,
        (Form::Roman, 10) => 23,
        (_, n) => n,
    };
    if label.form == Form::Roman && continues(Form::Upper, letter) {
        (label.form, label.ordinal) = (Form::Upper, letter);
    } else if label.form == Form::Letter && !continues(Form::Letter, label.ordinal) {
        let roman = match label.ordinal {
            10 => 1,
            22 => 5,
            _ => 10,
        };
        if roman == 1 || continues(Form::LowerRoman, roman) {
            (label.form, label.ordinal) = (Form::LowerRoman, roman);
        }
    }
    label
}

/// How many open branches stay open above a new line.
fn parent_depth(label: &Label, line: &Line<'_>, open: &[Open]) -> usize {
    if let Some(at) = sibling(label, line, open) {
        return at;
    }
    let mut keep = open.len();
    while keep > 0 {
        let above = &open[keep - 1];
        let deeper = line.look.indent >= above.indent + INDENT_STEP && above.form.rank() >= 40;
        let begins = label.ordinal <= 1 && label.form.rank() >= 40;
        let leads = above.ends_with_colon && begins && keep == open.len();
        let is_list = label.form.is_sign() || begins;
        if above.form.rank() <= label.form.rank() || leads || (deeper && is_list) {
            break;
        }
        keep -= 1;
    }
    keep.min(DEPTH_MAX)
}

/// The open branch that this line continues as the next of its list.
fn sibling(label: &Label, line: &Line<'_>, open: &[Open]) -> Option<usize> {
    let same = |o: &Open| o.form == label.form && o.mark == label.mark;
    if label.form.is_sign() {
        let indent = line.look.indent;
        let found = open
            .iter()
            .rposition(|o| same(o) && indent + 1 >= o.indent)
            .or_else(|| open.iter().position(same))?;
        let deeper = indent >= open[found].indent + INDENT_STEP;
        return (!deeper).then_some(found);
    }
    if let Some(at) = open.iter().rposition(same) {
        let is_last = at + 1 == open.len();
        let restarts = label.ordinal == 1 && open[at].ordinal >= 1;
        let nested = restarts && is_last && open[at].ends_with_colon && label.form.rank() >= 40;
        return (!nested).then_some(at);
    }
    open.iter()
        .rposition(|o| o.form == label.form && label.ordinal == o.ordinal + 1)
}

fn push(outline: &mut Outline, open: &mut Vec<Open>, n: usize, line: &Line<'_>, label: &Label) {
    let node = outline.nodes.len();
    outline.nodes.push(Node {
        line: n,
        form: Some(label.form),
        ..Node::default()
    });
    match open.last() {
        Some(parent) => outline.nodes[parent.node].children.push(node),
        None => outline.roots.push(node),
    }
    if open.len() >= DEPTH_MAX {
        open.pop();
    }
    open.push(Open {
        node,
        form: label.form,
        mark: label.mark,
        ordinal: label.ordinal,
        indent: line.look.indent,
        ends_with_colon: line.flat.flat().trim_end().ends_with(':'),
    });
}

fn attach_body(outline: &mut Outline, open: &[Open], n: usize) {
    match open.last() {
        Some(parent) => outline.nodes[parent.node].body.push(n),
        None => {
            let node = outline.nodes.len();
            outline.nodes.push(Node {
                line: n,
                ..Node::default()
            });
            outline.roots.push(node);
        }
    }
}

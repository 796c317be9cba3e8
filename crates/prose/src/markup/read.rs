//! Text into the tree.

use base::Refusal;

use super::lists::{self, Mark};
use super::{find_unescaped, inlines, table, unescape};
use crate::{Block, DEPTH_MAX, Doc, FileRef, Level};

/// Deepest nesting that is looked into; tidying brings it down to what a document may have.
const READ_DEPTH_MAX: usize = DEPTH_MAX + 4;

/// Reads the text form; every text is a document.
pub fn parse(text: &str) -> Doc {
    let lines: Vec<String> = text.lines().map(with_plain_blanks).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let blocks = blocks(&lines, READ_DEPTH_MAX);
    Doc { blocks }.tidy()
}

/// Margins are counted in spaces, so every other blank becomes some.
fn with_plain_blanks(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '\t' => plain.push_str("    "),
            c if c.is_whitespace() => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

/// Reads the text form of a document that must fit into the house.
///
/// # Refusals
/// Those of [`Doc::check`], at `field`.
pub fn read(text: &str, field: &'static str) -> Result<Doc, Refusal> {
    let doc = parse(text);
    doc.check(field)?;
    Ok(doc)
}

pub(super) fn blocks(lines: &[&str], room: usize) -> Vec<Block> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        let line = line.trim();
        let taken = match Start::of(line) {
            Start::Nothing => 1,
            Start::Rule => {
                out.push(Block::Rule);
                1
            }
            Start::Heading => {
                out.push(heading(line));
                1
            }
            Start::Image(image) => {
                out.push(image);
                1
            }
            Start::Table => table::read(rest, room, &mut out),
            Start::Quote if room > 0 => quote(rest, room, &mut out),
            Start::List if room > 0 => list(rest, room, &mut out),
            Start::Words | Start::Quote | Start::List => paragraph(rest, &mut out),
        };
        at += taken;
    }
    out
}

/// What a line begins.
enum Start {
    Nothing,
    Rule,
    Heading,
    Image(Block),
    Table,
    Quote,
    List,
    Words,
}

impl Start {
    fn of(line: &str) -> Self {
        let n_signs = line.bytes().take_while(|b| *b == b'#').count();
        if line.is_empty() {
            Self::Nothing
        } else if line.len() >= 3 && line.bytes().all(|b| b == b'-') {
            Self::Rule
        } else if (1..=6).contains(&n_signs) && line.as_bytes().get(n_signs) == Some(&b' ') {
            Self::Heading
        } else if let Some(image) = image(line) {
            Self::Image(image)
        } else if line.starts_with('|') {
            Self::Table
        } else if line.starts_with('>') {
            Self::Quote
        } else if lists::mark(line).is_some() {
            Self::List
        } else {
            Self::Words
        }
    }
}

fn heading(line: &str) -> Block {
    let words = line.trim_start_matches('#');
    let n_signs = (line.len() - words.len()) as u64;
    Block::Heading {
        level: Level::nearest(n_signs),
        inlines: inlines::read(words.trim()),
    }
}

/// `![alt](sha256 "caption")` and nothing else on the line.
fn image(line: &str) -> Option<Block> {
    let inside = line.strip_prefix("![")?.strip_suffix(')')?;
    let (alt, after) = inside.split_at(find_unescaped(inside, ']')?);
    let address = after.strip_prefix("](")?;
    let (file, caption) = address.split_once(' ').unwrap_or((address, ""));
    let caption = match caption {
        "" => "",
        quoted => quoted.trim().strip_prefix('"')?.strip_suffix('"')?,
    };
    Some(Block::Image {
        file: FileRef::parse(file)?,
        alt: unescape(alt),
        caption: unescape(caption),
    })
}

/// Lines of words up to an empty line or the beginning of something else.
fn paragraph(lines: &[&str], out: &mut Vec<Block>) -> usize {
    let goes_on = |line: &&&str| matches!(Start::of(line.trim()), Start::Words);
    let more = lines.iter().skip(1).take_while(goes_on).count();
    let words: Vec<&str> = lines
        .iter()
        .take(1 + more)
        .map(|line| line.trim())
        .collect();
    out.push(Block::Paragraph(inlines::read(&words.join("\n"))));
    words.len()
}

fn quote(lines: &[&str], room: usize, out: &mut Vec<Block>) -> usize {
    let strip = |line: &&str| {
        let inside = line.trim_start().strip_prefix('>')?.to_owned();
        Some(
            inside
                .strip_prefix(' ')
                .map(str::to_owned)
                .unwrap_or(inside),
        )
    };
    let inside: Vec<String> = lines.iter().map_while(strip).collect();
    let inner: Vec<&str> = inside.iter().map(String::as_str).collect();
    out.push(Block::Quote(blocks(&inner, room - 1)));
    inside.len()
}

fn margin(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The mark of an item that begins here, and its margin.
fn item_mark(line: &str) -> Option<(Mark, usize)> {
    let inside = line.trim();
    match Start::of(inside) {
        Start::List => lists::mark(inside).map(|mark| (mark, margin(line))),
        _ => None,
    }
}

fn list(lines: &[&str], room: usize, out: &mut Vec<Block>) -> usize {
    let Some((first, edge)) = lines.first().and_then(|line| item_mark(line)) else {
        return 1;
    };
    let mut items = Vec::new();
    let mut at = 0;
    loop {
        let rest = lines.get(at..).unwrap_or_default();
        let n_blank = rest
            .iter()
            .take_while(|line| line.trim().is_empty())
            .count();
        let Some((mark, here)) = rest.get(n_blank).and_then(|line| item_mark(line)) else {
            break;
        };
        let expected = first.number.map(|n| u64::from(n) + items.len() as u64);
        if here > edge + 1 || here < edge || mark.number.map(u64::from) != expected {
            break;
        }
        let begin = rest.get(n_blank..).unwrap_or_default();
        let (inside, n_taken) = item_lines(begin, here, mark.width);
        items.push(blocks(&inside, room - 1));
        at += n_blank + n_taken;
    }
    out.push(Block::List {
        ordered: first.number.is_some(),
        start: first.number.unwrap_or(1),
        items,
    });
    at.max(1)
}

/// The lines of one item without marker and margin, and how many lines it takes.
fn item_lines<'a>(lines: &[&'a str], edge: usize, width: usize) -> (Vec<&'a str>, usize) {
    let mut inside = Vec::new();
    let mut n_taken = 0;
    for (at, line) in lines.iter().enumerate() {
        let is_blank = line.trim().is_empty();
        if at > 0 && !is_blank && margin(line) < edge + 2 {
            break;
        }
        let cut = if at == 0 {
            edge + width
        } else {
            margin(line).min(edge + width)
        };
        inside.push(line.get(cut..).unwrap_or_default());
        if !is_blank {
            n_taken = at + 1;
        }
    }
    inside.truncate(n_taken);
    (inside, n_taken.max(1))
}

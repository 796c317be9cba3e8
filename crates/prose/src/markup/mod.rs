//! A small text form of a document, for forms without JavaScript and for files that people write.
//!
//! | Written | Means |
//! |---|---|
//! | `## words`, `### words`, `#### words` | headings |
//! | lines, then an empty line | a paragraph; a `\` at the end of a line begins a new line |
//! | `- words`, `1. words` | lists; what belongs to an item is indented under its words; the numbers written are the numbers shown |
//! | `> words` | a quotation |
//! | `---` | a line across |
//! | `![alt](sha256 "caption")` | a picture, alone on its line |
//! | `[words](address)` | a link |
//! | `**b**` `*i*` `__u__` `~~s~~` `~below~` `^above^` | bold, italic, underline, strike, sub, sup; none when blanks stand on both sides, or when it is never closed |
//! | `\n` | a new line where only one line may stand (headings, cells) |
//! | `\` before a sign | the sign itself |
//!
//! A table is lines like `| a | b |`; a line `| --- | --- |` parts the heading rows from the rest;
//! a line `|: words` under it is its caption. A cell may begin with what is special about it:
//! `{h}` a heading, `{d}` none in a heading row, `{c2}` two columns wide, `{r3}` three rows high,
//! `{b}` holds whole blocks, written in this same form with `\n` for line ends, `\|` and `\\`. They go together:
//! `{h c2}`.
//!
//! `parse(write(doc)) == doc` for every tidy document.

mod inlines;
mod lists;
mod read;
mod table;
mod write;

pub use read::{parse, read};
pub use write::write;

/// Text without the backslashes that protect signs.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {
                plain.push(*next);
                chars.next();
            }
            _ => plain.push(c),
        }
    }
    plain
}

/// Text with a backslash before each of these signs and before every backslash.
fn escape(text: &str, signs: &[char]) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\\' || signs.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Where the first of this sign stands that no backslash protects.
fn find_unescaped(text: &str, sign: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == sign => return Some(at),
            _ => {}
        }
    }
    None
}

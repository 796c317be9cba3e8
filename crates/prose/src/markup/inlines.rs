//! One line of words: marks as switches, links, new lines.
//!
//! A mark's sign turns it on or off, so signs never have to nest; a sign that is never closed, or
//! that stands between blanks, is just a sign.

use super::{escape, find_unescaped, unescape};
use crate::runs::{Run, gather};
use crate::{Href, Inline, Marks};

/// Sign of each mark, in the order of [`Marks::switches`].
const SIGNS: [&str; 6] = ["**", "*", "__", "~~", "~", "^"];
/// Characters that mean something inside a line.
const SPECIAL: [char; 7] = ['*', '_', '~', '^', '[', ']', '|'];

/// How a new line is written.
#[derive(Clone, Copy)]
pub(super) enum NewLine {
    /// `\` and a line end: in paragraphs.
    Real,
    /// `\n`: where only one line may stand.
    Written,
}

pub(super) fn write(inlines: &[Inline], new_line: NewLine) -> String {
    let mut out = String::new();
    let mut marks = Marks::default();
    for inline in inlines {
        match inline {
            Inline::Text { text, marks: next } => {
                switch(marks, *next, &mut out);
                marks = *next;
                out.push_str(&escape(text, &SPECIAL));
            }
            Inline::Break => out.push_str(match new_line {
                NewLine::Real => "\\\n",
                NewLine::Written => "\\n",
            }),
            Inline::Link { href, inlines } => {
                switch(marks, Marks::default(), &mut out);
                marks = Marks::default();
                let address = escape(href.as_str(), &['(', ')', '[', '|']);
                out.push_str(&format!("[{}]({address})", write(inlines, new_line)));
            }
        }
    }
    switch(marks, Marks::default(), &mut out);
    out
}

fn switch(from: Marks, to: Marks, out: &mut String) {
    let both = from.switches().into_iter().zip(to.switches());
    for ((before, after), sign) in both.zip(SIGNS) {
        if before != after {
            out.push_str(sign);
        }
    }
}

/// Reads words; a line end in them is a blank.
pub(super) fn read(text: &str) -> Vec<Inline> {
    gather(runs(text, None))
}

enum Token {
    Run(Run),
    /// The sign of the mark with this number.
    Sign(usize),
}

/// `link` is the address around the text; inside a link no other begins.
fn runs(text: &str, link: Option<&Href>) -> Vec<Run> {
    let mut lexer = Lexer {
        text,
        at: 0,
        link,
        words: String::new(),
        tokens: Vec::new(),
        no_bracket_before: 0,
    };
    while lexer.step() {}
    lexer.end_words();
    with_marks(lexer.tokens, link)
}

/// Signs become marks; the last one of a mark that is never closed stays a sign.
fn with_marks(tokens: Vec<Token>, link: Option<&Href>) -> Vec<Run> {
    let mut places: [Vec<usize>; 6] = Default::default();
    for (at, token) in tokens.iter().enumerate() {
        if let Token::Sign(mark) = token
            && let Some(list) = places.get_mut(*mark)
        {
            list.push(at);
        }
    }
    let unclosed = |list: &Vec<usize>| {
        (list.len() % 2 == 1)
            .then(|| list.last().copied())
            .flatten()
    };
    let literal: Vec<usize> = places.iter().filter_map(unclosed).collect();
    let mut on = [false; 6];
    let mut runs = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.into_iter().enumerate() {
        match token {
            Token::Sign(mark) if literal.contains(&at) => {
                let sign = SIGNS.get(mark).copied().unwrap_or_default();
                runs.push(Run::words(sign, Marks::of_switches(on), link.cloned()));
            }
            Token::Sign(mark) => {
                if let Some(switch) = on.get_mut(mark) {
                    *switch = !*switch;
                }
            }
            Token::Run(run) if run.href.as_ref() != link || run.text.is_none() => runs.push(run),
            Token::Run(run) => runs.push(Run {
                marks: Marks::of_switches(on),
                ..run
            }),
        }
    }
    runs
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    link: Option<&'a Href>,
    words: String,
    tokens: Vec<Token>,
    /// Before this place no `]` is left; keeps a row of `[` from being searched again and again.
    no_bracket_before: usize,
}

impl Lexer<'_> {
    /// Takes one thing; `false` at the end.
    fn step(&mut self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { return false };
        match (c, chars.next()) {
            ('\\', Some('n' | '\n')) => {
                self.at += 2;
                self.end_words();
                self.tokens
                    .push(Token::Run(Run::line_end(self.link.cloned())));
            }
            ('\\', Some(sign)) if sign.is_ascii_punctuation() => {
                self.at += 2;
                self.words.push(sign);
            }
            ('\n', _) => {
                self.at += 1;
                self.words.push(' ');
            }
            ('*' | '_' | '~' | '^', _) => self.signs(rest),
            ('[', _) if self.link.is_none() && self.take_link(rest) => {}
            _ => {
                self.at += c.len_utf8();
                self.words.push(c);
            }
        }
        true
    }

    fn end_words(&mut self) {
        if !self.words.is_empty() {
            let words = std::mem::take(&mut self.words);
            let run = Run::words(words, Marks::default(), self.link.cloned());
            self.tokens.push(Token::Run(run));
        }
    }

    /// A group of signs; they count unless blanks stand on both sides of the group. The edges of
    /// a link's words are no blanks.
    fn signs(&mut self, rest: &str) {
        let is_sign = |c: char| matches!(c, '*' | '_' | '~' | '^');
        let end = rest.find(|c| !is_sign(c)).unwrap_or(rest.len());
        let (group, after) = rest.split_at(end);
        let before = self
            .text
            .get(..self.at)
            .unwrap_or_default()
            .chars()
            .next_back();
        let is_blank = |c: Option<char>| c.map_or(self.link.is_none(), char::is_whitespace);
        let is_loose = is_blank(before) && is_blank(after.chars().next());
        self.at += group.len();
        if is_loose {
            self.words.push_str(group);
            return;
        }
        let mut left = group;
        while let Some(first) = left.chars().next() {
            let found = SIGNS.iter().position(|sign| left.starts_with(sign));
            match found {
                Some(mark) => {
                    self.end_words();
                    self.tokens.push(Token::Sign(mark));
                }
                None => self.words.push(first),
            }
            let width = found
                .and_then(|mark| SIGNS.get(mark))
                .map_or(1, |sign| sign.len());
            left = left.get(width..).unwrap_or_default();
        }
    }

    /// Takes `[words](address)`; `false` when that is not what stands here.
    fn take_link(&mut self, rest: &str) -> bool {
        if self.at < self.no_bracket_before {
            return false;
        }
        let inside = rest.get(1..).unwrap_or_default();
        let Some(end) = find_unescaped(inside, ']') else {
            self.no_bracket_before = self.text.len();
            return false;
        };
        let (words, after) = inside.split_at(end);
        let Some(behind) = after.strip_prefix("](") else {
            // Up to that bracket no other `[` can begin a link either.
            self.no_bracket_before = self.at + 1 + end;
            return false;
        };
        let Some(close) = address_end(behind) else {
            return false;
        };
        let Some(href) = Href::parse(&unescape(behind.get(..close).unwrap_or_default())) else {
            return false;
        };
        self.end_words();
        let inner = runs(words, Some(&href));
        self.tokens.extend(inner.into_iter().map(Token::Run));
        self.at += 1 + end + 2 + close + 1;
        true
    }
}

/// Where the `)` stands that closes an address. A blank or a `[` comes first when this is no
/// address; so a row of `[a](` is not searched again and again.
fn address_end(behind: &str) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in behind.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            ')' => return Some(at),
            '[' => return None,
            c if c.is_whitespace() => return None,
            _ => {}
        }
    }
    None
}

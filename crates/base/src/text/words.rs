//! A text cut into words, numbers and signs with their places, for the scanners of dates and
//! citations.

use super::canonical;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A run of letters.
    Word,
    /// A run of ASCII digits.
    Number,
    /// One sign.
    Sign,
    /// A line break.
    Break,
}

/// A piece of the text.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub kind: TokenKind,
    /// Place of the first character.
    pub start: usize,
    /// Place after the last character.
    pub end: usize,
    /// Place of the first byte and of the byte after the last.
    pub bytes: (usize, usize),
    /// The piece as it was written.
    pub raw: String,
    /// The piece in the canonical view, for comparing.
    pub text: String,
}

impl Token {
    /// Whether the token is this word, written in the canonical view.
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// Whether the token begins with a capital.
    pub fn is_capitalised(&self) -> bool {
        self.kind == TokenKind::Word && self.raw.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether the token is capitals only, two at least.
    pub fn is_acronym(&self) -> bool {
        self.kind == TokenKind::Word
            && self.raw.chars().nth(1).is_some()
            && self.raw.chars().all(char::is_uppercase)
    }

    /// The value of a number of at most four digits.
    pub fn small_number(&self) -> Option<i16> {
        if self.kind != TokenKind::Number || self.raw.len() > 4 {
            return None;
        }
        self.raw.parse().ok()
    }

    /// How many digits a number has.
    pub fn n_digits(&self) -> usize {
        match self.kind {
            TokenKind::Number => self.raw.len(),
            TokenKind::Word | TokenKind::Sign | TokenKind::Break => 0,
        }
    }
}

/// Cuts a text; white space within a line only separates and gives no token.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut byte = 0;
    while let Some(&c) = chars.get(at) {
        let (kind, length) = match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => (TokenKind::Break, 1),
            c if c.is_whitespace() => {
                at += 1;
                byte += c.len_utf8();
                continue;
            }
            '0'..='9' => (TokenKind::Number, run(&chars[at..], |c| c.is_ascii_digit())),
            c if is_letter(c) => (TokenKind::Word, run(&chars[at..], is_letter)),
            _ => (TokenKind::Sign, 1),
        };
        let raw: String = chars[at..at + length].iter().collect();
        tokens.push(Token {
            kind,
            start: at,
            end: at + length,
            bytes: (byte, byte + raw.len()),
            text: match kind {
                TokenKind::Word => canonical(&raw),
                TokenKind::Number | TokenKind::Sign | TokenKind::Break => raw.clone(),
            },
            raw,
        });
        at += length;
        byte = tokens.last().map_or(byte, |token| token.bytes.1);
    }
    tokens
}

/// Where the canonical words of `pattern` (separated by spaces) end if they stand at `at`.
pub(crate) fn phrase(tokens: &[Token], at: usize, pattern: &str) -> Option<usize> {
    let mut i = at;
    for word in pattern.split(' ') {
        if !tokens.get(i)?.is(word) {
            return None;
        }
        i += 1;
    }
    Some(i)
}

fn run(chars: &[char], belongs: impl Fn(char) -> bool) -> usize {
    chars.iter().take_while(|c| belongs(**c)).count()
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || super::fold::is_mark(c)
}

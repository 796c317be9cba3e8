//! Feeds the tokenizer piece by piece and keeps it from tags that cost too much.
//!
//! The tokenizer compares every attribute of a tag with all before it, so one tag with a million
//! attributes would take hours. A tag that grows beyond reason is given up: reading goes on behind
//! its `>`.

use std::cell::RefCell;
use std::rc::Rc;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::page::{Builder, Page};

/// Bytes fed at once.
const PIECE_BYTES: usize = 1_024;
/// Longest tag that is waited for, in bytes; pictures written into a tag are longer.
const TAG_BYTES_MAX: usize = 64 * 1_024;
/// Most characters in one tag that could begin an attribute.
const TAG_GAPS_MAX: usize = 2_000;

/// The page that the HTML describes.
pub(super) fn page(html: &str) -> Page {
    let builder = Rc::new(RefCell::new(Builder::new()));
    let mut feeder = Feeder {
        tokenizer: tokenizer(&builder),
        builder: Rc::clone(&builder),
        open: Open::Nothing,
    };
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, later) = rest.split_at(piece_end(rest));
        feeder.feed(piece);
        rest = later;
        if feeder.is_beyond_reason() {
            rest = rest
                .split_once('>')
                .map(|(_, after)| after)
                .unwrap_or_default();
            feeder.tokenizer = tokenizer(&builder);
            feeder.open = Open::Nothing;
        }
    }
    feeder.tokenizer.end();
    drop(feeder);
    Rc::try_unwrap(builder).map_or_else(
        |shared| shared.borrow_mut().take_page(),
        |own| own.into_inner().take_page(),
    )
}

/// A piece ends before its last `<`, or before the first `<!`: so a tag or comment that is not
/// whole in its piece always begins one.
fn piece_end(rest: &str) -> usize {
    let mut end = rest.len().min(PIECE_BYTES);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let window = rest.as_bytes().get(1..end).unwrap_or_default();
    let comment = window.windows(2).position(|pair| pair == b"<!");
    let tag = comment.or_else(|| window.iter().rposition(|b| *b == b'<'));
    tag.map_or(end, |at| at + 1)
}

fn tokenizer(builder: &Rc<RefCell<Builder>>) -> Tokenizer<Sink> {
    Tokenizer::new(Sink(Rc::clone(builder)), TokenizerOpts::default())
}

/// What the tokenizer has begun and not yet given out.
enum Open {
    Nothing,
    Tag {
        bytes: usize,
        gaps: usize,
    },
    /// A comment or declaration; those cost nothing.
    Other,
}

struct Feeder {
    tokenizer: Tokenizer<Sink>,
    builder: Rc<RefCell<Builder>>,
    open: Open,
}

impl Feeder {
    fn feed(&mut self, piece: &str) {
        if let (Open::Nothing, Some(after)) = (&self.open, piece.strip_prefix('<')) {
            self.open = if after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
                Open::Tag { bytes: 0, gaps: 0 }
            } else {
                Open::Other
            };
        }
        let n_before = self.builder.borrow().n_tokens;
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(piece));
        let _ = self.tokenizer.feed(&queue);
        if self.builder.borrow().n_tokens != n_before {
            self.open = Open::Nothing;
        }
        if let Open::Tag { bytes, gaps } = &mut self.open {
            *bytes += piece.len();
            *gaps += piece.bytes().filter(|b| is_gap(*b)).count();
        }
    }

    fn is_beyond_reason(&self) -> bool {
        match self.open {
            Open::Tag { bytes, gaps } => bytes > TAG_BYTES_MAX || gaps > TAG_GAPS_MAX,
            Open::Nothing | Open::Other => false,
        }
    }
}

fn is_gap(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'')
}

/// Hands tokens to the builder and tells the tokenizer where text is not markup.
struct Sink(Rc<RefCell<Builder>>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        if !matches!(token, Token::ParseError(_)) {
            builder.n_tokens += 1;
        }
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let raw = raw_kind(&tag.name);
                builder.start(tag);
                return raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData);
            }
            Token::TagToken(tag) => builder.end(&tag.name),
            Token::CharacterTokens(text) => builder.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements whose inside is not markup to a browser either.
fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "iframe" | "noembed" | "noframes" | "xmp" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

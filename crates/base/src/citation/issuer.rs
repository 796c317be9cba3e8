//! Who issued a document: the name of a body, ending where the body's name ends.
//!
//! A grammar, not a list of agencies: heads (Bộ, Sở, Ủy ban nhân dân, Chủ tịch …), what they are in
//! charge of, and the area. A field is a capital with the small syllables of its word ("Nội vụ",
//! "Giao thông vận tải"), joined by "và", commas and dashes ("Lao động - Thương binh và Xã hội").

use super::issuer_words::{CAPITAL_STOPS, COUNCILS, FIXED, HEADS, LEVELS, OFFICES, STOPS};
use super::kind;
use crate::text::words::{Token, TokenKind, phrase};

/// Small syllables that one capital of a ministry or department carries: "Phát triển nông thôn".
const SMALL_SYLLABLES_MAX: usize = 3;
/// As many for bodies named after their task: "Cục Kiểm soát thủ tục hành chính".
const SMALL_SYLLABLES_OF_TASK_MAX: usize = 12;
/// Longest name of an issuer looked for before a number, in tokens.
const ISSUER_TOKENS_MAX: usize = 12;
/// How deep bodies may contain bodies: "Chánh Văn phòng UBND tỉnh".
const DEPTH_MAX: usize = 4;

/// The token after the issuer, if "của" and a body stand at `at`. Joint documents have several
/// bodies in a row.
pub(super) fn after(tokens: &[Token], at: usize, is_joint: bool) -> Option<usize> {
    if !tokens.get(at)?.is("của") {
        return None;
    }
    let mut end = body(tokens, at + 1)?;
    if tokens.get(end).is_some_and(|token| token.is("của")) {
        // "Ban Chỉ đạo của Chính phủ"
        end = body(tokens, end + 1).unwrap_or(end);
    }
    while is_joint
        && tokens
            .get(end)
            .is_some_and(|token| matches!(token.text.as_str(), "-" | "–" | "," | "và"))
    {
        match body(tokens, end + 1) {
            Some(next) => end = next,
            None => break,
        }
    }
    Some(end)
}

/// The issuer that stands between the kind and the number ("Nghị định của Chính phủ số 61/…"), as
/// the token of its "của"; `end` is the token after its name.
pub(super) fn before(tokens: &[Token], free_from: usize, end: usize) -> Option<usize> {
    (free_from..end)
        .rev()
        .take(ISSUER_TOKENS_MAX)
        .find(|at| after(tokens, *at, false) == Some(end))
}

/// The token after the name of the body that begins at `at`.
pub(super) fn body(tokens: &[Token], at: usize) -> Option<usize> {
    body_within(tokens, at, DEPTH_MAX)
}

fn body_within(tokens: &[Token], at: usize, depth: usize) -> Option<usize> {
    let first = tokens.get(at)?;
    if depth == 0 || !first.is_capitalised() {
        return None;
    }
    if let Some(end) = longest(tokens, at, &FIXED) {
        return Some(term(tokens, end));
    }
    if let Some(end) = longest(tokens, at, &OFFICES) {
        return Some(body_within(tokens, end, depth - 1).unwrap_or_else(|| area(tokens, end)));
    }
    if let Some(end) = longest(tokens, at, &COUNCILS) {
        return Some(area(tokens, end));
    }
    if let Some(end) = longest(tokens, at, &HEADS) {
        let small_max = match tokens[end - 1].text.as_str() {
            "bộ" | "sở" => SMALL_SYLLABLES_MAX,
            _ => SMALL_SYLLABLES_OF_TASK_MAX,
        };
        let named = body_within(tokens, end, depth - 1).or_else(|| field(tokens, end, small_max));
        return named
            .or_else(|| level(tokens, end).map(|_| end))
            .map(|end| area(tokens, end));
    }
    first.is_acronym().then(|| area(tokens, at + 1))
}

/// "Tư pháp", "Thông tin và Truyền thông", "Lao động - Thương binh và Xã hội".
fn field(tokens: &[Token], from: usize, small_max: usize) -> Option<usize> {
    let mut at = word_of_field(tokens, from, small_max)?;
    loop {
        let next = match tokens.get(at) {
            Some(token) if token.is("và") => at + 1,
            Some(token) if matches!(token.text.as_str(), "-" | "–") => at + 1,
            Some(token) if token.is(",") && is_enumeration(tokens, at + 1) => at + 1,
            _ => at,
        };
        if next > at && (longest(tokens, next, &HEADS).is_some() || kind::begins_at(tokens, next)) {
            return Some(at);
        }
        match word_of_field(tokens, next, small_max) {
            Some(end) => at = end,
            None => return Some(at),
        }
    }
}

/// A capital and the small syllables of its word.
fn word_of_field(tokens: &[Token], at: usize, small_max: usize) -> Option<usize> {
    let capital = tokens.get(at)?;
    if !capital.is_capitalised() || is_stop(tokens, at) {
        return None;
    }
    let n_small = tokens[at + 1..]
        .iter()
        .enumerate()
        .take(small_max)
        .take_while(|(i, token)| {
            let here = at + 1 + i;
            token.kind == TokenKind::Word
                && !token.is_capitalised()
                && !token.is("và")
                && !is_stop(tokens, here)
                && (small_max != SMALL_SYLLABLES_MAX || phrase(tokens, here, "xây dựng").is_none())
                && level(tokens, here).is_none()
        })
        .count();
    Some(at + 1 + n_small)
}

/// Whether a comma enumerates a field: "Văn hóa, Thể thao và Du lịch".
fn is_enumeration(tokens: &[Token], at: usize) -> bool {
    if !tokens.get(at).is_some_and(Token::is_capitalised) || longest(tokens, at, &HEADS).is_some() {
        return false;
    }
    (at + 1..at + 4).any(|next| {
        tokens.get(next).is_some_and(|token| token.is("và"))
            && tokens.get(next + 1).is_some_and(Token::is_capitalised)
    })
}

/// The token after the area, if one follows: "tỉnh Bình Định", "Bình Định", "huyện Tây Sơn, tỉnh
/// Bình Định"; otherwise `at` itself.
fn area(tokens: &[Token], at: usize) -> usize {
    let after_level = level(tokens, at).unwrap_or(at);
    let end = place(tokens, after_level);
    let next_level = match tokens.get(end) {
        Some(token) if token.is(",") => level(tokens, end + 1),
        Some(_) if end > at => level(tokens, end),
        _ => None,
    };
    match next_level {
        Some(next) if place(tokens, next) > next => place(tokens, next),
        _ => end,
    }
}

fn level(tokens: &[Token], at: usize) -> Option<usize> {
    let end = longest(tokens, at, &LEVELS)?;
    let is_short = tokens[end - 1].is("tp") && tokens.get(end).is_some_and(|dot| dot.is("."));
    Some(if is_short { end + 1 } else { end })
}

/// A run of capitals: "Bình Định", "Bà Rịa - Vũng Tàu"; or the figure of a ward.
fn place(tokens: &[Token], from: usize) -> usize {
    let is_name = |at: usize| {
        tokens.get(at).is_some_and(Token::is_capitalised)
            && !is_stop(tokens, at)
            && !kind::begins_at(tokens, at)
    };
    let follows_level = from > 0 && LEVELS.contains(&tokens[from - 1].text.as_str());
    if follows_level
        && tokens
            .get(from)
            .is_some_and(|t| t.kind == TokenKind::Number)
    {
        return from + 1;
    }
    let mut at = from;
    while at - from < 7 {
        let is_dash = tokens
            .get(at)
            .is_some_and(|t| matches!(t.text.as_str(), "-" | "–"));
        if is_name(at) {
            at += 1;
        } else if at > from && is_dash && is_name(at + 1) {
            at += 2;
        } else {
            break;
        }
    }
    at
}

/// The term of a party body: "khóa XIII", "(khóa XII)".
fn term(tokens: &[Token], at: usize) -> usize {
    let bracket = tokens.get(at).is_some_and(|token| token.is("("));
    let word = at + usize::from(bracket);
    if phrase(tokens, word, "khóa").is_none()
        || !tokens.get(word + 1).is_some_and(Token::is_capitalised)
    {
        return at;
    }
    match bracket {
        true => phrase(tokens, word + 2, ")").unwrap_or(at),
        false => word + 2,
    }
}

fn is_stop(tokens: &[Token], at: usize) -> bool {
    let stops = match tokens.get(at) {
        Some(token) if token.is_capitalised() => CAPITAL_STOPS,
        _ => STOPS,
    };
    stops
        .iter()
        .any(|words| phrase(tokens, at, words).is_some())
}

fn longest(tokens: &[Token], at: usize, phrases: &[&str]) -> Option<usize> {
    phrases
        .iter()
        .filter_map(|words| phrase(tokens, at, words))
        .max()
}

//! What a cited document is about: the words after the issuer, up to where the clause ends.

use super::{issuer, kind};
use crate::text::words::{Token, TokenKind, phrase};

/// How the subject of a document begins.
const OPENERS: [&str; 34] = [
    "về",
    "v / v",
    "ban hành",
    "quy định",
    "phê duyệt",
    "sửa đổi",
    "bổ sung",
    "hướng dẫn",
    "công bố",
    "thành lập",
    "triển khai",
    "thực hiện",
    "đẩy mạnh",
    "tăng cường",
    "hợp nhất",
    "bãi bỏ",
    "thông qua",
    "giao",
    "điều chỉnh",
    "kiện toàn",
    "tổ chức",
    "phát động",
    "xác định",
    "quy hoạch",
    "phân công",
    "phân cấp",
    "ủy quyền",
    "cho phép",
    "kèm theo",
    "đính chính",
    "thay thế",
    "chấn chỉnh",
    "tiếp tục",
    "nâng cao",
];

/// Openers that may stand behind a comma.
const OPENERS_AFTER_COMMA: [&str; 3] = ["về", "v / v", "quy định"];

/// Verbs of a clause whose subject is a body: "…, Sở Tư pháp ban hành …" is not the title any more.
const PREDICATES: [&str; 26] = [
    "ban hành",
    "đã",
    "xây dựng",
    "tổ chức",
    "yêu cầu",
    "đề nghị",
    "báo cáo",
    "trân trọng",
    "triển khai",
    "thực hiện",
    "thông báo",
    "kính",
    "phối hợp",
    "hướng dẫn",
    "quyết định",
    "có",
    "sẽ",
    "đang",
    "nhận được",
    "tiếp tục",
    "chỉ đạo",
    "giao",
    "công bố",
    "trình",
    "là",
    "cũng",
];

/// Words that bind another citation into a title: "sửa đổi một số điều của Nghị định số …".
const BINDERS: [&str; 7] = ["của", "hiện", "theo", "khai", "hành", "với", "bỏ"];

/// Longest title, in tokens.
const TITLE_TOKENS_MAX: usize = 150;

/// The first token of the title and the token after its last. `starts` are the first tokens of the
/// citations that follow, in order.
pub(super) fn after(tokens: &[Token], at: usize, starts: &[usize]) -> Option<(usize, usize)> {
    let from = begin(tokens, at)?;
    if starts.binary_search(&from).is_ok() {
        return None;
    }
    let mut depth = 0i32;
    let mut end = from;
    while end < tokens.len() && end - from < TITLE_TOKENS_MAX {
        let token = &tokens[end];
        match token.text.as_str() {
            "(" | "“" | "[" => depth += 1,
            ")" | "”" | "]" => depth -= 1,
            _ => {}
        }
        let is_other_citation = starts.binary_search(&end).is_ok() && !is_bound(tokens, end);
        if depth < 0 || is_other_citation || ends_at(tokens, end) {
            break;
        }
        end += 1;
    }
    let end = without_tail(tokens, from, end);
    (end > from).then_some((from, end))
}

fn begin(tokens: &[Token], at: usize) -> Option<usize> {
    let opens = |at: usize, openers: &[&str]| {
        openers
            .iter()
            .any(|words| phrase(tokens, at, words).is_some())
    };
    let first = tokens.get(at)?;
    if first.is(",") && opens(at + 1, &OPENERS_AFTER_COMMA) {
        return Some(at + 1);
    }
    let is_quoted = matches!(first.text.as_str(), "“" | "\"");
    (is_quoted || opens(at, &OPENERS)).then_some(at)
}

/// A citation that the words before it make part of the title.
fn is_bound(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| BINDERS.contains(&before.text.as_str()))
}

fn ends_at(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    match token.kind {
        TokenKind::Break => true,
        TokenKind::Word | TokenKind::Number => false,
        TokenKind::Sign => match token.text.as_str() {
            ";" | ":" | "?" | "!" | "…" => true,
            "." => tokens
                .get(at + 1)
                .is_none_or(|next| next.start > token.end || next.is("/")),
            "," => comma_ends(tokens, at),
            _ => false,
        },
    }
}

/// A comma ends the title before another document, before a new subject with its verb, and after
/// the year of a plan.
fn comma_ends(tokens: &[Token], at: usize) -> bool {
    let follows_year = at >= 2
        && tokens[at - 2].is("năm")
        && tokens[at - 1].n_digits() == 4
        && !tokens
            .get(at + 1)
            .is_some_and(|next| next.is("năm") || next.kind == TokenKind::Number);
    let new_subject = issuer::body(tokens, at + 1).is_some_and(|end| {
        PREDICATES
            .iter()
            .any(|verb| phrase(tokens, end, verb).is_some())
    });
    let new_document = kind::begins_at(tokens, at + 1)
        && (at + 2..at + 7).any(|next| tokens.get(next).is_some_and(|token| token.is("số")));
    follows_year || new_subject || new_document
}

/// Leaves out a comma or "và" that leads on to the next citation.
fn without_tail(tokens: &[Token], from: usize, mut end: usize) -> usize {
    while end > from
        && matches!(
            tokens[end - 1].text.as_str(),
            "," | "và" | "-" | "–" | "." | "/" | "căn" | "tại"
        )
    {
        end -= 1;
    }
    end
}

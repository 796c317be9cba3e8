//! Laws cited by their names: "Luật Ban hành văn bản quy phạm pháp luật", "Hiến pháp năm 2013".

use crate::text::words::{Token, TokenKind, phrase};

/// The name of a law in the text.
pub(super) struct LawName {
    /// First token: the word of the kind.
    pub from: usize,
    /// Token after the name.
    pub to: usize,
    /// Abbreviation of the kind.
    pub kind: &'static str,
}

const KIND_WORDS: [(&str, &str); 4] = [
    ("bộ luật", "BL"),
    ("luật", "Luật"),
    ("pháp lệnh", "PL"),
    ("hiến pháp", "HP"),
];

/// Words that can not be part of the name of a law: what follows them is about the law.
const STOPS: [&str; 21] = [
    "năm",
    "ngày",
    "được",
    "đã",
    "quy định",
    "có hiệu lực",
    "ban hành ngày",
    "trong",
    "tại",
    "này",
    "theo",
    "là",
    "thì",
    "để",
    "nhằm",
    "cho",
    "với",
    "do",
    "hiện hành",
    "nêu trên",
    "sẽ",
];

/// Words after which the name goes on behind a comma: "Luật Phòng, chống tham nhũng".
const AFTER_COMMA: [&str; 16] = [
    "chống",
    "bổ sung",
    "sử dụng",
    "bảo vệ",
    "ứng phó",
    "chữa cháy",
    "xuất cảnh",
    "nhập cảnh",
    "quá cảnh",
    "cư trú",
    "vật liệu nổ",
    "thể thao",
    "người lao động",
    "kiểm soát",
    "thi hành",
    "trật tự",
];

/// Capitals that the name of a law may hold: the state and its bodies.
const CAPITALS_WITHIN: [&str; 17] = [
    "việt nam",
    "nam",
    "quốc hội",
    "hội đồng",
    "mặt trận",
    "tổ quốc",
    "chính phủ",
    "tòa án",
    "viện kiểm sát",
    "kiểm toán",
    "nhà nước",
    "nhân dân",
    "công an",
    "quân đội",
    "ủy ban",
    "thủ đô",
    "cộng sản",
];

/// Longest name of a law, in words.
const NAME_WORDS_MAX: usize = 30;

/// Every law named in the text, in order.
pub(super) fn names(tokens: &[Token]) -> Vec<LawName> {
    let mut names = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match name_at(tokens, at) {
            Some(name) => {
                at = name.to;
                names.push(name);
            }
            None => at += 1,
        }
    }
    names
}

fn name_at(tokens: &[Token], at: usize) -> Option<LawName> {
    if !tokens.get(at)?.is_capitalised() || is_part_of_a_name(tokens, at) {
        return None;
    }
    let (after_kind, kind) = KIND_WORDS
        .iter()
        .find_map(|(word, kind)| phrase(tokens, at, word).map(|end| (end, *kind)))?;
    let to = match kind {
        "HP" => after_kind,
        _ if !tokens.get(after_kind)?.is_capitalised() && !amends(tokens, after_kind) => {
            return None;
        }
        _ => name_end(tokens, after_kind),
    };
    (to > after_kind || kind == "HP").then_some(LawName { from: at, to, kind })
}

/// "Trường Đại học Luật Hà Nội" is a school.
fn is_part_of_a_name(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| matches!(before.text.as_str(), "học" | "khoa" | "ngành" | "báo"))
}

fn name_end(tokens: &[Token], from: usize) -> usize {
    let mut at = from;
    while let Some(token) = tokens.get(at).filter(|_| at - from < NAME_WORDS_MAX) {
        let goes_on = match token.kind {
            TokenKind::Word => !ends_before(tokens, from, at),
            TokenKind::Sign if token.is(",") => {
                begins_any(tokens, at + 1, &AFTER_COMMA) && is_lower(tokens, at + 1)
            }
            TokenKind::Sign | TokenKind::Number | TokenKind::Break => false,
        };
        if !goes_on {
            break;
        }
        at += 1;
    }
    while at > from && is_link(tokens, at - 1) {
        at -= 1;
    }
    at
}

/// Words that lead on from the name: to its number, to another law.
fn is_link(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|token| matches!(token.text.as_str(), "và" | "của" | "số"))
}

/// Whether the name ends before this word. A second capital begins another name, except where a
/// law amends a law ("của Luật …") or names the state.
fn ends_before(tokens: &[Token], from: usize, at: usize) -> bool {
    if begins_any(tokens, at, &STOPS) && (at > from || !tokens[at].is_capitalised()) {
        return true;
    }
    if at == from || !tokens[at].is_capitalised() {
        return false;
    }
    let follows = |word: &str| tokens.get(at - 1).is_some_and(|before| before.is(word));
    let names_amended_law = amends(tokens, from)
        && (follows("luật") || ((follows("của") || follows("và")) && is_law(tokens, at)));
    !(names_amended_law || begins_any(tokens, at, &CAPITALS_WITHIN))
}

/// "Luật sửa đổi, bổ sung một số điều của Luật …" names the laws it amends.
fn amends(tokens: &[Token], at: usize) -> bool {
    phrase(tokens, at, "sửa đổi").is_some()
}

fn is_law(tokens: &[Token], at: usize) -> bool {
    KIND_WORDS
        .iter()
        .any(|(word, _)| phrase(tokens, at, word).is_some())
}

fn begins_any(tokens: &[Token], at: usize, phrases: &[&str]) -> bool {
    phrases
        .iter()
        .any(|words| phrase(tokens, at, words).is_some())
}

fn is_lower(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| !token.is_capitalised())
}

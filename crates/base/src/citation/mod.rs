//! Citations of documents in running text: "Quyết định số 152/QĐ-STP ngày 29 tháng 12 năm 2022 của
//! Sở Tư pháp ban hành Kế hoạch …".
//!
//! A number is unique only together with issuer and year: 152/QĐ-STP exists every year and in every
//! province. Kinds, issuers and titles are read by grammar; there is no list of known documents,
//! because laws and organisations change within the life of a plan.
//! Sources: Nghị định 30/2020/NĐ-CP (numbers, kinds), Hướng dẫn 36-HD/VPTW (party documents).

mod issuer;
mod kind;
mod law;
mod number;
mod title;

use jiff::civil::Date;

use crate::calendar;
use crate::text::words::{Token, phrase, tokens};

pub use kind::{DocumentKind, KINDS, kind_of};
pub use number::{FoundNumber, find_numbers, parse_number};

/// A citation found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The number as it should be written (`152/QĐ-STP`), cleaned of the faults that `warnings`
    /// name; `None` for a law cited by its name only.
    pub number: Option<String>,
    /// Abbreviation of the kind (`QĐ`, `NĐ`, `CV`, `Luật`); look it up with [`kind_of`].
    pub kind: Option<&'static str>,
    /// Date of issue.
    pub issued_on: Option<Date>,
    /// Who issued it, as the text names it.
    pub issuer: Option<String>,
    /// What it is about, as the text words it, without a closing stop.
    pub title: Option<String>,
    /// First character and the character after the last, counted in characters.
    pub span: (usize, usize),
    /// What was written wrongly and read all the same.
    pub warnings: Vec<Warning>,
}

/// A fault in the writing of a citation that did not keep it from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Warning {
    /// `Ð` (U+00D0) or another look-alike stands for `Đ`.
    LookAlike,
    /// `QD` stands for `QĐ`.
    MissingStroke,
    /// The hyphen between kind and agency is lost: `QĐUBND`.
    MissingHyphen,
    /// Spaces around `/` or `-`.
    Spaced,
    /// A dash stands for the hyphen.
    WrongDash,
    /// The kind in words and the kind in the number differ.
    KindMismatch,
}

impl Warning {
    /// A stable word for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LookAlike => "look_alike",
            Self::MissingStroke => "missing_stroke",
            Self::MissingHyphen => "missing_hyphen",
            Self::Spaced => "spaced",
            Self::WrongDash => "wrong_dash",
            Self::KindMismatch => "kind_mismatch",
        }
    }
}

/// Every citation of the text, in order. Spans count the characters of the text as given; one that
/// is part of another's title ("sửa đổi một số điều của Nghị định số …") lies within its span.
pub fn find(text: &str) -> Vec<Citation> {
    let tokens = tokens(text);
    let anchors = anchors(text, &tokens);
    let starts: Vec<usize> = anchors.iter().map(|anchor| anchor.from).collect();
    anchors
        .iter()
        .enumerate()
        .map(|(i, anchor)| read(text, &tokens, anchor, &starts[i + 1..]))
        .collect()
}

/// The fixed point of a citation: a number or the name of a law.
struct Anchor {
    /// First token of the citation (kind, name or number).
    from: usize,
    /// Token after the number or the name.
    to: usize,
    number: Option<FoundNumber>,
    kind_in_words: Option<&'static str>,
    /// First token of the name and the token after it, for laws.
    name: Option<(usize, usize)>,
}

/// Numbers with the kind before them, and laws by name, ordered and without overlap.
fn anchors(text: &str, tokens: &[Token]) -> Vec<Anchor> {
    let mut names = law::names(tokens).into_iter().peekable();
    let mut anchors = Vec::new();
    let mut free_from = 0;
    for number in find_numbers(text) {
        let at = tokens.partition_point(|token| token.end <= number.span.0);
        let to = tokens.partition_point(|token| token.start < number.span.1);
        let mut from = at;
        while from > free_from && matches!(tokens[from - 1].text.as_str(), "số" | ":") {
            from -= 1;
        }
        let mut owner = None;
        while let Some(name) = names.next_if(|name| name.from < at) {
            if name.to == from {
                owner = Some(name);
            } else if name.from >= free_from && name.to <= from {
                anchors.push(law_anchor(tokens, &name));
            }
        }
        let kind = kind::before(tokens, free_from, from);
        anchors.push(Anchor {
            from: match (&owner, kind) {
                (Some(name), _) => name.from,
                (None, Some((start, _))) => start,
                (None, None) => from,
            },
            to,
            number: Some(number),
            kind_in_words: match &owner {
                Some(name) => Some(name.kind),
                None => kind.and_then(|(_, kind)| kind),
            },
            name: owner.map(|name| (name.from, name.to)),
        });
        free_from = to;
    }
    anchors.extend(
        names
            .filter(|name| name.from >= free_from)
            .map(|name| law_anchor(tokens, &name)),
    );
    anchors
}

/// A law without a number, perhaps with its year.
fn law_anchor(tokens: &[Token], name: &law::LawName) -> Anchor {
    let year = phrase(tokens, name.to, "năm")
        .filter(|year| tokens.get(*year).is_some_and(|token| token.n_digits() == 4));
    Anchor {
        from: name.from,
        to: year.map_or(name.to, |year| year + 1),
        number: None,
        kind_in_words: Some(name.kind),
        name: Some((name.from, name.to)),
    }
}

/// Reads what follows the anchor: date, issuer, title, as far as they are there.
fn read(text: &str, tokens: &[Token], anchor: &Anchor, starts: &[usize]) -> Citation {
    let kind_in_number = anchor.number.as_ref().and_then(|number| number.kind);
    let kind = anchor.kind_in_words.or(kind_in_number);
    let mut at = anchor.to;
    let date = date_after(tokens, at);
    at = date.map_or(at, |(_, end)| end);
    let issuer = issuer::after(tokens, at, kind::is_joint(kind)).map(|end| (at + 1, end));
    at = issuer.map_or(at, |(_, end)| end);
    let title = anchor.name.or_else(|| {
        let title = title::after(tokens, at, starts);
        at = title.map_or(at, |(_, end)| end);
        title
    });
    let words = |(from, end): (usize, usize)| piece(text, tokens, from, end);
    Citation {
        number: anchor.number.as_ref().map(|number| number.text.clone()),
        kind,
        issued_on: date.map(|(date, _)| date),
        issuer: issuer.map(words),
        title: title.map(words),
        span: (
            tokens.get(anchor.from).map_or(0, |token| token.start),
            tokens
                .get(at.saturating_sub(1))
                .map_or(0, |token| token.end),
        ),
        warnings: warnings(anchor, kind_in_number),
    }
}

fn warnings(anchor: &Anchor, kind_in_number: Option<&str>) -> Vec<Warning> {
    let mut warnings = match &anchor.number {
        Some(number) => number.warnings.clone(),
        None => Vec::new(),
    };
    if let (Some(in_words), Some(in_number)) = (anchor.kind_in_words, kind_in_number)
        && !kind::agree(in_words, in_number)
    {
        warnings.push(Warning::KindMismatch);
    }
    warnings
}

/// The date of issue, also after a comma or in brackets.
fn date_after(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let start = match tokens.get(at)? {
        token if token.is(",") => at + 1,
        token if token.is("(") => {
            let (date, end) = calendar::date_at(tokens, at + 1)?;
            return phrase(tokens, end, ")").map(|end| (date, end));
        }
        token if token.is("ký") || token.is("đề") => phrase(tokens, at, "ký").unwrap_or(at),
        _ => at,
    };
    calendar::date_at(tokens, start)
}

/// The text from one token to the end of the token before another, white space folded.
fn piece(text: &str, tokens: &[Token], from: usize, end: usize) -> String {
    let from = tokens.get(from).map_or(0, |token| token.bytes.0);
    let to = tokens
        .get(end.saturating_sub(1))
        .map_or(from, |token| token.bytes.1);
    crate::text::clean_line(text.get(from..to).unwrap_or_default())
}

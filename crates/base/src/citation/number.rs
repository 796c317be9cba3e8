//! Document numbers, by a hand-written scanner that is linear in the text.
//!
//! State: figures, perhaps a letter (`30c`) and a sub-number (`66.25`), perhaps `/year`, then `/`
//! and a symbol whose parts are joined by hyphens (`QĐ-UBND`), or `QH15`, `UBTVQH15`.
//! Party: figures `-` kind `/` body (`60-NQ/TW`).

use super::Warning;
use super::kind::kind_of;

/// A document number found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundNumber {
    /// The number as it should be written: `152/QĐ-STP`.
    pub text: String,
    /// Abbreviation of the kind that the number shows; `CV` for an official letter, whose number
    /// begins with the agency; `None` for numbers of the National Assembly (`91/2025/QH15`).
    pub kind: Option<&'static str>,
    /// First character and the character after the last, counted in characters.
    pub span: (usize, usize),
    /// What was written wrongly and read all the same.
    pub warnings: Vec<Warning>,
}

/// Kinds that party documents bear in their numbers.
const PARTY_KINDS: [&str; 14] = [
    "NQ", "CT", "QĐ", "KL", "HD", "TB", "KH", "CV", "BC", "QC", "QyĐ", "CTr", "TTr", "ĐA",
];

/// Every document number of the text, in order.
///
/// Dates, fractions, units and standards (`29/12/2022`, `1/126`, `km/h`, `TCVN 14423:2026`) are not
/// numbers of documents.
pub fn find_numbers(text: &str) -> Vec<FoundNumber> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() || !may_begin(&chars, at) {
            at += 1;
            continue;
        }
        match number_at(&chars, at) {
            Some(number) => {
                at = number.span.1;
                found.push(number);
            }
            None => at += count(&chars, at, |c| c.is_ascii_digit()),
        }
    }
    found
}

/// The number if the whole text is one, white space around it aside.
pub fn parse_number(text: &str) -> Option<FoundNumber> {
    let text = text.trim();
    let mut found = find_numbers(text);
    let one = found.pop()?;
    (found.is_empty() && one.span == (0, text.chars().count())).then_some(one)
}

fn may_begin(chars: &[char], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| chars.get(before))
        .is_none_or(|c| !is_word(*c) && !matches!(c, '.' | '/'))
}

fn number_at(chars: &[char], start: usize) -> Option<FoundNumber> {
    let mut scan = Scan {
        chars,
        at: start,
        text: String::new(),
        warnings: Vec::new(),
        follows_so: follows_so(chars, start),
    };
    scan.figures()?;
    let (at, length) = (scan.at, scan.text.len());
    let kind = match scan.state() {
        Some(kind) => kind,
        None => {
            scan.at = at;
            scan.text.truncate(length);
            scan.warnings.clear();
            scan.party()?
        }
    };
    let is_free = chars.get(scan.at).is_none_or(|c| !is_word(*c) && *c != '/');
    is_free.then_some(FoundNumber {
        text: scan.text,
        kind,
        span: (start, scan.at),
        warnings: scan.warnings,
    })
}

/// A position in the text and what has been read up to it.
struct Scan<'a> {
    chars: &'a [char],
    at: usize,
    text: String,
    warnings: Vec<Warning>,
    /// The word "số" stands before the number, so that more faults may be forgiven.
    follows_so: bool,
}

type Kind = Option<&'static str>;

impl Scan<'_> {
    /// `152`, `30c`, `66.25`.
    fn figures(&mut self) -> Option<()> {
        let n = count(self.chars, self.at, |c| c.is_ascii_digit());
        if n > 5 {
            return None;
        }
        self.take(n);
        if self
            .peek(0)
            .is_some_and(|c| c.is_ascii_lowercase() || c == 'đ')
        {
            self.take(1);
        }
        let n = count(self.chars, self.at + 1, |c| c.is_ascii_digit());
        if self.peek(0) == Some('.') && (1..=3).contains(&n) {
            self.take(1 + n);
        }
        Some(())
    }

    /// `/2022` if it is there, then `/` and the symbol.
    fn state(&mut self) -> Option<Kind> {
        self.sign('/', &['/'])?;
        let n = count(self.chars, self.at, |c| c.is_ascii_digit());
        if n == 4
            && matches!(
                (self.peek(0), self.peek(1)),
                (Some('1'), Some('9')) | (Some('2'), Some('0'))
            )
        {
            self.take(4);
            self.sign('/', &['/'])?;
        }
        let begin = self.text.len();
        self.segment(8, false)?;
        let first = self.text[begin..].to_owned();
        if let Some(figures) = first
            .strip_prefix("UBTVQH")
            .or_else(|| first.strip_prefix("QH"))
            && (1..=2).contains(&figures.len())
            && figures.bytes().all(|b| b.is_ascii_digit())
        {
            return Some(None);
        }
        let mut n_parts = 0;
        while self.part(&first, n_parts).is_some() {
            n_parts += 1;
        }
        if n_parts == 0 {
            return self.lost_hyphen(begin);
        }
        self.mend_stroke(begin);
        let shown = self.text[begin..].split('-').next().unwrap_or_default();
        let kind = kind_of(shown.trim_end_matches(|c: char| c.is_ascii_digit()));
        if self.warnings.contains(&Warning::Spaced) && kind.is_none() && !self.follows_so {
            return None;
        }
        Some(Some(kind.map_or("CV", |kind| kind.abbreviation)))
    }

    /// `-STP`, another part of the symbol. Spaces are forgiven only before the first part, after a
    /// known kind and before capitals, where they cannot be a dash between words.
    fn part(&mut self, first: &str, n_parts: usize) -> Option<()> {
        let before = (self.at, self.text.len(), self.warnings.len());
        let read = self
            .sign('-', &['-', '–', '—', '‑', '−'])
            .and_then(|is_spaced| {
                let begin = self.text.len();
                self.segment(16, true)?;
                let part = &self.text[begin..];
                let is_agency = part.chars().filter(|c| c.is_uppercase()).count() >= 2;
                let is_kind = first == "QD" || kind_of(first).is_some();
                (!is_spaced || (n_parts == 0 && is_kind && is_agency)).then_some(())
            });
        if read.is_none() {
            self.at = before.0;
            self.text.truncate(before.1);
            self.warnings.truncate(before.2);
        }
        read
    }

    /// `-NQ/TW`.
    fn party(&mut self) -> Option<Kind> {
        self.sign('-', &['-', '–', '—', '‑', '−'])?;
        let begin = self.text.len();
        self.segment(4, false)?;
        self.mend_stroke(begin);
        let shown = &self.text[begin..];
        let kind = PARTY_KINDS.into_iter().find(|kind| *kind == shown)?;
        self.sign('/', &['/'])?;
        let begin = self.text.len();
        self.segment(12, false)?;
        let body = &self.text[begin..];
        let is_body = body.chars().count() >= 2 && body.chars().all(char::is_uppercase);
        is_body.then_some(Some(kind))
    }

    /// `QĐUBND` where `QĐ-UBND` is meant; only after the word "số".
    fn lost_hyphen(&mut self, begin: usize) -> Option<Kind> {
        if !self.follows_so {
            return None;
        }
        self.mend_stroke(begin);
        let symbol = self.text[begin..].to_owned();
        let kind = super::KINDS
            .iter()
            .filter(|kind| {
                symbol
                    .strip_prefix(kind.abbreviation)
                    .is_some_and(|rest| rest.chars().filter(|c| c.is_uppercase()).count() >= 2)
            })
            .max_by_key(|kind| kind.abbreviation.len())?;
        self.text.insert(begin + kind.abbreviation.len(), '-');
        self.warn(Warning::MissingHyphen);
        Some(Some(kind.abbreviation))
    }

    /// A run of letters and figures that begins with a capital, at most so many.
    fn segment(&mut self, chars_max: usize, is_part: bool) -> Option<()> {
        let begin = self.at;
        let mut n = 0;
        while let Some(c) = self.peek(0) {
            let c = match c {
                'Ð' | 'ð' | 'Ɖ' => {
                    self.warn(Warning::LookAlike);
                    'Đ'
                }
                c => c,
            };
            if !(c.is_ascii_alphanumeric() || matches!(c, 'Đ' | 'đ') || (is_part && c == '&')) {
                break;
            }
            self.text.push(c);
            self.at += 1;
            n += 1;
        }
        let first = self.chars.get(begin).copied()?;
        let is_begun = is_part || first.is_uppercase() || first == 'ð';
        // The first part of a symbol may end in up to three figures more (`QH15`).
        let limit = if is_part { chars_max } else { chars_max + 3 };
        (n > 0 && n <= limit && is_begun).then_some(())
    }

    /// Takes a sign, however it is written, with spaces around it; whether there were spaces.
    fn sign(&mut self, sign: char, variants: &[char]) -> Option<bool> {
        let blank = |c: char| matches!(c, ' ' | '\u{A0}');
        let before = count(self.chars, self.at, blank);
        let written = self.peek(before)?;
        if before > 2 || !variants.contains(&written) {
            return None;
        }
        let after = count(self.chars, self.at + before + 1, blank);
        if after > 2 {
            return None;
        }
        if written != sign {
            self.warn(Warning::WrongDash);
        }
        let is_spaced = before + after > 0;
        if is_spaced {
            self.warn(Warning::Spaced);
        }
        self.at += before + 1 + after;
        self.text.push(sign);
        Some(is_spaced)
    }

    /// `QD` at the beginning of a symbol is `QĐ`; no kind is called QD.
    fn mend_stroke(&mut self, begin: usize) {
        if self.text[begin..].starts_with("QD") {
            self.text.replace_range(begin..begin + 2, "QĐ");
            self.warn(Warning::MissingStroke);
        }
    }

    fn warn(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn take(&mut self, n: usize) {
        self.text.extend(self.chars.iter().skip(self.at).take(n));
        self.at += n;
    }
}

/// Whether "số" stands before the place, perhaps with a colon.
fn follows_so(chars: &[char], at: usize) -> bool {
    let mut before = chars[..at]
        .iter()
        .rev()
        .skip_while(|c| c.is_whitespace() || **c == ':');
    let word: String = before
        .by_ref()
        .take(4)
        .take_while(|c| c.is_alphabetic())
        .collect();
    matches!(word.to_lowercase().as_str(), "ốs")
}

fn count(chars: &[char], from: usize, belongs: impl Fn(char) -> bool) -> usize {
    chars.iter().skip(from).take_while(|c| belongs(**c)).count()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FORMS: [(&str, Option<&str>); 26] = [
        ("152/QĐ-STP", Some("QĐ")),
        ("4510/QĐ-UBND", Some("QĐ")),
        ("42/2022/NĐ-CP", Some("NĐ")),
        ("22/2023/TT-BTTTT", Some("TT")),
        ("01/2018/TTLT-BTC-BTP", Some("TTLT")),
        ("91/2025/QH15", None),
        ("76/2025/UBTVQH15", None),
        ("237/NQ-UBTVQH16", Some("NQ")),
        ("30c/NQ-CP", Some("NQ")),
        ("66.25/2026/NQ-CP", Some("NQ")),
        ("581/BNV-CCHC", Some("CV")),
        ("2231/SNV-CCHC&PC", Some("CV")),
        ("5104/BTTTT-PTTH&TTĐT", Some("CV")),
        ("141/KH-BCĐTKNQ18", Some("KH")),
        ("60-NQ/TW", Some("NQ")),
        ("09-CT/TU", Some("CT")),
        ("876/QĐ-BNV", Some("QĐ")),
        ("45/2016/QĐ-TTg", Some("QĐ")),
        ("36-HD/VPTW", Some("HD")),
        ("37-QĐ/TW", Some("QĐ")),
        ("12/CTr-UBND", Some("CTr")),
        ("05/QyĐ-STP", Some("QyĐ")),
        ("07/TTr-STP", Some("TTr")),
        ("30/2026/QH16", None),
        ("118/2025/NĐ-CP", Some("NĐ")),
        ("03/CĐ-UBND", Some("CĐ")),
    ];

    #[test]
    fn every_form_is_recognised_alone_and_in_a_sentence() {
        for (form, kind) in FORMS {
            let alone = parse_number(form).unwrap_or_else(|| panic!("{form}"));
            assert_eq!((alone.text.as_str(), alone.kind), (form, kind));
            assert_eq!(alone.warnings, []);
            let sentence = format!("Theo văn bản số {form}, ngày 29/12/2022 (24/7).");
            let found = find_numbers(&sentence);
            assert_eq!(found.len(), 1, "{sentence}");
            assert_eq!(found[0].text, form);
            assert_eq!(found[0].span, (16, 16 + form.chars().count()));
        }
    }

    #[test]
    fn what_only_looks_like_a_number_is_left_alone() {
        for text in [
            "29/12/2022",
            "24/7",
            "1/126",
            "60 km/h",
            "TCVN 14423:2026",
            "3/4 số hồ sơ",
            "2022/2023 - Kế hoạch",
            "10/QĐ",
            "trang 5/Phụ lục",
            "www.a.vn/152/QĐ-STP",
            "152/QĐ-STP/x",
            "123456/QĐ-STP",
        ] {
            assert_eq!(find_numbers(text), [], "{text}");
        }
    }

    #[test]
    fn faulty_numbers_are_read_with_a_warning() {
        for (written, meant, warning) in [
            ("152/QÐ-STP", "152/QĐ-STP", Warning::LookAlike),
            ("152/QD-STP", "152/QĐ-STP", Warning::MissingStroke),
            ("số 152/QĐUBND", "152/QĐ-UBND", Warning::MissingHyphen),
            ("152 /QĐ-STP", "152/QĐ-STP", Warning::Spaced),
            ("152/ QĐ-STP", "152/QĐ-STP", Warning::Spaced),
            ("152/QĐ - STP", "152/QĐ-STP", Warning::Spaced),
            ("152/QĐ–STP", "152/QĐ-STP", Warning::WrongDash),
            ("60–NQ/TW", "60-NQ/TW", Warning::WrongDash),
        ] {
            let found = find_numbers(written);
            assert_eq!(found.len(), 1, "{written}");
            assert_eq!(found[0].text, meant, "{written}");
            assert_eq!(found[0].warnings, [warning], "{written}");
        }
        assert_eq!(
            find_numbers("152/QĐUBND"),
            [],
            "without \"số\" it may be anything"
        );
        assert_eq!(
            find_numbers("152/QĐ-STP - Sở Tư pháp")[0].text,
            "152/QĐ-STP"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_scanned(text in "[0-9c./\\-– QĐÐUBNDTg&số]{0,40}|\\PC*") {
            let n_chars = text.chars().count();
            for number in find_numbers(&text) {
                prop_assert!(number.span.0 < number.span.1 && number.span.1 <= n_chars);
                let again = parse_number(&number.text);
                prop_assert_eq!(again.map(|n| n.text), Some(number.text));
            }
        }
    }
}

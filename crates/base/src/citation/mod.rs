//! Citations of documents in running text: "Quyết định số 152/QĐ-STP ngày 29 tháng 12 năm 2022 của
//! Sở Tư pháp ban hành Kế hoạch …".
//!
//! A number is unique only together with issuer and year: 152/QĐ-STP exists every year and in every
//! province. Kinds, issuers and titles are read by grammar; there is no list of known documents,
//! because laws and organisations change within the life of a plan.
//! Sources: Nghị định 30/2020/NĐ-CP (numbers, kinds), Hướng dẫn 36-HD/VPTW (party documents).

mod issuer;
mod issuer_words;
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
///
/// ```
/// let found = base::citation::find("theo Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn thư.");
/// assert_eq!(found[0].number.as_deref(), Some("30/2020/NĐ-CP"));
/// assert_eq!(found[0].issuer.as_deref(), Some("Chính phủ"));
/// assert_eq!(found[0].title.as_deref(), Some("về công tác văn thư"));
/// ```
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
    /// First token of an issuer before the number and the token after it.
    issuer: Option<(usize, usize)>,
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
        anchors.push(number_anchor(tokens, (free_from, from, to), number, owner));
        free_from = to;
    }
    anchors.extend(
        names
            .filter(|name| name.from >= free_from)
            .map(|name| law_anchor(tokens, &name)),
    );
    anchors
}

/// A number with what stands before it: the name of its law, or its kind, perhaps with the issuer
/// between them. `from` is the token of the number or of its "số".
fn number_anchor(
    tokens: &[Token],
    (free_from, from, to): (usize, usize, usize),
    number: FoundNumber,
    law: Option<law::LawName>,
) -> Anchor {
    let (start, kind, issuer) = match &law {
        Some(name) => (name.from, Some(name.kind), None),
        None => match kind::before(tokens, free_from, from) {
            Some((start, kind)) => (start, kind, None),
            None => issuer::before(tokens, free_from, from)
                .and_then(|of| {
                    let (start, kind) = kind::before(tokens, free_from, of)?;
                    Some((start, kind, Some((of + 1, from))))
                })
                .unwrap_or((from, None, None)),
        },
    };
    Anchor {
        from: start,
        to,
        number: Some(number),
        kind_in_words: kind,
        name: law.map(|name| (name.from, name.to)),
        issuer,
    }
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
        issuer: None,
    }
}

/// Reads what follows the anchor: date, issuer, title, as far as they are there.
fn read(text: &str, tokens: &[Token], anchor: &Anchor, starts: &[usize]) -> Citation {
    let kind_in_number = anchor.number.as_ref().and_then(|number| number.kind);
    let kind = anchor.kind_in_words.or(kind_in_number);
    let mut at = anchor.to;
    let date = date_after(tokens, at);
    at = date.map_or(at, |(_, end)| end);
    let issuer = anchor.issuer.or_else(|| {
        let issuer = issuer::after(tokens, at, kind::is_joint(kind)).map(|end| (at + 1, end));
        at = issuer.map_or(at, |(_, end)| end);
        issuer
    });
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
        token if token.is("ký") || token.is("đề") => at + 1,
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn one(text: &str) -> Citation {
        let mut found = find(text);
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        found.remove(0)
    }

    fn spanned(text: &str, citation: &Citation) -> String {
        let (from, to) = citation.span;
        text.chars().skip(from).take(to - from).collect()
    }

    #[test]
    fn a_decision_is_read_with_date_issuer_and_title() {
        let text = "Thực hiện Quyết định số 152/QĐ-STP ngày 29 tháng 12 năm 2022 của Sở Tư pháp \
            ban hành Kế hoạch cải cách hành chính năm 2023; nay ban hành kế hoạch.";
        let citation = one(text);
        assert_eq!(citation.number.as_deref(), Some("152/QĐ-STP"));
        assert_eq!(citation.kind, Some("QĐ"));
        assert_eq!(citation.issued_on, Some(date(2022, 12, 29)));
        assert_eq!(citation.issuer.as_deref(), Some("Sở Tư pháp"));
        assert_eq!(
            citation.title.as_deref(),
            Some("ban hành Kế hoạch cải cách hành chính năm 2023")
        );
        assert_eq!(citation.warnings, []);
        let spanned = spanned(text, &citation);
        assert!(spanned.starts_with("Quyết định số"), "{spanned}");
        assert!(spanned.ends_with("năm 2023"), "{spanned}");
    }

    #[test]
    fn the_issuer_ends_where_its_name_ends() {
        for (issuer, rest) in [
            ("Sở Tư pháp", " ban hành Kế hoạch"),
            ("Sở Tư pháp tỉnh Bình Định", " về việc kiện toàn"),
            ("Sở Tư pháp Bình Định", ";"),
            ("UBND tỉnh Bình Định", " về cải cách hành chính"),
            ("Ủy ban nhân dân tỉnh Gia Lai", " phê duyệt đề án"),
            ("Uỷ ban nhân dân thành phố Hồ Chí Minh", ", Sở báo cáo"),
            ("UBND tỉnh", "."),
            ("Chủ tịch UBND tỉnh Bà Rịa - Vũng Tàu", " giao chỉ tiêu"),
            ("UBND huyện Tây Sơn, tỉnh Bình Định", " quy định"),
            ("Chính phủ", " quy định chi tiết"),
            ("Thủ tướng Chính phủ", " về công tác văn thư"),
            ("Bộ Nội vụ", " hướng dẫn chế độ báo cáo"),
            ("Bộ trưởng Bộ Nội vụ", " phê duyệt Đề án"),
            ("Bộ trưởng Bộ Thông tin và Truyền thông", " quy định"),
            ("Bộ Lao động - Thương binh và Xã hội", " hướng dẫn"),
            ("Bộ Văn hóa, Thể thao và Du lịch", " quy định"),
            ("Bộ Nông nghiệp và Phát triển nông thôn", " về giống"),
            ("Bộ Giao thông vận tải", " ban hành Thông tư"),
            ("Tỉnh ủy", " về chuyển đổi số"),
            ("Tỉnh ủy Bình Định", " (khóa XX)"),
            ("Ban Thường vụ Tỉnh ủy", " về lãnh đạo"),
            ("Hội đồng nhân dân tỉnh Gia Lai", " thông qua"),
            ("HĐND tỉnh", " về phân bổ ngân sách"),
            ("Ủy ban Thường vụ Quốc hội", " về sắp xếp"),
            ("Quốc hội", " sửa đổi"),
            ("Bộ Chính trị", " về những chủ trương lớn"),
            ("Ban Bí thư", " về tăng cường"),
            ("Ban Chấp hành Trung ương khóa XIII", " về tiếp tục"),
            ("Văn phòng Chính phủ", " về rà soát"),
            ("Văn phòng UBND tỉnh", " về việc"),
            ("Chánh Văn phòng UBND tỉnh Bình Định", " về việc"),
            ("Ban Chỉ đạo cải cách hành chính", " ban hành Quy chế"),
            ("Ban Chỉ đạo của Chính phủ", " về tổng kết"),
            ("Ban Tổ chức Tỉnh ủy", " về biên chế"),
            ("Sở Xây dựng", " xây dựng kế hoạch"),
            (
                "Trung tâm Phục vụ hành chính công tỉnh Gia Lai",
                " về quy trình",
            ),
            ("UBND phường 1, quận Bình Thạnh", " về kết quả"),
            ("Cục Kiểm soát thủ tục hành chính", " về việc"),
            ("Thanh tra tỉnh", " về kết luận"),
            ("Ngân hàng Nhà nước Việt Nam", " quy định"),
            ("Giám đốc Sở Tư pháp", " về việc thành lập"),
        ] {
            let text = format!("theo Quyết định số 1/QĐ-X1-ABC ngày 03/03/2023 của {issuer}{rest}");
            assert_eq!(find(&text)[0].issuer.as_deref(), Some(issuer), "{text}");
        }
        for text in [
            "Quyết định số 1/QĐ-STP của người đứng đầu",
            "Quyết định số 1/QĐ-STP của bộ ngành Trung ương",
        ] {
            assert_eq!(one(text).issuer, None, "{text}");
        }
    }

    #[test]
    fn several_citations_in_a_row_are_told_apart() {
        let text = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư, \
            Quyết định số 4510/QĐ-UBND ngày 29/12/2022 của UBND tỉnh Bình Định về cải cách hành chính và \
            Công văn số 581/BNV-CCHC của Bộ Nội vụ, Sở Tư pháp báo cáo:";
        let found = find(text);
        let seen: Vec<_> = found
            .iter()
            .map(|c| {
                (
                    c.kind.unwrap(),
                    c.issuer.as_deref().unwrap(),
                    c.title.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("NĐ", "Chính phủ", Some("về công tác văn thư")),
                ("QĐ", "UBND tỉnh Bình Định", Some("về cải cách hành chính")),
                ("CV", "Bộ Nội vụ", None),
            ]
        );
        assert!(found.windows(2).all(|two| two[0].span.1 <= two[1].span.0));
    }

    #[test]
    fn a_document_that_amends_another_keeps_it_in_its_title() {
        let text = "Nghị định số 107/2021/NĐ-CP ngày 06/12/2021 của Chính phủ sửa đổi, bổ sung một số \
            điều của Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ về cơ chế một cửa.";
        let found = find(text);
        assert_eq!(found.len(), 2);
        let title = found[0].title.as_deref().unwrap();
        assert!(
            title.starts_with("sửa đổi") && title.ends_with("một cửa"),
            "{title}"
        );
        assert_eq!(found[1].issued_on, Some(date(2018, 4, 23)));
        assert_eq!(found[1].title.as_deref(), Some("về cơ chế một cửa"));
    }

    #[test]
    fn laws_are_read_by_name_with_and_without_a_number() {
        for (text, name) in [
            (
                "Căn cứ Luật Ban hành văn bản quy phạm pháp luật ngày 22 tháng 6 năm 2015;",
                "Luật Ban hành văn bản quy phạm pháp luật",
            ),
            (
                "theo Luật Phòng, chống tham nhũng năm 2018, các đơn vị",
                "Luật Phòng, chống tham nhũng",
            ),
            ("Bộ luật Dân sự được áp dụng", "Bộ luật Dân sự"),
            (
                "Luật Mặt trận Tổ quốc Việt Nam quy định",
                "Luật Mặt trận Tổ quốc Việt Nam",
            ),
            ("Hiến pháp năm 2013.", "Hiến pháp"),
            (
                "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019",
                "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương",
            ),
        ] {
            let citation = one(text);
            assert_eq!(citation.title.as_deref(), Some(name), "{text}");
            assert_eq!(citation.number, None);
        }
        let text = "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 ngày 26/6/2025";
        let law = one(text);
        assert_eq!(law.number.as_deref(), Some("91/2025/QH15"));
        assert_eq!(law.kind, Some("Luật"));
        assert_eq!(law.title.as_deref(), Some("Luật Bảo vệ dữ liệu cá nhân"));
        assert_eq!(law.issued_on, Some(date(2025, 6, 26)));
        assert_eq!(spanned(text, &law), text);
        for text in [
            "Hội Luật gia tỉnh",
            "Luật sư Nguyễn Văn An",
            "Trường Đại học Luật Hà Nội",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }

    #[test]
    fn party_documents_and_joint_circulars_are_read() {
        let party = one("Nghị quyết số 60-NQ/TW ngày 12/4/2025 của Ban Chấp hành Trung ương Đảng");
        assert_eq!(party.number.as_deref(), Some("60-NQ/TW"));
        assert_eq!(
            party.issuer.as_deref(),
            Some("Ban Chấp hành Trung ương Đảng")
        );
        let joint =
            one("Thông tư liên tịch số 01/2018/TTLT-BTC-BTP của Bộ Tài chính và Bộ Tư pháp về phí");
        assert_eq!(joint.kind, Some("TTLT"));
        assert_eq!(joint.issuer.as_deref(), Some("Bộ Tài chính và Bộ Tư pháp"));
        assert_eq!(joint.title.as_deref(), Some("về phí"));
    }

    #[test]
    fn the_kind_may_be_abbreviated_and_the_issuer_may_stand_before_the_number() {
        let short = one("theo QĐ số 152/QĐ-STP");
        assert_eq!((short.kind, short.span), (Some("QĐ"), (5, 21)));
        let text = "Nghị định của Chính phủ số 61/2018/NĐ-CP ngày 23/4/2018 về cơ chế một cửa";
        let decree = one(text);
        assert_eq!(decree.issuer.as_deref(), Some("Chính phủ"));
        assert_eq!(decree.issued_on, Some(date(2018, 4, 23)));
        assert_eq!(spanned(text, &decree), text);
    }

    #[test]
    fn faults_of_writing_are_told_and_forgiven() {
        let dirty = one("Quyết định số: 152 /QÐ - STP ngày 29-12-2022");
        assert_eq!(dirty.number.as_deref(), Some("152/QĐ-STP"));
        assert_eq!(dirty.issued_on, Some(date(2022, 12, 29)));
        assert_eq!(dirty.warnings, [Warning::Spaced, Warning::LookAlike]);
        assert_eq!(
            one("Chỉ thị số 152/QĐ-STP").warnings,
            [Warning::KindMismatch]
        );
        assert_eq!(one("Quy định số 37-QĐ/TW").warnings, []);
    }

    #[test]
    fn a_title_ends_before_a_new_subject() {
        for (text, title) in [
            (
                "Quyết định số 1/QĐ-UBND về Kế hoạch cải cách hành chính năm 2023, Sở Tư pháp ban hành kế hoạch",
                "về Kế hoạch cải cách hành chính năm 2023",
            ),
            (
                "Quyết định số 1/QĐ-UBND về chức năng, nhiệm vụ của Sở Tư pháp, Sở Tư pháp báo cáo",
                "về chức năng, nhiệm vụ của Sở Tư pháp",
            ),
            (
                "Công văn số 5/STP-VP V/v rà soát (lần 2) hồ sơ). Sau đó",
                "V/v rà soát (lần 2) hồ sơ",
            ),
            (
                "(Quyết định số 1/QĐ-UBND ban hành Quy chế)",
                "ban hành Quy chế",
            ),
        ] {
            assert_eq!(one(text).title.as_deref(), Some(title), "{text}");
        }
    }

    #[test]
    fn decomposed_text_is_read_with_its_own_places() {
        let text =
            "Quye\u{302}\u{301}t đi\u{323}nh so\u{302}\u{301} 152/QĐ-STP cu\u{309}a Sở Tư pháp";
        let citation = one(text);
        assert_eq!(citation.span, (0, text.chars().count()));
        assert_eq!(citation.issuer.as_deref(), Some("Sở Tư pháp"));
    }

    proptest! {
        #[test]
        fn any_text_is_read(
            words in proptest::collection::vec(prop_oneof![
                Just("Quyết định"), Just("số"), Just("152/QĐ-STP"), Just("60-NQ/TW"), Just("của"),
                Just("Sở"), Just("Tư pháp"), Just("và"), Just(","), Just("-"), Just("về"), Just("Luật"),
                Just("Bộ"), Just("ngày 29/12/2022"), Just("năm 2023"), Just("Chủ tịch"), Just("UBND"),
                Just("tỉnh"), Just("Bình"), Just("("), Just(")"), Just("\n"), Just("."), Just("ban hành"),
            ], 0..40),
            junk in "\\PC{0,10}",
        ) {
            let text = words.join(" ") + &junk;
            let n_chars = text.chars().count();
            let mut last = 0;
            for citation in find(&text) {
                prop_assert!(citation.span.0 < citation.span.1 && citation.span.1 <= n_chars);
                prop_assert!(last <= citation.span.0);
                last = citation.span.0;
            }
        }
    }
}

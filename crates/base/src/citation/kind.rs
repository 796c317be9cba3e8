//! Kinds of documents and their abbreviations.

use std::sync::LazyLock;

use crate::text::words::{Token, phrase};

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentKind {
    /// The abbreviation that stands in numbers.
    pub abbreviation: &'static str,
    /// The name as a sentence begins with it.
    pub name: &'static str,
}

const fn kind(abbreviation: &'static str, name: &'static str) -> DocumentKind {
    DocumentKind { abbreviation, name }
}

/// Kinds of documents: the 27 of Nghị định 30/2020/NĐ-CP, Annex III, that have an abbreviation, the
/// official letter (`CV`, which numbers do not show), the kinds of legal documents, and those of the
/// party (Hướng dẫn 36-HD/VPTW).
pub const KINDS: &[DocumentKind] = &[
    kind("NQ", "Nghị quyết"),
    kind("QĐ", "Quyết định"),
    kind("CT", "Chỉ thị"),
    kind("QC", "Quy chế"),
    kind("QyĐ", "Quy định"),
    kind("TC", "Thông cáo"),
    kind("TB", "Thông báo"),
    kind("HD", "Hướng dẫn"),
    kind("CTr", "Chương trình"),
    kind("KH", "Kế hoạch"),
    kind("PA", "Phương án"),
    kind("ĐA", "Đề án"),
    kind("DA", "Dự án"),
    kind("BC", "Báo cáo"),
    kind("BB", "Biên bản"),
    kind("TTr", "Tờ trình"),
    kind("HĐ", "Hợp đồng"),
    kind("CĐ", "Công điện"),
    kind("BGN", "Bản ghi nhớ"),
    kind("BTT", "Bản thỏa thuận"),
    kind("GUQ", "Giấy ủy quyền"),
    kind("GM", "Giấy mời"),
    kind("GGT", "Giấy giới thiệu"),
    kind("GNP", "Giấy nghỉ phép"),
    kind("PG", "Phiếu gửi"),
    kind("PC", "Phiếu chuyển"),
    kind("PB", "Phiếu báo"),
    kind("CV", "Công văn"),
    kind("Luật", "Luật"),
    kind("BL", "Bộ luật"),
    kind("PL", "Pháp lệnh"),
    kind("HP", "Hiến pháp"),
    kind("L", "Lệnh"),
    kind("NĐ", "Nghị định"),
    kind("TT", "Thông tư"),
    kind("TTLT", "Thông tư liên tịch"),
    kind("NQLT", "Nghị quyết liên tịch"),
    kind("KL", "Kết luận"),
];

/// Names in use besides those of [`KINDS`]; `None` is a document of a kind that is not told.
const OTHER_NAMES: &[(&str, Option<&str>)] = &[
    ("chương trình hành động", Some("CTr")),
    ("chương trình phối hợp", Some("CTr")),
    ("thông báo kết luận", Some("TB")),
    ("quy chế phối hợp", Some("QC")),
    ("văn bản", None),
];

/// Longest name of a kind, in words.
const NAME_WORDS_MAX: usize = 4;

/// The kind with this abbreviation.
pub fn kind_of(abbreviation: &str) -> Option<&'static DocumentKind> {
    KINDS.iter().find(|kind| kind.abbreviation == abbreviation)
}

/// The name or abbreviation of a kind that ends just before the token `end`, and its first token;
/// the longest name that fits.
pub(super) fn before(
    tokens: &[Token],
    free_from: usize,
    end: usize,
) -> Option<(usize, Option<&'static str>)> {
    (free_from.max(end.saturating_sub(NAME_WORDS_MAX))..end)
        .find_map(|start| {
            NAMES
                .iter()
                .find(|(name, _)| phrase(tokens, start, name) == Some(end))
                .map(|(_, kind)| (start, *kind))
        })
        .or_else(|| abbreviation_before(tokens, free_from, end))
}

/// "QĐ số 152/QĐ-STP", "NĐ 42/2022/NĐ-CP".
fn abbreviation_before(
    tokens: &[Token],
    free_from: usize,
    end: usize,
) -> Option<(usize, Option<&'static str>)> {
    let at = end.checked_sub(1).filter(|at| *at >= free_from)?;
    let token = tokens.get(at).filter(|token| token.is_acronym())?;
    kind_of(&token.raw).map(|kind| (at, Some(kind.abbreviation)))
}

/// Whether a name of a kind, with a capital, begins at this token.
pub(super) fn begins_at(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(Token::is_capitalised)
        && NAMES
            .iter()
            .any(|(name, _)| phrase(tokens, at, name).is_some())
}

/// Every name in small letters, as tokens are compared, with the kind's abbreviation.
static NAMES: LazyLock<Vec<(String, Option<&'static str>)>> = LazyLock::new(|| {
    let known = KINDS
        .iter()
        .map(|kind| (kind.name.to_lowercase(), Some(kind.abbreviation)));
    let other = OTHER_NAMES
        .iter()
        .map(|(name, kind)| ((*name).to_owned(), *kind));
    known.chain(other).collect()
});

/// Whether a kind in words may bear a number of that kind. The party numbers its regulations
/// (*Quy định*) with `QĐ`; laws and ordinances bear the number of the Assembly, without a kind.
pub(super) fn agree(in_words: &str, in_number: &str) -> bool {
    in_words == in_number
        || matches!(
            (in_words, in_number),
            ("QyĐ" | "QC", "QĐ") | ("KL" | "TB", "TB" | "KL") | ("Luật" | "BL", "L")
        )
        || !matches!(
            in_number,
            "QĐ" | "NQ" | "NĐ" | "TT" | "CT" | "KH" | "TTLT" | "KL"
        )
}

/// Whether documents of this kind have several issuers.
pub(super) fn is_joint(kind: Option<&str>) -> bool {
    matches!(kind, Some("TTLT" | "NQLT"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::canonical;

    #[test]
    fn names_are_in_the_form_that_they_are_compared_in() {
        for (name, _) in NAMES.iter() {
            assert_eq!(&canonical(name), name);
        }
    }

    #[test]
    fn every_abbreviation_names_one_kind() {
        for kind in KINDS {
            assert_eq!(kind_of(kind.abbreviation), Some(kind));
        }
        assert_eq!(kind_of("XX"), None);
    }
}

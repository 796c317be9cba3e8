//! What sort of proof a piece of evidence is, and what each sort must bring with it.

use super::CaptureKind;

/// What sort of proof a piece of evidence is (*loại minh chứng*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EvidenceKind {
    /// A page of our own portal as it was published, with its images.
    Page,
    /// An issued paper or any other file.
    Document,
    /// A letter that was sent.
    Email,
    /// The minutes of a meeting.
    Minutes,
    /// Who was present.
    Attendance,
    /// Something published elsewhere: its address with a capture.
    Publication,
    /// A photograph, with its day and place.
    Photo,
    /// Where a figure comes from.
    Figure,
}

impl EvidenceKind {
    /// Every kind, in the order of lists.
    pub const ALL: [EvidenceKind; 8] = [
        EvidenceKind::Page,
        EvidenceKind::Publication,
        EvidenceKind::Minutes,
        EvidenceKind::Attendance,
        EvidenceKind::Photo,
        EvidenceKind::Document,
        EvidenceKind::Email,
        EvidenceKind::Figure,
    ];

    /// The word that tables, forms and the log use.
    pub fn as_str(self) -> &'static str {
        match self {
            EvidenceKind::Page => "page",
            EvidenceKind::Document => "document",
            EvidenceKind::Email => "email",
            EvidenceKind::Minutes => "minutes",
            EvidenceKind::Attendance => "attendance",
            EvidenceKind::Publication => "publication",
            EvidenceKind::Photo => "photo",
            EvidenceKind::Figure => "figure",
        }
    }

    /// The kind of a word, if there is one.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The kind of what was captured, where nobody has said more.
    pub fn of_capture(kind: CaptureKind) -> Self {
        match kind {
            CaptureKind::Page => EvidenceKind::Page,
            CaptureKind::File => EvidenceKind::Document,
            CaptureKind::Link => EvidenceKind::Publication,
        }
    }

    /// Whether a person may bring it in; the house itself captures pages when they are published.
    pub fn is_brought(self) -> bool {
        self != EvidenceKind::Page
    }

    /// Whether an address alone can be it; everything else needs a file.
    pub fn may_be_link(self) -> bool {
        matches!(self, EvidenceKind::Publication | EvidenceKind::Figure)
    }

    /// Whether it says nothing without the place.
    pub fn needs_place(self) -> bool {
        self == EvidenceKind::Photo
    }

    /// Whether it says nothing without its source.
    pub fn needs_source(self) -> bool {
        self == EvidenceKind::Figure
    }
}

/// The kinds of a line of words, such as `minutes attendance`; words that are none are left out.
pub fn kinds_of(words: &str) -> Vec<EvidenceKind> {
    let wanted: Vec<&str> = words.split_whitespace().collect();
    EvidenceKind::ALL
        .into_iter()
        .filter(|kind| wanted.contains(&kind.as_str()))
        .collect()
}

/// Kinds as a line of words, each once, in the order of [`EvidenceKind::ALL`].
pub fn words_of(kinds: &[EvidenceKind]) -> String {
    let words = EvidenceKind::ALL.into_iter().filter(|k| kinds.contains(k));
    words
        .map(EvidenceKind::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_come_back_from_their_words_once_and_in_order() {
        for kind in EvidenceKind::ALL {
            assert_eq!(EvidenceKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(EvidenceKind::parse("proof"), None);
        let kinds = kinds_of("attendance minutes  nonsense minutes");
        assert_eq!(kinds, [EvidenceKind::Minutes, EvidenceKind::Attendance]);
        let twice = [
            EvidenceKind::Attendance,
            EvidenceKind::Minutes,
            EvidenceKind::Minutes,
        ];
        assert_eq!(words_of(&twice), "minutes attendance");
        assert_eq!(kinds_of(&words_of(&EvidenceKind::ALL)), EvidenceKind::ALL);
        assert_eq!(words_of(&[]), "");
    }

    #[test]
    fn only_publications_and_figures_stand_on_an_address_alone() {
        for kind in EvidenceKind::ALL {
            let may = matches!(kind, EvidenceKind::Publication | EvidenceKind::Figure);
            assert_eq!(kind.may_be_link(), may, "{kind:?}");
            assert_eq!(kind.is_brought(), kind != EvidenceKind::Page);
        }
    }
}

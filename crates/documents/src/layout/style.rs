//! How each element of a paper is set: size, face, place, spacing. One table for both writers.

use super::{FIRST_LINE, LINE_SINGLE, LINE_SPACING, Length, PARAGRAPH_GAP};

/// An element of a paper (annex I, part I, section II, and section III.1 for annexes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Element {
    /// Quốc hiệu.
    Nation,
    /// Tiêu ngữ.
    Motto,
    /// Cơ quan chủ quản.
    Superior,
    /// Cơ quan ban hành.
    Issuer,
    /// Số, ký hiệu.
    Number,
    /// Địa danh và thời gian ban hành.
    DateLine,
    /// Tên loại.
    Kind,
    /// Trích yếu.
    Abstract,
    /// Kính gửi.
    Addressee,
    /// Căn cứ ban hành.
    Basis,
    /// Running text.
    Body,
    /// A heading of level 1 to 4.
    Heading(u8),
    /// An item of a list.
    Bullet,
    /// Caption of a table.
    Caption,
    /// Heading cell of a table.
    TableHead,
    /// Cell of a table.
    TableText,
    /// "Nơi nhận:".
    RecipientsTitle,
    /// A line of the recipients.
    Recipient,
    /// Quyền hạn, chức vụ của người ký.
    Office,
    /// Họ và tên của người ký.
    SignerName,
    /// "Phụ lục I".
    AnnexLabel,
    /// Tên phụ lục.
    AnnexTitle,
    /// To which document an annex belongs.
    AnnexReference,
    /// A remark about the copy.
    Note,
    /// Số trang.
    PageNumber,
}

/// Where the lines of an element stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// Even at both sides.
    Justified,
}

/// How an element is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Size of the letters.
    pub size: Length,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Where its lines stand.
    pub place: Place,
    /// Indent of its first line.
    pub first_line: Length,
    /// Space above it.
    pub above: Length,
    /// Line spacing in 240ths of single.
    pub line: u32,
    /// Whether it stays on one page with what follows.
    pub keeps_with_next: bool,
}

impl Style {
    const fn of(points: u32, place: Place) -> Self {
        Self {
            size: Length::pt(points),
            bold: false,
            italic: false,
            place,
            first_line: Length::ZERO,
            above: Length::ZERO,
            line: LINE_SINGLE,
            keeps_with_next: false,
        }
    }

    const fn running(points: u32) -> Self {
        let mut style = Self::of(points, Place::Justified).above(PARAGRAPH_GAP);
        style.first_line = FIRST_LINE;
        style.line = LINE_SPACING;
        style
    }

    const fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    const fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    const fn above(mut self, space: Length) -> Self {
        self.above = space;
        self
    }

    const fn keeping(mut self) -> Self {
        self.keeps_with_next = true;
        self
    }

    /// Space between two lines beyond the height of the letters, in twentieths of a point: what
    /// the line spacing adds to ascent and descent.
    pub fn leading(&self) -> Length {
        let line = super::LINE_HEIGHT_PER_MILLE * self.line / LINE_SINGLE;
        let gap = line.saturating_sub(super::LETTER_HEIGHT_PER_MILLE);
        Length::twentieths((self.size.in_twentieths() * gap + 500) / 1000)
    }
}

impl Element {
    /// Every element, for tables of styles.
    pub const ALL: [Element; 28] = [
        Element::Nation,
        Element::Motto,
        Element::Superior,
        Element::Issuer,
        Element::Number,
        Element::DateLine,
        Element::Kind,
        Element::Abstract,
        Element::Addressee,
        Element::Basis,
        Element::Body,
        Element::Heading(1),
        Element::Heading(2),
        Element::Heading(3),
        Element::Heading(4),
        Element::Bullet,
        Element::Caption,
        Element::TableHead,
        Element::TableText,
        Element::RecipientsTitle,
        Element::Recipient,
        Element::Office,
        Element::SignerName,
        Element::AnnexLabel,
        Element::AnnexTitle,
        Element::AnnexReference,
        Element::Note,
        Element::PageNumber,
    ];
}

/// How the decree sets an element. Sizes in the comments are the decree's ranges in points.
pub const fn style(element: Element) -> Style {
    use Place::{Center, Left};
    match element {
        // 12-13, bold capitals (section II.1).
        Element::Nation => Style::of(12, Center).bold(),
        // 13-14, bold (section II.1).
        Element::Motto => Style::of(13, Center).bold(),
        // 12-13, capitals (section II.2).
        Element::Superior => Style::of(12, Center),
        // 12-13, bold capitals (section II.2).
        Element::Issuer => Style::of(12, Center).bold(),
        // 13 (section II.3).
        Element::Number => Style::of(13, Center).above(Length::pt(6)),
        // 13-14, italic (section II.4).
        Element::DateLine => Style::of(13, Center).italic().above(Length::pt(6)),
        // 13-14, bold capitals (section II.5).
        Element::Kind => Style::of(14, Center).bold().keeping(),
        // 13-14, bold (section II.5).
        Element::Abstract => Style::of(14, Center).bold().keeping(),
        // 13-14 (section II.9).
        Element::Addressee => Style::of(14, Center).above(Length::pt(12)),
        // 13-14, italic (section II.6).
        Element::Basis => Style::running(14).italic(),
        // 13-14 (section II.6).
        Element::Body | Element::Bullet => Style::running(14),
        // 13-14; titles of parts and sections bold, of points regular (section II.6).
        Element::Heading(1..=3) => Style::running(14).bold().keeping(),
        Element::Heading(_) => Style::running(14).keeping(),
        // 13-14, as a title inside the content.
        Element::Caption => Style::of(13, Center).bold().above(Length::pt(12)).keeping(),
        // Tables have no size in the decree (house): 12 keeps eight columns readable.
        Element::TableHead => Style::of(12, Center).bold(),
        Element::TableText => Style::of(12, Left),
        // 12, bold italic (section II.9).
        Element::RecipientsTitle => Style::of(12, Left).bold().italic(),
        // 11 (section II.9).
        Element::Recipient => Style::of(11, Left),
        // 13-14, bold capitals (section II.7).
        Element::Office => Style::of(14, Center).bold(),
        // 13-14, bold (section II.7).
        Element::SignerName => Style::of(14, Center).bold(),
        // 14, bold (section III.1).
        Element::AnnexLabel => Style::of(14, Center).bold().keeping(),
        // 13-14, bold capitals (section III.1).
        Element::AnnexTitle => Style::of(14, Center).bold().keeping(),
        // 13-14, italic (section III.1).
        Element::AnnexReference => Style::of(13, Center).italic().keeping(),
        // House: the size of the lines below the signature.
        Element::Note => Style::of(11, Place::Justified)
            .italic()
            .above(Length::pt(12)),
        // 13-14 (section I.7).
        Element::PageNumber => Style::of(13, Center),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_and_face_is_the_decrees() {
        let cases: [(Element, u32, u32, bool, bool); 19] = [
            (Element::Nation, 12, 13, true, false),
            (Element::Motto, 13, 14, true, false),
            (Element::Superior, 12, 13, false, false),
            (Element::Issuer, 12, 13, true, false),
            (Element::Number, 13, 13, false, false),
            (Element::DateLine, 13, 14, false, true),
            (Element::Kind, 13, 14, true, false),
            (Element::Abstract, 13, 14, true, false),
            (Element::Addressee, 13, 14, false, false),
            (Element::Basis, 13, 14, false, true),
            (Element::Body, 13, 14, false, false),
            (Element::Heading(1), 13, 14, true, false),
            (Element::RecipientsTitle, 12, 12, true, true),
            (Element::Recipient, 11, 11, false, false),
            (Element::Office, 13, 14, true, false),
            (Element::SignerName, 13, 14, true, false),
            (Element::AnnexLabel, 14, 14, true, false),
            (Element::AnnexTitle, 13, 14, true, false),
            (Element::PageNumber, 13, 14, false, false),
        ];
        for (element, least, most, bold, italic) in cases {
            let style = style(element);
            let size = style.size;
            assert!(
                Length::pt(least) <= size && size <= Length::pt(most),
                "{element:?}"
            );
            assert_eq!((style.bold, style.italic), (bold, italic), "{element:?}");
        }
        // The motto is one point larger than the nation's name, as on every form of annex III.
        assert!(style(Element::Motto).size > style(Element::Nation).size);
    }

    #[test]
    fn running_text_is_justified_and_its_first_line_indented() {
        for element in [Element::Body, Element::Basis, Element::Bullet] {
            let style = style(element);
            assert_eq!(style.place, Place::Justified);
            assert_eq!(style.first_line, FIRST_LINE);
            assert!(style.above >= PARAGRAPH_GAP);
        }
        // 14 pt at 1.15: 14 * (1.149 * 1.15 - 1.107) = 3.0 pt between the letters of two lines.
        assert_eq!(style(Element::Body).leading(), Length::twentieths(60));
    }
}

//! Every measure of the legal layout, once, with its unit and source.
//!
//! "Annex I" below is annex I of Decree 30/2020/NĐ-CP (the technique and form of administrative
//! documents). Where the decree gives a range, the value taken lies in it (a test holds that);
//! where it says nothing, the line says "house". Both writers take their measures from here and
//! have none of their own.

mod style;

pub use style::{Element, Place, Style, style};

/// A length in twentieths of a point, the unit of Office Open XML; 20 mm is 1134 of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length(u32);

impl Length {
    /// Nothing.
    pub const ZERO: Length = Length(0);

    /// So many points.
    pub const fn pt(points: u32) -> Self {
        Self(points * 20)
    }

    /// So many millimetres.
    pub const fn mm(millimetres: u32) -> Self {
        Self::tenths_mm(millimetres * 10)
    }

    /// So many tenths of a millimetre.
    pub const fn tenths_mm(tenths: u32) -> Self {
        Self((tenths * 1440 + 127) / 254)
    }

    /// So many twentieths of a point.
    pub const fn twentieths(twentieths: u32) -> Self {
        Self(twentieths)
    }

    /// In twentieths of a point.
    pub const fn in_twentieths(self) -> u32 {
        self.0
    }

    /// In half points: how Office Open XML gives the size of letters.
    pub const fn in_half_points(self) -> u32 {
        self.0 / 10
    }

    /// In eighths of a point: how Office Open XML gives the width of rules.
    pub const fn in_eighths(self) -> u32 {
        self.0 * 8 / 20
    }

    /// In points.
    pub fn in_points(self) -> f64 {
        f64::from(self.0) / 20.0
    }

    /// This length without another; nothing if that one is longer.
    pub const fn less(self, other: Length) -> Length {
        Length(self.0.saturating_sub(other.0))
    }

    /// So many hundredths of this length.
    pub const fn percent(self, hundredths: u32) -> Length {
        Length(self.0 * hundredths / 100)
    }
}

/// Width of the sheet, A4 (annex I, part I, section I.1).
pub const PAGE_WIDTH: Length = Length::mm(210);
/// Height of the sheet, A4 (annex I, part I, section I.1).
pub const PAGE_HEIGHT: Length = Length::mm(297);
/// Upper margin: 20 to 25 mm (annex I, part I, section I.3).
pub const MARGIN_TOP: Length = Length::mm(20);
/// Lower margin: 20 to 25 mm (annex I, part I, section I.3).
pub const MARGIN_BOTTOM: Length = Length::mm(20);
/// Left margin: 30 to 35 mm (annex I, part I, section I.3).
pub const MARGIN_LEFT: Length = Length::mm(30);
/// Right margin: 15 to 20 mm (annex I, part I, section I.3).
pub const MARGIN_RIGHT: Length = Length::mm(15);
/// From the upper edge to the page number, which puts it in the middle of the margin (house; the
/// decree says "in the upper margin").
pub const PAGE_NUMBER_FROM_EDGE: Length = Length::tenths_mm(74);

/// The face (annex I, part I, section I.4), named by the DOCX.
pub const FONT: &str = "Times New Roman";
/// Its free twin with the same widths, embedded in the PDF.
pub const FONT_TWIN: &str = "Liberation Serif";

/// Indent of a first line: 1 or 1.27 cm (annex I, part I, section II.6).
pub const FIRST_LINE: Length = Length::tenths_mm(127);
/// Least space between paragraphs: 6 pt (annex I, part I, section II.6).
pub const PARAGRAPH_GAP: Length = Length::pt(6);
/// Line spacing of running text in 240ths of single: single to 1.5 (annex I, part I, section II.6).
pub const LINE_SPACING: u32 = 276;
/// Single line spacing, in 240ths.
pub const LINE_SINGLE: u32 = 240;
/// Height of a single line of the face, in thousandths of its size (ascent 891, descent 216, gap 42).
pub const LINE_HEIGHT_PER_MILLE: u32 = 1149;
/// Height of the letters of the face, in thousandths of its size: ascent and descent.
pub const LETTER_HEIGHT_PER_MILLE: u32 = 1107;

/// Width of the cells of the issuer and of the number; the motto and the date have the rest (house).
pub const HEAD_LEFT: Length = Length::mm(70);
/// Rule under the issuer and under the abstract: a third to a half of the line, in hundredths
/// (annex I, part I, sections II.2 and II.5).
pub const RULE_PERCENT: u32 = 40;
/// Width of a drawn rule and of the lines of a table (house).
pub const RULE_WEIGHT: Length = Length::twentieths(10);
/// Space between a line of text and the rule under it (house).
pub const RULE_GAP: Length = Length::pt(2);
/// Space under the header cells before the name of the document (house).
pub const AFTER_HEAD: Length = Length::pt(18);

/// Indent of "Kính gửi:" when several are addressed (house; the decree shows it, section II.9).
pub const ADDRESSEE_INDENT: Length = Length::tenths_mm(254);
/// Indent of the lines of those addressed (house).
pub const ADDRESSEES_INDENT: Length = Length::tenths_mm(381);

/// Width of the cell of the recipients; the signature has the rest (house).
pub const CLOSING_LEFT: Length = Length::mm(82);
/// Space above the closing cells (house).
pub const BEFORE_CLOSING: Length = Length::pt(12);
/// Room for the signature and the seal (house).
pub const SIGNATURE_ROOM: Length = Length::pt(64);

/// Side of the code after the signature (house): its modules are wide enough for a telephone.
pub const CODE_SIDE: Length = Length::mm(32);
/// Space between the code and its line (house).
pub const CODE_GAP: Length = Length::pt(8);

/// Space above and below a table (house).
pub const TABLE_GAP: Length = Length::pt(9);
/// Space at the left and right inside a table cell (house).
pub const CELL_SIDE: Length = Length::pt(4);
/// Space at the top and bottom inside a table cell (house).
pub const CELL_RIM: Length = Length::pt(2);

/// The width that text may take on an upright page.
pub const TEXT_WIDTH: Length = PAGE_WIDTH.less(MARGIN_LEFT).less(MARGIN_RIGHT);
/// The width that text may take on a page on its side.
pub const TEXT_WIDTH_LANDSCAPE: Length = PAGE_HEIGHT.less(MARGIN_LEFT).less(MARGIN_RIGHT);
/// The width of the cells of the motto and of the date.
pub const HEAD_RIGHT: Length = TEXT_WIDTH.less(HEAD_LEFT);
/// The width of the cell of the signature.
pub const CLOSING_RIGHT: Length = TEXT_WIDTH.less(CLOSING_LEFT);

/// Length of the rule under an issuer whose name is this wide.
pub fn issuer_rule(name: Length) -> Length {
    name.min(HEAD_LEFT).percent(RULE_PERCENT)
}

/// Length of the rule under a title whose last line may be this wide.
pub fn title_rule(title: Length) -> Length {
    title.min(TEXT_WIDTH).percent(RULE_PERCENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_lies_in_the_range_of_the_decree() {
        let within = |is: Length, from_mm: u32, to_mm: u32| {
            assert!(
                Length::mm(from_mm) <= is && is <= Length::mm(to_mm),
                "{is:?}"
            );
        };
        within(MARGIN_TOP, 20, 25);
        within(MARGIN_BOTTOM, 20, 25);
        within(MARGIN_LEFT, 30, 35);
        within(MARGIN_RIGHT, 15, 20);
        assert_eq!(
            (PAGE_WIDTH, PAGE_HEIGHT),
            (Length::mm(210), Length::mm(297))
        );
        assert_eq!(FIRST_LINE.in_twentieths(), 720);
        assert!(PARAGRAPH_GAP >= Length::pt(6));
        assert!((LINE_SINGLE..=360).contains(&LINE_SPACING));
        assert!((34..=50).contains(&RULE_PERCENT));
    }

    #[test]
    fn lengths_turn_into_the_units_of_both_formats() {
        assert_eq!(Length::mm(20).in_twentieths(), 1134);
        assert_eq!(Length::pt(14).in_half_points(), 28);
        assert_eq!(Length::twentieths(10).in_eighths(), 4);
        assert!((Length::pt(13).in_points() - 13.0).abs() < f64::EPSILON);
        assert_eq!(Length::pt(1).less(Length::pt(2)), Length::ZERO);
    }
}

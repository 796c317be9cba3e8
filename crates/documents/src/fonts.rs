//! The embedded face: four cuts of the twin of Times New Roman, their widths and their letters.

use std::sync::OnceLock;

use base::Fault;
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontInstance, FontVariations};

use crate::layout::{Length, Style};

/// The four cuts of the face, parsed once.
pub(crate) struct Fonts {
    cuts: Vec<Font>,
    measures: Vec<FontInstance>,
}

static FILES: [&[u8]; 4] = [
    include_bytes!("../assets/fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../assets/fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../assets/fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../assets/fonts/LiberationSerif-BoldItalic.ttf"),
];

/// The face, ready to measure and to set.
///
/// # Faults
/// The files built into the program are damaged.
pub(crate) fn fonts() -> Result<&'static Fonts, Fault> {
    static FONTS: OnceLock<Option<Fonts>> = OnceLock::new();
    FONTS
        .get_or_init(|| {
            let cut = |file: &&'static [u8]| Font::new(Bytes::new(*file), 0);
            let cuts: Vec<Font> = FILES.iter().map(cut).collect::<Option<_>>()?;
            let measures = cuts.iter().map(measure).collect();
            Some(Fonts { cuts, measures })
        })
        .as_ref()
        .ok_or_else(|| Fault::new("a font built into the program cannot be read"))
}

/// A cut at which widths are asked; its size does not matter, widths come in ems.
fn measure(cut: &Font) -> FontInstance {
    cut.clone().instantiate(
        cut.info().variant,
        Abs::pt(12.0),
        &FontVariations::default(),
    )
}

impl Fonts {
    /// The cuts: regular, bold, italic, bold italic.
    pub(crate) fn cuts(&self) -> &[Font] {
        &self.cuts
    }

    /// Whether every cut has the letter.
    pub(crate) fn has(&self, letter: char) -> bool {
        self.cuts
            .iter()
            .all(|cut| cut.info().coverage.contains(u32::from(letter)))
    }

    /// How wide the text runs on one line in this style.
    pub(crate) fn width(&self, text: &str, style: &Style) -> Length {
        let cut = &self.measures[usize::from(style.bold) + 2 * usize::from(style.italic)];
        let advance = |letter: char| {
            let glyph = cut.ttf().glyph_index(letter).map_or(0, |glyph| glyph.0);
            cut.x_advance(glyph).map_or(0.0, |em| em.get())
        };
        let ems: f64 = text.chars().map(advance).sum();
        let twentieths = ems * f64::from(style.size.in_twentieths());
        // Longer than any line is as good as endless; the cast saturates.
        Length::twentieths(twentieths.ceil() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Element, HEAD_RIGHT, style};

    #[test]
    fn every_cut_has_every_letter_of_vietnamese() {
        let fonts = fonts().unwrap();
        let vowels = "aăâeêioôơuưy";
        let letters = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵđ";
        let marks = "\u{300}\u{301}\u{303}\u{309}\u{323}–—…“”‘’₫%/-";
        for letter in vowels.chars().chain(letters.chars()).chain(marks.chars()) {
            assert!(fonts.has(letter), "{letter}");
            assert!(
                letter.to_uppercase().all(|upper| fonts.has(upper)),
                "{letter}"
            );
        }
        assert!(!fonts.has('漢'));
    }

    #[test]
    fn widths_are_those_of_times_new_roman() {
        let fonts = fonts().unwrap();
        // Times New Roman: "m" 0.778 em, "i" 0.278 em, bold "m" 0.833 em.
        let regular = style(Element::Body);
        assert_eq!(fonts.width("mi", &regular), Length::twentieths(296));
        assert_eq!(
            fonts.width("m", &style(Element::Kind)),
            Length::twentieths(234)
        );
        assert_eq!(fonts.width("", &regular), Length::ZERO);
    }

    #[test]
    fn the_name_of_the_nation_fits_its_cell() {
        let nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
        let width = fonts().unwrap().width(nation, &style(Element::Nation));
        assert!(width < HEAD_RIGHT, "{width:?} in {HEAD_RIGHT:?}");
    }
}

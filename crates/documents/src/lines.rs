//! Lines of the head of a paper: names and titles too long for one line are broken evenly, so that
//! none ends in a single word.

use crate::fonts::Fonts;
use crate::layout::{Length, Style};

/// The text, with line feeds where it must be broken to fit this width: as few lines as possible,
/// as even as possible. A word longer than the width stays whole.
pub(crate) fn balanced(fonts: &Fonts, text: &str, style: &Style, width: Length) -> String {
    let words: Vec<(&str, u32)> = text
        .split(' ')
        .map(|word| (word, fonts.width(word, style).in_twentieths()))
        .collect();
    let space = fonts.width(" ", style).in_twentieths();
    let widest = width.in_twentieths();
    let fewest = broken(&words, space, widest).len();
    // The narrowest width that still takes no more lines: found by halving.
    let (mut too_narrow, mut enough) = (0, widest);
    while enough - too_narrow > 20 {
        let middle = too_narrow + (enough - too_narrow) / 2;
        let fits = words.iter().all(|(_, own)| *own <= middle || *own > widest);
        if fits && broken(&words, space, middle).len() <= fewest {
            enough = middle;
        } else {
            too_narrow = middle;
        }
    }
    broken(&words, space, enough).join("\n")
}

/// The width of the widest of these lines.
pub(crate) fn widest(fonts: &Fonts, text: &str, style: &Style) -> Length {
    let lines = text.split('\n').map(|line| fonts.width(line, style));
    lines.max().unwrap_or_default()
}

/// The words in lines, each filled as far as the width allows.
fn broken(words: &[(&str, u32)], space: u32, width: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0u32;
    for (word, own) in words {
        let with = used.saturating_add(space).saturating_add(*own);
        match lines.last_mut() {
            Some(line) if with <= width => {
                line.push(' ');
                line.push_str(word);
                used = with;
            }
            _ => {
                lines.push((*word).to_owned());
                used = *own;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::fonts;
    use crate::layout::{Element, HEAD_LEFT, style};

    #[test]
    fn a_long_name_is_broken_in_even_lines_that_fit() {
        let fonts = fonts().unwrap();
        let set = style(Element::Superior);
        let name = "ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH";
        let lines = balanced(fonts, name, &set, HEAD_LEFT);
        assert_eq!(lines, "ỦY BAN NHÂN DÂN\nTỈNH BÌNH ĐỊNH");
        assert!(widest(fonts, &lines, &set) <= HEAD_LEFT);
        assert_eq!(balanced(fonts, "SỞ TƯ PHÁP", &set, HEAD_LEFT), "SỞ TƯ PHÁP");
        assert_eq!(balanced(fonts, "", &set, HEAD_LEFT), "");
    }

    #[test]
    fn a_word_wider_than_the_line_stays_whole() {
        let set = style(Element::Abstract);
        let long = "x".repeat(500);
        let text = format!("a {long} b");
        let lines = balanced(fonts().unwrap(), &text, &set, HEAD_LEFT);
        assert_eq!(lines.replace('\n', " "), text);
    }
}

//! Bullets and numbers that stand in the text because a word processor put them there.

use crate::runs::Run;

/// What stands before a list paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// A dot, dash or other sign.
    Bullet,
    /// A number followed by `.` or `)`.
    Number(u32),
    /// Anything else (`a)`, `1.2.`, `iv.`): it is part of what was written and stays in the text.
    Words(String),
}

impl Marker {
    /// The marker that the word processor set apart from the text.
    pub fn apart(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if let Some(number) = number(text) {
            return Some(Self::Number(number));
        }
        let mut chars = text.chars();
        let first = chars.next()?;
        let is_sign = !first.is_alphanumeric() || is_symbol_font(first) || "ovqØüu".contains(first);
        if is_sign && chars.next().is_none() {
            return Some(Self::Bullet);
        }
        Some(Self::Words(text.to_owned()))
    }

    /// Takes a marker off the beginning of the words. `in_list` says that the paragraph is known
    /// to belong to a list; otherwise only signs that nobody types are bullets.
    pub fn take_from(line: &mut [Run], in_list: bool) -> Option<Self> {
        let texts = line.iter().map_while(|run| run.text.as_deref());
        let start: String = texts.flat_map(str::chars).take(24).collect();
        let n_before = start.chars().take_while(|c| c.is_whitespace()).count();
        let (marker, n_marker) = leading(start.trim_start(), in_list)?;
        drop_chars(line, n_before + n_marker);
        Some(marker)
    }
}

/// The marker at the beginning of a text and how many characters it takes.
fn leading(text: &str, in_list: bool) -> Option<(Marker, usize)> {
    let end = text.find(char::is_whitespace)?;
    let (word, after) = text.split_at(end);
    let n_blank = after.chars().take_while(|c| c.is_whitespace()).count();
    let mut chars = word.chars();
    let first = chars.next()?;
    let is_single = chars.next().is_none();
    let is_plain_bullet = is_single && ("·•●▪".contains(first) || is_symbol_font(first));
    let is_list_bullet =
        is_single && ("○◦■□§Ø–-+*➢".contains(first) || (first == 'o' && n_blank > 1));
    if is_plain_bullet || (in_list && is_list_bullet) {
        return Some((Marker::Bullet, 1));
    }
    let number = number(word).filter(|_| in_list)?;
    Some((Marker::Number(number), word.chars().count()))
}

/// `12.` or `12)`.
fn number(text: &str) -> Option<u32> {
    let digits = text.strip_suffix(['.', ')'])?;
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

/// Characters of the fonts Symbol and Wingdings, which have no meaning of their own.
fn is_symbol_font(c: char) -> bool {
    ('\u{F020}'..='\u{F0FF}').contains(&c)
}

fn drop_chars(line: &mut [Run], mut n_chars: usize) {
    for text in line.iter_mut().filter_map(|run| run.text.as_mut()) {
        let n_here = text.chars().count().min(n_chars);
        *text = text.chars().skip(n_here).collect();
        n_chars -= n_here;
        if n_chars == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_numbers_are_markers_and_other_letters_stay_words() {
        for sign in ["·", "-", "o", "§", "Ø", "\u{F0B7}", "+", " •  "] {
            assert_eq!(Marker::apart(sign), Some(Marker::Bullet), "{sign}");
        }
        assert_eq!(Marker::apart("12)"), Some(Marker::Number(12)));
        for words in ["a)", "1.2.", "iv.", "Điều 1."] {
            assert_eq!(Marker::apart(words), Some(Marker::Words(words.into())));
        }
        assert_eq!(Marker::apart("\u{a0} "), None);
    }

    #[test]
    fn a_typed_dash_outside_a_list_stays_text() {
        assert_eq!(leading("- Tuyên truyền", false), None);
        assert_eq!(leading("1. Mục đích", false), None);
        assert_eq!(leading("- Tuyên truyền", true), Some((Marker::Bullet, 1)));
        assert_eq!(leading("1. Mục đích", true), Some((Marker::Number(1), 2)));
        assert_eq!(leading("o điểm", true), None);
        assert_eq!(leading("·  điểm", false), Some((Marker::Bullet, 1)));
    }
}

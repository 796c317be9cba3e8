//! A text and its plain view, letter for letter: the grammar compares the plain view and cuts the text.

/// A text with a view of it in lower case without marks, one ASCII byte per character, so that a
/// place in the view is a place in the text, counted in characters.
#[derive(Clone, Debug)]
pub struct Flat<'a> {
    text: &'a str,
    flat: String,
    offsets: Vec<u32>,
}

impl<'a> Flat<'a> {
    /// The view of a text (less than 4 GiB, as every source is).
    pub fn of(text: &'a str) -> Self {
        let mut flat = String::with_capacity(text.len());
        let mut offsets = Vec::with_capacity(text.len() + 1);
        for (at, c) in text.char_indices() {
            offsets.push(u32::try_from(at).unwrap_or(u32::MAX));
            flat.push(plain(c));
        }
        offsets.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        Self {
            text,
            flat,
            offsets,
        }
    }

    /// The text itself.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The plain view; a byte of it is a character of the text.
    pub fn flat(&self) -> &str {
        &self.flat
    }

    /// Characters.
    pub fn len(&self) -> usize {
        self.flat.len()
    }

    /// The plain view between two characters, held to the text.
    pub fn view(&self, from: usize, to: usize) -> &str {
        let to = to.min(self.len());
        self.flat.get(from.min(to)..to).unwrap_or_default()
    }

    /// The text between two characters, held to the text.
    pub fn cut(&self, from: usize, to: usize) -> &'a str {
        let to = to.min(self.len());
        let from = from.min(to);
        let at = |n: usize| self.offsets.get(n).map_or(self.text.len(), |o| *o as usize);
        self.text.get(at(from)..at(to)).unwrap_or_default()
    }

    /// The stretch without white space at its ends.
    pub fn trim(&self, from: usize, to: usize) -> (usize, usize) {
        let view = self.view(from, to);
        let start = from.min(self.len()) + (view.len() - view.trim_start().len());
        (start, start + view.trim().len())
    }

    /// The stretch without white space, final stops and list signs at its ends.
    pub fn core(&self, from: usize, to: usize) -> (usize, usize) {
        let (start, _) = self.trim(from, to);
        let view = self.view(start, to);
        let mut core = view.trim_end();
        loop {
            let shorter = core.strip_suffix("./.").unwrap_or(core);
            let open = shorter.ends_with("...") || shorter.ends_with("..");
            let shorter = if open {
                shorter
            } else {
                shorter.trim_end_matches(['.', ';', ':', ',', '/'])
            };
            let shorter = shorter.trim_end();
            if shorter.len() == core.len() {
                return (start, start + core.len());
            }
            core = shorter;
        }
    }

    /// Where the words stand, whole words only, from a place on.
    pub fn find_from(&self, words: &str, from: usize) -> Option<usize> {
        let mut at = from;
        while let Some(step) = self.flat.get(at..)?.find(words) {
            let start = at + step;
            if is_whole(&self.flat, start, start + words.len()) {
                return Some(start);
            }
            at = start + 1;
        }
        None
    }

    /// Whether the words stand in it.
    pub fn has(&self, words: &str) -> bool {
        self.find_from(words, 0).is_some()
    }

    /// Whether any of the words stand in it.
    pub fn has_any(&self, all: &[&str]) -> bool {
        all.iter().any(|words| self.has(words))
    }

    /// Whether most letters between the places are capitals.
    pub fn is_upper(&self, from: usize, to: usize) -> bool {
        let (mut upper, mut lower) = (0usize, 0usize);
        for c in self.cut(from, to).chars() {
            upper += usize::from(c.is_uppercase());
            lower += usize::from(c.is_lowercase());
        }
        upper >= 3 && upper > lower * 4
    }
}

/// Whether a stretch of a plain view is made of whole words.
pub fn is_whole(flat: &str, start: usize, end: usize) -> bool {
    let bytes = flat.as_bytes();
    let word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let first_free = !word(start) || start == 0 || !word(start - 1);
    let last_free = end == 0 || !word(end - 1) || !word(end);
    first_free && last_free
}

/// The folded form of a short text, for comparing names.
pub fn folded(text: &str) -> String {
    base::text::clean_line(&base::text::fold(text))
}

/// One ASCII character for any: letters folded, dashes and quotes made plain, white space a space.
fn plain(c: char) -> char {
    match c {
        c if c.is_ascii_control() || c.is_whitespace() => ' ',
        c if c.is_ascii() => c.to_ascii_lowercase(),
        'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ'
        | 'ẫ' | 'ậ' => 'a',
        'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở'
        | 'ỡ' | 'ợ' => 'o',
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '\u{ad}' => '-',
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' => '\'',
        '…' => '.',
        '\u{200b}' | '\u{feff}' | '\u{2060}' => ' ',
        c => folded_rare(c),
    }
}

/// Capitals with marks and whatever else: through the house's folding, one letter or none.
fn folded_rare(c: char) -> char {
    if !c.is_alphabetic() {
        return '?';
    }
    let mut buffer = [0; 4];
    let folded = base::text::fold(c.encode_utf8(&mut buffer));
    let mut letters = folded.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
        _ => '?',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_plain_view_is_a_place_in_the_text() {
        let flat = Flat::of("Đối với NGƯỜI DÂN – “Ủy ban”…");
        assert_eq!(flat.flat(), "doi voi nguoi dan - \"uy ban\".");
        let at = flat.find_from("nguoi dan", 0).unwrap();
        assert_eq!(flat.cut(at, at + 9), "NGƯỜI DÂN");
        assert_eq!(flat.find_from("guoi", 0), None);
    }

    #[test]
    fn the_core_loses_stops_but_keeps_an_open_list() {
        let cut = |text| {
            let flat = Flat::of(text);
            let (from, to) = flat.core(0, flat.len());
            flat.cut(from, to)
        };
        assert_eq!(cut("  theo quy định./. "), "theo quy định");
        assert_eq!(cut("cụ thể như sau:"), "cụ thể như sau");
        assert_eq!(cut("(SIPAS),..."), "(SIPAS),...");
    }
}

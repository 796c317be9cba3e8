//! One syllable in its two spellings: as written (*đường*) and folded (*duong*).

use std::collections::HashMap;
use std::sync::Arc;

/// A syllable, ready to be compared.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Spelling {
    /// Lower case, NFC, tone mark in the canonical place; *kỹ* and *kĩ* alike.
    pub exact: String,
    /// Without any mark, `đ` as `d`.
    pub folded: String,
    /// Whether the marks say something that the folded form does not.
    pub is_marked: bool,
    /// Whether it stands for itself: a number, an English word, anything that is not a Vietnamese
    /// syllable and therefore not a part of a longer Vietnamese word.
    pub is_alone: bool,
}

impl Spelling {
    /// Reads one syllable, in any case and form.
    pub fn of(word: &str) -> Self {
        let exact = with_short_i(base::text::canonical(word));
        let folded = with_short_i(base::text::fold(word));
        Self {
            is_marked: exact != folded,
            is_alone: !is_vietnamese(&folded),
            exact,
            folded,
        }
    }
}

/// Writes *i* where *y* is the whole rhyme after a consonant that takes either: *kỹ* or *kĩ*, *lý* or
/// *lí*, *quy* or *qui*. Both are in official use and mean the same.
fn with_short_i(word: String) -> String {
    const LONG_AND_SHORT: [(char, char); 6] = [
        ('y', 'i'),
        ('ỳ', 'ì'),
        ('ỷ', 'ỉ'),
        ('ỹ', 'ĩ'),
        ('ý', 'í'),
        ('ỵ', 'ị'),
    ];
    for (long, short) in LONG_AND_SHORT {
        if let Some(onset) = word.strip_suffix(long)
            && matches!(onset, "h" | "k" | "l" | "m" | "qu" | "s" | "t")
        {
            return format!("{onset}{short}");
        }
    }
    word
}

/// Remembers the spellings of a text's syllables: a year of articles has some ten thousand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Speller {
    known: HashMap<String, Arc<Spelling>>,
}

/// Beyond this the memory starts afresh: a text of endless different words must not fill it.
const KNOWN_MAX: usize = 20_000;

impl Speller {
    /// The spelling of one syllable.
    pub fn spell(&mut self, word: &str) -> Arc<Spelling> {
        if let Some(spelling) = self.known.get(word) {
            return Arc::clone(spelling);
        }
        let spelling = Arc::new(Spelling::of(word));
        if self.known.len() >= KNOWN_MAX {
            self.known.clear();
        }
        self.known.insert(word.to_owned(), Arc::clone(&spelling));
        spelling
    }
}

const ONSETS: [&str; 27] = [
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h",
    "k", "l", "m", "n", "p", "q", "r", "s", "t", "v", "x",
];
const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

/// Whether a folded word has the shape of a Vietnamese syllable: onset, one to three vowels, coda.
fn is_vietnamese(folded: &str) -> bool {
    let rhyme = |rest: &str| {
        let coda = rest.trim_start_matches(['a', 'e', 'i', 'o', 'u', 'y']);
        let vowels = rest.len() - coda.len();
        (1..=3).contains(&vowels) && CODAS.contains(&coda)
    };
    rhyme(folded)
        || ONSETS
            .iter()
            .any(|onset| folded.strip_prefix(onset).is_some_and(rhyme))
        || folded == "gi"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syllable_knows_both_spellings() {
        let spelling = Spelling::of("ĐƯỜNG");
        assert_eq!((&*spelling.exact, &*spelling.folded), ("đường", "duong"));
        assert!(spelling.is_marked && !spelling.is_alone);
        assert!(!Spelling::of("thanh").is_marked);
        assert_eq!(Spelling::of("Hoà").exact, Spelling::of("hòa").exact);
        for (long, short) in [("kỹ", "kĩ"), ("Lý", "lí"), ("quy", "qui"), ("TỶ", "tỉ")] {
            assert_eq!(Spelling::of(long), Spelling::of(short));
        }
        for (one, other) in [("thúy", "thúi"), ("tay", "tai"), ("y", "i"), ("kỷ", "kỹ")] {
            assert_ne!(Spelling::of(one), Spelling::of(other));
        }
    }

    #[test]
    fn only_vietnamese_shapes_take_part_in_longer_words() {
        for word in [
            "nghiêng", "quyết", "gì", "khuya", "uỷ", "oái", "y", "phương",
        ] {
            assert!(!Spelling::of(word).is_alone, "{word}");
        }
        for word in [
            "online", "index", "sipas", "2023", "zalo", "par", "qr", "email",
        ] {
            assert!(Spelling::of(word).is_alone, "{word}");
        }
    }
}

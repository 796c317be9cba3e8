//! Whether a word can be a Vietnamese syllable: onset, rhyme and tone that go together.

use super::{canonical, tone};

/// Every onset.
const ONSETS: [&str; 27] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "r", "s", "t", "v", "x", "p",
];

/// Every rhyme without its tone.
const RHYMES: &str = " a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng \
    âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp \
    iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn \
    oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp \
    ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy \
    uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt \
    ươu ưt ưu y yêm yên yêng yêt yêu ";

/// Whether the word, in any case, is a possible Vietnamese syllable. A syllable that ends in
/// *c, ch, p, t* (or the *k* of highland names) bears sắc or nặng only.
pub fn is_vietnamese_syllable(word: &str) -> bool {
    let mut tone_of_word = 0;
    let mut bare = String::new();
    for c in canonical(word).chars() {
        let (letter, tone) = tone::split(c);
        if tone != 0 && std::mem::replace(&mut tone_of_word, tone) != 0 {
            return false;
        }
        bare.push(letter);
    }
    let is_stopped = bare.ends_with(['c', 'k', 'p', 't']) || bare.ends_with("ch");
    if is_stopped && !matches!(tone_of_word, 4 | 5) {
        return false;
    }
    is_rhyme(&bare)
        || ONSETS
            .iter()
            .filter_map(|onset| bare.strip_prefix(onset).map(|rest| (onset, rest)))
            .any(|(onset, rest)| is_rhyme(rest) || (*onset == "gi" && rest_after_gi(rest)))
}

/// In "gì", "gìn", "giếng" the *i* of the onset also belongs to the rhyme.
fn rest_after_gi(rest: &str) -> bool {
    rest.is_empty() || is_rhyme(&format!("i{rest}"))
}

fn is_rhyme(text: &str) -> bool {
    text.starts_with(tone::is_vowel)
        && text.chars().count() <= 4
        && RHYMES.split(' ').any(|rhyme| rhyme == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_language_are_syllables_and_mangled_ones_are_not() {
        for word in "Kế hoạch truyền thông cải cách hành chính nghiêng giếng gì quyết quý khuỷu \
            Đắk thuở xoong nguyễn ủy uỷ yêu ngoằn"
            .split(' ')
            .filter(|w| !w.is_empty())
        {
            assert!(is_vietnamese_syllable(word), "{word}");
        }
        for word in [
            "C¶i", "caùch", "hoach", "café", "wifi", "ncbình", "", "đt", "thôngg",
        ] {
            assert!(!is_vietnamese_syllable(word), "{word}");
        }
    }
}

//! Telex residue: what a keyboard sends when the Vietnamese input method is off (`dduwowngf sawts`).
//! It is read only when nothing else was found, and only down to the folded form (`duong sat`).

/// The folded words behind Telex keystrokes, or `None` if nothing in the text looks like them.
pub(crate) fn unfold(text: &str) -> Option<String> {
    let words: Vec<_> = text.split_whitespace().map(word).collect();
    let result = words.join(" ");
    (result
        != base::text::fold(text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "))
    .then_some(result)
}

fn word(typed: &str) -> String {
    let typed = base::text::fold(typed);
    if !typed.bytes().all(|b| b.is_ascii_lowercase()) {
        return typed;
    }
    // The tone key may stand after the vowels or at the end.
    let mut letters = String::with_capacity(typed.len());
    let mut seen_vowel = false;
    for (i, c) in typed.char_indices() {
        let before = letters.chars().last();
        let is_vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        let is_tone = seen_vowel && matches!(c, 's' | 'f' | 'r' | 'x' | 'j');
        let doubles = matches!(c, 'a' | 'e' | 'o') && before == Some(c);
        let is_stroke = c == 'd' && i > 0 && typed.starts_with('d');
        match c {
            'w' if seen_vowel => {}
            'w' => letters.push('u'),
            _ if is_tone || doubles || is_stroke => {}
            _ => letters.push(c),
        }
        seen_vowel |= is_vowel || c == 'w';
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keystrokes_become_the_folded_words() {
        assert_eq!(unfold("dduwowngf sawts").as_deref(), Some("duong sat"));
        assert_eq!(unfold("ddawng kys").as_deref(), Some("dang ky"));
        assert_eq!(
            unfold("cari cachs hanhf chinhs").as_deref(),
            Some("cai cach hanh chinh")
        );
        assert_eq!(unfold("thuw vieejn").as_deref(), Some("thu vien"));
        assert_eq!(unfold("tw phaps").as_deref(), Some("tu phap"));
    }

    #[test]
    fn plain_words_are_left_alone() {
        assert_eq!(unfold("duong sat"), None);
        assert_eq!(unfold("đường sắt 2023"), None);
    }
}

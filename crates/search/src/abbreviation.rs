//! CCHC is *cải cách hành chính*: the table in `data/abbreviations.tsv`, read once.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use crate::spelling::Spelling;

/// One abbreviation and the phrase it stands for.
#[derive(Debug)]
pub(crate) struct Abbreviation {
    /// The token that stands for both, such as `@cchc`.
    pub token: String,
    /// The phrase, syllable by syllable.
    pub phrase: Vec<Arc<Spelling>>,
}

struct Table {
    by_short: HashMap<String, Arc<Abbreviation>>,
    by_first_syllable: HashMap<String, Vec<Arc<Abbreviation>>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        by_short: HashMap::new(),
        by_first_syllable: HashMap::new(),
    };
    for line in include_str!("../data/abbreviations.tsv").lines() {
        let mut columns = line.split('\t');
        let (Some(short), Some(phrase)) = (columns.next(), columns.next()) else {
            continue;
        };
        let phrase: Vec<_> = phrase
            .split(' ')
            .map(|word| Arc::new(Spelling::of(word)))
            .collect();
        let Some(first) = phrase.first().map(|spelling| spelling.exact.clone()) else {
            continue;
        };
        let entry = Arc::new(Abbreviation {
            token: format!("@{}", base::text::fold(short)),
            phrase,
        });
        table
            .by_short
            .insert(base::text::canonical(short), Arc::clone(&entry));
        table
            .by_first_syllable
            .entry(first)
            .or_default()
            .push(entry);
    }
    table
});

/// The abbreviation that a word is, if it is one; the word in canonical lower case.
pub(crate) fn of_word(exact: &str) -> Option<&'static Arc<Abbreviation>> {
    let table = &*TABLE;
    // HĐND is also typed HDND, where no keyboard for Vietnamese is at hand.
    table
        .by_short
        .get(exact)
        .or_else(|| (exact == "hdnd").then(|| table.by_short.get("hđnd"))?)
}

/// The abbreviations whose phrase begins with this syllable, in canonical lower case.
pub(crate) fn beginning_with(exact: &str) -> &'static [Arc<Abbreviation>] {
    TABLE
        .by_first_syllable
        .get(exact)
        .map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_has_a_phrase_and_a_source() {
        let rows: Vec<_> = include_str!("../data/abbreviations.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(rows.len() >= 10);
        for row in rows {
            assert_eq!(row.split('\t').count(), 3, "{row}");
            let short = row.split('\t').next().unwrap();
            assert!(of_word(&base::text::canonical(short)).is_some(), "{row}");
        }
        assert!(beginning_with("cải").iter().any(|a| a.token == "@cchc"));
    }
}

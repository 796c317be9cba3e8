//! Made-up articles for benchmarks: as many as wanted, believable, the same for the same seed.
//!
//! Pure: no clock, no disk, no chance but the seed. The words are in `made_up.txt`; each
//! article has one topic, and its topic's words occur in no other, so that terms have known
//! frequencies: *cải cách hành chính* in about 5 % of the articles, *đường bộ* in 3 %, *đường sắt*
//! in 1 %. Within a list the first phrases are the commonest, as in real writing.

use std::collections::HashMap;

/// How many categories [`MadeArticle::category_index`] counts: those of `demo/categories.toml`.
pub const N_CATEGORIES: usize = 6;
/// How many units [`MadeArticle::unit_index`] counts.
pub const N_UNITS: usize = 6;
/// [`MadeArticle::published_offset_days`] is below this: the articles of five years.
pub const DAYS: u32 = 1_826;

const WORDS: &str = include_str!("made_up.txt");

/// One made-up article; all text is NFC and plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeArticle {
    /// Title, one line.
    pub title: String,
    /// Lead, one or two sentences.
    pub lead: String,
    /// Body, paragraph by paragraph; about 600 words together.
    pub paragraphs: Vec<String>,
    /// Which of the [`N_CATEGORIES`] categories it belongs to, from 0.
    pub category_index: usize,
    /// Which of the [`N_UNITS`] units wrote it, from 0.
    pub unit_index: usize,
    /// How many days before the day of the fill it was published.
    pub published_offset_days: u32,
    /// The author's pen name: initials.
    pub author: String,
}

/// Makes articles up, one after the other.
pub struct Made {
    chance: Chance,
    lists: HashMap<&'static str, Vec<&'static str>>,
    topics: Vec<Topic>,
    weight_sum: u32,
}

#[derive(Default)]
struct Topic {
    weight: u32,
    category: usize,
    titles: Vec<&'static str>,
    objects: Vec<&'static str>,
    sentences: Vec<&'static str>,
}

impl Made {
    /// The source of articles for a seed.
    pub fn new(seed: u64) -> Self {
        let mut lists: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut topics: Vec<Topic> = Vec::new();
        let mut section = "";
        for line in WORDS.lines() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = name;
                if let Some(head) = name.strip_prefix("topic ") {
                    topics.push(Topic::of(head));
                }
                continue;
            }
            match topics.last_mut().filter(|_| section.starts_with("topic ")) {
                Some(topic) => topic.learn(line),
                None => lists.entry(section).or_default().push(line),
            }
        }
        Self {
            chance: Chance(seed),
            weight_sum: topics.iter().map(|topic| topic.weight).sum(),
            lists,
            topics,
        }
    }

    /// The next article.
    pub fn article(&mut self) -> MadeArticle {
        let topic = self.topic();
        let title = self.one_of_topic(topic, |topic| &topic.titles);
        let lead = format!("{} {}", self.sentence(topic), self.sentence(topic));
        let n_sentences = 13 + self.chance.below(13) + self.chance.below(13);
        let mut paragraphs = Vec::with_capacity(n_sentences / 4 + 1);
        let mut n_written = 0;
        while n_written < n_sentences {
            let n_here = 3 + self.chance.below(4);
            let mut paragraph = String::with_capacity(n_here * 130);
            for _ in 0..n_here {
                if !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(&self.sentence(topic));
            }
            paragraphs.push(paragraph);
            n_written += n_here;
        }
        MadeArticle {
            title: capitalised(&title),
            lead,
            paragraphs,
            category_index: self.topics.get(topic).map_or(0, |topic| topic.category),
            unit_index: self.chance.skewed(N_UNITS),
            published_offset_days: self.chance.below(DAYS as usize) as u32,
            author: self.initials(),
        }
    }

    fn topic(&mut self) -> usize {
        let mut left = self.chance.below(self.weight_sum as usize) as u32;
        for (i, topic) in self.topics.iter().enumerate() {
            if left < topic.weight {
                return i;
            }
            left -= topic.weight;
        }
        0
    }

    fn sentence(&mut self, topic: usize) -> String {
        let ready = match self.chance.below(10) {
            0..2 => self.one_of_topic(topic, |topic| &topic.sentences),
            2..4 => self.one_of("sentence"),
            _ => self.composed(topic),
        };
        capitalised(&ready)
    }

    fn composed(&mut self, topic: usize) -> String {
        let mut text = String::with_capacity(160);
        if self.chance.below(3) > 0 {
            text.push_str(&self.one_of("intro"));
            text.push_str(", ");
        }
        text.push_str(&self.clause(topic));
        if self.chance.below(3) == 0 {
            text.push_str("; ");
            text.push_str(&self.clause(topic));
        }
        text.push('.');
        text
    }

    fn clause(&mut self, topic: usize) -> String {
        let object = if self.chance.below(5) < 2 {
            self.one_of_topic(topic, |topic| &topic.objects)
        } else {
            self.one_of("object")
        };
        let subject = self.one_of("subject");
        let verb = self.one_of("verb");
        let manner = self.one_of("manner");
        format!("{subject} {verb} {object} {manner}")
    }

    fn one_of_topic(
        &mut self,
        topic: usize,
        list: impl Fn(&Topic) -> &Vec<&'static str>,
    ) -> String {
        let Some(list) = self.topics.get(topic).map(list) else {
            return String::new();
        };
        let phrase = self.chance.skewed_of(list);
        self.filled(phrase)
    }

    fn one_of(&mut self, list: &str) -> String {
        let phrase = self
            .lists
            .get(list)
            .map_or("", |list| self.chance.skewed_of(list));
        self.filled(phrase)
    }

    /// The phrase with every `{slot}` filled.
    fn filled(&mut self, phrase: &str) -> String {
        let mut text = String::with_capacity(phrase.len() + 24);
        let mut rest = phrase;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((slot, after)) = after.split_once('}') else {
                break;
            };
            text.push_str(before);
            text.push_str(&self.slot(slot));
            rest = after;
        }
        text.push_str(rest);
        text
    }

    fn slot(&mut self, slot: &str) -> String {
        match slot {
            "n" => {
                let magnitude = [9, 90, 400][self.chance.skewed(3)];
                (2 + self.chance.below(magnitude)).to_string()
            }
            "pct" => format!("{},{}", 40 + self.chance.below(59), self.chance.below(10)),
            "day" => format!(
                "{}/{}",
                1 + self.chance.below(28),
                1 + self.chance.below(12)
            ),
            "year" => (2019 + self.chance.below(5)).to_string(),
            "number" => {
                let kind =
                    ["KH-STP", "QĐ-STP", "QĐ-UBND", "BC-STP", "STP-VP"][self.chance.skewed(5)];
                format!("{}/{kind}", 1 + self.chance.below(3_000))
            }
            "person" => {
                let (family, middle) = (self.one_of("family"), self.one_of("middle"));
                format!("{family} {middle} {}", self.one_of("given"))
            }
            list => self.one_of(list),
        }
    }

    fn initials(&mut self) -> String {
        let names = [self.one_of("middle"), self.one_of("given")];
        let letters: Vec<_> = names
            .iter()
            .filter_map(|name| name.chars().next())
            .map(String::from)
            .collect();
        letters.join(".")
    }
}

impl Topic {
    /// A topic from its heading: weight, category, name.
    fn of(head: &str) -> Self {
        let mut parts = head.split(' ');
        let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
        Self {
            weight: number(),
            category: number() as usize % N_CATEGORIES,
            ..Self::default()
        }
    }

    fn learn(&mut self, line: &'static str) {
        let Some((kind, phrase)) = line.split_once(' ') else {
            return;
        };
        match kind {
            "T" => self.titles.push(phrase),
            "O" => self.objects.push(phrase),
            _ => self.sentences.push(phrase),
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same on every machine.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, each as likely; 0 if `n` is 0.
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// A number below `n`, small ones much likelier: of 40, the first tenth comes a third of the time.
    fn skewed(&mut self, n: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((unit * unit * n as f64) as usize).min(n.saturating_sub(1))
    }

    fn skewed_of(&mut self, list: &[&'static str]) -> &'static str {
        list.get(self.skewed(list.len())).copied().unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(article: &MadeArticle) -> String {
        format!(
            "{}\n{}\n{}",
            article.title,
            article.lead,
            article.paragraphs.join("\n")
        )
    }

    fn many(seed: u64, n: usize) -> Vec<MadeArticle> {
        let mut made = Made::new(seed);
        (0..n).map(|_| made.article()).collect()
    }

    #[test]
    fn the_same_seed_makes_the_same_articles_and_another_seed_others() {
        assert_eq!(many(7, 20), many(7, 20));
        assert_ne!(many(7, 20), many(8, 20));
    }

    #[test]
    fn every_article_is_whole_plain_nfc_text() {
        for article in many(1, 300) {
            let text = text(&article);
            assert_eq!(base::text::nfc(&text), text);
            assert!(!text.contains(['{', '}', '<', '\t']), "{text}");
            assert!(!text.contains("  ") && !text.contains(" ,"), "{text}");
            assert!((10..=120).contains(&article.title.chars().count()));
            assert!(article.paragraphs.len() >= 3);
            assert!(article.category_index < N_CATEGORIES && article.unit_index < N_UNITS);
            assert!(article.published_offset_days < DAYS);
            assert!(!article.author.is_empty());
        }
    }

    #[test]
    fn articles_are_as_long_as_real_ones() {
        let words: Vec<_> = many(2, 400)
            .iter()
            .map(|article| text(article).split_whitespace().count())
            .collect();
        let mean = words.iter().sum::<usize>() / words.len();
        assert!((500..700).contains(&mean), "{mean}");
        assert!(words.iter().all(|n| (250..1_300).contains(n)));
    }

    #[test]
    fn terms_are_as_frequent_as_they_are_said_to_be() {
        let texts: Vec<_> = many(3, 4_000)
            .iter()
            .map(|article| text(article).to_lowercase())
            .collect();
        let permille = |term: &str| {
            texts.iter().filter(|text| text.contains(term)).count() * 1_000 / texts.len()
        };
        assert!((35..65).contains(&permille("cải cách hành chính")));
        assert!((20..42).contains(&permille("đường bộ")));
        assert!((5..16).contains(&permille("đường sắt")));
    }

    #[test]
    fn every_slot_has_its_list() {
        let known = ["n", "pct", "day", "year", "number", "person"];
        let made = Made::new(0);
        for slot in WORDS
            .lines()
            .filter(|l| !l.starts_with('#'))
            .flat_map(|l| l.split('{').skip(1))
        {
            let slot = slot.split('}').next().unwrap();
            assert!(
                known.contains(&slot) || made.lists.contains_key(slot),
                "{slot}"
            );
        }
        for topic in &made.topics {
            assert!(!topic.titles.is_empty() && !topic.objects.is_empty());
            assert!(!topic.sentences.is_empty() && topic.weight > 0);
        }
        let sum: u32 = made.topics.iter().map(|topic| topic.weight).sum();
        assert!((950..=1_050).contains(&sum), "{sum}");
    }
}

//! Translations: the same messages with the same values in both languages, each key once, each key
//! used, and each used key there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::sources::{FILES, none_of};
use crate::word_uses::{USES, is_key};

/// Families of keys that only data names: each with where the words come from.
const NAMED_BY_DATA: [(&str, &str); 0] = [];

/// A message of a Fluent file.
struct Message {
    place: String,
    key: String,
    text: String,
    values: BTreeSet<String>,
}

/// Messages by file, without the ending: `crates/web/src/web`, first Vietnamese, then English.
static FILES_OF_WORDS: LazyLock<BTreeMap<String, [Vec<Message>; 2]>> = LazyLock::new(|| {
    let mut files: BTreeMap<String, [Vec<Message>; 2]> = BTreeMap::new();
    for file in FILES.iter().filter(|file| file.path.starts_with("crates/")) {
        for (i, ending) in [".vi.ftl", ".en.ftl"].into_iter().enumerate() {
            if let Some(name) = file.path.strip_suffix(ending) {
                files.entry(name.to_owned()).or_default()[i] = messages(&file.path, &file.text);
            }
        }
    }
    assert!(files.len() > 4, "the words were not found");
    files
});

/// Vietnamese messages by key.
fn known() -> BTreeMap<&'static str, &'static Message> {
    let vi = FILES_OF_WORDS.values().flat_map(|[vi, _]| vi);
    vi.map(|message| (message.key.as_str(), message)).collect()
}

#[test]
fn both_languages_say_the_same() {
    let found = FILES_OF_WORDS
        .values()
        .flat_map(|[vi, en]| differences(vi, en))
        .collect();
    none_of(
        "both languages have the same keys with the same values",
        found,
    );
}

#[test]
fn no_key_stands_twice() {
    let vi: Vec<&Message> = FILES_OF_WORDS.values().flat_map(|[vi, _]| vi).collect();
    let en: Vec<&Message> = FILES_OF_WORDS.values().flat_map(|[_, en]| en).collect();
    let found = [vi, en]
        .into_iter()
        .flat_map(|messages| twice(&messages))
        .collect();
    none_of("a key stands in one file, once", found);
}

#[test]
fn every_key_that_is_asked_for_has_words() {
    let known = known();
    let is_missing = |key: &str| !known.contains_key(key);
    let asked = USES.asked.iter().filter(|asked| is_missing(&asked.key));
    let mut found: BTreeSet<String> = asked
        .map(|asked| format!("{}: {}", asked.place, asked.key))
        .collect();
    for (place, start, end) in &USES.composed {
        let family = known
            .keys()
            .any(|key| key.starts_with(start.as_str()) && key.ends_with(end.as_str()));
        if !family && !start.is_empty() && is_asked_for_words(place) {
            found.insert(format!("{place}: {start}{{}}{end}"));
        }
    }
    for word in USES
        .said
        .iter()
        .filter(|word| is_key(word) && is_missing(word))
    {
        if ["refusal-", "nav-", "done-"]
            .iter()
            .any(|family| word.starts_with(family))
        {
            found.insert(format!("a literal: {word}"));
        }
    }
    none_of(
        "a key that is asked for has words",
        found.into_iter().collect(),
    );
}

#[test]
fn every_message_gets_the_values_it_needs() {
    let known = known();
    let mut found = BTreeSet::new();
    for asked in &USES.asked {
        let (Some(message), Some(given)) = (known.get(asked.key.as_str()), &asked.values) else {
            continue;
        };
        if *given != message.values {
            let needs = &message.values;
            found.insert(format!(
                "{}: {} is given {given:?}, needs {needs:?}",
                asked.place, asked.key
            ));
        }
    }
    none_of(
        "a message gets exactly the values it names",
        found.into_iter().collect(),
    );
}

#[test]
fn every_message_is_used() {
    let referred: BTreeSet<String> = FILES_OF_WORDS
        .values()
        .flat_map(|[vi, _]| vi)
        .flat_map(|message| referred(&message.text))
        .collect();
    let is_data = |key: &str| {
        NAMED_BY_DATA
            .iter()
            .any(|(family, _)| key.starts_with(family))
    };
    let unused = known().into_values().filter(|message| {
        !USES.has(&message.key) && !referred.contains(&message.key) && !is_data(&message.key)
    });
    none_of(
        "a message is used",
        unused.map(|m| format!("{}: {}", m.place, m.key)).collect(),
    );
}

#[test]
fn every_message_is_translated_and_composed() {
    let mut found = Vec::new();
    for [vi, en] in FILES_OF_WORDS.values() {
        for message in vi.iter().chain(en) {
            if base::text::nfc(&message.text) != message.text {
                found.push(format!("{}: {} is not in NFC", message.place, message.key));
            }
            if message.text.trim().is_empty() {
                found.push(format!("{}: {} says nothing", message.place, message.key));
            }
        }
        let english: BTreeMap<&str, &str> = en
            .iter()
            .map(|message| (message.key.as_str(), message.text.as_str()))
            .collect();
        for message in vi.iter().filter(|message| n_words(&message.text) > 3) {
            if english.get(message.key.as_str()) == Some(&message.text.as_str()) {
                found.push(format!(
                    "{}: {} is the same in English",
                    message.place, message.key
                ));
            }
        }
    }
    none_of(
        "a message is translated, and its letters are composed",
        found,
    );
}

#[test]
fn the_program_knows_every_file_of_words() {
    let words = app::words();
    web::Dictionary::new(&words).expect("a dictionary");
    let texts: BTreeSet<&str> = words.iter().flat_map(|file| [file.vi, file.en]).collect();
    let is_words = |path: &str| path.starts_with("crates/") && path.ends_with(".ftl");
    let files = FILES.iter().filter(|file| is_words(&file.path));
    let left = files.filter(|file| !texts.contains(file.text.as_str()));
    none_of(
        "app::words has every Fluent file",
        left.map(|file| file.path.clone()).collect(),
    );
}

/// Whether the place of a composed literal is one where words are asked for.
fn is_asked_for_words(place: &str) -> bool {
    let Some((path, line)) = place.rsplit_once(':') else {
        return false;
    };
    let number: usize = line.parse().unwrap_or(1);
    let text = FILES
        .iter()
        .find(|file| file.path == path)
        .map_or("", |file| &file.text);
    let lines: Vec<&str> = text
        .lines()
        .skip(number.saturating_sub(2))
        .take(2)
        .collect();
    [".t(", ".n(", ".t1(", "say.with("]
        .iter()
        .any(|call| lines.concat().contains(call))
}

/// The messages of a Fluent file: a key and its text, with the lines that go on below it.
fn messages(path: &str, text: &str) -> Vec<Message> {
    let mut messages: Vec<Message> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.starts_with(|c: char| c.is_ascii_alphabetic())
            && let Some((key, text)) = line.split_once('=')
        {
            messages.push(Message {
                place: format!("{path}:{}", number + 1),
                key: key.trim().to_owned(),
                text: text.trim().to_owned(),
                values: BTreeSet::new(),
            });
        } else if !line.starts_with('#')
            && let Some(last) = messages.last_mut()
        {
            last.text.push('\n');
            last.text.push_str(line.trim());
        }
    }
    for message in &mut messages {
        message.text.truncate(message.text.trim_end().len());
        message.values = values(&message.text);
    }
    messages
}

/// The `$names` of a text.
fn values(text: &str) -> BTreeSet<String> {
    let name = |part: &str| -> String {
        part.chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-')
            .collect()
    };
    text.split('$').skip(1).map(name).collect()
}

/// The keys of other messages that a text puts in: `{ key }`.
fn referred(text: &str) -> Vec<String> {
    let inside = text
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'));
    inside
        .map(|(inside, _)| inside.trim().to_owned())
        .filter(|inside| is_key(inside))
        .collect()
}

/// Words outside of `{ }`.
fn n_words(text: &str) -> usize {
    let outside = text
        .split('{')
        .map(|part| part.rsplit('}').next().unwrap_or_default());
    let words = outside.flat_map(str::split_whitespace);
    words
        .filter(|word| word.chars().any(char::is_alphabetic))
        .count()
}

fn differences(vi: &[Message], en: &[Message]) -> Vec<String> {
    let by_key = |messages: &[Message]| -> BTreeMap<String, BTreeSet<String>> {
        messages
            .iter()
            .map(|message| (message.key.clone(), message.values.clone()))
            .collect()
    };
    let (in_vi, in_en) = (by_key(vi), by_key(en));
    let missing =
        |messages: &[Message], other: &BTreeMap<String, BTreeSet<String>>| -> Vec<String> {
            let lacks = messages
                .iter()
                .filter(|message| other.get(&message.key) != Some(&message.values));
            lacks
                .map(|message| format!("{}: {}", message.place, message.key))
                .collect()
        };
    let mut found = missing(vi, &in_en);
    found.extend(missing(en, &in_vi));
    found
}

fn twice(messages: &[&Message]) -> Vec<String> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for message in messages {
        if let Some(before) = first.insert(&message.key, &message.place) {
            found.push(format!(
                "{}: {}, also at {before}",
                message.place, message.key
            ));
        }
    }
    found
}

#[test]
fn a_missing_changed_or_doubled_message_is_seen() {
    let vi = messages(
        "vi",
        "# a\na = một\nb = { $n } việc\n    nữa { $m }\nc = { a }\n",
    );
    let en = messages("en", "a = one\nb = { $n } things\nd = four\n");
    assert_eq!(
        differences(&vi, &en),
        ["vi:3: b", "vi:5: c", "en:2: b", "en:3: d"]
    );
    assert!(differences(&vi, &vi).is_empty());
    assert_eq!(referred(&vi[2].text), ["a"]);
    assert_eq!(n_words("{ $from } – { $to }: một hai"), 2);
    let both: Vec<&Message> = vi.iter().chain(&en).collect();
    assert_eq!(
        twice(&both),
        ["en:1: a, also at vi:2", "en:2: b, also at vi:3"]
    );
}

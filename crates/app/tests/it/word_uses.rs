//! Where sources and templates ask for words, and with which values.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::rust_text::RustText;
use crate::sources::{RUST, TEMPLATES};

/// Calls that take the key of a message, and which argument it is.
const CALLS: [(&str, usize, Given); 14] = [
    (".t(", 0, Given::Nothing),
    (".n(", 0, Given::Count),
    (".t1(", 0, Given::Names),
    (".t2(", 0, Given::Names),
    ("say.with(", 0, Given::Names),
    ("Problem::at(", 1, Given::Chain),
    ("Problem::of(", 0, Given::Chain),
    ("Refusal::at(", 1, Given::Nothing),
    ("Refusal::because(", 0, Given::Nothing),
    ("Forbidden(", 0, Given::Nothing),
    (".desk(", 2, Given::Nothing),
    ("Frame::desk(", 3, Given::Nothing),
    ("Frame::door(", 3, Given::Nothing),
    ("key:", 0, Given::Unknown),
];

/// Which values a call gives to its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// None.
    Nothing,
    /// The number `count`.
    Count,
    /// Those named in its other arguments.
    Names,
    /// Those named in the calls of `with` that follow.
    Chain,
    /// Not to be seen here.
    Unknown,
}

/// A place that asks for words.
#[derive(Debug, PartialEq, Eq)]
pub struct WordUse {
    /// Where.
    pub place: String,
    /// The key.
    pub key: String,
    /// The names of the values it gives; none if that cannot be seen.
    pub values: Option<BTreeSet<String>>,
}

/// Everything that is said about words in sources and templates.
#[derive(Default)]
pub struct Uses {
    /// Places that ask for a key.
    pub asked: Vec<WordUse>,
    /// Places that compose a key: what it begins and ends with.
    pub composed: Vec<(String, String, String)>,
    /// Every literal, whatever it is for.
    pub said: BTreeSet<String>,
}

/// The uses of the whole project.
pub static USES: LazyLock<Uses> = LazyLock::new(|| {
    let mut uses = Uses::default();
    for source in RUST.iter() {
        uses.read(source, |at| source.place(at));
    }
    for template in TEMPLATES.iter() {
        for (start, expression) in &template.expressions {
            uses.read(&RustText::read(&template.path, expression), |at| {
                template.place(start + at)
            });
        }
    }
    uses
});

impl Uses {
    /// Reads a source.
    pub fn read(&mut self, source: &RustText, place: impl Fn(usize) -> String) {
        for (call, argument, given) in CALLS {
            let before = if call == "key:" { "key: " } else { call };
            for at in source.find_all(before) {
                self.read_call(source, (at, call, argument, given), &place);
            }
        }
        for literal in &source.literals {
            self.said.insert(literal.text.clone());
            if let Some((start, end)) = composed(&literal.text) {
                self.composed.push((place(literal.at), start, end));
            }
            if let Some(word) = done_word(&literal.text) {
                let values = Some(BTreeSet::new());
                self.asked.push(WordUse {
                    place: place(literal.at),
                    key: word,
                    values,
                });
            }
        }
    }

    /// Whether somebody says this key, or composes one that may be it.
    pub fn has(&self, key: &str) -> bool {
        let says = |word: &str| self.said.contains(word);
        says(key)
            || self.asked.iter().any(|asked| asked.key == key)
            || key.strip_prefix("done-").is_some_and(says)
            || self
                .composed
                .iter()
                .any(|(_, start, end)| fits(key, start, end, &self.said))
    }

    fn read_call(
        &mut self,
        source: &RustText,
        (at, call, argument, given): (usize, &str, usize, Given),
        place: impl Fn(usize) -> String,
    ) {
        let is_field = call == "key:";
        let open = at + call.len() - 1;
        let (arguments, range) = if is_field {
            let start = open + 2;
            let end = source.code[start..]
                .find([',', '\n', '}'])
                .map_or(start, |n| start + n);
            (Vec::new(), (start, end))
        } else {
            let arguments = source.arguments(open);
            let Some(range) = arguments.get(argument).copied() else {
                return;
            };
            (arguments, range)
        };
        let values = match given {
            Given::Nothing => Some(BTreeSet::new()),
            Given::Count => Some(BTreeSet::from(["count".to_owned()])),
            Given::Names => names(source, &arguments[1..]),
            Given::Chain => {
                // What is given a name first gets its values later, where they are not seen.
                let is_kept = source.code[..at].trim_end().ends_with('=');
                let given = arguments.last().map(|(_, end)| chain(source, *end));
                given.filter(|names| !names.is_empty() || !is_kept)
            }
            Given::Unknown => None,
        };
        let is_plain = source.code[range.0..range.1].trim().split('"').count() == 3
            && source.code[range.0..range.1].trim().starts_with('"');
        for literal in source.literals_in(range.0, range.1) {
            if is_key(&literal.text) && (is_plain || literal.text.contains('-')) {
                let (place, key) = (place(literal.at), literal.text.clone());
                self.asked.push(WordUse {
                    place,
                    key,
                    values: values.clone(),
                });
            }
        }
    }
}

/// The names in `("name", value)` and `&[("name", value)]`.
fn names(source: &RustText, arguments: &[(usize, usize)]) -> Option<BTreeSet<String>> {
    let (from, to) = (arguments.first()?.0, arguments.last()?.1);
    let code = &source.code[from..to];
    let is_list = code.trim_start().starts_with(['&', '(', '"']) && !code.trim().starts_with("&w");
    let named: BTreeSet<String> = source
        .literals_in(from, to)
        .filter(|literal| {
            let before = source.code[from..literal.at].trim_end();
            before.is_empty()
                || before.ends_with("[(")
                || before.ends_with(", (")
                || before == "("
                || before.ends_with("[\n")
                || (before.ends_with('(') && !ends_with_call(before))
        })
        .map(|literal| literal.text.clone())
        .collect();
    (is_list && !named.is_empty()).then_some(named)
}

fn ends_with_call(code: &str) -> bool {
    let before = code.trim_end_matches('(');
    before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '!')
}

/// The names given by `.with("name", …)` after the `)` at this place.
fn chain(source: &RustText, mut close: usize) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    loop {
        let rest = source.code[close + 1..].trim_start();
        if !rest.starts_with(".with(") {
            return names;
        }
        let open = source.code.len() - rest.len() + 5;
        let arguments = source.arguments(open);
        names.extend(
            source
                .literals_in(open, arguments[0].1)
                .map(|name| name.text.clone()),
        );
        close = arguments.last().map_or(source.code.len(), |(_, end)| *end);
    }
}

/// Whether a literal may be a key.
pub fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
}

/// What a composed key begins and ends with: `state-{word}` or `{key}-title`.
fn composed(text: &str) -> Option<(String, String)> {
    let (start, rest) = text.split_once('{')?;
    let (inside, end) = rest.split_once('}')?;
    let is_part = |part: &str| {
        part.chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
    };
    let is_name = inside
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_');
    let joins = start.ends_with('-') || (start.is_empty() && end.starts_with('-'));
    (is_name && joins && is_part(start) && is_part(end) && (start.len() > 2 || end.len() > 2))
        .then(|| (start.to_owned(), end.to_owned()))
}

fn fits(key: &str, start: &str, end: &str, said: &BTreeSet<String>) -> bool {
    let Some(middle) = key
        .strip_prefix(start)
        .and_then(|rest| rest.strip_suffix(end))
    else {
        return false;
    };
    if start.is_empty() {
        said.contains(middle)
    } else {
        !middle.is_empty()
    }
}

/// The key of the notice that an address asks for by `?done=word`.
fn done_word(text: &str) -> Option<String> {
    let word = text
        .split_once("?done=")
        .or_else(|| text.split_once("&done="))?
        .1;
    let word = word.split(['#', '&']).next()?;
    is_key(word).then(|| format!("done-{word}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(text: &str) -> Uses {
        let mut uses = Uses::default();
        uses.read(&RustText::read("a.rs", text), |_| String::new());
        uses
    }

    fn values(text: &str) -> Option<Vec<String>> {
        uses(text)
            .asked
            .remove(0)
            .values
            .map(|names| names.into_iter().collect())
    }

    #[test]
    fn keys_are_found_in_calls() {
        let text = "frame.t(\"a\"); Problem::at(\"field\", \"b-c\"); Refusal::Forbidden(\"d-e\"); \
                    frame.t(if x { \"f-g\" } else { \"h-i\" }); \"/desk?done=saved#x\"; map.n(y, \"no\")";
        let mut keys: Vec<String> = uses(text)
            .asked
            .into_iter()
            .map(|asked| asked.key)
            .collect();
        keys.sort();
        assert_eq!(keys, ["a", "b-c", "d-e", "done-saved", "f-g", "h-i"]);
    }

    #[test]
    fn values_are_seen() {
        assert_eq!(values("say.t(\"a\")").unwrap(), [""; 0]);
        assert_eq!(values("say.n(\"a\", 2)").unwrap(), ["count"]);
        assert_eq!(values("say.t1(\"a\", \"b\", c(\"d\"))").unwrap(), ["b"]);
        assert_eq!(
            values("say.t2(\"a\", (\"b\", &x), (\"c\", &y))").unwrap(),
            ["b", "c"]
        );
        assert_eq!(
            values("say.with(\"a\", &[(\"b\", x), (\"c\", \"y\")])").unwrap(),
            ["b", "c"]
        );
        assert_eq!(values("say.with(\"a\", &values)"), None);
        assert_eq!(values("let p = Problem::of(\"a\"); p.with(\"b\", 1)"), None);
        let chain = "Problem::at(\"f\", \"a\").with(\"b\", 1)\n.with(\"c\", d(2))";
        assert_eq!(values(chain).unwrap(), ["b", "c"]);
    }

    #[test]
    fn composed_keys_are_known_by_their_ends() {
        let uses =
            uses("format!(\"state-{}\", a); format!(\"{key}-title\"); \"error\"; \"article {x}\"");
        assert!(uses.has("state-draft") && uses.has("error-title"));
        assert!(!uses.has("state-") && !uses.has("other-title") && !uses.has("article-x"));
    }
}

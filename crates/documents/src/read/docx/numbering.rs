//! List numbers as Word prints them.

use std::collections::HashMap;

use quick_xml::events::Event;

use crate::read::package::{Part, attribute};
use crate::read::problem::ReadProblem;

/// Levels a list can have.
const LEVELS: usize = 9;

#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    text: String,
    start: u32,
    indent_twips: Option<i64>,
}

#[derive(Clone, Debug, Default)]
struct List {
    levels: [Level; LEVELS],
}

/// The lists of a document and how far each has counted.
#[derive(Default)]
pub struct Numbering {
    abstracts: HashMap<String, List>,
    lists: HashMap<String, (String, [Option<u32>; LEVELS])>,
    counts: HashMap<String, [u32; LEVELS]>,
    begun: HashMap<String, bool>,
}

impl Numbering {
    /// The next number of a list at a level, as printed; `None` if there is no such list or it
    /// prints nothing.
    pub fn next(&mut self, list: &str, level: u8) -> Option<String> {
        let level = usize::from(level).min(LEVELS - 1);
        let (abstract_id, overrides) = self.lists.get(list)?;
        let levels = &self.abstracts.get(abstract_id)?.levels;
        let counts = self.counts.entry(abstract_id.clone()).or_default();
        if !self.begun.contains_key(list) {
            self.begun.insert(list.to_owned(), true);
            for (n, start) in overrides.iter().enumerate() {
                if start.is_some() {
                    counts[n] = 0;
                }
            }
        }
        let start = overrides[level].unwrap_or(levels[level].start);
        counts[level] = if counts[level] == 0 {
            start.max(1)
        } else {
            counts[level].saturating_add(1)
        };
        for (n, count) in counts.iter_mut().enumerate() {
            if n > level {
                *count = 0;
            } else if *count == 0 {
                *count = levels[n].start.max(1);
            }
        }
        let counts = *counts;
        print(levels, &counts, level)
    }

    /// Indentation of a level, in twips.
    pub fn indent_twips(&self, list: &str, level: u8) -> Option<i64> {
        let (abstract_id, _) = self.lists.get(list)?;
        let levels = &self.abstracts.get(abstract_id)?.levels;
        levels[usize::from(level).min(LEVELS - 1)].indent_twips
    }
}

fn print(levels: &[Level; LEVELS], counts: &[u32; LEVELS], level: usize) -> Option<String> {
    let at = &levels[level];
    if at.format == "none" {
        return None;
    }
    if at.format == "bullet" {
        return Some(bullet(&at.text));
    }
    let mut text = at.text.clone();
    for n in 0..LEVELS {
        let mark = format!("%{}", n + 1);
        if text.contains(&mark) {
            text = text.replace(&mark, &number(&levels[n].format, counts[n]));
        }
    }
    (!text.trim().is_empty()).then_some(text)
}

/// Bullets of symbol fonts lie in the private use area; any of them is a dot to people.
fn bullet(text: &str) -> String {
    match text.chars().next() {
        Some('\u{e000}'..='\u{f8ff}') | None => "•".to_owned(),
        Some('o') if text.chars().count() == 1 => "◦".to_owned(),
        Some(_) => text.to_owned(),
    }
}

fn number(format: &str, n: u32) -> String {
    match format {
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "upperLetter" => letters(n, b'A'),
        "lowerLetter" => letters(n, b'a'),
        "decimalZero" => format!("{n:02}"),
        _ => n.to_string(),
    }
}

fn letters(n: u32, first: u8) -> String {
    let zero_based = n.saturating_sub(1);
    let letter = char::from(first + u8::try_from(zero_based % 26).unwrap_or(0));
    let times = usize::try_from(zero_based / 26).unwrap_or(0).min(8) + 1;
    letter.to_string().repeat(times)
}

/// A Roman number; beyond what people write, the Arabic one.
pub(in crate::read) fn roman(n: u32) -> String {
    const SIGNS: [(u32, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n == 0 || n > 399 {
        return n.to_string();
    }
    let mut rest = n;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

pub fn read(part: &mut Part<'_>) -> Result<Numbering, ReadProblem> {
    let mut numbering = Numbering::default();
    let mut at = At::default();
    part.each(|event| {
        if let Event::Start(tag) | Event::Empty(tag) = event {
            let name: &str = tag.local_name().into_inner();
            at.take(name, &|key| attribute(tag, key), &mut numbering);
        }
        Ok(())
    })?;
    Ok(numbering)
}

/// Where in the numbering part the reader is.
#[derive(Default)]
struct At {
    abstract_id: Option<String>,
    list: Option<String>,
    level: usize,
}

impl At {
    fn take(
        &mut self,
        name: &str,
        value: &dyn Fn(&str) -> Option<String>,
        numbering: &mut Numbering,
    ) {
        let level_of = |key: &str| {
            let n = value(key).and_then(|v| v.parse::<usize>().ok());
            n.unwrap_or(0).min(LEVELS - 1)
        };
        match name {
            "abstractNum" => {
                self.abstract_id = value("abstractNumId");
                self.list = None;
            }
            "num" => {
                self.list = value("numId");
                self.abstract_id = None;
            }
            "abstractNumId" => {
                if let (Some(list), Some(id)) = (&self.list, value("val")) {
                    numbering.lists.insert(list.clone(), (id, [None; LEVELS]));
                }
            }
            "lvl" | "lvlOverride" => self.level = level_of("ilvl"),
            "startOverride" => {
                let start = value("val").and_then(|v| v.parse().ok());
                if let Some(list) = &self.list
                    && let Some((_, overrides)) = numbering.lists.get_mut(list)
                {
                    overrides[self.level] = start;
                }
            }
            _ => self.take_level(name, value, numbering),
        }
    }

    fn take_level(
        &self,
        name: &str,
        value: &dyn Fn(&str) -> Option<String>,
        numbering: &mut Numbering,
    ) {
        let Some(id) = &self.abstract_id else { return };
        let list = numbering.abstracts.entry(id.clone()).or_default();
        let level = &mut list.levels[self.level];
        match name {
            "start" => level.start = value("val").and_then(|v| v.parse().ok()).unwrap_or(1),
            "numFmt" => level.format = value("val").unwrap_or_default(),
            "lvlText" => level.text = value("val").unwrap_or_default(),
            "ind" => {
                let left = value("left").or_else(|| value("start"));
                level.indent_twips = left.and_then(|v| v.parse().ok());
            }
            _ => {}
        }
    }
}

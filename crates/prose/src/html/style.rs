//! What an element's name, style and class say about how its words look.

use super::page::Element;
use crate::Marks;

/// What of a style matters here.
#[derive(Default)]
pub(super) struct Style {
    bold: Option<bool>,
    italic: Option<bool>,
    underline: Option<bool>,
    strike: Option<bool>,
    sub: bool,
    sup: bool,
    /// Not to be seen.
    pub is_hidden: bool,
    /// The bullet or number that a word processor writes into the text of a list paragraph.
    pub is_marker: bool,
    /// Level of a list paragraph, from 1.
    pub list_level: Option<u8>,
    /// Level of a heading, from 1.
    pub outline: Option<u8>,
}

pub(super) fn of(element: &Element) -> Style {
    let mut style = Style::default();
    for rule in element.attribute("style").split(';') {
        if let Some((name, value)) = rule.split_once(':') {
            let value = value.trim().to_ascii_lowercase();
            style.learn(&name.trim().to_ascii_lowercase(), &value);
        }
    }
    style.learn_class(element.attribute("class"));
    style
}

impl Style {
    fn learn(&mut self, name: &str, value: &str) {
        match name {
            "font-weight" => {
                let weight = value.parse::<u32>().ok();
                self.bold = match value {
                    "bold" | "bolder" => Some(true),
                    "normal" | "lighter" => Some(false),
                    _ => weight.map(|weight| weight >= 600),
                };
            }
            "font-style" => self.italic = Some(value == "italic" || value.starts_with("oblique")),
            "text-decoration" | "text-decoration-line" => {
                self.underline = Some(value.contains("underline"));
                self.strike = Some(value.contains("line-through"));
            }
            "vertical-align" => {
                self.sub |= value == "sub";
                self.sup |= value == "super";
            }
            "display" => self.is_hidden |= value == "none",
            "visibility" => self.is_hidden |= value == "hidden",
            "mso-hide" => self.is_hidden |= value == "all",
            "mso-list" => self.learn_list(value),
            "mso-outline-level" => {
                self.outline = value.parse().ok().filter(|n| (1..=6).contains(n))
            }
            _ => {}
        }
    }

    /// `l0 level2 lfo1` is a paragraph of a list, `ignore` its bullet.
    fn learn_list(&mut self, value: &str) {
        self.is_marker |= value == "ignore";
        let levels = value
            .split_whitespace()
            .filter_map(|word| word.strip_prefix("level"));
        if let Some(level) = levels.filter_map(|n| n.parse().ok()).next() {
            self.list_level = Some(level);
        }
    }

    fn learn_class(&mut self, class: &str) {
        for name in class.split_whitespace() {
            if name.starts_with("MsoListParagraph") && self.list_level.is_none() {
                self.list_level = Some(0);
            }
            let heading = name
                .strip_prefix("MsoHeading")
                .or(name.strip_prefix("Heading"));
            if let Some(level) = heading.and_then(|n| n.parse().ok()) {
                self.outline = Some(level).filter(|n| (1..=6).contains(n)).or(self.outline);
            }
            if name == "MsoTitle" {
                self.outline = Some(1);
            }
        }
    }

    /// Marks of the words inside, given those around.
    pub fn marks(&self, name: &str, around: Marks) -> Marks {
        let mut marks = around;
        match name {
            "b" | "strong" => marks.bold = true,
            "i" | "em" | "cite" | "dfn" | "var" => marks.italic = true,
            "u" | "ins" => marks.underline = true,
            "s" | "strike" | "del" => marks.strike = true,
            "sub" => marks.sub = true,
            "sup" => marks.sup = true,
            _ => {}
        }
        marks.bold = self.bold.unwrap_or(marks.bold);
        marks.italic = self.italic.unwrap_or(marks.italic);
        marks.underline = self.underline.unwrap_or(marks.underline);
        marks.strike = self.strike.unwrap_or(marks.strike);
        marks.sub |= self.sub;
        marks.sup |= self.sup;
        marks
    }
}

//! Paragraph and character styles: only what shows how a paragraph stands.

use std::collections::HashMap;

use quick_xml::events::Event;

use crate::read::package::{Part, attribute};
use crate::read::problem::ReadProblem;

/// What a style, a paragraph or a run says of itself; `None` is "as inherited".
#[derive(Clone, Debug, Default)]
pub struct Format {
    pub bold: Option<bool>,
    pub centred: Option<bool>,
    pub font: Option<String>,
    pub indent_twips: Option<i64>,
    pub outline: Option<u8>,
    pub list: Option<String>,
    pub level: Option<u8>,
    pub caps: Option<bool>,
}

impl Format {
    /// Takes over what one property element says.
    pub fn take(&mut self, name: &str, value: &dyn Fn(&str) -> Option<String>) {
        let number = |key: &str| value(key).and_then(|v| v.parse::<i64>().ok());
        let small = |key: &str| value(key).and_then(|v| v.parse::<u8>().ok());
        let on = || {
            !matches!(
                value("val").as_deref(),
                Some("0" | "false" | "off" | "none")
            )
        };
        match name {
            "b" => self.bold = Some(on()),
            "caps" => self.caps = Some(on()),
            "jc" => self.centred = Some(value("val").as_deref() == Some("center")),
            "rFonts" => {
                self.font = value("ascii")
                    .or_else(|| value("hAnsi"))
                    .or(self.font.take())
            }
            "ind" => self.indent_twips = number("left").or_else(|| number("start")),
            "outlineLvl" => self.outline = small("val"),
            "numId" => self.list = value("val"),
            "ilvl" => self.level = small("val"),
            _ => {}
        }
    }

    /// What is said here, and where nothing is said, what the other says.
    #[must_use]
    pub fn over(&self, under: &Self) -> Self {
        Self {
            bold: self.bold.or(under.bold),
            centred: self.centred.or(under.centred),
            font: self.font.clone().or_else(|| under.font.clone()),
            indent_twips: self.indent_twips.or(under.indent_twips),
            outline: self.outline.or(under.outline),
            list: self.list.clone().or_else(|| under.list.clone()),
            level: self.level.or(under.level),
            caps: self.caps.or(under.caps),
        }
    }
}

#[derive(Default)]
struct Style {
    based_on: Option<String>,
    format: Format,
}

/// The styles of a document, by their ids.
#[derive(Default)]
pub struct Styles {
    defaults: Format,
    by_id: HashMap<String, Style>,
    normal: Option<String>,
}

/// How many styles may stand upon each other.
const CHAIN_MAX: usize = 12;

impl Styles {
    /// The format of a paragraph style with everything it stands upon.
    pub fn paragraph(&self, id: Option<&str>) -> Format {
        let mut format = Format::default();
        let mut next = id.or(self.normal.as_deref());
        for _ in 0..CHAIN_MAX {
            let Some(style) = next.and_then(|id| self.by_id.get(id)) else {
                break;
            };
            format = format.over(&style.format);
            next = style.based_on.as_deref();
        }
        format.over(&self.defaults)
    }
}

pub fn read(part: &mut Part<'_>) -> Result<Styles, ReadProblem> {
    let mut styles = Styles::default();
    let mut open: Option<(String, Style)> = None;
    part.each(|event| {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name: &str = tag.local_name().into_inner();
                let value = |key: &str| attribute(tag, key);
                match (name, &mut open) {
                    ("style", _) => {
                        let id = value("styleId").unwrap_or_default();
                        let paragraph = value("type").as_deref() == Some("paragraph");
                        if paragraph && value("default").as_deref() == Some("1") {
                            styles.normal = Some(id.clone());
                        }
                        open = Some((id, Style::default()));
                    }
                    ("basedOn", Some((_, style))) => style.based_on = value("val"),
                    (name, Some((_, style))) => style.format.take(name, &value),
                    (name, None) => styles.defaults.take(name, &value),
                }
            }
            Event::End(tag) if tag.local_name().into_inner() == "style" => {
                if let Some((id, style)) = open.take() {
                    styles.by_id.insert(id, style);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    styles.defaults.list = None;
    Ok(styles)
}

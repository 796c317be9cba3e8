//! Formats of Office Open XML as far as the decree speaks of them, and their inheritance.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use crate::read::ReadProblem;
use crate::read::package::{Part, attribute};

/// Longest chain of styles that is followed.
const CHAIN_MAX: usize = 20;

/// What a style or a run says about letters and lines; what it does not say is none.
/// Lengths are in twentieths of a point, sizes in half points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Format {
    pub font: Option<String>,
    pub size: Option<u32>,
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub caps: Option<bool>,
    pub colour: Option<String>,
    pub align: Option<String>,
    pub first_line: Option<i32>,
    pub left: Option<i32>,
    pub right: Option<i32>,
    pub before: Option<u32>,
    pub after: Option<u32>,
    pub line: Option<u32>,
    pub line_rule: Option<String>,
    /// The style that a paragraph or run names.
    pub style: Option<String>,
}

impl Format {
    /// This format where it says something, another where it does not.
    #[must_use]
    pub fn over(self, base: &Format) -> Format {
        let base = base.clone();
        Format {
            font: self.font.or(base.font),
            size: self.size.or(base.size),
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            caps: self.caps.or(base.caps),
            colour: self.colour.or(base.colour),
            align: self.align.or(base.align),
            first_line: self.first_line.or(base.first_line),
            left: self.left.or(base.left),
            right: self.right.or(base.right),
            before: self.before.or(base.before),
            after: self.after.or(base.after),
            line: self.line.or(base.line),
            line_rule: self.line_rule.or(base.line_rule),
            style: self.style,
        }
    }

    /// Takes in one property element.
    pub fn take(&mut self, tag: &BytesStart<'_>) {
        let value = |name: &str| attribute(tag, name);
        let number = |name: &str| value(name).and_then(|text| text.parse().ok());
        match tag.local_name().into_inner() {
            "rFonts" => self.font = value("ascii").or_else(|| value("asciiTheme")),
            "sz" => self.size = value("val").and_then(|text| text.parse().ok()),
            "b" => self.bold = Some(is_on(tag)),
            "i" => self.italic = Some(is_on(tag)),
            "caps" => self.caps = Some(is_on(tag)),
            "color" => self.colour = value("val"),
            "jc" => self.align = value("val"),
            "pStyle" | "rStyle" => self.style = value("val"),
            "ind" => {
                let hanging: Option<i32> = number("hanging");
                self.first_line = number("firstLine")
                    .or(hanging.map(|n| -n))
                    .or(self.first_line);
                self.left = number("left").or_else(|| number("start")).or(self.left);
                self.right = number("right").or_else(|| number("end")).or(self.right);
            }
            "spacing" => {
                let whole = |name: &str| value(name).and_then(|text| text.parse().ok());
                self.before = whole("before").or(self.before);
                self.after = whole("after").or(self.after);
                self.line = whole("line").or(self.line);
                self.line_rule = value("lineRule").or(self.line_rule.take());
            }
            _ => {}
        }
    }
}

fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(
        attribute(tag, "val").as_deref(),
        Some("0" | "false" | "off" | "none")
    )
}

/// The styles of a file.
#[derive(Debug, Default)]
pub struct Styles {
    defaults: Format,
    normal: Option<String>,
    known: HashMap<String, (Option<String>, Format)>,
}

impl Styles {
    /// What a paragraph of this style has, before its own properties.
    pub fn paragraph(&self, style: Option<&str>) -> Format {
        let style = style.or(self.normal.as_deref());
        self.chain(style).over(&self.defaults)
    }

    /// What a run of this style says.
    pub fn run(&self, style: Option<&str>) -> Format {
        self.chain(style)
    }

    fn chain(&self, style: Option<&str>) -> Format {
        let mut format = Format::default();
        let mut next = style.map(str::to_owned);
        for _ in 0..CHAIN_MAX {
            let Some((base, own)) = next.and_then(|name| self.known.get(&name)) else {
                break;
            };
            format = format.over(own);
            next = base.clone();
        }
        format
    }
}

/// The part of the styles.
pub fn styles(part: &mut Part<'_>) -> Result<Styles, ReadProblem> {
    let mut styles = Styles::default();
    let mut open: Option<(String, Option<String>, Format)> = None;
    let mut in_defaults = false;
    part.each(|event| {
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().into_inner() {
                "docDefaults" => in_defaults = true,
                "style" => {
                    let id = attribute(tag, "styleId").unwrap_or_default();
                    let is_default =
                        matches!(attribute(tag, "default").as_deref(), Some("1" | "true"));
                    if is_default && attribute(tag, "type").as_deref() == Some("paragraph") {
                        styles.normal = Some(id.clone());
                    }
                    open = Some((id, None, Format::default()));
                }
                "basedOn" => {
                    if let Some((_, base, _)) = &mut open {
                        *base = attribute(tag, "val");
                    }
                }
                _ if in_defaults => styles.defaults.take(tag),
                _ => {
                    if let Some((_, _, format)) = &mut open {
                        format.take(tag);
                    }
                }
            },
            Event::End(tag) => match tag.local_name().into_inner() {
                "docDefaults" => in_defaults = false,
                "style" => {
                    if let Some((id, base, format)) = open.take() {
                        styles.known.insert(id, (base, format));
                    }
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

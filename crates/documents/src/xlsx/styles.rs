//! How cells look: every combination of a row's look, a value's kind and a column's alignment.

use base::Fault;

use super::align_word;
use super::book::MAIN;
use crate::layout;
use crate::paper::Align;
use crate::sheet::{Look, Value};
use crate::xml::Xml;

/// Kinds of values that have a face of their own, with the number of their format.
const KINDS: [(Kind, u32); 6] = [
    // Text stays text when somebody types into the cell: no "1.10" becomes 1.1.
    (Kind::Text, 49),
    (Kind::Whole, 3),
    (Kind::Decimal, OWN_FORMATS),
    (Kind::Share, OWN_FORMATS + 1),
    (Kind::Day, OWN_FORMATS + 2),
    (Kind::Moment, OWN_FORMATS + 3),
];
const OWN_FORMATS: u32 = 164;
const FORMATS: [&str; 4] = ["#,##0.00", "0%", "dd/mm/yyyy", "dd/mm/yyyy hh:mm"];
const LOOKS: [Look; 3] = [Look::Plain, Look::Group, Look::Total];
const ALIGNS: [Align; 3] = [Align::Left, Align::Center, Align::Right];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Whole,
    Decimal,
    Share,
    Day,
    Moment,
}

/// The face of a cell: its place in the list of styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Face(usize);

impl Face {
    /// The first line above the headings.
    pub(super) const TITLE: Face = Face(1);
    /// The lines after it.
    pub(super) const SUBTITLE: Face = Face(2);
    /// A heading of a column.
    pub(super) const HEADING: Face = Face(3);
    const FIRST_OF_ROWS: usize = 4;

    /// The face of a value in a row.
    pub(super) fn of(look: Look, align: Align, value: &Value) -> Self {
        let kind = match value {
            Value::Whole(_) => Kind::Whole,
            Value::Decimal(_) => Kind::Decimal,
            Value::Share(_) => Kind::Share,
            Value::Day(_) => Kind::Day,
            Value::Moment(_) => Kind::Moment,
            _ => Kind::Text,
        };
        let place = |found: Option<usize>| found.unwrap_or(0);
        let look = place(LOOKS.iter().position(|l| *l == look));
        let align = place(ALIGNS.iter().position(|a| *a == align));
        let kind = place(KINDS.iter().position(|(k, _)| *k == kind));
        Self(Self::FIRST_OF_ROWS + (look * ALIGNS.len() + align) * KINDS.len() + kind)
    }

    pub(super) fn index(self) -> usize {
        self.0
    }
}

/// `xl/styles.xml`.
pub(super) fn part() -> Result<Vec<u8>, Fault> {
    Xml::document("styleSheet", &[("xmlns", MAIN)], |xml| {
        list(xml, "numFmts", FORMATS.len(), |xml| {
            for (id, code) in (OWN_FORMATS..).zip(FORMATS) {
                let id = id.to_string();
                xml.empty("numFmt", &[("numFmtId", &id), ("formatCode", code)]);
            }
        });
        fonts(xml);
        list(xml, "fills", 4, |xml| {
            fill(xml, "none", None);
            fill(xml, "gray125", None);
            fill(xml, "solid", Some("FFE0EFF0"));
            fill(xml, "solid", Some("FFEFECE4"));
        });
        list(xml, "borders", 2, |xml| {
            border(xml, None);
            border(xml, Some("thin"));
        });
        list(xml, "cellStyleXfs", 1, |xml| {
            xml.empty(
                "xf",
                &[
                    ("numFmtId", "0"),
                    ("fontId", "0"),
                    ("fillId", "0"),
                    ("borderId", "0"),
                ],
            );
        });
        list(xml, "cellXfs", Face::FIRST_OF_ROWS + 54, faces);
        list(xml, "cellStyles", 1, |xml| {
            xml.empty(
                "cellStyle",
                &[("name", "Normal"), ("xfId", "0"), ("builtinId", "0")],
            );
        });
    })
}

fn list(xml: &mut Xml, name: &str, count: usize, fill: impl FnOnce(&mut Xml)) {
    xml.within(name, &[("count", &count.to_string())], fill);
}

fn fonts(xml: &mut Xml) {
    list(xml, "fonts", 3, |xml| {
        for (is_bold, size) in [(false, "12"), (true, "12"), (true, "14")] {
            xml.within("font", &[], |xml| {
                if is_bold {
                    xml.empty("b", &[]);
                }
                xml.empty("sz", &[("val", size)]);
                xml.empty("name", &[("val", layout::FONT)]);
                xml.empty("family", &[("val", "1")]);
            });
        }
    });
}

fn fill(xml: &mut Xml, pattern: &str, colour: Option<&str>) {
    xml.within("fill", &[], |xml| {
        xml.within("patternFill", &[("patternType", pattern)], |xml| {
            if let Some(colour) = colour {
                xml.empty("fgColor", &[("rgb", colour)]);
                xml.empty("bgColor", &[("indexed", "64")]);
            }
        });
    });
}

fn border(xml: &mut Xml, style: Option<&str>) {
    xml.within("border", &[], |xml| {
        for side in ["left", "right", "top", "bottom"] {
            match style {
                Some(style) => xml.within(side, &[("style", style)], |xml| {
                    xml.empty("color", &[("indexed", "64")]);
                }),
                None => xml.empty(side, &[]),
            }
        }
        xml.empty("diagonal", &[]);
    });
}

/// Number format, font, fill, border, alignment of a face.
struct Drawn<'a>(u32, &'a str, &'a str, &'a str, [(&'a str, &'a str); 3]);

fn faces(xml: &mut Xml) {
    let middle = [
        ("horizontal", "center"),
        ("vertical", "center"),
        ("wrapText", "1"),
    ];
    let plain = [
        ("horizontal", "general"),
        ("vertical", "top"),
        ("wrapText", "0"),
    ];
    let title = [
        ("horizontal", "center"),
        ("vertical", "center"),
        ("wrapText", "1"),
    ];
    face(xml, &Drawn(0, "0", "0", "0", plain));
    face(xml, &Drawn(49, "2", "0", "0", title));
    face(xml, &Drawn(49, "0", "0", "0", title));
    face(xml, &Drawn(49, "1", "2", "1", middle));
    for look in LOOKS {
        let (font, fill) = match look {
            Look::Plain => ("0", "0"),
            Look::Group => ("1", "3"),
            Look::Total => ("1", "0"),
        };
        for align in ALIGNS {
            for (kind, format) in KINDS {
                let horizontal = match kind {
                    Kind::Text => align_word(align),
                    Kind::Day | Kind::Moment => "center",
                    _ if align == Align::Center => "center",
                    _ => "right",
                };
                let alignment = [
                    ("horizontal", horizontal),
                    ("vertical", "top"),
                    ("wrapText", "1"),
                ];
                face(xml, &Drawn(format, font, fill, "1", alignment));
            }
        }
    }
}

fn face(xml: &mut Xml, face: &Drawn<'_>) {
    let Drawn(format, font, fill, border, alignment) = face;
    let format = format.to_string();
    let attributes = [
        ("numFmtId", format.as_str()),
        ("fontId", font),
        ("fillId", fill),
        ("borderId", border),
        ("xfId", "0"),
        ("applyNumberFormat", "1"),
        ("applyFont", "1"),
        ("applyFill", "1"),
        ("applyBorder", "1"),
        ("applyAlignment", "1"),
    ];
    xml.within("xf", &attributes, |xml| xml.empty("alignment", alignment));
}

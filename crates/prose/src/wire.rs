//! The stored form of a document: small JSON with its version in front.
//!
//! `{"v":1,"b":[…]}` with the blocks `{"p":[…]}`, `{"h":{"l":2,"c":[…]}}`, `{"l":{"o":3,"i":[[…]]}}`
//! (`o`: number of the first item, only when numbered), `{"q":[…]}`,
//! `{"t":{"h":1,"r":[[{"h":1,"c":2,"r":2,"b":[…]}]],"n":"caption"}}`,
//! `{"i":{"f":"sha256","a":"alt","n":"caption"}}`, `"hr"`; inlines are `"words"`,
//! `{"s":"words","m":"bi"}` (marks: b i u s, `v` below, `^` above), `{"a":"href","c":[…]}` and
//! `{"br":1}`. The form never changes for one version; a new one gets a new number.

use base::Fault;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeStruct};

use crate::{Block, Cell, Doc, FileRef, Href, Inline, Level, Marks};

/// Version of the stored form.
const VERSION: u32 = 1;

impl Doc {
    /// The stored form, as text.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the stored form.
    ///
    /// # Faults
    /// The text is not a stored document of a version that this program knows.
    pub fn from_json(json: &str) -> Result<Self, Fault> {
        serde_json::from_str(json)
            .map_err(|error| Fault::from_source("a stored document cannot be read", error))
    }
}

impl Serialize for Doc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let blocks: Vec<WireBlock> = self.blocks.iter().map(WireBlock::of).collect();
        let mut doc = serializer.serialize_struct("Doc", 2)?;
        doc.serialize_field("v", &VERSION)?;
        doc.serialize_field("b", &blocks)?;
        doc.end()
    }
}

impl<'de> Deserialize<'de> for Doc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Stored {
            v: u32,
            b: Vec<WireBlock>,
        }
        let stored = Stored::deserialize(deserializer)?;
        if stored.v != VERSION {
            let found = stored.v;
            return Err(de::Error::custom(format!("version {found} is not known")));
        }
        let blocks = blocks_of(stored.b).map_err(de::Error::custom)?;
        Ok(Self { blocks })
    }
}

#[derive(Serialize, Deserialize)]
enum WireBlock {
    #[serde(rename = "p")]
    Paragraph(Vec<WireInline>),
    #[serde(rename = "h")]
    Heading { l: u8, c: Vec<WireInline> },
    #[serde(rename = "l")]
    List {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        o: Option<u32>,
        i: Vec<Vec<WireBlock>>,
    },
    #[serde(rename = "q")]
    Quote(Vec<WireBlock>),
    #[serde(rename = "t")]
    Table {
        #[serde(default, skip_serializing_if = "is_zero")]
        h: usize,
        r: Vec<Vec<WireCell>>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        n: String,
    },
    #[serde(rename = "i")]
    Image {
        f: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        a: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        n: String,
    },
    #[serde(rename = "hr")]
    Rule,
}

#[derive(Serialize, Deserialize)]
struct WireCell {
    #[serde(default, skip_serializing_if = "is_false")]
    h: u8,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    c: u32,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    r: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    b: Vec<WireBlock>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WireInline {
    Plain(String),
    Marked { s: String, m: String },
    Link { a: String, c: Vec<WireInline> },
    Break { br: u8 },
}

fn one() -> u32 {
    1
}

fn is_one(n: &u32) -> bool {
    *n == 1
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

fn is_false(n: &u8) -> bool {
    *n == 0
}

impl WireBlock {
    fn of(block: &Block) -> Self {
        let all = |blocks: &[Block]| blocks.iter().map(Self::of).collect();
        match block {
            Block::Paragraph(inlines) => Self::Paragraph(wire_inlines(inlines)),
            Block::Heading { level, inlines } => Self::Heading {
                l: level.number(),
                c: wire_inlines(inlines),
            },
            Block::List {
                ordered,
                start,
                items,
            } => Self::List {
                o: ordered.then_some(*start),
                i: items.iter().map(|item| all(item)).collect(),
            },
            Block::Quote(inner) => Self::Quote(all(inner)),
            Block::Table {
                head_rows,
                rows,
                caption,
            } => Self::Table {
                h: *head_rows,
                r: rows
                    .iter()
                    .map(|row| row.iter().map(WireCell::of).collect())
                    .collect(),
                n: caption.clone(),
            },
            Block::Image { file, alt, caption } => Self::Image {
                f: file.to_string(),
                a: alt.clone(),
                n: caption.clone(),
            },
            Block::Rule => Self::Rule,
        }
    }

    fn read(self) -> Result<Block, String> {
        Ok(match self {
            Self::Paragraph(inlines) => Block::Paragraph(inlines_of(inlines)?),
            Self::Heading { l, c } => Block::Heading {
                level: Level::nearest(u64::from(l)),
                inlines: inlines_of(c)?,
            },
            Self::List { o, i } => Block::List {
                ordered: o.is_some(),
                start: o.unwrap_or(1),
                items: i.into_iter().map(blocks_of).collect::<Result<_, _>>()?,
            },
            Self::Quote(inner) => Block::Quote(blocks_of(inner)?),
            Self::Table { h, r, n } => {
                let row = |row: Vec<WireCell>| row.into_iter().map(WireCell::read).collect();
                Block::Table {
                    head_rows: h.min(r.len()),
                    rows: r.into_iter().map(row).collect::<Result<_, _>>()?,
                    caption: n,
                }
            }
            Self::Image { f, a, n } => Block::Image {
                file: FileRef::parse(&f).ok_or("a picture names no file")?,
                alt: a,
                caption: n,
            },
            Self::Rule => Block::Rule,
        })
    }
}

impl WireCell {
    fn of(cell: &Cell) -> Self {
        Self {
            h: u8::from(cell.header),
            c: cell.colspan,
            r: cell.rowspan,
            b: cell.blocks.iter().map(WireBlock::of).collect(),
        }
    }

    fn read(self) -> Result<Cell, String> {
        Ok(Cell {
            header: self.h != 0,
            colspan: self.c,
            rowspan: self.r,
            blocks: blocks_of(self.b)?,
        })
    }
}

fn blocks_of(wire: Vec<WireBlock>) -> Result<Vec<Block>, String> {
    wire.into_iter().map(WireBlock::read).collect()
}

fn wire_inlines(inlines: &[Inline]) -> Vec<WireInline> {
    let wire = |inline: &Inline| match inline {
        Inline::Text { text, marks } if *marks == Marks::default() => {
            WireInline::Plain(text.clone())
        }
        Inline::Text { text, marks } => WireInline::Marked {
            s: text.clone(),
            m: letters(*marks),
        },
        Inline::Link { href, inlines } => WireInline::Link {
            a: href.to_string(),
            c: wire_inlines(inlines),
        },
        Inline::Break => WireInline::Break { br: 1 },
    };
    inlines.iter().map(wire).collect()
}

fn inlines_of(wire: Vec<WireInline>) -> Result<Vec<Inline>, String> {
    let read = |inline| {
        Ok(match inline {
            WireInline::Plain(text) => Inline::plain(text),
            WireInline::Marked { s, m } => Inline::Text {
                text: s,
                marks: marks(&m),
            },
            WireInline::Link { a, c } => Inline::Link {
                href: Href::parse(&a).ok_or("a link leads nowhere allowed")?,
                inlines: inlines_of(c)?,
            },
            WireInline::Break { .. } => Inline::Break,
        })
    };
    wire.into_iter().map(read).collect()
}

/// One letter for each mark, in the order of [`Marks::switches`].
const LETTERS: [char; 6] = ['b', 'i', 'u', 's', 'v', '^'];

fn letters(marks: Marks) -> String {
    let named = marks.switches().into_iter().zip(LETTERS);
    named
        .filter_map(|(on, letter)| on.then_some(letter))
        .collect()
}

fn marks(letters: &str) -> Marks {
    Marks::of_switches(LETTERS.map(|letter| letters.contains(letter)))
}

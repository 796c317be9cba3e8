//! The tree itself: what a document can say, and nothing more.

use crate::{FileRef, Href};

/// A written document: blocks from top to bottom.
///
/// Kept in the tidy form (see [`Doc::tidy`]); documents built by hand should be tidied before they
/// are stored or compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doc {
    /// The blocks, in reading order.
    pub blocks: Vec<Block>,
}

/// One block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading inside the text; the first level belongs to the page's own title.
    Heading {
        /// How deep it stands.
        level: Level,
        /// Its words.
        inlines: Vec<Inline>,
    },
    /// A list; each item holds blocks, so lists nest.
    List {
        /// Numbered (1, 2, 3), or with dots.
        ordered: bool,
        /// Number of the first item; always 1 in a list with dots.
        start: u32,
        /// The items; a tidy document has no empty one.
        items: Vec<Vec<Block>>,
    },
    /// Words of somebody else.
    Quote(Vec<Block>),
    /// A table.
    Table {
        /// How many rows at the top are headings; in a tidy document exactly the leading rows
        /// whose cells are all headings.
        head_rows: usize,
        /// Rows of cells; a cell that spans is written once, where it begins.
        rows: Vec<Vec<Cell>>,
        /// What the table shows; empty when it says so itself.
        caption: String,
    },
    /// A picture with its caption.
    Image {
        /// The picture's file.
        file: FileRef,
        /// What a person who cannot see it should know.
        alt: String,
        /// The line under it; may be empty.
        caption: String,
    },
    /// A line across the page.
    Rule,
}

impl Block {
    /// A paragraph of plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Inline::plain(text)])
    }

    /// A list with dots.
    pub fn bullets(items: Vec<Vec<Block>>) -> Self {
        Self::List {
            ordered: false,
            start: 1,
            items,
        }
    }

    /// A numbered list from 1.
    pub fn numbered(items: Vec<Vec<Block>>) -> Self {
        Self::List {
            ordered: true,
            start: 1,
            items,
        }
    }
}

/// How deep a heading stands: `h2` to `h4` of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A chapter of the text.
    Two,
    /// A part of a chapter.
    Three,
    /// A part of a part.
    Four,
}

impl Level {
    /// The level nearest to a number: 1 and 2 are two, 4 and above are four.
    pub fn nearest(number: u64) -> Self {
        match number {
            0..=2 => Self::Two,
            3 => Self::Three,
            _ => Self::Four,
        }
    }

    /// 2, 3 or 4.
    pub fn number(self) -> u8 {
        match self {
            Self::Two => 2,
            Self::Three => 3,
            Self::Four => 4,
        }
    }
}

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Whether it names its row or column.
    pub header: bool,
    /// Columns it covers, at least 1.
    pub colspan: u32,
    /// Rows it covers, at least 1.
    pub rowspan: u32,
    /// What stands in it; may be empty. Never a table.
    pub blocks: Vec<Block>,
}

impl Cell {
    /// A cell of one row and one column.
    pub fn of(header: bool, blocks: Vec<Block>) -> Self {
        Self {
            header,
            colspan: 1,
            rowspan: 1,
            blocks,
        }
    }
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words in one look.
    Text {
        /// The words; one line, NFC.
        text: String,
        /// Their look.
        marks: Marks,
    },
    /// Words that lead somewhere; a link never holds a link.
    Link {
        /// Where to.
        href: Href,
        /// The words.
        inlines: Vec<Inline>,
    },
    /// A new line inside the same paragraph.
    Break,
}

impl Inline {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Text {
            text: text.into(),
            marks: Marks::default(),
        }
    }

    /// Bold words.
    pub fn bold(text: impl Into<String>) -> Self {
        Self::Text {
            text: text.into(),
            marks: Marks {
                bold: true,
                ..Marks::default()
            },
        }
    }
}

/// How words look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Marks {
    /// Important.
    pub bold: bool,
    /// Stressed, or a name.
    pub italic: bool,
    /// Underlined; a tidy link has none of its own.
    pub underline: bool,
    /// No longer holds.
    pub strike: bool,
    /// Below the line, as in H₂O.
    pub sub: bool,
    /// Above the line, as in m².
    pub sup: bool,
}

impl Marks {
    /// The marks as switches in their fixed order: bold, italic, underline, strike, sub, sup.
    pub(crate) fn switches(self) -> [bool; 6] {
        [
            self.bold,
            self.italic,
            self.underline,
            self.strike,
            self.sub,
            self.sup,
        ]
    }

    /// The marks of switches in their fixed order.
    pub(crate) fn of_switches(on: [bool; 6]) -> Self {
        let [bold, italic, underline, strike, sub, sup] = on;
        Self {
            bold,
            italic,
            underline,
            strike,
            sub,
            sup,
        }
    }
}

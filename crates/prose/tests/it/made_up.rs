//! Made-up documents for the property tests, full of signs that mean something somewhere.

use proptest::prelude::*;
use prose::{Block, Cell, Doc, FileRef, Href, Inline, Level, Marks};

/// Pieces of text that some reader could take for its own.
const PIECES: &[&str] = &[
    "a", "Điều", "ệ", "hòa", " ", "  ", "*", "**", "_", "__", "~", "~~", "^", "[", "]", "](", "(",
    ")", "|", "\\", "\\n", "#", "## ", ">", "> ", "-", "- ", "---", "+ ", "1.", "12) ", "!", "![",
    ":", "{", "{b}", "{c2} ", "}", "\"", "'", "<", ">", "&", "&amp;", "<b>", "</p>", "`", ".",
    "\u{a0}", "\t", "\n", "e\u{301}", "\u{301}", "0", "n", "😀",
];

pub fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..7).prop_map(|pieces| pieces.concat())
}

fn marks() -> impl Strategy<Value = Marks> {
    any::<[bool; 6]>().prop_map(|[bold, italic, underline, strike, sub, sup]| Marks {
        bold,
        italic,
        underline,
        strike,
        sub,
        sup,
    })
}

fn words() -> impl Strategy<Value = Inline> {
    let look = prop_oneof![Just(Marks::default()), marks()];
    (text(), look).prop_map(|(text, marks)| Inline::Text { text, marks })
}

fn href() -> impl Strategy<Value = Href> {
    const KNOWN: &[&str] = &[
        "https://a.vn/x_y*z?(1)&b=[2]|c",
        "/tin/bai-1",
        "mailto:a@b.vn",
        "https://vbpl.vn/~x^y\\z",
    ];
    prop::sample::select(KNOWN).prop_filter_map("an address", Href::parse)
}

pub fn line() -> impl Strategy<Value = Vec<Inline>> {
    let link = (
        href(),
        prop::collection::vec(prop_oneof![4 => words(), 1 => Just(Inline::Break)], 1..4),
    );
    let link = link.prop_map(|(href, inlines)| Inline::Link { href, inlines });
    prop::collection::vec(
        prop_oneof![5 => words(), 1 => link, 1 => Just(Inline::Break)],
        0..6,
    )
}

fn file() -> impl Strategy<Value = FileRef> {
    any::<[u8; 32]>().prop_map(FileRef::of)
}

fn leaf() -> impl Strategy<Value = Block> {
    const LEVELS: &[Level] = &[Level::Two, Level::Three, Level::Four];
    prop_oneof![
        6 => line().prop_map(Block::Paragraph),
        1 => (prop::sample::select(LEVELS), line())
            .prop_map(|(level, inlines)| Block::Heading { level, inlines }),
        1 => (file(), text(), text())
            .prop_map(|(file, alt, caption)| Block::Image { file, alt, caption }),
        1 => Just(Block::Rule),
    ]
}

fn blocks(inner: BoxedStrategy<Block>) -> impl Strategy<Value = Vec<Block>> {
    prop::collection::vec(inner, 0..4)
}

fn table(inner: BoxedStrategy<Block>) -> impl Strategy<Value = Block> {
    let cell = (any::<bool>(), 1..4_u32, 0..4_u32, blocks(inner));
    let cell = cell.prop_map(|(header, colspan, rowspan, blocks)| Cell {
        header,
        colspan,
        rowspan,
        blocks,
    });
    let rows = prop::collection::vec(prop::collection::vec(cell, 0..4), 0..4);
    (0..3_usize, rows, text()).prop_map(|(head_rows, rows, caption)| Block::Table {
        head_rows,
        rows,
        caption,
    })
}

fn block() -> impl Strategy<Value = Block> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        let inner = inner.boxed();
        let items = prop::collection::vec(blocks(inner.clone()), 0..4);
        prop_oneof![
            2 => leaf(),
            3 => (any::<bool>(), 0..12_u32, items).prop_map(|(ordered, start, items)| {
                Block::List { ordered, start, items }
            }),
            1 => blocks(inner.clone()).prop_map(Block::Quote),
            1 => table(inner),
        ]
    })
}

/// Any document, as hands might build it.
pub fn raw_doc() -> impl Strategy<Value = Doc> {
    prop::collection::vec(block(), 0..6).prop_map(|blocks| Doc { blocks })
}

/// Any document that the house keeps.
pub fn doc() -> impl Strategy<Value = Doc> {
    raw_doc().prop_map(Doc::tidy)
}

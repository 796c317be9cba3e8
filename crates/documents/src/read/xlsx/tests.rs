use std::io::Write;

use jiff::civil::date;

use crate::read::{BlockKind, Limits, ReadCode, ReadProblem, grids as read_grids, source};
use crate::sheet::{Grid, Value};

const STYLES: &str = "<styleSheet><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts>\
    <fonts><font/><font><b/></font></fonts>\
    <cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"164\" fontId=\"0\"/><xf numFmtId=\"9\" fontId=\"1\"/></cellXfs></styleSheet>";
const STRINGS: &str = "<sst count=\"9\" uniqueCount=\"18446744073709551615\"><si><t>Nội dung</t></si>\
    <si><r><t xml:space=\"preserve\">Hội </t></r><r><rPr><b/></rPr><t>nghị &amp; họp</t></r><rPh><t>bỏ</t></rPh></si><si/></sst>";

/// A book with one sheet named Sheet1 that holds this XML.
fn book(sheet: &str) -> Vec<u8> {
    packed(&[
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let around = [
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/>\
             <sheet name=\"Ẩn\" sheetId=\"2\" state=\"hidden\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/styles.xml", STYLES),
    ];
    for (name, text) in around.iter().chain(parts) {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet(rows: &str) -> Vec<u8> {
    book(&format!(
        "<worksheet><sheetData>{rows}</sheetData></worksheet>"
    ))
}

fn read(bytes: &[u8]) -> Result<Vec<Grid>, ReadProblem> {
    read_grids(bytes, "bang.xlsx", &Limits::default())
}

fn values(bytes: &[u8]) -> Vec<Value> {
    let grid = read(bytes).unwrap().remove(0);
    let cells = grid.rows.into_iter().flat_map(|row| row.cells);
    cells.map(|cell| cell.value).collect()
}

fn refused(bytes: &[u8]) -> ReadProblem {
    let problem = read(bytes).unwrap_err();
    for lang in ["vi", "en"] {
        let sentence = problem.sentence(lang);
        assert!(!sentence.contains('{'), "{sentence}");
    }
    problem
}

#[test]
fn every_kind_of_cell_is_read_as_people_see_it() {
    let found = values(&sheet(
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
         <row r=\"3\"><c r=\"A3\"><v>12</v></c><c r=\"B3\" s=\"1\"><v>45092</v></c><c r=\"C3\" s=\"2\"><v>0.82</v></c>\
         <c r=\"D3\" t=\"b\"><v>1</v></c><c r=\"E3\" t=\"e\"><v>#REF!</v></c><c r=\"F3\" t=\"s\"><v>2</v></c>\
         <c r=\"G3\" t=\"inlineStr\"><is><r><t>tại </t></r><r><t>chỗ_x000A_hai</t></r></is></c>\
         <c r=\"H3\" t=\"d\"><v>2023-06-15T08:30:00</v></c><c r=\"I3\" t=\"d\"><v>2023-06-15</v></c></row>",
    ));
    let day = date(2023, 6, 15);
    let expected = [
        Value::text("Nội dung"),
        Value::text("Hội nghị & họp"),
        Value::Whole(12),
        Value::Day(day),
        Value::Share(0.82),
        Value::Flag(true),
        Value::Broken("#REF!".to_owned()),
        Value::text("tại chỗ\nhai"),
        Value::Moment(day.at(8, 30, 0, 0)),
        Value::Day(day),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_formula_is_its_stored_result_and_nothing_is_computed() {
    let found = values(&sheet(
        "<row><c><f>SUM(A1:A9)</f><v>7</v></c><c t=\"str\"><f>A1&amp;\"x\"</f><v>kết quả</v></c>\
         <c><f>WEBSERVICE(\"http://x\")</f></c></row>",
    ));
    assert_eq!(found, [Value::Whole(7), Value::text("kết quả")]);
}

#[test]
fn merged_cells_are_filled_and_hidden_sheets_left_out() {
    let bytes = book(
        "<worksheet><sheetData><row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"C2\"><v>9</v></c></row>\
         <row r=\"3\"><c r=\"B3\"><v>8</v></c><c r=\"E3\"><v>2</v></c></row></sheetData>\
         <mergeCells><mergeCell ref=\"B2:C1048576\"/><mergeCell ref=\"bad\"/></mergeCells></worksheet>",
    );
    let grids = read(&bytes).unwrap();
    assert_eq!(grids.len(), 1);
    let rows = &grids[0].rows;
    assert_eq!((rows.len(), rows[0].number, rows[1].number), (2, 2, 3));
    let cell = rows[1].cell(2).unwrap();
    assert_eq!(
        (cell.column, cell.width, cell.continues, &cell.value),
        (1, 2, true, &Value::Whole(1))
    );
    assert_eq!(rows[1].cells.len(), 2);
    assert!(rows[0].cell(0).is_none());
}

#[test]
fn bold_is_seen_and_a_sheet_becomes_paragraphs_and_a_table() {
    let bytes = sheet(
        "<row><c t=\"inlineStr\" s=\"2\"><is><t>KẾ HOẠCH</t></is></c></row>\
         <row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>",
    );
    let source = source(&bytes, "x", &Limits::default()).unwrap();
    assert_eq!(source.blocks.len(), 2);
    assert!(matches!(source.blocks[0].kind, BlockKind::Paragraph(look) if look.bold));
    let BlockKind::Table { rows } = &source.blocks[1].kind else {
        panic!()
    };
    assert_eq!((rows.len(), rows[1].len()), (2, 1));
    assert_eq!(source.text_of(&rows[0][2].place), "3");
}

#[test]
fn a_declared_size_costs_nothing_and_millions_of_empty_cells_are_refused() {
    let declared = book(
        "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData></worksheet>",
    );
    assert_eq!(values(&declared), [Value::Whole(1)]);
    let tight = Limits {
        ratio_max: u64::MAX,
        blocks_max: 20_000,
        ..Limits::default()
    };
    for rows in ["<row><c/></row>".repeat(10_001), "<row/>".repeat(20_001)] {
        let problem = read_grids(&sheet(&rows), "x", &tight).unwrap_err();
        assert_eq!(problem.code, ReadCode::TooManyCells);
        assert!(problem.sentence("vi").starts_with("Tại Sheet1"));
    }
    let millions = sheet(&"<row><c s=\"1\"/></row>".repeat(500_000));
    let code = refused(&millions).code;
    assert!(
        matches!(code, ReadCode::TooManyCells | ReadCode::Bomb),
        "{code:?}"
    );
}

#[test]
fn a_book_that_unpacks_to_far_too_much_is_refused() {
    let bomb = sheet(&" ".repeat(20_000_000));
    assert_eq!(refused(&bomb).code, ReadCode::Bomb);
    let strings = format!("<sst>{}</sst>", "<si/>".repeat(600_000));
    let bomb = packed(&[
        ("xl/sharedStrings.xml", &strings),
        ("xl/worksheets/sheet1.xml", "<worksheet/>"),
    ]);
    let code = refused(&bomb).code;
    assert!(
        matches!(code, ReadCode::TooManyCells | ReadCode::Bomb),
        "{code:?}"
    );
}

#[test]
fn one_long_text_told_a_hundred_thousand_times_is_refused() {
    let limits = Limits {
        ratio_max: u64::MAX,
        ..Limits::default()
    };
    let strings = format!("<sst><si><t>{}</t></si></sst>", "Đ".repeat(30_000));
    let cells = "<row><c t=\"s\"><v>0</v></c></row>".repeat(1_000);
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    let bytes = packed(&[
        ("xl/sharedStrings.xml", &strings),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]);
    let problem = read_grids(&bytes, "x", &limits).unwrap_err();
    assert_eq!(problem.code, ReadCode::TooMuchText);
    let merged = format!(
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"1000\"><c><v>1</v></c></row>\
         </sheetData><mergeCells>{}</mergeCells></worksheet>",
        "<mergeCell ref=\"A1:A1000\"/>".repeat(9)
    );
    let bytes = packed(&[
        ("xl/sharedStrings.xml", &strings),
        ("xl/worksheets/sheet1.xml", &merged),
    ]);
    let problem = read_grids(&bytes, "x", &limits).unwrap_err();
    assert_eq!(problem.code, ReadCode::TooMuchText);
}

#[test]
fn a_broken_cell_is_named() {
    for (cell, place) in [
        (
            "<row r=\"12\"><c r=\"F12\"><v>mười</v></c></row>",
            "Sheet1!F12",
        ),
        (
            "<row r=\"12\"><c r=\"F12\" t=\"s\"><v>99</v></c></row>",
            "Sheet1!F12",
        ),
        (
            "<row r=\"12\"><c r=\"F12\"><v>NaN</v></c></row>",
            "Sheet1!F12",
        ),
        (
            "<row r=\"12\"><c r=\"F12\" t=\"d\"><v>2023-02-30</v></c></row>",
            "Sheet1!F12",
        ),
        ("<row r=\"0\"/>", "Sheet1"),
        ("<row r=\"9999999\"/>", "Sheet1"),
        ("<row><c r=\"ABCD1\"/></row>", "Sheet1"),
        ("<row><c r=\"12\"/></row>", "Sheet1"),
    ] {
        let problem = refused(&sheet(cell));
        assert_eq!(problem.code, ReadCode::BrokenCell, "{cell}");
        let sentence = problem.sentence("vi");
        assert!(
            sentence.starts_with(&format!("Tại {place}: ")),
            "{sentence}"
        );
    }
}

#[test]
fn whatever_is_no_spreadsheet_gets_one_clear_answer() {
    let mut old = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    old.extend([0; 600]);
    old.extend("Workbook".encode_utf16().flat_map(u16::to_le_bytes));
    let problem = refused(&old);
    assert_eq!(problem.code, ReadCode::OldBook);
    assert!(problem.sentence("vi").contains(".xlsx"));
    assert_eq!(refused("STT,Nội dung".as_bytes()).code, ReadCode::NotABook);
    assert_eq!(refused(b"%PDF-1.7").code, ReadCode::Pdf);
    let word = {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(
            "word/document.xml",
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
        zip.finish().unwrap().into_inner()
    };
    assert_eq!(refused(&word).code, ReadCode::NotABook);
    assert_eq!(
        refused(&sheet("<!DOCTYPE a [<!ENTITY b \"c\">]><row/>")).code,
        ReadCode::Dtd
    );
    assert_eq!(refused(&sheet("<row><c></row>")).code, ReadCode::Damaged);
    let whole = sheet("<row><c><v>1</v></c></row>");
    assert_eq!(refused(&whole[..whole.len() / 2]).code, ReadCode::Damaged);
    let empty = source(&sheet("<row/>"), "x", &Limits::default()).unwrap_err();
    assert_eq!(empty.code, ReadCode::Empty);
}

proptest::proptest! {
    #[test]
    fn no_sheet_makes_the_reader_fall(xml in "(<row( r=\"[0-9]{0,8}\")?>|</row>|<c( r=\"[A-Z]{0,4}[0-9]{0,8}\")?( t=\"(s|b|e|d|str|n)\")?( s=\"[0-9]{1,20}\")?>|<v>|</v>|</c>|<f>|</f>|[0-9.eE+-]{0,9}|é|&amp;|<is>|<t>|</t>|</is>){0,40}") {
        let _ = read(&sheet(&xml));
    }
}

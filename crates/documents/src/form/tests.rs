use std::io::{Cursor, Read, Write};

use jiff::civil::date;
use zip::{ZipArchive, ZipWriter};

use super::*;
use crate::sheet::{Book, Column, Look, Sheet};
use crate::xlsx::Writer;

/// A form as our own writer makes it: two sheets, a title, headings, two rows.
fn form() -> Vec<u8> {
    let sheet = |name: &str| Sheet {
        name: name.to_owned(),
        lines: vec!["Biểu số 1".to_owned()],
        columns: vec![
            Column::new("Chỉ tiêu", 30),
            Column::new("Số liệu", 12),
            Column::new("Ngày", 12),
        ],
        ..Sheet::default()
    };
    let book = Book {
        sheets: vec![sheet("Biểu 1"), sheet("Biểu 2")],
        ..Book::default()
    };
    let mut writer = Writer::begin(Vec::new(), &book).unwrap();
    for name in ["Số tin, bài", "Số hội nghị"] {
        let row = [
            Value::text(name),
            Value::Whole(0),
            Value::Day(date(2023, 1, 1)),
        ];
        writer.row(Look::Plain, &row).unwrap();
    }
    writer.next_sheet().unwrap();
    writer.row(Look::Plain, &[Value::text("khác")]).unwrap();
    writer.finish().unwrap()
}

fn entry(cell: &str, value: Value) -> Entry {
    Entry {
        sheet: "Biểu 1".to_owned(),
        cell: cell.to_owned(),
        value,
    }
}

fn part(file: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    zip.by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// The file with a text of one of its parts replaced.
fn changed(file: &[u8], name: &str, from: &str, to: &str) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..zip.len() {
        let entry = zip.by_index_raw(n).unwrap();
        if entry.name().unwrap() != name {
            out.raw_copy_file(entry).unwrap();
            continue;
        }
        drop(entry);
        let text = part(file, name);
        assert!(text.contains(from), "{text}");
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(text.replacen(from, to, 1).as_bytes())
            .unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn shown(file: &[u8], row: u32, column: usize) -> String {
    let grids = grids(file, "x.xlsx", &Limits::default()).unwrap();
    let row = grids[0].rows.iter().find(|found| found.number == row);
    let cell = row.and_then(|row| row.cell(column));
    cell.map(|cell| cell.value.shown()).unwrap_or_default()
}

#[test]
fn values_go_into_their_cells_and_the_style_of_the_form_stays() {
    let form = form();
    let filled = fill(
        &form,
        &[
            entry("B3", Value::Whole(1234)),
            entry("C4", Value::Day(date(2023, 12, 14))),
            entry("A4", Value::text("Hội nghị & <tọa đàm>")),
        ],
    )
    .unwrap();
    assert_eq!(shown(&filled, 3, 1), "1.234");
    assert_eq!(shown(&filled, 4, 2), "14/12/2023");
    assert_eq!(shown(&filled, 4, 0), "Hội nghị & <tọa đàm>");
    let style = |file: &[u8]| {
        let sheet = part(file, "xl/worksheets/sheet1.xml");
        let at = sheet.find("r=\"B3\"").unwrap();
        sheet[at..at + 16].to_owned()
    };
    assert_eq!(style(&filled), style(&form));
}

#[test]
fn everything_that_is_not_named_stays_byte_for_byte() {
    let form = form();
    let filled = fill(&form, &[entry("B3", Value::Whole(5))]).unwrap();
    let names = |file: &[u8]| {
        let zip = ZipArchive::new(Cursor::new(file.to_vec())).unwrap();
        zip.file_names()
            .map(|name| name.unwrap().into_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&filled), names(&form));
    for name in names(&form) {
        if !["xl/worksheets/sheet1.xml", "xl/workbook.xml"].contains(&name.as_str()) {
            assert_eq!(part(&filled, &name), part(&form, &name), "{name}");
        }
    }
    let (before, after) = (
        part(&form, "xl/worksheets/sheet1.xml"),
        part(&filled, "xl/worksheets/sheet1.xml"),
    );
    let same = before
        .chars()
        .zip(after.chars())
        .take_while(|(a, b)| a == b)
        .count();
    assert!(
        before[same..].len() < before.len() / 2,
        "the head of the sheet is as it was"
    );
    assert_eq!(
        before.split("r=\"C3\"").nth(1),
        after.split("r=\"C3\"").nth(1)
    );
}

#[test]
fn cells_and_rows_that_the_form_does_not_have_are_made_in_their_order() {
    let entries = [
        entry("E3", Value::text("ghi chú")),
        entry("B9", Value::Whole(7)),
        entry("A9", Value::text("thêm")),
        entry("D2", Value::Whole(1)),
    ];
    let filled = fill(&form(), &entries).unwrap();
    assert_eq!(
        (shown(&filled, 3, 4), shown(&filled, 9, 1)),
        ("ghi chú".into(), "7".into())
    );
    assert_eq!(
        (shown(&filled, 9, 0), shown(&filled, 2, 3)),
        ("thêm".into(), "1".into())
    );
    let sheet = part(&filled, "xl/worksheets/sheet1.xml");
    let places: Vec<(u32, usize)> = sheet
        .split("<c r=\"")
        .skip(1)
        .filter_map(|rest| parse_cell(rest.split('"').next()?))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_formula_is_not_overwritten_and_the_book_counts_again() {
    let form = form();
    let sheet = "xl/worksheets/sheet1.xml";
    let at = part(&form, sheet);
    let cell = &at[at.find("<c r=\"B4\"").unwrap()..];
    let cell = &cell[..cell.find("</c>").unwrap() + 4];
    let with_sum = changed(&form, sheet, cell, "<c r=\"B4\"><f>SUM(B3)</f><v>0</v></c>");
    match fill(&with_sum, &[entry("B4", Value::Whole(1))]) {
        Err(FillProblem::Formula(cell)) => assert_eq!(cell, "'Biểu 1'!B4"),
        other => panic!("{other:?}"),
    }
    let filled = fill(&with_sum, &[entry("B3", Value::Whole(1))]).unwrap();
    assert!(part(&filled, sheet).contains("<f>SUM(B3)</f>"));
    assert!(part(&filled, "xl/workbook.xml").contains("fullCalcOnLoad=\"1\""));
    let told = changed(
        &form,
        "xl/workbook.xml",
        "</sheets>",
        "</sheets><calcPr calcId=\"5\" fullCalcOnLoad=\"0\"/>",
    );
    let book = part(&fill(&told, &[]).unwrap(), "xl/workbook.xml");
    assert!(
        book.contains("<calcPr calcId=\"5\" fullCalcOnLoad=\"1\"/>"),
        "{book}"
    );
}

#[test]
fn forms_with_prefixed_names_are_filled_too() {
    let sheet = "<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
                 <x:sheetData><x:row r=\"2\"><x:c r=\"A2\" s=\"1\"><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    let form = form();
    let old = part(&form, "xl/worksheets/sheet1.xml");
    let form = changed(&form, "xl/worksheets/sheet1.xml", &old, sheet);
    let filled = fill(
        &form,
        &[entry("A2", Value::Whole(9)), entry("A5", Value::text("x"))],
    )
    .unwrap();
    assert_eq!(
        (shown(&filled, 2, 0), shown(&filled, 5, 0)),
        ("9".into(), "x".into())
    );
}

#[test]
fn what_is_not_there_is_named() {
    let mut elsewhere = entry("A1", Value::Whole(1));
    elsewhere.sheet = "Không có".to_owned();
    assert!(
        matches!(fill(&form(), &[elsewhere]), Err(FillProblem::NoSheet(name)) if name == "Không có")
    );
    assert!(matches!(
        fill(&form(), &[entry("5B", Value::Empty)]),
        Err(FillProblem::NoCell(_))
    ));
    let covered = entry("B1", Value::Whole(1));
    assert!(matches!(fill(&form(), &[covered]), Err(FillProblem::NoCell(cell)) if cell == "B1"));
    assert!(matches!(fill(b"PK", &[]), Err(FillProblem::Unreadable(_))));
}

proptest::proptest! {
    #[test]
    fn any_values_in_any_cells_are_read_back(
        cells in proptest::collection::btree_map((2u32..40, 0usize..12), "[ -~đĐâ]{1,12}", 1..30)
    ) {
        let entries: Vec<Entry> = cells
            .iter()
            .map(|((row, column), text)| {
                let cell = format!("{}{row}", crate::sheet::column_name(*column));
                entry(&cell, Value::Text(text.clone()))
            })
            .collect();
        let filled = fill(&form(), &entries).unwrap();
        for ((row, column), text) in &cells {
            let read = shown(&filled, *row, *column);
            proptest::prop_assert_eq!(read.trim(), text.trim());
        }
    }
}

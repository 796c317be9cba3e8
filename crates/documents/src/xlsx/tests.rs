use std::io::Read;

use jiff::civil::date;

use super::*;
use crate::read::{Limits, grids};
use crate::sheet::{Column, Grid};

fn book() -> Book {
    Book {
        title: "Phụ lục <1>".to_owned(),
        author: "Sở Tư pháp & các đơn vị".to_owned(),
        made_at: jiff::Timestamp::UNIX_EPOCH,
        sheets: vec![
            Sheet {
                name: "Phụ lục 1/2".to_owned(),
                lines: vec!["KẾ HOẠCH".to_owned(), "Kèm theo".to_owned()],
                columns: vec![
                    Column::new("STT", 6).centered(),
                    Column::new("Nội dung", 40),
                    Column::new("Hạn", 12),
                    Column::new("Mã", 10).hidden(),
                ],
                has_filter: true,
            },
            Sheet {
                name: "phụ lục 1-2".to_owned(),
                columns: vec![Column::new("Số", 10)],
                ..Sheet::default()
            },
        ],
    }
}

fn written(book: &Book, rows: &[(Look, Vec<Value>)]) -> Vec<u8> {
    let mut writer = Writer::begin(Vec::new(), book).unwrap();
    for (look, row) in rows {
        writer.row(*look, row).unwrap();
    }
    writer.finish().unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut file = zip.by_name(name).unwrap();
    file.read_to_string(&mut text).unwrap();
    text
}

fn read(bytes: &[u8]) -> Vec<Grid> {
    grids(bytes, "x.xlsx", &Limits::default()).unwrap()
}

#[test]
fn what_is_written_is_read_back_with_its_types() {
    let moment = date(2023, 3, 6).at(16, 41, 0, 0);
    let values = vec![
        vec![
            Value::text("1.10"),
            Value::text("=HYPERLINK(\"http://x\") & <b>\n dòng hai _x0041_"),
            Value::Day(date(2023, 6, 15)),
        ],
        vec![
            Value::Whole(1234),
            Value::Decimal(2.5),
            Value::Moment(moment),
        ],
        vec![Value::Share(0.82), Value::Flag(true), Value::text("-1+2")],
    ];
    let rows: Vec<_> = values
        .iter()
        .map(|row| (Look::Plain, row.clone()))
        .collect();
    let grid = read(&written(&book(), &rows)).remove(0);
    assert_eq!(grid.name, "Phụ lục 1-2");
    for (row, expected) in grid.rows[3..].iter().zip(&values) {
        let found: Vec<Value> = row.cells.iter().map(|cell| cell.value.clone()).collect();
        assert_eq!(found, *expected);
    }
    assert_eq!(
        grid.rows[3].number, 4,
        "two lines and the headings stand above"
    );
}

#[test]
fn no_cell_is_ever_a_formula() {
    let typed = ["=1+1", "+1", "-1", "@x", "\t=1", "{=1}"]
        .map(Value::text)
        .to_vec();
    let rows: Vec<_> = typed
        .into_iter()
        .map(|value| (Look::Plain, vec![value]))
        .collect();
    let sheet = part(&written(&book(), &rows), "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f"), "{sheet}");
    assert_eq!(sheet.matches("t=\"inlineStr\"").count(), 2 + 4 + rows.len());
}

#[test]
fn the_heading_stays_in_view_and_on_every_printed_page() {
    let bytes = written(&book(), &[(Look::Plain, vec![Value::Whole(1)])]);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for expected in [
        "<pane ySplit=\"3\" topLeftCell=\"A4\" activePane=\"bottomLeft\" state=\"frozen\"/>",
        "<col min=\"4\" max=\"4\" width=\"10\" customWidth=\"1\" hidden=\"1\"/>",
        "<autoFilter ref=\"A3:D4\"/>",
        "<mergeCell ref=\"A1:C1\"/>",
        "paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"",
    ] {
        assert!(sheet.contains(expected), "{expected}: {sheet}");
    }
    let workbook = part(&bytes, "xl/workbook.xml");
    assert!(
        workbook.contains("localSheetId=\"0\">&apos;Phụ lục 1-2&apos;!$3:$3<"),
        "{workbook}"
    );
    assert!(workbook.contains("name=\"phụ lục 1-2 (2)\""), "{workbook}");
}

#[test]
fn elements_of_a_sheet_stand_in_the_order_of_the_schema() {
    let sheet = part(&written(&book(), &[]), "xl/worksheets/sheet1.xml");
    let order = [
        "<sheetPr>",
        "<sheetViews>",
        "<sheetFormatPr",
        "<cols>",
        "<sheetData>",
        "<autoFilter",
        "<mergeCells",
        "<pageMargins",
        "<pageSetup",
        "<headerFooter>",
    ];
    let places: Vec<usize> = order.iter().map(|mark| sheet.find(mark).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn every_face_that_a_cell_names_is_defined() {
    let styles = part(&written(&book(), &[]), "xl/styles.xml");
    let from = styles.find("<cellXfs").unwrap();
    let faces = styles[from..].matches("<xf ").count();
    let looks = [Look::Plain, Look::Group, Look::Total];
    let last = looks.map(|look| {
        Face::of(
            look,
            Align::Right,
            &Value::Moment(date(2023, 1, 1).at(0, 0, 0, 0)),
        )
    });
    assert_eq!(last[2].index() + 1, faces);
    assert!(styles.contains(&format!("<cellXfs count=\"{faces}\">")));
}

#[test]
fn equal_lists_are_equal_bytes_and_long_texts_are_cut() {
    let long = "Đ".repeat(40_000);
    let rows = [(Look::Plain, vec![Value::Whole(1), Value::text(long)])];
    let bytes = written(&book(), &rows);
    assert_eq!(bytes, written(&book(), &rows));
    let grid = read(&bytes).remove(0);
    assert_eq!(grid.rows[3].cells[1].value.shown().chars().count(), 32_767);
}

#[test]
fn a_list_of_a_million_rows_is_refused_and_a_wide_row_too() {
    let mut writer = Writer::begin(std::io::sink(), &book()).unwrap();
    assert!(writer.row(Look::Plain, &vec![Value::Empty; 5]).is_err());
    writer.row = ROWS_MAX;
    let fault = writer.row(Look::Plain, &[]).unwrap_err().to_string();
    assert!(fault.contains("1048576"), "{fault}");
    assert!(Writer::begin(std::io::sink(), &Book::default()).is_err());
}

#[test]
fn days_before_the_calendar_of_the_format_stay_text() {
    assert_eq!(serial(date(1900, 3, 1)), Some(61));
    assert_eq!(serial(date(2023, 6, 15)), Some(45_092));
    assert_eq!(serial(date(1899, 1, 1)), None);
    assert_eq!(day_of_serial(45_092.7), Some(date(2023, 6, 15)));
    assert_eq!(day_of_serial(60.0), None);
    assert_eq!(day_of_serial(f64::NAN), None);
}

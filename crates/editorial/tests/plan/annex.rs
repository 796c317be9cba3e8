//! The annex goes out as a spreadsheet, is changed there, and comes in again.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use db::testing::BOTH;
use documents::read::{Limits, grids};
use documents::sheet::{Book, Column, Grid, Look, Sheet, Value};
use documents::xlsx::Writer;
use house::testing::{Answer, Browser};
use http::StatusCode;
use jiff::civil::date;

use crate::office::*;

const TITLE: &str = "Nội dung, hoạt động";

/// A spreadsheet as a person has it open: headings and rows of values.
struct Bench {
    lines: Vec<String>,
    heads: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Bench {
    fn open(bytes: &[u8]) -> Self {
        let Grid { rows, .. } = grids(bytes, "phu-luc.xlsx", &Limits::default())
            .unwrap()
            .remove(0);
        let n_lines = rows.iter().position(|row| row.cells.len() > 3).unwrap();
        let text = |row: usize, column: usize| {
            let cell = rows[row].cell(column);
            cell.map(|cell| cell.value.shown()).unwrap_or_default()
        };
        let n_columns = rows[n_lines].cells.len();
        let heads = (0..n_columns).map(|at| text(n_lines, at)).collect();
        let values = rows[n_lines + 1..].iter().map(|row| {
            let cell = |at: usize| row.cell(at).map(|cell| cell.value.clone());
            (0..n_columns)
                .map(|at| cell(at).unwrap_or_default())
                .collect()
        });
        Self {
            lines: (0..n_lines).map(|row| text(row, 0)).collect(),
            heads,
            rows: values.collect(),
        }
    }

    fn column(&self, head: &str) -> usize {
        self.heads.iter().position(|found| found == head).unwrap()
    }

    fn row(&self, title: &str) -> usize {
        let at = self.column(TITLE);
        let mut titles = self.rows.iter().map(|row| row[at].shown());
        titles.position(|found| found.contains(title)).unwrap()
    }

    fn set(&mut self, title: &str, head: &str, value: Value) {
        let (row, column) = (self.row(title), self.column(head));
        self.rows[row][column] = value;
    }

    fn add(&mut self, values: &[(&str, Value)]) {
        let mut row = vec![Value::Empty; self.heads.len()];
        for (head, value) in values {
            row[self.column(head)] = value.clone();
        }
        self.rows.push(row);
    }

    /// As a spreadsheet program saves it.
    fn saved(&self) -> Vec<u8> {
        let columns = self.heads.iter().map(|head| Column::new(head, 20));
        let book = Book {
            sheets: vec![Sheet {
                name: "Sheet1".to_owned(),
                lines: self.lines.clone(),
                columns: columns.collect(),
                has_filter: false,
            }],
            ..Book::default()
        };
        let mut writer = Writer::begin(Vec::new(), &book).unwrap();
        for row in &self.rows {
            writer.row(Look::Plain, row).unwrap();
        }
        writer.finish().unwrap()
    }
}

async fn exported(officer: &mut Browser, plan: &str) -> Bench {
    let answer = officer.get(&format!("{plan}/annex.xlsx")).await;
    assert_eq!(answer.status, StatusCode::OK);
    Bench::open(&answer.bytes)
}

/// Brings a file in; the address of its preview, and the preview.
async fn looked(officer: &mut Browser, plan: &str, bench: &Bench) -> (String, Answer) {
    let bytes = bench.saved();
    let file = ("file", "phu-luc.xlsx", bytes.as_slice());
    let answer = officer.upload(&format!("{plan}/annex"), &[], file).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let address = answer.location().to_owned();
    let page = officer.get(&address).await;
    (address, page)
}

async fn stored(officer: &mut Browser, address: &str, preview: &Answer) -> Answer {
    let mark = value(preview, "mark");
    officer.post(address, &[("mark", &mark)]).await
}

fn count(page: &Answer, label: &str) -> String {
    let text = page.text();
    let rest = text.split(&format!("<dt>{label}</dt><dd>")).nth(1).unwrap();
    rest.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_annex_that_was_not_changed_changes_nothing() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let bench = exported(&mut minh, &plan).await;
        assert!(
            bench.lines[1].contains("Phụ lục kèm theo Kế hoạch"),
            "{:?}",
            bench.lines
        );
        let (address, page) = looked(&mut minh, &plan, &bench).await;
        assert!(page.shows("Tệp không thay đổi gì"), "{}", page.text());
        assert_eq!(count(&page, "Hoạt động giữ nguyên"), "3");
        assert_eq!(count(&page, "Dòng thay đổi"), "0");
        let answer = stored(&mut minh, &address, &page).await;
        assert!(matches!(
            answer.status,
            StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY
        ));
    }
}

#[tokio::test]
async fn a_round_trip_changes_the_right_activities_whatever_their_order() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        let mut bench = exported(&mut minh, &plan).await;
        bench.set(
            "Đăng tin trên trang",
            "Chỉ tiêu",
            Value::text("12 tin, bài"),
        );
        bench.set(
            "Đăng tin trên trang",
            "Đến ngày",
            Value::Day(date(2023, 11, 30)),
        );
        bench.set(
            "Đăng tin trên trang",
            "Người chịu trách nhiệm",
            Value::text("lê anh tú"),
        );
        bench.set(
            "Phát tờ gấp",
            "Thời gian thực hiện",
            Value::text("Trước 15/6"),
        );
        bench.set("Phát tờ gấp", "Từ ngày", Value::Empty);
        bench.set("Phát tờ gấp", "Đến ngày", Value::text("15/06/2023"));
        bench.set(
            "Đăng tin trên trang",
            TITLE,
            Value::text("=SUM(1;2) đăng tin"),
        );
        bench.rows.reverse();
        let news_row = bench.row("đăng tin") + bench.lines.len() + 2;
        let (address, page) = looked(&mut minh, &plan, &bench).await;
        assert_eq!(count(&page, "Dòng thay đổi"), "2", "{}", page.text());
        for words in [
            &format!("Sheet1!B{news_row}"),
            "4 tin, bài</del>",
            "12 tin, bài</ins>",
            "31/03/2023</del>",
            "30/11/2023</ins>",
            "Lê Anh Tú</ins>",
            "=SUM(1;2) đăng tin</ins>",
            "Trước 15/6</ins>",
        ] {
            assert!(page.shows(words), "{words} is not shown: {}", page.text());
        }
        let before = minh.get(&news).await;
        assert!(
            before.shows("Đăng tin trên trang"),
            "nothing is stored before it was seen"
        );
        let answer = stored(&mut minh, &address, &page).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let after = minh.get(&news).await;
        for words in ["=SUM(1;2) đăng tin", "12 tin, bài", "Lê Anh Tú"] {
            assert!(after.shows(words), "{words}: {}", after.text());
        }
        let (_, page) = looked(&mut minh, &plan, &bench).await;
        assert!(page.shows("Tệp không thay đổi gì"), "{}", page.text());
    }
}

#[tokio::test]
async fn rows_are_added_under_their_task_and_rows_left_out_stay() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let mut bench = exported(&mut minh, &plan).await;
        let id = bench.column("Mã (không sửa)");
        let gone = bench.row("Phát tờ gấp");
        bench.rows.remove(gone);
        for row in &mut bench.rows {
            row[id] = Value::Empty;
        }
        bench.add(&[
            ("STT", Value::text("III")),
            (TITLE, Value::text("Truyền thông nội bộ")),
        ]);
        bench.add(&[
            (TITLE, Value::text("Bảng tin tại trụ sở")),
            ("Chỉ tiêu", Value::text("02 (hai) bảng tin")),
            ("Đơn vị chủ trì", Value::text("văn phòng sở")),
            ("Đơn vị phối hợp", Value::text("Báo Bình Định")),
            ("Thời gian thực hiện", Value::text("Quý II/2023")),
        ]);
        let (address, page) = looked(&mut minh, &plan, &bench).await;
        for (label, n) in [
            ("Dòng thay đổi", "0"),
            ("Dòng thêm mới", "2"),
            ("Hoạt động giữ nguyên", "2"),
            ("Hoạt động không có trong tệp, giữ nguyên", "1"),
        ] {
            assert_eq!(count(&page, label), n, "{label}: {}", page.text());
        }
        assert!(page.shows("Báo Bình Định (ngoài danh sách đơn vị)"));
        let answer = stored(&mut minh, &address, &page).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = minh.get(&plan).await;
        for words in ["Truyền thông nội bộ", "Bảng tin tại trụ sở", "Phát tờ gấp"]
        {
            assert!(page.shows(words), "{words}: {}", page.text());
        }
        let new = activity_of(&mut minh, &plan, "Bảng tin tại trụ sở").await;
        let page = minh.get(&new).await;
        assert!(
            page.shows("01/04/2023") && page.shows("30/06/2023"),
            "{}",
            page.text()
        );
        assert!(
            page.shows("Văn phòng Sở") && page.shows("2 bảng tin"),
            "{}",
            page.text()
        );
    }
}

#[tokio::test]
async fn every_wrong_cell_is_named_at_once_and_nothing_is_stored() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let mut bench = exported(&mut minh, &plan).await;
        let news = "Đăng tin trên trang";
        bench.set(news, "Chỉ tiêu", Value::text("nhiều tin"));
        bench.set(news, "Đến ngày", Value::text("cuối năm"));
        bench.set(
            news,
            "Người chịu trách nhiệm",
            Value::text("Nguyễn Không Có"),
        );
        bench.set(news, "Định kỳ", Value::text("thỉnh thoảng"));
        bench.set("Hội nghị quán triệt kế hoạch tới", TITLE, Value::Empty);
        bench.set(
            "Phát tờ gấp",
            "Đơn vị phối hợp",
            Value::text("Phòng Một cửa liên thông; Văn phòng Sở"),
        );
        bench.set("Phát tờ gấp", "Đơn vị chủ trì", Value::text("Văn phòng Sở"));
        let mut twice = bench.rows[bench.row(news)].clone();
        twice[0] = Value::text("9");
        bench.rows.push(twice.clone());
        let id = bench.column("Mã (không sửa)");
        twice[id] = Value::text("11111111-2222-4333-8444-555555555555");
        bench.rows.push(twice);
        let first = bench.lines.len() + 2;
        let row = |title: &str| bench.row(title) + first;
        let n_rows = bench.rows.len() + first;
        let wanted = [
            format!("Sheet1!E{}", row(news)),
            format!("Sheet1!K{}", row(news)),
            format!("Sheet1!H{}", row(news)),
            format!("Sheet1!L{}", row(news)),
            format!("Sheet1!G{}", row("Phát tờ gấp")),
            format!("Sheet1!Q{}", n_rows - 2),
            format!("Sheet1!Q{}", n_rows - 1),
        ];
        let (address, page) = looked(&mut minh, &plan, &bench).await;
        for cell in &wanted {
            assert!(
                page.shows(&format!("<strong>{cell}</strong>")),
                "{cell}: {}",
                page.text()
            );
        }
        assert!(page.shows("Dòng này chưa có tên"));
        assert!(!page.shows("name=\"mark\""), "there is nothing to confirm");
        let answer = minh.post(&address, &[("mark", "x")]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(
            minh.get(&plan)
                .await
                .shows("Hội nghị quán triệt kế hoạch tới công chức")
        );
    }
}

#[tokio::test]
async fn what_was_not_seen_is_not_stored() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let mut bench = exported(&mut minh, &plan).await;
        bench.set(
            "Đăng tin trên trang",
            "Ghi chú",
            Value::text("Mỗi tuần một tin"),
        );
        let (address, page) = looked(&mut minh, &plan, &bench).await;
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        let version = value(&minh.get(&format!("{news}/edit")).await, "version");
        let fields = [
            ("title", "Tên người khác vừa sửa"),
            ("version", version.as_str()),
        ];
        let answer = minh.post(&format!("{news}/edit"), &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let answer = stored(&mut minh, &address, &page).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text());
        assert!(answer.shows("Kế hoạch vừa có thay đổi khác"));
        assert!(
            answer.shows("Tên người khác vừa sửa</del>"),
            "{}",
            answer.text()
        );
        assert!(!minh.get(&news).await.shows("Mỗi tuần một tin"));
        let answer = stored(&mut minh, &address, &answer).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert!(minh.get(&news).await.shows("Mỗi tuần một tin"));
    }
}

#[tokio::test]
async fn only_an_officer_changes_only_a_draft_and_only_by_a_spreadsheet() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let bench = exported(&mut minh, &plan).await;
        let bytes = bench.saved();
        let file = ("file", "phu-luc.xlsx", bytes.as_slice());
        let annex = format!("{plan}/annex");
        let mut ha = browser.of("ha").await;
        assert_eq!(ha.get(&annex).await.status, StatusCode::FORBIDDEN);
        assert_eq!(
            ha.upload(&annex, &[], file).await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            ha.get(&format!("{plan}/annex.xlsx")).await.status,
            StatusCode::OK
        );
        for (bytes, words) in [
            (b"STT,Ten".as_slice(), "Đây không phải bảng tính Excel"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0k\0b\0o\0o\0k\0",
                "Excel 97-2003",
            ),
        ] {
            let answer = minh.upload(&annex, &[], ("file", "x.xls", bytes)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(
                answer.shows(words) && answer.shows("id=\"file-error\""),
                "{}",
                answer.text()
            );
        }
        let answer = minh.post(&annex, &[]).await;
        assert!(answer.shows("Chọn tệp phụ lục"), "{}", answer.text());
        let other = minh.get(&format!("{annex}/{}", "ab".repeat(32))).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);
        let (address, page) = looked(&mut minh, &plan, &bench).await;
        issue(&mut minh, &plan).await;
        assert!(minh.get(&annex).await.shows("hãy lập điều chỉnh"));
        for answer in [
            minh.upload(&annex, &[], file).await,
            stored(&mut minh, &address, &page).await,
        ] {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text());
            assert!(answer.shows("hãy lập điều chỉnh"));
        }
    }
}

/// The plan leaves its draft.
async fn issue(officer: &mut Browser, plan: &str) {
    let answer = save_plan(officer, plan, "running").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

#[tokio::test]
async fn the_plan_is_saved_as_a_document_and_its_annex_as_lists() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        save_plan(&mut minh, &plan, "draft").await;
        for (file, start, name) in [
            (
                "document.docx",
                b"PK\x03\x04".as_slice(),
                "ke-hoach-05-kh-stp.docx",
            ),
            (
                "document.pdf",
                b"%PDF-".as_slice(),
                "ke-hoach-05-kh-stp.pdf",
            ),
            (
                "annex.xlsx",
                b"PK\x03\x04".as_slice(),
                "phu-luc-05-kh-stp.xlsx",
            ),
            (
                "annex.csv",
                b"\xef\xbb\xbfSTT,".as_slice(),
                "phu-luc-05-kh-stp.csv",
            ),
        ] {
            let answer = minh.get(&format!("{plan}/{file}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{file}");
            assert!(answer.bytes.starts_with(start), "{file}");
            let saved = answer.headers["content-disposition"].to_str().unwrap();
            assert_eq!(saved, format!("attachment; filename=\"{name}\""));
            if file.starts_with("document.docx") {
                let read = documents::read::source(&answer.bytes, "x", &Limits::default());
                let text = read.unwrap().text;
                for words in [
                    "KẾ HOẠCH",
                    "Số: 05/KH-STP",
                    "Căn cứ",
                    "TỔ CHỨC THỰC HIỆN",
                    "Nơi nhận:",
                ] {
                    assert!(text.contains(words), "{words}: {text}");
                }
            }
        }
    }
}

#[tokio::test]
async fn an_exported_annex_becomes_a_plan_of_its_own() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let bytes = minh.get(&format!("{plan}/annex.xlsx")).await.bytes;
        let file = ("file", "phu-luc.xlsx", bytes.as_slice());
        let answer = minh.upload("/desk/plans/import", &[], file).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let copy = answer.location().split('?').next().unwrap().to_owned();
        assert_ne!(copy, plan);
        let page = minh.get(&copy).await;
        for words in [
            "Đăng tin trên trang",
            "Hội nghị quán triệt kế hoạch tới",
            "Phát tờ gấp",
        ] {
            assert!(page.shows(words), "{words}: {}", page.text());
        }
        let before = activities(&minh.get(&plan).await, &plan).len();
        assert_eq!(activities(&page, &copy).len(), before, "no task is one");
    }
}

//! Stories of criteria sets: from a guide or a file, tried, mended, put in force, followed.

use db::testing::BOTH;
use house::testing::{Answer, Browser};
use http::StatusCode;
use jiff::civil::date;

use crate::office::{Office, office};

/// Begins the guide of Xuân Lộc at the desk; the address of its page.
async fn guide(who: &mut Browser) -> String {
    let fields = [("guide", "xuan-loc-2022")];
    let answer = who.post("/desk/criteria", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.location().split('?').next().unwrap().to_owned()
}

/// What stands between two texts of a page, the first time.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before}: {text}"));
    rest.split_once(after).unwrap().0
}

fn version(page: &Answer) -> String {
    between(&page.text(), "name=\"version\" value=\"", "\"").to_owned()
}

/// The address of the component of a number.
async fn component(who: &mut Browser, set: &str, title: &str) -> String {
    let page = who.get(set).await;
    let text = page.text();
    let at = text.find(&format!("\">{title}</a>")).unwrap();
    let (before, _) = text.split_at(at);
    before.rsplit_once("href=\"").unwrap().1.to_owned()
}

fn shows(page: &Answer, all: &[&str]) {
    for words in all {
        assert!(page.shows(words), "{words} is not shown: {}", page.text());
    }
}

const DEGREE: &str = "Mức độ thực hiện kế hoạch tuyên truyền";

#[tokio::test]
async fn both_readings_of_four_of_five_stand_beside_each_other_with_the_reason() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let set = guide(&mut minh).await;
        let page = minh.get(&set).await;
        shows(
            &page,
            &[
                "Đạt từ 100% trở lên được 1 điểm; từ 90% đến dưới 100% tính theo tỷ lệ; dưới 90% không có điểm.",
                "90% ≤ t &#60; 100% → t × 1",
                "phần chữ ghi 1 điểm, nhưng điểm của dòng này là 0,5",
                "2 chỗ trong bảng chưa khớp",
            ],
        );
        let degree = component(&mut minh, &set, DEGREE).await;
        let tried = minh.get(&format!("{degree}?try=1&part=4&whole=5")).await;
        shows(
            &tried,
            &[
                "Theo cách chấm: 0 / 1",
                "Theo cách hiểu thứ hai: 0,8 / 1",
                "80% dưới ngưỡng 90%: 0 điểm",
                "4 / 5 × 1 = 0,8 điểm",
                "thấp hơn 90% nên là 0 điểm",
                "Hai cách hiểu cho điểm khác nhau",
            ],
        );
        let wrong = minh
            .get(&format!("{degree}?try=1&part=b%E1%BB%91n&whole=5"))
            .await;
        shows(&wrong, &["“bốn” không phải là số liệu"]);
    }
}

#[tokio::test]
async fn loa_computes_the_plan_and_the_forms_all_year() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let set = guide(&mut minh).await;
        office.published("Một cửa làm việc sáng thứ bảy", 0).await;
        let forms = component(
            &mut minh,
            &set,
            "Mức độ đa dạng trong tuyên truyền cải cách hành chính",
        )
        .await;
        let page = minh.get(&forms).await;
        shows(
            &page,
            &[
                "Loa tính được: Trang thông tin điện tử, mạng xã hội",
                "Theo cách chấm: 0,25 / 1",
            ],
        );
        office
            .registered("Hội nghị quán triệt", date(2023, 3, 2), 1)
            .await;
        let page = minh.get(&forms).await;
        shows(&page, &["Cộng: "]);
        let degree = component(&mut minh, &set, DEGREE).await;
        let page = minh.get(&degree).await;
        shows(&page, &["Loa tính được: "]);
    }
}

#[tokio::test]
async fn a_set_is_in_force_only_when_its_findings_are_mended_or_kept_with_a_note() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let set = guide(&mut minh).await;
        let page = minh.get(&set).await;
        let seen = version(&page);
        let refused = minh
            .post(&format!("{set}/force"), &[("version", &seen)])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        shows(
            &refused,
            &[
                "Cần số và ngày của quyết định",
                "Còn 2 điểm chưa khớp trong bảng",
            ],
        );
        for (place, code) in [("0-0-0", "example-second"), ("0-0-1", "told-points")] {
            let seen = version(&minh.get(&set).await);
            let fields = [
                ("version", seen.as_str()),
                ("place", place),
                ("code", code),
                ("note", "Hướng dẫn in như vậy"),
            ];
            let kept = minh.post(&format!("{set}/findings"), &fields).await;
            assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
        }
        shows(
            &minh.get(&set).await,
            &["Giữ nguyên: Hướng dẫn in như vậy", "phần chữ ghi 1 điểm"],
        );
        let seen = version(&minh.get(&set).await);
        let fields = [
            ("version", seen.as_str()),
            ("title", "Tuyên truyền CCHC cấp xã"),
            ("number", "12/HD-UBND"),
            ("issued_on", "15/08/2022"),
            ("year_from", "2022"),
            ("total", "2"),
        ];
        let saved = minh.post(&format!("{set}/edit"), &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let stale = minh.post(&format!("{set}/edit"), &fields).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        let seen = version(&minh.get(&set).await);
        let done = minh
            .post(&format!("{set}/force"), &[("version", &seen)])
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        shows(&minh.get(&set).await, &["Đang áp dụng"]);
        followed(&office, &mut minh, &set).await;
    }
}

/// What is in force takes only a clearer reading with a note; its next version replaces it.
async fn followed(office: &Office, minh: &mut Browser, set: &str) {
    let degree = component(minh, set, DEGREE).await;
    let edit = minh.get(&format!("{degree}/edit")).await;
    assert_eq!(edit.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = minh.get(&format!("{degree}/rule")).await;
    let seen = version(&form);
    let fields = |note: &'static str, max: &'static str| {
        [
            ("version", seen.clone()),
            ("way", "proportion".to_owned()),
            ("max", max.to_owned()),
            ("floor", "80%".to_owned()),
            ("cap", "100%".to_owned()),
            ("no_occasion", "not_taken".to_owned()),
            ("note", note.to_owned()),
        ]
    };
    let address = format!("{degree}/rule");
    for (note, max, words) in [
        ("", "1", "phải có ghi chú"),
        ("Rõ hơn", "2", "không thể đổi điểm tối đa"),
        ("Rõ hơn", "một", "không phải là điểm"),
    ] {
        let fields = fields(note, max);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let refused = minh.post(&address, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        shows(&refused, &[words]);
    }
    let good = fields("Sở Nội vụ trả lời: ngưỡng là 80%", "1");
    let good: Vec<(&str, &str)> = good.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let saved = minh.post(&address, &good).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let tried = minh.get(&format!("{degree}?try=1&part=4&whole=5")).await;
    shows(
        &tried,
        &[
            "Theo cách chấm: 0,8 / 1",
            "Sở Nội vụ trả lời: ngưỡng là 80%",
            "dưới 90% không có điểm",
        ],
    );
    let copied = minh.post(&format!("{set}/copies"), &[]).await;
    assert_eq!(copied.status, StatusCode::SEE_OTHER);
    let next = copied.location().split('?').next().unwrap().to_owned();
    let with = set.rsplit('/').next().unwrap();
    let same = minh.get(&format!("{next}/compare?with={with}")).await;
    shows(&same, &["Hai bản giống nhau"]);
    let mut head = office.browser.of("ha").await;
    let refused = head.get(set).await;
    assert_eq!(
        refused.status,
        StatusCode::FORBIDDEN,
        "a writer has no business here"
    );
}

#[tokio::test]
async fn a_set_comes_back_from_its_files_as_it_left() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let set = guide(&mut minh).await;
        let json = minh.get(&format!("{set}/set.json")).await;
        let xlsx = minh.get(&format!("{set}/set.xlsx")).await;
        for (name, file) in [("a.json", &json.bytes), ("a.xlsx", &xlsx.bytes)] {
            let sent = minh
                .upload("/desk/criteria/import", &[], ("file", name, file))
                .await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
            let preview = sent.location().to_owned();
            let page = minh.get(&preview).await;
            shows(&page, &["Xem trước", "2 chỗ trong bảng chưa khớp", DEGREE]);
            let mark = between(&page.text(), "name=\"mark\" value=\"", "\"").to_owned();
            let stale = minh.post(&preview, &[("mark", "khác")]).await;
            assert_eq!(stale.status, StatusCode::CONFLICT);
            let stored = minh.post(&preview, &[("mark", &mark)]).await;
            assert_eq!(stored.status, StatusCode::SEE_OTHER, "{}", stored.text());
            let again = stored.location().split('?').next().unwrap().to_owned();
            let json_again = minh.get(&format!("{again}/set.json")).await;
            assert_eq!(json_again.text(), json.text(), "{name}");
        }
        let broken = minh
            .upload(
                "/desk/criteria/import",
                &[],
                ("file", "a.xlsx", b"PK nothing"),
            )
            .await;
        assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
        let template = minh.get("/desk/criteria/template.xlsx").await;
        assert!(template.bytes.starts_with(b"PK"));
    }
}

#[tokio::test]
async fn a_draft_is_built_row_by_row_and_taken_away() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let fields = [("guide", ""), ("title", "Bộ của Sở"), ("year_from", "2024")];
        let made = minh.post("/desk/criteria", &fields).await;
        let set = made.location().split('?').next().unwrap().to_owned();
        let new = format!("{set}/parts/new");
        let mut under = String::new();
        for (kind, no, max) in [("area", "I", "2"), ("criterion", "1", "2")] {
            let asked = format!("{new}?kind={kind}&under={under}");
            let seen = version(&minh.get(&asked).await);
            let fields = [
                ("version", seen.as_str()),
                ("kind", kind),
                ("under", &under),
                ("no", no),
                ("title", "Chỉ đạo"),
                ("max", max),
            ];
            let added = minh.post(&new, &fields).await;
            assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
            let page = minh.get(&set).await.text();
            let kind = if kind == "area" {
                "criterion"
            } else {
                "component"
            };
            under = between(&page, &format!("kind={kind}&#38;under="), "\"").to_owned();
        }
        let seen = version(
            &minh
                .get(&format!("{new}?kind=component&under={under}"))
                .await,
        );
        let fields = [
            ("version", seen.as_str()),
            ("kind", "component"),
            ("under", &under),
            ("no", "1.1"),
            ("title", "Báo cáo đúng hạn"),
            ("max", "1,5"),
        ];
        let added = minh.post(&new, &fields).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
        let page = minh.get(&set).await;
        shows(
            &page,
            &[
                "Tiêu chí ghi 2 điểm, nhưng các thành phần cộng lại là 1,5.",
                "Có thì được 1,5 điểm; không thì được 0 điểm.",
            ],
        );
        let seen = version(&page);
        let removed = minh
            .post(&format!("{set}/remove"), &[("version", &seen)])
            .await;
        assert_eq!(removed.status, StatusCode::SEE_OTHER);
        assert_eq!(minh.get(&set).await.status, StatusCode::NOT_FOUND);
    }
}

/// A table as somebody types it from a decision: no levels, sums that do not fit, a total below.
fn typed_table() -> Vec<u8> {
    use documents::sheet::{Book, Column, Look, Sheet, Value};
    let book = Book {
        title: "Bảng".into(),
        sheets: vec![Sheet {
            name: "Phụ lục".into(),
            lines: vec!["BỘ TIÊU CHÍ".into()],
            columns: [
                "STT",
                "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
                "Điểm tối đa",
                "Ghi chú",
            ]
            .map(|title| Column::new(title, 20))
            .to_vec(),
            has_filter: false,
        }],
        ..Book::default()
    };
    let mut writer = documents::xlsx::Writer::begin(Vec::new(), &book).unwrap();
    for (no, title, max) in [
        ("I", "Công tác chỉ đạo", Value::Whole(3)),
        ("1", "Kế hoạch", Value::Decimal(1.5)),
        ("1.1", "Ban hành kịp thời", Value::text("0,5")),
        ("1.2", "Mức độ hoàn thành", Value::Decimal(0.75)),
        ("2", "Báo cáo", Value::Whole(1)),
        ("", "Người lập biểu", Value::Empty),
        ("", "Tổng cộng", Value::Whole(100)),
    ] {
        let row = [Value::text(no), Value::text(title), max];
        writer.row(Look::Plain, &row).unwrap();
    }
    writer.finish().unwrap()
}

#[tokio::test]
async fn a_typed_table_is_read_by_its_numbers_and_its_sums_are_checked() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let sent = minh
            .upload(
                "/desk/criteria/import",
                &[],
                ("file", "qd.xlsx", &typed_table()),
            )
            .await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let preview = sent.location().to_owned();
        let page = minh.get(&preview).await;
        shows(
            &page,
            &[
                "Quyết định ghi tổng 100 điểm, nhưng các lĩnh vực cộng lại là 3.",
                "Lĩnh vực ghi 3 điểm, nhưng các tiêu chí cộng lại là 2,5.",
                "Tiêu chí ghi 1,5 điểm, nhưng các thành phần cộng lại là 1,25.",
                "Người lập biểu",
            ],
        );
        let mark = between(&page.text(), "name=\"mark\" value=\"", "\"").to_owned();
        let nameless = minh.post(&preview, &[("mark", &mark)]).await;
        assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [
            ("mark", mark.as_str()),
            ("title", "Bộ của tỉnh"),
            ("year_from", "2023"),
        ];
        let stored = minh.post(&preview, &fields).await;
        assert_eq!(stored.status, StatusCode::SEE_OTHER, "{}", stored.text());
        let set = stored.location().split('?').next().unwrap().to_owned();
        let page = minh.get(&set).await;
        shows(
            &page,
            &[
                "Bộ của tỉnh",
                "Ban hành kịp thời",
                "3 chỗ trong bảng chưa khớp",
            ],
        );
    }
}

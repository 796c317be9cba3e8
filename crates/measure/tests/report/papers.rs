//! Stories of the words, periods, typed figures, lists and forms of reports.

use db::testing::BOTH;
use documents::sheet::{Book, Column, Look, Sheet, Value};
use house::testing::Browser;
use http::StatusCode;
use jiff::civil::date;

use crate::office::{Office, office};

/// Makes the report of a period at the desk; the address of its page.
async fn made(office: &Office, who: &mut Browser, period: &str) -> String {
    let plan = office.plan.to_string();
    let answer = who
        .post("/desk/reports", &[("plan", &plan), ("period", period)])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.location().split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_words_of_a_report_change_as_versions_and_its_figures_do_not() {
    for backend in BOTH {
        let office = office(backend).await;
        office.registered("Tin một", date(2023, 2, 20), 0).await;
        let mut minh = office.browser.of("minh").await;
        let address = made(&office, &mut minh, "2023-Q1").await;
        let before = minh.get(&format!("{address}/json")).await.bytes;
        let words = [
            ("number", "05/BC-STP"),
            ("issued_on", "06/03/2023"),
            (
                "text-assessment",
                "Nhìn chung đạt {percent} kế hoạch.\nCòn chậm ở cơ sở.",
            ),
        ];
        let saved = minh.post(&format!("{address}/words"), &words).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let page = minh.get(&address).await;
        for words in [
            "Đánh giá chung",
            "Còn chậm ở cơ sở.",
            "05/BC-STP",
            "ngày 06 tháng 3 năm 2023",
        ] {
            assert!(page.shows(words), "{words}: {}", page.text());
        }
        assert!(
            !page.shows("{percent}"),
            "places are filled in own words too"
        );
        office.stage.house.clock.advance_ms(60_000);
        let again = [("number", "05/BC-STP"), ("text-assessment", "Bản hai.")];
        minh.post(&format!("{address}/words"), &again).await;
        let edit = minh.get(&format!("{address}/words")).await;
        assert!(edit.shows("Bản hai.") && edit.shows("Trần Thị Minh"));
        assert_eq!(
            edit.text().matches("?version=").count(),
            2,
            "old versions stay"
        );
        assert_eq!(minh.get(&format!("{address}/json")).await.bytes, before);
        let wrong = [("issued_on", "31/02/2023"), ("text-next", "giữ lại")];
        let refused = minh.post(&format!("{address}/words"), &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.shows("giữ lại"), "what was typed stays");
        let mut noivu = office.browser.of("noivu").await;
        let closed = noivu.post(&format!("{address}/words"), &again).await;
        assert_eq!(closed.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_report_made_again_from_its_checkpoint_is_the_same_and_a_changed_row_is_found() {
    for backend in BOTH {
        let office = office(backend).await;
        office.registered("Tin một", date(2023, 2, 20), 0).await;
        office.seal().await;
        let mut minh = office.browser.of("minh").await;
        let address = made(&office, &mut minh, "2023-Q1").await;
        office.seal().await;
        let same = minh.get(&format!("{address}/differences")).await;
        assert!(
            same.shows("Khớp: số liệu đúng như khi chốt"),
            "{}",
            same.text()
        );
        assert!(same.shows("Không có gì khác"), "{}", same.text());
        office.registered("Tin hai", date(2023, 2, 21), 0).await;
        let later = minh.get(&format!("{address}/differences")).await;
        assert!(later.shows("Khớp: số liệu đúng như khi chốt"));
        assert!(
            later.shows("Tin hai") && later.shows("Lập bản mới"),
            "{}",
            later.text()
        );
        // Somebody at the machine changes one number of the stored figures.
        let mut act = office.editorial.db.act().await.unwrap();
        act.run(
            "UPDATE report SET figures = replace(figures, '\"n_items\": 1', '\"n_items\": 9')",
            &[],
        )
        .await
        .unwrap();
        act.commit().await.unwrap();
        let changed = minh.get(&format!("{address}/differences")).await;
        assert!(changed.shows("Không khớp"), "{}", changed.text());
    }
}

#[tokio::test]
async fn every_number_leads_to_its_list_and_its_csv() {
    for backend in BOTH {
        let office = office(backend).await;
        let item = office.registered("Báo viết", date(2023, 2, 20), 0).await;
        office
            .again(item, "Trang mạng xã hội", date(2023, 2, 21))
            .await;
        let mut minh = office.browser.of("minh").await;
        let address = made(&office, &mut minh, "2023-Q1").await;
        let all = minh.get(&format!("{address}/figures")).await;
        for code in [
            "items",
            "publications",
            "stat-news",
            "stat-social-posts",
            "channel-1",
        ] {
            let href = format!("{address}/figures/{code}\"");
            assert!(all.shows(&href), "{code}: {}", all.text());
            let page = minh.get(&format!("{address}/figures/{code}")).await;
            assert_eq!(page.status, StatusCode::OK, "{code}");
            assert!(
                page.shows(&format!("/desk/items/{item}")),
                "{code}: {}",
                page.text()
            );
        }
        let posts = minh.get(&format!("{address}/figures/publications")).await;
        assert!(posts.shows("<h1>Lượt đăng: 2</h1>"), "{}", posts.text());
        assert!(posts.shows("reports.publications") && posts.shows("15/12/2022"));
        let csv = minh
            .get(&format!("{address}/figures/items/csv"))
            .await
            .text();
        assert_eq!(csv.matches("Báo viết").count(), 1, "{csv}");
        let csv = minh.get(&format!("{address}/figures/all/csv")).await.text();
        assert!(csv.contains("items,Sản phẩm trong kỳ,1,false"), "{csv}");
        let none = minh.get(&format!("{address}/figures/stat-nothing")).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
        let page = minh.get(&address).await;
        assert!(page.shows(&format!("{address}/figures/channel-1")));
    }
}

#[tokio::test]
async fn a_typed_figure_needs_evidence_and_is_marked_everywhere() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let plan = office.plan.to_string();
        let fields = [
            ("plan", plan.as_str()),
            ("code", "attendances"),
            ("title", "Hội nghị quý I"),
            ("number", "115"),
            ("day", "02/03/2023"),
        ];
        let bare = minh.post("/desk/reports/statistics", &fields).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bare.shows("làm minh chứng") && bare.shows("Hội nghị quý I"));
        let file = ("file", "danh-sach.pdf", &b"%PDF-1.7 danh sach"[..]);
        let saved = minh.upload("/desk/reports/statistics", &fields, file).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let counted = [
            ("plan", plan.as_str()),
            ("code", "news"),
            ("title", "x"),
            ("number", "0"),
            ("day", ""),
            ("link", "javascript:alert(1)"),
        ];
        let refused = minh.post("/desk/reports/statistics", &counted).await;
        for words in ["Chọn loại số liệu", "Liên kết phải bắt đầu"] {
            assert!(refused.shows(words), "{words}: {}", refused.text());
        }
        let address = made(&office, &mut minh, "2023-Q1").await;
        let list = minh
            .get(&format!("{address}/figures/stat-attendances"))
            .await;
        assert!(list.shows("danh-sach.pdf") && list.shows("Nhập tay, có minh chứng"));
        let docx = minh.get(&format!("{address}/docx")).await;
        let limits = documents::read::Limits::default();
        let source = documents::read::source(&docx.bytes, "x.docx", &limits).unwrap();
        assert!(
            source.text.contains("Nhập tay, có minh chứng"),
            "{}",
            source.text
        );
        let page = minh.get("/desk/reports/statistics").await;
        let at = page.text();
        let remove = at
            .split("action=\"")
            .find(|rest| rest.contains("/remove\""))
            .unwrap();
        let remove = remove.split('"').next().unwrap();
        let gone = minh.post(remove, &[]).await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text());
        assert!(
            minh.get("/desk/reports/statistics")
                .await
                .shows("Chưa nhập số liệu nào")
        );
        let still = minh
            .get(&format!("{address}/figures/stat-attendances"))
            .await;
        assert!(still.shows("115"), "a frozen report keeps it");
    }
}

#[tokio::test]
async fn a_province_adds_a_period_and_reports_are_due_by_its_days() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let nine = [
            ("code", "m2"),
            ("name", "2 tháng"),
            ("cumulative", "yes"),
            ("last", "14/2"),
            ("due", "18/2"),
        ];
        let saved = minh.post("/desk/reports/periods", &nine).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let again = minh.post("/desk/reports/periods", &nine).await;
        assert!(again.shows("đã có"), "{}", again.text());
        let page = minh.get("/desk/reports/periods").await;
        // 18/02/2023 is a Saturday: Friday before, Monday after.
        for words in [
            "2 tháng năm 2023",
            "15/12 – 14/02",
            "17/02/2023",
            "20/02/2023",
        ] {
            assert!(page.shows(words), "{words}: {}", page.text());
        }
        let list = minh.get("/desk/reports").await;
        assert!(
            list.shows("2 tháng năm 2023") && list.shows("Quá hạn nộp"),
            "{}",
            list.text()
        );
        let address = made(&office, &mut minh, "2023-M2").await;
        assert!(minh.get(&address).await.shows("Báo cáo 2 tháng năm 2023"));
        let words = [("number", "7/BC-STP"), ("issued_on", "20/02/2023")];
        minh.post(&format!("{address}/words"), &words).await;
        let today = office.editorial.today();
        let mut read = office.editorial.db.read().await.unwrap();
        let due = measure::reports::due(&mut read, office.stage.agency, today)
            .await
            .unwrap();
        drop(read);
        let own = due
            .iter()
            .find(|own| own.window.period == "2023-M2")
            .unwrap();
        assert_eq!(
            own.is_on_time(),
            Some((false, true)),
            "by the law's reading only"
        );
        assert_eq!(own.state, measure::reports::DueState::Sent);
        assert!(minh.get("/desk/reports").await.shows("Đã gửi"));
        let wrong = [
            ("code", "M 9"),
            ("name", ""),
            ("last", "31/2"),
            ("due", "x"),
        ];
        let refused = minh.post("/desk/reports/periods", &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.shows("“31/2” không phải") && refused.shows("chữ in hoa"));
    }
}

#[tokio::test]
async fn a_template_is_previewed_kept_by_date_and_old_reports_keep_theirs() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let old = made(&office, &mut minh, "2023-Q1").await;
        office.stage.house.clock.advance_ms(60_000);
        let fields = [
            ("on-standing", "yes"),
            ("order-standing", "1"),
            ("heading-standing", "Kết quả nổi bật"),
            ("text-standing", "Đạt {percent}."),
            ("authority", "KT."),
            ("principal", "GIÁM ĐỐC"),
            ("signer_title", "Phó Giám đốc"),
            ("recipients", "Sở Nội vụ\nLưu: VT, VP"),
            ("valid_from", "01/03/2023"),
        ];
        let mut preview = fields.to_vec();
        preview.push(("step", "preview"));
        let shown = minh.post("/desk/reports/template", &preview).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
        assert!(
            shown.shows("I. Kết quả nổi bật") && shown.shows("Đạt 0"),
            "{}",
            shown.text()
        );
        let saved = minh.post("/desk/reports/template", &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let mut wrong = fields.to_vec();
        wrong[3] = ("text-standing", "Đạt {khong_co}.");
        let refused = minh.post("/desk/reports/template", &wrong).await;
        assert!(refused.shows("“khong_co”"), "{}", refused.text());
        let new = made(&office, &mut minh, "2023-Q1").await;
        let page = minh.get(&new).await;
        assert!(
            page.shows("Kết quả nổi bật") && page.shows("KT. GIÁM ĐỐC"),
            "{}",
            page.text()
        );
        let before = minh.get(&old).await;
        assert!(
            !before.shows("Kết quả nổi bật"),
            "it was made before the template"
        );
        let check = minh.get(&format!("{new}/check")).await;
        assert!(
            check.shows("Lề trái") && !check.shows("Sai</span>"),
            "{}",
            check.text()
        );
    }
}

/// A superior's form: names in column A, room for figures in column B, a sum.
fn form() -> Vec<u8> {
    let sheet = Sheet {
        name: "Biểu 1".to_owned(),
        columns: vec![Column::new("Chỉ tiêu", 40), Column::new("Số liệu", 12)],
        ..Sheet::default()
    };
    let book = Book {
        sheets: vec![sheet],
        ..Book::default()
    };
    let mut writer = documents::xlsx::Writer::begin(Vec::new(), &book).unwrap();
    for name in ["Số tin, bài", "Số lượt đăng", "Kỳ"] {
        writer
            .row(Look::Plain, &[Value::text(name), Value::Empty])
            .unwrap();
    }
    writer.finish().unwrap()
}

#[tokio::test]
async fn the_superiors_form_is_mapped_once_and_filled_by_one_press() {
    for backend in BOTH {
        let office = office(backend).await;
        let item = office.registered("Báo viết", date(2023, 2, 20), 0).await;
        office
            .again(item, "Trang mạng xã hội", date(2023, 2, 21))
            .await;
        let mut minh = office.browser.of("minh").await;
        let address = made(&office, &mut minh, "2023-Q1").await;
        let junk = ("file", "bieu.xlsx", &b"not a book"[..]);
        let refused = minh
            .upload("/desk/reports/forms", &[("period", "Q1")], junk)
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let bytes = form();
        let file = ("file", "bieu.xlsx", bytes.as_slice());
        let taken = minh
            .upload("/desk/reports/forms", &[("period", "Q1")], file)
            .await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
        let own = taken.location().split('?').next().unwrap().to_owned();
        assert!(minh.get(&own).await.shows("Số lượt đăng"));
        let lines = |cells: [&'static str; 3]| {
            [
                ("sheet", "Biểu 1"),
                ("cell", cells[0]),
                ("figure", "items"),
                ("sheet", "Biểu 1"),
                ("cell", cells[1]),
                ("figure", "publications"),
                ("sheet", "Biểu 1"),
                ("cell", cells[2]),
                ("figure", "text-period"),
            ]
        };
        let wrong = minh.post(&own, &lines(["B2", "2B", ""])).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.shows("“2B”"), "{}", wrong.text());
        let mapped = minh.post(&own, &lines(["b2", "B3", "B4"])).await;
        assert_eq!(mapped.status, StatusCode::SEE_OTHER, "{}", mapped.text());
        let page = minh.get(&address).await.text();
        let id = own.rsplit('/').next().unwrap();
        assert!(page.contains(&format!("{address}/forms/{id}")), "{page}");
        let filled = minh.get(&format!("{address}/forms/{id}")).await;
        let limits = documents::read::Limits::default();
        let grids = documents::read::grids(&filled.bytes, "x.xlsx", &limits).unwrap();
        let shown = |row: usize| grids[0].rows[row].cell(1).unwrap().value.shown();
        assert_eq!([shown(1), shown(2), shown(3)], ["1", "2", "quý I năm 2023"]);
        let removed = minh.post(&format!("{own}/remove"), &[]).await;
        assert_eq!(removed.status, StatusCode::SEE_OTHER);
        assert_eq!(minh.get(&own).await.status, StatusCode::NOT_FOUND);
    }
}

/// What anybody may do after a report was made.
#[derive(Clone, Debug)]
enum Later {
    Item(usize),
    Again,
    Typed(i64),
    Words(String),
    Report,
    Seal,
    Days(i64),
}

fn later() -> impl proptest::strategy::Strategy<Value = Later> {
    use proptest::prelude::*;
    prop_oneof![
        (0usize..2).prop_map(Later::Item),
        Just(Later::Again),
        (1i64..9999).prop_map(Later::Typed),
        "[a-z ]{0,20}".prop_map(Later::Words),
        Just(Later::Report),
        Just(Later::Seal),
        (1i64..40).prop_map(Later::Days),
    ]
}

async fn does(office: &Office, minh: &mut Browser, address: &str, (n, act): (usize, &Later)) {
    let plan = office.plan.to_string();
    match act {
        Later::Item(activity) => {
            let title = format!("Sản phẩm về sau {n}");
            office
                .registered(&title, date(2023, 2, 25), *activity)
                .await;
        }
        Later::Again => {
            let item = office
                .registered(&format!("Thêm {n}"), date(2023, 2, 26), 0)
                .await;
            office
                .again(item, &format!("Kênh {n}"), date(2023, 2, 27))
                .await;
        }
        Later::Typed(number) => {
            let number = number.to_string();
            let fields = [
                ("plan", plan.as_str()),
                ("code", "views"),
                ("title", "Lượt xem"),
                ("number", &number),
                ("day", "01/03/2023"),
                ("link", "https://mang.example/bai"),
            ];
            let saved = minh.post("/desk/reports/statistics", &fields).await;
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        }
        Later::Words(text) => {
            let saved = minh
                .post(&format!("{address}/words"), &[("text-own", text)])
                .await;
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        }
        Later::Report => {
            made(office, minh, "2023-Q1").await;
        }
        Later::Seal => office.seal().await,
        Later::Days(days) => office.stage.house.clock.advance_ms(days * 24 * 3600 * 1000),
    }
}

/// Makes a report, lets people do these things, and makes the report again from what was frozen.
async fn stays(acts: &[Later]) {
    let office = office(db::Backend::Sqlite).await;
    office.registered("Tin một", date(2023, 2, 20), 0).await;
    office.seal().await;
    let mut minh = office.browser.of("minh").await;
    let address = made(&office, &mut minh, "2023-Q1").await;
    let frozen = minh.get(&format!("{address}/json")).await.bytes;
    for pair in acts.iter().enumerate() {
        // A session ends when nobody works for a while.
        minh = office.browser.of("minh").await;
        does(&office, &mut minh, &address, pair).await;
    }
    minh = office.browser.of("minh").await;
    assert_eq!(minh.get(&format!("{address}/json")).await.bytes, frozen);
    let id = address.rsplit('/').next().unwrap().parse().unwrap();
    let mut read = office.editorial.db.read().await.unwrap();
    let agency = office.stage.agency;
    let remade = measure::reports::remaking::remake_of(&mut read, agency, id)
        .await
        .unwrap();
    assert!(remade.is_whole(), "{remade:?}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        cases: 6,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn no_later_act_changes_the_figures_of_a_report(
        acts in proptest::collection::vec(later(), 1..7)
    ) {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap()
            .block_on(stays(&acts));
    }
}

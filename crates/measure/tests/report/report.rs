//! Making, reading and freezing reports.

use db::testing::BOTH;
use db::{Db, values};
use house::testing::{Answer, Browser};
use http::StatusCode;
use jiff::civil::date;
use measure::reports::{self, Figures, Maker};

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

async fn figures(who: &mut Browser, address: &str) -> Figures {
    let answer = who.get(&format!("{address}/json")).await;
    serde_json::from_slice(&answer.bytes).unwrap()
}

fn type_of(answer: &Answer) -> &str {
    answer.headers["content-type"].to_str().unwrap()
}

#[tokio::test]
async fn the_quarters_report_counts_itself_and_leads_to_its_sources() {
    for backend in BOTH {
        let office = office(backend).await;
        let article = office.published("Một cửa làm việc sáng thứ bảy", 0).await;
        let item = office
            .registered("Báo viết về một cửa", date(2023, 2, 20), 0)
            .await;
        office
            .again(item, "Trang mạng xã hội", date(2023, 2, 21))
            .await;
        office
            .registered("Của năm trước", date(2022, 12, 14), 0)
            .await;
        office
            .registered("Hội nghị quán triệt", date(2023, 3, 2), 1)
            .await;
        office.seal().await;
        let mut minh = office.browser.of("minh").await;
        let list = minh.get("/desk/reports").await;
        for words in [
            "quý I năm 2023",
            "15/12/2022 – 14/03/2023",
            "20/03/2023",
            "Lập báo cáo",
        ] {
            assert!(list.shows(words), "{words} is not shown: {}", list.text());
        }
        let address = made(&office, &mut minh, "2023-Q1").await;
        let found = figures(&mut minh, &address).await;
        assert_eq!(
            (found.counted.n_items, found.counted.n_publications),
            (3, 4)
        );
        assert_eq!(found.as_of, date(2023, 3, 6), "the period still runs");
        let done: Vec<_> = found
            .all_activities()
            .map(|a| (a.done_in_window, a.done_in_total, a.target))
            .collect();
        assert_eq!(done, [(2, 3, Some(4)), (1, 1, Some(1))]);
        assert_eq!(
            found.late_items.len(),
            1,
            "the conference came after February"
        );
        assert_eq!(found.late_items[0].days_late, 2);
        assert_eq!(
            found
                .evidence
                .iter()
                .filter(|row| row.leaf.is_none())
                .count(),
            0
        );
        assert!(found.checkpoint.is_some());
        let page = minh.get(&address).await;
        for words in [
            "03 sản phẩm truyền thông với 04 lượt đăng",
            "Hoàn thành muộn",
            "mỗi sản phẩm chỉ tính một lần",
            &format!("/desk/items/{article}"),
            &format!(
                "/desk/plans/{}/activities/{}",
                office.plan, office.activities[0]
            ),
            &format!("/desk/files/{}", found.evidence[0].sha256),
        ] {
            assert!(page.shows(words), "{words} is not shown: {}", page.text());
        }
        assert!(!page.shows("Của năm trước"), "15 December begins the year");
        assert!(
            minh.get(&format!("/desk/items/{article}"))
                .await
                .status
                .is_success()
        );
    }
}

#[tokio::test]
async fn the_report_is_saved_as_docx_pdf_xlsx_and_json() {
    for backend in BOTH {
        let office = office(backend).await;
        office
            .registered("Báo viết về một cửa", date(2023, 2, 20), 0)
            .await;
        let mut minh = office.browser.of("minh").await;
        let address = made(&office, &mut minh, "2023-Q1").await;
        let docx = minh.get(&format!("{address}/docx")).await;
        assert!(docx.bytes.starts_with(b"PK") && type_of(&docx).contains("wordprocessingml"));
        let name = docx.headers["content-disposition"].to_str().unwrap();
        assert_eq!(name, "attachment; filename=\"bao-cao-stp-2023-q1.docx\"");
        let pdf = minh.get(&format!("{address}/pdf")).await;
        assert!(pdf.bytes.starts_with(b"%PDF-") && type_of(&pdf) == "application/pdf");
        let xlsx = minh.get(&format!("{address}/xlsx")).await;
        assert!(type_of(&xlsx).contains("spreadsheetml"));
        let limits = documents::read::Limits::default();
        let grids = documents::read::grids(&xlsx.bytes, "x", &limits).unwrap();
        let items = grids.iter().find(|grid| grid.name == "Sản phẩm").unwrap();
        let title = items.rows[3].cell(2).unwrap().value.shown();
        assert_eq!(title, "Báo viết về một cửa");
        let json = minh.get(&format!("{address}/json")).await;
        let hash = sha256_in_log(&office.editorial.db).await;
        assert_eq!(hash, hex_sha256(&json.bytes), "the log has another hash");
        assert!(
            minh.get(&address).await.shows(&hash),
            "the page does not show the hash"
        );
    }
}

/// The hash of figures in the newest entry of a report.
async fn sha256_in_log(db: &Db) -> String {
    let mut read = db.read().await.unwrap();
    let row = read
        .row(
            "SELECT data FROM audit_entry WHERE act = ? ORDER BY at DESC, id DESC LIMIT 1",
            &values!["report.make"],
        )
        .await
        .unwrap();
    let data: serde_json::Value = serde_json::from_str(&row.text("data").unwrap()).unwrap();
    data["sha256"].as_str().unwrap().to_owned()
}

fn hex_sha256(bytes: &[u8]) -> String {
    house::evidence::CapturedFile::of("", "", bytes).sha256
}

#[tokio::test]
async fn what_was_reported_does_not_change_when_more_is_done() {
    for backend in BOTH {
        let office = office(backend).await;
        office.registered("Tin một", date(2023, 2, 20), 0).await;
        let mut minh = office.browser.of("minh").await;
        let first = made(&office, &mut minh, "2023-Q1").await;
        let before = minh.get(&format!("{first}/json")).await.bytes;
        office.registered("Tin hai", date(2023, 2, 21), 0).await;
        office.stage.house.clock.advance_ms(60_000);
        let second = made(&office, &mut minh, "2023-Q1").await;
        assert_eq!(minh.get(&format!("{first}/json")).await.bytes, before);
        assert_eq!(figures(&mut minh, &first).await.counted.n_items, 1);
        assert_eq!(figures(&mut minh, &second).await.counted.n_items, 2);
        let page = minh.get(&second).await;
        assert!(page.shows("Các bản khác của kỳ này") && page.shows(&first));
    }
}

#[tokio::test]
async fn a_report_made_in_may_says_what_was_so_on_14_march() {
    for backend in BOTH {
        let office = office(backend).await;
        office
            .registered("Tin tháng hai", date(2023, 2, 20), 0)
            .await;
        office.stage.house.clock.advance_ms(60 * 24 * 3600 * 1000);
        office
            .registered("Tin tháng tư", date(2023, 4, 20), 0)
            .await;
        let period = "2023-Q1".parse().unwrap();
        let maker = Maker::House(office.stage.agency);
        let report = reports::make(&office.editorial, office.plan, period, maker)
            .await
            .unwrap();
        let first = report.figures.all_activities().next().unwrap().clone();
        assert_eq!(report.figures.as_of, date(2023, 3, 14));
        assert_eq!((first.done_in_window, first.done_in_total), (1, 1));
        assert_eq!(first.status, "at_risk");
        assert_eq!(report.figures.made_by, "");
        let text = reports::to_json(&report.figures).unwrap();
        assert_eq!(text, report.json);
    }
}

#[tokio::test]
async fn a_forced_publication_is_named_with_its_reason() {
    for backend in BOTH {
        let office = office(backend).await;
        office
            .forced("Tin gấp", "Cần đính chính trước giờ họp")
            .await;
        let period = "2023-Q1".parse().unwrap();
        let maker = Maker::House(office.stage.agency);
        let report = reports::make(&office.editorial, office.plan, period, maker)
            .await
            .unwrap();
        let forced = &report.figures.forced;
        assert_eq!(forced.len(), 1);
        assert_eq!(forced[0].reason, "Cần đính chính trước giờ họp");
        assert!(!forced[0].is_confirmed);
        let mut binh = office.browser.of("binh").await;
        let page = binh.get(&format!("/desk/reports/{}", report.id)).await;
        assert!(page.shows("01 lượt xuất bản theo lệnh còn chờ người thứ hai xác nhận"));
    }
}

#[tokio::test]
async fn a_period_that_has_not_begun_and_a_period_that_is_none_are_refused() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let plan = office.plan.to_string();
        for (period, words) in [
            ("2023-Q3", "chưa bắt đầu"),
            ("2023-Q2", "Chọn một kỳ báo cáo"),
        ] {
            let answer = minh
                .post("/desk/reports", &[("plan", &plan), ("period", period)])
                .await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{period}");
            assert!(answer.shows(words), "{}", answer.text());
        }
        let both = minh
            .post("/desk/reports", &[("plan", "x"), ("period", "y")])
            .await;
        assert!(both.shows("Chọn một kế hoạch") && both.shows("Chọn một kỳ báo cáo"));
        assert!(
            minh.get("/desk/reports").await.shows("Chưa lập"),
            "nothing was made"
        );
    }
}

#[tokio::test]
async fn appraisers_read_reports_officers_make_them_and_writers_do_neither() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let address = made(&office, &mut minh, "2023-Q1").await;
        let mut noivu = office.browser.of("noivu").await;
        assert_eq!(noivu.get(&address).await.status, StatusCode::OK);
        assert!(
            !noivu
                .get("/desk/reports")
                .await
                .shows("method=\"post\" action=\"/desk/reports\"")
        );
        let plan = office.plan.to_string();
        let form = [("plan", plan.as_str()), ("period", "2023-Q1")];
        assert_eq!(
            noivu.post("/desk/reports", &form).await.status,
            StatusCode::FORBIDDEN
        );
        let mut ha = office.browser.of("ha").await;
        assert_eq!(ha.get(&address).await.status, StatusCode::FORBIDDEN);
        let unknown = base::id::Uuid::nil();
        let answer = minh.get(&format!("/desk/reports/{unknown}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}

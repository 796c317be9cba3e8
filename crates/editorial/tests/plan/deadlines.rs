//! Stories of deadlines that the calendar moves.

use base::Role;
use db::testing::BOTH;
use editorial::testing::EditorialStage;
use house::testing::Browser;
use http::StatusCode;

use crate::office::{import, save_plan, stage};

/// The plan's second activity is due by 28/02/2023, its first by 31/03/2023.
async fn office(backend: db::Backend) -> (EditorialStage, Browser) {
    let (at, browser) = stage(backend).await;
    at.stage
        .person("quy", "Đỗ Quý", &[Role::Administrator], 0)
        .await;
    let mut minh = browser.of("minh").await;
    let plan = import(&mut minh).await;
    let answer = save_plan(&mut minh, &plan, "running").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    (at, browser)
}

const DAY_MS: i64 = 24 * 3_600_000;

const ADDED: [(&str, &str); 3] = [
    ("change", "add"),
    ("kind", "holiday"),
    ("lines", "31/03/2023 Ngày nghỉ dựng để thử"),
];

#[tokio::test]
async fn a_change_of_the_calendar_shows_what_it_would_move_before_it_is_made() {
    for backend in BOTH {
        let (_at, browser) = office(backend).await;
        let (mut minh, mut quy) = (browser.of("minh").await, browser.of("quy").await);
        let preview = quy.post("/desk/plans/deadlines", &ADDED).await;
        assert_eq!(preview.status, StatusCode::OK, "{}", preview.text());
        assert!(preview.shows("1 thời hạn sẽ dời"));
        assert!(preview.shows("Đăng tin trên trang thông tin điện tử của Sở"));
        assert!(!preview.shows("Hội nghị quán triệt kế hoạch tới công chức"));
        assert!(preview.shows("Thứ năm, 30/03/2023 hoặc Thứ hai, 03/04/2023"));
        assert!(preview.shows("31/03/2023 nay là ngày nghỉ: Ngày nghỉ dựng để thử"));
        let page = minh.get("/desk/plans/deadlines").await;
        assert!(
            page.shows("Không có thời hạn nào rơi vào ngày nghỉ"),
            "a look changes nothing"
        );

        let answer = quy.post("/desk/calendar/days", &ADDED).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let page = minh.get("/desk/plans/deadlines").await;
        assert!(page.shows("Ngày nghỉ dựng để thử") && page.shows("Thứ hai, 03/04/2023"));
    }
}

#[tokio::test]
async fn a_deadline_that_moved_says_since_when_and_why() {
    for backend in BOTH {
        let (at, browser) = office(backend).await;
        at.stage.house.clock.advance_ms(DAY_MS);
        let (mut minh, mut quy) = (browser.of("minh").await, browser.of("quy").await);
        quy.post("/desk/calendar/days", &ADDED).await;
        let page = minh.get("/desk/plans/deadlines?since=07/03/2023").await;
        assert!(page.shows("31/03/2023 nay là ngày nghỉ: Ngày nghỉ dựng để thử"));
        at.stage.house.clock.advance_ms(DAY_MS);
        let mut minh = browser.of("minh").await;
        let page = minh.get("/desk/plans/deadlines?since=08/03/2023").await;
        assert!(
            page.shows("Không có thời hạn nào dời."),
            "nothing moved since then"
        );
        let page = minh.get("/desk/plans/deadlines?since=31/02/2023").await;
        assert!(page.shows("since-error"));
    }
}

#[tokio::test]
async fn only_administrators_look_ahead_and_drafts_are_left_out() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        at.stage
            .person("quy", "Đỗ Quý", &[Role::Administrator], 0)
            .await;
        let mut minh = browser.of("minh").await;
        import(&mut minh).await;
        let answer = minh.post("/desk/plans/deadlines", &ADDED).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let mut quy = browser.of("quy").await;
        let preview = quy.post("/desk/plans/deadlines", &ADDED).await;
        assert!(
            preview.shows("0 thời hạn sẽ dời"),
            "a draft has no deadlines yet"
        );
    }
}

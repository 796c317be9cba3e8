//! Stories of the administrative calendar.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use base::Role;
use base::calendar::working::DayKind;
use base::id::RowId;
use db::testing::BOTH;
use db::values;
use house::calendar::day_off::{Decision, NewDays, read_lines};
use house::calendar::{add_everywhere, as_of, of};
use house::testing::{Answer, Browser, Stage};
use http::StatusCode;
use jiff::civil::date;

/// Days off as an administrator enters them; number and days are data of this test.
const TET: &str = "Từ ngày 20/01/2023 đến hết ngày 26/01/2023: Nghỉ Tết Nguyên đán";

async fn stage(backend: db::Backend) -> (Stage, Browser) {
    let stage = Stage::open(backend, &[]).await;
    stage
        .person("quy", "Đỗ Quý", &[Role::Administrator], 0)
        .await;
    stage.person("ha", "Võ Hà", &[Role::Writer], 0).await;
    let browser = stage.browser::<house::House>(Vec::new(), stage.house.clone());
    (stage, browser)
}

async fn add(browser: &mut Browser, kind: &str, lines: &str) -> Answer {
    let fields = [
        ("change", "add"),
        ("year", "2023"),
        ("kind", kind),
        ("lines", lines),
        ("decision_number", "12/QĐ-STP"),
        ("decision_on", "01/12/2022"),
    ];
    browser.post("/desk/calendar/days", &fields).await
}

/// Where the first day of the list is taken away.
fn removal(page: &Answer) -> String {
    let text = page.text();
    let (_, rest) = text.split_once("href=\"/desk/calendar/days/").unwrap();
    let id = rest.split('/').next().unwrap();
    format!("/desk/calendar/days/{id}/remove")
}

async fn n_recorded(stage: &Stage, act: &str) -> i64 {
    let mut read = stage.house.db.read().await.unwrap();
    let sql = "SELECT COUNT(*) AS n FROM audit_entry WHERE act = ?";
    read.count(sql, &values![act]).await.unwrap()
}

#[tokio::test]
async fn an_administrator_pastes_the_days_off_and_everybody_sees_them() {
    for backend in BOTH {
        let (stage, browser) = stage(backend).await;
        let mut quy = browser.of("quy").await;
        let answer = add(&mut quy, "holiday", TET).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let mut ha = browser.of("ha").await;
        let page = ha.get("/desk/calendar?year=2023").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.shows("title=\"Nghỉ Tết Nguyên đán\""));
        assert!(page.shows("12/QĐ-STP ngày 01/12/2022"));
        assert!(
            !page.shows("calendar-form"),
            "a writer may change the calendar"
        );
        let mut read = stage.house.db.read().await.unwrap();
        let calendar = of(&mut read, stage.agency).await.unwrap();
        let due = calendar.deadline(date(2023, 1, 23));
        assert_eq!(
            (due.before, due.after),
            (date(2023, 1, 19), date(2023, 1, 27))
        );
        drop(read);
        assert_eq!(n_recorded(&stage, "calendar.add").await, 1);
    }
}

#[tokio::test]
async fn only_administrators_change_the_calendar() {
    for backend in BOTH {
        let (stage, browser) = stage(backend).await;
        add(&mut browser.of("quy").await, "holiday", TET).await;
        let mut quy = browser.of("quy").await;
        let path = removal(&quy.get("/desk/calendar?year=2023").await);
        let mut ha = browser.of("ha").await;
        let answer = add(&mut ha, "holiday", "01/05/2023 Ngày Quốc tế lao động").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let week = ha.post("/desk/calendar/week", &[("saturday", "1")]).await;
        assert_eq!(week.status, StatusCode::FORBIDDEN);
        let removed = ha.post(&path, &[("reason", "x")]).await;
        assert_eq!(removed.status, StatusCode::FORBIDDEN);
        let mut read = stage.house.db.read().await.unwrap();
        let calendar = of(&mut read, stage.agency).await.unwrap();
        assert!(calendar.is_working(date(2023, 5, 1)) && !calendar.is_working(date(2023, 1, 20)));
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_told_line_by_line_and_nothing_is_lost() {
    for backend in BOTH {
        let (stage, browser) = stage(backend).await;
        let mut quy = browser.of("quy").await;
        let lines = "01/05/2023 Ngày Quốc tế lao động\n31/02/2023 Không có\n02/09/2023";
        let answer = add(&mut quy, "holiday", lines).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("Dòng 2") && answer.shows("Dòng 3"));
        assert!(answer.shows("01/05/2023 Ngày Quốc tế lao động\n31/02/2023"));
        assert_eq!(n_recorded(&stage, "calendar.add").await, 0);
        add(&mut quy, "holiday", TET).await;
        let again = add(&mut quy, "holiday", "26/01/2023 Lại nghỉ").await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.shows("Ngày 26/01/2023 đã có trong lịch: “Nghỉ Tết Nguyên đán”"));
    }
}

#[tokio::test]
async fn a_day_is_removed_with_its_reason_and_what_was_known_before_can_be_told() {
    for backend in BOTH {
        let (stage, browser) = stage(backend).await;
        let mut quy = browser.of("quy").await;
        add(&mut quy, "holiday", "01/05/2023 Nhập nhầm").await;
        let known_at = stage.house.clock.now_ms();
        stage.house.clock.advance_ms(60_000);
        let page = quy.get("/desk/calendar?year=2023").await;
        let path = removal(&page);
        let refused = quy.post(&path, &[("reason", " ")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let answer = quy.post(&path, &[("reason", "Nhập sai năm")]).await;
        assert_eq!(
            answer.location(),
            "/desk/calendar?year=2023&done=calendar-removed"
        );
        let page = quy.get(answer.location()).await;
        assert!(page.shows("Nhập sai năm") && page.shows("Đỗ Quý"));
        assert_eq!(
            quy.post(&path, &[("reason", "x")]).await.status,
            StatusCode::NOT_FOUND
        );

        let mut read = stage.house.db.read().await.unwrap();
        let day = date(2023, 5, 1);
        assert!(of(&mut read, stage.agency).await.unwrap().is_working(day));
        let then = as_of(&mut read, stage.agency, known_at).await.unwrap();
        assert_eq!(then.why_off(day), Some("Nhập nhầm"));
        let before = as_of(&mut read, stage.agency, known_at - 1).await.unwrap();
        assert!(
            before.is_working(day),
            "a day is known before it was entered"
        );
        drop(read);
        assert_eq!(n_recorded(&stage, "calendar.remove").await, 1);
        let added = add(&mut quy, "swapped_off", "01/05/2023 Nghỉ hoán đổi").await;
        assert_eq!(
            added.status,
            StatusCode::SEE_OTHER,
            "a removed day cannot be added again"
        );
    }
}

#[tokio::test]
async fn a_look_ahead_sends_the_form_on_and_changes_nothing() {
    for backend in BOTH {
        let (stage, browser) = stage(backend).await;
        let mut quy = browser.of("quy").await;
        let fields = [
            ("change", "add"),
            ("kind", "holiday"),
            ("lines", "01/05/2023 Ngày Quốc tế lao động"),
            ("step", "preview"),
        ];
        let answer = quy.post("/desk/calendar/days", &fields).await;
        assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT);
        assert_eq!(answer.location(), "/desk/plans/deadlines");
        let week = [("change", "week"), ("saturday", "1"), ("step", "preview")];
        let answer = quy.post("/desk/calendar/week", &week).await;
        assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT);
        let mut read = stage.house.db.read().await.unwrap();
        let calendar = of(&mut read, stage.agency).await.unwrap();
        assert!(calendar.is_working(date(2023, 5, 1)) && !calendar.is_saturday_worked());
    }
}

#[tokio::test]
async fn saturdays_are_worked_from_the_moment_it_is_said() {
    for backend in BOTH {
        let (stage, browser) = stage(backend).await;
        let mut quy = browser.of("quy").await;
        let before = stage.house.clock.now_ms();
        stage.house.clock.advance_ms(1_000);
        quy.post("/desk/calendar/week", &[("saturday", "1")]).await;
        let saturday = date(2023, 3, 11);
        let mut read = stage.house.db.read().await.unwrap();
        assert!(
            of(&mut read, stage.agency)
                .await
                .unwrap()
                .is_working(saturday)
        );
        let then = as_of(&mut read, stage.agency, before).await.unwrap();
        assert!(!then.is_working(saturday));
        drop(read);
        stage.house.clock.advance_ms(1_000);
        quy.post("/desk/calendar/week", &[]).await;
        let mut read = stage.house.db.read().await.unwrap();
        assert!(
            !of(&mut read, stage.agency)
                .await
                .unwrap()
                .is_working(saturday)
        );
        assert_eq!(n_recorded(&stage, "calendar.week").await, 2);
    }
}

#[tokio::test]
async fn the_fixed_holidays_of_a_year_are_filled_in_but_not_saved() {
    for backend in BOTH {
        let (stage, browser) = stage(backend).await;
        let mut quy = browser.of("quy").await;
        let page = quy.get("/desk/calendar?year=2023&fill=fixed").await;
        assert!(page.shows("02/01/2023 Nghỉ bù Tết Dương lịch"));
        assert!(page.shows("01/05/2023 Ngày Quốc tế lao động"));
        let mut read = stage.house.db.read().await.unwrap();
        let calendar = of(&mut read, stage.agency).await.unwrap();
        assert!(calendar.is_working(date(2023, 5, 1)));
    }
}

#[tokio::test]
async fn an_agencys_own_day_comes_before_the_installations() {
    for backend in BOTH {
        let (stage, browser) = stage(backend).await;
        let marks = read_lines("01/05/2023 Ngày Quốc tế lao động", DayKind::Holiday).unwrap();
        let days = NewDays {
            marks,
            decision: Decision::default(),
        };
        let mut act = stage.house.db.act().await.unwrap();
        add_everywhere(&stage.house, &mut act, stage.agency, &days)
            .await
            .unwrap();
        let again = add_everywhere(&stage.house, &mut act, stage.agency, &days).await;
        assert!(again.is_err(), "a day of the installation is there twice");
        act.commit().await.unwrap();
        let mut quy = browser.of("quy").await;
        let page = quy.get("/desk/calendar?year=2023").await;
        assert!(page.shows("Áp dụng cho mọi cơ quan") && !page.shows("/remove\""));
        add(&mut quy, "swapped_work", "01/05/2023 Trực giải quyết hồ sơ").await;
        let mut read = stage.house.db.read().await.unwrap();
        let calendar = of(&mut read, stage.agency).await.unwrap();
        assert!(calendar.is_working(date(2023, 5, 1)));
    }
}

#[tokio::test]
async fn the_days_of_another_agency_are_not_ours() {
    for backend in BOTH {
        let (stage, browser) = stage(backend).await;
        let other: base::id::AgencyId = stage.house.ids.next(&stage.house.clock);
        let row: RowId = stage.house.ids.next(&stage.house.clock);
        let from = house::people::agency_store::From {
            row,
            day: date(2016, 1, 1),
        };
        let names = house::people::agency::AgencyNames::default();
        let now = stage.house.clock.now_ms() + 1;
        let mut act = stage.house.db.act().await.unwrap();
        house::people::agency_store::add(&mut act, other, &names, from, now)
            .await
            .unwrap();
        act.commit().await.unwrap();
        let mut quy = browser.of("quy").await;
        add(&mut quy, "holiday", TET).await;
        let mut read = stage.house.db.read().await.unwrap();
        assert!(
            of(&mut read, other)
                .await
                .unwrap()
                .is_working(date(2023, 1, 20))
        );
    }
}

//! Stories of reports over a year in which units merged.

use base::Role;
use db::testing::BOTH;
use house::testing::UNITS;
use http::StatusCode;
use jiff::civil::date;
use measure::reports::Figures;

use crate::office::{Office, office};

/// Merges the first two units on 1 March 2024, a few days later.
async fn merged(backend: db::Backend) -> Office {
    let office = office(backend).await;
    office
        .stage
        .person("quy", "Đỗ Quý", &[Role::Administrator], 0)
        .await;
    office
        .registered("Báo viết về một cửa", date(2023, 2, 20), 0)
        .await;
    let now = base::calendar::at_local(date(2024, 3, 5).at(9, 0, 0, 0)).as_millisecond();
    let clock = &office.stage.house.clock;
    clock.advance_ms(now - clock.now_ms());
    let mut quy = office.browser.of("quy").await;
    let (first, second) = (
        office.stage.units[0].to_string(),
        office.stage.units[1].to_string(),
    );
    let fields = [
        ("units", first.as_str()),
        ("units", second.as_str()),
        ("name", "Phòng Tổng hợp"),
        ("day", "01/03/2024"),
        ("decision_number", "12/QĐ-STP"),
        ("step", "act"),
    ];
    let done = quy.post("/desk/units/merge", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    office
}

#[tokio::test]
async fn last_years_report_still_shows_last_years_names() {
    for backend in BOTH {
        let office = merged(backend).await;
        let mut minh = office.browser.of("minh").await;
        let plan = office.plan.to_string();
        let fields = [("plan", plan.as_str()), ("period", "2023")];
        let answer = minh.post("/desk/reports", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let address = answer.location().split('?').next().unwrap().to_owned();
        let json = minh.get(&format!("{address}/json")).await;
        let figures: Figures = serde_json::from_slice(&json.bytes).unwrap();
        assert_eq!(figures.counted.items[0].unit, UNITS[1]);
        let page = minh.get(&address).await;
        assert!(
            page.shows(UNITS[0]) && !page.shows("Phòng Tổng hợp"),
            "{}",
            page.text()
        );
    }
}

#[tokio::test]
async fn a_chart_over_years_joins_the_units_and_says_by_which_decision() {
    for backend in BOTH {
        let office = merged(backend).await;
        office
            .registered("Bản tin đầu năm", date(2024, 2, 20), 0)
            .await;
        let mut minh = office.browser.of("minh").await;
        let page = minh.get("/desk/reports/years").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert!(page.shows("Phòng Tổng hợp<sup>"), "{}", page.text());
        assert!(page.shows("hợp nhất thành Phòng Tổng hợp từ ngày 01/03/2024 theo 12/QĐ-STP"));
        assert!(page.shows("<td class=\"number\" data-label=\"Cộng\">2</td>"));
        let before = minh.get("/desk/reports/years?to=2023").await;
        assert!(before.shows(UNITS[1]) && !before.shows("Phòng Tổng hợp"));
        let mut ha = office.browser.of("ha").await;
        let closed = ha.get("/desk/reports/years").await;
        assert_eq!(closed.status, StatusCode::FORBIDDEN);
    }
}

//! Points at risk, before a round is open and while it is.

use db::testing::BOTH;

use crate::office::{office, to};

#[tokio::test]
async fn points_at_risk_are_told_all_year_also_before_a_round_is_open() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.of("minh").await;
        let page = minh.get("/desk/rounds/risk").await;
        // Nothing done, nothing proved: three points of the set, and not the survey's two.
        assert!(
            page.shows("<span class=\"stat-number\">3</span>"),
            "{}",
            page.text()
        );
        assert!(page.shows("4.3 Ban hành kế hoạch truyền thông") && page.shows("chưa phân công"));
        assert!(!page.shows("8.1"));
        // Another year is judged by another set, or by none yet.
        let before = minh.get("/desk/rounds/risk?year=2021").await;
        assert!(before.shows("Chưa có bộ tiêu chí nào có hiệu lực cho năm này."));
    }
}

#[tokio::test]
async fn a_unit_that_answers_for_a_component_sees_its_own_part_with_its_day() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.of("minh").await;
        let third = &office.components[2];
        let (unit, due) = (format!("unit-{third}"), format!("due-{third}"));
        let hoa_unit = office.stage.units[1].to_string();
        let fields = [("year", "2023"), (&unit, &hoa_unit), (&due, "30/06/2023")];
        let fields = fields.map(|(name, value)| (name, value as &str));
        to(&minh.post("/desk/rounds/duties", &fields).await);
        let mut hoa = office.of("hoa").await;
        let page = hoa.get("/desk/rounds/risk").await;
        assert!(
            page.shows("4.3 Ban hành") && page.shows("30/06/2023"),
            "{}",
            page.text()
        );
        assert!(page.shows("Mai Xuân Hòa") && !page.shows("4.1 Mức độ"));
    }
}

#[tokio::test]
async fn what_is_claimed_and_proved_is_no_longer_at_risk() {
    for backend in BOTH {
        let office = office(backend).await;
        let open = office.round().await;
        office.score_all(&open).await;
        let mut minh = office.of("minh").await;
        let page = minh.get("/desk/rounds/risk").await;
        // 0.2 of the first component is lost by its own claim.
        assert!(
            page.shows("<span class=\"stat-number\">0,2</span>"),
            "{}",
            page.text()
        );
        assert!(page.shows(&office.component(&open, 0)));
    }
}

//! Stories of units that merge while a plan runs: open work goes along, what is done stays.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use base::Role;
use base::id::UnitId;
use db::testing::BOTH;
use db::values;
use editorial::newsroom;
use editorial::newsroom::category_store::{self, Category};
use editorial::testing::EditorialStage;
use house::people::account_store;
use house::testing::{Answer, Browser, UNITS};
use http::StatusCode;
use jiff::civil::date;

use crate::office::{activity_of, add_item, import, save_plan, stage};

const NEWS: &str = "Đăng tin trên trang thông tin điện tử của Sở";
const CONFERENCE: &str = "Hội nghị quán triệt kế hoạch tới công chức";

/// A plan that runs: news led by the first unit and supported by the third, a conference led by the
/// second.
async fn office(backend: db::Backend) -> (EditorialStage, Browser, String) {
    let (at, browser) = stage(backend).await;
    at.stage
        .person("quy", "Đỗ Quý", &[Role::Administrator], 0)
        .await;
    let mut minh = browser.of("minh").await;
    let plan = import(&mut minh).await;
    let answer = save_plan(&mut minh, &plan, "running").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    (at, browser, plan)
}

/// Merges two units of the stage into a new one.
async fn merge(
    at: &EditorialStage,
    quy: &mut Browser,
    units: [usize; 2],
    step: (&str, &str),
) -> Answer {
    let ids = units.map(|n| at.stage.units[n].to_string());
    let fields = [
        ("units", ids[0].as_str()),
        ("units", ids[1].as_str()),
        ("name", "Phòng Tổng hợp"),
        ("day", "01/03/2023"),
        ("accountable_1", step.1),
        ("step", step.0),
    ];
    quy.post("/desk/units/merge", &fields).await
}

async fn account(at: &EditorialStage, word: &str) -> house::people::account::Account {
    let mut read = at.stage.house.db.read().await.unwrap();
    let email = format!("{word}@loa.example");
    let found = account_store::maybe_by_email(&mut read, &email).await;
    found.unwrap().unwrap().0
}

#[tokio::test]
async fn open_activities_go_to_the_merged_unit_with_who_answers() {
    for backend in BOTH {
        let (at, browser, plan) = office(backend).await;
        let (mut minh, mut quy) = (browser.of("minh").await, browser.of("quy").await);
        let news = activity_of(&mut minh, &plan, NEWS).await;
        assert!(
            minh.get(&news).await.shows(UNITS[2]),
            "the third unit supports"
        );
        let look = merge(&at, &mut quy, [0, 2], ("preview", "")).await;
        assert_eq!(look.status, StatusCode::OK, "{}", look.text());
        assert!(look.shows(NEWS) && !look.shows(CONFERENCE));
        assert!(
            minh.get(&news).await.shows(UNITS[0]),
            "a look moves nothing"
        );

        let tu = account(&at, "tu").await.id.to_string();
        let done = merge(&at, &mut quy, [0, 2], ("act", &tu)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let page = minh.get(&news).await;
        assert!(page.shows("Phòng Tổng hợp") && page.shows("Lê Anh Tú"));
        assert!(
            !page.shows(UNITS[0]) && !page.shows(UNITS[2]),
            "a unit that ended still answers"
        );
        let conference = activity_of(&mut minh, &plan, CONFERENCE).await;
        assert!(minh.get(&conference).await.shows(UNITS[1]));
        assert!(quy.get(done.location()).await.shows(NEWS));
    }
}

#[tokio::test]
async fn what_is_done_stays_with_the_unit_that_did_it() {
    for backend in BOTH {
        let (at, browser, plan) = office(backend).await;
        let (mut minh, mut quy) = (browser.of("minh").await, browser.of("quy").await);
        let conference = activity_of(&mut minh, &plan, CONFERENCE).await;
        add_item(
            &at,
            &conference,
            "Hội nghị ngày 20/02",
            Some(date(2023, 2, 20)),
        )
        .await;
        let look = merge(&at, &mut quy, [1, 2], ("preview", "")).await;
        assert!(
            !look.shows(CONFERENCE) && look.shows(NEWS),
            "{}",
            look.text()
        );
        merge(&at, &mut quy, [1, 2], ("act", "")).await;
        assert!(minh.get(&conference).await.shows(UNITS[1]));
        let news = activity_of(&mut minh, &plan, NEWS).await;
        let page = minh.get(&news).await;
        assert!(
            page.shows("Phòng Tổng hợp") && page.shows(UNITS[0]),
            "support goes along too"
        );
    }
}

#[tokio::test]
async fn nothing_of_a_closed_plan_changes() {
    for backend in BOTH {
        let (at, browser, plan) = office(backend).await;
        let (mut minh, mut quy) = (browser.of("minh").await, browser.of("quy").await);
        save_plan(&mut minh, &plan, "closed").await;
        let look = merge(&at, &mut quy, [0, 1], ("preview", "")).await;
        assert!(!look.shows(NEWS) && !look.shows(CONFERENCE));
        merge(&at, &mut quy, [0, 1], ("act", "")).await;
        let news = activity_of(&mut minh, &plan, NEWS).await;
        assert!(minh.get(&news).await.shows(UNITS[0]));
    }
}

#[tokio::test]
async fn articles_that_are_being_written_go_along() {
    for backend in BOTH {
        let (at, browser, _) = office(backend).await;
        let category = Category {
            id: at.stage.house.ids.next(&at.stage.house.clock),
            slug: "tin-moi".to_owned(),
            name_vi: "Tin mới".to_owned(),
            name_en: "News".to_owned(),
        };
        let mut act = at.stage.house.db.act().await.unwrap();
        category_store::add(&mut act, at.stage.agency, &category)
            .await
            .unwrap();
        act.commit().await.unwrap();
        let ha = account(&at, "ha").await.actor();
        let article = newsroom::begin(&at.editorial, &ha).await.unwrap();
        let mut quy = browser.of("quy").await;
        merge(&at, &mut quy, [0, 2], ("act", "")).await;
        let mut read = at.stage.house.db.read().await.unwrap();
        let sql = "SELECT unit_id FROM article WHERE id = ?";
        let row = read.row(sql, &values![article]).await.unwrap();
        let unit: UnitId = row.parse("unit_id").unwrap();
        assert!(
            !at.stage.units.contains(&unit),
            "the article stays in a unit that ended"
        );
        let sql = "SELECT COUNT(*) AS n FROM unit_move WHERE subject_kind = 'article'";
        assert_eq!(read.count(sql, &[]).await.unwrap(), 1);
    }
}

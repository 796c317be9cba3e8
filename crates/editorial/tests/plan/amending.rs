//! Stories of an issued plan that is changed: by an amendment only, told old and new.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use db::testing::BOTH;
use db::values;
use editorial::testing::EditorialStage;
use house::testing::{Answer, Browser};
use http::StatusCode;
use jiff::civil::date;

use crate::office::*;

const NEWS: &str = "Đăng tin trên trang";
const MEETING: &str = "Hội nghị quán triệt";

async fn director(at: &EditorialStage, browser: &Browser) -> Browser {
    let roles = [base::Role::Director];
    at.stage.person("bao", "Nguyễn Quốc Bảo", &roles, 0).await;
    browser.of("bao").await
}

/// Opens an amendment: the address of its working copy and that of its own page.
async fn open(officer: &mut Browser, plan: &str) -> (String, String) {
    let why = [("reason", "Theo Chỉ thị 07/CT-TTg")];
    let answer = officer.post(&format!("{plan}/amendments"), &why).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let copy = answer.location().split('?').next().unwrap().to_owned();
    let page = officer.get(&copy).await.text();
    let mark = format!("{plan}/amendments/");
    let id = page.split(&mark).nth(1).unwrap()[..36].to_owned();
    (copy, format!("{plan}/amendments/{id}"))
}

/// Gives the news activity another target.
async fn retarget(officer: &mut Browser, plan: &str, number: &str) {
    let news = activity_of(officer, plan, NEWS).await;
    let edit = format!("{news}/edit");
    let page = officer.get(&edit).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let version = value(&page, "version");
    let lead = page.text();
    let lead = lead
        .split("<select")
        .find(|part| part.contains("name=\"lead_unit\""));
    let lead = lead.unwrap().split(" selected").next().unwrap();
    let lead = lead
        .rsplit("value=\"")
        .next()
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let text = page.text();
    let boxes = text.split("name=\"supporting_units\" value=\"").skip(1);
    let boxes: Vec<String> = boxes
        .filter(|part| part.split('>').next().unwrap().contains("checked"))
        .map(|part| part[..36].to_owned())
        .collect();
    let title = "Đăng tin trên trang thông tin điện tử của Sở";
    let mut fields = vec![
        ("title", title),
        ("output", "04 tin, bài"),
        ("target_number", number),
        ("target_unit", "tin, bài"),
        ("lead_unit", lead),
        ("window_text", "Quý I/2023"),
        ("version", version.as_str()),
    ];
    let output = value(&page, "output");
    fields[1].1 = output.as_str();
    let task = text
        .split("<select")
        .find(|part| part.contains("name=\"task\""));
    let task = task.unwrap().split(" selected").next().unwrap();
    let task = task
        .rsplit("value=\"")
        .next()
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    fields.push(("task", task));
    let (from, to) = (value(&page, "window_from"), value(&page, "window_to"));
    let place = value(&page, "place");
    fields.extend([
        ("window_from", &*from),
        ("window_to", &*to),
        ("place", &*place),
    ]);
    fields.extend(boxes.iter().map(|unit| ("supporting_units", unit.as_str())));
    let answer = officer.post(&edit, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

async fn decide(who: &mut Browser, amendment: &str, number: &str, day: &str) -> Answer {
    let fields = [
        ("number", number),
        ("day", day),
        ("signer", "Nguyễn Quốc Bảo"),
    ];
    who.post(&format!("{amendment}/decision"), &fields).await
}

async fn baselines(at: &EditorialStage) -> Vec<String> {
    let mut read = at.stage.house.db.read().await.unwrap();
    let sql = "SELECT sha256 FROM baseline ORDER BY no";
    let rows = read.rows(sql, &[]).await.unwrap();
    rows.iter().map(|row| row.text("sha256").unwrap()).collect()
}

async fn n_rows(at: &EditorialStage, sql: &'static str) -> i64 {
    let mut read = at.stage.house.db.read().await.unwrap();
    read.count(sql, &values![]).await.unwrap()
}

#[tokio::test]
async fn a_change_counts_only_when_its_decision_is_recorded_and_both_are_told() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let mut bao = director(&at, &browser).await;
        let plan = import(&mut minh).await;
        save_plan(&mut minh, &plan, "running").await;
        let news = activity_of(&mut minh, &plan, NEWS).await;
        add_item(&at, &news, "Tin đầu tiên", Some(date(2023, 3, 1))).await;
        let unexplained = minh.post(&format!("{plan}/amendments"), &[]).await;
        assert_eq!(unexplained.status, StatusCode::UNPROCESSABLE_ENTITY);
        let by_director = bao
            .post(&format!("{plan}/amendments"), &[("reason", "x")])
            .await;
        assert_eq!(by_director.status, StatusCode::FORBIDDEN);

        let (copy, amendment) = open(&mut minh, &plan).await;
        let second = minh
            .post(&format!("{plan}/amendments"), &[("reason", "x")])
            .await;
        assert_eq!(second.status, StatusCode::FORBIDDEN, "one at a time");
        let early = decide(&mut bao, &amendment, "88/QĐ-STP", "06/03/2023").await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(early.shows("chưa thay đổi gì"), "{}", early.text());
        retarget(&mut minh, &copy, "6").await;
        let page = minh.get(&amendment).await;
        assert!(page.shows("<del>4 tin, bài</del>") && page.shows("<ins>6 tin, bài</ins>"));

        let copied = minh.get(&copy).await;
        assert!(
            copied.shows("Đã có 1 trên 6 tin, bài"),
            "a copy shows how far the plan would be"
        );
        let mut citizen = browser.stranger();
        let public = citizen.get("/ke-hoach/2023").await;
        assert!(public.shows("Đã có 1 trên 4 tin, bài"), "{}", public.text());
        assert!(
            !public.shows("6 tin, bài"),
            "a draft of a change is not public"
        );
        assert!(
            !minh.get("/desk/plans").await.shows(&copy),
            "a copy is no plan"
        );

        let unproved = decide(&mut minh, &amendment, "88/QĐ-STP", "06/03/2023").await;
        assert!(unproved.shows("Kèm bản đã ký"), "{}", unproved.text());
        let before = decide(&mut bao, &amendment, "88/QĐ-STP", "02/02/2023").await;
        assert!(before.shows("trước ngày 03/02/2023"), "{}", before.text());
        let same = decide(&mut bao, &amendment, "05/KH-STP", "06/03/2023").await;
        assert_eq!(
            same.status,
            StatusCode::SEE_OTHER,
            "the plan's own number may be taken up"
        );
        assert_eq!(baselines(&at).await.len(), 2);
        let public = citizen.get("/ke-hoach/2023").await;
        assert!(public.shows("Đã có 1 trên 6 tin, bài"), "{}", public.text());
        assert!(public.shows("<del>4 tin, bài</del>") && public.shows("<ins>6 tin, bài</ins>"));
        assert!(public.shows("Theo Chỉ thị 07/CT-TTg") && public.shows("ngày 06/03/2023"));
        assert_eq!(n_rows(&at, "SELECT COUNT(*) AS n FROM plan").await, 1);

        let json = citizen.get("/api/v1/plans/2023").await;
        let json: serde_json::Value = serde_json::from_slice(&json.bytes).unwrap();
        let plan = &json["plans"][0];
        assert_eq!(plan["state"], "running");
        assert_eq!(plan["promised"]["activities"].as_array().unwrap().len(), 3);
        let change = &plan["amendments"][0]["differences"][0];
        assert_eq!(
            (&change["what"], &change["fields"][0]["field"]),
            (&"changed".into(), &"target".into())
        );
        assert_eq!(change["fields"][0]["before"][0]["number"], 4);
        assert_eq!(change["fields"][0]["after"][0]["number"], 6);
    }
}

#[tokio::test]
async fn amending_and_amending_back_restores_the_baseline() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let mut bao = director(&at, &browser).await;
        let plan = import(&mut minh).await;
        save_plan(&mut minh, &plan, "running").await;
        for (number, target) in [("88/QĐ-STP", "6"), ("89/QĐ-STP", "4")] {
            let (copy, amendment) = open(&mut minh, &plan).await;
            retarget(&mut minh, &copy, target).await;
            let answer = decide(&mut bao, &amendment, number, "06/03/2023").await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        }
        let all = baselines(&at).await;
        assert_eq!(all.len(), 3);
        assert_eq!(all[0], all[2]);
        assert_ne!(all[0], all[1]);
        let (_, amendment) = open(&mut minh, &plan).await;
        let taken = decide(&mut bao, &amendment, "88/QĐ-STP", "06/03/2023").await;
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_dropped_amendment_leaves_the_plan_as_it_was() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let mut bao = director(&at, &browser).await;
        let plan = import(&mut minh).await;
        save_plan(&mut minh, &plan, "running").await;
        let (copy, amendment) = open(&mut minh, &plan).await;
        retarget(&mut minh, &copy, "6").await;
        let meeting = activity_of(&mut minh, &copy, MEETING).await;
        let version = value(&minh.get(&format!("{meeting}/edit")).await, "version");
        minh.post(&format!("{meeting}/remove"), &[("version", &version)])
            .await;
        assert!(minh.get(&amendment).await.shows("Bỏ</span>"));
        let close = minh
            .post(&format!("{plan}/close"), &[("lesson", "x")])
            .await;
        assert_eq!(
            close.status,
            StatusCode::FORBIDDEN,
            "not while it is being amended"
        );
        let drop = format!("{amendment}/drop");
        assert_eq!(bao.post(&drop, &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(minh.post(&drop, &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(minh.get(&copy).await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            minh.post(&drop, &[]).await.status,
            StatusCode::FORBIDDEN,
            "once"
        );
        assert_eq!(n_rows(&at, "SELECT COUNT(*) AS n FROM activity").await, 3);
        let page = minh.get(&plan).await;
        assert!(page.shows("Đã có 0 trên 4 tin, bài"), "{}", page.text());
        let (_, next) = open(&mut minh, &plan).await;
        assert!(
            minh.get(&next).await.shows("Chưa có gì thay đổi"),
            "as it was issued"
        );
        assert_eq!(baselines(&at).await.len(), 1);
    }
}

#[tokio::test]
async fn what_was_already_done_is_not_amended_away() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let mut bao = director(&at, &browser).await;
        let plan = import(&mut minh).await;
        save_plan(&mut minh, &plan, "running").await;
        let done = activity_of(&mut minh, &plan, MEETING).await;
        add_item(&at, &done, "Biên bản hội nghị", Some(date(2023, 2, 20))).await;
        let (copy, amendment) = open(&mut minh, &plan).await;
        for title in [MEETING, "Phát tờ gấp"] {
            let gone = activity_of(&mut minh, &copy, title).await;
            let version = value(&minh.get(&format!("{gone}/edit")).await, "version");
            minh.post(&format!("{gone}/remove"), &[("version", &version)])
                .await;
        }
        let fields = [
            ("title", "Tọa đàm trực tuyến"),
            ("target_number", "1"),
            ("target_unit", "cuộc"),
        ];
        minh.post(&format!("{copy}/activities/new"), &fields).await;
        let refused = decide(&mut bao, &amendment, "88/QĐ-STP", "06/03/2023").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.shows("đã có 1 sản phẩm"), "{}", refused.text());
        let drop = format!("{amendment}/drop");
        minh.post(&drop, &[]).await;

        let (copy, amendment) = open(&mut minh, &plan).await;
        let gone = activity_of(&mut minh, &copy, "Phát tờ gấp").await;
        let version = value(&minh.get(&format!("{gone}/edit")).await, "version");
        minh.post(&format!("{gone}/remove"), &[("version", &version)])
            .await;
        minh.post(&format!("{copy}/activities/new"), &fields).await;
        let answer = decide(&mut bao, &amendment, "88/QĐ-STP", "06/03/2023").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = minh.get(&plan).await;
        assert!(page.shows("Tọa đàm trực tuyến") && !page.shows("Phát tờ gấp"));
        assert!(
            minh.get(&done).await.shows("Biên bản hội nghị"),
            "what was done stays counted"
        );
    }
}

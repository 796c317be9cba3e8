//! Plans brought in, counted and shown.

use base::Role;
use base::id::{AccountId, ActivityId, AgencyId, PlanId, RowId};
use db::testing::BOTH;
use editorial::plan;
use house::people::account::Details;
use house::people::account_store::{self, NewPassword};
use house::people::agency::AgencyNames;
use house::people::agency_store;
use http::StatusCode;
use jiff::civil::date;

use crate::office::*;

#[tokio::test]
async fn a_plan_comes_in_says_what_it_lacks_and_counts_itself() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let page = minh.get(&plan).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            page.shows("Kế hoạch chưa nêu số, ký hiệu."),
            "{}",
            page.text()
        );
        assert!(page.shows("77/QĐ-STP"), "legal basis");
        assert!(
            page.shows("Quá hạn 6 ngày"),
            "the conference was due on 28 February"
        );
        assert!(
            page.shows("Phòng Một cửa liên thông"),
            "a unit that is not ours keeps its words"
        );

        assert_eq!(
            save_plan(&mut minh, &plan, "running").await.status,
            StatusCode::SEE_OTHER
        );
        let page = minh.get(&plan).await;
        assert!(
            !page.shows("Kế hoạch chưa nêu số, ký hiệu."),
            "the number is filled in"
        );

        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        assert!(minh.get(&news).await.shows("Đã có 0 trên 4 tin, bài"));
        add_item(
            &at,
            &news,
            "Một cửa làm việc cả sáng thứ bảy",
            Some(date(2023, 3, 1)),
        )
        .await;
        add_item(&at, &news, "Bài đang viết dở", None).await;
        let page = minh.get(&news).await;
        assert!(page.shows("Đã có 1 trên 4 tin, bài"), "{}", page.text());
        assert!(page.shows("Một cửa làm việc cả sáng thứ bảy") && page.shows("Bài đang viết dở"));

        let public = browser.stranger().get("/ke-hoach/2023").await;
        assert_eq!(public.status, StatusCode::OK, "{}", public.text());
        assert!(public.shows("đã hứa và đã làm"));
        assert!(public.shows("Đã có 1 trên 4 tin, bài"));
        assert!(public.shows("Một cửa làm việc cả sáng thứ bảy"));
        assert!(
            !public.shows("Bài đang viết dở"),
            "what is not done is not shown"
        );
        assert!(
            !public.shows("/desk/plans"),
            "the public is not led to the desk"
        );
    }
}

#[tokio::test]
async fn only_a_public_plan_that_is_no_draft_is_shown() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let mut citizen = browser.stranger();
        let plan = import(&mut minh).await;
        assert_eq!(
            citizen.get("/ke-hoach/2023").await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(citizen.get("/ke-hoach").await.status, StatusCode::NOT_FOUND);
        save_plan(&mut minh, &plan, "draft").await;
        assert_eq!(
            citizen.get("/ke-hoach/2023").await.status,
            StatusCode::NOT_FOUND
        );
        save_plan(&mut minh, &plan, "running").await;
        assert_eq!(citizen.get("/ke-hoach").await.location(), "/ke-hoach/2023");
        let mut request = http::Request::get("/ke-hoach/2023")
            .body(axum::body::Body::empty())
            .unwrap();
        request.extensions_mut().insert(web::Lang::En);
        let english = citizen.send(request).await;
        assert!(
            english.shows("Plan for 2023: promised and done"),
            "{}",
            english.text()
        );
    }
}

#[tokio::test]
async fn programs_read_what_was_promised_and_done() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        save_plan(&mut minh, &plan, "running").await;
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        add_item(&at, &news, "Tin đầu tiên", Some(date(2023, 3, 1))).await;
        let answer = browser.stranger().get("/api/v1/plans/2023").await;
        let json: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
        assert_eq!(json["year"], 2023);
        let plan = &json["plans"][0];
        assert_eq!(plan["number"], "05/KH-STP");
        let all: Vec<&serde_json::Value> = plan["tasks"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|task| task["activities"].as_array().unwrap())
            .chain(plan["activities"].as_array().unwrap())
            .collect();
        assert_eq!(all.len(), 3);
        let news = all
            .iter()
            .find(|found| found["target"]["number"] == 4)
            .unwrap();
        assert_eq!(news["done"], 1);
        assert_eq!(news["lead_unit"], "Văn phòng Sở");
        assert_eq!(news["supporting_units"][0], "Thanh tra Sở");
        assert_eq!(news["window"]["to"], "2023-03-31");

        let missing = browser.stranger().get("/api/v1/plans/1999").await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
        assert_eq!(missing.headers["content-type"], "application/problem+json");
        let problem: serde_json::Value = serde_json::from_slice(&missing.bytes).unwrap();
        assert_eq!(problem["code"], "not_found");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_document_stands_at_its_field() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let nothing = minh.post("/desk/plans/import", &[]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.shows("id=\"file-error\""));
        let letter = "Kính gửi các anh chị, chiều nay cơ quan họp lúc 14 giờ.";
        let answer = minh.post("/desk/plans/import", &[("text", letter)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("id=\"text-error\""), "{}", answer.text());
        assert!(answer.shows(letter), "what was pasted is lost");
        let old = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0];
        let answer = minh
            .upload("/desk/plans/import", &[], ("file", "cu.doc", &old))
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows(".docx") && answer.shows("id=\"file-error\""));
        assert!(
            minh.get("/desk/plans").await.shows("Chưa có kế hoạch nào"),
            "nothing was kept"
        );
    }
}

#[tokio::test]
async fn the_plan_of_another_agency_is_not_found() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        let house = &at.stage.house;
        let agency: AgencyId = house.ids.next(&house.clock);
        let names = AgencyNames {
            name: "Sở Xây dựng".to_owned(),
            short_name: "Sở Xây dựng".to_owned(),
            ..AgencyNames::default()
        };
        let from = agency_store::From {
            row: house.ids.next::<RowId>(&house.clock),
            day: date(2016, 1, 1),
        };
        let details = Details {
            email: "nga@loa.example".to_owned(),
            name: "Phan Nga".to_owned(),
            pen_name: "P.N".to_owned(),
            job_title: String::new(),
            unit: None,
            roles: base::Roles::of(&[Role::Officer]),
        };
        let hash = house
            .passwords
            .hash(house::testing::PASSWORD)
            .await
            .unwrap();
        let mut act = house.db.act().await.unwrap();
        agency_store::add(&mut act, agency, &names, from, 1)
            .await
            .unwrap();
        let account: AccountId = house.ids.next(&house.clock);
        let password = NewPassword {
            hash: &hash,
            must_change: false,
        };
        account_store::add(&mut act, account, agency, &details, password, 1)
            .await
            .unwrap();
        act.commit().await.unwrap();

        let mut nga = browser.of("nga").await;
        assert!(nga.get("/desk/plans").await.shows("Chưa có kế hoạch nào"));
        for page in [
            plan.clone(),
            format!("{plan}/edit"),
            news.clone(),
            format!("{news}/edit"),
        ] {
            assert_eq!(nga.get(&page).await.status, StatusCode::NOT_FOUND, "{page}");
        }
        let answer = nga
            .post(&format!("{news}/edit"), &[("title", "x"), ("version", "1")])
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let answer = nga.get("/desk/plans/khong-phai-ma").await;
        assert_eq!(
            answer.status,
            StatusCode::NOT_FOUND,
            "an address that is no id"
        );
    }
}

#[tokio::test]
async fn a_unit_sees_what_it_owes() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let unit = |n: usize| format!("{plan}/units/{}", at.stage.units[n]);
        let mut tu = browser.of("tu").await;
        let own = tu.get(&unit(1)).await;
        assert!(own.shows("Hội nghị quán triệt kế hoạch tới công chức"));
        assert!(own.shows("Quá hạn 6 ngày") && !own.shows("Đăng tin trên trang"));
        let supporting = tu.get(&unit(2)).await;
        assert!(supporting.shows("Đăng tin trên trang") && !supporting.shows("Quá hạn 6 ngày"));
        let unknown = tu.get(&format!("{plan}/units/{}", at.stage.agency)).await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_report_says_what_was_so_at_the_end_of_its_period() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        save_plan(&mut minh, &plan, "running").await;
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        for (title, day) in [
            ("Tin tháng giêng", date(2023, 1, 9)),
            ("Tin tháng ba", date(2023, 3, 5)),
        ] {
            add_item(&at, &news, title, Some(day)).await;
        }
        let plan_id: PlanId = id(&plan);
        let mut read = at.stage.house.db.read().await.unwrap();
        let dates = (date(2023, 2, 1), date(2023, 3, 14));
        let agency = at.stage.agency;
        let found = plan::result(&mut read, agency, plan_id, dates, date(2023, 5, 1))
            .await
            .unwrap();
        assert_eq!(found.as_of, date(2023, 3, 14));
        let all: Vec<_> = found
            .tasks
            .iter()
            .flat_map(|task| &task.activities)
            .chain(&found.activities)
            .collect();
        let counted = all
            .iter()
            .find(|found| found.progress.target == Some(4))
            .unwrap();
        assert_eq!((counted.done_within, counted.progress.done), (1, 2));
        assert_eq!(counted.items[0].title, "Tin tháng ba");
        assert_eq!(
            found.summary.n_late, 1,
            "only the conference was late on 14 March"
        );

        let standing = plan::status(&mut read, agency, None, at.stage.house.today())
            .await
            .unwrap();
        assert_eq!(standing.plans.len(), 1);
        let words = standing.text(&at.stage.house.say(web::Lang::Vi));
        assert!(words.contains("quá hạn 6 ngày"), "{words}");
        let choices = plan::choices(&mut read, agency).await.unwrap();
        assert_eq!(choices.len(), 3);
        assert!(
            choices
                .iter()
                .any(|(_, text)| text.ends_with(" · Đăng tin trên trang thông tin điện tử của Sở"))
        );
        let activity: ActivityId = id(&news);
        let plans = plan::plans_of_activities(&mut read, &[activity, activity])
            .await
            .unwrap();
        assert_eq!(plans, [plan_id]);
    }
}

//! Stories of activities that count themselves.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use base::Role;
use base::id::{ActivityId, ItemId, PlanId, UnitId};
use db::testing::BOTH;
use editorial::items::item::{Item, ItemForm, ItemKind};
use editorial::items::item_store;
use editorial::plan::figure::Figure;
use editorial::plan::{self, figuring};
use editorial::testing::EditorialStage;
use house::people::account_store;
use house::testing::{Answer, Browser};
use http::StatusCode;
use jiff::civil::{Date, date};

use crate::office::*;

const PDF: &[u8] = b"%PDF-1.7 a list of those present";

/// Saves an activity with these fields instead of what it has.
async fn edit(officer: &mut Browser, activity: &str, fields: &[(&str, &str)]) -> Answer {
    let edit = format!("{activity}/edit");
    let version = value(&officer.get(&edit).await, "version");
    let all = [fields, &[("version", version.as_str())]].concat();
    let answer = officer.post(&edit, &all).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer
}

const SEVERAL: [(&str, &str); 9] = [
    ("title", "Đăng tin trên trang thông tin điện tử của Sở"),
    ("target_number", "4"),
    ("target_unit", "tin, bài"),
    ("target_number_2", "2.000"),
    ("target_unit_2", "người"),
    ("window_from", "01/01/2023"),
    ("window_to", "31/03/2023"),
    ("target_number_3", ""),
    ("weight", "3"),
];

#[tokio::test]
async fn a_figure_counts_only_with_evidence_is_marked_and_may_be_withdrawn() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        edit(&mut minh, &news, &SEVERAL).await;
        save_plan(&mut minh, &plan, "running").await;
        add_item(&at, &news, "Tin đầu tiên", Some(date(2023, 3, 1))).await;
        let page = minh.get(&news).await;
        assert!(page.shows("Đã có 1 trên 4 tin, bài"), "{}", page.text());
        assert!(page.shows("Đã có 0 trên 2.000 người"));

        let enter = format!("{news}/figures/new");
        let mut fields = vec![
            ("target", "2"),
            ("number", "1.250"),
            ("day", "05/03/2023"),
            ("title", "Ngày hội tư vấn pháp luật"),
        ];
        let answer = minh.post(&enter, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("id=\"file-error\""), "{}", answer.text());
        assert!(
            answer.shows("Ngày hội tư vấn pháp luật"),
            "what was typed is lost"
        );
        let mut tu = browser.of("tu").await;
        let denied = tu.post(&enter, &fields).await;
        assert_eq!(
            denied.status,
            StatusCode::FORBIDDEN,
            "another unit leads it"
        );

        fields.push(("day", "07/03/2023"));
        fields.remove(2);
        let file = ("file", "danh-sach.pdf", PDF);
        let answer = minh.upload(&enter, &fields, file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.shows("id=\"day-error\""),
            "tomorrow is still to come"
        );
        fields.pop();
        fields.push(("day", "05/03/2023"));
        let answer = minh.upload(&enter, &fields, file).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = minh.get(&news).await;
        assert!(
            page.shows("Đã có 1.250 trên 2.000 người"),
            "{}",
            page.text()
        );
        assert!(page.shows("trong đó 1.250 người nhập tay"));
        let public = browser.stranger().get("/ke-hoach/2023").await;
        assert!(
            public.shows("trong đó 1.250 người nhập tay"),
            "the public is told too"
        );

        let withdraw = page.text();
        let withdraw = withdraw.split("/withdraw\"").next().unwrap();
        let withdraw = withdraw.rsplit("href=\"").next().unwrap();
        let withdraw = format!("{withdraw}/withdraw");
        let answer = minh.post(&withdraw, &[("reason", " ")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("id=\"reason-error\""));
        let reason = [("reason", "Đếm trùng hai buổi")];
        let answer = minh.post(&withdraw, &reason).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = minh.get(&news).await;
        assert!(page.shows("Đã có 0 trên 2.000 người"));
        assert!(
            page.shows("Đã rút: Đếm trùng hai buổi"),
            "it stays with its reason"
        );
        let again = minh.post(&withdraw, &reason).await;
        assert_eq!(
            again.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "once is enough"
        );
    }
}

#[tokio::test]
async fn every_unit_sees_its_own_slots_and_a_missed_one_stays() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        let each = [
            ("title", "Mỗi phòng một tin mỗi tháng"),
            ("target_number", "1"),
            ("target_unit", "tin"),
            ("per_unit", "every"),
            ("recurs", "monthly"),
            ("window_from", "01/01/2023"),
            ("window_to", "31/03/2023"),
        ];
        edit(&mut minh, &news, &each).await;
        // The first unit has three in January and none in February; the second one in each month.
        let days = [(0, 1, 9), (0, 1, 10), (0, 1, 11), (1, 1, 16), (1, 2, 20)];
        for (unit, month, day) in days {
            let unit = at.stage.units[unit];
            let done_on = date(2023, month, day);
            add(&at, (&news, Some(unit)), done_on).await;
        }
        let page = minh.get(&news).await;
        assert!(
            page.shows("1 tin mỗi kỳ × 3 kỳ × 3 đơn vị"),
            "{}",
            page.text()
        );
        assert!(page.shows("01/02/2023 – 28/02/2023"));
        assert!(page.shows("Văn phòng Sở (Lỡ kỳ)") && page.shows("Thanh tra Sở (Lỡ kỳ)"));
        let text = page.text();
        assert!(
            !text.contains("Phòng Phổ biến, giáo dục pháp luật (Lỡ kỳ)"),
            "who has done its part lacks nothing"
        );
        assert!(
            page.shows("Lỡ 3 kỳ"),
            "February of the first, both of the third"
        );
        let unit = |n: usize| format!("{plan}/units/{}", at.stage.units[n]);
        let own = minh.get(&unit(0)).await;
        assert!(own.shows("Các kỳ của đơn vị") && own.shows("Lỡ kỳ"));
        assert!(own.shows("Đã có 3 trên 3 tin"), "{}", own.text());
        let second = minh.get(&unit(1)).await;
        assert!(second.shows("Đã có 2 trên 3 tin") && !second.shows("Lỡ kỳ"));
    }
}

/// Adds an item of a unit to an activity.
async fn add(at: &EditorialStage, (activity, unit): (&str, Option<UnitId>), day: Date) -> Item {
    let house = &at.stage.house;
    let item = Item {
        id: house.ids.next::<ItemId>(&house.clock),
        agency: at.stage.agency,
        kind: ItemKind::External,
        form: ItemForm::Piece,
        title: format!("Tin ngày {day}"),
        unit,
        author: String::new(),
        done_on: Some(day),
    };
    let by = account(at).await;
    let mut act = house.db.act().await.unwrap();
    item_store::add(&mut act, &item, 0).await.unwrap();
    let activity: ActivityId = id(activity);
    item_store::save_activities(&mut act, &item, &[activity], by.account, 0)
        .await
        .unwrap();
    act.commit().await.unwrap();
    item
}

/// The officer as the acts know her.
async fn account(at: &EditorialStage) -> base::Actor {
    let mut read = at.stage.house.db.read().await.unwrap();
    let found = account_store::maybe_by_email(&mut read, "minh@loa.example").await;
    let account = found.unwrap().unwrap().0;
    base::Actor {
        account: account.id,
        agency: at.stage.agency,
        unit: account.unit,
        name: account.name,
        roles: account.roles,
    }
}

#[tokio::test]
async fn a_deadline_that_is_off_has_two_readings_and_says_what_moved_it() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        at.stage
            .person("quy", "Đỗ Quý", &[Role::Administrator], 0)
            .await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        let sunday = [
            ("title", "Đăng tin"),
            ("target_number", "1"),
            ("target_unit", "tin"),
            ("window_from", "01/02/2023"),
            ("window_to", "05/03/2023"),
        ];
        edit(&mut minh, &news, &sunday).await;
        save_plan(&mut minh, &plan, "running").await;
        // It is Monday 6 March: the earlier reading (Friday) has passed, the later is today.
        let page = minh.get(&news).await;
        assert!(
            page.shows("Có nguy cơ chậm") && !page.shows("Quá hạn"),
            "{}",
            page.text()
        );
        assert!(page.shows("là ngày nghỉ (ngày nghỉ cuối tuần)"));
        assert!(page.shows("thì hạn là 06/03/2023"));
        assert!(
            !page.shows("Hạn đã chuyển"),
            "nothing moved since the plan was issued"
        );
        at.stage.house.clock.advance_ms(24 * 3_600_000);
        let (mut minh, mut quy) = (browser.of("minh").await, browser.of("quy").await);
        assert!(minh.get(&news).await.shows("Quá hạn 1 ngày"));
        let holiday = [
            ("change", "add"),
            ("kind", "holiday"),
            ("lines", "06/03/2023 Ngày nghỉ dựng để thử"),
        ];
        quy.post("/desk/calendar/days", &holiday).await;
        let page = minh.get(&news).await;
        assert!(
            page.shows("Hạn đã chuyển từ 06/03/2023 sang 07/03/2023"),
            "{}",
            page.text()
        );
        assert!(page.shows("ngày 06/03/2023 nay là ngày nghỉ (Ngày nghỉ dựng để thử)"));
        assert!(page.shows("Có nguy cơ chậm"), "the deadline is today again");
    }
}

#[tokio::test]
async fn weights_are_points_and_always_add_up_to_a_hundred() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let page = minh.get(&format!("{plan}/weights")).await;
        assert!(page.shows("100 %") && page.shows("50 %"), "{}", page.text());
        let all = activities(&minh.get(&plan).await, &plan);
        let field = |n: usize| format!("w-{}", all[n].rsplit('/').next().unwrap());
        let (first, second) = (field(0), field(1));
        let weights = format!("{plan}/weights");
        let wrong = [(first.as_str(), "0"), (second.as_str(), "2")];
        let answer = minh.post(&weights, &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("aria-invalid") && answer.shows("value=\"0\""));
        let right = [(first.as_str(), "1"), (second.as_str(), "2")];
        let answer = minh.post(&weights, &right).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = minh.get(&weights).await;
        let has = |part: &str| page.shows(part);
        let thirds = has("33,33 %") && has("66,67 %");
        // The third activity has no target, wherever it stands in the tree.
        assert!(has("100 %") && (thirds || has("100 %")), "{}", page.text());
        let mut ha = browser.of("ha").await;
        let denied = ha.post(&weights, &right).await;
        assert_eq!(denied.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_shared_item_counts_its_parts_and_never_more_than_the_whole() {
    for backend in BOTH {
        let (at, _) = stage(backend).await;
        let browser = at.browser();
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        let other = activity_of(&mut minh, &plan, "Hội nghị quán triệt kế hoạch tới").await;
        let fields = [
            ("title", "Hội nghị"),
            ("target_number", "1"),
            ("target_unit", "sản phẩm"),
        ];
        edit(&mut minh, &other, &fields).await;
        let item = add(&at, (&news, None), date(2023, 3, 2)).await;
        let by = account(&at).await.account;
        let both: [ActivityId; 2] = [id(&news), id(&other)];
        let mut act = at.stage.house.db.act().await.unwrap();
        item_store::save_activities(&mut act, &item, &both, by, 0)
            .await
            .unwrap();
        act.commit().await.unwrap();
        assert!(
            minh.get(&other).await.shows("Đã có 1 trên 1 sản phẩm"),
            "whole without sharing"
        );
        let shares = format!("/desk/items/{}/counting", item.id);
        let (a, b) = (format!("share-{}", both[0]), format!("share-{}", both[1]));
        let over = [("is_shared", "1"), (a.as_str(), "60"), (b.as_str(), "50")];
        let answer = minh.post(&shares, &over).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.shows("110 %") && answer.shows("value=\"60\""),
            "{}",
            answer.text()
        );
        let thirds = [("is_shared", "1"), (a.as_str(), "67"), (b.as_str(), "33")];
        let answer = minh.post(&shares, &thirds).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert!(minh.get(&other).await.shows("Đã có 0,33 trên 1 sản phẩm"));
        assert!(minh.get(&news).await.shows("Đã có 0,67 trên 4 tin, bài"));
        let mut act = at.stage.house.db.act().await.unwrap();
        item_store::save_activities(&mut act, &item, &both, by, 0)
            .await
            .unwrap();
        act.commit().await.unwrap();
        assert!(
            minh.get(&other).await.shows("0,33"),
            "saving the links again keeps the parts"
        );
    }
}

#[tokio::test]
async fn a_programme_counts_an_item_once_through_however_many_activities() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let new = [("code", "CCHC"), ("name", "Cải cách hành chính")];
        let mut ha = browser.of("ha").await;
        let denied = ha.post("/desk/programmes", &new).await;
        assert_eq!(denied.status, StatusCode::FORBIDDEN);
        minh.post("/desk/programmes", &new).await;
        let again = minh.post("/desk/programmes", &new).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.shows("id=\"code-error\""));
        let list = minh.get("/desk/programmes").await.text();
        let programme = list.split("/desk/programmes/").nth(1).unwrap();
        let programme = programme.split('"').next().unwrap().to_owned();
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        let other = activity_of(&mut minh, &plan, "Hội nghị quán triệt kế hoạch tới").await;
        for (activity, title) in [(&news, "Đăng tin"), (&other, "Hội nghị")] {
            let fields = [("title", title), ("programmes", programme.as_str())];
            edit(&mut minh, activity, &fields).await;
        }
        let item = add(&at, (&news, None), date(2023, 3, 2)).await;
        let by = account(&at).await.account;
        let mut act = at.stage.house.db.act().await.unwrap();
        let both = [id(&news), id(&other)];
        item_store::save_activities(&mut act, &item, &both, by, 0)
            .await
            .unwrap();
        plan::save_programmes_of_item(&mut act, item.id, &[programme.parse().unwrap()])
            .await
            .unwrap();
        act.commit().await.unwrap();
        let page = minh
            .get(&format!("/desk/programmes/{programme}?year=2023"))
            .await;
        assert!(page.shows("1 sản phẩm"), "{}", page.text());
        assert_eq!(page.text().matches("Tin ngày 2023-03-02").count(), 1);
        assert!(page.shows("Đăng tin") && page.shows("Hội nghị"));
    }
}

/// What people do, in some order.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Link(usize),
    Unlink(usize),
    Withdraw(usize),
    Publish(usize),
    Enter(usize),
    TakeBack(usize),
}

#[tokio::test]
async fn any_order_of_acts_gives_the_same_totals() {
    use Deed::{Enter, Link, Publish, TakeBack, Unlink, Withdraw};
    let orders: [&[Deed]; 3] = [
        &[
            Link(0),
            Link(1),
            Unlink(1),
            Withdraw(2),
            Link(2),
            Enter(0),
            Enter(1),
            TakeBack(0),
        ],
        &[
            Enter(1),
            Link(2),
            Withdraw(2),
            Enter(0),
            TakeBack(0),
            Link(1),
            Unlink(1),
            Link(0),
        ],
        &[
            Link(2),
            Enter(0),
            Withdraw(2),
            Publish(2),
            Withdraw(2),
            TakeBack(0),
            Link(0),
            Withdraw(0),
            Publish(0),
            Enter(1),
        ],
    ];
    for backend in BOTH {
        let mut totals = Vec::new();
        for order in orders {
            let (at, browser) = stage(backend).await;
            let mut minh = browser.of("minh").await;
            let plan = import(&mut minh).await;
            let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
            edit(&mut minh, &news, &SEVERAL).await;
            let place: (PlanId, ActivityId) = (id(&plan), id(&news));
            perform(&at, place, order).await;
            let mut read = at.stage.house.db.read().await.unwrap();
            let days = (date(2022, 12, 15), date(2023, 12, 14));
            let today = at.stage.house.today();
            let result = plan::result(&mut read, at.stage.agency, place.0, days, today);
            let result = result.await.unwrap();
            let tasks = result.tasks.iter().flat_map(|task| &task.activities);
            let all = tasks.chain(&result.activities);
            let found = all.filter(|found| found.id == place.1);
            totals.push(
                found
                    .flat_map(|found| &found.targets)
                    .map(|target| (target.progress.done_hundredths, target.progress.share))
                    .collect::<Vec<_>>(),
            );
        }
        assert_eq!(totals[0], [(100, 2_500), (50_000, 2_500)]);
        assert!(totals.iter().all(|found| *found == totals[0]), "{totals:?}");
    }
}

async fn perform(at: &EditorialStage, (plan, activity): (PlanId, ActivityId), order: &[Deed]) {
    let house = &at.stage.house;
    let actor = account(at).await;
    let mut items: Vec<Item> = Vec::new();
    for day in 1..=3 {
        let item = Item {
            id: house.ids.next::<ItemId>(&house.clock),
            agency: at.stage.agency,
            kind: ItemKind::Article,
            form: ItemForm::News,
            title: format!("Tin {day}"),
            unit: None,
            author: String::new(),
            done_on: Some(date(2023, 3, day)),
        };
        let mut act = house.db.act().await.unwrap();
        item_store::add(&mut act, &item, 0).await.unwrap();
        act.commit().await.unwrap();
        items.push(item);
    }
    let mut figures: Vec<(usize, ItemId)> = Vec::new();
    for deed in order {
        if let Deed::Enter(n) = deed {
            let figure = Figure {
                target_no: 2,
                number: 500,
                day: date(2023, 2, 1),
                title: format!("Buổi {n}"),
                unit: None,
                link: "https://bao.example/1".to_owned(),
            };
            let place = (plan, activity);
            let entered = figuring::enter(&at.editorial, &actor, place, &figure, None).await;
            figures.push((*n, entered.unwrap()));
        } else if let Deed::TakeBack(n) = deed {
            let item = figures.iter().find(|(found, _)| found == n).unwrap().1;
            let place = (plan, activity);
            let done = figuring::withdraw(&at.editorial, &actor, place, item, "nhầm").await;
            done.unwrap();
        } else {
            let mut act = house.db.act().await.unwrap();
            let (n, links, done_on): (usize, Option<&[ActivityId]>, bool) = match deed {
                Deed::Link(n) => (*n, Some(&[activity]), true),
                Deed::Unlink(n) => (*n, Some(&[]), true),
                Deed::Publish(n) => (*n, None, true),
                Deed::Withdraw(n) => (*n, None, false),
                Deed::Enter(_) | Deed::TakeBack(_) => continue,
            };
            let item = &mut items[n];
            if let Some(links) = links {
                let done = item_store::save_activities(&mut act, item, links, actor.account, 0);
                done.await.unwrap();
            } else {
                let day = i8::try_from(n + 1).unwrap();
                item.done_on = done_on.then(|| date(2023, 3, day));
                item_store::save(&mut act, item).await.unwrap();
            }
            act.commit().await.unwrap();
        }
    }
}

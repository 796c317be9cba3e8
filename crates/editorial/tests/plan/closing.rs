//! Stories of a plan's end, and of the next year's draft that begins with what was learnt.

use db::testing::BOTH;
use http::StatusCode;
use jiff::civil::date;

use crate::office::*;

#[tokio::test]
async fn a_plan_is_closed_with_what_was_learnt_and_copied_without_what_was_done() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let (mut minh, mut tu) = (browser.of("minh").await, browser.of("tu").await);
        let plan = import(&mut minh).await;
        let early = minh.get(&format!("{plan}/copy")).await;
        assert_eq!(early.location(), format!("{plan}/life"), "not yet");
        let forced = minh.post(&format!("{plan}/copy"), &[]).await;
        assert_eq!(
            forced.status,
            StatusCode::FORBIDDEN,
            "a draft is not copied"
        );
        save_plan(&mut minh, &plan, "running").await;
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        add_item(&at, &news, "Tin đầu tiên", Some(date(2023, 3, 1))).await;

        let close = format!("{plan}/close");
        assert_eq!(tu.get(&close).await.status, StatusCode::FORBIDDEN);
        let field = format!("lesson-{}", news.rsplit('/').next().unwrap());
        let own = "Viết tin ngay trong tuần có việc";
        let empty = minh.post(&close, &[("lesson", " "), (&field, own)]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            empty.shows("id=\"lesson-error\"") && empty.shows(own),
            "nothing is lost"
        );
        let lessons = [
            ("lesson", "Ban hành kế hoạch trong tháng 12"),
            (&*field, own),
        ];
        let closed = minh.post(&close, &lessons).await;
        assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.text());
        let over = minh.get(&close).await;
        assert_eq!(over.location(), format!("{plan}/life"), "closed already");
        let life = minh.get(&format!("{plan}/life")).await;
        assert!(
            life.shows("Đã kết thúc") && life.shows(own),
            "{}",
            life.text()
        );

        let copy = format!("{plan}/copy");
        let offered = minh.get(&copy).await;
        assert_eq!(value(&offered, "year"), "2024");
        assert!(offered.shows("năm 2024"), "{}", offered.text());
        let back = minh
            .post(&copy, &[("year", "2023"), ("title", "Lại năm 2023")])
            .await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(back.shows("Chọn năm sau năm 2023"));
        let fields = [
            ("year", "2024"),
            ("title", "Kế hoạch truyền thông năm 2024"),
        ];
        assert_eq!(tu.post(&copy, &fields).await.status, StatusCode::FORBIDDEN);
        let made = minh.post(&copy, &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
        let next = made.location().split('?').next().unwrap().to_owned();
        let page = minh.get(&next).await;
        assert_eq!(activities(&page, &next).len(), 3);
        assert!(
            page.shows("Dự thảo") && page.shows("Đã có 0 trên 4 tin, bài"),
            "nothing is counted"
        );
        assert!(page.shows("Bài học năm trước: Ban hành kế hoạch trong tháng 12"));
        assert!(
            page.shows(own) && page.shows("77/QĐ-STP"),
            "lessons and bases are notes"
        );
        let again = activity_of(&mut minh, &next, "Đăng tin trên trang").await;
        let edit = minh.get(&format!("{again}/edit")).await;
        assert_eq!(value(&edit, "window_from"), "01/01/2024");
        assert_eq!(
            value(&edit, "window_to"),
            "29/03/2024",
            "31/03/2024 is a Sunday"
        );
        assert_eq!(value(&edit, "window_text"), "Quý I/2024");
        assert!(page.shows("31/03/2024 → 29/03/2024"), "{}", page.text());
        let life = minh.get(&format!("{next}/life")).await;
        assert!(life.shows("sao từ"), "{}", life.text());
        assert_eq!(
            browser.stranger().get("/ke-hoach/2024").await.status,
            StatusCode::NOT_FOUND
        );
    }
}

#[tokio::test]
async fn a_copy_names_the_units_of_today_and_says_who_followed_whom() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let administrator = [base::Role::Administrator];
        at.stage.person("quy", "Đỗ Quý", &administrator, 0).await;
        let (mut minh, mut quy) = (browser.of("minh").await, browser.of("quy").await);
        let plan = import(&mut minh).await;
        save_plan(&mut minh, &plan, "closed").await;
        let units = [0, 2].map(|n| at.stage.units[n].to_string());
        let merger = [
            ("units", &*units[0]),
            ("units", &*units[1]),
            ("name", "Phòng Tổng hợp"),
            ("day", "01/03/2023"),
            ("step", "act"),
        ];
        let merged = quy.post("/desk/units/merge", &merger).await;
        assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.text());
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        assert!(
            minh.get(&news).await.shows("Văn phòng Sở"),
            "what is closed keeps its units"
        );
        let fields = [("year", "2024"), ("title", "Kế hoạch năm 2024")];
        let made = minh.post(&format!("{plan}/copy"), &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
        let next = made.location().split('?').next().unwrap().to_owned();
        let page = minh.get(&next).await;
        assert!(
            page.shows("Văn phòng Sở → Phòng Tổng hợp"),
            "{}",
            page.text()
        );
        let news = activity_of(&mut minh, &next, "Đăng tin trên trang").await;
        let page = minh.get(&news).await;
        assert!(page.shows("Phòng Tổng hợp") && !page.shows("Thanh tra Sở"));
        let asked = minh
            .post(&format!("{next}/opinions"), &[("deadline", "15/03/2023")])
            .await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
        let asked = minh.get(&format!("{next}/opinions")).await;
        assert!(
            asked.shows("Đã trả lời 0 trên 2 đơn vị"),
            "units that have ended are not asked"
        );
    }
}

//! Which evidence is asked for, and what is missing.

use base::Role;
use db::testing::BOTH;
use editorial::items::missing_by_unit;
use house::evidence::EvidenceKind;
use http::StatusCode;
use jiff::civil::date;

use crate::keeping::{MINUTES, minutes, send};
use crate::office::office;

#[tokio::test]
async fn what_an_activity_lacks_is_told_until_it_is_there() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let activity = office.activities[1].to_string();
        let address = format!("/desk/evidence/activities/{activity}");
        let page = minh.get(&address).await;
        assert!(
            page.shows("Chưa ai đặt") && page.shows("Gợi ý theo hình thức: Biên bản, Danh sách dự")
        );
        let before = minh.get("/desk/evidence/missing?year=2023").await;
        assert!(
            before.shows("2 hoạt động chưa đặt loại"),
            "{}",
            before.text()
        );
        let form = [("kinds", "minutes"), ("kinds", "attendance")];
        let saved = minh.post(&address, &form).await;
        assert_eq!(
            saved.location(),
            format!("{address}?done=evidence-required")
        );
        let list = minh.get("/desk/evidence/missing?year=2023").await;
        assert!(list.shows("Biên bản, Danh sách dự") && list.shows("28/02/2023"));
        send(&mut minh, &minutes(&activity), ("a.pdf", MINUTES)).await;
        let list = minh.get("/desk/evidence/missing?year=2023").await;
        assert!(!list.shows("Biên bản, Danh sách dự") && list.shows("Danh sách dự"));
        let mut read = office.editorial.db.read().await.unwrap();
        let today = date(2023, 3, 6);
        let agency = office.stage.agency;
        let missing = missing_by_unit(&mut read, agency, 2023, today)
            .await
            .unwrap();
        assert_eq!(missing.len(), 1);
        assert_eq!(missing[0].kinds, [EvidenceKind::Attendance]);
        assert_eq!(missing[0].unit, office.stage.units.first().copied());
        let other = missing_by_unit(&mut read, agency, 2024, today)
            .await
            .unwrap();
        assert!(other.is_empty());
        drop(read);
        let csv = minh.get("/desk/evidence/missing.csv?year=2023").await;
        let text = csv.text();
        assert!(
            text.contains("Hội nghị quán triệt,Danh sách dự,2023-02-28"),
            "{text}"
        );
        let choose_none = minh.post(&address, &[]).await;
        assert_eq!(choose_none.status, StatusCode::SEE_OTHER);
        let page = minh.get(&address).await;
        assert!(page.shows("không bắt buộc loại minh chứng nào"));
    }
}

#[tokio::test]
async fn offers_are_the_agencys_own_and_taken_for_all_at_once() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let form = [("offer-conference", "photo"), ("offer-website", "page")];
        let saved = minh.post("/desk/evidence/offers", &form).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
        let page = minh.get("/desk/evidence/offers").await;
        let text = page.text();
        assert!(text.contains("value=\"photo\" checked"), "{text}");
        assert!(
            !text.contains("value=\"minutes\" checked"),
            "nothing is asked of meetings now"
        );
        let taken = minh
            .post("/desk/evidence/missing", &[("year", "2023")])
            .await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER);
        let list = minh.get("/desk/evidence/missing?year=2023").await;
        assert!(!list.shows("chưa đặt loại"), "{}", list.text());
        let conference = list.text();
        let at = conference.find("Hội nghị quán triệt").unwrap();
        assert!(conference[at..].contains("Ảnh"), "{conference}");
    }
}

#[tokio::test]
async fn a_head_sees_what_the_own_unit_lacks_and_no_other() {
    for backend in BOTH {
        let office = office(backend).await;
        for (word, unit) in [("truong0", 0), ("truong2", 2)] {
            office
                .stage
                .person(word, "Nguyễn Trưởng", &[Role::Head], unit)
                .await;
        }
        let mut minh = office.browser.of("minh").await;
        let address = format!("/desk/evidence/activities/{}", office.activities[1]);
        minh.post(&address, &[("kinds", "minutes")]).await;
        let mut own = office.browser.of("truong0").await;
        let list = own.get("/desk/evidence/missing?year=2023").await;
        assert!(list.shows("Hội nghị quán triệt") && list.shows("Văn phòng Sở"));
        assert!(!list.shows("chưa đặt loại"), "choosing is the officer's");
        let mut other = office.browser.of("truong2").await;
        let list = other.get("/desk/evidence/missing?year=2023").await;
        assert!(!list.shows("Hội nghị quán triệt"), "{}", list.text());
        let csv = other.get("/desk/evidence/missing.csv?year=2023").await;
        assert!(!csv.shows("Hội nghị quán triệt"));
        let refused = own.post(&address, &[("kinds", "photo")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
}

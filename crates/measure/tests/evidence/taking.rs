//! Packs of a plan, days, a unit, taken from the desk.

use std::io::Cursor;
use std::sync::Arc;

use axum::body::Body;
use db::testing::BOTH;
use house::evidence::verify;
use house::testing::{Answer, Browser};
use http::{Request, StatusCode};
use jiff::civil::date;
use measure::evidence::PackKey;

use crate::keeping::{MINUTES, id_of, minutes, send};
use crate::office::{Office, office};

async fn take(office: &Office, browser: &mut Browser, form: &str) -> Answer {
    let mut request = Request::post("/desk/evidence/pack")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .unwrap();
    let key = PackKey(Arc::new(office.key.clone()));
    request.extensions_mut().insert(key);
    browser.send(request).await
}

#[tokio::test]
async fn a_pack_of_any_choice_holds_and_has_only_what_was_chosen() {
    for backend in BOTH {
        let office = office(backend).await;
        office.published("Một cửa làm việc sáng thứ bảy", 0).await;
        office
            .registered("Báo viết về một cửa", date(2023, 2, 20), 0)
            .await;
        let mut minh = office.browser.of("minh").await;
        let activity = office.activities[1].to_string();
        let unit = office.stage.units[0].to_string();
        let mut fields = minutes(&activity);
        fields.push(("unit", &unit));
        let kept = send(&mut minh, &fields, ("a.pdf", MINUTES)).await;
        // What proves no activity of the plan is in the pack of the year only.
        let words = [
            ("kind", "document"),
            ("title", "Công văn"),
            ("shown_on", "01/02/2023"),
            ("proves", "Đã gửi"),
        ];
        let other = send(&mut minh, &words, ("c.pdf", b"%PDF-1.7 a letter")).await;
        assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.text());
        let plan = office.plan;
        for (form, items) in [
            (format!("of={plan}"), 3),
            ("of=2023".to_owned(), 4),
            (format!("of=2023&unit={unit}"), 1),
            (
                "of=2023&from=20%2F02%2F2023&to=27%2F02%2F2023".to_owned(),
                2,
            ),
            ("of=2031".to_owned(), 0),
        ] {
            let answer = take(&office, &mut minh, &form).await;
            assert_eq!(answer.status, StatusCode::OK, "{form}: {}", answer.text());
            let known = Some(office.key.verifier());
            let verdict = verify::pack(Cursor::new(answer.bytes), known).unwrap();
            assert!(verdict.ok, "{form}: {:?}", verdict.faults);
            assert_eq!(verdict.items, items, "{form}");
        }
        let withdrawal = format!("/desk/evidence/{}/withdrawal", id_of(&kept));
        minh.post(&withdrawal, &[("reason", "Nhầm")]).await;
        let answer = take(&office, &mut minh, &format!("of={plan}")).await;
        let verdict = verify::pack(Cursor::new(answer.bytes), None).unwrap();
        assert_eq!(
            (verdict.ok, verdict.items),
            (true, 2),
            "what is withdrawn is in no pack"
        );
    }
}

#[tokio::test]
async fn a_choice_that_cannot_be_is_told_at_its_field() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let backwards = "of=2023&from=2023-04-01&to=2023-03-01";
        let answer = take(&office, &mut minh, backwards).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.shows("Ngày cuối phải sau ngày đầu"),
            "{}",
            answer.text()
        );
        let nothing = take(&office, &mut minh, "of=x&from=31%2F02%2F2023").await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        let criterion = take(&office, &mut minh, "of=2023&criterion=khong-co").await;
        assert_eq!(criterion.status, StatusCode::NOT_FOUND);
        let mut ha = office.browser.of("ha").await;
        assert_eq!(
            take(&office, &mut ha, "of=2023").await.status,
            StatusCode::FORBIDDEN
        );
    }
}

//! What is owed on pages and in calendars.

use db::testing::BOTH;
use http::{StatusCode, header};
use jiff::civil::date;

use super::office::{TITLE, office};

#[tokio::test]
async fn everybody_sees_their_own_the_unit_its_own_and_the_officer_all() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 3)).await;
        for (word, of, shows) in [
            ("ha", "mine", true),
            ("truong", "mine", true),
            ("tu", "mine", false),
            ("duyet", "unit", true),
            ("tu", "unit", false),
            ("minh", "all", true),
            ("binh", "all", true),
        ] {
            let page = office
                .of(word)
                .await
                .get(&format!("/desk/owed?of={of}"))
                .await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.text());
            assert_eq!(page.shows(TITLE), shows, "{word} {of}");
            if shows {
                assert!(page.shows("chậm 1 ngày làm việc"), "{}", page.text());
            }
        }
        // Who may not see everybody's sees their own instead.
        assert!(
            !office
                .of("tu")
                .await
                .get("/desk/owed?of=all")
                .await
                .shows(TITLE)
        );
        office.does_one(date(2023, 3, 6)).await;
        office.does_one(date(2023, 3, 6)).await;
        assert!(
            !office.of("ha").await.get("/desk/owed").await.shows(TITLE),
            "done and still owed"
        );
    }
}

#[tokio::test]
async fn the_director_sees_red_what_waits_and_who_is_late_at_once() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 3)).await;
        let page = office.of("binh").await.get("/desk/director").await;
        assert!(
            page.shows("data-state=\"late\" href=\"#late-title\"><span class=\"stat-number\">1<"),
            "{}",
            page.text()
        );
        let link = format!(
            "href=\"/desk/plans/{}/activities/{}\"",
            office.plan, office.activity
        );
        assert!(page.shows(&link), "more than two presses away");
        assert!(page.shows("Văn phòng Sở"));
        assert_eq!(
            office.of("ha").await.get("/desk/director").await.status,
            StatusCode::FORBIDDEN
        );
    }
}

#[tokio::test]
async fn the_numbers_of_the_agency_are_the_officers_to_change() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 3)).await;
        let fields = |head| {
            vec![
                ("before", "5"),
                ("head_days", head),
                ("director_days", "4"),
                ("digest_day", "tuesday"),
                ("hour", "09:00"),
                ("link_hours", "24"),
            ]
        };
        let mut minh = office.of("minh").await;
        let wrong = minh.post("/desk/owed/numbers", &fields("9")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.shows("không được báo trước") && wrong.shows("value=\"24\""),
            "{}",
            wrong.text()
        );
        let answer = minh.post("/desk/owed/numbers", &fields("2")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert!(
            minh.get("/desk/owed/numbers")
                .await
                .shows("value=\"09:00\"")
        );
        assert_eq!(
            office.morning(date(2023, 3, 7)).await,
            0,
            "written before nine"
        );
        let ha = office.of("ha").await.get("/desk/owed/numbers").await;
        assert_eq!(ha.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_calendar_is_read_by_its_address_until_it_is_revoked() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 31)).await;
        let mut ha = office.of("ha").await;
        let page = ha.post("/desk/owed/feeds", &[("of", "mine")]).await;
        let text = page.text();
        let path = text
            .split("http://loa.example")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap();
        assert!(path.starts_with("/lich/") && path.len() > 64, "{path}");
        let mut phone = office.stranger();
        let file = phone.get(path).await;
        assert_eq!(
            file.headers[header::CONTENT_TYPE],
            "text/calendar; charset=utf-8"
        );
        assert_eq!(file.headers[header::CACHE_CONTROL], "private, no-store");
        let unfolded = file.text().replace("\r\n ", "");
        for line in [
            "DTSTART;VALUE=DATE:20230331",
            "SUMMARY:1.1 · Đăng hai tin trên cổng",
        ] {
            assert!(unfolded.contains(line), "{line}: {unfolded}");
        }
        let uid = format!("UID:activity/{}/2023-03-31@loa.example", office.activity);
        assert!(unfolded.contains(&uid), "{unfolded}");
        assert!(
            !ha.get("/desk/owed/settings").await.shows(path),
            "the secret is shown again"
        );

        let page = ha.get("/desk/owed/settings").await.text();
        let revoke = page.split("action=\"/desk/owed/feeds/").nth(1).unwrap();
        let id = revoke.split('/').next().unwrap();
        let mut tu = office.of("tu").await;
        let other = tu.post(&format!("/desk/owed/feeds/{id}/revoke"), &[]).await;
        assert_eq!(
            other.status,
            StatusCode::NOT_FOUND,
            "somebody else's address was revoked"
        );
        assert_eq!(phone.get(path).await.status, StatusCode::OK);
        ha.post(&format!("/desk/owed/feeds/{id}/revoke"), &[]).await;
        assert_eq!(phone.get(path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            phone.get("/lich/00.ics").await.status,
            StatusCode::NOT_FOUND
        );
    }
}

#[tokio::test]
async fn a_unit_owes_its_opinion_and_the_director_the_signature() {
    for backend in BOTH {
        let office = office(backend, date(2023, 12, 15)).await;
        let (mut minh, mut truong, mut binh) = (
            office.of("minh").await,
            office.of("truong").await,
            office.of("binh").await,
        );
        let plan = office.draft(&mut minh).await;
        let ask = [("deadline", "08/03/2023")];
        minh.post(&format!("{plan}/opinions"), &ask).await;
        let owed = truong.get("/desk/owed").await;
        assert!(owed.shows("Góp ý vào dự thảo kế hoạch"), "{}", owed.text());
        let own = format!("{plan}/opinions/{}", office.at.stage.units[0]);
        assert!(owed.shows(&format!("href=\"{own}\"")), "{}", owed.text());
        assert!(!office.of("ha").await.get("/desk/owed").await.shows(&own));

        truong
            .post(&own, &[("answer", "agree"), ("text", "")])
            .await;
        assert!(
            !truong.get("/desk/owed").await.shows(&own),
            "answered and still owed"
        );
        let director = binh.get("/desk/director").await;
        assert!(!director.shows("Kế hoạch chờ ký ban hành"));
        minh.post(&format!("{plan}/opinions/end"), &[]).await;
        minh.post(&format!("{plan}/submission"), &[]).await;
        let director = binh.get("/desk/director").await;
        assert!(
            director.shows("Kế hoạch chờ ký ban hành"),
            "{}",
            director.text()
        );
        assert!(director.shows(&format!("href=\"{plan}/life\"")));
    }
}

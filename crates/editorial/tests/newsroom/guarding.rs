//! Who may not come in, and what may not come out.

use db::testing::BOTH;
use http::StatusCode;

use super::office::{between, done, office};

#[tokio::test]
async fn the_newsroom_is_open_to_its_people_only() {
    for backend in BOTH {
        let office = office(backend).await;
        let address = office.submitted(&[]).await;
        let (list, edit) = ("/desk/newsroom/articles", format!("{address}/edit"));
        for (word, may_see, may_write, may_release) in [
            ("lan", true, true, false),
            ("tu", true, true, true),
            ("duyet", true, false, true),
            ("binh", true, true, true),
            ("minh", true, true, false),
            ("tham", false, false, false),
            ("quan", false, false, false),
        ] {
            let mut who = office.of(word).await;
            for page in [list, address.as_str()] {
                let status = who.get(page).await.status;
                assert_eq!(status == StatusCode::OK, may_see, "{word} {page} {status}");
                assert!(may_see || status == StatusCode::FORBIDDEN, "{word} {page}");
            }
            let status = who.post(list, &[]).await.status;
            assert_eq!(status == StatusCode::SEE_OTHER, may_write, "{word} begins");
            // It waits: nobody writes on it, whatever their role; who may write reads it instead.
            let answer = who.get(&edit).await;
            if may_write {
                assert_eq!(answer.location(), address, "{word}");
            } else {
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{word}");
            }
            let answer = who
                .post(&format!("{address}/return"), &[("reason", "")])
                .await;
            let wanted = if may_release {
                StatusCode::UNPROCESSABLE_ENTITY
            } else {
                StatusCode::FORBIDDEN
            };
            assert_eq!(answer.status, wanted, "{word} returns");
        }
        let answer = office.reader().get(list).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert!(answer.location().starts_with("/desk/sign-in"));
    }
}

#[tokio::test]
async fn another_agency_sees_nothing_and_does_nothing() {
    for backend in BOTH {
        let office = office(backend).await;
        let address = office.submitted(&[]).await;
        office.neighbours().await;
        let mut la = office.of("la").await;
        let seen = office.hash(&address).await;
        for page in [address.clone(), format!("{address}/edit")] {
            assert_eq!(la.get(&page).await.status, StatusCode::NOT_FOUND, "{page}");
        }
        for place in ["publication", "return", "forced-publication", "withdrawal"] {
            let fields = [("seen", seen.as_str()), ("reason", "vì")];
            let answer = la.post(&format!("{address}/{place}"), &fields).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{place}");
        }
        for shelf in ["waiting", "all"] {
            let page = la
                .get(&format!("/desk/newsroom/articles?shelf={shelf}"))
                .await;
            assert!(!page.shows(&address), "{shelf}");
        }
        office.release(&address).await;
    }
}

/// What a page must escape, whatever field it came in by.
const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(2)>",
    "</script><svg onload=alert(3)>",
    "' onmouseover='alert(4)",
    "{{7*7}} <!-- <b>x</b> -->",
    "]]><a href=\"javascript:alert(5)\">x</a>",
];

#[tokio::test]
async fn no_words_of_an_article_become_markup_anywhere() {
    for backend in BOTH {
        let office = office(backend).await;
        for hostile in HOSTILE {
            let mut ha = office.of("ha").await;
            let address = office.begin(&mut ha).await;
            let hash = super::pictures::add(&mut ha).await;
            let words = format!("{hostile} quýt");
            let fields = [
                ("title", words.as_str()),
                ("lead", words.as_str()),
                ("author", words.as_str()),
                ("body_text", words.as_str()),
                ("image_file", hash.as_str()),
                ("image_alt", words.as_str()),
                ("image_caption", words.as_str()),
            ];
            done(&office.write(&mut ha, &address, "save", &fields).await);
            let edit = ha.get(&format!("{address}/edit")).await;
            is_clean(&edit.text(), hostile, "edit");
            done(&office.write(&mut ha, &address, "submit", &fields).await);
            is_clean(&ha.get(&address).await.text(), hostile, "review");
            let path = office.release(&address).await;
            let mut reader = office.reader();
            for page in [
                path.as_str(),
                "/",
                "/chuyen-muc/tin-tuc",
                "/feed.atom",
                "/rss.xml",
                "/desk/newsroom/articles?shelf=published",
            ] {
                let who = if page.starts_with("/desk") {
                    &mut ha
                } else {
                    &mut reader
                };
                let answer = who.get(page).await;
                assert_eq!(answer.status, StatusCode::OK, "{page}");
                is_clean(&answer.text(), hostile, page);
            }
            let data = reader.get(&path).await.text();
            let data = between(&data, "application/ld+json\">", "</script>");
            let data: serde_json::Value = serde_json::from_str(&data).unwrap();
            assert!(data["headline"].as_str().unwrap().contains("quýt"));
            let found = office.found("quýt").await;
            for hit in found["hits"].as_array().unwrap() {
                is_clean(hit["snippet_html"].as_str().unwrap(), hostile, "snippet");
            }
            is_clean(
                &reader.get("/tim-kiem?q=qu%C3%BDt").await.text(),
                hostile,
                "search",
            );
        }
        let asked = "/tim-kiem?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
        let page = office.reader().get(asked).await;
        is_clean(&page.text(), HOSTILE[0], "search field");
    }
}

/// Nothing of the hostile text stands as markup: no element, no attribute, no comment of its own.
fn is_clean(text: &str, hostile: &str, page: &str) {
    for part in [
        "<script>alert",
        "<img src=x",
        "<svg",
        "<b>x",
        "javascript:alert(5)\">",
        "<!-- <b",
    ] {
        // Icons are ours.
        let text = text.replace("<svg class=\"", "").replace("<svg aria", "");
        assert!(
            !text.contains(part),
            "{part} of {hostile} on {page}: {text}"
        );
    }
}

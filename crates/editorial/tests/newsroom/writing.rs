//! Writing: drafts that save themselves, gaps that are named, texts that never change once sent.

use db::testing::BOTH;
use db::values;
use http::StatusCode;

use super::office::{LEAD, TITLE, done, id, office, value};

#[tokio::test]
async fn a_draft_saves_itself_and_a_stale_one_changes_nothing() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut ha = office.of("ha").await;
        let address = office.begin(&mut ha).await;
        let opened = value(&ha.get(&format!("{address}/edit")).await, "revision");
        let answer = office.write(&mut ha, &address, "draft", &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let told: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
        let moved = told["set"]["revision"].as_str().unwrap().to_owned();
        assert_ne!(moved, opened, "the version did not move");
        let stale = [("revision", opened.as_str()), ("title", "Bản cũ đè lên")];
        let answer = office.write(&mut ha, &address, "draft", &stale).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        let page = ha.get(&format!("{address}/edit")).await;
        assert!(page.shows(TITLE) && !page.shows("Bản cũ đè lên"));
        assert_eq!(value(&page, "revision"), moved);
        // The form itself answers with what was typed, so that it can be copied.
        let answer = office.write(&mut ha, &address, "save", &stale).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.shows("Bản cũ đè lên"), "what was typed is lost");
    }
}

#[tokio::test]
async fn every_gap_of_an_article_is_named_at_its_field_and_nothing_typed_is_lost() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut ha = office.of("ha").await;
        let address = office.begin(&mut ha).await;
        let gaps = [
            ("title", " "),
            ("lead", ""),
            ("author", ""),
            ("body_text", ""),
            ("category", ""),
        ];
        let answer = office.write(&mut ha, &address, "submit", &gaps).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for (field, _) in gaps {
            assert!(
                answer.shows(&format!("id=\"{field}-error\"")),
                "{field} is not named: {}",
                answer.text()
            );
        }
        let half = [("lead", ""), ("title", "Tiêu đề đã gõ")];
        let answer = office.write(&mut ha, &address, "submit", &half).await;
        assert!(answer.shows("id=\"lead-error\"") && !answer.shows("id=\"title-error\""));
        assert!(answer.shows("Tiêu đề đã gõ") && answer.shows("Bộ phận một cửa mở thêm"));
        let state = "SELECT COUNT(*) AS n FROM edition WHERE state = 'draft' AND version = 1";
        assert_eq!(
            office.count(state, &[]).await,
            1,
            "a refused form was half saved"
        );
    }
}

#[tokio::test]
async fn a_category_or_a_file_of_nobody_is_refused_at_its_field() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut ha = office.of("ha").await;
        let address = office.begin(&mut ha).await;
        let nobody = id(&address).to_string();
        let wrong = [("category", nobody.as_str())];
        let answer = office.write(&mut ha, &address, "save", &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("id=\"category-error\"") && answer.shows(LEAD));
        let hash = "ab".repeat(32);
        let wrong = [
            ("image_file", hash.as_str()),
            ("image_alt", "Quầy tiếp nhận"),
        ];
        let answer = office.write(&mut ha, &address, "save", &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.shows("id=\"image-error\"") && answer.shows(LEAD),
            "{}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn a_returned_text_is_written_again_and_the_sealed_one_stays_as_it_was() {
    for backend in BOTH {
        let office = office(backend).await;
        let address = office.submitted(&[]).await;
        let (mut ha, mut tu) = (office.of("ha").await, office.of("tu").await);
        let edit = ha.get(&format!("{address}/edit")).await;
        assert_eq!(edit.location(), address, "it was sent");
        let sealed = office.hash(&address).await;

        let answer = tu
            .post(&format!("{address}/return"), &[("reason", " ")])
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("id=\"reason-error\""));
        let reason = [("reason", "Cần nêu rõ giờ làm việc.")];
        let answer = ha.post(&format!("{address}/return"), &reason).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        done(&tu.post(&format!("{address}/return"), &reason).await);
        assert!(ha.get(&address).await.shows("Cần nêu rõ giờ làm việc."));

        let better = [("lead", "Từ 07h00 đến 11h00 thứ bảy hằng tuần.")];
        done(&office.write(&mut ha, &address, "submit", &better).await);
        let revisions = "SELECT COUNT(*) AS n FROM revision WHERE is_sealed = 1";
        assert_eq!(office.count(revisions, &[]).await, 2);
        let unchanged =
            "SELECT COUNT(*) AS n FROM revision WHERE sha256 = ? AND no = 1 AND lead = ?";
        assert_eq!(office.count(unchanged, &values![sealed, LEAD]).await, 1);
        assert!(tu.get(&address).await.shows("Từ 07h00 đến 11h00"));
    }
}

#[tokio::test]
async fn who_sent_it_takes_it_back_and_nobody_else_does() {
    for backend in BOTH {
        let office = office(backend).await;
        let address = office.submitted(&[]).await;
        let (mut ha, mut lan) = (office.of("ha").await, office.of("lan").await);
        let answer = lan.post(&format!("{address}/recall"), &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        done(&ha.post(&format!("{address}/recall"), &[]).await);
        let page = ha.get(&format!("{address}/edit")).await;
        assert!(page.status == StatusCode::OK && page.shows("Ai được lợi"));
        let answer = lan.get(&format!("{address}/edit")).await;
        assert_eq!(answer.location(), address, "it is another writer's");
    }
}

#[tokio::test]
async fn what_is_pasted_from_word_comes_out_clean() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut ha = office.of("ha").await;
        let pasted = "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p{color:red}</style>\
            <script>alert(1)</script></head><body><!--StartFragment--><p class=MsoNormal style='mso-margin-top-alt:auto'>\
            <b style='mso-bidi-font-weight:normal'>Đậm</b><o:p></o:p> và thường\
            <img src=x onerror=alert(2)><a href='javascript:alert(3)'>nối</a></p></body></html>";
        let request = http::Request::post("/desk/newsroom/paste")
            .header("content-type", "text/html")
            .body(axum::body::Body::from(pasted))
            .unwrap();
        let answer = ha.send(request).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert!(answer.shows("Đậm") && answer.shows("và thường"));
        for word in [
            "alert",
            "script",
            "Mso",
            "mso",
            "onerror",
            "color",
            "StartFragment",
        ] {
            assert!(!answer.shows(word), "{word}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn the_desk_lists_what_waits_what_is_mine_and_what_is_public() {
    for backend in BOTH {
        let office = office(backend).await;
        let (mut ha, mut tu) = (office.of("ha").await, office.of("tu").await);
        let draft = office.begin(&mut ha).await;
        let sent = office.submitted(&[]).await;
        let (public, _) = office.published(&[]).await;
        let shelf = async |who: &mut house::testing::Browser, word: &str| {
            let page = who
                .get(&format!("/desk/newsroom/articles?shelf={word}"))
                .await;
            [&draft, &sent, &public].map(|address| page.shows(&format!("href=\"{address}\"")))
        };
        assert_eq!(shelf(&mut tu, "waiting").await, [false, true, false]);
        assert_eq!(shelf(&mut tu, "mine").await, [false, false, false]);
        assert_eq!(shelf(&mut ha, "mine").await, [true, true, false]);
        assert_eq!(shelf(&mut ha, "published").await, [false, false, true]);
        assert_eq!(shelf(&mut ha, "all").await, [true, true, true]);
        // A next edition is mine while it is written; what the public sees stays on its shelf.
        done(&ha.post(&format!("{public}/edition"), &[]).await);
        assert_eq!(shelf(&mut ha, "mine").await, [true, true, true]);
        assert_eq!(shelf(&mut ha, "published").await, [false, false, true]);
    }
}

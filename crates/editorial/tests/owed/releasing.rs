//! Releasing by a link: without signing in, once, by the person it was sent to, by the same rule.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a story that cannot be told fails"
)]

use db::testing::BOTH;
use db::values;
use editorial::newsroom::article::{Genre, Text};
use editorial::newsroom::{self, Draft};
use http::{Request, StatusCode, header};
use jiff::civil::date;

use super::office::{Office, office};

const ARTICLE: &str = "Một cửa làm việc cả sáng thứ bảy";

impl Office {
    /// An article that ha has written and sent; its address at the desk.
    async fn sent(&self) -> String {
        let account = self.account("ha");
        let mut read = self.editorial.db.read().await.unwrap();
        let found = house::people::account_store::maybe(&mut read, account)
            .await
            .unwrap();
        drop(read);
        let ha = found.unwrap().actor();
        let id = newsroom::begin(&self.editorial, &ha).await.unwrap();
        let draft = Draft {
            text: Text {
                title: ARTICLE.to_owned(),
                lead: "Từ tuần này, người dân nộp hồ sơ được cả sáng thứ bảy.".to_owned(),
                author: "V.H".to_owned(),
                body: prose::markup::parse("Bộ phận một cửa mở thêm một buổi."),
                image: None,
            },
            genre: Genre::News,
            category: Some(self.category().await),
            activities: vec![self.activity],
            change_note: String::new(),
            version: 1,
            problems: Vec::new(),
        };
        newsroom::save_and_submit(&self.editorial, &ha, id, &draft)
            .await
            .unwrap();
        format!("/desk/newsroom/articles/{id}")
    }

    async fn category(&self) -> base::id::RowId {
        let mut read = self.editorial.db.read().await.unwrap();
        let row = read.row("SELECT id FROM category", &[]).await.unwrap();
        row.parse("id").unwrap()
    }

    /// ha asks the director by a link; the path of the link in the letter.
    async fn asked(&self, address: &str) -> String {
        self.editorial.clock.advance_ms(1);
        let person = self.account("binh").to_string();
        let mut ha = self.of("ha").await;
        let answer = ha
            .post(&format!("{address}/release-links"), &[("person", &person)])
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        self.send().await;
        self.newest_link().await
    }

    async fn newest_link(&self) -> String {
        let letters = self.letters("binh").await;
        let letter = letters.last().expect("a letter");
        let path = letter.split("http://loa.example/duyet/").nth(1).unwrap();
        format!("/duyet/{}", path.lines().next().unwrap())
    }

    async fn n_published(&self) -> i64 {
        let sql = "SELECT COUNT(*) AS n FROM audit_entry WHERE act = 'article.publish'";
        self.count(sql, &[]).await
    }
}

fn seen(page: &str) -> String {
    let rest = page
        .split("name=\"seen\" value=\"")
        .nth(1)
        .expect("a button");
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_director_publishes_by_a_link_once_and_the_log_says_so() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 31)).await;
        let address = office.sent().await;
        let path = office.asked(&address).await;
        let mut phone = office.stranger();
        for _ in 0..3 {
            let page = phone.get(&path).await;
            assert!(
                page.shows(ARTICLE) && page.shows("mở thêm một buổi"),
                "{}",
                page.text()
            );
            assert_eq!(page.headers[header::CACHE_CONTROL], "private, no-store");
            assert_eq!(page.headers[header::REFERRER_POLICY], "same-origin");
        }
        assert_eq!(office.n_published().await, 0, "opening it published");
        let hash = seen(&phone.get(&path).await.text());
        let answer = phone.post(&path, &[("seen", &hash)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert!(phone.get(&path).await.shows("bài đã xuất bản"));
        let again = phone.post(&path, &[("seen", &hash)]).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert_eq!(office.n_published().await, 1);
        let entry = "SELECT COUNT(*) AS n FROM audit_entry WHERE act = 'article.publish'
             AND actor_id = ? AND data LIKE '%\"by\":\"link\"%'";
        assert_eq!(
            office.count(entry, &values![office.account("binh")]).await,
            1
        );
        assert!(phone.get("/").await.shows(ARTICLE));
    }
}

#[tokio::test]
async fn two_presses_at_once_publish_once() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 31)).await;
        let address = office.sent().await;
        let path = office.asked(&address).await;
        let hash = seen(&office.stranger().get(&path).await.text());
        let secret = path.trim_start_matches("/duyet/").to_owned();
        let press = || {
            let mut phone = office.stranger();
            let (path, hash) = (format!("/duyet/{secret}"), hash.clone());
            async move { phone.post(&path, &[("seen", &hash)]).await.status }
        };
        let (a, b) = tokio::join!(press(), press());
        let n = [a, b]
            .iter()
            .filter(|status| **status == StatusCode::SEE_OTHER)
            .count();
        assert_eq!((n, office.n_published().await), (1, 1), "{a} {b}");
    }
}

#[tokio::test]
async fn a_link_that_ended_was_revoked_replaced_or_overtaken_opens_nothing() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 31)).await;
        let address = office.sent().await;
        let first = office.asked(&address).await;
        let second = office.asked(&address).await;
        let mut phone = office.stranger();
        let hash = seen(&phone.get(&second).await.text());
        assert!(
            phone.get(&first).await.shows("đã được thu hồi"),
            "the older link still opens"
        );

        let mut ha = office.of("ha").await;
        let page = ha.get(&address).await.text();
        let id = page
            .split("/release-links/")
            .nth(1)
            .unwrap()
            .split('/')
            .next()
            .unwrap()
            .to_owned();
        ha.post(&format!("{address}/release-links/{id}/revoke"), &[])
            .await;
        let third = office.asked(&address).await;
        office.editorial.clock.advance_ms(49 * 60 * 60 * 1000);
        let mut ha = office.of("ha").await;
        let fourth = office.asked(&address).await;
        assert_eq!(
            ha.post(&format!("{address}/recall"), &[]).await.status,
            StatusCode::SEE_OTHER
        );
        for (path, words) in [
            (&second, "đã được thu hồi"),
            (&third, "thu hồi"),
            (&fourth, "không còn dùng được"),
        ] {
            assert!(
                phone.get(path).await.shows(words),
                "{}",
                phone.get(path).await.text()
            );
            let answer = phone.post(path, &[("seen", &hash)]).await;
            assert_eq!(answer.status, StatusCode::CONFLICT);
        }
        assert_eq!(phone.get("/duyet/00").await.status, StatusCode::NOT_FOUND);
        assert_eq!(office.n_published().await, 0);
    }
}

#[tokio::test]
async fn a_link_ends_after_its_hours() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 31)).await;
        let address = office.sent().await;
        let path = office.asked(&address).await;
        let mut phone = office.stranger();
        let hash = seen(&phone.get(&path).await.text());
        office.editorial.clock.advance_ms(48 * 60 * 60 * 1000);
        assert!(phone.get(&path).await.shows("đã hết hạn"));
        assert_eq!(
            phone.post(&path, &[("seen", &hash)]).await.status,
            StatusCode::CONFLICT
        );
        assert_eq!(office.n_published().await, 0);
    }
}

#[tokio::test]
async fn a_form_of_another_site_and_a_person_who_lost_their_role_publish_nothing() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 31)).await;
        let address = office.sent().await;
        let path = office.asked(&address).await;
        let mut phone = office.stranger();
        let hash = seen(&phone.get(&path).await.text());
        let request = Request::post(&path)
            .header("sec-fetch-site", "cross-site")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(format!("seen={hash}").into())
            .unwrap();
        assert_eq!(phone.send(request).await.status, StatusCode::FORBIDDEN);
        let mut act = office.editorial.db.act().await.unwrap();
        let state = house::people::account::State::Suspended;
        let binh = office.account("binh");
        house::people::account_store::save_state(&mut act, binh, state)
            .await
            .unwrap();
        act.commit().await.unwrap();
        assert_eq!(phone.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            phone.post(&path, &[("seen", &hash)]).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(office.n_published().await, 0);
    }
}

#[tokio::test]
async fn nobody_is_asked_who_may_not_release_and_strangers_to_it_do_not_ask() {
    for backend in BOTH {
        let office = office(backend, date(2023, 3, 31)).await;
        let address = office.sent().await;
        let ask = format!("{address}/release-links");
        let mut ha = office.of("ha").await;
        for word in ["tu", "minh", "ha"] {
            let person = office.account(word).to_string();
            let answer = ha.post(&ask, &[("person", &person)]).await;
            assert_ne!(answer.status, StatusCode::SEE_OTHER, "{word} was asked");
        }
        let binh = office.account("binh").to_string();
        let mut truong = office.of("truong").await;
        let answer = truong.post(&ask, &[("person", &binh)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        office.send().await;
        assert!(office.letters("binh").await.is_empty());
    }
}

//! What the public and its programs read.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use std::net::IpAddr;

use axum::body::Body;
use db::testing::BOTH;
use db::values;
use editorial::newsroom::flush_views;
use house::testing::Browser;
use http::{Request, StatusCode};
use web::{Lang, Peer};

use super::office::{LEAD, TITLE, between, id, office};

#[tokio::test]
async fn the_page_has_all_that_readers_and_machines_look_for() {
    for backend in BOTH {
        let office = office(backend).await;
        let (_, path) = office.published(&[]).await;
        let mut reader = office.reader();
        assert!(
            path.starts_with("/tin/mot-cua-lam-viec-ca-sang-thu-bay-"),
            "{path}"
        );
        let page = reader.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        let text = page.text();
        assert_eq!(text.matches("<h1").count(), 1);
        for words in [
            TITLE,
            LEAD,
            "<time datetime=\"2023-03-06T16:41:00+07:00\">Thứ hai - 06/03/2023 16:41</time>",
            "V.H",
            "data-views=\"0\"",
            ">Ai được lợi</h2>",
            "<html lang=\"vi\">",
        ] {
            assert!(text.contains(words), "{words} is not there: {text}");
        }
        let canonical = format!("<link rel=\"canonical\" href=\"http://loa.example{path}\">");
        assert!(text.contains(&canonical));
        let data = between(&text, "application/ld+json\">", "</script>");
        let data: serde_json::Value = serde_json::from_str(&data).unwrap();
        assert_eq!(data["@type"], "NewsArticle");
        assert_eq!(data["headline"], TITLE);
        assert_eq!(data["datePublished"], "2023-03-06T16:41:00+07:00");
        assert_eq!(
            data["mainEntityOfPage"],
            format!("http://loa.example{path}")
        );
    }
}

#[tokio::test]
async fn lists_feeds_programs_and_the_site_map_have_it() {
    for backend in BOTH {
        let office = office(backend).await;
        let (_, path) = office.published(&[]).await;
        let mut reader = office.reader();
        let number = path.rsplit('-').next().unwrap();
        for (list, words) in [
            ("/", TITLE),
            ("/chuyen-muc/tin-tuc", TITLE),
            ("/feed.atom", TITLE),
            ("/rss.xml", TITLE),
            ("/feed.json", TITLE),
            ("/chuyen-muc/tin-tuc/feed.atom", TITLE),
            ("/sitemap.xml", "/sitemap/0.xml"),
            ("/sitemap/0.xml", path.as_str()),
            ("/api/v1/articles", TITLE),
            ("/robots.txt", "http://loa.example/sitemap.xml"),
        ] {
            let page = reader.get(list).await;
            assert_eq!(page.status, StatusCode::OK, "{list}");
            assert!(page.shows(words), "{list} lacks {words}: {}", page.text());
        }
        assert!(!reader.get("/chuyen-muc/huong-dan").await.shows(TITLE));
        let one = reader.get(&format!("/api/v1/articles/{number}")).await;
        let one: serde_json::Value = serde_json::from_slice(&one.bytes).unwrap();
        assert_eq!(one["title"], TITLE);
        assert_eq!(one["url"], format!("http://loa.example{path}"));
        let answer = reader.get("/api/v1/articles?limit=1000").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("api-limit"), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_wrong_slug_leads_to_the_right_address_and_a_draft_to_none() {
    for backend in BOTH {
        let office = office(backend).await;
        let (_, path) = office.published(&[]).await;
        let mut reader = office.reader();
        let number = path.rsplit('-').next().unwrap();
        for wrong in [format!("/tin/sai-{number}"), format!("/tin/{number}")] {
            let answer = reader.get(&wrong).await;
            assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
            assert_eq!(answer.location(), path);
        }
        let answer = english(&mut reader, &format!("/tin/sai-{number}")).await;
        assert_eq!(answer.location(), format!("/en{path}"));
        let draft = office.submitted(&[]).await;
        let draft = office.public_path(&draft).await;
        for missing in [
            draft.as_str(),
            "/tin/khong-co-999",
            "/tin/khong-co",
            "/tin/-",
        ] {
            let answer = reader.get(missing).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{missing}");
            assert!(!answer.shows(LEAD));
        }
    }
}

async fn english(reader: &mut Browser, path: &str) -> house::testing::Answer {
    let mut request = Request::get(path).body(Body::empty()).unwrap();
    request.extensions_mut().insert(Lang::En);
    reader.send(request).await
}

#[tokio::test]
async fn the_same_page_speaks_english_around_a_vietnamese_text() {
    for backend in BOTH {
        let office = office(backend).await;
        let (_, path) = office.published(&[]).await;
        let page = english(&mut office.reader(), &path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            page.shows("<html lang=\"en\">") && page.shows("Monday"),
            "{}",
            page.text()
        );
        assert!(page.shows(&format!("<h1 lang=\"vi\">{TITLE}</h1>")));
        assert!(page.shows(&format!("href=\"http://loa.example/en{path}\"")));
        assert!(page.shows("href=\"/en/chuyen-muc/tin-tuc\"") && page.shows("News"));
        assert!(!page.shows("Trang chủ") && !page.shows("lượt xem"));
    }
}

#[tokio::test]
async fn the_search_finds_it_with_and_without_marks() {
    for backend in BOTH {
        let office = office(backend).await;
        let (_, path) = office.published(&[]).await;
        for words in ["một cửa", "mot cua", "đường xa", "duong xa", "thứ bảy"] {
            let found = office.found(words).await;
            assert_eq!(found["total"], 1, "{words}: {found}");
            assert_eq!(found["hits"][0]["url"], format!("http://loa.example{path}"));
            let snippet = found["hits"][0]["snippet_html"].as_str().unwrap();
            assert!(snippet.contains("<mark>"), "{words}: {snippet}");
        }
        assert_eq!(office.found("xổ số").await["total"], 0);
        let page = office.reader().get("/tim-kiem?q=mot%20cua").await;
        assert!(
            page.shows(TITLE) && page.shows("noindex"),
            "{}",
            page.text()
        );
    }
}

async fn look(reader: &mut Browser, path: &str, who: (u8, &str)) -> serde_json::Value {
    let mut request = Request::post(format!("{path}/views"))
        .header("user-agent", who.1)
        .body(Body::empty())
        .unwrap();
    let peer = Peer(IpAddr::from([10, 0, 0, who.0]));
    request.extensions_mut().insert(peer);
    let answer = reader.send(request).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.bytes).unwrap()
}

#[tokio::test]
async fn a_reader_counts_once_and_a_robot_never() {
    for backend in BOTH {
        let office = office(backend).await;
        let (address, path) = office.published(&[]).await;
        let mut reader = office.reader();
        let firefox = (
            1,
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        );
        assert_eq!(look(&mut reader, &path, firefox).await["views"], 1);
        assert_eq!(look(&mut reader, &path, firefox).await["views"], 1);
        for robot in [
            "Googlebot/2.1 (+http://www.google.com/bot.html)",
            "curl/8.5",
            "",
        ] {
            let seen = look(&mut reader, &path, (2, robot)).await;
            assert_eq!(seen["views"], 1, "{robot}");
        }
        flush_views(&office.at.editorial).await.unwrap();
        let article = id(&address).to_string();
        let rows = "SELECT CAST(COALESCE(SUM(n_views), 0) AS BIGINT) AS n FROM view_day
             WHERE article_id = ? AND day = '2023-03-06'";
        assert_eq!(office.count(rows, &values![article.as_str()]).await, 1);
        let chrome = (
            1,
            "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36",
        );
        assert_eq!(look(&mut reader, &path, chrome).await["views"], 2);
        flush_views(&office.at.editorial).await.unwrap();
        assert!(reader.get(&path).await.shows("data-views=\"2\""));
        let missing = reader.post("/tin/khong-co-999/views", &[]).await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
    }
}

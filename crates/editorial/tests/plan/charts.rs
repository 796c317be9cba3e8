//! The year and the month of a plan as pictures, with the figures in tables behind them.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use db::testing::BOTH;
use house::testing::Answer;
use http::StatusCode;
use jiff::civil::date;

use crate::office::*;

/// The numbers that an attribute has in the elements of a class, in order.
fn numbers(page: &Answer, class: &str, attribute: &str) -> Vec<i64> {
    let text = page.text();
    let mark = format!("class=\"{class}\"");
    let elements = text.split(&mark).skip(1);
    elements
        .map(|element| {
            let inside = element.split('>').next().unwrap_or_default();
            let value = inside.split(&format!(" {attribute}=\"")).nth(1).unwrap();
            value.split('"').next().unwrap().parse().unwrap()
        })
        .collect()
}

fn count(page: &Answer, words: &str) -> usize {
    page.text().matches(words).count()
}

/// A plan of sixty activities, each of two months.
fn sixty() -> String {
    let rows: String = (1..=60)
        .map(|n| {
            let month = n % 11 + 1;
            format!(
                "<tr><td>{n}</td><td>Hoạt động truyền thông dài tên để thử số {n} về cải cách hành chính</td>\
                 <td>02 tin, bài</td><td>Văn phòng Sở</td><td>Tháng {month} - {}/2023</td></tr>",
                month + 1
            )
        })
        .collect();
    format!(
        "<html><body><p>SỞ TƯ PHÁP</p><p>KẾ HOẠCH</p><p>Truyền thông cải cách hành chính năm 2023</p>\
         <p>II. NHIỆM VỤ</p><p>1. Viết và đăng tin, bài về cải cách hành chính.</p><p>PHỤ LỤC</p>\
         <table><tr><th>STT</th><th>Nội dung</th><th>Sản phẩm</th><th>Đơn vị chủ trì</th><th>Thời gian</th></tr>\
         {rows}</table></body></html>"
    )
}

#[tokio::test]
async fn sixty_activities_stand_in_the_year_without_covering_each_other() {
    for backend in BOTH {
        let (_at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let html = sixty();
        let file = ("file", "ke-hoach.html", html.as_bytes());
        let answer = minh.upload("/desk/plans/import", &[], file).await;
        let plan = answer.location().split('?').next().unwrap().to_owned();
        let page = minh.get(&format!("{plan}/timeline")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let (x, y) = (
            numbers(&page, "chart-bar", "x"),
            numbers(&page, "chart-bar", "y"),
        );
        let width = numbers(&page, "chart-bar", "width");
        assert_eq!(x.len(), 60);
        assert!(y.windows(2).all(|pair| pair[0] + 36 <= pair[1]), "{y:?}");
        let whole = numbers(&page, "chart-picture", "width")[0];
        let high = numbers(&page, "chart-picture", "height")[0];
        assert!(
            x.iter()
                .zip(&width)
                .all(|(x, w)| *x >= 0 && x + w <= whole && *w >= 4)
        );
        assert!(y.iter().all(|y| y + 16 <= high));
        assert_eq!(
            count(&page, "<li class=\"chart-label"),
            62,
            "the head, a task, sixty"
        );
        assert_eq!(
            count(&page, "<a class=\"chart-title\" href=\"/desk/plans/"),
            60
        );
        let table = page.text().split("<details>").last().unwrap().to_owned();
        assert_eq!(
            table.matches("/activities/").count(),
            60,
            "the table behind has every row"
        );
        for words in ["role=\"img\"", "<desc>60 hoạt động", "Thg 12", "0 / 2 tin,"] {
            assert!(page.shows(words), "{words}: {}", page.text());
        }
        let main = page.text().split("<main").nth(1).unwrap().to_owned();
        assert!(!main.contains(" style="), "the page's policy forbids it");
    }
}

#[tokio::test]
async fn a_month_shows_what_begins_is_due_and_was_done_and_the_days_off() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let mut minh = browser.of("minh").await;
        let plan = import(&mut minh).await;
        let news = activity_of(&mut minh, &plan, "Đăng tin trên trang").await;
        add_item(&at, &news, "Tin đầu tiên", Some(date(2023, 2, 3))).await;
        let page = minh.get(&format!("{plan}/calendar?month=2023-02")).await;
        assert!(page.shows("Tháng 2 năm 2023"), "{}", page.text());
        assert_eq!(count(&page, "class=\"chart-day"), 28);
        assert_eq!(
            count(&page, "chart-off"),
            8,
            "four Saturdays and four Sundays"
        );
        for words in [
            "data-kind=\"due\"",
            "data-kind=\"done\"",
            "28/02/2023",
            "03/02/2023",
        ] {
            assert!(page.shows(words), "{words}: {}", page.text());
        }
        assert!(
            page.shows(&format!("<a href=\"{news}\">")),
            "the table leads to the activity"
        );
        assert!(page.shows("?month=2023-01") && page.shows("?month=2023-03"));
        let empty = minh.get(&format!("{plan}/calendar?month=2023-12")).await;
        assert!(empty.shows("Tháng này không có hoạt động nào"));
        let now = minh.get(&format!("{plan}/calendar")).await;
        assert_eq!(
            count(&now, "chart-now"),
            1,
            "the house stands in March 2023"
        );
        let wrong = minh.get(&format!("{plan}/calendar?month=2023-13")).await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    }
}

//! Stories of published indices: entered, imported, merged, read by everybody.

use db::testing::BOTH;
use house::testing::{Answer, Browser};
use http::StatusCode;

use crate::office::office;

fn shows(page: &Answer, all: &[&str]) {
    for words in all {
        assert!(page.shows(words), "{words} is not shown: {}", page.text());
    }
}

async fn done(who: &mut Browser, path: &str, fields: &[(&str, &str)]) {
    let answer = who.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

async fn index(who: &mut Browser, code: &str, kind: &str) {
    let fields = [
        ("code", code),
        ("name", "Chỉ số hài lòng"),
        ("issuer", "Bộ Nội vụ"),
        ("kind", kind),
        ("out_of", "100"),
        ("unit", "percent"),
    ];
    done(who, "/desk/indices", &fields).await;
}

async fn result(who: &mut Browser, code: &str, (year, body, value): (&str, &str, &str)) -> Answer {
    let fields = [
        ("year", year),
        ("body", body),
        ("value", value),
        ("source", "Báo cáo SIPAS"),
        ("source_url", "https://example.gov.vn/sipas"),
        ("published_on", "19/04/2023"),
    ];
    who.post(&format!("/desk/indices/{code}/results"), &fields)
        .await
}

#[tokio::test]
async fn what_is_entered_is_public_with_its_source_at_once() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let mut citizen = office.browser.stranger();
        shows(&citizen.get("/chi-so").await, &["Chưa có kết quả nào"]);
        index(&mut minh, "sipas", "official").await;
        for (year, body, value) in [
            ("2022", "Trung bình cả nước", "80,08"),
            ("2023", "Trung bình cả nước", "82,66"),
            ("2023", "Gia Lai", "83.84"),
        ] {
            let kept = result(&mut minh, "sipas", (year, body, value)).await;
            assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
        }
        let page = citizen.get("/chi-so").await;
        shows(
            &page,
            &[
                "Chỉ số chính thức",
                "Bộ Nội vụ công bố.",
                "80,08%",
                "82,66%",
                "83,84%",
                "https://example.gov.vn/sipas",
                "Báo cáo SIPAS (công bố 19/04/2023)",
                "<rect",
            ],
        );
        assert!(!page.shows("khảo sát do cơ quan tự làm, không phải"));
        let api = citizen.get("/api/v1/indices").await;
        let json: serde_json::Value = serde_json::from_slice(&api.bytes).unwrap();
        assert_eq!(json["indices"][0]["is_official"], true);
        assert_eq!(json["indices"][0]["results"][0]["value"], "80.08");
        let csv = citizen.get("/chi-so/du-lieu.csv").await;
        shows(
            &csv,
            &["sipas,true,2022,Trung bình cả nước,,80.08,", "\r\n"],
        );
        let again = result(&mut minh, "sipas", ("2022", "trung bình cả nước", "81")).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
        let page = citizen.get("/chi-so").await;
        shows(&page, &["81,00%"]);
        assert!(!page.shows("80,08%"), "a corrected value is replaced");
    }
}

#[tokio::test]
async fn a_survey_of_the_agencys_own_says_that_it_is_none_of_the_ministrys() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        index(&mut minh, "khao-sat", "own").await;
        let kept = result(&mut minh, "khao-sat", ("2023", "Sở Tư pháp", "95")).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER);
        let page = office.browser.stranger().get("/chi-so").await;
        shows(
            &page,
            &["khảo sát do cơ quan tự làm, không phải chỉ số do Bộ Nội vụ"],
        );
        assert!(!page.shows("Chỉ số chính thức"));
    }
}

#[tokio::test]
async fn wrong_results_are_refused_with_every_reason() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        index(&mut minh, "sipas", "official").await;
        let fields = [
            ("year", ""),
            ("value", "101"),
            ("source_url", "javascript:1"),
        ];
        let refused = minh.post("/desk/indices/sipas/results", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        shows(
            &refused,
            &[
                "Có 5 chỗ cần sửa",
                "“101” không phải là giá trị từ 0 đến 100",
                "“javascript:1” không phải là địa chỉ",
            ],
        );
        let twice = [
            ("code", "sipas"),
            ("name", "Khác"),
            ("issuer", "Khác"),
            ("kind", "own"),
            ("out_of", "0"),
            ("unit", "percent"),
        ];
        let refused = minh.post("/desk/indices", &twice).await;
        shows(&refused, &["“0” không phải là một số lớn hơn 0"]);
        let mut duyet = office.browser.of("binh").await;
        let closed = result(&mut duyet, "sipas", ("2023", "A", "1")).await;
        assert_eq!(
            closed.status,
            StatusCode::FORBIDDEN,
            "a director enters nothing"
        );
    }
}

#[tokio::test]
async fn a_merger_is_told_and_nothing_is_added_up() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        index(&mut minh, "sipas", "official").await;
        for (body, value) in [("Bình Định", "80"), ("Gia Lai", "83,84")] {
            result(&mut minh, "sipas", ("2023", body, value)).await;
        }
        let page = minh.get("/desk/indices/sipas").await.text();
        let id = |name: &str| {
            let (_, rest) = page.split_once(&format!("<summary>{name}")).unwrap();
            let (_, rest) = rest.split_once("/bodies/").unwrap();
            rest.split_once('"').unwrap().0.to_owned()
        };
        let (from, into) = (id("Bình Định"), id("Gia Lai"));
        let address = format!("/desk/indices/sipas/bodies/{from}");
        let itself = [("into", from.as_str()), ("on", "01/07/2025")];
        let refused = minh.post(&address, &itself).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [
            ("into", into.as_str()),
            ("on", "01/07/2025"),
            ("decision", "Nghị quyết 202/2025/QH15"),
        ];
        done(&mut minh, &address, &fields).await;
        let back = [("into", from.as_str()), ("on", "02/07/2025")];
        let circle = minh
            .post(&format!("/desk/indices/sipas/bodies/{into}"), &back)
            .await;
        shows(&circle, &["Một nơi không thể nhập vào chính nó."]);
        let public = office.browser.stranger().get("/chi-so").await;
        shows(
            &public,
            &[
                "Từ ngày 01/07/2025, Bình Định nhập vào Gia Lai theo Nghị quyết 202/2025/QH15",
                "80,00%",
                "83,84%",
            ],
        );
    }
}

#[tokio::test]
async fn results_come_from_a_file_after_they_were_looked_at() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        index(&mut minh, "papi", "official").await;
        let wrong = "Năm,Địa phương,Giá trị,Nguồn\n2023,A,101,PAPI 2023\n";
        let good = "Năm,Địa phương,Giá trị,Xếp hạng,Nguồn\n2023,A,\"45,5\",3,PAPI 2023\n";
        let import = "/desk/indices/papi/import";
        let sent = minh
            .upload(import, &[], ("file", "a.csv", wrong.as_bytes()))
            .await;
        let page = minh.get(sent.location()).await;
        shows(&page, &["CSV!C2", "không phải là giá trị từ 0 đến 100"]);
        assert!(!page.shows("Nhận các kết quả này"));
        let sent = minh
            .upload(import, &[], ("file", "b.csv", good.as_bytes()))
            .await;
        let preview = sent.location().to_owned();
        let page = minh.get(&preview).await;
        shows(&page, &["1 kết quả đọc được", "45,50"]);
        let text = page.text();
        let (_, rest) = text.split_once("name=\"mark\" value=\"").unwrap();
        let mark = rest.split_once('"').unwrap().0;
        done(&mut minh, &preview, &[("mark", mark)]).await;
        let public = office.browser.stranger().get("/chi-so").await;
        shows(&public, &["45,50%", "hạng 3", "PAPI 2023"]);
    }
}

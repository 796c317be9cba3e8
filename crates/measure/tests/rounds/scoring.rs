//! A round from its opening to its decision.

use db::testing::BOTH;
use http::StatusCode;

use crate::office::{office, to};

#[tokio::test]
async fn a_round_goes_from_self_score_to_a_public_decision() {
    for backend in BOTH {
        let office = office(backend).await;
        let open = office.round().await;
        office.score_all(&open).await;
        let mut minh = office.of("minh").await;
        let page = minh.get(&open.body).await;
        assert!(page.shows("2,8 trên 3"), "{}", page.text());
        office.submit(&open).await;
        office.advance(&open.round, "self_score").await;

        // The appraiser reads the rule as it is written: 80 % is nothing.
        let mut noivu = office.of("noivu").await;
        let first = office.component(&open, 0);
        let reduce = [
            ("step", "reduce"),
            ("points", "0,25"),
            ("reason", "Mới tính theo lời của cách chấm."),
        ];
        to(&noivu.post(&format!("{first}/appraisal"), &reduce).await);
        let fields = [
            ("components", office.components[1].as_str()),
            ("components", &office.components[2]),
        ];
        to(&noivu
            .post(&format!("{}/acceptances", open.body), &fields)
            .await);
        office.advance(&open.round, "appraisal").await;

        let asked = [
            ("asked", "0,8"),
            ("appeal_reason", "Ví dụ của chính hướng dẫn."),
        ];
        to(&minh.post(&format!("{first}/appeal"), &asked).await);
        let refused = minh
            .post(&format!("{}/phase", open.round), &[("from", "appeal")])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.shows("Còn 1 giải trình chưa được trả lời."));
        let answer = [("settled", "0,5"), ("answer", "Chấp nhận một phần.")];
        to(&noivu.post(&format!("{first}/settlement"), &answer).await);
        office.advance(&open.round, "appeal").await;

        let sheet = "Tên;8.1\r\nSở Tư pháp tỉnh Bình Định;1,5\r\n";
        let file = ("file", "diem.csv", sheet.as_bytes());
        let source = [("source", "Báo cáo điều tra năm 2023")];
        to(&minh
            .upload(&format!("{}/survey/file", open.round), &source, file)
            .await);
        office.advance(&open.round, "survey").await;
        let ranking = minh.get(&format!("{}/ranking", open.round)).await;
        // 0.5 + 1 + 1 + 1.5 of 5.
        assert!(
            ranking.shows("Tạm tính")
                && ranking.shows("<td class=\"number\" data-label=\"Phần trăm\">80</td>"),
            "{}",
            ranking.text()
        );
        office.advance(&open.round, "ranking").await;

        let mut duyen = office.of("duyen").await;
        let fields = [
            ("number", "312/QĐ-UBND"),
            ("on", "01/03/2023"),
            ("issuer", "UBND tỉnh Bình Định"),
        ];
        let scan = ("file", "qd.pdf", &b"%PDF-1.7 quyet dinh"[..]);
        to(&duyen
            .upload(&format!("{}/decision", open.round), &fields, scan)
            .await);

        let mut citizen = office.browser.stranger();
        let list = citizen.get("/xep-hang").await;
        assert!(list.shows("Chấm điểm năm 2023"), "{}", list.text());
        let public = citizen
            .get(&open.round.replace("/desk/rounds", "/xep-hang"))
            .await;
        assert!(public.shows("312/QĐ-UBND") && public.shows("Sở Tư pháp tỉnh Bình Định"));
        let csv = citizen
            .get(&format!(
                "{}/csv",
                open.round.replace("/desk/rounds", "/xep-hang")
            ))
            .await;
        assert!(
            csv.shows("Sở Tư pháp tỉnh Bình Định,4,80"),
            "{}",
            csv.text()
        );
    }
}

#[tokio::test]
async fn nothing_is_submitted_while_something_is_missing() {
    for backend in BOTH {
        let office = office(backend).await;
        let open = office.round().await;
        let mut binh = office.of("binh").await;
        let refused = binh.post(&format!("{}/submission", open.body), &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.shows("Còn 3 thành phần chưa đủ để nộp."));
        assert!(refused.shows("chưa có minh chứng, chưa có giải thích"));

        // Both readings stand side by side; the claim waits for one of them, with a reason.
        let mut minh = office.of("minh").await;
        let first = office.component(&open, 0);
        let fields = [("origin", "hand"), ("part", "4"), ("whole", "5")];
        to(&minh.post(&first, &fields).await);
        let page = minh.get(&first).await;
        assert!(
            page.shows("Được 0 điểm") && page.shows("Được 0,8 điểm"),
            "{}",
            page.text()
        );
        let body = minh.get(&open.body).await;
        assert!(body.shows("chưa chọn cách hiểu"));

        // A piece of evidence proves it.
        let file = ("file", "bao-cao.pdf", &b"%PDF-1.7 bao cao"[..]);
        let fields = [
            ("evidence_title", "Báo cáo kết quả tuyên truyền"),
            ("link", ""),
        ];
        to(&minh
            .upload(&format!("{first}/evidence"), &fields, file)
            .await);
        let page = minh.get(&first).await;
        assert!(page.shows("Báo cáo kết quả tuyên truyền") && page.shows("SHA-256:"));
        let body = minh.get(&open.body).await;
        assert!(!body.shows("chưa chọn cách hiểu; chưa có minh chứng"));

        office.score_all_from(&open).await;
        office.submit(&open).await;
        // What was submitted stands until it is taken back.
        let again = [
            ("version", "2"),
            ("origin", "hand"),
            ("part", "5"),
            ("whole", "5"),
        ];
        let refused = minh.post(&first, &again).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        to(&binh
            .post(&format!("{}/submission/return", open.body), &[])
            .await);
        to(&minh.post(&first, &again).await);
    }
}

#[tokio::test]
async fn a_year_without_occasion_leaves_the_sum_and_no_survey_rescales_it() {
    for backend in BOTH {
        let office = office(backend).await;
        let open = office.round().await;
        let mut minh = office.of("minh").await;
        office.score_all(&open).await;
        let absent = [
            ("version", "1"),
            ("absent", "1"),
            ("explanation", "Không có việc này."),
        ];
        to(&minh.post(&office.component(&open, 2), &absent).await);
        let page = minh.get(&open.body).await;
        assert!(
            page.shows("1,8 trên 2") && page.shows("không phát sinh"),
            "{}",
            page.text()
        );
    }
}

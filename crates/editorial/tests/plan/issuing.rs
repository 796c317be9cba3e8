//! Stories of a plan from its draft to its issue: in order, and by those who may.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use db::testing::BOTH;
use db::values;
use editorial::testing::EditorialStage;
use house::testing::{Answer, Browser};
use http::StatusCode;

use crate::office::*;

/// A PDF as far as its first bytes tell.
const SCAN: &[u8] = b"%PDF-1.4 signed and sealed";

async fn n_acts(at: &EditorialStage, act: &str) -> i64 {
    let mut read = at.stage.house.db.read().await.unwrap();
    let sql = "SELECT COUNT(*) AS n FROM audit_entry WHERE act = ?";
    read.count(sql, &values![act]).await.unwrap()
}

fn refused(answer: &Answer, status: StatusCode, words: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert!(answer.shows(words), "{words}: {}", answer.text());
}

fn opinion(at: &EditorialStage, plan: &str, unit: usize) -> String {
    format!("{plan}/opinions/{}", at.stage.units[unit])
}

fn signed<'a>(number: &'a str, day: &'a str) -> [(&'a str, &'a str); 3] {
    [
        ("number", number),
        ("day", day),
        ("signer", "Nguyễn Quốc Bảo"),
    ]
}

fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

#[tokio::test]
async fn every_unit_is_asked_and_every_remark_finds_its_word() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let (mut minh, mut tu, mut ha) = (
            browser.of("minh").await,
            browser.of("tu").await,
            browser.of("ha").await,
        );
        let plan = import(&mut minh).await;
        let ask = format!("{plan}/opinions");
        let over = minh.post(&ask, &[("deadline", "05/03/2023")]).await;
        refused(
            &over,
            StatusCode::UNPROCESSABLE_ENTITY,
            "Hạn trả lời đã qua",
        );
        let fields = [("deadline", "15/03/2023"), ("note", "Xem kỹ thời hạn")];
        assert_eq!(tu.post(&ask, &fields).await.status, StatusCode::FORBIDDEN);
        done(&minh.post(&ask, &fields).await);
        let again = minh.post(&ask, &fields).await;
        refused(&again, StatusCode::FORBIDDEN, "đang lấy ý kiến");

        let edit = minh.get(&format!("{plan}/tasks/new")).await;
        refused(&edit, StatusCode::FORBIDDEN, "đang lấy ý kiến");
        let submit = minh.post(&format!("{plan}/submission"), &[]).await;
        assert_eq!(
            submit.status,
            StatusCode::FORBIDDEN,
            "not while units are asked"
        );

        let silent = [("answer", "agree_with_remarks"), ("text", "")];
        let own = opinion(&at, &plan, 1);
        let answer = tu.post(&own, &silent).await;
        refused(
            &answer,
            StatusCode::UNPROCESSABLE_ENTITY,
            "Viết nội dung góp ý",
        );
        let remark = [
            ("answer", "agree_with_remarks"),
            ("text", "Lùi hội nghị sang tháng 3"),
        ];
        let foreign = tu.post(&opinion(&at, &plan, 0), &remark).await;
        refused(&foreign, StatusCode::FORBIDDEN, "thay mặt đơn vị mình");
        assert_eq!(ha.post(&own, &remark).await.status, StatusCode::FORBIDDEN);
        done(&tu.post(&own, &remark).await);
        let on_paper = [("answer", "agree"), ("text", "")];
        done(&minh.post(&opinion(&at, &plan, 0), &on_paper).await);
        let page = minh.get(&ask).await;
        assert!(page.shows("Đã trả lời 2 trên 3 đơn vị"), "{}", page.text());
        assert!(page.shows("Lùi hội nghị sang tháng 3") && page.shows("Chưa trả lời"));

        let end = format!("{ask}/end");
        assert_eq!(tu.post(&end, &[]).await.status, StatusCode::FORBIDDEN);
        done(&minh.post(&end, &[]).await);
        assert!(minh.get(&ask).await.shows("Không có ý kiến"));
        let late = tu.post(&own, &remark).await;
        assert_eq!(late.status, StatusCode::FORBIDDEN, "the round is over");

        let unresolved = minh.post(&format!("{plan}/submission"), &[]).await;
        refused(
            &unresolved,
            StatusCode::UNPROCESSABLE_ENTITY,
            "Còn 1 ý kiến góp ý",
        );
        let resolution = format!("{own}/resolution");
        let why = [("taken", "no"), ("reply", "")];
        let answer = minh.post(&resolution, &why).await;
        refused(
            &answer,
            StatusCode::UNPROCESSABLE_ENTITY,
            "Nêu lý do không tiếp thu",
        );
        done(
            &minh
                .post(
                    &resolution,
                    &[("taken", "no"), ("reply", "Đã mời đại biểu")],
                )
                .await,
        );
        assert!(
            minh.get(&ask)
                .await
                .shows("Không tiếp thu: Đã mời đại biểu")
        );
        done(&minh.post(&format!("{plan}/submission"), &[]).await);
        for (act, n) in [
            ("plan.ask", 1),
            ("plan.answer", 2),
            ("plan.end_round", 1),
            ("plan.resolve", 1),
            ("plan.submit", 1),
        ] {
            assert_eq!(n_acts(&at, act).await, n, "{act}");
        }
    }
}

#[tokio::test]
async fn the_director_gives_back_and_the_paper_is_recorded_as_the_law_writes_it() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let (mut minh, mut bao, mut duyen) = signers(&at, &browser).await;
        let plan = import(&mut minh).await;
        let issue = format!("{plan}/issue");
        let early = bao.post(&issue, &signed("05/KH-STP", "03/03/2023")).await;
        assert_eq!(early.status, StatusCode::FORBIDDEN, "a draft is not issued");
        done(&minh.post(&format!("{plan}/submission"), &[]).await);

        let unexplained = bao.post(&format!("{plan}/return"), &[]).await;
        assert_eq!(unexplained.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unexplained.shows("id=\"reason-error\""));
        let why = [("reason", "Bổ sung số lượng tờ gấp")];
        let own = minh.post(&format!("{plan}/return"), &why).await;
        assert_eq!(
            own.status,
            StatusCode::FORBIDDEN,
            "the officer does not give back"
        );
        done(&bao.post(&format!("{plan}/return"), &why).await);
        assert!(
            minh.get(&format!("{plan}/life"))
                .await
                .shows("Bổ sung số lượng tờ gấp")
        );
        done(&minh.post(&format!("{plan}/submission"), &[]).await);
        done(&minh.post(&format!("{plan}/recall"), &[]).await);
        done(&minh.post(&format!("{plan}/submission"), &[]).await);

        for (number, day, words) in [
            ("số năm", "03/03/2023", "không đúng dạng số"),
            ("05/KH-STP", "07/03/2023", "Ngày này chưa tới"),
            ("05/KH-STP", "19/12/2022", "trước ngày 20/12/2022"),
            ("05/KH-STP", "19/12/2021", "phải ban hành trong năm 2023"),
        ] {
            let answer = bao.post(&issue, &signed(number, day)).await;
            refused(&answer, StatusCode::UNPROCESSABLE_ENTITY, words);
            assert!(
                answer.shows(&format!("value=\"{number}\"")),
                "what was typed is lost"
            );
        }
        let fields = signed("05/KH-STP", "03/03/2023");
        let unproved = duyen.post(&issue, &fields).await;
        refused(&unproved, StatusCode::UNPROCESSABLE_ENTITY, "Kèm bản đã ký");
        let text = duyen
            .upload(&issue, &fields, ("scan", "ky.txt", b"da ky"))
            .await;
        refused(&text, StatusCode::UNPROCESSABLE_ENTITY, "tệp PDF hoặc ảnh");
        done(
            &duyen
                .upload(&issue, &fields, ("scan", "05-KH.pdf", SCAN))
                .await,
        );

        let life = minh.get(&format!("{plan}/life")).await;
        assert!(life.shows("Đang thực hiện") && life.shows("05-KH.pdf"));
        assert!(life.shows("3 hoạt động"), "the baseline is told");
        assert_eq!(n_acts(&at, "plan.issue").await, 1);
        let edit = minh.get(&format!("{plan}/tasks/new")).await;
        refused(&edit, StatusCode::FORBIDDEN, "Kế hoạch đã ban hành");
        let again = duyen
            .upload(&issue, &fields, ("scan", "05-KH.pdf", SCAN))
            .await;
        done(&again);
        assert_eq!(
            n_acts(&at, "plan.correct").await,
            1,
            "it mends, it does not issue twice"
        );
        let other = import(&mut minh).await;
        let taken = minh.post(&format!("{other}/issue"), &fields).await;
        refused(
            &taken,
            StatusCode::UNPROCESSABLE_ENTITY,
            "đã dùng cho văn bản khác",
        );
    }
}

#[tokio::test]
async fn the_public_sees_a_scan_once_its_plan_is_public() {
    for backend in BOTH {
        let (at, browser) = stage(backend).await;
        let (mut minh, mut bao, mut duyen) = signers(&at, &browser).await;
        let plan = import(&mut minh).await;
        done(&minh.post(&format!("{plan}/submission"), &[]).await);
        let fields = signed("05/KH-STP", "03/03/2023");
        let issue = format!("{plan}/issue");
        done(
            &duyen
                .upload(&issue, &fields, ("scan", "05-KH.pdf", SCAN))
                .await,
        );
        // The director who comes to issue it is led to where it says that it is issued.
        assert_eq!(bao.get(&issue).await.location(), format!("{plan}/life"));
        let page = minh.get(&format!("{plan}/life")).await.text();
        let sha256 = page.split("/desk/files/").nth(1).unwrap()[..64].to_owned();
        let mut citizen = browser.stranger();
        let file = format!("/tep/{sha256}");
        assert_eq!(citizen.get(&file).await.status, StatusCode::NOT_FOUND);
        let version = value(&minh.get(&format!("{plan}/edit")).await, "version");
        let public = [
            ("is_public", "1"),
            ("version", &*version),
            ("title", "Tên khác"),
        ];
        done(&minh.post(&format!("{plan}/edit"), &public).await);
        assert_eq!(citizen.get(&file).await.bytes, SCAN);
        let page = citizen.get("/ke-hoach/2023").await;
        assert!(
            page.shows(&file) && page.shows("Nguyễn Quốc Bảo"),
            "{}",
            page.text()
        );
        assert!(!page.shows("Tên khác"), "an issued plan keeps its title");
        assert!(page.shows("Kế hoạch chưa điều chỉnh lần nào"));
    }
}

async fn signers(at: &EditorialStage, browser: &Browser) -> (Browser, Browser, Browser) {
    let person = |word, name, role| at.stage.person(word, name, role, 0);
    person("bao", "Nguyễn Quốc Bảo", &[base::Role::Director]).await;
    person("duyen", "Ngô Thị Duyên", &[base::Role::Clerk]).await;
    (
        browser.of("minh").await,
        browser.of("bao").await,
        browser.of("duyen").await,
    )
}

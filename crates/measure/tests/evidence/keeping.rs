//! Keeping a piece, saying what it proves, noticing what is there twice, withdrawing.

use std::sync::Arc;

use axum::body::Body;
use base::id::EvidenceId;
use base::{Role, Subject, SubjectKind};
use db::testing::BOTH;
use house::evidence::{count_of_subjects, of_subject, subjects_of};
use house::testing::{Answer, Browser};
use http::{Request, StatusCode};
use measure::evidence::PackKey;

use crate::office::{Office, office};

pub const MINUTES: &[u8] = b"%PDF-1.7 minutes of the conference";

/// Sends the form of a new piece with a file.
pub async fn send(browser: &mut Browser, fields: &[(&str, &str)], file: (&str, &[u8])) -> Answer {
    let path = "/desk/evidence/new";
    browser.upload(path, fields, ("file", file.0, file.1)).await
}

/// The fields of minutes of an activity.
pub fn minutes(activity: &str) -> Vec<(&str, &str)> {
    vec![
        ("kind", "minutes"),
        ("title", "Biên bản hội nghị quán triệt"),
        ("shown_on", "27/02/2023"),
        ("activities", activity),
    ]
}

pub fn id_of(answer: &Answer) -> EvidenceId {
    let rest = answer.location().strip_prefix("/desk/evidence/").unwrap();
    rest.split('?').next().unwrap().parse().unwrap()
}

/// Opens a page as the served house does, with the log's key at hand.
async fn open(office: &Office, browser: &mut Browser, path: &str) -> Answer {
    let mut request = Request::get(path).body(Body::empty()).unwrap();
    let key = PackKey(Arc::new(office.key.clone()));
    request.extensions_mut().insert(key);
    browser.send(request).await
}

#[tokio::test]
async fn minutes_are_kept_with_hash_and_log_and_prove_their_activity() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let activity = office.activities[1].to_string();
        let file = ("bien-ban.pdf", MINUTES);
        let answer = send(&mut minh, &minutes(&activity), file).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let id = id_of(&answer);
        let page = open(&office, &mut minh, answer.location()).await;
        assert!(page.shows("Đã lưu minh chứng") && page.shows("Chờ niêm phong"));
        assert!(page.shows(&house::evidence::CapturedFile::of("", "", MINUTES).sha256));
        assert!(page.shows("Nguyên vẹn, khớp mã băm"), "{}", page.text());
        assert!(page.shows("Hoạt động: Hội nghị quán triệt"));
        assert!(page.shows("27/02/2023") && page.shows("Trần Thị Minh"));
        office.seal().await;
        let page = open(&office, &mut minh, answer.location()).await;
        assert!(
            page.shows("Đã kiểm: bản ghi nằm trong nhật ký"),
            "{}",
            page.text()
        );
        let mut read = office.editorial.db.read().await.unwrap();
        let subject = Subject::new(SubjectKind::Activity, &activity);
        let found = of_subject(&mut read, office.stage.agency, &subject)
            .await
            .unwrap();
        assert_eq!(found.iter().map(|piece| piece.id).collect::<Vec<_>>(), [id]);
        let list = minh.get("/desk/evidence?kind=minutes&q=bien+ban+HOI").await;
        assert!(
            list.shows("Biên bản hội nghị quán triệt"),
            "{}",
            list.text()
        );
        for other in ["kind=photo", "q=khac", "from=2023-03-01", "state=withdrawn"] {
            let list = minh.get(&format!("/desk/evidence?{other}")).await;
            assert!(list.shows("Không có minh chứng nào như vậy"), "{other}");
        }
    }
}

#[tokio::test]
async fn one_piece_proves_many_things_and_each_may_be_taken_back() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let [one, two] = [0, 1].map(|n| office.activities[n].to_string());
        let answer = send(&mut minh, &minutes(&two), ("a.pdf", MINUTES)).await;
        let id = id_of(&answer);
        let address = format!("/desk/evidence/{id}");
        let attached = minh
            .post(&format!("{address}/activities"), &[("activities", &one)])
            .await;
        assert_eq!(
            attached.location(),
            format!("{address}?done=evidence-attached")
        );
        // Another feature attaches it to what is its own.
        let score = Subject::new(
            SubjectKind::SelfScore,
            "0b9f0b9e-0000-7000-8000-000000000001",
        );
        let actor = office.actor("minh").await;
        let house = &office.editorial.house;
        for _ in 0..2 {
            let mut act = house.db.act().await.unwrap();
            let pair = (id, &score);
            house::evidence::attach(house, &mut act, &actor, pair)
                .await
                .unwrap();
            act.commit().await.unwrap();
        }
        let mut read = house.db.read().await.unwrap();
        assert_eq!(subjects_of(&mut read, id).await.unwrap().len(), 3);
        let agency = office.stage.agency;
        let counts = count_of_subjects(&mut read, agency, SubjectKind::SelfScore).await;
        assert_eq!(counts.unwrap().get(&score.id), Some(&1));
        drop(read);
        let page = minh.get(&address).await;
        assert!(page.shows("Một điểm tự chấm") && page.shows("Đăng tin trên cổng"));
        let removal = format!("{address}/activities/{one}/removal");
        let gone = minh.post(&removal, &[]).await;
        assert_eq!(gone.location(), format!("{address}?done=evidence-detached"));
        assert_eq!(minh.post(&removal, &[]).await.status, StatusCode::NOT_FOUND);
        let none = minh.post(&format!("{address}/activities"), &[]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.shows("Chọn ít nhất một hoạt động"));
    }
}

#[tokio::test]
async fn a_wrong_form_names_everything_and_keeps_what_was_typed() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let fields = [
            ("kind", "photo"),
            ("title", "Ảnh hội nghị"),
            ("shown_on", "2023-03-07"),
        ];
        let answer = send(&mut minh, &fields, ("a.pdf", MINUTES)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in [
            "Ngày này chưa đến",
            "Ảnh không có địa điểm",
            "Tệp này không hợp với loại",
            "Chọn ít nhất một hoạt động, hoặc viết",
            "Ảnh hội nghị",
            "Đã nhận tệp",
        ] {
            assert!(answer.shows(words), "{words}: {}", answer.text());
        }
        let page = b"<html><script>alert(1)</script></html>";
        let archive = b"PK\x03\x04 anything";
        let broken = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0";
        for (name, bytes) in [("a.pdf", &page[..]), ("a.zip", archive), ("a.png", broken)] {
            let activity = office.activities[1].to_string();
            let answer = send(&mut minh, &minutes(&activity), (name, bytes)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        }
    }
}

#[tokio::test]
async fn the_same_file_or_link_again_is_told_and_kept_only_with_a_reason() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let activity = office.activities[1].to_string();
        let first = send(&mut minh, &minutes(&activity), ("a.pdf", MINUTES)).await;
        let older = format!("/desk/evidence/{}", id_of(&first));
        let mut again = minutes(&activity);
        again[1].1 = "Biên bản gửi lại";
        let answer = send(&mut minh, &again, ("b.pdf", MINUTES)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("Tệp này đã có trong sổ") && answer.shows(&older));
        assert!(answer.shows("Biên bản gửi lại"), "what was typed is kept");
        again.push(("anyway", "1"));
        let silent = send(&mut minh, &again, ("b.pdf", MINUTES)).await;
        assert!(silent.shows("Ghi lý do giữ cả hai"));
        again.push(("kept_because", "Hai cuộc họp chung một biên bản"));
        let kept = send(&mut minh, &again, ("b.pdf", MINUTES)).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
        let list = minh.get("/desk/evidence/duplicates").await;
        assert!(list.shows("Hai cuộc họp chung một biên bản") && list.shows(&older));

        let link = |link| {
            vec![
                ("kind", "publication"),
                ("title", "Báo đưa tin"),
                ("shown_on", "01/03/2023"),
                ("proves", "Báo đã đưa tin"),
                ("without_file", "1"),
                ("link", link),
            ]
        };
        let path = "/desk/evidence/new";
        let one = minh
            .post(
                path,
                &link("https://bao.example/tin/1?id=5&utm_source=zalo"),
            )
            .await;
        assert_eq!(one.status, StatusCode::SEE_OTHER, "{}", one.text());
        let same = minh
            .post(path, &link("http://www.BAO.example/tin/1/?fbclid=x&id=5#y"))
            .await;
        assert!(same.shows("Liên kết này đã có trong sổ"), "{}", same.text());
        let other = minh
            .post(path, &link("https://bao.example/tin/1?id=6"))
            .await;
        assert_eq!(other.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn what_is_withdrawn_stays_with_its_reason_and_proves_nothing() {
    for backend in BOTH {
        let office = office(backend).await;
        let mut minh = office.browser.of("minh").await;
        let activity = office.activities[1].to_string();
        let answer = send(&mut minh, &minutes(&activity), ("a.pdf", MINUTES)).await;
        let address = format!("/desk/evidence/{}", id_of(&answer));
        let silent = minh
            .post(&format!("{address}/withdrawal"), &[("reason", " ")])
            .await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let form = [("reason", "Nhầm biên bản của cuộc họp khác")];
        let gone = minh.post(&format!("{address}/withdrawal"), &form).await;
        assert_eq!(
            gone.location(),
            format!("{address}?done=evidence-withdrawn")
        );
        let page = minh.get(&address).await;
        assert!(page.shows("Nhầm biên bản của cuộc họp khác") && page.shows("a.pdf"));
        let again = minh.post(&format!("{address}/withdrawal"), &form).await;
        assert!(again.shows("Minh chứng này đã rút"), "{}", again.text());
        let attach = [("activities", activity.as_str())];
        let attached = minh.post(&format!("{address}/activities"), &attach).await;
        assert_eq!(attached.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut read = office.editorial.db.read().await.unwrap();
        let subject = Subject::new(SubjectKind::Activity, &activity);
        let found = of_subject(&mut read, office.stage.agency, &subject)
            .await
            .unwrap();
        assert!(found.is_empty(), "it still proves something");
        drop(read);
        // What was withdrawn is no repeat: the right one may be the same file.
        let anew = send(&mut minh, &minutes(&activity), ("a.pdf", MINUTES)).await;
        assert_eq!(anew.status, StatusCode::SEE_OTHER, "{}", anew.text());
        let list = minh.get("/desk/evidence?state=withdrawn").await;
        assert!(list.shows("Biên bản hội nghị quán triệt"));
    }
}

#[tokio::test]
async fn an_appraiser_reads_all_of_it_and_changes_nothing() {
    for backend in BOTH {
        let office = office(backend).await;
        office
            .stage
            .person("khac", "Lê Khác", &[Role::Writer], 2)
            .await;
        let mut minh = office.browser.of("minh").await;
        let activity = office.activities[1].to_string();
        let answer = send(&mut minh, &minutes(&activity), ("a.pdf", MINUTES)).await;
        let address = format!("/desk/evidence/{}", id_of(&answer));
        let mut reader = office.browser.of("noivu").await;
        for path in [
            "/desk/evidence",
            &address,
            "/desk/evidence/missing",
            "/desk/evidence/duplicates",
            "/desk/evidence/pack",
            &format!("/desk/evidence/activities/{activity}"),
        ] {
            let page = reader.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            for word in ["Rút minh chứng", "Gắn thêm hoạt động", "Thêm minh chứng"] {
                assert!(!page.shows(word), "{path} offers {word}");
            }
        }
        let [attach, withdraw] = ["activities", "withdrawal"].map(|end| format!("{address}/{end}"));
        let form = [
            ("activities", activity.as_str()),
            ("reason", "x"),
            ("kinds", "photo"),
        ];
        let choose = format!("/desk/evidence/activities/{activity}");
        for path in [
            "/desk/evidence/new",
            &attach,
            &withdraw,
            &choose,
            "/desk/evidence/offers",
        ] {
            let answer = reader.post(path, &form).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
        // A writer of another unit adds own pieces and leaves others' alone.
        let mut writer = office.browser.of("khac").await;
        for path in [&attach, &withdraw] {
            let answer = writer.post(path, &form).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
}

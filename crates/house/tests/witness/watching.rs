//! The database is put back, under a running office and between two processes: it is noticed, said,
//! and proved.

use db::testing::BOTH;
use db::{Backend, values};
use house::audit::Checkpoint;
use house::witness;
use http::StatusCode;

use crate::office::Office;

const REASON: &str = "Ổ đĩa hỏng ngày 06/3, khôi phục từ bản sao lưu theo biên bản 12/BB-STP.";

/// The desk's banner.
const BANNER: &str = "Có thể cơ sở dữ liệu đã bị thay bằng bản cũ";

#[tokio::test]
async fn rows_deleted_under_a_running_office_are_noticed_at_the_next_look() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        office.acts(5).await;
        office.acts(300).await;
        witness::look(office.house()).await.unwrap();
        let mut quy = office.browser().of("quy").await;
        assert!(!quy.get("/desk/log").await.shows(BANNER));
        let signed = office.note().await;

        office.roll_back_rows(5).await;
        assert!(
            office.verdict().await.ok,
            "the older copy agrees with itself"
        );
        witness::look(office.house()).await.unwrap();

        for word in ["quy", "son"] {
            let mut person = office.browser().of(word).await;
            let page = person.get("/desk/password").await;
            assert!(page.shows(BANNER), "{word} is told on every page");
        }
        let mut ha = office.browser().of("ha").await;
        assert!(!ha.get("/desk/password").await.shows(BANNER));
        let letters = "SELECT COUNT(*) AS n FROM outbox WHERE kind = 'log_alarm'";
        assert_eq!(
            office.count(letters).await,
            1,
            "one letter to the administrator"
        );

        let list = quy.get("/desk/log").await.text();
        let at = list.find("/desk/log/alarms/").unwrap();
        let href: String = list[at..].chars().take_while(|c| *c != '"').collect();
        let notes = quy.get(&format!("{href}/notes")).await;
        assert!(notes.shows(&signed), "the note signed before is there");
        let key = office.house().log.key().verifier();
        let own = notes.text().split_once("= found\n").unwrap().1.to_owned();
        assert_eq!(Checkpoint::open(&own, key).unwrap().size, 5);
    }
}

#[tokio::test]
async fn nothing_more_is_signed_until_somebody_says_why() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        office.acts(5).await;
        office.acts(20).await;
        office.roll_back_rows(5).await;
        office.acts(1).await;
        assert_eq!(office.length().await, 5, "the guard is before the sealing");
        office.acts(1).await;
        assert_eq!(office.length().await, 5);

        let mut quy = office.browser().of("quy").await;
        let list = quy.get("/desk/log").await.text();
        let at = list.find("/desk/log/alarms/").unwrap();
        let href: String = list[at..].chars().take_while(|c| *c != '"').collect();
        let mut son = office.browser().of("son").await;
        let answer = son.post(&href, &[("reason", REASON)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let answer = quy.post(&href, &[("reason", "nhầm")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let answer = quy.post(&href, &[("reason", REASON)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let again = quy.post(&href, &[("reason", REASON)]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!quy.get("/desk/password").await.shows(BANNER));

        office.acts(1).await;
        assert!(
            office.length().await > 7,
            "sealed again, with the alarm and its end"
        );
        let settled = "SELECT COUNT(*) AS n FROM audit_entry WHERE act = 'log.settle'";
        assert_eq!(office.count(settled).await, 1);
        witness::look(office.house()).await.unwrap();
        assert!(
            !quy.get("/desk/password").await.shows(BANNER),
            "what is settled is over"
        );

        office.roll_back_rows(6).await;
        witness::look(office.house()).await.unwrap();
        assert!(
            quy.get("/desk/password").await.shows(BANNER),
            "the next one is another"
        );
    }
}

#[tokio::test]
async fn an_older_copy_of_the_file_is_noticed_by_the_next_process() {
    let mut office = Office::open(Backend::Sqlite).await;
    office.acts(5).await;
    office
        .stage
        .restart(|dir| {
            std::fs::copy(dir.join("loa.db"), dir.join("old.db")).unwrap();
        })
        .await;
    office.acts(20).await;
    let put_back = |dir: &std::path::Path| {
        std::fs::copy(dir.join("old.db"), dir.join("loa.db")).unwrap();
        for tail in ["loa.db-wal", "loa.db-shm"] {
            let _ = std::fs::remove_file(dir.join(tail));
        }
    };
    office.stage.restart(put_back).await;
    assert_eq!(office.length().await, 5, "truly the older copy");
    assert!(office.verdict().await.ok);
    office.acts(1).await;
    assert_eq!(office.length().await, 5, "and it signs nothing");
    let alarms =
        "SELECT COUNT(*) AS n FROM log_alarm WHERE kind = 'rolled_back' AND source = 'folder'";
    assert_eq!(office.count(alarms).await, 1);
}

#[tokio::test]
async fn a_clean_end_and_beginning_is_no_alarm() {
    for backend in BOTH {
        let mut office = Office::open(backend).await;
        for round in 0..20 {
            office.acts(round * 17 % 40).await;
            witness::look(office.house()).await.unwrap();
            if round % 6 == 5 {
                office.stage.restart(|_| {}).await;
                witness::look(office.house()).await.unwrap();
            }
        }
        assert_eq!(office.count("SELECT COUNT(*) AS n FROM log_alarm").await, 0);
        assert!(office.verdict().await.ok);
    }
}

#[tokio::test]
async fn an_edited_past_is_a_fork() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        office.acts(10).await;
        witness::look(office.house()).await.unwrap();
        office.disarm().await;
        let hash = vec![1u8; 32];
        office
            .run(
                "UPDATE audit_leaf SET hash = ? WHERE seq = 3",
                &values![hash],
            )
            .await;
        witness::look(office.house()).await.unwrap();
        let forks = "SELECT COUNT(*) AS n FROM log_alarm WHERE kind = 'forked'";
        assert!(office.count(forks).await >= 1);
        let mut quy = office.browser().of("quy").await;
        assert!(
            quy.get("/desk/password")
                .await
                .shows("không còn khớp với mốc")
        );
    }
}

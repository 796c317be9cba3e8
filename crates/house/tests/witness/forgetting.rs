//! A person is forgotten on request, and everything that was proved stays proved.

use base::Role;
use base::id::AccountId;
use db::testing::BOTH;
use db::values;
use house::audit::ProofFile;
use house::witness;
use http::StatusCode;

use crate::office::Office;

const REASON: &str = "Theo đơn yêu cầu ngày 05/12/2023.";

/// Adds a person at the desk; returns their account.
async fn hire(office: &Office) -> AccountId {
    let mut quy = office.browser().of("quy").await;
    let fields = [
        ("email", "lan.tam@loa.example"),
        ("name", "Hồ Lan Tâm"),
        ("roles", "writer"),
    ];
    let answer = quy.post("/desk/accounts/new", &fields).await;
    assert_eq!(answer.status, StatusCode::OK);
    let mut read = office.house().db.read().await.unwrap();
    let row = read
        .row(
            "SELECT id FROM account WHERE email = 'lan.tam@loa.example'",
            &values![],
        )
        .await
        .unwrap();
    row.parse("id").unwrap()
}

async fn everything(office: &Office) -> String {
    let mut read = office.house().db.read().await.unwrap();
    let entries = "SELECT actor_name, data, subject_id FROM audit_entry ORDER BY id";
    let rows = read.rows(entries, &values![]).await.unwrap();
    let mut text = String::new();
    for row in rows {
        text += &row.maybe_text("actor_name").unwrap().unwrap_or_default();
        text += &row.text("data").unwrap();
    }
    let accounts = "SELECT email, name, pen_name, job_title FROM account ORDER BY id";
    for row in read.rows(accounts, &values![]).await.unwrap() {
        for column in ["email", "name", "pen_name", "job_title"] {
            text += &row.text(column).unwrap();
        }
    }
    text
}

#[tokio::test]
async fn names_and_addresses_are_in_the_log_only_under_a_key() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let id = hire(&office).await;
        witness::seal(office.house()).await.unwrap();
        let mut read = office.house().db.read().await.unwrap();
        let sql =
            "SELECT actor_name, data FROM audit_entry WHERE act = 'account.add' AND subject_id = ?";
        let row = read.row(sql, &values![id]).await.unwrap();
        let (name, data) = (row.text("actor_name").unwrap(), row.text("data").unwrap());
        assert!(name.starts_with("sealed/1:"), "{name}");
        assert!(
            !data.contains("lan.tam") && data.contains("sealed/1:"),
            "{data}"
        );
        drop(read);
        let mut quy = office.browser().of("quy").await;
        let list = quy.get("/desk/log?kind=account").await;
        assert!(
            list.shows("Trần Quý"),
            "who may read the log reads the name"
        );
        assert!(office.verdict().await.ok);
    }
}

#[tokio::test]
async fn a_person_is_forgotten_and_every_proof_still_verifies() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let id = hire(&office).await;
        office.acts(5).await;
        let mut quy = office.browser().of("quy").await;
        let list = quy
            .get(&format!("/desk/log?kind=account&subject={id}"))
            .await;
        let text = list.text();
        let at = text.find("/desk/log/entries/").unwrap();
        let entry: String = text[at..].chars().take_while(|c| *c != '"').collect();
        assert!(quy.get(&entry).await.shows("lan.tam@loa.example"));
        let proof = quy.get(&format!("{entry}/proof")).await.text();
        let file: ProofFile = serde_json::from_str(&proof).unwrap();

        let path = format!("/desk/accounts/{id}/erasure");
        assert!(quy.get(&path).await.shows("Hồ Lan Tâm"));
        let answer = quy.post(&path, &[("reason", "vì")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut ha = office.browser().of("ha").await;
        let answer = ha.post(&path, &[("reason", REASON)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let answer = quy.post(&path, &[("reason", REASON)]).await;
        assert_eq!(
            answer.location(),
            format!("/desk/accounts/{id}?done=account-erased")
        );
        let again = quy.post(&path, &[("reason", REASON)]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        office.acts(3).await;

        let all = everything(&office).await;
        assert!(
            !all.contains("Lan Tâm") && !all.contains("lan.tam"),
            "{all}"
        );
        let page = quy.get(&entry).await;
        assert!(page.shows("đã xoá theo yêu cầu") && !page.shows("lan.tam"));
        assert!(page.shows("Trần Quý"), "others are not forgotten");
        let verdict = office.verdict().await;
        assert!(verdict.ok, "{:?}", verdict.faults);
        let key = office.house().log.key().verifier();
        assert!(file.check(Some(key)).ok, "a proof made before");
        let after = quy.get(&format!("{entry}/proof")).await.text();
        let after: ProofFile = serde_json::from_str(&after).unwrap();
        assert!(after.check(Some(key)).ok, "and one made after");
        assert_eq!(
            file.entry.unwrap().leaf,
            after.entry.unwrap().leaf,
            "the same bytes"
        );
    }
}

#[tokio::test]
async fn nobody_erases_themselves_or_the_last_administrator() {
    let office = Office::open(db::Backend::Sqlite).await;
    office
        .stage
        .person("an", "Bùi An", &[Role::Administrator], 0)
        .await;
    let mut read = office.house().db.read().await.unwrap();
    let sql = "SELECT id FROM account WHERE email = 'quy@loa.example'";
    let quy_id = read.row(sql, &values![]).await.unwrap().text("id").unwrap();
    drop(read);
    let mut quy = office.browser().of("quy").await;
    let path = format!("/desk/accounts/{quy_id}/erasure");
    let answer = quy.post(&path, &[("reason", REASON)]).await;
    assert!(answer.shows("Không ai tự xoá"));
    let mut an = office.browser().of("an").await;
    let answer = an.post(&path, &[("reason", REASON)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = quy.get("/desk/log").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "the session has ended");
}

#[tokio::test]
async fn a_key_that_is_gone_changed_or_back_again_is_found() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        let id = hire(&office).await;
        office.acts(2).await;
        let kinds = |verdict: &house::audit::LogVerdict| {
            verdict
                .faults
                .iter()
                .map(|fault| fault.kind.code())
                .collect::<Vec<_>>()
        };
        let key = "UPDATE audit_person_key SET secret = ?, erased_at = ? WHERE account_id = ?";
        let mut read = office.house().db.read().await.unwrap();
        let sql = "SELECT secret FROM audit_person_key WHERE account_id = ?";
        let secret = read
            .row(sql, &values![id])
            .await
            .unwrap()
            .bytes("secret")
            .unwrap();
        drop(read);
        let mut changed = secret.clone();
        changed[31] ^= 1;
        office.run(key, &values![changed, None::<i64>, id]).await;
        assert_eq!(kinds(&office.verdict().await), ["key"], "another key");
        office.run(key, &values![None::<Vec<u8>>, 5i64, id]).await;
        assert_eq!(
            kinds(&office.verdict().await),
            ["key"],
            "erased without an act"
        );
        office
            .run(key, &values![secret.clone(), None::<i64>, id])
            .await;
        assert!(office.verdict().await.ok);
        let mut quy = office.browser().of("quy").await;
        let path = format!("/desk/accounts/{id}/erasure");
        quy.post(&path, &[("reason", REASON)]).await;
        office.acts(1).await;
        assert!(office.verdict().await.ok);
        office.run(key, &values![secret, None::<i64>, id]).await;
        assert_eq!(
            kinds(&office.verdict().await),
            ["unerased"],
            "as out of a backup"
        );
    }
}

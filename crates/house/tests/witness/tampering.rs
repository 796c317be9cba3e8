//! Every changed byte of a row under seal is found by the walk, and named; any order of acts gives
//! a log that holds.

use base::id::{AccountId, Uuid};
use base::{Actor, Roles, Subject, SubjectKind};
use db::testing::BOTH;
use db::{Value, values};
use house::audit::{Doer, personal};
use house::witness;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use crate::office::Office;

/// A column under seal: how it is read, and how another value is put there.
struct Column {
    name: &'static str,
    is_bytes: bool,
    read: &'static str,
    write: &'static str,
}

macro_rules! columns {
    ($($table:literal . $column:literal by $key:literal $bytes:expr),* $(,)?) => {
        [$(Column {
            name: concat!($table, ".", $column),
            is_bytes: $bytes,
            read: concat!("SELECT ", $key, " AS key, ", $column, " AS value FROM ", $table, " ORDER BY ", $key),
            write: concat!("UPDATE ", $table, " SET ", $column, " = ? WHERE ", $key, " = ?"),
        }),*]
    };
}

/// Every text and hash of the log's rows, and the keys of people.
const COLUMNS: [Column; 14] = columns![
    "audit_entry"."agency_id" by "id" false,
    "audit_entry"."actor_id" by "id" false,
    "audit_entry"."actor_name" by "id" false,
    "audit_entry"."act" by "id" false,
    "audit_entry"."subject_kind" by "id" false,
    "audit_entry"."subject_id" by "id" false,
    "audit_entry"."data" by "id" false,
    "audit_entry"."hash" by "id" true,
    "audit_leaf"."hash" by "seq" true,
    "audit_leaf"."entry_id" by "seq" false,
    "audit_tile"."hashes" by "tile" true,
    "audit_tile"."root" by "tile" true,
    "audit_checkpoint"."note" by "size" false,
    "audit_person_key"."secret" by "account_id" true,
];

impl Column {
    /// Every key and value.
    async fn rows(&self, office: &Office) -> Vec<(Value, Vec<u8>)> {
        let mut read = office.house().db.read().await.unwrap();
        let rows = read.rows(self.read, &values![]).await.unwrap();
        rows.iter()
            .filter_map(|row| {
                let key = match self.name.split('.').next() {
                    Some("audit_leaf" | "audit_tile" | "audit_checkpoint") => {
                        Value::Int(Some(row.int("key").unwrap()))
                    }
                    _ => Value::Text(Some(row.text("key").unwrap())),
                };
                let value = match self.is_bytes {
                    true => row.maybe_bytes("value").unwrap(),
                    false => row.maybe_text("value").unwrap().map(String::into_bytes),
                };
                Some((key, value?))
            })
            .collect()
    }

    /// Puts the bytes there; false when the database does not take them.
    async fn write(&self, office: &Office, key: &Value, bytes: &[u8]) -> bool {
        let value = match (self.is_bytes, String::from_utf8(bytes.to_vec())) {
            (true, _) => Value::Bytes(Some(bytes.to_vec())),
            (false, Ok(text)) if !text.contains('\0') => Value::Text(Some(text)),
            _ => return false,
        };
        let mut act = office.house().db.act().await.unwrap();
        match act.run(self.write, &[value, key.clone()]).await {
            Ok(_) => act.commit().await.is_ok(),
            Err(_) => false,
        }
    }
}

fn actor(office: &Office, n: u128) -> Actor {
    Actor {
        account: AccountId::from(Uuid::from_u128(n + 1)),
        agency: office.stage.agency,
        unit: None,
        name: format!("Người thứ {n}"),
        roles: Roles::default(),
    }
}

/// Acts by people, each with words of somebody in it.
async fn acts(office: &Office, n: u128) {
    let house = office.house();
    let mut act = house.db.act().await.unwrap();
    for n in 0..n {
        let actor = actor(office, n % 3);
        let subject = Subject::new(SubjectKind::Plan, n);
        let email = personal(actor.account, "x@y.example");
        let data = json!({ "n": 1, "title": "Kế hoạch", "email": email });
        house
            .record(&mut act, &actor, "plan.edit", subject, data)
            .await
            .unwrap();
    }
    act.commit().await.unwrap();
    witness::seal(house).await.unwrap();
}

#[tokio::test]
async fn every_changed_byte_of_a_row_under_seal_is_found_and_named() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        acts(&office, 30).await;
        acts(&office, 260).await;
        office.disarm().await;
        assert!(office.verdict().await.ok);
        let mut pick = 7usize;
        let mut found = 0;
        for column in &COLUMNS {
            let rows = column.rows(&office).await;
            assert!(!rows.is_empty(), "{} holds nothing", column.name);
            for _ in 0..6 {
                pick = pick.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let (key, bytes) = &rows[(pick >> 33) % rows.len()];
                let mut changed = bytes.clone();
                let at = (pick >> 17) % changed.len();
                changed[at] ^= 1 << ((pick >> 40) % 7);
                if !column.write(&office, key, &changed).await {
                    continue;
                }
                let verdict = office.verdict().await;
                assert!(!verdict.ok, "{} {key:?} byte {at}", column.name);
                assert!(verdict.first_bad.is_some(), "{} is named", column.name);
                assert!(column.write(&office, key, bytes).await);
                found += 1;
            }
        }
        assert!(
            found > 40,
            "only {found} changes were taken by the database"
        );
        assert!(office.verdict().await.ok, "all is as it was");
    }
}

#[tokio::test]
async fn a_changed_number_of_a_row_under_seal_is_found() {
    for backend in BOTH {
        let office = Office::open(backend).await;
        acts(&office, 300).await;
        office.disarm().await;
        for (change, back) in [
            (
                "UPDATE audit_entry SET at = at + 1 WHERE id = (SELECT MIN(id) FROM audit_entry)",
                "UPDATE audit_entry SET at = at - 1 WHERE id = (SELECT MIN(id) FROM audit_entry)",
            ),
            (
                "UPDATE audit_head SET size = size + 1",
                "UPDATE audit_head SET size = size - 1",
            ),
            (
                "UPDATE audit_checkpoint SET size = size + 1",
                "UPDATE audit_checkpoint SET size = size - 1",
            ),
            (
                "UPDATE audit_leaf SET seq = seq + 1000 WHERE seq = 9",
                "UPDATE audit_leaf SET seq = seq - 1000 WHERE seq = 1009",
            ),
            (
                "UPDATE audit_tile SET tile = tile + 1",
                "UPDATE audit_tile SET tile = tile - 1",
            ),
            (
                "UPDATE audit_tile SET level = level + 1",
                "UPDATE audit_tile SET level = level - 1",
            ),
        ] {
            office.run(change, &values![]).await;
            let verdict = office.verdict().await;
            assert!(!verdict.ok && verdict.first_bad.is_some(), "{change}");
            office.run(back, &values![]).await;
            assert!(office.verdict().await.ok, "{back}");
        }
    }
}

#[test]
fn any_order_of_acts_gives_a_log_that_holds() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    for backend in BOTH {
        let office = runtime.block_on(Office::open(backend));
        let mut runner = TestRunner::new(Config {
            cases: 24,
            ..Config::default()
        });
        let steps = prop::collection::vec((0u8..5, 0u128..4, "\\PC{0,12}"), 1..25);
        runner
            .run(&steps, |steps| {
                runtime.block_on(async {
                    for (what, who, words) in &steps {
                        step(&office, (*what, *who, words)).await;
                    }
                    witness::seal(office.house()).await.unwrap();
                    let verdict = office.verdict().await;
                    assert!(verdict.ok && verdict.pending == 0, "{:?}", verdict.faults);
                });
                Ok(())
            })
            .unwrap();
    }
}

/// One thing that may happen.
async fn step(office: &Office, (what, who, words): (u8, u128, &str)) {
    let house = office.house();
    let actor = actor(office, who);
    let subject = Subject::new(SubjectKind::Item, words);
    let mut act = house.db.act().await.unwrap();
    match what {
        0 => {
            let data = json!({ "words": words, "of": personal(actor.account, words) });
            house
                .record(&mut act, &actor, "item.add", subject, data)
                .await
                .unwrap();
        }
        1 => {
            let what = ("item.add", subject, json!({ "words": [words, null] }));
            house
                .record_of(&mut act, office.stage.agency, Doer::Public, what)
                .await
                .unwrap();
        }
        // An act that does not commit leaves nothing.
        2 => {
            house
                .record(&mut act, &actor, "item.add", subject, json!({}))
                .await
                .unwrap();
            return drop(act);
        }
        3 => {
            house.clock.advance_ms(1_000);
            act.commit().await.unwrap();
            return witness::seal(house).await.unwrap();
        }
        _ => {
            let about = Subject::new(SubjectKind::Account, actor.account);
            let by = Doer::System;
            let what = ("account.erase", about, json!({ "reason": words }));
            house
                .record_of(&mut act, office.stage.agency, by, what)
                .await
                .unwrap();
            let now = house.clock.now_ms();
            house
                .forget_person(&mut act, actor.account, now)
                .await
                .unwrap();
            // Without a key there was nothing to forget; the next entry would make one.
            if !is_erased(&mut act, actor.account).await {
                return drop(act);
            }
        }
    }
    act.commit().await.unwrap();
}

async fn is_erased(act: &mut db::Act, account: AccountId) -> bool {
    house::audit::person_store::erased_at(act, account)
        .await
        .unwrap()
        .is_some()
}

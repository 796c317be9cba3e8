//! The log on both databases: written, sealed, proved, tampered with.

use base::id::{AgencyId, Uuid};
use base::subject::SubjectKind;
use base::{Clock, Fault, Ids, Subject};
use db::testing::{BOTH, Fresh, fresh};
use db::{Db, values};
use serde_json::json;

use super::entry::{Doer, Entry};
use super::tree::{verify_consistency, verify_inclusion};
use super::verdict::LogFaultKind;
use super::*;

struct Stage {
    fresh: Fresh,
    key: SigningKey,
    clock: Clock,
    ids: Ids,
}

impl Stage {
    async fn all() -> Vec<Self> {
        let mut stages = Vec::new();
        for backend in BOTH {
            stages.push(Self {
                fresh: fresh(backend).await.unwrap(),
                key: SigningKey::from_seed("stp.example.vn/loa", [3; 32]).unwrap(),
                clock: Clock::manual("2023-03-06T09:41:00Z".parse().unwrap()),
                ids: Ids::counted(1),
            });
        }
        stages
    }

    fn db(&self) -> &Db {
        &self.fresh.db
    }

    fn entry(&self, n: usize) -> Entry {
        Entry {
            id: self.ids.next(&self.clock),
            agency: AgencyId::from(Uuid::from_u128(1)),
            at_ms: self.clock.now_ms(),
            actor: Doer::Public,
            act: "article.read",
            subject: Subject::new(SubjectKind::Article, n),
            data: json!({ "n": n }),
        }
    }

    async fn acts(&self, n: usize) -> Vec<String> {
        let mut act = self.db().act().await.unwrap();
        let mut ids = Vec::new();
        for n in 0..n {
            let entry = self.entry(n);
            ids.push(entry.id.to_string());
            append(&mut act, &entry).await.unwrap();
            self.clock.advance_ms(10);
        }
        act.commit().await.unwrap();
        ids
    }

    async fn verdict(&self) -> LogVerdict {
        verify_log(self.db(), vec![self.key.verifier().clone()], &[])
            .await
            .unwrap()
    }

    async fn runs(&self, sql: &'static str) -> Result<(), Fault> {
        let mut act = self.db().act().await?;
        act.run(sql, &values![]).await?;
        act.commit().await
    }

    /// Does what only the owner of the database can: puts the guards to sleep.
    async fn disarm(&self) {
        let drops: &[&'static str] = match self.db().backend() {
            db::Backend::Sqlite => &[
                "DROP TRIGGER audit_entry_stays",
                "DROP TRIGGER audit_entry_remains",
                "DROP TRIGGER audit_leaf_stays",
                "DROP TRIGGER audit_leaf_remains",
            ],
            db::Backend::Postgres => &[
                "DROP TRIGGER audit_entry_stays ON audit_entry",
                "DROP TRIGGER audit_leaf_stays ON audit_leaf",
            ],
        };
        for sql in drops {
            self.runs(sql).await.unwrap();
        }
    }
}

#[tokio::test]
async fn acts_are_sealed_in_the_order_of_their_insertion() {
    for stage in Stage::all().await {
        assert_eq!(seal(stage.db(), &stage.key).await.unwrap(), None);
        assert!(stage.verdict().await.ok);
        let mut ids = stage.acts(3).await;
        assert_eq!(stage.verdict().await.pending, 3);
        ids.extend(stage.acts(300).await);
        let head = seal(stage.db(), &stage.key).await.unwrap().unwrap();
        assert_eq!(head.size, 303);
        assert_eq!(seal(stage.db(), &stage.key).await.unwrap(), None);
        let mut read = stage.db().read().await.unwrap();
        for (n, id) in ids.iter().enumerate().step_by(50) {
            let leaf = audit_store::leaf_of(&mut read, id).await.unwrap();
            assert_eq!(leaf, Some(n as u64));
        }
        let verdict = stage.verdict().await;
        assert!(verdict.ok, "{:?}", verdict.faults);
        assert_eq!(
            (verdict.leaves, verdict.checkpoints, verdict.pending),
            (303, 1, 0)
        );
        assert_eq!(verdict.root, head.root.to_base64());
    }
}

#[tokio::test]
async fn every_entry_is_proved_and_the_log_continues_itself() {
    for stage in Stage::all().await {
        let ids = stage.acts(10).await;
        let old = seal(stage.db(), &stage.key).await.unwrap().unwrap();
        stage.acts(600).await;
        let new = seal(stage.db(), &stage.key).await.unwrap().unwrap();
        let mut read = stage.db().read().await.unwrap();
        for id in &ids {
            for head in [&old, &new] {
                let proven = prove(&mut read, id, head.size).await.unwrap().unwrap();
                let leaf = proven.entry.leaf_hash();
                assert!(verify_inclusion(
                    leaf,
                    proven.leaf_index,
                    head.size,
                    &proven.proof,
                    head.root
                ));
            }
        }
        let proof = prove_consistency(&mut read, old.size, new.size)
            .await
            .unwrap()
            .unwrap();
        assert!(verify_consistency(
            (old.size, old.root),
            (new.size, new.root),
            &proof
        ));
        assert!(
            prove(&mut read, "nobody", new.size)
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            prove_consistency(&mut read, 700, 610)
                .await
                .unwrap()
                .is_none()
        );
    }
}

#[tokio::test]
async fn an_act_that_does_not_commit_leaves_no_entry() {
    for stage in Stage::all().await {
        let mut act = stage.db().act().await.unwrap();
        append(&mut act, &stage.entry(1)).await.unwrap();
        drop(act);
        assert_eq!(seal(stage.db(), &stage.key).await.unwrap(), None);
        assert_eq!(stage.verdict().await.pending, 0);
    }
}

#[tokio::test]
async fn the_database_refuses_to_change_or_delete_the_log() {
    for stage in Stage::all().await {
        stage.acts(257).await;
        seal(stage.db(), &stage.key).await.unwrap();
        for sql in [
            "UPDATE audit_entry SET act = 'x'",
            "DELETE FROM audit_entry",
            "UPDATE audit_leaf SET seq = seq + 1000",
            "DELETE FROM audit_leaf",
            "UPDATE audit_tile SET tile = 9",
            "DELETE FROM audit_tile",
            "UPDATE audit_checkpoint SET note = ''",
            "DELETE FROM audit_checkpoint",
        ] {
            assert!(stage.runs(sql).await.is_err(), "{sql}");
        }
        assert!(stage.verdict().await.ok);
    }
}

#[tokio::test]
async fn what_the_owner_of_the_database_changes_is_named() {
    for stage in Stage::all().await {
        stage.acts(20).await;
        seal(stage.db(), &stage.key).await.unwrap();
        stage.disarm().await;
        stage
            .runs("UPDATE audit_entry SET subject_id = 'x' WHERE subject_id = '7'")
            .await
            .unwrap();
        let verdict = stage.verdict().await;
        assert_eq!(verdict.first_bad, Some(7));
        assert_eq!(verdict.faults[0].kind, LogFaultKind::Changed);
        stage
            .runs("DELETE FROM audit_leaf WHERE seq = 4")
            .await
            .unwrap();
        let verdict = stage.verdict().await;
        assert_eq!(verdict.first_bad, Some(4));
        assert_eq!(verdict.faults[0].kind, LogFaultKind::Missing);
    }
}

#[tokio::test]
async fn nothing_more_is_signed_once_the_past_was_changed() {
    for stage in Stage::all().await {
        stage.acts(20).await;
        seal(stage.db(), &stage.key).await.unwrap();
        stage.disarm().await;
        stage
            .runs("DELETE FROM audit_leaf WHERE seq = 19")
            .await
            .unwrap();
        stage.acts(1).await;
        assert!(seal(stage.db(), &stage.key).await.is_err());
    }
}

#[tokio::test]
async fn an_entry_hidden_from_the_sequencer_is_found() {
    for stage in Stage::all().await {
        stage.acts(1).await;
        stage.runs("DELETE FROM audit_pending").await.unwrap();
        stage.clock.advance_ms(check::WAIT_MS_MAX + 1);
        stage.acts(1).await;
        seal(stage.db(), &stage.key).await.unwrap();
        let verdict = stage.verdict().await;
        assert_eq!(verdict.faults[0].kind, LogFaultKind::Unsequenced);
    }
}

#[tokio::test]
async fn two_sequencers_at_once_seal_every_entry_once() {
    for stage in Stage::all().await {
        stage.acts(100).await;
        let (one, two) = tokio::join!(seal(stage.db(), &stage.key), seal(stage.db(), &stage.key));
        assert!(one.is_ok() && two.is_ok());
        let verdict = stage.verdict().await;
        assert!(verdict.ok, "{:?}", verdict.faults);
        assert_eq!(verdict.leaves, 100);
    }
}

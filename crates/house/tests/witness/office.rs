//! An office with an administrator, a director and a writer, whose log can be written, sealed and
//! tampered with.

use std::sync::Arc;

use base::{Role, Subject, SubjectKind};
use db::{Backend, values};
use house::House;
use house::audit::{Doer, SigningKey, audit_store, verify_log};
use house::testing::{Browser, Stage};
use house::witness::egress::Egress;
use house::witness::{self, Log, LogOptions};
use serde_json::json;

pub struct Office {
    pub stage: Stage,
}

impl Office {
    /// The office whose log is `stp.example.vn/loa`.
    pub async fn open(backend: Backend) -> Self {
        let stage = Stage::open(backend, &[]).await;
        stage
            .person("quy", "Trần Quý", &[Role::Administrator], 0)
            .await;
        stage.person("son", "Lê Sơn", &[Role::Director], 0).await;
        stage.person("ha", "Võ Hà", &[Role::Writer], 1).await;
        Self { stage }
    }

    /// Another office, with a log and a key of its own.
    pub async fn neighbour(backend: Backend) -> Self {
        let mut office = Self::open(backend).await;
        let key = SigningKey::from_seed("snv.example.vn/loa", [9; 32]).unwrap();
        let options = LogOptions {
            own_file: None,
            witness_file: None,
            egress: Egress::new(None, true).unwrap(),
        };
        office.stage.house.log = Log::new(Arc::new(key), options).unwrap();
        office
    }

    pub fn house(&self) -> &House {
        &self.stage.house
    }

    pub fn browser(&self) -> Browser {
        self.stage
            .browser::<House>(Vec::new(), self.stage.house.clone())
    }

    /// So many acts of the house itself, sealed.
    pub async fn acts(&self, n: usize) {
        let house = self.house();
        let mut act = house.db.act().await.unwrap();
        for n in 0..n {
            let subject = Subject::new(SubjectKind::Agency, self.stage.agency);
            let what = ("agency.save", subject, json!({ "n": n }));
            house
                .record_of(&mut act, self.stage.agency, Doer::System, what)
                .await
                .unwrap();
        }
        act.commit().await.unwrap();
        witness::seal(house).await.unwrap();
        house.clock.advance_ms(20_000);
    }

    /// How many leaves the log has.
    pub async fn length(&self) -> u64 {
        let mut read = self.house().db.read().await.unwrap();
        audit_store::length(&mut read).await.unwrap()
    }

    /// The newest signed note.
    pub async fn note(&self) -> String {
        let mut read = self.house().db.read().await.unwrap();
        audit_store::newest_checkpoint(&mut read)
            .await
            .unwrap()
            .unwrap()
    }

    pub async fn verdict(&self) -> house::audit::LogVerdict {
        let key = self.house().log.key().verifier().clone();
        verify_log(&self.house().db, vec![key], &[]).await.unwrap()
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        let mut read = self.house().db.read().await.unwrap();
        read.count(sql, &values![]).await.unwrap()
    }

    pub async fn run(&self, sql: &'static str, values: &[db::Value]) {
        let mut act = self.house().db.act().await.unwrap();
        act.run(sql, values).await.unwrap();
        act.commit().await.unwrap();
    }

    /// Does what only the owner of the database can: puts the guards of the log to sleep.
    pub async fn disarm(&self) {
        let drops: &[&'static str] = match self.house().db.backend() {
            Backend::Sqlite => &[
                "DROP TRIGGER IF EXISTS audit_entry_stays",
                "DROP TRIGGER IF EXISTS audit_entry_remains",
                "DROP TRIGGER IF EXISTS audit_leaf_stays",
                "DROP TRIGGER IF EXISTS audit_leaf_remains",
                "DROP TRIGGER IF EXISTS audit_tile_stays",
                "DROP TRIGGER IF EXISTS audit_tile_remains",
                "DROP TRIGGER IF EXISTS audit_checkpoint_stays",
                "DROP TRIGGER IF EXISTS audit_checkpoint_remains",
            ],
            Backend::Postgres => &[
                "DROP TRIGGER IF EXISTS audit_entry_stays ON audit_entry",
                "DROP TRIGGER IF EXISTS audit_leaf_stays ON audit_leaf",
                "DROP TRIGGER IF EXISTS audit_tile_stays ON audit_tile",
                "DROP TRIGGER IF EXISTS audit_checkpoint_stays ON audit_checkpoint",
            ],
        };
        for sql in drops {
            self.run(sql, &values![]).await;
        }
    }

    /// Takes the log back to so many leaves, as an older copy of the database would be: entries,
    /// leaves, tiles, checkpoints and the counter agree with each other.
    pub async fn roll_back_rows(&self, size: i64) {
        self.disarm().await;
        for sql in [
            "DELETE FROM audit_checkpoint WHERE size > ?",
            "DELETE FROM audit_leaf WHERE seq >= ?",
            "UPDATE audit_head SET size = ?",
        ] {
            self.run(sql, &values![size]).await;
        }
        self.run(
            "DELETE FROM audit_tile WHERE (tile + 1) * 256 > ?",
            &values![size],
        )
        .await;
        let orphans = "DELETE FROM audit_entry WHERE NOT EXISTS
            (SELECT 1 FROM audit_leaf l WHERE l.entry_id = audit_entry.id)";
        self.run("DELETE FROM audit_pending", &values![]).await;
        self.run(orphans, &values![]).await;
    }
}

//! An agency whose letters the stories send.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told fails")]

use std::time::Duration;

use base::Role;
use base::id::{AccountId, RowId};
use db::{Backend, values};
use house::House;
use house::outbox::{
    self, Compose, Composed, Composing, Letter, Mail, MailSettings, Message, NewMessage,
    ServerOptions, Tls, Way,
};
use house::people::account::Account;
use house::testing::Stage;
use serde_json::json;

use super::server::Server;

/// How long a step may take where a story lets it run out.
pub const SHORT: Duration = Duration::from_millis(400);

/// Letters that say what their row is about; a row about nothing is dropped.
pub struct Plain;

impl Compose for Plain {
    fn compose<'a>(&'a self, message: &'a Message, _: &'a Account) -> Composing<'a> {
        Box::pin(async move {
            Ok(match message.about["says"].as_str() {
                Some(says) => Composed::Letter(Letter {
                    subject: says.to_owned(),
                    greeting: says.to_owned(),
                    ..Letter::default()
                }),
                None => Composed::Nothing("done"),
            })
        })
    }
}

/// The office and its people: ha and lan work, quan administers.
pub struct Office {
    pub stage: Stage,
    pub people: Vec<AccountId>,
}

pub async fn office(backend: Backend) -> Office {
    let stage = Stage::open(backend, &[]).await;
    let mut people = Vec::new();
    for (word, name, role) in [
        ("ha", "Võ Hà", Role::Writer),
        ("lan", "Đỗ Lan", Role::Writer),
        ("quan", "Bùi Quân", Role::Administrator),
    ] {
        people.push(stage.person(word, name, &[role], 0).await);
    }
    Office { stage, people }
}

/// Mail goes to this server, without protection: it is on this machine.
pub fn settings(server: &Server) -> MailSettings {
    let options = ServerOptions {
        address: server.address.to_string(),
        tls: Tls::None,
        user: None,
        password: None,
        authority: None,
    };
    let mut settings = MailSettings::server("Loa <loa@stp.example>", options).unwrap();
    if let Way::Server(server) = &mut settings.way {
        server.step = Duration::from_secs(5);
    }
    settings
}

impl Office {
    /// The house as one node that sends to this server.
    pub fn node(&self, server: &Server) -> House {
        self.node_with(settings(server))
    }

    /// The same, patient for a moment only.
    pub fn hasty_node(&self, server: &Server) -> House {
        let mut settings = settings(server);
        if let Way::Server(server) = &mut settings.way {
            server.step = SHORT;
        }
        self.node_with(settings)
    }

    pub fn node_with(&self, settings: MailSettings) -> House {
        House {
            mail: Mail::by(settings),
            ..self.stage.house.clone()
        }
    }

    /// A letter to a person, as an act writes it.
    pub fn letter(&self, person: usize, says: Option<&str>) -> NewMessage {
        let house = &self.stage.house;
        let id: RowId = house.ids.next(&house.clock);
        NewMessage {
            id,
            agency: self.stage.agency,
            account: self.people[person],
            kind: "story",
            about: match says {
                Some(says) => json!({ "says": says }),
                None => json!({}),
            },
            once: format!("story/{id}"),
        }
    }

    /// Writes a letter to a person, a moment after the one before.
    pub async fn writes(&self, person: usize, says: Option<&str>) -> RowId {
        let house = &self.stage.house;
        house.clock.advance_ms(1);
        let new = self.letter(person, says);
        let mut act = house.db.act().await.unwrap();
        assert!(outbox::post(house, &mut act, &new).await.unwrap());
        act.commit().await.unwrap();
        new.id
    }

    /// Where a letter stands, and what the server said last.
    pub async fn stands(&self, id: RowId) -> (String, String) {
        let mut read = self.stage.house.db.read().await.unwrap();
        let sql = "SELECT state, reply FROM outbox WHERE id = ?";
        let row = read.row(sql, &values![id]).await.unwrap();
        (row.text("state").unwrap(), row.text("reply").unwrap())
    }

    /// Where a letter stands.
    pub async fn state(&self, id: RowId) -> String {
        self.stands(id).await.0
    }

    /// So much later.
    pub fn later(&self, minutes: i64) {
        self.stage.house.clock.advance_ms(minutes * 60_000);
    }
}

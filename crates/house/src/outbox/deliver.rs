//! A round of sending: what is due leaves, one letter after the other, and every row says how far
//! its letter came.
//!
//! The promise is: nobody is mailed twice, and nothing is lost. SMTP cannot give both when an answer
//! is lost, so the doubtful case is made small and shown: the row says `sending`, on the disk, before
//! the first byte of content leaves, and is never sent again by itself after that unless the server
//! said that it did not take it. Whatever broke off there is `unclear` until a person decides.

use std::future::Future;
use std::pin::Pin;

use base::Fault;
use base::id::RowId;
use lettre::Address;

use super::carrier::{MailSettings, Way};
use super::folder;
use super::letter::{self, Head, Letter, Line, Part};
use super::message::{Message, Outcome, State};
use super::outbox_store::{self, Ending, Lease};
use super::retry;
use super::smtp::Smtp;
use crate::House;
use crate::people::account::{self, Account};
use crate::people::account_store;

/// The kind of the letter that an administrator sends to themselves.
pub const TEST: &str = "test";

/// Letters of one round.
const ROUND: usize = 100;

/// A letter has this long to reach its content, more than all its steps together.
const LEASE_MS: i64 = 5 * 60 * 1000;

/// What a message has to say when it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Composed {
    /// This.
    Letter(Letter),
    /// Nothing any more; the word of why, for `mail-why-{word}`.
    Nothing(&'static str),
    /// Not before this moment.
    Later(i64),
}

/// What composing answers.
pub type Composing<'a> = Pin<Box<dyn Future<Output = Result<Composed, Fault>> + Send + 'a>>;

/// Composes the messages of the features that wrote them, at the moment at which they leave: what
/// was done meanwhile is not asked for any more.
pub trait Compose: Send + Sync {
    /// What this message says to its reader now.
    fn compose<'a>(&'a self, message: &'a Message, reader: &'a Account) -> Composing<'a>;
}

/// Sends what is due; returns how many messages were looked at. Without settings nothing leaves.
///
/// # Faults
/// The database or the folder refuses; what is not finished is looked at again.
pub async fn deliver(house: &House, composer: &dyn Compose) -> Result<usize, Fault> {
    let Some(settings) = house.mail.settings() else {
        return Ok(0);
    };
    let _turn = house.mail.turn.lock().await;
    let mut act = house.db.act().await?;
    if outbox_store::mark_unclear(&mut act, house.clock.now_ms()).await? > 0 {
        tracing::warn!("mail: letters are unclear, see the desk's mail page");
    }
    act.commit().await?;
    let mut smtp = match &settings.way {
        Way::Server(server) => Some(Smtp::new(server, &settings.from.email)),
        Way::Folder(_) => None,
    };
    let mut n = 0;
    while n < ROUND && !house.mail.is_ending() {
        let round = Round {
            house,
            composer,
            settings,
        };
        let Some((message, lease)) = round.claim().await? else {
            break;
        };
        n += 1;
        round.send(&message, lease, smtp.as_mut()).await?;
    }
    if let Some(smtp) = &mut smtp {
        smtp.close().await;
    }
    Ok(n)
}

/// What the letters of a round share.
struct Round<'a> {
    house: &'a House,
    composer: &'a dyn Compose,
    settings: &'a MailSettings,
}

impl Round<'_> {
    async fn claim(&self) -> Result<Option<(Message, Lease)>, Fault> {
        let now = self.house.clock.now_ms();
        let lease = Lease {
            id: self.house.ids.next(&self.house.clock),
            until: now + LEASE_MS,
        };
        let mut act = self.house.db.act().await?;
        let message = outbox_store::claim(&mut act, lease, now).await?;
        act.commit().await?;
        Ok(message.map(|message| (message, lease)))
    }

    async fn send(
        &self,
        message: &Message,
        lease: Lease,
        smtp: Option<&mut Smtp<'_>>,
    ) -> Result<(), Fault> {
        let key = (message.id, lease.id);
        let mut read = self.house.db.read().await?;
        let reader = account_store::maybe(&mut read, message.account).await?;
        drop(read);
        let Some(reader) = reader.filter(|reader| reader.state == account::State::Active) else {
            return self.drop_it(message, key, "suspended").await;
        };
        let Ok(to) = reader.email.parse::<Address>() else {
            return self.drop_it(message, key, "address").await;
        };
        let composed = match message.kind.as_str() {
            TEST => Composed::Letter(self.test_letter(&reader)),
            _ => self.composer.compose(message, &reader).await?,
        };
        let letter = match composed {
            Composed::Letter(letter) => letter,
            Composed::Nothing(why) => return self.drop_it(message, key, why).await,
            Composed::Later(until) => return self.put_off(key, until).await,
        };
        let bytes = self.bytes(message.id, &letter, (&reader, &to))?;
        let outcome = match (&self.settings.way, smtp) {
            (Way::Folder(folder), _) => {
                folder::write(folder, message.id, &bytes).await?;
                Outcome::Taken(String::new())
            }
            (Way::Server(_), Some(smtp)) => match smtp.offer(&to).await {
                Err(outcome) => outcome,
                Ok(()) if self.enter(message.id, lease).await? => smtp.content(&bytes).await,
                // Another node has it now; the broken connection takes nothing along.
                Ok(()) => return Ok(()),
            },
            (Way::Server(_), None) => Outcome::Later(String::new()),
        };
        self.finish(message, key, outcome).await
    }

    fn bytes(
        &self,
        id: RowId,
        letter: &Letter,
        (reader, to): (&Account, &Address),
    ) -> Result<Vec<u8>, Fault> {
        let head = Head {
            id,
            from: &self.settings.from,
            to,
            name: &reader.name,
            at_ms: self.house.clock.now_ms(),
            lang: reader.lang.as_str(),
        };
        letter::bytes(letter, head)
    }

    async fn enter(&self, id: RowId, lease: Lease) -> Result<bool, Fault> {
        let now = self.house.clock.now_ms();
        let longer = Lease {
            until: now + LEASE_MS,
            ..lease
        };
        let mut act = self.house.db.act().await?;
        let is_ours = outbox_store::enter(&mut act, id, longer, now).await?;
        act.commit().await?;
        Ok(is_ours)
    }

    async fn finish(
        &self,
        message: &Message,
        key: (RowId, RowId),
        outcome: Outcome,
    ) -> Result<(), Fault> {
        let now = self.house.clock.now_ms();
        let again = retry::next_at(message.id, message.n_attempts, message.queued_at, now);
        let (state, reply) = match (&outcome, again) {
            (Outcome::Taken(reply), _) => (State::Sent, reply),
            (Outcome::Refused(reply), _) => (State::Refused, reply),
            (Outcome::Unclear(reply), _) => (State::Unclear, reply),
            (Outcome::Later(reply), Some(_)) => (State::Waiting, reply),
            (Outcome::Later(reply), None) => (State::GivenUp, reply),
        };
        if state != State::Sent {
            let (id, state) = (message.id, state.as_str());
            tracing::warn!(%id, state, reply, "mail: a letter was not taken");
        }
        let end = Ending {
            state,
            reply,
            why: "",
            next_at: again.unwrap_or(now),
        };
        self.end(key, end).await
    }

    async fn drop_it(
        &self,
        message: &Message,
        key: (RowId, RowId),
        why: &'static str,
    ) -> Result<(), Fault> {
        let end = Ending {
            state: State::Dropped,
            reply: &message.reply,
            why,
            next_at: message.next_at,
        };
        self.end(key, end).await
    }

    async fn end(&self, key: (RowId, RowId), end: Ending<'_>) -> Result<(), Fault> {
        let mut act = self.house.db.act().await?;
        outbox_store::finish(&mut act, key, end, self.house.clock.now_ms()).await?;
        act.commit().await
    }

    async fn put_off(&self, key: (RowId, RowId), until: i64) -> Result<(), Fault> {
        let mut act = self.house.db.act().await?;
        outbox_store::put_off(&mut act, key, until).await?;
        act.commit().await
    }

    fn test_letter(&self, reader: &Account) -> Letter {
        let say = self.house.say(reader.lang);
        Letter {
            subject: say.t("mail-test-subject"),
            greeting: say.t1("mail-greeting", "name", &reader.name),
            parts: vec![Part {
                heading: String::new(),
                lines: vec![Line {
                    text: say.t("mail-test-text"),
                    note: String::new(),
                    href: format!("{}/desk/mail", self.house.options.base_url),
                }],
            }],
            footer: vec![say.t("mail-footer")],
        }
    }
}

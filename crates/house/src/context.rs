//! What every feature of the house stands on, in one value.

use std::ops::Deref;
use std::pin::Pin;

use base::id::{AccountId, AgencyId, EvidenceId, ItemId, RowId};
use base::{Actor, Error, Fault, Subject};
use db::{Act, Conn};
use jiff::civil::Date;
use serde_json::Value;
use web::{By, Frame, Public, Say, Site};

use crate::audit::audit_store;
use crate::audit::entry::{Doer, Entry};
use crate::audit::person_store;
use crate::evidence::{self, Capture, NewPiece};
use crate::files::Files;
use crate::outbox::{Mail, outbox_store};
use crate::people::agency_store;
use crate::people::following::Followers;
use crate::people::password::Passwords;
use crate::witness::{self, Log};

/// The words and paths of the portal's menu, which the features above know.
pub type PortalMenu = for<'a> fn(&'a mut Conn, AgencyId, Say) -> ReadingMenu<'a>;

/// The portal's menu as it is being read: words and paths.
pub type ReadingMenu<'a> =
    Pin<Box<dyn Future<Output = Result<Vec<(String, String)>, Fault>> + Send + 'a>>;

/// The site, the files, the passwords and the mail. Cheap to clone.
#[derive(Clone)]
pub struct House {
    /// What every page stands on.
    pub site: Site,
    /// The files, by their hash.
    pub files: Files,
    /// Hashes and verifies passwords.
    pub passwords: Passwords,
    /// The features above that hold work of units, for when units merge or split.
    pub followers: Followers,
    /// How mail leaves.
    pub mail: Mail,
    /// The log: its key, and what is remembered of it outside the database.
    pub log: Log,
    /// The portal's menu.
    pub menu: PortalMenu,
}

impl House {
    /// Writes an act of a person into the log, in the act's own transaction.
    ///
    /// # Faults
    /// The database refuses it, or the data cannot be a leaf.
    pub async fn record(
        &self,
        act: &mut Act,
        actor: &Actor,
        name: &'static str,
        subject: Subject,
        data: Value,
    ) -> Result<RowId, Fault> {
        self.record_of(act, actor.agency, actor.into(), (name, subject, data))
            .await
    }

    /// Writes an act of anybody into the log: a person, the house itself, the public.
    ///
    /// # Faults
    /// The database refuses it, or the data cannot be a leaf.
    pub async fn record_of(
        &self,
        act: &mut Act,
        agency: AgencyId,
        doer: Doer,
        (name, subject, data): (&'static str, Subject, Value),
    ) -> Result<RowId, Fault> {
        let id: RowId = self.ids.next(&self.clock);
        let entry = Entry {
            id,
            agency,
            at_ms: self.clock.now_ms(),
            actor: doer,
            act: name,
            subject,
            data,
        };
        audit_store::append(act, &entry).await?;
        Ok(id)
    }

    /// Destroys what is personal of somebody in the log and in the outbox, in the act's own
    /// transaction; the caller takes it out of the account.
    ///
    /// # Faults
    /// The database refuses it.
    pub async fn forget_person(
        &self,
        act: &mut Act,
        account: AccountId,
        now: i64,
    ) -> Result<(), Fault> {
        person_store::erase(act, account, now).await?;
        outbox_store::forget(act, account).await
    }

    /// Keeps a capture as evidence of an item, of the kind that it has and on the day that it was taken
    /// ([`evidence::keep`] says more of it). Its files have been kept before.
    ///
    /// # Faults
    /// The database refuses it.
    pub async fn keep_evidence(
        &self,
        act: &mut Act,
        actor: &Actor,
        item: ItemId,
        capture: Capture,
    ) -> Result<EvidenceId, Fault> {
        evidence::keep(self, act, actor, &NewPiece::of_item(item, capture)).await
    }

    /// The frame of a desk page, with the agency's name of today.
    ///
    /// # Faults
    /// The database does not answer.
    pub async fn desk(&self, by: &By, title_key: &str) -> Result<Frame, Error> {
        let mut frame = Frame::desk(&self.site, by, title_key);
        let mut read = self.db.read().await?;
        let agency = agency_store::find(&mut read, by.actor().agency, self.today()).await?;
        frame.agency = agency.names.card();
        if by.actor().roles.meets(witness::WARNED) {
            frame.warning = witness::warning(&mut read).await?;
        }
        Ok(frame)
    }

    /// The frame of a public page of the portal's agency, with its menu.
    ///
    /// # Faults
    /// The database does not answer.
    pub async fn portal_frame(&self, public: &Public, title_key: &str) -> Result<Frame, Error> {
        let mut read = self.db.read().await?;
        let agency = agency_store::of_host(&mut read, "").await?;
        let names = agency_store::find(&mut read, agency, self.today())
            .await?
            .names;
        let title = self.say(public.lang).t(title_key);
        let mut frame = Frame::portal(&self.site, public, names.card(), &title);
        frame.menu = (self.menu)(&mut read, agency, frame.say).await?;
        Ok(frame)
    }

    /// Today, where the agency is.
    pub fn today(&self) -> Date {
        base::calendar::local(self.clock.now()).date()
    }
}

impl Deref for House {
    type Target = Site;
    fn deref(&self) -> &Site {
        &self.site
    }
}

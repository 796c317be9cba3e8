//! What every feature of the house stands on, in one value.

use std::ops::Deref;

use base::id::{AgencyId, RowId};
use base::{Actor, Fault, Subject};
use db::Act;
use jiff::civil::Date;
use serde_json::Value;
use web::Site;

use crate::audit::audit_store;
use crate::audit::entry::{Doer, Entry};
use crate::files::Files;
use crate::people::password::Passwords;

/// The site, the files and the passwords. Cheap to clone.
#[derive(Clone)]
pub struct House {
    /// What every page stands on.
    pub site: Site,
    /// The files, by their hash.
    pub files: Files,
    /// Hashes and verifies passwords.
    pub passwords: Passwords,
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
        self.record_of(act, actor.agency, actor.into(), (name, subject, data)).await
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

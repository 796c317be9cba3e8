//! The day's reminders: written once for each agency and day, one letter for each person.

use base::Fault;
use base::calendar::local;
use base::id::{AccountId, AgencyId, RowId};
use base::{Error, Subject, SubjectKind};
use db::Act;
use house::audit::Doer;
use house::outbox::{self, NewMessage, outbox_store};
use house::people::agency_store;
use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::gather::gather;
use super::owed::{Day, Ledger, Mail, Told};
use super::owed_store;
use crate::Editorial;

/// The kind of these letters in the outbox.
pub const KIND: &str = "owed";

/// What a letter is about, as its row keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct About {
    /// The day for which it was written.
    pub day: jiff::civil::Date,
    /// Of what it tells.
    pub told: Vec<Told>,
    /// Whether the weekly list comes with it.
    pub is_digest: bool,
}

/// Writes today's letters of every agency whose hour has come and whose letters are not written;
/// returns how many. Called as often as one likes, on as many nodes: they are written once.
///
/// # Faults
/// The database does not answer.
pub async fn remind(editorial: &Editorial) -> Result<usize, Fault> {
    let mut read = editorial.db.read().await?;
    let agencies = agency_store::all(&mut read).await?;
    drop(read);
    let mut n = 0;
    for agency in agencies {
        n += of_agency(editorial, agency).await.map_err(as_fault)?;
    }
    Ok(n)
}

/// There is no person here to whom a refusal could be told.
fn as_fault(error: Error) -> Fault {
    match error {
        Error::Fault(fault) => fault,
        Error::Refusal(refusal) => Fault::from_source("reminders", refusal),
    }
}

async fn of_agency(editorial: &Editorial, agency: AgencyId) -> Result<usize, Error> {
    let now = local(editorial.clock.now());
    let today = now.date();
    let mut read = editorial.db.read().await?;
    if owed_store::is_written(&mut read, agency, today).await? {
        return Ok(0);
    }
    let day = gather(&mut read, agency, today).await?;
    if now.time() < day.numbers.hour || !day.calendar.is_working(today) {
        return Ok(0);
    }
    // What was due before is long over: nobody is told of it for the first time.
    let since = today.saturating_sub(800.days());
    let ledger = owed_store::ledger(&mut read, agency, since).await?;
    let unsent = outbox_store::waiting_people(&mut read, agency, KIND).await?;
    drop(read);
    write(editorial, agency, &day, (&ledger, &unsent)).await
}

async fn write(
    editorial: &Editorial,
    agency: AgencyId,
    day: &Day,
    (ledger, unsent): (&Ledger, &[AccountId]),
) -> Result<usize, Error> {
    let mut mails = day.mails(ledger);
    let mut act = editorial.db.act().await?;
    let now = editorial.clock.now_ms();
    if !owed_store::begin_day(&mut act, agency, day.today, now).await? {
        return Ok(0);
    }
    for person in unsent {
        let mail = mails.entry(*person).or_default();
        join(&mut act, *person, mail, now).await?;
    }
    mails.retain(|_, mail| mail.is_digest || !mail.told.is_empty());
    let n = mails.len();
    for (person, mail) in &mails {
        post(editorial, &mut act, (agency, *person), (day, mail)).await?;
    }
    if n > 0 {
        let subject = Subject::new(SubjectKind::Agency, agency);
        let data = json!({"day": day.today.to_string(), "letters": n});
        editorial
            .record_of(
                &mut act,
                agency,
                Doer::System,
                ("owed.remind", subject, data),
            )
            .await?;
    }
    act.commit().await?;
    Ok(n)
}

/// What an earlier letter was to tell and did not, because no server took it, today's letter tells:
/// nothing is lost, and there is one letter a day.
async fn join(act: &mut Act, person: AccountId, mail: &mut Mail, now: i64) -> Result<(), Error> {
    for old in outbox_store::join(act, person, KIND, now).await? {
        let Ok(about) = serde_json::from_value::<About>(old.about) else {
            continue;
        };
        mail.is_digest |= about.is_digest;
        for told in about.told {
            let is_same = |new: &Told| new.about == told.about && new.due == told.due;
            if !mail.told.iter().any(is_same) {
                mail.told.push(told);
            }
        }
    }
    Ok(())
}

async fn post(
    editorial: &Editorial,
    act: &mut Act,
    (agency, person): (AgencyId, AccountId),
    (day, mail): (&Day, &Mail),
) -> Result<(), Error> {
    let id: RowId = editorial.ids.next(&editorial.clock);
    let about = About {
        day: day.today,
        told: mail.told.clone(),
        is_digest: mail.is_digest,
    };
    let new = NewMessage {
        id,
        agency,
        account: person,
        kind: KIND,
        about: serde_json::to_value(&about)
            .map_err(|error| Fault::from_source("what a letter is about", error))?,
        once: format!("{KIND}/{person}/{}", day.today),
    };
    if outbox::post(editorial, act, &new).await? {
        owed_store::remember(act, (person, id), mail, day.today).await?;
    }
    Ok(())
}

//! The watch: the log is sealed only while it continues everything that is remembered of it, and
//! every few seconds what is remembered elsewhere is held against it.
//!
//! An older copy of the database agrees with itself perfectly: only who remembers a checkpoint from
//! outside can tell. This process does, a file beside the database does, a file on another disk and
//! other houses do if they were asked to. When one of them knows of a log that this one does not
//! continue, nothing more is signed, the desk says so to administrators and directors on every page,
//! administrators get a letter, and both signed notes can be downloaded, until an administrator
//! settles it with a reason.

use base::id::{AgencyId, RowId};
use base::{Error, Fault, Refusal, Role, Subject, SubjectKind};
use db::{Act, Conn};
use serde_json::json;

use super::alarm::{Alarm, AlarmKind};
use super::alarm_store;
use super::keeping;
use super::log::{Known, Look, Source};
use crate::House;
use crate::audit::entry::Doer;
use crate::audit::{self, audit_store};
use crate::evidence::capture::rfc3339;
use crate::outbox::{self, NewMessage};
use crate::people::{account_store, agency_store};

/// The kind of the letter that tells of an alarm.
pub const ALARM_LETTER: &str = "log_alarm";

/// At most this often a note is added to the witness file.
const FILE_EVERY_MS: i64 = 10_000;

/// Seals what waits, if the log continues all that is remembered here; remembers the new checkpoint.
///
/// # Faults
/// The database or the disk refuses; the rows do not give the root that was signed last.
pub async fn seal(house: &House) -> Result<(), Fault> {
    let mut read = house.db.read().await?;
    if !audit::is_waiting(&mut read).await? || alarm_store::open(&mut read).await?.is_some() {
        return Ok(());
    }
    drop(read);
    let _turn = house.log.turn().await;
    if !is_sound(house, &remembered_here(house)?).await? {
        return Ok(());
    }
    audit::seal(&house.db, house.log.key()).await?;
    remember(house).await
}

/// Remembers the newest checkpoint in this process and in the house's own file.
async fn remember(house: &House) -> Result<(), Fault> {
    let note = audit_store::newest_checkpoint(&mut *house.db.read().await?).await?;
    let Some(known) = note.and_then(|note| house.log.open(&note)) else {
        return Ok(());
    };
    if house.log.newest().as_ref() == Some(&known) {
        return Ok(());
    }
    if let Some(path) = house.log.options().own_file.clone() {
        let note = known.note.clone();
        on_disk(move || keeping::replace(&path, &note)).await?;
    }
    house.log.remember(known);
    Ok(())
}

/// Holds everything that is remembered on this machine against the log, and adds the newest
/// checkpoint to the witness file. Called every few seconds.
///
/// # Faults
/// The database does not answer.
pub async fn look(house: &House) -> Result<(), Fault> {
    let turn = house.log.turn().await;
    let mut known = remembered_here(house)?;
    let mut file_trouble = None;
    match remembered_in_file(house).await {
        Ok(found) => known.extend(found),
        Err(fault) => file_trouble = Some(fault.to_string()),
    }
    let newest = audit_store::newest_checkpoint(&mut *house.db.read().await?).await?;
    let newest = newest.and_then(|note| house.log.open(&note));
    known.extend(newest.map(|newest| (Source::Database, newest)));
    let is_sound = is_sound(house, &known).await?;
    if is_sound
        && alarm_store::open(&mut *house.db.read().await?)
            .await?
            .is_none()
    {
        remember(house).await?;
        if file_trouble.is_none() {
            file_trouble = write_file(house).await.err().map(|fault| fault.to_string());
        }
    }
    if let Some(trouble) = &file_trouble {
        tracing::error!(trouble, "the witness file failed");
    }
    house.log.looked(Look {
        at_ms: house.clock.now_ms(),
        sources: known.iter().map(|(source, _)| source.as_str()).collect(),
        file_trouble,
    });
    drop(turn);
    tell(house).await
}

/// What this process, or after its start the house's own file, remembers.
fn remembered_here(house: &House) -> Result<Vec<(Source, Known)>, Fault> {
    if let Some(newest) = house.log.newest() {
        return Ok(vec![(Source::Memory, newest)]);
    }
    let Some(path) = &house.log.options().own_file else {
        return Ok(Vec::new());
    };
    let note = keeping::single(path)?;
    let known = note.and_then(|note| house.log.open(&note));
    Ok(known
        .map(|known| (Source::Folder, known))
        .into_iter()
        .collect())
}

async fn remembered_in_file(house: &House) -> Result<Option<(Source, Known)>, Fault> {
    let Some(path) = house.log.options().witness_file.clone() else {
        return Ok(None);
    };
    let note = on_disk(move || keeping::last(&path)).await?;
    let known = note.and_then(|note| house.log.open(&note));
    Ok(known.map(|known| (Source::File, known)))
}

async fn write_file(house: &House) -> Result<(), Fault> {
    let (Some(path), Some(newest)) = (house.log.options().witness_file.clone(), house.log.newest())
    else {
        return Ok(());
    };
    let (size, now) = (newest.checkpoint.size, house.clock.now_ms());
    let is_due = house
        .log
        .in_file()
        .is_none_or(|(written, at)| written != size && (now - at).abs() >= FILE_EVERY_MS);
    if is_due {
        let at = rfc3339(now)?;
        on_disk(move || keeping::append(&path, &newest.note, &at)).await?;
        house.log.wrote(size, now);
    }
    Ok(())
}

async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Fault::from_source("work with a file was cut off", error))?
}

/// Whether the log continues all of these; where it does not, an alarm is raised.
async fn is_sound(house: &House, known: &[(Source, Known)]) -> Result<bool, Fault> {
    let mut all = true;
    for (source, known) in known {
        all &= holds(house, known, source.as_str()).await?;
    }
    Ok(all)
}

/// Whether the log continues what was signed before; if it does not, an alarm is raised.
///
/// A checkpoint that a person has settled as given up counts no more.
pub(super) async fn holds(house: &House, known: &Known, source: &str) -> Result<bool, Fault> {
    let mut read = house.db.read().await?;
    let Some(kind) = compare(&mut read, known).await? else {
        return Ok(true);
    };
    if alarm_store::is_known(&mut read, &known.note).await? {
        return Ok(alarm_store::open(&mut read).await?.is_none());
    }
    let own_note = audit_store::newest_checkpoint(&mut read).await?;
    drop(read);
    let alarm = Alarm {
        id: house.ids.next(&house.clock),
        kind,
        source: source.to_owned(),
        known_note: known.note.clone(),
        own_note: own_note.unwrap_or_default(),
        found_at: house.clock.now_ms(),
        settled: None,
    };
    raise(house, &alarm).await?;
    Ok(false)
}

async fn compare(conn: &mut Conn, known: &Known) -> Result<Option<AlarmKind>, Fault> {
    let size = known.checkpoint.size;
    let length = audit_store::length(conn).await?;
    let root = match size <= length {
        // A root that cannot be computed any more is not the one that was signed.
        true => audit::root_at(conn, size).await.ok(),
        false => None,
    };
    Ok(AlarmKind::of(&known.checkpoint, length, root))
}

async fn raise(house: &House, alarm: &Alarm) -> Result<(), Fault> {
    let (kind, source) = (alarm.kind.as_str(), alarm.source.as_str());
    tracing::error!(
        kind,
        source,
        known = alarm.known_note,
        "the log is not the one that was signed before; nothing more is signed"
    );
    let mut act = house.db.act().await?;
    let is_first = alarm_store::open(&mut act).await?.is_none();
    if !alarm_store::add(&mut act, alarm).await? || !is_first {
        // One alarm may be told by several who remember: the others are further proofs of it.
        return act.commit().await;
    }
    for agency in agency_store::all(&mut act).await? {
        write_letters(house, &mut act, agency, alarm.id).await?;
    }
    if let Ok(agency) = agency_store::of_host(&mut act, "").await {
        let subject = Subject::new(SubjectKind::Agency, agency);
        let data = json!({ "kind": kind, "source": source, "known": alarm.known_note, "own": alarm.own_note });
        house
            .record_of(&mut act, agency, Doer::System, ("log.alarm", subject, data))
            .await?;
    }
    act.commit().await?;
    tell(house).await
}

async fn write_letters(
    house: &House,
    act: &mut Act,
    agency: AgencyId,
    alarm: RowId,
) -> Result<(), Fault> {
    let holders = account_store::holders(act, agency).await?;
    for holder in holders.iter().filter(|h| h.role == Role::Administrator) {
        let message = NewMessage {
            id: house.ids.next(&house.clock),
            agency,
            account: holder.account,
            kind: ALARM_LETTER,
            about: json!({ "alarm": alarm.to_string() }),
            once: format!("{ALARM_LETTER}/{alarm}/{}", holder.account),
        };
        outbox::post(house, act, &message).await?;
    }
    Ok(())
}

/// Tells the operator's listener whether an alarm is open.
async fn tell(house: &House) -> Result<(), Fault> {
    let open = alarm_store::open(&mut *house.db.read().await?).await?;
    house
        .site
        .meter()
        .trouble(open.map(|alarm| format!("the log: {}", alarm.kind.as_str())));
    Ok(())
}

/// Ends an alarm, and with it everything else that is open: the log of today is the one to go on
/// with, for this reason. Recorded with both notes; from then on checkpoints are signed again.
///
/// # Refusals
/// Not found; `log-alarm-settled`: somebody was quicker.
pub async fn settle(
    house: &House,
    actor: &base::Actor,
    id: RowId,
    reason: &str,
) -> Result<(), Error> {
    let mut act = house.db.act().await?;
    let alarm = alarm_store::find(&mut act, id).await?;
    let when = (house.clock.now_ms(), actor.account);
    if alarm.settled.is_some() || !alarm_store::settle(&mut act, reason, when).await? {
        return Err(Refusal::because("log-alarm-settled").into());
    }
    let data = json!({
        "kind": alarm.kind.as_str(), "source": alarm.source, "reason": reason,
        "known": alarm.known_note, "own": alarm.own_note,
    });
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    house
        .record(&mut act, actor, "log.settle", subject, data)
        .await?;
    act.commit().await?;
    house.log.forget();
    tell(house).await?;
    Ok(())
}

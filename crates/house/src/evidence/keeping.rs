//! Keeping a piece of evidence, and withdrawing one: each with its entry in the log.

use base::calendar::local;
use base::id::{EvidenceId, ItemId, UnitId};
use base::text::fold;
use base::{Actor, Error, Fault, Refusal, Subject, SubjectKind};
use db::Act;
use jiff::civil::Date;
use serde_json::json;

use super::capture::CAPTURE_MEMBER;
use super::evidence_store::{self, NewRow};
use super::kind::EvidenceKind;
use super::picture::Picture;
use super::{Capture, likeness, likeness_store, subject_store};
use crate::House;

/// Longest text that a search looks through, in characters.
const WORDS_CHARS_MAX: usize = 4_000;

/// A piece of evidence that is to be kept.
#[derive(Clone, Debug)]
pub struct NewPiece {
    /// What sort of proof it is.
    pub kind: EvidenceKind,
    /// What was captured; its files have been kept before.
    pub capture: Capture,
    /// The day of what it shows.
    pub shown_on: Date,
    /// Where that was; empty when it does not matter.
    pub place: String,
    /// Who says so; empty when the capture itself does.
    pub source: String,
    /// What it proves, in words; may be empty where the subjects say it.
    pub proves: String,
    /// The unit whose work it shows.
    pub unit: Option<UnitId>,
    /// The item that it is kept of, if there is one.
    pub item: Option<ItemId>,
    /// What it proves, beside the item.
    pub subjects: Vec<Subject>,
    /// What each of its files looks like, in their order; shorter where nobody looked.
    pub pictures: Vec<Option<Picture>>,
    /// Why it is kept although it is like an older piece.
    pub kept_because: String,
}

impl NewPiece {
    /// A piece that proves an item, of the kind that its capture has, showing the day it was taken.
    pub fn of_item(item: ItemId, capture: Capture) -> Self {
        Self {
            item: Some(item),
            ..Self::new(EvidenceKind::of_capture(capture.kind), capture)
        }
    }

    /// A piece of a kind that proves nothing yet, showing the day it was taken.
    pub fn new(kind: EvidenceKind, capture: Capture) -> Self {
        let taken = jiff::Timestamp::from_millisecond(capture.taken_at_ms).unwrap_or_default();
        Self {
            kind,
            shown_on: local(taken).date(),
            capture,
            place: String::new(),
            source: String::new(),
            proves: String::new(),
            unit: None,
            item: None,
            subjects: Vec::new(),
            pictures: Vec::new(),
            kept_because: String::new(),
        }
    }

    /// Everything that it proves, the item first.
    fn all_subjects(&self) -> Vec<Subject> {
        let item = self.item.map(|item| Subject::new(SubjectKind::Item, item));
        item.into_iter().chain(self.subjects.clone()).collect()
    }

    /// What a search looks through, without accents.
    fn words(&self) -> String {
        let files = self.capture.files.iter().map(|file| file.name.as_str());
        let own = [&self.capture.title, &self.proves, &self.place, &self.source];
        let all: Vec<&str> = own.iter().map(|text| text.as_str()).chain(files).collect();
        let text = format!("{} {}", all.join(" "), self.capture.url);
        fold(&text).chars().take(WORDS_CHARS_MAX).collect()
    }
}

/// Keeps a piece of evidence: its entry in the log, its rows, what it proves, and which older pieces
/// it is like, in the act's own transaction.
///
/// # Faults
/// The database refuses it.
pub async fn keep(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    piece: &NewPiece,
) -> Result<EvidenceId, Fault> {
    let id: EvidenceId = house.ids.next(&house.clock);
    let subjects = piece.all_subjects();
    let said: Vec<String> = subjects.iter().map(Subject::to_string).collect();
    let data = json!({
        CAPTURE_MEMBER: piece.capture.to_data(),
        "evidence": id.to_string(),
        "kind": piece.kind.as_str(),
        "shown_on": piece.shown_on.to_string(),
        "place": piece.place,
        "source": piece.source,
        "proves": piece.proves,
        "subjects": said,
        "kept_because": piece.kept_because,
    });
    let about = match piece.item {
        Some(item) => Subject::new(SubjectKind::Item, item),
        None => Subject::new(SubjectKind::Evidence, id),
    };
    let entry = house
        .record(act, actor, "evidence.keep", about, data)
        .await?;
    // Looked for before the piece is there, or it would be like itself.
    let older = likeness::alike(act, actor.agency, &piece.capture, &piece.pictures).await?;
    let words = piece.words();
    let row = NewRow {
        id,
        piece,
        words,
        entry,
    };
    evidence_store::add(act, actor, &row).await?;
    let now = house.clock.now_ms();
    for subject in &subjects {
        subject_store::add(act, id, subject, (actor, now)).await?;
    }
    for alike in &older {
        likeness_store::add(act, id, alike, (&piece.kept_because, now)).await?;
    }
    Ok(id)
}

/// Withdraws a piece with a reason: it proves nothing any more, and stays with its files.
///
/// # Refusals
/// Not found: no such piece of the actor's agency; `evidence-withdrawn`: it is already.
/// # Faults
/// The database refuses it.
pub async fn withdraw(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    (id, why): (EvidenceId, &str),
) -> Result<(), Error> {
    let piece = evidence_store::find(act, actor.agency, id).await?;
    if piece.withdrawal.is_some() {
        return Err(Refusal::because("evidence-withdrawn").into());
    }
    let now = house.clock.now_ms();
    evidence_store::withdraw(act, id, actor, why, now).await?;
    let subject = Subject::new(SubjectKind::Evidence, id);
    house
        .record(
            act,
            actor,
            "evidence.withdraw",
            subject,
            json!({ "why": why }),
        )
        .await?;
    Ok(())
}

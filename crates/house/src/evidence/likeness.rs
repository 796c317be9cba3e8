//! Duplicates: a piece that seems to be an older one again, by its bytes, its address, or what its
//! picture looks like. Noticed, told, and kept with a reason; never taken away.

use base::id::{AgencyId, EvidenceId};
use base::{Actor, Error, Fault, Refusal, Subject, SubjectKind};
use db::Conn;
use serde_json::json;

use super::link::link_key;
use super::picture::{Picture, Unseen};
use super::{Capture, CaptureKind, evidence_store, likeness_store};
use crate::House;

/// In what two pieces are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// The same bytes.
    Bytes,
    /// The same address.
    Link,
    /// The same picture, saved anew.
    Picture,
}

impl Likeness {
    /// The word that tables use.
    pub fn as_str(self) -> &'static str {
        match self {
            Likeness::Bytes => "bytes",
            Likeness::Link => "link",
            Likeness::Picture => "picture",
        }
    }

    /// The likeness of a word, if there is one.
    pub fn parse(word: &str) -> Option<Self> {
        [Likeness::Bytes, Likeness::Link, Likeness::Picture]
            .into_iter()
            .find(|found| found.as_str() == word)
    }
}

/// An older piece that a new one is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The older piece.
    pub id: EvidenceId,
    /// What it is called.
    pub title: String,
    /// In what they are alike.
    pub likeness: Likeness,
}

/// The older pieces of an agency that a capture is like, each once. The house's own captures of pages
/// are like nothing: every edition of an article is captured at the same address.
///
/// # Faults
/// The database does not answer.
pub async fn alike(
    conn: &mut Conn,
    agency: AgencyId,
    capture: &Capture,
    pictures: &[Option<Picture>],
) -> Result<Vec<Alike>, Fault> {
    if capture.kind == CaptureKind::Page {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for file in &capture.files {
        found.extend(likeness_store::of_bytes(conn, agency, &file.sha256).await?);
    }
    if let Some(key) = link_key(&capture.url) {
        found.extend(likeness_store::of_link(conn, agency, &key).await?);
    }
    for picture in pictures.iter().flatten() {
        found.extend(likeness_store::of_picture(conn, agency, *picture).await?);
    }
    let mut told: Vec<Alike> = Vec::new();
    for one in found {
        if told.iter().all(|known| known.id != one.id) {
            told.push(one);
        }
    }
    Ok(told)
}

/// What a picture looks like that came with a form; `None` for any other file. Decoded one at a time
/// on a thread of its own.
///
/// # Refusals
/// At `file`: `image-broken`, `image-too-large`.
/// # Faults
/// The thread ended.
pub async fn picture_of(media_type: &str, bytes: Vec<u8>) -> Result<Option<Picture>, Error> {
    if !crate::files::sniff::is_image(media_type) {
        return Ok(None);
    }
    // One at a time: what decoding takes is taken once, however many people send pictures.
    static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _turn = TURN.lock().await;
    let seen = tokio::task::spawn_blocking(move || Picture::of(&bytes))
        .await
        .map_err(|error| Fault::from_source("looking at a picture ended", error))?;
    seen.map_err(|unseen| match unseen {
        Unseen::Broken => Refusal::at("file", "image-broken").into(),
        Unseen::TooLarge => Refusal::at("file", "image-too-large").into(),
    })
}

/// Says why a piece and an older one that it is like are both kept.
///
/// # Refusals
/// Not found: no such pair of the actor's agency.
/// # Faults
/// The database refuses it.
pub async fn keep_both(
    house: &House,
    actor: &Actor,
    (id, older): (EvidenceId, EvidenceId),
    why: &str,
) -> Result<(), Error> {
    let mut act = house.db.act().await?;
    evidence_store::find(&mut act, actor.agency, id).await?;
    if !likeness_store::settle(&mut act, (id, older), why).await? {
        return Err(Refusal::NotFound.into());
    }
    let subject = Subject::new(SubjectKind::Evidence, id);
    let data = json!({ "older": older.to_string(), "why": why });
    house
        .record(&mut act, actor, "evidence.keep_both", subject, data)
        .await?;
    Ok(act.commit().await?)
}

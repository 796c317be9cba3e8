//! The page on which anybody checks a report's checkpoint or a file: `/kiem-chung`. What is sent is
//! looked at and forgotten; a note that our own key signed and that the log does not continue raises
//! the alarm, whoever brings it.

use askama::Template;
use axum::extract::{Query, State};
use base::calendar::{date_line, date_line_en};
use base::{Fault, Refusal};
use db::Conn;
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use web::{Form, Frame, Lang, Page, Problems, Public, Say, with_status};

use crate::House;
use crate::audit::short_note::{lengthen, shorten};
use crate::audit::tree::verify_inclusion;
use crate::audit::{Checkpoint, audit_store, checkpoint_note, prove};
use crate::evidence::evidence_store;
use crate::witness::log::Source;
use crate::witness::{asking, watching};

/// Longest note that is read, in characters.
const NOTE_CHARS_MAX: usize = 8_000;

/// Pieces of evidence that are told of one file.
const FOUND_MAX: i64 = 10;

#[derive(Template)]
#[template(path = "witness/portal/note_check.html")]
struct CheckPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    verdict: Option<Verdict>,
    key: String,
    newest: String,
}

/// What was found, in words.
struct Verdict {
    /// `success`, `warning` or `error`.
    look: &'static str,
    title: String,
    lines: Vec<String>,
}

/// A checkpoint in the address, from a QR code.
#[derive(Debug, Default, Deserialize)]
pub struct Scanned {
    m: Option<String>,
}

/// The full address that a QR code leads to: the page, with this checkpoint already checked.
/// `None` for a note that this house's key did not sign.
pub fn address_of(house: &House, note: &str) -> Option<String> {
    let short = shorten(note, house.log.key().verifier())?;
    Some(format!("{}/kiem-chung?m={short}", house.options.base_url))
}

/// The page; with a checkpoint in the address, what is to be said of it.
pub async fn show(
    State(house): State<House>,
    public: Public,
    Query(scanned): Query<Scanned>,
) -> Page {
    let note = scanned
        .m
        .and_then(|short| lengthen(&short, house.log.key().verifier()));
    let form = Form::filled(note.iter().map(|note| ("note", note.clone())));
    let verdict = match note {
        Some(note) => Some(check_note(&house, &public, &note).await?),
        None => None,
    };
    page(&house, &public, (form, verdict, None)).await
}

/// Checks what was pasted or sent.
pub async fn check(State(house): State<House>, public: Public, form: Form) -> Page {
    let mut check = form.check();
    let note = check.text("note", NOTE_CHARS_MAX);
    if let Err(refusal) = check.done() {
        return page(&house, &public, (form, None, Some(refusal))).await;
    }
    let verdict = if let Some(file) = form.upload("file") {
        check_file(&house, &public, &hex::encode(Sha256::digest(&file.bytes))).await?
    } else if note.is_empty() {
        let refusal = Refusal::at("note", "check-nothing");
        return page(&house, &public, (form, None, Some(refusal))).await;
    } else {
        check_note(&house, &public, &format!("{note}\n")).await?
    };
    page(&house, &public, (form, Some(verdict), None)).await
}

async fn check_note(house: &House, public: &Public, note: &str) -> Result<Verdict, Fault> {
    let say = house.say(public.lang);
    let told = |look, key: &str, lines| Verdict {
        look,
        title: say.t(key),
        lines,
    };
    let Ok(read) = Checkpoint::peek(note) else {
        return Ok(told(
            "warning",
            "check-no-note",
            vec![say.t("check-no-note-why")],
        ));
    };
    let Some(known) = asking::own_note(house, note) else {
        let own = house.log.key().verifier().name();
        let lines = match read.origin == own {
            true => vec![say.t("check-forged-why")],
            false => vec![say.t2("check-other-why", ("origin", &read.origin), ("own", &own))],
        };
        return Ok(told("error", "check-not-ours", lines));
    };
    let length = audit_store::length(&mut *house.db.read().await?).await?;
    let signed = say.t1("check-signed", "count", known.checkpoint.size);
    if watching::holds(house, &known, Source::Reader.as_str()).await? {
        let today = say.t1("check-today", "count", length);
        return Ok(told("success", "check-holds", vec![signed, today]));
    }
    let broken = say.t1("check-broken-why", "count", length);
    Ok(told("error", "check-broken", vec![signed, broken]))
}

async fn check_file(house: &House, public: &Public, sha256: &str) -> Result<Verdict, Fault> {
    let say = house.say(public.lang);
    let mut read = house.db.read().await?;
    let hash = say.t1("check-file-hash", "hash", sha256);
    let mut lines = vec![hash];
    let mut all_hold = true;
    let found = evidence_store::kept_files(&mut read, sha256, FOUND_MAX).await?;
    for (entry, taken_at) in &found {
        let (line, holds) = file_line(house, &mut read, &say, (entry, *taken_at, sha256)).await?;
        all_hold &= holds;
        lines.push(line);
    }
    let (look, key) = match (found.is_empty(), all_hold) {
        (true, _) => ("warning", "check-file-unknown"),
        (false, true) => ("success", "check-file-holds"),
        (false, false) => ("error", "check-file-broken"),
    };
    if found.is_empty() {
        lines.push(say.t("check-file-unknown-why"));
    }
    Ok(Verdict {
        look,
        title: say.t(key),
        lines,
    })
}

/// One piece of evidence that holds this file, proved from its entry to the signed root.
async fn file_line(
    house: &House,
    conn: &mut Conn,
    say: &Say,
    (entry, taken_at, sha256): (&str, i64, &str),
) -> Result<(String, bool), Fault> {
    let when = moment(taken_at, say);
    let note = checkpoint_note(conn).await?;
    let head = note.and_then(|note| Checkpoint::open(&note, house.log.key().verifier()).ok());
    let Some(head) = head else {
        return Ok((say.t1("check-file-waits", "when", &when), true));
    };
    let Some(proven) = prove(conn, entry, head.size).await? else {
        return Ok((say.t1("check-file-waits", "when", &when), true));
    };
    let hash = proven.entry.leaf_hash();
    let holds = proven.entry.is_whole()
        && proven.entry.data.contains(sha256)
        && verify_inclusion(hash, proven.leaf_index, head.size, &proven.proof, head.root);
    let key = match holds {
        true => "check-file-line",
        false => "check-file-line-broken",
    };
    let line = say.t2(key, ("when", &when), ("leaf", &proven.leaf_index));
    Ok((line, holds))
}

fn moment(at_ms: i64, say: &Say) -> String {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or_default();
    match say.lang {
        Lang::Vi => date_line(at),
        Lang::En => date_line_en(at),
    }
}

async fn page(
    house: &House,
    public: &Public,
    (form, verdict, refusal): (Form, Option<Verdict>, Option<Refusal>),
) -> Page {
    let frame = house.portal_frame(public, "check-title").await?;
    let newest = checkpoint_note(&mut *house.db.read().await?).await?;
    let problems = refusal
        .as_ref()
        .map_or_else(Problems::none, |refusal| Problems::of(refusal, &frame.say));
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    with_status(
        status,
        &CheckPage {
            frame,
            form,
            problems,
            verdict,
            key: house.log.key().verifier().to_string(),
            newest: newest.unwrap_or_default(),
        },
    )
}

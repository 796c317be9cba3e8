//! One act of the log: everything that was kept of it, and its proof as a file.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use base::{Error, Refusal};
use db::Conn;
use http::header::{self, HeaderValue};
use web::{By, Frame, Page, render};

use super::{act_words, moment, who};
use crate::House;
use crate::audit::entry::EntryRow;
use crate::audit::{Checkpoint, ProofFile, audit_store, checkpoint_note, person_store, prove};

#[derive(Template)]
#[template(path = "witness/desk/log_show.html")]
struct EntryPage {
    frame: Frame,
    facts: Vec<(String, String)>,
    data: String,
    is_whole: bool,
    history: String,
    proof: Option<String>,
}

/// The page.
///
/// # Refusals
/// Not found: no such entry of the agency.
pub async fn show(State(house): State<House>, by: By, Path(id): Path<String>) -> Page {
    let mut read = house.db.read().await?;
    let entry = find(&mut read, &by, &id).await?;
    let keys = person_store::of_entry(&mut read, &entry).await?;
    let leaf = audit_store::leaf_of(&mut read, &entry.id).await?;
    drop(read);
    let frame = house.desk(&by, "log-entry").await?;
    let say = frame.say;
    let frame = frame
        .under(say.t("nav-log"), "/desk/log")
        .titled(act_words(&entry.act, &say))
        .at("/desk/log");
    let data = person_store::open_data(&entry, &keys, &say.t("log-erased"));
    let facts = vec![
        (say.t("log-who"), who(&entry, &keys, &say)),
        (say.t("log-when"), moment(Some(entry.at_ms), &say)),
        (say.t("log-act"), entry.act.clone()),
        (
            say.t("log-thing"),
            format!("{} {}", entry.subject_kind, entry.subject_id),
        ),
        (
            say.t("log-leaf"),
            leaf.map_or_else(|| say.t("log-waiting"), |leaf| leaf.to_string()),
        ),
        (say.t("log-hash"), entry.leaf_hash().to_base64()),
    ];
    render(&EntryPage {
        facts,
        data: serde_json::to_string_pretty(&data).unwrap_or_default(),
        is_whole: entry.is_whole(),
        history: format!(
            "/desk/log?kind={}&subject={}",
            web::encode_query(&entry.subject_kind),
            web::encode_query(&entry.subject_id)
        ),
        proof: leaf.map(|_| format!("/desk/log/entries/{}/proof", entry.id)),
        frame,
    })
}

/// The proof that the entry is in the log of the newest checkpoint (`loa audit check-proof`).
///
/// # Refusals
/// Not found: no such entry of the agency, or not sealed yet.
pub async fn proof(State(house): State<House>, by: By, Path(id): Path<String>) -> Page {
    let mut read = house.db.read().await?;
    let entry = find(&mut read, &by, &id).await?;
    let note = checkpoint_note(&mut read).await?.ok_or(Refusal::NotFound)?;
    let head = Checkpoint::peek(&note).map_err(|_| Refusal::NotFound)?;
    let proven = prove(&mut read, &entry.id, head.size)
        .await?
        .ok_or(Refusal::NotFound)?;
    let file = ProofFile::new(house.log.key().verifier(), &note).with_entry(&proven);
    let text = serde_json::to_string_pretty(&file).unwrap_or_default();
    let name = format!("proof-{}.json", proven.leaf_index);
    Ok(download("application/json", &name, text))
}

async fn find(conn: &mut Conn, by: &By, id: &str) -> Result<EntryRow, Error> {
    let entry = audit_store::entry(conn, id).await?;
    let own = by.actor().agency.to_string();
    Ok(entry
        .filter(|entry| entry.agency == own)
        .ok_or(Refusal::NotFound)?)
}

/// A file that the browser saves.
pub(super) fn download(kind: &'static str, name: &str, text: String) -> Response {
    let mut answer = text.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    answer
}

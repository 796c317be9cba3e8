//! Staff pages of evidence: one file per page, its template beside it.

pub mod activity_show;
pub mod duplicate_list;
pub mod evidence_list;
pub mod evidence_new;
pub mod evidence_show;
pub mod missing_list;
pub mod offer_edit;
pub mod pack_new;

use axum::body::Body;
use axum::response::Response;
use base::calendar::{date_line, date_line_en};
use base::id::UnitId;
use house::evidence::EvidenceKind;
use house::people::agency::Unit;
use http::{HeaderValue, header};
use web::{Choice, Lang, Say};

/// A moment as the desk shows it, in the reader's language.
fn moment(say: &Say, ms: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(ms).unwrap_or_default();
    match say.lang {
        Lang::Vi => date_line(at),
        Lang::En => date_line_en(at),
    }
}

/// The words of a kind.
fn kind_words(say: &Say, kind: EvidenceKind) -> String {
    say.t(&format!("evidence-kind-{}", kind.as_str()))
}

/// The words of several kinds, one after the other.
fn kinds_words(say: &Say, kinds: &[EvidenceKind]) -> String {
    let words: Vec<String> = kinds.iter().map(|kind| kind_words(say, *kind)).collect();
    words.join(", ")
}

/// Kinds as boxes or options.
fn kind_choices(say: &Say, kinds: impl IntoIterator<Item = EvidenceKind>) -> Vec<Choice> {
    let choice = |kind: EvidenceKind| Choice::new(kind.as_str(), kind_words(say, kind));
    kinds.into_iter().map(choice).collect()
}

/// What a unit is called; empty for none.
fn unit_name(units: &[Unit], unit: Option<UnitId>) -> String {
    let found = unit.and_then(|id| units.iter().find(|unit| unit.id == id));
    found.map(|unit| unit.name.clone()).unwrap_or_default()
}

/// An answer that the browser saves under a name of plain letters.
fn download(body: Body, media_type: &'static str, name: &str) -> Response {
    let mut answer = Response::new(body);
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    answer
}

//! Staff pages of the log: one file per page, its template beside it.

pub mod alarm_show;
pub mod log_list;
pub mod log_show;
pub mod witness_edit;
pub mod witnessed_edit;

use base::calendar::{date_line, date_line_en};
use jiff::Timestamp;
use web::{Lang, Say};

use crate::audit::entry::EntryRow;
use crate::audit::person_store::PersonKeys;
use crate::audit::personal::{Opened, context};

/// A moment in words; empty for none.
fn moment(at_ms: Option<i64>, say: &Say) -> String {
    let at = at_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    match (at, say.lang) {
        (None, _) => String::new(),
        (Some(at), Lang::Vi) => date_line(at),
        (Some(at), Lang::En) => date_line_en(at),
    }
}

/// What was done, in words: the thing and the verb of the act; the act itself where no feature has
/// words for them.
fn act_words(act: &str, say: &Say) -> String {
    let Some((thing, verb)) = act.split_once('.') else {
        return act.to_owned();
    };
    let thing_key = format!("log-thing-{thing}");
    let verb_key = format!("log-verb-{verb}");
    match (say.knows(&thing_key), say.knows(&verb_key)) {
        (true, true) => format!("{}: {}", say.t(&thing_key), say.t(&verb_key)),
        (true, false) => format!("{}: {verb}", say.t(&thing_key)),
        (false, _) => act.to_owned(),
    }
}

/// Who did it: the name as it was, or what stands for it.
fn who(entry: &EntryRow, keys: &PersonKeys, say: &Say) -> String {
    let (Some(id), Some(name)) = (&entry.actor_id, &entry.actor_name) else {
        return match entry.actor_kind.as_str() {
            "public" => say.t("log-by-public"),
            _ => say.t("log-by-system"),
        };
    };
    let place = context(&entry.id, id);
    match keys.get(id).map(|key| key.open(&place, name)) {
        Some(Opened::Text(name)) => name,
        Some(Opened::Erased) => say.t("log-erased"),
        Some(Opened::Damaged) | None => say.t("log-damaged"),
    }
}

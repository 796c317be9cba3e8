//! Staff pages of the newsroom: one file per page, its template beside it.

pub mod article_edit;
pub mod article_link;
pub mod article_list;
pub mod article_review;
mod changes;
pub mod paste;

use base::calendar::{date_line, date_line_en};
use web::{Lang, Say};

/// A moment as the desk shows it, in the reader's language.
fn moment(say: &Say, ms: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(ms).unwrap_or_default();
    match say.lang {
        Lang::Vi => date_line(at),
        Lang::En => date_line_en(at),
    }
}

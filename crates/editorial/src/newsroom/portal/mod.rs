//! Public pages of the newsroom: one file per page, its template beside it.

pub mod api;
pub mod article;
pub mod category;
pub mod feeds;
pub mod home;
pub mod release;
pub mod search;
pub mod sitemap;

use base::calendar::{date_line, date_line_en, date_short, local};
use web::{Lang, Say};

pub(super) use article::article_page;

use super::public_store::Card;

/// An article of a list, ready for a template.
pub(crate) struct Tile {
    pub title: String,
    pub href: String,
    pub lead: String,
    pub category: String,
    pub image: Option<String>,
    pub datetime: String,
    pub date: String,
    pub n_views: String,
}

impl Tile {
    fn of(card: &Card, category: &str, prefix: &str) -> Self {
        Self {
            title: card.title.clone(),
            href: format!("{prefix}{}", card.path()),
            lead: card.lead.clone(),
            category: category.to_owned(),
            image: card.image.as_ref().map(|file| format!("/tep/{file}")),
            datetime: rfc3339(card.published_at),
            date: date_short(local(at(card.published_at)).date()),
            n_views: base::text::number::whole(card.n_views),
        }
    }
}

fn at(ms: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(ms).unwrap_or_default()
}

/// A moment for programs, with Vietnam's offset.
fn rfc3339(ms: i64) -> String {
    at(ms).display_with_offset(base::calendar::ZONE).to_string()
}

/// A moment for people.
pub(super) fn moment(say: &Say, ms: i64) -> String {
    match say.lang {
        Lang::Vi => date_line(at(ms)),
        Lang::En => date_line_en(at(ms)),
    }
}

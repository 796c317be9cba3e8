//! An item, a channel, a publication.

use base::id::{AgencyId, ChannelId, ItemId, UnitId};
use jiff::civil::Date;

/// What kind of thing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// An article of our own newsroom; the item's id is the article's.
    Article,
    /// Something published elsewhere, registered with its link and a file.
    External,
}

impl ItemKind {
    /// The word that tables use.
    pub fn as_str(self) -> &'static str {
        match self {
            ItemKind::Article => "article",
            ItemKind::External => "external",
        }
    }

    /// The kind of a word; anything unknown is external.
    pub fn of(word: &str) -> Self {
        if word == "article" {
            ItemKind::Article
        } else {
            ItemKind::External
        }
    }
}

/// One thing done (or being done, while `done_on` is empty).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// Whose.
    pub agency: AgencyId,
    /// What kind.
    pub kind: ItemKind,
    /// What it is called.
    pub title: String,
    /// Which unit did it.
    pub unit: Option<UnitId>,
    /// Who made it, as signed.
    pub author: String,
    /// The day from which it counts: the day it was first published.
    pub done_on: Option<Date>,
}

/// A way to the public (*kênh*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// Its kind, one of [`CHANNEL_KINDS`].
    pub kind: String,
    /// Its name, such as `Bản tin tư pháp`.
    pub name: String,
    /// Its address, if it has one.
    pub url: String,
    /// Whether it is this very portal.
    pub is_own_portal: bool,
}

/// One item on one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// The item.
    pub item: ItemId,
    /// The channel.
    pub channel: ChannelId,
    /// The channel's name.
    pub channel_name: String,
    /// The day.
    pub published_on: Date,
    /// Where it can be read; empty when it cannot.
    pub url: String,
}

/// The kinds of channels, as the interchange form of a plan names them.
pub const CHANNEL_KINDS: [&str; 18] = [
    "meeting",
    "conference",
    "workshop",
    "talk",
    "training",
    "bulletin",
    "newspaper",
    "broadcast",
    "loudspeaker",
    "website",
    "social",
    "leaflet",
    "panel",
    "contest",
    "email",
    "legal_education",
    "legal_aid",
    "other",
];

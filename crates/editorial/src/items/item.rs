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
    /// A figure that somebody entered with evidence: people reached, a meeting held.
    ByHand,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [ItemKind; 3] = [ItemKind::Article, ItemKind::External, ItemKind::ByHand];

    /// The word that tables use.
    pub fn as_str(self) -> &'static str {
        match self {
            ItemKind::Article => "article",
            ItemKind::External => "external",
            ItemKind::ByHand => "by_hand",
        }
    }

    /// The kind of a word; anything unknown is external.
    pub fn of(word: &str) -> Self {
        match word {
            "article" => ItemKind::Article,
            "by_hand" => ItemKind::ByHand,
            _ => ItemKind::External,
        }
    }
}

/// In which form something was done: what a target that asks for one kind of item looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemForm {
    /// News (*tin*) of our own newsroom.
    News,
    /// A feature (*bài*) of our own newsroom.
    Feature,
    /// A written piece published elsewhere, whose genre nobody says.
    Piece,
    /// An issue of a bulletin.
    Bulletin,
    /// A meeting, conference, workshop, talk, training, or an outreach session.
    Event,
    /// A broadcast, also by loudspeaker.
    Broadcast,
    /// A leaflet or a panel.
    Material,
    /// A contest.
    Contest,
}

impl ItemForm {
    /// Every form.
    pub const ALL: [ItemForm; 8] = [
        ItemForm::News,
        ItemForm::Feature,
        ItemForm::Piece,
        ItemForm::Bulletin,
        ItemForm::Event,
        ItemForm::Broadcast,
        ItemForm::Material,
        ItemForm::Contest,
    ];

    /// The word that tables use.
    pub fn as_str(self) -> &'static str {
        match self {
            ItemForm::News => "news",
            ItemForm::Feature => "feature",
            ItemForm::Piece => "piece",
            ItemForm::Bulletin => "bulletin",
            ItemForm::Event => "event",
            ItemForm::Broadcast => "broadcast",
            ItemForm::Material => "material",
            ItemForm::Contest => "contest",
        }
    }

    /// The form of a word; anything unknown is a piece.
    pub fn of(word: &str) -> Self {
        ItemForm::ALL
            .into_iter()
            .find(|form| form.as_str() == word)
            .unwrap_or(ItemForm::Piece)
    }

    /// The form of what appears on a channel of this kind, one of [`CHANNEL_KINDS`].
    pub fn of_channel(kind: &str) -> Self {
        match kind {
            "meeting" | "conference" | "workshop" | "talk" | "training" | "legal_aid" => {
                ItemForm::Event
            }
            "bulletin" => ItemForm::Bulletin,
            "broadcast" | "loudspeaker" => ItemForm::Broadcast,
            "leaflet" | "panel" => ItemForm::Material,
            "contest" => ItemForm::Contest,
            _ => ItemForm::Piece,
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
    /// In which form.
    pub form: ItemForm,
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

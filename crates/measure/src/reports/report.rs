//! The figures of a report: counted once, from the rows of one moment, with what each of them means.
//!
//! - **Items** (*sản phẩm*): things done for the plan within the window, by the day of their first
//!   publication. One item counts once, however many channels carry it and however many activities
//!   it fulfils.
//! - **Publications** (*lượt đăng*): each appearance of such an item on a channel, up to the day of
//!   counting. Never added to items.
//! - **By channel**: items and publications of each channel; the rows do not add up to the items,
//!   because one item stands in several rows.
//!
//! Domain notes 3.5: one article on portal, fan page and Zalo is one item and three publications.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use base::id::{ChannelId, ItemId};
use jiff::civil::Date;

use super::figures::{
    ActivityFigures, ChannelFigures, Counted, ItemFigures, LateItem, PublicationFigures,
};
use super::statistic;

/// An item as its rows have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceItem {
    /// Its id.
    pub id: ItemId,
    /// Its kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its author.
    pub author: String,
    /// Name of its unit.
    pub unit: String,
    /// The day from which it counts.
    pub done_on: Date,
}

/// A publication as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePublication {
    /// The item.
    pub item: ItemId,
    /// The channel.
    pub channel: ChannelId,
    /// The channel's name.
    pub name: String,
    /// The channel's kind.
    pub kind: String,
    /// The day.
    pub published_on: Date,
    /// The address.
    pub url: String,
}

/// Counts items and their publications. The order of the rows does not matter, an item that comes
/// twice counts once, and publications of items that are not counted are left out.
///
/// `fulfils` names the activities of an item.
pub fn count(
    items: &[SourceItem],
    publications: &[SourcePublication],
    fulfils: &HashMap<ItemId, BTreeSet<String>>,
) -> Counted {
    let mut own: HashMap<ItemId, Vec<&SourcePublication>> = HashMap::new();
    for publication in publications {
        own.entry(publication.item).or_default().push(publication);
    }
    let mut by_id: BTreeMap<(Date, ItemId), ItemFigures> = BTreeMap::new();
    for item in items {
        let published = own.get(&item.id).map_or(&[][..], Vec::as_slice);
        by_id
            .entry((item.done_on, item.id))
            .or_insert_with(|| item_figures(item, published, fulfils.get(&item.id)));
    }
    let counted: Vec<&SourcePublication> = by_id
        .keys()
        .filter_map(|(_, id)| own.get(id))
        .flatten()
        .copied()
        .collect();
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Counted {
        n_items: whole(by_id.len()),
        n_publications: whole(counted.len()),
        channels: by_channel(&counted),
        items: by_id.into_values().collect(),
    }
}

fn item_figures(
    item: &SourceItem,
    published: &[&SourcePublication],
    fulfils: Option<&BTreeSet<String>>,
) -> ItemFigures {
    let mut publications: Vec<PublicationFigures> = published
        .iter()
        .map(|publication| PublicationFigures {
            published_on: publication.published_on,
            channel: publication.name.clone(),
            url: publication.url.clone(),
            kind: publication.kind.clone(),
        })
        .collect();
    publications.sort();
    let link = publications.iter().find(|found| !found.url.is_empty());
    ItemFigures {
        id: item.id,
        kind: item.kind.clone(),
        title: item.title.clone(),
        author: item.author.clone(),
        unit: item.unit.clone(),
        done_on: item.done_on,
        activities: fulfils.map(in_tree_order).unwrap_or_default(),
        link: link.map(|found| found.url.clone()).unwrap_or_default(),
        class: statistic::class_of(&item.kind, published.iter().map(|one| one.kind.as_str()))
            .to_owned(),
        publications,
    }
}

/// Numbers of the tree in its order: `2` before `10`, `1.2` before `1.10`.
fn in_tree_order(numbers: &BTreeSet<String>) -> Vec<String> {
    let mut ordered: Vec<String> = numbers.iter().cloned().collect();
    let parts = |no: &String| -> Vec<u32> {
        no.split('.')
            .map(|part| part.parse().unwrap_or(u32::MAX))
            .collect()
    };
    ordered.sort_by_key(parts);
    ordered
}

fn by_channel(publications: &[&SourcePublication]) -> Vec<ChannelFigures> {
    let mut found: BTreeMap<ChannelId, (ChannelFigures, BTreeSet<ItemId>)> = BTreeMap::new();
    for publication in publications {
        let (figures, items) = found.entry(publication.channel).or_insert_with(|| {
            let figures = ChannelFigures {
                id: publication.channel,
                name: publication.name.clone(),
                kind: publication.kind.clone(),
                n_items: 0,
                n_publications: 0,
            };
            (figures, BTreeSet::new())
        });
        figures.n_publications += 1;
        if items.insert(publication.item) {
            figures.n_items += 1;
        }
    }
    let mut channels: Vec<ChannelFigures> = found.into_values().map(|(found, _)| found).collect();
    channels.sort_by_key(|found| {
        (
            -found.n_items,
            -found.n_publications,
            base::text::sort_key(&found.name),
            found.id,
        )
    });
    channels
}

/// The items that were done after the last day of an activity that they fulfil, by day.
pub fn late_items(items: &[ItemFigures], activities: &[&ActivityFigures]) -> Vec<LateItem> {
    let by_no: HashMap<&str, &ActivityFigures> = activities
        .iter()
        .map(|activity| (activity.no.as_str(), *activity))
        .collect();
    items
        .iter()
        .flat_map(|item| item.activities.iter().map(move |no| (item, no)))
        .filter_map(|(item, no)| {
            let to = by_no.get(no.as_str())?.to;
            (item.done_on > to).then(|| LateItem {
                item: item.id,
                title: item.title.clone(),
                done_on: item.done_on,
                activity: no.clone(),
                to,
                days_late: to.duration_until(item.done_on).as_hours() / 24,
            })
        })
        .collect()
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;

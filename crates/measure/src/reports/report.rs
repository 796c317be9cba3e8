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

use base::Fault;
use base::calendar::period::{Period, PeriodKind};
use base::id::{ActivityId, ChannelId, EvidenceId, ItemId, PlanId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The form of the JSON; it changes when a reader of the old form would misread the new one.
pub const FORMAT: &str = "loa-report/1";

/// The stretch of days that a report covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// `2023-Q1`, `2023-H1`, `2023-Q3`, `2023`; empty for days that are no reporting period.
    pub period: String,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// The day by which the report is due, as the guidance writes it.
    pub due: Option<Date>,
    /// The same when a weekend moves it to the Monday.
    pub due_workday: Option<Date>,
    /// First day of the period after it.
    pub next_first: Option<Date>,
    /// Last day of the period after it.
    pub next_last: Option<Date>,
}

impl Window {
    /// The window of a reporting period.
    pub fn of_period(period: Period) -> Self {
        let next = after(period);
        Self {
            period: period.to_string(),
            first: period.first(),
            last: period.last(),
            due: Some(period.due()),
            due_workday: Some(period.due_workday()),
            next_first: period.last().tomorrow().ok(),
            next_last: Some(next.last()),
        }
    }

    /// Days that are no reporting period.
    pub fn of_days(first: Date, last: Date) -> Self {
        Self {
            period: String::new(),
            first,
            last: last.max(first),
            due: None,
            due_workday: None,
            next_first: None,
            next_last: None,
        }
    }
}

/// The report after this one: what is still to be done is done in it.
fn after(period: Period) -> Period {
    let mut year = period.year;
    let kind = match period.kind {
        PeriodKind::Q1 => PeriodKind::H1,
        PeriodKind::H1 => PeriodKind::Q3,
        PeriodKind::Q3 => PeriodKind::Year,
        PeriodKind::Year => {
            year.0 = year.0.saturating_add(1);
            PeriodKind::Q1
        }
    };
    year.period(kind)
}

/// Everything that a report says, frozen when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// [`FORMAT`].
    pub format: String,
    /// Whose report, by the names of its days.
    pub agency: AgencyFacts,
    /// The plan.
    pub plan: PlanFacts,
    /// What the plan stands on.
    pub legal_bases: Vec<BasisFacts>,
    /// The days that are reported.
    pub window: Window,
    /// The day on which everything is counted: the last day, or the day of making if that is before.
    pub as_of: Date,
    /// What each figure means, by the name of its field.
    pub definitions: BTreeMap<String, String>,
    /// How far the plan is on that day.
    pub standing: Standing,
    /// Its tasks, in the order of the tree.
    pub tasks: Vec<TaskFigures>,
    /// Activities that belong to no task.
    pub activities: Vec<ActivityFigures>,
    /// Items and publications of the window.
    #[serde(flatten)]
    pub counted: Counted,
    /// Items done in the window that fulfil no activity of any plan.
    pub unlinked_items: i64,
    /// Items that were done after the last day of the activity that they fulfil.
    pub late_items: Vec<LateItem>,
    /// Publications that were forced.
    pub forced: Vec<ForcedPublication>,
    /// What was kept of the items.
    pub evidence: Vec<EvidenceRow>,
    /// The head of the log when the report was made; none while nothing is sealed.
    pub checkpoint: Option<LogHead>,
    /// Who signs.
    pub signer: SignerFacts,
    /// When it was made, RFC 3339 in Vietnam's offset.
    pub made_at: String,
    /// Who made it; empty when a command at the machine did.
    pub made_by: String,
}

/// Whose report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyFacts {
    /// Its id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// Symbol in document numbers.
    pub symbol: String,
    /// The agency above it.
    pub superior: String,
    /// Place of the date line.
    pub place: String,
}

/// The plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanFacts {
    /// Its id.
    pub id: PlanId,
    /// Its title.
    pub title: String,
    /// Its number.
    pub number: Option<String>,
    /// Day of issue.
    pub issued_on: Option<Date>,
    /// Who issued it.
    pub issuer: String,
    /// The year it is for.
    pub year: i16,
}

/// A document that the plan stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasisFacts {
    /// Number and symbol.
    pub number: Option<String>,
    /// Abbreviation of its kind.
    pub kind: Option<String>,
    /// Day of issue.
    pub issued_on: Option<Date>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What it is about.
    pub title: String,
}

/// How far activities are together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Activities.
    pub activities: i64,
    /// Those with a target.
    pub with_target: i64,
    /// Those whose target is reached.
    pub done: i64,
    /// Those on course.
    pub on_course: i64,
    /// Those at risk.
    pub at_risk: i64,
    /// Those that are late.
    pub late: i64,
    /// Those of which nothing is due yet.
    pub not_started: i64,
    /// Done, in whole per cent; every activity with a target weighs the same.
    pub percent: i64,
    /// What should be done by the day, in whole per cent.
    pub percent_due: i64,
}

/// What a task came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskFigures {
    /// Its number in the tree.
    pub no: String,
    /// How deep it stands, from 1.
    pub depth: usize,
    /// What was to be done.
    pub title: String,
    /// How far it is, its parts included.
    pub standing: Standing,
    /// Its own activities.
    pub activities: Vec<ActivityFigures>,
}

/// What an activity came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityFigures {
    /// Its id.
    pub id: ActivityId,
    /// Its number in the tree.
    pub no: String,
    /// What was to be done.
    pub title: String,
    /// Who leads.
    pub lead_unit: String,
    /// Who answers for it.
    pub accountable: String,
    /// When, as written.
    pub when: String,
    /// First day of its window.
    pub from: Date,
    /// Last day of its window.
    pub to: Date,
    /// How many were promised.
    pub target: Option<i64>,
    /// Of what.
    pub target_unit: String,
    /// Items done in the window of the report.
    pub done_in_window: i64,
    /// Items done in all, up to the day of counting.
    pub done_in_total: i64,
    /// How many should be done by that day.
    pub due: i64,
    /// Days since the window ended, while it is late.
    pub days_late: i64,
    /// `late`, `at_risk`, `on_course`, `not_started`, `no_target`, `done_late` or `done`.
    pub status: String,
}

impl ActivityFigures {
    /// Whether the target is reached.
    pub fn is_done(&self) -> bool {
        matches!(self.status.as_str(), "done" | "done_late")
    }
}

/// Items and publications, counted without counting anything twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Items.
    pub n_items: i64,
    /// Publications.
    pub n_publications: i64,
    /// The same by channel, most items first.
    pub channels: Vec<ChannelFigures>,
    /// The items, by day.
    pub items: Vec<ItemFigures>,
}

/// What one channel carried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelFigures {
    /// Its id.
    pub id: ChannelId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Items that it carried, each once.
    pub n_items: i64,
    /// Publications on it.
    pub n_publications: i64,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFigures {
    /// Its id; an article's item has the id of the article.
    pub id: ItemId,
    /// `article` or `external`.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// Who made it, as signed.
    pub author: String,
    /// Which unit did it.
    pub unit: String,
    /// The day of its first publication.
    pub done_on: Date,
    /// Numbers of the activities that it fulfils.
    pub activities: Vec<String>,
    /// Its publications, by day.
    pub publications: Vec<PublicationFigures>,
    /// Where it can be read: the first publication that has an address.
    pub link: String,
}

/// One appearance of an item on a channel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PublicationFigures {
    /// The day.
    pub published_on: Date,
    /// Name of the channel.
    pub channel: String,
    /// Where; empty when it is at no address.
    pub url: String,
}

/// An item that came after the window of its activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateItem {
    /// The item.
    pub item: ItemId,
    /// What it is called.
    pub title: String,
    /// When it was done.
    pub done_on: Date,
    /// Number of the activity.
    pub activity: String,
    /// Last day of the activity.
    pub to: Date,
    /// Days between the two.
    pub days_late: i64,
}

/// A publication without a second pair of eyes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForcedPublication {
    /// The item.
    pub item: ItemId,
    /// What it is called.
    pub title: String,
    /// The day.
    pub published_on: Date,
    /// Why.
    pub reason: String,
    /// Whether somebody else has confirmed it since.
    pub is_confirmed: bool,
}

/// One file of evidence (or evidence without a file: an address alone).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceRow {
    /// The piece of evidence.
    pub evidence: EvidenceId,
    /// What it is evidence of.
    pub item: ItemId,
    /// What that is called.
    pub title: String,
    /// `page`, `file` or `link`.
    pub kind: String,
    /// Name of the file; empty when there is none.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal; empty when there is none.
    pub sha256: String,
    /// Its size in bytes.
    pub size: i64,
    /// When it was taken, RFC 3339 in Vietnam's offset.
    pub taken_at: String,
    /// Its number in the log, from 0; none while it waits to be sealed.
    pub leaf: Option<i64>,
}

/// The head of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogHead {
    /// Which log.
    pub origin: String,
    /// Its leaves.
    pub size: i64,
    /// Its root, in base64.
    pub root: String,
}

/// Who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignerFacts {
    /// The office; empty for the usual one of a director.
    pub title: String,
    /// The name; empty while it is open.
    pub name: String,
}

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

impl Figures {
    /// All activities of the plan, in the order of the tree.
    pub fn all_activities(&self) -> impl Iterator<Item = &ActivityFigures> {
        let of_tasks = self.tasks.iter().flat_map(|task| &task.activities);
        of_tasks.chain(&self.activities)
    }

    /// What a figure means.
    pub fn definition(&self, name: &str) -> &str {
        self.definitions.get(name).map_or("", String::as_str)
    }

    /// The activities that are to be worked on next: not done, and their window has begun by the end
    /// of the period after this one.
    pub fn due_next(&self) -> Vec<&ActivityFigures> {
        let end = self.window.next_last;
        self.all_activities()
            .filter(|activity| !activity.is_done())
            .filter(|activity| activity.status == "late" || activity.to > self.window.last)
            .filter(|activity| end.is_none_or(|end| activity.from <= end))
            .collect()
    }
}

/// The figures as they are stored and hashed.
///
/// # Faults
/// Never with figures that were made here.
pub fn to_json(figures: &Figures) -> Result<String, Fault> {
    serde_json::to_string_pretty(figures)
        .map_err(|error| Fault::from_source("figures cannot be written as JSON", error))
}

/// Stored figures.
///
/// # Faults
/// The text is not what [`to_json`] writes: somebody changed the row.
pub fn from_json(text: &str) -> Result<Figures, Fault> {
    serde_json::from_str(text)
        .map_err(|error| Fault::from_source("stored figures cannot be read", error))
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;

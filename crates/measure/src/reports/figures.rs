//! What a report says, as data: frozen as JSON when it is made, and read back for every copy.
//!
//! All names are those of the JSON; days are `YYYY-MM-DD`, moments RFC 3339 with Vietnam's offset.

use std::collections::BTreeMap;

use base::Fault;
use base::id::{ActivityId, ChannelId, EvidenceId, ItemId, PlanId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::window::Window;

/// The form of the JSON; it changes when a reader of the old form would misread the new one.
pub const FORMAT: &str = "loa-report/1";

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
    /// The first of them, by day.
    #[serde(default)]
    pub unlinked: Vec<UnlinkedItem>,
    /// The statistics that reports are asked for.
    #[serde(default)]
    pub statistics: Vec<StatisticFigures>,
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
    /// Done, in whole per cent; every activity with a target weighs its points.
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
    /// How many were promised (of the first target).
    pub target: Option<i64>,
    /// Of what.
    pub target_unit: String,
    /// Its targets, in the plan's order.
    #[serde(default)]
    pub targets: Vec<TargetFigures>,
    /// What was entered by hand within the window of the report.
    #[serde(default)]
    pub by_hand: Vec<HandFigure>,
    /// Done in the window of the report (of the first target; items when there is none).
    pub done_in_window: i64,
    /// Done in all, up to the day of counting.
    pub done_in_total: i64,
    /// How many should be done by that day.
    pub due: i64,
    /// Days since the window ended, while it is late.
    pub days_late: i64,
    /// `late`, `at_risk`, `on_course`, `not_started`, `no_target`, `done_late` or `done`.
    pub status: String,
}

/// What a target came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetFigures {
    /// How many were promised, in all slots and by all units.
    pub number: i64,
    /// Of what.
    pub unit: String,
    /// Done in the window of the report.
    pub done_in_window: i64,
    /// Done in all, up to the day of counting.
    pub done_in_total: i64,
    /// How many of these were entered by hand.
    pub by_hand: i64,
    /// How many should be done by that day.
    pub due: i64,
    /// Slots that were missed and that nobody made up for.
    pub missed_slots: i64,
    /// As that of the activity.
    pub status: String,
}

/// A figure that a person entered with evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandFigure {
    /// Its item, to which the evidence belongs.
    pub item: ItemId,
    /// What it is.
    pub title: String,
    /// How many.
    pub number: i64,
    /// Of what.
    pub unit: String,
    /// The day from which it counts.
    pub day: Date,
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
    /// Code of the statistic in which it counts; empty in reports that were made without them.
    #[serde(default)]
    pub class: String,
}

/// An item that fulfils no activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnlinkedItem {
    /// The item.
    pub item: ItemId,
    /// What it is called.
    pub title: String,
    /// When it was done.
    pub done_on: Date,
}

/// One of the statistics that reports are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticFigures {
    /// Its code.
    pub code: String,
    /// How many.
    pub number: i64,
    /// What people typed for it; the items of others stand in the list of items.
    pub rows: Vec<StatisticRow>,
}

/// A number that a person typed, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticRow {
    /// What it is.
    pub title: String,
    /// How many.
    pub number: i64,
    /// The day from which it counts.
    pub day: Date,
    /// The item that holds its evidence, for figures typed at an activity.
    pub item: Option<ItemId>,
    /// SHA-256 of the file of evidence, in hexadecimal; empty when it is an address.
    pub sha256: String,
    /// Name of that file.
    pub file: String,
    /// Where the evidence can be seen; may be empty.
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
    /// Kind of the channel; empty in reports that were made without it.
    #[serde(default)]
    pub kind: String,
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
    /// The whole statement as it was signed (C2SP signed note); empty in reports without it.
    #[serde(default)]
    pub note: String,
}

/// Who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignerFacts {
    /// The office; empty for the usual one of a director.
    pub title: String,
    /// The name; empty while it is open.
    pub name: String,
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

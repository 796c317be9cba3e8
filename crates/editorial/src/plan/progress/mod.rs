//! How far an activity is: derived from its promise, the days its items were done, the agency's
//! calendar and today. Nobody types a status.
//!
//! - **Window.** From the first to the last day told; what is not told is the begin or the end of
//!   the plan's reporting year, 15 December to 14 December (what is done after that belongs to the
//!   next year's report).
//! - **Slots.** An activity that recurs daily, weekly, monthly, quarterly, half-yearly or yearly has
//!   a slot for each of them ([`promise`]), and each target is asked for in each slot; of each unit
//!   when it is asked per unit. "Continuous" has one slot: its number is for the whole window.
//! - **Deadline.** The last day of a slot in both readings (`base::calendar::working`): from the
//!   earlier on, what is not done is at risk; only after the later is it late.
//! - **Done.** An item counts for one target ([`super::target::chosen`]) on its day, in hundredths,
//!   so that a shared item counts its part. It fills the slot of its day; what a slot does not need
//!   makes up for earlier slots, the oldest first, which are then done late. A slot that nobody
//!   makes up for stays missed, also when the total is reached ([`slot`]).
//! - **Due.** What should be done by now: of a recurring activity, the slots whose deadline has
//!   passed; of any other, its share of the window's days that are over, rounded down, and rounded
//!   up in the last tenth of the window (at most [`promise::NEAR_DAYS_MAX`] days), so that a single
//!   conference is at risk before it is late.
//! - **Together.** The targets of an activity weigh the same; the activities of a task or plan weigh
//!   their points ([`weight`]). What is above a target, or of one unit above its own part, makes up
//!   for nothing else, and 100 % is said only when all is done.

pub mod deadline;
pub mod promise;
pub mod reckoning;
pub mod slot;
mod summary;
#[cfg(test)]
mod tests;
pub mod weight;

use jiff::civil::Date;
use serde::Serialize;

pub use promise::Promise;
pub use reckoning::{ActivityProgress, Reckoning, Source, Tally, TargetProgress};
pub use slot::SlotProgress;
pub use summary::Summary;

/// Parts of one item: everything is counted in hundredths of it.
pub const WHOLE: i64 = 100;

/// All of something, in hundredths of a per cent.
pub const ALL_DONE: i64 = 10_000;

/// How far an activity, a task or a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The deadline has passed and the target is not reached.
    Late,
    /// Less is done than is due by now.
    AtRisk,
    /// As much is done as is due by now, or more.
    OnCourse,
    /// Nothing is done, and nothing is due yet.
    NotStarted,
    /// No number was promised, so nothing can be counted against it.
    NoTarget,
    /// The target was reached after the deadline, or with a slot missed.
    DoneLate,
    /// The target was reached in time.
    Done,
}

impl Status {
    /// Every status, what needs attention first.
    pub const ALL: [Status; 7] = [
        Status::Late,
        Status::AtRisk,
        Status::OnCourse,
        Status::NotStarted,
        Status::NoTarget,
        Status::DoneLate,
        Status::Done,
    ];

    /// The word that programs use; the words for people have the key `plan-status-{word}`.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Late => "late",
            Status::AtRisk => "at_risk",
            Status::OnCourse => "on_course",
            Status::NotStarted => "not_started",
            Status::NoTarget => "no_target",
            Status::DoneLate => "done_late",
            Status::Done => "done",
        }
    }

    /// The word by which the stylesheet colours it: done late looks like done.
    pub fn look(self) -> &'static str {
        if self == Status::DoneLate {
            Status::Done.as_str()
        } else {
            self.as_str()
        }
    }

    /// Whether the target was reached.
    pub fn is_done(self) -> bool {
        matches!(self, Status::Done | Status::DoneLate)
    }

    /// What several are together: late if one is late, done only if all are.
    pub fn of_all(all: impl IntoIterator<Item = Status>) -> Status {
        let all: Vec<Status> = all.into_iter().collect();
        let has = |status| all.contains(&status);
        if all.is_empty() {
            Status::NoTarget
        } else if has(Status::Late) {
            Status::Late
        } else if has(Status::AtRisk) {
            Status::AtRisk
        } else if all.iter().all(|status| status.is_done()) {
            if has(Status::DoneLate) {
                Status::DoneLate
            } else {
                Status::Done
            }
        } else if all.iter().all(|status| *status == Status::NotStarted) {
            Status::NotStarted
        } else {
            Status::OnCourse
        }
    }
}

/// How far an activity is. Numbers of one target are those of the first: targets of different units
/// cannot be added, but their shares can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// In a word: the worst of its targets.
    pub status: Status,
    /// How many were promised in all (first target).
    pub target: Option<i64>,
    /// How many are done (first target; all items when there is none), whole ones.
    pub done: i64,
    /// How many of these were entered by hand.
    pub by_hand: i64,
    /// How many should be done by today (first target).
    pub due: i64,
    /// Days since the later reading of the deadline, while it is late.
    pub days_late: i64,
    /// First day of the window.
    pub from: Date,
    /// Last day of the window, as written.
    pub to: Date,
    /// The earlier reading of the last day.
    pub due_before: Date,
    /// The later reading of the last day.
    pub due_after: Date,
    /// How many targets it has.
    pub n_targets: i64,
    /// Slots whose deadline has passed and that nobody has made up for, of all targets and units.
    pub n_missed: i64,
    /// The points that it weighs.
    pub points: i64,
    /// How much is done, in hundredths of a per cent: at most [`ALL_DONE`].
    pub share: i64,
    /// How much should be done by today, in hundredths of a per cent.
    pub share_due: i64,
}

impl Progress {
    /// How much of the targets is done, in whole per cent, at most 100; 0 without a target.
    pub fn percent(&self) -> i64 {
        self.share / 100
    }

    /// How much of the targets should be done by today, in whole per cent.
    pub fn percent_due(&self) -> i64 {
        self.share_due / 100
    }
}

/// Hundredths of a per cent, rounded down, at most [`ALL_DONE`].
pub(crate) fn share(part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return 0;
    }
    let part = i128::from(part.clamp(0, whole)) * i128::from(ALL_DONE);
    i64::try_from(part / i128::from(whole)).unwrap_or(ALL_DONE)
}

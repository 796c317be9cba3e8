//! How far an activity is: derived from its promise, the days its items were done, and today.
//! Nobody types a status.
//!
//! - **Window.** From the first to the last day told; what is not told is the begin or the end of
//!   the plan's reporting year, 15 December to 14 December (what is done after that belongs to the
//!   next year's report).
//! - **Target.** The number told. When the activity recurs daily, weekly, monthly, quarterly,
//!   half-yearly or yearly, the number is for each slot, and the target is the number times the
//!   slots of the window: one a month from 1 January to 31 December is twelve. Slots are counted
//!   from the window's first day; a month or more that has begun is a slot, of weeks only full ones
//!   are. "Continuous" has no slots: its number is for the whole window.
//! - **Done.** Items of the activity done by today, whenever that was: early work counts.
//! - **Due.** What should be done by now: of a recurring activity, the slots that are over; of any
//!   other, its share of the window's days that are over, rounded down, and rounded up in the last
//!   tenth of the window (at most [`NEAR_DAYS_MAX`] days), so that a single conference is at risk
//!   before it is late.
//! - **Roll-up.** Every activity that has a target weighs the same, whatever its number: twelve
//!   news items and one conference are two promises. What is above a target is not carried over to
//!   another activity, and 100 % is said only when all is done.

use base::calendar::period::ReportingYear;
use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;

use super::activity::{ActivityDetails, TARGET_MAX};
use super::import::Recurrence;

/// The end of a window is near at most so many days before it.
pub const NEAR_DAYS_MAX: i64 = 14;

/// How far an activity, a task or a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The window is over and the target is not reached.
    Late,
    /// Less is done than is due by now.
    AtRisk,
    /// As much is done as is due by now, or more.
    OnCourse,
    /// Nothing is done, and nothing is due yet.
    NotStarted,
    /// No number was promised, so nothing can be counted against it.
    NoTarget,
    /// The target was reached after the window.
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
}

/// What was promised, as numbers and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// How many in all, if a number was promised.
    pub target: Option<i64>,
    /// How many for each slot, and how many slots, if it recurs in slots.
    pub slots: Option<(i64, i64)>,
    slot: Option<Slot>,
}

impl Promise {
    /// The promise of an activity of a plan of this year.
    pub fn of(details: &ActivityDetails, year: i16) -> Self {
        let year = ReportingYear(year);
        let when = &details.when;
        let from = when
            .from
            .unwrap_or_else(|| year.first().min(when.to.unwrap_or(year.first())));
        let to = when.to.unwrap_or_else(|| year.last()).max(from);
        let slot = when.recurs.and_then(Slot::of);
        let number = details
            .target_number
            .map(|number| number.clamp(1, TARGET_MAX));
        let slots = number.zip(slot.map(|slot| slot.count(from, to)));
        let target = match slots {
            Some((number, n_slots)) => Some(number.saturating_mul(n_slots)),
            None => number,
        };
        Self {
            from,
            to,
            target,
            slots,
            slot,
        }
    }

    /// How many are due by a day.
    pub fn due(&self, today: Date) -> i64 {
        let Some(target) = self.target else { return 0 };
        if today > self.to {
            return target;
        }
        if today < self.from {
            return 0;
        }
        if let (Some(slot), Some((number, n_slots))) = (self.slot, self.slots) {
            return number.saturating_mul(slot.over(self.from, today).min(n_slots));
        }
        let total = days(self.from, self.to) + 1;
        let over = days(self.from, today);
        let is_near = total - over <= (total / 10).min(NEAR_DAYS_MAX);
        let share = target.saturating_mul(over);
        if is_near {
            (share + total - 1) / total
        } else {
            share / total
        }
    }

    /// How far it is, from the days on which its items were done (in any order).
    pub fn progress(&self, done_on: &[Date], today: Date) -> Progress {
        let mut days_done: Vec<Date> = done_on
            .iter()
            .copied()
            .filter(|day| *day <= today)
            .collect();
        days_done.sort_unstable();
        let done = i64::try_from(days_done.len()).unwrap_or(i64::MAX);
        let due = self.due(today);
        let reached_on = self
            .target
            .and_then(|target| usize::try_from(target - 1).ok())
            .and_then(|last| days_done.get(last).copied());
        let status = match (self.target, reached_on) {
            (None, _) => Status::NoTarget,
            (Some(_), Some(day)) if day <= self.to => Status::Done,
            (Some(_), Some(_)) => Status::DoneLate,
            (Some(_), None) if today > self.to => Status::Late,
            (Some(_), None) if done < due => Status::AtRisk,
            (Some(_), None) if done == 0 => Status::NotStarted,
            (Some(_), None) => Status::OnCourse,
        };
        let days_late = if status == Status::Late {
            days(self.to, today)
        } else {
            0
        };
        Progress {
            status,
            target: self.target,
            done,
            due,
            days_late,
            from: self.from,
            to: self.to,
        }
    }
}

/// How far an activity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// In a word.
    pub status: Status,
    /// How many were promised.
    pub target: Option<i64>,
    /// How many are done.
    pub done: i64,
    /// How many should be done by today.
    pub due: i64,
    /// Days since the window ended, while it is late.
    pub days_late: i64,
    /// First day of the window.
    pub from: Date,
    /// Last day of the window.
    pub to: Date,
}

impl Progress {
    /// How much of the target is done, in whole per cent, at most 100; 0 without a target.
    pub fn percent(&self) -> i64 {
        share(self.done, self.target) / 100
    }

    /// How much of the target should be done by today, in whole per cent.
    pub fn percent_due(&self) -> i64 {
        share(self.due, self.target) / 100
    }
}

/// Hundredths of a per cent, rounded down, at most 10,000.
fn share(part: i64, whole: Option<i64>) -> i64 {
    match whole {
        Some(whole) if whole > 0 => part.clamp(0, whole).saturating_mul(10_000) / whole,
        _ => 0,
    }
}

/// How far many activities are together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Activities.
    pub n_activities: i64,
    /// Activities that have a target: those that are counted.
    pub n_with_target: i64,
    /// Activities whose target is reached.
    pub n_done: i64,
    /// Activities that are late.
    pub n_late: i64,
    /// Activities that are at risk.
    pub n_at_risk: i64,
    /// Activities that have begun and are on course.
    pub n_on_course: i64,
    /// Activities of which nothing is due yet.
    pub n_not_started: i64,
    /// Done, in whole per cent, every activity with a target weighing the same.
    pub percent: i64,
    /// What should be done by today, in whole per cent.
    pub percent_due: i64,
}

impl Summary {
    /// The roll-up of these activities.
    pub fn of<'a>(all: impl IntoIterator<Item = &'a Progress>) -> Self {
        let mut sum = Self::default();
        let (mut done, mut due) = (0i64, 0i64);
        for progress in all {
            sum.n_activities += 1;
            match progress.status {
                Status::NoTarget => continue,
                Status::Late => sum.n_late += 1,
                Status::AtRisk => sum.n_at_risk += 1,
                Status::OnCourse => sum.n_on_course += 1,
                Status::NotStarted => sum.n_not_started += 1,
                Status::DoneLate | Status::Done => sum.n_done += 1,
            }
            sum.n_with_target += 1;
            done += share(progress.done, progress.target);
            due += share(progress.due, progress.target);
        }
        if sum.n_with_target > 0 {
            sum.percent = done / sum.n_with_target / 100;
            sum.percent_due = due / sum.n_with_target / 100;
        }
        sum
    }

    /// The worst of the activities, in a word.
    pub fn status(&self) -> Status {
        match self {
            Self {
                n_with_target: 0, ..
            } => Status::NoTarget,
            Self { n_late: 1.., .. } => Status::Late,
            Self { n_at_risk: 1.., .. } => Status::AtRisk,
            _ if self.n_done == self.n_with_target => Status::Done,
            _ if self.n_not_started == self.n_with_target => Status::NotStarted,
            _ => Status::OnCourse,
        }
    }
}

/// The length of one slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Days(i64),
    Months(i64),
}

impl Slot {
    fn of(recurs: Recurrence) -> Option<Slot> {
        match recurs {
            Recurrence::Continuous => None,
            Recurrence::Daily => Some(Slot::Days(1)),
            Recurrence::Weekly => Some(Slot::Days(7)),
            Recurrence::Monthly => Some(Slot::Months(1)),
            Recurrence::Quarterly => Some(Slot::Months(3)),
            Recurrence::HalfYearly => Some(Slot::Months(6)),
            Recurrence::Yearly => Some(Slot::Months(12)),
        }
    }

    /// How many slots a window has: at least one.
    fn count(self, from: Date, to: Date) -> i64 {
        match self {
            Slot::Days(length) => ((days(from, to) + 1) / length).max(1),
            Slot::Months(_) => self.over(from, to) + 1,
        }
    }

    /// How many slots are over when a day begins.
    fn over(self, from: Date, today: Date) -> i64 {
        match self {
            Slot::Days(length) => days(from, today) / length,
            Slot::Months(length) => {
                let years = i64::from(today.year()) - i64::from(from.year());
                let months = years * 12 + i64::from(today.month()) - i64::from(from.month());
                let n = months / length;
                let begin = from.saturating_add(Span::new().months(n * length));
                (if begin > today { n - 1 } else { n }).max(0)
            }
        }
    }
}

/// Whole days from one day to another.
fn days(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::activity::When;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn promise(
        target: Option<i64>,
        from: Option<Date>,
        to: Option<Date>,
        recurs: Option<Recurrence>,
    ) -> Promise {
        let when = When {
            from,
            to,
            recurs,
            ..When::default()
        };
        let details = ActivityDetails {
            target_number: target,
            when,
            ..ActivityDetails::default()
        };
        Promise::of(&details, 2023)
    }

    fn quarter(target: i64) -> Promise {
        promise(
            Some(target),
            Some(date(2023, 4, 1)),
            Some(date(2023, 6, 30)),
            None,
        )
    }

    #[test]
    fn a_status_follows_from_the_days_alone() {
        let at = |n: usize, today: Date| {
            let items = vec![date(2023, 4, 3); n];
            quarter(12).progress(&items, today).status
        };
        assert_eq!(at(0, date(2023, 3, 1)), Status::NotStarted);
        assert_eq!(
            at(0, date(2023, 4, 5)),
            Status::NotStarted,
            "not one is due yet"
        );
        assert_eq!(at(0, date(2023, 5, 1)), Status::AtRisk);
        assert_eq!(at(3, date(2023, 5, 1)), Status::OnCourse);
        assert_eq!(at(3, date(2023, 5, 2)), Status::AtRisk, "the fourth is due");
        assert_eq!(at(11, date(2023, 6, 30)), Status::AtRisk);
        assert_eq!(at(11, date(2023, 7, 1)), Status::Late);
        assert_eq!(at(12, date(2023, 5, 1)), Status::Done);
        assert_eq!(quarter(12).progress(&[], date(2023, 7, 11)).days_late, 11);
    }

    #[test]
    fn a_target_reached_after_its_window_is_done_late() {
        let items = [date(2023, 7, 2), date(2023, 5, 1)];
        let today = date(2023, 8, 1);
        assert_eq!(quarter(2).progress(&items, today).status, Status::DoneLate);
        assert_eq!(quarter(1).progress(&items, today).status, Status::Done);
    }

    #[test]
    fn one_conference_is_at_risk_shortly_before_its_deadline() {
        let due = |day| quarter(1).due(day);
        assert_eq!(due(date(2023, 6, 15)), 0);
        assert_eq!(
            due(date(2023, 6, 24)),
            1,
            "within the last tenth of the quarter"
        );
        let one_day = promise(
            Some(1),
            Some(date(2023, 6, 15)),
            Some(date(2023, 6, 15)),
            None,
        );
        assert_eq!(
            one_day.progress(&[], date(2023, 6, 15)).status,
            Status::NotStarted
        );
        assert_eq!(
            one_day.progress(&[], date(2023, 6, 16)).status,
            Status::Late
        );
    }

    #[test]
    fn an_item_of_tomorrow_does_not_count_today() {
        let found = quarter(1).progress(&[date(2023, 5, 2)], date(2023, 5, 1));
        assert_eq!((found.done, found.status), (0, Status::NotStarted));
    }

    #[test]
    fn one_a_month_is_twelve_a_year_and_three_a_quarter() {
        let all_year = |recurs| promise(Some(1), None, None, Some(recurs)).target;
        assert_eq!(all_year(Recurrence::Monthly), Some(12));
        assert_eq!(all_year(Recurrence::Quarterly), Some(4));
        assert_eq!(all_year(Recurrence::HalfYearly), Some(2));
        assert_eq!(all_year(Recurrence::Yearly), Some(1));
        assert_eq!(
            all_year(Recurrence::Weekly),
            Some(52),
            "the last week is not full"
        );
        assert_eq!(all_year(Recurrence::Daily), Some(365));
        assert_eq!(all_year(Recurrence::Continuous), Some(1));
        let (from, to) = (Some(date(2023, 4, 1)), Some(date(2023, 6, 30)));
        assert_eq!(
            promise(Some(2), from, to, Some(Recurrence::Monthly)).target,
            Some(6)
        );
    }

    #[test]
    fn a_month_is_due_when_it_is_over() {
        let (from, to) = (Some(date(2023, 1, 1)), Some(date(2023, 12, 31)));
        let monthly = promise(Some(2), from, to, Some(Recurrence::Monthly));
        assert_eq!(monthly.due(date(2023, 1, 31)), 0);
        assert_eq!(monthly.due(date(2023, 2, 1)), 2);
        assert_eq!(monthly.due(date(2023, 12, 31)), 22);
        assert_eq!(monthly.due(date(2024, 1, 1)), 24);
    }

    #[test]
    fn what_is_not_told_is_the_reporting_year() {
        let open = promise(Some(1), None, None, None);
        assert_eq!(
            (open.from, open.to),
            (date(2022, 12, 15), date(2023, 12, 14))
        );
        let before = promise(Some(1), None, Some(date(2022, 12, 1)), None);
        assert_eq!(
            (before.from, before.to),
            (date(2022, 12, 1), date(2022, 12, 1))
        );
    }

    #[test]
    fn promises_weigh_the_same_and_do_not_spill_over() {
        let today = date(2023, 6, 1);
        let many = quarter(12).progress(&[date(2023, 4, 2); 40], today);
        let none = quarter(1).progress(&[], today);
        let without = promise(None, None, None, None).progress(&[date(2023, 4, 2)], today);
        let sum = Summary::of([&many, &none, &without]);
        assert_eq!(
            (sum.percent, sum.n_with_target, sum.n_activities),
            (50, 2, 3)
        );
        assert_eq!(
            sum.status(),
            Status::OnCourse,
            "one is done, of the other nothing is due"
        );
        assert_eq!(Summary::of([]).status(), Status::NoTarget);
    }

    fn any_promise() -> impl Strategy<Value = Promise> {
        let day = || proptest::option::of(0i64..800);
        (
            proptest::option::of(1i64..200),
            day(),
            day(),
            proptest::option::of(0usize..7),
        )
            .prop_map(|(target, from, to, recurs)| {
                let at = |n: i64| date(2022, 6, 1).saturating_add(Span::new().days(n));
                let recurs = recurs.and_then(|n| crate::plan::activity::RECURRENCES.get(n));
                promise(
                    target,
                    from.map(at),
                    to.map(at),
                    recurs.map(|(recurs, _)| *recurs),
                )
            })
    }

    proptest! {
        #[test]
        fn nothing_is_above_the_target_and_nothing_runs_backwards(
            promise in any_promise(),
            items in proptest::collection::vec(0i64..900, 0..60),
            today in 0i64..900,
        ) {
            let at = |n: i64| date(2022, 6, 1).saturating_add(Span::new().days(n));
            let items: Vec<Date> = items.into_iter().map(at).collect();
            let now = promise.progress(&items, at(today));
            let next = promise.progress(&items, at(today + 1));
            prop_assert!((0..=100).contains(&now.percent()));
            prop_assert!((0..=100).contains(&now.percent_due()));
            prop_assert!(now.due >= 0 && now.due <= now.target.unwrap_or(0));
            prop_assert!(now.due <= next.due && now.done <= next.done);
            prop_assert_eq!(now.percent() == 100, now.status.is_done());
            prop_assert!(!now.status.is_done() || next.status == now.status, "done stays done");
            prop_assert_eq!(now.days_late > 0, now.status == Status::Late);
            let more: Vec<Date> = items.iter().copied().chain([at(today)]).collect();
            prop_assert!(promise.progress(&more, at(today)).percent() >= now.percent());
        }

        #[test]
        fn a_whole_is_complete_only_when_every_part_is(
            parts in proptest::collection::vec((any_promise(), 0usize..220), 0..8),
            today in 0i64..900,
        ) {
            let today = date(2022, 6, 1).saturating_add(Span::new().days(today));
            let all: Vec<Progress> = parts.iter()
                .map(|(promise, n)| promise.progress(&vec![date(2022, 6, 1); *n], today))
                .collect();
            let sum = Summary::of(&all);
            let counted: Vec<_> = all.iter().filter(|part| part.target.is_some()).collect();
            let is_complete = !counted.is_empty() && counted.iter().all(|part| part.status.is_done());
            prop_assert_eq!(sum.percent == 100, is_complete);
            prop_assert!((0..=100).contains(&sum.percent));
            let n = sum.n_done + sum.n_late + sum.n_at_risk + sum.n_on_course + sum.n_not_started;
            prop_assert_eq!(n, sum.n_with_target);
        }
    }
}

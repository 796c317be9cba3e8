//! Filling the slots of one target for one unit.

use base::calendar::working::{Deadline, WorkCalendar};
use base::id::UnitId;
use jiff::civil::Date;

use super::promise::{Promise, is_near};
use super::{Status, WHOLE};

/// How far one slot of one target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotProgress {
    /// Which target, by its place.
    pub target: usize,
    /// Which unit, when each has slots of its own.
    pub unit: Option<UnitId>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The last day in both readings.
    pub deadline: Deadline,
    /// How many were promised for it.
    pub number: i64,
    /// How much is done for it, in hundredths of an item: at most the number.
    pub done: i64,
    /// How much of that came after its deadline.
    pub late: i64,
    /// In a word; [`Status::Late`] is a slot that was missed.
    pub status: Status,
}

/// How much a slot got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Filled {
    /// By its deadline, in hundredths.
    pub in_time: i64,
    /// After it, in hundredths.
    pub late: i64,
}

impl Filled {
    fn lacks(self, need: i64) -> i64 {
        (need - self.in_time - self.late).max(0)
    }
}

/// The slots of a promise with their deadlines.
pub(super) struct Slots<'a> {
    promise: &'a Promise,
    pub deadlines: Vec<Deadline>,
}

impl<'a> Slots<'a> {
    pub fn of(promise: &'a Promise, calendar: &WorkCalendar) -> Self {
        let ends = promise.slots.iter().map(|(_, to)| *to);
        Self {
            deadlines: ends.map(|to| calendar.deadline(to)).collect(),
            promise,
        }
    }

    /// The later reading of the last deadline.
    pub fn last_after(&self) -> Date {
        self.deadlines
            .last()
            .map_or(self.promise.to, |last| last.after)
    }

    /// Deals what was done (day and hundredths, by day) out to slots that each need so much. First
    /// comes the slot before whose deadline has not passed, then the slot of the day, then the
    /// oldest that was missed; what nobody needs is left over.
    pub fn fill(&self, need: i64, done: &[(Date, i64)]) -> Vec<Filled> {
        let mut filled = vec![Filled::default(); self.deadlines.len()];
        for (day, amount) in done {
            let own = self.promise.slot_of(*day);
            let mut left = *amount;
            let before = self.deadlines.iter().take(own);
            let open = before.filter(|deadline| deadline.after < *day).count();
            for slot in filled.iter_mut().take(own + 1).skip(open) {
                let part = slot.lacks(need).min(left);
                slot.in_time += part;
                left -= part;
            }
            for slot in filled.iter_mut().take(open) {
                if left == 0 {
                    break;
                }
                let part = slot.lacks(need).min(left);
                slot.late += part;
                left -= part;
            }
        }
        filled
    }

    /// How much is due on a day, of so many in each slot.
    pub fn due(&self, number: i64, today: Date) -> i64 {
        let n_over = self
            .deadlines
            .iter()
            .filter(|deadline| today > deadline.before)
            .count();
        if n_over == self.deadlines.len() || self.promise.is_recurring {
            number.saturating_mul(i64::try_from(n_over).unwrap_or(i64::MAX))
        } else {
            self.promise.due_within(number, today)
        }
    }

    /// How far a slot is that needs so much and got this.
    pub fn status(&self, n: usize, need: i64, filled: Filled, today: Date) -> Status {
        let (Some(deadline), Some(window)) = (self.deadlines.get(n), self.promise.slots.get(n))
        else {
            return Status::NoTarget;
        };
        if filled.in_time >= need {
            Status::Done
        } else if filled.lacks(need) == 0 {
            Status::DoneLate
        } else if today > deadline.after {
            Status::Late
        } else if today > deadline.before || is_near(*window, today) {
            Status::AtRisk
        } else if filled.in_time > 0 {
            Status::OnCourse
        } else {
            Status::NotStarted
        }
    }

    /// A slot for people and programs.
    pub fn progress(
        &self,
        n: usize,
        (target, unit, number): (usize, Option<UnitId>, i64),
        filled: Filled,
        today: Date,
    ) -> Option<SlotProgress> {
        let (from, to) = self.promise.slots.get(n).copied()?;
        Some(SlotProgress {
            target,
            unit,
            from,
            to,
            deadline: self.deadlines.get(n).copied()?,
            number,
            done: filled.in_time + filled.late,
            late: filled.late,
            status: self.status(n, number.saturating_mul(WHOLE), filled, today),
        })
    }
}

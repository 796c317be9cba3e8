//! The window of an activity and its slots.

use base::calendar::period::ReportingYear;
use jiff::Span;
use jiff::civil::Date;

use crate::plan::activity::When;
use crate::plan::import::Recurrence;

/// The end of a window is near at most so many days before it.
pub const NEAR_DAYS_MAX: i64 = 14;

/// When something was promised: its window, cut into slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// First and last day of each slot, in order; one for the whole window when it does not recur.
    pub slots: Vec<(Date, Date)>,
    /// Whether it recurs in slots.
    pub is_recurring: bool,
}

impl Promise {
    /// When an activity of a plan of this year was promised.
    pub fn of(when: &When, year: i16) -> Self {
        let year = ReportingYear(year);
        let from = when
            .from
            .unwrap_or_else(|| year.first().min(when.to.unwrap_or(year.first())));
        let to = when.to.unwrap_or_else(|| year.last()).max(from);
        let step = when.recurs.and_then(Step::of);
        let slots = step.map_or_else(|| vec![(from, to)], |step| step.slots(from, to));
        Self {
            from,
            to,
            slots,
            is_recurring: step.is_some(),
        }
    }

    /// The slot that a day belongs to: the first for what is done before it, `slots.len()` for what
    /// is done after the last.
    pub fn slot_of(&self, day: Date) -> usize {
        if day > self.to {
            return self.slots.len();
        }
        self.slots
            .partition_point(|(from, _)| *from <= day)
            .saturating_sub(1)
    }

    /// How many of so many are due on a day within the window, which does not recur.
    pub fn due_within(&self, number: i64, today: Date) -> i64 {
        if today < self.from {
            return 0;
        }
        let total = days(self.from, self.to) + 1;
        let over = days(self.from, today).clamp(0, total);
        let share = number.saturating_mul(over);
        if is_near((self.from, self.to), today) {
            (share + total - 1) / total
        } else {
            share / total
        }
    }
}

/// Whether the end of a window is near: within its last tenth, and at most [`NEAR_DAYS_MAX`] days
/// before it.
pub fn is_near((from, to): (Date, Date), today: Date) -> bool {
    let total = days(from, to) + 1;
    today >= from && total - days(from, today) <= (total / 10).min(NEAR_DAYS_MAX)
}

/// The length of one slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Days(i64),
    Months(i64),
}

impl Step {
    fn of(recurs: Recurrence) -> Option<Step> {
        match recurs {
            Recurrence::Continuous => None,
            Recurrence::Daily => Some(Step::Days(1)),
            Recurrence::Weekly => Some(Step::Days(7)),
            Recurrence::Monthly => Some(Step::Months(1)),
            Recurrence::Quarterly => Some(Step::Months(3)),
            Recurrence::HalfYearly => Some(Step::Months(6)),
            Recurrence::Yearly => Some(Step::Months(12)),
        }
    }

    /// The slots of a window, counted from its first day: a month or more that has begun is a slot,
    /// of weeks only full ones are (the days that remain belong to the last).
    fn slots(self, from: Date, to: Date) -> Vec<(Date, Date)> {
        let n_most = match self {
            Step::Days(length) => ((days(from, to) + 1) / length).max(1),
            Step::Months(length) => (days(from, to) / (28 * length)) + 1,
        };
        let begin = |n: i64| match self {
            Step::Days(length) => from.saturating_add(Span::new().days(n * length)),
            Step::Months(length) => from.saturating_add(Span::new().months(n * length)),
        };
        let begins: Vec<Date> = (0..n_most)
            .map(begin)
            .take_while(|day| *day <= to)
            .collect();
        let ends = begins
            .iter()
            .skip(1)
            .map(|day| day.yesterday().unwrap_or(*day));
        begins.iter().copied().zip(ends.chain([to])).collect()
    }
}

/// Whole days from one day to another.
pub fn days(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

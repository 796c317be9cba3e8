//! Reckoning how far an activity is: what was done, dealt out to its targets, units and slots.

use std::collections::BTreeMap;

use base::calendar::working::WorkCalendar;
use base::id::UnitId;
use jiff::civil::Date;
use serde::Serialize;

use super::promise::{Promise, days};
use super::slot::{Filled, SlotProgress, Slots};
use super::{ALL_DONE, Progress, Status, WHOLE, share};
use crate::items::item::{ItemForm, ItemKind};
use crate::plan::activity::{ActivityDetails, PerUnit};
use crate::plan::target::{self, Counts, Target};

/// Where something that counts comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Items of a kind and form.
    Items(ItemKind, ItemForm),
    /// A figure entered by hand for the target at this place.
    Hand(usize),
}

/// Something done for an activity: items of one unit and form whose days count alike, or a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The unit that did it, where it matters.
    pub unit: Option<UnitId>,
    /// The day; of several items, the first.
    pub day: Date,
    /// Where it comes from.
    pub source: Source,
    /// How much, in hundredths of an item.
    pub amount: i64,
}

/// What progress is reckoned from beside the activity itself.
#[derive(Clone, Copy, Debug)]
pub struct Reckoning<'a> {
    /// The agency's calendar.
    pub calendar: &'a WorkCalendar,
    /// The year of the plan.
    pub year: i16,
    /// The day that is asked about.
    pub today: Date,
    /// The units of the agency, of each of which a target may be asked.
    pub units: &'a [UnitId],
    /// Only this unit's part of what is asked of each unit.
    pub only: Option<UnitId>,
}

/// How far an activity is, and each of its targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityProgress {
    /// The whole.
    pub whole: Progress,
    /// Its targets, in their order.
    pub targets: Vec<TargetProgress>,
    /// What counts for none of its targets, in hundredths of an item.
    pub uncounted: i64,
}

/// How far one target is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetProgress {
    /// How many in all: for all slots and units.
    pub number: i64,
    /// Of what.
    pub unit: String,
    /// Which items count.
    pub counts: Counts,
    /// How many are done, whole ones; also what is above the target.
    pub done: i64,
    /// The same in hundredths: shared items count a part.
    pub done_hundredths: i64,
    /// How many of these were entered by hand.
    pub by_hand: i64,
    /// How many should be done by today.
    pub due: i64,
    /// In a word.
    pub status: Status,
    /// How much is done, in hundredths of a per cent.
    pub share: i64,
    /// How much should be done by today, in hundredths of a per cent.
    pub share_due: i64,
    /// How many for each slot and unit.
    pub each: i64,
    /// Slots of each unit.
    pub n_slots: i64,
    /// Units of which it is asked; 0 when it is asked of all together.
    pub n_units: i64,
    /// Slots that were missed.
    pub n_missed: i64,
}

/// What one unit did for one target.
struct Part {
    unit: Option<UnitId>,
    done: Vec<(Date, i64)>,
    by_hand: i64,
}

impl Part {
    fn total(&self) -> i64 {
        self.done.iter().map(|(_, amount)| amount).sum()
    }
}

impl Reckoning<'_> {
    /// How far an activity is.
    pub fn progress(&self, details: &ActivityDetails, tallies: &[Tally]) -> ActivityProgress {
        let promise = Promise::of(&details.when, self.year);
        let slots = Slots::of(&promise, self.calendar);
        let (parts, uncounted) = self.dealt(details, tallies);
        let targets: Vec<TargetProgress> = details
            .targets
            .iter()
            .zip(&parts)
            .map(|(target, parts)| self.target(target, parts, (&slots, details.per_unit)))
            .collect();
        let whole = self.whole(details, (&promise, &slots), &targets, uncounted);
        ActivityProgress {
            whole,
            targets,
            uncounted,
        }
    }

    /// Every slot of an activity: target by target, unit by unit, in order.
    pub fn slots(&self, details: &ActivityDetails, tallies: &[Tally]) -> Vec<SlotProgress> {
        let promise = Promise::of(&details.when, self.year);
        let slots = Slots::of(&promise, self.calendar);
        let (parts, _) = self.dealt(details, tallies);
        let mut all = Vec::new();
        for (place, (target, parts)) in details.targets.iter().zip(&parts).enumerate() {
            for part in parts {
                let filled = slots.fill(target.number.saturating_mul(WHOLE), &part.done);
                let which = (place, part.unit, target.number);
                let of =
                    |(n, filled): (usize, &Filled)| slots.progress(n, which, *filled, self.today);
                all.extend(filled.iter().enumerate().filter_map(of));
            }
        }
        all
    }

    /// The units of which an activity is asked, each for itself; `[None]` for all together.
    pub fn asked(&self, details: &ActivityDetails) -> Vec<Option<UnitId>> {
        let lead = details.lead_unit.into_iter();
        let units: Vec<UnitId> = match details.per_unit {
            PerUnit::Together => Vec::new(),
            PerUnit::Involved => lead
                .chain(details.supporting_units.iter().copied())
                .collect(),
            PerUnit::Every => self.units.to_vec(),
        };
        if units.is_empty() {
            return vec![None];
        }
        let is_asked = |unit: &UnitId| self.only.is_none_or(|only| only == *unit);
        units.into_iter().filter(is_asked).map(Some).collect()
    }

    /// What was done by today, for each target and each unit that is asked, by day; and how much
    /// counts for no target.
    fn dealt(&self, details: &ActivityDetails, tallies: &[Tally]) -> (Vec<Vec<Part>>, i64) {
        let asked = self.asked(details);
        let mut days: Vec<Vec<BTreeMap<Date, i64>>> =
            vec![vec![BTreeMap::new(); asked.len()]; details.targets.len()];
        let mut hand = vec![vec![0i64; asked.len()]; details.targets.len()];
        let mut uncounted = 0;
        for tally in tallies.iter().filter(|tally| tally.day <= self.today) {
            let place = match tally.source {
                Source::Items(kind, form) => target::chosen(&details.targets, kind, form),
                Source::Hand(place) => Some(place),
            };
            let of = |unit: &Option<UnitId>| unit.is_none() || *unit == tally.unit;
            let part = asked.iter().position(of);
            let cell = place.zip(part);
            let Some(found) = cell.and_then(|(place, part)| days.get_mut(place)?.get_mut(part))
            else {
                uncounted += tally.amount;
                continue;
            };
            *found.entry(tally.day).or_default() += tally.amount;
            if let (Source::Hand(_), Some((place, part))) = (tally.source, cell)
                && let Some(sum) = hand.get_mut(place).and_then(|row| row.get_mut(part))
            {
                *sum += tally.amount;
            }
        }
        let parts = days.into_iter().zip(hand).map(|(row, hand)| {
            let units = asked.iter().copied().zip(row).zip(hand);
            let part = |((unit, done), by_hand): ((Option<UnitId>, BTreeMap<_, _>), i64)| Part {
                unit,
                done: done.into_iter().collect(),
                by_hand,
            };
            units.map(part).collect()
        });
        (parts.collect(), uncounted)
    }

    fn target(
        &self,
        target: &Target,
        parts: &[Part],
        (slots, per_unit): (&Slots<'_>, PerUnit),
    ) -> TargetProgress {
        let n_slots = i64::try_from(slots.deadlines.len()).unwrap_or(i64::MAX);
        let each = target.number;
        let (promised, due_each) = (each.saturating_mul(n_slots), slots.due(each, self.today));
        let (need, need_each) = (promised.saturating_mul(WHOLE), each.saturating_mul(WHOLE));
        let (mut counted, mut total, mut by_hand, mut n_missed) = (0i64, 0i64, 0i64, 0i64);
        let (mut is_reached, mut is_behind, mut is_clean) = (!parts.is_empty(), false, true);
        for part in parts {
            let done = part.total();
            counted += done.min(need);
            total += done;
            by_hand += part.by_hand;
            is_reached &= done >= need;
            is_behind |= done < due_each.saturating_mul(WHOLE);
            for (n, filled) in slots.fill(need_each, &part.done).into_iter().enumerate() {
                let status = slots.status(n, need_each, filled, self.today);
                n_missed += i64::from(status == Status::Late);
                is_clean &= !matches!(status, Status::Late | Status::DoneLate);
            }
        }
        let n_parts = i64::try_from(parts.len()).unwrap_or(i64::MAX);
        let number = promised.saturating_mul(n_parts);
        let due = due_each.saturating_mul(n_parts);
        let status = match (is_reached, is_clean) {
            (true, true) => Status::Done,
            (true, false) => Status::DoneLate,
            _ if self.today > slots.last_after() => Status::Late,
            _ if is_behind => Status::AtRisk,
            _ if total == 0 => Status::NotStarted,
            _ => Status::OnCourse,
        };
        TargetProgress {
            number,
            unit: target.unit.clone(),
            counts: target.counts,
            done: total / WHOLE,
            done_hundredths: total,
            by_hand: by_hand / WHOLE,
            due,
            status,
            share: share(counted, number.saturating_mul(WHOLE)),
            share_due: share(due, number),
            each,
            n_slots,
            n_units: if per_unit == PerUnit::Together {
                0
            } else {
                n_parts
            },
            n_missed,
        }
    }

    fn whole(
        &self,
        details: &ActivityDetails,
        (promise, slots): (&Promise, &Slots<'_>),
        targets: &[TargetProgress],
        uncounted: i64,
    ) -> Progress {
        let n_targets = i64::try_from(targets.len()).unwrap_or(i64::MAX);
        let status = Status::of_all(targets.iter().map(|target| target.status));
        let mean = |of: fn(&TargetProgress) -> i64| {
            let sum: i64 = targets.iter().map(of).sum();
            sum.checked_div(n_targets).unwrap_or(0).min(ALL_DONE)
        };
        let first = targets.first();
        let last = self.calendar.deadline(promise.to);
        let days_late = if status == Status::Late {
            days(slots.last_after(), self.today).max(0)
        } else {
            0
        };
        Progress {
            status,
            target: first.map(|target| target.number),
            done: first.map_or(uncounted / WHOLE, |target| target.done),
            by_hand: first.map_or(0, |target| target.by_hand),
            due: first.map_or(0, |target| target.due),
            days_late,
            from: promise.from,
            to: promise.to,
            due_before: last.before,
            due_after: last.after,
            n_targets,
            n_missed: targets.iter().map(|target| target.n_missed).sum(),
            points: details.points(),
            share: mean(|target| target.share),
            share_due: mean(|target| target.share_due),
        }
    }
}

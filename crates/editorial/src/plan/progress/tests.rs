//! What progress says, told by cases and by chance.

use base::calendar::working::{DayKind, MarkedDay, WorkCalendar};
use base::id::{UnitId, Uuid};
use jiff::Span;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::items::item::{ItemForm, ItemKind};
use crate::plan::activity::{ActivityDetails, PerUnit, RECURRENCES, When};
use crate::plan::import::Recurrence;
use crate::plan::target::{Counts, Target};

fn unit(n: u128) -> UnitId {
    UnitId::from(Uuid::from_u128(n))
}

fn details(
    target: Option<i64>,
    (from, to): (Option<Date>, Option<Date>),
    recurs: Option<Recurrence>,
) -> ActivityDetails {
    let when = When {
        from,
        to,
        recurs,
        ..When::default()
    };
    let target = target.map(|number| Target {
        counts: Counts::Any,
        ..Target::new(number, "tin, bài")
    });
    ActivityDetails {
        targets: target.into_iter().collect(),
        when,
        ..ActivityDetails::default()
    }
}

fn item(day: Date) -> Tally {
    Tally {
        unit: None,
        day,
        source: Source::Items(ItemKind::Article, ItemForm::News),
        amount: WHOLE,
    }
}

fn items(days: &[Date]) -> Vec<Tally> {
    days.iter().copied().map(item).collect()
}

/// Reckons on a day, by the weekdays alone.
fn on(details: &ActivityDetails, tallies: &[Tally], today: Date) -> ActivityProgress {
    reckon(details, tallies, (today, &WorkCalendar::default(), &[]))
}

fn reckon(
    details: &ActivityDetails,
    tallies: &[Tally],
    (today, calendar, units): (Date, &WorkCalendar, &[UnitId]),
) -> ActivityProgress {
    Reckoning {
        calendar,
        year: 2023,
        today,
        units,
        only: None,
    }
    .progress(details, tallies)
}

fn quarter(target: i64) -> ActivityDetails {
    let days = (Some(date(2023, 4, 1)), Some(date(2023, 6, 30)));
    details(Some(target), days, None)
}

fn monthly(target: i64) -> ActivityDetails {
    let days = (Some(date(2023, 1, 1)), Some(date(2023, 12, 31)));
    details(Some(target), days, Some(Recurrence::Monthly))
}

#[test]
fn a_status_follows_from_the_days_alone() {
    let at = |n: usize, today: Date| {
        let done = items(&vec![date(2023, 4, 3); n]);
        on(&quarter(12), &done, today).whole.status
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
    let late = on(&quarter(12), &[], date(2023, 7, 11)).whole;
    assert_eq!(late.days_late, 11);
}

#[test]
fn a_target_reached_after_its_window_is_done_late() {
    let done = items(&[date(2023, 7, 3), date(2023, 5, 2)]);
    let today = date(2023, 8, 1);
    let status = |n| on(&quarter(n), &done, today).whole.status;
    assert_eq!(status(2), Status::DoneLate);
    assert_eq!(status(1), Status::Done);
}

#[test]
fn a_due_day_that_is_off_is_at_risk_from_the_one_reading_and_late_after_the_other() {
    // 30 April 2023 was a Sunday, 1 May a holiday, and both were given off in lieu.
    let off = [(1, "Quốc tế Lao động"), (2, "Nghỉ bù"), (3, "Nghỉ bù")];
    let marks = off.map(|(day, name)| MarkedDay {
        day: date(2023, 5, day),
        kind: DayKind::Holiday,
        name: name.to_owned(),
    });
    let calendar = WorkCalendar::new(marks, false);
    let april = details(Some(1), (None, Some(date(2023, 4, 30))), None);
    let at = |tallies: &[Tally], today| reckon(&april, tallies, (today, &calendar, &[])).whole;
    let found = at(&[], date(2023, 4, 29));
    assert_eq!(
        (found.due_before, found.due_after),
        (date(2023, 4, 28), date(2023, 5, 4))
    );
    assert_eq!(
        found.status,
        Status::AtRisk,
        "the earlier reading has passed"
    );
    assert_eq!(at(&[], date(2023, 5, 4)).status, Status::AtRisk);
    let late = at(&[], date(2023, 5, 5));
    assert_eq!((late.status, late.days_late), (Status::Late, 1));
    let slot = |today| {
        let (year, units, only) = (2023, &[][..], None);
        let calendar = &calendar;
        let reckoning = Reckoning {
            calendar,
            year,
            today,
            units,
            only,
        };
        reckoning.slots(&april, &[])[0].status
    };
    let days = [date(2023, 5, 4), date(2023, 5, 5)];
    assert_eq!(days.map(slot), [Status::AtRisk, Status::Late]);
    let in_time = items(&[date(2023, 5, 4)]);
    assert_eq!(at(&in_time, date(2023, 6, 1)).status, Status::Done);
    let too_late = items(&[date(2023, 5, 5)]);
    assert_eq!(at(&too_late, date(2023, 6, 1)).status, Status::DoneLate);
}

#[test]
fn one_conference_is_at_risk_shortly_before_its_deadline() {
    let at = |day| on(&quarter(1), &[], day).whole.status;
    assert_eq!(at(date(2023, 6, 15)), Status::NotStarted);
    assert_eq!(
        at(date(2023, 6, 24)),
        Status::AtRisk,
        "within the last tenth of the quarter"
    );
    let day = Some(date(2023, 6, 15));
    let one_day = details(Some(1), (day, day), None);
    let at = |day| on(&one_day, &[], day).whole.status;
    assert_eq!(at(date(2023, 6, 15)), Status::NotStarted);
    assert_eq!(at(date(2023, 6, 16)), Status::Late);
}

#[test]
fn an_item_of_tomorrow_does_not_count_today() {
    let found = on(&quarter(1), &items(&[date(2023, 5, 2)]), date(2023, 5, 1)).whole;
    assert_eq!((found.done, found.status), (0, Status::NotStarted));
}

#[test]
fn one_a_month_is_twelve_a_year_and_three_a_quarter() {
    let target = |days, recurs| {
        on(&details(Some(1), days, recurs), &[], date(2023, 1, 1))
            .whole
            .target
    };
    let all_year = |recurs| target((None, None), Some(recurs));
    assert_eq!(all_year(Recurrence::Monthly), Some(12));
    assert_eq!(all_year(Recurrence::Quarterly), Some(4));
    assert_eq!(all_year(Recurrence::HalfYearly), Some(2));
    assert_eq!(all_year(Recurrence::Yearly), Some(1));
    let week = all_year(Recurrence::Weekly);
    assert_eq!(week, Some(52), "the last week is not full");
    assert_eq!(all_year(Recurrence::Daily), Some(365));
    assert_eq!(all_year(Recurrence::Continuous), Some(1));
    let days = (Some(date(2023, 4, 1)), Some(date(2023, 6, 30)));
    assert_eq!(target(days, Some(Recurrence::Monthly)), Some(3));
    let at_the_end = (Some(date(2023, 1, 31)), Some(date(2023, 3, 31)));
    let slots = Promise::of(
        &details(None, at_the_end, Some(Recurrence::Monthly)).when,
        2023,
    )
    .slots;
    assert_eq!(
        slots,
        [
            (date(2023, 1, 31), date(2023, 2, 27)),
            (date(2023, 2, 28), date(2023, 3, 30)),
            (date(2023, 3, 31), date(2023, 3, 31)),
        ]
    );
}

#[test]
fn a_month_is_due_when_its_deadline_has_passed() {
    let due = |day| on(&monthly(2), &[], day).whole.due;
    assert_eq!(due(date(2023, 1, 31)), 0);
    assert_eq!(due(date(2023, 2, 1)), 2);
    assert_eq!(
        due(date(2023, 12, 30)),
        24,
        "the last day of the year was a Sunday: strictly read it was due on Friday"
    );
}

#[test]
fn what_is_not_told_is_the_reporting_year() {
    let open = Promise::of(&When::default(), 2023);
    assert_eq!(
        (open.from, open.to),
        (date(2022, 12, 15), date(2023, 12, 14))
    );
    let before = When {
        to: Some(date(2022, 12, 1)),
        ..When::default()
    };
    let before = Promise::of(&before, 2023);
    assert_eq!(
        (before.from, before.to),
        (date(2022, 12, 1), date(2022, 12, 1))
    );
}

#[test]
fn a_missed_slot_stays_missed_although_the_total_is_reached() {
    let quarterly = details(Some(1), (None, None), Some(Recurrence::Quarterly));
    // Two in the first quarter, none in the second, one in each of the others.
    let days = [
        date(2023, 1, 10),
        date(2023, 2, 10),
        date(2023, 7, 3),
        date(2023, 10, 2),
    ];
    let (today, calendar) = (date(2023, 12, 20), WorkCalendar::default());
    let reckoning = Reckoning {
        calendar: &calendar,
        year: 2023,
        today,
        units: &[],
        only: None,
    };
    let found = reckoning.progress(&quarterly, &items(&days));
    assert_eq!(found.whole.percent(), 100);
    assert_eq!(found.whole.status, Status::DoneLate);
    assert_eq!(found.whole.n_missed, 1);
    let slots = reckoning.slots(&quarterly, &items(&days));
    let statuses: Vec<Status> = slots.iter().map(|slot| slot.status).collect();
    let (done, missed) = (Status::Done, Status::Late);
    assert_eq!(statuses, [done, missed, done, done]);
    // One more in the third quarter makes up for the second, late.
    let more = [&days[..], &[date(2023, 8, 1)]].concat();
    let slots = reckoning.slots(&quarterly, &items(&more));
    let second = slots.get(1).copied().unwrap();
    assert_eq!((second.status, second.late), (Status::DoneLate, WHOLE));
    let found = reckoning.progress(&quarterly, &items(&more)).whole;
    assert_eq!((found.status, found.n_missed), (Status::DoneLate, 0));
}

#[test]
fn every_unit_owes_its_own_and_no_unit_makes_up_for_another() {
    let units = [unit(1), unit(2), unit(3)];
    let days = (Some(date(2023, 1, 1)), Some(date(2023, 3, 31)));
    let mut each = details(Some(1), days, Some(Recurrence::Monthly));
    each.per_unit = PerUnit::Every;
    let of = |n, day| Tally {
        unit: Some(unit(n)),
        ..item(day)
    };
    let mut done: Vec<Tally> = (1..=3).map(|month| of(1, date(2023, month, 9))).collect();
    done.extend((1..=6).map(|day| of(2, date(2023, 1, day))));
    done.push(item(date(2023, 1, 5)));
    let calendar = WorkCalendar::default();
    let found = reckon(&each, &done, (date(2023, 3, 2), &calendar, &units));
    let target = found.targets.first().unwrap();
    assert_eq!((target.number, target.n_units, target.n_slots), (9, 3, 3));
    assert_eq!(
        target.share,
        10_000 * 5 / 9,
        "two of the first, three of the second"
    );
    assert_eq!(found.whole.status, Status::AtRisk, "the third has nothing");
    assert_eq!(
        target.n_missed, 3,
        "February of the second, both of the third"
    );
    assert_eq!(found.uncounted, WHOLE, "an item of no unit is of none");
    let own = Reckoning {
        calendar: &calendar,
        year: 2023,
        today: date(2023, 3, 2),
        units: &units,
        only: Some(unit(1)),
    };
    let own = own.progress(&each, &done).whole;
    assert_eq!((own.target, own.status), (Some(3), Status::OnCourse));
}

#[test]
fn several_targets_are_reached_each_by_what_fits_it() {
    let mut several = quarter(2);
    several.targets = vec![
        Target::new(2, "tin"),
        Target::new(1, "bản tin"),
        Target::new(2_000, "người"),
    ];
    let of = |kind, form, day| Tally {
        source: Source::Items(kind, form),
        ..item(day)
    };
    let day = date(2023, 5, 4);
    let people = |number, day| Tally {
        source: Source::Hand(2),
        amount: number * WHOLE,
        ..item(day)
    };
    let done = [
        of(ItemKind::Article, ItemForm::News, day),
        of(ItemKind::Article, ItemForm::Feature, day),
        of(ItemKind::External, ItemForm::Bulletin, day),
        people(1_500, day),
    ];
    let found = on(&several, &done, date(2023, 6, 1));
    let shares: Vec<i64> = found.targets.iter().map(|target| target.share).collect();
    assert_eq!(shares, [5_000, 10_000, 7_500]);
    assert_eq!(found.whole.percent(), 75);
    assert_eq!(found.targets[2].by_hand, 1_500);
    assert_eq!(
        found.uncounted, WHOLE,
        "a feature is no news and no bulletin"
    );
    let statuses: Vec<Status> = found.targets.iter().map(|target| target.status).collect();
    assert_eq!(statuses, [Status::OnCourse, Status::Done, Status::OnCourse]);
    assert_eq!(found.whole.status, Status::OnCourse);
    let at_the_end = on(&several, &done, date(2023, 6, 30));
    assert_eq!(at_the_end.whole.status, Status::AtRisk, "the worst of them");
}

#[test]
fn a_shared_item_counts_a_part() {
    let third = Tally {
        amount: 33,
        ..item(date(2023, 5, 4))
    };
    let found = on(&quarter(1), &[third], date(2023, 6, 1));
    let target = found.targets.first().unwrap();
    assert_eq!(
        (target.done, target.done_hundredths, target.share),
        (0, 33, 3_300)
    );
    let whole = [
        third,
        third,
        Tally {
            amount: 34,
            ..third
        },
    ];
    assert_eq!(
        on(&quarter(1), &whole, date(2023, 6, 1)).whole.status,
        Status::Done
    );
}

#[test]
fn activities_weigh_their_points_and_do_not_spill_over() {
    let today = date(2023, 6, 1);
    let many = on(&quarter(12), &items(&[date(2023, 4, 3); 40]), today).whole;
    let mut heavy = quarter(1);
    heavy.weight = Some(3);
    let none = on(&heavy, &[], today).whole;
    let open = details(None, (None, None), None);
    let without = on(&open, &items(&[date(2023, 4, 3)]), today).whole;
    let sum = Summary::of([&many, &none, &without]);
    assert_eq!(
        (sum.percent, sum.n_with_target, sum.n_activities),
        (25, 2, 3)
    );
    assert_eq!(
        sum.status(),
        Status::OnCourse,
        "one is done, of the other nothing is due"
    );
    assert_eq!(Summary::of([]).status(), Status::NoTarget);
}

fn at(n: i64) -> Date {
    date(2022, 6, 1).saturating_add(Span::new().days(n))
}

fn any_details() -> impl Strategy<Value = ActivityDetails> {
    let day = || proptest::option::of(0i64..800);
    let targets = proptest::collection::vec((1i64..120, 0usize..11), 0..4);
    let rest = (
        proptest::option::of(0usize..7),
        0usize..3,
        proptest::option::of(1i64..50),
    );
    (targets, day(), day(), rest).prop_map(|(targets, from, to, (recurs, per_unit, weight))| {
        let recurs = recurs.and_then(|n| RECURRENCES.get(n));
        let days = (from.map(at), to.map(at));
        let mut found = details(None, days, recurs.map(|(recurs, _)| *recurs));
        found.targets = targets
            .into_iter()
            .enumerate()
            .map(|(n, (number, counts))| Target {
                number,
                unit: n.to_string(),
                counts: Counts::ALL[counts],
            })
            .collect();
        found.per_unit = PerUnit::ALL[per_unit];
        found.lead_unit = Some(unit(1));
        found.supporting_units = vec![unit(2)];
        found.weight = weight;
        found
    })
}

fn any_tallies() -> impl Strategy<Value = Vec<Tally>> {
    let one = (
        0i64..900,
        0u128..4,
        0usize..2,
        0usize..8,
        1i64..=100,
        proptest::bool::ANY,
    );
    let tally = one.prop_map(|(day, n, kind, form, amount, is_figure)| Tally {
        unit: (n > 0).then(|| unit(n)),
        day: at(day),
        source: if is_figure {
            Source::Hand(form % 4)
        } else {
            Source::Items(ItemKind::ALL[kind], ItemForm::ALL[form])
        },
        amount,
    });
    proptest::collection::vec(tally, 0..40)
}

proptest! {
    #[test]
    fn nothing_is_above_the_target_and_nothing_runs_backwards(
        details in any_details(),
        tallies in any_tallies(),
        today in 0i64..900,
        marks in proptest::collection::vec(0i64..900, 0..20),
    ) {
        let marks = marks.into_iter().map(|day| MarkedDay {
            day: at(day),
            kind: DayKind::Holiday,
            name: String::new(),
        });
        let calendar = WorkCalendar::new(marks, false);
        let units = [unit(1), unit(2), unit(3)];
        let of = |tallies: &[Tally], today| reckon(&details, tallies, (today, &calendar, &units));
        let (now, next) = (of(&tallies, at(today)), of(&tallies, at(today + 1)));
        for progress in &now.targets {
            prop_assert!((0..=10_000).contains(&progress.share));
            prop_assert!((0..=10_000).contains(&progress.share_due));
            prop_assert_eq!(progress.share == 10_000, progress.status.is_done());
        }
        let (now, next) = (now.whole, next.whole);
        prop_assert!((0..=100).contains(&now.percent()));
        prop_assert!((0..=100).contains(&now.percent_due()));
        prop_assert!(now.share <= next.share && now.share_due <= next.share_due);
        prop_assert_eq!(now.percent() == 100, now.status.is_done());
        prop_assert!(!now.status.is_done() || next.status.is_done(), "done stays done");
        prop_assert_eq!(now.days_late > 0, now.status == Status::Late);
        let more: Vec<Tally> = tallies.iter().copied().chain([item(at(today))]).collect();
        prop_assert!(of(&more, at(today)).whole.share >= now.share);
    }

    #[test]
    fn any_order_of_what_was_done_gives_the_same(
        details in any_details(),
        (tallies, shuffled) in any_tallies().prop_flat_map(|all| {
            (Just(all.clone()), Just(all).prop_shuffle())
        }),
        today in 0i64..900,
    ) {
        let units = [unit(1), unit(2), unit(3)];
        let calendar = WorkCalendar::default();
        let of = |all: &[Tally]| reckon(&details, all, (at(today), &calendar, &units));
        prop_assert_eq!(of(&tallies), of(&shuffled));
    }

    #[test]
    fn what_is_dealt_out_is_never_more_than_what_was_done(
        details in any_details(),
        tallies in any_tallies(),
    ) {
        let calendar = WorkCalendar::default();
        let units = [unit(1), unit(2), unit(3)];
        let reckoning = Reckoning {
            calendar: &calendar,
            year: 2023,
            today: at(900),
            units: &units,
            only: None,
        };
        let all: i64 = tallies.iter().map(|tally| tally.amount).sum();
        let slots = reckoning.slots(&details, &tallies);
        let found = reckoning.progress(&details, &tallies);
        let of_targets: i64 = found.targets.iter().map(|target| target.done_hundredths).sum();
        prop_assert_eq!(of_targets + found.uncounted, all, "each counts once");
        prop_assert!(slots.iter().map(|slot| slot.done).sum::<i64>() <= of_targets);
        for slot in &slots {
            prop_assert!(slot.done <= slot.number * WHOLE && slot.late <= slot.done);
            prop_assert_eq!(slot.done == slot.number * WHOLE, slot.status.is_done());
        }
    }

    #[test]
    fn a_whole_is_complete_only_when_every_part_is(
        parts in proptest::collection::vec((any_details(), any_tallies()), 0..8),
        today in 0i64..900,
    ) {
        let all: Vec<Progress> = parts
            .iter()
            .map(|(details, tallies)| on(details, tallies, at(today)).whole)
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

//! The next year's draft of a plan: its tree, its targets, its units as they are now, its windows a
//! year on. Nothing that was done or counted comes along; what was learnt does, as notes.

use std::collections::HashMap;

use base::calendar::date_short;
use base::calendar::period::ReportingYear;
use base::id::{AccountId, ActivityId, PlanId, TaskId, UnitId, Uuid};
use base::{Problem, Refusal};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use web::Form;

use crate::plan::activity::{Activity, ActivityDetails, When};
use crate::plan::task::Task;

/// At most so many days are looked through for a working day: longer than any holiday.
const DAYS_OFF_MAX: usize = 30;

/// What a unit of last year is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitNow {
    /// It is still there.
    Still,
    /// Another took its place.
    Became(UnitId),
    /// It is no longer there, and nothing is known to have taken its place.
    Gone,
}

/// What the form of a copy asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// For which year.
    pub year: i16,
    /// What the new plan is called.
    pub title: String,
}

impl Wanted {
    /// Reads the form.
    ///
    /// # Refusals
    /// No title; no year, or none after last year's.
    pub fn of(form: &Form, last_year: i16) -> Result<Self, Refusal> {
        let mut check = form.check();
        let title = check.required_line("title", 1_000);
        let year = check.number("year", 2000, 2100);
        if form.value("year").trim().is_empty() {
            check.missing("year");
        }
        let year = year.and_then(|year| i16::try_from(year).ok());
        if year.is_some_and(|year| year <= last_year) {
            check.add(Problem::at("year", "life-copy-year").with("year", last_year));
        }
        check.done()?;
        Ok(Self {
            year: year.ok_or(Refusal::NotFound)?,
            title,
        })
    }
}

/// What has to be known to carry a tree into another year.
pub struct Carrying<'a> {
    /// The year that the tree is of.
    pub from: i16,
    /// The year that it goes to.
    pub to: i16,
    /// What the units are now.
    pub unit: &'a dyn Fn(UnitId) -> UnitNow,
    /// Whether a person is still there.
    pub is_here: &'a dyn Fn(AccountId) -> bool,
    /// Whether a day is worked on.
    pub is_working: &'a dyn Fn(Date) -> bool,
}

/// Something that the copy could not simply take over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Snag {
    /// This unit is gone; the activity has none in its place.
    UnitGone(ActivityId, UnitId),
    /// The first unit is gone; the second stands in its place.
    UnitFollowed(ActivityId, UnitId, UnitId),
    /// The first day is off in the new year; the second stands in its place.
    DayMoved(ActivityId, Date, Date),
}

/// A tree carried into another year. The snags name last year's activities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The tasks.
    pub tasks: Vec<Task>,
    /// The activities.
    pub activities: Vec<Activity>,
    /// What could not simply be taken over.
    pub snags: Vec<Snag>,
}

/// The tree in the new year, under new ids.
pub fn carried(
    plan: PlanId,
    (tasks, activities): (&[Task], &[Activity]),
    carrying: &Carrying<'_>,
    mut id: impl FnMut() -> Uuid,
) -> Carried {
    let ids: HashMap<TaskId, TaskId> = tasks
        .iter()
        .map(|task| (task.id, TaskId::from(id())))
        .collect();
    let new_id = |old: Option<TaskId>| old.and_then(|old| ids.get(&old).copied());
    let mut snags = Vec::new();
    Carried {
        tasks: tasks
            .iter()
            .filter_map(|task| {
                Some(Task {
                    id: new_id(Some(task.id))?,
                    parent: new_id(task.parent),
                    title: of_year(&task.title, carrying),
                    ..task.clone()
                })
            })
            .collect(),
        activities: activities
            .iter()
            .map(|activity| Activity {
                id: ActivityId::from(id()),
                plan,
                task: new_id(activity.task),
                position: activity.position,
                details: details(activity, carrying, &mut snags),
                version: 1,
            })
            .collect(),
        snags,
    }
}

fn details(old: &Activity, carrying: &Carrying<'_>, snags: &mut Vec<Snag>) -> ActivityDetails {
    let details = &old.details;
    let mut unit = |id: UnitId| match (carrying.unit)(id) {
        UnitNow::Still => Some(id),
        UnitNow::Became(next) => {
            snags.push(Snag::UnitFollowed(old.id, id, next));
            Some(next)
        }
        UnitNow::Gone => {
            snags.push(Snag::UnitGone(old.id, id));
            None
        }
    };
    let lead_unit = details.lead_unit.and_then(&mut unit);
    let mut supporting_units: Vec<UnitId> = Vec::new();
    for id in details.supporting_units.iter().filter_map(|id| unit(*id)) {
        if Some(id) != lead_unit && !supporting_units.contains(&id) {
            supporting_units.push(id);
        }
    }
    let (when, moved) = shifted(&details.when, carrying);
    let days = moved.into_iter();
    snags.extend(days.map(|(from, to)| Snag::DayMoved(old.id, from, to)));
    ActivityDetails {
        title: of_year(&details.title, carrying),
        output: of_year(&details.output, carrying),
        lead_unit,
        supporting_units,
        accountable: details
            .accountable
            .filter(|person| (carrying.is_here)(*person)),
        when,
        note: String::new(),
        ..details.clone()
    }
}

/// The words of a title in the new year: `năm 2023` becomes `năm 2024`, other figures stay.
pub fn of_year(text: &str, carrying: &Carrying<'_>) -> String {
    text.replace(
        &format!("năm {}", carrying.from),
        &format!("năm {}", carrying.to),
    )
}

/// A window a year on, and the days that had to move because they are off.
///
/// The edges of the reporting year stay its edges. A last day that was worked on and would be off
/// comes before the days off, a first day or a single day after them: nobody is given less notice
/// than the plan would give, and a deadline is kept by keeping the earlier reading.
fn shifted(when: &When, carrying: &Carrying<'_>) -> (When, Vec<(Date, Date)>) {
    let mut moved = Vec::new();
    let is_one_day = when.from.is_some() && when.from == when.to;
    let mut shift = |day: Date, forward: bool| {
        let plain = year_on(day, carrying);
        let is_edge = [
            ReportingYear(carrying.to).first(),
            ReportingYear(carrying.to).last(),
        ]
        .contains(&plain);
        let was_worked = (carrying.is_working)(day);
        if is_edge || !was_worked || (carrying.is_working)(plain) {
            return plain;
        }
        let step: Span = if forward { 1.day() } else { (-1).days() };
        let near = working_day(plain, step, carrying).unwrap_or(plain);
        moved.push((plain, near));
        near
    };
    let to = when.to.map(|day| shift(day, is_one_day));
    let from = if is_one_day {
        to
    } else {
        when.from.map(|day| shift(day, true))
    };
    let from = match (from, to) {
        (Some(from), Some(to)) => Some(from.min(to)),
        _ => from,
    };
    let next = When {
        text: years_on(&when.text, carrying),
        from,
        to,
        recurs: when.recurs,
    };
    (next, moved)
}

fn year_on(day: Date, carrying: &Carrying<'_>) -> Date {
    let (old, new) = (ReportingYear(carrying.from), ReportingYear(carrying.to));
    if day == old.first() {
        return new.first();
    }
    if day == old.last() {
        return new.last();
    }
    let years = i64::from(carrying.to) - i64::from(carrying.from);
    day.saturating_add(years.years())
}

fn working_day(day: Date, step: Span, carrying: &Carrying<'_>) -> Option<Date> {
    let days = std::iter::successors(Some(day), |day| day.checked_add(step).ok());
    days.take(DAYS_OFF_MAX)
        .find(|day| (carrying.is_working)(*day))
}

/// The words of a time in the new year: figures of four that are last year or the one before it.
fn years_on(text: &str, carrying: &Carrying<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    let flush = |digits: &mut String, out: &mut String| {
        let year = digits.parse::<i16>().ok().filter(|_| digits.len() == 4);
        match year {
            Some(year) if (carrying.from - 1..=carrying.from).contains(&year) => {
                out.push_str(&(year + carrying.to - carrying.from).to_string());
            }
            _ => out.push_str(digits),
        }
        digits.clear();
    };
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            flush(&mut digits, &mut out);
            out.push(c);
        }
    }
    flush(&mut digits, &mut out);
    out
}

/// A day that moved, as a note quotes it.
pub fn moved_words(from: Date, to: Date) -> String {
    format!("{} → {}", date_short(from), date_short(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::target::Target;
    use jiff::civil::{Weekday, date};

    const N: fn(u128) -> Uuid = Uuid::from_u128;

    fn unit(n: u128) -> UnitId {
        UnitId::from(N(n))
    }

    fn activity(when: When) -> Activity {
        Activity {
            id: ActivityId::from(N(7)),
            plan: PlanId::from(N(1)),
            task: Some(TaskId::from(N(3))),
            position: 2,
            details: ActivityDetails {
                title: "Hội nghị quán triệt kế hoạch năm 2023".to_owned(),
                targets: vec![Target::new(3, "hội nghị")],
                lead_unit: Some(unit(1)),
                supporting_units: vec![unit(2), unit(3), unit(4)],
                accountable: Some(AccountId::from(N(5))),
                when,
                note: "Ghi chú của năm cũ".to_owned(),
                ..ActivityDetails::default()
            },
            version: 9,
        }
    }

    fn carry(when: When) -> Carried {
        let task = Task {
            id: TaskId::from(N(3)),
            parent: None,
            no: "1".to_owned(),
            position: 1,
            title: "Nhiệm vụ năm 2023 theo Quyết định 2023/QĐ".to_owned(),
        };
        let is_weekday = |day: Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let now = |id| match id {
            id if id == unit(2) => UnitNow::Became(unit(3)),
            id if id == unit(4) => UnitNow::Gone,
            _ => UnitNow::Still,
        };
        let carrying = Carrying {
            from: 2023,
            to: 2024,
            unit: &now,
            is_here: &|_| false,
            is_working: &is_weekday,
        };
        let mut next = 100;
        carried(
            PlanId::from(N(2)),
            (&[task], &[activity(when)]),
            &carrying,
            || {
                next += 1;
                N(next)
            },
        )
    }

    fn window(from: Option<Date>, to: Option<Date>) -> (Option<Date>, Option<Date>) {
        let when = When {
            from,
            to,
            ..When::default()
        };
        let when = carry(when).activities.remove(0).details.when;
        (when.from, when.to)
    }

    #[test]
    fn promises_come_along_and_nothing_that_was_done() {
        let found = carry(When::default());
        let copy = &found.activities[0];
        assert_eq!((copy.plan, copy.version), (PlanId::from(N(2)), 1));
        assert_ne!(copy.id, ActivityId::from(N(7)));
        assert_eq!(copy.task, Some(found.tasks[0].id));
        assert_eq!(copy.details.title, "Hội nghị quán triệt kế hoạch năm 2024");
        assert_eq!(
            found.tasks[0].title,
            "Nhiệm vụ năm 2024 theo Quyết định 2023/QĐ"
        );
        assert_eq!(copy.details.targets, [Target::new(3, "hội nghị")]);
        assert_eq!(
            (copy.details.accountable, copy.details.note.as_str()),
            (None, "")
        );
    }

    #[test]
    fn units_are_those_of_now_and_what_is_gone_is_said() {
        let found = carry(When::default());
        let details = &found.activities[0].details;
        assert_eq!(details.lead_unit, Some(unit(1)));
        assert_eq!(details.supporting_units, [unit(3)]);
        let old = ActivityId::from(N(7));
        let expected = [
            Snag::UnitFollowed(old, unit(2), unit(3)),
            Snag::UnitGone(old, unit(4)),
        ];
        assert_eq!(found.snags, expected);
    }

    #[test]
    fn a_window_goes_a_year_on_around_days_off() {
        let some = Some;
        // 31/03/2023 is a Friday, 31/03/2024 a Sunday: a deadline comes before it.
        let quarter = window(some(date(2023, 1, 2)), some(date(2023, 3, 31)));
        assert_eq!(quarter, (some(date(2024, 1, 2)), some(date(2024, 3, 29))));
        // 15/06/2023 is a Thursday, 15/06/2024 a Saturday: a single day comes after it.
        let one = window(some(date(2023, 6, 15)), some(date(2023, 6, 15)));
        assert_eq!(one, (some(date(2024, 6, 17)), some(date(2024, 6, 17))));
        // The reporting year keeps its edges, though 14/12/2024 is a Saturday.
        let year = window(some(date(2022, 12, 15)), some(date(2023, 12, 14)));
        assert_eq!(year, (some(date(2023, 12, 15)), some(date(2024, 12, 14))));
        assert_eq!(window(None, None), (None, None));
    }

    #[test]
    fn a_day_that_moves_is_told() {
        let found = carry(When {
            to: Some(date(2023, 3, 31)),
            text: "Từ 15/12/2022, trước 31/3/2023, 2020 bản".to_owned(),
            ..When::default()
        });
        let old = ActivityId::from(N(7));
        let moved = Snag::DayMoved(old, date(2024, 3, 31), date(2024, 3, 29));
        assert!(found.snags.contains(&moved), "{:?}", found.snags);
        let text = &found.activities[0].details.when.text;
        assert_eq!(text, "Từ 15/12/2023, trước 31/3/2024, 2020 bản");
    }

    #[test]
    fn a_copy_is_for_a_year_to_come() {
        let of = |year: &str| {
            let form = Form::filled([("title", "Kế hoạch".to_owned()), ("year", year.to_owned())]);
            Wanted::of(&form, 2023)
        };
        assert_eq!(of("2024").unwrap().year, 2024);
        for wrong in ["2023", "", "sang năm"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }
}

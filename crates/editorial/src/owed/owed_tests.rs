//! Rules of what is owed, on a calendar with one holiday: Monday 1 May 2023, in lieu of Saturday 29
//! April; Tuesday 2 and Wednesday 3 May are off too.

use base::calendar::working::{DayKind, MarkedDay};
use base::id::Uuid;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn person(n: u128) -> AccountId {
    AccountId::from(Uuid::from_u128(n))
}

const HA: u128 = 1;
const HEAD_OF: u128 = 2;
const DIRECTS: u128 = 3;

fn calendar() -> WorkCalendar {
    let off = |day| MarkedDay {
        day: date(2023, 5, day),
        kind: DayKind::Holiday,
        name: "Nghỉ lễ".to_owned(),
    };
    WorkCalendar::new([off(1), off(2), off(3)], false)
}

fn debt(due: Date) -> Debt {
    Debt {
        kind: Kind::Activity,
        about: "activity/1".to_owned(),
        title: "1.1 · Viết tin".to_owned(),
        missing: Some((2, "tin, bài".to_owned())),
        path: "/desk/plans/1/activities/1".to_owned(),
        due: calendar().deadline(due),
        unit: Some(UnitId::from(Uuid::from_u128(9))),
        unit_name: "Văn phòng Sở".to_owned(),
        people: vec![person(HA)],
        heads: vec![person(HEAD_OF)],
        version: 1,
    }
}

fn waiting(since: Date) -> Debt {
    Debt {
        kind: Kind::Release,
        about: "release/1".to_owned(),
        ..debt(since)
    }
}

fn day(today: Date, debts: Vec<Debt>) -> Day {
    Day {
        today,
        calendar: calendar(),
        numbers: Numbers::default(),
        debts,
        directors: vec![person(DIRECTS)],
        choices: HashMap::new(),
    }
}

/// The urgencies of which a person is told today.
fn told(mails: &BTreeMap<AccountId, Mail>, who: u128) -> Vec<i64> {
    let mail = mails.get(&person(who));
    mail.map(|mail| mail.told.iter().map(|told| told.urgency).collect())
        .unwrap_or_default()
}

/// Runs the letters of every day between two days, as the job does, and says on which days whom was
/// told of what.
fn year(debt: &Debt, first: Date, last: Date) -> Vec<(Date, u128, i64)> {
    let mut ledger = Ledger::new();
    let mut log = Vec::new();
    let mut today = first;
    while today <= last {
        for (reader, mail) in day(today, vec![debt.clone()]).mails(&ledger) {
            for told in mail.told {
                let who = (1..4).find(|n| person(*n) == reader).unwrap();
                log.push((today, who, told.urgency));
                ledger.insert((reader, told.about, told.due), told.urgency);
            }
        }
        today = today.tomorrow().unwrap();
    }
    log
}

#[test]
fn a_debt_is_told_before_after_to_the_head_and_to_the_director_once_each() {
    // Due on Friday 9 June.
    let log = year(&debt(date(2023, 6, 9)), date(2023, 5, 4), date(2023, 7, 31));
    assert_eq!(
        log,
        [
            (date(2023, 5, 31), HA, NOW - 7),
            (date(2023, 6, 7), HA, NOW - 2),
            (date(2023, 6, 12), HA, NOW),
            (date(2023, 6, 14), HEAD_OF, HEAD),
            (date(2023, 6, 23), DIRECTS, DIRECTOR),
        ]
    );
}

#[test]
fn around_a_holiday_reminders_count_to_the_day_before_and_lateness_from_the_day_after() {
    // Due on Tuesday 2 May, which is off: the working days around it are 28 April and 4 May.
    let debt = debt(date(2023, 5, 2));
    assert_eq!(
        (debt.due.before, debt.due.after),
        (date(2023, 4, 28), date(2023, 5, 4))
    );
    assert_eq!(debt.days_late(date(2023, 5, 4), &calendar()), 0);
    assert_eq!(debt.days_late(date(2023, 5, 5), &calendar()), 1);
    let log = year(&debt, date(2023, 4, 17), date(2023, 5, 9));
    assert_eq!(
        log,
        [
            (date(2023, 4, 19), HA, NOW - 7),
            (date(2023, 4, 26), HA, NOW - 2),
            (date(2023, 5, 5), HA, NOW),
            (date(2023, 5, 9), HEAD_OF, HEAD),
        ]
    );
}

#[test]
fn nobody_gets_a_letter_on_a_day_off() {
    for off in [
        date(2023, 4, 29),
        date(2023, 4, 30),
        date(2023, 5, 1),
        date(2023, 5, 2),
    ] {
        let late = debt(date(2023, 4, 20));
        assert!(
            day(off, vec![late]).mails(&Ledger::new()).is_empty(),
            "{off}"
        );
    }
}

#[test]
fn after_days_without_the_program_only_the_most_urgent_is_told() {
    let late = debt(date(2023, 4, 3));
    let mails = day(date(2023, 5, 10), vec![late]).mails(&Ledger::new());
    assert_eq!(told(&mails, HA), [NOW]);
    assert_eq!(told(&mails, HEAD_OF), [HEAD]);
    assert_eq!(told(&mails, DIRECTS), [DIRECTOR]);
}

#[test]
fn a_day_that_is_moved_is_told_anew() {
    let today = date(2023, 6, 7);
    let mut ledger = Ledger::new();
    ledger.insert(
        (person(HA), "activity/1".to_owned(), date(2023, 6, 9)),
        NOW - 2,
    );
    let same = day(today, vec![debt(date(2023, 6, 9))]).mails(&ledger);
    assert!(told(&same, HA).is_empty());
    let moved = day(today, vec![debt(date(2023, 6, 8))]).mails(&ledger);
    assert_eq!(told(&moved, HA), [NOW - 2]);
}

#[test]
fn a_choice_stops_reminders_but_no_escalation() {
    let late = debt(date(2023, 5, 12));
    let today = date(2023, 6, 7);
    for (choice, expected) in [
        (Choice::All, vec![NOW]),
        (Choice::Digest, Vec::new()),
        (Choice::None, Vec::new()),
    ] {
        let mut day = day(today, vec![late.clone()]);
        day.choices.insert(person(HA), choice);
        day.choices.insert(person(HEAD_OF), choice);
        let mails = day.mails(&Ledger::new());
        assert_eq!(told(&mails, HA), expected, "{choice:?}");
        assert_eq!(told(&mails, HEAD_OF), [HEAD], "{choice:?}");
    }
}

#[test]
fn who_answers_alone_is_not_escalated_to_themselves() {
    let own = Debt {
        people: vec![person(HEAD_OF)],
        ..debt(date(2023, 5, 12))
    };
    let mails = day(date(2023, 5, 23), vec![own]).mails(&Ledger::new());
    assert_eq!(told(&mails, HEAD_OF), [NOW]);
}

#[test]
fn an_article_waits_from_the_next_working_day_on() {
    let article = waiting(date(2023, 4, 28));
    for (today, expected) in [
        (date(2023, 4, 28), Vec::new()),
        (date(2023, 5, 3), Vec::new()),
        (date(2023, 5, 4), vec![NOW]),
    ] {
        let mails = day(today, vec![article.clone()]).mails(&Ledger::new());
        assert_eq!(told(&mails, HA), expected, "{today}");
    }
}

#[test]
fn the_weekly_list_comes_on_monday_or_on_the_first_working_day_after_it() {
    let soon = debt(date(2023, 6, 9));
    for (today, comes) in [
        (date(2023, 5, 8), true),
        (date(2023, 5, 9), false),
        (date(2023, 5, 1), false),
        (date(2023, 5, 4), true),
        (date(2023, 5, 5), false),
    ] {
        assert_eq!(
            is_digest_day(today, &calendar(), Weekday::Monday),
            comes,
            "{today}"
        );
    }
    let monday = date(2023, 6, 5);
    let mails = day(monday, vec![soon.clone()]).mails(&Ledger::new());
    assert!(mails[&person(HA)].is_digest && mails[&person(HEAD_OF)].is_digest);
    assert!(!mails.contains_key(&person(DIRECTS)), "nothing is late");
    // Nothing of theirs is near: no letter at all.
    let far = day(monday, vec![debt(date(2023, 9, 29))]).mails(&Ledger::new());
    assert!(far.is_empty(), "{far:?}");
    // Friday was off, with the days after it: the list of Friday comes on the first working day.
    assert!(is_digest_day(
        date(2023, 5, 4),
        &calendar(),
        Weekday::Saturday
    ));
    assert!(is_digest_day(
        date(2023, 5, 8),
        &calendar(),
        Weekday::Sunday
    ));
}

#[test]
fn a_week_ends_on_sunday() {
    for day in 5..=11 {
        assert_eq!(sunday_of(date(2023, 6, day)), date(2023, 6, 11));
    }
    let numbers = Numbers::default();
    let place = |due| debt(due).place(date(2023, 6, 7), &calendar(), &numbers);
    assert_eq!(place(date(2023, 6, 11)), Place::ThisWeek);
    assert_eq!(place(date(2023, 6, 12)), Place::Soon);
    assert_eq!(place(date(2023, 6, 30)), Place::Later);
    assert_eq!(place(date(2023, 6, 6)), Place::Late(1));
}

proptest! {
    /// Whatever the day and however long a debt stands, a person is told of a debt with growing
    /// urgency only, and never twice on the same one.
    #[test]
    fn nobody_is_told_twice(due in 0i32..120, days in 1i32..90) {
        let first = date(2023, 4, 3);
        let due = first.saturating_add(jiff::Span::new().days(due));
        let last = first.saturating_add(jiff::Span::new().days(days));
        let log = year(&debt(due), first, last);
        for (i, (_, who, urgency)) in log.iter().enumerate() {
            for (_, before, earlier) in &log[..i] {
                prop_assert!(before != who || earlier < urgency, "{log:?}");
            }
        }
        prop_assert!(log.iter().all(|(day, _, _)| calendar().is_working(*day)));
    }
}

//! What is owed, by whom, how urgently, and who is told: pure.
//!
//! - **Debt.** One thing that somebody owes: the first missing output of an activity, an opinion on
//!   a draft plan, a plan that waits for its signature, an article that was given back, an article
//!   that waits for release or confirmation. Nobody types one; when the thing is done, the debt is
//!   gone.
//! - **Due.** An activity and an opinion have a day; a day off is read both ways (Civil Code, art. 148(5)):
//!   reminders count to the working day before it, lateness from the working day after it. What waits
//!   for a decision has no day of its own: it is owed from the working day after it began to wait.
//! - **Urgency.** A number that only grows while a debt stands: soon (1000 less the working days
//!   before), owed or late, late enough for the head, late enough for the director. A person is told
//!   of a debt once for each urgency, and never of a lower one after a higher one.
//! - **One letter a day.** All that a person is told on one day is one letter; with it comes, once a
//!   week, the list of all that is owed.

use std::collections::{BTreeMap, HashMap};

use base::calendar::working::{Deadline, WorkCalendar};
use base::id::{AccountId, UnitId};
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::numbers::Numbers;

/// Owed now: late, or waiting since an earlier working day.
pub const NOW: i64 = 1000;
/// Late enough for the head of the unit.
pub const HEAD: i64 = 2000;
/// Late enough for the director.
pub const DIRECTOR: i64 = 3000;

/// What kind of thing is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The first missing output of an activity.
    Activity,
    /// What a unit thinks of a draft plan.
    Opinion,
    /// A plan that lies before the director.
    Signature,
    /// An article that was given back.
    Rewriting,
    /// An article that waits to be released.
    Release,
    /// A forced release that waits to be confirmed.
    Confirmation,
}

impl Kind {
    /// The word in keys: `owed-kind-{word}`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Activity => "activity",
            Kind::Opinion => "opinion",
            Kind::Signature => "signature",
            Kind::Rewriting => "rewriting",
            Kind::Release => "release",
            Kind::Confirmation => "confirmation",
        }
    }
}

/// One thing that somebody owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Debt {
    /// What kind of thing.
    pub kind: Kind,
    /// Which thing, as the ledger of reminders names it: `activity/{id}`.
    pub about: String,
    /// What is to be done.
    pub title: String,
    /// How many are missing, and of what.
    pub missing: Option<(i64, String)>,
    /// Where it is done, below `/desk`.
    pub path: String,
    /// Both readings of its day; of what has none, the day since which it waits.
    pub due: Deadline,
    /// The unit that owes it.
    pub unit: Option<UnitId>,
    /// What the unit is called.
    pub unit_name: String,
    /// Who owes it.
    pub people: Vec<AccountId>,
    /// Who answers for the unit.
    pub heads: Vec<AccountId>,
    /// Counts the changes of the thing.
    pub version: i64,
}

/// Where a debt stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Late by so many working days.
    Late(i64),
    /// Waiting for so many working days; it has no day of its own.
    Waiting(i64),
    /// Due within this week (to Sunday).
    ThisWeek,
    /// Due soon after it.
    Soon,
    /// Due later.
    Later,
}

impl Debt {
    /// Whether it has a day of its own.
    pub fn is_dated(&self) -> bool {
        matches!(self.kind, Kind::Activity | Kind::Opinion)
    }

    /// Working days that it is late, counted from the working day after its day; 0 in time.
    pub fn days_late(&self, today: Date, calendar: &WorkCalendar) -> i64 {
        match self.is_dated() {
            true => calendar.working_days_between(self.due.after, today).max(0),
            false => 0,
        }
    }

    /// Where it stands today.
    pub fn place(&self, today: Date, calendar: &WorkCalendar, numbers: &Numbers) -> Place {
        if !self.is_dated() {
            return Place::Waiting(
                calendar
                    .working_days_between(self.due.written, today)
                    .max(0),
            );
        }
        let late = self.days_late(today, calendar);
        if late > 0 {
            return Place::Late(late);
        }
        if self.due.written <= sunday_of(today) {
            return Place::ThisWeek;
        }
        let left = calendar.working_days_between(today, self.due.before);
        let soon = numbers.before.iter().copied().max().unwrap_or(0);
        if left <= soon {
            Place::Soon
        } else {
            Place::Later
        }
    }

    /// How urgent it is to who owes it; none when there is nothing to say yet.
    fn urgency(&self, today: Date, calendar: &WorkCalendar, numbers: &Numbers) -> Option<i64> {
        match self.place(today, calendar, numbers) {
            Place::Late(_) => return Some(NOW),
            Place::Waiting(days) => return (days > 0).then_some(NOW),
            Place::ThisWeek | Place::Soon | Place::Later => {}
        }
        let left = calendar.working_days_between(today, self.due.before).max(0);
        let reached = numbers.before.iter().copied().filter(|days| left <= *days);
        reached.min().map(|days| NOW - days)
    }

    /// Who is told of it today, and how urgently: who owes it, then the head, then the director.
    fn told(
        &self,
        today: Date,
        (calendar, numbers): (&WorkCalendar, &Numbers),
        directors: &[AccountId],
    ) -> Vec<(AccountId, i64)> {
        let mut told = Vec::new();
        if let Some(urgency) = self.urgency(today, calendar, numbers) {
            told.extend(self.people.iter().map(|person| (*person, urgency)));
        }
        let late = self.days_late(today, calendar);
        if late > 0 && late >= numbers.head_days {
            let others = self.heads.iter().filter(|head| !self.people.contains(head));
            told.extend(others.map(|head| (*head, HEAD)));
        }
        if late > 0 && late >= numbers.director_days {
            told.extend(directors.iter().map(|director| (*director, DIRECTOR)));
        }
        told
    }

    /// Whether a person is still to be told of it with this urgency.
    pub fn concerns(&self, person: AccountId, urgency: i64, directors: &[AccountId]) -> bool {
        match urgency {
            DIRECTOR => directors.contains(&person),
            HEAD => self.heads.contains(&person),
            _ => self.people.contains(&person),
        }
    }

    /// Whether it stands in a person's own list: owed by them, or by the unit that they head.
    pub fn is_of(&self, person: AccountId) -> bool {
        self.people.contains(&person) || self.heads.contains(&person)
    }
}

/// The Sunday that ends the week of a day.
pub fn sunday_of(day: Date) -> Date {
    let left = 7 - i64::from(day.weekday().to_monday_one_offset());
    day.saturating_add(jiff::Span::new().days(left))
}

/// Whether the weekly list goes out today: on its weekday, or, when that is off, on the first
/// working day after it.
pub fn is_digest_day(today: Date, calendar: &WorkCalendar, on: Weekday) -> bool {
    let back = i64::from(on.until(today.weekday()));
    // Tết is the longest time off: a list that fell into it comes when it is over.
    (0..3).any(|weeks| {
        let day = today.saturating_sub(jiff::Span::new().days(back + weeks * 7));
        calendar.next_working(day) == today
    })
}

/// Which mail a person wants beside escalations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Reminders and the weekly list.
    #[default]
    All,
    /// The weekly list only.
    Digest,
    /// Neither.
    None,
}

impl Choice {
    /// Every choice.
    pub const ALL: [Choice; 3] = [Choice::All, Choice::Digest, Choice::None];

    /// The word that tables use; people read the key `owed-choice-{word}`.
    pub fn as_str(self) -> &'static str {
        match self {
            Choice::All => "all",
            Choice::Digest => "digest",
            Choice::None => "none",
        }
    }

    /// The choice of a word, if there is one.
    pub fn parse(word: &str) -> Option<Choice> {
        Choice::ALL
            .into_iter()
            .find(|choice| choice.as_str() == word)
    }
}

/// One debt of which a letter tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Which thing.
    pub about: String,
    /// Its day as written.
    pub due: Date,
    /// How urgently.
    pub urgency: i64,
}

/// The letter of one person on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    /// What it tells of, the most urgent first.
    pub told: Vec<Told>,
    /// Whether the weekly list comes with it.
    pub is_digest: bool,
}

/// What is known on a day of an agency.
#[derive(Clone, Debug)]
pub struct Day {
    /// The day.
    pub today: Date,
    /// The working days.
    pub calendar: WorkCalendar,
    /// The agency's numbers.
    pub numbers: Numbers,
    /// Everything that is owed, what is due first first.
    pub debts: Vec<Debt>,
    /// The directors.
    pub directors: Vec<AccountId>,
    /// What people chose; all, who chose nothing.
    pub choices: HashMap<AccountId, Choice>,
}

/// The highest urgency with which a person was told of a thing with this day.
pub type Ledger = HashMap<(AccountId, String, Date), i64>;

impl Day {
    /// Everybody's letter of today: nothing that they were told before, and no letter with nothing in
    /// it. On a day off nobody gets any.
    pub fn mails(&self, ledger: &Ledger) -> BTreeMap<AccountId, Mail> {
        let mut mails: BTreeMap<AccountId, Mail> = BTreeMap::new();
        if !self.calendar.is_working(self.today) {
            return mails;
        }
        for debt in &self.debts {
            let how = (&self.calendar, &self.numbers);
            for (person, urgency) in debt.told(self.today, how, &self.directors) {
                let key = (person, debt.about.clone(), debt.due.written);
                let was_told = ledger.get(&key).is_some_and(|before| *before >= urgency);
                let wants = urgency >= HEAD || self.choice(person) == Choice::All;
                if !was_told && wants {
                    mails.entry(person).or_default().told.push(Told {
                        about: debt.about.clone(),
                        due: debt.due.written,
                        urgency,
                    });
                }
            }
        }
        if is_digest_day(self.today, &self.calendar, self.numbers.digest_day) {
            for person in self.readers_of_digest() {
                mails.entry(person).or_default().is_digest = true;
            }
        }
        for mail in mails.values_mut() {
            mail.told
                .sort_by_key(|told| (std::cmp::Reverse(told.urgency), told.due));
        }
        mails
    }

    /// Which mail a person wants.
    pub fn choice(&self, person: AccountId) -> Choice {
        self.choices.get(&person).copied().unwrap_or_default()
    }

    /// What stands in a person's weekly list: all of theirs that is not due much later; for a
    /// director, all that is late.
    pub fn digest_of(&self, person: AccountId) -> Vec<&Debt> {
        let is_director = self.directors.contains(&person);
        let is_in = |debt: &&Debt| {
            let place = debt.place(self.today, &self.calendar, &self.numbers);
            let is_late = matches!(place, Place::Late(_));
            (debt.is_of(person) && place != Place::Later) || (is_director && is_late)
        };
        self.debts.iter().filter(is_in).collect()
    }

    fn readers_of_digest(&self) -> Vec<AccountId> {
        let all = self
            .debts
            .iter()
            .flat_map(|debt| debt.people.iter().chain(&debt.heads));
        let mut people: Vec<AccountId> = all.chain(&self.directors).copied().collect();
        people.sort_unstable();
        people.dedup();
        people.retain(|person| {
            self.choice(*person) != Choice::None && !self.digest_of(*person).is_empty()
        });
        people
    }
}

#[cfg(test)]
#[path = "owed_tests.rs"]
mod tests;

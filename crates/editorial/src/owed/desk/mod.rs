//! The desk's pages of what is owed.

pub mod director_show;
pub mod numbers_edit;
pub mod owed_show;
pub mod settings_edit;

use base::Actor;
use web::Say;

use super::owed::{Day, Debt, Place};
use super::words;

/// A debt as pages list it.
#[derive(Clone, Debug)]
pub struct Row {
    /// What.
    pub title: String,
    /// Where it is done.
    pub href: String,
    /// What kind of thing, in words.
    pub kind: String,
    /// The unit that owes it; may be empty.
    pub unit: String,
    /// How many are missing, in words; may be empty.
    pub missing: String,
    /// Where it stands in time, in words.
    pub when: String,
    /// The word by which the stylesheet colours it.
    pub tag: &'static str,
}

impl Row {
    /// A debt on a day.
    pub fn of(debt: &Debt, day: &Day, say: &Say) -> Self {
        let place = debt.place(day.today, &day.calendar, &day.numbers);
        Self {
            title: match debt.title.is_empty() {
                true => say.t("article-untitled"),
                false => debt.title.clone(),
            },
            href: debt.path.clone(),
            kind: say.t(&format!("owed-kind-{}", debt.kind.as_str())),
            unit: debt.unit_name.clone(),
            missing: words::missing(say, debt).unwrap_or_default(),
            when: words::place(say, debt, place),
            tag: match place {
                Place::Late(_) => "late",
                Place::Waiting(_) => "submitted",
                Place::ThisWeek => "at_risk",
                Place::Soon | Place::Later => "draft",
            },
        }
    }
}

/// What a person owes by the end of the week and just after it, what presses most first.
pub fn list_of(day: &Day, actor: &Actor, say: &Say) -> Vec<Row> {
    let is_near = |debt: &&Debt| place(debt, day) != Place::Later && debt.is_of(actor.account);
    let mut debts: Vec<&Debt> = day.debts.iter().filter(is_near).collect();
    debts.sort_by_key(|debt| (pressing(place(debt, day)), debt.due));
    debts.iter().map(|debt| Row::of(debt, day, say)).collect()
}

fn place(debt: &Debt, day: &Day) -> Place {
    debt.place(day.today, &day.calendar, &day.numbers)
}

/// Late first, the longest late of them first; then what waits, this week, soon.
fn pressing(place: Place) -> (u8, i64) {
    match place {
        Place::Late(days) => (0, -days),
        Place::Waiting(days) => (1, -days),
        Place::ThisWeek => (2, 0),
        Place::Soon => (3, 0),
        Place::Later => (4, 0),
    }
}

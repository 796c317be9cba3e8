//! What is owed: mine, my unit's, everybody's.

use askama::Template;
use axum::extract::{Query, State};
use base::{Actor, Role};
use serde::Deserialize;
use web::{By, Frame, Page, render};

use super::{Row, place, pressing};
use crate::Editorial;
use crate::owed::OVERSEERS;
use crate::owed::gather::gather;
use crate::owed::owed::{Day, Debt, Place};

#[derive(Template)]
#[template(path = "owed/desk/owed_show.html")]
struct OwedPage {
    frame: Frame,
    tabs: Vec<Tab>,
    groups: Vec<Group>,
    may_set: bool,
}

struct Tab {
    href: String,
    text: String,
    is_current: bool,
}

struct Group {
    id: &'static str,
    title: String,
    rows: Vec<Row>,
}

/// Whose debts, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    of: Option<String>,
}

/// Whose debts a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Mine,
    Unit,
    All,
}

impl Whose {
    fn word(self) -> &'static str {
        match self {
            Whose::Mine => "mine",
            Whose::Unit => "unit",
            Whose::All => "all",
        }
    }

    /// What this person may look at.
    fn open_to(actor: &Actor) -> Vec<Whose> {
        let mut open = vec![Whose::Mine];
        if actor.unit.is_some() {
            open.push(Whose::Unit);
        }
        if actor.roles.meets(OVERSEERS) {
            open.push(Whose::All);
        }
        open
    }

    fn holds(self, debt: &Debt, actor: &Actor) -> bool {
        match self {
            Whose::Mine => debt.is_of(actor.account),
            Whose::Unit => debt.unit.is_some() && debt.unit == actor.unit,
            Whose::All => true,
        }
    }
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By, Query(wish): Query<Wish>) -> Page {
    let actor = by.actor();
    let frame = editorial.desk(&by, "nav-owed").await?;
    let frame = frame.at("/desk/owed");
    let open = Whose::open_to(actor);
    let asked = wish.of.as_deref();
    let whose = open
        .iter()
        .copied()
        .find(|whose| Some(whose.word()) == asked);
    let whose = whose.unwrap_or(Whose::Mine);
    let mut read = editorial.db.read().await?;
    let day = gather(&mut read, actor.agency, editorial.today()).await?;
    drop(read);
    let tabs = open
        .iter()
        .map(|tab| Tab {
            href: format!("/desk/owed?of={}", tab.word()),
            text: frame.t(&format!("owed-of-{}", tab.word())),
            is_current: *tab == whose,
        })
        .collect();
    render(&OwedPage {
        groups: groups(&day, &frame, |debt| whose.holds(debt, actor)),
        tabs,
        may_set: actor.is(Role::Officer),
        frame,
    })
}

type InGroup = (&'static str, fn(Place) -> bool);

const GROUPS: [InGroup; 5] = [
    ("late", |place| matches!(place, Place::Late(_))),
    ("waiting", |place| matches!(place, Place::Waiting(_))),
    ("week", |place| place == Place::ThisWeek),
    ("soon", |place| place == Place::Soon),
    ("later", |place| place == Place::Later),
];

fn groups(day: &Day, frame: &Frame, is_shown: impl Fn(&Debt) -> bool) -> Vec<Group> {
    let mut debts: Vec<&Debt> = day.debts.iter().filter(|debt| is_shown(debt)).collect();
    debts.sort_by_key(|debt| (pressing(place(debt, day)), debt.due));
    let group = |(id, is_in): &InGroup| {
        let rows: Vec<Row> = debts
            .iter()
            .filter(|debt| is_in(place(debt, day)))
            .map(|debt| Row::of(debt, day, &frame.say))
            .collect();
        (!rows.is_empty()).then(|| Group {
            id,
            title: frame.t(&format!("owed-group-{id}")),
            rows,
        })
    };
    GROUPS.iter().filter_map(group).collect()
}

//! What goes along when units merge or split, before it is done: people, open activities, open
//! articles, and who answers for them. Shared by both pages.

use std::collections::HashMap;

use askama::Template;
use base::calendar::date_short;
use base::id::{AccountId, UnitId};
use base::{Error, SubjectKind};
use db::Conn;
use web::{By, Choice, Form, Frame, Page, Say, render};

use crate::House;
use crate::people::agency::Unit;
use crate::people::following::Belonging;
use crate::people::lineage::ChangeKind;
use crate::people::reorganisation::{
    ACCOUNTABLES, Around, HEIR_NAMES, Heir, Reorganisation, share_field,
};
use crate::people::{agency_store, succession, succession_store};

#[derive(Template)]
#[template(path = "people/desk/unit_preview.html")]
struct PreviewPage {
    frame: Frame,
    facts: Vec<(String, String)>,
    groups: Vec<Group>,
    heirs: Vec<Choice>,
    answering: Vec<Answering>,
    people: Vec<Choice>,
    kept: Vec<(String, String)>,
    act_words: String,
}

/// Belongings of one kind.
struct Group {
    title: String,
    rows: Vec<Row>,
}

struct Row {
    title: String,
    from: String,
    /// The field that chooses the heir; empty when there is only one.
    field: String,
    chosen: String,
}

/// Who answers for what goes to an heir.
struct Answering {
    field: &'static str,
    label: String,
}

/// The units and people that the rules look at.
pub(super) struct Known {
    pub units: Vec<Unit>,
    pub people: Vec<(AccountId, String)>,
    ids: Vec<AccountId>,
}

impl Known {
    pub(super) async fn load(house: &House, conn: &mut Conn, by: &By) -> Result<Self, Error> {
        let agency = by.actor().agency;
        let people = succession_store::active(conn, agency).await?;
        Ok(Self {
            units: agency_store::units(conn, agency, house.today()).await?,
            ids: people.iter().map(|(id, _)| *id).collect(),
            people,
        })
    }

    pub(super) fn around(&self, house: &House) -> Around<'_> {
        Around {
            units: &self.units,
            people: &self.ids,
            today: house.today(),
        }
    }

    /// The units that may be chosen.
    pub(super) fn choices(&self) -> Vec<Choice> {
        let open = self.units.iter().filter(|unit| unit.closed_on.is_none());
        open.map(|unit| Choice::new(unit.id, unit.name.clone()))
            .collect()
    }

    fn name(&self, id: UnitId) -> String {
        let unit = self.units.iter().find(|unit| unit.id == id);
        unit.map(|unit| unit.name.clone()).unwrap_or_default()
    }
}

/// The page.
pub(super) async fn page(
    house: &House,
    by: &By,
    frame: Frame,
    (known, change, form): (&Known, &Reorganisation, &Form),
) -> Page {
    let mut read = house.db.read().await?;
    let found = succession::belongings(house, &mut read, by.actor().agency, change).await?;
    drop(read);
    let say = frame.say;
    let heirs = heirs(known, change);
    let answering = heirs
        .iter()
        .zip(ACCOUNTABLES)
        .map(|(heir, field)| Answering {
            field,
            label: say.t1("unit-accountable", "unit", &heir.text),
        });
    let mut people = vec![Choice::new("", say.t("unit-accountable-same"))];
    people.extend(
        known
            .people
            .iter()
            .map(|(id, name)| Choice::new(id, name.clone())),
    );
    let act_words = match change.kind {
        ChangeKind::Merge => say.t("unit-merge-act"),
        ChangeKind::Split => say.t("unit-split-act"),
    };
    render(&PreviewPage {
        facts: facts(known, change, &heirs, &say),
        groups: groups(known, change, (&found, form), &say),
        answering: answering.collect(),
        people,
        kept: kept(form),
        act_words,
        heirs,
        frame,
    })
}

/// The units that go on: their place and name.
fn heirs(known: &Known, change: &Reorganisation) -> Vec<Choice> {
    let name = |heir: &Heir| match heir {
        Heir::Standing(id) => known.name(*id),
        Heir::New(names) => names.name.clone(),
    };
    let all = change.to.iter().zip(0..);
    all.map(|(heir, n)| Choice::new(n, name(heir))).collect()
}

fn facts(
    known: &Known,
    change: &Reorganisation,
    heirs: &[Choice],
    say: &Say,
) -> Vec<(String, String)> {
    let from: Vec<String> = change.from.iter().map(|id| known.name(*id)).collect();
    let to: Vec<String> = heirs.iter().map(|heir| heir.text.clone()).collect();
    let mut facts = vec![
        (say.t("unit-ending"), from.join("; ")),
        (say.t("unit-going-on"), to.join("; ")),
        (say.t("unit-day"), date_short(change.day)),
    ];
    if !change.decision_number.is_empty() {
        facts.push((
            say.t("unit-decision-number"),
            change.decision_number.clone(),
        ));
    }
    if let Some(day) = change.decision_on {
        facts.push((say.t("unit-decision-on"), date_short(day)));
    }
    facts
}

/// The belongings by kind: people first, then the rest as the features named them.
fn groups(
    known: &Known,
    change: &Reorganisation,
    (found, form): (&[Belonging], &Form),
    say: &Say,
) -> Vec<Group> {
    let mut places: HashMap<SubjectKind, usize> = HashMap::new();
    let mut groups: Vec<(SubjectKind, Vec<Row>)> = Vec::new();
    for what in found {
        let place = *places.entry(what.kind).or_insert_with(|| {
            groups.push((what.kind, Vec::new()));
            groups.len() - 1
        });
        let row = Row {
            title: what.title.clone(),
            from: known.name(what.unit),
            field: match change.to.len() {
                0 | 1 => String::new(),
                _ => share_field(what),
            },
            chosen: change.share(form, what).to_string(),
        };
        if let Some((_, rows)) = groups.get_mut(place) {
            rows.push(row);
        }
    }
    let titled = |(kind, rows): (SubjectKind, Vec<Row>)| Group {
        title: say.n(
            kind_key(kind),
            i64::try_from(rows.len()).unwrap_or(i64::MAX),
        ),
        rows,
    };
    groups.into_iter().map(titled).collect()
}

/// The key of how many things of a kind go along.
fn kind_key(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Account => "unit-moves-people",
        SubjectKind::Activity => "unit-moves-activities",
        SubjectKind::Article => "unit-moves-articles",
        _ => "unit-moves-others",
    }
}

/// What was typed before, to be sent again with the act.
fn kept(form: &Form) -> Vec<(String, String)> {
    let names = [
        "units",
        "into",
        "name",
        "symbol",
        "day",
        "decision_number",
        "decision_on",
    ];
    let names = names.into_iter().chain(HEIR_NAMES);
    let values = names.flat_map(|name| {
        let all = form.all(name).iter();
        all.map(move |value| (name.to_owned(), value.clone()))
    });
    values.filter(|(_, value)| !value.is_empty()).collect()
}

//! Units that merge or split, as an administrator writes it: pure.

use base::id::{AccountId, UnitId};
use base::limits::LINE_CHARS_MAX;
use base::{Problem, Refusal};
use jiff::civil::Date;
use web::{Check, Form};

use super::agency::{Unit, UnitNames};
use super::following::Belonging;
use super::lineage::ChangeKind;

/// The fields that name the heirs of a split, in their order; that many heirs at most.
pub const HEIR_NAMES: [&str; 4] = ["name_1", "name_2", "name_3", "name_4"];

/// The fields that name who answers for what goes to each heir, in their order.
pub const ACCOUNTABLES: [&str; 4] = [
    "accountable_1",
    "accountable_2",
    "accountable_3",
    "accountable_4",
];

/// A unit that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heir {
    /// One that is there already.
    Standing(UnitId),
    /// One that is made.
    New(UnitNames),
}

/// A merger or a split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reorganisation {
    /// Which.
    pub kind: ChangeKind,
    /// The units that end.
    pub from: Vec<UnitId>,
    /// The units that go on; one for a merger.
    pub to: Vec<Heir>,
    /// The first day of the new order.
    pub day: Date,
    /// Number of the decision; may be empty.
    pub decision_number: String,
    /// Day of the decision.
    pub decision_on: Option<Date>,
    /// Who answers for the activities that go to each heir; none keeps who does.
    pub accountable: Vec<Option<AccountId>>,
}

/// What the rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The agency's units.
    pub units: &'a [Unit],
    /// Its active people.
    pub people: &'a [AccountId],
    /// Today.
    pub today: Date,
}

impl Around<'_> {
    fn open(&self, id: UnitId) -> Option<&Unit> {
        let found = self.units.iter().find(|unit| unit.id == id);
        found.filter(|unit| unit.closed_on.is_none())
    }
}

impl Reorganisation {
    /// Reads the form of a merger: the units, and either one of ours that takes them in or the name
    /// of a new one.
    ///
    /// # Refusals
    /// Fewer than two units together, units that have ended, a missing name, a name that another
    /// unit bears, a day in the future or before a unit began.
    pub fn merger(form: &Form, around: Around<'_>) -> Result<Self, Refusal> {
        let mut check = form.check();
        let mut chosen = Vec::new();
        for word in form.all("units") {
            match word.parse().ok().filter(|id| around.open(*id).is_some()) {
                Some(id) if !chosen.contains(&id) => chosen.push(id),
                Some(_) => {}
                None => check.add(Problem::at("units", "field-choice")),
            }
        }
        let into: Option<UnitId> = check.parse("into");
        if into.is_some_and(|id| around.open(id).is_none()) {
            check.add(Problem::at("into", "field-choice"));
        }
        let from: Vec<UnitId> = chosen.into_iter().filter(|id| Some(*id) != into).collect();
        if from.len() + usize::from(into.is_some()) < 2 || from.is_empty() {
            check.add(Problem::at("units", "unit-merge-too-few"));
        }
        let heir = match into {
            Some(id) => Heir::Standing(id),
            None => Heir::New(new_names(&mut check, "name", "symbol", &from, around)),
        };
        let found = Self {
            kind: ChangeKind::Merge,
            to: vec![heir],
            ..Self::rest(&mut check, form, &from, around)
        };
        check.done()?;
        Ok(found)
    }

    /// Reads the form of a split: the names of two to four units that go on for this one.
    ///
    /// # Refusals
    /// Fewer than two names, a name that stands twice or that another unit bears, a unit that has
    /// ended, a day in the future or before the unit began.
    pub fn split(unit: UnitId, form: &Form, around: Around<'_>) -> Result<Self, Refusal> {
        if around.open(unit).is_none() {
            return Err(Refusal::because("unit-closed"));
        }
        let mut check = form.check();
        let mut heirs: Vec<UnitNames> = Vec::new();
        for (field, n) in HEIR_NAMES.into_iter().zip(1..) {
            if n > 2 && form.value(field).trim().is_empty() {
                continue;
            }
            let names = new_names(&mut check, field, "", &[unit], around);
            if !names.name.is_empty() && heirs.iter().any(|heir| heir.name == names.name) {
                check.add(Problem::at(field, "unit-name-twice"));
            }
            heirs.push(names);
        }
        let found = Self {
            kind: ChangeKind::Split,
            to: heirs.into_iter().map(Heir::New).collect(),
            ..Self::rest(&mut check, form, &[unit], around)
        };
        check.done()?;
        Ok(found)
    }

    /// The day, the decision and who answers.
    fn rest(check: &mut Check<'_>, form: &Form, from: &[UnitId], around: Around<'_>) -> Self {
        let day = check.date("day").unwrap_or(around.today);
        if day > around.today {
            check.add(Problem::at("day", "unit-day-future"));
        }
        let began = from.iter().filter_map(|id| around.open(*id));
        if let Some(young) = began.max_by_key(|unit| unit.opened_on)
            && day <= young.opened_on
        {
            check.add(Problem::at("day", "unit-day-before").with("name", &young.name));
        }
        let mut accountable = Vec::new();
        for field in ACCOUNTABLES {
            let person: Option<AccountId> = check.parse(field);
            if person.is_some_and(|id| !around.people.contains(&id)) {
                check.add(Problem::at(field, "field-choice"));
            }
            accountable.push(person);
        }
        Self {
            kind: ChangeKind::Merge,
            from: from.to_vec(),
            to: Vec::new(),
            day,
            decision_number: check.line_of("decision_number", 60),
            decision_on: check.date("decision_on"),
            accountable: match form.value("step") {
                "act" => accountable,
                _ => vec![None; ACCOUNTABLES.len()],
            },
        }
    }

    /// Which heir a belonging goes to, by its place: the only one, or the one chosen for it in the
    /// form; the first when nothing was chosen.
    pub fn share(&self, form: &Form, what: &Belonging) -> usize {
        let chosen: usize = form.value(&share_field(what)).parse().unwrap_or(0);
        if chosen < self.to.len() { chosen } else { 0 }
    }
}

/// The field that says which heir a belonging goes to.
pub fn share_field(what: &Belonging) -> String {
    format!("to-{}-{}", what.kind.as_str(), what.id)
}

/// The names of a unit that is made; the name must be free.
fn new_names(
    check: &mut Check<'_>,
    field: &'static str,
    symbol: &'static str,
    leaving: &[UnitId],
    around: Around<'_>,
) -> UnitNames {
    let name = check.required_line(field, LINE_CHARS_MAX);
    let is_taken = around
        .units
        .iter()
        .any(|unit| unit.closed_on.is_none() && unit.name == name && !leaving.contains(&unit.id));
    if is_taken {
        check.add(Problem::at(field, "unit-name-taken"));
    }
    let symbol = match symbol {
        "" => String::new(),
        field => check.line_of(field, 30),
    };
    UnitNames {
        short_name: name.clone(),
        name,
        symbol,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::SubjectKind;
    use base::id::Uuid;
    use jiff::civil::date;

    fn id(n: u128) -> UnitId {
        UnitId::from(Uuid::from_u128(n))
    }

    fn units() -> Vec<Unit> {
        let unit = |n: u128, name: &str, opened_on, closed_on| Unit {
            id: id(n),
            name: name.to_owned(),
            short_name: name.to_owned(),
            symbol: String::new(),
            position: 1,
            opened_on,
            closed_on,
        };
        vec![
            unit(1, "Văn phòng", date(2016, 1, 1), None),
            unit(2, "Thanh tra", date(2016, 1, 1), None),
            unit(3, "Phòng mới", date(2023, 2, 1), None),
            unit(4, "Phòng cũ", date(2016, 1, 1), Some(date(2020, 1, 1))),
        ]
    }

    fn form(pairs: &[(&'static str, &str)]) -> Form {
        Form::filled(
            pairs
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        )
    }

    fn problems<T: std::fmt::Debug>(
        found: Result<T, Refusal>,
    ) -> Vec<(Option<&'static str>, &'static str)> {
        let Err(Refusal::Invalid(problems)) = found else {
            panic!("accepted: {found:?}")
        };
        problems
            .iter()
            .map(|problem| (problem.field, problem.key))
            .collect()
    }

    fn merger(pairs: &[(&'static str, &str)]) -> Result<Reorganisation, Refusal> {
        let units = units();
        let people = [AccountId::from(Uuid::from_u128(9))];
        let around = Around {
            units: &units,
            people: &people,
            today: date(2023, 3, 6),
        };
        Reorganisation::merger(&form(pairs), around)
    }

    #[test]
    fn two_units_become_one_new_one_or_one_takes_the_other_in() {
        let (one, two) = (id(1).to_string(), id(2).to_string());
        let new = merger(&[("units", &one), ("units", &two), ("name", "Phòng chung")]).unwrap();
        assert_eq!(new.from, [id(1), id(2)]);
        assert!(matches!(&new.to[..], [Heir::New(names)] if names.name == "Phòng chung"));
        assert_eq!(new.day, date(2023, 3, 6));
        let into = merger(&[("units", &one), ("units", &two), ("into", &two)]).unwrap();
        assert_eq!(
            (into.from, into.to),
            (vec![id(1)], vec![Heir::Standing(id(2))])
        );
        let own_name = merger(&[("units", &one), ("units", &two), ("name", "Thanh tra")]);
        assert!(
            own_name.is_ok(),
            "a merged unit may go on under the name of one of them"
        );
    }

    /// What was typed, and the problem that is found.
    type Typed<'a> = &'a [(&'static str, &'a str)];
    type Found = (Option<&'static str>, &'static str);

    #[test]
    fn what_cannot_be_merged_is_refused_at_its_field() {
        let (one, two, three, four) = (
            id(1).to_string(),
            id(2).to_string(),
            id(3).to_string(),
            id(4).to_string(),
        );
        let cases: [(Typed<'_>, Found); 8] = [
            (
                &[("units", &one), ("name", "X")],
                (Some("units"), "unit-merge-too-few"),
            ),
            (
                &[("units", &one), ("into", &one)],
                (Some("units"), "unit-merge-too-few"),
            ),
            (
                &[("units", &one), ("units", &four), ("name", "X")],
                (Some("units"), "field-choice"),
            ),
            (
                &[("units", &one), ("into", &four)],
                (Some("into"), "field-choice"),
            ),
            (
                &[("units", &one), ("units", &two)],
                (Some("name"), "field-required"),
            ),
            (
                &[("units", &one), ("units", &two), ("name", "Phòng mới")],
                (Some("name"), "unit-name-taken"),
            ),
            (
                &[
                    ("units", &one),
                    ("units", &two),
                    ("name", "X"),
                    ("day", "07/03/2023"),
                ],
                (Some("day"), "unit-day-future"),
            ),
            (
                &[
                    ("units", &one),
                    ("units", &three),
                    ("name", "X"),
                    ("day", "01/02/2023"),
                ],
                (Some("day"), "unit-day-before"),
            ),
        ];
        for (pairs, expected) in cases {
            assert!(problems(merger(pairs)).contains(&expected), "{pairs:?}");
        }
        let stranger = Uuid::from_u128(8).to_string();
        let found = merger(&[
            ("units", &one),
            ("into", &two),
            ("accountable_1", &stranger),
        ]);
        assert_eq!(problems(found), [(Some("accountable_1"), "field-choice")]);
    }

    #[test]
    fn a_split_names_two_to_four_units_and_shares_what_there_is() {
        let units = units();
        let around = Around {
            units: &units,
            people: &[],
            today: date(2023, 3, 6),
        };
        let split =
            |pairs: &[(&'static str, &str)]| Reorganisation::split(id(1), &form(pairs), around);
        assert_eq!(
            problems(split(&[("name_1", "A")])),
            [(Some("name_2"), "field-required")]
        );
        assert_eq!(
            problems(split(&[("name_1", "A"), ("name_2", "A")])),
            [(Some("name_2"), "unit-name-twice")]
        );
        let found = split(&[("name_1", "A"), ("name_2", "B"), ("name_4", "C")]).unwrap();
        assert_eq!(found.to.len(), 3);
        let what = Belonging {
            kind: SubjectKind::Account,
            id: "x".to_owned(),
            title: String::new(),
            unit: id(1),
        };
        for (chosen, place) in [("2", 2), ("0", 0), ("3", 0), ("-1", 0), ("", 0)] {
            let form = Form::filled([(share_field(&what).as_str(), chosen.to_owned())]);
            assert_eq!(found.share(&form, &what), place, "{chosen}");
        }
        let closed = Reorganisation::split(id(4), &form(&[]), around);
        assert_eq!(closed, Err(Refusal::because("unit-closed")));
    }
}

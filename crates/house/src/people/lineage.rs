//! How the units of different years join: pure.
//!
//! A unit goes on as the one that it merged into. A unit that was split goes on as several; what it
//! did cannot be told apart afterwards, so it stays by itself and the footnote says what became of
//! it. A rename makes no other unit: its names are dated.

use std::collections::{BTreeMap, BTreeSet};

use base::id::{RowId, UnitId};
use jiff::civil::Date;

/// How units change into others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// Several become one.
    Merge,
    /// One becomes several.
    Split,
}

impl ChangeKind {
    /// The word that tables and the log use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Split => "split",
        }
    }

    /// The kind of a word, if there is one.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Merge, Self::Split]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// That a unit goes on as another from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Succession {
    /// The change that it is part of.
    pub change: RowId,
    /// How.
    pub kind: ChangeKind,
    /// The unit that ends.
    pub from: UnitId,
    /// The unit that goes on.
    pub to: UnitId,
    /// The first day of the new order.
    pub day: Date,
    /// Number of the decision; may be empty.
    pub decision_number: String,
    /// Day of the decision.
    pub decision_on: Option<Date>,
}

/// One change as a footnote tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// How.
    pub kind: ChangeKind,
    /// The units that ended.
    pub from: Vec<UnitId>,
    /// The units that go on.
    pub to: Vec<UnitId>,
    /// The first day of the new order.
    pub day: Date,
    /// Number of the decision; may be empty.
    pub decision_number: String,
    /// Day of the decision.
    pub decision_on: Option<Date>,
}

/// Who goes on as whom between two days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lineage {
    heirs: BTreeMap<UnitId, UnitId>,
    /// The changes in between, in their order.
    pub joins: Vec<Join>,
}

impl Lineage {
    /// The lineage of the changes after `from_day`, up to `to_day`.
    pub fn of(successions: &[Succession], from_day: Date, to_day: Date) -> Self {
        let mut within: Vec<&Succession> = successions
            .iter()
            .filter(|one| from_day < one.day && one.day <= to_day)
            .collect();
        within.sort_by_key(|one| (one.day, one.change, one.from, one.to));
        let mut lineage = Self::default();
        let mut last = None;
        for one in within {
            if one.kind == ChangeKind::Merge && one.from != one.to {
                lineage.heirs.insert(one.from, one.to);
            }
            match lineage.joins.last_mut() {
                Some(join) if last == Some(one.change) => {
                    push_new(&mut join.from, one.from);
                    push_new(&mut join.to, one.to);
                }
                _ => lineage.joins.push(Join {
                    kind: one.kind,
                    from: vec![one.from],
                    to: vec![one.to],
                    day: one.day,
                    decision_number: one.decision_number.clone(),
                    decision_on: one.decision_on,
                }),
            }
            last = Some(one.change);
        }
        lineage
    }

    /// The unit as which this one goes on at the end; itself when nothing joined it.
    pub fn heir(&self, unit: UnitId) -> UnitId {
        let mut unit = unit;
        // Rows that go in a circle would be a mistake of data; nobody waits for it to end.
        let mut seen = BTreeSet::from([unit]);
        while let Some(next) = self.heirs.get(&unit) {
            if !seen.insert(*next) {
                break;
            }
            unit = *next;
        }
        unit
    }
}

fn push_new(units: &mut Vec<UnitId>, unit: UnitId) {
    if !units.contains(&unit) {
        units.push(unit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn unit(n: u128) -> UnitId {
        UnitId::from(Uuid::from_u128(n))
    }

    fn one(change: u128, kind: ChangeKind, from: u128, to: u128, day: Date) -> Succession {
        Succession {
            change: RowId::from(Uuid::from_u128(change)),
            kind,
            from: unit(from),
            to: unit(to),
            day,
            decision_number: "12/QĐ-STP".to_owned(),
            decision_on: None,
        }
    }

    fn changes() -> Vec<Succession> {
        use ChangeKind::{Merge, Split};
        vec![
            one(1, Merge, 1, 10, date(2024, 3, 1)),
            one(1, Merge, 2, 10, date(2024, 3, 1)),
            one(2, Merge, 10, 20, date(2025, 7, 1)),
            one(2, Merge, 3, 20, date(2025, 7, 1)),
            one(3, Split, 4, 41, date(2025, 7, 1)),
            one(3, Split, 4, 42, date(2025, 7, 1)),
        ]
    }

    #[test]
    fn units_are_joined_by_the_merges_between_the_days() {
        let whole = Lineage::of(&changes(), date(2023, 12, 31), date(2025, 12, 31));
        for (of, heir) in [(1, 20), (2, 20), (3, 20), (10, 20), (4, 4), (5, 5)] {
            assert_eq!(whole.heir(unit(of)), unit(heir), "{of}");
        }
        let first = Lineage::of(&changes(), date(2023, 12, 31), date(2024, 12, 31));
        assert_eq!(first.heir(unit(1)), unit(10));
        assert_eq!(first.heir(unit(3)), unit(3));
        let after = Lineage::of(&changes(), date(2024, 3, 1), date(2024, 12, 31));
        assert_eq!(
            after.heir(unit(1)),
            unit(1),
            "a change of the first day is past"
        );
    }

    #[test]
    fn a_footnote_names_all_units_of_a_change_once() {
        let lineage = Lineage::of(&changes(), date(2023, 12, 31), date(2025, 12, 31));
        assert_eq!(lineage.joins.len(), 3);
        assert_eq!(lineage.joins[0].from, [unit(1), unit(2)]);
        assert_eq!(lineage.joins[0].to, [unit(10)]);
        let split = lineage
            .joins
            .iter()
            .find(|join| join.kind == ChangeKind::Split);
        assert_eq!(split.unwrap().to, [unit(41), unit(42)]);
    }

    proptest! {
        #[test]
        fn an_heir_is_found_in_any_rows_and_has_no_heir_but_in_a_circle(
            rows in proptest::collection::vec((0u128..6, 0u128..6, 0i8..28), 0..12), of in 0u128..6
        ) {
            let rows: Vec<Succession> = rows
                .into_iter()
                .zip(1..)
                .map(|((from, to, day), n)| one(n, ChangeKind::Merge, from, to, date(2024, 1, day + 1)))
                .collect();
            let lineage = Lineage::of(&rows, date(2023, 1, 1), date(2025, 1, 1));
            let heir = lineage.heir(unit(of));
            let is_known = heir == unit(of) || rows.iter().any(|row| row.to == heir);
            prop_assert!(is_known);
        }
    }
}

//! What units did over the years, with those joined that became one: pure.

use std::collections::BTreeMap;

use base::id::UnitId;
use house::people::lineage::{ChangeKind, Lineage};

use super::years_store::UnitYear;

/// One line of the chart: a unit, or several that became one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitLine {
    /// The unit as which they go on; none for items of no unit.
    pub unit: Option<UnitId>,
    /// Items by year, as many as there are years.
    pub counts: Vec<i64>,
    /// Places of its footnotes among the joins, from 0.
    pub notes: Vec<usize>,
}

impl UnitLine {
    /// All its items.
    pub fn total(&self) -> i64 {
        self.counts.iter().sum()
    }
}

/// The lines of the chart, the largest first, what belongs to no unit last. Every item stands in
/// exactly one line and year.
pub fn lines(found: &[UnitYear], years: &[i16], lineage: &Lineage) -> Vec<UnitLine> {
    let mut lines: BTreeMap<Option<UnitId>, UnitLine> = BTreeMap::new();
    for one in found {
        let Some(place) = years.iter().position(|year| *year == one.year) else {
            continue;
        };
        let unit = one.unit.map(|unit| lineage.heir(unit));
        let line = lines.entry(unit).or_insert_with(|| UnitLine {
            unit,
            counts: vec![0; years.len()],
            notes: notes(unit, lineage),
        });
        if let Some(count) = line.counts.get_mut(place) {
            *count += one.n_items;
        }
    }
    let mut lines: Vec<UnitLine> = lines.into_values().collect();
    lines.sort_by_key(|line| (line.unit.is_none(), std::cmp::Reverse(line.total())));
    lines
}

/// The changes that a line tells of: the mergers that it joins, the splits that it was part of.
fn notes(unit: Option<UnitId>, lineage: &Lineage) -> Vec<usize> {
    let Some(unit) = unit else { return Vec::new() };
    let concerns = |ids: &[UnitId]| ids.iter().any(|id| lineage.heir(*id) == unit);
    let joins = lineage.joins.iter().zip(0..);
    joins
        .filter(|(join, _)| match join.kind {
            ChangeKind::Merge => concerns(&join.to),
            ChangeKind::Split => concerns(&join.from) || concerns(&join.to),
        })
        .map(|(_, place)| place)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::{RowId, Uuid};
    use house::people::lineage::Succession;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn unit(n: u128) -> UnitId {
        UnitId::from(Uuid::from_u128(n))
    }

    fn done(of: u128, year: i16, n_items: i64) -> UnitYear {
        UnitYear {
            unit: (of > 0).then(|| unit(of)),
            year,
            n_items,
        }
    }

    fn lineage() -> Lineage {
        let merged = |from| Succession {
            change: RowId::from(Uuid::from_u128(1)),
            kind: ChangeKind::Merge,
            from: unit(from),
            to: unit(10),
            day: date(2024, 3, 1),
            decision_number: String::new(),
            decision_on: None,
        };
        Lineage::of(
            &[merged(1), merged(2)],
            date(2022, 12, 14),
            date(2024, 12, 14),
        )
    }

    #[test]
    fn units_that_became_one_stand_in_one_line_with_a_note() {
        let found = [
            done(1, 2023, 5),
            done(2, 2023, 7),
            done(3, 2023, 1),
            done(0, 2023, 40),
            done(10, 2024, 9),
            done(2, 2024, 2),
        ];
        let lines = lines(&found, &[2023, 2024], &lineage());
        let shown: Vec<_> = lines
            .iter()
            .map(|line| (line.unit, line.counts.as_slice(), line.notes.len()))
            .collect();
        assert_eq!(
            shown,
            [
                (Some(unit(10)), &[12, 11][..], 1),
                (Some(unit(3)), &[1, 0], 0),
                (None, &[40, 0], 0),
            ]
        );
    }

    proptest! {
        #[test]
        fn joining_units_neither_loses_nor_doubles_an_item(
            found in proptest::collection::vec((0u128..12, 2022i16..2026, 0i64..100), 0..40)
        ) {
            let found: Vec<UnitYear> = found.into_iter().map(|(of, year, n)| done(of, year, n)).collect();
            let years = [2023, 2024];
            let lines = lines(&found, &years, &lineage());
            for (place, year) in years.iter().enumerate() {
                let shown: i64 = lines.iter().map(|line| line.counts[place]).sum();
                let all: i64 = found.iter().filter(|one| one.year == *year).map(|one| one.n_items).sum();
                prop_assert_eq!(shown, all);
            }
        }
    }
}

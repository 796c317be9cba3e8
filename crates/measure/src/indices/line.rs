//! The results of an index as lines over years: one for each body. Values of bodies that were merged
//! are never added up; each keeps its own line, and the merger is told. Pure.

use std::collections::BTreeSet;

use base::id::RowId;

use super::index::{Body, IndexResult};

/// One line: a body, or a component of the index for a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The body.
    pub body: &'a Body,
    /// The component, empty for the whole index.
    pub component: &'a str,
    /// Its results, one place for each year.
    pub results: Vec<Option<&'a IndexResult>>,
    /// Places of its footnotes among the mergers, from 0.
    pub notes: Vec<usize>,
}

/// The lines of an index over its years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines<'a> {
    /// The years, the oldest first.
    pub years: Vec<i16>,
    /// The lines: the agency itself first, then by name, the whole index before its components.
    pub lines: Vec<Line<'a>>,
    /// Bodies that go on as others, each told once.
    pub mergers: Vec<(&'a Body, &'a Body)>,
}

/// The lines of these results.
pub fn lines<'a>(results: &'a [IndexResult], bodies: &'a [Body]) -> Lines<'a> {
    let years: BTreeSet<i16> = results.iter().map(|result| result.year).collect();
    let years: Vec<i16> = years.into_iter().collect();
    let shown: BTreeSet<RowId> = results.iter().map(|result| result.body).collect();
    let body = |id: RowId| bodies.iter().find(|body| body.id == id);
    let mergers: Vec<(&Body, &Body)> = bodies
        .iter()
        .filter_map(|from| Some((from, body(from.merger.as_ref()?.into)?)))
        .filter(|(from, into)| shown.contains(&from.id) || shown.contains(&into.id))
        .collect();
    let mut lines = Vec::new();
    for body in bodies.iter().filter(|body| shown.contains(&body.id)) {
        let own = results.iter().filter(|result| result.body == body.id);
        let components: BTreeSet<&str> = own.map(|result| result.component.as_str()).collect();
        for component in components {
            let at = |year: &i16| {
                results.iter().find(|result| {
                    (result.body, result.year, result.component.as_str())
                        == (body.id, *year, component)
                })
            };
            let told = mergers.iter().zip(0..);
            lines.push(Line {
                body,
                component,
                results: years.iter().map(at).collect(),
                notes: told
                    .filter(|((from, into), _)| from.id == body.id || into.id == body.id)
                    .map(|(_, place)| place)
                    .collect(),
            });
        }
    }
    Lines {
        years,
        lines,
        mergers,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indices::index::Merger;
    use base::id::Uuid;
    use jiff::civil::date;
    use rust_decimal::Decimal;

    type Told<'a> = (&'a str, &'a str, Vec<Option<Decimal>>, &'a [usize]);

    fn id(n: u128) -> RowId {
        RowId::from(Uuid::from_u128(n))
    }

    fn body(n: u128, name: &str, into: Option<u128>) -> Body {
        Body {
            id: id(n),
            name: name.into(),
            is_own: false,
            merger: into.map(|into| Merger {
                into: id(into),
                on: date(2025, 7, 1),
                decision: "202/2025/QH15".into(),
            }),
        }
    }

    fn result(of: u128, year: i16, component: &str, value: i64) -> IndexResult {
        IndexResult {
            id: id(1_000),
            body: id(of),
            year,
            component: component.into(),
            value: Decimal::new(value, 2),
            place: None,
            n_bodies: None,
            source: "Báo cáo".into(),
            source_url: String::new(),
            published_on: None,
            note: String::new(),
        }
    }

    #[test]
    fn merged_bodies_keep_their_own_lines_and_the_merger_is_told() {
        let bodies = [
            body(1, "Bình Định", Some(2)),
            body(2, "Gia Lai", None),
            body(3, "Quảng Ninh", None),
            body(4, "Ở xa", Some(5)),
        ];
        let results = [
            result(1, 2023, "", 8000),
            result(2, 2023, "", 8384),
            result(2, 2025, "", 8500),
            result(2, 2025, "Lĩnh vực 1", 900),
            result(3, 2023, "", 9061),
        ];
        let made = lines(&results, &bodies);
        assert_eq!(made.years, [2023, 2025]);
        let told: Vec<Told<'_>> = made
            .lines
            .iter()
            .map(|line| {
                let values = line.results.iter().map(|one| one.map(|one| one.value));
                (
                    line.body.name.as_str(),
                    line.component,
                    values.collect(),
                    &line.notes[..],
                )
            })
            .collect();
        let value = |n| Some(Decimal::new(n, 2));
        assert_eq!(
            told,
            [
                ("Bình Định", "", vec![value(8000), None], &[0][..]),
                ("Gia Lai", "", vec![value(8384), value(8500)], &[0][..]),
                ("Gia Lai", "Lĩnh vực 1", vec![None, value(900)], &[0][..]),
                ("Quảng Ninh", "", vec![value(9061), None], &[][..]),
            ]
        );
        assert_eq!(made.mergers.len(), 1);
    }
}

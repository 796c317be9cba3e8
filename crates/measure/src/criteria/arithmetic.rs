//! The checked arithmetic of a set: what a table states against what its parts add up to. Published
//! tables hold wrong sums; they are shown beside the row and never repaired in silence. What shall
//! stay as printed is kept with a note.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::exact;
use super::rule::Way;
use super::scored::Shown;
use super::set::{Area, Component, Criterion, SetDetails, sum_of};

/// That a finding stays as it is, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Which finding.
    pub code: String,
    /// Why it stays.
    pub note: String,
}

/// Where a finding stands: places of area, criterion and component, counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The area; none for the set itself.
    pub area: Option<usize>,
    /// The criterion.
    pub criterion: Option<usize>,
    /// The component.
    pub component: Option<usize>,
}

/// One thing about the table that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// The number of its row, empty for the set itself.
    pub no: String,
    /// What: a stable word; its message is `criteria-finding-…`.
    pub code: &'static str,
    /// The values of the message.
    pub values: Vec<(&'static str, Shown)>,
    /// Why it stays, if somebody said so.
    pub kept: Option<String>,
}

/// Everything that does not fit, in the order of the table.
pub fn findings(details: &SetDetails, areas: &[Area]) -> Vec<Finding> {
    let mut found = Findings::default();
    let stated = areas.iter().map(|area| area.max);
    found.sum(&details.kept, "total", details.total, stated);
    for (at, area) in areas.iter().enumerate() {
        found.place = Place {
            area: Some(at),
            ..Place::default()
        };
        found.no.clone_from(&area.no);
        let stated = area.criteria.iter().map(|criterion| criterion.max);
        found.sum(&area.kept, "area-sum", Some(area.max), stated);
        for (at, criterion) in area.criteria.iter().enumerate() {
            found.criterion(at, criterion);
        }
    }
    found.twice(areas);
    found.all
}

#[derive(Default)]
struct Findings {
    place: Place,
    no: String,
    all: Vec<Finding>,
}

impl Findings {
    fn add(&mut self, kept: &[Kept], code: &'static str, values: Vec<(&'static str, Shown)>) {
        let kept = kept.iter().find(|kept| kept.code == code);
        self.all.push(Finding {
            place: self.place,
            no: self.no.clone(),
            code,
            values,
            kept: kept.map(|kept| kept.note.clone()),
        });
    }

    /// A stated sum against its parts.
    fn sum(
        &mut self,
        kept: &[Kept],
        code: &'static str,
        stated: Option<Decimal>,
        parts: impl Iterator<Item = Decimal>,
    ) {
        let sum = parts.fold(Decimal::ZERO, Decimal::saturating_add);
        if let Some(stated) = stated.filter(|stated| *stated != sum) {
            let values = vec![
                ("stated", Shown::Number(stated)),
                ("sum", Shown::Number(sum)),
            ];
            self.add(kept, code, values);
        }
    }

    fn criterion(&mut self, at: usize, criterion: &Criterion) {
        self.place.criterion = Some(at);
        self.place.component = None;
        self.no.clone_from(&criterion.no);
        let sum = sum_of(&criterion.components);
        self.sum(
            &criterion.kept,
            "criterion-sum",
            Some(criterion.max),
            [sum].into_iter(),
        );
        for (at, component) in criterion.components.iter().enumerate() {
            self.place.component = Some(at);
            self.no.clone_from(&component.no);
            self.component(component);
        }
    }

    fn component(&mut self, component: &Component) {
        let kept = &component.kept;
        let most = match component.rule.way {
            Way::Penalty { max, .. } => max,
            _ => component.rule.max(),
        };
        if most != component.max {
            let values = vec![
                ("stated", Shown::Number(component.max)),
                ("rule", Shown::Number(most)),
            ];
            self.add(kept, "rule-max", values);
        }
        if let Way::Checklist { items, max } = &component.rule.way {
            let points = items.iter().map(|item| item.points);
            self.sum(kept, "checklist-sum", Some(*max), points);
        }
        self.told_points(component);
        if let Some(example) = &component.example {
            let scored = component.score(&example.input);
            if scored.first.points != example.points {
                let mut values = vec![
                    ("told", Shown::Number(example.points)),
                    ("rule", Shown::Number(scored.first.points)),
                ];
                let second = scored.second.map(|second| second.points);
                let code = match second == Some(example.points) {
                    true => "example-second",
                    false => "example",
                };
                values.push(("words", Shown::Words(example.words.clone())));
                self.add(kept, code, values);
            }
        }
    }

    /// Points that a text tells in brackets beside other points: "(1đ)" beside 0,5.
    fn told_points(&mut self, component: &Component) {
        let mut other = Vec::new();
        for told in points_in_brackets(&component.title) {
            if told != component.max {
                other.push((told, component.max, component.title.clone()));
            }
        }
        // A guide tells the parts of the points too; only more than there is cannot be right.
        for told in points_in_brackets(&component.guidance) {
            if told > component.max {
                other.push((told, component.max, component.title.clone()));
            }
        }
        if let Way::Checklist { items, .. } = &component.rule.way {
            for item in items {
                for told in points_in_brackets(&item.title) {
                    if told != item.points {
                        other.push((told, item.points, item.title.clone()));
                    }
                }
            }
        }
        for (told, stated, words) in other {
            let values = vec![
                ("told", Shown::Number(told)),
                ("stated", Shown::Number(stated)),
                ("words", Shown::Words(words)),
            ];
            self.add(&component.kept, "told-points", values);
        }
    }

    /// Numbers that stand twice on the same level.
    fn twice(&mut self, areas: &[Area]) {
        let mut seen: Vec<(u8, &str)> = Vec::new();
        let criteria = areas.iter().enumerate().flat_map(|(a, area)| {
            let own = area.criteria.iter().enumerate();
            own.map(move |(c, criterion)| (a, c, criterion))
        });
        for (a, c, criterion) in criteria {
            let parts = criterion.components.iter().enumerate();
            let parts = parts.map(|(k, part)| (2, part.no.as_str(), Some(k), &part.kept));
            let own = [(1, criterion.no.as_str(), None, &criterion.kept)];
            for (level, no, component, kept) in own.into_iter().chain(parts) {
                if !no.is_empty() && seen.contains(&(level, no)) {
                    self.place = Place {
                        area: Some(a),
                        criterion: Some(c),
                        component,
                    };
                    no.clone_into(&mut self.no);
                    let values = vec![("no", Shown::Words(no.to_owned()))];
                    self.add(kept, "number-twice", values);
                }
                seen.push((level, no));
            }
        }
    }
}

/// Points that a text tells in brackets: `(1đ)`, `(0,5 điểm)`, `(tối đa 1 điểm)`.
fn points_in_brackets(text: &str) -> Vec<Decimal> {
    let mut found = Vec::new();
    for part in text.split('(').skip(1) {
        let Some((inside, _)) = part.split_once(')') else {
            continue;
        };
        let lower = inside.trim().to_lowercase();
        let bare = lower.strip_prefix("tối đa").unwrap_or(&lower).trim_start();
        let number = bare
            .strip_suffix("điểm")
            .or_else(|| bare.strip_suffix('đ'))
            .map(str::trim);
        found.extend(number.and_then(exact::parse_points));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::exact::dec;
    use crate::criteria::rule::{CheckItem, Rule};
    use crate::criteria::set::no_id;

    fn component(no: &str, max: &str) -> Component {
        Component::new(no, "Thành phần", dec(max))
    }

    fn table(total: &str, area: &str, criterion: &str, parts: &[&str]) -> (SetDetails, Vec<Area>) {
        let numbered = parts.iter().enumerate();
        let components = numbered.map(|(at, max)| component(&format!("1.{at}"), max));
        let details = SetDetails {
            total: Some(dec(total)),
            ..SetDetails::default()
        };
        let areas = vec![Area {
            id: no_id(),
            no: "I".into(),
            title: "Lĩnh vực".into(),
            max: dec(area),
            kept: Vec::new(),
            criteria: vec![Criterion {
                id: no_id(),
                no: "1".into(),
                title: "Tiêu chí".into(),
                max: dec(criterion),
                kept: Vec::new(),
                components: components.collect(),
            }],
        }];
        (details, areas)
    }

    fn codes((details, areas): &(SetDetails, Vec<Area>)) -> Vec<&'static str> {
        findings(details, areas)
            .iter()
            .map(|found| found.code)
            .collect()
    }

    #[test]
    fn a_wrong_sum_is_found_where_it_stands() {
        assert!(codes(&table("2", "2", "2", &["1", "1"])).is_empty());
        assert_eq!(
            codes(&table("2", "2", "2", &["1", "0.5"])),
            ["criterion-sum"]
        );
        assert_eq!(codes(&table("2", "2", "1.5", &["1", "0.5"])), ["area-sum"]);
        assert_eq!(codes(&table("2.1", "2", "2", &["1", "1"])), ["total"]);
        let all = codes(&table("100", "3", "2", &["1"]));
        assert_eq!(all, ["total", "area-sum", "criterion-sum"]);
    }

    #[test]
    fn what_is_kept_with_a_note_is_still_shown() {
        let mut made = table("2", "2", "2", &["1", "0.5"]);
        let kept = Kept {
            code: "criterion-sum".into(),
            note: "Quyết định in như vậy".into(),
        };
        made.1[0].criteria[0].kept.push(kept);
        let found = findings(&made.0, &made.1);
        assert_eq!(found[0].kept.as_deref(), Some("Quyết định in như vậy"));
        assert_eq!(found[0].no, "1");
    }

    #[test]
    fn a_text_that_tells_other_points_than_its_row_is_found() {
        for (title, expected) in [
            ("Hội nghị, tờ rơi (1đ)", Some("1")),
            ("Hội nghị (0,5 điểm)", None),
            ("Hội nghị (Tối đa 2 điểm)", Some("2")),
            ("Hội nghị (nếu có)", None),
            ("Hội nghị (", None),
        ] {
            let mut made = table("0.5", "0.5", "0.5", &["0.5"]);
            made.1[0].criteria[0].components[0].rule = Rule::of(Way::Checklist {
                items: vec![CheckItem {
                    code: "a".into(),
                    title: title.into(),
                    points: dec("0.5"),
                    kinds: Vec::new(),
                }],
                max: dec("0.5"),
            });
            let found = findings(&made.0, &made.1);
            let told = found.iter().find(|found| found.code == "told-points");
            let told = told.map(|found| found.values[0].1.clone());
            assert_eq!(
                told,
                expected.map(|text| Shown::Number(dec(text))),
                "{title}"
            );
        }
    }

    #[test]
    fn a_number_that_stands_twice_and_a_rule_of_other_points_are_found() {
        let mut made = table("2", "2", "2", &["1", "1"]);
        made.1[0].criteria[0].components[1].no = "1.0".into();
        assert_eq!(codes(&made), ["number-twice"]);
        let mut made = table("2", "2", "2", &["1", "1"]);
        made.1[0].criteria[0].components[1].rule = component("", "0.8").rule;
        assert_eq!(codes(&made), ["rule-max"]);
    }

    #[test]
    fn a_bonus_stands_outside_the_sum() {
        let mut made = table("1", "1", "1", &["1", "2"]);
        made.1[0].criteria[0].components[1].rule = Rule::of(Way::Bonus {
            each: dec("0.5"),
            max: dec("2"),
        });
        assert!(codes(&made).is_empty());
    }
}

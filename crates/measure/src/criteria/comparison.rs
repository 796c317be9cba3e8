//! What differs between two versions of a set: components by their numbers. Pure.

use rust_decimal::Decimal;

use super::rule::Rule;
use super::set::{Component, CriteriaSet};

/// A component of two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Only the later version has it.
    Added(Box<Component>),
    /// Only the earlier version has it.
    Removed(Box<Component>),
    /// Both have it and it is not the same.
    Changed {
        /// As it was.
        before: Box<Component>,
        /// As it is.
        after: Box<Component>,
        /// What is another.
        fields: Vec<Field>,
    },
}

/// What is another in two versions of a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// What it is called.
    Title(String, String),
    /// The points.
    Max(Decimal, Decimal),
    /// How it is scored.
    Rule(Box<Rule>, Box<Rule>),
    /// How the rule can also be read.
    Second,
    /// How the guide explains it, or what proves it.
    Guidance,
    /// Where its input comes from.
    Source,
}

/// The differences in the order of the later version, what was removed at the end.
pub fn differences(before: &CriteriaSet, after: &CriteriaSet) -> Vec<Difference> {
    let mut all = Vec::new();
    for new in after.components() {
        match before.components().find(|old| old.no == new.no) {
            None => all.push(Difference::Added(Box::new(new.clone()))),
            Some(old) => {
                let fields = fields(old, new);
                if !fields.is_empty() {
                    all.push(Difference::Changed {
                        before: Box::new(old.clone()),
                        after: Box::new(new.clone()),
                        fields,
                    });
                }
            }
        }
    }
    let is_gone = |old: &&Component| after.components().all(|new| new.no != old.no);
    let gone = before.components().filter(is_gone);
    all.extend(gone.map(|old| Difference::Removed(Box::new(old.clone()))));
    all
}

fn fields(old: &Component, new: &Component) -> Vec<Field> {
    let mut fields = Vec::new();
    if old.title != new.title {
        fields.push(Field::Title(old.title.clone(), new.title.clone()));
    }
    if old.max != new.max {
        fields.push(Field::Max(old.max, new.max));
    }
    if old.rule != new.rule {
        let (old, new) = (old.rule.clone(), new.rule.clone());
        fields.push(Field::Rule(Box::new(old), Box::new(new)));
    }
    if old.second != new.second {
        fields.push(Field::Second);
    }
    if (&old.guidance, &old.evidence) != (&new.guidance, &new.evidence) {
        fields.push(Field::Guidance);
    }
    if old.source != new.source {
        fields.push(Field::Source);
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::exact::dec;
    use crate::criteria::set::{Area, Criterion, SetDetails, SetState, no_id};

    fn set(components: Vec<Component>) -> CriteriaSet {
        let criterion = Criterion {
            id: no_id(),
            no: "1".into(),
            title: "Một".into(),
            max: dec("1"),
            kept: Vec::new(),
            components,
        };
        CriteriaSet {
            id: no_id(),
            agency: no_id(),
            details: SetDetails::default(),
            state: SetState::Draft,
            follows: None,
            areas: vec![Area {
                id: no_id(),
                no: "I".into(),
                title: "Lĩnh vực".into(),
                max: dec("1"),
                kept: Vec::new(),
                criteria: vec![criterion],
            }],
            version: 1,
        }
    }

    #[test]
    fn what_was_added_changed_and_removed_is_told_once() {
        let one = |no: &str, max: &str| Component::new(no, "Tên", dec(max));
        let before = set(vec![one("1.1", "1"), one("1.2", "1"), one("1.3", "1")]);
        let after = set(vec![one("1.1", "1"), one("1.2", "2"), one("1.4", "1")]);
        let found = differences(&before, &after);
        assert_eq!(found.len(), 3);
        let Difference::Changed { fields, .. } = &found[0] else {
            panic!("{found:?}");
        };
        assert_eq!(fields[0], Field::Max(dec("1"), dec("2")));
        assert!(matches!(&fields[1], Field::Rule(..)));
        assert!(matches!(&found[1], Difference::Added(new) if new.no == "1.4"));
        assert!(matches!(&found[2], Difference::Removed(old) if old.no == "1.3"));
        assert!(differences(&before, &before).is_empty());
    }
}

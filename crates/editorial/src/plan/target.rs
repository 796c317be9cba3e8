//! A target (*chỉ tiêu*): how many of what an activity promises, and which items count for it.
//!
//! An activity has as many targets as its plan names: 12 news items, 4 bulletins, 1 conference,
//! 2,000 people reached. An item counts for one of them only, so that it never counts twice in one
//! activity: for the one among those it fits that asks for the narrowest kind, and of equally narrow
//! ones for the first. That follows from the item and the targets alone, so the order in which items
//! are linked, published or withdrawn changes no total.

use base::Problem;
use base::text::fold;
use serde::{Deserialize, Serialize};
use web::{Check, Form};

use crate::items::item::{ItemForm, ItemKind};

/// The largest target of one activity.
pub const TARGET_MAX: i64 = 1_000_000;

/// More targets than any activity of a plan names.
pub const TARGETS_MAX: usize = 6;

/// Longest unit of a target, in characters.
pub const UNIT_CHARS_MAX: usize = 120;

/// The fields of the form, target by target: number, unit, what counts.
pub const FIELDS: [(&str, &str, &str); TARGETS_MAX] = [
    ("target_number", "target_unit", "target_counts"),
    ("target_number_2", "target_unit_2", "target_counts_2"),
    ("target_number_3", "target_unit_3", "target_counts_3"),
    ("target_number_4", "target_unit_4", "target_counts_4"),
    ("target_number_5", "target_unit_5", "target_counts_5"),
    ("target_number_6", "target_unit_6", "target_counts_6"),
];

/// What counts for a target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Every item.
    #[default]
    Any,
    /// News and features alike (*tin, bài*), our own and those published elsewhere.
    Article,
    /// News (*tin*).
    News,
    /// Features (*bài*).
    Feature,
    /// Whatever was published elsewhere.
    External,
    /// Issues of a bulletin (*bản tin*).
    Bulletin,
    /// Conferences, workshops, talks, meetings, trainings.
    Event,
    /// Broadcasts and loudspeakers.
    Broadcast,
    /// Leaflets and panels, each once whatever its print run.
    Material,
    /// Contests.
    Contest,
    /// No items: a figure that somebody enters with evidence (*người, lượt, tờ*).
    Figure,
}

impl Counts {
    /// Everything that can count, in the order of the form.
    pub const ALL: [Counts; 11] = [
        Counts::Any,
        Counts::Article,
        Counts::News,
        Counts::Feature,
        Counts::External,
        Counts::Bulletin,
        Counts::Event,
        Counts::Broadcast,
        Counts::Material,
        Counts::Contest,
        Counts::Figure,
    ];

    /// The word that tables and forms use; the words for people have the key `plan-counts-{word}`.
    pub fn as_str(self) -> &'static str {
        match self {
            Counts::Any => "any",
            Counts::Article => "article",
            Counts::News => "news",
            Counts::Feature => "feature",
            Counts::External => "external",
            Counts::Bulletin => "bulletin",
            Counts::Event => "event",
            Counts::Broadcast => "broadcast",
            Counts::Material => "material",
            Counts::Contest => "contest",
            Counts::Figure => "figure",
        }
    }

    /// What a word means, if it means anything.
    pub fn parse(word: &str) -> Option<Counts> {
        Counts::ALL.into_iter().find(|found| found.as_str() == word)
    }

    /// What the unit of a target says by itself: `tin, bài` counts news and features, `người` is a
    /// figure; a unit that says nothing counts every item.
    pub fn of_unit(unit: &str) -> Counts {
        const WORDS: [(&str, Counts); 36] = [
            ("tin, bai", Counts::Article),
            ("tin/bai", Counts::Article),
            ("tin bai", Counts::Article),
            ("tin va bai", Counts::Article),
            ("tin hoac bai", Counts::Article),
            ("tin", Counts::News),
            ("bai tuyen truyen", Counts::Article),
            ("bai", Counts::Feature),
            ("ban tin", Counts::Bulletin),
            ("so ban tin", Counts::Bulletin),
            ("ky ban tin", Counts::Bulletin),
            ("hoi nghi", Counts::Event),
            ("hoi thao", Counts::Event),
            ("toa dam", Counts::Event),
            ("cuoc hop", Counts::Event),
            ("cuoc toa dam", Counts::Event),
            ("buoi", Counts::Event),
            ("lop", Counts::Event),
            ("tap huan", Counts::Event),
            ("doi thoai", Counts::Event),
            ("phat thanh", Counts::Broadcast),
            ("luot phat thanh", Counts::Broadcast),
            ("pano", Counts::Material),
            ("pa no", Counts::Material),
            ("bang ron", Counts::Material),
            ("ap phich", Counts::Material),
            ("cuoc thi", Counts::Contest),
            ("hoi thi", Counts::Contest),
            ("nguoi", Counts::Figure),
            ("luot", Counts::Figure),
            ("to gap", Counts::Figure),
            ("to roi", Counts::Figure),
            ("to", Counts::Figure),
            ("cuon", Counts::Figure),
            ("quyen", Counts::Figure),
            ("phieu", Counts::Figure),
        ];
        let unit = fold(unit);
        let unit = unit.trim();
        let is_whole = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
        WORDS
            .iter()
            .filter(|(words, _)| unit.strip_prefix(words).is_some_and(is_whole))
            .max_by_key(|(words, _)| words.len())
            .map_or(Counts::Any, |(_, counts)| *counts)
    }

    /// Whether an item counts.
    pub fn fits(self, kind: ItemKind, form: ItemForm) -> bool {
        let is_written = |own| form == own || form == ItemForm::Piece;
        match self {
            _ if kind == ItemKind::ByHand => false,
            Counts::Any => true,
            Counts::Article => is_written(ItemForm::News) || form == ItemForm::Feature,
            Counts::News => is_written(ItemForm::News),
            Counts::Feature => is_written(ItemForm::Feature),
            Counts::External => kind == ItemKind::External,
            Counts::Bulletin => form == ItemForm::Bulletin,
            Counts::Event => form == ItemForm::Event,
            Counts::Broadcast => form == ItemForm::Broadcast,
            Counts::Material => form == ItemForm::Material,
            Counts::Contest => form == ItemForm::Contest,
            Counts::Figure => false,
        }
    }

    /// How much it lets in: the narrowest has the least.
    fn width(self) -> u8 {
        match self {
            Counts::Any => 2,
            Counts::Article | Counts::External => 1,
            _ => 0,
        }
    }
}

/// How many of what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// How many: 1 to [`TARGET_MAX`]; for each slot when the activity recurs, and for each unit when
    /// every unit has slots of its own.
    pub number: i64,
    /// Of what, in the plan's words: `tin, bài`.
    pub unit: String,
    /// Which items count.
    #[serde(default)]
    pub counts: Counts,
}

impl Target {
    /// So many of these; which items count follows from the unit.
    pub fn new(number: i64, unit: impl Into<String>) -> Self {
        let unit = unit.into();
        Self {
            number,
            counts: Counts::of_unit(&unit),
            unit,
        }
    }

    /// How it is written: `12 tin, bài`.
    pub fn words(&self) -> String {
        format!("{} {}", base::text::number::whole(self.number), self.unit)
            .trim_end()
            .to_owned()
    }
}

/// The target for which an item counts, by its place; none if it fits none.
pub fn chosen(targets: &[Target], kind: ItemKind, form: ItemForm) -> Option<usize> {
    targets
        .iter()
        .enumerate()
        .filter(|(_, target)| target.counts.fits(kind, form))
        .min_by_key(|(place, target)| (target.counts.width(), *place))
        .map(|(place, _)| place)
}

/// Reads the targets of a form; rows without number and unit are left out.
///
/// Problems: a number without its unit or the other way round, the same unit twice, what is not in
/// the list.
pub fn read(form: &Form, check: &mut Check<'_>) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    for (number_field, unit_field, counts_field) in FIELDS {
        let number = check.number(number_field, 1, TARGET_MAX);
        let unit = check.line_of(unit_field, UNIT_CHARS_MAX);
        let word = form.value(counts_field);
        let counts = Counts::parse(word);
        if counts.is_none() && !word.is_empty() {
            check.add(Problem::at(counts_field, "field-choice"));
        }
        let has_number = !form.value(number_field).trim().is_empty();
        if !has_number && !unit.is_empty() {
            check.add(Problem::at(number_field, "plan-target-number-missing"));
        }
        if number.is_some() && unit.is_empty() {
            check.add(Problem::at(unit_field, "plan-target-unit-missing"));
        }
        let Some(number) = number.filter(|_| !unit.is_empty()) else {
            continue;
        };
        if targets.iter().any(|found| is_same(&found.unit, &unit)) {
            check.add(Problem::at(unit_field, "plan-target-unit-twice"));
        }
        targets.push(Target {
            number,
            counts: counts.unwrap_or_else(|| Counts::of_unit(&unit)),
            unit,
        });
    }
    targets
}

/// The fields of a form that shows these targets.
pub fn form_of(targets: &[Target]) -> Vec<(&'static str, String)> {
    let rows = targets.iter().zip(FIELDS);
    rows.flat_map(|(target, (number, unit, counts))| {
        [
            (number, target.number.to_string()),
            (unit, target.unit.clone()),
            (counts, target.counts.as_str().to_owned()),
        ]
    })
    .collect()
}

/// Which number each target keeps in the tables, so that what was counted by hand stays with the
/// target it was counted for: that of the same unit, or else of one that is no longer there (its
/// unit was reworded), or else a new one.
pub fn kept_numbers(saved: &[(i64, String)], next: &[Target]) -> Vec<i64> {
    let mut left: Vec<&(i64, String)> = saved.iter().collect();
    let mut numbers: Vec<Option<i64>> = next
        .iter()
        .map(|target| {
            let place = left
                .iter()
                .position(|(_, unit)| is_same(unit, &target.unit))?;
            Some(left.remove(place).0)
        })
        .collect();
    let mut fresh = saved.iter().map(|(no, _)| *no).max().unwrap_or(0);
    for number in numbers.iter_mut().filter(|number| number.is_none()) {
        *number = Some(if left.is_empty() {
            fresh += 1;
            fresh
        } else {
            left.remove(0).0
        });
    }
    numbers.into_iter().flatten().collect()
}

fn is_same(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_unit_says_what_counts() {
        for (unit, counts) in [
            ("tin, bài", Counts::Article),
            ("Tin/bài", Counts::Article),
            ("tin/tháng", Counts::News),
            ("bài viết mỗi quý", Counts::Feature),
            ("bản tin", Counts::Bulletin),
            ("hội nghị", Counts::Event),
            ("cuộc thi", Counts::Contest),
            ("người", Counts::Figure),
            ("lượt xem", Counts::Figure),
            ("tờ gấp", Counts::Figure),
            ("tổ", Counts::Figure),
            ("tình huống", Counts::Any),
            ("số", Counts::Any),
            ("", Counts::Any),
        ] {
            assert_eq!(Counts::of_unit(unit), counts, "{unit}");
        }
    }

    #[test]
    fn an_item_counts_for_the_narrowest_target_it_fits_and_for_no_other() {
        let targets = [
            Target {
                counts: Counts::Any,
                ..Target::new(5, "sản phẩm")
            },
            Target::new(12, "tin, bài"),
            Target::new(4, "tin"),
            Target::new(2, "bản tin"),
            Target::new(2_000, "người"),
        ];
        let of = |kind, form| chosen(&targets, kind, form);
        assert_eq!(of(ItemKind::Article, ItemForm::News), Some(2));
        assert_eq!(of(ItemKind::Article, ItemForm::Feature), Some(1));
        assert_eq!(of(ItemKind::External, ItemForm::Bulletin), Some(3));
        assert_eq!(of(ItemKind::External, ItemForm::Event), Some(0));
        assert_eq!(of(ItemKind::ByHand, ItemForm::Piece), None);
        let news_only = [Target::new(4, "tin")];
        assert_eq!(
            chosen(&news_only, ItemKind::Article, ItemForm::Feature),
            None
        );
        assert_eq!(
            chosen(&news_only, ItemKind::External, ItemForm::Piece),
            Some(0),
            "what appeared elsewhere says no genre"
        );
    }

    #[test]
    fn a_target_keeps_its_number_when_others_come_and_go() {
        let saved = [(1, "tin".to_owned()), (2, "người".to_owned())];
        let of = |units: &[&str]| {
            let next: Vec<Target> = units.iter().map(|unit| Target::new(1, *unit)).collect();
            kept_numbers(&saved, &next)
        };
        assert_eq!(of(&["Người", "tin"]), [2, 1], "put in another order");
        assert_eq!(of(&["người"]), [2], "the first was taken out");
        assert_eq!(of(&["tin", "lượt người"]), [1, 2], "one was reworded");
        assert_eq!(of(&["tin", "người", "bài"]), [1, 2, 3]);
    }

    #[test]
    fn targets_come_back_from_their_form_and_their_problems_stand_at_their_fields() {
        let targets = vec![Target::new(12, "tin, bài"), Target::new(2_000, "người")];
        let form = Form::filled(form_of(&targets));
        let mut check = form.check();
        assert_eq!(read(&form, &mut check), targets);
        assert_eq!(check.done(), Ok(()));
        let wrong = Form::filled([
            ("target_number", "12".to_owned()),
            ("target_unit", "tin".to_owned()),
            ("target_number_2", "3".to_owned()),
            ("target_unit_2", "Tin".to_owned()),
            ("target_number_3", "3".to_owned()),
            ("target_unit_4", "bài".to_owned()),
            ("target_counts_4", "all".to_owned()),
        ]);
        let mut check = wrong.check();
        read(&wrong, &mut check);
        let Err(base::Refusal::Invalid(problems)) = check.done() else {
            panic!("accepted")
        };
        let fields: Vec<_> = problems.iter().filter_map(|found| found.field).collect();
        let expected = [
            "target_unit_2",
            "target_unit_3",
            "target_counts_4",
            "target_number_4",
        ];
        assert_eq!(fields, expected);
    }

    proptest! {
        #[test]
        fn no_item_counts_twice_in_one_activity(
            counts in proptest::collection::vec(0usize..11, 0..6),
            (kind, form) in (0usize..3, 0usize..8),
        ) {
            let targets: Vec<Target> = counts
                .iter()
                .filter_map(|at| Counts::ALL.get(*at))
                .map(|counts| Target { number: 1, unit: String::new(), counts: *counts })
                .collect();
            let (kind, form) = (ItemKind::ALL[kind], ItemForm::ALL[form]);
            let found = chosen(&targets, kind, form);
            let fitting = targets.iter().filter(|target| target.counts.fits(kind, form)).count();
            prop_assert_eq!(found.is_some(), fitting > 0);
            prop_assert!(found.is_none_or(|at| targets[at].counts.fits(kind, form)));
        }

        #[test]
        fn every_target_has_a_number_of_its_own(
            saved in proptest::collection::hash_map(1i64..9, "[a-d]", 0..5),
            next in proptest::collection::vec("[a-f]", 0..6),
        ) {
            let saved: Vec<(i64, String)> = saved.into_iter().collect();
            let next: Vec<Target> = next.iter().map(|unit| Target::new(1, unit.as_str())).collect();
            let numbers = kept_numbers(&saved, &next);
            let unique: std::collections::HashSet<_> = numbers.iter().collect();
            prop_assert_eq!(numbers.len(), next.len());
            prop_assert_eq!(unique.len(), next.len());
        }
    }
}

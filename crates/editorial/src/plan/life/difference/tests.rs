use super::*;
use crate::plan::activity::ActivityDetails;
use base::id::{ActivityId, UnitId, Uuid};
use proptest::prelude::*;

const N: fn(u128) -> Uuid = Uuid::from_u128;

fn activity(n: u128, task: u128) -> TreeActivity {
    TreeActivity {
        id: ActivityId::from(N(n)),
        task: Some(TaskId::from(N(task))),
        no: format!("{task}.{n}"),
        details: ActivityDetails {
            title: format!("Hoạt động {n}"),
            targets: vec![Target::new(4, "tin, bài")],
            lead_unit: Some(UnitId::from(N(1))),
            ..ActivityDetails::default()
        },
    }
}

fn tree() -> Tree {
    let task = |n: u128| TreeTask {
        id: TaskId::from(N(n)),
        parent: None,
        no: n.to_string(),
        title: format!("Nhiệm vụ {n}"),
    };
    let unit = |n: u128, name: &str| (UnitId::from(N(n)), name.to_owned());
    Tree {
        tasks: vec![task(1), task(2)],
        activities: vec![activity(1, 1), activity(2, 1), activity(3, 2)],
        units: vec![unit(1, "Văn phòng Sở"), unit(2, "Thanh tra Sở")],
    }
}

/// One edit of a tree that meets no other edit: each changes its own field of its own activity.
#[derive(Clone, Debug)]
enum Edit {
    Retitle(usize, String),
    Target(usize, i64),
    Lead(usize, u128),
    Move(usize, u128),
    Add(u128),
    Remove(usize),
    Task(usize, String),
}

impl Edit {
    fn apply(&self, tree: &mut Tree) {
        let id = |at: &usize| ActivityId::from(N(*at as u128 + 1));
        let find = |tree: &mut Tree, at: &usize, change: &dyn Fn(&mut TreeActivity)| {
            let wanted = id(at);
            let found = tree.activities.iter_mut().find(|found| found.id == wanted);
            found.into_iter().for_each(change);
        };
        match self {
            Edit::Retitle(at, title) => find(tree, at, &|a| a.details.title.clone_from(title)),
            Edit::Target(at, n) => find(tree, at, &|a| {
                a.details.targets = vec![Target::new(*n, "tin, bài")]
            }),
            Edit::Lead(at, unit) => {
                find(tree, at, &|a| {
                    a.details.lead_unit = Some(UnitId::from(N(*unit)))
                });
            }
            Edit::Move(at, task) => find(tree, at, &|a| a.task = Some(TaskId::from(N(*task)))),
            Edit::Add(n) => tree.activities.push(activity(*n, 2)),
            Edit::Remove(at) => tree.activities.retain(|found| found.id != id(at)),
            Edit::Task(at, title) => {
                let found = tree.tasks.get_mut(*at);
                found
                    .into_iter()
                    .for_each(|task| task.title.clone_from(title));
            }
        }
        tree.activities.sort_by_key(|activity| activity.id);
    }

    /// What it changes, so that two edits of the same thing are not tried in two orders.
    fn key(&self) -> (u8, u128) {
        match self {
            Edit::Retitle(at, _) => (0, *at as u128),
            Edit::Target(at, _) => (1, *at as u128),
            Edit::Lead(at, _) => (2, *at as u128),
            Edit::Move(at, _) => (3, *at as u128),
            Edit::Add(n) => (4, *n),
            Edit::Remove(at) => (5, *at as u128),
            Edit::Task(at, _) => (6, *at as u128),
        }
    }
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0..3usize, "[a-c]{1,3}").prop_map(|(at, title)| Edit::Retitle(at, title)),
        (0..3usize, 1..9i64).prop_map(|(at, n)| Edit::Target(at, n)),
        (0..3usize, 1..3u128).prop_map(|(at, unit)| Edit::Lead(at, unit)),
        (0..3usize, 1..3u128).prop_map(|(at, task)| Edit::Move(at, task)),
        (10..14u128).prop_map(Edit::Add),
        (0..3usize).prop_map(Edit::Remove),
        (0..2usize, "[a-c]{1,3}").prop_map(|(at, title)| Edit::Task(at, title)),
    ]
}

/// Edits of which no two change the same thing, and the same ones in another order.
fn two_orders() -> impl Strategy<Value = (Vec<Edit>, Vec<Edit>)> {
    prop::collection::vec(edit(), 0..10)
        .prop_map(|edits| {
            let mut kept: Vec<Edit> = Vec::new();
            for edit in edits {
                if kept.iter().all(|other| other.key() != edit.key()) {
                    kept.push(edit);
                }
            }
            kept
        })
        .prop_flat_map(|edits| (Just(edits.clone()), Just(edits).prop_shuffle()))
}

fn after(edits: &[Edit]) -> Tree {
    let mut tree = tree();
    edits.iter().for_each(|edit| edit.apply(&mut tree));
    tree
}

/// The same differences seen from the other side.
fn mirrored(all: &[Difference]) -> Vec<(Part, What, Vec<FieldChange>)> {
    let turned = |what| match what {
        What::Added => What::Removed,
        What::Changed => What::Changed,
        What::Removed => What::Added,
    };
    let swapped = |change: &FieldChange| FieldChange {
        field: change.field,
        before: change.after.clone(),
        after: change.before.clone(),
    };
    let each = all.iter();
    let each = each.map(|d| {
        (
            d.part,
            turned(d.what),
            d.fields.iter().map(swapped).collect(),
        )
    });
    sorted(each.collect())
}

fn plain(all: &[Difference]) -> Vec<(Part, What, Vec<FieldChange>)> {
    sorted(
        all.iter()
            .map(|d| (d.part, d.what, d.fields.clone()))
            .collect(),
    )
}

fn sorted(mut all: Vec<(Part, What, Vec<FieldChange>)>) -> Vec<(Part, What, Vec<FieldChange>)> {
    all.sort_by_key(|found| format!("{found:?}"));
    all
}

proptest! {
    #[test]
    fn any_order_of_edits_gives_the_same_differences((one, other) in two_orders()) {
        let (one, other) = (after(&one), after(&other));
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(differences(&tree(), &one), differences(&tree(), &other));
    }

    #[test]
    fn the_way_back_is_the_mirror_and_a_tree_does_not_differ_from_itself((edits, _) in two_orders()) {
        let next = after(&edits);
        prop_assert!(differences(&next, &next).is_empty());
        let there = differences(&tree(), &next);
        prop_assert_eq!(there.is_empty(), next == tree());
        prop_assert_eq!(mirrored(&there), plain(&differences(&next, &tree())));
    }

    #[test]
    fn a_tree_comes_back_from_its_seal_and_no_other_text_does((edits, _) in two_orders()) {
        let next = after(&edits);
        let (body, sha256) = next.sealed().unwrap();
        prop_assert_eq!(Tree::opened(&body, &sha256).unwrap(), next);
        prop_assert!(Tree::opened(&body.replace("Văn phòng", "Phòng"), &sha256).is_err());
    }
}

#[test]
fn each_field_says_what_it_was_and_what_it_is() {
    let mut next = tree();
    let changed = next.activities.first_mut().unwrap();
    changed.details.targets = vec![Target::new(6, "tin, bài")];
    changed.details.lead_unit = Some(UnitId::from(N(2)));
    let all = differences(&tree(), &next);
    let [difference] = &all[..] else {
        panic!("{all:?}")
    };
    assert_eq!(
        (difference.what, difference.no.as_str()),
        (What::Changed, "1.1")
    );
    let target = |n| Said::Targets(vec![Target::new(n, "tin, bài")]);
    let name = |name: &str| Said::Names(vec![name.to_owned()]);
    let fields: Vec<_> = difference
        .fields
        .iter()
        .map(|change| (change.field, change.before.clone(), change.after.clone()))
        .collect();
    assert_eq!(
        fields,
        [
            (Field::Target, target(4), target(6)),
            (Field::LeadUnit, name("Văn phòng Sở"), name("Thanh tra Sở")),
        ]
    );
}

#[test]
fn a_unit_or_task_that_is_only_called_otherwise_is_no_difference() {
    let mut next = tree();
    next.units = vec![(UnitId::from(N(1)), "Văn phòng".to_owned())];
    for task in &mut next.tasks {
        task.no = format!("{}.1", task.no);
    }
    assert_eq!(differences(&tree(), &next), []);
}

//! The tree of a plan's tasks: its numbers, and moving a task within it.

use base::Refusal;
use base::id::TaskId;

/// Tasks stand at most so deep; annexes of plans have three levels at the most.
pub const DEPTH_MAX: usize = 5;

/// A task (*nhiệm vụ*) of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// The task that it is part of.
    pub parent: Option<TaskId>,
    /// Its place in the tree: `1`, `1.2`.
    pub no: String,
    /// Its place among all tasks of the plan, from 1, each before its parts.
    pub position: i64,
    /// What is to be done.
    pub title: String,
}

/// The tasks in the order of the tree, numbered anew. Siblings keep their order; a task whose
/// parent is not there stands at the top.
pub fn ordered(tasks: &[Task]) -> Vec<Task> {
    let mut sorted: Vec<Task> = tasks.to_vec();
    sorted.sort_by_key(|task| task.position);
    let known: Vec<TaskId> = sorted.iter().map(|task| task.id).collect();
    for task in &mut sorted {
        task.parent = task.parent.filter(|parent| known.contains(parent));
    }
    let mut out = Vec::with_capacity(sorted.len());
    branch(&sorted, None, "", 0, &mut out);
    for (task, position) in out.iter_mut().zip(1i64..) {
        task.position = position;
    }
    out
}

fn branch(
    sorted: &[Task],
    parent: Option<TaskId>,
    prefix: &str,
    depth: usize,
    out: &mut Vec<Task>,
) {
    if depth > sorted.len() {
        return;
    }
    let mut n = 0;
    for task in sorted.iter().filter(|task| task.parent == parent) {
        n += 1;
        let no = if prefix.is_empty() {
            n.to_string()
        } else {
            format!("{prefix}.{n}")
        };
        out.push(Task {
            no: no.clone(),
            ..task.clone()
        });
        branch(sorted, Some(task.id), &no, depth + 1, out);
    }
}

/// The tasks with one of them put under another parent, at a place among its siblings (from 1;
/// beyond their end means last).
///
/// # Refusals
/// `plan-task-into-itself`, `plan-task-too-deep`; not found.
pub fn moved(
    tasks: &[Task],
    id: TaskId,
    parent: Option<TaskId>,
    place: usize,
) -> Result<Vec<Task>, Refusal> {
    let mut all = ordered(tasks);
    let at = all
        .iter()
        .position(|task| task.id == id)
        .ok_or(Refusal::NotFound)?;
    if let Some(parent) = parent {
        let way = ancestors(&all, parent)?;
        if way.contains(&id) {
            return Err(Refusal::at("parent", "plan-task-into-itself"));
        }
        if way.len() + height(&all, id) > DEPTH_MAX {
            return Err(Refusal::at("parent", "plan-task-too-deep"));
        }
    }
    let mut task = all.remove(at);
    task.parent = parent;
    let siblings: Vec<usize> = (0..all.len())
        .filter(|n| all.get(*n).is_some_and(|other| other.parent == parent))
        .collect();
    let index = siblings
        .get(place.saturating_sub(1))
        .copied()
        .unwrap_or(all.len());
    all.insert(index, task);
    for (task, position) in all.iter_mut().zip(1i64..) {
        task.position = position;
    }
    Ok(ordered(&all))
}

/// A task and all it is part of, itself first.
///
/// # Refusals
/// Not found.
pub fn ancestors(tasks: &[Task], id: TaskId) -> Result<Vec<TaskId>, Refusal> {
    let mut way = Vec::new();
    let mut next = Some(id);
    while let Some(id) = next {
        let task = tasks
            .iter()
            .find(|task| task.id == id)
            .ok_or(Refusal::NotFound)?;
        if way.contains(&id) {
            return Err(Refusal::NotFound);
        }
        way.push(id);
        next = task.parent;
    }
    Ok(way)
}

/// How many levels a task and its parts take.
fn height(ordered: &[Task], id: TaskId) -> usize {
    let depth = |no: &str| no.split('.').count();
    let Some(top) = ordered.iter().find(|task| task.id == id) else {
        return 0;
    };
    let inside = format!("{}.", top.no);
    ordered
        .iter()
        .filter(|task| task.no.starts_with(&inside))
        .map(|task| depth(&task.no) - depth(&top.no) + 1)
        .max()
        .unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;
    use proptest::prelude::*;

    fn id(n: u128) -> TaskId {
        TaskId::from(Uuid::from_u128(n))
    }

    fn task(n: u128, parent: Option<u128>, position: i64) -> Task {
        let title = format!("Nhiệm vụ {n}");
        Task {
            id: id(n),
            parent: parent.map(id),
            no: String::new(),
            position,
            title,
        }
    }

    fn numbers(tasks: &[Task]) -> Vec<(String, TaskId)> {
        tasks
            .iter()
            .map(|task| (task.no.clone(), task.id))
            .collect()
    }

    fn tree() -> Vec<Task> {
        vec![
            task(1, None, 1),
            task(2, Some(1), 2),
            task(3, Some(1), 3),
            task(4, None, 4),
        ]
    }

    #[test]
    fn numbers_follow_the_tree() {
        let found = ordered(&tree());
        let expected = [("1", 1), ("1.1", 2), ("1.2", 3), ("2", 4)];
        let expected: Vec<_> = expected
            .iter()
            .map(|(no, n)| ((*no).to_owned(), id(*n)))
            .collect();
        assert_eq!(numbers(&found), expected);
    }

    #[test]
    fn a_task_moves_with_its_parts() {
        let found = moved(&tree(), id(1), Some(id(4)), 1).unwrap();
        let expected = [("1", 4), ("1.1", 1), ("1.1.1", 2), ("1.1.2", 3)];
        let expected: Vec<_> = expected
            .iter()
            .map(|(no, n)| ((*no).to_owned(), id(*n)))
            .collect();
        assert_eq!(numbers(&found), expected);
        let first = moved(&tree(), id(3), Some(id(1)), 1).unwrap();
        assert_eq!(
            first.iter().find(|task| task.id == id(3)).unwrap().no,
            "1.1"
        );
    }

    #[test]
    fn a_task_cannot_become_part_of_itself() {
        let refusal = Refusal::at("parent", "plan-task-into-itself");
        assert_eq!(moved(&tree(), id(1), Some(id(3)), 1), Err(refusal.clone()));
        assert_eq!(moved(&tree(), id(1), Some(id(1)), 1), Err(refusal));
        assert_eq!(moved(&tree(), id(9), None, 1), Err(Refusal::NotFound));
    }

    #[test]
    fn the_tree_grows_only_so_deep() {
        let chain: Vec<Task> = (1..=5)
            .map(|n| task(n, (n > 1).then(|| n - 1), n as i64))
            .chain([task(6, None, 6)])
            .collect();
        assert_eq!(
            moved(&chain, id(6), Some(id(5)), 1),
            Err(Refusal::at("parent", "plan-task-too-deep"))
        );
        assert!(moved(&chain, id(6), Some(id(4)), 1).is_ok());
    }

    proptest! {
        #[test]
        fn no_move_loses_a_task_or_doubles_a_number(
            parents in proptest::collection::vec(0usize..8, 1..12),
            moves in proptest::collection::vec((0usize..12, 0usize..13, 0usize..6), 0..10),
        ) {
            let mut tasks: Vec<Task> = parents.iter().enumerate().map(|(n, parent)| {
                let parent = (*parent < n).then_some(*parent as u128 + 1);
                task(n as u128 + 1, parent, n as i64)
            }).collect();
            for (which, parent, place) in moves {
                let parent = (parent > 0).then(|| id(parent as u128));
                if let Ok(next) = moved(&tasks, id(which as u128 + 1), parent, place) {
                    tasks = next;
                }
            }
            let found = ordered(&tasks);
            prop_assert_eq!(found.len(), parents.len());
            let unique: std::collections::HashSet<_> = found.iter().map(|task| &task.no).collect();
            prop_assert_eq!(unique.len(), parents.len());
            prop_assert_eq!(ordered(&found), found.clone());
        }
    }
}

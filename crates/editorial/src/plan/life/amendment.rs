//! Amending an issued plan (*điều chỉnh*): its tree is written anew in a working copy, and becomes
//! the plan's own only when the amendment's decision is recorded. Until then the plan is counted as
//! it was; dropping the copy leaves no trace in it.

use std::collections::HashMap;

use base::id::{ActivityId, PlanId, RowId, TaskId, Uuid};
use serde::{Deserialize, Serialize};

use super::issue::Signed;
use crate::plan::activity::{Activity, ActivityDetails};
use crate::plan::task::Task;

/// How far an amendment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmendmentState {
    /// It is being written.
    Open,
    /// Its decision was recorded.
    InForce,
    /// It was dropped.
    Dropped,
}

impl AmendmentState {
    /// The state of a word, if there is one.
    pub fn parse(word: &str) -> Option<AmendmentState> {
        match word {
            "open" => Some(AmendmentState::Open),
            "in_force" => Some(AmendmentState::InForce),
            "dropped" => Some(AmendmentState::Dropped),
            _ => None,
        }
    }
}

/// An amendment of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amendment {
    /// Its row.
    pub id: RowId,
    /// The plan that it changes.
    pub plan: PlanId,
    /// The working copy, while it is open.
    pub copy: Option<PlanId>,
    /// Which amendment of the plan, from 1.
    pub no: i64,
    /// How far it is.
    pub state: AmendmentState,
    /// Why the plan is changed.
    pub reason: String,
    /// Its decision.
    pub signed: Signed,
    /// The baseline that it led to, once in force.
    pub baseline_no: Option<i64>,
    /// Which rows of the copy stand for which of the plan.
    pub copies: Copies,
}

/// An activity of the copy, and what its original said when it was copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    /// In the copy.
    pub copy: ActivityId,
    /// In the plan.
    pub origin: ActivityId,
    /// What it said then.
    pub opened: ActivityDetails,
}

/// Which rows of a working copy stand for which rows of the plan; the others are new.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copies {
    /// Tasks: in the copy, in the plan.
    pub tasks: Vec<(TaskId, TaskId)>,
    /// Activities.
    pub activities: Vec<Copied>,
}

impl Copies {
    /// A working copy of these rows, as the tree of another plan.
    pub fn of(
        tasks: &[Task],
        activities: &[Activity],
        into: PlanId,
        mut id: impl FnMut() -> Uuid,
    ) -> (Self, Vec<Task>, Vec<Activity>) {
        let ids: HashMap<TaskId, TaskId> = tasks
            .iter()
            .map(|task| (task.id, TaskId::from(id())))
            .collect();
        let copy_of = |id: Option<TaskId>| id.and_then(|id| ids.get(&id).copied());
        let tasks_copied = tasks
            .iter()
            .filter_map(|task| {
                Some(Task {
                    id: copy_of(Some(task.id))?,
                    parent: copy_of(task.parent),
                    ..task.clone()
                })
            })
            .collect();
        let activities_copied: Vec<Activity> = activities
            .iter()
            .map(|activity| Activity {
                id: ActivityId::from(id()),
                plan: into,
                task: copy_of(activity.task),
                version: 1,
                ..activity.clone()
            })
            .collect();
        let pairs = activities_copied.iter().zip(activities);
        let copies = Self {
            tasks: tasks
                .iter()
                .filter_map(|task| Some((copy_of(Some(task.id))?, task.id)))
                .collect(),
            activities: pairs
                .map(|(copy, origin)| Copied {
                    copy: copy.id,
                    origin: origin.id,
                    opened: origin.details.clone(),
                })
                .collect(),
        };
        (copies, tasks_copied, activities_copied)
    }

    /// The activity of the copy that stands for one of the plan, unless it was taken out.
    pub fn copied(&self, origin: ActivityId) -> Option<ActivityId> {
        let found = self.activities.iter().find(|found| found.origin == origin);
        found.map(|found| found.copy)
    }

    fn task(&self, copy: TaskId) -> TaskId {
        let found = self.tasks.iter().find(|(found, _)| *found == copy);
        found.map_or(copy, |(_, origin)| *origin)
    }

    /// The tree of the copy as the plan's own: what the plan becomes when it is put in force.
    ///
    /// Who leads, supports and answers, the programmes and the note may change in the plan itself
    /// meanwhile (`current`): units merge, heads answer. That stays, unless the copy says otherwise
    /// than at its making.
    pub fn applied(
        &self,
        (plan, current): (PlanId, &[Activity]),
        tasks: &[Task],
        activities: &[Activity],
    ) -> (Vec<Task>, Vec<Activity>) {
        let tasks = tasks
            .iter()
            .map(|task| Task {
                id: self.task(task.id),
                parent: task.parent.map(|parent| self.task(parent)),
                ..task.clone()
            })
            .collect();
        let activities = activities
            .iter()
            .map(|activity| {
                let mut next = Activity {
                    plan,
                    task: activity.task.map(|task| self.task(task)),
                    version: 1,
                    ..activity.clone()
                };
                let copied = self
                    .activities
                    .iter()
                    .find(|found| found.copy == activity.id);
                let origin = copied.and_then(|copied| {
                    let now = current.iter().find(|found| found.id == copied.origin);
                    now.map(|now| (copied, now))
                });
                if let Some((copied, now)) = origin {
                    next.id = now.id;
                    next.version = now.version;
                    keep_meanwhile(&mut next.details, &copied.opened, &now.details);
                }
                next
            })
            .collect();
        (tasks, activities)
    }
}

/// Takes over what changed in the plan meanwhile and not in the copy.
fn keep_meanwhile(next: &mut ActivityDetails, opened: &ActivityDetails, now: &ActivityDetails) {
    if (next.lead_unit, &next.lead_unit_text) == (opened.lead_unit, &opened.lead_unit_text) {
        next.lead_unit = now.lead_unit;
        next.lead_unit_text.clone_from(&now.lead_unit_text);
    }
    if next.supporting_units == opened.supporting_units {
        next.supporting_units.clone_from(&now.supporting_units);
    }
    if next.accountable == opened.accountable {
        next.accountable = now.accountable;
    }
    if next.programmes == opened.programmes {
        next.programmes.clone_from(&now.programmes);
    }
    if next.note == opened.note {
        next.note.clone_from(&now.note);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::UnitId;

    const N: fn(u128) -> Uuid = Uuid::from_u128;

    fn rows() -> (Vec<Task>, Vec<Activity>) {
        let task = |n: u128, parent: Option<u128>| Task {
            id: TaskId::from(N(n)),
            parent: parent.map(|n| TaskId::from(N(n))),
            no: n.to_string(),
            position: n as i64,
            title: format!("Nhiệm vụ {n}"),
        };
        let activity = |n: u128, task: u128| Activity {
            id: ActivityId::from(N(n)),
            plan: PlanId::from(N(99)),
            task: Some(TaskId::from(N(task))),
            position: 1,
            details: ActivityDetails {
                title: format!("Hoạt động {n}"),
                ..ActivityDetails::default()
            },
            version: 4,
        };
        (
            vec![task(1, None), task(2, Some(1))],
            vec![activity(11, 1), activity(12, 2)],
        )
    }

    fn copy() -> (Copies, Vec<Task>, Vec<Activity>) {
        let (tasks, activities) = rows();
        let mut next = 1_000;
        Copies::of(&tasks, &activities, PlanId::from(N(98)), || {
            next += 1;
            N(next)
        })
    }

    fn own() -> PlanId {
        PlanId::from(N(99))
    }

    #[test]
    fn a_copy_that_nobody_touched_is_the_plan_itself() {
        let (tasks, activities) = rows();
        let (copies, copied_tasks, copied) = copy();
        assert!(
            copied
                .iter()
                .all(|found| activities.iter().all(|own| own.id != found.id))
        );
        let applied = copies.applied((own(), &activities), &copied_tasks, &copied);
        assert_eq!(applied, (tasks, activities));
    }

    #[test]
    fn what_is_new_keeps_its_id_and_what_was_changed_finds_its_original() {
        let (_, activities) = rows();
        let (copies, tasks, mut copied) = copy();
        copied[0].details.title = "Tên mới".to_owned();
        copied[1].id = ActivityId::from(N(5));
        let (_, next) = copies.applied((own(), &activities), &tasks, &copied);
        assert_eq!((next[0].id, next[0].version), (activities[0].id, 4));
        assert_eq!(next[0].details.title, "Tên mới");
        assert_eq!((next[1].id, next[1].version), (ActivityId::from(N(5)), 1));
        assert_eq!(next[1].plan, own());
    }

    #[test]
    fn what_changed_in_the_plan_meanwhile_is_not_forgotten() {
        let (_, mut current) = rows();
        let (copies, tasks, mut copied) = copy();
        current[0].details.note = "Trưởng phòng ghi".to_owned();
        current[0].details.lead_unit = Some(UnitId::from(N(77)));
        current[1].details.note = "Ghi trong lúc chờ".to_owned();
        copied[1].details.note = "Ghi trong bản điều chỉnh".to_owned();
        let (_, next) = copies.applied((own(), &current), &tasks, &copied);
        assert_eq!(next[0].details.note, "Trưởng phòng ghi");
        assert_eq!(next[0].details.lead_unit, Some(UnitId::from(N(77))));
        assert_eq!(next[1].details.note, "Ghi trong bản điều chỉnh");
    }
}

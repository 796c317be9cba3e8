//! A plan with everything that its pages, its report and its status show: the tree, who leads, and
//! how far each activity is. Loaded by a number of statements that does not grow with the plan.

use std::collections::HashMap;

use base::id::{AccountId, ActivityId, TaskId, UnitId};
use base::{Error, Refusal};
use db::Conn;
use house::people::agency::Unit;
use house::people::agency_store;
use jiff::civil::Date;

use super::activity::Activity;
use super::plan::Plan;
use super::progress::{Progress, Promise, Status, Summary};
use super::task::Task;
use super::{activity_store, task_store};
use crate::items::item_store;

/// A plan with its tree and its progress on a day.
pub struct Board {
    /// The plan.
    pub plan: Plan,
    /// Its tasks, in the order of the tree.
    pub tasks: Vec<Task>,
    /// Its activities, in the order of the tree.
    pub activities: Vec<Activity>,
    /// The agency's units, with the names that the plan bears.
    pub units: Vec<Unit>,
    /// The day that progress is counted on.
    pub today: Date,
    people: HashMap<AccountId, String>,
    progress: HashMap<ActivityId, Progress>,
    numbers: HashMap<ActivityId, String>,
}

impl Board {
    /// Loads what belongs to a plan, as it was on a day.
    ///
    /// # Faults
    /// The database does not answer.
    pub async fn load(conn: &mut Conn, plan: Plan, today: Date) -> Result<Self, Error> {
        let tasks = task_store::list(conn, plan.id).await?;
        let mut activities = activity_store::list(conn, plan.id).await?;
        let people = activity_store::accountable(conn, plan.id)
            .await?
            .into_iter()
            .collect();
        let units = agency_store::units(conn, plan.agency, plan.names_on(today)).await?;
        let mut done: HashMap<ActivityId, Vec<Date>> = HashMap::new();
        for (activity, _, day) in item_store::done_days(conn, plan.id).await? {
            done.entry(activity).or_default().push(day);
        }
        let year = plan.details.year;
        let progress = activities
            .iter()
            .map(|activity| {
                let days = done.remove(&activity.id).unwrap_or_default();
                (
                    activity.id,
                    Promise::of(&activity.details, year).progress(&days, today),
                )
            })
            .collect();
        let numbers = numbered(&tasks, &mut activities);
        Ok(Self {
            plan,
            tasks,
            activities,
            units,
            today,
            people,
            progress,
            numbers,
        })
    }

    /// One of the activities.
    ///
    /// # Refusals
    /// Not found.
    pub fn activity(&self, id: ActivityId) -> Result<&Activity, Refusal> {
        self.activities
            .iter()
            .find(|activity| activity.id == id)
            .ok_or(Refusal::NotFound)
    }

    /// The number of an activity in the tree: `1.2`.
    pub fn number(&self, id: ActivityId) -> &str {
        self.numbers.get(&id).map_or("", String::as_str)
    }

    /// How far an activity is.
    pub fn progress(&self, activity: &Activity) -> Progress {
        match self.progress.get(&activity.id) {
            Some(progress) => *progress,
            None => {
                Promise::of(&activity.details, self.plan.details.year).progress(&[], self.today)
            }
        }
    }

    /// How far the whole plan is.
    pub fn summary(&self) -> Summary {
        let all: Vec<Progress> = self
            .activities
            .iter()
            .map(|found| self.progress(found))
            .collect();
        Summary::of(&all)
    }

    /// How far a task with all its parts is.
    pub fn summary_of(&self, task: &Task) -> Summary {
        let inside = self.inside(task);
        let all: Vec<Progress> = self
            .activities
            .iter()
            .filter(|activity| activity.task.is_some_and(|task| inside.contains(&task)))
            .map(|activity| self.progress(activity))
            .collect();
        Summary::of(&all)
    }

    /// A task and all its parts.
    fn inside(&self, task: &Task) -> Vec<TaskId> {
        let prefix = format!("{}.", task.no);
        let parts = self
            .tasks
            .iter()
            .filter(|part| part.no.starts_with(&prefix));
        std::iter::once(task.id)
            .chain(parts.map(|part| part.id))
            .collect()
    }

    /// The late activities, the longest late first.
    pub fn late(&self) -> Vec<(&Activity, Progress)> {
        let mut late: Vec<(&Activity, Progress)> = self
            .activities
            .iter()
            .map(|activity| (activity, self.progress(activity)))
            .filter(|(_, progress)| progress.status == Status::Late)
            .collect();
        late.sort_by_key(|(_, progress)| std::cmp::Reverse(progress.days_late));
        late
    }

    /// What a unit is called, as the plan calls it.
    pub fn unit_name(&self, id: UnitId) -> &str {
        self.units
            .iter()
            .find(|unit| unit.id == id)
            .map_or("", |unit| unit.name.as_str())
    }

    /// Who leads an activity; empty when nobody is named.
    pub fn lead(&self, activity: &Activity) -> String {
        match activity.details.lead_unit {
            Some(unit) => self.unit_name(unit).to_owned(),
            None => activity.details.lead_unit_text.clone(),
        }
    }

    /// Who supports an activity.
    pub fn supporting(&self, activity: &Activity) -> Vec<String> {
        let units = activity.details.supporting_units.iter();
        let mut names: Vec<String> = units.map(|unit| self.unit_name(*unit).to_owned()).collect();
        if !activity.details.supporting_units_text.is_empty() {
            names.push(activity.details.supporting_units_text.clone());
        }
        names
    }

    /// Who answers for an activity; empty when nobody is named.
    pub fn accountable(&self, activity: &Activity) -> &str {
        let person = activity
            .details
            .accountable
            .and_then(|person| self.people.get(&person));
        person.map_or("", String::as_str)
    }

    /// Whether a unit leads or supports an activity.
    pub fn is_of(activity: &Activity, unit: UnitId) -> bool {
        activity.details.lead_unit == Some(unit)
            || activity.details.supporting_units.contains(&unit)
    }
}

/// Puts the activities into the order of the tree and numbers them after their task's parts.
pub(super) fn numbered(
    tasks: &[Task],
    activities: &mut Vec<Activity>,
) -> HashMap<ActivityId, String> {
    let mut numbers = HashMap::new();
    let mut ordered: Vec<Activity> = Vec::with_capacity(activities.len());
    let places = tasks
        .iter()
        .map(|task| (Some(task.id), task.no.as_str()))
        .chain([(None, "")]);
    for (place, no) in places {
        let n_parts = tasks.iter().filter(|task| task.parent == place).count();
        let own = activities
            .iter()
            .filter(|activity| known(activity.task, tasks) == place);
        for (activity, n) in own.zip(n_parts + 1..) {
            let number = if no.is_empty() {
                n.to_string()
            } else {
                format!("{no}.{n}")
            };
            numbers.insert(activity.id, number);
            ordered.push(Activity {
                task: place,
                ..activity.clone()
            });
        }
    }
    *activities = ordered;
    numbers
}

fn known(task: Option<TaskId>, tasks: &[Task]) -> Option<TaskId> {
    task.filter(|id| tasks.iter().any(|task| task.id == *id))
}

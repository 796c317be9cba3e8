//! A plan with everything that its pages, its report and its status show: the tree, who leads, and
//! how far each activity is. Loaded by a number of statements that does not grow with the plan.

use std::collections::HashMap;

use base::calendar::working::WorkCalendar;
use base::id::{AccountId, ActivityId, TaskId, UnitId};
use base::{Error, Refusal};
use db::Conn;
use house::people::agency::Unit;
use house::people::agency_store;
use jiff::civil::Date;

use super::activity::{Activity, PerUnit};
use super::life::amendment_store;
use super::plan::{Plan, PlanState};
use super::progress::{
    ActivityProgress, Progress, Reckoning, SlotProgress, Status, Summary, Tally, TargetProgress,
    WHOLE, weight,
};
use super::tally_store::{self, Scope};
use super::task::Task;
use super::{activity_store, task_store};

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
    /// The agency's calendar.
    pub calendar: WorkCalendar,
    unit_ids: Vec<UnitId>,
    people: HashMap<AccountId, String>,
    tallies: HashMap<ActivityId, Vec<Tally>>,
    progress: HashMap<ActivityId, ActivityProgress>,
    numbers: HashMap<ActivityId, String>,
    /// Only this unit's part of what is asked of each unit.
    only: Option<UnitId>,
}

impl Board {
    /// Loads what belongs to a plan, as it was on a day.
    ///
    /// # Faults
    /// The database does not answer.
    pub async fn load(conn: &mut Conn, plan: Plan, today: Date) -> Result<Self, Error> {
        Self::load_scope(conn, plan, today, Scope::Plan).await
    }

    /// The same, but only what was done for one activity is counted: for the page of that activity.
    ///
    /// # Faults
    /// The database does not answer.
    pub async fn load_scope(
        conn: &mut Conn,
        plan: Plan,
        today: Date,
        scope: Scope,
    ) -> Result<Self, Error> {
        let tasks = task_store::list(conn, plan.id).await?;
        let mut activities = activity_store::list(conn, plan.id).await?;
        let people = activity_store::accountable(conn, plan.id)
            .await?
            .into_iter()
            .collect();
        let on = plan.names_on(today);
        let units = agency_store::units(conn, plan.agency, on).await?;
        let calendar = house::calendar::of(conn, plan.agency).await?;
        let mut tallies = tally_store::tallies(conn, plan.id, scope, today).await?;
        if plan.details.state == PlanState::Amendment
            && let Some(amendment) = amendment_store::of_copy(conn, plan.id).await?
        {
            // A working copy shows how far the plan would be: what was done counts for its copies.
            let done = tally_store::tallies(conn, amendment.plan, Scope::Plan, today).await?;
            let copied = |(origin, all)| Some((amendment.copies.copied(origin)?, all));
            tallies.extend(done.into_iter().filter_map(copied));
        }
        let numbers = numbered(&tasks, &mut activities);
        let mut board = Self {
            plan,
            tasks,
            activities,
            // Nothing is asked of a unit that was not yet, or is no more: a plan of last year does
            // not change when units merge.
            unit_ids: units
                .iter()
                .filter(|unit| unit.opened_on <= on && unit.is_open(on))
                .map(|unit| unit.id)
                .collect(),
            units,
            today,
            calendar,
            people,
            tallies,
            progress: HashMap::new(),
            numbers,
            only: None,
        };
        board.reckon();
        Ok(board)
    }

    /// The same board as one unit sees it: of what is asked of each unit, only its own part.
    #[must_use]
    pub fn of_unit(mut self, unit: UnitId) -> Self {
        self.only = Some(unit);
        self.reckon();
        self
    }

    fn reckon(&mut self) {
        let reckoning = self.reckoning();
        let progress = self
            .activities
            .iter()
            .map(|activity| {
                let progress = reckoning.progress(&activity.details, self.tallies(activity.id));
                (activity.id, progress)
            })
            .collect();
        self.progress = progress;
    }

    fn reckoning(&self) -> Reckoning<'_> {
        Reckoning {
            calendar: &self.calendar,
            year: self.plan.details.year,
            today: self.today,
            units: &self.unit_ids,
            only: self.only,
        }
    }

    fn tallies(&self, id: ActivityId) -> &[Tally] {
        self.tallies.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Every slot of an activity: target by target, unit by unit, in order.
    pub fn slots(&self, activity: &Activity) -> Vec<SlotProgress> {
        self.reckoning()
            .slots(&activity.details, self.tallies(activity.id))
    }

    /// The units of which an activity is asked, each for itself; `[None]` for all together.
    pub fn asked(&self, activity: &Activity) -> Vec<Option<UnitId>> {
        self.reckoning().asked(&activity.details)
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
            Some(progress) => progress.whole,
            None => self.reckoning().progress(&activity.details, &[]).whole,
        }
    }

    /// How far each of its targets is, in their order.
    pub fn targets(&self, activity: &Activity) -> &[TargetProgress] {
        self.progress
            .get(&activity.id)
            .map_or(&[], |progress| progress.targets.as_slice())
    }

    /// How much was done for it that counts for none of its targets, whole items.
    pub fn uncounted(&self, activity: &Activity) -> i64 {
        self.progress
            .get(&activity.id)
            .map_or(0, |progress| progress.uncounted / WHOLE)
    }

    /// What an activity weighs in hundredths of a per cent: of the plan, and of its own task. The
    /// weights of all that have a target add up to exactly 100 %; others weigh nothing.
    pub fn weights(&self) -> HashMap<ActivityId, (i64, i64)> {
        let counted: Vec<&Activity> = self
            .activities
            .iter()
            .filter(|activity| !activity.details.targets.is_empty())
            .collect();
        let parts = |all: &[&Activity]| -> Vec<(ActivityId, i64)> {
            let points: Vec<i64> = all.iter().map(|found| found.details.points()).collect();
            let ids = all.iter().map(|found| found.id);
            ids.zip(weight::normalised(&points)).collect()
        };
        let mut by_task: HashMap<Option<TaskId>, Vec<&Activity>> = HashMap::new();
        for activity in &counted {
            by_task.entry(activity.task).or_default().push(activity);
        }
        let of_task: HashMap<ActivityId, i64> =
            by_task.values().flat_map(|all| parts(all)).collect();
        parts(&counted)
            .into_iter()
            .map(|(id, part)| (id, (part, of_task.get(&id).copied().unwrap_or(0))))
            .collect()
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

    /// Whether a unit leads or supports an activity, or owes its part of it as every unit does.
    pub fn is_of(activity: &Activity, unit: UnitId) -> bool {
        activity.details.lead_unit == Some(unit)
            || activity.details.supporting_units.contains(&unit)
            || activity.details.per_unit == PerUnit::Every
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

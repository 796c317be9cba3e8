//! The tree of a plan as data that stands for itself: what a baseline keeps, and what differences
//! are found between. It bears the names of its units, so that it reads the same after they change.

use base::Fault;
use base::id::{ActivityId, TaskId, UnitId};
use house::people::agency::Unit;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::plan::activity::{Activity, ActivityDetails};
use crate::plan::board::numbered;
use crate::plan::task::Task;

/// A task in a tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeTask {
    /// Its id.
    pub id: TaskId,
    /// The task that it is part of.
    pub parent: Option<TaskId>,
    /// Its number: `1.2`.
    pub no: String,
    /// What is to be done.
    pub title: String,
}

/// An activity in a tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeActivity {
    /// Its id.
    pub id: ActivityId,
    /// Its task, if it belongs to one.
    pub task: Option<TaskId>,
    /// Its number: `1.2.1`.
    pub no: String,
    /// What is promised. Who answers, the programmes and the note are no promise and are left out.
    pub details: ActivityDetails,
}

/// The tree of a plan, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tree {
    /// The tasks, each before its parts.
    pub tasks: Vec<TreeTask>,
    /// The activities.
    pub activities: Vec<TreeActivity>,
    /// The names of the units that it names.
    pub units: Vec<(UnitId, String)>,
}

impl Tree {
    /// The tree of these tasks and activities, with the units' names.
    pub fn of(tasks: &[Task], activities: &[Activity], units: &[Unit]) -> Self {
        let mut ordered = activities.to_vec();
        let numbers = numbered(tasks, &mut ordered);
        let named = |id: UnitId| {
            let is_led = ordered.iter().any(|a| a.details.lead_unit == Some(id));
            is_led
                || ordered
                    .iter()
                    .any(|a| a.details.supporting_units.contains(&id))
        };
        Self {
            units: units
                .iter()
                .filter(|unit| named(unit.id))
                .map(|unit| (unit.id, unit.name.clone()))
                .collect(),
            tasks: tasks
                .iter()
                .map(|task| TreeTask {
                    id: task.id,
                    parent: task.parent,
                    no: task.no.clone(),
                    title: task.title.clone(),
                })
                .collect(),
            activities: ordered
                .iter()
                .map(|activity| TreeActivity {
                    id: activity.id,
                    task: activity.task,
                    no: numbers.get(&activity.id).cloned().unwrap_or_default(),
                    details: promise(&activity.details),
                })
                .collect(),
        }
    }

    /// What a unit is called in this tree; empty when it does not name it.
    pub fn unit_name(&self, id: UnitId) -> &str {
        let found = self.units.iter().find(|(unit, _)| *unit == id);
        found.map_or("", |(_, name)| name.as_str())
    }

    /// The tree as text, the same for the same tree, and its SHA-256.
    ///
    /// # Faults
    /// None that a tree of ours can have.
    pub fn sealed(&self) -> Result<(String, String), Fault> {
        let body = serde_json::to_string(self)
            .map_err(|error| Fault::from_source("a plan's tree cannot be written", error))?;
        let sha256 = hex::encode(Sha256::digest(body.as_bytes()));
        Ok((body, sha256))
    }

    /// The tree of a text that [`Tree::sealed`] made.
    ///
    /// # Faults
    /// The text is not what was sealed, or no tree.
    pub fn opened(body: &str, sha256: &str) -> Result<Self, Fault> {
        if hex::encode(Sha256::digest(body.as_bytes())) != sha256 {
            return Err(Fault::new(format!("baseline {sha256} is damaged")));
        }
        serde_json::from_str(body)
            .map_err(|error| Fault::from_source(format!("baseline {sha256} is no tree"), error))
    }
}

/// What of an activity is promised: who answers for it and its note change without an amendment.
fn promise(details: &ActivityDetails) -> ActivityDetails {
    ActivityDetails {
        accountable: None,
        programmes: Vec::new(),
        note: String::new(),
        ..details.clone()
    }
}

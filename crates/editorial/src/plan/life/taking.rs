//! Taking a step: one act with its rows, its step in the plan's story and its entry in the log.

use base::id::PlanId;
use base::{Actor, Error, Subject, SubjectKind};
use db::Act;
use house::House;
use serde_json::Value;

use super::life_store::{self, NewStep};
use super::rules::{Step, may};
use crate::plan::plan::Plan;
use crate::plan::plan_store;

/// Who takes a step with which plan.
#[derive(Clone, Copy)]
pub struct Taking<'a> {
    /// The house.
    pub house: &'a House,
    /// Who.
    pub actor: &'a Actor,
    /// With which plan.
    pub plan: PlanId,
}

/// What is told of a step: its act in the log, its kind in the story, and its words.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The act: `plan.issue`.
    pub act: &'static str,
    /// The kind of the story: `issued`.
    pub kind: &'static str,
    /// What was said.
    pub text: &'a str,
}

impl Taking<'_> {
    /// Begins the act, if the step may be taken.
    ///
    /// # Refusals
    /// Those of [`may`].
    pub async fn begin(&self, step: Step) -> Result<(Act, Plan), Error> {
        let mut act = self.house.db.act().await?;
        let plan = plan_store::find(&mut act, self.actor.agency, self.plan).await?;
        may(self.actor, step, &plan, self.house.today())?;
        Ok((act, plan))
    }

    /// Ends the act: its step, its entry, and whatever shows the plan is made anew.
    ///
    /// # Faults
    /// The database refuses.
    pub async fn end(&self, mut act: Act, told: Told<'_>, data: Value) -> Result<(), Error> {
        let step = NewStep {
            id: self.house.ids.next(&self.house.clock),
            kind: told.kind,
            text: told.text,
            by: Some(self.actor.account),
            at: self.now(),
        };
        life_store::add_step(&mut act, self.plan, step).await?;
        self.end_quietly(act, told.act, data).await
    }

    /// Ends an act that is no step of the story.
    ///
    /// # Faults
    /// The database refuses.
    pub async fn end_quietly(
        &self,
        mut act: Act,
        name: &'static str,
        data: Value,
    ) -> Result<(), Error> {
        let subject = Subject::new(SubjectKind::Plan, self.plan);
        self.house
            .record(&mut act, self.actor, name, subject, data)
            .await?;
        act.touch(format!("plan/{}", self.plan));
        act.touch("plans");
        Ok(act.commit().await?)
    }

    /// Now, milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.house.clock.now_ms()
    }
}

//! What the lists of the activity form offer: tasks, units, people, recurrences.

use base::Error;
use base::id::AccountId;
use db::Conn;
use house::people::agency::Unit;
use house::people::{agency_store, unit_history};
use jiff::civil::Date;
use web::{Choice, Say};

use super::Field;
use crate::plan::activity::{Known, PerUnit, RECURRENCES};
use crate::plan::plan::Plan;
use crate::plan::programme::{Programme, ProgrammeDetails};
use crate::plan::target::{self, Counts};
use crate::plan::{activity_store, programme_store, task_store};

/// What the form's lists offer.
#[derive(Default)]
pub(super) struct Lists {
    pub tasks: Vec<Choice>,
    pub leads: Vec<Choice>,
    pub units: Vec<Choice>,
    pub people: Vec<Choice>,
    pub recurs: Vec<Choice>,
    pub counts: Vec<Choice>,
    pub per_unit: Vec<Choice>,
    pub programmes: Vec<Choice>,
}

/// The lists for an activity of a plan.
pub(super) async fn lists(
    conn: &mut Conn,
    plan: &Plan,
    today: Date,
    say: &Say,
) -> Result<Lists, Error> {
    let (_, units, people) = known(conn, plan, today).await?;
    let none = |key: &str| Choice::new("", say.t(key));
    let tasks = task_store::list(conn, plan.id).await?;
    let tasks = tasks
        .iter()
        .map(|task| Choice::new(task.id, format!("{}. {}", task.no, task.title)));
    let units: Vec<Choice> = units
        .iter()
        .map(|unit| {
            Choice::new(
                unit.id,
                unit_history::dated_name(unit, plan.names_on(today), say),
            )
        })
        .collect();
    let people = people.into_iter().map(|(id, name)| Choice::new(id, name));
    let recurs = RECURRENCES
        .iter()
        .map(|(_, word)| Choice::new(word, say.t(&format!("plan-recurs-{word}"))));
    let counts = Counts::ALL.into_iter().map(Counts::as_str);
    let counts = counts.map(|word| Choice::new(word, say.t(&format!("plan-counts-{word}"))));
    let per_unit = PerUnit::ALL.into_iter().map(PerUnit::as_str);
    let per_unit = per_unit.map(|word| Choice::new(word, say.t(&format!("plan-per-{word}"))));
    let programmes = programme_store::list(conn, plan.agency).await?;
    Ok(Lists {
        counts: std::iter::once(none("plan-counts-auto"))
            .chain(counts)
            .collect(),
        per_unit: per_unit.collect(),
        programmes: programmes.iter().map(programme_choice).collect(),
        tasks: std::iter::once(none("plan-task-none"))
            .chain(tasks)
            .collect(),
        leads: std::iter::once(none("plan-lead-none"))
            .chain(units.clone())
            .collect(),
        people: std::iter::once(none("plan-accountable-none"))
            .chain(people)
            .collect(),
        recurs: std::iter::once(none("plan-recurs-none"))
            .chain(recurs)
            .collect(),
        units,
    })
}

/// A programme as a form offers it.
pub(super) fn programme_choice(programme: &Programme) -> Choice {
    let ProgrammeDetails { code, name } = &programme.details;
    Choice::new(programme.id, format!("{code} · {name}"))
}

/// The fields of the form, for comparing what was typed with what is saved.
pub(super) fn fields(lists: &Lists) -> Vec<Field<'_>> {
    let mut fields: Vec<Field<'_>> = vec![
        ("title", "plan-activity-title", &[]),
        ("form", "plan-form", &[]),
        ("output", "plan-output", &[]),
    ];
    for (number, unit, counts) in target::FIELDS {
        fields.push((number, "plan-target-number", &[]));
        fields.push((unit, "plan-target-unit", &[]));
        fields.push((counts, "plan-target-counts", &lists.counts));
    }
    fields.extend::<[Field<'_>; 13]>([
        ("per_unit", "plan-per-unit", &lists.per_unit),
        ("weight", "plan-weight", &[]),
        ("lead_unit", "plan-lead-unit", &lists.leads),
        ("lead_unit_text", "plan-lead-text", &[]),
        ("supporting_units", "plan-supporting-units", &lists.units),
        ("supporting_units_text", "plan-supporting-text", &[]),
        ("accountable", "plan-accountable", &lists.people),
        ("window_text", "plan-window-text", &[]),
        ("window_from", "plan-window-from", &[]),
        ("window_to", "plan-window-to", &[]),
        ("recurs", "plan-recurs", &lists.recurs),
        ("programmes", "plan-programmes", &lists.programmes),
        ("note", "plan-note", &[]),
    ]);
    fields
}

type People = Vec<(AccountId, String)>;

/// Who may be named, the units, and the people by name, also those who answer but have left.
pub(super) async fn known(
    conn: &mut Conn,
    plan: &Plan,
    today: Date,
) -> Result<(Known, Vec<Unit>, People), Error> {
    let units = agency_store::units(conn, plan.agency, plan.names_on(today)).await?;
    let mut people = activity_store::people(conn, plan.agency).await?;
    for person in activity_store::accountable(conn, plan.id).await? {
        if people.iter().all(|(id, _)| *id != person.0) {
            people.push(person);
        }
    }
    let tasks = task_store::list(conn, plan.id).await?;
    let programmes = programme_store::list(conn, plan.agency).await?;
    let known = Known {
        units: units.iter().map(|unit| unit.id).collect(),
        accounts: people.iter().map(|(id, _)| *id).collect(),
        tasks: tasks.iter().map(|task| task.id).collect(),
        programmes: programmes.iter().map(|found| found.id).collect(),
        year: plan.details.year,
    };
    Ok((known, units, people))
}

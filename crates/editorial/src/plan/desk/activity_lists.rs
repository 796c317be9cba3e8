//! What the lists of the activity form offer: tasks, units, people, recurrences.

use base::Error;
use base::id::AccountId;
use db::Conn;
use house::people::agency::Unit;
use house::people::{agency_store, unit_history};
use jiff::civil::Date;
use web::{Choice, Say};

use super::Field;
use crate::plan::activity::{Known, RECURRENCES};
use crate::plan::plan::Plan;
use crate::plan::{activity_store, task_store};

/// What the form's lists offer.
pub(super) struct Lists {
    pub tasks: Vec<Choice>,
    pub leads: Vec<Choice>,
    pub units: Vec<Choice>,
    pub people: Vec<Choice>,
    pub recurs: Vec<Choice>,
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
    Ok(Lists {
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

/// The fields of the form, for comparing what was typed with what is saved.
pub(super) fn fields<'a>(
    leads: &'a [Choice],
    units: &'a [Choice],
    people: &'a [Choice],
    recurs: &'a [Choice],
) -> [Field<'a>; 15] {
    [
        ("title", "plan-activity-title", &[]),
        ("form", "plan-form", &[]),
        ("output", "plan-output", &[]),
        ("target_number", "plan-target-number", &[]),
        ("target_unit", "plan-target-unit", &[]),
        ("lead_unit", "plan-lead-unit", leads),
        ("lead_unit_text", "plan-lead-text", &[]),
        ("supporting_units", "plan-supporting-units", units),
        ("supporting_units_text", "plan-supporting-text", &[]),
        ("accountable", "plan-accountable", people),
        ("window_text", "plan-window-text", &[]),
        ("window_from", "plan-window-from", &[]),
        ("window_to", "plan-window-to", &[]),
        ("recurs", "plan-recurs", recurs),
        ("note", "plan-note", &[]),
    ]
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
    let known = Known {
        units: units.iter().map(|unit| unit.id).collect(),
        accounts: people.iter().map(|(id, _)| *id).collect(),
        tasks: tasks.iter().map(|task| task.id).collect(),
        year: plan.details.year,
    };
    Ok((known, units, people))
}

//! The activities of plans, in rows.

use std::collections::HashMap;

use base::id::{AccountId, ActivityId, AgencyId, ItemId, PlanId, UnitId};
use base::{Error, Fault, Problem, Refusal};
use db::{Act, Conn, Row, values};
use jiff::civil::Date;

use super::activity::{Activity, ActivityDetails, PerUnit, When, recurrence_of, recurrence_word};
use super::plan_store::day;
use super::{programme_store, target_store};
use crate::items::item::{ItemForm, ItemKind};

/// More people than any agency has to choose from.
const PEOPLE_MAX: i64 = 5_000;

/// All activities of a plan, in their order.
pub async fn list(conn: &mut Conn, plan: PlanId) -> Result<Vec<Activity>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM activity WHERE plan_id = ? ORDER BY position, id",
            &values![plan],
        )
        .await?;
    let supporting = conn
        .rows(
            "SELECT activity_supporting_unit.activity_id, activity_supporting_unit.unit_id
             FROM activity_supporting_unit
             JOIN activity ON activity.id = activity_supporting_unit.activity_id
             JOIN unit ON unit.id = activity_supporting_unit.unit_id
             WHERE activity.plan_id = ? ORDER BY unit.position, unit.id",
            &values![plan],
        )
        .await?;
    let mut units: HashMap<ActivityId, Vec<UnitId>> = HashMap::new();
    for row in &supporting {
        units
            .entry(row.parse("activity_id")?)
            .or_default()
            .push(row.parse("unit_id")?);
    }
    let mut targets = target_store::list(conn, plan).await?;
    let mut programmes = programme_store::of_plan(conn, plan).await?;
    let mut activities = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut activity = read(row)?;
        activity.details.supporting_units = units.remove(&activity.id).unwrap_or_default();
        activity.details.targets = targets.remove(&activity.id).unwrap_or_default();
        activity.details.programmes = programmes.remove(&activity.id).unwrap_or_default();
        activities.push(activity);
    }
    Ok(activities)
}

/// Adds an activity.
pub async fn add(act: &mut Act, activity: &Activity, now: i64) -> Result<(), Error> {
    let details = &activity.details;
    act.run(
        "INSERT INTO activity (id, plan_id, task_id, position, title, form, output, lead_unit_id,
             lead_unit_text, supporting_units_text, accountable_id, window_text, window_from,
             window_to, recurs, per_unit, weight, note, version, created_at, changed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            activity.id,
            activity.plan,
            activity.task,
            activity.position,
            &details.title,
            &details.form,
            &details.output,
            details.lead_unit,
            &details.lead_unit_text,
            &details.supporting_units_text,
            details.accountable,
            &details.when.text,
            day(details.when.from),
            day(details.when.to),
            details.when.recurs.map(recurrence_word),
            details.per_unit.as_str(),
            details.weight,
            &details.note,
            activity.version,
            now,
            now,
        ],
    )
    .await?;
    add_parts(act, activity).await
}

/// Saves an activity, if nobody saved it since its version was read.
///
/// # Refusals
/// [`Refusal::Stale`]; those of [`target_store::save`].
pub async fn save(act: &mut Act, activity: &Activity, now: i64) -> Result<(), Error> {
    let details = &activity.details;
    let n = act
        .run(
            "UPDATE activity SET task_id = ?, position = ?, title = ?, form = ?, output = ?,
                 lead_unit_id = ?, lead_unit_text = ?, supporting_units_text = ?,
                 accountable_id = ?, window_text = ?, window_from = ?, window_to = ?, recurs = ?,
                 per_unit = ?, weight = ?, note = ?, changed_at = ?, version = version + 1
             WHERE id = ? AND version = ?",
            &values![
                activity.task,
                activity.position,
                &details.title,
                &details.form,
                &details.output,
                details.lead_unit,
                &details.lead_unit_text,
                &details.supporting_units_text,
                details.accountable,
                &details.when.text,
                day(details.when.from),
                day(details.when.to),
                details.when.recurs.map(recurrence_word),
                details.per_unit.as_str(),
                details.weight,
                &details.note,
                now,
                activity.id,
                activity.version,
            ],
        )
        .await?;
    if n == 0 {
        return Err(Refusal::Stale.into());
    }
    act.run(
        "DELETE FROM activity_supporting_unit WHERE activity_id = ?",
        &values![activity.id],
    )
    .await?;
    add_parts(act, activity).await
}

/// What stands in tables of its own: supporting units, targets, programmes.
async fn add_parts(act: &mut Act, activity: &Activity) -> Result<(), Error> {
    for unit in &activity.details.supporting_units {
        act.run(
            "INSERT INTO activity_supporting_unit (activity_id, unit_id) VALUES (?, ?)
             ON CONFLICT (activity_id, unit_id) DO NOTHING",
            &values![activity.id, *unit],
        )
        .await?;
    }
    target_store::save(act, activity.id, &activity.details.targets).await?;
    programme_store::save_of_activity(act, activity.id, &activity.details.programmes).await?;
    Ok(())
}

/// Gives an activity its place among those of its task.
pub async fn save_position(act: &mut Act, id: ActivityId, position: i64) -> Result<(), Fault> {
    act.run(
        "UPDATE activity SET position = ? WHERE id = ?",
        &values![position, id],
    )
    .await?;
    Ok(())
}

/// Takes an activity out of its plan.
///
/// # Refusals
/// `plan-activity-linked` while items fulfil it; [`Refusal::Stale`].
pub async fn remove(act: &mut Act, activity: &Activity) -> Result<(), Error> {
    let n_items = count_items(act, activity.id).await? + count_figures(act, activity.id).await?;
    if n_items > 0 {
        let problem = Problem::of("plan-activity-linked").with("items", n_items);
        return Err(Refusal::Invalid(vec![problem]).into());
    }
    act.run(
        "DELETE FROM activity_supporting_unit WHERE activity_id = ?",
        &values![activity.id],
    )
    .await?;
    target_store::remove(act, activity.id).await?;
    programme_store::save_of_activity(act, activity.id, &[]).await?;
    let n = act
        .run(
            "DELETE FROM activity WHERE id = ? AND version = ?",
            &values![activity.id, activity.version],
        )
        .await?;
    if n == 0 {
        Err(Refusal::Stale.into())
    } else {
        Ok(())
    }
}

/// How many items are linked to an activity, done or not.
pub async fn count_items(conn: &mut Conn, id: ActivityId) -> Result<i64, Fault> {
    conn.count(
        "SELECT COUNT(*) AS n FROM activity_item WHERE activity_id = ?",
        &values![id],
    )
    .await
}

/// How many figures were entered for an activity, also those that were withdrawn.
pub async fn count_figures(conn: &mut Conn, id: ActivityId) -> Result<i64, Fault> {
    conn.count(
        "SELECT COUNT(*) AS n FROM figure WHERE activity_id = ?",
        &values![id],
    )
    .await
}

/// The people of an agency who may be named as accountable: id and name, by given name.
pub async fn people(conn: &mut Conn, agency: AgencyId) -> Result<Vec<(AccountId, String)>, Fault> {
    let rows = conn
        .rows(
            "SELECT id, name, job_title FROM account WHERE agency_id = ? AND state = 'active'
             ORDER BY sort_key, id LIMIT ?",
            &values![agency, PEOPLE_MAX],
        )
        .await?;
    rows.iter().map(person).collect()
}

/// The people who answer for activities of a plan, also those who have left.
pub async fn accountable(conn: &mut Conn, plan: PlanId) -> Result<Vec<(AccountId, String)>, Fault> {
    let rows = conn
        .rows(
            "SELECT DISTINCT account.id, account.name, account.job_title
             FROM activity JOIN account ON account.id = activity.accountable_id
             WHERE activity.plan_id = ?",
            &values![plan],
        )
        .await?;
    rows.iter().map(person).collect()
}

fn person(row: &Row) -> Result<(AccountId, String), Fault> {
    let (name, job_title) = (row.text("name")?, row.text("job_title")?);
    let shown = if job_title.is_empty() {
        name
    } else {
        format!("{name} ({job_title})")
    };
    Ok((row.parse("id")?, shown))
}

/// The plan of an activity, whosever it is: for dropping ready pages.
pub async fn plan_of(conn: &mut Conn, id: ActivityId) -> Result<Option<PlanId>, Fault> {
    let row = conn
        .maybe("SELECT plan_id FROM activity WHERE id = ?", &values![id])
        .await?;
    row.map(|row| row.parse("plan_id")).transpose()
}

/// One thing done for an activity.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct DoneItem {
    /// The activity.
    pub activity: ActivityId,
    /// The item.
    pub item: ItemId,
    /// What it is called.
    pub title: String,
    /// `article` or `external`.
    pub kind: &'static str,
    /// In which form.
    #[serde(skip)]
    pub form: ItemForm,
    /// The day from which it counts.
    pub done_on: Date,
    /// How much of it this activity has, in per cent: 100 unless it is shared.
    pub share_percent: i64,
}

/// What was done for the activities of a plan between two days, both included, by day.
pub async fn done_between(
    conn: &mut Conn,
    plan: PlanId,
    first: Date,
    last: Date,
) -> Result<Vec<DoneItem>, Fault> {
    let rows = conn
        .rows(
            "SELECT activity_item.activity_id, item.id, item.title, item.kind, item.form,
                 item.done_on,
                 CASE WHEN item.is_shared = 1 THEN activity_item.share_percent ELSE 100 END
                     AS share_percent
             FROM activity JOIN activity_item ON activity_item.activity_id = activity.id
             JOIN item ON item.id = activity_item.item_id
             WHERE activity.plan_id = ? AND item.done_on >= ? AND item.done_on <= ?
             ORDER BY item.done_on, item.id",
            &values![plan, first.to_string(), last.to_string()],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(DoneItem {
                activity: row.parse("activity_id")?,
                item: row.parse("id")?,
                title: row.text("title")?,
                kind: ItemKind::of(&row.text("kind")?).as_str(),
                form: ItemForm::of(&row.text("form")?),
                done_on: row.parse("done_on")?,
                share_percent: row.int("share_percent")?,
            })
        })
        .collect()
}

/// One thing done, as the public may look it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownItem {
    /// The activity.
    pub activity: ActivityId,
    /// What it is called.
    pub title: String,
    /// Where it can be read, on our own portal first; empty when nowhere.
    pub url: String,
    /// The day from which it counts.
    pub done_on: Date,
}

/// The last things done for each activity of a plan, at most so many for each, newest first.
pub async fn last_done(
    conn: &mut Conn,
    plan: PlanId,
    today: Date,
    per_activity: i64,
) -> Result<Vec<ShownItem>, Fault> {
    let rows = conn
        .rows(
            "SELECT activity_id, title, done_on, url FROM (
                 SELECT activity_item.activity_id, item.title, item.done_on,
                     COALESCE((SELECT publication.url FROM publication
                         JOIN channel ON channel.id = publication.channel_id
                         WHERE publication.item_id = item.id AND publication.url <> ''
                         ORDER BY channel.is_own_portal DESC, publication.published_on,
                             publication.id LIMIT 1), '') AS url,
                     ROW_NUMBER() OVER (PARTITION BY activity_item.activity_id
                         ORDER BY item.done_on DESC, item.id) AS place
                 FROM activity
                 JOIN activity_item ON activity_item.activity_id = activity.id
                 JOIN item ON item.id = activity_item.item_id
                 WHERE activity.plan_id = ? AND item.done_on <= ?) ranked
             WHERE place <= ? ORDER BY activity_id, place",
            &values![plan, today.to_string(), per_activity],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(ShownItem {
                activity: row.parse("activity_id")?,
                title: row.text("title")?,
                url: row.text("url")?,
                done_on: row.parse("done_on")?,
            })
        })
        .collect()
}

fn read(row: &Row) -> Result<Activity, Fault> {
    Ok(Activity {
        id: row.parse("id")?,
        plan: row.parse("plan_id")?,
        task: row.maybe_parse("task_id")?,
        position: row.int("position")?,
        details: ActivityDetails {
            title: row.text("title")?,
            form: row.text("form")?,
            output: row.text("output")?,
            targets: Vec::new(),
            per_unit: PerUnit::parse(&row.text("per_unit")?).unwrap_or_default(),
            weight: row.maybe_int("weight")?,
            lead_unit: row.maybe_parse("lead_unit_id")?,
            lead_unit_text: row.text("lead_unit_text")?,
            supporting_units: Vec::new(),
            supporting_units_text: row.text("supporting_units_text")?,
            accountable: row.maybe_parse("accountable_id")?,
            when: When {
                text: row.text("window_text")?,
                from: row.maybe_parse("window_from")?,
                to: row.maybe_parse("window_to")?,
                recurs: row.maybe_text("recurs")?.as_deref().and_then(recurrence_of),
            },
            programmes: Vec::new(),
            note: row.text("note")?,
        },
        version: row.int("version")?,
    })
}

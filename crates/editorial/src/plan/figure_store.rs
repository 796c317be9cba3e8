//! Figures entered by hand, in rows.

use base::id::{AccountId, ActivityId, ItemId, PlanId};
use base::{Error, Fault, Refusal};
use db::{Act, Conn, Row, values};
use jiff::civil::Date;

use super::figure::Figure;

/// More figures than any activity has.
const FIGURES_MAX: i64 = 1_000;

/// A figure as its rows have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnteredFigure {
    /// Its item, which has the evidence.
    pub item: ItemId,
    /// The activity.
    pub activity: ActivityId,
    /// The place of its target among those of the activity.
    pub place: usize,
    /// The unit of that target, in words.
    pub unit: String,
    /// How many.
    pub number: i64,
    /// What it is.
    pub title: String,
    /// The day from which it counts.
    pub day: Date,
    /// Who entered it.
    pub by: String,
    /// Why it was withdrawn; none while it stands.
    pub withdrawal: Option<String>,
}

/// Adds a figure: after its item, in the same act.
pub async fn add(
    act: &mut Act,
    (item, activity): (ItemId, ActivityId),
    figure: &Figure,
    (by, now): (AccountId, i64),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO figure (item_id, activity_id, target_no, number, counted_on, entered_at,
             entered_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        &values![
            item,
            activity,
            figure.target_no,
            figure.number,
            figure.day.to_string(),
            now,
            by
        ],
    )
    .await?;
    Ok(())
}

/// Withdraws a figure that stands.
///
/// # Refusals
/// `plan-figure-withdrawn` when somebody withdrew it before.
pub async fn withdraw(
    act: &mut Act,
    item: ItemId,
    why: &str,
    (by, now): (AccountId, i64),
) -> Result<(), Error> {
    let n = act
        .run(
            "UPDATE figure SET withdrawn_at = ?, withdrawn_by = ?, withdrawal = ?
             WHERE item_id = ? AND withdrawn_at IS NULL",
            &values![now, by, why, item],
        )
        .await?;
    if n == 0 {
        Err(Refusal::because("plan-figure-withdrawn").into())
    } else {
        Ok(())
    }
}

/// The figure of an activity with this item.
///
/// # Refusals
/// Not found.
pub async fn find(
    conn: &mut Conn,
    activity: ActivityId,
    item: ItemId,
) -> Result<EnteredFigure, Error> {
    let all = of_activity(conn, activity).await?;
    let found = all.into_iter().find(|figure| figure.item == item);
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// The figures of an activity, newest first, the withdrawn ones among them.
pub async fn of_activity(
    conn: &mut Conn,
    activity: ActivityId,
) -> Result<Vec<EnteredFigure>, Fault> {
    let rows = conn
        .rows(
            "SELECT figure.*, target.position, target.unit, item.title, account.name
             FROM figure
             JOIN target ON target.activity_id = figure.activity_id
                 AND target.no = figure.target_no
             JOIN item ON item.id = figure.item_id
             JOIN account ON account.id = figure.entered_by
             WHERE figure.activity_id = ?
             ORDER BY figure.counted_on DESC, figure.item_id DESC LIMIT ?",
            &values![activity, FIGURES_MAX],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The figures of a plan that stand and count between two days, both included, by day.
pub async fn between(
    conn: &mut Conn,
    plan: PlanId,
    (first, last): (Date, Date),
) -> Result<Vec<EnteredFigure>, Fault> {
    let rows = conn
        .rows(
            "SELECT figure.*, target.position, target.unit, item.title, account.name
             FROM activity
             JOIN figure ON figure.activity_id = activity.id
             JOIN target ON target.activity_id = figure.activity_id
                 AND target.no = figure.target_no
             JOIN item ON item.id = figure.item_id
             JOIN account ON account.id = figure.entered_by
             WHERE activity.plan_id = ? AND figure.withdrawn_at IS NULL
                 AND figure.counted_on >= ? AND figure.counted_on <= ?
             ORDER BY figure.counted_on, figure.item_id",
            &values![plan, first.to_string(), last.to_string()],
        )
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<EnteredFigure, Fault> {
    let is_withdrawn = row.maybe_int("withdrawn_at")?.is_some();
    let withdrawal = row.text("withdrawal")?;
    Ok(EnteredFigure {
        item: row.parse("item_id")?,
        activity: row.parse("activity_id")?,
        place: usize::try_from(row.int("position")?)
            .map_err(|error| Fault::from_source("the place of a target", error))?,
        unit: row.text("unit")?,
        number: row.int("number")?,
        title: row.text("title")?,
        day: row.parse("counted_on")?,
        by: row.text("name")?,
        withdrawal: is_withdrawn.then_some(withdrawal),
    })
}

//! What was done for the activities of a plan, counted where the rows are: a number of rows that
//! grows with the slots of the plan and not with its items.

use std::collections::HashMap;

use base::Fault;
use base::calendar::period::ReportingYear;
use base::id::{ActivityId, PlanId};
use db::{Conn, Row, values};
use jiff::civil::Date;

use super::progress::{Source, Tally, WHOLE};
use crate::items::item::{ItemForm, ItemKind};

/// Which activities are asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of a plan.
    Plan,
    /// One of them.
    Activity(ActivityId),
}

/// What was done by a day for the activities of a plan.
///
/// Items are counted together where their days count alike, and told with the first of those days:
/// all that were done in time of an activity without slots; of one with slots of a month or more,
/// those of the same half of a slot's month. What was done late, or within a week or less, is told
/// day by day; so is every day of `own_days` (those between the two readings of some deadline),
/// which may still count for the slot before.
pub async fn tallies(
    conn: &mut Conn,
    (plan, year): (PlanId, i16),
    scope: Scope,
    (today, own_days): (Date, &[Date]),
) -> Result<HashMap<ActivityId, Vec<Tally>>, Fault> {
    let year = ReportingYear(year);
    let (first, last) = (year.first().to_string(), year.last().to_string());
    let only = match scope {
        Scope::Plan => String::new(),
        Scope::Activity(id) => id.to_string(),
    };
    let own_days: Vec<String> = own_days.iter().map(Date::to_string).collect();
    let rows = conn
        .rows(
            "SELECT activity_id, unit_id, kind, form, MIN(done_on) AS day, CAST(SUM(share) AS BIGINT)
                 AS amount
             FROM (
                 SELECT activity.id AS activity_id, item.kind, item.form, item.done_on,
                     CASE WHEN activity.per_unit = 'together' THEN NULL ELSE item.unit_id END
                         AS unit_id,
                     CASE WHEN item.is_shared = 1 THEN activity_item.share_percent ELSE 100 END
                         AS share,
                     CASE
                         WHEN item.done_on > COALESCE(activity.window_to,
                             CASE WHEN activity.window_from > ? THEN activity.window_from
                                 ELSE ? END) THEN item.done_on
                         WHEN activity.recurs IS NULL OR activity.recurs = 'continuous' THEN ''
                         WHEN activity.recurs IN ('daily', 'weekly') THEN item.done_on
                         WHEN substr(COALESCE(activity.window_from, ?), 9, 2) > '28'
                             THEN item.done_on
                         WHEN ? LIKE '%' || item.done_on || '%' THEN item.done_on
                         WHEN substr(item.done_on, 9, 2)
                                 >= substr(COALESCE(activity.window_from, ?), 9, 2)
                             THEN substr(item.done_on, 1, 7) || ' b'
                         ELSE substr(item.done_on, 1, 7) || ' a'
                     END AS days
                 FROM activity
                 JOIN activity_item ON activity_item.activity_id = activity.id
                 JOIN item ON item.id = activity_item.item_id
                 WHERE activity.plan_id = ? AND (? = '' OR activity.id = ?)
                     AND item.done_on IS NOT NULL AND item.done_on <= ?) counted
             GROUP BY activity_id, unit_id, kind, form, days",
            &values![
                &last,
                &last,
                &first,
                own_days.join(" "),
                &first,
                plan,
                &only,
                &only,
                today.to_string()
            ],
        )
        .await?;
    let mut all: HashMap<ActivityId, Vec<Tally>> = HashMap::new();
    for row in &rows {
        all.entry(row.parse("activity_id")?)
            .or_default()
            .push(of_items(row)?);
    }
    for row in &by_hand(conn, plan, &only, today).await? {
        all.entry(row.parse("activity_id")?)
            .or_default()
            .push(of_hand(row)?);
    }
    Ok(all)
}

fn of_items(row: &Row) -> Result<Tally, Fault> {
    let kind = ItemKind::of(&row.text("kind")?);
    let form = ItemForm::of(&row.text("form")?);
    Ok(Tally {
        unit: row.maybe_parse("unit_id")?,
        day: row.parse("day")?,
        source: Source::Items(kind, form),
        amount: row.int("amount")?,
    })
}

/// The figures that were entered by hand and stand.
async fn by_hand(
    conn: &mut Conn,
    plan: PlanId,
    only: &str,
    today: Date,
) -> Result<Vec<Row>, Fault> {
    conn.rows(
        "SELECT figure.activity_id, item.unit_id, figure.counted_on, target.position,
             CAST(SUM(figure.number) AS BIGINT) AS number
         FROM activity
         JOIN figure ON figure.activity_id = activity.id
         JOIN target ON target.activity_id = activity.id AND target.no = figure.target_no
         JOIN item ON item.id = figure.item_id
         WHERE activity.plan_id = ? AND (? = '' OR activity.id = ?)
             AND figure.withdrawn_at IS NULL AND figure.counted_on <= ?
         GROUP BY figure.activity_id, item.unit_id, figure.counted_on, target.position",
        &values![plan, only, only, today.to_string()],
    )
    .await
}

fn of_hand(row: &Row) -> Result<Tally, Fault> {
    let place = usize::try_from(row.int("position")?)
        .map_err(|error| Fault::from_source("the place of a target", error))?;
    Ok(Tally {
        unit: row.maybe_parse("unit_id")?,
        day: row.parse("counted_on")?,
        source: Source::Hand(place),
        amount: row.int("number")?.saturating_mul(WHOLE),
    })
}

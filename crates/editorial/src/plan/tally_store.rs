//! What was done for the activities of a plan: one row for each activity, however many items.

use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;

use base::Fault;
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

/// What was done by a day for the activities of a plan: items told together that have the day, the
/// unit, the kind and the form in common, and the figures that were entered by hand.
///
/// The items of an activity come as one text, made where the rows are. Twenty thousand short texts
/// are read in a fraction of the time that as many rows take, or sorting them there.
pub async fn tallies(
    conn: &mut Conn,
    plan: PlanId,
    scope: Scope,
    today: Date,
) -> Result<HashMap<ActivityId, Vec<Tally>>, Fault> {
    let only = match scope {
        Scope::Plan => String::new(),
        Scope::Activity(id) => id.to_string(),
    };
    let rows = conn
        .rows(
            "SELECT activity.id AS activity_id, (
                 SELECT string_agg(item.done_on || ' ' || item.kind || ' ' || item.form || ' '
                     || CASE WHEN item.is_shared = 1
                         THEN CAST(activity_item.share_percent AS TEXT) ELSE '' END || ' '
                     || CASE WHEN activity.per_unit = 'together' THEN ''
                         ELSE COALESCE(item.unit_id, '') END, ';')
                 FROM activity_item JOIN item ON item.id = activity_item.item_id
                 WHERE activity_item.activity_id = activity.id
                     AND item.done_on IS NOT NULL AND item.done_on <= ?) AS done
             FROM activity WHERE activity.plan_id = ? AND (? = '' OR activity.id = ?)",
            &values![today.to_string(), plan, &only, &only],
        )
        .await?;
    let mut all: HashMap<ActivityId, Vec<Tally>> = HashMap::new();
    for row in &rows {
        if let Some(done) = row.maybe_text("done")? {
            all.insert(row.parse("activity_id")?, of_items(&done)?);
        }
    }
    for row in &by_hand(conn, plan, &only, today).await? {
        all.entry(row.parse("activity_id")?)
            .or_default()
            .push(of_hand(row)?);
    }
    Ok(all)
}

/// The items of one activity, as the statement above writes them.
fn of_items(done: &str) -> Result<Vec<Tally>, Fault> {
    let mut together: BTreeMap<(&str, &str, &str, &str), i64> = BTreeMap::new();
    for item in done.split(';') {
        let mut parts = item.split(' ');
        let mut part = || parts.next().unwrap_or_default();
        let (day, kind, form, share, unit) = (part(), part(), part(), part(), part());
        let share = match share {
            "" => WHOLE,
            share => read(share, "a share in per cent")?,
        };
        *together.entry((day, kind, form, unit)).or_default() += share;
    }
    together
        .into_iter()
        .map(|((day, kind, form, unit), amount)| {
            Ok(Tally {
                unit: match unit {
                    "" => None,
                    unit => Some(read(unit, "the unit of an item")?),
                },
                day: read(day, "the day of an item")?,
                source: Source::Items(ItemKind::of(kind), ItemForm::of(form)),
                amount,
            })
        })
        .collect()
}

fn read<T>(text: &str, what: &str) -> Result<T, Fault>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse()
        .map_err(|error| Fault::from_source(format!("{what}: {text}"), error))
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

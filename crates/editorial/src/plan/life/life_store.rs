//! The life of plans in rows: steps, issue, baselines, lessons.

use base::id::{AccountId, ActivityId, AgencyId, PlanId, RowId};
use base::{Error, Fault, Refusal};
use db::{Act, Conn, values};
use jiff::civil::Date;

use super::issue::{Scan, Signed};
use super::tree::Tree;
use crate::plan::plan::PlanState;
use crate::plan::plan_store::day;

/// One step of a plan's life, as its page tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenStep {
    /// What happened: the words have the key `life-step-{kind}`.
    pub kind: String,
    /// What was said.
    pub text: String,
    /// Who did it, by name; empty when nobody of the agency did.
    pub by: String,
    /// When, milliseconds since 1970.
    pub at: i64,
}

/// A step that is taken now.
#[derive(Clone, Copy, Debug)]
pub struct NewStep<'a> {
    /// Its row.
    pub id: RowId,
    /// What happens.
    pub kind: &'static str,
    /// What is said.
    pub text: &'a str,
    /// Who does it, if a person does.
    pub by: Option<AccountId>,
    /// When, milliseconds since 1970.
    pub at: i64,
}

/// A plan that lies before the director.
#[derive(Clone, Debug)]
pub struct SubmittedPlan {
    /// The plan.
    pub plan: PlanId,
    /// Its title.
    pub title: String,
    /// Since when, milliseconds since 1970.
    pub since: i64,
}

/// The steps of a plan, the newest first.
pub async fn steps(conn: &mut Conn, plan: PlanId) -> Result<Vec<TakenStep>, Fault> {
    let rows = conn
        .rows(
            "SELECT plan_step.*, account.name AS by_name FROM plan_step
             LEFT JOIN account ON account.id = plan_step.done_by
             WHERE plan_step.plan_id = ? ORDER BY plan_step.done_at DESC, plan_step.id DESC",
            &values![plan],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(TakenStep {
                kind: row.text("kind")?,
                text: row.text("text")?,
                by: row.maybe_text("by_name")?.unwrap_or_default(),
                at: row.int("done_at")?,
            })
        })
        .collect()
}

/// Keeps a step.
pub async fn add_step(act: &mut Act, plan: PlanId, step: NewStep<'_>) -> Result<(), Fault> {
    act.run(
        "INSERT INTO plan_step (id, plan_id, kind, text, done_by, done_at)
         VALUES (?, ?, ?, ?, ?, ?)",
        &values![step.id, plan, step.kind, step.text, step.by, step.at],
    )
    .await?;
    Ok(())
}

/// The plans of an agency that lie before the director, with the moment since which they do.
pub async fn submitted(conn: &mut Conn, agency: AgencyId) -> Result<Vec<SubmittedPlan>, Fault> {
    let rows = conn
        .rows(
            "SELECT plan.id AS plan_id, plan.title AS title, MAX(plan_step.done_at) AS since
             FROM plan JOIN plan_step ON plan_step.plan_id = plan.id AND plan_step.kind = 'submitted'
             WHERE plan.agency_id = ? AND plan.state = 'submitted'
             GROUP BY plan.id, plan.title ORDER BY MAX(plan_step.done_at), plan.id",
            &values![agency],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(SubmittedPlan {
                plan: row.parse("plan_id")?,
                title: row.text("title")?,
                since: row.int("since")?,
            })
        })
        .collect()
}

/// Moves a plan from one state to another.
///
/// # Refusals
/// [`Refusal::Stale`] when it is no longer in the first.
pub async fn move_on(
    act: &mut Act,
    plan: PlanId,
    (from, to): (PlanState, PlanState),
) -> Result<(), Error> {
    let n = act
        .run(
            "UPDATE plan SET state = ?, version = version + 1 WHERE id = ? AND state = ?",
            &values![to.as_str(), plan, from.as_str()],
        )
        .await?;
    if n == 0 {
        Err(Refusal::Stale.into())
    } else {
        Ok(())
    }
}

/// What was signed for an issued plan, with its number and day from the plan itself.
pub async fn signed(
    conn: &mut Conn,
    plan: PlanId,
    (number, day): (Option<String>, Option<Date>),
) -> Result<Signed, Fault> {
    let row = conn
        .maybe("SELECT * FROM plan_issue WHERE plan_id = ?", &values![plan])
        .await?;
    let mut signed = Signed {
        number: number.unwrap_or_default(),
        day,
        ..Signed::default()
    };
    if let Some(row) = row {
        signed.signer = row.text("signer")?;
        let name = row.text("scan_name")?;
        let scan = row.maybe_text("scan_file")?;
        signed.scan = scan.map(|sha256| Scan { sha256, name });
    }
    Ok(signed)
}

/// Keeps what was signed for a plan: its number and day with the plan, the rest beside it.
pub async fn save_signed(act: &mut Act, plan: PlanId, signed: &Signed) -> Result<(), Fault> {
    let number = Some(signed.number.clone()).filter(|number| !number.is_empty());
    act.run(
        "UPDATE plan SET number = ?, issued_on = ?, version = version + 1 WHERE id = ?",
        &values![number, day(signed.day), plan],
    )
    .await?;
    let (scan, name) = parts(signed.scan.as_ref());
    act.run(
        "INSERT INTO plan_issue (plan_id, signer, scan_file, scan_name) VALUES (?, ?, ?, ?)
         ON CONFLICT (plan_id) DO UPDATE SET signer = excluded.signer,
             scan_file = excluded.scan_file, scan_name = excluded.scan_name",
        &values![plan, &signed.signer, scan, name],
    )
    .await?;
    Ok(())
}

/// The columns of a scan.
pub(super) fn parts(scan: Option<&Scan>) -> (Option<String>, String) {
    scan.map_or((None, String::new()), |scan| {
        (Some(scan.sha256.clone()), scan.name.clone())
    })
}

/// The numbers that an issuer's other plans of a year bear, and the decisions on the amendments of
/// that year's plans: none may be given twice.
pub async fn numbers_taken(
    conn: &mut Conn,
    agency: AgencyId,
    plan: PlanId,
    (issuer, year): (&str, i16),
) -> Result<Vec<String>, Fault> {
    let rows = conn
        .rows(
            "SELECT number FROM plan WHERE agency_id = ? AND issuer = ? AND year = ? AND id <> ?
                 AND state <> 'amendment' AND number IS NOT NULL
             UNION
             SELECT amendment.number FROM amendment JOIN plan ON plan.id = amendment.plan_id
             WHERE plan.agency_id = ? AND plan.issuer = ? AND plan.year = ?
                 AND amendment.state = 'in_force'",
            &values![agency, issuer, year, plan, agency, issuer, year],
        )
        .await?;
    rows.iter().map(|row| row.text("number")).collect()
}

/// A plan's tree as it was put in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// 0 as issued, then counted.
    pub no: i64,
    /// The tree.
    pub tree: Tree,
    /// SHA-256 of its text, in hexadecimal; the log has it too.
    pub sha256: String,
    /// When it was made, milliseconds since 1970.
    pub made_at: i64,
}

/// The baselines of a plan, the first first.
///
/// # Faults
/// The text of one is not what was sealed.
pub async fn baselines(conn: &mut Conn, plan: PlanId) -> Result<Vec<Baseline>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM baseline WHERE plan_id = ? ORDER BY no",
            &values![plan],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let sha256 = row.text("sha256")?;
            Ok(Baseline {
                no: row.int("no")?,
                tree: Tree::opened(&row.text("body")?, &sha256)?,
                made_at: row.int("made_at")?,
                sha256,
            })
        })
        .collect()
}

/// Keeps a tree as the next baseline of a plan; its number and hash.
pub async fn add_baseline(
    act: &mut Act,
    id: RowId,
    plan: PlanId,
    tree: &Tree,
    now: i64,
) -> Result<(i64, String), Fault> {
    let no = act
        .count(
            "SELECT COALESCE(MAX(no) + 1, 0) AS n FROM baseline WHERE plan_id = ?",
            &values![plan],
        )
        .await?;
    let (body, sha256) = tree.sealed()?;
    act.run(
        "INSERT INTO baseline (id, plan_id, no, body, sha256, made_at) VALUES (?, ?, ?, ?, ?, ?)",
        &values![id, plan, no, body, &sha256, now],
    )
    .await?;
    Ok((no, sha256))
}

/// What was learnt: from the whole plan (no activity), or from one activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// The activity.
    pub activity: Option<ActivityId>,
    /// What was learnt.
    pub text: String,
}

/// What was learnt from a plan.
pub async fn lessons(conn: &mut Conn, plan: PlanId) -> Result<Vec<Lesson>, Fault> {
    let rows = conn
        .rows(
            "SELECT activity_id, text FROM lesson WHERE plan_id = ? ORDER BY id",
            &values![plan],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Lesson {
                activity: row.maybe_parse("activity_id")?,
                text: row.text("text")?,
            })
        })
        .collect()
}

/// Keeps what was learnt from a plan, instead of what was kept before.
pub async fn save_lessons(
    act: &mut Act,
    plan: PlanId,
    lessons: &[(RowId, Lesson)],
) -> Result<(), Fault> {
    act.run("DELETE FROM lesson WHERE plan_id = ?", &values![plan])
        .await?;
    for (id, lesson) in lessons {
        act.run(
            "INSERT INTO lesson (id, plan_id, activity_id, text) VALUES (?, ?, ?, ?)",
            &values![*id, plan, lesson.activity, &lesson.text],
        )
        .await?;
    }
    Ok(())
}

/// Takes away what was learnt from an activity that is no longer promised.
pub async fn forget_lesson(act: &mut Act, activity: ActivityId) -> Result<(), Fault> {
    act.run(
        "DELETE FROM lesson WHERE activity_id = ?",
        &values![activity],
    )
    .await?;
    Ok(())
}

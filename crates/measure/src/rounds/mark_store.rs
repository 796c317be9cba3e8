//! What every component of a round counts for, and the points of its survey, in rows: for sums.

use base::Fault;
use base::id::{AccountId, ComponentId, RoundBodyId, RoundId};
use db::{Act, Conn, Row, values};
use rust_decimal::Decimal;

use super::entry::Counted;

/// What one component of one body counts for, claimed and given.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// The body.
    pub body: RoundBodyId,
    /// The component.
    pub component: ComponentId,
    /// What the body counts for itself.
    pub claimed: Counted,
    /// What is given.
    pub given: Counted,
    /// Whether it waits for the answer to an appeal.
    pub awaits: bool,
}

/// What every component of every body of a round counts for, without words: for sums.
///
/// # Faults
/// The database does not answer.
pub async fn marks(conn: &mut Conn, round: RoundId) -> Result<Vec<Mark>, Fault> {
    let rows = conn
        .rows(
            "SELECT self_score.body_id, self_score.component_id, self_score.is_absent,
                 self_score.points, CAST(CASE WHEN appraisal.given_at IS NULL THEN 0 ELSE 1 END AS BIGINT) AS is_given,
                 COALESCE(appeal.points, appraisal.points) AS given,
                 CAST(CASE WHEN appeal.asked IS NOT NULL AND appeal.points IS NULL
                     THEN 1 ELSE 0 END AS BIGINT) AS awaits
             FROM self_score
             LEFT JOIN appraisal ON appraisal.self_score_id = self_score.id
             LEFT JOIN appeal ON appeal.self_score_id = self_score.id
             WHERE self_score.round_id = ?",
            &values![round],
        )
        .await?;
    rows.iter().map(read_mark).collect()
}

fn read_mark(row: &Row) -> Result<Mark, Fault> {
    let points = row.maybe_parse::<Decimal>("points")?;
    let claimed = match (row.flag("is_absent")?, points) {
        (true, _) => Counted::Absent,
        (false, Some(points)) => Counted::Points(points),
        (false, None) => Counted::Open,
    };
    let given = match (row.flag("is_given")?, row.maybe_parse::<Decimal>("given")?) {
        (false, _) => Counted::Open,
        (true, None) => Counted::Absent,
        (true, Some(points)) => Counted::Points(points),
    };
    Ok(Mark {
        body: row.parse("body_id")?,
        component: row.parse("component_id")?,
        claimed,
        given,
        awaits: row.flag("awaits")?,
    })
}

/// Points of the survey, with where they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyPoint {
    /// The body.
    pub body: RoundBodyId,
    /// The component.
    pub component: ComponentId,
    /// The points.
    pub points: Decimal,
    /// Where they come from.
    pub source: String,
}

/// The points of the survey of a round.
///
/// # Faults
/// The database does not answer.
pub async fn survey_points(conn: &mut Conn, round: RoundId) -> Result<Vec<SurveyPoint>, Fault> {
    let rows = conn
        .rows(
            "SELECT body_id, component_id, points, source FROM survey_point WHERE round_id = ?",
            &values![round],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(SurveyPoint {
                body: row.parse("body_id")?,
                component: row.parse("component_id")?,
                points: row.parse("points")?,
                source: row.text("source")?,
            })
        })
        .collect()
}

/// Enters points of the survey.
///
/// # Faults
/// The database refuses it.
pub async fn save_survey_point(
    act: &mut Act,
    round: RoundId,
    point: &SurveyPoint,
    (now, by): (i64, AccountId),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO survey_point (body_id, component_id, round_id, points, source, entered_at,
             entered_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (body_id, component_id) DO UPDATE SET points = excluded.points,
             source = excluded.source, entered_at = excluded.entered_at,
             entered_by = excluded.entered_by",
        &values![
            point.body,
            point.component,
            round,
            point.points.to_string(),
            &point.source,
            now,
            by
        ],
    )
    .await?;
    Ok(())
}

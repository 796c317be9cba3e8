//! What is said of components, in rows: claims, verdicts, appeals.

use std::collections::HashMap;

use base::id::{AccountId, ComponentId, RoundBodyId, RoundId, SelfScoreId};
use base::{Error, Fault, Refusal};
use db::{Act, Conn, Row, values};
use rust_decimal::Decimal;

use super::entry::{Appeal, Claim, Entry, Verdict};
use crate::criteria::input::Input;

/// By which reading of its rule a component was scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadingChosen {
    /// As the rule is written.
    First,
    /// As it can also be read.
    Second,
}

impl ReadingChosen {
    /// The word that tables and forms use.
    pub fn as_str(self) -> &'static str {
        match self {
            ReadingChosen::First => "first",
            ReadingChosen::Second => "second",
        }
    }

    /// The reading of a word, if there is one.
    pub fn parse(word: &str) -> Option<ReadingChosen> {
        [ReadingChosen::First, ReadingChosen::Second]
            .into_iter()
            .find(|reading| reading.as_str() == word)
    }
}

/// A self-score as its rows.
#[derive(Clone, Debug)]
pub struct Score {
    /// Its id.
    pub id: SelfScoreId,
    /// Of which body.
    pub body: RoundBodyId,
    /// Of which component.
    pub component: ComponentId,
    /// What the rule was asked with.
    pub input: Input,
    /// Whether that was typed by a person.
    pub is_by_hand: bool,
    /// By which reading, where one was chosen.
    pub reading: Option<ReadingChosen>,
    /// Why that one.
    pub reading_reason: String,
    /// What is said, with what became of it.
    pub entry: Entry,
    /// When it was last saved.
    pub saved_at: i64,
    /// Counts the savings.
    pub version: i64,
}

/// The scores of a body by component, with what became of them. Evidence is counted elsewhere.
///
/// # Faults
/// The database does not answer.
pub async fn of_body(
    conn: &mut Conn,
    body: RoundBodyId,
) -> Result<HashMap<ComponentId, Score>, Fault> {
    let rows = conn
        .rows(
            "SELECT self_score.*, appraisal.points AS given, appraisal.reason AS given_reason,
                 appraisal.given_at, appeal.asked, appeal.reason AS appeal_reason, appeal.made_by,
                 appeal.points AS settled, appeal.answer AS settled_reason
             FROM self_score
             LEFT JOIN appraisal ON appraisal.self_score_id = self_score.id
             LEFT JOIN appeal ON appeal.self_score_id = self_score.id
             WHERE self_score.body_id = ?",
            &values![body],
        )
        .await?;
    let mut scores = HashMap::with_capacity(rows.len());
    for row in &rows {
        let score = read(row)?;
        scores.insert(score.component, score);
    }
    Ok(scores)
}

/// The score of a body for one component, if it has one.
///
/// # Faults
/// The database does not answer.
pub async fn maybe(
    conn: &mut Conn,
    body: RoundBodyId,
    component: ComponentId,
) -> Result<Option<Score>, Fault> {
    let row = conn
        .maybe(
            "SELECT self_score.*, appraisal.points AS given, appraisal.reason AS given_reason,
                 appraisal.given_at, appeal.asked, appeal.reason AS appeal_reason, appeal.made_by,
                 appeal.points AS settled, appeal.answer AS settled_reason
             FROM self_score
             LEFT JOIN appraisal ON appraisal.self_score_id = self_score.id
             LEFT JOIN appeal ON appeal.self_score_id = self_score.id
             WHERE self_score.body_id = ? AND self_score.component_id = ?",
            &values![body, component],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<Score, Fault> {
    let input = serde_json::from_str(&row.text("input")?)
        .map_err(|error| Fault::from_source("the input of a self-score", error))?;
    let verdict = match row.maybe_int("given_at")? {
        None => None,
        Some(_) => Some(Verdict {
            points: row.maybe_parse("given")?,
            reason: row.text("given_reason")?,
        }),
    };
    let answer = match row.maybe_parse::<Decimal>("settled")? {
        None => None,
        Some(points) => Some((
            points,
            row.maybe_text("settled_reason")?.unwrap_or_default(),
        )),
    };
    let appeal = match row.maybe_parse::<Decimal>("asked")? {
        None => None,
        Some(asked) => Some(Appeal {
            asked,
            reason: row.text("appeal_reason")?,
            made_by: row.parse("made_by")?,
            answer,
        }),
    };
    let reading = row.maybe_text("reading")?;
    let claim = Claim {
        points: row.maybe_parse("points")?,
        is_absent: row.flag("is_absent")?,
        explanation: row.text("explanation")?,
        saved_by: row.maybe_parse("saved_by")?,
        ..Claim::default()
    };
    Ok(Score {
        id: row.parse("id")?,
        body: row.parse("body_id")?,
        component: row.parse("component_id")?,
        input,
        is_by_hand: row.flag("is_by_hand")?,
        reading: reading.and_then(|word| ReadingChosen::parse(&word)),
        reading_reason: row.text("reading_reason")?,
        entry: Entry {
            claim,
            verdict,
            appeal,
        },
        saved_at: row.int("saved_at")?,
        version: row.int("version")?,
    })
}

/// Saves a score: a new one, or one of which nobody has saved another version meanwhile. What an
/// appraiser made of an earlier one falls with it.
///
/// # Refusals
/// Somebody else saved meanwhile.
pub async fn save(act: &mut Act, round: RoundId, score: &Score) -> Result<(), Error> {
    let input = serde_json::to_string(&score.input)
        .map_err(|error| Fault::from_source("the input of a self-score", error))?;
    let claim = &score.entry.claim;
    let n = act
        .run(
            "INSERT INTO self_score (id, round_id, body_id, component_id, input, is_by_hand,
                 is_absent, reading, reading_reason, points, explanation, saved_at, saved_by,
                 version)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
             ON CONFLICT (body_id, component_id) DO UPDATE SET input = excluded.input,
                 is_by_hand = excluded.is_by_hand, is_absent = excluded.is_absent,
                 reading = excluded.reading, reading_reason = excluded.reading_reason,
                 points = excluded.points, explanation = excluded.explanation,
                 saved_at = excluded.saved_at, saved_by = excluded.saved_by,
                 version = self_score.version + 1
             WHERE self_score.version = ?",
            &values![
                score.id,
                round,
                score.body,
                score.component,
                input,
                score.is_by_hand,
                claim.is_absent,
                score.reading.map(ReadingChosen::as_str),
                &score.reading_reason,
                claim.points.map(|points| points.to_string()),
                &claim.explanation,
                score.saved_at,
                claim.saved_by,
                score.version,
            ],
        )
        .await?;
    if n != 1 {
        return Err(Refusal::Stale.into());
    }
    let id = &values![score.id];
    act.run("DELETE FROM appeal WHERE self_score_id = ?", id)
        .await?;
    act.run("DELETE FROM appraisal WHERE self_score_id = ?", id)
        .await?;
    Ok(())
}

/// Saves what an appraiser made of a score.
///
/// # Faults
/// The database refuses it.
pub async fn save_verdict(
    act: &mut Act,
    (round, id): (RoundId, SelfScoreId),
    verdict: &Verdict,
    (now, by): (i64, AccountId),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO appraisal (self_score_id, round_id, points, reason, given_at, given_by)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (self_score_id) DO UPDATE SET points = excluded.points,
             reason = excluded.reason, given_at = excluded.given_at, given_by = excluded.given_by",
        &values![
            id,
            round,
            verdict.points.map(|points| points.to_string()),
            &verdict.reason,
            now,
            by
        ],
    )
    .await?;
    Ok(())
}

/// Adds an appeal.
///
/// # Faults
/// The database refuses it: among others when there is one.
pub async fn add_appeal(
    act: &mut Act,
    (round, id): (RoundId, SelfScoreId),
    appeal: &Appeal,
    now: i64,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO appeal (self_score_id, round_id, asked, reason, made_at, made_by)
         VALUES (?, ?, ?, ?, ?, ?)",
        &values![
            id,
            round,
            appeal.asked.to_string(),
            &appeal.reason,
            now,
            appeal.made_by
        ],
    )
    .await?;
    Ok(())
}

/// Saves the answer to an appeal.
///
/// # Faults
/// The database refuses it.
pub async fn settle(
    act: &mut Act,
    id: SelfScoreId,
    (points, answer): (Decimal, &str),
    (now, by): (i64, AccountId),
) -> Result<(), Fault> {
    act.run(
        "UPDATE appeal SET points = ?, answer = ?, answered_at = ?, answered_by = ?
         WHERE self_score_id = ?",
        &values![points.to_string(), answer, now, by, id],
    )
    .await?;
    Ok(())
}

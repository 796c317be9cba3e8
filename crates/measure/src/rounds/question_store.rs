//! Questions of appraisers and their answers, in rows.

use base::id::{AccountId, ComponentId, RoundBodyId, RoundId, RowId, SelfScoreId};
use base::{Error, Fault, Refusal};
use db::{Act, Conn, values};

/// A question of an appraiser.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its id.
    pub id: RowId,
    /// What was asked.
    pub question: String,
    /// When.
    pub asked_at: i64,
    /// Who asked.
    pub asked_by: String,
    /// The answer, with when and who.
    pub answer: Option<(String, i64, String)>,
}

/// The questions about a score, the oldest first.
///
/// # Faults
/// The database does not answer.
pub async fn questions(conn: &mut Conn, id: SelfScoreId) -> Result<Vec<Question>, Fault> {
    let rows = conn
        .rows(
            "SELECT score_question.*, COALESCE(asker.name, '') AS asker,
                 COALESCE(answerer.name, '') AS answerer
             FROM score_question
             LEFT JOIN account AS asker ON asker.id = score_question.asked_by
             LEFT JOIN account AS answerer ON answerer.id = score_question.answered_by
             WHERE self_score_id = ? ORDER BY asked_at, score_question.id",
            &values![id],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let answer = match row.maybe_int("answered_at")? {
                None => None,
                Some(at) => Some((row.text("answer")?, at, row.text("answerer")?)),
            };
            Ok(Question {
                id: row.parse("id")?,
                question: row.text("question")?,
                asked_at: row.int("asked_at")?,
                asked_by: row.text("asker")?,
                answer,
            })
        })
        .collect()
}

/// Asks about a score.
///
/// # Faults
/// The database refuses it.
pub async fn ask(
    act: &mut Act,
    (id, score): (RowId, SelfScoreId),
    question: &str,
    (now, by): (i64, AccountId),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO score_question (id, self_score_id, question, asked_at, asked_by)
         VALUES (?, ?, ?, ?, ?)",
        &values![id, score, question, now, by],
    )
    .await?;
    Ok(())
}

/// Answers a question about a score.
///
/// # Refusals
/// There is no such question without an answer.
pub async fn answer(
    act: &mut Act,
    (id, score): (RowId, SelfScoreId),
    answer: &str,
    (now, by): (i64, AccountId),
) -> Result<(), Error> {
    let n = act
        .run(
            "UPDATE score_question SET answer = ?, answered_at = ?, answered_by = ?
             WHERE id = ? AND self_score_id = ? AND answered_at IS NULL",
            &values![answer, now, by, id, score],
        )
        .await?;
    match n {
        1 => Ok(()),
        _ => Err(Refusal::NotFound.into()),
    }
}

/// Components of a body about which a question is not answered yet.
///
/// # Faults
/// The database does not answer.
pub async fn asked(conn: &mut Conn, body: RoundBodyId) -> Result<Vec<ComponentId>, Fault> {
    let rows = conn
        .rows(
            "SELECT DISTINCT self_score.component_id FROM score_question
             JOIN self_score ON self_score.id = score_question.self_score_id
             WHERE self_score.body_id = ? AND score_question.answered_at IS NULL",
            &values![body],
        )
        .await?;
    rows.iter().map(|row| row.parse("component_id")).collect()
}

/// Questions of a round that are not answered yet.
///
/// # Faults
/// The database does not answer.
pub async fn count_open_questions(conn: &mut Conn, round: RoundId) -> Result<i64, Fault> {
    conn.count(
        "SELECT COUNT(*) AS n FROM score_question
         JOIN self_score ON self_score.id = score_question.self_score_id
         WHERE self_score.round_id = ? AND score_question.answered_at IS NULL",
        &values![round],
    )
    .await
}

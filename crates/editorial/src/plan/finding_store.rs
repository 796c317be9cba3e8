//! What was found in plans, in rows.

use base::Fault;
use base::id::{AccountId, PlanId};
use db::{Act, Conn, values};

use super::finding::StoredFinding;
use super::import::Severity;

/// What was found in a plan.
pub async fn list(conn: &mut Conn, plan: PlanId) -> Result<Vec<StoredFinding>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM plan_finding WHERE plan_id = ? ORDER BY position, id",
            &values![plan],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(StoredFinding {
                id: row.parse("id")?,
                code: row.text("code")?,
                severity: severity(&row.text("severity")?),
                message: row.text("message")?,
                quote: row.text("quote")?,
                span: (row.int("span_from")?, row.int("span_to")?),
                is_settled: row.maybe_int("settled_at")?.is_some(),
            })
        })
        .collect()
}

/// Adds a finding.
pub async fn add(
    act: &mut Act,
    plan: PlanId,
    finding: &StoredFinding,
    position: i64,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO plan_finding
             (id, plan_id, position, code, severity, message, quote, span_from, span_to)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            finding.id,
            plan,
            position,
            &finding.code,
            severity_word(finding.severity),
            &finding.message,
            &finding.quote,
            finding.span.0,
            finding.span.1,
        ],
    )
    .await?;
    Ok(())
}

/// Settles all findings of a code, or opens them again; returns how many there are.
pub async fn settle(
    act: &mut Act,
    plan: PlanId,
    code: &str,
    settled: Option<(i64, AccountId)>,
) -> Result<u64, Fault> {
    act.run(
        "UPDATE plan_finding SET settled_at = ?, settled_by = ? WHERE plan_id = ? AND code = ?",
        &values![
            settled.map(|(at, _)| at),
            settled.map(|(_, by)| by),
            plan,
            code
        ],
    )
    .await
}

fn severity(word: &str) -> Severity {
    match word {
        "ask" => Severity::Ask,
        "warn" => Severity::Warn,
        _ => Severity::Note,
    }
}

/// The word of a severity, as tables and stylesheets use it.
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Ask => "ask",
        Severity::Warn => "warn",
        Severity::Note => "note",
    }
}

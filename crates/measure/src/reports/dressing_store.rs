//! The SQL of templates and of the words of reports: rows are added and never changed.

use base::Fault;
use base::id::{AccountId, AgencyId, RowId};
use db::{Act, Conn, Row, values};
use jiff::civil::Date;

use super::dressing::Words;
use super::template::Template;

/// Versions that a page lists.
const VERSIONS_MAX: i64 = 50;

/// A version of the words of a report.
#[derive(Clone, Debug)]
pub struct WordsVersion {
    /// Its row.
    pub id: RowId,
    /// What it says.
    pub words: Words,
    /// When, milliseconds since 1970.
    pub made_at: i64,
    /// By whom.
    pub made_by: String,
}

/// A version of a template.
#[derive(Clone, Debug)]
pub struct TemplateVersion {
    /// The day from which it is in force.
    pub valid_from: Date,
    /// When it was made, milliseconds since 1970.
    pub made_at: i64,
    /// By whom.
    pub made_by: String,
}

/// The template that is in force on a day, of those made up to a moment.
pub async fn template(
    conn: &mut Conn,
    agency: AgencyId,
    (day, at_ms): (Date, i64),
) -> Result<Option<Template>, Fault> {
    let row = conn
        .maybe(
            "SELECT template FROM report_template
             WHERE agency_id = ? AND valid_from <= ? AND made_at <= ?
             ORDER BY valid_from DESC, made_at DESC, id DESC LIMIT 1",
            &values![agency, day.to_string(), at_ms],
        )
        .await?;
    let read = |text: String| {
        serde_json::from_str(&text)
            .map_err(|error| Fault::from_source("a stored template cannot be read", error))
    };
    row.map(|row| read(row.text("template")?)).transpose()
}

/// The versions of an agency's template, newest first.
pub async fn templates(conn: &mut Conn, agency: AgencyId) -> Result<Vec<TemplateVersion>, Fault> {
    let rows = conn
        .rows(
            "SELECT report_template.valid_from, report_template.made_at,
                 account.name AS made_by_name
             FROM report_template LEFT JOIN account ON account.id = report_template.made_by
             WHERE report_template.agency_id = ?
             ORDER BY report_template.valid_from DESC, report_template.made_at DESC LIMIT ?",
            &values![agency, VERSIONS_MAX],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(TemplateVersion {
                valid_from: row.parse("valid_from")?,
                made_at: row.int("made_at")?,
                made_by: row.maybe_text("made_by_name")?.unwrap_or_default(),
            })
        })
        .collect()
}

/// Adds a version of the template, in force from a day on.
pub async fn add_template(
    act: &mut Act,
    (id, agency): (RowId, AgencyId),
    (template, valid_from): (&Template, Date),
    (now, by): (i64, AccountId),
) -> Result<(), Fault> {
    let text = serde_json::to_string(template)
        .map_err(|error| Fault::from_source("a template cannot be written", error))?;
    act.run(
        "INSERT INTO report_template (id, agency_id, valid_from, template, made_at, made_by)
         VALUES (?, ?, ?, ?, ?, ?)",
        &values![id, agency, valid_from.to_string(), &text, now, by],
    )
    .await?;
    Ok(())
}

/// The newest words of a report, if anybody wrote any.
pub async fn newest_words(conn: &mut Conn, report: RowId) -> Result<Option<WordsVersion>, Fault> {
    Ok(words(conn, report).await?.into_iter().next())
}

/// The versions of the words of a report, newest first.
pub async fn words(conn: &mut Conn, report: RowId) -> Result<Vec<WordsVersion>, Fault> {
    let rows = conn
        .rows(
            "SELECT report_wording.id, report_wording.number, report_wording.issued_on,
                 report_wording.texts, report_wording.made_at, account.name AS made_by_name
             FROM report_wording LEFT JOIN account ON account.id = report_wording.made_by
             WHERE report_wording.report_id = ?
             ORDER BY report_wording.made_at DESC, report_wording.id DESC LIMIT ?",
            &values![report, VERSIONS_MAX],
        )
        .await?;
    rows.iter().map(read_words).collect()
}

fn read_words(row: &Row) -> Result<WordsVersion, Fault> {
    let texts = serde_json::from_str(&row.text("texts")?)
        .map_err(|error| Fault::from_source("the words of a report cannot be read", error))?;
    Ok(WordsVersion {
        id: row.parse("id")?,
        words: Words {
            number: row.text("number")?,
            issued_on: row.maybe_parse("issued_on")?,
            texts,
        },
        made_at: row.int("made_at")?,
        made_by: row.maybe_text("made_by_name")?.unwrap_or_default(),
    })
}

/// Adds a version of the words of a report.
pub async fn add_words(
    act: &mut Act,
    (id, report): (RowId, RowId),
    words: &Words,
    (now, by): (i64, AccountId),
) -> Result<(), Fault> {
    let texts = serde_json::to_string(&words.texts)
        .map_err(|error| Fault::from_source("the words of a report cannot be written", error))?;
    let issued_on = words.issued_on.map(|day| day.to_string());
    act.run(
        "INSERT INTO report_wording (id, report_id, number, issued_on, texts, made_at, made_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        &values![id, report, &words.number, issued_on, &texts, now, by],
    )
    .await?;
    Ok(())
}

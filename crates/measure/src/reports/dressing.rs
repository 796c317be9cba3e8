//! In what words a report speaks: its template and what people wrote for it, as dated versions.
//!
//! Figures never change; words may until the report is sent, and every version stays. The template
//! is the one that was in force when the report was made, so that an old report is not reworded.

use std::collections::BTreeMap;

use base::Fault;
use base::id::{AgencyId, RowId};
use db::Conn;
use editorial::Editorial;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::dressing_store;
use super::template::Template;

/// What people wrote for a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Its number in the register: `05/BC-STP`; empty until it is given.
    pub number: String,
    /// Its day of issue.
    pub issued_on: Option<Date>,
    /// Own paragraphs by the section that they belong to.
    pub texts: BTreeMap<String, String>,
}

/// In what words a report speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dress {
    /// Sections, sentences, who signs.
    pub template: Template,
    /// What people wrote.
    pub words: Words,
}

/// The dress of a report that was made at a moment.
pub(super) async fn find(
    conn: &mut Conn,
    (agency, report): (AgencyId, RowId),
    made_at: i64,
) -> Result<Dress, Fault> {
    let words = dressing_store::newest_words(conn, report).await?;
    Ok(Dress {
        template: template_at(conn, agency, made_at).await?,
        words: words.map(|version| version.words).unwrap_or_default(),
    })
}

/// The template in force on the day of a moment, as it was known then.
pub(super) async fn template_at(
    conn: &mut Conn,
    agency: AgencyId,
    at_ms: i64,
) -> Result<Template, Fault> {
    let at = jiff::Timestamp::from_millisecond(at_ms).unwrap_or_default();
    let day = base::calendar::local(at).date();
    let found = dressing_store::template(conn, agency, (day, at_ms)).await?;
    Ok(found.unwrap_or_default().completed())
}

/// The dress of a report that is being made.
///
/// # Faults
/// The database does not answer.
pub async fn of_new(editorial: &Editorial, agency: AgencyId) -> Result<Dress, Fault> {
    let mut read = editorial.db.read().await?;
    let template = template_at(&mut read, agency, editorial.clock.now_ms()).await?;
    Ok(Dress {
        template,
        words: Words::default(),
    })
}

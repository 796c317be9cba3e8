//! What was published in a year, in rows of other features, read only.

use base::Fault;
use base::id::AgencyId;
use db::{Conn, values};
use jiff::civil::Date;

/// How often something was done in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormUsed {
    /// The kind of channel, or the form of the items.
    pub kind: String,
    /// How many items.
    pub n_items: i64,
}

/// The kinds of channels on which items were published between two days, and the forms of the items
/// that were done then; each with the number of items.
pub async fn forms_used(
    conn: &mut Conn,
    agency: AgencyId,
    (first, last): (Date, Date),
) -> Result<Vec<FormUsed>, Fault> {
    let (first, last) = (first.to_string(), last.to_string());
    let rows = conn
        .rows(
            "SELECT kind, MAX(n) AS n_items FROM (
                 SELECT channel.kind AS kind, COUNT(DISTINCT publication.item_id) AS n
                 FROM publication JOIN channel ON channel.id = publication.channel_id
                 JOIN item ON item.id = publication.item_id
                 WHERE item.agency_id = ? AND publication.published_on >= ?
                     AND publication.published_on <= ?
                 GROUP BY channel.kind
                 UNION ALL
                 SELECT item.form AS kind, COUNT(*) AS n FROM item
                 WHERE item.agency_id = ? AND item.done_on >= ? AND item.done_on <= ?
                 GROUP BY item.form) used
             GROUP BY kind ORDER BY kind",
            &values![agency, &first, &last, agency, &first, &last],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(FormUsed {
                kind: row.text("kind")?,
                n_items: row.int("n_items")?,
            })
        })
        .collect()
}

//! The entries of an agency for people to read: the newest first, filtered.

use base::Fault;
use base::id::AgencyId;
use db::{Conn, values};

use super::audit_store::{number, read_entry};
use super::entry::EntryRow;

/// Which entries. Empty words and the widest times leave nothing out.
#[derive(Clone, Debug)]
pub struct EntryFilter {
    /// Whose.
    pub agency: AgencyId,
    /// The account that acted.
    pub person: String,
    /// The kind of what it was done to.
    pub kind: String,
    /// The id of what it was done to.
    pub subject: String,
    /// Not before this moment.
    pub from_ms: i64,
    /// Before this moment.
    pub to_ms: i64,
}

/// An entry and the number of its leaf, if it is sealed.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The entry.
    pub entry: EntryRow,
    /// Its leaf.
    pub leaf: Option<u64>,
}

/// One page of the entries, the newest first.
///
/// # Faults
/// The database does not answer.
pub async fn list(
    conn: &mut Conn,
    filter: &EntryFilter,
    (limit, offset): (i64, i64),
) -> Result<Vec<Listed>, Fault> {
    let sql = "SELECT e.*, l.seq FROM audit_entry e LEFT JOIN audit_leaf l ON l.entry_id = e.id \
               WHERE e.agency_id = ? AND e.at >= ? AND e.at < ? AND (? = '' OR e.actor_id = ?) \
               AND (? = '' OR e.subject_kind = ?) AND (? = '' OR e.subject_id = ?) \
               ORDER BY e.at DESC, e.id DESC LIMIT ? OFFSET ?";
    let f = filter;
    let values = values![
        f.agency, f.from_ms, f.to_ms, &f.person, &f.person, &f.kind, &f.kind, &f.subject,
        &f.subject, limit, offset
    ];
    let rows = conn.rows(sql, &values).await?;
    rows.iter()
        .map(|row| {
            Ok(Listed {
                entry: read_entry(row)?,
                leaf: match row.maybe_int("seq")? {
                    Some(_) => Some(number(row, "seq")?),
                    None => None,
                },
            })
        })
        .collect()
}

/// How many entries there are.
///
/// # Faults
/// The database does not answer.
pub async fn count(conn: &mut Conn, filter: &EntryFilter) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM audit_entry e \
               WHERE e.agency_id = ? AND e.at >= ? AND e.at < ? AND (? = '' OR e.actor_id = ?) \
               AND (? = '' OR e.subject_kind = ?) AND (? = '' OR e.subject_id = ?)";
    let f = filter;
    let values = values![
        f.agency, f.from_ms, f.to_ms, &f.person, &f.person, &f.kind, &f.kind, &f.subject,
        &f.subject
    ];
    conn.count(sql, &values).await
}

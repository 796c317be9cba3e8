//! Names with the days from which they hold: one piece for agencies and for units.

use base::Fault;
use db::{Act, Conn, Row, Value};
use jiff::civil::Date;

use super::agency::DatedName;

/// The statements of one table of dated names.
pub struct Dated {
    list: &'static str,
    clear: &'static str,
    close: &'static str,
}

macro_rules! dated {
    ($table:literal, $owner:literal) => {
        Dated {
            list: concat!(
                "SELECT name, valid_from FROM ",
                $table,
                " WHERE ",
                $owner,
                " = ?
                 ORDER BY valid_from DESC"
            ),
            clear: concat!(
                "DELETE FROM ",
                $table,
                " WHERE ",
                $owner,
                " = ? AND valid_from = ?"
            ),
            close: concat!(
                "UPDATE ",
                $table,
                " SET valid_to = (
                     SELECT MIN(next.valid_from) FROM ",
                $table,
                " next
                     WHERE next.",
                $owner,
                " = ",
                $table,
                ".",
                $owner,
                "
                         AND next.valid_from > ",
                $table,
                ".valid_from)
                 WHERE ",
                $owner,
                " = ?"
            ),
        }
    };
}

/// The names of agencies.
pub const AGENCY: Dated = dated!("agency_version", "agency_id");

/// The names of units.
pub const UNIT: Dated = dated!("unit_version", "unit_id");

/// All names that something bore, newest first.
pub async fn names(
    conn: &mut Conn,
    dated: &Dated,
    owner: impl Into<Value>,
) -> Result<Vec<DatedName>, Fault> {
    let rows = conn.rows(dated.list, &[owner.into()]).await?;
    rows.iter().map(read).collect()
}

/// Takes the names of one day away, before others are given from that day on.
pub async fn clear(
    act: &mut Act,
    dated: &Dated,
    owner: impl Into<Value>,
    day: Date,
) -> Result<(), Fault> {
    act.run(dated.clear, &[owner.into(), day.to_string().into()])
        .await?;
    Ok(())
}

/// Lets every name end where the next one begins; the last one has no end.
pub async fn close(act: &mut Act, dated: &Dated, owner: impl Into<Value>) -> Result<(), Fault> {
    act.run(dated.close, &[owner.into()]).await?;
    Ok(())
}

fn read(row: &Row) -> Result<DatedName, Fault> {
    Ok(DatedName {
        from: row.parse("valid_from")?,
        name: row.text("name")?,
    })
}

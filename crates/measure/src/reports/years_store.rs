//! What units did over the years, in rows of other features, read only.

use base::Fault;
use base::id::{AgencyId, UnitId};
use db::{Conn, values};
use jiff::civil::Date;

/// How many items of a unit were done in a reporting year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitYear {
    /// The unit; none for items of no unit.
    pub unit: Option<UnitId>,
    /// The reporting year.
    pub year: i16,
    /// How many.
    pub n_items: i64,
}

/// The items done between two days, both included, by unit and reporting year. The reporting year
/// begins on 15 December (581/BNV-CCHC).
pub async fn items_by_unit(
    conn: &mut Conn,
    agency: AgencyId,
    first: Date,
    last: Date,
) -> Result<Vec<UnitYear>, Fault> {
    let rows = conn
        .rows(
            "SELECT unit_id, reporting_year, COUNT(*) AS n FROM (
                 SELECT unit_id, CAST(substr(done_on, 1, 4) AS BIGINT)
                     + CASE WHEN substr(done_on, 6, 5) >= '12-15' THEN 1 ELSE 0 END AS reporting_year
                 FROM item WHERE agency_id = ? AND done_on >= ? AND done_on <= ?) done
             GROUP BY unit_id, reporting_year ORDER BY reporting_year, unit_id",
            &values![agency, first.to_string(), last.to_string()],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let year = row.int("reporting_year")?;
            Ok(UnitYear {
                unit: row.maybe_parse("unit_id")?,
                year: i16::try_from(year)
                    .map_err(|_| Fault::new(format!("an item was done in the year {year}")))?,
                n_items: row.int("n")?,
            })
        })
        .collect()
}

//! The ranking as a spreadsheet or CSV, row by row.

use std::io::Write;

use base::Fault;
use documents::sheet::{Book, Column, Look, Sheet, Value};
use documents::{csv, xlsx};
use jiff::Timestamp;
use rust_decimal::prelude::ToPrimitive;
use web::Say;

use super::result_store::Placed;
use crate::criteria::exact;

/// What stands above the rows.
pub struct Heading {
    /// What the round is called.
    pub title: String,
    /// By which decision, or that there is none yet.
    pub status: String,
    /// Whose it is.
    pub author: String,
    /// When it was written.
    pub made_at: Timestamp,
}

fn book(say: &Say, heading: &Heading) -> Book {
    let columns = vec![
        Column::new(say.t("rounds-rank"), 8),
        Column::new(say.t("rounds-body"), 50),
        Column::new(say.t("rounds-score"), 12),
        Column::new(say.t("rounds-percent"), 12),
        Column::new(say.t("rounds-class"), 18),
        Column::new(say.t("rounds-points"), 12),
        Column::new(say.t("rounds-counted"), 14),
        Column::new(say.t("rounds-whole"), 14),
    ];
    Book {
        title: heading.title.clone(),
        author: heading.author.clone(),
        made_at: heading.made_at,
        sheets: vec![Sheet {
            name: say.t("rounds-ranking"),
            lines: vec![heading.title.clone(), heading.status.clone()],
            columns,
            has_filter: true,
        }],
    }
}

/// A cell of points: a number for the spreadsheet. Points have at most four places, so a float holds
/// them; nothing is counted with it.
fn number(value: rust_decimal::Decimal) -> Value {
    let shown = exact::rounded(value);
    shown.to_f64().map_or(Value::Empty, Value::Decimal)
}

fn row(placed: &Placed) -> [Value; 8] {
    let total = &placed.total;
    let rank = placed.rank.and_then(|rank| i64::try_from(rank).ok());
    let scored = |value| match placed.rank {
        Some(_) => number(value),
        None => Value::Empty,
    };
    [
        Value::whole(rank),
        Value::text(&placed.name),
        scored(total.score()),
        scored(total.percent()),
        Value::text(&placed.class),
        scored(total.points),
        scored(total.of),
        scored(total.whole),
    ]
}

/// Writes the ranking as XLSX.
///
/// # Faults
/// The output does not take it.
pub fn write_xlsx<W: Write>(
    out: W,
    say: &Say,
    (heading, places): (&Heading, &[Placed]),
) -> Result<W, Fault> {
    let mut writer = xlsx::Writer::begin(out, &book(say, heading))?;
    for placed in places {
        writer.row(Look::Plain, &row(placed))?;
    }
    writer.finish()
}

/// Writes the ranking as CSV.
///
/// # Faults
/// The output does not take it.
pub fn write_csv<W: Write>(
    out: W,
    say: &Say,
    (heading, places): (&Heading, &[Placed]),
) -> Result<W, Fault> {
    let book = book(say, heading);
    let sheet = book
        .sheets
        .first()
        .ok_or_else(|| Fault::new("a ranking has a sheet"))?;
    let mut writer = csv::Writer::begin(out, sheet)?;
    for placed in places {
        writer.row(&row(placed))?;
    }
    writer.finish()
}

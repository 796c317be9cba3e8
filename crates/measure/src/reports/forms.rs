//! The forms of superiors: which figure goes into which cell, and the form filled. Pure.

use documents::form::{Entry, FillProblem, fill};
use documents::sheet::{Value, parse_cell};
use serde::{Deserialize, Serialize};
use web::Say;

use super::figure_list;
use super::figures::Figures;
use super::report_words as words;

/// Cells of a form that are mapped at most.
pub const CELLS_MAX: usize = 200;

/// The texts about a report that a form may ask for beside its figures.
pub const TEXTS: [&str; 4] = ["text-agency", "text-period", "text-from", "text-to"];

/// One cell of a form and what goes into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapped {
    /// The sheet, by the name on its tab.
    pub sheet: String,
    /// The cell: `B5`.
    pub cell: String,
    /// Code of the figure, or one of [`TEXTS`].
    pub figure: String,
}

impl Mapped {
    /// Whether the cell has a name that a spreadsheet knows.
    pub fn is_cell(&self) -> bool {
        parse_cell(&self.cell).is_some()
    }
}

/// What a report has for a code; empty for a figure that it does not have.
pub fn value(say: &Say, figures: &Figures, code: &str) -> Value {
    match code {
        "text-agency" => Value::text(&figures.agency.name),
        "text-period" => Value::text(words::period(say, &figures.window)),
        "text-from" => Value::Day(figures.window.first),
        "text-to" => Value::Day(figures.as_of),
        code => {
            let found = figure_list::all(say, figures)
                .into_iter()
                .find(|own| own.code == code);
            found.map_or(Value::Empty, |own| own.value())
        }
    }
}

/// The form with the figures of a report in its cells.
///
/// # Errors
/// A [`FillProblem`] that names the sheet or the cell.
pub fn filled(
    say: &Say,
    figures: &Figures,
    (form, mapping): (&[u8], &[Mapped]),
) -> Result<Vec<u8>, FillProblem> {
    let entries: Vec<Entry> = mapping
        .iter()
        .map(|mapped| Entry {
            sheet: mapped.sheet.clone(),
            cell: mapped.cell.clone(),
            value: value(say, figures, &mapped.figure),
        })
        .collect();
    fill(form, &entries)
}

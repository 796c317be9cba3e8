//! The points of the survey as a form or a spreadsheet brings them: pure.
//!
//! A spreadsheet has a row of headings: a column whose heading is the number of a component for each
//! of the survey's components, and the names of the bodies in the first column. What is empty is not
//! brought. A name or a heading that is not known, or points beyond a component, refuse the whole.

use base::id::{ComponentId, RoundBodyId};
use base::text::fold;
use base::{Problem, Refusal};
use documents::sheet::{Grid, Value};
use rust_decimal::Decimal;

use super::entry::Bounds;
use crate::criteria::exact;

/// A component of the survey, as a sheet names it.
#[derive(Clone, Debug)]
pub struct Column {
    /// The component.
    pub id: ComponentId,
    /// Its number.
    pub no: String,
    /// What it gives.
    pub bounds: Bounds,
}

/// Points that were brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brought {
    /// Of which body.
    pub body: RoundBodyId,
    /// For which component.
    pub component: ComponentId,
    /// The points.
    pub points: Decimal,
}

/// Points that a component may get.
///
/// # Refusals
/// The words are no points, or beyond the component.
pub fn points(text: &str, column: &Column) -> Result<Decimal, Problem> {
    let found = exact::parse_points(text).filter(|points| column.bounds.hold(*points));
    found.ok_or_else(|| {
        Problem::at("file", "rounds-survey-value")
            .with("no", &column.no)
            .with("value", text.trim())
            .with("most", exact::worded(column.bounds.most, web::Lang::Vi))
    })
}

/// Rows of cells as text, from the left.
pub type Table = Vec<Vec<String>>;

/// The sheets of a spreadsheet as tables.
pub fn tables(grids: &[Grid]) -> Vec<Table> {
    let text = |value: &Value| match value {
        // A thousands mark in points would be read as a fraction.
        Value::Whole(number) => number.to_string(),
        other => other.shown(),
    };
    let row = |row: &documents::sheet::GridRow| {
        let n_columns = row
            .cells
            .iter()
            .map(|cell| cell.column + 1)
            .max()
            .unwrap_or(0);
        let cell = |at| {
            row.cell(at)
                .map(|cell| text(&cell.value))
                .unwrap_or_default()
        };
        (0..n_columns).map(cell).collect()
    };
    grids
        .iter()
        .map(|grid| grid.rows.iter().map(row).collect())
        .collect()
}

/// A CSV file as a table: commas, or semicolons when its first line has more of them (RFC 4180).
pub fn csv(text: &str) -> Table {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let comma = match first.matches(';').count() > first.matches(',').count() {
        true => ';',
        false => ',',
    };
    let (mut table, mut row, mut cell) = (Table::new(), Vec::new(), String::new());
    let mut is_quoted = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if is_quoted && rest.peek() == Some(&'"') => {
                cell.push('"');
                rest.next();
            }
            '"' => is_quoted = !is_quoted,
            c if c == comma && !is_quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                table.push(std::mem::take(&mut row));
            }
            '\r' if !is_quoted => {}
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        table.push(row);
    }
    table
}

/// Reads the first table whose headings are known.
///
/// # Refusals
/// No headings that are known; every name and number that is wrong.
pub fn read(
    all: &[Table],
    bodies: &[(RoundBodyId, String)],
    columns: &[Column],
) -> Result<Vec<Brought>, Refusal> {
    let Some((head, rows)) = all.iter().find_map(|table| with_head(table, columns)) else {
        let numbers: Vec<&str> = columns.iter().map(|column| column.no.as_str()).collect();
        let problem = Problem::at("file", "rounds-survey-head").with("numbers", numbers.join(", "));
        return Err(Refusal::Invalid(vec![problem]));
    };
    let mut problems = Vec::new();
    let mut brought = Vec::new();
    for row in rows {
        let name = row.first().map(String::as_str).unwrap_or_default().trim();
        if name.is_empty() {
            continue;
        }
        let Some((body, _)) = bodies.iter().find(|(_, known)| fold(known) == fold(name)) else {
            problems.push(Problem::at("file", "rounds-survey-name").with("name", name));
            continue;
        };
        for (at, column) in &head {
            let text = row.get(*at).map(String::as_str).unwrap_or_default();
            match points(text, column) {
                _ if text.trim().is_empty() => {}
                Err(problem) => problems.push(problem),
                Ok(points) => brought.push(Brought {
                    body: *body,
                    component: column.id,
                    points,
                }),
            }
        }
    }
    if brought.is_empty() && problems.is_empty() {
        problems.push(Problem::at("file", "rounds-survey-empty"));
    }
    match problems.is_empty() {
        true => Ok(brought),
        false => Err(Refusal::Invalid(problems)),
    }
}

type Head<'c> = Vec<(usize, &'c Column)>;

/// The first row that names a component, with the rows below it.
fn with_head<'c, 't>(
    table: &'t Table,
    columns: &'c [Column],
) -> Option<(Head<'c>, &'t [Vec<String>])> {
    let at = table
        .iter()
        .position(|row| !head_of(row, columns).is_empty())?;
    let head = head_of(table.get(at)?, columns);
    Some((head, table.get(at + 1..)?))
}

fn head_of<'c>(row: &[String], columns: &'c [Column]) -> Head<'c> {
    let cells = row.iter().enumerate().skip(1);
    cells
        .filter_map(|(at, cell)| {
            let word = cell.split_whitespace().next()?.trim_end_matches('.');
            let found = columns.iter().find(|column| column.no == word)?;
            Some((at, found))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;

    fn columns() -> Vec<Column> {
        let column = |n: u128, no: &str, most: i64| Column {
            id: ComponentId::from(Uuid::from_u128(n)),
            no: no.to_owned(),
            bounds: Bounds {
                least: Decimal::ZERO,
                most: Decimal::from(most),
            },
        };
        vec![column(1, "8.1", 10), column(2, "8.2", 5)]
    }

    fn bodies() -> Vec<(RoundBodyId, String)> {
        let body = |n: u128, name: &str| (RoundBodyId::from(Uuid::from_u128(n)), name.to_owned());
        vec![body(7, "Sở Tư pháp"), body(8, "Xã An Hòa")]
    }

    #[test]
    fn points_are_brought_by_name_and_number_and_empty_cells_bring_nothing() {
        let text = "\u{feff}Kết quả khảo sát;;\r\nTên;8.1 Hài lòng;8.2\r\nSở Tư pháp;8,25;\r\n\r\n\"Xã An Hòa\";10;4,5\r\n";
        let found = read(&[csv(text)], &bodies(), &columns()).unwrap();
        let points: Vec<String> = found.iter().map(|one| one.points.to_string()).collect();
        assert_eq!(points, ["8.25", "10", "4.5"]);
    }

    #[test]
    fn every_name_and_number_that_is_wrong_is_told() {
        let text = "Tên,8.1,8.2\nSở Lạ,1,1\nSở Tư pháp,11,\"1,234\"\n";
        let Err(Refusal::Invalid(problems)) = read(&[csv(text)], &bodies(), &columns()) else {
            panic!("accepted")
        };
        let keys: Vec<_> = problems.iter().map(|problem| problem.key).collect();
        assert_eq!(
            keys,
            [
                "rounds-survey-name",
                "rounds-survey-value",
                "rounds-survey-value"
            ]
        );
        let no_head = read(&[csv("a,b\nc,d\n")], &bodies(), &columns()).unwrap_err();
        assert_eq!(no_head.code(), "rounds-survey-head");
        let empty = read(&[csv("Tên,8.1\nSở Tư pháp,\n")], &bodies(), &columns());
        assert_eq!(empty.unwrap_err().code(), "rounds-survey-empty");
    }
}

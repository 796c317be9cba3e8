//! Results as a file: read from a spreadsheet or comma-separated values, written as CSV. Pure.

use base::Problem;
use base::calendar::parse_date;
use base::text::{clean_line, fold};
use documents::sheet::{Grid, GridCell, GridRow, Value, cell_name};
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::index::{Body, IndexResult};

/// Rows that one file may bring.
pub const ROWS_MAX: usize = 5_000;

/// Columns: the heading, folded words by which it is known.
pub const COLUMNS: [(&str, &[&str]); 10] = [
    ("year", &["nam", "year"]),
    ("body", &["co quan", "dia phuong", "body", "tinh", "don vi"]),
    ("component", &["thanh phan", "component"]),
    ("value", &["gia tri", "value", "ket qua", "diem"]),
    ("place", &["xep hang", "hang", "place", "rank"]),
    ("n_bodies", &["tong so", "n_bodies"]),
    ("source", &["nguon", "source"]),
    ("source_url", &["duong dan", "source_url", "lien ket"]),
    ("published_on", &["ngay cong bo", "published_on"]),
    ("note", &["ghi chu", "note"]),
];

/// A result as a file or a form gives it: the body by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedResult {
    /// The year.
    pub year: i16,
    /// The body, by its name.
    pub body: String,
    /// The component.
    pub component: String,
    /// The value.
    pub value: Decimal,
    /// Its place.
    pub place: Option<i64>,
    /// Among how many.
    pub n_bodies: Option<i64>,
    /// The document.
    pub source: String,
    /// Where it can be read.
    pub source_url: String,
    /// When it was published.
    pub published_on: Option<Date>,
    /// What should be known.
    pub note: String,
}

/// What a file gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadResults {
    /// The rows that could be read.
    pub rows: Vec<TypedResult>,
    /// What could not be read, with its cell.
    pub problems: Vec<(String, Problem)>,
}

/// Reads a value: a number from 0 to what the index can be, at most four places.
///
/// # Refusals
/// `indices-value-wrong`.
pub fn value_of(text: &str, out_of: Decimal) -> Result<Decimal, Problem> {
    let bare = text.trim().trim_end_matches('%').trim_end();
    let found = crate::indices::decimal::parse(bare);
    let found = found.filter(|value| *value <= out_of && value.scale() <= 4);
    found.ok_or_else(|| {
        Problem::at("value", "indices-value-wrong")
            .with("value", text)
            .with("most", out_of.normalize())
    })
}

/// Reads the rows of the first sheet that has the headings of year, body and value.
pub fn read(grids: &[Grid], out_of: Decimal) -> ReadResults {
    let mut read = ReadResults::default();
    let table = grids.iter().find_map(|grid| {
        let rows = grid.rows.iter().take(20).enumerate();
        rows.filter_map(|(at, row)| Some((grid, at, headings(row)?)))
            .next()
    });
    let Some((grid, at, columns)) = table else {
        let cell = grids.first().map(|grid| grid.name.clone());
        let problem = Problem::of("indices-no-table");
        read.problems.push((cell.unwrap_or_default(), problem));
        return read;
    };
    for row in grid.rows[at + 1..].iter().take(ROWS_MAX) {
        let mut reader = RowReader {
            grid,
            row,
            columns: &columns,
            problems: &mut read.problems,
        };
        let before = reader.problems.len();
        let found = reader.result(out_of);
        if read.problems.len() == before {
            read.rows.extend(found);
        }
    }
    let mut seen: Vec<(i16, String, String)> = Vec::new();
    for row in &read.rows {
        let key = (row.year, fold(&row.body), fold(&row.component));
        if seen.contains(&key) {
            let problem = Problem::of("indices-twice")
                .with("body", &row.body)
                .with("year", row.year);
            read.problems.push((grid.name.clone(), problem));
        }
        seen.push(key);
    }
    read
}

fn headings(row: &GridRow) -> Option<Vec<(&'static str, usize)>> {
    let mut found: Vec<(&'static str, usize)> = Vec::new();
    for cell in &row.cells {
        let title = fold(&clean_line(&cell.value.shown()));
        let known = COLUMNS.iter().find(|(name, words)| {
            found.iter().all(|(taken, _)| taken != name)
                && words.iter().any(|word| title.starts_with(word))
        });
        if let Some((name, _)) = known {
            found.push((name, cell.column));
        }
    }
    let has = |name: &str| found.iter().any(|(known, _)| *known == name);
    (has("year") && has("body") && has("value")).then_some(found)
}

struct RowReader<'a> {
    grid: &'a Grid,
    row: &'a GridRow,
    columns: &'a [(&'static str, usize)],
    problems: &'a mut Vec<(String, Problem)>,
}

impl RowReader<'_> {
    fn column(&self, name: &str) -> Option<usize> {
        let known = self.columns.iter().find(|(known, _)| *known == name);
        known.map(|(_, column)| *column)
    }

    fn text(&self, name: &str) -> String {
        let at = self.column(name).and_then(|column| self.row.cell(column));
        // A typed number is taken with all its places; years have no dot between thousands.
        at.map(|cell| match &cell.value {
            Value::Whole(n) => n.to_string(),
            Value::Decimal(n) => n.to_string(),
            other => clean_line(&other.shown()),
        })
        .unwrap_or_default()
    }

    fn wrong(&mut self, name: &str, problem: Problem) {
        let column = self.column(name).unwrap_or_default();
        let cell = cell_name(&self.grid.name, self.row.number, column);
        self.problems.push((cell, problem));
    }

    fn result(&mut self, out_of: Decimal) -> Option<TypedResult> {
        let body = self.text("body");
        let year_text = self.text("year");
        if body.is_empty() && year_text.is_empty() {
            return None;
        }
        let year = year_text.parse::<i16>().unwrap_or_default();
        if !(2000..=2100).contains(&year) {
            let problem = Problem::of("indices-year-wrong").with("value", year_text);
            self.wrong("year", problem);
        }
        let value = value_of(&self.text("value"), out_of).unwrap_or_else(|problem| {
            self.wrong("value", problem);
            Decimal::ZERO
        });
        for (name, text) in [("body", &body), ("source", &self.text("source"))] {
            if text.is_empty() || text.chars().count() > 300 {
                self.wrong(name, Problem::of("indices-words-needed"));
            }
        }
        Some(TypedResult {
            year,
            body,
            component: self.text("component"),
            value,
            place: self.whole("place"),
            n_bodies: self.whole("n_bodies"),
            source: self.text("source"),
            source_url: self.url(),
            published_on: self.day(),
            note: self.text("note"),
        })
    }

    fn whole(&mut self, name: &str) -> Option<i64> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let found = text
            .parse::<i64>()
            .ok()
            .filter(|n| (1..=10_000).contains(n));
        if found.is_none() {
            self.wrong(name, Problem::of("indices-place-wrong").with("value", text));
        }
        found
    }

    fn url(&mut self) -> String {
        let url = self.text("source_url");
        if !is_url(&url) {
            let problem = Problem::of("indices-url-wrong").with("value", &url);
            self.wrong("source_url", problem);
        }
        url
    }

    fn day(&mut self) -> Option<Date> {
        let text = self.text("published_on");
        if text.is_empty() {
            return None;
        }
        let found = parse_date(&text);
        if found.is_none() {
            let problem = Problem::of("field-date").with("value", &text);
            self.wrong("published_on", problem);
        }
        found
    }
}

/// Whether a text is empty or the address of a page.
pub fn is_url(text: &str) -> bool {
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    text.is_empty() || (is_address && text.len() <= 500 && !text.contains(char::is_whitespace))
}

/// Comma-separated values (RFC 4180) as a sheet; semicolons too, as Excel writes them where the
/// comma is the decimal mark. `None` when it is not UTF-8.
pub fn of_csv(bytes: &[u8], name: &str) -> Option<Grid> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = text.lines().next().unwrap_or_default();
    let mark = match head.matches(';').count() > head.matches(',').count() {
        true => ';',
        false => ',',
    };
    let mut grid = Grid {
        name: name.to_owned(),
        rows: Vec::new(),
    };
    let (mut fields, mut field, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut chars = text.chars().chain(['\n']).peekable();
    let mut number = 1;
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                field.push('"');
                chars.next();
            }
            '"' if is_quoted || field.is_empty() => is_quoted = !is_quoted,
            c if c == mark && !is_quoted => fields.push(std::mem::take(&mut field)),
            '\n' if !is_quoted => {
                fields.push(std::mem::take(&mut field).trim_end_matches('\r').to_owned());
                grid.rows
                    .extend(csv_row(number, std::mem::take(&mut fields)));
                number += 1;
                if grid.rows.len() > ROWS_MAX {
                    break;
                }
            }
            c => field.push(c),
        }
    }
    Some(grid)
}

fn csv_row(number: u32, fields: Vec<String>) -> Option<GridRow> {
    let cells: Vec<GridCell> = fields
        .into_iter()
        .enumerate()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(column, text)| GridCell {
            column,
            width: 1,
            value: Value::text(text),
            ..GridCell::default()
        })
        .collect();
    (!cells.is_empty()).then_some(GridRow { number, cells })
}

/// A result as the cells of a row, in the order of [`COLUMNS`].
pub fn cells(result: &IndexResult, body: &Body) -> Vec<Value> {
    vec![
        Value::text(result.year.to_string()),
        Value::text(body.name.as_str()),
        Value::text(result.component.as_str()),
        result.value.to_f64().map_or(Value::Empty, Value::Decimal),
        Value::whole(result.place),
        Value::whole(result.n_bodies),
        Value::text(result.source.as_str()),
        Value::text(result.source_url.as_str()),
        Value::day(result.published_on),
        Value::text(result.note.as_str()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    const HUNDRED: Decimal = Decimal::ONE_HUNDRED;

    #[test]
    fn results_are_read_from_comma_separated_values() {
        let text = "\u{feff}Năm,Địa phương,Giá trị,Xếp hạng,Nguồn\r\n\
                    2023,\"Tỉnh \"\"A\"\", cũ\",\"82,66\",3,Báo cáo 2023\r\n\
                    2022,B,80.08,,Báo cáo 2022\r\n";
        let grid = of_csv(text.as_bytes(), "csv").unwrap();
        let read = read(&[grid], HUNDRED);
        assert_eq!(read.problems, []);
        assert_eq!(read.rows.len(), 2);
        assert_eq!(read.rows[0].body, "Tỉnh \"A\", cũ");
        assert_eq!(read.rows[0].value, Decimal::new(8266, 2));
        assert_eq!(read.rows[0].place, Some(3));
        assert_eq!(read.rows[1].value, Decimal::new(8008, 2));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_cell() {
        let text = "Năm;Cơ quan;Giá trị;Nguồn\n1999;A;101;\n2023;B;90;x\n2023;b;91;x\n";
        let grid = of_csv(text.as_bytes(), "csv").unwrap();
        let read = read(&[grid], HUNDRED);
        let told: Vec<(&str, &str)> = read
            .problems
            .iter()
            .map(|(cell, problem)| (cell.as_str(), problem.key))
            .collect();
        assert_eq!(
            told,
            [
                ("csv!A2", "indices-year-wrong"),
                ("csv!C2", "indices-value-wrong"),
                ("csv!D2", "indices-words-needed"),
                ("csv", "indices-twice"),
            ]
        );
    }

    #[test]
    fn a_source_is_an_address_or_nothing() {
        for good in ["", "https://example.gov.vn/a"] {
            assert!(is_url(good));
        }
        for bad in ["javascript:alert(1)", "example.gov.vn", "https://a b"] {
            assert!(!is_url(bad), "{bad}");
        }
    }
}

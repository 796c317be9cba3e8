//! CSV: a list for programs and for those who have no spreadsheet.
//!
//! UTF-8 with the byte order mark by which Excel knows it, commas, CRLF, quotes doubled. Days are
//! `YYYY-MM-DD` and numbers as programs write them. A text that a spreadsheet would take for a
//! formula gets an apostrophe before it, so that opening the file runs nothing.
//!
//! Source: RFC 4180.

use std::io::Write;

use base::Fault;

use crate::sheet::{Sheet, Value};
use crate::wording::clean;

/// What a text begins with when a spreadsheet takes it for a formula.
const FORMULA_SIGNS: [char; 8] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋'];

/// Writes one sheet, row by row. The lines above the headings are left out: programs want a header.
pub struct Writer<W: Write> {
    out: W,
    n_columns: usize,
}

impl<W: Write> Writer<W> {
    /// Writes the mark and the headings.
    ///
    /// # Faults
    /// The output does not take them.
    pub fn begin(mut out: W, sheet: &Sheet) -> Result<Self, Fault> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut writer = Self {
            out,
            n_columns: sheet.columns.len(),
        };
        let heads: Vec<Value> = sheet
            .columns
            .iter()
            .map(|column| Value::text(column.title.clone()))
            .collect();
        writer.row(&heads)?;
        Ok(writer)
    }

    /// Writes a row; missing values at its end are empty, those beyond the columns are a mistake.
    ///
    /// # Faults
    /// More values than columns; the output does not take them.
    pub fn row(&mut self, values: &[Value]) -> Result<(), Fault> {
        if values.len() > self.n_columns {
            return Err(Fault::new(format!(
                "a row has {} values for {} columns",
                values.len(),
                self.n_columns
            )));
        }
        let missing = std::iter::repeat_n(&Value::Empty, self.n_columns - values.len());
        let row: Vec<Value> = values.iter().chain(missing).cloned().collect();
        Ok(self.out.write_all(line(&row).as_bytes())?)
    }

    /// Ends the file and gives the output back.
    ///
    /// # Faults
    /// The output cannot be flushed.
    pub fn finish(mut self) -> Result<W, Fault> {
        self.out.flush()?;
        Ok(self.out)
    }
}

/// One row with its end, for who sends rows one after the other.
pub fn line(values: &[Value]) -> String {
    let fields: Vec<String> = values.iter().map(field).collect();
    fields.join(",") + "\r\n"
}

fn field(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) | Value::Broken(text) => quoted(&harmless(text)),
        Value::Whole(number) => number.to_string(),
        Value::Decimal(number) | Value::Share(number) if number.is_finite() => number.to_string(),
        Value::Decimal(_) | Value::Share(_) => String::new(),
        Value::Flag(flag) => flag.to_string(),
        Value::Day(day) => day.to_string(),
        Value::Moment(at) => at.strftime("%Y-%m-%d %H:%M").to_string(),
    }
}

/// Text that no spreadsheet takes for a formula, also not after the blanks that some skip.
fn harmless(text: &str) -> String {
    let starts = |text: &str| text.starts_with(FORMULA_SIGNS);
    if starts(text) || starts(text.trim_start()) {
        format!("'{}", clean(text))
    } else {
        clean(text)
    }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', ';']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::Column;
    use jiff::civil::date;

    fn written(rows: &[Vec<Value>]) -> String {
        let sheet = Sheet {
            columns: vec![Column::new("Nội dung", 20), Column::new("Hạn, ngày", 10)],
            ..Sheet::default()
        };
        let mut writer = Writer::begin(Vec::new(), &sheet).unwrap();
        for row in rows {
            writer.row(row).unwrap();
        }
        String::from_utf8(writer.finish().unwrap()).unwrap()
    }

    #[test]
    fn excel_knows_the_letters_and_programs_the_values() {
        let text = written(&[
            vec![
                Value::text("Họp \"quán triệt\"\nkế hoạch"),
                Value::Day(date(2023, 6, 15)),
            ],
            vec![Value::Whole(-1234), Value::Decimal(2.5)],
            vec![Value::Flag(true)],
        ]);
        let expected = "\u{feff}Nội dung,\"Hạn, ngày\"\r\n\"Họp \"\"quán triệt\"\"\nkế hoạch\",2023-06-15\r\n\
                        -1234,2.5\r\ntrue,\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn what_people_typed_is_never_a_formula() {
        for typed in ["=1+1", "+84", "-2+3", "@SUM(A1)", "\t=1", "  =1", "\r=1"] {
            let text = written(&[vec![Value::text(typed)]]);
            let line = text.lines().nth(1).unwrap();
            let bare = line.trim_start_matches('"');
            assert!(bare.starts_with('\''), "{typed:?}: {line}");
        }
        assert!(written(&[vec![Value::text("Tin, bài")]]).contains("\r\n\"Tin, bài\","));
        assert!(written(&[vec![Value::Whole(-5)]]).contains("\r\n-5,"));
    }

    #[test]
    fn a_row_wider_than_its_table_is_a_fault() {
        let sheet = Sheet {
            columns: vec![Column::new("a", 5)],
            ..Sheet::default()
        };
        let mut writer = Writer::begin(Vec::new(), &sheet).unwrap();
        assert!(writer.row(&[Value::Empty, Value::Empty]).is_err());
    }
}

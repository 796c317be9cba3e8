//! The parts that the content of a paper is made of: headings, paragraphs, lists, tables.

use base::Fault;

/// Longest address that a paper leads to; Word and the PDF format take about as much.
const URL_BYTES_MAX: usize = 2000;

/// One part of the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A heading; readers navigate by it.
    Heading {
        /// 1 (outermost) to 4; anything else is taken as the nearest of them.
        level: u8,
        /// Its number as written, "I.", "1.", "a)"; may be empty.
        number: String,
        /// Its text; level 1 is printed in capitals.
        text: String,
    },
    /// A paragraph, justified, its first line indented.
    Paragraph(Vec<Run>),
    /// A list; each item begins with a dash.
    Bullets(Vec<Vec<Run>>),
    /// A table over the full width.
    Table(Table),
}

/// A piece of text in one face. A line feed inside it breaks the line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Where it leads when pressed; `http`, `https` and `mailto` only, others are printed as text.
    pub link: Option<String>,
}

/// A table whose heading row repeats on every page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Printed above the table, bold and centred.
    pub caption: Option<String>,
    /// The columns, left to right; at least one.
    pub columns: Vec<Column>,
    /// The rows under the heading.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Its part of the width, relative to the shares of the others; 0 counts as 1.
    pub share: u16,
    /// How its cells stand.
    pub align: Align,
}

/// How the text of a cell stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// At the left: words.
    #[default]
    Left,
    /// In the middle: ordinals, dates, short marks.
    Center,
    /// At the right: numbers.
    Right,
}

/// A row of a table; missing cells at its end are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What the row is.
    pub kind: RowKind,
    /// Its cells, left to right.
    pub cells: Vec<Cell>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// An ordinary row.
    #[default]
    Plain,
    /// Heads the rows below it: bold; its last cell runs on to the right edge.
    Group,
    /// A sum: bold.
    Total,
}

/// The text of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell(pub Vec<Run>);

impl Part {
    /// A heading of level 1 to 4 with its number as written ("I.", "1.", "a)") or an empty one.
    pub fn heading(level: u8, number: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Heading {
            level: level.clamp(1, 4),
            number: number.into(),
            text: text.into(),
        }
    }

    /// A paragraph in the regular face.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Run::new(text)])
    }

    /// A list of plain texts.
    pub fn bullets<T: Into<String>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::Bullets(items.into_iter().map(|t| vec![Run::new(t)]).collect())
    }
}

impl From<Table> for Part {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

impl Run {
    /// Text in the regular face.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// The same text in bold.
    #[must_use]
    pub fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    /// The same text in italics.
    #[must_use]
    pub fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    /// The same text leading to an address.
    #[must_use]
    pub fn to(mut self, url: impl Into<String>) -> Self {
        self.link = Some(url.into());
        self
    }

    /// The address as both formats want it, if it is of a kind and length that a paper may lead to:
    /// whatever is not a character of addresses is written as its bytes ("%C3%A2").
    pub(crate) fn target(&self) -> Option<String> {
        let url = self.link.as_deref()?.trim();
        let (scheme, rest) = url.split_once(':')?;
        let known = ["http", "https", "mailto"]
            .iter()
            .any(|s| scheme.eq_ignore_ascii_case(s));
        let clean = !rest.is_empty() && !rest.contains(|c: char| c.is_control() || c == ' ');
        let target: String = url.bytes().map(in_address).collect();
        (known && clean && target.len() <= URL_BYTES_MAX).then_some(target)
    }
}

/// A byte as it stands in an address (RFC 3986, section 2).
fn in_address(byte: u8) -> String {
    let allowed = byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    if allowed {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

impl<T: Into<String>> From<T> for Run {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

impl Table {
    /// A table with these columns and no rows yet.
    pub fn new(columns: Vec<Column>) -> Self {
        Self {
            caption: None,
            columns,
            rows: Vec::new(),
        }
    }

    /// The same table under a caption.
    #[must_use]
    pub fn caption(mut self, text: impl Into<String>) -> Self {
        self.caption = Some(text.into());
        self
    }

    /// The same table with one more ordinary row.
    #[must_use]
    pub fn row<C: Into<Cell>>(self, cells: impl IntoIterator<Item = C>) -> Self {
        self.with(RowKind::Plain, cells.into_iter().map(Into::into).collect())
    }

    /// The same table with one more row that heads those below it.
    #[must_use]
    pub fn group<C: Into<Cell>>(self, cells: impl IntoIterator<Item = C>) -> Self {
        self.with(RowKind::Group, cells.into_iter().map(Into::into).collect())
    }

    /// The same table with one more row of sums.
    #[must_use]
    pub fn total<C: Into<Cell>>(self, cells: impl IntoIterator<Item = C>) -> Self {
        self.with(RowKind::Total, cells.into_iter().map(Into::into).collect())
    }

    fn with(mut self, kind: RowKind, cells: Vec<Cell>) -> Self {
        self.rows.push(Row { kind, cells });
        self
    }

    /// The widths of the columns in parts of `whole`, in order; they sum up to it.
    pub(crate) fn widths(&self, whole: u32) -> Vec<u32> {
        let share = |c: &Column| u64::from(c.share.max(1));
        let sum: u64 = self.columns.iter().map(share).sum();
        let mut reached = 0u64;
        let mut edge = 0u32;
        let mut widths = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            reached += share(column);
            let next = u32::try_from(u64::from(whole) * reached / sum).unwrap_or(whole);
            widths.push(next - edge);
            edge = next;
        }
        widths
    }

    /// The cells of a row with the number of columns each one takes; they fill the row.
    pub(crate) fn spans<'a>(&self, row: &'a Row) -> Vec<(Option<&'a Cell>, usize)> {
        let columns = self.columns.len();
        let mut cells: Vec<_> = row.cells.iter().map(|cell| (Some(cell), 1)).collect();
        let missing = columns.saturating_sub(cells.len());
        match (row.kind, cells.last_mut()) {
            (RowKind::Group, Some(last)) => last.1 += missing,
            _ => cells.extend(std::iter::repeat_n((None, 1), missing)),
        }
        cells
    }

    pub(super) fn check(&self, at: usize) -> Result<(), Fault> {
        let columns = self.columns.len();
        if columns == 0 {
            return Err(Fault::new(format!(
                "table {at} of the paper has no columns"
            )));
        }
        match self.rows.iter().position(|row| row.cells.len() > columns) {
            Some(row) => Err(Fault::new(format!(
                "table {at} of the paper: row {} has {} cells for {columns} columns",
                row + 1,
                self.rows[row].cells.len()
            ))),
            None => Ok(()),
        }
    }
}

impl Column {
    /// A column of words with this heading and part of the width.
    pub fn new(title: impl Into<String>, share: u16) -> Self {
        Self {
            title: title.into(),
            share,
            align: Align::Left,
        }
    }

    /// The same column with its cells in the middle.
    #[must_use]
    pub fn centered(mut self) -> Self {
        self.align = Align::Center;
        self
    }

    /// The same column with its cells at the right.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.align = Align::Right;
        self
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self(vec![Run::new(text)])
    }
}

impl Cell {
    /// A cell of several runs.
    pub fn runs(runs: Vec<Run>) -> Self {
        Self(runs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_follow_the_shares_and_lose_nothing() {
        let table = Table::new(vec![
            Column::new("a", 1),
            Column::new("b", 0),
            Column::new("c", 5),
        ]);
        assert_eq!(table.widths(1000), [142, 143, 715]);
        assert_eq!(table.widths(1000).iter().sum::<u32>(), 1000);
    }

    #[test]
    fn a_group_row_runs_on_to_the_right_edge_and_others_are_filled() {
        let columns = || vec![Column::new("", 1), Column::new("", 1), Column::new("", 1)];
        let table = Table::new(columns()).group(["I", "x"]).row(["1"]);
        let spans = |at: usize| -> Vec<usize> {
            let row = &table.rows[at];
            table.spans(row).into_iter().map(|(_, n)| n).collect()
        };
        assert_eq!(spans(0), [1, 2]);
        assert_eq!(spans(1), [1, 1, 1]);
    }

    #[test]
    fn a_paper_leads_only_to_web_and_mail_addresses() {
        let target = |url: &str| Run::new("x").to(url).target();
        assert_eq!(target(" https://a.vn/x "), Some("https://a.vn/x".into()));
        assert!(target("MAILTO:a@b.vn").is_some());
        assert_eq!(target("http://a/ê\""), Some("http://a/%C3%AA%22".into()));
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "/x",
            "http:",
            "http://a b",
        ] {
            assert_eq!(target(bad), None, "{bad}");
        }
    }
}

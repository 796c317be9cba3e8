//! What the columns of an annex table hold, told from their headings.

use documents::read::{Source, SourceCell};

use super::flat::{folded, is_whole};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// STT.
    No,
    /// Nội dung, nhiệm vụ (the first of two such columns).
    Task,
    /// Nội dung, hoạt động, công việc.
    Activity,
    /// Hình thức.
    Form,
    /// Sản phẩm, kết quả.
    Output,
    /// Số lượng, chỉ tiêu.
    Quantity,
    /// Đơn vị tính.
    Measure,
    /// Đơn vị chủ trì, đơn vị thực hiện.
    Lead,
    /// Đơn vị phối hợp.
    Support,
    /// Thời gian.
    Time,
    /// Kinh phí.
    Budget,
    /// Ghi chú.
    Note,
    /// Người chịu trách nhiệm.
    Accountable,
    /// Từ ngày.
    From,
    /// Đến ngày.
    To,
    /// Định kỳ.
    Recurs,
    /// Mã, by which a row that came from Loa is known again.
    Id,
}

/// A cell among the headings, as far as they ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading<'a> {
    /// What it says.
    pub text: &'a str,
    /// Column it starts in, from 0.
    pub column: usize,
    /// Columns it covers, at least 1.
    pub width: usize,
    /// Whether it only continues the cell above it.
    pub continues: bool,
}

impl Heading<'_> {
    fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The headings of a table: what each column holds, and the first row below them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// By column; `None` for one that is not understood.
    pub columns: Vec<Option<Column>>,
    /// First row of data.
    pub first_row: usize,
}

/// Rows among which the headings are looked for.
const HEADER_ROWS: usize = 6;
/// Longest heading of a column, in characters.
const HEADING_CHARS_MAX: usize = 90;

/// The headings of a table of a document.
pub fn header(source: &Source, rows: &[Vec<SourceCell>]) -> Option<Header> {
    // Two more than are looked at: a second row of headings, and one that counts the columns.
    let first = rows.iter().take(HEADER_ROWS + 2);
    let headings: Vec<Vec<Heading<'_>>> = first
        .map(|row| {
            let cells = row.iter().map(|cell| Heading {
                text: source.text_of(&cell.place),
                column: cell.column,
                width: cell.width,
                continues: cell.continues,
            });
            cells.collect()
        })
        .collect();
    header_of(&headings)
}

/// The headings of a table, if it has those of a plan: a column of contents and at least two others.
pub fn header_of(rows: &[Vec<Heading<'_>>]) -> Option<Header> {
    for (n, row) in rows.iter().take(HEADER_ROWS).enumerate() {
        let mut columns = Vec::new();
        name_columns(row, &mut columns);
        if !is_plan(&columns) {
            // Headings of two rows may only make sense together.
            if let Some(next) = rows.get(n + 1).filter(|r| r.iter().any(|c| c.continues)) {
                name_columns(next, &mut columns);
                if is_plan(&columns) {
                    return Some(made(rows, columns, n + 2));
                }
            }
            continue;
        }
        let mut first_row = n + 1;
        if let Some(next) = rows.get(n + 1)
            && is_second_header(next)
        {
            name_columns(next, &mut columns);
            first_row += 1;
        }
        return Some(made(rows, columns, first_row));
    }
    None
}

fn made(
    rows: &[Vec<Heading<'_>>],
    mut columns: Vec<Option<Column>>,
    mut first_row: usize,
) -> Header {
    if rows.get(first_row).is_some_and(|row| is_count(row)) {
        first_row += 1;
    }
    let contents: Vec<usize> = (0..columns.len())
        .filter(|n| columns[*n] == Some(Column::Activity))
        .collect();
    if let [first, .., last] = contents.as_slice()
        && first != last
    {
        for n in &contents {
            columns[*n] = Some(Column::Task);
        }
        columns[*last] = Some(Column::Activity);
    }
    Header { columns, first_row }
}

fn is_plan(columns: &[Option<Column>]) -> bool {
    let known: Vec<Column> = columns.iter().flatten().copied().collect();
    let has = |column| known.contains(&column);
    let mut kinds = known.clone();
    kinds.dedup();
    let others = [
        Column::Lead,
        Column::Support,
        Column::Time,
        Column::Form,
        Column::Output,
        Column::Quantity,
    ];
    has(Column::Activity)
        && kinds.len() >= 3.min(columns.len().max(2))
        && others.iter().any(|c| has(*c))
}

fn name_columns(row: &[Heading<'_>], columns: &mut Vec<Option<Column>>) {
    for cell in row.iter().filter(|c| !c.continues) {
        let named = column(cell.text);
        let end = (cell.column + cell.width).min(64);
        if columns.len() < end {
            columns.resize(end, None);
        }
        for slot in columns.iter_mut().take(end).skip(cell.column) {
            if named.is_some() {
                *slot = named;
            }
        }
    }
}

/// A second row of headings: cells that continue the first, and names of columns, no numbers.
fn is_second_header(row: &[Heading<'_>]) -> bool {
    let own: Vec<&Heading<'_>> = row
        .iter()
        .filter(|c| !c.continues && !c.is_empty())
        .collect();
    row.iter().any(|c| c.continues || c.is_empty())
        && !own.is_empty()
        && own.iter().all(|c| column(c.text).is_some())
}

/// The row that only counts the columns: (1) (2) (3).
fn is_count(row: &[Heading<'_>]) -> bool {
    let texts: Vec<&str> = row
        .iter()
        .map(|c| c.text.trim())
        .filter(|t| !t.is_empty())
        .collect();
    let bare = |t: &str| {
        t.trim_matches(|c: char| "()[]".contains(c)).len() <= 2
            && t.chars().any(char::is_alphanumeric)
    };
    texts.len() >= 3
        && texts.iter().all(|t| bare(t))
        && texts
            .iter()
            .filter(|t| t.contains(|c: char| c.is_ascii_digit()))
            .count()
            >= 2
}

/// How a heading tells its column.
#[derive(Clone, Copy)]
enum By {
    /// It is one of the words.
    Is,
    /// It begins with one of them.
    Begins,
    /// It holds one of them.
    Holds,
}

/// The words of headings, tried in this order.
const HEADINGS: [(By, &[&str], Column); 21] = [
    (
        By::Is,
        &["stt", "tt", "so tt", "s tt", "#", "so thu tu", "no"],
        Column::No,
    ),
    (By::Is, &["ma", "ma (khong sua)", "ma loa"], Column::Id),
    (By::Begins, &["nguoi chiu trach nhiem"], Column::Accountable),
    (By::Begins, &["tu ngay", "ngay bat dau"], Column::From),
    (By::Begins, &["den ngay", "ngay ket thuc"], Column::To),
    (By::Begins, &["dinh ky", "tan suat"], Column::Recurs),
    (By::Begins, &["ghi chu"], Column::Note),
    (By::Holds, &["don vi tinh", "dvt"], Column::Measure),
    (
        By::Begins,
        &["so luong", "chi tieu", "dinh muc", "khoi luong"],
        Column::Quantity,
    ),
    (
        By::Begins,
        &["san pham", "ket qua", "dau ra", "muc tieu"],
        Column::Output,
    ),
    (By::Holds, &["kinh phi", "du toan"], Column::Budget),
    (
        By::Begins,
        &[
            "thoi gian",
            "thoi han",
            "thoi diem",
            "tien do",
            "lo trinh",
            "han hoan thanh",
            "hoan thanh",
            "ngay hoan thanh",
        ],
        Column::Time,
    ),
    (By::Holds, &["chu tri"], Column::Lead),
    (By::Holds, &["phoi hop"], Column::Support),
    (
        By::Begins,
        &[
            "noi dung",
            "nhiem vu",
            "cong viec",
            "hoat dong",
            "ten",
            "dau viec",
            "nhom nhiem vu",
        ],
        Column::Activity,
    ),
    (
        By::Begins,
        &[
            "hinh thuc",
            "phuong thuc",
            "cach thuc",
            "kenh",
            "phuong tien",
        ],
        Column::Form,
    ),
    (By::Holds, &["phu trach"], Column::Lead),
    (
        By::Begins,
        &[
            "don vi",
            "co quan",
            "bo phan",
            "thuc hien",
            "nguoi thuc hien",
            "phong",
            "trach nhiem",
        ],
        Column::Lead,
    ),
    (
        By::Holds,
        &["san pham", "ket qua", "dau ra"],
        Column::Output,
    ),
    (
        By::Holds,
        &["noi dung", "nhiem vu", "hoat dong", "cong viec"],
        Column::Activity,
    ),
    (By::Holds, &["thoi gian", "hoan thanh"], Column::Time),
];

/// What a heading names.
fn column(heading: &str) -> Option<Column> {
    let flat = folded(heading);
    if flat.is_empty() || flat.len() > HEADING_CHARS_MAX {
        return None;
    }
    let fits = |by: By, word: &str| match by {
        By::Is => flat == word,
        By::Begins => flat.starts_with(word) && is_whole(&flat, 0, word.len()),
        By::Holds => flat
            .match_indices(word)
            .any(|(at, _)| is_whole(&flat, at, at + word.len())),
    };
    HEADINGS
        .iter()
        .find(|(by, words, _)| words.iter().any(|word| fits(*by, word)))
        .map(|(.., column)| *column)
}

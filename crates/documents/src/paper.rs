//! The neutral document: what an official paper says, without a word on how it looks.
//!
//! A [`Paper`] is one administrative document of an agency: a report now, a plan later. It holds
//! texts as the agency writes them; capitals, punctuation of the lists, the leading zero of a
//! number, the wording of the date line and every measure are the writers' business
//! ([`crate::docx`], [`crate::pdf`]), so that both files look alike.
//!
//! # Example
//!
//! ```
//! use documents::paper::{Number, Paper, Part, Signer};
//!
//! let mut paper = Paper::new("Báo cáo", "Kết quả truyền thông quý I năm 2023", "Sở Tư pháp");
//! paper.superior = Some("Ủy ban nhân dân tỉnh Bình Định".into());
//! paper.number = Number::open("BC-STP");
//! paper.place = "Bình Định".into();
//! paper.body = vec![
//!     Part::heading(1, "I.", "Kết quả chung"),
//!     Part::paragraph("Trong quý, Sở đã đăng 12 tin, bài."),
//! ];
//! paper.signer = Some(Signer::new("Giám đốc", "Nguyễn Văn A"));
//! let docx = documents::docx::write(&paper)?;
//! assert!(docx.starts_with(b"PK"));
//! # Ok::<(), base::Fault>(())
//! ```
//!
//! Source: Decree 30/2020/NĐ-CP, articles 8 and 9 and annex I; glossary "văn bản".

mod part;

pub use part::{Align, Cell, Column, Part, Row, RowKind, Run, Table};

use base::Fault;
use jiff::Timestamp;
use jiff::civil::Date;

/// Lines and rows beyond which a paper is long.
const LONG: usize = 250;

/// The language of the fixed words on the paper ("Kính gửi", "Nơi nhận") and of its metadata.
///
/// The legal form is Vietnamese; English makes a working copy for readers abroad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Vietnamese, `vi-VN`.
    #[default]
    Vietnamese,
    /// English, `en-GB`.
    English,
}

/// One administrative document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// The body above the issuer (*cơ quan chủ quản*); printed in capitals, not bold.
    pub superior: Option<String>,
    /// The issuing agency (*cơ quan ban hành*); printed in bold capitals.
    pub issuer: String,
    /// Number and symbol.
    pub number: Number,
    /// Where it is issued (*địa danh*), for instance "Bình Định".
    pub place: String,
    /// The day of issue; without it the date line leaves room for the day and month.
    pub issued_on: Option<Date>,
    /// Kind of document (*tên loại*), for instance "Báo cáo"; printed in bold capitals.
    pub kind: String,
    /// What it is about (*trích yếu*).
    pub abstract_: String,
    /// To whom it is addressed (*Kính gửi*); none for documents that are only published.
    pub addressees: Vec<String>,
    /// Legal bases (*căn cứ*), each without its closing mark.
    pub bases: Vec<String>,
    /// The content.
    pub body: Vec<Part>,
    /// Who receives it (*Nơi nhận*), each without dash and closing mark; the archive line last.
    pub recipients: Vec<String>,
    /// Who signs.
    pub signer: Option<Signer>,
    /// Annexes (*Phụ lục*), in order; numbered in Roman numerals when there are several.
    pub annexes: Vec<Annex>,
    /// Language of the fixed words and of the metadata.
    pub language: Language,
    /// A remark about this copy (how it was counted, what it leaves out), in small italics after
    /// the signature.
    pub note: Option<String>,
    /// A code that machines read, after the remark.
    pub mark: Option<Mark>,
    /// When this copy was made; goes into the metadata of the file only.
    pub made_at: Timestamp,
}

/// Number and symbol of a document: "Số: 05/BC-STP".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Number {
    /// The number in the outgoing register, as written ("05", "12a"); `None` until it is given.
    pub serial: Option<String>,
    /// The symbol, kind and agency: "BC-STP". Empty: no number line is printed.
    pub symbol: String,
}

/// Who signs, and in whose name (*quyền hạn, chức vụ, họ và tên*).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signer {
    /// The line of authority, for instance "KT. GIÁM ĐỐC" or "TM. ỦY BAN NHÂN DÂN".
    pub authority: Option<String>,
    /// The office held, for instance "Phó Giám đốc"; printed in bold capitals.
    pub title: String,
    /// Full name, without academic titles (decree 30, annex I, part I).
    pub name: String,
}

/// A code that machines read (QR), with the line that tells what it is and where to check it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// What the code says; at most some 2,300 bytes.
    pub code: String,
    /// The line beside it.
    pub line: String,
}

/// An annex (*Phụ lục*); begins on a page of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annex {
    /// Its title; printed in bold capitals.
    pub title: String,
    /// Whether its pages lie on their side, for wide tables.
    pub landscape: bool,
    /// The content.
    pub body: Vec<Part>,
}

impl Paper {
    /// A Vietnamese paper of this kind, about this, by this agency, and nothing else yet.
    pub fn new(
        kind: impl Into<String>,
        abstract_: impl Into<String>,
        issuer: impl Into<String>,
    ) -> Self {
        Self {
            kind: kind.into(),
            abstract_: abstract_.into(),
            issuer: issuer.into(),
            ..Self::default()
        }
    }

    /// Whether it is so long that readers want a table of contents: more than some ten pages.
    pub fn is_long(&self) -> bool {
        let bodies = std::iter::once(&self.body).chain(self.annexes.iter().map(|a| &a.body));
        let weight = |part: &Part| match part {
            Part::Table(table) => table.rows.len(),
            Part::Bullets(items) => items.len(),
            Part::Heading { .. } | Part::Paragraph(_) => 2,
        };
        bodies.flatten().map(weight).sum::<usize>() > LONG
    }

    /// Checks what no writer could set: tables without columns, rows wider than their table.
    ///
    /// # Faults
    /// Names the table and the row; only a programming error makes one.
    pub fn check(&self) -> Result<(), Fault> {
        let bodies = std::iter::once(&self.body).chain(self.annexes.iter().map(|a| &a.body));
        let tables = bodies.flatten().filter_map(|part| match part {
            Part::Table(table) => Some(table),
            _ => None,
        });
        tables
            .enumerate()
            .try_for_each(|(at, table)| table.check(at + 1))
    }
}

impl Number {
    /// A symbol whose number has not been given yet: "Số:      /BC-STP".
    pub fn open(symbol: impl Into<String>) -> Self {
        Self {
            serial: None,
            symbol: symbol.into(),
        }
    }

    /// A number given in the register; below ten it takes a leading zero.
    ///
    /// Source: decree 30/2020/NĐ-CP, annex I, part I, section II.3.
    pub fn given(serial: u32, symbol: impl Into<String>) -> Self {
        Self {
            serial: Some(format!("{serial:02}")),
            symbol: symbol.into(),
        }
    }

    /// A number as it stands on a document, "05/BC-STP"; without a number before the stroke the
    /// whole text is the symbol.
    pub fn read(text: &str) -> Self {
        match text.trim().split_once('/') {
            Some((serial, symbol)) if serial.trim().starts_with(|c: char| c.is_ascii_digit()) => {
                Self {
                    serial: Some(serial.trim().to_owned()),
                    symbol: symbol.trim().to_owned(),
                }
            }
            Some((serial, symbol)) if serial.trim().is_empty() => Self::open(symbol.trim()),
            _ => Self::open(text.trim()),
        }
    }
}

impl Signer {
    /// A signer in the own right of an office.
    pub fn new(title: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            authority: None,
            title: title.into(),
            name: name.into(),
        }
    }

    /// The same signer under a line of authority ("KT. GIÁM ĐỐC").
    #[must_use]
    pub fn under(mut self, authority: impl Into<String>) -> Self {
        self.authority = Some(authority.into());
        self
    }
}

impl Annex {
    /// An upright annex.
    pub fn new(title: impl Into<String>, body: Vec<Part>) -> Self {
        Self {
            title: title.into(),
            landscape: false,
            body,
        }
    }

    /// An annex on its side.
    pub fn wide(title: impl Into<String>, body: Vec<Part>) -> Self {
        Self {
            landscape: true,
            ..Self::new(title, body)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_stands_on_a_document() {
        assert_eq!(Number::read("5/BC-STP"), {
            let mut number = Number::given(5, "BC-STP");
            number.serial = Some("5".into());
            number
        });
        assert_eq!(Number::given(5, "BC-STP").serial.as_deref(), Some("05"));
        assert_eq!(Number::read(" /BC-STP"), Number::open("BC-STP"));
        assert_eq!(Number::read("BC/X"), Number::open("BC/X"));
        assert_eq!(Number::read(""), Number::default());
    }

    #[test]
    fn a_row_wider_than_its_table_is_a_fault_that_names_it() {
        let table = Table::new(vec![Column::new("STT", 1)])
            .row(["1"])
            .row(["2", "3"]);
        let mut paper = Paper::new("Báo cáo", "", "Sở Tư pháp");
        paper.body = vec![table.into()];
        let fault = paper.check().unwrap_err().to_string();
        assert!(
            fault.contains("table 1") && fault.contains("row 2"),
            "{fault}"
        );
    }
}

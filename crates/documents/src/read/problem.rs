//! Why a file cannot be read: one code, one place, one way out, in both languages.

use std::fmt;

/// Where in the file the trouble is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A byte, from 0.
    Byte(u64),
    /// A character of the decoded text, from 0, and its line, from 1.
    Character {
        /// Character, from 0.
        at: usize,
        /// Line, from 1.
        line: usize,
    },
    /// An entry of the archive.
    Entry(String),
    /// A cell of a spreadsheet, as [`crate::sheet::cell_name`] names it, or a whole sheet.
    Cell(String),
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadCode {
    /// Nothing in it.
    Empty,
    /// More bytes than are taken.
    TooLarge,
    /// There is no such file.
    Missing,
    /// The system could not read it.
    Unreadable,
    /// Neither text, HTML nor DOCX.
    UnknownKind,
    /// Word 97-2003 (`.doc`).
    OldWord,
    /// Excel 97-2003 (`.xls`).
    OldBook,
    /// Not a spreadsheet, where one is asked for.
    NotABook,
    /// A cell that says something no spreadsheet program writes.
    BrokenCell,
    /// More cells and rows than are taken.
    TooManyCells,
    /// Another old Office or OLE file.
    OldOffice,
    /// A file locked by a password.
    Encrypted,
    /// Rich Text Format.
    Rtf,
    /// PDF.
    Pdf,
    /// An archive that is neither a Word document nor a spreadsheet (OpenDocument, a plain ZIP).
    OtherArchive,
    /// A damaged archive or part.
    Damaged,
    /// It unpacks to far more than it should.
    Bomb,
    /// Too many entries in the archive.
    TooManyEntries,
    /// A document type declaration, which no honest DOCX has.
    Dtd,
    /// Too much text, too many blocks or cells.
    TooMuchText,
    /// A tag with too many attributes.
    TooManyAttributes,
    /// Two encodings in one text.
    MixedEncodings,
    /// An encoding that cannot be told.
    UnknownEncoding,
}

impl ReadCode {
    /// A stable word for programs, and the key of the message.
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "read-empty",
            Self::TooLarge => "read-too-large",
            Self::Missing => "read-missing",
            Self::Unreadable => "read-unreadable",
            Self::UnknownKind => "read-unknown-kind",
            Self::OldWord => "read-old-word",
            Self::OldBook => "read-old-book",
            Self::NotABook => "read-not-a-book",
            Self::BrokenCell => "read-broken-cell",
            Self::TooManyCells => "read-too-many-cells",
            Self::OldOffice => "read-old-office",
            Self::Encrypted => "read-encrypted",
            Self::Rtf => "read-rtf",
            Self::Pdf => "read-pdf",
            Self::OtherArchive => "read-other-archive",
            Self::Damaged => "read-damaged",
            Self::Bomb => "read-bomb",
            Self::TooManyEntries => "read-too-many-entries",
            Self::Dtd => "read-dtd",
            Self::TooMuchText => "read-too-much-text",
            Self::TooManyAttributes => "read-too-many-attributes",
            Self::MixedEncodings => "read-mixed-encodings",
            Self::UnknownEncoding => "read-unknown-encoding",
        }
    }

    /// What is wrong and the way out, in English.
    fn english(self) -> &'static str {
        match self {
            Self::Empty => "The file is empty. Choose the file that holds the text.",
            Self::TooLarge => {
                "The file is larger than {limit} MB. Remove pictures and attachments, or save only the text, and try again."
            }
            Self::Missing => "There is no such file. Check its name and folder.",
            Self::Unreadable => {
                "The file could not be read ({reason}). Check that it exists and may be opened."
            }
            Self::UnknownKind => {
                "This is neither text, HTML, a Word document nor a spreadsheet ({found}). Save it as .docx, .xlsx or .txt and try again."
            }
            Self::OldWord => {
                "This is a Word 97-2003 document (.doc). Open it in Word or LibreOffice, save as .docx and try again."
            }
            Self::OldBook => {
                "This is an Excel 97-2003 workbook (.xls). Open it in Excel or LibreOffice, save as .xlsx and try again."
            }
            Self::NotABook => {
                "This is not an Excel workbook (.xlsx). Choose the spreadsheet, or save it as .xlsx and try again."
            }
            Self::BrokenCell => {
                "The cell says something that cannot be read ({found}). Open the file in Excel or LibreOffice, save it anew and try again."
            }
            Self::TooManyCells => {
                "There are more than {limit} cells and rows. Delete the empty rows and columns around the table and try again."
            }
            Self::OldOffice => {
                "This is an old Office file that is not a Word document. Save its text as .docx or .txt and try again."
            }
            Self::Encrypted => {
                "The document is locked by a password. Open it with the password, save a copy without one and try again."
            }
            Self::Rtf => {
                "This is an RTF file. Open it in Word or LibreOffice, save as .docx and try again."
            }
            Self::Pdf => {
                "This is a PDF. Use the Word file it was made from, or copy its text into a .txt file, and try again."
            }
            Self::OtherArchive => {
                "This is an archive without a Word document or a spreadsheet in it ({found}). Unpack it and choose the .docx or .xlsx inside, or save as one of them."
            }
            Self::Damaged => {
                "The file is damaged ({reason}). Open it in Word, let it repair and save a new copy, or ask for the file again."
            }
            Self::Bomb => {
                "The file unpacks to far more than a document holds (limit {limit}). It was not opened; ask its sender for a clean copy."
            }
            Self::TooManyEntries => {
                "The archive holds more than {limit} entries. Save the document anew as .docx and try again."
            }
            Self::Dtd => {
                "The document declares a document type (DTD), which Word never does. Save it anew in Word and try again."
            }
            Self::TooMuchText => {
                "There is more text than is taken (limit {limit}). Keep only the plan and its annexes and try again."
            }
            Self::TooManyAttributes => {
                "A tag of the page has more than {limit} attributes. Copy the text of the page into a .txt file and try again."
            }
            Self::MixedEncodings => {
                "Two encodings are mixed in one text ({first} and {second}). Convert the whole text to Unicode (UTF-8) and try again."
            }
            Self::UnknownEncoding => {
                "The encoding of the text cannot be told. Save it as Unicode (UTF-8) and try again."
            }
        }
    }

    /// What is wrong and the way out, in Vietnamese.
    fn vietnamese(self) -> &'static str {
        match self {
            Self::Empty => "Tệp không có nội dung. Hãy chọn đúng tệp chứa văn bản.",
            Self::TooLarge => {
                "Tệp lớn hơn {limit} MB. Hãy bỏ bớt hình ảnh, tệp đính kèm hoặc chỉ lưu phần văn bản rồi thử lại."
            }
            Self::Missing => "Không có tệp này. Kiểm tra lại tên tệp và thư mục.",
            Self::Unreadable => {
                "Không đọc được tệp ({reason}). Hãy kiểm tra tệp có tồn tại và có quyền mở hay không."
            }
            Self::UnknownKind => {
                "Đây không phải văn bản thuần, HTML, tài liệu Word hay bảng tính ({found}). Hãy lưu thành .docx, .xlsx hoặc .txt rồi thử lại."
            }
            Self::OldWord => {
                "Đây là tài liệu Word 97-2003 (.doc). Hãy mở bằng Word hoặc LibreOffice, lưu thành .docx rồi thử lại."
            }
            Self::OldBook => {
                "Đây là bảng tính Excel 97-2003 (.xls). Hãy mở bằng Excel hoặc LibreOffice, lưu thành .xlsx rồi thử lại."
            }
            Self::NotABook => {
                "Đây không phải bảng tính Excel (.xlsx). Hãy chọn đúng bảng tính hoặc lưu thành .xlsx rồi thử lại."
            }
            Self::BrokenCell => {
                "Ô chứa nội dung không đọc được ({found}). Hãy mở tệp bằng Excel hoặc LibreOffice, lưu bản mới rồi thử lại."
            }
            Self::TooManyCells => {
                "Bảng có hơn {limit} ô và dòng. Hãy xóa các dòng, cột trống quanh bảng rồi thử lại."
            }
            Self::OldOffice => {
                "Đây là tệp Office đời cũ, không phải tài liệu Word. Hãy lưu phần văn bản thành .docx hoặc .txt rồi thử lại."
            }
            Self::Encrypted => {
                "Tài liệu được bảo vệ bằng mật khẩu. Hãy mở bằng mật khẩu, lưu một bản không đặt mật khẩu rồi thử lại."
            }
            Self::Rtf => {
                "Đây là tệp RTF. Hãy mở bằng Word hoặc LibreOffice, lưu thành .docx rồi thử lại."
            }
            Self::Pdf => {
                "Đây là tệp PDF. Hãy dùng tệp Word gốc hoặc chép phần chữ sang tệp .txt rồi thử lại."
            }
            Self::OtherArchive => {
                "Đây là tệp nén không chứa tài liệu Word hay bảng tính ({found}). Hãy giải nén và chọn tệp .docx hoặc .xlsx bên trong, hoặc lưu thành một trong hai dạng đó."
            }
            Self::Damaged => {
                "Tệp bị hỏng ({reason}). Hãy mở bằng Word để sửa và lưu bản mới, hoặc xin lại tệp gốc."
            }
            Self::Bomb => {
                "Tệp giải nén ra quá lớn so với một tài liệu (giới hạn {limit}). Tệp không được mở; hãy xin người gửi bản sạch."
            }
            Self::TooManyEntries => {
                "Tệp nén có hơn {limit} mục. Hãy lưu lại tài liệu thành .docx rồi thử lại."
            }
            Self::Dtd => {
                "Tài liệu có khai báo kiểu (DTD) mà Word không bao giờ tạo. Hãy lưu lại bằng Word rồi thử lại."
            }
            Self::TooMuchText => {
                "Văn bản dài quá mức cho phép (giới hạn {limit}). Hãy chỉ giữ lại kế hoạch và phụ lục rồi thử lại."
            }
            Self::TooManyAttributes => {
                "Một thẻ của trang có hơn {limit} thuộc tính. Hãy chép phần chữ của trang sang tệp .txt rồi thử lại."
            }
            Self::MixedEncodings => {
                "Văn bản lẫn hai bảng mã ({first} và {second}). Hãy chuyển toàn bộ sang Unicode (UTF-8) rồi thử lại."
            }
            Self::UnknownEncoding => {
                "Không xác định được bảng mã của văn bản. Hãy lưu lại theo bảng mã Unicode (UTF-8) rồi thử lại."
            }
        }
    }
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadProblem {
    /// What is wrong.
    pub code: ReadCode,
    /// Where.
    pub place: Place,
    /// Values for the message, by name.
    pub values: Vec<(&'static str, String)>,
}

impl ReadProblem {
    /// A problem of the whole file.
    pub fn of(code: ReadCode) -> Self {
        Self {
            code,
            place: Place::File,
            values: Vec::new(),
        }
    }

    /// The same problem at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// The same problem with one more value for its message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// Why the system does not open or read a file.
    pub fn unreadable(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::of(ReadCode::Missing),
            _ => Self::of(ReadCode::Unreadable).with("reason", error),
        }
    }

    pub(crate) fn too_large(limit_bytes: u64) -> Self {
        Self::of(ReadCode::TooLarge)
            .at(Place::Byte(limit_bytes))
            .with("limit", limit_bytes / (1024 * 1024))
    }

    pub(crate) fn damaged(entry: &str, reason: impl fmt::Display) -> Self {
        let place = if entry.is_empty() {
            Place::File
        } else {
            Place::Entry(entry.to_owned())
        };
        Self::of(ReadCode::Damaged).at(place).with("reason", reason)
    }

    pub(crate) fn too_much_text(limit: usize) -> Self {
        Self::of(ReadCode::TooMuchText).with("limit", limit)
    }

    /// Key of the message, the same word for programs.
    pub fn key(&self) -> &'static str {
        self.code.key()
    }

    /// One sentence for people: the place, what is wrong, the way out. `vi` is Vietnamese,
    /// everything else English.
    pub fn sentence(&self, lang: &str) -> String {
        let vietnamese = lang.starts_with("vi");
        let words = if vietnamese {
            self.code.vietnamese()
        } else {
            self.code.english()
        };
        let mut words = words.to_owned();
        for (name, value) in &self.values {
            words = words.replace(&format!("{{{name}}}"), value);
        }
        match self.place_words(vietnamese) {
            Some(place) => format!("{place}: {words}"),
            None => words,
        }
    }

    fn place_words(&self, vietnamese: bool) -> Option<String> {
        Some(match (&self.place, vietnamese) {
            (Place::File, _) => return None,
            (Place::Byte(at), false) => format!("At byte {at}"),
            (Place::Byte(at), true) => format!("Tại byte {at}"),
            (Place::Character { at, line }, false) => format!("At line {line}, character {at}"),
            (Place::Character { at, line }, true) => format!("Tại dòng {line}, ký tự {at}"),
            (Place::Entry(name), false) => format!("In the part “{name}”"),
            (Place::Entry(name), true) => format!("Trong phần “{name}”"),
            (Place::Cell(name), false) => format!("At {name}"),
            (Place::Cell(name), true) => format!("Tại {name}"),
        })
    }
}

impl fmt::Display for ReadProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence("en"))
    }
}

impl std::error::Error for ReadProblem {}

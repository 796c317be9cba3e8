//! What can be wrong with a pack, with a sentence for each in both languages.
//!
//! The sentences stand here and not in the Fluent files because a verdict is also read without the
//! rest of the house: `--json` on a stranger's machine carries them as they are.

use serde::Serialize;

/// The path of a fault that is of the archive as a whole and of no file in it.
pub const WHOLE: &str = ".";

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PackFaultCode {
    /// Not a ZIP archive, or too damaged to find the files in.
    NotAPack,
    /// A file that must be there is not.
    Missing,
    /// The content is not the one that was listed.
    Changed,
    /// A file that nobody listed.
    Unlisted,
    /// The content is not of the form that it must have.
    Malformed,
    /// Larger than a pack may make a reader work.
    TooLarge,
    /// Parts of the manifest contradict each other or the rules of a pack.
    Inconsistent,
    /// No signature by the key.
    Unsigned,
    /// A signature of the key that does not fit.
    Forged,
    /// The proof does not lead to the root of the checkpoint.
    NotInLog,
    /// The log entry does not speak of these files.
    NotCommitted,
    /// The checkpoint of the previous pack is not a beginning of this log.
    NotConsistent,
    /// Around the content, the archive's own bytes are not those of a pack.
    Container,
    /// The whole archive was written again by another program.
    Repacked,
    /// Bytes are missing at the end, or there are more than the pack has.
    Length,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackFault {
    /// The file in the pack, or `.` for the archive itself.
    pub path: String,
    /// What is wrong with it.
    pub code: PackFaultCode,
    /// The same in Vietnamese.
    pub message_vi: &'static str,
    /// The same in English.
    pub message_en: &'static str,
}

impl PackFault {
    /// The fault of this file.
    pub fn new(path: impl Into<String>, code: PackFaultCode) -> Self {
        let (message_vi, message_en) = code.sentences();
        Self {
            path: path.into(),
            code,
            message_vi,
            message_en,
        }
    }
}

impl PackFaultCode {
    /// The sentence in Vietnamese and in English.
    fn sentences(self) -> (&'static str, &'static str) {
        match self {
            Self::NotAPack => (
                "Tệp này không phải gói minh chứng, hoặc đã hỏng đến mức không đọc được.",
                "This is not an evidence pack, or it is too damaged to be read.",
            ),
            Self::Missing => (
                "Thiếu tệp này trong gói.",
                "This file is missing from the pack.",
            ),
            Self::Changed => (
                "Nội dung tệp đã bị thay đổi so với bản kê.",
                "The content of the file is not the one listed in the manifest.",
            ),
            Self::Unlisted => (
                "Tệp này không có trong bản kê: đã bị thêm vào sau.",
                "The manifest does not list this file: it was added afterwards.",
            ),
            Self::Malformed => (
                "Nội dung tệp không đúng định dạng.",
                "The content of the file does not have the form that it must have.",
            ),
            Self::TooLarge => (
                "Tệp lớn quá mức một gói được phép có; không đọc tiếp.",
                "The file is larger than a pack may hold; it was not read further.",
            ),
            Self::Inconsistent => (
                "Các phần của bản kê mâu thuẫn với nhau hoặc trái quy tắc của gói.",
                "Parts of the manifest contradict each other or the rules of a pack.",
            ),
            Self::Unsigned => (
                "Không có chữ ký của khóa nhật ký.",
                "There is no signature by the key of the log.",
            ),
            Self::Forged => (
                "Chữ ký không khớp với nội dung.",
                "The signature does not fit the content.",
            ),
            Self::NotInLog => (
                "Đường chứng minh không dẫn tới gốc của điểm kiểm tra: mục này không có trong nhật ký.",
                "The proof does not lead to the root of the checkpoint: this item is not in the log.",
            ),
            Self::NotCommitted => (
                "Bản ghi trong nhật ký không nói về đúng những tệp này.",
                "The log entry does not speak of exactly these files.",
            ),
            Self::NotConsistent => (
                "Nhật ký không nối tiếp nhật ký của gói trước.",
                "The log does not continue the log of the previous pack.",
            ),
            Self::Container => (
                "Phần khung ZIP quanh tệp này đã bị thay đổi.",
                "The bytes of the ZIP around this file were changed.",
            ),
            Self::Repacked => (
                "Gói đã được nén lại bằng chương trình khác; hãy dùng tệp gốc.",
                "The archive was written again by another program; use the original file.",
            ),
            Self::Length => (
                "Gói bị cắt bớt hoặc bị nối thêm dữ liệu.",
                "The pack was cut short, or bytes were added to it.",
            ),
        }
    }
}

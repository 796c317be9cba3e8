//! How much of anything the house takes. Every limit is refused with the number in the message.

/// Longest title, in characters.
pub const TITLE_CHARS_MAX: usize = 300;
/// Longest lead paragraph, in characters.
pub const LEAD_CHARS_MAX: usize = 2_000;
/// Longest body of an article, in characters of its text.
pub const BODY_CHARS_MAX: usize = 400_000;
/// Longest single-line field of a form that has no limit of its own, in characters.
pub const LINE_CHARS_MAX: usize = 500;
/// Longest multi-line field of a form that has no limit of its own, in characters.
pub const TEXT_CHARS_MAX: usize = 20_000;
/// Largest file that a person may upload, in bytes.
pub const UPLOAD_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Largest body of an ordinary form, in bytes.
pub const FORM_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Rows on one page of a list.
pub const PAGE_ROWS: i64 = 25;

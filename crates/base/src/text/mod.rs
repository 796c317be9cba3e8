//! Vietnamese text: one normal form, folding, comparison, addresses, order, numbers, old encodings.
//!
//! Stored text is NFC. For comparing and searching there are two views: [`canonical`] keeps the
//! marks and only evens out what is written in two ways; [`fold`] drops the marks altogether.
//! Every function here accepts any text and takes time linear in its length.

mod clean;
mod fold;
pub mod legacy;
pub mod number;
mod slug;
mod sort;
mod sort_weights;
mod syllable;
mod tone;
pub(crate) mod words;

pub use clean::{clean_line, clean_text, nfc};
pub use fold::{canonical, fold};
pub use slug::{SLUG_CHARS_MAX, slug};
pub use sort::{person_sort_key, person_sort_key_hex, sort_key, sort_key_hex};
pub use syllable::is_vietnamese_syllable;

//! Items: each is one thing done, counted once however many channels carry it.
//!
//! It serves every feature whose work fulfils activities, and the plan that counts: an article is an
//! item, and so is something published elsewhere. Its words: *sản phẩm* (item), *kênh* (channel),
//! *lượt đăng* (publication). Domain notes 3.5: one article on three channels is one item and three
//! publications.
//!
//! Here too: which kinds of evidence an activity must have, as the officer chooses, and which are
//! missing ([`missing_by_unit`]).
//!
//! What is not here: what an article is (newsroom), what an activity asks for (plan), and how
//! something published elsewhere is registered (channels).

pub mod item;
pub mod item_store;
pub mod proof;
pub mod requirement;
pub mod requirement_store;
pub mod requiring;
pub mod sent_file;
pub mod share;

use base::{Role, Roles};

pub use requirement::Missing;
pub use requiring::missing_by_unit;

/// Whoever writes, releases, reports or answers for a unit registers what appeared elsewhere.
pub const REGISTRARS: Roles = Roles::of(&[Role::Writer, Role::Editor, Role::Officer, Role::Head]);

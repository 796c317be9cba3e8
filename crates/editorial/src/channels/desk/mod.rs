//! Staff pages of items: one file per page, its template beside it.

mod fields;
pub mod item_counting;
pub mod item_list;
pub mod item_new;
pub mod item_show;

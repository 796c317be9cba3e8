//! Public pages of indices: one file per page, its template beside it.

pub mod index_api;
pub mod index_list;

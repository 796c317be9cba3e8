//! Public pages of decided rounds: one file per page, its template beside it.

pub mod ranking_list;
pub mod ranking_page;

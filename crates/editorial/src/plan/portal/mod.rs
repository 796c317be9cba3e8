//! Public pages of plans: one file per page, its template beside it.

pub mod plan_api;
pub mod plan_newest;
pub mod plan_year;

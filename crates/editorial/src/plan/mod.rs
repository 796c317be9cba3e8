//! Plans (*kế hoạch truyền thông*): how one comes in from a document.
//!
//! [`import`] reads a plan that another program wrote. It knows no database.

pub mod import;

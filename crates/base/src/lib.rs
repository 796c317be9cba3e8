//! Words that every room of the house shares: typed ids, the clock, refusals and faults, actors and
//! subjects, Vietnamese text. No input or output happens here, and nothing here knows a feature.
#![deny(missing_docs)]

pub mod actor;
pub mod calendar;
pub mod citation;
pub mod clock;
pub mod error;
pub mod id;
pub mod limits;
pub mod subject;
pub mod text;

pub use actor::{Actor, Role, Roles};
pub use clock::Clock;
pub use error::{Error, Fault, Problem, Refusal};
pub use id::Ids;
pub use subject::{Subject, SubjectKind};

//! What can go wrong, told apart by who can mend it: a [`Refusal`] is for the person who asked, a
//! [`Fault`] is for the operator. Nothing else crosses a crate.

use std::fmt;

/// One thing that a person can mend: which field, which message, with which values.
///
/// `key` names a message of the Fluent files; no finished sentence is made here, because the
/// reader's language is known only where the page is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The form field at fault, or `None` when the whole request is.
    pub field: Option<&'static str>,
    /// Key of the message in the Fluent files.
    pub key: &'static str,
    /// Values for the message, by name.
    pub values: Vec<(&'static str, String)>,
}

impl Problem {
    /// A problem of one field.
    pub fn at(field: &'static str, key: &'static str) -> Self {
        Self {
            field: Some(field),
            key,
            values: Vec::new(),
        }
    }

    /// A problem of the whole request.
    pub fn of(key: &'static str) -> Self {
        Self {
            field: None,
            key,
            values: Vec::new(),
        }
    }

    /// The same problem with one more value for its message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.values.push((name, value.to_string()));
        self
    }
}

/// Why the house does not do what was asked, in a form that the asker can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// What was named does not exist, or not for this actor.
    NotFound,
    /// The actor may not do this; the key says why (for instance `refusal-four-eyes`).
    Forbidden(&'static str),
    /// The form is wrong in these places; all of them, not only the first.
    Invalid(Vec<Problem>),
    /// Somebody else saved in between; the page shows both.
    Stale,
    /// Too many attempts; try again after so many seconds.
    TooMany {
        /// Seconds to wait.
        retry_after_s: u32,
    },
}

impl Refusal {
    /// A refusal with one problem at one field.
    pub fn at(field: &'static str, key: &'static str) -> Self {
        Self::Invalid(vec![Problem::at(field, key)])
    }

    /// A refusal of the whole request for one reason that is not a field's.
    pub fn because(key: &'static str) -> Self {
        Self::Invalid(vec![Problem::of(key)])
    }

    /// A stable word for programs (problem details, audit rows, tests).
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Forbidden(key) => key,
            Self::Invalid(problems) => problems.first().map_or("invalid", |p| p.key),
            Self::Stale => "stale",
            Self::TooMany { .. } => "too_many",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Refusal {}

/// Something that only an operator can mend: a broken disk, a lost database, a bug.
///
/// Logged once, at the edge; the person sees only that it happened and a number to quote.
#[derive(Debug)]
pub struct Fault {
    what: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Fault {
    /// A fault in words for the operator's log.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            source: None,
        }
    }

    /// A fault in words with the error that caused it.
    pub fn from_source(
        what: impl Into<String>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self {
            what: what.into(),
            source: Some(source.into()),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if let Some(source) = &self.source {
            write!(f, ": {source}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|s| s.as_ref() as _)
    }
}

impl From<std::io::Error> for Fault {
    fn from(source: std::io::Error) -> Self {
        Self::from_source("input or output failed", source)
    }
}

/// Either kind; what stores and acts return.
#[derive(Debug)]
pub enum Error {
    /// The person can mend it.
    Refusal(Refusal),
    /// The operator must mend it.
    Fault(Fault),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refusal(refusal) => refusal.fmt(f),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<std::io::Error> for Error {
    fn from(source: std::io::Error) -> Self {
        Self::Fault(source.into())
    }
}

//! A row of an answer, read by column name.

use std::str::FromStr;

use base::Fault;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

/// One row. Reading a column that is not there, or as another type, is a fault of the statement.
pub struct Row {
    pub(crate) inner: Inner,
}

pub(crate) enum Inner {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident, $(#[$maybe_doc:meta])* $maybe:ident: $type:ty;)*) => {
        $(
            $(#[$doc])*
            ///
            /// # Faults
            /// No such column, another type, or null.
            pub fn $name(&self, column: &str) -> Result<$type, Fault> {
                self.$maybe(column)?.ok_or_else(|| Fault::new(format!("column {column} is null")))
            }

            $(#[$maybe_doc])*
            ///
            /// # Faults
            /// No such column, or another type.
            pub fn $maybe(&self, column: &str) -> Result<Option<$type>, Fault> {
                match &self.inner {
                    Inner::Sqlite(row) => row.try_get::<Option<$type>, _>(column),
                    Inner::Postgres(row) => row.try_get::<Option<$type>, _>(column),
                }
                .map_err(|error| Fault::from_source(format!("column {column}"), error))
            }
        )*
    };
}

impl Row {
    getters! {
        /// A whole number.
        int,
        /// A whole number or null.
        maybe_int: i64;
        /// A real number.
        real,
        /// A real number or null.
        maybe_real: f64;
        /// A text.
        text,
        /// A text or null.
        maybe_text: String;
        /// Bytes.
        bytes,
        /// Bytes or null.
        maybe_bytes: Vec<u8>;
    }

    /// A truth, kept as 0 or 1.
    ///
    /// # Faults
    /// No such column, another type, or null.
    pub fn flag(&self, column: &str) -> Result<bool, Fault> {
        Ok(self.int(column)? != 0)
    }

    /// A text that parses as something: an id, a date, a decimal.
    ///
    /// # Faults
    /// No such column, null, or a text that does not parse.
    pub fn parse<T: FromStr>(&self, column: &str) -> Result<T, Fault> {
        self.maybe_parse(column)?
            .ok_or_else(|| Fault::new(format!("column {column} is null")))
    }

    /// A text that parses as something, or null.
    ///
    /// # Faults
    /// No such column, or a text that does not parse.
    pub fn maybe_parse<T: FromStr>(&self, column: &str) -> Result<Option<T>, Fault> {
        self.maybe_text(column)?
            .map(|text| {
                text.parse::<T>()
                    .map_err(|_| Fault::new(format!("column {column} holds {text:?}")))
            })
            .transpose()
    }
}

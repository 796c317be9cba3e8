//! The few words in which the two databases differ.

use std::collections::HashMap;
use std::sync::{LazyLock, RwLock};

/// Which database runs the statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Backend {
    /// The embedded one, in a file.
    Sqlite,
    /// The one for many nodes.
    Postgres,
}

impl Backend {
    /// The word used in migration blocks and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Backend::Sqlite => "sqlite",
            Backend::Postgres => "postgres",
        }
    }
}

type Numbered = RwLock<HashMap<&'static str, &'static str>>;

/// The statement with `$1, $2, …` in place of `?`, as PostgreSQL wants it.
///
/// Statements are literals of the source, so each is translated once and kept.
pub(crate) fn numbered(statement: &'static str) -> &'static str {
    static KNOWN: LazyLock<Numbered> = LazyLock::new(RwLock::default);
    if let Ok(known) = KNOWN.read()
        && let Some(found) = known.get(statement)
    {
        return found;
    }
    let made: &'static str = number(statement).leak();
    if let Ok(mut known) = KNOWN.write() {
        return known.entry(statement).or_insert(made);
    }
    made
}

fn number(statement: &str) -> String {
    let mut out = String::with_capacity(statement.len() + 16);
    let mut n = 0;
    let mut quoted = false;
    for c in statement.chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                out.push(c);
            }
            '?' if !quoted => {
                n += 1;
                out.push('$');
                out.push_str(&n.to_string());
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbered_but_quoted_marks_are_left() {
        assert_eq!(
            numbered("SELECT '?' FROM t WHERE a = ? AND b = ?"),
            "SELECT '?' FROM t WHERE a = $1 AND b = $2"
        );
    }
}

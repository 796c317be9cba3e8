//! What goes into a statement: a null with its type, an integer, a real, a text or bytes.

use base::id::{
    AccountId, ActivityId, AgencyId, ArticleId, ChannelId, ComponentId, CriteriaSetId, EditionId,
    EvidenceId, ItemId, PlanId, ProgrammeId, RevisionId, RoundBodyId, RoundId, RowId, SelfScoreId,
    TaskId, UnitId,
};
use base::{Role, SubjectKind};

/// One value of a statement. A null keeps its type, because PostgreSQL asks for it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A whole number, a truth (0 or 1), a time in milliseconds, money in đồng.
    Int(Option<i64>),
    /// A real number.
    Real(Option<f64>),
    /// A text: words, ids, dates as `YYYY-MM-DD`.
    Text(Option<String>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

/// The values of a statement, in the order of its placeholders.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        [$($crate::Value::from($value)),*]
    };
}

macro_rules! plain {
    ($variant:ident, $($type:ty => $make:expr),* $(,)?) => {
        $(
            impl From<$type> for Value {
                fn from(value: $type) -> Self {
                    Value::$variant(Some($make(value)))
                }
            }

            impl From<Option<$type>> for Value {
                fn from(value: Option<$type>) -> Self {
                    Value::$variant(value.map($make))
                }
            }
        )*
    };
}

plain!(Int,
    i64 => std::convert::identity,
    i32 => i64::from,
    i16 => i64::from,
    u32 => i64::from,
    bool => i64::from,
);
plain!(Real, f64 => std::convert::identity);
plain!(Text,
    String => std::convert::identity,
    &String => |text: &String| text.clone(),
    &str => |text: &str| text.to_owned(),
    SubjectKind => |kind: SubjectKind| kind.as_str().to_owned(),
    Role => |role: Role| role.as_str().to_owned(),
);
plain!(Bytes,
    Vec<u8> => std::convert::identity,
    &[u8] => |bytes: &[u8]| bytes.to_vec(),
    &[u8; 32] => |bytes: &[u8; 32]| bytes.to_vec(),
);

macro_rules! ids {
    ($($id:ident),*) => {
        plain!(Text, $($id => |id: $id| id.to_string()),*);
    };
}

ids!(
    AccountId,
    ActivityId,
    AgencyId,
    ArticleId,
    ChannelId,
    ComponentId,
    CriteriaSetId,
    EditionId,
    EvidenceId,
    ItemId,
    PlanId,
    ProgrammeId,
    RevisionId,
    RoundBodyId,
    RoundId,
    RowId,
    SelfScoreId,
    TaskId,
    UnitId
);

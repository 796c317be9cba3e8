//! Typed ids. Every row is named by a UUIDv7, stored as text, so that ids sort by birth and two
//! databases need no common counter.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use ::serde;
pub use ::uuid::Uuid;

use crate::Clock;

/// Where new ids come from: random in service, counted in tests so that a run can be repeated.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    counter: Option<Arc<AtomicU64>>,
}

impl Ids {
    /// Random ids, for service.
    pub fn random() -> Self {
        Self { counter: None }
    }

    /// The same ids in the same order at every run, for tests and made-up data.
    pub fn counted(first: u64) -> Self {
        Self {
            counter: Some(Arc::new(AtomicU64::new(first))),
        }
    }

    /// A new id of any type, born at the clock's now.
    pub fn next<T: From<Uuid>>(&self, clock: &Clock) -> T {
        let ms = u64::try_from(clock.now_ms()).unwrap_or(0);
        let random = match &self.counter {
            None => *Uuid::new_v4().as_bytes(),
            Some(counter) => {
                let n = counter.fetch_add(1, Ordering::Relaxed);
                let mut bytes = [0u8; 16];
                bytes[8..].copy_from_slice(&n.to_be_bytes());
                bytes
            }
        };
        let mut tail = [0u8; 10];
        tail.copy_from_slice(&random[6..]);
        T::from(uuid::Builder::from_unix_timestamp_millis(ms, &tail).into_uuid())
    }
}

/// Declares a typed id: a UUID that cannot be mistaken for the id of another thing.
#[macro_export]
macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name($crate::id::Uuid);

        impl From<$crate::id::Uuid> for $name {
            fn from(uuid: $crate::id::Uuid) -> Self {
                Self(uuid)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Refusal;
            fn from_str(text: &str) -> Result<Self, $crate::Refusal> {
                $crate::id::Uuid::parse_str(text)
                    .map(Self)
                    .map_err(|_| $crate::Refusal::NotFound)
            }
        }

        impl $crate::id::serde::Serialize for $name {
            fn serialize<S: $crate::id::serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(&self.0.hyphenated())
            }
        }

        impl<'de> $crate::id::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::id::serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <String as $crate::id::serde::Deserialize>::deserialize(d)?;
                text.parse().map_err(|_| $crate::id::serde::de::Error::custom("not an id"))
            }
        }
    };
}

typed_id!(
    /// An agency (*cơ quan*): the scope of every row.
    AgencyId
);
typed_id!(
    /// A unit (*đơn vị, phòng*) of an agency.
    UnitId
);
typed_id!(
    /// An account: one person who signs in.
    AccountId
);
typed_id!(
    /// A plan (*kế hoạch truyền thông*).
    PlanId
);
typed_id!(
    /// A task (*nhiệm vụ*) of a plan.
    TaskId
);
typed_id!(
    /// An activity (*hoạt động*) of a task.
    ActivityId
);
typed_id!(
    /// A programme (*chương trình*) that activities and items of several plans belong to.
    ProgrammeId
);
typed_id!(
    /// An item: one thing done, counted once however often it is published.
    ItemId
);
typed_id!(
    /// An article (*tin, bài*): the document that keeps its address over all its editions.
    ArticleId
);
typed_id!(
    /// An edition (*phiên bản xuất bản*) of an article.
    EditionId
);
typed_id!(
    /// A revision (*bản lưu*) of an edition.
    RevisionId
);
typed_id!(
    /// A channel (*kênh*) of an agency.
    ChannelId
);
typed_id!(
    /// A piece of evidence (*minh chứng*).
    EvidenceId
);
typed_id!(
    /// A criteria set (*bộ tiêu chí*).
    CriteriaSetId
);
typed_id!(
    /// A component (*tiêu chí thành phần*) of a criteria set.
    ComponentId
);
typed_id!(
    /// A yearly round of scoring (*đợt chấm điểm*).
    RoundId
);
typed_id!(
    /// A body that is judged in a round.
    RoundBodyId
);
typed_id!(
    /// What a body says of a component in a round (*tự chấm*).
    SelfScoreId
);
typed_id!(
    /// Any other row that nobody refers to by type.
    RowId
);

impl From<ArticleId> for ItemId {
    /// An article is counted as the item of the same id.
    fn from(article: ArticleId) -> Self {
        Self(article.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_birth_and_come_back_from_text() {
        let clock = Clock::manual("2023-03-06T09:41:00Z".parse().unwrap());
        let ids = Ids::random();
        let first: PlanId = ids.next(&clock);
        clock.advance_ms(1);
        let second: PlanId = ids.next(&clock);
        assert!(first.to_string() < second.to_string());
        assert_eq!(first.to_string().parse::<PlanId>().unwrap(), first);
        assert_eq!("x".parse::<PlanId>(), Err(crate::Refusal::NotFound));
    }
}

//! A link by which one person may release one text once: pure.

use base::id::{AccountId, AgencyId, ArticleId, EditionId, RowId};

/// A link to release.
#[derive(Clone, Debug)]
pub struct ReleaseLink {
    /// Its id.
    pub id: RowId,
    /// Whose agency.
    pub agency: AgencyId,
    /// The article.
    pub article: ArticleId,
    /// The edition that was to be released when it was asked for.
    pub edition: EditionId,
    /// Hash of the text of that moment.
    pub sha256: String,
    /// Who may use it.
    pub account: AccountId,
    /// Who asked.
    pub asked_by: AccountId,
    /// When it was asked for.
    pub made_at: i64,
    /// From this moment on it opens nothing.
    pub ends_at: i64,
    /// When it was used.
    pub used_at: Option<i64>,
    /// When it was taken back.
    pub revoked_at: Option<i64>,
}

/// What a link is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It releases.
    Open,
    /// It has released.
    Used,
    /// Its time is over.
    Ended,
    /// It was taken back.
    Revoked,
    /// The text is no longer the one that it was made for, or waits no longer.
    Changed,
}

impl Standing {
    /// The word in keys: `release-{word}`.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Open => "open",
            Standing::Used => "used",
            Standing::Ended => "ended",
            Standing::Revoked => "revoked",
            Standing::Changed => "changed",
        }
    }
}

impl ReleaseLink {
    /// What it is good for at a moment. `waiting` is the hash of the text that waits for release
    /// now, if one of this edition does.
    pub fn standing(&self, waiting: Option<&str>, now: i64) -> Standing {
        if self.used_at.is_some() {
            Standing::Used
        } else if self.revoked_at.is_some() {
            Standing::Revoked
        } else if now >= self.ends_at {
            Standing::Ended
        } else if waiting == Some(self.sha256.as_str()) {
            Standing::Open
        } else {
            Standing::Changed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;

    const N: fn(u128) -> Uuid = Uuid::from_u128;

    fn link() -> ReleaseLink {
        ReleaseLink {
            id: N(1).into(),
            agency: N(2).into(),
            article: N(3).into(),
            edition: N(4).into(),
            sha256: "a".to_owned(),
            account: N(5).into(),
            asked_by: N(6).into(),
            made_at: 0,
            ends_at: 100,
            used_at: None,
            revoked_at: None,
        }
    }

    #[test]
    fn a_link_opens_the_text_it_was_made_for_until_its_end() {
        assert_eq!(link().standing(Some("a"), 99), Standing::Open);
        assert_eq!(link().standing(Some("a"), 100), Standing::Ended);
        assert_eq!(link().standing(Some("b"), 1), Standing::Changed);
        assert_eq!(link().standing(None, 1), Standing::Changed);
    }

    #[test]
    fn a_link_that_was_used_or_revoked_opens_nothing() {
        let used = ReleaseLink {
            used_at: Some(5),
            ..link()
        };
        let revoked = ReleaseLink {
            revoked_at: Some(5),
            ..link()
        };
        assert_eq!(used.standing(Some("a"), 6), Standing::Used);
        assert_eq!(revoked.standing(Some("a"), 6), Standing::Revoked);
    }
}

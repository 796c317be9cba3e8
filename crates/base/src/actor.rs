//! Who acts, and in which roles.

use crate::id::{AccountId, AgencyId, UnitId};

/// What a person may be in an agency (domain R72). One person may hold several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Người viết: writes own articles.
    Writer,
    /// Ban biên tập: reviews, returns, releases what others wrote.
    Editor,
    /// Người duyệt: releases what others submitted.
    Approver,
    /// Đầu mối CCHC: imports, assigns, chases, reports.
    Officer,
    /// Người đứng đầu đơn vị: answers for a unit.
    Head,
    /// Giám đốc: sees all, may force a publication.
    Director,
    /// Văn thư: numbers and dates of documents.
    Clerk,
    /// Người thẩm định (Sở Nội vụ): reads evidence and proofs only.
    Appraiser,
    /// Người xử lý góp ý: answers the public.
    FeedbackHandler,
    /// Quản trị: accounts and settings, no content.
    Administrator,
}

impl Role {
    /// Every role, in the order of the role matrix.
    pub const ALL: [Role; 10] = [
        Role::Writer,
        Role::Editor,
        Role::Approver,
        Role::Officer,
        Role::Head,
        Role::Director,
        Role::Clerk,
        Role::Appraiser,
        Role::FeedbackHandler,
        Role::Administrator,
    ];

    /// The word that tables and programs use.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Writer => "writer",
            Role::Editor => "editor",
            Role::Approver => "approver",
            Role::Officer => "officer",
            Role::Head => "head",
            Role::Director => "director",
            Role::Clerk => "clerk",
            Role::Appraiser => "appraiser",
            Role::FeedbackHandler => "feedback_handler",
            Role::Administrator => "administrator",
        }
    }

    /// The role of a word, if there is one.
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == word)
    }

    const fn bit(self) -> u16 {
        1 << (self as u16)
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(u16);

impl Roles {
    /// The set of these roles.
    pub const fn of(roles: &[Role]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < roles.len() {
            bits |= roles[i].bit();
            i += 1;
        }
        Self(bits)
    }

    /// Whether the role is in the set.
    pub const fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Whether the sets share a role.
    pub const fn meets(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }

    /// The roles in the set, in the order of [`Role::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

/// Who acts: a signed-in person, as every rule and every audit row sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// The agency whose rows the actor may see.
    pub agency: AgencyId,
    /// The unit the actor belongs to, if any.
    pub unit: Option<UnitId>,
    /// The name as colleagues write it.
    pub name: String,
    /// What the actor may be.
    pub roles: Roles,
}

impl Actor {
    /// Whether the actor holds the role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.has(role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_roles_holds_exactly_what_was_put_in() {
        let set = Roles::of(&[Role::Writer, Role::Director]);
        assert_eq!(
            set.iter().collect::<Vec<_>>(),
            [Role::Writer, Role::Director]
        );
        assert!(set.meets(Roles::of(&[Role::Director, Role::Clerk])));
        assert!(!set.meets(Roles::of(&[Role::Clerk])));
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
    }
}

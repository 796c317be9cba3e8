//! Who reads evidence, who adds it, and who says what else a piece proves or that it proves nothing.

use base::id::{AccountId, UnitId};
use base::{Actor, Refusal, Role, Roles};

/// Who reads the register, the pieces and what is missing, and takes packs.
pub const READERS: Roles = Roles::of(&[
    Role::Writer,
    Role::Editor,
    Role::Approver,
    Role::Officer,
    Role::Head,
    Role::Director,
    Role::Clerk,
    Role::Appraiser,
]);

/// Who adds evidence: whoever writes, reports or answers for a unit.
pub const ADDERS: Roles = Roles::of(&[Role::Writer, Role::Editor, Role::Officer, Role::Head]);

/// Who chooses what is asked for.
pub const CHOOSERS: Roles = Roles::of(&[Role::Officer]);

/// Who sees what is missing: of all units, or (a head) of the own one.
pub const ASKERS: Roles = Roles::of(&[Role::Officer, Role::Head, Role::Director, Role::Appraiser]);

/// Who takes packs.
pub const TAKERS: Roles = Roles::of(&[Role::Officer, Role::Head, Role::Director, Role::Appraiser]);

/// Whether the actor may add evidence.
///
/// # Refusals
/// `refusal-role`.
pub fn may_add(actor: &Actor) -> Result<(), Refusal> {
    match actor.roles.meets(ADDERS) {
        true => Ok(()),
        false => Err(Refusal::Forbidden("refusal-role")),
    }
}

/// Whether the actor may say what else a piece proves, settle that it is no repeat, or withdraw it:
/// the officer; who added it; the head of the unit whose work it shows.
///
/// # Refusals
/// `refusal-role`; `evidence-not-yours`.
pub fn may_change(
    actor: &Actor,
    added_by: Option<AccountId>,
    unit: Option<UnitId>,
) -> Result<(), Refusal> {
    may_add(actor)?;
    let is_own = added_by == Some(actor.account);
    let is_of_unit = actor.is(Role::Head) && unit.is_some() && unit == actor.unit;
    match actor.is(Role::Officer) || is_own || is_of_unit {
        true => Ok(()),
        false => Err(Refusal::Forbidden("evidence-not-yours")),
    }
}

/// The unit to which what is missing is narrowed for this actor: a head who is nothing more sees the
/// own unit's.
pub fn seen_unit(actor: &Actor) -> Seen {
    let sees_all = Roles::of(&[Role::Officer, Role::Director, Role::Appraiser]);
    match actor.roles.meets(sees_all) {
        true => Seen::All,
        false => Seen::Only(actor.unit),
    }
}

/// Of which units a person sees what is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Of all.
    All,
    /// Of the own one; of none without one.
    Only(Option<UnitId>),
}

impl Seen {
    /// Whether what this unit lacks is seen.
    pub fn has(self, unit: Option<UnitId>) -> bool {
        match self {
            Seen::All => true,
            Seen::Only(own) => own.is_some() && own == unit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::{AgencyId, Uuid};

    fn actor(roles: &[Role], account: u128, unit: Option<u128>) -> Actor {
        Actor {
            account: AccountId::from(Uuid::from_u128(account)),
            agency: AgencyId::from(Uuid::from_u128(1)),
            unit: unit.map(|n| UnitId::from(Uuid::from_u128(n))),
            name: "Võ Hà".to_owned(),
            roles: Roles::of(roles),
        }
    }

    #[test]
    fn an_appraiser_reads_everything_and_changes_nothing() {
        let appraiser = actor(&[Role::Appraiser], 1, Some(7));
        assert!(READERS.has(Role::Appraiser) && TAKERS.has(Role::Appraiser));
        assert!(may_add(&appraiser).is_err());
        let own = Some(appraiser.account);
        let found = may_change(&appraiser, own, appraiser.unit);
        assert_eq!(found, Err(Refusal::Forbidden("refusal-role")));
        assert_eq!(seen_unit(&appraiser), Seen::All);
    }

    #[test]
    fn a_piece_is_changed_by_its_adder_the_head_of_its_unit_or_the_officer() {
        let adder = Some(AccountId::from(Uuid::from_u128(9)));
        let unit = Some(UnitId::from(Uuid::from_u128(7)));
        let may = |roles: &[Role], account, own| {
            may_change(&actor(roles, account, own), adder, unit).is_ok()
        };
        assert!(may(&[Role::Officer], 1, None));
        assert!(may(&[Role::Writer], 9, None));
        assert!(!may(&[Role::Writer], 1, Some(7)));
        assert!(may(&[Role::Head], 1, Some(7)));
        assert!(!may(&[Role::Head], 1, Some(8)));
        let nowhere = actor(&[Role::Head], 1, None);
        assert!(may_change(&nowhere, adder, None).is_err());
        assert!(may_change(&nowhere, None, None).is_err());
    }

    #[test]
    fn a_head_sees_what_the_own_unit_lacks() {
        let seven = Some(UnitId::from(Uuid::from_u128(7)));
        let head = seen_unit(&actor(&[Role::Head], 1, Some(7)));
        assert!(head.has(seven) && !head.has(None));
        assert!(!seen_unit(&actor(&[Role::Head], 1, None)).has(None));
        let both = seen_unit(&actor(&[Role::Head, Role::Officer], 1, Some(8)));
        assert!(both.has(seven) && both.has(None));
    }
}

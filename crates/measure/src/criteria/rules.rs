//! Who may do what with criteria sets: one table.

use base::{Actor, Refusal, Role, Roles};

use super::set::SetState;

/// Who reads criteria sets.
pub const READERS: Roles = Roles::of(&[
    Role::Officer,
    Role::Head,
    Role::Director,
    Role::Appraiser,
    Role::Administrator,
]);
/// Who prepares them and puts them in force.
pub const EDITORS: Roles = Roles::of(&[Role::Officer, Role::Appraiser]);

/// What can be done with a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Change what it says, add and take away.
    Edit,
    /// Put it in force.
    PutInForce,
    /// Make clearer how a rule is read, with a reason.
    Clarify,
    /// Begin the next version from it.
    Copy,
    /// Take a draft away.
    Remove,
}

/// The deeds with the states that allow them.
pub const TABLE: [(Deed, &[SetState]); 5] = [
    (Deed::Edit, &[SetState::Draft]),
    (Deed::PutInForce, &[SetState::Draft]),
    (Deed::Clarify, &[SetState::Draft, SetState::InForce]),
    (
        Deed::Copy,
        &[SetState::Draft, SetState::InForce, SetState::Replaced],
    ),
    (Deed::Remove, &[SetState::Draft]),
];

/// Whether a person may do this with a set in this state.
///
/// # Refusals
/// `refusal-role`; `criteria-not-draft`.
pub fn may(actor: &Actor, deed: Deed, state: SetState) -> Result<(), Refusal> {
    if !actor.roles.meets(EDITORS) {
        return Err(Refusal::Forbidden("refusal-role"));
    }
    let allowed = TABLE.iter().find(|(listed, _)| *listed == deed);
    match allowed.is_some_and(|(_, states)| states.contains(&state)) {
        true => Ok(()),
        false => Err(Refusal::because("criteria-not-draft")),
    }
}

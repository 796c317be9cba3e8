//! Who sees items and who registers what was published elsewhere.

use base::{Actor, Refusal, Role, Roles};

use crate::items::REGISTRARS;

/// Everybody on the staff sees items; they are public facts with proof.
pub const STAFF: Roles = Roles::of(&Role::ALL);

/// Who may open an article at the desk: all but who only judges or only administers. The newsroom
/// holds the rule; this only keeps others from being shown a closed door.
pub const NEWSROOM: Roles = Roles::of(&[
    Role::Writer,
    Role::Editor,
    Role::Approver,
    Role::Officer,
    Role::Head,
    Role::Director,
    Role::Clerk,
]);

/// Who says how an item counts.
pub const SHARERS: Roles = Roles::of(&[Role::Officer]);

/// Whether the actor may say how an item is shared and which programmes it belongs to.
///
/// # Refusals
/// `refusal-role`.
pub fn may_share(actor: &Actor) -> Result<(), Refusal> {
    if actor.roles.meets(SHARERS) {
        Ok(())
    } else {
        Err(Refusal::Forbidden("refusal-role"))
    }
}

/// Whether the actor may register something published elsewhere.
///
/// # Refusals
/// `refusal-role`.
pub fn may_register(actor: &Actor) -> Result<(), Refusal> {
    if actor.roles.meets(REGISTRARS) {
        Ok(())
    } else {
        Err(Refusal::Forbidden("refusal-role"))
    }
}

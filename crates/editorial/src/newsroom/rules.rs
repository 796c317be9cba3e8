//! Who may do what in the newsroom: one table, four eyes included.

use base::{Actor, Refusal, Role, Roles};

use super::article::{Edition, Revision, State};

/// What can be done with an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Write its text.
    Write,
    /// Send it to be released.
    Submit,
    /// Take it back to write on.
    Recall,
    /// Give it back with a reason.
    GiveBack,
    /// Release it.
    Publish,
    /// Release it without a second pair of eyes.
    Force,
    /// Confirm a forced release.
    Confirm,
    /// Take it from the public.
    Withdraw,
    /// Begin the next edition.
    Revise,
    /// Ask somebody to release it by a link.
    AskRelease,
}

/// Who may see the newsroom.
pub const STAFF: Roles = Roles::of(&[
    Role::Writer,
    Role::Editor,
    Role::Approver,
    Role::Officer,
    Role::Head,
    Role::Director,
    Role::Clerk,
]);

/// Who may write.
pub const WRITERS: Roles = Roles::of(&[
    Role::Writer,
    Role::Editor,
    Role::Officer,
    Role::Head,
    Role::Director,
]);

/// Who may release what others wrote.
pub const RELEASERS: Roles = Roles::of(&[Role::Editor, Role::Approver, Role::Director]);

/// Who may ask for the release of what others sent.
const ASKERS: Roles = Roles::of(&[Role::Editor, Role::Approver, Role::Officer, Role::Director]);

const OPEN: &[State] = &[State::Draft, State::Returned];
const UNPUBLISHED: &[State] = &[State::Draft, State::Returned, State::Submitted];

/// The table: in which states, and by whom.
fn row(deed: Deed) -> (&'static [State], Roles) {
    match deed {
        Deed::Write | Deed::Submit => (OPEN, WRITERS),
        Deed::Recall => (&[State::Submitted], WRITERS),
        Deed::GiveBack | Deed::Publish => (&[State::Submitted], RELEASERS),
        Deed::Force => (UNPUBLISHED, Roles::of(&[Role::Director])),
        Deed::Confirm => (&[State::Published], RELEASERS),
        Deed::Withdraw => (&[State::Published], RELEASERS),
        Deed::Revise => (&[State::Published, State::Withdrawn], WRITERS),
        Deed::AskRelease => (&[State::Submitted], STAFF),
    }
}

/// Whether a person may do something with an edition, as it stands.
///
/// # Refusals
/// `refusal-role`, `refusal-state`, `refusal-not-yours`, `refusal-four-eyes`.
pub fn may(actor: &Actor, deed: Deed, edition: &Edition) -> Result<(), Refusal> {
    let (states, roles) = row(deed);
    if !actor.roles.meets(roles) {
        return Err(Refusal::Forbidden("refusal-role"));
    }
    if !states.contains(&edition.state) {
        return Err(Refusal::Forbidden("refusal-state"));
    }
    let is_own = edition.created_by == actor.account;
    let is_editor = actor.is(Role::Editor);
    match deed {
        Deed::Write | Deed::Submit if !is_own && !is_editor => {
            Err(Refusal::Forbidden("refusal-not-yours"))
        }
        Deed::AskRelease
            if edition.submitted_by != Some(actor.account) && !actor.roles.meets(ASKERS) =>
        {
            Err(Refusal::Forbidden("refusal-not-yours"))
        }
        Deed::Recall if edition.submitted_by != Some(actor.account) => {
            Err(Refusal::Forbidden("refusal-not-yours"))
        }
        Deed::Confirm if !edition.awaits_confirmation() => Err(Refusal::Forbidden("refusal-state")),
        Deed::Confirm if edition.published_by == Some(actor.account) => {
            Err(Refusal::Forbidden("refusal-four-eyes"))
        }
        _ => Ok(()),
    }
}

/// Four eyes: who sent, began or last saved a text neither releases it nor confirms its release.
///
/// # Refusals
/// `refusal-four-eyes`.
pub fn refuse_own(actor: &Actor, edition: &Edition, revision: &Revision) -> Result<(), Refusal> {
    let is_own = edition.submitted_by == Some(actor.account)
        || edition.created_by == actor.account
        || revision.saved_by == actor.account;
    if is_own {
        Err(Refusal::Forbidden("refusal-four-eyes"))
    } else {
        Ok(())
    }
}

/// Whether a person may see an edition at the desk: staff see all of the agency.
pub fn may_see(actor: &Actor) -> bool {
    actor.roles.meets(STAFF)
}

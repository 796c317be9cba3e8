//! A message to one person and where it stands: pure.

use base::id::{AccountId, AgencyId, RowId};
use serde_json::Value;

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// To be sent, for the first time or again.
    Waiting,
    /// The server waits for its content, or has it and has not answered yet.
    Sending,
    /// The server said that it took it.
    Sent,
    /// The server said no for good.
    Refused,
    /// It was tried for too long.
    GivenUp,
    /// Its content was on the way when the answer was lost: nobody here knows whether it arrived.
    Unclear,
    /// There was nothing left to say, or nobody to say it to.
    Dropped,
}

impl State {
    /// Every state.
    pub const ALL: [State; 7] = [
        State::Waiting,
        State::Sending,
        State::Sent,
        State::Refused,
        State::GivenUp,
        State::Unclear,
        State::Dropped,
    ];

    /// The word that tables use; people read the key `mail-state-{word}`.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Sending => "sending",
            State::Sent => "sent",
            State::Refused => "refused",
            State::GivenUp => "given_up",
            State::Unclear => "unclear",
            State::Dropped => "dropped",
        }
    }

    /// The state of a word, if there is one.
    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether an administrator may have it sent again: it has ended, and not well.
    pub fn may_be_resent(self) -> bool {
        matches!(self, State::Refused | State::GivenUp | State::Unclear)
    }
}

/// A message as its row holds it. What it says is composed when it leaves.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its id; the Message-ID of the mail is made of it.
    pub id: RowId,
    /// Whose.
    pub agency: AgencyId,
    /// To whom.
    pub account: AccountId,
    /// Who composes it: a word of the feature that wrote it.
    pub kind: String,
    /// What it is about, for its composer.
    pub about: Value,
    /// Where it stands.
    pub state: State,
    /// Where it was sent, or was about to be.
    pub address: String,
    /// How often it was tried.
    pub n_attempts: i64,
    /// Not before this moment.
    pub next_at: i64,
    /// What the server said last.
    pub reply: String,
    /// Why it was dropped: the end of a key `mail-why-{word}`.
    pub why: String,
    /// When it was last tried.
    pub tried_at: Option<i64>,
    /// When it was written.
    pub created_at: i64,
    /// When it was last put into the queue: at first, or by a person who had it sent again.
    pub queued_at: i64,
}

/// A message to be written.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Its id.
    pub id: RowId,
    /// Whose.
    pub agency: AgencyId,
    /// To whom.
    pub account: AccountId,
    /// Who composes it.
    pub kind: &'static str,
    /// What it is about.
    pub about: Value,
    /// A second message with the same words is not written: `owed/{account}/{day}`.
    pub once: String,
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server took it, and said so.
    Taken(String),
    /// Not this time, and certainly not taken.
    Later(String),
    /// Never, says the server.
    Refused(String),
    /// The content was on its way, and no answer came.
    Unclear(String),
}

//! Witnesses of our log and logs that we witness: what a row says, and what a form may say.

use base::id::RowId;
use base::{Problem, Refusal};
use web::Form;

use super::address::Address;
use crate::audit::{VerifierKey, WitnessKey};

/// Longest address of a witness, in characters.
const URL_CHARS_MAX: usize = 300;
/// Longest written key, in characters.
const KEY_CHARS_MAX: usize = 400;

/// How it stands with a witness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not asked yet.
    New,
    /// It cosigned the newest checkpoint that it was asked for.
    Cosigned,
    /// It cannot be reached, or answers something that is no answer.
    Silent,
    /// It does not know our log or our key.
    Stranger,
    /// It says that it has seen more of our log than there is.
    Ahead,
    /// It says that our log is not the one it has seen.
    Refused,
}

impl State {
    const ALL: [State; 6] = [
        State::New,
        State::Cosigned,
        State::Silent,
        State::Stranger,
        State::Ahead,
        State::Refused,
    ];

    /// The word that tables use; people read `witness-state-{word}`.
    pub fn as_str(self) -> &'static str {
        match self {
            State::New => "new",
            State::Cosigned => "cosigned",
            State::Silent => "silent",
            State::Stranger => "stranger",
            State::Ahead => "ahead",
            State::Refused => "refused",
        }
    }

    /// The state of a word, if there is one.
    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// What asking a witness came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Its signature line for the checkpoint of this size.
    Cosigned {
        /// The size.
        size: u64,
        /// The line of a signed note.
        line: String,
    },
    /// Nothing came, or nothing that is an answer; what happened.
    Silent(String),
    /// It does not know our log or our key.
    Stranger,
    /// It has seen so many leaves, more than we have.
    Ahead(u64),
    /// The log does not continue what it has seen.
    Refused,
}

impl Answer {
    /// How it stands with the witness after this.
    pub fn state(&self) -> State {
        match self {
            Self::Cosigned { .. } => State::Cosigned,
            Self::Silent(_) => State::Silent,
            Self::Stranger => State::Stranger,
            Self::Ahead(_) => State::Ahead,
            Self::Refused => State::Refused,
        }
    }

    /// Whether the witness itself said something.
    pub fn is_answer(&self) -> bool {
        !matches!(self, Self::Silent(_))
    }

    /// The size that was cosigned, if one was.
    pub fn cosigned(&self) -> Option<u64> {
        match self {
            Self::Cosigned { size, .. } => Some(*size),
            _ => None,
        }
    }

    /// What is kept of its words.
    pub fn reply(&self) -> String {
        match self {
            Self::Silent(what) => what.chars().take(200).collect(),
            Self::Ahead(size) => size.to_string(),
            _ => String::new(),
        }
    }
}

/// A witness of our log.
#[derive(Clone, Debug)]
pub struct Witness {
    /// Its id.
    pub id: RowId,
    /// Its address, to which `/add-checkpoint` is added.
    pub url: String,
    /// Its key.
    pub key: WitnessKey,
    /// The size of our log that it cosigned last.
    pub size: u64,
    /// How it stands.
    pub state: State,
    /// When it was asked last.
    pub asked_at: Option<i64>,
    /// When it answered last.
    pub answered_at: Option<i64>,
    /// What is kept of its words.
    pub reply: String,
}

/// A log that we witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessedLog {
    /// Which log.
    pub origin: String,
    /// Its key, as written.
    pub key: String,
    /// Whether we still cosign.
    pub is_watched: bool,
    /// The size that we cosigned last; 0 for none.
    pub size: u64,
    /// The checkpoint that we cosigned last, with our line; empty for none.
    pub note: String,
    /// When.
    pub cosigned_at: Option<i64>,
    /// A signed checkpoint that does not continue that one; empty for none.
    pub refused_note: String,
    /// When that came.
    pub refused_at: Option<i64>,
}

/// What an administrator writes of a witness.
#[derive(Clone, Debug)]
pub struct NewWitness {
    /// Its address, without a slash at the end.
    pub url: String,
    /// Its key.
    pub key: WitnessKey,
}

impl NewWitness {
    /// Reads the form; every problem at once.
    ///
    /// # Refusals
    /// `witness-url`, `witness-key`, missing fields.
    pub fn of(form: &Form) -> Result<Self, Refusal> {
        let mut check = form.check();
        let url = check.required_line("url", URL_CHARS_MAX);
        let url = url.trim_end_matches('/').to_owned();
        if !url.is_empty() && Address::of(&url).is_none() {
            check.add(Problem::at("url", "witness-url"));
        }
        let written = check.required_line("key", KEY_CHARS_MAX);
        let key = written.parse::<WitnessKey>().ok();
        if key.is_none() && !written.is_empty() {
            check.add(Problem::at("key", "witness-key"));
        }
        check.done()?;
        match key {
            Some(key) => Ok(Self { url, key }),
            None => Err(Refusal::at("key", "witness-key")),
        }
    }
}

/// The key of a log that we are asked to witness, from a form.
///
/// # Refusals
/// `witnessed-key`, a missing field.
pub fn log_key(form: &Form) -> Result<VerifierKey, Refusal> {
    let mut check = form.check();
    let written = check.required_line("log_key", KEY_CHARS_MAX);
    check.done()?;
    written
        .parse()
        .map_err(|_| Refusal::at("log_key", "witnessed-key"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{CosigningKey, SigningKey};

    #[test]
    fn a_form_with_an_address_and_a_key_is_a_witness() {
        let log = SigningKey::from_seed("snv.example.vn/loa", [5; 32]).unwrap();
        let key = CosigningKey::of(&log).unwrap().witness().to_string();
        let form =
            |url: &str, key: &str| Form::filled([("url", url.to_owned()), ("key", key.to_owned())]);
        let new = NewWitness::of(&form("https://snv.example.vn/api/v1/log/", &key)).unwrap();
        assert_eq!(new.url, "https://snv.example.vn/api/v1/log");
        let fields = |form: &Form| match NewWitness::of(form) {
            Err(Refusal::Invalid(problems)) => {
                problems.iter().filter_map(|p| p.field).collect::<Vec<_>>()
            }
            _ => Vec::new(),
        };
        assert_eq!(fields(&form("ftp://x", "y")), ["url", "key"]);
        let log_line = log.verifier().to_string();
        assert_eq!(fields(&form("https://a.vn", &log_line)), ["key"]);
        let typed = Form::filled([("log_key", log_line)]);
        assert_eq!(log_key(&typed).unwrap(), *log.verifier());
    }

    #[test]
    fn states_have_words() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
    }
}

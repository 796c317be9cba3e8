//! What a log sends to a witness (C2SP tlog-witness, `add-checkpoint`), and what the witness decides:
//! pure, so that the one promise of a witness, never to cosign a fork, can be tried in every order.
//!
//! ```text
//! old 20852014
//! PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
//!
//! <the signed checkpoint>
//! ```

use crate::audit::tree::{Hash, verify_consistency};
use crate::audit::{Checkpoint, NoteError, SignedNote, VerifierKey};

/// Most lines of proof: a tree of 64-bit numbers has no longer one.
const PROOF_MAX: usize = 63;

/// A request to cosign a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The size of the checkpoint that the witness cosigned last, as the log believes.
    pub old_size: u64,
    /// That the new checkpoint continues that one.
    pub proof: Vec<Hash>,
    /// The new checkpoint, a signed note.
    pub note: String,
}

/// What the witness cosigned last of a log; size 0 if nothing yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigned {
    /// Its size.
    pub size: u64,
    /// Its root; the root of the empty tree for size 0.
    pub root: Hash,
}

/// Why a witness does not cosign. The statuses are those of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turned {
    /// The request has not the form, or its old size is above the new one (400).
    Malformed,
    /// No known key signed the checkpoint (403).
    Unsigned,
    /// The log believes that another checkpoint was cosigned last: this size was (409).
    Conflict(u64),
    /// The proof does not show that the log only grew (422).
    Inconsistent,
}

impl Turned {
    /// The HTTP status of the specification.
    pub fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::Unsigned => 403,
            Self::Conflict(_) => 409,
            Self::Inconsistent => 422,
        }
    }
}

impl Request {
    /// Reads the body of a request; `None` if it has not the form.
    pub fn parse(body: &str) -> Option<Self> {
        let (head, note) = body.split_once("\n\n")?;
        let mut lines = head.split('\n');
        let digits = lines.next()?.strip_prefix("old ")?;
        let old_size: u64 = digits.parse().ok()?;
        let proof: Vec<Hash> = lines.map(Hash::from_base64).collect::<Option<_>>()?;
        (old_size.to_string() == digits && proof.len() <= PROOF_MAX).then(|| Self {
            old_size,
            proof,
            note: note.to_owned(),
        })
    }

    /// The body to send.
    pub fn to_body(&self) -> String {
        let mut body = format!("old {}\n", self.old_size);
        for hash in &self.proof {
            body.push_str(&hash.to_base64());
            body.push('\n');
        }
        body.push('\n');
        body.push_str(&self.note);
        body
    }

    /// The log that the checkpoint says it is of; not believed yet.
    pub fn origin(&self) -> Option<String> {
        Checkpoint::peek(&self.note).ok().map(|c| c.origin)
    }

    /// The text of the checkpoint: what a cosignature covers.
    pub fn checkpoint_text(&self) -> Option<String> {
        let note = SignedNote::parse(&self.note).ok()?;
        Some(note.text().to_owned())
    }

    /// The checkpoint to cosign, held against the one that was cosigned last, in the order of the
    /// specification.
    pub fn judge(&self, key: &VerifierKey, last: &Cosigned) -> Result<Checkpoint, Turned> {
        let new = Checkpoint::open(&self.note, key).map_err(|error| match error {
            NoteError::Malformed => Turned::Malformed,
            NoteError::Unsigned | NoteError::Forged => Turned::Unsigned,
        })?;
        if self.old_size > new.size {
            return Err(Turned::Malformed);
        }
        if self.old_size != last.size || (last.size == new.size && last.root != new.root) {
            return Err(Turned::Conflict(last.size));
        }
        match verify_consistency((last.size, last.root), (new.size, new.root), &self.proof) {
            true => Ok(new),
            false => Err(Turned::Inconsistent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::SigningKey;
    use crate::audit::tree::{Edge, HashStore, Parts, TileRef, empty_root, leaf_hash};
    use base::Fault;
    use proptest::prelude::*;

    /// A log in memory: its leaves, as texts.
    struct Log(Vec<String>);

    impl HashStore for Log {
        fn tile(&self, tile: TileRef) -> Result<Vec<Hash>, Fault> {
            assert_eq!(tile.level, 0, "the logs here are short");
            let hashes = self.0.iter().map(|leaf| leaf_hash(leaf.as_bytes()));
            Ok(hashes
                .skip(usize::try_from(tile.index * 256).unwrap())
                .collect())
        }
    }

    impl Log {
        fn root(&self, size: u64) -> Hash {
            let mut edge = Edge::new();
            for leaf in &self.0[..usize::try_from(size).unwrap()] {
                edge.push(leaf_hash(leaf.as_bytes()));
            }
            edge.root()
        }

        fn ask(&self, key: &SigningKey, old: u64, new: u64) -> Request {
            let proof = Parts::consistency(old, new)
                .map(|parts| parts.resolve(new, self).unwrap())
                .unwrap_or_default();
            Request {
                old_size: old,
                proof,
                note: Checkpoint::new(key, new, self.root(new)).sign(key).unwrap(),
            }
        }
    }

    fn key(n: u8) -> SigningKey {
        SigningKey::from_seed("stp.example.vn/loa", [n; 32]).unwrap()
    }

    fn nothing() -> Cosigned {
        Cosigned {
            size: 0,
            root: empty_root(),
        }
    }

    /// Two logs that are one up to `fork`, and then are not.
    fn forked(fork: usize, n: usize) -> [Log; 2] {
        ["a", "b"].map(|side| {
            let leaf = |i: usize| match i < fork {
                true => format!("{i}"),
                false => format!("{side}{i}"),
            };
            Log((0..n).map(leaf).collect())
        })
    }

    #[test]
    fn a_request_is_sent_and_read_as_it_was_and_has_one_spelling() {
        let [log, _] = forked(9, 9);
        let request = log.ask(&key(1), 3, 9);
        assert_eq!(Request::parse(&request.to_body()), Some(request.clone()));
        assert_eq!(request.origin().as_deref(), Some("stp.example.vn/loa"));
        let body = request.to_body();
        for bad in [
            body.replacen("old 3", "old 03", 1),
            body.replacen("old 3", "old", 1),
            body.replacen("old 3\n", "old 3\nAAAA\n", 1),
            body.replacen("\n\n", "\n", 1),
            String::new(),
        ] {
            assert!(
                Request::parse(&bad)
                    .is_none_or(|r| r.judge(key(1).verifier(), &nothing()).is_err()),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_witness_answers_as_the_specification_says() {
        let [log, other] = forked(4, 12);
        let verifier = key(1);
        let judge = |request: &Request, last: &Cosigned| request.judge(verifier.verifier(), last);
        let five = Cosigned {
            size: 5,
            root: log.root(5),
        };
        assert_eq!(judge(&log.ask(&key(1), 0, 5), &nothing()).unwrap().size, 5);
        assert_eq!(judge(&log.ask(&key(1), 5, 5), &five).unwrap().size, 5);
        assert_eq!(judge(&log.ask(&key(1), 5, 12), &five).unwrap().size, 12);
        assert_eq!(
            judge(&log.ask(&key(1), 0, 12), &five),
            Err(Turned::Conflict(5))
        );
        assert_eq!(
            judge(&log.ask(&key(1), 3, 4), &five),
            Err(Turned::Conflict(5))
        );
        assert_eq!(
            judge(&other.ask(&key(1), 5, 12), &five),
            Err(Turned::Inconsistent)
        );
        assert_eq!(
            judge(&other.ask(&key(1), 5, 5), &five),
            Err(Turned::Conflict(5))
        );
        assert_eq!(
            judge(&log.ask(&key(2), 5, 12), &five),
            Err(Turned::Unsigned)
        );
        let mut backwards = log.ask(&key(1), 5, 12);
        backwards.old_size = 13;
        assert_eq!(judge(&backwards, &five), Err(Turned::Malformed));
    }

    proptest! {
        /// Whatever two diverging logs with one key ask, in whichever order: all that was cosigned
        /// lies on one history.
        #[test]
        fn a_witness_never_cosigns_a_fork(
            fork in 0usize..20,
            asked in prop::collection::vec((0usize..2, 0u64..=24, 0u64..=24, any::<bool>()), 1..40),
        ) {
            let logs = forked(fork, 24);
            let log_key = key(1);
            let mut last = nothing();
            let mut cosigned: Vec<Checkpoint> = Vec::new();
            for (side, old, new, is_honest) in asked {
                let old = if is_honest { last.size } else { old };
                let request = logs[side].ask(&log_key, old, new);
                if let Ok(new) = request.judge(log_key.verifier(), &last) {
                    prop_assert!(new.size >= last.size);
                    last = Cosigned { size: new.size, root: new.root };
                    cosigned.push(new);
                }
            }
            let on = |log: &Log| cosigned.iter().all(|c| log.root(c.size) == c.root);
            prop_assert!(on(&logs[0]) || on(&logs[1]));
        }
    }
}

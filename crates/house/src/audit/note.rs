//! Signed notes (C2SP signed-note): a text, a blank line, and one line per signature:
//!
//! ```text
//! — <key name> base64(key id, 4 bytes big-endian || signature)
//! ```
//!
//! The dash is U+2014; the signature covers the text with its last line end, without the blank line.

use std::fmt;

use base::Fault;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::key::{SigningKey, VerifierKey, is_name};

/// Longest note that is read, in bytes.
pub const NOTE_BYTES_MAX: usize = 64 * 1024;
const SIGNATURES_MAX: usize = 64;

/// A text with its signatures; nothing is known of them before [`SignedNote::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedNote {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// One signature line of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoteSignature {
    pub(super) name: String,
    pub(super) key_id: u32,
    pub(super) bytes: Vec<u8>,
}

/// Why a note is not to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteError {
    /// It does not have the form of a signed note.
    Malformed,
    /// None of its signatures is by the key.
    Unsigned,
    /// It bears a signature of the key that does not fit the text.
    Forged,
}

impl NoteError {
    /// A stable word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Malformed => "note_malformed",
            Self::Unsigned => "note_unsigned",
            Self::Forged => "note_forged",
        }
    }
}

impl SignedNote {
    /// The text, signed by the key.
    ///
    /// # Faults
    /// The text does not end with a line end, or holds control characters.
    pub fn sign(text: &str, key: &SigningKey) -> Result<Self, Fault> {
        if !is_text(text) {
            return Err(Fault::new("this text cannot be signed as a note"));
        }
        Ok(Self {
            text: text.to_owned(),
            signatures: vec![NoteSignature {
                name: key.verifier().name().to_owned(),
                key_id: key.verifier().id(),
                bytes: key.sign(text),
            }],
        })
    }

    /// Reads a note; its signatures are not checked yet.
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(NoteError::Malformed);
        }
        let end = note.rfind("\n\n").ok_or(NoteError::Malformed)? + 1;
        let (text, rest) = note.split_at(end);
        let lines = rest[1..].strip_suffix('\n').ok_or(NoteError::Malformed)?;
        let signatures = lines
            .split('\n')
            .map(NoteSignature::parse)
            .collect::<Option<Vec<_>>>()
            .ok_or(NoteError::Malformed)?;
        if !is_text(text) || signatures.len() > SIGNATURES_MAX {
            return Err(NoteError::Malformed);
        }
        Ok(Self {
            text: text.to_owned(),
            signatures,
        })
    }

    /// The text, with its last line end. Believe it only after [`SignedNote::verify`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the key signed exactly this text. Signatures by other keys are ignored.
    pub fn verify(&self, key: &VerifierKey) -> Result<(), NoteError> {
        let mut own = self
            .signatures
            .iter()
            .filter(|s| s.name == key.name() && s.key_id == key.id())
            .peekable();
        if own.peek().is_none() {
            return Err(NoteError::Unsigned);
        }
        match own.all(|s| key.holds(&self.text, &s.bytes)) {
            true => Ok(()),
            false => Err(NoteError::Forged),
        }
    }

    /// The bytes of the key's signature, not checked.
    pub(super) fn signature_of(&self, key: &VerifierKey) -> Option<&[u8]> {
        self.signatures
            .iter()
            .find(|s| s.name == key.name() && s.key_id == key.id())
            .map(|s| s.bytes.as_slice())
    }

    /// A note with a signature that somebody says is the key's; not checked.
    pub(super) fn with_signature(text: &str, key: &VerifierKey, bytes: Vec<u8>) -> Self {
        Self {
            text: text.to_owned(),
            signatures: vec![NoteSignature {
                name: key.name().to_owned(),
                key_id: key.id(),
                bytes,
            }],
        }
    }

    /// The same note with the signatures of this key alone.
    #[must_use]
    pub fn only(mut self, key: &VerifierKey) -> Self {
        self.signatures
            .retain(|s| s.name == key.name() && s.key_id == key.id());
        self
    }

    /// Whether the note has one signature and no more: the form in which this house writes notes.
    pub fn is_single(&self) -> bool {
        self.signatures.len() == 1
    }
}

impl fmt::Display for SignedNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for signature in &self.signatures {
            let mut bytes = signature.key_id.to_be_bytes().to_vec();
            bytes.extend_from_slice(&signature.bytes);
            writeln!(f, "\u{2014} {} {}", signature.name, STANDARD.encode(bytes))?;
        }
        Ok(())
    }
}

impl NoteSignature {
    pub(super) fn parse(line: &str) -> Option<Self> {
        let (name, encoded) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
        let bytes = STANDARD.decode(encoded).ok()?;
        let (id, signature) = bytes.split_at_checked(4)?;
        if !is_name(name) || signature.is_empty() {
            return None;
        }
        Some(Self {
            name: name.to_owned(),
            key_id: u32::from_be_bytes(id.try_into().ok()?),
            bytes: signature.to_vec(),
        })
    }
}

fn is_text(text: &str) -> bool {
    text.ends_with('\n') && !text.contains(|c: char| c < ' ' && c != '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published with the reference implementation of signed notes.
    const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const SECRET: &str =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n\
        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn the_published_note_is_signed_and_verified_as_published() {
        let key: SigningKey = SECRET.parse().unwrap();
        assert_eq!(key.verifier().to_string(), KEY);
        assert_eq!(key.to_secret_line(), SECRET);
        assert!(!format!("{key:?}").contains("AYEKFALV"));
        let note = SignedNote::parse(NOTE).unwrap();
        note.verify(&KEY.parse().unwrap()).unwrap();
        assert_eq!(
            SignedNote::sign(note.text(), &key).unwrap().to_string(),
            NOTE
        );
    }

    #[test]
    fn a_note_of_another_implementation_verifies() {
        let key: VerifierKey =
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
                .parse()
                .unwrap();
        let note = "This is an example message.\n\n\u{2014} example.com/foo \
            Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
        SignedNote::parse(note).unwrap().verify(&key).unwrap();
    }

    #[test]
    fn no_byte_of_a_note_can_be_changed_unseen() {
        let key: VerifierKey = KEY.parse().unwrap();
        for at in 0..NOTE.len() {
            let mut bytes = NOTE.as_bytes().to_vec();
            bytes[at] ^= 1 << (at % 8);
            let holds = std::str::from_utf8(&bytes)
                .ok()
                .and_then(|text| SignedNote::parse(text).ok())
                .is_some_and(|note| note.verify(&key).is_ok());
            assert!(!holds, "byte {at}");
        }
    }

    #[test]
    fn signatures_of_strangers_are_ignored_and_false_ones_of_the_key_are_not() {
        let key = SigningKey::generate("stp.example.vn/loa").unwrap();
        let witness = SigningKey::generate("witness.example.vn").unwrap();
        let ours = SignedNote::sign("a\n", &key).unwrap();
        let theirs = SignedNote::sign("a\n", &witness).unwrap();
        let mut both = ours.clone();
        both.signatures.extend(theirs.signatures.clone());
        assert_eq!(SignedNote::parse(&both.to_string()), Ok(both.clone()));
        assert_eq!(both.verify(key.verifier()), Ok(()));
        assert_eq!(theirs.verify(key.verifier()), Err(NoteError::Unsigned));
        both.signatures[0].bytes[0] ^= 1;
        assert_eq!(both.verify(key.verifier()), Err(NoteError::Forged));
        assert_eq!(both.verify(witness.verifier()), Ok(()));
    }

    #[test]
    fn names_with_spaces_or_plus_are_no_names_of_a_key() {
        for name in ["", "a b", "a+b", "a\nb", "a\u{3000}b"] {
            assert!(SigningKey::from_seed(name, [7; 32]).is_err(), "{name:?}");
        }
        assert!(SignedNote::sign("no line end", &SigningKey::generate("a").unwrap()).is_err());
        for text in [
            "",
            "\n",
            "a\n\n",
            "a\n\n\n",
            "a\n\n\u{2014} b\n",
            "a\n\n\u{2014} b AAAA\n",
        ] {
            assert_eq!(
                SignedNote::parse(text),
                Err(NoteError::Malformed),
                "{text:?}"
            );
        }
    }
}

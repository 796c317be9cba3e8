//! What is personal in an entry: sealed under a key of the person's own before the entry is hashed,
//! so that erasing the key forgets the words and no proof breaks.
//!
//! A sealed text is `sealed/1:` and the base64 of
//!
//! ```text
//! nonce (24) || commitment (32) || XChaCha20-Poly1305(key, nonce, salt (32) || text; context)
//! commitment = SHA-256("loa sealed/1" || 0x0A || salt || text)
//! ```
//!
//! The leaf covers these bytes. The commitment binds the text to the leaf: without it, who holds the
//! database could put another key beside the same bytes and read another name out of them. The salt
//! is sealed with the text, so that nobody can guess names once the key is gone. The context names
//! the entry and the person; a sealed text means nothing elsewhere.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// Bytes of randomness that one sealing takes: the nonce and the salt.
pub const RANDOM_BYTES: usize = NONCE_BYTES + SALT_BYTES;

/// What stands where a person's words were before their key was erased, when they are written anew.
pub const ERASED: &str = "erased/1";

const MARK: &str = "sealed/1:";
const NONCE_BYTES: usize = 24;
const SALT_BYTES: usize = 32;
const HASH_BYTES: usize = 32;
/// Member of an object in `data` that says whose words its other member holds.
const OF: &str = "personal_of";
const TEXT: &str = "personal";

/// The key of one person. Its `Debug` form does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonKey([u8; 32]);

impl std::fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonKey")
    }
}

/// What is known of a person's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// Their words can be read.
    Kept(PersonKey),
    /// They were forgotten on request.
    Erased,
}

/// A sealed text, as a reader meets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The words.
    Text(String),
    /// The key was erased on request.
    Erased,
    /// Neither: the bytes or the key were changed.
    Damaged,
}

/// A member for an entry's `data` that holds words of a person, such as an e-mail address: the log
/// seals them under that person's key.
pub fn personal(account: impl std::fmt::Display, text: &str) -> Value {
    json!({ OF: account.to_string(), TEXT: text })
}

impl PersonKey {
    /// The key with these 32 bytes; `None` for any other number of bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The 32 bytes, for the one table that keeps them.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The text, sealed for this place. The randomness must never be used twice.
    pub fn seal(&self, context: &str, text: &str, random: &[u8; RANDOM_BYTES]) -> Option<String> {
        let (nonce, salt) = random.split_at(NONCE_BYTES);
        let plain = [salt, text.as_bytes()].concat();
        let payload = Payload {
            msg: &plain,
            aad: context.as_bytes(),
        };
        let sealed = self.cipher().encrypt(&nonce_of(nonce)?, payload).ok()?;
        let bytes = [nonce, &commitment(&plain), &sealed].concat();
        Some(format!("{MARK}{}", STANDARD.encode(bytes)))
    }

    fn open(&self, context: &str, sealed: &str) -> Option<String> {
        let bytes = STANDARD.decode(sealed.strip_prefix(MARK)?).ok()?;
        let (nonce, rest) = bytes.split_at_checked(NONCE_BYTES)?;
        let (committed, sealed) = rest.split_at_checked(HASH_BYTES)?;
        let payload = Payload {
            msg: sealed,
            aad: context.as_bytes(),
        };
        let plain = self.cipher().decrypt(&nonce_of(nonce)?, payload).ok()?;
        if commitment(&plain) != committed {
            return None;
        }
        String::from_utf8(plain.get(SALT_BYTES..)?.to_vec()).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

fn nonce_of(bytes: &[u8]) -> Option<XNonce> {
    let bytes: [u8; NONCE_BYTES] = bytes.try_into().ok()?;
    Some(bytes.into())
}

fn commitment(plain: &[u8]) -> [u8; HASH_BYTES] {
    let mut sha = Sha256::new();
    sha.update(b"loa sealed/1\n");
    sha.update(plain);
    sha.finalize().into()
}

impl KeyState {
    /// Reads a sealed text of this person.
    pub fn open(&self, context: &str, sealed: &str) -> Opened {
        match self {
            _ if sealed == ERASED => Opened::Erased,
            Self::Kept(key) => key
                .open(context, sealed)
                .map_or(Opened::Damaged, Opened::Text),
            Self::Erased if sealed.starts_with(MARK) => Opened::Erased,
            Self::Erased => Opened::Damaged,
        }
    }
}

/// The place of a sealed text: no other entry and no other person can give it a meaning.
pub fn context(entry: &str, account: &str) -> String {
    format!("{entry} {account}")
}

/// Whose words a value holds and the words (or what they are sealed as), if it holds a person's.
pub fn of_person(value: &Value) -> Option<(&str, &str)> {
    let members = value.as_object()?;
    match (members.len(), members.get(OF), members.get(TEXT)) {
        (2, Some(of), Some(text)) => Some((of.as_str()?, text.as_str()?)),
        _ => None,
    }
}

/// Every person whose words the value holds anywhere, with the words.
pub fn persons(value: &Value) -> Vec<(&str, &str)> {
    if let Some(found) = of_person(value) {
        return vec![found];
    }
    match value {
        Value::Array(values) => values.iter().flat_map(persons).collect(),
        Value::Object(members) => members.values().flat_map(persons).collect(),
        _ => Vec::new(),
    }
}

/// The value with the words of every person put through `change`, which gets whose they are.
pub fn change_persons(value: Value, change: &mut dyn FnMut(&str, &str) -> Value) -> Value {
    if let Some((of, text)) = of_person(&value) {
        return change(of, text);
    }
    match value {
        Value::Array(values) => values
            .into_iter()
            .map(|value| change_persons(value, change))
            .collect(),
        Value::Object(members) => {
            let members: Map<String, Value> = members
                .into_iter()
                .map(|(name, value)| (name, change_persons(value, change)))
                .collect();
            Value::Object(members)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RANDOM: [u8; RANDOM_BYTES] = [7; RANDOM_BYTES];

    fn key(n: u8) -> PersonKey {
        PersonKey([n; 32])
    }

    #[test]
    fn words_come_back_with_the_key_and_not_without_it() {
        let place = context("e1", "a1");
        let sealed = key(1).seal(&place, "Võ Hà", &RANDOM).unwrap();
        assert!(sealed.starts_with("sealed/1:") && !sealed.contains("Hà"));
        let kept = KeyState::Kept(key(1));
        assert_eq!(kept.open(&place, &sealed), Opened::Text("Võ Hà".to_owned()));
        assert_eq!(KeyState::Erased.open(&place, &sealed), Opened::Erased);
        assert_eq!(
            KeyState::Kept(key(2)).open(&place, &sealed),
            Opened::Damaged
        );
        assert_eq!(kept.open(&context("e2", "a1"), &sealed), Opened::Damaged);
        assert_eq!(KeyState::Erased.open(&place, "Võ Hà"), Opened::Damaged);
        assert_eq!(kept.open(&place, ERASED), Opened::Erased);
        assert!(!format!("{kept:?}").contains('1'));
    }

    #[test]
    fn only_words_that_are_marked_are_taken_for_a_persons() {
        let data = json!({"email": personal("a1", "x@y.vn"), "roles": ["writer"],
            "other": {"personal_of": "a1"}, "list": [personal("a2", "z")]});
        let mut found = persons(&data);
        found.sort_unstable();
        assert_eq!(found, [("a1", "x@y.vn"), ("a2", "z")]);
        let hidden = change_persons(data, &mut |of, _| json!(format!("of {of}")));
        assert_eq!(
            hidden,
            json!({"email": "of a1", "roles": ["writer"], "other": {"personal_of": "a1"}, "list": ["of a2"]})
        );
    }

    proptest! {
        #[test]
        fn every_changed_byte_of_a_sealed_text_or_its_key_is_seen(
            text in "\\PC{0,40}", at in 0usize..10_000, bit in 0u8..8,
        ) {
            let place = context("e", "a");
            let sealed = key(9).seal(&place, &text, &RANDOM).unwrap();
            let mut bytes = sealed.clone().into_bytes();
            let place_of = at % bytes.len();
            bytes[place_of] ^= 1 << bit;
            if let Ok(changed) = String::from_utf8(bytes) {
                prop_assert_eq!(KeyState::Kept(key(9)).open(&place, &changed), Opened::Damaged);
            }
            let mut secret = [9; 32];
            secret[at % 32] ^= 1 << bit;
            prop_assert_eq!(KeyState::Kept(PersonKey(secret)).open(&place, &sealed), Opened::Damaged);
        }
    }
}

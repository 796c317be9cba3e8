//! The log's key: Ed25519, written as the signed-note tools write keys.
//!
//! * public: `<name>+<key id, 8 hex digits>+<base64(0x01 || 32 bytes)>`;
//! * private: `PRIVATE+KEY+<name>+<key id>+<base64(0x01 || 32 bytes of seed)>`.
//!
//! The key id is the first four bytes of `SHA-256(name || 0x0A || 0x01 || public key)`.
//! The private form is one line of a file in the data folder that only its owner may read (0600);
//! who writes the file sees to that.

use std::fmt;
use std::str::FromStr;

use base::Fault;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer as _;
use sha2::{Digest as _, Sha256};

const ED25519: u8 = 0x01;
const PRIVATE: &str = "PRIVATE+KEY+";
const NAME_BYTES_MAX: usize = 200;

/// What signs checkpoints and manifests. Its `Debug` form does not show the secret.
#[derive(Clone)]
pub struct SigningKey {
    public: VerifierKey,
    secret: ed25519_dalek::SigningKey,
}

/// What a stranger needs to check a signature of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: ed25519_dalek::VerifyingKey,
}

impl SigningKey {
    /// A new key from the randomness of the machine. `name` is the origin of the log, an address
    /// without scheme such as `stp.example.vn/loa`.
    ///
    /// # Faults
    /// The name is empty, longer than 200 bytes or holds a space, `+` or control character; or the
    /// machine gives no randomness.
    pub fn generate(name: &str) -> Result<Self, Fault> {
        let mut seed = [0u8; 32];
        getrandom::fill(&mut seed)
            .map_err(|e| Fault::new(format!("the machine gives no randomness: {e}")))?;
        Self::from_seed(name, seed)
    }

    /// The key with this secret seed.
    ///
    /// # Faults
    /// The name cannot be that of a key.
    pub fn from_seed(name: &str, seed: [u8; 32]) -> Result<Self, Fault> {
        let secret = ed25519_dalek::SigningKey::from_bytes(&seed);
        let public = VerifierKey::new(name, secret.verifying_key())
            .ok_or_else(|| Fault::new(format!("\"{name}\" cannot be the name of a log")))?;
        Ok(Self { public, secret })
    }

    /// The line for the key file, without line end. It is a secret.
    pub fn to_secret_line(&self) -> String {
        format!(
            "{PRIVATE}{}+{:08x}+{}",
            self.public.name,
            self.public.id(),
            encode(self.secret.as_bytes())
        )
    }

    /// The public half.
    pub fn verifier(&self) -> &VerifierKey {
        &self.public
    }

    /// Secret bytes for another purpose, that tell nothing of the key.
    pub(super) fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut sha = Sha256::new();
        sha.update(purpose.as_bytes());
        sha.update(b"\n");
        sha.update(self.secret.as_bytes());
        sha.finalize().into()
    }

    /// The 64 bytes of the signature over the text.
    pub(super) fn sign(&self, text: &str) -> Vec<u8> {
        self.secret.sign(text.as_bytes()).to_bytes().to_vec()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public)
    }
}

impl FromStr for SigningKey {
    type Err = Fault;

    fn from_str(line: &str) -> Result<Self, Fault> {
        let damaged = || Fault::new("the log's key file is not a key");
        let rest = line.trim().strip_prefix(PRIVATE).ok_or_else(damaged)?;
        let (name, id, seed) = split(rest, ED25519).ok_or_else(damaged)?;
        let key = Self::from_seed(name, seed)?;
        if key.public.id() != id {
            return Err(damaged());
        }
        Ok(key)
    }
}

impl VerifierKey {
    fn new(name: &str, key: ed25519_dalek::VerifyingKey) -> Option<Self> {
        (is_name(name) && !key.is_weak()).then(|| Self {
            name: name.to_owned(),
            key,
        })
    }

    /// The name of the key: the origin of the log that it signs for.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The 32 bytes of the public key (RFC 8032).
    pub fn public_bytes(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// The key id: a short name of the key, not a proof of anything.
    pub fn id(&self) -> u32 {
        let mut sha = Sha256::new();
        sha.update(self.name.as_bytes());
        sha.update([b'\n', ED25519]);
        sha.update(self.key.as_bytes());
        let hash: [u8; 32] = sha.finalize().into();
        u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
    }

    /// Whether the signature over the text was made with this key.
    pub(super) fn holds(&self, text: &str, signature: &[u8]) -> bool {
        ed25519_dalek::Signature::from_slice(signature)
            .is_ok_and(|s| self.key.verify_strict(text.as_bytes(), &s).is_ok())
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = encode(self.key.as_bytes());
        write!(f, "{}+{:08x}+{key}", self.name, self.id())
    }
}

impl FromStr for VerifierKey {
    type Err = Fault;

    fn from_str(line: &str) -> Result<Self, Fault> {
        let damaged = || Fault::new("not a public key of a log (name+id+base64)");
        let (name, id, bytes) = split(line.trim(), ED25519).ok_or_else(damaged)?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes).map_err(|_| damaged())?;
        let key = Self::new(name, key).ok_or_else(damaged)?;
        if key.id() != id {
            return Err(damaged());
        }
        Ok(key)
    }
}

/// Whether a log may be called this: no spaces, no `+`, no control characters, 1 to 200 bytes.
pub fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= NAME_BYTES_MAX
        && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
}

fn encode(bytes: &[u8; 32]) -> String {
    let mut typed = vec![ED25519];
    typed.extend_from_slice(bytes);
    STANDARD.encode(typed)
}

/// The parts of a written key of this algorithm: name, key id, 32 bytes.
pub(super) fn split(text: &str, algorithm: u8) -> Option<(&str, u32, [u8; 32])> {
    let (name, rest) = text.split_once('+')?;
    let (id, key) = rest.split_once('+')?;
    if id.len() != 8 || id.contains(|c: char| !matches!(c, '0'..='9' | 'a'..='f')) {
        return None;
    }
    let id = u32::from_str_radix(id, 16).ok()?;
    match STANDARD.decode(key).ok()?.split_first()? {
        (first, bytes) if *first == algorithm => Some((name, id, bytes.try_into().ok()?)),
        _ => None,
    }
}

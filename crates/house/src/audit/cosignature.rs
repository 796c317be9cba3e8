//! Cosignatures (C2SP tlog-cosignature, `cosignature/v1`): what a witness says of a checkpoint, that
//! at this time it is the largest of its log that the witness has seen, and continues all it saw.
//!
//! ```text
//! cosignature/v1
//! time 1679315147
//! <the text of the checkpoint>
//! ```
//!
//! is signed with Ed25519; the line below a note is `— <name> base64(key id || time, 8 bytes
//! big-endian || signature)`, the key id the first four bytes of
//! `SHA-256(name || 0x0A || 0x04 || public key)`. A public key is written
//! `<name>+<key id>+<base64(0x04 || 32 bytes)>`.

use std::fmt;
use std::str::FromStr;

use base::Fault;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer as _;
use sha2::{Digest as _, Sha256};

use super::key::{SigningKey, is_name};
use super::note::NoteSignature;

const COSIGNATURE_V1: u8 = 0x04;
const PURPOSE: &str = "loa witness key/1";

/// What signs for this house as a witness: made of the log's key, so that there is one file to keep,
/// but another key, so that no signature of one can stand for the other's.
#[derive(Clone)]
pub struct CosigningKey {
    public: WitnessKey,
    secret: ed25519_dalek::SigningKey,
}

/// What is needed to believe a witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessKey {
    name: String,
    key: ed25519_dalek::VerifyingKey,
}

impl CosigningKey {
    /// The witness's key of a house with this log; it bears the log's name.
    ///
    /// # Faults
    /// One key in 2^250 is weak.
    pub fn of(log: &SigningKey) -> Result<Self, Fault> {
        let secret = ed25519_dalek::SigningKey::from_bytes(&log.derive(PURPOSE));
        let public = WitnessKey::new(log.verifier().name(), secret.verifying_key())
            .ok_or_else(|| Fault::new("the witness's key cannot be made of the log's"))?;
        Ok(Self { public, secret })
    }

    /// The public half.
    pub fn witness(&self) -> &WitnessKey {
        &self.public
    }

    /// The signature line, with its line end, over the text of a checkpoint at a time in seconds
    /// since 1970.
    pub fn cosign(&self, checkpoint: &str, at_s: u64) -> String {
        let signature = self.secret.sign(message(checkpoint, at_s).as_bytes());
        let mut bytes = self.public.id().to_be_bytes().to_vec();
        bytes.extend_from_slice(&at_s.to_be_bytes());
        bytes.extend_from_slice(&signature.to_bytes());
        format!("\u{2014} {} {}\n", self.public.name, STANDARD.encode(bytes))
    }
}

impl fmt::Debug for CosigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CosigningKey({})", self.public)
    }
}

impl WitnessKey {
    fn new(name: &str, key: ed25519_dalek::VerifyingKey) -> Option<Self> {
        (is_name(name) && !key.is_weak()).then(|| Self {
            name: name.to_owned(),
            key,
        })
    }

    /// The witness's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn id(&self) -> u32 {
        let mut sha = Sha256::new();
        sha.update(self.name.as_bytes());
        sha.update([b'\n', COSIGNATURE_V1]);
        sha.update(self.key.as_bytes());
        let hash: [u8; 32] = sha.finalize().into();
        u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
    }

    /// The line of an answer in which this witness cosigns the checkpoint, with the time it gives;
    /// `None` if no line is the witness's or its signature does not fit. Other lines are ignored.
    pub fn find(&self, checkpoint: &str, lines: &str) -> Option<(String, u64)> {
        lines.lines().find_map(|line| {
            let signature = NoteSignature::parse(line)?;
            if signature.name != self.name || signature.key_id != self.id() {
                return None;
            }
            let (time, bytes) = signature.bytes.split_at_checked(8)?;
            let at_s = u64::from_be_bytes(time.try_into().ok()?);
            let bytes = ed25519_dalek::Signature::from_slice(bytes).ok()?;
            let signed = message(checkpoint, at_s);
            let holds = self.key.verify_strict(signed.as_bytes(), &bytes).is_ok();
            holds.then(|| (format!("{line}\n"), at_s))
        })
    }
}

fn message(checkpoint: &str, at_s: u64) -> String {
    format!("cosignature/v1\ntime {at_s}\n{checkpoint}")
}

impl fmt::Display for WitnessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut typed = vec![COSIGNATURE_V1];
        typed.extend_from_slice(self.key.as_bytes());
        write!(
            f,
            "{}+{:08x}+{}",
            self.name,
            self.id(),
            STANDARD.encode(typed)
        )
    }
}

impl FromStr for WitnessKey {
    type Err = Fault;

    fn from_str(line: &str) -> Result<Self, Fault> {
        let damaged = || Fault::new("not a public key of a witness (name+id+base64)");
        let (name, id, bytes) =
            super::key::split(line.trim(), COSIGNATURE_V1).ok_or_else(damaged)?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes).map_err(|_| damaged())?;
        let key = Self::new(name, key).ok_or_else(damaged)?;
        if key.id() != id {
            return Err(damaged());
        }
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Checkpoint;
    use crate::audit::tree::empty_root;

    fn log(n: u8) -> SigningKey {
        SigningKey::from_seed("stp.example.vn/loa", [n; 32]).unwrap()
    }

    #[test]
    fn a_cosignature_is_found_and_stands_for_one_text_one_time_and_one_key() {
        let key = CosigningKey::of(&log(3)).unwrap();
        let text = Checkpoint::new(&log(3), 0, empty_root()).to_text();
        let line = key.cosign(&text, 1_679_315_147);
        let strange = CosigningKey::of(&log(4)).unwrap();
        let answer = format!("{}{line}", strange.cosign(&text, 5));
        assert_eq!(
            key.witness().find(&text, &answer),
            Some((line.clone(), 1_679_315_147))
        );
        assert_eq!(strange.witness().find(&text, &line), None);
        assert_eq!(key.witness().find(&format!("{text}x\n"), &line), None);
        for at in 0..line.len() - 1 {
            let mut bytes = line.clone().into_bytes();
            bytes[at] ^= 1;
            let changed = String::from_utf8_lossy(&bytes).into_owned();
            assert_eq!(key.witness().find(&text, &changed), None, "byte {at}");
        }
    }

    #[test]
    fn a_witness_key_is_written_and_read_and_is_not_the_logs() {
        let key = CosigningKey::of(&log(3)).unwrap();
        let written = key.witness().to_string();
        assert_eq!(written.parse::<WitnessKey>().unwrap(), *key.witness());
        assert!(log(3).verifier().to_string().parse::<WitnessKey>().is_err());
        assert!(written.parse::<crate::audit::VerifierKey>().is_err());
        assert_ne!(
            key.witness().key.to_bytes(),
            log(3).verifier().public_bytes()
        );
        for damaged in [&written[..written.len() - 2], "a+00000000+", ""] {
            assert!(damaged.parse::<WitnessKey>().is_err(), "{damaged}");
        }
    }

    /// The signature of the example in the specification is made up, but its key id and the place of
    /// its time are not: they are read as published.
    #[test]
    fn the_published_line_is_read() {
        let line = "\u{2014} witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==";
        let read = NoteSignature::parse(line).unwrap();
        assert_eq!(read.name, "witness.example.com/w1");
        assert_eq!(read.bytes.len(), 8 + 64);
        assert_eq!(
            u64::from_be_bytes(read.bytes[..8].try_into().unwrap()),
            1_679_315_147
        );
    }
}

//! Passwords: what may be one, and its hash.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base::text::fold;
use base::{Fault, Problem};
use tokio::sync::Semaphore;

/// Shortest password without a second factor, in characters (domain notes, 5.2: at least 14 without
/// one; no rules about kinds of characters, NIST SP 800-63B-4).
pub const CHARS_MIN: usize = 14;

/// Longest password, in characters; a longer one costs time and gains nothing.
pub const CHARS_MAX: usize = 200;

/// Words that everybody tries first, folded.
const COMMON: [&str; 8] = [
    "password",
    "matkhau",
    "qwertyuiop",
    "123456",
    "abcdef",
    "iloveyou",
    "admin",
    "anhyeuem",
];

/// Checks a new password; `about` are words that a guesser knows (e-mail, name).
pub fn check(field: &'static str, password: &str, about: &[&str]) -> Option<Problem> {
    let n = password.chars().count();
    if n < CHARS_MIN {
        return Some(Problem::at(field, "password-too-short").with("least", CHARS_MIN));
    }
    if n > CHARS_MAX {
        return Some(Problem::at(field, "password-too-long").with("most", CHARS_MAX));
    }
    let folded: String = fold(password)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let rest = COMMON
        .iter()
        .map(|word| (*word).to_owned())
        .chain(about.iter().flat_map(|text| words(text)))
        .fold(folded.clone(), |rest, word| rest.replace(&word, ""));
    let mut kinds: Vec<char> = rest.chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    if rest.chars().count() < 6 || kinds.len() < 4 {
        return Some(Problem::at(field, "password-too-easy"));
    }
    None
}

/// The words of a name or address that are long enough to matter, folded.
fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() >= 3)
        .map(str::to_owned)
        .collect()
}

/// Hashes and verifies, one at a time per core, so that a flood of sign-ins cannot eat the memory.
#[derive(Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    slots: Arc<Semaphore>,
}

impl Passwords {
    /// Argon2id with 64 MiB and 3 passes: about a fifth of a second of one core.
    ///
    /// # Faults
    /// The parameters are refused, which the tests would show.
    pub fn new() -> Result<Self, Fault> {
        Self::with(64 * 1024, 3)
    }

    /// Argon2id as cheap as it goes, for tests and made-up people.
    ///
    /// # Faults
    /// As [`Passwords::new`].
    pub fn cheap() -> Result<Self, Fault> {
        Self::with(64, 1)
    }

    fn with(memory_kib: u32, passes: u32) -> Result<Self, Fault> {
        let params = Params::new(memory_kib, passes, 1, None)
            .map_err(|error| Fault::new(format!("argon2 parameters: {error}")))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Ok(Self {
            argon2,
            slots: Arc::new(Semaphore::new(2)),
        })
    }

    /// The hash of a password, as a PHC string.
    ///
    /// # Faults
    /// The machine has no randomness.
    pub async fn hash(&self, password: &str) -> Result<String, Fault> {
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        self.apart(move || {
            argon2
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
                .map_err(|error| Fault::new(format!("cannot hash a password: {error}")))
        })
        .await?
    }

    /// Whether the password is the one of the hash. Without a hash the same work is done, so that
    /// time does not tell whether an account exists.
    ///
    /// # Faults
    /// The stored hash cannot be read.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, Fault> {
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        let hash = hash.map(str::to_owned);
        self.apart(move || match hash {
            Some(hash) => {
                let parsed = PasswordHash::new(&hash)
                    .map_err(|error| Fault::new(format!("a stored hash is broken: {error}")))?;
                Ok(argon2.verify_password(password.as_bytes(), &parsed).is_ok())
            }
            None => {
                let _ = argon2.hash_password(password.as_bytes());
                Ok(false)
            }
        })
        .await?
    }

    async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let _slot = self
            .slots
            .acquire()
            .await
            .map_err(|error| Fault::from_source("password hashing has ended", error))?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| Fault::from_source("password hashing failed", error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easy_passwords_are_refused_and_long_ones_need_no_tricks() {
        let about = ["v.h@stp.example.gov.vn", "Võ Hà"];
        let code = |password: &str| check("password", password, &about).map(|p| p.key);
        assert_eq!(code("ngắn"), Some("password-too-short"));
        assert_eq!(code("aaaaaaaaaaaaaaaaaaaa"), Some("password-too-easy"));
        assert_eq!(code("matkhau123456matkhau"), Some("password-too-easy"));
        assert_eq!(code(&"x".repeat(201)), Some("password-too-long"));
        assert_eq!(code("trời hôm nay nhiều mây"), None);
    }

    #[tokio::test]
    async fn a_hash_verifies_its_password_and_no_other() {
        let passwords = Passwords::cheap().unwrap();
        let hash = passwords.hash("trời hôm nay nhiều mây").await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(
            passwords
                .verify("trời hôm nay nhiều mây", Some(&hash))
                .await
                .unwrap()
        );
        assert!(!passwords.verify("trời hôm nay", Some(&hash)).await.unwrap());
        assert!(!passwords.verify("trời hôm nay", None).await.unwrap());
    }
}

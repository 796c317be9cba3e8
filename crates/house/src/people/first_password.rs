//! A first password, made by the house: read out over a desk once, typed once, then replaced.
//!
//! Four syllables that look Vietnamese and four figures, such as `mua-tranh-thac-lan-4821`:
//! without tone marks, because keyboards write none in password fields. 49 random bits: at the pace
//! that sign-in allows, guessing takes ages longer than the password lives.

use base::Fault;

/// Beginnings of a syllable; with the ends below no pair makes a word that one would not read out.
const ONSETS: [&str; 16] = [
    "b", "ch", "gi", "h", "kh", "l", "m", "n", "nh", "ph", "r", "s", "t", "th", "tr", "v",
];

/// Ends of a syllable.
const RIMES: [&str; 32] = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "at", "au", "ay", "oa", "oan", "oai",
    "oat", "oc", "oi", "om", "ong", "op", "ot", "ua", "uc", "ui", "um", "un", "ung", "uon", "uong",
    "up", "ut",
];

const N_SYLLABLES: usize = 4;

/// A new first password.
///
/// # Faults
/// The machine has no randomness.
pub fn new() -> Result<String, Fault> {
    let mut bytes = [0u8; 8];
    getrandom::fill(&mut bytes).map_err(|error| Fault::new(format!("no randomness: {error}")))?;
    Ok(spell(u64::from_le_bytes(bytes)))
}

/// The password of a number.
fn spell(mut number: u64) -> String {
    let mut take = |n: usize| {
        let n = n as u64;
        let taken = number % n;
        number /= n;
        usize::try_from(taken).unwrap_or(0)
    };
    let mut out = String::with_capacity(40);
    for _ in 0..N_SYLLABLES {
        out.push_str(ONSETS[take(ONSETS.len())]);
        out.push_str(RIMES[take(RIMES.len())]);
        out.push('-');
    }
    out.push_str(&format!("{:04}", take(10_000)));
    out
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::people::password::CHARS_MIN;

    #[test]
    fn a_first_password_is_long_enough_and_typed_without_tone_marks() {
        for number in [0, u64::MAX, 0x0123_4567_89AB_CDEF] {
            let password = spell(number);
            assert!(password.len() >= CHARS_MIN, "{password}");
            let parts: Vec<&str> = password.split('-').collect();
            assert_eq!(parts.len(), 5, "{password}");
            assert!(
                parts[..4]
                    .iter()
                    .all(|word| word.bytes().all(|b| b.is_ascii_lowercase()))
            );
            assert!(parts[4].len() == 4 && parts[4].bytes().all(|b| b.is_ascii_digit()));
        }
    }

    #[test]
    fn every_part_of_the_number_counts() {
        let mut seen = HashSet::new();
        let mut step = 1u64;
        for n in [16, 32, 16, 32, 16, 32, 16, 32, 10_000] {
            seen.insert(spell(step));
            step *= n;
        }
        assert_eq!(seen.len(), 9);
        assert_ne!(new().unwrap(), new().unwrap());
    }
}

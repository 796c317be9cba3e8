//! How guessing of passwords is slowed down without locking honest people out: pure rules.
//!
//! Failures are counted under three keys. A *pair* is one account tried from one network: a few
//! free tries, then waits that double. A *network* is everything tried from one place. An *account*
//! counts tries from all networks together, so that a guesser with many networks gains nothing; but
//! a machine on which the person has signed in before (it holds a device secret) does not answer to
//! that count, so nobody can lock a person out of their own desk.

/// Failures are forgotten after this long without one.
pub const FORGET_MS: i64 = 24 * 60 * 60 * 1000;

/// The longest wait.
pub const WAIT_MS_MAX: i64 = 15 * 60 * 1000;

const FIRST_WAIT_MS: i64 = 10 * 1000;

/// What failures are counted under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// One account from one network.
    Pair,
    /// All accounts from one network: an office may share one address.
    Network,
    /// One account from all networks.
    Account,
}

impl Key {
    /// Failures before the first wait. Five for a pair: TCVN 14423:2026 as summarised in the domain
    /// notes, 5.2.
    fn free(self) -> i64 {
        match self {
            Key::Pair => 5,
            Key::Network => 30,
            Key::Account => 50,
        }
    }
}

/// Milliseconds to wait before the next try, 0 for none.
pub fn wait_ms(key: Key, n_failures: i64, last_at: i64, now: i64) -> i64 {
    let since = now - last_at;
    if since >= FORGET_MS || n_failures < key.free() {
        return 0;
    }
    let doublings = (n_failures - key.free()).min(10);
    let wait = (FIRST_WAIT_MS << doublings).min(WAIT_MS_MAX);
    (wait - since).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guesser_gets_fewer_than_a_hundred_and_fifty_tries_a_day() {
        let (mut now, mut n, mut last) = (0, 0, 0);
        while now < FORGET_MS {
            now += wait_ms(Key::Pair, n, last, now);
            if now >= FORGET_MS {
                break;
            }
            n += 1;
            last = now;
            now += 1;
        }
        assert!(n < 150, "{n}");
    }

    #[test]
    fn honest_mistakes_wait_for_nothing_and_are_forgotten() {
        assert_eq!(wait_ms(Key::Pair, 4, 0, 1), 0);
        assert!(wait_ms(Key::Pair, 5, 0, 1) > 0);
        assert_eq!(wait_ms(Key::Pair, 500, 0, FORGET_MS), 0);
        assert_eq!(wait_ms(Key::Pair, 500, 0, WAIT_MS_MAX), 0);
    }
}

//! When a message is tried again, and when no more: pure.

use base::id::RowId;

/// The first pause.
const FIRST_MS: i64 = 60_000;

/// The longest pause.
const PAUSE_MS_MAX: i64 = 2 * 60 * 60 * 1000;

/// A message that no server took for so long is given up: three days, so that a weekend without the
/// mail server loses nothing.
pub const GIVE_UP_MS: i64 = 3 * 24 * 60 * 60 * 1000;

/// When to try again after the `n_attempts`-th attempt failed; none when it is given up.
///
/// The pause doubles from a minute to two hours. Up to a quarter more comes from the message's id,
/// so that what failed together does not come back together.
pub fn next_at(id: RowId, n_attempts: i64, queued_at: i64, now: i64) -> Option<i64> {
    if now - queued_at >= GIVE_UP_MS {
        return None;
    }
    let doublings = n_attempts.clamp(1, 8) - 1;
    let pause = (FIRST_MS << doublings).min(PAUSE_MS_MAX);
    Some(now + pause + pause / 4 * share(id) / 256)
}

/// A number from 0 to 255 that is the same for the same id.
fn share(id: RowId) -> i64 {
    let sum = id.to_string().bytes().fold(0u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    i64::from((sum >> 7) & 0xff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::id::Uuid;

    const MINUTE: i64 = 60_000;

    fn id(n: u128) -> RowId {
        RowId::from(Uuid::from_u128(n))
    }

    #[test]
    fn pauses_double_up_to_two_hours_and_a_quarter_more() {
        for (n_attempts, least) in [(0, 1), (1, 1), (2, 2), (3, 4), (7, 64), (8, 120), (90, 120)] {
            let pause = next_at(id(7), n_attempts, 0, 1000).unwrap() - 1000;
            let least = least * MINUTE;
            assert!(
                (least..=least + least / 4).contains(&pause),
                "{n_attempts}: {pause}"
            );
        }
    }

    #[test]
    fn what_failed_together_comes_back_apart() {
        let mut pauses: Vec<i64> = (0..40)
            .map(|n| next_at(id(n << 64 | n), 6, 0, 0).unwrap())
            .collect();
        pauses.sort_unstable();
        pauses.dedup();
        assert!(pauses.len() > 20, "{pauses:?}");
        assert_eq!(
            next_at(id(3), 2, 0, 5),
            next_at(id(3), 2, 0, 5),
            "the same id waits the same"
        );
    }

    #[test]
    fn after_three_days_it_is_given_up() {
        assert!(next_at(id(1), 30, 0, GIVE_UP_MS - 1).is_some());
        assert_eq!(next_at(id(1), 2, 0, GIVE_UP_MS), None);
    }
}

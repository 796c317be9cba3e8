//! How long a session lives: pure rules.

use base::{Role, Roles};

/// An idle session of ordinary staff ends after 15 minutes (TCVN 14423:2026 as summarised in the
/// domain notes, 5.2: at most 15).
pub const IDLE_MS: i64 = 15 * 60 * 1000;

/// An idle session of an administrator ends after 5 minutes (the same, at most 5).
pub const ADMINISTRATOR_IDLE_MS: i64 = 5 * 60 * 1000;

/// No session lives longer than a working day, however busy it is.
pub const LIFE_MS: i64 = 12 * 60 * 60 * 1000;

/// A session's last use is written down at most this often, so that reading writes little.
pub const SEEN_EVERY_MS: i64 = 20 * 1000;

/// How long a session of these roles may be idle, in milliseconds.
pub fn idle_ms(roles: Roles) -> i64 {
    if roles.has(Role::Administrator) {
        ADMINISTRATOR_IDLE_MS
    } else {
        IDLE_MS
    }
}

/// A page tells of activity at most once a minute, so the house hears of it up to this much later.
pub const TOLD_LATE_MS: i64 = 60 * 1000;

/// Whether a session that was last used at `seen_at` and must end at `ends_at` still lives.
pub fn is_live(roles: Roles, seen_at: i64, ends_at: i64, now: i64) -> bool {
    now < ends_at && now - seen_at < idle_ms(roles) + TOLD_LATE_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrator_is_let_go_sooner_than_a_writer() {
        let writer = Roles::of(&[Role::Writer]);
        let administrator = Roles::of(&[Role::Writer, Role::Administrator]);
        let minute = 60_000;
        for (roles, idle_minutes, lives) in [
            (writer, 15, true),
            (writer, 16, false),
            (administrator, 5, true),
            (administrator, 6, false),
        ] {
            assert_eq!(is_live(roles, 0, LIFE_MS, idle_minutes * minute), lives);
        }
        assert!(!is_live(writer, LIFE_MS - 1, LIFE_MS, LIFE_MS));
    }
}

//! How often one network may use a class of routes, so that no program crowds people out.
//!
//! Each class has a rate that lasts and a burst that may come at once. The burst is what a page or a
//! person in a hurry needs; the rate is what a whole office behind one address needs.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use base::Refusal;
use governor::clock::{Clock, MonotonicClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::network::Network;
use crate::route::Rate;

/// Work of staff: an office of fifty behind one address, each with drafts that save themselves every
/// few seconds.
const WORK: Allowed = Allowed {
    per_minute: 600,
    burst: 100,
};

/// Public forms and counters: a classroom opening the same page, but no program filling surveys.
const PUBLIC_FORM: Allowed = Allowed {
    per_minute: 60,
    burst: 30,
};

/// Sign-in: an office that comes to work at eight. Guessing is slowed further by the account's own
/// waits; this keeps the costly hash from eating the machine.
const SIGN_IN: Allowed = Allowed {
    per_minute: 30,
    burst: 15,
};

/// After so many checks, networks that have been quiet long enough to be as good as new are
/// forgotten. No timer: without visitors nothing grows.
const CHECKS_BETWEEN_SWEEPS: u32 = 4096;

/// A rate that lasts, and what may come at once.
#[derive(Clone, Copy)]
struct Allowed {
    per_minute: u32,
    burst: u32,
}

impl Allowed {
    fn quota(self) -> Quota {
        let count = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        Quota::per_minute(count(self.per_minute)).allow_burst(count(self.burst))
    }
}

type Limiter<C> =
    RateLimiter<Network, DashMapStateStore<Network>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// Counts the visits of networks to classes of routes.
pub(crate) struct Pace<C: Clock = MonotonicClock> {
    clock: C,
    work: Limiter<C>,
    public_form: Limiter<C>,
    sign_in: Limiter<C>,
    n_checks: AtomicU32,
}

impl Pace {
    /// By the clock that only goes forward.
    pub(crate) fn new() -> Self {
        Self::by(MonotonicClock)
    }
}

impl<C: Clock + Clone> Pace<C> {
    /// By this clock.
    pub(crate) fn by(clock: C) -> Self {
        let limiter =
            |allowed: Allowed| RateLimiter::dashmap_with_clock(allowed.quota(), clock.clone());
        Self {
            work: limiter(WORK),
            public_form: limiter(PUBLIC_FORM),
            sign_in: limiter(SIGN_IN),
            n_checks: AtomicU32::new(0),
            clock,
        }
    }

    /// Counts a visit.
    ///
    /// # Refusals
    /// [`Refusal::TooMany`] with the seconds (at least one) until the next visit would pass.
    pub(crate) fn check(&self, rate: Rate, network: Network) -> Result<(), Refusal> {
        let limiter = match rate {
            Rate::Free => return Ok(()),
            Rate::Work => &self.work,
            Rate::PublicForm => &self.public_form,
            Rate::SignIn => &self.sign_in,
        };
        if self.n_checks.fetch_add(1, Ordering::Relaxed) % CHECKS_BETWEEN_SWEEPS
            == CHECKS_BETWEEN_SWEEPS - 1
        {
            self.sweep();
        }
        limiter.check_key(&network).map_err(|early| {
            let wait = early.wait_time_from(self.clock.now());
            let retry_after_s = u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u32::MAX);
            Refusal::TooMany {
                retry_after_s: retry_after_s.max(1),
            }
        })
    }

    fn sweep(&self) {
        for limiter in [&self.work, &self.public_form, &self.sign_in] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }

    #[cfg(test)]
    fn n_networks(&self) -> usize {
        self.work.len() + self.public_form.len() + self.sign_in.len()
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::time::Duration;

    use governor::clock::FakeRelativeClock;

    use super::*;

    fn network(n: u32) -> Network {
        Network::of(IpAddr::V4(Ipv4Addr::from(n << 8)))
    }

    fn n_passed(pace: &Pace<FakeRelativeClock>, rate: Rate, from: u32) -> u32 {
        let passes = |_: &u32| pace.check(rate, network(from)).is_ok();
        u32::try_from((0..1000).filter(passes).count()).unwrap()
    }

    #[test]
    fn each_class_lets_its_burst_pass_and_then_its_rate() {
        for (rate, allowed) in [
            (Rate::Work, WORK),
            (Rate::PublicForm, PUBLIC_FORM),
            (Rate::SignIn, SIGN_IN),
        ] {
            let clock = FakeRelativeClock::default();
            let pace = Pace::by(clock.clone());
            assert_eq!(n_passed(&pace, rate, 1), allowed.burst, "{rate:?}");
            clock.advance(Duration::from_secs(6));
            let after = (allowed.per_minute / 10).min(allowed.burst);
            assert_eq!(
                n_passed(&pace, rate, 1),
                after,
                "{rate:?} after six seconds"
            );
        }
    }

    #[test]
    fn the_wait_that_is_told_is_enough_and_not_a_second_too_long() {
        let clock = FakeRelativeClock::default();
        let pace = Pace::by(clock.clone());
        n_passed(&pace, Rate::SignIn, 1);
        let refusal = pace.check(Rate::SignIn, network(1));
        assert_eq!(refusal, Err(Refusal::TooMany { retry_after_s: 2 }));
        clock.advance(Duration::from_secs(1));
        assert_eq!(
            pace.check(Rate::SignIn, network(1)),
            Err(Refusal::TooMany { retry_after_s: 1 })
        );
        clock.advance(Duration::from_secs(1));
        assert_eq!(pace.check(Rate::SignIn, network(1)), Ok(()));
    }

    #[test]
    fn classes_and_networks_do_not_count_for_each_other_and_reading_is_free() {
        let pace = Pace::by(FakeRelativeClock::default());
        n_passed(&pace, Rate::SignIn, 1);
        assert!(pace.check(Rate::SignIn, network(1)).is_err());
        assert_eq!(pace.check(Rate::SignIn, network(2)), Ok(()));
        assert_eq!(pace.check(Rate::Work, network(1)), Ok(()));
        assert_eq!(n_passed(&pace, Rate::Free, 1), 1000);
    }

    #[test]
    fn networks_that_have_been_quiet_are_forgotten() {
        let clock = FakeRelativeClock::default();
        let pace = Pace::by(clock.clone());
        for n in 0..CHECKS_BETWEEN_SWEEPS - 1 {
            assert_eq!(pace.check(Rate::PublicForm, network(n)), Ok(()));
        }
        assert_eq!(pace.n_networks(), 4095);
        clock.advance(Duration::from_secs(120));
        assert_eq!(pace.check(Rate::PublicForm, network(5000)), Ok(()));
        assert_eq!(pace.n_networks(), 1);
    }
}

//! The clock: passed in wherever time matters, so that a test can move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// Tells the time in milliseconds since 1970 (UTC).
#[derive(Clone, Debug)]
pub struct Clock {
    manual_ms: Option<Arc<AtomicI64>>,
    shift_ms: i64,
}

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Self {
        Self {
            manual_ms: None,
            shift_ms: 0,
        }
    }

    /// The clock of the machine, as if it were another day now: for a demonstration that lives in
    /// the year of its content.
    pub fn living_at(now: Timestamp) -> Self {
        let machine = Self::system();
        Self {
            manual_ms: None,
            shift_ms: now.as_millisecond() - machine.now_ms(),
        }
    }

    /// A clock that stands still until it is moved.
    pub fn manual(now: Timestamp) -> Self {
        Self {
            manual_ms: Some(Arc::new(AtomicI64::new(now.as_millisecond()))),
            shift_ms: 0,
        }
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.now_ms()).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Now, in milliseconds since 1970: what the tables keep.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the machine"
    )]
    pub fn now_ms(&self) -> i64 {
        match &self.manual_ms {
            Some(ms) => ms.load(Ordering::Relaxed),
            None => Timestamp::now().as_millisecond() + self.shift_ms,
        }
    }

    /// Moves a manual clock forward (or back); the machine's clock is not moved.
    pub fn advance_ms(&self, ms: i64) {
        if let Some(now) = &self.manual_ms {
            now.fetch_add(ms, Ordering::Relaxed);
        }
    }

    /// Sets a manual clock; the machine's clock is not set.
    pub fn set(&self, now: Timestamp) {
        if let Some(ms) = &self.manual_ms {
            ms.store(now.as_millisecond(), Ordering::Relaxed);
        }
    }
}

//! What the house counts about itself, for the operator's monitoring.

use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use http::StatusCode;

/// Counters since the start. Each is one atomic; reading them disturbs nobody.
#[derive(Debug, Default)]
pub struct Meter {
    started_ms: i64,
    answers: [AtomicU64; 5],
    page_hits: AtomicU64,
    page_misses: AtomicU64,
    connections_open: AtomicU64,
    connections_refused: AtomicU64,
    trouble: Mutex<Option<String>>,
}

impl Meter {
    /// Counters that begin now, in milliseconds since 1970.
    pub(crate) fn new(started_ms: i64) -> Self {
        Self {
            started_ms,
            ..Self::default()
        }
    }

    /// Counts an answer by the class of its status.
    pub(crate) fn answered(&self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100).clamp(1, 5) - 1;
        if let Some(counter) = self.answers.get(class) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Counts a page that was ready.
    pub(crate) fn page_hit(&self) {
        self.page_hits.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a page that could be kept but was not there yet.
    pub(crate) fn page_miss(&self) {
        self.page_misses.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a connection that found no slot.
    pub(crate) fn refused(&self) {
        self.connections_refused.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts an open connection.
    pub(crate) fn opened(&self) {
        self.connections_open.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts it no longer.
    pub(crate) fn closed(&self) {
        self.connections_open.fetch_sub(1, Ordering::Relaxed);
    }

    /// Says what the operator must know (`/readyz`, `/metrics`), or that it is over.
    pub fn trouble(&self, what: Option<String>) {
        if let Ok(mut trouble) = self.trouble.lock() {
            *trouble = what;
        }
    }

    /// What the operator must know, if there is anything.
    pub(crate) fn told_trouble(&self) -> Option<String> {
        self.trouble.lock().ok()?.clone()
    }

    /// Everything in the text form that Prometheus reads; `n_pages` are ready now.
    pub(crate) fn text(&self, now_ms: i64, n_pages: usize) -> String {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let mut out = String::with_capacity(1200);
        head(
            &mut out,
            "loa_http_answers_total",
            "counter",
            "Answers by class of status.",
        );
        for (class, counter) in (1..).zip(&self.answers) {
            line(
                &mut out,
                &format!("loa_http_answers_total{{class=\"{class}xx\"}}"),
                read(counter),
            );
        }
        head(
            &mut out,
            "loa_page_cache_total",
            "counter",
            "Public pages: ready, or made first.",
        );
        line(
            &mut out,
            "loa_page_cache_total{result=\"hit\"}",
            read(&self.page_hits),
        );
        line(
            &mut out,
            "loa_page_cache_total{result=\"miss\"}",
            read(&self.page_misses),
        );
        for (name, kind, help, value) in [
            (
                "loa_page_cache_pages",
                "gauge",
                "Pages ready now.",
                n_pages as u64,
            ),
            (
                "loa_connections_open",
                "gauge",
                "Connections now.",
                read(&self.connections_open),
            ),
            (
                "loa_connections_refused_total",
                "counter",
                "Connections that found no slot.",
                read(&self.connections_refused),
            ),
            (
                "loa_trouble",
                "gauge",
                "1 while something needs an operator: /readyz says what.",
                u64::from(self.told_trouble().is_some()),
            ),
            (
                "loa_uptime_seconds",
                "gauge",
                "Seconds since the start.",
                u64::try_from((now_ms - self.started_ms) / 1000).unwrap_or(0),
            ),
        ] {
            head(&mut out, name, kind, help);
            line(&mut out, name, value);
        }
        out
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn line(out: &mut String, name: &str, value: u64) {
    let _ = writeln!(out, "{name} {value}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_counter_is_told_under_its_name() {
        let meter = Meter::new(1_000);
        for status in [200, 204, 304, 404, 500] {
            meter.answered(StatusCode::from_u16(status).unwrap());
        }
        meter.page_hit();
        meter.page_miss();
        meter.page_miss();
        meter.opened();
        meter.opened();
        meter.closed();
        meter.refused();
        meter.trouble(Some("the log".to_owned()));
        let text = meter.text(61_500, 7);
        for expected in [
            "# TYPE loa_http_answers_total counter",
            "loa_http_answers_total{class=\"1xx\"} 0",
            "loa_http_answers_total{class=\"2xx\"} 2",
            "loa_http_answers_total{class=\"3xx\"} 1",
            "loa_http_answers_total{class=\"4xx\"} 1",
            "loa_http_answers_total{class=\"5xx\"} 1",
            "loa_page_cache_total{result=\"hit\"} 1",
            "loa_page_cache_total{result=\"miss\"} 2",
            "loa_page_cache_pages 7",
            "loa_trouble 1",
            "loa_connections_open 1",
            "loa_connections_refused_total 1",
            "loa_uptime_seconds 60",
        ] {
            assert!(
                text.lines().any(|line| line == expected),
                "{expected} is not in\n{text}"
            );
        }
    }
}

//! A stream that knows how long its visitor may take, whatever the visitor is doing.
//!
//! Hyper's own header deadline also runs while a kept connection is at rest, and would end it after
//! ten seconds; so the three deadlines are kept here, where the bytes pass.

use std::future::Future;
use std::io::{ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

/// What the stream knows of the requests on it.
#[derive(Debug, Default)]
pub(crate) struct Pulse {
    n_running: AtomicUsize,
    is_multiplexed: AtomicBool,
}

impl Pulse {
    /// A request is being answered for as long as this is kept.
    pub(crate) fn begin(self: &Arc<Self>, is_multiplexed: bool) -> Running {
        self.n_running.fetch_add(1, Ordering::Relaxed);
        if is_multiplexed {
            self.is_multiplexed.store(true, Ordering::Relaxed);
        }
        Running(self.clone())
    }

    fn is_running(&self) -> bool {
        self.n_running.load(Ordering::Relaxed) > 0
    }
}

/// One request that is being answered.
pub(crate) struct Running(Arc<Pulse>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.n_running.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What the visitor is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing: the connection is kept for the next request.
    Resting,
    /// Sending the head of a request.
    Heading,
    /// Waiting for us. Whoever reads a body has a deadline of their own.
    Waiting,
}

/// A stream that fails with `TimedOut` when its visitor takes too long.
pub(crate) struct Patient {
    stream: TcpStream,
    pulse: Arc<Pulse>,
    header: Duration,
    idle: Duration,
    phase: Phase,
    deadline: Instant,
    /// When a write began to wait for the visitor to read.
    stalled_at: Option<Instant>,
    alarm: Pin<Box<Sleep>>,
}

impl Patient {
    /// A stream whose first byte has come.
    pub(crate) fn new(
        stream: TcpStream,
        pulse: Arc<Pulse>,
        header: Duration,
        idle: Duration,
    ) -> Self {
        let deadline = Instant::now() + header;
        Self {
            stream,
            pulse,
            header,
            idle,
            phase: Phase::Heading,
            deadline,
            stalled_at: None,
            alarm: Box::pin(tokio::time::sleep_until(deadline)),
        }
    }

    fn enter(&mut self, phase: Phase) {
        let allowed = if phase == Phase::Heading {
            self.header
        } else {
            self.idle
        };
        self.phase = phase;
        self.deadline = Instant::now() + allowed;
    }

    /// Bytes came. The head of a request must be complete by a deadline that more bytes do not move;
    /// on a multiplexed connection bytes between requests are its own housekeeping.
    fn received(&mut self) {
        if self.pulse.is_running() {
            self.enter(Phase::Waiting);
        } else if self.pulse.is_multiplexed.load(Ordering::Relaxed) {
            self.enter(Phase::Resting);
        } else if self.phase != Phase::Heading {
            self.enter(Phase::Heading);
        }
    }

    /// Bytes went: the request before is answered, the next has not begun.
    fn sent(&mut self) {
        self.stalled_at = None;
        self.enter(Phase::Resting);
    }

    /// Nothing moves: is it too late?
    fn mind<T>(&mut self, context: &mut Context<'_>) -> Poll<Result<T>> {
        match (self.pulse.is_running(), self.phase) {
            (true, Phase::Resting | Phase::Heading) => self.enter(Phase::Waiting),
            (false, Phase::Waiting) => self.enter(Phase::Resting),
            _ => {}
        }
        let stalled_until = self.stalled_at.map(|at| at + self.idle);
        let until = match self.phase {
            Phase::Waiting => stalled_until,
            Phase::Resting | Phase::Heading => Some(self.deadline),
        };
        let Some(until) = until else {
            return Poll::Pending;
        };
        if self.alarm.deadline() != until {
            self.alarm.as_mut().reset(until);
        }
        match self.alarm.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }

    fn after_write(
        &mut self,
        context: &mut Context<'_>,
        polled: Poll<Result<usize>>,
    ) -> Poll<Result<usize>> {
        if polled.is_ready() {
            self.sent();
            // Hyper may rest without reading again, so the alarm is set here.
            let _ = self.mind::<()>(context);
            return polled;
        }
        self.stalled_at.get_or_insert_with(Instant::now);
        self.mind(context)
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if polled.is_ready() {
            self.received();
            return polled;
        }
        self.mind(context)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.after_write(context, polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.after_write(context, polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

//! Our own accept loop: deadlines for the first byte, the head of a request and every pause, a cap on
//! connections, and the page cache before the router.
//!
//! `axum::serve` has no deadline for headers, and none at all for a visitor who sends nothing; a few
//! thousand of those would stop the house.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use base::Fault;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::answerer::Answerer;
use crate::patient::{Patient, Pulse};
use crate::site::Site;

/// How long visitors may take.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// Connections at the same time.
    pub connections_max: usize,
    /// A new connection must send its first byte within this.
    pub first_byte: Duration,
    /// The head of a request must be complete this long after its first byte.
    pub header: Duration,
    /// A kept connection on which nothing happens for this long is closed; so is one whose visitor
    /// does not read the answer.
    pub idle: Duration,
    /// Running requests get this long to end after a stop.
    pub stop: Duration,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            connections_max: 10_000,
            first_byte: Duration::from_secs(5),
            header: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            stop: Duration::from_secs(10),
            trusted_proxies: Vec::new(),
        }
    }
}

/// Serves until `stop` is done, then refuses new connections and lets running requests end.
///
/// # Faults
/// None today: a listener that cannot accept is tried again.
pub async fn serve(
    listener: TcpListener,
    site: Site,
    router: Router,
    options: ServeOptions,
    stop: impl Future<Output = ()> + Send,
) -> Result<(), Fault> {
    let slots = Arc::new(Semaphore::new(options.connections_max));
    let graceful = GracefulShutdown::new();
    let (stopping, is_stopping) = watch::channel(());
    let door = Door {
        builder: Arc::new(builder()),
        site,
        router,
        options: Arc::new(options),
    };
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                pause(&error).await;
                continue;
            }
        };
        let Ok(slot) = slots.clone().try_acquire_owned() else {
            door.site.meter().refused();
            continue;
        };
        let open = Open::new(door.site.clone(), slot);
        let (door, watcher, is_stopping) = (door.clone(), graceful.watcher(), is_stopping.clone());
        tokio::spawn(async move {
            door.attend(stream, peer, watcher, is_stopping).await;
            drop(open);
        });
    }
    // Whoever comes now is refused at once and can ask another node.
    drop(listener);
    drop(stopping);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(door.options.stop) => {
            tracing::warn!("requests were still running at the end");
        }
    }
    Ok(())
}

/// HTTP/1 and HTTP/2. The deadlines of HTTP/1 heads are kept by [`Patient`].
fn builder() -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(None)
        .pipeline_flush(true)
        .max_buf_size(64 * 1024);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(100);
    builder
}

/// A visitor who is gone already costs nothing; out of file descriptors, waiting is all we can do.
async fn pause(error: &io::Error) {
    let is_gone = matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
    );
    if !is_gone {
        tracing::warn!(%error, "cannot accept");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// An open connection: counted, and holding its slot.
struct Open {
    site: Site,
    _slot: OwnedSemaphorePermit,
}

impl Open {
    fn new(site: Site, slot: OwnedSemaphorePermit) -> Self {
        site.meter().opened();
        Self { site, _slot: slot }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.site.meter().closed();
    }
}

/// What every connection is answered with.
#[derive(Clone)]
struct Door {
    builder: Arc<auto::Builder<TokioExecutor>>,
    site: Site,
    router: Router,
    options: Arc<ServeOptions>,
}

impl Door {
    /// Attends to one connection until it ends.
    async fn attend(
        self,
        stream: TcpStream,
        peer: SocketAddr,
        watcher: Watcher,
        mut is_stopping: watch::Receiver<()>,
    ) {
        let _ = stream.set_nodelay(true);
        let has_come = tokio::select! {
            biased;
            has_come = has_first_byte(&stream, self.options.first_byte) => has_come,
            _ = is_stopping.changed() => false,
        };
        if !has_come {
            return;
        }
        let pulse = Arc::new(Pulse::default());
        let (header, idle) = (self.options.header, self.options.idle);
        let io = TokioIo::new(Patient::new(stream, pulse.clone(), header, idle));
        let answerer = Answerer {
            site: self.site,
            router: self.router,
            peer,
            options: self.options,
            pulse,
        };
        let connection = self.builder.serve_connection(io, answerer).into_owned();
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

async fn has_first_byte(stream: &TcpStream, within: Duration) -> bool {
    let mut byte = [0u8; 1];
    matches!(tokio::time::timeout(within, stream.peek(&mut byte)).await, Ok(Ok(n)) if n > 0)
}

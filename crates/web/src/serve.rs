//! Our own accept loop: deadlines for the first byte, the headers and every pause, a cap on
//! connections, and the page cache before the router.
//!
//! `axum::serve` has no deadline for headers, and none at all for a visitor who sends nothing; a few
//! thousand of those would stop the house.

use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use base::Fault;
use http::uri::PathAndQuery;
use http::{Request, StatusCode, Uri};
use hyper::body::Incoming;
use hyper::service::Service;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, Sleep};
use tower::ServiceExt;

use crate::assets::asset_response;
use crate::cache::Cacheable;
use crate::headers::{self, Peer};
use crate::site::Site;
use crate::words::Lang;

/// How long visitors may take.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// Connections at the same time.
    pub connections_max: usize,
    /// A new connection must send its first byte within this.
    pub first_byte: Duration,
    /// The headers of a request must be complete within this.
    pub header: Duration,
    /// A connection on which nothing moves for this long is closed.
    pub idle: Duration,
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
            trusted_proxies: Vec::new(),
        }
    }
}

/// Serves until `stop` is done, then lets running requests end.
///
/// # Faults
/// The listener fails for good.
pub async fn serve(
    listener: TcpListener,
    site: Site,
    router: Router,
    options: ServeOptions,
    stop: impl Future<Output = ()> + Send,
) -> Result<(), Fault> {
    let options = Arc::new(options);
    let slots = Arc::new(Semaphore::new(options.connections_max));
    let graceful = GracefulShutdown::new();
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(options.header)
        .pipeline_flush(true)
        .max_buf_size(64 * 1024);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(100);
    let builder = Arc::new(builder);
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, or the visitor is gone already: wait, go on.
                tracing::warn!(%error, "cannot accept");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Ok(slot) = slots.clone().try_acquire_owned() else {
            drop(stream);
            continue;
        };
        let answerer = Answerer {
            site: site.clone(),
            router: router.clone(),
            peer,
            options: options.clone(),
        };
        let (builder, watcher) = (builder.clone(), graceful.watcher());
        let (first_byte, idle) = (options.first_byte, options.idle);
        tokio::spawn(async move {
            let _slot = slot;
            let _ = stream.set_nodelay(true);
            if !has_first_byte(&stream, first_byte).await {
                return;
            }
            let io = TokioIo::new(Patient::new(stream, idle));
            let connection = builder.serve_connection(io, answerer).into_owned();
            if let Err(error) = watcher.watch(connection).await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(Duration::from_secs(10)) => {}
    }
    Ok(())
}

async fn has_first_byte(stream: &TcpStream, within: Duration) -> bool {
    let mut byte = [0u8; 1];
    matches!(tokio::time::timeout(within, stream.peek(&mut byte)).await, Ok(Ok(n)) if n > 0)
}

/// Answers the requests of one connection.
#[derive(Clone)]
struct Answerer {
    site: Site,
    router: Router,
    peer: SocketAddr,
    options: Arc<ServeOptions>,
}

impl Service<Request<Incoming>> for Answerer {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        if let Some(ready) = self.site.pages.answer(&request) {
            return Box::pin(std::future::ready(Ok(ready)));
        }
        if let Some(ready) =
            asset_response(self.site.assets, request.uri().path(), request.headers())
        {
            return Box::pin(std::future::ready(Ok(ready)));
        }
        let this = self.clone();
        Box::pin(async move { Ok(this.route(request).await) })
    }
}

impl Answerer {
    async fn route(self, request: Request<Incoming>) -> Response {
        let moment = self.site.pages.moment();
        let key = cache_key(request.uri());
        let mut request = request.map(Body::new);
        let peer = self.client(&request);
        request.extensions_mut().insert(Peer(peer));
        take_language(&mut request);
        let mut answer = match self.router.oneshot(request).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        };
        if answer.status() == StatusCode::NOT_FOUND
            && answer.headers().get("content-type").is_none()
        {
            answer = StatusCode::NOT_FOUND.into_response();
            *answer.headers_mut() = headers::common(self.site.is_https());
        }
        if let Some(page) = answer.extensions().get::<Cacheable>().cloned()
            && answer.status() == StatusCode::OK
            && let Some(key) = key
        {
            self.site
                .pages
                .keep(&key, &page, answer.headers().clone(), moment);
        }
        answer
    }

    /// The visitor's address: the peer's, or what a trusted proxy says of its client.
    fn client(&self, request: &Request<Body>) -> IpAddr {
        let peer = self.peer.ip();
        if !self.options.trusted_proxies.contains(&peer) {
            return peer;
        }
        request
            .headers()
            .get("x-forwarded-for")
            .and_then(|line| line.to_str().ok())
            .and_then(|line| line.rsplit(',').next())
            .and_then(|last| last.trim().parse().ok())
            .unwrap_or(peer)
    }
}

/// The key under which an answer may be kept: the address, if its query is empty or a page number.
/// Any other query could fill the cache with copies of one page.
fn cache_key(uri: &Uri) -> Option<String> {
    let number = |query: &str| {
        query
            .strip_prefix("page=")
            .is_some_and(|n| n.len() <= 4 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    match uri.query() {
        None => Some(uri.path().to_owned()),
        Some(query) if number(query) => Some(format!("{}?{query}", uri.path())),
        Some(_) => None,
    }
}

/// Takes the `/en` prefix off the path and remembers the language.
fn take_language(request: &mut Request<Body>) {
    let path = request.uri().path();
    let Some(rest) = path.strip_prefix("/en") else {
        return;
    };
    if !(rest.is_empty() || rest.starts_with('/')) {
        return;
    }
    let rest = if rest.is_empty() { "/" } else { rest };
    let address = match request.uri().query() {
        Some(query) => format!("{rest}?{query}"),
        None => rest.to_owned(),
    };
    if let Ok(address) = PathAndQuery::try_from(address) {
        let mut parts = request.uri().clone().into_parts();
        parts.path_and_query = Some(address);
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
            request.extensions_mut().insert(Lang::En);
        }
    }
}

/// A stream that ends when nothing has moved on it for a while.
struct Patient {
    stream: TcpStream,
    idle: Duration,
    moved_at: Instant,
    alarm: Pin<Box<Sleep>>,
}

impl Patient {
    fn new(stream: TcpStream, idle: Duration) -> Self {
        let now = Instant::now();
        Self {
            stream,
            idle,
            moved_at: now,
            alarm: Box::pin(tokio::time::sleep_until(now + idle)),
        }
    }

    /// Remembers that something moved, or finds out that nothing has for too long.
    fn mind<T>(
        &mut self,
        context: &mut Context<'_>,
        polled: Poll<std::io::Result<T>>,
    ) -> Poll<std::io::Result<T>> {
        if polled.is_ready() {
            self.moved_at = Instant::now();
            return polled;
        }
        while self.alarm.as_mut().poll(context).is_ready() {
            let deadline = self.moved_at + self.idle;
            if Instant::now() >= deadline {
                return Poll::Ready(Err(std::io::ErrorKind::TimedOut.into()));
            }
            self.alarm.as_mut().reset(deadline);
        }
        Poll::Pending
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.mind(context, polled)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.mind(context, polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.mind(context, polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_flush(context);
        self.mind(context, polled)
    }

    fn poll_shutdown(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_addresses_and_page_numbers_are_kept() {
        for (address, expected) in [
            ("/tin/a-1", Some("/tin/a-1")),
            ("/chuyen-muc/a?page=2", Some("/chuyen-muc/a?page=2")),
            ("/tin/a-1?x=1", None),
            ("/a?page=99999", None),
        ] {
            assert_eq!(cache_key(&address.parse().unwrap()).as_deref(), expected);
        }
    }

    #[test]
    fn the_english_prefix_becomes_a_language() {
        for (address, path, lang) in [
            ("/en", "/", Some(Lang::En)),
            ("/en/tin/a-1?page=2", "/tin/a-1", Some(Lang::En)),
            ("/english", "/english", None),
            ("/tin/a-1", "/tin/a-1", None),
        ] {
            let mut request = Request::get(address).body(Body::empty()).unwrap();
            take_language(&mut request);
            assert_eq!(request.uri().path(), path);
            assert_eq!(request.extensions().get::<Lang>().copied(), lang);
        }
    }
}

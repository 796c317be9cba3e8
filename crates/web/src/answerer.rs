//! The answers of one connection: a ready page, a file of the interface, or the router's.

use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use base::Refusal;
use http::header;
use http::uri::PathAndQuery;
use http::{Method, Request, StatusCode, Uri, Version};
use hyper::body::Incoming;
use hyper::service::Service;
use tower::ServiceExt;

use crate::assets::asset_response;
use crate::cache::Cacheable;
use crate::failure::{self, Failure};
use crate::headers::{self, Peer};
use crate::patient::Pulse;
use crate::serve::ServeOptions;
use crate::site::Site;
use crate::words::Lang;

/// Answers the requests of one connection.
#[derive(Clone)]
pub(crate) struct Answerer {
    pub(crate) site: Site,
    pub(crate) router: Router,
    pub(crate) peer: SocketAddr,
    pub(crate) options: Arc<ServeOptions>,
    pub(crate) pulse: Arc<Pulse>,
}

impl Service<Request<Incoming>> for Answerer {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        if let Some(ready) = self.ready(&request) {
            self.site.meter().answered(ready.status());
            return Box::pin(std::future::ready(Ok(ready)));
        }
        let running = self.pulse.begin(request.version() == Version::HTTP_2);
        let this = self.clone();
        Box::pin(async move {
            let _running = running;
            let answer = this.route(request.map(Body::new)).await;
            this.site.meter().answered(answer.status());
            Ok(answer)
        })
    }
}

impl Answerer {
    /// What needs no handler: a page from the cache, a file of the interface.
    fn ready<B>(&self, request: &Request<B>) -> Option<Response> {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return None;
        }
        if let Some(page) = self.site.pages.answer(request) {
            self.site.meter().page_hit();
            return Some(page);
        }
        asset_response(self.site.assets, request.uri().path(), request.headers())
    }

    async fn route(&self, mut request: Request<Body>) -> Response {
        let moment = self.site.pages.moment();
        let key = cache_key(request.uri());
        let peer = self.client(&request);
        request.extensions_mut().insert(Peer(peer));
        take_language(&mut request);
        let lang = request
            .extensions()
            .get::<Lang>()
            .copied()
            .unwrap_or_default();
        let is_api = request.uri().path().starts_with("/api/");
        let mut answer = match self.router.clone().oneshot(request).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        };
        if is_bare_not_found(&answer) {
            answer = self.not_found(lang, is_api);
        }
        if let Some(page) = answer.extensions().get::<Cacheable>().cloned()
            && matches!(answer.status(), StatusCode::OK | StatusCode::GONE)
            && let Some(key) = key
            && (page.is_paged() || !key.contains('?'))
        {
            self.site.meter().page_miss();
            let answered = (answer.status(), answer.headers());
            self.site.pages.keep(&key, &page, answered, moment);
        }
        answer
    }

    /// An address that no route has, as a page in the reader's language.
    fn not_found(&self, lang: Lang, is_api: bool) -> Response {
        let bare = Failure::from(Refusal::NotFound).into_response();
        let mut answer = failure::as_page(&self.site, lang, is_api, bare);
        for (name, value) in &headers::public(self.site.is_https()) {
            answer.headers_mut().insert(name.clone(), value.clone());
        }
        answer
    }

    /// The visitor's address: the peer's, or what trusted proxies say of their client.
    ///
    /// Every proxy adds its own client at the end, perhaps as a further header line; whatever stands
    /// before the first address that is no proxy of ours was written by the visitor.
    fn client<B>(&self, request: &Request<B>) -> IpAddr {
        let is_ours = |address: &IpAddr| self.options.trusted_proxies.contains(address);
        let mut client = self.peer.ip().to_canonical();
        let lines: Vec<&str> = request
            .headers()
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|line| line.to_str().ok())
            .collect();
        for told in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            if !is_ours(&client) {
                break;
            }
            match told.trim().parse::<IpAddr>() {
                Ok(address) => client = address.to_canonical(),
                Err(_) => break,
            }
        }
        client
    }
}

/// Whether the router had no such route: routes of ours always say what they answer.
fn is_bare_not_found(answer: &Response) -> bool {
    answer.status() == StatusCode::NOT_FOUND && !answer.headers().contains_key(header::CONTENT_TYPE)
}

/// The key under which an answer may be kept: the address, if its query is empty or a page number.
/// Any other query, and any other way to write the number or the path, could fill the cache with
/// copies; public addresses of ours need no escapes.
fn cache_key(uri: &Uri) -> Option<String> {
    if uri.path().contains('%') {
        return None;
    }
    let number = |query: &str| {
        query.strip_prefix("page=").is_some_and(|n| {
            n.len() <= 4
                && !n.starts_with('0')
                && n.bytes().all(|b| b.is_ascii_digit())
                && n != "1"
                && !n.is_empty()
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_addresses_and_page_numbers_are_kept() {
        for (address, expected) in [
            ("/tin/a-1", Some("/tin/a-1")),
            ("/chuyen-muc/a?page=2", Some("/chuyen-muc/a?page=2")),
            ("/tin/a-1?x=1", None),
            ("/tin/%61-1", None),
            ("/a?page=99999", None),
            ("/a?page=", None),
            ("/a?page=1", None),
            ("/a?page=02", None),
            ("/a?page=+2", None),
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

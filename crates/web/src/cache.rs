//! The page cache: a public page is rendered once and then served as ready bytes, below the router.
//!
//! Each page says which tags it was built from; a commit drops the pages of the tags it touched.
//! A page whose data was read before a commit and finished after it is not kept (the tag has been
//! touched since the page began).

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock};

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, Request, StatusCode};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::compress::{Encoding, accepted, brotli, gzip};

/// Bytes of bookkeeping that a kept page costs beside its own.
const ENTRY_BYTES: u64 = 600;

/// After so many kept pages, tags forget pages that are no longer ready: rarely enough to cost
/// nothing, often enough that addresses do not pile up.
const KEPT_BETWEEN_SWEEPS: usize = 16_384;

/// Pages that are compressed at the same time. Brotli takes megabytes while it works; a crawler that
/// asks for everything must not start hundreds of them.
const COMPRESSORS: usize = 2;

/// Brotli's effort for pages: about the size of gzip's best at a fraction of its time.
const BROTLI_QUALITY: u32 = 5;

/// A public answer that may be kept: its bytes, and what it was built from.
#[derive(Clone, Debug)]
pub struct Cacheable {
    content_type: &'static str,
    body: Bytes,
    tags: Arc<[String]>,
    is_paged: bool,
}

impl Cacheable {
    /// A page of HTML, built from what carries these tags.
    pub fn html(body: String, tags: Vec<String>) -> Self {
        Self::of("text/html; charset=utf-8", body, tags)
    }

    /// An answer of another type.
    pub fn of(content_type: &'static str, body: impl Into<Bytes>, tags: Vec<String>) -> Self {
        Self {
            content_type,
            body: body.into(),
            tags: tags.into(),
            is_paged: false,
        }
    }

    /// The same, of a list whose pages have a number in their address (`?page=2`). Any other answer
    /// is kept only under its bare address, so that a made-up number makes no copy of it.
    #[must_use]
    pub fn paged(mut self) -> Self {
        self.is_paged = true;
        self
    }

    /// Whether it may be kept under an address with a page number.
    pub(crate) fn is_paged(&self) -> bool {
        self.is_paged
    }
}

impl IntoResponse for Cacheable {
    fn into_response(self) -> Response {
        let mut answer = Response::new(Body::from(self.body.clone()));
        answer.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(self.content_type),
        );
        answer.extensions_mut().insert(self);
        answer
    }
}

/// A page in one encoding: its bytes and every header that goes with them, made once.
struct Ready {
    headers: HeaderMap,
    bytes: Bytes,
}

struct Kept {
    status: StatusCode,
    /// Hash of the plain bytes: the tag of every encoding begins with it.
    etag: String,
    identity: Ready,
    gzip: OnceLock<Option<Ready>>,
    brotli: OnceLock<Option<Ready>>,
}

impl Kept {
    /// Compresses the page, once.
    fn compress(&self) {
        let (headers, plain) = (&self.identity.headers, &self.identity.bytes);
        let ready = |encoding, bytes| Ready::new(headers, &self.etag, encoding, bytes);
        self.brotli.get_or_init(|| {
            brotli(plain, BROTLI_QUALITY).map(|bytes| ready(Encoding::Brotli, bytes))
        });
        self.gzip
            .get_or_init(|| gzip(plain).map(|bytes| ready(Encoding::Gzip, bytes)));
    }

    /// The best of the encodings that a visitor takes and that is ready.
    fn ready(&self, taken: Encoding) -> &Ready {
        let brotli = || self.brotli.get().and_then(Option::as_ref);
        let gzip = || self.gzip.get().and_then(Option::as_ref);
        match taken {
            Encoding::Brotli => brotli().or_else(gzip),
            Encoding::Gzip => gzip(),
            Encoding::Identity => None,
        }
        .unwrap_or(&self.identity)
    }
}

impl Ready {
    /// The length belongs to the bytes of one answer, so it is not kept with the other headers.
    fn new(headers: &HeaderMap, etag: &str, encoding: Encoding, bytes: Bytes) -> Self {
        let mut headers = headers.clone();
        headers.remove(header::CONTENT_LENGTH);
        let etag = format!("\"{etag}{}\"", encoding.etag_end());
        if let Ok(value) = HeaderValue::from_str(&etag) {
            headers.insert(header::ETAG, value);
        }
        if let Some(word) = encoding.word() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(word));
        }
        Self { headers, bytes }
    }

    /// What a visitor who has the page must still be told (RFC 9110, 15.4.5).
    fn not_modified(&self) -> HeaderMap {
        [header::ETAG, header::CACHE_CONTROL, header::VARY]
            .into_iter()
            .filter_map(|name| Some((name.clone(), self.headers.get(name)?.clone())))
            .collect()
    }
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Arc<str>, Arc<Kept>> for ByBytes {
    fn weight(&self, key: &Arc<str>, page: &Arc<Kept>) -> u64 {
        // The compressed forms together are about half of the identity form.
        key.len() as u64 + page.identity.bytes.len() as u64 * 3 / 2 + ENTRY_BYTES
    }
}

#[derive(Default)]
struct Tags {
    pages: HashMap<String, HashSet<Arc<str>>>,
    touched: HashMap<String, u64>,
    clock: u64,
    n_kept: usize,
}

impl Tags {
    /// Now and then forgets the addresses of pages that the cache let go for want of room.
    fn sweep(&mut self, is_ready: impl Fn(&Arc<str>) -> bool) {
        self.n_kept += 1;
        if self.n_kept.is_multiple_of(KEPT_BETWEEN_SWEEPS) {
            self.pages.retain(|_, keys| {
                keys.retain(&is_ready);
                !keys.is_empty()
            });
        }
    }
}

/// Ready pages. Cheap to clone.
#[derive(Clone)]
pub struct PageCache {
    pages: Arc<Cache<Arc<str>, Arc<Kept>, ByBytes>>,
    tags: Arc<Mutex<Tags>>,
    compressors: Arc<Semaphore>,
}

impl PageCache {
    /// A cache of at most about so many bytes.
    pub fn new(bytes_max: u64) -> Self {
        let pages = Cache::with_weighter(20_000, bytes_max, ByBytes);
        Self {
            pages: Arc::new(pages),
            tags: Arc::default(),
            compressors: Arc::new(Semaphore::new(COMPRESSORS)),
        }
    }

    /// The moment before a page reads its data; given back when the page is kept.
    pub(crate) fn moment(&self) -> u64 {
        self.tags.lock().map_or(0, |tags| tags.clock)
    }

    /// The ready answer to a request, if there is one.
    pub(crate) fn answer<B>(&self, request: &Request<B>) -> Option<Response> {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return None;
        }
        let page = self.pages.get(request.uri().path_and_query()?.as_str())?;
        Some(respond(&page, request.method(), request.headers()))
    }

    /// Keeps an answer, unless something it was built from was touched since the moment.
    pub(crate) fn keep(
        &self,
        key: &str,
        page: &Cacheable,
        (status, headers): (StatusCode, &HeaderMap),
        moment: u64,
    ) {
        let hash = Sha256::digest(&page.body);
        let etag = hex::encode(&hash[..12]);
        // Just as long as the page: what a renderer grew its text into may be twice that.
        let plain = Bytes::copy_from_slice(&page.body);
        let kept = Arc::new(Kept {
            status,
            identity: Ready::new(headers, &etag, Encoding::Identity, plain),
            etag,
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        });
        let key: Arc<str> = key.into();
        {
            let Ok(mut tags) = self.tags.lock() else {
                return;
            };
            let is_old = |tag: &str| tags.touched.get(tag).is_some_and(|at| *at > moment);
            if is_old(db::EVERYTHING) || page.tags.iter().any(|tag| is_old(tag)) {
                return;
            }
            for tag in page.tags.iter() {
                tags.pages
                    .entry(tag.clone())
                    .or_default()
                    .insert(key.clone());
            }
            self.pages.insert(key, kept.clone());
            tags.sweep(|key| self.pages.peek(key).is_some());
        }
        // Compressing takes longer than rendering; the first visitors get the plain bytes.
        let compressors = self.compressors.clone();
        tokio::spawn(async move {
            let Ok(turn) = compressors.acquire_owned().await else {
                return;
            };
            tokio::task::spawn_blocking(move || {
                kept.compress();
                drop(turn);
            });
        });
    }

    /// Drops every page that was built from what carries these tags.
    pub fn drop_tags(&self, touched: &[String]) {
        let Ok(mut tags) = self.tags.lock() else {
            return;
        };
        tags.clock += 1;
        let now = tags.clock;
        for tag in touched {
            tags.touched.insert(tag.clone(), now);
            if tag == db::EVERYTHING {
                tags.pages.clear();
                self.pages.clear();
            }
            for key in tags.pages.remove(tag).unwrap_or_default() {
                self.pages.remove(&key);
            }
        }
    }

    /// How many pages are ready.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether no page is ready.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }
}

fn respond(page: &Kept, method: &Method, asked: &HeaderMap) -> Response {
    let ready = page.ready(accepted(asked));
    if page.status == StatusCode::OK && is_known(asked, &page.etag) {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        *answer.headers_mut() = ready.not_modified();
        return answer;
    }
    let body = if method == Method::HEAD {
        Body::empty()
    } else {
        Body::from(ready.bytes.clone())
    };
    let mut answer = Response::new(body);
    *answer.status_mut() = page.status;
    *answer.headers_mut() = ready.headers.clone();
    if method == Method::HEAD {
        let length = HeaderValue::from(ready.bytes.len());
        answer.headers_mut().insert(header::CONTENT_LENGTH, length);
    }
    answer
}

/// Whether the visitor already has these bytes, in whichever encoding.
fn is_known(asked: &HeaderMap, etag: &str) -> bool {
    asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/").trim_matches('"'))
        .any(|tag| {
            tag == "*"
                || tag
                    .strip_suffix("-gz")
                    .or(tag.strip_suffix("-br"))
                    .unwrap_or(tag)
                    == etag
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(tags: &[&str]) -> Cacheable {
        let body = "<p>cải cách hành chính</p>".repeat(50);
        Cacheable::html(body, tags.iter().map(|tag| (*tag).to_owned()).collect())
    }

    fn ask(path: &str) -> Request<()> {
        Request::get(path).body(()).unwrap()
    }

    #[tokio::test]
    async fn a_commit_drops_exactly_the_pages_it_touched() {
        let cache = PageCache::new(1 << 20);
        cache.keep(
            "/a",
            &page(&["article/1"]),
            (StatusCode::OK, &HeaderMap::new()),
            cache.moment(),
        );
        cache.keep(
            "/b",
            &page(&["article/2"]),
            (StatusCode::OK, &HeaderMap::new()),
            cache.moment(),
        );
        cache.drop_tags(&["article/1".to_owned()]);
        assert!(cache.answer(&ask("/a")).is_none());
        assert!(cache.answer(&ask("/b")).is_some());
        cache.drop_tags(&[db::EVERYTHING.to_owned()]);
        assert!(cache.answer(&ask("/b")).is_none());
    }

    #[test]
    fn addresses_of_pages_that_were_let_go_do_not_pile_up() {
        let mut tags = Tags::default();
        let keys: HashSet<Arc<str>> = ["/ready".into(), "/gone".into()].into();
        tags.pages.insert("articles".to_owned(), keys);
        tags.pages
            .insert("article/1".to_owned(), ["/gone".into()].into());
        for _ in 0..KEPT_BETWEEN_SWEEPS {
            tags.sweep(|key| &**key == "/ready");
        }
        assert_eq!(tags.pages["articles"], ["/ready".into()].into());
        assert!(!tags.pages.contains_key("article/1"));
    }

    #[tokio::test]
    async fn a_page_that_began_before_a_commit_is_not_kept_after_it() {
        let cache = PageCache::new(1 << 20);
        let before = cache.moment();
        cache.drop_tags(&["article/1".to_owned()]);
        cache.keep(
            "/a",
            &page(&["article/1"]),
            (StatusCode::OK, &HeaderMap::new()),
            before,
        );
        assert!(cache.answer(&ask("/a")).is_none());
        cache.keep(
            "/a",
            &page(&["article/1"]),
            (StatusCode::OK, &HeaderMap::new()),
            cache.moment(),
        );
        assert!(cache.answer(&ask("/a")).is_some());
    }

    #[tokio::test]
    async fn a_visitor_who_has_the_page_gets_no_bytes() {
        let cache = PageCache::new(1 << 20);
        cache.keep("/a", &page(&[]), (StatusCode::OK, &HeaderMap::new()), 0);
        let first = cache.answer(&ask("/a")).unwrap();
        let etag = first.headers()[header::ETAG].clone();
        let mut again = ask("/a");
        again.headers_mut().insert(header::IF_NONE_MATCH, etag);
        assert_eq!(
            cache.answer(&again).unwrap().status(),
            StatusCode::NOT_MODIFIED
        );
    }

    #[tokio::test]
    async fn a_page_that_is_gone_stays_gone_for_who_has_it() {
        let cache = PageCache::new(1 << 20);
        cache.keep("/a", &page(&[]), (StatusCode::GONE, &HeaderMap::new()), 0);
        let mut again = ask("/a");
        let etag = cache.answer(&again).unwrap().headers()[header::ETAG].clone();
        again.headers_mut().insert(header::IF_NONE_MATCH, etag);
        assert_eq!(cache.answer(&again).unwrap().status(), StatusCode::GONE);
    }
}

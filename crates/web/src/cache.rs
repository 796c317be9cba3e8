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
        }
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

struct Kept {
    headers: HeaderMap,
    identity: Bytes,
    etag: String,
    gzip: OnceLock<Option<Bytes>>,
    brotli: OnceLock<Option<Bytes>>,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Arc<str>, Arc<Kept>> for ByBytes {
    fn weight(&self, key: &Arc<str>, page: &Arc<Kept>) -> u64 {
        // The compressed forms together are about half of the identity form.
        key.len() as u64 + page.identity.len() as u64 * 3 / 2 + ENTRY_BYTES
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
    ///
    /// The length belongs to the bytes of one encoding, so it is not kept with the other headers.
    pub(crate) fn keep(&self, key: &str, page: &Cacheable, mut headers: HeaderMap, moment: u64) {
        headers.remove(header::CONTENT_LENGTH);
        let hash = Sha256::digest(&page.body);
        let kept = Arc::new(Kept {
            headers,
            // Just as long as the page: what a renderer grew its text into may be twice that.
            identity: Bytes::copy_from_slice(&page.body),
            etag: hex::encode(&hash[..12]),
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
                kept.brotli
                    .get_or_init(|| brotli(&kept.identity, BROTLI_QUALITY));
                kept.gzip.get_or_init(|| gzip(&kept.identity));
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
    let encoding = match accepted(asked) {
        Encoding::Brotli if matches!(page.brotli.get(), Some(Some(_))) => Encoding::Brotli,
        Encoding::Brotli | Encoding::Gzip if matches!(page.gzip.get(), Some(Some(_))) => {
            Encoding::Gzip
        }
        _ => Encoding::Identity,
    };
    let bytes = match encoding {
        Encoding::Brotli => page.brotli.get().cloned().flatten(),
        Encoding::Gzip => page.gzip.get().cloned().flatten(),
        Encoding::Identity => None,
    }
    .unwrap_or_else(|| page.identity.clone());
    let etag = format!("\"{}{}\"", page.etag, encoding.etag_end());
    let mut answer = if is_known(asked, &page.etag) {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        answer
    } else if method == Method::HEAD {
        let mut answer = Response::new(Body::empty());
        answer
            .headers_mut()
            .insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        answer
    } else {
        Response::new(Body::from(bytes))
    };
    let length = answer.headers().get(header::CONTENT_LENGTH).cloned();
    *answer.headers_mut() = page.headers.clone();
    if let Some(length) = length {
        answer.headers_mut().insert(header::CONTENT_LENGTH, length);
    }
    if let Ok(value) = HeaderValue::from_str(&etag) {
        answer.headers_mut().insert(header::ETAG, value);
    }
    if let Some(word) = encoding.word() {
        answer
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static(word));
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
            HeaderMap::new(),
            cache.moment(),
        );
        cache.keep(
            "/b",
            &page(&["article/2"]),
            HeaderMap::new(),
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
        cache.keep("/a", &page(&["article/1"]), HeaderMap::new(), before);
        assert!(cache.answer(&ask("/a")).is_none());
        cache.keep(
            "/a",
            &page(&["article/1"]),
            HeaderMap::new(),
            cache.moment(),
        );
        assert!(cache.answer(&ask("/a")).is_some());
    }

    #[tokio::test]
    async fn a_visitor_who_has_the_page_gets_no_bytes() {
        let cache = PageCache::new(1 << 20);
        cache.keep("/a", &page(&[]), HeaderMap::new(), 0);
        let first = cache.answer(&ask("/a")).unwrap();
        let etag = first.headers()[header::ETAG].clone();
        let mut again = ask("/a");
        again.headers_mut().insert(header::IF_NONE_MATCH, etag);
        assert_eq!(
            cache.answer(&again).unwrap().status(),
            StatusCode::NOT_MODIFIED
        );
    }
}

//! The headers that every answer carries, and what the accept loop knows of a visitor.

use std::net::IpAddr;

use http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// The address of the visitor (or of the trusted proxy's client).
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// One answer's secret, without which the browser runs no script of a desk page.
#[derive(Clone, Debug)]
pub struct Nonce(pub String);

impl Nonce {
    /// A new one: 128 random bits.
    pub fn new() -> Self {
        let mut bytes = [0u8; 16];
        // Without randomness the page's scripts do not run; it can still be read and sent.
        if getrandom::fill(&mut bytes).is_err() {
            return Self(String::new());
        }
        Self(hex::encode(bytes))
    }
}

impl Default for Nonce {
    fn default() -> Self {
        Self::new()
    }
}

/// Content policy of public pages: their bytes are shared, so there is no nonce, only our own files.
const PUBLIC_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const NOBODY_KEEPS: HeaderValue = HeaderValue::from_static("private, no-store");

/// The headers of every answer but its content policy.
pub(crate) fn common(is_https: bool) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(12);
    let mut put = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
    put(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    put(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    put(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    );
    if is_https {
        put(
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        );
    }
    headers
}

/// The headers of a public page that may be kept by anyone.
pub(crate) fn public(is_https: bool) -> HeaderMap {
    let mut headers = common(is_https);
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(PUBLIC_POLICY),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, no-cache"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers
}

/// The headers of a public page that answers one form, and that nobody keeps.
pub(crate) fn public_once(is_https: bool) -> HeaderMap {
    let mut headers = public(is_https);
    headers.remove(header::VARY);
    headers.insert(header::CACHE_CONTROL, NOBODY_KEEPS);
    headers
}

/// The headers of an answer for one person.
pub(crate) fn private(is_https: bool, nonce: &Nonce) -> HeaderMap {
    let mut headers = common(is_https);
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{0}' 'strict-dynamic'; style-src 'self'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
         trusted-types ProseMirrorClipboard",
        nonce.0
    );
    if let Ok(value) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
    headers.insert(header::CACHE_CONTROL, NOBODY_KEEPS);
    headers
}

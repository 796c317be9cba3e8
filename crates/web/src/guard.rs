//! What stands before every handler: does it come too often, is it from our own pages, who asks, may
//! they.

use std::net::{IpAddr, Ipv4Addr};

use axum::extract::{FromRequestParts, Query, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use base::{Actor, Fault, Refusal};
use http::header::{self, HeaderMap};
use http::request::Parts;
use http::{Method, Uri};
use serde::Deserialize;

use crate::failure::{self, Failure};
use crate::headers::{self, Nonce, Peer};
use crate::network::Network;
use crate::route::{Policy, RouteCard};
use crate::site::{SignedIn, Site};
use crate::words::Lang;

/// What a person whose password somebody else chose may do before choosing their own.
const BEFORE_THAT: [&str; 3] = ["/desk/password", "/desk/language", "/desk/session/alive"];

/// What a route's guard knows.
#[derive(Clone)]
pub(crate) struct Watch {
    pub(crate) site: Site,
    pub(crate) card: RouteCard,
}

/// The person who asks, and what their page needs of the request: an argument of handlers whose
/// route asks for a session.
#[derive(Clone, Debug)]
pub struct By {
    /// The person, as the guard found them.
    pub signed_in: SignedIn,
    /// Allows the page's own inline scripts.
    pub(crate) nonce: Nonce,
    /// What was just done: the `done` word of the address.
    pub(crate) done: Option<String>,
}

impl By {
    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.signed_in.actor
    }

    /// The language of their desk.
    pub fn lang(&self) -> Lang {
        self.signed_in.lang
    }
}

/// The word in `?done=…`, with which an act leads to the page that tells of it.
#[derive(Default, Deserialize)]
struct JustDone {
    done: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for By {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let found = parts.extensions.get::<SignedIn>().cloned();
        let signed_in =
            found.ok_or_else(|| Fault::new("a handler asks for a session its route does not"))?;
        let nonce = parts.extensions.get::<Nonce>().cloned();
        let asked = Query::<JustDone>::try_from_uri(&parts.uri).unwrap_or_default();
        Ok(By {
            signed_in,
            nonce: nonce.unwrap_or_default(),
            done: asked.0.done,
        })
    }
}

/// What a public page knows of its request: the language of its address, and the address.
#[derive(Clone, Debug)]
pub struct Public {
    /// The language, from the `/en` prefix.
    pub lang: Lang,
    /// The path without the prefix.
    pub path: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Public {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let lang = parts.extensions.get::<Lang>().copied().unwrap_or_default();
        Ok(Public {
            lang,
            path: parts.uri.path().to_owned(),
        })
    }
}

/// The guard of one route.
pub(crate) async fn check(
    State(watch): State<Watch>,
    mut request: Request,
    next: Next,
) -> Response {
    let Watch { site, card } = watch;
    let nonce = Nonce::new();
    request.extensions_mut().insert(nonce.clone());
    let is_public = card.policy == Policy::Public;
    let is_api = is_program(&request);
    let mut lang = request
        .extensions()
        .get::<Lang>()
        .copied()
        .unwrap_or_default();
    let answer = match admit(&site, &card, &mut request).await {
        Ok(signed_in) => {
            if let Some(found) = &signed_in {
                lang = found.lang;
            }
            next.run(request).await
        }
        Err(Turned::Elsewhere(answer)) => *answer,
        Err(Turned::Away(failure)) => failure.into_response(),
    };
    let mut answer = failure::as_page(&site, lang, is_api, answer);
    let is_kept = answer
        .extensions()
        .get::<crate::cache::Cacheable>()
        .is_some();
    let extra = match is_public {
        true if is_kept || card.method == Method::GET => headers::public(site.is_https()),
        true => headers::public_once(site.is_https()),
        false => headers::private(site.is_https(), &nonce),
    };
    for (name, value) in &extra {
        if !answer.headers().contains_key(name) {
            answer.headers_mut().insert(name.clone(), value.clone());
        }
    }
    answer
}

/// Why a request does not reach its handler.
enum Turned {
    Elsewhere(Box<Response>),
    Away(Failure),
}

impl From<Refusal> for Turned {
    fn from(refusal: Refusal) -> Self {
        Turned::Away(refusal.into())
    }
}

async fn admit(
    site: &Site,
    card: &RouteCard,
    request: &mut Request,
) -> Result<Option<SignedIn>, Turned> {
    site.pace().check(card.rate, network(request))?;
    if card.method != Method::GET && !is_same_site(request.headers()) {
        return Err(Refusal::Forbidden("refusal-cross-site").into());
    }
    if card.policy == Policy::Public {
        return Ok(None);
    }
    // Typing is told by `alive`; a draft that saves itself is nobody's activity.
    let is_background = request.headers().contains_key("x-loa-autosave");
    let found = match cookie(request.headers(), site.cookie_name()) {
        Some(secret) => site
            .sessions
            .find(&secret, is_background)
            .await
            .map_err(|fault| Turned::Away(fault.into()))?,
        None => None,
    };
    if let Some(signed_in) = &found {
        request.extensions_mut().insert(signed_in.clone());
        request.extensions_mut().insert(signed_in.lang);
    }
    match (card.policy, &found) {
        (Policy::Public | Policy::Anyone, _) => {}
        (_, None) => return Err(sign_in_first(request)),
        (_, Some(signed_in))
            if signed_in.must_change_password && !BEFORE_THAT.contains(&card.path) =>
        {
            let answer = Redirect::to("/desk/password").into_response();
            return Err(Turned::Elsewhere(Box::new(answer)));
        }
        (Policy::SignedIn, Some(_)) => {}
        (Policy::Roles(roles), Some(signed_in)) => {
            if !signed_in.actor.roles.meets(roles) {
                return Err(Refusal::Forbidden("refusal-role").into());
            }
        }
    }
    Ok(found)
}

/// Where the request comes from. Requests that no accept loop brought share one place.
fn network(request: &Request) -> Network {
    let peer = request.extensions().get::<Peer>();
    Network::of(peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0))
}

/// A page goes to the sign-in page and comes back; a script is told 401 and keeps what it holds.
fn sign_in_first(request: &Request) -> Turned {
    if is_program(request) {
        return Turned::Elsewhere(Box::new(http::StatusCode::UNAUTHORIZED.into_response()));
    }
    let back = if request.method() == Method::GET {
        local_address(request.uri())
    } else {
        None
    };
    let to = match back {
        Some(back) => format!("/desk/sign-in?next={}", encode_query(&back)),
        None => "/desk/sign-in".to_owned(),
    };
    Turned::Elsewhere(Box::new(Redirect::to(&to).into_response()))
}

/// Whether a script or a program asks, which wants problem details instead of a page.
fn is_program(request: &Request) -> bool {
    const MARKS: [&str; 4] = [
        "x-loa-autosave",
        "x-loa-alive",
        "x-loa-upload",
        "x-loa-paste",
    ];
    request.uri().path().starts_with("/api/")
        || MARKS
            .iter()
            .any(|mark| request.headers().contains_key(*mark))
}

fn local_address(uri: &Uri) -> Option<String> {
    uri.path_and_query()
        .map(|address| address.as_str().to_owned())
}

/// An address of our own desk that somebody asked to be sent to; nothing else is gone to, and
/// nothing that could not stand in a header.
pub fn desk_address(asked: &str) -> Option<&str> {
    let is_ours = asked == "/desk" || asked.starts_with("/desk/") || asked.starts_with("/desk?");
    let is_plain = |c: char| c.is_ascii_graphic() && c != '\\';
    (is_ours && asked.chars().all(is_plain)).then_some(asked)
}

/// Percent-encodes a text for one value of a query.
pub fn encode_query(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Whether an unsafe request comes from our own pages.
///
/// Browsers say so in `Sec-Fetch-Site`; older ones at least name their `Origin`, which must be the
/// host that was asked. A request with neither and a cookie is refused; without a cookie it holds
/// no one's rights, and programs may send it.
fn is_same_site(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match headers
        .get(header::ORIGIN)
        .and_then(|origin| origin.to_str().ok())
    {
        Some(origin) => {
            let host = headers
                .get(header::HOST)
                .and_then(|host| host.to_str().ok());
            origin.split_once("://").map(|(_, rest)| rest) == host
        }
        None => !headers.contains_key(header::COOKIE),
    }
}

/// The value of one cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap()))
            .collect()
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        let cases: &[(&[(&str, &str)], bool)] = &[
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (
                &[("origin", "http://a.example"), ("host", "a.example")],
                true,
            ),
            (
                &[("origin", "http://b.example"), ("host", "a.example")],
                false,
            ),
            (&[("origin", "null"), ("host", "a.example")], false),
            (&[("cookie", "loa=1"), ("host", "a.example")], false),
            (&[("host", "a.example")], true),
        ];
        for (pairs, expected) in cases {
            let found: HeaderMap = pairs
                .iter()
                .map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap()))
                .collect();
            let found: http::HeaderMap = found;
            assert_eq!(is_same_site(&found), *expected, "{pairs:?}");
        }
    }

    #[test]
    fn nobody_is_sent_off_the_desk() {
        for inside in ["/desk", "/desk?done=x", "/desk/plans?q=%C4%91&page=2"] {
            assert_eq!(desk_address(inside), Some(inside));
        }
        for outside in [
            "",
            "//evil.example",
            "/\\evil.example",
            "/desk\\evil",
            "https://evil.example/desk/",
            "/deskx",
            "/desk/\r\nx: y",
            "/desk/\0",
            "/desk/đ",
        ] {
            assert_eq!(desk_address(outside), None, "{outside:?}");
        }
    }

    #[test]
    fn one_cookie_is_found_among_others() {
        let found = headers(&[("cookie", "a=1; loa=x=y; b=2")]);
        assert_eq!(cookie(&found, "loa").as_deref(), Some("x=y"));
        assert_eq!(cookie(&found, "lo"), None);
    }
}

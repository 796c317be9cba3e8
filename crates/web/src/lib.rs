//! The toolkit of pages: the route registry, forms, words in two languages, the page cache, assets,
//! errors as pages, and our own accept loop. It knows no feature.
//!
//! A request passes: accept loop → page cache (public pages end here) → router → the route's guard
//! (pace, cross-site check, session, policy) → handler → error page if it refused.
#![deny(missing_docs)]

mod admin;
mod answerer;
mod assets;
mod cache;
mod compress;
mod failure;
mod form;
mod frame;
mod guard;
mod headers;
mod markup;
mod meter;
mod network;
mod pace;
mod patient;
mod route;
mod serve;
mod site;
mod words;

pub use admin::serve_admin;
pub use assets::{Asset, Assets, asset_response};
pub use cache::{Cacheable, PageCache};
pub use failure::{Failure, Page, Problems};
pub use form::{Check, Form, Upload};
pub use frame::{
    AgencyCard, AskamaPage, Choice, Crumb, Frame, NavItem, NavLink, Pager, Warning, render,
    with_status,
};
pub use guard::{By, Public, cookie, desk_address, encode_query};
pub use headers::{Nonce, Peer};
pub use markup::Markup;
pub use meter::Meter;
pub use network::Network;
pub use route::{Policy, Rate, Route, RouteCard, get, mount, post};
pub use serve::{ServeOptions, serve};
pub use site::{Found, Parts, Sessions, SignedIn, Site, SiteOptions};
/// The words of the toolkit itself.
pub const WORDS: WordFile = WordFile {
    name: "web",
    vi: include_str!("web.vi.ftl"),
    en: include_str!("web.en.ftl"),
};

pub use words::{Dictionary, Lang, Say, WordFile};

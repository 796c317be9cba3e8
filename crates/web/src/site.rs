//! What every page stands on, whatever its feature.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;

use base::{Actor, Clock, Fault, Ids};
use db::Db;

use crate::assets::Assets;
use crate::cache::PageCache;
use crate::frame::NavItem;
use crate::meter::Meter;
use crate::pace::Pace;
use crate::words::{Dictionary, Lang, Say};

/// A person with a live session, as the guard found them.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who acts.
    pub actor: Actor,
    /// The language of the person's desk.
    pub lang: Lang,
    /// Seconds of idleness after which the session ends.
    pub idle_s: i64,
    /// Whether a new password must be chosen before anything else.
    pub must_change_password: bool,
    /// Hash of the session's secret, to end it.
    pub session: String,
}

/// What a session lookup answers.
pub type Found<'a> = Pin<Box<dyn Future<Output = Result<Option<SignedIn>, Fault>> + Send + 'a>>;

/// Finds the session of a cookie. The feature that owns sessions gives this to the site.
pub trait Sessions: Send + Sync {
    /// The live session of this secret, if there is one; being asked keeps it alive unless
    /// `is_background`.
    fn find<'a>(&'a self, secret: &'a str, is_background: bool) -> Found<'a>;
}

/// What the operator chose.
#[derive(Clone, Debug)]
pub struct SiteOptions {
    /// The public origin, such as `https://stp.example.gov.vn`, without a slash at the end.
    pub base_url: String,
    /// Bytes of memory for ready pages.
    pub cache_bytes_max: u64,
}

/// What every page stands on. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    inner: Arc<Inner>,
}

struct Inner {
    parts: Parts,
    pace: Pace,
    meter: Meter,
}

/// The parts of a [`Site`].
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// Where new ids come from.
    pub ids: Ids,
    /// Ready public pages.
    pub pages: PageCache,
    /// Stylesheets, scripts, pictures of the interface.
    pub assets: &'static Assets,
    /// All words.
    pub words: &'static Dictionary,
    /// The desk's navigation, in order.
    pub nav: Vec<NavItem>,
    /// Finds sessions.
    pub sessions: Box<dyn Sessions>,
    /// What the operator chose.
    pub options: SiteOptions,
}

impl Site {
    /// Puts the parts together; from now on a commit drops the pages that it touched.
    pub fn new(parts: Parts) -> Self {
        let pages = parts.pages.clone();
        parts
            .db
            .on_commit(Box::new(move |tags| pages.drop_tags(tags)));
        let meter = Meter::new(parts.clock.now_ms());
        let inner = Inner {
            parts,
            pace: Pace::new(),
            meter,
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// What the house counts about itself.
    pub fn meter(&self) -> &Meter {
        &self.inner.meter
    }

    /// How often networks have used the classes of routes.
    pub(crate) fn pace(&self) -> &Pace {
        &self.inner.pace
    }

    /// The words in one language.
    pub fn say(&self, lang: Lang) -> Say {
        self.words.say(lang)
    }

    /// Whether browsers reach the site over TLS, so that cookies must say so.
    pub fn is_https(&self) -> bool {
        self.options.base_url.starts_with("https://")
    }

    /// The name of the session cookie. The `__Host-` prefix needs TLS.
    pub fn cookie_name(&self) -> &'static str {
        if self.is_https() { "__Host-loa" } else { "loa" }
    }
}

impl Deref for Site {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.inner.parts
    }
}

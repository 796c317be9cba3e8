//! What stands round every page: language, agency, navigation, notice, scripts.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use base::{Fault, Roles};

use crate::failure::Page;
use crate::guard::{By, Public};
use crate::headers::Nonce;
use crate::site::Site;
use crate::words::{Lang, Say};

/// An agency as pages show it, on the day of the page.
#[derive(Clone, Debug, Default)]
pub struct AgencyCard {
    /// Full name.
    pub name: String,
    /// The agency above it.
    pub superior: String,
    /// Address line of the footer.
    pub address: String,
    /// Who answers for the content (must be named in the footer).
    pub responsible: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
}

/// One entry of the desk's navigation.
#[derive(Clone, Copy, Debug)]
pub struct NavItem {
    /// Key of its words.
    pub key: &'static str,
    /// Its address.
    pub path: &'static str,
    /// Its icon in the sprite.
    pub icon: &'static str,
    /// Who sees it.
    pub roles: Roles,
}

/// What a person must be told on every page of the desk until it is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Key of its words.
    pub key: &'static str,
    /// Where more of it is told.
    pub href: String,
}

/// One step of the way from the start to this page.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// Its words.
    pub text: String,
    /// Its address.
    pub href: String,
}

/// One entry of the navigation as this person sees it.
#[derive(Clone, Debug)]
pub struct NavLink {
    /// Its words.
    pub text: String,
    /// Its address.
    pub href: String,
    /// Its icon.
    pub icon: &'static str,
    /// Whether this page belongs to it.
    pub is_current: bool,
}

/// One option of a list or box of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub text: String,
}

impl Choice {
    /// An option.
    pub fn new(value: impl std::fmt::Display, text: impl Into<String>) -> Self {
        Self {
            value: value.to_string(),
            text: text.into(),
        }
    }
}

/// What stands round a page.
#[derive(Clone)]
pub struct Frame {
    /// The words.
    pub say: Say,
    /// The page's title, without the agency.
    pub title: String,
    /// The page's path without the language prefix, with its query if that matters.
    pub path: String,
    /// The agency.
    pub agency: AgencyCard,
    /// The desk's navigation; empty on the portal.
    pub nav: Vec<NavLink>,
    /// Name of who is signed in; empty on the portal.
    pub person: String,
    /// What they may be, in words; empty on the portal.
    pub roles: String,
    /// Binds local drafts to the person; empty on the portal.
    pub person_key: String,
    /// Seconds until an idle session ends.
    pub idle_s: i64,
    /// The portal's menu after home: words and paths.
    pub menu: Vec<(String, String)>,
    /// What was just done, in words.
    pub notice: Option<String>,
    /// What the person must be told on every page.
    pub warning: Option<Warning>,
    /// The way here.
    pub crumbs: Vec<Crumb>,
    nonce: Nonce,
    site: Site,
}

impl Frame {
    /// The frame of a desk page.
    pub fn desk(site: &Site, by: &By, title_key: &str) -> Self {
        let say = site.say(by.lang());
        let mut frame = Self::bare(site, say, by.nonce.clone(), say.t(title_key));
        frame.person.clone_from(&by.actor().name);
        frame.person_key = by.actor().account.to_string();
        frame.idle_s = by.signed_in.idle_s;
        let roles = by.actor().roles;
        let names: Vec<String> = roles
            .iter()
            .map(|role| say.t(&format!("role-{}", role.as_str())))
            .collect();
        frame.roles = names.join(" · ");
        frame.nav = site
            .nav
            .iter()
            .filter(|item| roles.meets(item.roles))
            .map(|item| NavLink {
                text: say.t(item.key),
                href: item.path.to_owned(),
                icon: item.icon,
                is_current: false,
            })
            .collect();
        frame.done(by.done.as_deref())
    }

    /// The frame of a public page.
    pub fn portal(site: &Site, public: &Public, agency: AgencyCard, title: &str) -> Self {
        let say = site.say(public.lang);
        let mut frame = Self::bare(site, say, Nonce(String::new()), title.to_owned());
        frame.path.clone_from(&public.path);
        frame.agency = agency;
        frame
    }

    /// The frame of a page before sign-in.
    pub fn door(site: &Site, lang: Lang, nonce: &Nonce, title_key: &str) -> Self {
        let say = site.say(lang);
        Self::bare(site, say, nonce.clone(), say.t(title_key))
    }

    fn bare(site: &Site, say: Say, nonce: Nonce, title: String) -> Self {
        Self {
            say,
            title,
            path: String::new(),
            agency: AgencyCard::default(),
            nav: Vec::new(),
            person: String::new(),
            roles: String::new(),
            person_key: String::new(),
            idle_s: 0,
            menu: Vec::new(),
            notice: None,
            warning: None,
            crumbs: Vec::new(),
            nonce,
            site: site.clone(),
        }
    }

    /// The same frame with another title.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The same frame at this path: marks the navigation entry it belongs to.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        let best = self
            .nav
            .iter()
            .filter(|link| path == link.href || path.starts_with(&format!("{}/", link.href)))
            .map(|link| link.href.clone())
            .max_by_key(String::len);
        for link in &mut self.nav {
            link.is_current = Some(&link.href) == best.as_ref();
        }
        self
    }

    /// The same frame with one more step of the way here.
    #[must_use]
    pub fn under(mut self, text: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Crumb {
            text: text.into(),
            href: href.into(),
        });
        self
    }

    /// The same frame with the notice of what was just done: the `done` word of the address, if
    /// there are words for it.
    #[must_use]
    pub fn done(mut self, word: Option<&str>) -> Self {
        let key = format!("done-{}", word.unwrap_or_default());
        if word.is_some_and(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
            && self.say.knows(&key)
        {
            self.notice = Some(self.say.t(&key));
        }
        self
    }

    /// The portal's menu: home, then what the page's feature put into the frame.
    pub fn portal_links(&self) -> Vec<NavLink> {
        let link = |text: String, path: &str| NavLink {
            text,
            href: format!("{}{path}", self.prefix()),
            icon: "",
            is_current: self.path == path,
        };
        std::iter::once(link(self.t("home"), "/"))
            .chain(
                self.menu
                    .iter()
                    .map(|(text, path)| link(text.clone(), path)),
            )
            .collect()
    }

    /// The message of a key.
    pub fn t(&self, key: &str) -> String {
        self.say.t(key)
    }

    /// The code of the page's language.
    pub fn lang(&self) -> &'static str {
        self.say.lang.as_str()
    }

    /// What public addresses of the page's language begin with.
    pub fn prefix(&self) -> &'static str {
        self.say.lang.prefix()
    }

    /// The address of the same public page in the other language.
    pub fn other_language(&self) -> String {
        match self.say.lang {
            Lang::Vi if self.path == "/" => "/en".to_owned(),
            Lang::Vi => format!("/en{}", self.path),
            Lang::En => self.path.clone(),
        }
    }

    /// The full address of a path on this site.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.site.options.base_url)
    }

    /// The full address of this page in its language.
    pub fn canonical(&self) -> String {
        match (self.say.lang, self.path.as_str()) {
            (Lang::En, "/") => self.absolute("/en"),
            (lang, path) => self.absolute(&format!("{}{path}", lang.prefix())),
        }
    }

    /// The address of a file of the interface.
    pub fn asset(&self, name: &str) -> &str {
        self.site.assets.url(name)
    }

    /// The secret of this answer's scripts.
    pub fn nonce(&self) -> &str {
        &self.nonce.0
    }
}

/// The pages of a list, for the links below it.
#[derive(Clone, Debug)]
pub struct Pager {
    /// This page, from 1.
    pub page: i64,
    /// Pages in all.
    pub n_pages: i64,
    /// Rows in all.
    pub total: i64,
    base: String,
}

impl Pager {
    /// The pager of a list of `total` rows, `per_page` to a page, at an address whose query may
    /// already hold filters.
    pub fn new(page: i64, total: i64, per_page: i64, base: impl Into<String>) -> Self {
        let n_pages = ((total + per_page - 1) / per_page).max(1);
        Self {
            page: page.clamp(1, n_pages),
            n_pages,
            total,
            base: base.into(),
        }
    }

    /// The address of a page.
    pub fn href(&self, page: &i64) -> String {
        let mark = if self.base.contains('?') { '&' } else { '?' };
        if *page == 1 {
            self.base.clone()
        } else {
            format!("{}{mark}page={page}", self.base)
        }
    }

    /// The pages worth a link: the first, the last, and those near this one.
    pub fn near(&self) -> Vec<i64> {
        (1..=self.n_pages)
            .filter(|n| *n == 1 || *n == self.n_pages || (n - self.page).abs() <= 2)
            .collect()
    }

    /// The page before this one, if there is one.
    pub fn before(&self) -> Option<i64> {
        (self.page > 1).then(|| self.page - 1)
    }

    /// The page after this one, if there is one.
    pub fn after(&self) -> Option<i64> {
        (self.page < self.n_pages).then(|| self.page + 1)
    }
}

/// A rendered page as an answer.
pub fn render(page: &dyn AskamaPage) -> Page {
    Ok(Html(page.html()?).into_response())
}

/// A template as a trait object, so that one function renders every page.
pub trait AskamaPage {
    /// The page's HTML.
    ///
    /// # Faults
    /// The template failed.
    fn html(&self) -> Result<String, Fault>;
}

impl<T: Template> AskamaPage for T {
    fn html(&self) -> Result<String, Fault> {
        self.render()
            .map_err(|error| Fault::from_source("a page cannot be rendered", error))
    }
}

/// A page with a status other than 200.
pub fn with_status(status: http::StatusCode, page: &dyn AskamaPage) -> Page {
    let mut answer: Response = render(page)?;
    *answer.status_mut() = status;
    Ok(answer)
}

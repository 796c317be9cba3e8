//! The route registry: every route is declared once, with who may use it. The router, the list of
//! `loa routes` and the tests of the role matrix come from this declaration; a handler cannot be
//! mounted otherwise, and a route without a policy cannot be written.

use axum::Router;
use axum::handler::Handler;
use axum::middleware;
use axum::routing::{MethodRouter, on};
use base::{Role, Roles};
use http::Method;

use crate::guard;
use crate::site::Site;

/// Who may use a route. Rules about single objects (four eyes, own unit) come after this, in the
/// feature's `rules.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Everybody; no cookie is read, the answer may be kept in the page cache.
    Public,
    /// Everybody; a session is looked up if there is one (sign-in, sign-out).
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever holds one of these roles.
    Roles(Roles),
}

impl Policy {
    /// Whoever holds one of these roles.
    pub const fn roles(roles: &[Role]) -> Policy {
        Policy::Roles(Roles::of(roles))
    }
}

/// How often one network may use a route; the numbers stand in `pace.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// Reading: not counted.
    Free,
    /// Ordinary work of staff.
    Work,
    /// Public forms and counters.
    PublicForm,
    /// Sign-in.
    SignIn,
}

/// What is known of a route without its handler.
#[derive(Clone, Debug)]
pub struct RouteCard {
    /// The method.
    pub method: Method,
    /// The full path, with `{names}` for its parts.
    pub path: &'static str,
    /// Who may use it.
    pub policy: Policy,
    /// How often.
    pub rate: Rate,
    /// What the audit log calls the act, for routes that change something.
    pub act: Option<&'static str>,
    /// The module and function that answer, such as `editorial::newsroom::desk::article_review::save`.
    pub handler: &'static str,
}

/// A declared route.
pub struct Route<S> {
    card: RouteCard,
    answer: MethodRouter<S>,
}

impl<S> Route<S> {
    /// Names the act that the audit log keeps.
    #[must_use]
    pub fn act(mut self, name: &'static str) -> Self {
        self.card.act = Some(name);
        self
    }

    /// Sets how often one visitor may use it.
    #[must_use]
    pub fn rate(mut self, rate: Rate) -> Self {
        self.card.rate = rate;
        self
    }

    /// What is known of it without its handler.
    pub fn card(&self) -> &RouteCard {
        &self.card
    }
}

/// A route that reads.
pub fn get<H, T, S>(path: &'static str, policy: Policy, handler: H) -> Route<S>
where
    H: Handler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    route(Method::GET, path, policy, Rate::Free, handler)
}

/// A route that changes something. Name its act with [`Route::act`].
pub fn post<H, T, S>(path: &'static str, policy: Policy, handler: H) -> Route<S>
where
    H: Handler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    let rate = if policy == Policy::Public {
        Rate::PublicForm
    } else {
        Rate::Work
    };
    route(Method::POST, path, policy, rate, handler)
}

fn route<H, T, S>(
    method: Method,
    path: &'static str,
    policy: Policy,
    rate: Rate,
    handler: H,
) -> Route<S>
where
    H: Handler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    let filter = if method == Method::GET {
        axum::routing::MethodFilter::GET
    } else {
        axum::routing::MethodFilter::POST
    };
    let card = RouteCard {
        method,
        path,
        policy,
        rate,
        act: None,
        handler: std::any::type_name::<H>(),
    };
    Route {
        card,
        answer: on(filter, handler),
    }
}

/// Makes a router of declared routes, each behind its guard; returns their cards too.
pub fn mount<S>(routes: Vec<Route<S>>, state: S, site: &Site) -> (Router, Vec<RouteCard>)
where
    S: Clone + Send + Sync + 'static,
{
    let mut router = Router::new();
    let mut cards = Vec::with_capacity(routes.len());
    for route in routes {
        let watch = guard::Watch {
            site: site.clone(),
            card: route.card.clone(),
        };
        let guarded = route
            .answer
            .route_layer(middleware::from_fn_with_state(watch, guard::check));
        router = router.route(route.card.path, guarded);
        cards.push(route.card);
    }
    (router.with_state(state), cards)
}

//! What the operator's machines ask, on a listener of its own that the public does not reach:
//! `/healthz` (the process answers), `/readyz` (the database answers too), `/metrics`.

use std::future::Future;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::Fault;
use http::{StatusCode, header};
use tokio::net::TcpListener;

use crate::site::Site;

/// A database that has not answered after this long is not ready.
const READY_TIMEOUT: Duration = Duration::from_secs(2);

/// Serves the operator's three addresses until `stop` is done. The listener should be on loopback or
/// on a network that only monitoring reaches: there is no sign-in.
///
/// # Faults
/// The listener fails for good.
pub async fn serve_admin(
    listener: TcpListener,
    site: Site,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Fault> {
    let router = Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .with_state(site);
    axum::serve(listener, router)
        .with_graceful_shutdown(stop)
        .await
        .map_err(|error| Fault::from_source("the admin listener failed", error))
}

async fn healthz() -> &'static str {
    "ok"
}

async fn readyz(State(site): State<Site>) -> Response {
    match tokio::time::timeout(READY_TIMEOUT, ask(&site)).await {
        // A trouble is told, not made worse: every node has the same, and a site without nodes helps
        // nobody.
        Ok(Ok(())) => match site.meter().told_trouble() {
            None => "ready".into_response(),
            Some(trouble) => format!("ready, but: {trouble}").into_response(),
        },
        Ok(Err(fault)) => {
            tracing::warn!(%fault, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer",
            )
                .into_response()
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database is too slow").into_response(),
    }
}

async fn ask(site: &Site) -> Result<(), Fault> {
    site.db.check_migrated().await
}

async fn metrics(State(site): State<Site>) -> Response {
    let text = site.meter().text(site.clock.now_ms(), site.pages.len());
    (
        [(
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        )],
        text,
    )
        .into_response()
}

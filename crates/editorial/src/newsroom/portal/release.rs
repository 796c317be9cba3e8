//! Releasing by a link, without signing in: one page with the text and one button.
//!
//! Opening the page changes nothing, because programs that look after mail open links too; only the
//! button does. Its address is a secret: the page is kept by nobody and tells its address to nobody.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use base::{Error, Refusal};
use house::files;
use house::people::agency_store;
use http::header::{self, HeaderValue};
use http::{HeaderName, StatusCode};
use prose::FileRef;
use web::{Form, Frame, Markup, Page, Public, render};

use super::moment;
use crate::Editorial;
use crate::newsroom::release::Standing;
use crate::newsroom::release_link::{self, Found};

#[derive(Template)]
#[template(path = "newsroom/portal/release.html")]
struct ReleasePage {
    frame: Frame,
    secret: String,
    is_open: bool,
    standing: String,
    asks: String,
    ends: String,
    found: Found,
    body: Markup,
    public_path: Option<String>,
}

/// The text and the button, or why there is none.
pub async fn show(State(editorial): State<Editorial>, Path(secret): Path<String>) -> Page {
    let mut answer = page(&editorial, secret).await?;
    close(&mut answer);
    Ok(answer)
}

async fn page(editorial: &Editorial, secret: String) -> Page {
    let now = editorial.clock.now_ms();
    let mut read = editorial.db.read().await?;
    let found = release_link::of_secret(&mut read, &secret, now).await?;
    let names = agency_store::find(&mut read, found.link.agency, editorial.today()).await?;
    drop(read);
    let public = Public {
        lang: found.reader.lang,
        path: "/".to_owned(),
    };
    let title = found.opened.revision.text.title.clone();
    let frame = Frame::portal(&editorial.site, &public, names.names.card(), &title);
    let address = |file: &FileRef| format!("/duyet/{secret}/tep/{file}");
    let article = &found.opened.article;
    render(&ReleasePage {
        is_open: found.standing == Standing::Open,
        standing: frame.t(&format!("release-{}", found.standing.as_str())),
        asks: frame.say.t1("release-for", "name", &found.reader.name),
        ends: frame.say.t1(
            "release-ends",
            "when",
            moment(&frame.say, found.link.ends_at),
        ),
        body: Markup::made_here(prose::render::html(
            &found.opened.revision.text.body,
            &address,
        )),
        public_path: article.live_edition.map(|_| article.path()),
        frame,
        secret,
        found,
    })
}

/// Releases. Whatever comes of it, the page of the link says how things stand.
pub async fn publish(
    State(editorial): State<Editorial>,
    Path(secret): Path<String>,
    form: Form,
) -> Page {
    let mut answer = match release_link::publish(&editorial, &secret, form.value("seen")).await {
        Ok(()) => Redirect::to(&format!("/duyet/{secret}")).into_response(),
        Err(Error::Refusal(Refusal::Stale)) => {
            let mut answer = page(&editorial, secret).await?;
            *answer.status_mut() = StatusCode::CONFLICT;
            answer
        }
        Err(error) => return Err(error.into()),
    };
    close(&mut answer);
    Ok(answer)
}

/// A picture of the text, for who holds the link.
pub async fn file(
    State(editorial): State<Editorial>,
    Path((secret, sha256)): Path<(String, String)>,
) -> Page {
    let now = editorial.clock.now_ms();
    let mut read = editorial.db.read().await?;
    let found = release_link::of_secret(&mut read, &secret, now).await?;
    let files = found.opened.revision.text.files();
    let is_in = files.iter().any(|file| file.to_string() == sha256);
    if found.standing != Standing::Open || !is_in {
        return Err(Refusal::NotFound.into());
    }
    let used = files::find_use(&mut read, found.link.agency, &sha256).await?;
    let mut answer = files::answer(&editorial, &mut read, &sha256, &used.name).await?;
    close(&mut answer);
    Ok(answer)
}

/// Kept by nobody, found by no search, its address told to no other site.
fn close(answer: &mut Response) {
    for (name, value) in [
        (header::CACHE_CONTROL, "private, no-store"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ] {
        answer
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
}

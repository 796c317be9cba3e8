//! Signing in.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use base::{Error, Refusal};
use http::StatusCode;
use http::header::{self, HeaderMap, HeaderValue};
use serde::Deserialize;
use web::{Form, Frame, Lang, Network, Nonce, Page, Peer, Problems, cookie, render, with_status};

use crate::House;
use crate::people::agency_store;
use crate::people::sign_in::{Admitted, Attempt, sign_in};

/// A machine is known for a year after its last sign-in.
const DEVICE_AGE_S: u32 = 365 * 24 * 60 * 60;

#[derive(Template)]
#[template(path = "people/desk/sign_in.html")]
struct SignInPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    next: String,
    lang: &'static str,
}

/// Where to go after signing in, and in which language to ask.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    next: Option<String>,
    lang: Option<String>,
}

/// The empty form.
pub async fn show(
    State(house): State<House>,
    Extension(nonce): Extension<Nonce>,
    Query(wish): Query<Wish>,
) -> Page {
    page(&house, &nonce, &wish, (Form::default(), None)).await
}

/// Signs the person in and goes where they wanted to go.
pub async fn save(
    State(house): State<House>,
    Extension(nonce): Extension<Nonce>,
    Extension(Peer(peer)): Extension<Peer>,
    headers: HeaderMap,
    form: Form,
) -> Page {
    let wish = Wish {
        next: Some(form.value("next").to_owned()),
        lang: Some(form.value("lang").to_owned()),
    };
    let attempt = Attempt {
        email: form.value("email"),
        password: form.value("password"),
        network: Network::of(peer).to_string(),
        device: cookie(&headers, device_cookie(&house)),
    };
    match sign_in(&house, attempt).await {
        Ok(admitted) => Ok(enter(&house, &admitted, &local(wish.next.as_deref()))),
        Err(Error::Refusal(refusal)) => page(&house, &nonce, &wish, (form, Some(refusal))).await,
        Err(fault) => Err(fault.into()),
    }
}

async fn page(
    house: &House,
    nonce: &Nonce,
    wish: &Wish,
    (form, refusal): (Form, Option<Refusal>),
) -> Page {
    let lang = Lang::of(wish.lang.as_deref().unwrap_or_default());
    let mut frame = Frame::door(&house.site, lang, nonce, "sign-in");
    let mut read = house.db.read().await?;
    let agency = agency_store::of_host(&mut read, "").await?;
    frame.agency = agency_store::find(&mut read, agency, house.today())
        .await?
        .names
        .card();
    let problems = refusal
        .as_ref()
        .map_or_else(Problems::none, |refusal| Problems::of(refusal, &frame.say));
    let status = match &refusal {
        None => StatusCode::OK,
        Some(Refusal::TooMany { .. }) => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let next = local(wish.next.as_deref());
    let page = SignInPage {
        frame,
        form,
        problems,
        next,
        lang: lang.as_str(),
    };
    if status == StatusCode::OK {
        render(&page)
    } else {
        with_status(status, &page)
    }
}

/// Only addresses of our own desk are gone to, and never in a circle.
fn local(next: Option<&str>) -> String {
    next.and_then(web::desk_address)
        .filter(|next| !next.starts_with("/desk/sign"))
        .unwrap_or("/desk")
        .to_owned()
}

fn device_cookie(house: &House) -> &'static str {
    if house.is_https() {
        "__Host-loa-device"
    } else {
        "loa-device"
    }
}

fn enter(house: &House, admitted: &Admitted, to: &str) -> Response {
    let mut answer = Redirect::to(to).into_response();
    let secure = if house.is_https() { "; Secure" } else { "" };
    let session = format!(
        "{}={}; Path=/; HttpOnly; SameSite=Lax{secure}",
        house.cookie_name(),
        admitted.secret
    );
    let device = format!(
        "{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={DEVICE_AGE_S}{secure}",
        device_cookie(house),
        admitted.device
    );
    for line in [session, device] {
        if let Ok(value) = HeaderValue::from_str(&line) {
            answer.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for (asked, gone) in [
            ("/desk/plans", "/desk/plans"),
            ("//evil.example", "/desk"),
            ("/\\evil.example", "/desk"),
            ("/desk/sign-out", "/desk"),
            ("/desk/\0", "/desk"),
        ] {
            assert_eq!(local(Some(asked)), gone, "{asked}");
        }
    }
}

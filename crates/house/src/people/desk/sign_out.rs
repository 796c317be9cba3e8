//! Signing out.

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use http::header::{self, HeaderValue};
use web::{Page, SignedIn};

use crate::House;
use crate::people::sign_in::sign_out;

/// Ends the session, if there is one, and goes to the sign-in page.
pub async fn save(State(house): State<House>, signed_in: Option<Extension<SignedIn>>) -> Page {
    if let Some(Extension(signed_in)) = signed_in {
        sign_out(&house, &signed_in).await?;
    }
    let mut answer = Redirect::to("/desk/sign-in").into_response();
    let line = format!(
        "{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0",
        house.cookie_name()
    );
    if let Ok(value) = HeaderValue::from_str(&line) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(answer)
}

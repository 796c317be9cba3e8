//! Asking for a release by a link, and taking the link back.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::{AccountId, ArticleId, RowId};
use web::{By, Form, Page};

use crate::Editorial;
use crate::newsroom::release_link;

/// Asks the chosen person.
pub async fn ask(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<ArticleId>,
    form: Form,
) -> Page {
    let mut check = form.check();
    let person: Option<AccountId> = check.parse("person");
    if person.is_none() {
        check.missing("person");
    }
    check.done()?;
    if let Some(person) = person {
        release_link::ask(&editorial, by.actor(), (id, person)).await?;
    }
    let to = format!("/desk/newsroom/articles/{id}?done=release-asked");
    Ok(Redirect::to(&to).into_response())
}

/// Takes a link back.
pub async fn revoke(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, link)): Path<(ArticleId, RowId)>,
) -> Page {
    release_link::revoke(&editorial, by.actor(), (id, link)).await?;
    let to = format!("/desk/newsroom/articles/{id}?done=release-revoked");
    Ok(Redirect::to(&to).into_response())
}

//! An article as the public reads it.

use askama::Template;
use axum::Extension;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::Refusal;
use http::StatusCode;
use http::header::{self, HeaderMap};
use serde_json::json;
use web::{AskamaPage, Cacheable, Frame, Markup, Page, Peer, Public};

use super::{moment, rfc3339};
use crate::Editorial;
use crate::newsroom::category_store::Category;
use crate::newsroom::public_store::{self, Shown};
use crate::newsroom::{category_store, view_store};

#[derive(Template)]
#[template(path = "newsroom/portal/article.html")]
pub struct ArticlePage {
    frame: Frame,
    shown: Shown,
    category_name: String,
    category_href: String,
    body: Markup,
    data: Markup,
    datetime: String,
    date: String,
    updated: Option<(String, String)>,
    image: Option<String>,
    n_views: String,
    views_url: String,
    is_withdrawn: bool,
}

/// The page of an article, from what its rows say: a pure function, so that what is captured at
/// publication is what the public gets.
pub fn article_page(frame: Frame, shown: Shown, category: &Category) -> ArticlePage {
    let say = frame.say;
    let image = shown
        .text
        .image
        .as_ref()
        .map(|image| format!("/tep/{}", image.file));
    let address = |file: &prose::FileRef| format!("/tep/{file}");
    ArticlePage {
        category_name: category.name(say.lang).to_owned(),
        category_href: format!("{}{}", frame.prefix(), category.path()),
        body: Markup::made_here(prose::render::html(&shown.text.body, &address)),
        data: structured(&frame, &shown, image.as_deref()),
        datetime: rfc3339(shown.published_at),
        date: moment(&say, shown.published_at),
        updated: shown.updated_at.map(|ms| (rfc3339(ms), moment(&say, ms))),
        image,
        n_views: base::text::number::whole(shown.n_views),
        views_url: format!("{}/views", shown.article.path()),
        is_withdrawn: !shown.withdrawal.is_empty(),
        frame,
        shown,
    }
}

/// What search engines read: schema.org `NewsArticle`.
fn structured(frame: &Frame, shown: &Shown, image: Option<&str>) -> Markup {
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": shown.text.title,
        "description": shown.text.lead,
        "datePublished": rfc3339(shown.published_at),
        "dateModified": rfc3339(shown.updated_at.unwrap_or(shown.published_at)),
        "author": {"@type": "Person", "name": shown.text.author},
        "publisher": {"@type": "GovernmentOrganization", "name": frame.agency.name},
        "mainEntityOfPage": frame.canonical(),
        "inLanguage": "vi",
    });
    if let (Some(image), Some(object)) = (image, data.as_object_mut()) {
        object.insert("image".to_owned(), frame.absolute(image).into());
    }
    Markup::json(&data)
}

/// The number at the end of an address `slug-123`.
fn number_of(address: &str) -> Option<i64> {
    address
        .rsplit('-')
        .next()?
        .parse()
        .ok()
        .filter(|number| *number > 0)
}

/// The page; an old slug goes to the right address. What was withdrawn is gone (410), and its
/// address says why.
pub async fn show(
    State(editorial): State<Editorial>,
    public: Public,
    Path(address): Path<String>,
) -> Page {
    let number = number_of(&address).ok_or(Refusal::NotFound)?;
    let portal = editorial.portal(&public, "").await?;
    let mut read = editorial.db.read().await?;
    let shown = public_store::find(&mut read, portal.agency, number).await?;
    if shown.article.path() != public.path {
        let to = format!("{}{}", public.lang.prefix(), shown.article.path());
        return Ok(Redirect::permanent(&to).into_response());
    }
    let category = category_store::find(&mut read, portal.agency, shown.article.category).await?;
    drop(read);
    let tags = vec![
        format!("article/{number}"),
        format!("category/{}", category.id),
        format!("agency/{}", portal.agency),
    ];
    let frame = portal.frame.titled(shown.text.title.clone());
    let status = if shown.withdrawal.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::GONE
    };
    let page = Cacheable::html(article_page(frame, shown, &category).html()?, tags);
    Ok((status, page).into_response())
}

/// Counts a view and answers the number of views.
pub async fn count_view(
    State(editorial): State<Editorial>,
    public: Public,
    Extension(Peer(peer)): Extension<Peer>,
    Path(address): Path<String>,
    headers: HeaderMap,
) -> Page {
    let number = number_of(&address).ok_or(Refusal::NotFound)?;
    let portal = editorial.portal(&public, "").await?;
    let mut read = editorial.db.read().await?;
    let article = public_store::find_id(&mut read, portal.agency, number).await?;
    let total = view_store::total(&mut read, article).await?;
    drop(read);
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or_default();
    let now = (editorial.today(), editorial.clock.now_ms());
    let waiting = editorial.views.count(article, now, (peer, agent));
    let views = total + waiting;
    let text = base::text::number::whole(views);
    Ok(Json(json!({"views": views, "text": text})).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_an_address_is_what_follows_the_last_dash() {
        assert_eq!(number_of("ke-hoach-nam-2023-17"), Some(17));
        assert_eq!(number_of("17"), Some(17));
        for wrong in ["ke-hoach", "a--1x", "", "-", "a-0"] {
            assert_eq!(number_of(wrong), None, "{wrong}");
        }
    }
}

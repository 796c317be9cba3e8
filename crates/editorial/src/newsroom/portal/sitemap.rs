//! The site map: an index of parts, each of a fixed range of numbers, and `robots.txt`.

use std::fmt::Write;

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use base::Refusal;
use web::{Cacheable, Page, Public};

use super::rfc3339;
use crate::Editorial;
use crate::newsroom::{category_store, public_store};

/// Article numbers in one part; a site map may hold 50,000 addresses.
const PART: i64 = 10_000;

const XML: &str = "application/xml; charset=utf-8";

/// `/sitemap.xml`: the parts.
pub async fn show(State(editorial): State<Editorial>, public: Public) -> Page {
    let portal = editorial.portal(&public, "").await?;
    let mut read = editorial.db.read().await?;
    let newest = public_store::highest_number(&mut read, portal.agency).await?;
    drop(read);
    let mut body = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for part in 0..=newest / PART {
        let address = portal.frame.absolute(&format!("/sitemap/{part}.xml"));
        let _ = writeln!(body, "<sitemap><loc>{address}</loc></sitemap>");
    }
    body.push_str("</sitemapindex>\n");
    Ok(Cacheable::of(XML, body, vec!["articles".to_owned()]).into_response())
}

/// `/sitemap/{part}.xml`: the addresses of one range of numbers; the first part has the lists too.
pub async fn part(
    State(editorial): State<Editorial>,
    public: Public,
    Path(part): Path<String>,
) -> Page {
    let part = part.strip_suffix(".xml").and_then(|part| part.parse().ok());
    let part: i64 = part.filter(|part| *part >= 0).ok_or(Refusal::NotFound)?;
    let portal = editorial.portal(&public, "").await?;
    let mut read = editorial.db.read().await?;
    let mut body = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    if part == 0 {
        let categories = category_store::list(&mut read, portal.agency).await?;
        let paths = ["/".to_owned(), "/ke-hoach".to_owned()];
        for path in paths.into_iter().chain(categories.iter().map(|c| c.path())) {
            let _ = writeln!(
                body,
                "<url><loc>{}</loc></url>",
                portal.frame.absolute(&path)
            );
        }
    }
    let (first, last) = (part * PART, part * PART + PART);
    let mut after = first - 1;
    loop {
        let cards = public_store::after(&mut read, portal.agency, after, 1000).await?;
        for card in cards.iter().filter(|card| card.number < last) {
            let address = portal.frame.absolute(&card.path());
            let changed = rfc3339(card.changed_at.max(card.published_at));
            let _ = writeln!(
                body,
                "<url><loc>{address}</loc><lastmod>{changed}</lastmod></url>"
            );
        }
        match cards.last() {
            Some(card) if card.number < last - 1 && cards.len() == 1000 => after = card.number,
            _ => break,
        }
    }
    body.push_str("</urlset>\n");
    Ok(Cacheable::of(XML, body, vec!["articles".to_owned()]).into_response())
}

/// `/robots.txt`
pub async fn robots(State(editorial): State<Editorial>) -> Page {
    let map = format!("{}/sitemap.xml", editorial.options.base_url);
    let body = format!("User-agent: *\nDisallow: /desk\nDisallow: /tim-kiem\nSitemap: {map}\n");
    Ok(Cacheable::of("text/plain; charset=utf-8", body, Vec::new()).into_response())
}

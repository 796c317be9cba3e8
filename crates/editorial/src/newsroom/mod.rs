//! The newsroom: writing, releasing and showing articles.
//!
//! It serves writers, editors and the public. Its words: *tin* and *bài* (article, with genre news
//! or feature), *phiên bản xuất bản* (edition), *bản lưu* (revision), *chuyên mục* (category). An
//! article keeps its address; its editions have states; a text that was sent to be released never
//! changes again. Who sent it does not release it (four eyes); the director may force a release,
//! and it shows as forced until somebody else has confirmed it.
//!
//! What is not here: counting an article for an activity (items, plan), sealing evidence (house),
//! comments and ratings (a later issue).

mod acts;
pub mod article;
mod article_store;
mod bring_in;
pub mod category_store;
mod desk;
mod desk_store;
mod draft;
mod jobs;
mod open_articles;
mod open_store;
mod pending_store;
mod portal;
mod public_store;
mod publish;
pub mod release;
mod release_link;
mod release_store;
pub mod rules;
mod shown_file_store;
mod view_store;
mod views;

use base::Fault;
use base::id::AgencyId;
use db::Conn;
use web::{NavItem, Policy, Route, Say, WordFile, get, post};

use crate::Editorial;

pub use acts::{begin, confirm, hash_of_newest, revise, save, save_and_submit, turn};
pub use bring_in::{BroughtIn, bring_in};
pub use desk_store::{Line, Shelf, count as count_shelf, list as list_shelf};
pub use draft::Draft;
pub use jobs::{fill_index, flush_views};
pub use open_articles::OpenArticles;
pub use pending_store::{Pending, Wait, list as pending};
pub use public_store::{Card, newest};
pub use publish::{Way, publish, withdraw};
pub use release_link::{
    LINK_HOURS_MAX, RELEASE_KIND, ask as ask_release, compose as compose_link, link_hours,
    save_link_hours,
};
pub use view_store::add as add_views;
pub use views::Views;

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "newsroom",
    vi: include_str!("newsroom.vi.ftl"),
    en: include_str!("newsroom.en.ftl"),
};

/// Where the desk shows it.
pub const NAV: [NavItem; 1] = [NavItem {
    key: "nav-articles",
    path: "/desk/newsroom/articles",
    icon: "article",
    roles: rules::STAFF,
}];

const STAFF: Policy = Policy::Roles(rules::STAFF);
const WRITERS: Policy = Policy::Roles(rules::WRITERS);
const RELEASERS: Policy = Policy::Roles(rules::RELEASERS);

/// Every route of this feature.
pub fn routes() -> Vec<Route<Editorial>> {
    let mut routes = desk_routes();
    routes.extend(link_routes());
    routes.extend(portal_routes());
    routes
}

fn desk_routes() -> Vec<Route<Editorial>> {
    use desk::{article_edit, article_list, article_review, paste};
    vec![
        get("/desk/newsroom/articles", STAFF, article_list::show),
        post("/desk/newsroom/articles", WRITERS, article_list::begin).act("article.begin"),
        post("/desk/newsroom/paste", WRITERS, paste::save).act("article.paste"),
        get("/desk/newsroom/articles/{id}", STAFF, article_review::show),
        get(
            "/desk/newsroom/articles/{id}/edit",
            WRITERS,
            article_edit::show,
        ),
        post(
            "/desk/newsroom/articles/{id}/edit",
            WRITERS,
            article_edit::save,
        )
        .act("article.save"),
        post(
            "/desk/newsroom/articles/{id}/draft",
            WRITERS,
            article_edit::autosave,
        )
        .act("article.save"),
        post(
            "/desk/newsroom/articles/{id}/recall",
            WRITERS,
            article_review::recall,
        )
        .act("article.recall"),
        post(
            "/desk/newsroom/articles/{id}/return",
            RELEASERS,
            article_review::give_back,
        )
        .act("article.return"),
        post(
            "/desk/newsroom/articles/{id}/publication",
            RELEASERS,
            article_review::publish,
        )
        .act("article.publish"),
        post(
            "/desk/newsroom/articles/{id}/forced-publication",
            RELEASERS,
            article_review::force,
        )
        .act("article.force"),
        post(
            "/desk/newsroom/articles/{id}/confirmation",
            RELEASERS,
            article_review::confirm,
        )
        .act("article.confirm"),
        post(
            "/desk/newsroom/articles/{id}/withdrawal",
            RELEASERS,
            article_review::withdraw,
        )
        .act("article.withdraw"),
        post(
            "/desk/newsroom/articles/{id}/edition",
            WRITERS,
            article_review::revise,
        )
        .act("article.revise"),
    ]
}

fn link_routes() -> Vec<Route<Editorial>> {
    use desk::article_link;
    vec![
        post(
            "/desk/newsroom/articles/{id}/release-links",
            STAFF,
            article_link::ask,
        )
        .act("release_link.ask"),
        post(
            "/desk/newsroom/articles/{id}/release-links/{link}/revoke",
            STAFF,
            article_link::revoke,
        )
        .act("release_link.revoke"),
    ]
}

fn portal_routes() -> Vec<Route<Editorial>> {
    use portal::{api, article, category, feeds, home, release, search, sitemap};
    vec![
        get("/", Policy::Public, home::show),
        get("/tin/{address}", Policy::Public, article::show),
        post("/tin/{address}/views", Policy::Public, article::count_view).act("article.view"),
        get("/duyet/{secret}", Policy::Public, release::show),
        post("/duyet/{secret}", Policy::Public, release::publish).act("release_link.use"),
        get(
            "/duyet/{secret}/tep/{sha256}",
            Policy::Public,
            release::file,
        ),
        get("/chuyen-muc/{slug}", Policy::Public, category::show),
        get("/tim-kiem", Policy::Public, search::show),
        get("/feed.atom", Policy::Public, feeds::atom),
        get("/rss.xml", Policy::Public, feeds::rss),
        get("/feed.json", Policy::Public, feeds::json),
        get(
            "/chuyen-muc/{slug}/feed.atom",
            Policy::Public,
            feeds::category_atom,
        ),
        get("/sitemap.xml", Policy::Public, sitemap::show),
        get("/sitemap/{part}", Policy::Public, sitemap::part),
        get("/robots.txt", Policy::Public, sitemap::robots),
        get("/api/v1/search", Policy::Public, api::search),
        get("/api/v1/articles", Policy::Public, api::list),
        get("/api/v1/articles/{number}", Policy::Public, api::find),
    ]
}

/// The portal's menu: the categories, the plan, the search page.
///
/// # Faults
/// The database does not answer.
pub async fn portal_menu(
    conn: &mut Conn,
    agency: AgencyId,
    say: Say,
) -> Result<Vec<(String, String)>, Fault> {
    let categories = category_store::list(conn, agency).await?;
    let mut menu: Vec<(String, String)> = categories
        .iter()
        .map(|category| (category.name(say.lang).to_owned(), category.path()))
        .collect();
    menu.push((say.t("portal-plan"), "/ke-hoach".to_owned()));
    menu.push((say.t("portal-indices"), "/chi-so".to_owned()));
    Ok(menu)
}

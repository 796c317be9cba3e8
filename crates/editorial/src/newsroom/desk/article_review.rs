//! One article at the desk: how it reads, what changed, what happened, and what may be done now.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::ArticleId;
use base::limits::TEXT_CHARS_MAX;
use base::{Actor, Error, Refusal};
use http::StatusCode;
use web::{By, Choice, Form, Frame, Markup, Page, Problems, Say, render, with_status};

use super::moment;
use crate::Editorial;
use crate::items::item_store;
use crate::newsroom::acts::{self, Opened};
use crate::newsroom::article::Edition;
use crate::newsroom::publish::{self, Way};
use crate::newsroom::release::Standing;
use crate::newsroom::release_link::{self, Asked};
use crate::newsroom::rules::{self, Deed};
use crate::newsroom::{article_store, category_store};
use crate::plan;

#[derive(Template)]
#[template(path = "newsroom/desk/article_review.html")]
struct ReviewPage {
    frame: Frame,
    problems: Problems,
    form: Form,
    opened: Opened,
    tag: &'static str,
    is_forced: bool,
    state: String,
    genre: String,
    category: String,
    body: Markup,
    changes: Option<Markup>,
    fulfils: Vec<String>,
    history: Vec<Moment>,
    may: May,
    public_path: Option<String>,
    releasers: Vec<Choice>,
    links: Vec<LinkRow>,
}

/// A link by which somebody was asked to release.
struct LinkRow {
    id: String,
    words: String,
    is_open: bool,
}

struct Moment {
    kind: String,
    who: String,
    what: String,
    words: String,
    when: String,
}

/// Which buttons the page shows.
struct May {
    write: bool,
    recall: bool,
    give_back: bool,
    publish: bool,
    own: bool,
    force: bool,
    confirm: bool,
    withdraw: bool,
    revise: bool,
    ask: bool,
}

/// The article as it stands.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<ArticleId>) -> Page {
    render(&page(&editorial, &by, (id, Form::default(), None)).await?)
}

/// Takes it back to write on.
pub async fn recall(State(editorial): State<Editorial>, by: By, Path(id): Path<ArticleId>) -> Page {
    let how = ("article.recall", "remark", "");
    acts::turn(&editorial, by.actor(), id, how, |edition, actor, _, now| {
        edition.recall(actor, now)
    })
    .await?;
    Ok(Redirect::to(&format!("/desk/newsroom/articles/{id}/edit")).into_response())
}

/// Gives it back with a reason.
pub async fn give_back(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<ArticleId>,
    form: Form,
) -> Page {
    let answer = match reason(&form) {
        Ok(reason) => {
            let how = ("article.return", "returned", reason.as_str());
            let rule = |edition: Edition, actor: &Actor, why: &str, now| {
                edition.give_back(actor, why, now)
            };
            acts::turn(&editorial, by.actor(), id, how, rule).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    end(&editorial, &by, (id, form, answer, "article-returned")).await
}

/// Releases it.
pub async fn publish(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<ArticleId>,
    form: Form,
) -> Page {
    let seen = form.value("seen").to_owned();
    let way = Way::Released { seen: &seen };
    let answer = publish::publish(&editorial, by.actor(), id, way).await;
    end(&editorial, &by, (id, form, answer, "article-published")).await
}

/// Releases it without a second pair of eyes.
pub async fn force(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<ArticleId>,
    form: Form,
) -> Page {
    let answer = match reason(&form) {
        Ok(reason) => {
            let way = Way::Forced { reason: &reason };
            publish::publish(&editorial, by.actor(), id, way).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    end(&editorial, &by, (id, form, answer, "article-forced")).await
}

/// Confirms a forced release.
pub async fn confirm(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<ArticleId>,
) -> Page {
    let answer = acts::confirm(&editorial, by.actor(), id).await;
    end(
        &editorial,
        &by,
        (id, Form::default(), answer, "article-confirmed"),
    )
    .await
}

/// Takes it from the public.
pub async fn withdraw(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<ArticleId>,
    form: Form,
) -> Page {
    let answer = match reason(&form) {
        Ok(reason) => publish::withdraw(&editorial, by.actor(), id, &reason).await,
        Err(refusal) => Err(refusal.into()),
    };
    end(&editorial, &by, (id, form, answer, "article-withdrawn")).await
}

/// Begins the next edition.
pub async fn revise(State(editorial): State<Editorial>, by: By, Path(id): Path<ArticleId>) -> Page {
    acts::revise(&editorial, by.actor(), id).await?;
    Ok(Redirect::to(&format!("/desk/newsroom/articles/{id}/edit")).into_response())
}

fn reason(form: &Form) -> Result<String, Refusal> {
    let mut check = form.check();
    let reason = check.required_text("reason", TEXT_CHARS_MAX);
    check.done()?;
    Ok(reason)
}

async fn end(
    editorial: &Editorial,
    by: &By,
    (id, form, answer, word): (ArticleId, Form, Result<(), Error>, &str),
) -> Page {
    match answer {
        Ok(()) => {
            Ok(Redirect::to(&format!("/desk/newsroom/articles/{id}?done={word}")).into_response())
        }
        Err(Error::Refusal(Refusal::NotFound)) => Err(Refusal::NotFound.into()),
        Err(Error::Refusal(refusal)) => {
            let status = match refusal {
                Refusal::Stale => StatusCode::CONFLICT,
                Refusal::Forbidden(_) => StatusCode::FORBIDDEN,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let page = page(editorial, by, (id, form, Some(refusal))).await?;
            with_status(status, &page)
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (id, form, refusal): (ArticleId, Form, Option<Refusal>),
) -> Result<ReviewPage, Error> {
    let frame = editorial.desk(by, "article-review").await?;
    let mut read = editorial.db.read().await?;
    let opened = acts::open(&mut read, by.actor(), id).await?;
    let live = acts::open_live(&mut read, by.actor(), id).await?;
    let say = frame.say;
    let text = &opened.revision.text;
    let title = if text.title.is_empty() {
        say.t("article-untitled")
    } else {
        text.title.clone()
    };
    let frame = frame
        .titled(title)
        .under(say.t("nav-articles"), "/desk/newsroom/articles")
        .at(&format!("/desk/newsroom/articles/{id}"));
    let address = |file: &prose::FileRef| format!("/desk/files/{file}");
    let history = article_store::remarks(&mut read, id)
        .await?
        .into_iter()
        .map(|remark| Moment {
            what: say.t(&format!("article-remark-{}", remark.kind)),
            when: moment(&say, remark.said_at),
            who: remark.said_by,
            words: remark.text,
            kind: remark.kind,
        })
        .collect();
    let linked = item_store::activities(&mut read, id.into()).await?;
    let fulfils = plan::choices(&mut read, by.actor().agency)
        .await?
        .into_iter()
        .filter(|(activity, _)| linked.contains(activity))
        .map(|(_, text)| text)
        .collect();
    let category = category_store::find(&mut read, by.actor().agency, opened.edition.category);
    let category = category.await?.name(say.lang).to_owned();
    let public_path = opened
        .article
        .first_published_at
        .map(|_| opened.article.path());
    let releasers = releasers(&mut read, by.actor(), &opened).await?;
    let links = release_link::links(&mut read, &opened, editorial.clock.now_ms()).await?;
    Ok(ReviewPage {
        problems: refusal
            .as_ref()
            .map_or_else(Problems::none, |r| Problems::of(r, &say)),
        form,
        tag: opened.edition.tag(),
        state: say.t(&format!("article-state-{}", opened.edition.tag())),
        genre: say.t(&format!("genre-{}", opened.edition.genre.as_str())),
        category,
        body: Markup::made_here(prose::render::html(&text.body, &address)),
        changes: changes(&live, &opened, &say),
        is_forced: live.edition.awaits_confirmation(),
        fulfils,
        history,
        may: may(by.actor(), &opened, &live),
        public_path,
        releasers,
        links: links.into_iter().map(|link| link_row(link, &say)).collect(),
        opened,
        frame,
    })
}

/// Who may be asked to release it by a link.
async fn releasers(
    conn: &mut db::Conn,
    actor: &Actor,
    opened: &Opened,
) -> Result<Vec<Choice>, Error> {
    let people = release_link::askable(conn, actor.agency, opened).await?;
    Ok(people
        .into_iter()
        .map(|(person, name)| Choice::new(person, name))
        .collect())
}

fn link_row(asked: Asked, say: &Say) -> LinkRow {
    let when = moment(say, asked.link.ends_at);
    let state = say.t(&format!("release-short-{}", asked.standing.as_str()));
    LinkRow {
        id: asked.link.id.to_string(),
        words: say.with(
            "release-line",
            &[("name", &asked.name), ("state", &state), ("when", &when)],
        ),
        is_open: asked.standing == Standing::Open,
    }
}

/// The newest edition is what is written and released; the one that the public sees is what is
/// confirmed and withdrawn.
fn may(actor: &Actor, opened: &Opened, live: &Opened) -> May {
    let can = |deed| rules::may(actor, deed, &opened.edition).is_ok();
    let can_live = |deed| rules::may(actor, deed, &live.edition).is_ok();
    let is_own =
        |opened: &Opened| rules::refuse_own(actor, &opened.edition, &opened.revision).is_err();
    let own = is_own(opened);
    May {
        write: can(Deed::Write),
        recall: can(Deed::Recall),
        give_back: can(Deed::GiveBack),
        publish: can(Deed::Publish) && !own,
        own: can(Deed::Publish) && own,
        force: can(Deed::Force),
        confirm: can_live(Deed::Confirm) && !is_own(live),
        withdraw: can_live(Deed::Withdraw),
        revise: can(Deed::Revise),
        ask: can(Deed::AskRelease),
    }
}

/// What the newest edition changes of what the public sees.
fn changes(live: &Opened, opened: &Opened, say: &Say) -> Option<Markup> {
    if live.edition.id == opened.edition.id {
        return None;
    }
    let html = super::changes::html(&live.revision.text, &opened.revision.text, say);
    Some(Markup::made_here(html))
}

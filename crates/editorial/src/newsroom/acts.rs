//! The acts of the newsroom: each is one transaction with its rows, its log entry and its tags.

use base::id::{ActivityId, ArticleId, EditionId, RevisionId, RowId};
use base::{Actor, Error, Refusal, Subject, SubjectKind};
use db::Act;
use house::files;
use house::people::{account_store, agency_store};
use serde_json::json;

use super::article::{Article, Edition, Genre, Revision, State, Text};
use super::article_store;
use super::category_store;
use super::draft::Draft;
use super::rules::{self, Deed};
use crate::Editorial;
use crate::items::item::{Item, ItemForm, ItemKind};
use crate::items::item_store;
use crate::plan;

/// An article with its newest edition and that edition's text.
pub struct Opened {
    /// The article.
    pub article: Article,
    /// Its newest edition.
    pub edition: Edition,
    /// The text that the edition holds.
    pub revision: Revision,
}

/// Opens an article of the actor's agency.
///
/// # Refusals
/// [`Refusal::NotFound`].
pub async fn open(conn: &mut db::Conn, actor: &Actor, id: ArticleId) -> Result<Opened, Error> {
    if !rules::may_see(actor) {
        return Err(Refusal::NotFound.into());
    }
    let article = article_store::find(conn, actor.agency, id).await?;
    let edition = article_store::newest_edition(conn, id).await?;
    let revision = article_store::find_revision(conn, edition.revision).await?;
    Ok(Opened {
        article,
        edition,
        revision,
    })
}

/// Opens an article of the actor's agency with the edition that the public sees or last saw; with
/// its newest one when the public never saw any.
///
/// # Refusals
/// [`Refusal::NotFound`].
pub async fn open_live(conn: &mut db::Conn, actor: &Actor, id: ArticleId) -> Result<Opened, Error> {
    let opened = open(conn, actor, id).await?;
    match opened.article.live_edition {
        Some(live) if live != opened.edition.id => {
            let edition = article_store::find_edition(conn, live).await?;
            let revision = article_store::find_revision(conn, edition.revision).await?;
            Ok(Opened {
                edition,
                revision,
                ..opened
            })
        }
        _ => Ok(opened),
    }
}

/// Begins an article: an empty draft of the actor's.
///
/// # Refusals
/// `refusal-role`; `article-no-category` when the agency has none.
pub async fn begin(editorial: &Editorial, actor: &Actor) -> Result<ArticleId, Error> {
    if !actor.roles.meets(rules::WRITERS) {
        return Err(Refusal::Forbidden("refusal-role").into());
    }
    let now = editorial.clock.now_ms();
    let mut act = editorial.db.act().await?;
    let account = account_store::find(&mut act, actor.agency, actor.account).await?;
    let categories = category_store::list(&mut act, actor.agency).await?;
    let category = categories
        .first()
        .ok_or(Refusal::because("article-no-category"))?
        .id;
    let article = Article {
        id: editorial.ids.next(&editorial.clock),
        agency: actor.agency,
        number: agency_store::take_number(&mut act, actor.agency).await?,
        slug: base::text::slug(""),
        category,
        unit: actor.unit,
        live_edition: None,
        first_published_at: None,
        is_withdrawn: false,
        created_by: actor.account,
    };
    let text = Text {
        author: account.pen_name,
        ..Text::default()
    };
    let (edition, revision) = first(editorial, &article, actor, text, now);
    article_store::add(&mut act, &article, &edition, &revision).await?;
    item_store::add(
        &mut act,
        &item(&article, edition.genre, &revision.text),
        now,
    )
    .await?;
    let subject = Subject::new(SubjectKind::Article, article.id);
    editorial
        .record(&mut act, actor, "article.begin", subject, json!({}))
        .await?;
    act.commit().await?;
    Ok(article.id)
}

fn first(
    editorial: &Editorial,
    article: &Article,
    actor: &Actor,
    text: Text,
    now: i64,
) -> (Edition, Revision) {
    let revision: RevisionId = editorial.ids.next(&editorial.clock);
    let edition = Edition {
        id: editorial.ids.next::<EditionId>(&editorial.clock),
        article: article.id,
        no: 1,
        state: State::Draft,
        genre: Genre::News,
        category: article.category,
        revision,
        created_by: actor.account,
        submitted_by: None,
        published_by: None,
        published_at: None,
        is_forced: false,
        confirmed_by: None,
        change_note: String::new(),
        withdrawal: String::new(),
        version: 1,
        changed_at: now,
    };
    (edition, unsealed(revision, 1, text, actor, now))
}

fn unsealed(id: RevisionId, no: i64, text: Text, actor: &Actor, now: i64) -> Revision {
    let sha256 = article_store::hash(&text);
    Revision {
        id,
        no,
        text,
        sha256,
        is_sealed: false,
        saved_by: actor.account,
        saved_at: now,
    }
}

/// The item that an article is counted as.
pub(super) fn item(article: &Article, genre: Genre, text: &Text) -> Item {
    let done_on = article
        .first_published_at
        .and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok())
        .map(|at| base::calendar::local(at).date());
    Item {
        id: article.id.into(),
        agency: article.agency,
        kind: ItemKind::Article,
        form: match genre {
            Genre::News => ItemForm::News,
            Genre::Feature => ItemForm::Feature,
        },
        title: text.title.clone(),
        unit: article.unit,
        author: text.author.clone(),
        done_on: if article.is_withdrawn { None } else { done_on },
    }
}

/// Saves what was typed; returns the edition as it is now.
///
/// # Refusals
/// As [`Draft::check`] and [`rules::may`]; [`Refusal::Stale`] when somebody else saved since the page
/// was opened.
pub async fn save(
    editorial: &Editorial,
    actor: &Actor,
    id: ArticleId,
    draft: &Draft,
) -> Result<Edition, Error> {
    draft.check()?;
    let mut act = editorial.db.act().await?;
    let edition = write(editorial, &mut act, actor, (id, draft)).await?;
    act.commit().await?;
    Ok(edition)
}

/// Saves what was typed and sends it to be released.
///
/// # Refusals
/// As [`save`], [`Draft::check_complete`] and [`Edition::submit`].
pub async fn save_and_submit(
    editorial: &Editorial,
    actor: &Actor,
    id: ArticleId,
    draft: &Draft,
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    draft.check_complete(open(&mut act, actor, id).await?.edition.no)?;
    let edition = write(editorial, &mut act, actor, (id, draft)).await?;
    let opened = open(&mut act, actor, id).await?;
    let now = editorial.clock.now_ms();
    let submitted = edition.submit(actor, &opened.revision.text, now)?;
    article_store::seal(&mut act, submitted.revision).await?;
    article_store::save_edition(&mut act, &submitted).await?;
    remark(editorial, &mut act, actor, (&submitted, "submitted", "")).await?;
    let data = json!({"edition": submitted.no, "sha256": opened.revision.sha256});
    let subject = Subject::new(SubjectKind::Article, id);
    editorial
        .record(&mut act, actor, "article.submit", subject, data)
        .await?;
    act.commit().await?;
    Ok(())
}

async fn write(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (id, draft): (ArticleId, &Draft),
) -> Result<Edition, Error> {
    let now = editorial.clock.now_ms();
    let Opened {
        mut article,
        mut edition,
        revision,
    } = open(act, actor, id).await?;
    rules::may(actor, Deed::Write, &edition)?;
    if edition.version != draft.version {
        return Err(Refusal::Stale.into());
    }
    if let Some(category) = draft.category {
        edition.category = check_category(act, actor, category).await?;
    }
    check_files(act, actor, &draft.text).await?;
    let text = draft.text.clone();
    if revision.is_sealed {
        let fresh = editorial.ids.next(&editorial.clock);
        edition.revision = fresh;
        let fresh = unsealed(fresh, revision.no + 1, text, actor, now);
        article_store::add_revision(act, edition.id, &fresh).await?;
    } else {
        let saved = unsealed(revision.id, revision.no, text, actor, now);
        article_store::save_revision(act, &saved).await?;
    }
    edition.genre = draft.genre;
    edition.change_note.clone_from(&draft.change_note);
    edition.version += 1;
    edition.changed_at = now;
    article_store::save_edition(act, &edition).await?;
    if article.live_edition.is_none() {
        article.slug = base::text::slug(&draft.text.title);
        article.category = edition.category;
        article_store::save(act, &article, now).await?;
        item_store::save(act, &item(&article, draft.genre, &draft.text)).await?;
    }
    link(editorial, act, actor, (&article, draft)).await?;
    Ok(edition)
}

/// Only a category of the agency can be chosen.
async fn check_category(act: &mut Act, actor: &Actor, id: RowId) -> Result<RowId, Error> {
    match category_store::find(act, actor.agency, id).await {
        Ok(category) => Ok(category.id),
        Err(Error::Refusal(Refusal::NotFound)) => {
            Err(Refusal::at("category", "field-choice").into())
        }
        Err(error) => Err(error),
    }
}

/// Only files of the agency can be shown, or a hash would open another's.
async fn check_files(act: &mut Act, actor: &Actor, text: &Text) -> Result<(), Error> {
    let head = text.image.iter().map(|image| ("image", image.file));
    let body = text
        .body
        .files()
        .into_iter()
        .map(|file| ("body_text", file));
    for (field, file) in head.chain(body) {
        match files::find_use(act, actor.agency, &file.to_string()).await {
            Ok(_) => {}
            Err(Error::Refusal(Refusal::NotFound)) => {
                return Err(Refusal::at(field, "prose-file-name").into());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The activities that the article fulfils. While the public sees it, it counts for them from now
/// on: the log says so, and the plans' pages are made anew.
async fn link(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (article, draft): (&Article, &Draft),
) -> Result<(), Error> {
    let before = item_store::activities(act, article.id.into()).await?;
    let is_same = before.len() == draft.activities.len()
        && before.iter().all(|id| draft.activities.contains(id));
    if is_same {
        return Ok(());
    }
    let now = editorial.clock.now_ms();
    let item = item(article, draft.genre, &draft.text);
    item_store::save_activities(act, &item, &draft.activities, actor.account, now).await?;
    if item.done_on.is_none() {
        return Ok(());
    }
    let after = item_store::activities(act, item.id).await?;
    let words = |ids: &[ActivityId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    let data = json!({"before": words(&before), "after": words(&after)});
    let subject = Subject::new(SubjectKind::Article, article.id);
    editorial
        .record(act, actor, "article.link", subject, data)
        .await?;
    touch_plans(act, &before).await?;
    touch_plans(act, &after).await
}

/// The pages of the plans that these activities belong to are made anew.
pub(super) async fn touch_plans(act: &mut Act, activities: &[ActivityId]) -> Result<(), Error> {
    for plan in plan::plans_of_activities(act, activities).await? {
        act.touch(format!("plan/{plan}"));
    }
    Ok(())
}

/// Changes an edition's state by a rule, with a remark in its timeline and an entry in the log.
///
/// # Refusals
/// Those of the rule.
pub async fn turn(
    editorial: &Editorial,
    actor: &Actor,
    id: ArticleId,
    (name, kind, words): (&'static str, &str, &str),
    rule: fn(Edition, &Actor, &str, i64) -> Result<Edition, Refusal>,
) -> Result<(), Error> {
    let now = editorial.clock.now_ms();
    let mut act = editorial.db.act().await?;
    let Opened {
        article, edition, ..
    } = open(&mut act, actor, id).await?;
    let turned = rule(edition, actor, words, now)?;
    turned_to(editorial, &mut act, actor, (&turned, name, kind, words)).await?;
    act.touch(format!("article/{}", article.number));
    act.commit().await?;
    Ok(())
}

/// Confirms the forced release that the public sees, whatever is being written after it.
///
/// # Refusals
/// Those of [`Edition::confirm`].
pub async fn confirm(editorial: &Editorial, actor: &Actor, id: ArticleId) -> Result<(), Error> {
    let now = editorial.clock.now_ms();
    let mut act = editorial.db.act().await?;
    let Opened {
        article,
        edition,
        revision,
    } = open_live(&mut act, actor, id).await?;
    let confirmed = edition.confirm(actor, &revision, now)?;
    let how = (&confirmed, "article.confirm", "confirmed", "");
    turned_to(editorial, &mut act, actor, how).await?;
    act.touch(format!("article/{}", article.number));
    act.commit().await?;
    Ok(())
}

/// Saves an edition in its new state, with a remark in its timeline and an entry in the log.
async fn turned_to(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (turned, name, kind, words): (&Edition, &'static str, &str, &str),
) -> Result<(), Error> {
    article_store::save_edition(act, turned).await?;
    remark(editorial, act, actor, (turned, kind, words)).await?;
    let data = json!({"edition": turned.no, "words": words});
    let subject = Subject::new(SubjectKind::Article, turned.article);
    editorial.record(act, actor, name, subject, data).await?;
    Ok(())
}

/// Begins the next edition of a public article, from what the public sees.
///
/// # Refusals
/// As [`rules::may`].
pub async fn revise(editorial: &Editorial, actor: &Actor, id: ArticleId) -> Result<(), Error> {
    let now = editorial.clock.now_ms();
    let mut act = editorial.db.act().await?;
    let Opened {
        article,
        edition,
        revision,
    } = open(&mut act, actor, id).await?;
    rules::may(actor, Deed::Revise, &edition)?;
    let (mut next, text) = first(editorial, &article, actor, revision.text, now);
    next.no = edition.no + 1;
    next.genre = edition.genre;
    next.category = edition.category;
    article_store::add_edition(&mut act, &next).await?;
    article_store::add_revision(&mut act, next.id, &text).await?;
    let subject = Subject::new(SubjectKind::Article, id);
    editorial
        .record(
            &mut act,
            actor,
            "article.revise",
            subject,
            json!({"edition": next.no}),
        )
        .await?;
    act.commit().await?;
    Ok(())
}

/// Adds to the timeline of an edition.
pub(super) async fn remark(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (edition, kind, words): (&Edition, &str, &str),
) -> Result<(), Error> {
    let id: RowId = editorial.ids.next(&editorial.clock);
    let now = editorial.clock.now_ms();
    article_store::add_remark(act, id, edition.id, (kind, words), (actor.account, now)).await?;
    Ok(())
}

/// Hash of the text that an article's newest edition holds: what a release names as seen.
///
/// # Refusals
/// [`Refusal::NotFound`].
pub async fn hash_of_newest(
    editorial: &Editorial,
    agency: base::id::AgencyId,
    id: ArticleId,
) -> Result<String, Error> {
    let mut read = editorial.db.read().await?;
    article_store::find(&mut read, agency, id).await?;
    let edition = article_store::newest_edition(&mut read, id).await?;
    Ok(article_store::find_revision(&mut read, edition.revision)
        .await?
        .sha256)
}

//! The acts of the newsroom: each is one transaction with its rows, its log entry and its tags.

use base::id::{ArticleId, EditionId, RevisionId, RowId};
use base::{Actor, Error, Refusal, Subject, SubjectKind};
use db::Act;
use house::people::{account_store, agency_store};
use serde_json::json;

use super::article::{Article, Edition, Genre, Revision, State, Text};
use super::article_store;
use super::category_store;
use super::draft::Draft;
use super::rules::{self, Deed};
use crate::Editorial;
use crate::items::item::{Item, ItemKind};
use crate::items::item_store;

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
    item_store::add(&mut act, &item(&article, &revision.text), now).await?;
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
pub(super) fn item(article: &Article, text: &Text) -> Item {
    let done_on = article
        .first_published_at
        .and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok())
        .map(|at| base::calendar::local(at).date());
    Item {
        id: article.id.into(),
        agency: article.agency,
        kind: ItemKind::Article,
        title: text.title.clone(),
        unit: article.unit,
        author: text.author.clone(),
        done_on: if article.is_withdrawn { None } else { done_on },
    }
}

/// Saves what was typed; returns the edition as it is now.
///
/// # Refusals
/// As [`rules::may`]; [`Refusal::Stale`] when somebody else saved since the page was opened.
pub async fn save(
    editorial: &Editorial,
    actor: &Actor,
    id: ArticleId,
    draft: &Draft,
) -> Result<Edition, Error> {
    let mut act = editorial.db.act().await?;
    let edition = write(editorial, &mut act, actor, (id, draft)).await?;
    act.commit().await?;
    Ok(edition)
}

/// Saves what was typed and sends it to be released.
///
/// # Refusals
/// As [`save`] and [`Edition::submit`].
pub async fn save_and_submit(
    editorial: &Editorial,
    actor: &Actor,
    id: ArticleId,
    draft: &Draft,
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let edition = write(editorial, &mut act, actor, (id, draft)).await?;
    let opened = open(&mut act, actor, id).await?;
    if draft.category.is_none() {
        return Err(Refusal::at("category", "field-required").into());
    }
    if edition.no > 1 && draft.change_note.is_empty() {
        return Err(Refusal::at("change_note", "article-change-note-missing").into());
    }
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
        article.category = category_store::find(act, actor.agency, category).await?.id;
    }
    for file in draft.text.files() {
        // Only files of this agency can be shown, or a hash would open another's.
        house::files::find_use(act, actor.agency, &file.to_string()).await?;
    }
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
        article_store::save(act, &article, now).await?;
        item_store::save(act, &item(&article, &draft.text)).await?;
    }
    let item = item(&article, &draft.text);
    item_store::save_activities(act, &item, &draft.activities, actor.account, now).await?;
    Ok(edition)
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
    article_store::save_edition(&mut act, &turned).await?;
    remark(editorial, &mut act, actor, (&turned, kind, words)).await?;
    let data = json!({"edition": turned.no, "words": words});
    let subject = Subject::new(SubjectKind::Article, id);
    editorial
        .record(&mut act, actor, name, subject, data)
        .await?;
    act.touch(format!("article/{}", article.number));
    act.commit().await?;
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

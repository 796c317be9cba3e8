//! Publishing, and taking back: what the public sees changes, and what it saw is kept.
//!
//! The rendered page, its pictures and their hashes are captured in the same transaction as the
//! act, so there is no published article without evidence of how it looked.

use base::id::{ArticleId, RowId};
use base::{Actor, Error, Fault, Refusal, Subject, SubjectKind};
use db::Act;
use house::evidence::{self, Capture, CapturedFile, NewPiece};
use house::files::{self, NewFile};
use prose::FileRef;
use serde_json::json;
use web::{AskamaPage, Lang, Public};

use super::acts::{self, Opened};
use super::article::{Article, Edition, Revision};
use super::portal::article_page;
use super::{article_store, category_store, public_store, shown_file_store};
use crate::Editorial;
use crate::items::item::Item;
use crate::items::item_store::{self, Adding};

/// How an edition becomes public.
#[derive(Clone, Copy, Debug)]
pub enum Way<'a> {
    /// By somebody else's release of the text with this hash.
    Released {
        /// Hash of the text that the person saw.
        seen: &'a str,
    },
    /// By somebody else's release through a link, of the text with this hash.
    ByLink {
        /// Hash of the text that the person saw.
        seen: &'a str,
    },
    /// Without a second pair of eyes, for a reason.
    Forced {
        /// The reason.
        reason: &'a str,
    },
}

/// Makes the newest edition public.
///
/// # Refusals
/// Those of [`Edition::publish`] and [`Edition::force`].
pub async fn publish(
    editorial: &Editorial,
    actor: &Actor,
    id: ArticleId,
    way: Way<'_>,
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    publish_within(editorial, &mut act, actor, (id, way)).await?;
    act.commit().await?;
    Ok(())
}

/// The same within an act that does more.
///
/// # Refusals
/// Those of [`publish`].
pub(super) async fn publish_within(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (id, way): (ArticleId, Way<'_>),
) -> Result<(), Error> {
    let now = editorial.clock.now_ms();
    let Opened {
        mut article,
        edition,
        revision,
    } = acts::open(act, actor, id).await?;
    let (edition, name, kind, words) = decide(edition, &revision, actor, (way, now))?;
    let is_first = article.first_published_at.is_none();
    if let Some(before) = article.live_edition.filter(|before| *before != edition.id) {
        article_store::supersede(act, before, now).await?;
    }
    article_store::seal(act, revision.id).await?;
    article_store::save_edition(act, &edition).await?;
    let left = article.category;
    article.category = edition.category;
    article.live_edition = Some(edition.id);
    article.is_withdrawn = false;
    article.first_published_at.get_or_insert(now);
    if is_first {
        article.slug = base::text::slug(&revision.text.title);
    }
    article_store::save(act, &article, now).await?;
    let item = acts::item(&article, edition.genre, &revision.text);
    count(editorial, act, actor, (&article, item, is_first)).await?;
    acts::remark(editorial, act, actor, (&edition, kind, words)).await?;
    let data = json!({
        "edition": edition.no,
        "number": article.number,
        "sha256": revision.sha256,
        "reason": words,
        "by": match way {
            Way::ByLink { .. } => "link",
            Way::Released { .. } | Way::Forced { .. } => "desk",
        },
    });
    let subject = Subject::new(SubjectKind::Article, id);
    editorial.record(act, actor, name, subject, data).await?;
    capture(editorial, act, actor, (&article, &revision)).await?;
    act.touch(format!("category/{left}"));
    touch(act, &article).await
}

/// What the edition becomes, what the log calls it, the word of its remark and the remark's words.
fn decide<'w>(
    edition: Edition,
    revision: &Revision,
    actor: &Actor,
    (way, now): (Way<'w>, i64),
) -> Result<(Edition, &'static str, &'static str, &'w str), Refusal> {
    Ok(match way {
        Way::Released { seen } | Way::ByLink { seen } => (
            edition.publish(actor, revision, seen, now)?,
            "article.publish",
            "published",
            "",
        ),
        Way::Forced { reason } => (
            edition.force(actor, &revision.text, reason, now)?,
            "article.force",
            "forced",
            reason,
        ),
    })
}

/// Takes a public article back, with an explanation that stays at its address; a next edition that
/// is being written stays as it is.
///
/// # Refusals
/// Those of [`Edition::withdraw`].
pub async fn withdraw(
    editorial: &Editorial,
    actor: &Actor,
    id: ArticleId,
    why: &str,
) -> Result<(), Error> {
    let now = editorial.clock.now_ms();
    let mut act = editorial.db.act().await?;
    let Opened {
        mut article,
        edition,
        revision,
    } = acts::open_live(&mut act, actor, id).await?;
    let edition: Edition = edition.withdraw(actor, why, now)?;
    article_store::save_edition(&mut act, &edition).await?;
    article.is_withdrawn = true;
    article_store::save(&mut act, &article, now).await?;
    item_store::save(
        &mut act,
        &acts::item(&article, edition.genre, &revision.text),
    )
    .await?;
    acts::remark(editorial, &mut act, actor, (&edition, "withdrawn", why)).await?;
    let subject = Subject::new(SubjectKind::Article, id);
    let data = json!({"edition": edition.no, "number": article.number, "why": why});
    editorial
        .record(&mut act, actor, "article.withdraw", subject, data)
        .await?;
    show_files(&mut act, &article, &[]).await?;
    touch(&mut act, &article).await?;
    act.commit().await?;
    Ok(())
}

/// The public sees these files of an article, and no longer those that it showed alone before.
async fn show_files(act: &mut Act, article: &Article, shown: &[FileRef]) -> Result<(), Fault> {
    for file in shown {
        files::publish(act, article.agency, &file.to_string()).await?;
    }
    for sha256 in shown_file_store::replace(act, article.id, shown).await? {
        files::withhold(act, article.agency, &sha256).await?;
    }
    Ok(())
}

/// The item counts from today on, and stands on our own portal.
async fn count(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (article, item, is_first): (&Article, Item, bool),
) -> Result<(), Error> {
    item_store::save(act, &item).await?;
    if !is_first {
        return Ok(());
    }
    let channels = item_store::channels(act, article.agency).await?;
    if let Some(channel) = channels.iter().find(|channel| channel.is_own_portal) {
        let adding = Adding {
            row: editorial.ids.next::<RowId>(&editorial.clock),
            by: Some(actor.account),
            now: editorial.clock.now_ms(),
        };
        let url = format!("{}{}", editorial.options.base_url, article.path());
        let day = item.done_on.unwrap_or(editorial.today());
        item_store::add_publication(act, item.id, channel.id, (day, &url), adding).await?;
    }
    Ok(())
}

/// Keeps the page as the public sees it from now on, with its stylesheet and pictures.
async fn capture(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (article, revision): (&Article, &Revision),
) -> Result<(), Error> {
    let now = editorial.clock.now_ms();
    show_files(act, article, &revision.text.files()).await?;
    let shown = public_store::find(act, article.agency, article.number).await?;
    let category = category_store::find(act, article.agency, article.category).await?;
    let public = Public {
        lang: Lang::Vi,
        path: article.path(),
    };
    let frame = editorial
        .portal_on(act, &public, &shown.text.title)
        .await?
        .frame;
    let html = article_page(frame, shown, &category).html()?;
    let url = format!("{}{}", editorial.options.base_url, article.path());
    let mut capture = Capture::page(&revision.text.title, &url, now, html.as_bytes());
    keep(
        editorial,
        act,
        actor,
        ("page.html", "text/html; charset=utf-8", html.as_bytes()),
    )
    .await?;
    if let Some(css) = editorial.assets.bytes("portal.css") {
        let file = ("portal.css", "text/css; charset=utf-8", css.as_ref());
        keep(editorial, act, actor, file).await?;
        capture = capture.with_file(CapturedFile::of(file.0, file.1, file.2));
    }
    for file in revision.text.files() {
        let shown = shown_file(editorial, act, article, file.to_string()).await?;
        capture = capture.with_file(shown);
    }
    let piece = NewPiece {
        unit: article.unit,
        ..NewPiece::of_item(article.id.into(), capture)
    };
    evidence::keep(editorial, act, actor, &piece).await?;
    Ok(())
}

/// A file that the page shows. What is not there cannot be kept, so nothing is released with it.
async fn shown_file(
    editorial: &Editorial,
    act: &mut Act,
    article: &Article,
    sha256: String,
) -> Result<CapturedFile, Error> {
    let used = match files::find_use(act, article.agency, &sha256).await {
        Err(Error::Refusal(Refusal::NotFound)) => {
            return Err(Refusal::because("article-file-gone").into());
        }
        used => used?,
    };
    let row = files::find(act, &sha256).await?;
    let size = u64::try_from(row.size_bytes).unwrap_or(0);
    let path = editorial.files.path(&sha256)?;
    let kept = tokio::fs::metadata(&path).await;
    if !kept.is_ok_and(|kept| kept.len() == size) {
        return Err(Fault::new(format!("file {sha256} of an article is not on the disk")).into());
    }
    Ok(CapturedFile {
        name: used.name,
        media_type: row.media_type,
        sha256,
        size,
    })
}

async fn keep(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (name, media_type, bytes): (&str, &str, &[u8]),
) -> Result<(), Error> {
    let file = NewFile {
        agency: actor.agency,
        name,
        media_type,
        by: None,
        is_public: false,
    };
    editorial
        .files
        .put(act, bytes, file, editorial.clock.now_ms())
        .await?;
    Ok(())
}

/// Every public page that shows the article is made anew.
async fn touch(act: &mut Act, article: &Article) -> Result<(), Error> {
    let activities = item_store::activities(act, article.id.into()).await?;
    acts::touch_plans(act, &activities).await?;
    act.touch(format!("article/{}", article.number));
    act.touch(format!("category/{}", article.category));
    act.touch("articles");
    Ok(())
}

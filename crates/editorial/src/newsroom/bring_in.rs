//! Bringing in articles that were public before they came here: another system's, or made up for a
//! benchmark. They have no capture and fulfil nothing; they can be read and found.

use base::id::{AccountId, AgencyId, EditionId, RevisionId, RowId, UnitId};
use base::{Clock, Error, Ids};
use db::Act;
use house::people::agency_store;

use super::acts::item;
use super::article::{Article, Edition, Genre, Revision, State, Text};
use super::article_store;
use crate::items::item_store;

/// An article that was public before.
#[derive(Clone, Debug)]
pub struct BroughtIn {
    /// Whose it becomes.
    pub agency: AgencyId,
    /// Its category.
    pub category: RowId,
    /// The unit that wrote it.
    pub unit: Option<UnitId>,
    /// Who is named as its writer and its releaser.
    pub by: (AccountId, AccountId),
    /// What it says.
    pub text: Text,
    /// News or feature.
    pub genre: Genre,
    /// When it became public, milliseconds since 1970.
    pub published_at: i64,
}

/// Adds an article as published at its time; returns its number.
///
/// # Faults
/// The database refuses.
pub async fn bring_in(
    act: &mut Act,
    ids: &Ids,
    clock: &Clock,
    brought: BroughtIn,
) -> Result<i64, Error> {
    let at = brought.published_at;
    let (writer, releaser) = brought.by;
    let revision: RevisionId = ids.next(clock);
    let edition_id: EditionId = ids.next(clock);
    let mut article = Article {
        id: ids.next(clock),
        agency: brought.agency,
        number: agency_store::take_number(act, brought.agency).await?,
        slug: base::text::slug(&brought.text.title),
        category: brought.category,
        unit: brought.unit,
        live_edition: None,
        first_published_at: Some(at),
        is_withdrawn: false,
        created_by: writer,
    };
    let mut edition = Edition {
        id: edition_id,
        article: article.id,
        no: 1,
        state: State::Draft,
        genre: brought.genre,
        category: brought.category,
        revision,
        created_by: writer,
        submitted_by: Some(writer),
        published_by: Some(releaser),
        published_at: Some(at),
        is_forced: false,
        confirmed_by: None,
        change_note: String::new(),
        withdrawal: String::new(),
        version: 1,
        changed_at: at,
    };
    let revision = Revision {
        id: revision,
        no: 1,
        sha256: article_store::hash(&brought.text),
        text: brought.text,
        is_sealed: true,
        saved_by: writer,
        saved_at: at,
    };
    article_store::add(act, &article, &edition, &revision).await?;
    edition.state = State::Published;
    edition.version = 2;
    article_store::save_edition(act, &edition).await?;
    article.live_edition = Some(edition_id);
    // Here it changes now, however old it is: the search index asks for what changed since its mark.
    article_store::save(act, &article, clock.now_ms()).await?;
    item_store::add(act, &item(&article, edition.genre, &revision.text), at).await?;
    Ok(article.number)
}

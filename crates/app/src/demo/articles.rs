//! The year's articles: each written, submitted and released by different people, at its own time.

use base::id::{ArticleId, RowId};
use base::{Actor, Error, Fault, Role};
use editorial::items::item_store::{self, Adding};
use editorial::newsroom::article::{Genre, Picture, Text};
use editorial::newsroom::{self, Draft, Way, category_store};
use house::files::{NewFile, image};
use jiff::civil::DateTime;
use jiff::{SignedDuration, ToSpan};
use prose::FileRef;

use super::content::{Content, DemoArticle, picture};
use super::people::Staff;
use super::plan::Promised;
use crate::Office;

/// Writes every article of the year, in the order of time.
///
/// # Faults
/// An act is refused, which the tests would show.
pub async fn write_all(
    office: &Office,
    staff: &Staff,
    promised: &Promised,
    content: &Content,
) -> Result<(), Error> {
    for article in &content.articles {
        write(office, staff, promised, article).await?;
    }
    Ok(())
}

async fn write(
    office: &Office,
    staff: &Staff,
    promised: &Promised,
    article: &DemoArticle,
) -> Result<(), Error> {
    let editorial = &office.editorial;
    let at = article.at()?;
    let writer = staff.writer_of(article.value("unit"))?;
    set(office, at, -26)?;
    let id = newsroom::begin(editorial, writer).await?;
    set(office, at, -20)?;
    let mut draft = draft(office, staff, promised, article).await?;
    let edition = newsroom::save(editorial, writer, id, &draft).await?;
    draft.version = edition.version;
    let state = article.value("state");
    if matches!(state, "draft" | "forced" | "forced_confirmed") {
        if state != "draft" {
            release_by_force(office, staff, article, (id, at)).await?;
        }
        return Ok(());
    }
    set(office, at, -3)?;
    newsroom::save_and_submit(editorial, writer, id, &draft).await?;
    match state {
        "submitted" => Ok(()),
        "returned" => give_back(office, staff, article, (id, at)).await,
        _ => release(office, staff, article, (id, at)).await,
    }
}

async fn give_back(
    office: &Office,
    staff: &Staff,
    article: &DemoArticle,
    (id, at): (ArticleId, DateTime),
) -> Result<(), Error> {
    set(office, at, 0)?;
    let how = ("article.return", "returned", article.value("reason"));
    let editor = staff.with(Role::Editor)?;
    newsroom::turn(
        &office.editorial,
        editor,
        id,
        how,
        |edition, actor, why, now| edition.give_back(actor, why, now),
    )
    .await
}

async fn release(
    office: &Office,
    staff: &Staff,
    article: &DemoArticle,
    (id, at): (ArticleId, DateTime),
) -> Result<(), Error> {
    set(office, at, 0)?;
    let editorial = &office.editorial;
    let seen = newsroom::hash_of_newest(editorial, staff.agency, id).await?;
    let way = Way::Released { seen: &seen };
    newsroom::publish(editorial, staff.with(Role::Editor)?, id, way).await?;
    spread(office, staff, article, (id, at)).await
}

async fn release_by_force(
    office: &Office,
    staff: &Staff,
    article: &DemoArticle,
    (id, at): (ArticleId, DateTime),
) -> Result<(), Error> {
    set(office, at, 0)?;
    let editorial = &office.editorial;
    let way = Way::Forced {
        reason: "Cần thông báo ngay trong buổi, ban biên tập đang đi công tác.",
    };
    newsroom::publish(editorial, staff.with(Role::Director)?, id, way).await?;
    if article.value("state") == "forced_confirmed" {
        set(office, at, 20)?;
        newsroom::confirm(editorial, staff.with(Role::Editor)?, id).await?;
    }
    spread(office, staff, article, (id, at)).await
}

/// The channels beside our own portal, and the readers of the first days.
async fn spread(
    office: &Office,
    staff: &Staff,
    article: &DemoArticle,
    (id, at): (ArticleId, DateTime),
) -> Result<(), Error> {
    let editorial = &office.editorial;
    let mut act = editorial.db.act().await?;
    let channels = item_store::channels(&mut act, staff.agency).await?;
    let officer = staff.with(Role::Officer)?;
    for word in article.value("channels").split(',').map(str::trim) {
        let kind = if word == "province_website" {
            "website"
        } else {
            word
        };
        let found = channels
            .iter()
            .find(|channel| channel.kind == kind && !channel.is_own_portal);
        let (Some(channel), true) = (found, word != "website") else {
            continue;
        };
        let adding = Adding {
            row: editorial.ids.next::<RowId>(&editorial.clock),
            by: Some(officer.account),
            now: editorial.clock.now_ms(),
        };
        let day = (at.date(), "");
        item_store::add_publication(&mut act, id.into(), channel.id, day, adding).await?;
    }
    let mut left: i64 = article.value("views").parse().unwrap_or(0);
    let mut day = at.date();
    while left > 0 {
        // Half of those who will ever read it do so on the day.
        let today = (left + 1) / 2;
        newsroom::add_views(&mut act, id, day, today).await?;
        left -= today;
        day = day
            .checked_add(1.day())
            .map_err(|error| Fault::from_source("a day of readers", error))?;
    }
    act.commit().await?;
    Ok(())
}

async fn draft(
    office: &Office,
    staff: &Staff,
    promised: &Promised,
    article: &DemoArticle,
) -> Result<Draft, Error> {
    let editorial = &office.editorial;
    let mut read = editorial.db.read().await?;
    let slug = article.value("category");
    let category = category_store::find_slug(&mut read, staff.agency, slug)
        .await?
        .id;
    drop(read);
    let image = match article.value("image") {
        "" => None,
        name => Some(Picture {
            file: keep(office, staff.with(Role::Writer)?, name).await?,
            alt: article.value("alt").to_owned(),
            caption: article.value("caption").to_owned(),
        }),
    };
    let channels: Vec<&str> = article
        .value("channels")
        .split(',')
        .map(str::trim)
        .collect();
    let title = article.value("title");
    Ok(Draft {
        text: Text {
            title: title.to_owned(),
            lead: article.value("lead").to_owned(),
            author: article.value("author").to_owned(),
            body: prose::markup::parse(&article.body),
            image,
        },
        genre: Genre::of(article.value("genre")),
        category: Some(category),
        activities: promised.fulfilled(article.value("task"), title, &channels),
        change_note: String::new(),
        version: 1,
        problems: Vec::new(),
    })
}

async fn keep(office: &Office, by: &Actor, name: &str) -> Result<FileRef, Error> {
    let editorial = &office.editorial;
    let checked = image::check(&picture(name)?, "image")?;
    let mut act = editorial.db.act().await?;
    let file = NewFile {
        agency: by.agency,
        name,
        media_type: checked.media_type,
        by: Some(by.account),
        is_public: false,
    };
    let now = editorial.clock.now_ms();
    let sha256 = editorial
        .files
        .put(&mut act, &checked.bytes, file, now)
        .await?;
    act.commit().await?;
    Ok(FileRef::parse(&sha256).ok_or_else(|| Fault::new("a hash is no hash"))?)
}

/// Sets the office's clock to so many hours from a moment.
fn set(office: &Office, at: DateTime, hours: i64) -> Result<(), Fault> {
    let moment = at
        .checked_add(SignedDuration::from_hours(hours))
        .map_err(|error| Fault::from_source("a demo moment", error))?;
    office.editorial.clock.set(base::calendar::at_local(moment));
    Ok(())
}

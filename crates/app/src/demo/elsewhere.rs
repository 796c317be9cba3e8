//! What the year did outside the own portal: published elsewhere, or held as an event; each with a
//! file that shows it.

use base::id::{ActivityId, ItemId, PlanId, RowId};
use base::{Error, Refusal, Role};
use editorial::items::item::{Item, ItemForm, ItemKind};
use editorial::items::item_store::{self, Adding};
use editorial::items::proof::Proof;
use editorial::plan::figure::Figure;
use editorial::plan::figuring;
use house::evidence::{self, Capture, CaptureKind, CapturedFile, EvidenceKind, NewPiece};
use house::files::NewFile;
use jiff::civil::Date;

use super::content::{Content, DemoFigure, day};
use super::people::Staff;
use super::plan::Promised;
use crate::Office;

/// One thing done elsewhere.
struct Done<'a> {
    title: &'a str,
    kind: &'a str,
    channel: &'a str,
    url: &'a str,
    on: Date,
    unit: &'a str,
    note: &'a str,
    fulfils: Vec<base::id::ActivityId>,
}

/// Registers everything, in the order of the files.
///
/// # Faults
/// An act is refused, which the tests would show.
pub async fn register_all(
    office: &Office,
    staff: &Staff,
    promised: &Promised,
    content: &Content,
) -> Result<(), Error> {
    for item in &content.externals {
        let kind = if item.channel == "province_website" {
            "website"
        } else {
            &item.channel
        };
        let done = Done {
            title: &item.title,
            kind,
            channel: &item.r#where,
            url: &item.url,
            on: day(&item.published_on)?,
            unit: &item.unit,
            note: &item.note,
            fulfils: promised.fulfilled(&item.task, &item.title, &[kind]),
        };
        register(office, staff, done).await?;
    }
    for (id, activity) in &promised.activities {
        let Some(on) = &activity.done_on else {
            continue;
        };
        let done = Done {
            title: &activity.title,
            kind: &activity.form,
            channel: "",
            url: "",
            on: day(on)?,
            unit: &activity.lead_unit,
            note: "Biên bản và danh sách người dự.",
            fulfils: vec![*id],
        };
        register(office, staff, done).await?;
    }
    for (id, activity) in &promised.activities {
        if let Some(figure) = &activity.handed_out {
            enter(office, staff, (promised.plan, *id), figure).await?;
        }
    }
    Ok(())
}

/// Enters a figure by hand, with its minutes.
async fn enter(
    office: &Office,
    staff: &Staff,
    place: (PlanId, ActivityId),
    figure: &DemoFigure,
) -> Result<(), Error> {
    let editorial = &office.editorial;
    let on = day(&figure.on)?;
    editorial
        .clock
        .set(base::calendar::at_local(on.at(16, 30, 0, 0)));
    let minutes = format!(
        "MIME-Version: 1.0\r\nSubject: {}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         {}: {} tờ, có danh sách ký nhận kèm theo.\r\n",
        figure.title, figure.title, figure.number,
    );
    let proof = Proof::of("bien-ban.mhtml", minutes.as_bytes())?;
    let figure = Figure {
        target_no: 1,
        number: figure.number,
        day: on,
        title: figure.title.clone(),
        unit: None,
        link: String::new(),
    };
    let officer = staff.with(Role::Officer)?;
    figuring::enter(editorial, officer, place, &figure, Some(&proof)).await?;
    Ok(())
}

async fn register(office: &Office, staff: &Staff, done: Done<'_>) -> Result<(), Error> {
    let editorial = &office.editorial;
    let officer = staff.with(Role::Officer)?;
    editorial
        .clock
        .set(base::calendar::at_local(done.on.at(16, 0, 0, 0)));
    let now = editorial.clock.now_ms();
    let mut act = editorial.db.act().await?;
    let item = Item {
        id: editorial.ids.next::<ItemId>(&editorial.clock),
        agency: staff.agency,
        kind: ItemKind::External,
        form: ItemForm::of_channel(done.kind),
        title: done.title.to_owned(),
        unit: staff.unit(done.unit),
        author: String::new(),
        done_on: Some(done.on),
    };
    item_store::add(&mut act, &item, now).await?;
    item_store::save_activities(&mut act, &item, &done.fulfils, officer.account, now).await?;
    let channels = item_store::channels(&mut act, staff.agency).await?;
    let channel = channels
        .iter()
        .find(|channel| channel.name == done.channel)
        .or_else(|| {
            channels
                .iter()
                .find(|c| c.kind == done.kind && !c.is_own_portal)
        })
        .ok_or(Refusal::NotFound)?;
    let adding = Adding {
        row: editorial.ids.next::<RowId>(&editorial.clock),
        by: Some(officer.account),
        now,
    };
    let place = (done.on, done.url);
    item_store::add_publication(&mut act, item.id, channel.id, place, adding).await?;
    let text = saved_page(&done, &channel.name);
    let name = "ban-luu.mhtml";
    let file = NewFile {
        agency: staff.agency,
        name,
        media_type: "multipart/related",
        by: Some(officer.account),
        is_public: false,
    };
    editorial
        .files
        .put(&mut act, text.as_bytes(), file, now)
        .await?;
    let piece = piece(
        &done,
        &item,
        CapturedFile::of(name, "multipart/related", text.as_bytes()),
    );
    evidence::keep(editorial, &mut act, officer, &piece).await?;
    act.commit().await?;
    Ok(())
}

/// The evidence of one thing done. What was held rather than published is shown by its minutes.
fn piece(done: &Done<'_>, item: &Item, file: CapturedFile) -> NewPiece {
    let kept = match done.url.is_empty() {
        true => CaptureKind::File,
        false => CaptureKind::Link,
    };
    let kind = match done.channel.is_empty() {
        true => EvidenceKind::Minutes,
        false => EvidenceKind::Publication,
    };
    let capture = Capture {
        kind: kept,
        title: done.title.to_owned(),
        url: done.url.to_owned(),
        taken_at_ms: base::calendar::at_local(done.on.at(16, 0, 0, 0)).as_millisecond(),
        files: vec![file],
    };
    NewPiece {
        kind,
        unit: item.unit,
        ..NewPiece::of_item(item.id, capture)
    }
}

/// A saved page as a browser would keep it.
fn saved_page(done: &Done<'_>, channel: &str) -> String {
    format!(
        "MIME-Version: 1.0\r\nSubject: {}\r\nContent-Location: {}\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{}\r\n{channel}, {}\r\n{}\r\n",
        done.title,
        done.url,
        done.title,
        base::calendar::date_short(done.on),
        done.note,
    )
}

//! Registering what was published elsewhere: item, activities, publication, file and evidence in
//! one act. A link will die; its file will not.

use base::id::{ActivityId, ChannelId, ItemId, PlanId, RowId, UnitId};
use base::{Actor, Error, Fault, Problem, Refusal, Subject, SubjectKind};
use db::{Act, Conn};
use house::evidence::{self, EvidenceKind, Likeness, NewPiece, Picture};
use house::people::agency_store;
use jiff::civil::Date;
use serde_json::json;

use super::registration::{Appearance, ChosenChannel, Registration};
use super::{register_store, rules};
use crate::items::item::{Channel, Item, ItemForm, ItemKind};
use crate::items::item_store::{self, Adding};
use crate::items::proof::{Proof, capture, link_key};
use crate::items::sent_file;
use crate::{Editorial, plan};

/// Registers something published elsewhere as a new item.
///
/// # Refusals
/// `refusal-role`; `item-link-known`, `item-file-known` unless the repeat is meant; a channel or unit
/// of another agency.
pub async fn register(
    editorial: &Editorial,
    actor: &Actor,
    registration: &Registration,
    proof: Option<&Proof>,
) -> Result<ItemId, Error> {
    rules::may_register(actor)?;
    let pictures = sent_file::pictures(editorial, proof).await?;
    let mut act = editorial.db.act().await?;
    let brought = (proof, pictures.as_slice());
    refuse_repeats(&mut act, actor, &registration.appearance, brought).await?;
    let done_on = registration.appearance.published_on;
    check_unit(&mut act, actor, registration.unit, done_on).await?;
    let form = form_of(&mut act, actor, &registration.appearance.channel).await?;
    let item = Item {
        id: editorial.ids.next(&editorial.clock),
        agency: actor.agency,
        kind: ItemKind::External,
        form,
        title: registration.title.clone(),
        unit: registration.unit,
        author: registration.author.clone(),
        done_on: Some(registration.appearance.published_on),
    };
    let now = editorial.clock.now_ms();
    item_store::add(&mut act, &item, now).await?;
    let (activities, by) = (&registration.activities, actor.account);
    item_store::save_activities(&mut act, &item, activities, by, now).await?;
    let data = json!({
        "title": item.title,
        "published_on": registration.appearance.published_on.to_string(),
        "url": registration.appearance.link,
        "activities": activities.iter().map(ActivityId::to_string).collect::<Vec<_>>(),
    });
    let subject = Subject::new(SubjectKind::Item, item.id);
    editorial
        .record(&mut act, actor, "item.add", subject, data)
        .await?;
    appear(
        editorial,
        &mut act,
        actor,
        (&item, &registration.appearance, brought),
    )
    .await?;
    touch(&mut act, item.id).await?;
    act.commit().await?;
    Ok(item.id)
}

/// Registers one more publication of an item: the same thing on another channel still counts once.
///
/// # Refusals
/// As [`register`]; not found: no such item of the actor's agency.
pub async fn add_appearance(
    editorial: &Editorial,
    actor: &Actor,
    id: ItemId,
    appearance: &Appearance,
    proof: Option<&Proof>,
) -> Result<(), Error> {
    rules::may_register(actor)?;
    let pictures = sent_file::pictures(editorial, proof).await?;
    let mut act = editorial.db.act().await?;
    let mut item = item_store::find(&mut act, actor.agency, id).await?;
    let brought = (proof, pictures.as_slice());
    refuse_repeats(&mut act, actor, appearance, brought).await?;
    let is_earlier = item.done_on.is_none_or(|day| appearance.published_on < day);
    if item.kind == ItemKind::External && is_earlier {
        // It counts from the day of its first publication, wherever that was.
        item.done_on = Some(appearance.published_on);
        item_store::save(&mut act, &item).await?;
    }
    let data = json!({
        "published_on": appearance.published_on.to_string(),
        "url": appearance.link,
    });
    let subject = Subject::new(SubjectKind::Item, id);
    editorial
        .record(&mut act, actor, "item.publication", subject, data)
        .await?;
    appear(editorial, &mut act, actor, (&item, appearance, brought)).await?;
    touch(&mut act, id).await?;
    act.commit().await?;
    Ok(())
}

/// The publication with its file and its evidence.
async fn appear(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (item, appearance, (proof, pictures)): (&Item, &Appearance, Brought<'_>),
) -> Result<(), Error> {
    let now = editorial.clock.now_ms();
    let channel = channel_of(editorial, act, actor, &appearance.channel).await?;
    let adding = Adding {
        row: editorial.ids.next::<RowId>(&editorial.clock),
        by: Some(actor.account),
        now,
    };
    let place = (appearance.published_on, appearance.link.as_str());
    item_store::add_publication(act, item.id, channel, place, adding).await?;
    sent_file::put(editorial, act, actor, proof).await?;
    let capture = capture(&item.title, &appearance.link, proof, now);
    let piece = NewPiece {
        kind: EvidenceKind::Publication,
        shown_on: appearance.published_on,
        unit: item.unit,
        pictures: pictures.to_vec(),
        ..NewPiece::of_item(item.id, capture)
    };
    evidence::keep(editorial, act, actor, &piece).await?;
    Ok(())
}

/// The channel that was chosen; a new one is added, unless the agency has one of that name already.
async fn channel_of(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    chosen: &ChosenChannel,
) -> Result<ChannelId, Error> {
    let channels = item_store::channels(act, actor.agency).await?;
    match chosen {
        ChosenChannel::Known(id) => {
            let found = channels.iter().find(|channel| channel.id == *id);
            Ok(found.ok_or(Refusal::at("channel", "field-choice"))?.id)
        }
        ChosenChannel::New { kind, name } => {
            let key = base::text::fold(name);
            let same =
                |found: &&Channel| found.kind == *kind && base::text::fold(&found.name) == key;
            if let Some(found) = channels.iter().find(same) {
                return Ok(found.id);
            }
            let channel = Channel {
                id: editorial.ids.next(&editorial.clock),
                kind: kind.clone(),
                name: name.clone(),
                url: String::new(),
                is_own_portal: false,
            };
            item_store::add_channel(act, actor.agency, &channel).await?;
            Ok(channel.id)
        }
    }
}

/// The form of what first appeared on this channel.
async fn form_of(
    conn: &mut Conn,
    actor: &Actor,
    chosen: &ChosenChannel,
) -> Result<ItemForm, Fault> {
    match chosen {
        ChosenChannel::New { kind, .. } => Ok(ItemForm::of_channel(kind)),
        ChosenChannel::Known(id) => {
            let channels = item_store::channels(conn, actor.agency).await?;
            let found = channels.iter().find(|channel| channel.id == *id);
            Ok(ItemForm::of_channel(
                found.map_or("", |channel| &channel.kind),
            ))
        }
    }
}

/// The proof that came along, and what its picture looks like.
type Brought<'a> = (Option<&'a Proof>, &'a [Option<Picture>]);

/// What was registered before is registered again only if that is meant.
async fn refuse_repeats(
    conn: &mut Conn,
    actor: &Actor,
    appearance: &Appearance,
    brought: Brought<'_>,
) -> Result<(), Error> {
    if appearance.is_repeat_meant {
        return Ok(());
    }
    let problems = repeats(conn, actor, &appearance.link, brought).await?;
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Invalid(problems).into())
    }
}

/// What was registered before: the address, the bytes of the file, the picture.
///
/// # Faults
/// The database does not answer.
pub(super) async fn repeats(
    conn: &mut Conn,
    actor: &Actor,
    link: &str,
    (proof, pictures): Brought<'_>,
) -> Result<Vec<Problem>, Fault> {
    let mut problems = Vec::new();
    if let Some(key) = link_key(link)
        && let Some(title) = register_store::title_of_link(conn, actor.agency, &key).await?
    {
        problems.push(Problem::at("link", "item-link-known").with("title", title));
    }
    let file = capture("", "", proof, 0);
    let alike = evidence::alike(conn, actor.agency, &file, pictures).await?;
    if let Some(alike) = alike.into_iter().next() {
        let key = match alike.likeness {
            Likeness::Picture => "item-picture-known",
            Likeness::Bytes | Likeness::Link => "item-file-known",
        };
        problems.push(Problem::at("file", key).with("title", alike.title));
    }
    Ok(problems)
}

/// Only a unit of the actor's agency may be named that had not ended on the day of the work.
async fn check_unit(
    conn: &mut Conn,
    actor: &Actor,
    unit: Option<UnitId>,
    done_on: Date,
) -> Result<(), Error> {
    let Some(unit) = unit else { return Ok(()) };
    match agency_store::find_unit(conn, actor.agency, unit, done_on).await {
        Ok(found) if found.is_open(done_on) => Ok(()),
        Ok(_) | Err(Error::Refusal(Refusal::NotFound)) => {
            Err(Refusal::at("unit", "field-choice").into())
        }
        Err(error) => Err(error),
    }
}

/// Every page that counts the item is made anew.
pub(super) async fn touch(act: &mut Act, item: ItemId) -> Result<(), Error> {
    let activities = item_store::activities(act, item).await?;
    let plans: Vec<PlanId> = plan::plans_of_activities(act, &activities).await?;
    for plan in &plans {
        act.touch(format!("plan/{plan}"));
    }
    if !plans.is_empty() {
        act.touch("plans");
    }
    Ok(())
}

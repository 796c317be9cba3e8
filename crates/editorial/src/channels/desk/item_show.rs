//! One item: where it appeared, what it fulfils, what proves it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::{date_line, date_line_en, date_short};
use base::id::ItemId;
use base::text::number::whole;
use base::{Error, Fault, Refusal};
use db::Conn;
use house::audit::audit_store;
use house::evidence::evidence_store;
use house::people::agency_store;
use http::StatusCode;
use web::{AskamaPage, By, Form, Frame, Lang, Page, Problems, Say, render, with_status};

use super::fields::{self, Fields};
use super::item_counting::Counting;
use crate::Editorial;
use crate::channels::register_store::Fulfilled;
use crate::channels::registration::{Appearance, together};
use crate::channels::{register, register_store, rules};
use crate::items::item::{Item, ItemKind, Publication};
use crate::items::item_store;
use crate::items::proof::Proof;
use crate::items::sent_file;

#[derive(Template)]
#[template(path = "channels/desk/item_show.html")]
struct ItemPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    fields: Fields,
    item: Item,
    is_article: bool,
    kind: String,
    day: String,
    unit: String,
    fulfils: Vec<Fulfilled>,
    publications: Vec<Place>,
    evidence: Vec<Kept>,
    may_register: bool,
    counting: Counting,
}

struct Place {
    channel: String,
    day: String,
    url: String,
}

struct Kept {
    /// The page of the piece.
    href: String,
    kind: String,
    taken: String,
    url: String,
    leaf: String,
    files: Vec<KeptFile>,
}

struct KeptFile {
    name: String,
    sha256: String,
    size: String,
}

/// The item.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<ItemId>) -> Page {
    render(&page(&editorial, &by, id, (Form::default(), None)).await?)
}

/// Adds a publication: the same item on another channel.
pub async fn publish(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<ItemId>,
    form: Form,
) -> Page {
    let proof = match sent_file::proof(&editorial, &by, &form).await {
        Err(Error::Fault(fault)) => return Err(fault.into()),
        Err(Error::Refusal(refusal)) => Err(refusal),
        Ok(proof) => Ok(proof),
    };
    match save(&editorial, &by, id, &form, &proof).await {
        Ok(()) => {
            let to = format!("/desk/items/{id}?done=item-published");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let proof = proof.ok().flatten();
            let form = sent_file::keep(&editorial, &by, form, proof.as_ref()).await?;
            let page = page(&editorial, &by, id, (form, Some(refusal))).await?;
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn save(
    editorial: &Editorial,
    by: &By,
    id: ItemId,
    form: &Form,
    proof: &Result<Option<Proof>, Refusal>,
) -> Result<(), Error> {
    let has_file = !matches!(proof, Ok(None));
    match (Appearance::of(form, has_file, editorial.today()), proof) {
        (Ok(appearance), Ok(proof)) => {
            register::add_appearance(editorial, by.actor(), id, &appearance, proof.as_ref()).await
        }
        (read, proof) => {
            let refusals = [read.err(), proof.as_ref().err().cloned()];
            Err(together(refusals.into_iter().flatten()).into())
        }
    }
}

/// The page with a form about counting that was refused.
pub(super) async fn refused(
    editorial: &Editorial,
    by: &By,
    id: ItemId,
    (form, refusal): (Form, Refusal),
) -> Result<impl AskamaPage, Error> {
    let empty = (Form::default(), None);
    let mut page = page(editorial, by, id, empty).await?;
    let mut read = editorial.db.read().await?;
    page.counting = Counting::load(&mut read, by, id, Some(&form)).await?;
    page.problems = Problems::of(&refusal, &page.frame.say);
    Ok(page)
}

async fn page(
    editorial: &Editorial,
    by: &By,
    id: ItemId,
    (form, refusal): (Form, Option<Refusal>),
) -> Result<ItemPage, Error> {
    let agency = by.actor().agency;
    let frame = editorial.desk(by, "item-page").await?;
    let say = frame.say;
    let mut read = editorial.db.read().await?;
    let item = item_store::find(&mut read, agency, id).await?;
    // What is not done yet is a draft, and drafts are the newsroom's.
    if item.done_on.is_none() && !by.actor().roles.meets(rules::NEWSROOM) {
        return Err(Refusal::NotFound.into());
    }
    let untitled = item.title.trim().is_empty();
    let title = if untitled {
        say.t("item-untitled")
    } else {
        item.title.clone()
    };
    let frame = frame
        .titled(title)
        .under(say.t("nav-items"), "/desk/items")
        .at(&format!("/desk/items/{id}"));
    let mut fields = Fields::load(&mut read, agency, &say, &form).await?;
    if let Some(refusal) = &refusal {
        fields = fields.after(refusal);
    }
    let unit = unit_name(&mut read, &item, editorial).await?;
    let publications = item_store::publications(&mut read, id).await?;
    Ok(ItemPage {
        problems: fields::problems(refusal.as_ref(), &say),
        // Only who may open the newsroom is shown the way there.
        is_article: item.kind == ItemKind::Article && by.actor().roles.meets(rules::NEWSROOM),
        kind: say.t(&format!("item-kind-{}", item.kind.as_str())),
        day: item
            .done_on
            .map_or_else(|| say.t("item-not-done"), date_short),
        fulfils: register_store::fulfilled(&mut read, id).await?,
        publications: publications.into_iter().map(place).collect(),
        evidence: evidence(&mut read, &say, id).await?,
        // A figure entered by hand appears nowhere: it is withdrawn, not published again.
        may_register: rules::may_register(by.actor()).is_ok() && item.kind != ItemKind::ByHand,
        counting: Counting::load(&mut read, by, id, None).await?,
        unit,
        frame,
        form,
        fields,
        item,
    })
}

/// What the item's unit was called on the day of the item.
async fn unit_name(conn: &mut Conn, item: &Item, editorial: &Editorial) -> Result<String, Fault> {
    let Some(id) = item.unit else {
        return Ok(String::new());
    };
    let day = item.done_on.unwrap_or(editorial.today());
    let units = agency_store::units(conn, item.agency, day).await?;
    let found = units.into_iter().find(|unit| unit.id == id);
    Ok(found.map(|unit| unit.name).unwrap_or_default())
}

fn place(publication: Publication) -> Place {
    // Only addresses of the web are led to.
    let is_web = ["https://", "http://"]
        .iter()
        .any(|start| publication.url.starts_with(start));
    Place {
        channel: publication.channel_name,
        day: date_short(publication.published_on),
        url: if is_web {
            publication.url
        } else {
            String::new()
        },
    }
}

async fn evidence(conn: &mut Conn, say: &Say, item: ItemId) -> Result<Vec<Kept>, Fault> {
    let mut kept = Vec::new();
    for found in evidence_store::list_of_item(conn, item).await? {
        let leaf = audit_store::leaf_of(conn, &found.entry.to_string()).await?;
        let taken = jiff::Timestamp::from_millisecond(found.capture.taken_at_ms);
        let taken = taken.unwrap_or_default();
        kept.push(Kept {
            href: format!("/desk/evidence/{}", found.id),
            kind: say.t(&format!("item-evidence-{}", found.kind.as_str())),
            taken: match say.lang {
                Lang::Vi => date_line(taken),
                Lang::En => date_line_en(taken),
            },
            url: found.capture.url,
            leaf: leaf.map_or_else(|| say.t("item-leaf-waiting"), |leaf| leaf.to_string()),
            files: found
                .capture
                .files
                .into_iter()
                .map(|file| KeptFile {
                    name: file.name,
                    sha256: file.sha256,
                    size: whole(i64::try_from(file.size).unwrap_or(i64::MAX)),
                })
                .collect(),
        });
    }
    Ok(kept)
}

//! How an item counts: whether it is shared between its activities, and which programmes it belongs
//! to by itself.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::{ActivityId, ItemId, ProgrammeId};
use base::{Error, Fault, Problem, Refusal, Subject, SubjectKind};
use db::Conn;
use http::StatusCode;
use serde_json::json;
use web::{By, Choice, Form, Page, with_status};

use super::item_show;
use crate::Editorial;
use crate::channels::{register, register_store, rules};
use crate::items::item_store;
use crate::items::share::{Shares, field};
use crate::plan::{self, ProgrammeChoice};

/// What the page shows of it.
pub struct Counting {
    /// The activities of the item with their parts.
    pub parts: Vec<PartRow>,
    /// The agency's programmes.
    pub programmes: Vec<Choice>,
    /// What is ticked and typed.
    pub form: Form,
    /// Whether the person may change it.
    pub can_edit: bool,
}

/// An activity with its part.
pub struct PartRow {
    /// The field of its part.
    pub field: String,
    /// What was to be done.
    pub title: String,
    /// Its part, as saved or typed.
    pub percent: String,
}

impl Counting {
    /// Loads it; what was typed is kept.
    ///
    /// # Faults
    /// The database does not answer.
    pub async fn load(
        conn: &mut Conn,
        by: &By,
        item: ItemId,
        typed: Option<&Form>,
    ) -> Result<Self, Fault> {
        let (is_shared, shares) = item_store::shares(conn, item).await?;
        let fulfils = register_store::fulfilled(conn, item).await?;
        let programmes = plan::programmes(conn, by.actor().agency).await?;
        let own = plan::programmes_of_item(conn, item).await?;
        let mut values: Vec<(&str, String)> = own
            .iter()
            .map(|programme| ("programmes", programme.to_string()))
            .collect();
        if is_shared {
            values.push(("is_shared", "1".to_owned()));
        }
        let part = |activity: ActivityId| {
            let saved = shares.iter().find(|(id, _)| *id == activity);
            saved
                .filter(|_| is_shared)
                .map(|(_, percent)| percent.to_string())
                .unwrap_or_default()
        };
        let parts = fulfils.iter().map(|activity| {
            let field = field(activity.id);
            let typed = typed.map(|form| form.value(&field).to_owned());
            PartRow {
                title: activity.title.clone(),
                percent: typed.unwrap_or_else(|| part(activity.id)),
                field,
            }
        });
        let choice = |found: ProgrammeChoice| {
            Choice::new(found.id, format!("{} · {}", found.code, found.name))
        };
        Ok(Self {
            parts: parts.collect(),
            programmes: programmes.into_iter().map(choice).collect(),
            form: typed.cloned().unwrap_or_else(|| Form::filled(values)),
            can_edit: rules::may_share(by.actor()).is_ok(),
        })
    }

    /// Whether there is anything to say.
    pub fn is_shown(&self) -> bool {
        !self.parts.is_empty() || !self.programmes.is_empty()
    }
}

/// Saves what was typed.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<ItemId>,
    form: Form,
) -> Page {
    match save_all(&editorial, &by, id, &form).await {
        Ok(()) => {
            let to = format!("/desk/items/{id}?done=item-counting-saved");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let page = item_show::refused(&editorial, &by, id, (form, refusal)).await?;
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn save_all(editorial: &Editorial, by: &By, id: ItemId, form: &Form) -> Result<(), Error> {
    rules::may_share(by.actor())?;
    let mut act = editorial.db.act().await?;
    let item = item_store::find(&mut act, by.actor().agency, id).await?;
    let activities = item_store::activities(&mut act, id).await?;
    let shares = Shares::of(form, &activities)?;
    let known = plan::programmes(&mut act, by.actor().agency).await?;
    let mut programmes: Vec<ProgrammeId> = Vec::new();
    for word in form.all("programmes") {
        let found = known.iter().find(|found| found.id.to_string() == *word);
        let problem = Problem::at("programmes", "field-choice");
        programmes.push(found.ok_or(Refusal::Invalid(vec![problem]))?.id);
    }
    item_store::save_shares(&mut act, item.id, &shares).await?;
    plan::save_programmes_of_item(&mut act, item.id, &programmes).await?;
    let subject = Subject::new(SubjectKind::Item, id);
    let data = json!({
        "is_shared": shares.is_shared,
        "parts": shares.parts,
        "programmes": programmes,
    });
    editorial
        .record(&mut act, by.actor(), "item.counting", subject, data)
        .await?;
    register::touch(&mut act, id).await?;
    Ok(act.commit().await?)
}

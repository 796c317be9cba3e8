//! What a person chooses: which mail they get, and addresses for their calendar.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::{date_line, date_line_en};
use base::id::RowId;
use base::{Error, Refusal, Subject, SubjectKind};
use house::people;
use http::StatusCode;
use serde_json::json;
use web::{By, Form, Frame, Lang, Page, Problems, Say, render, with_status};

use crate::Editorial;
use crate::owed::owed::Choice;
use crate::owed::owed_store::{self, Feed};

/// More addresses than a person has calendars.
const FEEDS_MAX: usize = 10;

#[derive(Template)]
#[template(path = "owed/desk/settings_edit.html")]
struct SettingsPage {
    frame: Frame,
    problems: Problems,
    choices: Vec<Option1>,
    feeds: Vec<FeedRow>,
    has_unit: bool,
    fresh: Option<String>,
}

struct Option1 {
    value: &'static str,
    text: String,
    is_chosen: bool,
}

struct FeedRow {
    id: String,
    what: String,
    made: String,
    read: String,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    render(&page(&editorial, &by, None).await?)
}

async fn page(
    editorial: &Editorial,
    by: &By,
    refusal: Option<&Refusal>,
) -> Result<SettingsPage, Error> {
    let actor = by.actor();
    let frame = editorial.desk(by, "owed-settings").await?;
    let above = frame.t("nav-owed");
    let frame = frame.under(above, "/desk/owed").at("/desk/owed/settings");
    let mut read = editorial.db.read().await?;
    let choices = owed_store::choices(&mut read, actor.agency).await?;
    let chosen = choices.get(&actor.account).copied().unwrap_or_default();
    let feeds = owed_store::feeds(&mut read, actor.account).await?;
    drop(read);
    let say = frame.say;
    let option = |choice: Choice| Option1 {
        value: choice.as_str(),
        text: say.t(&format!("owed-choice-{}", choice.as_str())),
        is_chosen: choice == chosen,
    };
    Ok(SettingsPage {
        problems: refusal.map_or_else(Problems::none, |refusal| Problems::of(refusal, &say)),
        choices: Choice::ALL.into_iter().map(option).collect(),
        feeds: feeds.iter().map(|feed| feed_row(feed, &say)).collect(),
        has_unit: actor.unit.is_some(),
        fresh: None,
        frame,
    })
}

fn feed_row(feed: &Feed, say: &Say) -> FeedRow {
    FeedRow {
        id: feed.id.to_string(),
        what: match feed.unit {
            Some(_) => say.t("owed-feed-unit"),
            None => say.t("owed-feed-mine"),
        },
        made: moment(feed.made_at, say),
        read: match feed.read_at {
            Some(at) => moment(at, say),
            None => say.t("owed-feed-unread"),
        },
    }
}

fn moment(at_ms: i64, say: &Say) -> String {
    let at = jiff::Timestamp::from_millisecond(at_ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    match say.lang {
        Lang::Vi => date_line(at),
        Lang::En => date_line_en(at),
    }
}

/// Saves which mail the person gets.
pub async fn save(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    let actor = by.actor();
    let Some(choice) = Choice::parse(form.value("mail")) else {
        let refusal = Refusal::at("mail", "field-choice");
        let page = page(&editorial, &by, Some(&refusal)).await?;
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let mut act = editorial.db.act().await?;
    owed_store::choose(&mut act, actor.account, choice).await?;
    let subject = Subject::new(SubjectKind::Account, actor.account);
    let data = json!({"mail": choice.as_str()});
    editorial
        .record(&mut act, actor, "owed.choose", subject, data)
        .await?;
    act.commit().await?;
    Ok(Redirect::to("/desk/owed/settings?done=owed-choice").into_response())
}

/// Makes an address for a calendar, and shows it this once: only the hash of its secret is kept.
pub async fn add_feed(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    let actor = by.actor();
    let secret = people::new_secret()?;
    let feed = Feed {
        id: editorial.ids.next::<RowId>(&editorial.clock),
        agency: actor.agency,
        account: actor.account,
        unit: actor.unit.filter(|_| form.value("of") == "unit"),
        made_at: editorial.clock.now_ms(),
        read_at: None,
    };
    let mut act = editorial.db.act().await?;
    if owed_store::feeds(&mut act, actor.account).await?.len() >= FEEDS_MAX {
        drop(act);
        let refusal = Refusal::because("owed-feed-too-many");
        let page = page(&editorial, &by, Some(&refusal)).await?;
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    owed_store::add_feed(&mut act, &feed, &people::hash_secret(&secret)).await?;
    let subject = Subject::new(SubjectKind::Account, actor.account);
    let data = json!({"feed": feed.id.to_string(), "is_unit": feed.unit.is_some()});
    editorial
        .record(&mut act, actor, "calendar_feed.add", subject, data)
        .await?;
    act.commit().await?;
    let mut page = page(&editorial, &by, None).await?;
    page.fresh = Some(format!("{}/lich/{secret}.ics", editorial.options.base_url));
    render(&page)
}

/// Takes an address back: who reads it next finds nothing.
pub async fn revoke_feed(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<RowId>,
) -> Page {
    let actor = by.actor();
    let mut act = editorial.db.act().await?;
    let now = editorial.clock.now_ms();
    if !owed_store::revoke_feed(&mut act, actor.account, id, now).await? {
        return Err(Refusal::NotFound.into());
    }
    let subject = Subject::new(SubjectKind::Account, actor.account);
    let data = json!({"feed": id.to_string()});
    editorial
        .record(&mut act, actor, "calendar_feed.revoke", subject, data)
        .await?;
    act.commit().await?;
    Ok(Redirect::to("/desk/owed/settings?done=owed-feed-revoked").into_response())
}

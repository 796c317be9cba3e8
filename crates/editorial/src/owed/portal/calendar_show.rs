//! What is due as a calendar, for whoever holds its address.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use base::Refusal;
use house::people::account::State as AccountState;
use house::people::{self, account_store};
use http::header;
use jiff::tz::Offset;
use web::{Page, Say};

use crate::Editorial;
use crate::owed::calendar_file::{self, Event};
use crate::owed::gather::gather;
use crate::owed::owed::{Day, Debt};
use crate::owed::owed_store::{self, Feed};
use crate::owed::words;

/// That an address was read is written down at most this often.
const READ_EVERY_MS: i64 = 60 * 60 * 1000;

/// The calendar of an address. An address that was never made, was revoked, or belongs to somebody
/// who may no longer sign in is the same: nothing.
pub async fn show(State(editorial): State<Editorial>, Path(file): Path<String>) -> Page {
    let secret = file.strip_suffix(".ics").unwrap_or(&file);
    let mut read = editorial.db.read().await?;
    let feed = owed_store::find_feed(&mut read, &people::hash_secret(secret)).await?;
    let owner = account_store::find(&mut read, feed.agency, feed.account).await?;
    // A unit's calendar is open to its people only.
    let is_of_unit = feed.unit.is_none() || feed.unit == owner.unit;
    if owner.state != AccountState::Active || !is_of_unit {
        return Err(Refusal::NotFound.into());
    }
    let day = gather(&mut read, feed.agency, editorial.today()).await?;
    drop(read);
    let now = editorial.clock.now_ms();
    if feed.read_at.is_none_or(|at| now - at >= READ_EVERY_MS) {
        let mut act = editorial.db.act().await?;
        owed_store::save_read(&mut act, feed.id, now).await?;
        act.commit().await?;
    }
    let say = editorial.say(owner.lang);
    let name = match feed.unit {
        Some(unit) => day
            .debts
            .iter()
            .find(|debt| debt.unit == Some(unit))
            .map_or_else(|| say.t("owed-feed-unit"), |debt| debt.unit_name.clone()),
        None => say.t("nav-owed"),
    };
    let text = calendar_file::file(
        &name,
        &events(&editorial, &feed, &day, &say),
        Offset::UTC.to_datetime(editorial.clock.now()),
    );
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    Ok((headers, text).into_response())
}

fn events(editorial: &Editorial, feed: &Feed, day: &Day, say: &Say) -> Vec<Event> {
    let is_in = |debt: &&Debt| {
        debt.is_dated()
            && match feed.unit {
                Some(unit) => debt.unit == Some(unit),
                None => debt.is_of(feed.account),
            }
    };
    let base_url = &editorial.options.base_url;
    let host = base_url.rsplit('/').next().unwrap_or_default();
    let event = |debt: &Debt| {
        let place = debt.place(day.today, &day.calendar, &day.numbers);
        let mut more = vec![words::place(say, debt, place)];
        more.extend(words::missing(say, debt));
        if !debt.unit_name.is_empty() {
            more.push(debt.unit_name.clone());
        }
        Event {
            uid: format!("{}/{}@{host}", debt.about, debt.due.written),
            sequence: debt.version,
            day: debt.due.written,
            summary: debt.title.clone(),
            description: more.join("\n"),
            url: format!("{base_url}{}", debt.path),
        }
    };
    day.debts.iter().filter(is_in).map(event).collect()
}
